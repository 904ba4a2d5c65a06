"""Requirements made for these tests, on a model that every test has: a case file."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.db import connection

from goldenthread.cases.actions import open_case_file
from goldenthread.cases.models import CaseFile, Holding
from goldenthread.core.clock import Moment
from goldenthread.obligations import ledger
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.requirement import Owed, Requirement, install, installed
from tests.conftest import Cast


def _closing(case_file: CaseFile) -> Owed:
    opened, closed = case_file.opened_at, case_file.closed_at
    return Owed(since=Moment(opened, opened), done=Moment(closed, closed) if closed else None)


def _each_holding(case_file: CaseFile) -> Iterator[Owed]:
    for number, holding in enumerate(case_file.holdings.all(), start=1):
        yield Owed(since=Moment(holding.since_at, holding.recorded_at), key=str(number), due=None)


# On SQLite the second writer cannot begin before the first has ended.
collect_ignore = [] if connection.vendor == "postgresql" else ["test_two_at_once.py"]

CLOSING = Requirement(
    key="test.closing",
    serves="1.1",
    title="A case file is closed",
    why="So that there is something to test.",
    timescale="referral-decision",
    subject=CaseFile,
    owed=_closing,
    with_related=("holdings",),
    case_file=lambda record: record,
)
HOLDINGS = Requirement(
    key="test.holdings",
    serves="1.2",
    title="Each holding is looked at",
    why="So that one record owes several things.",
    subject=CaseFile,
    owed=_each_holding,
    with_related=("holdings",),
    case_file=lambda record: record,
)


@pytest.fixture
def requirements(db: None) -> Iterator[tuple[Requirement, Requirement]]:
    """Two requirements on case files, for as long as one test lasts; those of the product on case files, and on who
    holds them, are set aside meanwhile."""
    aside = {key: one for key, one in installed().items() if one.subject in {CaseFile, Holding}}
    for key in aside:
        del installed()[key]
    install((CLOSING, HOLDINGS))
    yield CLOSING, HOLDINGS
    Obligation.objects.filter(requirement__startswith="test.").delete()
    del installed()[CLOSING.key], installed()[HOLDINGS.key]
    install(aside.values())
    ledger.refresh(*CaseFile.objects.all(), *Holding.objects.all())


@pytest.fixture
def new_file(cast: Cast, requirements: object) -> Callable[[datetime], CaseFile]:
    """Opens a case file of Asha's."""

    def open_one(at: datetime) -> CaseFile:
        made = open_case_file(children=[], team=cast.east, worker=cast.worker, opened_at=at, by=cast.worker)
        ledger.refresh(made)
        return made

    return open_one


def hand_over(case_file: CaseFile, cast: Cast, at: datetime) -> None:
    """To Efua's team, as a transfer will."""
    Holding.objects.create(case_file=case_file, team=cast.west, worker=cast.stranger, since_at=at, recorded_at=at)
    case_file.team, case_file.worker = cast.west, cast.stranger
    case_file.save()
    ledger.refresh_case_file(case_file)
    ledger.refresh(case_file)
