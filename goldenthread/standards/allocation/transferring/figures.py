"""Figures about transfers: how many are moving between teams at an instant, and how many days those that are done took. Each is
asked in a fixed number of queries, as at one instant and on what was known by another. `without`: case files that are closed
to whoever asks.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When

from goldenthread.cases.facts import first_row, stands
from goldenthread.cases.models import CaseFile
from goldenthread.core.clock import end_of, start_of
from goldenthread.people.models import Team
from goldenthread.standards.allocation.transferring.choices import Reply, Stage, Verdict
from goldenthread.standards.allocation.transferring.models import (
    ObstacleCleared,
    Transfer,
    TransferAnswer,
    TransferDone,
    TransferObstacle,
    TransferRuling,
    TransferWithdrawn,
)


@dataclass(frozen=True, slots=True)
class Moving:
    """What is on its way from and to one team. with_obstacles: how many of those have one that was not cleared."""

    going_out: int = 0
    out_with_obstacles: int = 0
    coming_in: int = 0
    in_with_obstacles: int = 0


def _stood(model: Any, as_at: datetime, known: datetime) -> Any:
    return model.objects.filter(stands(known), transfer=OuterRef("pk"), occurred_at__lte=as_at)


def _under_way(as_at: datetime, known: datetime, without: Collection[int]) -> Any:
    rows = Transfer.objects.filter(asked_at__lte=as_at, recorded_at__lte=known).exclude(case_file__in=sorted(without))
    done, withdrawn = _stood(TransferDone, as_at, known), _stood(TransferWithdrawn, as_at, known)
    stays = _stood(TransferRuling, as_at, known).filter(verdict=Verdict.STAYS)
    return rows.filter(~Exists(done), ~Exists(withdrawn), ~Exists(stays))


def moving(
    team_ids: Collection[int], as_at: datetime, without: Collection[int] = (), *, known_at: datetime | None = None
) -> dict[int, Moving]:
    """By team: how many case files other teams are asked to take on from it, and it is asked to take on from others, at an
    instant. One query."""
    known = known_at or as_at
    cleared = ObstacleCleared.objects.filter(stands(known), obstacle=OuterRef("first"), occurred_at__lte=as_at)
    in_the_way = _stood(TransferObstacle, as_at, known).annotate(first=first_row()).filter(~Exists(cleared))
    rows = _under_way(as_at, known, without).annotate(held_up=Exists(in_the_way))
    counts = {team: [0, 0, 0, 0] for team in team_ids}
    for sender, receiver, held_up in rows.values_list("from_team", "to_team", "held_up"):
        for team, place in ((sender, 0), (receiver, 2)):
            if team in counts:
                counts[team][place] += 1
                counts[team][place + 1] += held_up
    return {team: Moving(*found) for team, found in counts.items()}


@dataclass(frozen=True, slots=True)
class Going:
    """One transfer under way, and how it stands. opens: whether the officer may open its case file."""

    pk: int
    case_file_id: int
    from_team_id: int
    to_team_id: int
    asked_at: datetime
    stage: Stage
    opens: bool


def going(team: Team, without: Collection[int] = (), *, seen: Q | None = None) -> list[Going]:
    """What is on its way from and to one team now, longest since the request first. One query; it goes by the files that are
    offered to a team now, and so does not read what was transferred before. seen: the filter of the case files that whoever asks
    may open, by “case_file__” (None: all)."""
    # Each half looks at what it asks for; asked with “or”, the database looks at all that are offered in the council.
    coming = CaseFile.objects.filter(offered_to=team).order_by().values("pk")
    leaving = CaseFile.objects.filter(team=team, offered_to__isnull=False).order_by().values("pk")
    rows = Transfer.objects.filter(case_file__in=coming.union(leaving)).exclude(case_file__in=sorted(without))
    answers = _standing(TransferAnswer).annotate(first=first_row()).order_by("-occurred_at", "-first")
    goes = _standing(TransferRuling).filter(verdict=Verdict.GOES, occurred_at__gte=OuterRef("replied_at"))
    cleared = ObstacleCleared.objects.filter(withdrawn=False, superseded_by=None, obstacle=OuterRef("first"))
    in_the_way = _standing(TransferObstacle).annotate(first=first_row()).filter(~Exists(cleared))
    told: Any = rows.under_way().annotate(
        reply=Subquery(answers.values("reply")[:1]),
        replied_at=Subquery(answers.values("occurred_at")[:1]),
        ruled=Exists(goes),
        held_up=Exists(in_the_way),
        opens=Case(When(seen, then=Value(True)), default=Value(False)) if seen else Value(True),
    )
    names = ("pk", "case_file", "from_team", "to_team", "asked_at", "reply", "ruled", "held_up", "opens")
    return [
        Going(pk, file, sender, receiver, asked_at, _stage(reply, ruled=ruled, held_up=held_up), opens)
        for pk, file, sender, receiver, asked_at, reply, ruled, held_up, opens in told.order_by(
            "asked_at", "pk"
        ).values_list(*names)
    ]


def _standing(model: Any) -> Any:
    return model.objects.filter(transfer=OuterRef("pk"), withdrawn=False, superseded_by=None)


def _stage(reply: str | None, *, ruled: bool, held_up: bool) -> Stage:
    """As `Course.stage`. reply: what was answered last; ruled: that it goes, after that."""
    if reply == Reply.DISAGREED and not ruled:
        return Stage.DISPUTED
    if held_up:
        return Stage.HELD_UP
    return Stage.AGREED if reply else Stage.ASKED


def lasted(
    start: date, end: date, *, known_at: datetime | None = None, without: Collection[int] = ()
) -> list[tuple[int, int, timedelta]]:
    """Of each transfer that was done on a day from `start` to `end`, both included: the sending and the receiving team, and the
    time from the request to the file's going over. One query."""
    known = known_at or end_of(end)
    rows = TransferDone.objects.filter(stands(known), occurred_at__gte=start_of(start), occurred_at__lte=end_of(end))
    rows = rows.exclude(transfer__case_file__in=sorted(without)).order_by("occurred_at", "pk")
    return [
        (sender, receiver, done - asked)
        for sender, receiver, asked, done in rows.values_list(
            "transfer__from_team", "transfer__to_team", "transfer__asked_at", "occurred_at"
        )
    ]
