"""Signing in with the council's own identity provider (OpenID Connect, code flow with PKCE).

It says who somebody is, and nothing else: accounts and roles are ours. Somebody without an account gets none. Who is
matched once, by an e-mail address that the provider has verified, is matched by their subject from then on.
"""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
import requests
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from goldenthread.core import trail
from goldenthread.core.errors import Refused
from goldenthread.people.models import Officer

_STATE = "oidc"
_SIGNED_BY = ["RS256", "ES256"]
_WAIT = 10  # seconds


class Unproved(Refused):
    """The provider's answer does not prove who this is. `why` is for the trail, in a few coded words."""

    def __init__(self, why: str) -> None:
        super().__init__("We could not sign you in that way. Try again, or ask your system administrator")
        self.why = why


def _ask(address: str, sent: dict[str, str] | None = None) -> dict[str, Any]:
    try:
        if sent is None:
            answer = requests.get(address, timeout=_WAIT, allow_redirects=False)
        else:
            answer = requests.post(
                address, data=sent, auth=(settings.OIDC["client"], settings.OIDC["secret"]), timeout=_WAIT,
                allow_redirects=False,
            )  # fmt: skip
        found = answer.json() if answer.status_code == 200 else None
    except (requests.RequestException, ValueError):
        found = None
    if not isinstance(found, dict):
        raise Unproved("provider did not answer")
    return found


def _described() -> dict[str, Any]:
    """What the provider says of itself. Raises Unproved where it is another, or not over https."""
    issuer = settings.OIDC["issuer"]
    if not _safe(issuer):
        raise Unproved("provider is another")
    found = _ask(issuer.rstrip("/") + "/.well-known/openid-configuration")
    ends = [found.get(key) for key in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    if found.get("issuer") != issuer or not all(isinstance(end, str) and _safe(end) for end in ends):
        raise Unproved("provider is another")
    return found


def _safe(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname == "127.0.0.1")


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("sign-in-with-return"))


def begin(request: HttpRequest, to: str) -> str:
    """The provider's address to send the browser to. to: our page to go on to. Raises Unproved."""
    provider = _described()
    held = {key: secrets.token_urlsafe(32) for key in ("state", "nonce", "verifier")}
    request.session[_STATE] = {**held, "to": to}
    challenge = urlsafe_b64encode(hashlib.sha256(held["verifier"].encode()).digest()).decode().rstrip("=")
    asked = {
        "response_type": "code", "client_id": settings.OIDC["client"], "redirect_uri": _back(request),
        "scope": "openid email", "state": held["state"], "nonce": held["nonce"],
        "code_challenge": challenge, "code_challenge_method": "S256",
    }  # fmt: skip
    return f"{provider['authorization_endpoint']}?{urlencode(asked)}"


def finish(request: HttpRequest) -> tuple[Officer, str]:
    """Who came back from the provider, and the page to go on to. Raises Unproved."""
    held = request.session.pop(_STATE, None)
    if not held or not constant_time_compare(held["state"], request.GET.get("state", "")):
        raise Unproved("wrong state")
    if not (code := request.GET.get("code")):
        raise Unproved("refused by the provider")
    provider = _described()
    tokens = _ask(
        provider["token_endpoint"],
        {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": _back(request),
            "code_verifier": held["verifier"],
        },
    )
    claims = _claims(str(tokens.get("id_token", "")), provider)
    if not constant_time_compare(str(claims.get("nonce", "")), held["nonce"]):
        raise Unproved("wrong nonce")
    return _officer(claims), held["to"]


def _claims(token: str, provider: dict[str, Any]) -> dict[str, Any]:
    """What a token says, once its signature, audience, issuer and time are checked."""
    try:
        keys = jwt.PyJWKSet.from_dict(_ask(provider["jwks_uri"]))
        header = jwt.get_unverified_header(token)
        claims: dict[str, Any] = jwt.decode(
            token, keys[header.get("kid", "")].key, algorithms=_SIGNED_BY, audience=settings.OIDC["client"],
            issuer=provider["issuer"], options={"require": ["exp", "iat", "aud", "iss", "sub"]},
        )  # fmt: skip
    except (jwt.PyJWTError, KeyError):
        raise Unproved("token not valid") from None
    many = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if (many or "azp" in claims) and claims.get("azp") != settings.OIDC["client"]:
        raise Unproved("token for another")
    return claims


@transaction.atomic
def _officer(claims: dict[str, Any]) -> Officer:
    subject = claims["sub"]
    found = Officer.objects.filter(oidc_subject=subject, is_active=True).first() if subject else None
    if found is not None:
        return found
    if not subject or claims.get("email_verified") is not True or not claims.get("email"):
        raise Unproved("nobody known")
    matched = list(Officer.objects.select_for_update().filter(email__iexact=claims["email"]))
    if len(matched) != 1 or not matched[0].is_active or matched[0].oidc_subject:
        raise Unproved("nobody known")
    matched[0].oidc_subject = subject
    matched[0].save(update_fields=["oidc_subject"])
    trail.write("tie to provider", matched[0], by=matched[0], why="verified e-mail address")
    return matched[0]
