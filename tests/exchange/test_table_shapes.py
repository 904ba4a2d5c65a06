"""Tables in the shapes that councils use: one big table, merged cells, numbers in a column, dates as dates, lists by Word."""

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from goldenthread.exchange.readers import read_plan
from goldenthread.exchange.writers import to_json
from goldenthread.plan.content import PlanContent

HEADER = ["No.", "Recommendation", "Actions required", "Owner", "Target date", "Update", "Next steps"]


def recs(plan: PlanContent) -> list[dict[str, Any]]:
    assert plan.conservation().holds
    return [rec for standard in to_json(plan)["standards"] for rec in standard["recommendations"]]


def workbook(path: Path, rows: list[list[Any]], merge: tuple[str, ...] = (), title: str = "Plan") -> PlanContent:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for cells in merge:
        sheet.merge_cells(cells)
    book.save(path)
    return read_plan(path)


def test_one_sheet_with_a_column_of_standards_and_a_row_an_action(tmp_path: Path) -> None:
    plan = workbook(
        tmp_path / "plan.xlsx",
        [
            ["Improvement plan: position as at 30 September 2025"],
            [],
            ["Theme", "Ref", "Objective", "What will we do?", "Who", "By when", "Evidence", "BRAG", "Cost"],
            ["1. Front door", 1.1, "Answer on the day", "Review the rota", "Team Manager", datetime.combine(date(2025, 9, 30), time()), "Reviewed", "G", "£20"],
            ["1. Front door", 1.1, "Answer on the day", "Publish the rota", "All Team Managers", date(2025, 12, 31), None, "A", None],
            ["1. Front door", 1.2, "Tell the referrer", "Write letters", "Head of Service", "Ongoing", "Drafted", "A", None],
            ["2. Care", 2.1, "Visit on time", "Track visits", "Group Manager", "Q3 2025/26", None, "R", None],
        ],
    )  # fmt: skip
    first, second, third = recs(plan)
    assert [s.title.text for s in plan.standards] == ["Front door", "Care"]
    assert plan.as_at == date(2025, 9, 30)
    assert [a["due"] for a in first["actions"]] == ["2025-09-30", "2025-12-31"]
    assert [a["leads"] for a in first["actions"]] == [["Team Manager"], ["All Team Managers"]]
    assert first["actions"][0]["timescale"] == "30 September 2025"
    assert first["rating"] == ["G", "A"]
    assert second["actions"][0]["due"] is None
    assert third["number"] == "2.1"
    assert third["actions"][0]["due"] == "2025-12-31"
    assert any("£20" in text for text in first["monitoring"])
    assert any("“Cost” is not one that is known" in note for note in plan.notes)


def test_standards_as_rows_and_recommendations_merged_over_their_actions(tmp_path: Path) -> None:
    plan = workbook(
        tmp_path / "plan.xlsx",
        [
            HEADER,
            ["Standard 1 - Referrals"],
            ["1", "Answer on the day", "Review the rota", "Team Manager", "Oct 25", "Reviewed", "Publish it"],
            [None, None, "Audit the rota", None, "Dec 25", None, None],
            ["Standard 2: Assessment"],
            ["1", "Finish in time", "Track it", "Head of Service", "End Mar 26", "Tracked", None],
        ],
        merge=("A2:G2", "A3:A4", "B3:B4", "D3:D4", "A5:G5"),
    )
    first, second = recs(plan)
    assert [(s.number, s.title.text) for s in plan.standards] == [(1, "Referrals"), (2, "Assessment")]
    assert [a["text"] for a in first["actions"]] == ["Review the rota", "Audit the rota"]
    assert [a["timescale"] for a in first["actions"]] == ["Oct 25", "Dec 25"]
    # one owner in a cell that spans both actions is for a person to share out
    assert first["leads"] == ["Team Manager"]
    assert "1 lead line for 2 actions" in first["to_settle"][0]
    assert second["number"] == "2.1"


def test_a_sheet_for_each_standard_named_only_on_its_tab(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name in ("Referrals", "Assessment"):
        sheet = book.create_sheet(name)
        sheet.append(HEADER)
        sheet.append(
            [
                1,
                f"Do {name.lower()} well",
                "1. Review\n2. Train",
                "Head of Service\nAll Team Managers",
                "Oct 25\nNov 25",
                None,
                None,
            ]
        )
    book["Sheet"].append(["Improvement plan as at 31 October 2025"])
    book.save(tmp_path / "plan.xlsx")
    first, second = recs(read_plan(tmp_path / "plan.xlsx"))
    assert (first["number"], second["number"]) == ("1.1", "2.1")
    assert [(a["text"], a["leads"], a["due"]) for a in first["actions"]] == [
        ("Review", ["Head of Service"], "2025-10-31"),
        ("Train", ["All Team Managers"], "2025-11-30"),
    ]


def test_a_tenth_recommendation_that_excel_turned_into_the_first(tmp_path: Path) -> None:
    rows = [
        [float(f"1.{n}"), f"Recommendation text {n}", "Review", "Team Manager", "Oct 25", None, None]
        for n in range(1, 11)
    ]
    plan = workbook(tmp_path / "plan.xlsx", [HEADER, *rows], title="Standard 1 - Referrals")
    assert [rec["number"] for rec in recs(plan)][-2:] == ["1.9", "1.10"]
    assert any("numbered 10" in note for note in plan.notes)


def test_a_far_cell_does_not_make_the_sheet_endless(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Standard 1 - Referrals"
    sheet.append(HEADER)
    sheet.append([1, "Answer", "Review", "Team Manager", "Oct 25", None, None])
    sheet["A1048576"] = " "
    book.save(tmp_path / "plan.xlsx")
    assert len(recs(read_plan(tmp_path / "plan.xlsx"))) == 1


def test_a_formula_gives_its_stored_result_or_its_words(tmp_path: Path) -> None:
    plan = workbook(
        tmp_path / "plan.xlsx",
        [HEADER, [1, "Answer", "Review", "Team Manager", "Oct 25", "=1+1", None]],
        title="Standard 1 - Referrals",
    )
    assert recs(plan)[0]["progress"] == ["=1+1"]
    assert any("cell F2" in note for note in plan.notes)


def test_a_word_table_with_lists_numbered_by_word_line_breaks_and_merged_cells(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Improvement plan - Progress as at 31 October 2025")
    document.add_heading("Standard 1 - Referrals", level=1)
    table = document.add_table(rows=3, cols=6)
    for cell, text in zip(
        table.rows[0].cells,
        ["Recommendation", "Actions", "Lead officer", "Timescale", "Progress", "Further action"],
        strict=True,
    ):
        cell.text = text
    cells = table.rows[1].cells
    cells[0].text = "To answer on the day"
    cells[0].paragraphs[0].style = "List Number"
    cells[1].text = "Review the rota"
    cells[1].add_paragraph("Publish the rota", style="List Number")
    cells[1].paragraphs[0].style = "List Number"
    cells[2].paragraphs[0].add_run("Amina Yusuf,").add_break()
    cells[2].paragraphs[0].add_run("Head of Service")
    cells[3].text = "Oct 25"
    cells[3].add_paragraph("Nov 25")
    cells[4].text = "Reviewed"
    deleted = OxmlElement("w:del")
    run = OxmlElement("w:r")
    text = OxmlElement("w:delText")
    text.text = "struck out"
    run.append(text)
    deleted.append(run)
    cells[4].paragraphs[0]._p.append(deleted)
    table.rows[2].cells[1].text = "Train the team"
    table.rows[2].cells[2].text = "All Team Managers"
    for column in (0, 4, 5):
        table.cell(1, column).merge(table.cell(2, column))
    document.add_paragraph("RAG: red is late")
    document.save(str(tmp_path / "plan.docx"))
    plan = read_plan(tmp_path / "plan.docx")
    (rec,) = recs(plan)
    assert (rec["number"], rec["title"]) == ("1.1", "To answer on the day")
    assert [a["text"] for a in rec["actions"]] == ["Review the rota", "Publish the rota", "Train the team"]
    assert [a["timescale"] for a in rec["actions"]] == ["Oct 25", "Nov 25", None]
    assert [a["leads"] for a in rec["actions"]] == [["Amina Yusuf,"], ["Head of Service"], ["All Team Managers"]]
    assert rec["progress"] == ["Reviewed"]
    assert any("RAG: red is late" in note for note in plan.notes)


def test_headings_repeated_down_the_table_and_a_table_that_goes_on(tmp_path: Path) -> None:
    header = ["Recommendation", "Actions", "Lead officer", "Timescale"]
    document = docx.Document()
    document.add_heading("Standard 1 - Referrals", level=1)
    for rows in (
        [
            header,
            ["1. To answer", "Review", "Head of Service", "Oct 25"],
            header,
            ["2. To tell", "Write", "Team Manager", "Nov 25"],
        ],
        [["3. To check", "Audit", "Team Manager", "Dec 25"]],
    ):
        table = document.add_table(rows=len(rows), cols=4)
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        document.add_paragraph()
    document.save(str(tmp_path / "plan.docx"))
    plan = read_plan(tmp_path / "plan.docx")
    assert [rec["number"] for rec in recs(plan)] == ["1.1", "1.2", "1.3"]
    assert any("table 2: there are no column headings" in note for note in plan.notes)


def test_a_document_without_tables_is_read_as_flattened_text(tmp_path: Path) -> None:
    document = docx.Document()
    for line in (
        "Improvement plan",
        "Standard 1 - Referrals",
        "1. To answer",
        "Review the rota",
        "Team Manager",
        "Oct 25",
        "Rota was reviewed.",
    ):
        document.add_paragraph(line)
    document.save(str(tmp_path / "plan.docx"))
    (rec,) = recs(read_plan(tmp_path / "plan.docx"))
    assert rec["actions"] == [
        {"text": "Review the rota", "leads": ["Team Manager"], "timescale": "Oct 25", "due": "2025-10-31"}
    ]


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def test_exports_have_headings_language_and_no_macros(tmp_path: Path, suffix: str) -> None:
    plan = workbook(
        tmp_path / "in.xlsx",
        [HEADER, [1, "Answer", "Review", "Team Manager", "Oct 25", "Done", None]],
        title="Standard 1 - Referrals",
    )
    from goldenthread.exchange.writers import to_docx, to_xlsx

    if suffix == ".xlsx":
        to_xlsx(plan, tmp_path / "out.xlsx")
        sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Plan"]
        assert [sheet["A1"].value, sheet["C1"].value] == ["Standard", "Recommendation"]
        assert sheet.freeze_panes == "D2"
    else:
        to_docx(plan, tmp_path / "out.docx")
        document = docx.Document(str(tmp_path / "out.docx"))
        assert any(p.style is not None and p.style.name == "Heading 1" for p in document.paragraphs)
        assert document.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}
