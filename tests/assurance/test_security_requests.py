"""What a request may do, at every address (ASVS 2 to 4)."""

import hashlib

from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from goldenthread.config.posting_table import POSTING
from goldenthread.core.models import TrailEntry, TrailLink, TrailSubject
from goldenthread.standards.referrals.models import Referral
from tests.assurance.security import PASSWORD, everywhere, visits
from tests.conftest import Cast
from tests.pages import test_no_names_leak as every_page
from tests.pages.test_no_names_leak import body, patterns

clock, referral = every_page.clock, every_page.referral  # the fixtures


def test_a_form_from_elsewhere_is_refused_at_every_address(cast: Cast, referral: Referral) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.manager)
    samples = {"int": 1, "uuid": every_page.UID}
    tried = set()
    for pattern in patterns():
        assert not getattr(pattern.callback, "csrf_exempt", False), pattern.name
        values = {
            name: samples.get(type(kind).__name__.removesuffix("Converter").lower())
            for name, kind in pattern.pattern.converters.items()
        }
        found = [address for name, address in everywhere(referral) if name == pattern.name]
        if None not in values.values():
            found.append(reverse(str(pattern.name), kwargs=values))
        for address in found:
            answer = client.post(address, {"csrfmiddlewaretoken": "forged"})
            assert answer.status_code == 403, address
            tried.add(str(pattern.name))
    assert set(POSTING) <= tried, set(POSTING) - tried


def held() -> dict[str, str]:
    """A digest of every table but the trail and the sessions."""
    aside = {TrailEntry, TrailLink, TrailSubject, Session}
    return {
        model._meta.label: hashlib.sha256(
            repr(
                list(
                    model._default_manager.order_by("pk").values_list(
                        *(field.attname for field in model._meta.concrete_fields if field.name != "last_login")
                    )
                )
            ).encode()
        ).hexdigest()
        for model in apps.get_models()
        if model not in aside
    }


def test_looking_changes_nothing(cast: Cast, referral: Referral) -> None:
    before = held()
    looked = sum(1 for _ in visits(cast, referral))
    assert looked > 300
    assert held() == before


def test_a_trace_is_not_answered_with_what_was_asked(cast: Cast, referral: Referral) -> None:
    client = Client(headers={"x-secret": "hush-hush"})
    client.force_login(cast.manager)
    for name, address in everywhere(referral):
        for answer in (client.trace(address), client.generic("PROPFIND", address), client.generic("FETCH", address)):
            assert answer.status_code == 405, (name, answer.status_code)
            assert "hush-hush" not in body(answer)


def test_a_number_too_large_is_missing_and_breaks_nothing(cast: Cast, referral: Referral) -> None:
    client = Client()
    client.force_login(cast.manager)
    tried = 0
    for pattern in patterns():
        if list(pattern.pattern.converters) == ["pk"]:
            for pk in (2**31, 2**63, 10**40):
                answer = client.get(reverse(str(pattern.name), args=[pk]))
                assert answer.status_code in {302, 404, 405}, (pattern.name, answer.status_code)
                tried += 1
    assert tried > 60
    assert client.get(reverse("referrals"), {"page": 10**40}).status_code < 500


def test_credentials_in_an_address_or_given_twice_open_nothing(cast: Cast, client: Client) -> None:
    here = f"{reverse('sign-in')}?username=asha&password={PASSWORD}"
    client.post(here, {"username": "asha"})
    assert client.get("/").status_code == 302
    client.post(reverse("sign-in"), {"username": ["ben", "asha"], "password": [PASSWORD, "wrong"]})
    assert client.get("/").status_code == 302
