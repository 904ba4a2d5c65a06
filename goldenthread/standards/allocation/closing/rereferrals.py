"""Children who come back: a referral of a child within twelve months of an earlier one, or of the closing of a file.

The national statistics count a referral as a re-referral where it is “within 12 months of a previous referral” of the same child
(Department for Education, Characteristics of children in need, table C1, its measures “Re_referrals” and
“Re_referrals_percent”: national shares in ../shared/data/dfe_stats; the wording of the definition was not checked against
the census guide). Each child of a referral is counted, as there. A file that was closed within the twelve months is shown
besides: the earlier referral may be older than that, and the work still have ended last month.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from goldenthread.cases.models import CaseFile
from goldenthread.core.clock import day_of, month_of, start_of
from goldenthread.core.timescales import add_months
from goldenthread.standards.referrals.models import Referral

MONTHS = 12


def year_before(instant: datetime) -> datetime:
    """Twelve months earlier, at the beginning of that day: the day itself counts."""
    return start_of(add_months(day_of(instant), -MONTHS))


def year_after(instant: datetime) -> datetime:
    """The end of the twelve months after."""
    return start_of(add_months(day_of(instant), MONTHS))


def closed_before(referral: Referral) -> list[CaseFile]:
    """The files of the referral's children that were closed within the twelve months before it, last closed first: two
    queries. Whether somebody may open them is asked elsewhere."""
    children = [child.pk for child in referral.children.all()]
    found = CaseFile.objects.filter(
        children__in=children, closed_at__lte=referral.received_at, closed_at__gte=year_before(referral.received_at)
    ).exclude(pk=referral.case_file_id)
    return list(found.distinct().select_related("team").order_by("-closed_at", "-pk"))


def referred_after(case_file: CaseFile, *, without: Collection[int] = ()) -> list[Referral]:
    """The referrals of its children in the twelve months after a file was closed, first to last; without: files that are closed
    to whoever asks. One query, none for an open file."""
    if case_file.closed_at is None:
        return []
    found = Referral.objects.filter(
        children__in=case_file.children.all(), received_at__gte=case_file.closed_at,
        received_at__lte=year_after(case_file.closed_at),
    ).exclude(case_file=case_file.pk)  # fmt: skip
    if without:
        found = found.exclude(case_file__in=sorted(without))
    return list(found.distinct().select_related("case_file__team").order_by("received_at", "pk"))


@dataclass(frozen=True, slots=True)
class Month:
    """One team's month, by the first day of it: children referred (each time that one was), and how many of them had been
    referred in the twelve months before. team: that holds the file now."""

    month: date
    team_id: int
    referred: int
    again: int


def by_month(
    first: date,
    as_at: datetime,
    *,
    known_at: datetime | None = None,
    team_ids: Collection[int] | None = None,
    without: Collection[int] = (),
) -> list[Month]:
    """Children referred and referred again, by month and team, from a first day of a month up to an instant and on what was
    known by another: two queries, counted here. An earlier referral counts whichever team took it."""
    known = known_at or as_at
    link = Referral.children.through
    rows = link._default_manager.filter(
        referral__received_at__lte=as_at,
        referral__recorded_at__lte=known,
        referral__received_at__gte=year_before(start_of(first)),
    )
    if without:
        rows = rows.exclude(referral__case_file__in=sorted(without))
    found = rows.order_by("child_id", "referral__received_at", "referral_id").values_list(
        "child_id", "referral__received_at", "referral__case_file__team"
    )
    begins = start_of(first)
    referred, again = Counter[tuple[date, int]](), Counter[tuple[date, int]]()
    last_child: int | None = None
    last_at: datetime | None = None
    for child, at, team in found:
        before = last_at if child == last_child else None
        last_child, last_at = child, at
        if at < begins or (team_ids is not None and team not in team_ids):
            continue
        referred[month_of(at), team] += 1
        again[month_of(at), team] += before is not None and before >= year_before(at)
    return [Month(*key, number, again[key]) for key, number in sorted(referred.items())]
