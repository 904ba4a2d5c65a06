"""The demonstration's conferences and reviews: nothing that the verbs would refuse, a story to look at, and the report on who
comes, recounted from raw rows."""

import json
from collections import Counter
from datetime import date

import pytest

from goldenthread.cases.models import CaseFile
from goldenthread.core import rules as common
from goldenthread.obligations import tally
from goldenthread.reports.attendance import attendance_between
from goldenthread.reports.json import as_data
from goldenthread.standards.allocation.conferring import rules
from goldenthread.standards.allocation.conferring.choices import CONFERENCES, INDEPENDENT, NOT_AGENCIES, MeetingKind
from goldenthread.standards.allocation.conferring.course import all_told, invitees, moves, planned, quorate
from goldenthread.standards.allocation.conferring.figures import by_agency, conferences
from goldenthread.standards.allocation.conferring.models import LookedAfter, Meeting, MeetingTold
from goldenthread.standards.allocation.conferring.requirements import REQUIREMENTS
from goldenthread.standards.allocation.conferring.writing import FACTS
from goldenthread.standards.assessment.protection.models import ConferenceDate
from tests.demo.conftest import NOW
from tests.demo.recount.books import Books
from tests.demo.recount.conferring import days_before, earliest
from tests.demo.recount.kinds import APOLOGY, INVITED, INVITEE, PRESENT, REPORTED, SAT
from tests.demo.recount.raw import PAST, Raw, london, night, rows
from tests.demo.recount.whole import recount

pytestmark = pytest.mark.usefixtures("authority")


def all_of_them() -> list[Meeting]:
    found = Meeting.objects.select_related("case_file", "chair__team", "discussion").prefetch_related(
        "children", "plans", *FACTS
    )
    return list(found.prefetch_related("told__conference", "told__core_group", "told__review", "case_file__children"))


def test_every_meeting_is_one_that_could_be_convened_and_held() -> None:
    for meeting in all_of_them():
        children = {child.pk for child in meeting.children.all()}
        assert children
        assert children <= {child.pk for child in meeting.case_file.children.all()}
        assert meeting.case_file.opened_at <= meeting.convened_at <= meeting.planned_for
        assert meeting.convened_at <= meeting.recorded_at
        common.check_words(meeting.place, "where it will be")
        for one in invitees(meeting):
            rules.check_invitee(one.fact)
        for name in FACTS:
            for fact in getattr(meeting, name).all():
                assert meeting.convened_at <= fact.occurred_at <= fact.recorded_at, (name, meeting)
        if meeting.kind in INDEPENDENT:
            assert meeting.tie_id
            assert meeting.chair.role == "quality-officer"
        assert (meeting.kind == MeetingKind.INITIAL) == (meeting.discussion_id is not None)
        if meeting.kind in {MeetingKind.REVIEW, MeetingKind.CORE_GROUP}:
            assert {plan.child_id for plan in meeting.plans.all()} <= children
            assert all(plan.occurred_at <= meeting.convened_at for plan in meeting.plans.all())
        held = meeting.held
        if held is None:
            assert not meeting.sendings.all()
            continue
        assert meeting.case_file.closed_at is None or held.moment.occurred_at < meeting.case_file.closed_at
        if (plan := planned(meeting)) is not None and moves(meeting):
            assert plan.occurred_at == held.moment.occurred_at
        rules.check_quorum(meeting, held.fact.why_on)
        for fact in (*meeting.presences.all(), *meeting.decisions.all(), *meeting.parts.all()):
            assert fact.occurred_at == held.moment.occurred_at
        for told in meeting.told.all():
            if not isinstance(told.fact, ConferenceDate) or told.fact.step == "held":
                assert told.fact.occurred_at == held.moment.occurred_at


def test_the_procedures_were_told_by_meetings() -> None:
    held = ConferenceDate.objects.filter(step="held")
    assert MeetingTold.objects.filter(conference__in=held).count() > 0.9 * held.count() > 10


def test_nobody_is_looked_after_twice_and_reviews_are_of_those_who_are() -> None:
    for care in LookedAfter.objects.prefetch_related("ends", "later"):
        assert care.stands
        rules.check_no_care_yet(care, care.occurred_at, care.ended.moment.occurred_at if care.ended else None)
    cared = set(LookedAfter.objects.values_list("child", flat=True))
    for meeting in all_of_them():
        if meeting.kind == MeetingKind.LOOKED_AFTER:
            assert {child.pk for child in meeting.children.all()} <= cared


def test_there_is_something_to_see_of_each_requirement_and_each_kind() -> None:
    totals = tally.totals(tally.tally(NOW))
    for requirement in REQUIREMENTS:
        counts = totals[requirement.key]
        assert counts.met, requirement.key
        assert counts.met + counts.late + counts.overdue >= 10, requirement.key
    kinds = Counter(meeting.kind for meeting in all_of_them())
    assert set(kinds) == set(MeetingKind.values)
    assert any(m.held is None and m.planned_for > NOW for m in all_of_them()), "some are to come"
    assert CaseFile.objects.count() > kinds.total() / 4


def test_agencies_differ() -> None:
    lines = {line.key: line for line in by_agency(conferences(date(2024, 7, 1), date(2026, 6, 29)))}
    assert lines["health-visitor"].came > 0.7 * lines["health-visitor"].told
    assert lines["police"].came < 0.6 * lines["police"].told
    assert lines["surgery"].came < lines["surgery"].in_time


def counted(books: Books, one: Raw) -> dict[str, dict[str, bool | None]]:
    """How each agency was at one conference, on what was known then."""
    [sat] = books.then[SAT][one["id"]]
    due = days_before(london(sat["occurred_at"]), 2 if one["kind"] == "initial-conference" else 5)
    found: dict[str, dict[str, bool | None]] = {}
    for person in books.then[INVITEE][one["id"]]:
        number, agency = person["first"], person["agency"]
        if agency in {"social-care", "family"} or earliest(books.then[INVITED][number]) is None:
            continue
        its = found.setdefault(agency, {"came": None, "sorry": False, "asked": False, "sent": False, "in time": False})
        for there in books.then[PRESENT][number][-1:]:
            its["came"] = bool(its["came"]) or there["outcome"] != "absent"
        its["sorry"] = its["sorry"] or any(r["answer"] == "apologies" for r in books.then[APOLOGY][number][-1:])
        sent = [row for row in books.then[REPORTED][number] if row["step"] == "received"]
        its["asked"] = its["asked"] or person["reports"]
        its["sent"] = its["sent"] or bool(sent)
        its["in time"] = its["in time"] or any(row["occurred_at"] <= due for row in sent[:1])
    return found


def attendance_by_hand(first: date, day: date) -> tuple[dict[tuple[str, str], Counter[str]], Counter[str]]:
    """By kind of conference and agency, how often it was asked, came and the rest, and how many were held, between two days as
    known by the end of the last: from raw rows."""
    books = recount(night(day), night(day))
    begins = night(date.fromordinal(first.toordinal() - 1))
    counts: dict[tuple[str, str], Counter[str]] = {}
    numbers: Counter[str] = Counter()
    for one in rows(Meeting):
        sat = books.then[SAT][one["id"]]
        if one["kind"] not in CONFERENCES or one["recorded_at"] > night(day) or not sat:
            continue
        if not begins < sat[0]["occurred_at"] <= night(day):
            continue
        numbers[one["kind"]] += 1
        for agency, its in counted(books, one).items():
            line = counts.setdefault((one["kind"], agency), Counter())
            line["asked"] += 1
            line["came"] += its["came"] is True
            line["unknown"] += its["came"] is None
            line["apologies"] += its["came"] is False and bool(its["sorry"])
            line["of_reports"] += bool(its["asked"])
            line["in_time"] += bool(its["asked"] and its["in time"])
            line["absent"] += its["came"] is False
            line["neither"] += its["came"] is False and not its["sent"]
    return counts, numbers


@pytest.mark.parametrize("day", PAST, ids=str)
def test_who_comes_is_counted_the_same_by_hand_at_any_past_day(day: date) -> None:
    first = date(day.year - 1, day.month, 1)
    counts, numbers = attendance_by_hand(first, day)
    found = conferences(first, day)
    assert Counter(one.meeting.kind for one in found) == numbers
    assert numbers
    for kind in CONFERENCES:
        lines = {line.key: line for line in by_agency(found, kind)}
        assert set(lines) == {agency for of, agency in counts if of == kind}
        for agency, line in lines.items():
            mine = counts[kind, agency]
            theirs = {
                name: getattr(line, name)
                for name in ("asked", "came", "unknown", "apologies", "of_reports", "in_time", "neither")
            }
            assert theirs == {name: mine[name] for name in theirs}, (kind, agency)


@pytest.mark.parametrize("day", PAST[:2], ids=str)
def test_no_small_number_is_printed(day: date) -> None:
    data = json.loads(json.dumps(as_data(attendance_between(date(day.year - 1, day.month, 1), day))))
    printed: list[str] = []

    def walk(found: object) -> None:
        if isinstance(found, dict):
            if found.get("number") and isinstance(found.get("content"), list):
                printed.extend(str(word) for word in found["content"])
            for value in found.values():
                walk(value)
        elif isinstance(found, list):
            for value in found:
                walk(value)

    walk(data)
    numbers = [word for word in printed if word.isdecimal()]
    assert numbers
    assert not [number for number in numbers if 0 < int(number) < 5]


def test_what_was_recorded_later_was_not_known_then() -> None:
    day = PAST[0]
    before = night(date.fromordinal(day.toordinal() - 20))
    earlier, later = (conferences(date(2025, 1, 1), day, known_at=known) for known in (before, night(day)))
    assert sum(line.told for line in by_agency(earlier)) < sum(line.told for line in by_agency(later))


def test_the_quorum_is_told_the_same_by_the_meeting_and_by_hand() -> None:
    for meeting in all_of_them():
        if meeting.held is None or not all_told(meeting):
            continue
        there = {
            one.fact.agency
            for one in invitees(meeting)
            for row in meeting.presences.all()
            if row.invitee_id == one.first.pk
            and row.outcome != "absent"
            and (one.fact.in_touch or one.fact.agency == "social-care")
        }
        assert (quorate(meeting) is not None) == ("social-care" in there and len(there - NOT_AGENCIES) >= 2)
