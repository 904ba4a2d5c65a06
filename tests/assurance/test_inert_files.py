"""Words are only words in the files that people take away: no formula, nothing hidden, nobody's name in the properties."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pikepdf
import pytest

from assurance import inert
from goldenthread.core.errors import Refused
from goldenthread.exchange.layout import clean
from goldenthread.exchange.readers import read_plan
from goldenthread.exchange.writers import to_docx, to_json, to_xlsx
from goldenthread.plan.content import (
    ActionContent,
    PlanContent,
    RecommendationContent,
    StandardContent,
    Timescale,
    Words,
)
from goldenthread.reports import docx as report_docx
from goldenthread.reports import pdf as report_pdf
from tests.reports.made_up import document

KINDS = [kind for kind in inert.HOSTILE if not kind.startswith("long")]


def plan_of(words: str) -> PlanContent:
    """The words wherever a plan has words."""

    def said(line: int) -> Words:
        return Words(words, (line,))

    action = ActionContent(said(3), leads=[said(4)], timescale=Timescale(said(5)))
    recommendation = RecommendationContent("1.1", said(2), actions=[action])
    return PlanContent(
        title=words, as_at=date(2003, 10, 31), standards=[StandardContent(1, said(1), recommendations=[recommendation])]
    )


@pytest.mark.parametrize("kind", KINDS)
def test_no_cell_of_a_workbook_is_a_formula_and_nothing_is_hidden(kind: str, tmp_path: Path) -> None:
    file, words = tmp_path / "plan.xlsx", inert.HOSTILE[kind]
    to_xlsx(plan_of(words), file)
    book = openpyxl.load_workbook(file)
    kept = []
    for sheet in book.worksheets:
        assert sheet.sheet_state == "visible"
        assert not [row for row in sheet.row_dimensions.values() if row.hidden]
        assert not [column for column in sheet.column_dimensions.values() if column.hidden]
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            assert cell.data_type == "s", cell.value
            assert cell.hyperlink is None
            assert cell.comment is None
            kept.append(str(cell.value))
    assert any(inert.same(" ".join(clean(words).split()), " ".join(value.split())) for value in kept)
    assert not book.defined_names or set(book.defined_names) <= {"_xlnm.Print_Titles", "_xlnm._FilterDatabase"}
    with zipfile.ZipFile(file) as package:
        parts = package.namelist()
        assert not [name for name in parts if "external" in name.lower() or "vba" in name.lower() or "custom" in name]
        assert b"<f>" not in b"".join(package.read(name) for name in parts if "worksheets/" in name)
    about = book.properties
    assert (about.creator or "", about.lastModifiedBy or "", about.description or "") in {
        ("", "", ""),
        ("openpyxl", "", ""),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_no_document_has_fields_links_or_a_writers_name(kind: str, tmp_path: Path) -> None:
    file, words = tmp_path / "plan.docx", inert.HOSTILE[kind]
    to_docx(plan_of(words), file)
    report = report_docx.render(document(words, chart=False))
    for data, author in ((file.read_bytes(), ""), (report, docx.Document(io.BytesIO(report)).core_properties.author)):
        about = docx.Document(io.BytesIO(data)).core_properties
        assert (about.author, about.last_modified_by, about.comments) == (author, author, "")
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            body = package.read("word/document.xml").decode()
            links = b"".join(package.read(name) for name in package.namelist() if name.endswith(".rels"))
        assert inert.MARK not in {tag.split("}")[-1] for tag in _tags(data)}
        assert 'w:fldCharType="begin"' not in body
        assert "<w:instrText" not in body
        assert b'TargetMode="External"' not in links
    assert author in {"", document(words, chart=False).authority}


def _tags(data: bytes) -> set[str]:
    return {str(element.tag) for element in docx.Document(io.BytesIO(data)).element.iter()}


@pytest.mark.parametrize("kind", ["markup", "typst", "template", "names"])
def test_a_pdf_runs_nothing_and_names_no_writer(kind: str) -> None:
    with pikepdf.open(io.BytesIO(report_pdf.render(document(inert.HOSTILE[kind], chart=False)))) as pdf:
        assert not {"/OpenAction", "/AA", "/AcroForm"} & set(pdf.Root.keys())
        assert "/JavaScript" not in pdf.Root.get("/Names", pikepdf.Dictionary())
        assert not pdf.attachments
        assert str(pdf.docinfo.get("/Author", "")) in {"", document("x", chart=False).authority}
        assert not [note for page in pdf.pages for note in page.get("/Annots", []) if note.get("/Subtype") == "/Link"]


@pytest.mark.parametrize("kind", [*KINDS, "long", "long word"])
@pytest.mark.parametrize(("suffix", "write"), [(".xlsx", to_xlsx), (".docx", to_docx)])
def test_a_plan_comes_back_as_it_went_or_is_refused(kind: str, suffix: str, write: object, tmp_path: Path) -> None:
    plan, file = plan_of(inert.HOSTILE[kind]), tmp_path / f"plan{suffix}"
    try:
        write(plan, file)  # type: ignore[operator]
    except Refused as refused:
        told = str(refused)
        assert "characters" in told
        return
    back = json.dumps(to_json(read_plan(file)), ensure_ascii=False)
    wanted = json.dumps(" ".join(clean(inert.HOSTILE[kind]).split()), ensure_ascii=False)[1:-1]
    assert wanted in " ".join(back.replace("\\n", " ").split())
