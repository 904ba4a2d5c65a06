"""Which rows of a table to keep on one page: a rough count of printed lines, more rather than fewer."""

from goldenthread.reports.tree import Cell, Column, Table

KEPT_TOGETHER = 28  # lines; a page on its side holds 38 at the size of a table's text
WIDEST = 130  # characters on a line across that page, with room for words that wrap early


def kept_together(table: Table) -> list[bool]:
    """For each group of rows, whether it is short enough to be kept on one page."""
    return [_lines(group, table.columns) <= KEPT_TOGETHER for group in table.groups]


def _lines(group: tuple[tuple[Cell, ...], ...], columns: tuple[Column, ...]) -> int:
    share = WIDEST / sum(column.width for column in columns)
    widths = [share * column.width for column in columns]
    standing = [0] * len(columns)
    total, tallest_spanning = 0, 0
    for row in group:
        place, tallest = 0, 1
        for cell in row:
            while place < len(columns) and standing[place]:
                place += 1
            lines = _cell_lines(cell, sum(widths[place : place + cell.columns]))
            if cell.rows > 1:
                tallest_spanning = max(tallest_spanning, lines)
            else:
                tallest = max(tallest, lines)
            for column in range(place, min(place + cell.columns, len(columns))):
                standing[column] = cell.rows
            place += cell.columns
        standing = [max(0, rows - 1) for rows in standing]
        total += tallest + 1
    return max(total, tallest_spanning)


def _cell_lines(cell: Cell, width: float) -> int:
    texts = [item if isinstance(item, str) else item.text_in_full() for item in cell.content]
    return sum(1 + int(len(line) / max(width, 1)) for text in texts for line in text.split("\n"))
