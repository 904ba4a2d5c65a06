"""Conferences, core groups and reviews: around what the procedures of the made-up council did, a meeting for each; and children who
are looked after, with their reviews."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from goldenthread.core.clock import day_of
from goldenthread.core.timescales import timescale
from goldenthread.demo.allocation import conferring_words as words
from goldenthread.demo.allocation.conferring_room import Room, to_minute
from goldenthread.demo.arrivals import File
from goldenthread.demo.assessment.desk import AssessmentDesk
from goldenthread.standards.allocation.conferring.models import (
    CareEnd,
    LookedAfter,
)
from goldenthread.standards.assessment.protection.models import (
    ConferenceDate,
    CoreGroup,
    PlanEnd,
    ProtectionPlan,
    ReviewConference,
)

IN_CARE, IN_NEED, AHEAD = 0.08, 0.1, 0.5
"""The share of files that are open for two months or more on which a child is looked after, or a planning meeting is held; and of
running plans about which a meeting is to come. Ours."""
_HOUR = timedelta(hours=1)
_CHAIRS = "quality-officer"


def practise(desk: AssessmentDesk) -> None:
    """A meeting for each conference, review and core group; those to come; looked-after children."""
    desk.writer.flush()  # what was practised before is read from the tables
    files = {file.pk: file for file in desk.files}
    room = Room(desk, [officer for officer in desk.council.officers if officer.role == _CHAIRS])
    _initial(room, files)
    _about_plans(room, files)
    for file in desk.files:
        until = min(file.closed_at or desk.now, desk.now)
        if (until - file.opened_at).days < 60:
            continue
        if desk.chance.random() < IN_CARE:
            _care(room, file, until)
        elif desk.chance.random() < IN_NEED:
            at = file.opened_at + (until - file.opened_at) * (0.3 + 0.6 * desk.chance.random())
            room.meet(file, "child-in-need", to_minute(desk.diary.in_office_hours(at, desk.chance)), before=20)


def _initial(room: Room, files: dict[int, File]) -> None:
    """The initial conferences: held, or arranged and to come."""
    by_discussion: dict[int, dict[str, ConferenceDate]] = defaultdict(dict)
    for one in ConferenceDate.objects.select_related("discussion", "by").order_by("occurred_at", "pk"):
        by_discussion[one.discussion_id].setdefault(one.step, one)
    for dates in by_discussion.values():
        arranged, held = dates.get("arranged"), dates.get("held")
        first = arranged or held
        assert first is not None  # noqa: S101 (there is one of them)
        if arranged is None or arranged.arranged_for is None:
            continue  # those are on the record without a meeting
        room.meet(
            files[first.discussion.case_file_id],
            "initial-conference",
            held.occurred_at if held else arranged.arranged_for,
            convened=(arranged.occurred_at, arranged.recorded_at),
            known=held.recorded_at if held else None,
            discussion_id=first.discussion_id,
            told=[{"conference": one} for one in dates.values()],
        )


def _about_plans(room: Room, files: dict[int, File]) -> None:
    """The review conferences and core groups that were held, and some that are to come."""
    ended = set(PlanEnd.objects.values_list("plan", flat=True))
    running: dict[int, list[ProtectionPlan]] = defaultdict(list)
    plans: dict[int, ProtectionPlan] = {}
    for plan in ProtectionPlan.objects.order_by("pk"):
        plans[plan.pk] = plan
        if plan.pk not in ended:
            running[plan.case_file_id].append(plan)
    kinds: tuple[tuple[str, str, type[CoreGroup] | type[ReviewConference], int], ...] = (
        ("review-conference", "review", ReviewConference, 28),
        ("core-group", "core_group", CoreGroup, 12),
    )
    for kind, name, model, before in kinds:
        together: dict[tuple[int, datetime], list[Any]] = defaultdict(list)
        for row in model._default_manager.order_by("occurred_at", "pk"):
            together[plans[row.plan_id].case_file_id, row.occurred_at].append(row)
        for (file, at), rows in together.items():
            room.meet(
                files[file], kind, at, known=max(row.recorded_at for row in rows), before=before,
                plans=[plans[row.plan_id] for row in rows], told=[{name: row} for row in rows],
            )  # fmt: skip
    desk = room.desk
    for file, of_file in running.items():
        if files[file].closed_at is None and desk.chance.random() < AHEAD:
            at = desk.now + timedelta(days=2 + 16 * desk.chance.random())
            kind = "review-conference" if desk.chance.random() < 0.4 else "core-group"
            room.meet(
                files[file], kind, to_minute(desk.diary.in_office_hours(at, desk.chance)), before=22, plans=of_file
            )


def _care(room: Room, file: File, until: datetime) -> None:
    """A child is looked after, and reviewed by the team's practice."""
    desk = room.desk
    since = file.opened_at + (until - file.opened_at) * (0.02 + 0.3 * desk.chance.random())
    since = to_minute(desk.diary.in_office_hours(since, desk.chance))
    ends = None
    if file.closed_at is not None:
        ends = to_minute(file.closed_at - timedelta(hours=3))
    elif desk.chance.random() < 0.25:
        ends = to_minute(since + (until - since) * (0.5 + 0.4 * desk.chance.random()))
    known = desk.recorded(room.team(file, since), since, since)
    if since >= until or known >= desk.now or (ends is not None and ends <= since):
        return
    child = file.children[0]
    if child in room.in_care:
        return
    room.in_care.add(child)
    care = desk.writer.add(
        LookedAfter, case_file_id=file.pk, child_id=child, basis="agreed" if desk.chance.random() < 0.6 else "interim",
        occurred_at=since, recorded_at=known, by=room.worker(file, since),
    )  # fmt: skip
    stop, last, number = min(ends or desk.now, desk.now), since, 0
    while last < stop:
        rule = ("looked-after-first-review", "looked-after-second-review", "looked-after-review")[min(number, 2)]
        owed = f"allocation.{rule}"
        found = timescale(rule, day_of(last))
        assert found is not None  # noqa: S101 (the law of these years is there)
        due = found.due(last)
        at = desk.done(owed, room.team(file, last), last, due)
        if at is None or at >= stop:
            break
        if at <= due:  # in time means mostly in the last weeks
            at = min(max(at, due - (due - last) * 0.3 * desk.chance.random()), due - _HOUR)
            at = desk.diary.in_office_hours(at, desk.chance)
        at = to_minute(at)
        if at >= stop or not room.meet(file, "looked-after-review", at, before=15, children=[child], after=known):
            break
        last, number = at, number + 1
    if ends is not None and ends < desk.now:
        end_known = desk.recorded(room.team(file, ends), ends, known)
        if end_known < desk.now:
            desk.writer.add(
                CareEnd, care=care, reason="home" if desk.chance.random() < 0.7 else "order",
                words=desk.pick(words.CARE_ENDED), occurred_at=ends, recorded_at=end_known, by=room.worker(file, ends),
            )  # fmt: skip
