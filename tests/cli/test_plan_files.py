import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from goldenthread.core.models import TrailEntry
from goldenthread.obligations.models import Obligation
from goldenthread.people.models import Officer
from goldenthread.plan.models import Plan
from tests.cli.conftest import Ended
from tests.conftest import Cast

Command = Callable[..., Ended]


def _zip(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return made.getvalue()


BAD = {
    "nothing.txt": b"",
    "shopping.txt": b"Milk\nBread\nHalf a dozen eggs\n",
    "noise.txt": bytes(range(256)) * 40,
    "picture.docx": b"\x89PNG\r\n\x1a\n" + bytes(400),
    "cut.docx": _zip(word__document=b"<w:document/>" * 900)[:200],
    "empty.docx": _zip(),
    "locked.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096),
    "bomb.docx": _zip(**{"[Content_Types].xml": b"<Types/>", "word__document.xml": b" " * 200_000_000}),
    "empty.xlsx": _zip(xl__workbook=b"<workbook/>"),
    "plan.pdf": b"%PDF-1.7\n",
    "plan": b"Standard 1",
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_with_its_cause_and_nothing_is_stored(
    command: Command, cast: Cast, tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    file.write_bytes(BAD[name])
    before = (Plan.objects.count(), Officer.objects.count(), Obligation.objects.count(), TrailEntry.objects.count())
    ended = command("plan", "import", file)
    after = (Plan.objects.count(), Officer.objects.count(), Obligation.objects.count(), TrailEntry.objects.count())
    assert ended.code == 2, ended
    assert ended.err.startswith(f"goldenthread: {name}")
    assert len(ended.err) > len(f"goldenthread: {name}") + 20
    assert "Traceback" not in ended.err
    assert before == after


def test_a_file_that_is_not_there(command: Command, tmp_path: Path) -> None:
    ended = command("plan", "import", tmp_path / "none.docx")
    assert (ended.code, "none.docx" in ended.err) == (2, True)


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_an_exported_plan_comes_back_as_a_later_version_and_both_are_kept(
    command: Command, cast: Cast, tmp_path: Path, kind: str
) -> None:
    assert command("plan", "adopt", "--as-at", "2003-10-01", "--as", "isla").code == 0
    file = tmp_path / "deep" / f"plan.{kind}"
    assert command("plan", "export", "--format", kind, "-o", file).code == 0
    tried = command("plan", "import", file, "--as-at", "2003-10-31", "--dry-run")
    assert (tried.code, Plan.objects.count()) == (0, 1)
    assert "28 recommendations" in tried.err
    assert "Nothing was stored" in tried.err
    done = command("plan", "import", file, "--as-at", "2003-10-31", "--as", "isla")
    assert done.code == 0, done.err
    assert "Both are kept" in done.err
    lines = [line for line in done.err.splitlines() if "lines in exactly one field" in line]
    assert lines
    assert lines[0].split()[0] == lines[0].split()[2]
    later = Plan.objects.get(previous__isnull=False)
    assert not Plan.objects.get(previous__isnull=True).is_current
    exported = json.loads(command("plan", "export").out)
    assert exported["as_at"] == "2003-10-31"
    assert [len(exported["standards"]), sum(len(s["recommendations"]) for s in exported["standards"])] == [7, 28]
    first = json.loads(command("plan", "export", "--plan", str(later.previous_id)).out)
    assert first["as_at"] == "2003-10-01"
    again = command("plan", "import", file, "--as-at", "2003-10-31")
    assert (again.code, Plan.objects.count()) == (2, 2)
    assert "held already" in again.err


@pytest.mark.shared
def test_the_real_plan_is_imported_with_no_line_lost(command: Command, cast: Cast, seed_text: Path) -> None:
    done = command("plan", "import", seed_text)
    assert done.code == 0, done.err
    assert "7 standards, 28 recommendations" in done.err
    lines = sum(bool(line.strip()) for line in seed_text.read_text(encoding="utf-8").splitlines())
    assert f"{lines} of {lines} lines in exactly one field" in done.err
    exported = json.loads(command("plan", "export").out)
    assert exported["as_at"] == "2003-10-31"
    numbers = [rec["number"] for standard in exported["standards"] for rec in standard["recommendations"]]
    assert (len(numbers), numbers[0], numbers[-1]) == (28, "1.1", "7.5")
    keys = {"number", "title", "criterion", "monitoring", "actions", "leads", "timescales", "progress", "next_steps", "to_settle"}  # fmt: skip
    assert keys == set(exported["standards"][0]["recommendations"][0])


@pytest.mark.shared
def test_what_was_imported_last_is_exported_and_a_report_is_on_the_plan_of_its_day(
    command: Command, cast: Cast, seed_text: Path
) -> None:
    assert command("plan", "adopt", "--as-at", "2025-03-20", "--as", "isla").code == 0
    assert command("plan", "import", seed_text).code == 0
    assert json.loads(command("plan", "export").out)["as_at"] == "2003-10-31"
    then = json.loads(command("report", "progress", "--as-at", "2003-10-31", "--format", "json").out)
    now = json.loads(command("report", "progress", "--as-at", "2025-04-30", "--format", "json").out)
    assert then["title"] == "IMPROVEMENT PLAN: progress as at 31 October 2003"
    assert now["title"] != then["title"]
    tied = {line["recommendation"]: line["requirements"] for line in json.loads(command("thread", "--json").out)}
    assert tied["1.3"]


def test_a_report_is_drawn_in_each_format_and_publishes_nothing(command: Command, cast: Cast, tmp_path: Path) -> None:
    from goldenthread.reports.models import PublishedReport

    assert command("plan", "adopt", "--as-at", "2003-10-01").code == 0
    begins = {"html": b"<!DOCTYPE html", "docx": b"PK", "pdf": b"%PDF", "json": b"{"}
    for kind, start in begins.items():
        file = tmp_path / f"progress.{kind}"
        ended = command("report", "progress", "--as-at", "2003-10-31", "--format", kind, "-o", file)
        assert ended.code == 0, ended.err
        assert file.read_bytes().lstrip().lower().startswith(start.lower())
    assert not PublishedReport.objects.exists()
    ended = command("report", "progress", "--as-at", "2003-10-31", "-o", "/dev/null/report.html")
    assert (ended.code, "cannot be written" in ended.err) == (2, True)
