"""How SQLite finds the rows of a figure: with what it knows of 100,000 referrals, of none, and of the few of long ago.

Time is not measured here: a table that is read from end to end, once or for each row of another, shows in the plan.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goldenthread.cases.models import Child
from goldenthread.core.clock import LONDON
from goldenthread.standards.referrals import figures
from goldenthread.standards.referrals.models import Decision, Referral
from tests.conftest import Cast
from tests.standards.referrals.conftest import Hands

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's plans"),
]
START, END, AT = date(2003, 9, 1), date(2003, 12, 31), datetime(2003, 12, 20, 12, 0, tzinfo=LONDON)
FIGURES: list[Callable[..., Any]] = [
    figures.unmet_need,
    figures.capture_rate,
    figures.written_by_agency,
    lambda *days, **more: list(figures.needs_in(*days, **more)),
    lambda *days, **more: list(figures.decisions_in(*days, **more).filter(is_answered=False)),
]
FEW = ("people_team", "people_area", "people_officer", "referrals_agency")
EMPTY = ("root", "supersedes", "token")


def know(rows: int | None) -> None:
    """Give SQLite the statistics that ANALYZE finds where each table has so many rows; None: take all away.

    An index on a column that is empty in all of them is one value that stands for all rows.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("DELETE FROM sqlite_stat1")
        if rows:
            cursor.execute(
                "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name LIKE 'referrals\\_%' ESCAPE '\\'"
            )
            for name, table, sql in cursor.fetchall():
                if sql and " WHERE " in sql:  # of the few that were corrected
                    continue
                cursor.execute("SELECT name FROM pragma_index_info(%s)", [name])
                columns = [column for (column,) in cursor.fetchall()]
                each = rows if any(columns[0] == f"{one}_id" or columns[0] == one for one in EMPTY) else 1
                words = " ".join([str(rows), *[str(each)] * len(columns)])
                cursor.execute("INSERT INTO sqlite_stat1 VALUES (%s, %s, %s)", [table, name, words])
        cursor.execute("ANALYZE sqlite_schema")


def read_through(ask: Callable[[], object]) -> list[str]:
    """The steps of the plans of what is asked that read a table from end to end, few-rowed tables aside."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    steps = []
    with connection.cursor() as cursor:
        for query in asked.captured_queries:
            if query["sql"].startswith("SELECT"):
                cursor.execute("EXPLAIN QUERY PLAN " + query["sql"].replace("%", "%%"))
                steps += [str(step[3]) for step in cursor.fetchall()]
    assert steps
    return [step for step in steps if step.startswith("SCAN") and not any(f" {table}" in step for table in FEW)]


@pytest.mark.parametrize("known", [100_000, None, 3])
@pytest.mark.parametrize("teams", [None, [1]])
@pytest.mark.parametrize("figure", range(len(FIGURES)))
def test_a_figure_is_found_by_its_days(figure: int, teams: list[int] | None, known: int | None) -> None:
    know(known)
    steps = read_through(lambda: FIGURES[figure](START, END, as_at=AT, team_ids=teams))
    # Who believes that there are three referrals may read them all: once, never for each row of something else.
    assert steps in ([], ["SCAN referrals_referral"] if known == 3 else [])


def test_an_index_on_a_column_that_is_mostly_empty_is_what_it_would_cost() -> None:
    know(100_000)
    with connection.cursor() as cursor:
        for name in ("unmetneed_correcting", "unmetneedanswer_rows", "decision_rows"):
            cursor.execute(f"DROP INDEX {name}")
    assert read_through(lambda: figures.unmet_need(START, END, as_at=AT))


def test_chasers_are_found_by_what_is_owed(referral: Referral, cast: Cast, hands: Hands) -> None:
    hands.on(days=5)
    manager = Client()
    manager.force_login(cast.manager)
    know(100_000)
    scanned = read_through(lambda: manager.get(reverse("referral-chasers")))
    assert [step for step in scanned if "referrals_" in step or "obligation" in step] == []


def test_the_pages_of_figures_ask_the_same_number_of_queries_however_much_there_is(
    decision: Decision, cast: Cast, take: Callable[..., Referral], child: Child
) -> None:
    head = Client()
    head.force_login(cast.head)

    def queries(name: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert head.get(reverse(name)).status_code == 200
        return len(asked)

    pages = ("unmet-need", "written-referrals", "referral-chasers")
    once = [queries(name) for name in pages]
    for number in range(5):
        take(agency_name=f"Elmbridge Primary {number}", children=[child])
    assert [queries(name) for name in pages] == once
