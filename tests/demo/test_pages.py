"""Every page over the demonstration authority: none is too long, and none asks more queries when there are more records."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.addresses import addresses
from goldenthread.core import clock
from goldenthread.core.clock import start_of
from goldenthread.demo.load import load
from goldenthread.people.models import Officer

TODAY = date(2026, 6, 30)
LONGEST = 100_000
LISTS = (
    "register", "assessments", "childs-views", "interpreters", "interpreter-requests", "temporary-accommodation",
    "temporary-moves", "legal-rota", "legal-figures", "hospital-children", "practice", "referral-chasers", "duty", "access",
    "trail",
)  # fmt: skip
"""The other lists and pages of figures, as head of service: of whom nothing is hidden."""
MOST_OF_ONE_RECORD = 25  # that one record costs the same however much is on it is held by its own room's tests


@contextmanager
def authority(children: int) -> Iterator[None]:
    """One of this size, and the clock at the moment for which it was loaded."""
    with transaction.atomic():
        load(children=children, months=18, today=TODAY)
        with clock.standing_at(start_of(TODAY) + timedelta(hours=9)):
            yield
        transaction.set_rollback(True)


def opened() -> tuple[dict[str, int], dict[str, int]]:
    """The length of every page in bytes, and the number of its queries."""
    lengths, queries = {}, {}
    pages = addresses() | {name: ("head-of-service", reverse(name)) for name in LISTS}
    pages["figures of Standard 2"] = ("head-of-service", reverse("figures") + "?standard=2")
    for name, (username, address) in pages.items():
        client = Client()
        client.force_login(Officer.objects.get(username=username))
        with CaptureQueriesContext(connection) as asked:
            response = client.get(address)
        assert response.status_code == 200, address
        lengths[name], queries[name] = len(response.content), len(asked)
    return lengths, queries


@pytest.mark.once  # as long, and as many statements, on every database
@pytest.mark.django_db
def test_pages_are_short_and_their_queries_do_not_grow_with_the_records() -> None:
    with authority(200):
        _, few = opened()
    with authority(500):
        lengths, many = opened()
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}
    # One referral's page asks for each kind of thing that happened on it, and another's may lack some.
    assert max(few.pop("one referral"), many["one referral"]) <= MOST_OF_ONE_RECORD
    assert {name: (few[name], many[name]) for name in few if many[name] > few[name]} == {}
