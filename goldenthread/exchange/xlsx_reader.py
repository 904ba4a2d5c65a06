"""Excel workbooks read as tables, one a sheet. Dates come back in words; formulas are never worked out, only read."""

import io
import warnings
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from goldenthread.core.errors import BadInput
from goldenthread.exchange.guard import open_package
from goldenthread.exchange.tables import Block, Cell, Sources, Table, understand_tables
from goldenthread.exchange.timescales import in_words
from goldenthread.plan.content import PlanContent

COLUMNS = 200
ROWS = 50_000


def read_xlsx(path: Path, as_at: date | None) -> PlanContent:
    """Read a plan from the sheets of an Excel workbook."""
    open_package(path)
    data = path.read_bytes()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
            written = openpyxl.load_workbook(io.BytesIO(data), data_only=False)
    except (
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        zipfile.BadZipFile,
        OSError,
        SyntaxError,
    ) as error:
        raise BadInput(f"{path.name}: the workbook is damaged ({type(error).__name__}: {str(error)[:120]}).") from None
    sources = Sources()
    blocks: list[Block] = []
    notes: list[str] = []
    for sheet, formulas in zip(values.worksheets, written.worksheets, strict=True):
        blocks.append(_sheet(sheet, formulas, path.name, sources, notes))
    content = understand_tables(blocks, sources, path.name, as_at)
    content.notes += notes
    return content


def _sheet(sheet: Any, formulas: Any, name: str, sources: Sources, notes: list[str]) -> Table:
    table = Table(f"sheet “{sheet.title}”", [], sheet.title)
    merged = {(m.min_row, m.min_col): (m.size["rows"], m.size["columns"]) for m in sheet.merged_cells.ranges}
    covered = {
        at for m in sheet.merged_cells.ranges if m.size["rows"] * m.size["columns"] <= ROWS for at in m.cells
    } - set(merged)
    filled: dict[int, dict[int, Cell]] = {}
    # the cells that are in the file, not the rectangle around them: one far cell would make it endless
    for (row, column), cell in sorted(formulas._cells.items()):
        if (row, column) in covered or cell.value is None:
            continue
        place = f"{table.place}, cell {get_column_letter(column)}{row}"
        value = sheet._cells[row, column].value if cell.data_type == "f" else cell.value
        if cell.data_type == "f" and value is None:
            value = str(getattr(cell.value, "text", cell.value))
            notes.append(f"{place}: the formula has no stored result; its own words are kept.")
        if lines := _lines(value):
            if column > COLUMNS or len(filled) > ROWS:
                raise BadInput(
                    f"{name}, {place}: the sheet is larger than any plan (up to {ROWS:,} rows and {COLUMNS} columns)."
                )
            down, across = merged.get((row, column), (1, 1))
            filled.setdefault(row, {})[column] = Cell([sources.add(t, place) for t in lines], down, across)
    width = max((column for cells in filled.values() for column in cells), default=0)
    for row in sorted(filled):
        table.rows.append([filled[row].get(c, Cell(covered=(row, c) in covered)) for c in range(1, width + 1)])
    return table


def _lines(value: Any) -> list[str]:
    return [line for line in (" ".join(part.split()) for part in _words(value).splitlines()) if line]


def _words(value: Any) -> str:
    if isinstance(value, datetime):
        return in_words(value.date()) if value.time() == time() else f"{in_words(value.date())} {value:%H:%M}"
    if isinstance(value, date):
        return in_words(value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value)
