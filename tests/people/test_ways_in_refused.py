"""What the ways in refuse without falling over: answers that no browser makes, and secrets under another key."""

import hashlib
import json
from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.checks import run_checks
from django.test import Client, override_settings
from django.urls import reverse
from fido2.cose import ES256
from fido2.webauthn import AttestedCredentialData, AuthenticatorData

from goldenthread.core import clock
from goldenthread.core.clock import now
from goldenthread.core.models import TrailEntry
from goldenthread.people import passkeys, second_factor
from goldenthread.people.models import Officer, Passkey
from tests.conftest import Cast

PASSWORD = "golden-thread-demo"
JUNK = [
    "", "null", "[]", "{}", "1", '"x"', "[" * 100_000,
    '{"id":1,"rawId":"!!","response":{},"type":"public-key"}',
    '{"id":"AA","rawId":"AA","type":"public-key","response":null}',
    '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"AA","signature":"AA"}}',
    '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"oA"}}',
]  # fmt: skip


def _text(given: bytes) -> str:
    return urlsafe_b64encode(given).decode().rstrip("=")


class Key:
    """A passkey in software, tied to an officer."""

    def __init__(self, officer: Officer) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.id = b"a made-up key's own number"
        public = ES256.from_cryptography_key(self.private.public_key())
        held = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        Passkey.objects.create(
            officer=officer, credential_id=self.id.hex(), public=_text(bytes(held)), added_at=now(), uses=5
        )

    def answer(
        self,
        challenge: str,
        *,
        origin: str = "http://testserver",
        uses: int = 6,
        flags: int = 0x05,
        wrong: bool = False,
    ) -> str:
        """What the browser would send for a challenge. flags: present and verified, if not said; wrong: badly signed."""
        said = json.dumps({"type": "webauthn.get", "challenge": challenge, "origin": origin}).encode()
        data = AuthenticatorData.create(hashlib.sha256(b"testserver").digest(), flags, uses)
        signed = self.private.sign(bytes(data) + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        signature = self.private.sign(b"something else", ec.ECDSA(hashes.SHA256())) if wrong else signed
        return json.dumps(
            {
                "id": _text(self.id), "rawId": _text(self.id), "type": "public-key",
                "response": {
                    "clientDataJSON": _text(said), "authenticatorData": _text(bytes(data)), "signature": _text(signature),
                },
            }
        )  # fmt: skip


def _challenge(client: Client) -> str:
    page = client.get(reverse("sign-in-passkey"))
    return str(json.loads(page.context["options"])["challenge"])


def _send(client: Client, answer: str) -> Any:
    return client.post(reverse("sign-in-passkey"), {passkeys.FIELD: answer})


def test_a_passkey_in_order_comes_in(cast: Cast, client: Client) -> None:
    key = Key(cast.worker)
    assert _send(client, key.answer(_challenge(client))).status_code == 302
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    "how",
    [
        {"wrong": True}, {"origin": "https://elsewhere.example"}, {"flags": 0x01}, {"flags": 0x04}, {"uses": 5},
        {"uses": 4},
    ],
    ids=["signature", "origin", "nobody verified", "nobody present", "counted the same", "counted backwards"],
)  # fmt: skip
def test_a_passkey_out_of_order_is_refused_in_words_and_on_the_trail(
    cast: Cast, client: Client, how: dict[str, Any]
) -> None:
    key = Key(cast.worker)
    answer = _send(client, key.answer(_challenge(client), **how))
    assert answer.status_code == 200
    assert "The passkey was not accepted" in answer.content.decode()
    assert client.get("/").status_code == 302
    assert TrailEntry.objects.filter(deed="sign in failed", why="passkey").count() == 1


def test_a_challenge_serves_once_and_in_its_own_session(cast: Cast, client: Client) -> None:
    key = Key(cast.worker)
    given = key.answer(_challenge(client))
    other = Client()
    _challenge(other)
    assert _send(other, given).status_code == 200
    assert _send(client, given).status_code == 302
    client.post(reverse("sign-out"))
    _challenge(client)
    assert _send(client, given).status_code == 200
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("junk", JUNK, ids=range(len(JUNK)))
def test_what_no_browser_sends_is_refused_in_words(cast: Cast, client: Client, junk: str) -> None:
    _challenge(client)
    answer = _send(client, junk)
    assert answer.status_code == 200
    assert "The passkey was not accepted" in answer.content.decode()
    client.force_login(cast.worker)
    client.get(reverse("passkey-add"))
    answer = client.post(reverse("passkey-add"), {passkeys.FIELD: junk})
    assert answer.status_code == 200
    assert not Passkey.objects.exists()


def test_under_another_signing_key_no_code_serves_and_nothing_breaks(cast: Cast, client: Client) -> None:
    secret = second_factor.new_secret()
    recovery = second_factor.add(secret=secret, step=0, by=cast.worker)
    with override_settings(SECRET_KEY="another-key-altogether-of-enough-length-to-serve"):
        client.post(reverse("sign-in"), {"username": "asha", "password": PASSWORD})
        for code in (second_factor.code_at(secret, second_factor.present_step()), recovery[0]):
            answer = client.post(reverse("second-factor"), {"password_code": code})
            assert answer.status_code == 200
            assert "There is a problem" in answer.content.decode()
    assert TrailEntry.objects.filter(deed="second factor failed").count() == 2


def test_a_role_that_does_not_exist_is_a_fault_of_the_settings() -> None:
    with override_settings(SECOND_FACTOR_ROLES=["administrater"]):
        assert [found.id for found in run_checks()] == ["people.E001"]


def test_a_record_is_opened_in_an_emergency_only_after_a_fresh_proof(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post(reverse("sign-in"), {"username": "asha", "password": PASSWORD})
    assert client.get(reverse("emergency")).status_code == 200
    later = clock.now() + timedelta(minutes=6)
    monkeypatch.setattr(clock.timezone, "now", lambda: later)
    for answer in (client.get(reverse("emergency")), client.post(reverse("emergency"), {"reason": "At risk now"})):
        assert answer["Location"].startswith(reverse("step-up"))
