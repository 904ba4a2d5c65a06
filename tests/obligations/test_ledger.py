from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from goldenthread.cases.models import CaseFile
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.obligations import ledger, tally
from goldenthread.obligations.actions import excuse
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.requirement import Requirement, install
from goldenthread.obligations.verdicts import Verdict, verdict
from tests.conftest import Cast
from tests.obligations.conftest import CLOSING, HOLDINGS, hand_over

MONDAY = datetime(2003, 10, 6, 9, 0, tzinfo=UTC)
NewFile = Callable[[datetime], CaseFile]


def _closing(case_file: CaseFile) -> Obligation:
    return Obligation.objects.get(requirement=CLOSING.key, subject_id=case_file.pk)


def test_what_a_record_owes_is_in_the_ledger_with_its_holder_and_its_due_date(new_file: NewFile, cast: Cast) -> None:
    row = _closing(new_file(MONDAY))
    assert (row.team, row.owner, row.month.isoformat()) == (cast.east, cast.worker, "2003-10-01")
    assert row.due_at == datetime(2003, 10, 7, 22, 59, 59, 999999, tzinfo=UTC)


def test_a_refresh_leaves_other_records_and_unchanged_rows_alone(new_file: NewFile) -> None:
    first, second = new_file(MONDAY), new_file(MONDAY)
    before = {row.pk for row in Obligation.objects.all()}
    first.closed_at = MONDAY + timedelta(hours=1)
    first.save()
    ledger.refresh(first)
    assert {row.pk for row in Obligation.objects.all()} == before
    assert _closing(first).done_at == first.closed_at
    assert _closing(second).done_at is None


def test_what_is_no_longer_owed_leaves_the_ledger(new_file: NewFile) -> None:
    case_file = new_file(MONDAY)
    case_file.holdings.all().delete()
    ledger.refresh(case_file)
    assert not Obligation.objects.filter(requirement=HOLDINGS.key).exists()


def test_what_is_open_follows_the_case_file_and_what_is_settled_stays(new_file: NewFile, cast: Cast) -> None:
    open_one, closed, excused = new_file(MONDAY), new_file(MONDAY), new_file(MONDAY)
    closed.closed_at = MONDAY + timedelta(hours=2)
    closed.save()
    ledger.refresh(closed)
    excuse(obligation=_closing(excused), reason="The family moved to Leeds", by=cast.manager)
    for case_file, at in ((open_one, MONDAY), (closed, MONDAY)):
        hand_over(case_file, cast, at + timedelta(days=3))
    hand_over(excused, cast, datetime(2090, 1, 1, tzinfo=UTC))
    assert (_closing(open_one).team, _closing(open_one).owner) == (cast.west, cast.stranger)
    assert (_closing(closed).team, _closing(closed).owner) == (cast.east, cast.worker)
    assert (_closing(excused).team, _closing(excused).owner) == (cast.east, cast.worker)


def test_one_list_per_person_soonest_first_and_undated_last(new_file: NewFile, cast: Cast) -> None:
    later, sooner = new_file(MONDAY + timedelta(days=7)), new_file(MONDAY)
    owed = list(Obligation.objects.owed_by(cast.worker))
    assert [(row.requirement, row.subject_id) for row in owed][:2] == [
        (CLOSING.key, sooner.pk),
        (CLOSING.key, later.pk),
    ]
    assert [row.due_at for row in owed][2:] == [None, None]
    assert not Obligation.objects.owed_by(cast.stranger).exists()


def test_only_those_who_may_open_the_case_file_see_what_it_owes(new_file: NewFile, cast: Cast) -> None:
    new_file(MONDAY)
    seen = {officer.username: Obligation.objects.visible_to(officer).exists() for officer in cast.all()}
    assert {name for name, any_seen in seen.items() if any_seen} == {
        "asha", "ben", "carys", "dev", "farid", "grace", "hiro",
    }  # fmt: skip


@pytest.mark.ledger_broken_on_purpose
def test_verify_names_what_is_missing_what_is_extra_and_what_differs(new_file: NewFile) -> None:
    missing, differing, untouched = new_file(MONDAY), new_file(MONDAY), new_file(MONDAY)
    assert ledger.verify() == []
    _closing(missing).delete()
    row = _closing(differing)
    Obligation.objects.filter(pk=row.pk).update(due_at=MONDAY, excuse="nobody gave this one")
    row.pk, row.subject_id = None, 987654
    row.save()
    named = {str(difference) for difference in ledger.verify()}
    assert named == {
        f"test.closing on cases.casefile:{missing.pk}: missing from the ledger",
        f"test.closing on cases.casefile:{differing.pk}: differs in due_at, excuse",
        "test.closing on cases.casefile:987654: in the ledger, and no record owes it",
    }
    assert not any(str(untouched.pk) in name.split(": ")[0].split(":")[1] for name in named if untouched.pk > 987654)


def test_rebuild_mends_a_broken_ledger(new_file: NewFile) -> None:
    first, second = new_file(MONDAY), new_file(MONDAY)
    _closing(first).delete()
    row = _closing(second)
    Obligation.objects.filter(pk=row.pk).update(due_at=MONDAY)
    row.pk, row.subject_id = None, 987654
    row.save()
    seen: list[tuple[int, int]] = []
    assert ledger.rebuild(lambda done, of: seen.append((done, of))) == 4
    assert ledger.verify() == []
    assert seen == [(1, 1)]


@pytest.mark.ledger_broken_on_purpose
def test_a_row_of_a_requirement_that_was_withdrawn_is_named_and_rebuilt_away(new_file: NewFile) -> None:
    row = _closing(new_file(MONDAY))
    row.pk, row.requirement, row.subject_type = None, "gone.requirement", "gone.model"
    row.save()
    assert [str(d) for d in ledger.verify()] == [
        f"gone.requirement on gone.model:{row.subject_id}: in the ledger, and no record owes it"
    ]
    ledger.rebuild()
    assert ledger.verify() == []


def test_the_number_of_queries_does_not_grow_with_the_records(new_file: NewFile) -> None:
    def queries(records: list[CaseFile]) -> int:
        for case_file in records:
            case_file.closed_at = (case_file.closed_at or MONDAY) + timedelta(hours=1)
            case_file.save()
        with CaptureQueriesContext(
            connection,
        ) as captured:
            ledger.refresh(*records)
        return len(captured)

    files = [new_file(MONDAY) for _ in range(12)]
    assert queries(files[:2]) == queries(files)


def test_one_thing_owed_twice_under_one_key_is_a_fault(new_file: NewFile, requirements: object) -> None:
    case_file = new_file(MONDAY)
    twice = Requirement(
        key="test.twice", serves="1.1", title="Twice", why="A fault.", subject=CaseFile,
        owed=lambda record: [CLOSING.on(record)[0], CLOSING.on(record)[0]], case_file=lambda record: record,
    )  # fmt: skip
    from goldenthread.obligations.requirement import installed

    install([twice])
    try:
        with pytest.raises(ValueError, match="owed twice"), transaction.atomic():
            ledger.refresh(case_file)
    finally:
        del installed()["test.twice"]


def test_two_requirements_cannot_share_a_key(requirements: object) -> None:
    install([CLOSING])
    with pytest.raises(ValueError, match=r"test\.closing"):
        install(
            [Requirement(key="test.closing", serves="1.1", title="", why="", subject=CaseFile, owed=lambda _: None)]
        )


def test_done_without_saying_when_it_was_known_is_refused_by_the_database(new_file: NewFile) -> None:
    row = _closing(new_file(MONDAY))
    with pytest.raises(IntegrityError), transaction.atomic():
        Obligation.objects.filter(pk=row.pk).update(done_at=MONDAY)


def test_an_excuse_is_counted_as_excused_and_never_as_met(new_file: NewFile, cast: Cast) -> None:
    case_file = new_file(MONDAY)
    made = excuse(
        obligation=_closing(case_file), reason="The family moved to Leeds", by=cast.manager, occurred_at=MONDAY
    )
    row = _closing(case_file)
    assert row.excuse == "The family moved to Leeds"
    assert verdict(row, made.recorded_at) is Verdict.EXCUSED
    assert verdict(row, MONDAY + timedelta(days=30)) is Verdict.OVERDUE
    assert row not in Obligation.objects.open()


def test_an_excuse_after_the_date_takes_it_off_the_list_and_leaves_it_missed_in_every_figure(
    new_file: NewFile, cast: Cast
) -> None:
    case_file = new_file(MONDAY)
    made = excuse(obligation=_closing(case_file), reason="The family moved to Leeds", by=cast.manager)
    row = _closing(case_file)
    assert row.due_at is not None
    assert made.occurred_at > row.due_at
    assert row not in Obligation.objects.open()
    assert verdict(row, made.recorded_at) is Verdict.OVERDUE
    counted = [found.counts for found in tally.tally(made.recorded_at) if found.requirement == row.requirement]
    assert sum(counts.overdue for counts in counted) == 1
    assert sum(counts.excused for counts in counted) == 0


def test_what_is_done_after_all_counts_as_done(new_file: NewFile, cast: Cast) -> None:
    case_file = new_file(MONDAY)
    made = excuse(obligation=_closing(case_file), reason="The family moved to Leeds", by=cast.manager)
    case_file.closed_at = MONDAY + timedelta(hours=1)
    case_file.save()
    ledger.refresh(case_file)
    assert verdict(_closing(case_file), made.recorded_at) is Verdict.MET


@pytest.mark.parametrize("reason", ["", "n/a", "see notes", "x" * 201])
def test_an_excuse_says_why(new_file: NewFile, cast: Cast, reason: str) -> None:
    row = _closing(new_file(MONDAY))
    with pytest.raises(Refused):
        excuse(obligation=row, reason=reason, by=cast.manager)
    assert row in Obligation.objects.open()


def test_who_may_not_excuse(new_file: NewFile, cast: Cast) -> None:
    row = _closing(new_file(MONDAY))
    for officer in (cast.worker, cast.quality, cast.member, cast.administrator):
        with pytest.raises(NotAllowed):
            excuse(obligation=row, reason="The family moved to Leeds", by=officer)


def test_what_is_settled_cannot_be_excused_nor_excused_twice_nor_ahead_of_time(new_file: NewFile, cast: Cast) -> None:
    case_file = new_file(MONDAY)
    with pytest.raises(Refused, match="future"):
        excuse(
            obligation=_closing(case_file), reason="The family moved to Leeds", by=cast.manager,
            occurred_at=datetime(2200, 1, 1, tzinfo=UTC),
        )  # fmt: skip
    excuse(obligation=_closing(case_file), reason="The family moved to Leeds", by=cast.manager)
    with pytest.raises(Refused):
        excuse(obligation=_closing(case_file), reason="They moved once more", by=cast.manager)


def test_an_excuse_leaves_its_trail_without_the_reason(new_file: NewFile, cast: Cast) -> None:
    from goldenthread.core.models import TrailEntry

    case_file = new_file(MONDAY)
    excuse(obligation=_closing(case_file), reason="The family moved to Leeds", by=cast.manager)
    entry = TrailEntry.objects.get(deed="excuse")
    assert (entry.officer, entry.subject) == ("dev", f"cases.casefile:{case_file.pk}")
    assert "Leeds" not in str(entry.detail)
