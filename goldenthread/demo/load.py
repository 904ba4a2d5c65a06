"""Loads the demonstration authority: a made-up council with two years of practice that differs by team and over time.

Apart from the verbs, this is the one place that writes records: made-up ones, into an empty database, in bulk. What the
verbs would have checked is checked by the tests and by `obligations.ledger.verify`. See docs/decisions/.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from random import Random

from django.db import models, transaction

from goldenthread.cases.finding import keeping as finding
from goldenthread.cases.models import CaseFile, Child
from goldenthread.core import clock, trail
from goldenthread.core.database.looking_over import look_over
from goldenthread.core.errors import Refused
from goldenthread.core.timescales import add_months
from goldenthread.demo import allocation, assessment
from goldenthread.demo.access import guard_some, keep_rota
from goldenthread.demo.adopted_plan import adopt_plan
from goldenthread.demo.allocation.transferring import list_outstanding
from goldenthread.demo.arrivals import arrivals, families
from goldenthread.demo.council import COUNCIL, PASSWORD, Account, Council, found_council
from goldenthread.demo.diary import Diary
from goldenthread.demo.household import merge_some
from goldenthread.demo.national import national
from goldenthread.demo.referrals import Practice
from goldenthread.demo.reports import freeze_wait_reports, report_unmet_need
from goldenthread.demo.writer import Writer
from goldenthread.obligations import ledger
from goldenthread.obligations.models import Obligation
from goldenthread.people.models import Officer, Team
from goldenthread.plan.models import Plan
from goldenthread.standards.referrals.models import Referral

__all__ = ["PASSWORD", "DemoSummary", "load"]

Progress = Callable[[int, int], None]
_STEPS = 100


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """What was loaded. first, last: the days between which it all happened, both included; accounts: one of each role,
    who all sign in with `password`."""

    council: str
    plan: str
    first: date
    last: date
    officers: int
    children: int
    referrals: int
    obligations: int
    accounts: tuple[Account, ...]
    password: str


def load(
    *,
    seed: int = 2003,
    children: int = 1000,
    months: int = 24,
    today: date | None = None,
    progress: Progress | None = None,
) -> DemoSummary:
    """Fill an empty database with the demonstration authority, as it stands when `today` (left out: this day) begins.

    The same seed, numbers and day give the same rows. progress: called with how much is done, of how much. Raises
    Refused where the database holds officers or records already; then, as after any fault, nothing is changed.
    """
    today = today or clock.today()
    if children < 1 or months < 1:
        raise Refused("At least one child and one month are needed.")
    tell = progress or (lambda done, of: None)
    with transaction.atomic(), _nothing_thrown_away():
        _refuse_unless_empty()
        summary = _load(seed, children, months, today, tell)
    tell(_STEPS, _STEPS)
    return summary


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """Garbage is not looked for meanwhile: there is hardly any, and to look for it takes a tenth of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _refuse_unless_empty() -> None:
    # The command line's own account cannot sign in and owes nothing.
    held: dict[str, models.QuerySet[models.Model]] = {
        "officers": Officer.objects.exclude(username="command-line"),
        "teams": Team.objects.all(),
        "children": Child.objects.all(),
        "case files": CaseFile.objects.all(),
        "referrals": Referral.objects.all(),
        "a plan": Plan.objects.all(),
    }  # fmt: skip
    for what, rows in held.items():
        if rows.exists():
            raise Refused(
                f"This database holds {what} already: the demonstration authority is only loaded into an empty one, "
                "so that made-up children never stand beside real ones. Name another data folder with GOLDENTHREAD_HOME."
            )


def _load(seed: int, children: int, months: int, today: date, tell: Progress) -> DemoSummary:
    first = add_months(today, -months)
    diary, figures, writer = Diary(first, today), national(), Writer()
    council = found_council(seed, writer, diary.now)
    writer.flush()
    households = families(Random(f"{seed} families"), children, figures, writer)
    arriving = arrivals(Random(f"{seed} arrivals"), households, diary, figures)
    practice = Practice(
        chance=Random(f"{seed} practice"),
        diary=diary,
        council=council,
        families=households,
        national=figures,
        writer=writer,
    )
    every = max(1, len(arriving) // 40)
    for number, arrival in enumerate(arriving):
        practice.take(arrival)
        if number % every == 0:
            tell(40 * number // len(arriving), _STEPS)
    practice.write_files()
    for standard in (assessment, allocation):
        standard.practise(seed, diary=diary, council=council, writer=writer, families=households, files=practice.files)
    report_unmet_need(Random(f"{seed} reports"), diary, council, writer)
    keep_rota(diary, council, writer)
    writer.flush()
    writer.number_on()
    finding.rebuild()
    look_over()
    with clock.standing_at(diary.now):
        trail.write(
            "load demonstration",
            "demonstration",
            by=_administrator(council),
            seed=seed,
            children=children,
            months=months,
        )
    guard_some(Random(f"{seed} access"), diary, council)
    merge_some(Random(f"{seed} merges"), diary, council)
    plan = adopt_plan(Random(f"{seed} plan"), diary, council, months)
    tell(45, _STEPS)
    ledger.rebuild(progress=lambda done, of: tell(45 + 50 * done // of, _STEPS))
    allocation.settle()
    list_outstanding()  # of what was owed as it is told by now: some of it was excused
    freeze_wait_reports()
    look_over()
    return DemoSummary(
        council=COUNCIL,
        plan=plan.title,
        first=first,
        last=diary.days[diary.day_number(today) - 1],
        officers=len(council.officers),
        children=writer.made[Child],
        referrals=writer.made[Referral],
        obligations=Obligation.objects.count(),
        accounts=tuple(council.accounts()),
        password=PASSWORD,
    )


def _administrator(council: Council) -> Officer:
    return council.holder("System Administrator")
