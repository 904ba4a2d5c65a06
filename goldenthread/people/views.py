"""Signing in and out, and one's own password."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import LoginView, LogoutView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goldenthread.core import trail
from goldenthread.people import kept
from goldenthread.people.access import officer_of
from goldenthread.people.actions import change_password
from goldenthread.people.forms import PasswordForm, SignInForm
from goldenthread.people.models import Officer


class SignIn(LoginView):
    """User name and password. The session gets a new key; words kept through a time-out come back."""

    template_name = "people/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        officer: Officer = form.get_user()
        with transaction.atomic():
            response = super().form_valid(form)
            trail.write("sign in", officer, by=officer, why="own account")
            if kept.hand_back(self.request, officer):
                messages.info(
                    self.request, "Your session had ended. What you typed is kept: check it, then send it again."
                )
        kept.mark(response, officer)
        return response


class SignOut(LogoutView):
    """Ends the session. Only by POST."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if isinstance(request.user, Officer):
            trail.write("sign out", request.user, by=request.user, why="own account")
        response = super().post(request, *args, **kwargs)
        response.delete_cookie(kept.MARK, samesite="Lax")
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
    return render(request, "people/password.html", {"form": form})
