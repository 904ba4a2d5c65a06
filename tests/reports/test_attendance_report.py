"""The report on who comes to conferences: no small number can be worked out, blank is never nought, and its period."""

from datetime import date
from typing import Any
from unittest.mock import ANY

import pytest
from typer.testing import CliRunner

from goldenthread.cli.app import app
from goldenthread.core.errors import NotAllowed
from goldenthread.reports import attendance
from goldenthread.reports.formats import render
from goldenthread.reports.registry import build
from goldenthread.reports.tree import Document, Table
from goldenthread.standards.allocation.conferring.figures import AtOne, Conference
from goldenthread.standards.allocation.conferring.models import Meeting
from tests.conftest import Cast

FIRST, LAST = date(2003, 7, 1), date(2003, 12, 31)


def text(document: Document) -> str:
    return "\n".join(document.words())


def held(number: int, **agencies: dict[int, AtOne]) -> list[Conference]:
    """So many initial conferences; what each agency did at those of these numbers."""
    return [
        Conference(
            Meeting(kind="initial-conference"),
            True,
            {name.replace("_", "-"): told[n] for name, told in agencies.items() if n in told},
        )
        for n in range(number)
    ]


def each(count: int, **said: Any) -> dict[int, AtOne]:
    return {n: AtOne(**({"came": True, "asked_report": True} | said)) for n in range(count)}


def row(document: Document, agency: str) -> list[str]:
    [found] = [
        [" ".join(map(str, cell.content)) for cell in line]
        for block in document.blocks
        if isinstance(block, Table)
        for group in block.groups
        for line in group
        if line[0].content[0] == agency
    ]
    return found


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Conference]:
    """Puts conferences in place of those from records."""
    found: list[Conference] = []
    monkeypatch.setattr(attendance, "conferences", lambda *_: found)
    monkeypatch.setattr(attendance, "put_off", lambda *_: 2)
    return found


def report() -> Document:
    return attendance.attendance_between(FIRST, LAST)


def test_each_agency_says_how_often_it_was_asked_and_came(told: list[Conference]) -> None:
    health = each(20) | {
        n: AtOne(came=False, apologised=n < 17, asked_report=True, reported=n >= 17) for n in range(12, 20)
    }
    told[:] = held(20, health_visitor=health)
    _, asked, came, apologies, _, neither, _ = row(report(), "Health visitor")
    assert (asked, came) == ("20", "12 of 20 came (60%) 95% interval 39% to 78%")
    assert apologies == "not printed"  # of the eight who stayed away, three would be left
    assert neither == "not printed"
    assert "fewer than 5" in text(report())  # put off twice


def test_few_who_stayed_away_are_not_given_away(told: list[Conference]) -> None:
    police = each(20) | {n: AtOne(came=False, apologised=True) for n in (3, 4)}
    told[:] = held(20, police=police)
    _, asked, came, apologies, reports, neither, _ = row(report(), "Police")
    assert asked == "20"
    assert came.startswith("At least 16 of 20 came, and not all")
    assert (apologies, neither) == ("fewer than 5", "fewer than 5")
    assert reports == "not printed"  # two were not asked for one


def test_an_agency_that_was_asked_to_nearly_all_hides_how_many_were_held(told: list[Conference]) -> None:
    told[:] = held(22, police=each(20), school=each(22))
    said = text(report())
    assert "between 20 and 24" in said
    assert "With a quorum" not in said
    assert "22 of 22 came" in said


def test_what_nobody_has_recorded_is_neither_came_nor_stayed_away(told: list[Conference]) -> None:
    told[:] = held(20, police=each(20, came=None) | each(12))
    assert row(report(), "Police")[1:] == [
        "12", "12 of 12 came (100%) 95% interval 76% to 100%", "0", ANY, "0", "8",
    ]  # fmt: skip


def test_a_few_that_nobody_has_recorded_are_not_what_one_number_leaves_of_another(told: list[Conference]) -> None:
    told[:] = held(30, police=each(20) | {3: AtOne(came=None)})
    said = row(report(), "Police")
    assert (said[1], said[-1]) == ("19", "fewer than 5")
    assert said[2].startswith("19 of 19 came")
    assert " of 20" not in text(report())


def test_agencies_that_are_seldom_asked_stand_together(told: list[Conference]) -> None:
    told[:] = held(20, police=each(20), housing=each(3), probation=each(4))
    _, asked, *_ = row(report(), "Other agencies")
    assert asked == "7"
    assert "Housing" not in text(report())


def test_it_says_where_there_was_none(told: list[Conference]) -> None:
    assert text(report()).count("None was held in this time") == 2


def test_whoever_reads_figures_opens_it_in_each_format(cast: Cast) -> None:
    for officer in (cast.member, cast.worker, cast.quality):
        assert "None was held" in text(build("attendance", LAST, by=officer, first=FIRST))
    with pytest.raises(NotAllowed):
        build("attendance", LAST, by=cast.administrator)
    document = build("attendance", LAST, by=cast.member)
    assert "1 July 2003 to 31 December 2003" in text(document)
    for kind in ("html", "docx", "json"):
        assert render(document, kind)


def test_the_command_line_makes_it(cast: Cast, tmp_path: Any) -> None:
    out = tmp_path / "attendance.json"
    asked = ["report", "attendance", "--from", "2003-07-01", "--to", "2003-12-31", "--format", "json", "-o", str(out)]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 0, done.output
    assert "Who comes to conferences" in out.read_text(encoding="utf-8")
