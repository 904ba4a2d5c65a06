"""The reports on files without a worker and on who comes to conferences, read back out of each file that is made of them, and held
against a count of their own from raw rows: every figure that is printed, and that no other is."""

import io
import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from random import Random
from typing import Any

import docx
import pikepdf
import pytest
from typer.testing import CliRunner

from goldenthread.cli.app import app
from goldenthread.core.templatetags.words import day as in_words
from goldenthread.people.models import Officer, Team
from goldenthread.reports.registry import build, render
from goldenthread.standards.allocation.conferring.choices import AGENCIES, CONFERENCES
from tests.demo.recount.raw import PAST, months_on
from tests.demo.test_conferring import attendance_by_hand
from tests.demo.test_unallocated import DAYS, simulated_at

pytestmark = pytest.mark.usefixtures("authority")
FEW, HIDDEN = "fewer than 5", "not printed"
FIRST = date(2024, 6, 30)
"""The first day of the demonstration."""
DRAWN = FIRST + timedelta(days=Random(7).randrange(200, 729))
"""A day by chance; the others are those that are counted elsewhere too, so that no day is counted twice."""
KINDS = ("json", "html", "docx", "pdf")


def text_of(made: bytes, kind: str, folder: Path) -> str:
    """All the words of a file, cell after cell, with single spaces between."""
    match kind:
        case "json":
            words = " ".join(strings(json.loads(made)))
        case "html":
            words = unescape(re.sub(r"<[^>]+>", " ", made.decode().split("<main>")[1]))
        case "docx":
            body = docx.Document(io.BytesIO(made)).element.body
            words = " ".join(
                "".join(t.text or "" for t in p.iter() if t.tag.endswith("}t"))
                for p in body.iter()
                if p.tag.endswith("}p")
            )
        case _:
            if shutil.which("pdftotext") is None:
                pytest.skip("pdftotext, which reads a PDF, is not on this machine")
            file = folder / "report.pdf"
            file.write_bytes(made)
            # In the order of the document, in which it is tagged: cell after cell, also where one is of several lines.
            done = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, check=True)
            words = done.stdout.decode()
    return " ".join(words.split())


def strings(data: Any) -> Iterator[str]:
    """The texts of a report's JSON in their order."""
    if isinstance(data, str):
        yield data
    for value in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from (value for value in strings(value) if value not in {"Cell"})


def small(number: int) -> bool:
    return 0 < number < 5


def shown(number: int) -> str:
    return FEW if small(number) else f"{number:,}"


def number_after(text: str, words: str) -> str:
    found = re.search(re.escape(words) + r" (fewer than 5|not printed|[\d,]+(?:\.\d)?)(?![\w.])", text, re.I)
    assert found, f"{words!r} is not in {text}"
    return found[1]


def days_are(printed: str, files: int, minutes: int) -> None:
    """Child-days as printed: to the tenth, and a walk by whole minutes is right to some for each file."""
    if small(files):
        assert printed == HIDDEN
    else:
        assert abs(float(printed.replace(",", "")) - minutes / 1440) <= 0.0501 + 5 * files / 1440


def no_small_number(text: str) -> None:
    """No count from 1 to 4 stands alone. (Days, standards and what the notes explain are no counts.)"""
    tables = text.partition("An open case file counts")[0].partition("An agency counts once")[0]
    tables = re.sub(
        r"\d[\d,]*\.\d|\d{1,2} [A-Z][a-z]+ \d{4}|[1-4] and up to|up to \d|over \d|[Ff]ewer than 5|95% interval",
        "",
        tables,
    )
    tables = re.sub(r"Page \d+ of \d+|\d+ of \d+ *$", "", tables)
    assert not re.search(r"(?<![\d,.%])[1-4](?![\d,.%])", tables), tables


@pytest.fixture
def head() -> Officer:
    return Officer.objects.get(username="head-of-service")


@pytest.mark.parametrize("day", [FIRST, DRAWN, DAYS[1], DAYS[-1]], ids=str)
def test_files_without_a_worker_are_printed_as_they_are_counted(day: date, head: Officer, tmp_path: Path) -> None:
    simulated = simulated_at(day)
    waiting = Counter(team for team, _ in simulated.waiting.values())
    minutes: Counter[int] = Counter()
    for team, run in simulated.waiting.values():
        minutes[team] += run
    document = build("unallocated", day, by=head)
    for kind in KINDS:
        text = text_of(render(document, kind), kind, tmp_path)
        assert f"As at the end of {in_words(day)}" in text
        assert "what was recorded later is not in them" in text
        for team, name in Team.objects.filter(pk__in=+simulated.open).values_list("pk", "name"):
            named = simulated.open[team] - waiting[team]
            held = (
                HIDDEN if small(named) and not small(waiting[team]) and waiting[team] else shown(simulated.open[team])
            )
            line = f"{name} {held} {shown(waiting[team])}"
            days_are(number_after(text, line), waiting[team], minutes[team])
        for back in range(12):
            month = months_on(day.replace(day=1), -back)
            line = f"{month:%B %Y} {shown(len(simulated.files[month]))}"
            time = sum(found for (at, _), found in simulated.months.items() if at == month)
            days_are(number_after(text, line), len(simulated.files[month]), time)
        no_small_number(text)
    hides = [simulated.open[team] for team in simulated.open if small(simulated.open[team])]
    total = re.search(
        r"Open case files (\d[\d,]*|Not printed)", text_of(render(document, "html"), "html", tmp_path), re.I
    )
    assert total
    assert len(hides) != 1 or not total[1][0].isdigit(), "one small number is what the total leaves of the others"


@pytest.mark.parametrize("day", [PAST[0], PAST[2]], ids=str)
def test_who_comes_is_printed_as_it_is_counted(day: date, head: Officer, tmp_path: Path) -> None:
    first = months_on(day.replace(day=1), -11)
    counts, numbers = attendance_by_hand(first, day)
    names = dict(AGENCIES)
    document = build("attendance", day, by=head, first=first)
    for kind in KINDS:
        text = text_of(render(document, kind), kind, tmp_path)
        assert f"{in_words(first)} to {in_words(day)}" in text
        no_small_number(text)
        assert text.count("None was held in this time") == sum(not numbers[each] for each in CONFERENCES)
        for (_, agency), its in counts.items():
            asked = its["asked"] - its["unknown"]
            if asked < 5:
                continue  # stands together with others that are seldom asked
            came = its["came"]
            if asked < 10:
                said = f"{asked} to judge: too few to say"
            elif small(came):
                said = f"Fewer than 5 of {asked:,} came"
            elif small(asked - came):
                said = f"At least {asked - 4:,} of {asked:,} came, and not all"
            else:
                said = f"{came:,} of {asked:,} came ({came / asked:.0%})"
            assert f"{names[agency]} {asked:,} {said}" in text, (kind, agency)


def test_a_pdf_of_each_is_tagged_and_says_what_it_is(head: Officer) -> None:
    for name in ("unallocated", "attendance"):
        document = build(name, DRAWN, by=head)
        with pikepdf.open(io.BytesIO(render(document, "pdf"))) as made:
            assert made.docinfo["/Title"] == document.title
            assert made.Root.MarkInfo.Marked
            assert made.Root.Lang


TOMORROW = (date.today() + timedelta(days=1)).isoformat()  # noqa: DTZ011 (the command line's own clock)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (["unallocated", "--as-at", TOMORROW], "lies ahead"),
        (["attendance", "--from", "2026-01-01", "--to", TOMORROW], "lies ahead"),
        (["attendance", "--from", "2026-02-01", "--to", "2026-01-31"], "would end before it begins"),
        (["attendance", "--from", "2026-02-30", "--to", "2026-03-31"], "--from 2026-02-30"),
        (["unallocated", "--as-at", "yesterday"], "--as-at yesterday"),
        (["unallocated", "--from", "2026-01-01", "--as-at", "2026-03-31"], "leave out the day that it begins"),
        (["attendance", "--as-at", "2026-01-31", "--to", "2026-03-31"], "two different days"),
    ],
)
def test_a_day_that_is_none_is_refused_and_nothing_is_written(
    asked: list[str], says: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "report.html"
    from goldenthread.cli import main

    with pytest.raises(SystemExit) as ended:
        main(["report", *asked, "-o", str(file)])
    assert ended.value.code == 2
    assert says in " ".join(capfd.readouterr().err.split())
    assert not file.exists()


def test_before_there_is_any_record_it_says_so(head: Officer, tmp_path: Path) -> None:
    day = date(2020, 1, 1)
    assert "No case file was open" in text_of(render(build("unallocated", day, by=head), "html"), "html", tmp_path)
    assert "None was held in this time" in text_of(render(build("attendance", day, by=head), "html"), "html", tmp_path)


def test_the_command_line_prints_the_same(head: Officer, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    asked = ["report", "unallocated", "--as-at", str(DRAWN), "--format", "json", "-o", str(file)]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 0, done.output
    assert file.read_bytes() == render(build("unallocated", DRAWN, by=head), "json")
