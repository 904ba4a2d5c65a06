"""Passkeys (WebAuthn): a key that the browser holds, opened by a finger, a face or a PIN.

One passkey is two proofs, since the key itself checks the person, so it signs in by itself. A challenge waits in the
session and is used once; the answer must come from this very address.
"""

import json
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import BadInput
from goldenthread.people import second_factor
from goldenthread.people.models import Officer, Passkey, RecoveryCode

FIELD = "password_credential"  # “password” in its name keeps it out of every draft
_STATE = "passkey"
# What fido2 and json raise for an answer that no browser makes: anyone may post one.
_UNFIT = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
_WRONG = "The passkey was not accepted. Try again, or use another way"


def _server(request: HttpRequest) -> Fido2Server:
    host = request.get_host()
    here = f"{'https' if request.is_secure() or settings.HTTPS else 'http'}://{host}"
    return Fido2Server(
        PublicKeyCredentialRpEntity(id=host.partition(":")[0], name="Golden Thread"),
        verify_origin=lambda origin: origin == here,
    )


def _held(officer: Officer) -> list[AttestedCredentialData]:
    return [
        AttestedCredentialData(websafe_decode(public)) for public in officer.passkeys.values_list("public", flat=True)
    ]


def begin_adding(request: HttpRequest, officer: Officer) -> str:
    """What the browser needs to make a passkey: JSON."""
    handle = salted_hmac("goldenthread.passkey", str(officer.pk), secret=settings.SECRET_KEY, algorithm="sha256")
    options, state = _server(request).register_begin(
        PublicKeyCredentialUserEntity(id=handle.digest(), name=officer.username, display_name=officer.name),
        _held(officer),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    request.session[_STATE] = state
    return json.dumps(dict(options)["publicKey"])


@transaction.atomic
def add(request: HttpRequest, answer: str, *, by: Officer) -> list[str]:
    """Tie the passkey that the browser made to one's account; other sessions end. Returns recovery codes where there
    were none yet. Raises BadInput for an answer that does not fit."""
    try:
        made = _server(request).register_complete(request.session.pop(_STATE), json.loads(answer)).credential_data
    except _UNFIT:
        made = None
    if made is None or Passkey.objects.filter(credential_id=made.credential_id.hex()).exists():
        raise BadInput(_WRONG)
    Passkey.objects.create(
        officer=by, credential_id=made.credential_id.hex(), public=websafe_encode(bytes(made)), added_at=now()
    )
    by.session_mark += 1
    by.save(update_fields=["session_mark"])
    trail.write("second factor added", by, by=by, why="own account", how="passkey")
    fresh = not RecoveryCode.objects.filter(officer=by, used_at=None).exists()
    return second_factor.new_recovery_codes(by) if fresh else []


def begin_proof(request: HttpRequest, officer: Officer | None = None) -> str:
    """What the browser needs to use a passkey: JSON. Without an officer: any passkey that it holds for us."""
    options, state = _server(request).authenticate_begin(
        _held(officer) if officer else None, user_verification=UserVerificationRequirement.REQUIRED
    )
    request.session[_STATE] = state
    return json.dumps(dict(options)["publicKey"])


def proved(request: HttpRequest, answer: str) -> Officer:
    """Whose passkey gave this answer. Raises BadInput for an answer that does not fit, a copied key, or an account
    that is closed."""
    try:
        given: Any = json.loads(answer)
        response = AuthenticationResponse.from_dict(given)
        passkey = Passkey.objects.select_related("officer").get(credential_id=response.raw_id.hex())
        known = [AttestedCredentialData(websafe_decode(passkey.public))]
        _server(request).authenticate_complete(request.session.pop(_STATE), known, given)
    except (*_UNFIT, Passkey.DoesNotExist):
        raise BadInput(_WRONG) from None
    uses = response.response.authenticator_data.counter
    fresh = Passkey.objects.filter(pk=passkey.pk, officer__is_active=True)
    if uses or passkey.uses:
        fresh = fresh.filter(uses__lt=uses)
    if not fresh.update(uses=uses, used_at=now()):
        raise BadInput(_WRONG)
    return passkey.officer
