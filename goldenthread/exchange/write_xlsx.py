"""A plan as an Excel workbook: one sheet with a filter and frozen headings. Nothing in it is a formula."""

from pathlib import Path

import xlsxwriter

from goldenthread.core.errors import Refused
from goldenthread.exchange.layout import HEADINGS, clean, columns_of, front_of, heading_of, rows_of
from goldenthread.plan.content import PlanContent

LONGEST = 32_767  # characters that a cell holds
_WIDTHS = {"standard": 24, "number": 7, "title": 44, "criterion": 12, "timescales": 16, "rating": 10}


def to_xlsx(content: PlanContent, path: Path) -> None:
    """Write the plan to a workbook that `read_plan` reads back to the same content.

    Raises Refused where a text is longer than a cell can hold.
    """
    kinds = ["standard", *columns_of(content)]
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": content.title})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        about = book.add_worksheet("About")
        about.set_column(0, 0, 90)
        for row, line in enumerate(front_of(content)):
            about.write_string(row, 0, line, plain)
        sheet = book.add_worksheet("Plan")
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 3)
        sheet.set_footer("&RPage &P of &N")
        for column, kind in enumerate(kinds):
            sheet.set_column(column, column, _WIDTHS.get(kind, 36))
            sheet.write_string(
                0, column, HEADINGS[kind] if kind == "standard" else heading_of(kind, content.as_at), bold
            )
        row = 0
        for standard in content.standards:
            name = f"Standard {standard.number} - {clean(standard.title.text)}"
            rows = [written.cells for rec in standard.recommendations for written in rows_of(rec)] or [{}]
            for place, cells in enumerate(rows):
                row += 1
                if "number" in cells or place == 0:
                    cells["standard"] = [name]
                for column, kind in enumerate(kinds):
                    text = "\n".join(cells.get(kind, []))
                    if len(text) > LONGEST:
                        raise Refused(
                            f"{name}, {HEADINGS[kind].lower()}: the text has {len(text):,} characters and a spreadsheet cell holds "
                            f"{LONGEST:,}. Export the plan as DOCX or JSON."
                        )
                    sheet.write_string(row, column, text, plain)
        sheet.autofilter(0, 0, max(row, 1), len(kinds) - 1)
        sheet.activate()
