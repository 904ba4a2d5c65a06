"""Every page stands once in the access table, and the door keeps to it."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from goldenthread.config.access_table import ACCESS
from goldenthread.people.access import Door
from goldenthread.people.roles import ROLES, Permission
from tests.conftest import Cast

SAMPLES = {"int": 1, "str": "x", "slug": "x", "path": "x", "uuid": "00000000-0000-0000-0000-000000000000"}


def _patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern)
        else:
            yield pattern


def _address(pattern: URLPattern) -> str:
    """Some address of a page: what stands in it is made up."""
    values = {}
    for name, converter in pattern.pattern.converters.items():
        for sample in (1, "x", "2003-10-31", "progress", "json", SAMPLES["uuid"]):
            try:
                converter.to_python(str(sample))
                values[name] = sample
                reverse(str(pattern.name), kwargs={**values})
            except NoReverseMatch:
                if len(values) < len(pattern.pattern.converters):
                    break
            except ValueError:
                continue
            else:
                break
    return reverse(str(pattern.name), kwargs=values)


def test_every_page_has_a_name_and_stands_in_the_table_once() -> None:
    names = [pattern.name for pattern in _patterns()]
    assert None not in names
    assert sorted(set(names)) == sorted(ACCESS)


def test_only_signing_in_and_out_is_open_to_anyone() -> None:
    ways_in = {"sign-in", "sign-in-passkey", "sign-in-with", "sign-in-with-return", "second-factor", "sign-out"}
    assert {name for name, rule in ACCESS.items() if rule is Door.PUBLIC} <= ways_in


@pytest.mark.django_db
@pytest.mark.parametrize(
    "pattern", [p for p in _patterns() if ACCESS.get(str(p.name)) is not Door.PUBLIC], ids=lambda p: str(p.name)
)
def test_who_has_not_signed_in_is_sent_to_sign_in(pattern: URLPattern, client: Client) -> None:
    address = _address(pattern)
    for answer in (client.get(address), client.post(address)):
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("sign-in"))


@pytest.mark.parametrize("role", ROLES)
def test_a_page_that_the_role_does_not_open_looks_missing(role: str, cast: Cast, client: Client) -> None:
    client.force_login(next(officer for officer in cast.all() if officer.role == role))
    for pattern in _patterns():
        rule = ACCESS[str(pattern.name)]
        if isinstance(rule, Permission) and rule not in ROLES[role].permissions:
            assert client.get(_address(pattern)).status_code == 404, pattern.name
            assert client.post(_address(pattern)).status_code == 404, pattern.name


def test_members_and_administrators_hold_nothing_that_opens_a_child_s_record() -> None:
    for role in ("executive-member", "administrator"):
        assert not ROLES[role].permissions & {Permission.READ_RECORDS, Permission.RECORD_REFERRALS, Permission.EXCUSE}


def test_an_unknown_address_looks_the_same_as_a_closed_one(cast: Cast, client: Client) -> None:
    client.force_login(cast.member)
    closed, missing = client.get(reverse("accounts")), client.get("/no-such-page/")
    assert (closed.status_code, missing.status_code) == (404, 404)
    assert b"Page not found" in closed.content
    assert b"Page not found" in missing.content
