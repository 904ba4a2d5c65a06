"""Setting up a second factor, and proving oneself again."""

from contextlib import suppress

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import BadInput
from goldenthread.people import passkeys, second_factor, throttle
from goldenthread.people.access import officer_of
from goldenthread.people.forms import CodeForm, PasswordAgainForm, SetUpForm
from goldenthread.people.models import Officer
from goldenthread.people.sessions import PROVED, TWICE
from goldenthread.people.step_up import stepped_up
from goldenthread.people.views import use_code

_SECRET = "new-secret"  # noqa: S105  (its name in the session, where it waits sealed)


@stepped_up
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Tie an authenticator app to one's account, in place of the one before. The recovery codes are shown once."""
    officer = officer_of(request)
    if _SECRET not in request.session:
        request.session[_SECRET] = second_factor.seal(second_factor.new_secret())
    secret = second_factor.unseal(request.session[_SECRET])
    form = SetUpForm(request.POST or None, secret=secret)
    if request.method == "POST" and form.is_valid():
        codes = second_factor.add(secret=secret, step=form.step, by=officer)
        del request.session[_SECRET]
        update_session_auth_hash(request, officer)
        request.session[TWICE] = True
        return render(request, "people/recovery_codes.html", {"codes": codes})
    context = {
        "form": form,
        "must": second_factor.required_of(officer),
        "again": second_factor.has_one(officer),
        "picture": second_factor.picture(second_factor.address_for_app(officer, secret)),
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
    }
    return render(request, "people/second_factor.html", context)


@require_http_methods(["GET", "POST"])
def prove_again(request: HttpRequest) -> HttpResponse:
    """Give a code, or the password where there is no second factor, and go back to the page that asked."""
    officer = officer_of(request)
    to = request.POST.get("next") or request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure()):
        to = "/"
    form: CodeForm | PasswordAgainForm
    form = (CodeForm if second_factor.has_one(officer) else PasswordAgainForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if how := _proof(request, officer, form):
            return _proved(request, officer, to, how)
    elif request.method == "POST" and (answer := request.POST.get(passkeys.FIELD)):
        form = type(form)()
        with suppress(BadInput):
            if passkeys.proved(request, answer) == officer:
                return _proved(request, officer, to, "passkey")
        throttle.code_failed(request, officer)
        messages.error(request, "The passkey was not accepted. Try again, or use another way.")
    options = passkeys.begin_proof(request, officer) if officer.passkeys.exists() else ""
    context = {"form": form, "next": to, "options": options, "field": passkeys.FIELD}
    return render(request, "people/step_up.html", context)


@transaction.atomic
def _proved(request: HttpRequest, officer: Officer, to: str, how: str) -> HttpResponse:
    request.session[PROVED] = now().isoformat()
    trail.write("step up", officer, by=officer, why="own account", how=how)
    messages.success(request, "Thank you. Carry on: what you typed is kept.")
    return redirect(to)


@stepped_up
@require_http_methods(["GET", "POST"])
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Tie a passkey to one's account. Recovery codes are shown once, where there were none."""
    officer, why = officer_of(request), ""
    if request.method == "POST":
        try:
            codes = passkeys.add(request, request.POST.get(passkeys.FIELD, ""), by=officer)
        except BadInput as bad:
            why = str(bad)
        else:
            update_session_auth_hash(request, officer)
            request.session[TWICE] = True
            if codes:
                return render(request, "people/recovery_codes.html", {"codes": codes})
            messages.success(request, "The passkey is added. You can sign in with it.")
            return redirect("home")
    context = {"why": why, "options": passkeys.begin_adding(request, officer), "field": passkeys.FIELD}
    return render(request, "people/passkey.html", context)


def _proof(request: HttpRequest, officer: Officer, form: CodeForm | PasswordAgainForm) -> str | None:
    if isinstance(form, CodeForm):
        return use_code(request, officer, form)
    if throttle.too_many(request, officer.username):
        form.add_error("password", "Too many tries. Wait 15 minutes, then try again")
    elif officer.check_password(form.cleaned_data["password"]):
        return "password"
    else:
        throttle.failed(request, officer.username)
        form.add_error("password", "Enter your password: this is not it")
    return None
