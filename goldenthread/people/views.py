"""Signing in and out, and one's own password."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.views import LoginView, LogoutView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.people import kept, known_browser, second_factor, throttle
from goldenthread.people.access import officer_of
from goldenthread.people.actions import change_password
from goldenthread.people.forms import CodeForm, PasswordForm, SignInForm
from goldenthread.people.models import Officer
from goldenthread.people.sessions import TWICE

_HALF = "half"
_HALF_LASTS = timedelta(minutes=10)


class SignIn(LoginView):
    """User name and password. The session gets a new key; words kept through a time-out come back."""

    template_name = "people/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        return enter_once(self.request, form.get_user(), self.get_success_url(), "password")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"provider": settings.OIDC["issuer"] and settings.OIDC["name"]}


def enter_once(request: HttpRequest, officer: Officer, to: str, how: str) -> HttpResponse:
    """After one proof: in, or on to the second step where the officer has a second factor."""
    if not second_factor.has_one(officer):
        return enter(request, officer, to, how, twice=False)
    request.session.cycle_key()
    request.session[_HALF] = {
        "officer": officer.pk, "mark": officer.get_session_auth_hash(), "to": to,
        "until": (now() + _HALF_LASTS).isoformat(),
    }  # fmt: skip
    return redirect("second-factor")


def enter(request: HttpRequest, officer: Officer, to: str, how: str, *, twice: bool) -> HttpResponse:
    """The session becomes the officer's, under a new key. twice: whether they gave two proofs."""
    with transaction.atomic():
        request.session.pop(_HALF, None)
        login(request, officer, backend=settings.AUTHENTICATION_BACKENDS[0])
        request.session[TWICE] = twice
        trail.write("sign in", officer, by=officer, why="own account", how=how)
        if kept.hand_back(request, officer):
            messages.info(request, "Your session had ended. What you typed is kept: check it, then send it again.")
    response = redirect(to)
    kept.mark(response, officer)
    known_browser.remember(request, response, officer)
    return response


def _half_in(request: HttpRequest) -> Officer | None:
    """Who has given the right password in this browser and not yet a code; nobody once the account changed."""
    half = request.session.get(_HALF)
    if not half or datetime.fromisoformat(half["until"]) < now():
        return None
    officer = Officer.objects.filter(pk=half["officer"], is_active=True).first()
    return officer if officer and constant_time_compare(officer.get_session_auth_hash(), half["mark"]) else None


@never_cache
@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """The second step of signing in: a code."""
    officer = _half_in(request)
    if officer is None:
        return redirect("sign-in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (how := use_code(request, officer, form)):
        return enter(request, officer, request.session[_HALF]["to"], how, twice=True)
    return render(request, "people/second_step.html", {"form": form})


def use_code(request: HttpRequest, officer: Officer, form: CodeForm) -> str | None:
    """Use the code that was typed: how it was right, or None with what is wrong said on the form."""
    if throttle.too_many_codes(request, officer):
        form.add_error("password_code", "Too many tries. Wait 15 minutes, then try again")
        return None
    how = second_factor.accept(officer, form.cleaned_data["password_code"])
    if how is None:
        throttle.code_failed(request, officer)
        form.add_error("password_code", "Enter the code that your app shows now: each code works once")
        return None
    trail.write("second factor used", officer, by=officer, why="own account", how=how)
    return how


class SignOut(LogoutView):
    """Ends the session. Only by POST."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if isinstance(request.user, Officer):
            trail.write("sign out", request.user, by=request.user, why="own account")
        response = super().post(request, *args, **kwargs)
        response.delete_cookie(kept.mark_name(), samesite="Lax")
        response["Clear-Site-Data"] = '"cache", "storage"'  # the back button shows nothing of the session
        return response


@require_http_methods(["GET", "POST"])
def own_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password."""
    officer = officer_of(request)
    form = PasswordForm(request.POST or None, officer=officer)
    if request.method == "POST" and form.is_valid():
        change_password(password=form.cleaned_data["new_password"], by=officer)
        update_session_auth_hash(request, officer)
        messages.success(request, "Your password is changed.")
        return redirect("home")
    return render(request, "people/password.html", {"form": form, "must": officer.must_change_password})
