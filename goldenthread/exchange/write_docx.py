"""A plan as a Word document: a heading and a table for each standard, with repeated heading rows, in British English."""

from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell

from goldenthread.exchange.layout import OF_EVERY_ROW, clean, columns_of, front_of, heading_of, rows_of
from goldenthread.plan.content import PlanContent, StandardContent

_SHARES = {"number": 0.5, "title": 2.0, "criterion": 0.8, "timescales": 0.9, "rating": 0.7, "leads": 1.4}


def to_docx(content: PlanContent, path: Path) -> None:
    """Write the plan to a document that `read_plan` reads back to the same content."""
    document = docx.Document()
    _page(document, content.title)
    front = front_of(content)
    document.add_paragraph(front[0], style="Title")
    for line in front[1:]:
        document.add_paragraph(line)
    kinds = columns_of(content)
    for standard in content.standards:
        document.add_heading(f"Standard {standard.number} - {clean(standard.title.text)}", level=1)
        if standard.recommendations:
            _table(document, standard, kinds, content)
    document.save(str(path))


def _page(document: Any, title: str) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(1.5)
    document.core_properties.title = clean(title)[:255]  # as many as the format holds
    document.core_properties.language = "en-GB"
    for about in ("author", "comments", "last_modified_by"):  # what the writing program says of itself
        setattr(document.core_properties, about, "")
    normal = document.styles["Normal"]
    normal.font.size = Pt(9)
    normal.paragraph_format.space_after = Pt(3)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def _table(document: Any, standard: StandardContent, kinds: list[str], content: PlanContent) -> None:
    table = document.add_table(rows=1, cols=len(kinds))
    table.style = "Table Grid"
    table.autofit = False
    shares = [_SHARES.get(kind, 2.2) for kind in kinds]
    widths = [Cm(26.7 * share / sum(shares)) for share in shares]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    first = table.rows[0]
    _mark(first._tr, "w:tblHeader")
    for kind, cell in zip(kinds, _cells(first, table), strict=True):
        cell.paragraphs[0].add_run(heading_of(kind, content.as_at)).bold = True
    for rec in standard.recommendations:
        rows = rows_of(rec)
        for place, written in enumerate(rows):
            row = table.add_row()
            _mark(row._tr, "w:cantSplit")
            for kind, width, cell in zip(kinds, widths, _cells(row, table), strict=True):
                cell.width = width
                _fill(cell, written.cells.get(kind, []))
                if len(rows) > 1 and kind not in OF_EVERY_ROW:
                    cell._tc.vMerge = "restart" if place == 0 else "continue"


def _cells(row: Any, table: Any) -> list[_Cell]:
    return [_Cell(tc, table) for tc in row._tr.tc_lst]


def _fill(cell: _Cell, lines: list[str]) -> None:
    for place, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.add_run(line)


def _mark(row: Any, tag: str) -> None:
    row.get_or_add_trPr().append(OxmlElement(tag))
