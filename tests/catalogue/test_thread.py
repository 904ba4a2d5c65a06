from datetime import UTC, date, datetime, timedelta

import pytest

from goldenthread.catalogue.thread import current_plan, thread
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.tally import Counts
from goldenthread.plan.template import adopt_template
from tests.conftest import Cast

AT = datetime(2003, 10, 6, 9, 0, tzinfo=UTC)


def _owed(requirement: str, number: int, done: bool) -> None:
    Obligation.objects.create(
        requirement=requirement, subject_type="none.such", subject_id=number, month=AT.date().replace(day=1),
        since_at=AT, since_known_at=AT, due_at=AT + timedelta(days=1),
        done_at=AT if done else None, done_known_at=AT if done else None,
    )  # fmt: skip


@pytest.mark.ledger_broken_on_purpose
def test_without_a_plan_the_thread_goes_by_what_each_requirement_serves(db: None) -> None:
    assert current_plan() is None
    _owed("referrals.police-advised", 1, done=True)
    _owed("referrals.police-told-onward", 1, done=False)
    lines = {line.number: line for line in thread(None, AT + timedelta(days=2))}
    assert {"1.1", "1.2", "1.3", "1.4"} <= lines.keys()
    assert lines["1.3"].counts == Counts(met=1, overdue=1)
    assert lines["1.3"].has_evidence
    assert not lines["1.4"].has_evidence


@pytest.mark.ledger_broken_on_purpose
def test_with_a_plan_every_recommendation_is_there_in_its_order(cast: Cast) -> None:
    plan = adopt_template(adopted_on=date(2003, 10, 1), by=cast.quality)
    _owed("referrals.onward-purpose", 1, done=True)
    lines = thread(plan, AT + timedelta(days=2))
    numbers = [line.number for line in lines]
    assert len(numbers) == 28
    assert numbers == sorted(numbers)
    by_number = {line.number: line for line in lines}
    assert "referrals.onward-purpose" in by_number["1.4"].requirements
    assert by_number["1.4"].counts == Counts(met=1)
    assert by_number["1.4"].as_data() == {
        "recommendation": "1.4",
        "requirements": list(by_number["1.4"].requirements),
        "documents": [],
        "obligations": {"met": 1, "late": 0, "overdue": 0, "due": 0, "excused": 0},
    }


@pytest.mark.ledger_broken_on_purpose
def test_the_thread_can_be_asked_as_it_was(db: None) -> None:
    _owed("referrals.police-advised", 1, done=True)
    before = {line.number: line.counts for line in thread(None, AT - timedelta(seconds=1))}
    assert before["1.3"] == Counts()
