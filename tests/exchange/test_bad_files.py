"""Files that are no plan, are broken, or mean harm: each gets a message that names the file and the cause, and no more."""

import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.core.errors import BadInput
from goldenthread.exchange import child, guard
from goldenthread.exchange.readers import read_plan, read_plan_safely

PLAN = "Improvement plan\n\nStandard 1 - Referrals\n\n1. To answer quickly\n\nReview rota\n\nAll Team Managers\n\nOct 2025\n"
TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>"
)


def a_document() -> bytes:
    document = docx.Document()
    document.add_paragraph("Standard 1 - Referrals")
    document.add_paragraph("1. To answer quickly")
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def a_workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Shopping", "Eggs"])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def package(parts: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return held.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        parts = {entry: held.read(entry) for entry in held.namelist()}
    return package(parts | {name: content})


def nested_tables() -> bytes:
    document = docx.Document()
    document.add_paragraph("Standard 1 - Referrals")
    document.add_table(rows=1, cols=2).rows[0].cells[0].add_table(rows=1, cols=1)
    document.add_paragraph("end")
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def encrypted_zip() -> bytes:
    data = bytearray(package({"word/document.xml": b"<x/>"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def no_standard() -> bytes:
    document = docx.Document()
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip(table.rows[0].cells, ["Recommendation", "Actions", "Owner"], strict=True):
        cell.text = text
    table.rows[1].cells[0].text = "To answer quickly"
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


WHOLE = {".docx": a_document(), ".xlsx": a_workbook()}
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1024)

BAD: list[tuple[str, str, Callable[[], bytes], str]] = [
    ("empty text", "plan.txt", lambda: b"", "empty"),
    ("blank text", "plan.txt", lambda: b"\n \n\n", "empty"),
    ("not a plan", "plan.txt", lambda: b"Dear all,\n\nPlease find the minutes.\n", "Standard 1 - Referrals"),
    ("standards without recommendations", "plan.txt", lambda: b"Standard 1 - Referrals\n\nWe do well.\n", "line 1"),
    ("standards and nothing else", "plan.txt", lambda: b"Standard 1 - Referrals\n\nStandard 2 - Duty\n", "no numbered"),
    ("Latin-1", "plan.txt", lambda: PLAN.replace("quickly", "caf\u00e9").encode("latin-1"), "line 5"),
    ("UTF-16", "plan.txt", lambda: PLAN.encode("utf-16"), "UTF-16"),
    ("UTF-16 without a mark", "plan.txt", lambda: PLAN.encode("utf-16-le"), "NUL"),
    ("NULs", "plan.txt", lambda: PLAN.encode() + b"\0", "NUL"),
    ("binary", "plan.txt", lambda: bytes(range(1, 256)) * 20, "line"),
    ("control characters", "plan.txt", lambda: PLAN.encode() + b"\x07", "control character"),
    ("a document named .txt", "plan.txt", a_document, "wrong ending"),
    ("a PDF named .txt", "plan.txt", lambda: b"%PDF-1.7\n", "PDF"),
    ("wrong ending", "plan.pdf", lambda: b"%PDF-1.7\n", "“.pdf” files"),
    ("no ending", "plan", lambda: PLAN.encode(), "without an ending"),
    ("text named .docx", "plan.docx", lambda: PLAN.encode(), "not a Word document"),
    ("workbook named .docx", "plan.docx", a_workbook, "rename it to .xlsx"),
    ("some other zip", "plan.docx", lambda: package({"a.txt": b"a"}), "other kind of ZIP"),
    ("truncated document", "plan.docx", lambda: a_document()[:-4000], "cut short"),
    ("damaged document", "plan.docx", lambda: with_part(a_document(), "word/document.xml", b"<w:document"), "damaged"),
    ("document without tables or standards", "plan.docx", lambda: with_part(a_document(), "word/document.xml", b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'), "no text"),
    ("password-protected document", "plan.docx", lambda: OLE, "password"),
    ("password-protected workbook", "plan.xlsx", lambda: OLE, "password"),
    ("encrypted zip", "plan.docx", encrypted_zip, "password"),
    ("zip bomb by size", "plan.docx", lambda: package({f"word/{n}.bin": bytes(6_000_000) for n in range(10)}), "far more"),
    ("zip bomb by ratio", "plan.xlsx", lambda: package({"xl/workbook.xml": b" " * 5_000_000}), "100 to 1"),
    ("too many parts", "plan.docx", lambda: package({f"word/{n}": b"" for n in range(2_001)}), "2001 parts"),
    ("entity bomb", "plan.docx", lambda: package({"[Content_Types].xml": TYPES.encode(), "word/document.xml": BOMB.encode()}), "entities"),
    ("entity bomb in UTF-16", "plan.docx", lambda: package({"word/document.xml": BOMB.encode("utf-16")}), "not in UTF-8"),
    ("table in a cell", "plan.docx", nested_tables, "table inside a cell"),
    ("rows under no standard", "plan.docx", no_standard, "under no standard"),
    ("workbook that is no plan", "plan.xlsx", a_workbook, "column headings"),
    ("damaged workbook", "plan.xlsx", lambda: with_part(a_workbook(), "xl/workbook.xml", b"<workbook"), "damaged"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "make", "cause"), [(n, m, c) for _, n, m, c in BAD], ids=[what for what, *_ in BAD])
def test_a_bad_file_is_refused_by_name_and_cause(
    tmp_path: Path, name: str, make: Callable[[], bytes], cause: str
) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    with pytest.raises(BadInput) as refused:
        read_plan(path)
    message = str(refused.value)
    assert message.startswith(name)
    assert cause in message
    assert str(tmp_path) not in message


def test_a_file_of_two_hundred_megabytes_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(BadInput, match=r"plan\.docx: the file has 200 MB"):
        read_plan_safely(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"gone\.txt: there is no such file"):
        read_plan_safely(tmp_path / "gone.txt")


def test_a_byte_order_mark_is_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(b"\xef\xbb\xbf" + PLAN.encode())
    assert read_plan(path).title == "Improvement plan"


def test_a_zip_that_lies_about_its_size_is_not_inflated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytearray(package({"word/document.xml": b"x" * 4_000_000}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (900).to_bytes(4, "little")
    path = tmp_path / "plan.docx"
    path.write_bytes(bytes(data))
    with pytest.raises(BadInput, match="damaged or cut short"):
        read_plan(path)


@pytest.mark.parametrize(
    ("cause", "words"), [("memory", "memory"), ("time", "more time or memory"), ("crash", "stopped")]
)
def test_a_child_that_dies_leaves_a_clear_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cause: str, words: str
) -> None:
    """The child is made to run out: a stand-in for a file that would do so."""
    stand_in = tmp_path / "child.py"
    body = {
        "memory": "from goldenthread.exchange import child, readers\n"
        "def hungry(*a): x = [bytes(1024**2 * 64) for _ in range(64)]\n"
        "readers.read_plan = hungry\nchild.limit()\n"
        "import json, sys, pathlib\nsys.stdout.write(json.dumps(child.answer(pathlib.Path(sys.argv[1]), None)))",
        "time": "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 2))\nwhile True: pass",
        "crash": "import os\nos.abort()",
    }[cause]
    stand_in.write_text(body, encoding="utf-8")
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    monkeypatch.setattr("goldenthread.exchange.readers.CHILD", (str(stand_in),))
    with pytest.raises(BadInput, match=rf"plan\.txt: .*{words}"):
        read_plan_safely(path)


def test_the_child_gives_what_reading_here_gives(tmp_path: Path) -> None:
    path = tmp_path / "upload-1234.txt"
    path.write_text(PLAN, encoding="utf-8")
    assert read_plan_safely(path) == read_plan(path)
    path.write_text("nothing", encoding="utf-8")
    with pytest.raises(BadInput, match=r"^our plan\.txt: "):
        read_plan_safely(path, name="our plan.txt")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from((".docx", ".xlsx")), st.integers(0, 10_000), st.integers(0, 255), st.booleans())
def test_damage_anywhere_gives_a_plan_or_a_message(suffix: str, at: int, byte: int, cut: bool) -> None:
    data = bytearray(WHOLE[suffix])
    at = at * len(data) // 10_001
    data[at] = byte
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"plan{suffix}"
        path.write_bytes(data[:at] if cut else data)
        result = child.answer(path, None)
    assert "plan" in result or str(result["refused"]).startswith("plan")


def test_limits_are_those_promised() -> None:
    assert (guard.LARGEST, guard.UNPACKED, guard.ENTRIES, guard.RATIO) == (20 * 1024**2, 50 * 1024**2, 2_000, 100)
