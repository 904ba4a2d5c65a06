"""Figures about case files without a worker, as at one instant and on what was known by another: those that wait, longest
first, and the child-days of each month and team. Each is asked in a fixed number of queries.

`without`: case files that are closed to whoever asks.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from goldenthread.cases.models import CaseFile, Holding
from goldenthread.core.clock import start_of
from goldenthread.core.timescales import add_months
from goldenthread.people.models import Team
from goldenthread.standards.allocation.allocating.children import on_since
from goldenthread.standards.allocation.allocating.waiting import Held, Wait, open_at, stretches_of, waits_of


@dataclass(slots=True)
class Month:
    """One team's month. files: how many waited at some minute of it; child_time: how long, for each of their children."""

    files: set[int] = field(default_factory=set)
    child_time: timedelta = timedelta()


def waits(
    as_at: datetime, *, known_at: datetime | None = None, since: datetime | None = None, without: Collection[int] = ()
) -> list[Wait]:
    """Every wait of every file up to an instant, as was known by another: eight queries. since: leaves out files that were
    closed before. Of a file's opening and closing only one clock is kept: they are known as soon as they are true."""
    known = known_at or as_at
    nobody = Holding.objects.filter(case_file=OuterRef("pk"), worker=None, since_at__lte=as_at, recorded_at__lte=known)
    rows = CaseFile.objects.filter(Exists(nobody), opened_at__lte=as_at)
    if since is not None:
        rows = rows.filter(Q(closed_at=None) | Q(closed_at__gt=since))
    if without:
        rows = rows.exclude(pk__in=sorted(without))
    held = Holding.objects.filter(since_at__lte=as_at, recorded_at__lte=known)
    found: list[Wait] = []
    children = on_since(rows.order_by().values("pk"), known)
    for file in rows.prefetch_related(Prefetch("holdings", held)).order_by("pk"):
        found += waits_on(file, file.holdings.all(), children.get(file.pk, ()), as_at)
    return found


def waits_on(file: CaseFile, held: Iterable[Held], children: Collection[datetime], as_at: datetime) -> list[Wait]:
    """Every wait of one file, of these holdings, up to an instant. children: since when each was on it (`children.on_since`).
    Reads no database."""
    stretches = stretches_of(held, opened_at=file.opened_at, closed_at=file.closed_at, as_at=as_at)
    still_open = open_at(held, closed_at=file.closed_at, as_at=as_at)
    joined = [at for at in children if at > file.opened_at]
    return waits_of(file.pk, len(children), stretches, as_at=as_at, still_open=still_open, joined=joined)


def waiting_at(as_at: datetime, *, known_at: datetime | None = None, without: Collection[int] = ()) -> list[Wait]:
    """Those that wait at an instant, most child-days first; of as many, who has waited longer."""
    found = [wait for wait in waits(as_at, known_at=known_at, since=as_at, without=without) if not wait.ended]
    return sorted(found, key=lambda wait: (-wait.child_time, wait.since, wait.case_file_id))


def waiting_in(team: Team, at: datetime, *, without: Collection[int] = ()) -> list[tuple[CaseFile, Wait]]:
    """The files of one team that wait now, each with its wait, most child-days first. Eight queries at most, which read no other team's
    files and none that has a worker."""
    files = CaseFile.objects.filter(team=team, worker__isnull=True, closed_at__isnull=True, opened_at__lte=at)
    files = files.exclude(pk__in=sorted(without)).order_by()
    held: dict[int, list[Held]] = defaultdict(list)
    names = ("case_file_id", "pk", "team_id", "worker_id", "since_at", "closed_at")
    holdings = Holding.objects.filter(case_file__in=files.values("pk")).order_by("case_file", "pk")
    for row in holdings.values_list(*names, named=True):
        held[row.case_file_id].append(row)
    children = on_since(files.values("pk"), at)
    found = []
    for file in files:
        waits = waits_on(file, held[file.pk], children.get(file.pk, ()), at)
        if waits and not waits[-1].ended:
            found.append((file, waits[-1]))
    return sorted(found, key=lambda one: (-one[1].child_time, one[1].since, one[0].pk))


def by_month(
    first: date, as_at: datetime, *, known_at: datetime | None = None, without: Collection[int] = ()
) -> dict[tuple[date, int], Month]:
    """By the first day of a month and the team: what waited in it, from `first`, a first day, up to an instant."""
    counted: dict[tuple[date, int], Month] = defaultdict(Month)
    for wait in waits(as_at, known_at=known_at, since=start_of(first), without=without):
        for stretch in wait.stretches:
            at = first
            while (begins := start_of(at)) < stretch.until:
                if stretch.within(begins, start_of(add_months(at, 1))):
                    month = counted[at, stretch.team_id]
                    month.files.add(wait.case_file_id)
                    month.child_time += wait.child_time_of(stretch, begins, start_of(add_months(at, 1)))
                at = add_months(at, 1)
    return dict(counted)


def open_files(as_at: datetime, *, known_at: datetime | None = None, without: Collection[int] = ()) -> Counter[int]:
    """How many files were open at an instant, by the team that held them then: one query."""
    rows = CaseFile.objects.open_at(as_at).order_by()
    if without:
        rows = rows.exclude(pk__in=sorted(without))
    held = Holding.objects.filter(case_file=OuterRef("pk"), recorded_at__lte=known_at or as_at)
    last = held.filter(since_at__lte=as_at).order_by("-since_at", "-pk").values("team")[:1]
    first = held.order_by("since_at", "pk").values("team")[:1]
    by_team = rows.annotate(then=Coalesce(Subquery(last), Subquery(first))).values_list("then").annotate(Count("pk"))
    return Counter({team: number for team, number in by_team if team is not None})
