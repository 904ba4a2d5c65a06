"""Signing in with the council's own provider: who is known comes in, and nothing that it says is believed unproved."""

import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client, override_settings
from django.urls import reverse

from goldenthread.core.models import TrailEntry
from goldenthread.people import second_factor
from goldenthread.people.models import Officer
from tests.conftest import Cast
from tests.people.provider import CLIENT, SECRET, Provider, provider


@pytest.fixture
def council(cast: Cast) -> Iterator[Provider]:
    """The provider, which knows Asha by her e-mail address."""
    Officer.objects.filter(pk=cast.worker.pk).update(email="Asha@council.example")
    with provider() as made:
        settings = {"name": "Council sign-in", "issuer": made.issuer, "client": CLIENT, "secret": SECRET}
        with override_settings(OIDC=settings):
            yield made


def _go(client: Client, council: Provider, **more: str) -> Any:
    address = client.get(reverse("sign-in-with"), more)["Location"]
    code, state = council.authorise(address)
    return client.get(reverse("sign-in-with-return"), {"code": code, "state": state})


def _is_refused(client: Client, answer: Any, why: str) -> None:
    assert answer.status_code == 403
    assert "We could not sign you in" in answer.content.decode()
    assert client.get("/").status_code == 302
    assert TrailEntry.objects.filter(deed="sign in failed").last().why == f"provider: {why}"  # type: ignore[union-attr]
    assert not Officer.objects.exclude(oidc_subject="").exists()


def test_an_officer_comes_in_and_is_known_by_subject_from_then_on(council: Provider, client: Client) -> None:
    assert "Council sign-in" in client.get(reverse("sign-in")).content.decode()
    assert _go(client, council, next="/password/")["Location"] == "/password/"
    assert client.get("/").wsgi_request.user.get_username() == "asha"
    council.claims = {"email": "renamed@council.example", "email_verified": False}
    again = Client()
    assert _go(again, council)["Location"] == "/"
    assert again.get("/").status_code == 200


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"nonce": "another"}, "wrong nonce"),
        ({"aud": "another"}, "token not valid"),
        ({"aud": [CLIENT, "another"]}, "token for another"),
        ({"iss": "https://another.example"}, "token not valid"),
        ({"exp": int(time.time()) - 60}, "token not valid"),
        ({"email": "nobody@council.example"}, "nobody known"),
        ({"email_verified": False}, "nobody known"),
        ({"email_verified": "true"}, "nobody known"),
        ({"sub": ""}, "nobody known"),
    ],
)
def test_what_does_not_prove_who_it_is_is_refused(
    council: Provider, client: Client, claims: dict[str, Any], why: str
) -> None:
    council.claims = claims
    before = Officer.objects.count()
    _is_refused(client, _go(client, council), why)
    assert Officer.objects.count() == before


def test_a_token_that_another_key_signed_is_refused(council: Provider, client: Client) -> None:
    council.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    _is_refused(client, _go(client, council), "token not valid")


def test_a_token_signed_with_the_shared_secret_or_with_nothing_is_refused(council: Provider, client: Client) -> None:
    council.key, council.algorithm = SECRET + SECRET, "HS256"
    _is_refused(client, _go(client, council), "token not valid")
    council.key, council.algorithm = "", "none"
    _is_refused(client, _go(client, council), "token not valid")


def test_an_answer_that_was_not_asked_for_here_is_refused(council: Provider, client: Client) -> None:
    code, state = council.authorise(client.get(reverse("sign-in-with"))["Location"])
    another = Client()
    _is_refused(another, another.get(reverse("sign-in-with-return"), {"code": code, "state": state}), "wrong state")
    _is_refused(client, client.get(reverse("sign-in-with-return"), {"code": code, "state": "x"}), "wrong state")


def test_a_closed_account_and_one_of_two_with_an_address_are_refused(council: Provider, client: Client) -> None:
    Officer.objects.filter(username="asha").update(is_active=False)
    _is_refused(client, _go(client, council), "nobody known")
    Officer.objects.filter(username__in=("asha", "ben")).update(is_active=True, email="asha@council.example")
    _is_refused(client, _go(client, council), "nobody known")


def test_the_second_factor_is_asked_for_besides(cast: Cast, council: Provider, client: Client) -> None:
    second_factor.add(secret=second_factor.new_secret(), step=0, by=Officer.objects.get(username="asha"))
    assert _go(client, council)["Location"] == reverse("second-factor")
    assert client.get("/").status_code == 302


def test_without_a_provider_there_is_no_such_page(cast: Cast, client: Client) -> None:
    assert client.get(reverse("sign-in-with")).status_code == 404
    assert client.get(reverse("sign-in-with-return")).status_code == 404


def test_tokens_stay_with_the_server_and_are_not_kept(council: Provider, client: Client) -> None:
    signed: list[str] = []
    plain = council.token

    def token(sent: dict[str, str]) -> dict[str, Any] | None:
        made = plain(sent)
        signed.extend(made.values() if made else [])
        return made

    council.token = token  # type: ignore[method-assign]
    answer = _go(client, council)
    assert len(signed) == 3
    everything = (
        str(answer.headers) + str(client.cookies) + str(dict(client.session)) + client.get("/").content.decode()
    )
    assert not any(each in everything for each in signed if each != "Bearer")
    assert "verifier" not in everything


def test_a_provider_that_says_it_is_another_is_refused(council: Provider, client: Client) -> None:
    plain = council.pages
    for issuer in ("https://another.example", council.issuer + "/", ""):
        council.pages = lambda path, issuer=issuer: (plain(path) or {}) | {"issuer": issuer}  # type: ignore[assignment, misc]
        _is_refused(client, client.get(reverse("sign-in-with")), "provider is another")


def test_a_redirect_of_the_provider_is_not_followed(council: Provider, client: Client) -> None:
    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header("Location", council.issuer + self.path)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    serving = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    serving.start()
    try:
        there = {"name": "x", "issuer": f"http://127.0.0.1:{server.server_port}", "client": CLIENT, "secret": SECRET}
        with override_settings(OIDC=there):
            _is_refused(client, client.get(reverse("sign-in-with")), "provider did not answer")
    finally:
        server.shutdown()
        server.server_close()
        serving.join()


def test_another_site_s_link_signs_nobody_in(council: Provider, client: Client) -> None:
    for site in ("cross-site", "same-site"):
        answer = client.get(reverse("sign-in-with"), headers={"sec-fetch-site": site})
        assert answer["Location"] == reverse("sign-in")
        assert "oidc" not in client.session
    assert council.issuer in client.get(reverse("sign-in-with"), headers={"sec-fetch-site": "same-origin"})["Location"]
