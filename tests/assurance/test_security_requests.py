"""What a request may do, at every address (ASVS 2 to 4)."""

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.config.posting_table import POSTING
from goldenthread.standards.referrals.models import Referral
from tests.assurance.security import PASSWORD, Round, everywhere
from tests.conftest import Cast
from tests.pages import test_no_names_leak as every_page
from tests.pages.test_no_names_leak import body, patterns

clock, referral = every_page.clock, every_page.referral  # the fixtures


@pytest.mark.once  # refused before anything is looked up
def test_a_form_from_elsewhere_is_refused_at_every_address(cast: Cast, referral: Referral) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.manager)
    samples = {"int": 1, "uuid": every_page.UID, "slug": "any"}
    tried, there = set(), everywhere(referral)
    for pattern in patterns():
        assert not getattr(pattern.callback, "csrf_exempt", False), pattern.name
        values = {
            name: samples.get(type(kind).__name__.removesuffix("Converter").lower())
            for name, kind in pattern.pattern.converters.items()
        }
        found = [address for name, address in there if name == pattern.name]
        if None not in values.values():
            found.append(reverse(str(pattern.name), kwargs=values))
        for address in found:
            answer = client.post(address, {"csrfmiddlewaretoken": "forged"})
            assert answer.status_code == 403, address
            tried.add(str(pattern.name))
    assert set(POSTING) <= tried, set(POSTING) - tried


@pytest.mark.once  # a page writes because its code does, on either database
@pytest.mark.django_db
def test_looking_changes_nothing(told_once: Round) -> None:
    assert len(told_once.answers) > 300
    assert told_once.after == told_once.before


@pytest.mark.once  # refused by its method, before anything is looked up
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
