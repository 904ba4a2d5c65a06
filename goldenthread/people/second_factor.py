"""The second factor: codes from an authenticator app (RFC 6238), and recovery codes on paper. Passkeys: see `passkeys`.

A secret is sealed with the signing key, which is not in the database. Each code works once, whichever process is
asked: the half-minute that it belongs to is written beside the secret, in one conditional update.
"""

import base64
import hashlib
import hmac
import secrets
import struct
from io import BytesIO
from urllib.parse import quote, urlencode

import qrcode
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from qrcode.image.svg import SvgPathImage

from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.people.models import Officer, Passkey, RecoveryCode, SecondFactor

PERIOD = 30  # seconds
DRIFT = 1  # periods before and after, for clocks that differ
RECOVERY_CODES = 8
RECOVERY_GROUPS = 6  # of four letters out of 32: 120 bits, so that a plain keyed hash keeps them safely
_NONCE = 12  # bytes
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def required_of(officer: Officer) -> bool:
    """Whether the officer's role may not be used without a second factor."""
    return officer.role in settings.SECOND_FACTOR_ROLES


def has_one(officer: Officer) -> bool:
    """Whether the officer has set up a second factor."""
    return SecondFactor.objects.filter(officer=officer).exists() or Passkey.objects.filter(officer=officer).exists()


def new_secret() -> str:
    """A secret for an app, in base 32: 160 bits."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_at(secret: str, step: int) -> str:
    """The six digits of a half-minute, counted from 1970."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def present_step() -> int:
    """The half-minute that it is."""
    return int(now().timestamp()) // PERIOD


def step_of(secret: str, code: str) -> int | None:
    """The half-minute for which a code is right, near the present one; None for a wrong code."""
    typed = "".join(code.split())
    for step in range(present_step() - DRIFT, present_step() + DRIFT + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), typed.encode()):
            return step
    return None


def seal(secret: str) -> str:
    """A secret as the database keeps it."""
    box, marker = _sealer()
    # the nonce is made of the secret, which is never twice the same: so the same seed gives the same demonstration
    nonce = hmac.new(marker, secret.encode(), hashlib.sha256).digest()[:_NONCE]
    return base64.b64encode(nonce + box.encrypt(nonce, secret.encode(), None)).decode()


def unseal(sealed: str) -> str:
    """The secret again. Raises InvalidTag where the signing key is another than it was sealed with."""
    whole = base64.b64decode(sealed)
    return _sealer()[0].decrypt(whole[:_NONCE], whole[_NONCE:], None).decode()


def _sealer() -> tuple[AESGCM, bytes]:
    key = salted_hmac("goldenthread.second-factor", "seal", secret=settings.SECRET_KEY, algorithm="sha512").digest()
    return AESGCM(key[:32]), key[32:]


def _digest(officer: Officer, code: str) -> str:
    plain = "".join(ch for ch in code.upper() if ch.isalnum())
    return salted_hmac(
        "goldenthread.recovery", f"{officer.pk}|{plain}", secret=settings.SECRET_KEY, algorithm="sha256"
    ).hexdigest()


def address_for_app(officer: Officer, secret: str) -> str:
    """What the app reads from the picture."""
    issuer = f"Golden Thread {settings.AUTHORITY}".strip()
    return f"otpauth://totp/{quote(f'{issuer}:{officer.username}')}?{urlencode({'secret': secret, 'issuer': issuer}, quote_via=quote)}"


def picture(address: str) -> str:
    """The address as a QR code: an SVG in a data address."""
    drawn = BytesIO()
    qrcode.make(address, image_factory=SvgPathImage, border=4).save(drawn)
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.getvalue()).decode()


@transaction.atomic
def add(*, secret: str, step: int, by: Officer) -> list[str]:
    """Set up one's own app, whose code for `step` was right. Other sessions end. Returns the recovery codes, which
    nobody sees again."""
    SecondFactor.objects.filter(officer=by).delete()
    SecondFactor.objects.create(officer=by, sealed=seal(secret), last_step=step, added_at=now(), used_at=now())
    by.session_mark += 1
    by.save(update_fields=["session_mark"])
    trail.write("second factor added", by, by=by, why="own account", how="app")
    return new_recovery_codes(by)


def new_recovery_codes(officer: Officer) -> list[str]:
    """Recovery codes in place of those before."""
    RecoveryCode.objects.filter(officer=officer).delete()
    codes = [
        "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(RECOVERY_GROUPS))
        for _ in range(RECOVERY_CODES)
    ]
    RecoveryCode.objects.bulk_create(RecoveryCode(officer=officer, digest=_digest(officer, code)) for code in codes)
    return codes


def accept(officer: Officer, code: str) -> str | None:
    """Use a code: “app” or “recovery code”, or None where it is wrong or was used before."""
    factor = SecondFactor.objects.filter(officer=officer).first()
    try:
        step = step_of(unseal(factor.sealed), code) if factor else None
    except InvalidTag:  # sealed under a signing key that is lost: it accepts nothing, and is reset
        step = None
    if factor and step is not None:
        used = SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step).update(last_step=step, used_at=now())
        return "app" if used else None
    spent = RecoveryCode.objects.filter(officer=officer, digest=_digest(officer, code), used_at=None).update(
        used_at=now()
    )
    return "recovery code" if spent else None


def forget(officer: Officer) -> None:
    """Take an officer's second factor and recovery codes away."""
    SecondFactor.objects.filter(officer=officer).delete()
    Passkey.objects.filter(officer=officer).delete()
    RecoveryCode.objects.filter(officer=officer).delete()
