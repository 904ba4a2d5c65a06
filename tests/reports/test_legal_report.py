"""The report on legal advice: minutes as they are, requests without their small numbers, and its period."""

from datetime import date, timedelta
from math import inf

import pytest
from typer.testing import CliRunner

from goldenthread.cli.app import app
from goldenthread.core.errors import BadInput, NotAllowed
from goldenthread.reports import legal
from goldenthread.reports.formats import render
from goldenthread.reports.registry import build
from goldenthread.reports.tree import Document
from goldenthread.standards.assessment.legal.coverage import Cover
from goldenthread.standards.assessment.legal.figures import Answers
from tests.conftest import Cast

AS_AT = date(2003, 12, 31)


def text(document: Document) -> str:
    return "\n".join(document.words())


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> list[Answers]:
    """Puts figures in place of those from records: a month with one minute missing, and these answers."""
    told = [Answers(), Answers()]
    monkeypatch.setattr(legal, "cover_by_month", lambda *_: [(date(2003, 12, 1), Cover(100, 100, 9900, 9899))])
    monkeypatch.setattr(legal, "answers_in", lambda *_: tuple(told))
    return told


def test_a_missing_minute_is_never_rounded_away(figures: list[Answers]) -> None:
    said = text(legal.legal_report(AS_AT))
    assert "99.9% of all minutes" in said
    assert "1 October 2003 to 31 December 2003" in said


def test_few_requests_say_nothing_and_many_say_how_long_they_took(figures: list[Answers]) -> None:
    figures[:] = [Answers((3.0, 4.0), 2, 2), Answers(tuple(float(n) for n in range(10, 30)), 20, 20)]
    said = text(legal.legal_report(AS_AT))
    assert "fewer than 5" in said
    assert "Too few to say" in said
    assert "20 of 20 within the hour (100%)" in said
    assert "Half within 19 minutes" in said
    assert "Longest: 29 minutes" in said


def test_a_few_that_were_not_answered_are_not_given_away(figures: list[Answers]) -> None:
    figures[:] = [Answers((*(5.0,) * 17, inf, inf, inf), 17, 20), Answers()]
    said = text(legal.legal_report(AS_AT))
    assert "At least 16 of 20 within the hour, and not all" in said
    assert "not printed: it would give a small number away" in said
    assert "17 of 20" not in said


def test_whoever_reads_figures_opens_it_and_its_first_day_is_checked(cast: Cast) -> None:
    for officer in (cast.member, cast.worker, cast.quality):
        assert "There was no rota" in text(build("legal-advice", AS_AT, by=officer))
    with pytest.raises(NotAllowed):
        build("legal-advice", AS_AT, by=cast.administrator)
    first = date(2003, 11, 5)
    assert "5 November 2003 to" in text(build("legal-advice", AS_AT, by=cast.head, first=first))
    with pytest.raises(BadInput):
        build("legal-advice", AS_AT, by=cast.head, first=AS_AT + timedelta(days=1))
    with pytest.raises(BadInput):
        build("unmet-need", AS_AT, by=cast.head, first=first)


@pytest.mark.django_db
def test_the_command_draws_it_in_four_formats(tmp_path: object) -> None:
    done = CliRunner().invoke(
        app, ["report", "legal-advice", "--from", "2003-10-01", "--to", "2003-12-31", "--format", "json"]
    )
    assert done.exit_code == 0, done.output
    assert "1 October 2003 to 31 December 2003" in done.output
    document = legal.legal_report(AS_AT)
    assert all(render(document, kind) for kind in ("html", "docx", "pdf"))
