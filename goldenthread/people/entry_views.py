"""Other ways in: a passkey, and the council's own sign-in."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.core import trail
from goldenthread.core.errors import Refused
from goldenthread.people import accounts, oidc, passkeys, throttle
from goldenthread.people.models import Officer
from goldenthread.people.views import enter, enter_once


def _to(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if ours else "/"


def _in_use(officer: Officer) -> Officer:
    """Raises Refused for an account that nobody used for long: it closes instead."""
    if accounts.close_if_dormant(officer):
        raise Refused("We could not sign you in. Ask your system administrator")
    return officer


@never_cache
@require_http_methods(["GET", "POST"])
def with_passkey(request: HttpRequest) -> HttpResponse:
    """A passkey signs in by itself: it is two proofs in one."""
    why = ""
    if request.method == "POST":
        try:
            officer = _in_use(passkeys.proved(request, request.POST.get(passkeys.FIELD, "")))
        except Refused as refused:
            throttle.refused(request, "passkey")
            why = str(refused)
        else:
            trail.write("second factor used", officer, by=officer, why="own account", how="passkey")
            return enter(request, officer, _to(request), "passkey", twice=True)
    context = {"why": why, "next": _to(request), "options": passkeys.begin_proof(request), "field": passkeys.FIELD}
    return render(request, "people/sign_in_passkey.html", context)


@never_cache
@require_safe
def with_provider(request: HttpRequest) -> HttpResponse:
    """To the council's own sign-in. Another site's link leads to our own page first: who signs in means to."""
    if not settings.OIDC["issuer"]:
        raise Http404
    if request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}:
        return redirect("sign-in")
    try:
        return HttpResponseRedirect(oidc.begin(request, _to(request)))
    except oidc.Unproved as unproved:
        return _refused(request, unproved, unproved.why)


@never_cache
@require_safe
def back_from_provider(request: HttpRequest) -> HttpResponse:
    """Back from it. What it does not prove, or for whom we have no account, is refused in the same words."""
    if not settings.OIDC["issuer"]:
        raise Http404
    try:
        officer, to = oidc.finish(request)
        return enter_once(request, _in_use(officer), to, "provider")
    except oidc.Unproved as unproved:
        return _refused(request, unproved, unproved.why)
    except Refused as refused:
        return _refused(request, refused, "not used")


def _refused(request: HttpRequest, refused: Refused, why: str) -> HttpResponse:
    throttle.refused(request, f"provider: {why}")
    return render(request, "people/not_signed_in.html", {"why": str(refused)}, status=403)
