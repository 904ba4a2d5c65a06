"""Figures about supervision, for a team's board: who has not been supervised, and which cases have not been talked over, in time,
as at an instant and on what was known by another. `without`: case files that are closed to whoever asks."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, OuterRef, Q, Subquery

from goldenthread.cases.facts import first_row
from goldenthread.core.clock import day_of
from goldenthread.core.timescales import timescale
from goldenthread.obligations.models import Obligation
from goldenthread.people.models import Team
from goldenthread.standards.allocation.supervising.models import PairQuerySet, SupervisionPair, SupervisionSession

SUPERVISED, DISCUSSED, AGREED = (
    "allocation.worker-supervised",
    "allocation.case-discussed",
    "allocation.supervision-action-done",
)


@dataclass(frozen=True, slots=True)
class Due:
    """What is overdue in one team: workers whose supervision is, cases that have not been talked over, and what was agreed and
    not done."""

    workers: int = 0
    cases: int = 0
    actions: int = 0


def due(
    team_ids: Collection[int] | None,
    as_at: datetime,
    *,
    known_at: datetime | None = None,
    without: Collection[int] = (),
) -> dict[int, Due]:
    """By team, those in which something is overdue. A case or a worker counts once, however often it was missed: one query.
    team_ids None: all teams."""
    known = known_at or as_at
    rows = Obligation.objects.begun(as_at, known).filter(
        requirement__in=(SUPERVISED, DISCUSSED, AGREED), due_at__lt=as_at, team__isnull=False
    )
    rows = rows.exclude(Q(done_at__isnull=False) & Q(done_at__lte=as_at, done_known_at__lte=known)).exclude(
        Q(excused_at__isnull=False) & Q(excused_at__lte=as_at, excused_known_at__lte=known)
    )
    if team_ids is not None:
        rows = rows.filter(team__in=team_ids)
    if without:
        rows = rows.exclude(case_file__in=sorted(without))
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for team, requirement, _ in rows.order_by().values_list("team_id", "requirement", "subject_id").distinct():
        if team is not None:
            found[team][requirement] += 1
    return {team: Due(each[SUPERVISED], each[DISCUSSED], each[AGREED]) for team, each in found.items()}


@dataclass(frozen=True, slots=True)
class Now:
    """What is due in one team now: overdue as in `Due`, and what falls due by a day. A case or a worker counts once in each."""

    over: Due
    soon: Due


def due_now(team: Team, at: datetime, until: datetime, *, without: Collection[int] = ()) -> Now:
    """What is overdue in a team now, as `due` says it, and what falls due from now until an instant. One query, of what is open
    only."""
    rows = Obligation.objects.open().filter(
        team=team, requirement__in=(SUPERVISED, DISCUSSED, AGREED), since_at__lte=at, due_at__lte=until
    )
    rows = rows.exclude(case_file__in=sorted(without)) if without else rows
    over, soon = Counter[str](), Counter[str]()
    for requirement, passed, ahead in (
        rows.order_by()
        .values_list("requirement")
        .annotate(
            over=Count("subject_id", distinct=True, filter=Q(due_at__lt=at)),
            soon=Count("subject_id", distinct=True, filter=Q(due_at__gte=at)),
        )
    ):
        over[requirement], soon[requirement] = passed, ahead
    return Now(*(Due(each[SUPERVISED], each[DISCUSSED], each[AGREED]) for each in (over, soon)))


def untalked(
    team: Team, at: datetime, *, seen: Q | None = None, without: Collection[int] = ()
) -> list[tuple[int, datetime]]:
    """The case files of a team that have not been talked over in time, each with the day that was missed first, longest missed
    first. One query. seen: the filter of those that whoever asks may open."""
    rows = Obligation.objects.open().filter(team=team, requirement=DISCUSSED, since_at__lte=at, due_at__lt=at)
    rows = rows.exclude(case_file__in=sorted(without)) if without else rows
    rows = rows if seen is None else rows.filter(seen)
    return list(rows.order_by().values_list("subject_id").annotate(first=Min("due_at")).order_by("first", "subject_id"))


@dataclass(frozen=True, slots=True)
class Meetings:
    """One pair: when they last met and will meet next, by when they are to, and whether that has passed."""

    pair: SupervisionPair
    last: datetime | None
    following: datetime | None
    due: datetime | None
    overdue: bool


def meetings(pairs: PairQuerySet, at: datetime) -> list[Meetings]:
    """How pairs stand now. Two queries, which bring back one row for each pair and for what is planned, however many sessions
    there were."""
    stand = SupervisionSession.objects.filter(withdrawn=False, superseded_by=None)
    last = stand.filter(pair=OuterRef("pk"), held=True).order_by("-occurred_at").values("occurred_at")[:1]
    told: Any = pairs.annotate(last_met=Subquery(last))
    found = list(told)
    since = min((one.last_met or one.since_at for one in found), default=at)
    rows = stand.filter(pair__in=found or [0], next_at__gt=since).annotate(first=first_row())
    ahead: dict[int, list[datetime]] = defaultdict(list)
    for pair, planned in rows.order_by("occurred_at", "first").values_list("pair", "next_at"):
        if planned is not None:
            ahead[pair].append(planned)
    return [how_they_meet(one, one.last_met, ahead[one.pk], at) for one in found]


def how_they_meet(pair: SupervisionPair, last: datetime | None, planned: Sequence[datetime], at: datetime) -> Meetings:
    """How a pair stands. last: when they last met; planned: for when the next was planned, in order of the sessions in which it
    was."""
    ahead = (one for one in reversed(planned) if last is None or one > last)
    since = last or pair.since_at
    rule = timescale("worker-supervised", day_of(since))
    due = rule.due(since) if rule else None
    return Meetings(pair, last, next(ahead, None), due, due is not None and due < at)
