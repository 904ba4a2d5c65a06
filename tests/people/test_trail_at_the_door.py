"""At the door: refusals are on the trail before they are said, and nothing is shown that the trail does not tell."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from goldenthread.cases import opening
from goldenthread.core import chain, trail
from goldenthread.core.models import TrailEntry, TrailLink
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.pages.made_up_work import Clock, set_clock, take


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return set_clock(monkeypatch)


@pytest.fixture
def referral(cast: Cast, hand: Clock) -> Referral:
    return take(hand, cast)


def _in(officer: Any, **more: Any) -> Client:
    client = Client(**more)
    client.force_login(officer)
    return client


def _without_token(answer: Any) -> str:
    """A page without its form's token and key, which no two pages share."""
    return re.sub(r'name="(csrfmiddlewaretoken|submission)" value="[\w.]+"', "", answer.content.decode())


def _denied() -> list[TrailEntry]:
    return list(TrailEntry.objects.filter(deed="denied"))


def test_a_hidden_record_and_a_missing_one_are_refused_alike_and_both_are_on_the_trail(
    cast: Cast, referral: Referral
) -> None:
    client = _in(cast.stranger)
    hidden, missing = (client.get(reverse("referral", args=[pk])) for pk in (referral.pk, 99_999))
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert _without_token(hidden) == _without_token(missing)
    assert dict(hidden.items()) == dict(missing.items())
    assert [(e.officer, e.subject, e.detail["page"], e.detail["keys"]) for e in _denied()] == [
        ("efua", f"referrals.referral:{pk}", "referral", {"pk": pk}) for pk in (referral.pk, 99_999)
    ]


def test_who_tried_to_open_a_record_is_found_by_the_record(cast: Cast, referral: Referral) -> None:
    _in(cast.stranger).get(reverse("record", args=["referrals.referral", referral.pk]))
    assert next(iter(TrailEntry.about([f"referrals.referral:{referral.pk}"]))).officer == "efua"


def test_as_much_is_asked_of_the_database_for_a_hidden_record_as_for_a_missing_one(
    cast: Cast, referral: Referral, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, asked = _in(cast.stranger), []
    for pk in (referral.pk, 99_999):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("referral", args=[pk]))
        asked.append(len(queries))
    assert asked[0] == asked[1]


@pytest.mark.parametrize(
    ("who", "name", "args"),
    [
        ("member", "accounts", []),
        ("administrator", "referrals", []),
        ("worker", "trail", []),
        ("worker", "excuse", [1]),
    ],
)
def test_a_closed_page_is_on_the_trail(cast: Cast, who: str, name: str, args: list[int]) -> None:
    officer = getattr(cast, who)
    assert _in(officer).get(reverse(name, args=args)).status_code == 404
    assert [(e.officer, e.subject) for e in _denied()] == [(officer.username, f"page:{name}")]


def test_words_typed_into_an_address_are_not_on_the_trail(cast: Cast) -> None:
    _in(cast.worker).get("/teams/juno-aldergate/")
    _in(cast.worker).get("/no-such-page/juno-aldergate/")
    assert len(_denied()) == 2
    assert "aldergate" not in str(list(TrailEntry.objects.values_list("subject", "detail", "origin")))


def test_a_forged_form_is_on_the_trail(cast: Cast, referral: Referral) -> None:
    client = _in(cast.worker, enforce_csrf_checks=True)
    assert client.post(reverse("referral-search"), {"q": "Juno Aldergate"}).status_code == 403
    entry = _denied()[0]
    assert (entry.officer, entry.detail["status"], entry.origin["page"]) == ("asha", 403, "referral-search")
    assert "Aldergate" not in str(entry.detail)


def test_it_says_from_where(cast: Cast, referral: Referral) -> None:
    client = _in(cast.worker, REMOTE_ADDR="10.1.2.3")
    client.get(referral.get_absolute_url())
    origin = TrailEntry.objects.get(deed="read referral").origin
    assert (origin["address"], origin["page"], origin["method"]) == ("10.1.2.3", "referral", "GET")
    assert origin["session"] == trail.fingerprint(client.session.session_key)[:12]
    assert str(client.session.session_key) not in str(origin)
    assert TrailEntry.objects.filter(deed="take referral").get().origin == {"page": "command line"}


def test_what_was_searched_for_is_on_the_trail_for_those_who_hold_the_key(cast: Cast, referral: Referral) -> None:
    client = _in(cast.worker)
    client.post(reverse("referral-search"), {"q": "Juno Aldergate"})
    client.get(reverse("referral-new"), follow=True)
    step = reverse("referral-step", args=[uuid.uuid4(), "children"])
    client.post(step, {"do": "search", "search-name": "Juno Aldergate"})
    for deed in ("search referrals", "search children"):
        entry = TrailEntry.objects.get(deed=deed)
        assert "Aldergate" not in str(entry.detail)
        assert trail.opened_words(entry.detail["words"]) == "Juno Aldergate"


# Fail closed


@pytest.fixture
def fails(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Lets one table of the trail refuse every row."""
    real = chain.insert

    def arrange(table: str) -> None:
        def insert(cursor: Any, into: str, *rest: Any) -> None:
            if into == table:
                raise trail.TrailUnwritable("the disk is full")
            real(cursor, into, *rest)

        monkeypatch.setattr(chain, "insert", insert)

    return arrange


def test_where_the_trail_cannot_be_written_nothing_of_the_record_is_shown(
    cast: Cast, referral: Referral, fails: Callable[[str], None]
) -> None:
    client, whole = _in(cast.worker), TrailEntry.objects.count()
    fails("core_trailsubject")
    for answer in (
        client.get(referral.get_absolute_url()),
        client.get(reverse("referrals")),
        client.get("/"),
        client.post(reverse("referral-search"), {"q": "Juno"}),
        client.post(reverse("referral-confirm", args=[referral.pk]), {"how": "letter", "when": "now"}),
    ):
        assert answer.status_code == 503
        assert b"the trail cannot be written" in answer.content
        assert b"Aldergate" not in answer.content
    assert TrailEntry.objects.count() == whole
    assert not referral.written_confirmations.exists()


@pytest.mark.django_db(transaction=True)
def test_where_it_cannot_be_sealed_nothing_of_the_record_is_shown(
    transactional_db: None, cast: Cast, hand: Clock, fails: Callable[[str], None]
) -> None:
    referral = take(hand, cast)
    client, whole = _in(cast.worker), TrailEntry.objects.count()
    assert client.get(referral.get_absolute_url()).status_code == 200
    assert TrailLink.objects.count() == TrailEntry.objects.count() == whole + 1
    fails("core_traillink")
    for address in (referral.get_absolute_url(), reverse("referral", args=[99_999])):
        answer = client.get(address)
        assert answer.status_code == 503
        assert b"Aldergate" not in answer.content
    assert TrailLink.objects.count() == TrailEntry.objects.count() == whole + 1


@pytest.mark.django_db(transaction=True)
def test_a_refusal_that_cannot_be_written_is_not_said(
    transactional_db: None, cast: Cast, referral: Referral, fails: Callable[[str], None]
) -> None:
    fails("core_trailsubject")
    assert _in(cast.stranger).get(referral.get_absolute_url()).status_code == 503


def test_a_page_of_records_that_forgets_the_trail_is_not_sent(
    cast: Cast, referral: Referral, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening.trail, "write", lambda *given, **more: None)
    answer = _in(cast.worker).get(referral.get_absolute_url())
    assert answer.status_code == 500
    assert b"Aldergate" not in answer.content


def test_a_page_whose_entry_was_rolled_back_is_not_sent(
    cast: Cast, referral: Referral, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = trail.write

    def undone(*given: Any, **more: Any) -> None:
        sid = transaction.savepoint()
        real(*given, **more)
        transaction.savepoint_rollback(sid)

    monkeypatch.setattr(opening.trail, "write", undone)
    answer = _in(cast.worker).get(referral.get_absolute_url())
    assert answer.status_code == 500
    assert b"Aldergate" not in answer.content


def test_an_empty_list_needs_no_entry(cast: Cast) -> None:
    for name in ("referrals", "home", "referral-drafts", "teams", "referral-chasers"):
        assert _in(cast.worker).get(reverse(name), follow=True).status_code == 200, name
