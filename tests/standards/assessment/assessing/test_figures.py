"""How children were seen and heard: counted by team and month, disabled children apart, as at any day."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goldenthread.cases.models import Child
from goldenthread.core.clock import end_of
from goldenthread.oversight.conflicts import declare_conflict
from goldenthread.standards.assessment.assessing import actions, corrections, hearing
from goldenthread.standards.assessment.assessing.figures import Counts, heard, total
from goldenthread.standards.assessment.assessing.models import Assessment
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.standards.referrals.conftest import Hands

OCTOBER = date(2003, 10, 1), date(2003, 10, 31)


@pytest.fixture
def both(decided: Referral, child: Child, sibling: Child, cast: Cast, hands: Hands) -> Assessment:
    """An assessment of two children, of whom one is disabled and has been seen alone and heard."""
    decided.case_file.children.add(sibling)
    made = actions.start_assessment(
        case_file=decided.case_file, kind="core", children=[child, sibling], disabled=[child],
        purpose="Can they stay at home?", expectations="The school tells us what it sees", started_at=hands.now,
        by=cast.worker,
    )  # fmt: skip
    at = hands.on(days=1)
    hearing.record_seen(
        assessment=made,
        child=child,
        seen=True,
        alone=True,
        seen_by="Asha",
        way="makaton",
        occurred_at=at,
        by=cast.worker,
    )
    hearing.record_views(assessment=made, child=child, words="MORE SWIM", tool="yes-no", occurred_at=at, by=cast.worker)
    hearing.record_views(assessment=made, child=sibling, why_none="A baby of a year", occurred_at=at, by=cast.worker)
    return made


def test_each_child_counts_once_and_disabled_children_apart(both: Assessment, cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        rows = heard(*OCTOBER)
    assert len(asked) == 1
    assert total(rows, disabled=True) == Counts(1, 1, 1, 1, 0)
    assert total(rows, disabled=False) == Counts(1, 0, 0, 0, 1)
    assert total(rows) == Counts(2, 1, 1, 1, 1)
    assert {(row.team_id, row.month) for row in rows} == {(cast.east.pk, date(2003, 10, 1))}
    assert heard(*OCTOBER, team_ids=[cast.west.pk]) == []
    assert heard(*OCTOBER, without=[both.case_file_id]) == []
    assert heard(date(2003, 11, 1), date(2003, 11, 30)) == []


def test_a_child_who_was_seen_and_gave_no_views_twice_still_counts_once(
    both: Assessment, child: Child, cast: Cast, hands: Hands
) -> None:
    for _ in range(2):
        hearing.record_seen(
            assessment=both, child=child, seen=True, why_not_alone="His teacher stayed, as he wished", seen_by="Asha",
            way="play", occurred_at=hands.on(days=1), by=cast.worker,
        )  # fmt: skip
    hearing.record_views(assessment=both, child=child, words="HOME", occurred_at=hands.now, by=cast.worker)
    assert total(heard(*OCTOBER)) == Counts(2, 1, 1, 1, 1)


def test_as_at_a_day_on_what_was_known(both: Assessment, cast: Cast, hands: Hands) -> None:
    before = end_of(date(2003, 10, 1))
    assert total(heard(*OCTOBER, as_at=before)) == Counts(2, 0, 0, 0, 0)
    known = hands.now
    corrections.withdraw(fact=both.seen.get(), reason="It was another child's", by=cast.worker)
    hands.on(days=1)
    assert total(heard(*OCTOBER)).seen == 0
    assert total(heard(*OCTOBER, known_at=known - timedelta(seconds=1))).seen == 0
    assert total(heard(*OCTOBER, as_at=known, known_at=known)).children == 2


def test_the_page_leaves_out_what_is_closed_to_who_asks(both: Assessment, cast: Cast, hands: Hands) -> None:
    def page(officer: object) -> str:
        client = Client()
        client.force_login(officer)  # type: ignore[arg-type]
        return client.get(reverse("childs-views") + "?first=2003-10&last=2003-10").content.decode()

    assert "2 of" not in page(cast.member).replace("\N{NO-BREAK SPACE}", " "), "too few to say to who opens no record"
    assert "1 of 2" in page(cast.manager).replace("\N{NO-BREAK SPACE}", " ")
    declare_conflict(
        kind="family", given_names="Juno", family_name="Aldergate", date_of_birth=None, by=cast.manager
    )  # fmt: skip
    assert "No assessment began" in page(cast.manager)
    assert "1 of 2" in page(cast.head).replace("\N{NO-BREAK SPACE}", " ")
