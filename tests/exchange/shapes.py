"""Plans laid out by hand as a council would, so that readers are tried on shapes that no writer here makes."""

from pathlib import Path

import docx
import xlsxwriter

from goldenthread.plan.content import PlanContent, RecommendationContent

Cells = list[list[str]]


def row_cells(rec: RecommendationContent) -> Cells:
    """A row in the seed's columns: recommendation, actions, leads, timescales, progress, further action."""
    number = rec.number.split(".")[1]
    leads = [w.text for a in rec.actions for w in a.leads] + [w.text for w in rec.leads]
    times = [a.timescale.words.text for a in rec.actions if a.timescale] + [t.words.text for t in rec.timescales]
    many = len(rec.actions) > 1
    return [
        [f"{number}. {rec.title.text}"],
        [f"{n}. {a.text.text}" if many else a.text.text for n, a in enumerate(rec.actions, start=1)],
        leads,
        times,
        [w.text for w in rec.progress],
        [w.text for w in rec.next_steps],
    ]


HEADINGS = ["", "Actions Required", "Lead Officer(s)", "", "Progress October 2003", "Action from October 2003"]


def council_docx(
    content: PlanContent, path: Path, headings: list[str] = HEADINGS, order: list[int] | None = None
) -> None:
    """A heading and a table for each standard; cells with several paragraphs."""
    order = order or list(range(6))
    document = docx.Document()
    for words in content.front:
        document.add_paragraph(words.text)
    for standard in content.standards:
        document.add_heading(f"Standard {standard.number} - {standard.title.text}", level=1)
        table = document.add_table(rows=1, cols=6)
        for at, cell in zip(order, table.rows[0].cells, strict=True):
            cell.text = headings[at]
        for rec in standard.recommendations:
            cells = row_cells(rec)
            for at, cell in zip(order, table.add_row().cells, strict=True):
                for place, text in enumerate(cells[at]):
                    if place == 0:
                        cell.paragraphs[0].text = text
                    else:
                        cell.add_paragraph(text)
    document.save(str(path))


def council_xlsx(
    content: PlanContent, path: Path, headings: list[str] = HEADINGS, order: list[int] | None = None
) -> None:
    """A sheet for each standard, its heading in the first row; lines of a cell parted by line breaks."""
    order = order or list(range(6))
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        cover = book.add_worksheet("Cover")
        for at, words in enumerate(content.front):
            cover.write_string(at, 0, words.text)
        for standard in content.standards:
            sheet = book.add_worksheet(f"Std {standard.number}")
            sheet.write_string(0, 0, f"Standard {standard.number} - {standard.title.text}")
            for column, at in enumerate(order):
                sheet.write_string(1, column, headings[at])
            for row, rec in enumerate(standard.recommendations, start=2):
                cells = row_cells(rec)
                for column, at in enumerate(order):
                    sheet.write_string(row, column, "\n".join(cells[at]))


def flattened(content: PlanContent) -> str:
    """Flattened text: one paragraph a line, a blank line between, two where a cell is empty."""
    lines: list[str] = []
    for words in content.front:
        lines += [words.text, ""]
    for standard in content.standards:
        lines += [f"Standard {standard.number} - {standard.title.text}", ""]
        rows = [[[text] if text else [] for text in HEADINGS], *(row_cells(rec) for rec in standard.recommendations)]
        for cells in rows:
            for cell in cells:
                lines += [part for text in cell for part in (text, "")] or [""]
    return "\n".join(lines) + "\n"
