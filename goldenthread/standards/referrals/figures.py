"""Figures about referrals, as at one instant and on what was known by another. Each is one query.

`start` and `end` are days of London, both included: when the decision was made, or the referral received. `as_at` left out is the
end of `end`; `known_at` left out is `as_at`. `team_ids` None is all teams. `without`: case files that are closed to whoever
asks, and so left out (`Sight.shut`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from goldenthread.cases.facts import Fact, first_row, stands, taken_back
from goldenthread.core.clock import LONDON, end_of, start_of
from goldenthread.standards.referrals.choices import SPOKEN, AgencyKind, Need, QuantityUnit, WhyUnmet
from goldenthread.standards.referrals.models import (
    Decision,
    NeedMet,
    Referral,
    UnmetNeed,
    UnmetNeedAnswer,
    WrittenConfirmation,
)

Teams = Collection[int] | None
M = TypeVar("M", bound=Fact)
Rows = TypeVar("Rows", bound=QuerySet[Any])


@dataclass(frozen=True, slots=True)
class NeedRow:
    """How often something was needed and not provided, of one kind, for one reason, in one team and month.

    quantity: the sum in `unit`, where a unit was given; met: how many have been met since.
    """

    need: str
    why: str
    unit: str
    team_id: int
    team: str
    area: str
    month: date
    count: int
    quantity: Decimal | None
    met: int

    @property
    def need_in_words(self) -> str:
        """As pages show it."""
        return str(Need(self.need).label)

    @property
    def why_in_words(self) -> str:
        """As pages show it."""
        return str(WhyUnmet(self.why).label)

    @property
    def unit_in_words(self) -> str:
        """As pages show it; nothing where no quantity was given."""
        return str(QuantityUnit(self.unit).label) if self.unit else ""


@dataclass(frozen=True, slots=True)
class Capture:
    """At how many decisions the question of unmet need was answered, in one team and month."""

    team_id: int
    team: str
    month: date
    decisions: int
    answered: int


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency's referrals: how they came, and whether those told by word of mouth were confirmed in writing."""

    agency_id: int | None
    agency: str
    kind: str
    referrals: int
    spoken: int
    confirmed: int

    @property
    def in_writing(self) -> int:
        """Those that came in writing from the start."""
        return self.referrals - self.spoken

    @property
    def unwritten(self) -> int:
        """Those that we have only by word of mouth."""
        return self.spoken - self.confirmed


def _clocks(end: date, as_at: datetime | None, known_at: datetime | None) -> tuple[datetime, datetime]:
    as_at = as_at or end_of(end)
    return as_at, known_at or as_at


def _happened(rows: QuerySet[M], start: date, end: date, as_at: datetime, known_at: datetime) -> QuerySet[M]:
    return rows.filter(stands(known_at), occurred_at__range=(start_of(start), min(end_of(end), as_at)))


def _apart(rows: Rows, path: str, without: Collection[int]) -> Rows:
    return rows.exclude(**{f"{path}case_file__in": sorted(without)}) if without else rows


def needs_in(
    start: date,
    end: date,
    *,
    as_at: datetime | None = None,
    known_at: datetime | None = None,
    team_ids: Teams = None,
    without: Collection[int] = (),
) -> QuerySet[UnmetNeed]:
    """The unmet needs behind `unmet_need`: what a figure drills down to."""
    as_at, known_at = _clocks(end, as_at, known_at)
    rows = _happened(UnmetNeed.objects.all(), start, end, as_at, known_at).filter(
        ~taken_back(UnmetNeedAnswer, known_at, "answer"), ~taken_back(Decision, known_at, "answer__decision")
    )
    rows = _apart(rows, "answer__decision__referral__", without)
    return rows if team_ids is None else rows.filter(answer__decision__team__in=team_ids)


def _met(as_at: datetime, known_at: datetime) -> Exists:
    return Exists(NeedMet.objects.filter(stands(known_at), need=OuterRef("first"), occurred_at__lte=as_at))


def unmet_need(
    start: date,
    end: date,
    *,
    as_at: datetime | None = None,
    known_at: datetime | None = None,
    team_ids: Teams = None,
    without: Collection[int] = (),
) -> list[NeedRow]:
    """What was needed and not provided, by need, reason, unit, team and month of the decision's answer."""
    as_at, known_at = _clocks(end, as_at, known_at)
    team = "answer__decision__team"
    rows = (
        needs_in(start, end, as_at=as_at, known_at=known_at, team_ids=team_ids, without=without)
        .annotate(first=first_row(), month=TruncMonth("occurred_at", tzinfo=LONDON))
        .annotate(is_met=_met(as_at, known_at))
        .order_by()
        .values_list("need", "why", "unit", f"{team}_id", f"{team}__name", f"{team}__area__name", "month")
        .annotate(count=Count("pk"), total=Sum("quantity"), n_met=Count("pk", filter=Q(is_met=True)))
        .order_by("need", "why", "unit", f"{team}__name", "month")
    )
    return [
        NeedRow(need, why, unit, team_id, name, area or "", month.date(), count, quantity, n_met)
        for need, why, unit, team_id, name, area, month, count, quantity, n_met in rows
    ]


def decisions_in(
    start: date,
    end: date,
    *,
    as_at: datetime | None = None,
    known_at: datetime | None = None,
    team_ids: Teams = None,
    without: Collection[int] = (),
) -> QuerySet[Decision, Any]:
    """The decisions behind `capture_rate`, each with `is_answered`."""
    as_at, known_at = _clocks(end, as_at, known_at)
    answers = UnmetNeedAnswer.objects.filter(stands(known_at), decision=OuterRef("first"), occurred_at__lte=as_at)
    rows = _apart(_happened(Decision.objects.all(), start, end, as_at, known_at), "referral__", without)
    if team_ids is not None:
        rows = rows.filter(team__in=team_ids)
    return rows.annotate(first=first_row()).annotate(is_answered=Exists(answers))


def capture_rate(
    start: date,
    end: date,
    *,
    as_at: datetime | None = None,
    known_at: datetime | None = None,
    team_ids: Teams = None,
    without: Collection[int] = (),
) -> list[Capture]:
    """Decisions, and those at which unmet need was answered, by team and month of the decision."""
    rows = (
        decisions_in(start, end, as_at=as_at, known_at=known_at, team_ids=team_ids, without=without)
        .annotate(month=TruncMonth("occurred_at", tzinfo=LONDON))
        .order_by()
        .values_list("team_id", "team__name", "month")
        .annotate(decisions=Count("pk"), answered=Count("pk", filter=Q(is_answered=True)))
        .order_by("team__name", "month")
    )
    return [Capture(team_id, team, month.date(), n, answered) for team_id, team, month, n, answered in rows]


def agency_referrals(
    start: date,
    end: date,
    *,
    as_at: datetime | None = None,
    known_at: datetime | None = None,
    team_ids: Teams = None,
    without: Collection[int] = (),
) -> QuerySet[Referral, Any]:
    """The referrals behind `written_by_agency`, each with `is_confirmed`."""
    as_at, known_at = _clocks(end, as_at, known_at)
    written = WrittenConfirmation.objects.filter(stands(known_at), referral=OuterRef("pk"), occurred_at__lte=as_at)
    rows = Referral.objects.filter(
        professional=True,
        received_at__range=(start_of(start), min(end_of(end), as_at)),
        recorded_at__lte=known_at,
    )
    rows = _apart(rows, "", without)
    if team_ids is not None:
        rows = rows.filter(case_file__team__in=team_ids)
    return rows.annotate(is_confirmed=Exists(written))


def written_by_agency(
    start: date,
    end: date,
    *,
    as_at: datetime | None = None,
    known_at: datetime | None = None,
    team_ids: Teams = None,
    without: Collection[int] = (),
) -> list[AgencyRow]:
    """Agencies' referrals: told by word of mouth or in writing, and confirmed, most unwritten first."""
    spoken = Q(route__in=SPOKEN)
    rows = (
        agency_referrals(start, end, as_at=as_at, known_at=known_at, team_ids=team_ids, without=without)
        .order_by()
        .values_list("agency_id", "agency__name", "agency_kind")
        .annotate(
            referrals=Count("pk"),
            spoken=Count("pk", filter=spoken),
            confirmed=Count("pk", filter=spoken & Q(is_confirmed=True)),
        )
    )
    found = [
        AgencyRow(pk, name or "Not named", str(AgencyKind(kind).label), *numbers) for pk, name, kind, *numbers in rows
    ]
    return sorted(found, key=lambda row: (-row.unwritten, -row.referrals, row.agency, row.kind))
