"""What the columns of a plan's table hold: from their headings, and where a heading is empty or strange, from the cells."""

import re
from dataclasses import dataclass, field

from goldenthread.exchange.cues import heading_kind, like_a_lead, numbered
from goldenthread.exchange.timescales import read_timescale

_ONE_ONLY = ("title", "number", "standard", "actions", "leads", "timescales")
_NEEDED = {"actions", "title", "leads", "timescales"}


@dataclass(slots=True)
class Columns:
    """kinds: by column; texts: the headings as written; notes: what was guessed."""

    kinds: list[str]
    texts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def kind(self, column: int) -> str:
        """What a column holds; “unknown” where nobody can say."""
        return self.kinds[column] if column < len(self.kinds) else "unknown"

    def same(self, header: list[str | None], texts: list[str]) -> bool:
        """Whether another row is column headings too, not a row of short cells that look like them."""
        if texts == self.texts:
            return True
        known = [kind for kind in header if kind]
        return len(known) == len([text for text in texts if text]) and sum(k in self.kinds for k in known) >= 3


def header_of(texts: list[str]) -> list[str | None] | None:
    """The kinds of a row of column headings; nothing where the row is none."""
    filled = [text for text in texts if text]
    if len(filled) < 2 or any(numbered(text) or read_timescale(text).is_date for text in filled):
        return None
    kinds = [heading_kind(text) for text in texts]
    known = {kind for kind in kinds if kind}
    enough = len(known) >= 3 or (len(known) == 2 and len(filled) <= 3)
    if not enough or not known & _NEEDED or sum(kind is not None for kind in kinds) < 0.5 * len(filled):
        return None
    return kinds


def infer(kinds: list[str | None], texts: list[str], body: list[list[str]]) -> Columns:
    """Settle what every column holds. A second column of a kind that stands once, and a heading that nobody knows, are
    looked at by their cells."""
    columns = Columns([], texts)
    for at, kind in enumerate(kinds):
        if kind is None or (kind in _ONE_ONLY and kind in columns.kinds and texts[at]):
            columns.kinds.append("unknown")
        else:
            columns.kinds.append(kind)
    for at, kind in enumerate(columns.kinds):
        if kind != "unknown":
            continue
        cells = [row[at] for row in body if at < len(row) and row[at]]
        columns.kinds[at] = _by_cells(cells, columns.kinds)
        if columns.kinds[at] == "unknown" and cells:
            columns.notes.append(
                f"the column “{texts[at] or at + 1}” is not one that is known; its lines are kept under monitoring arrangements."
            )
        elif cells and texts[at]:
            columns.notes.append(f"the column “{texts[at]}” is read as {columns.kinds[at]}, by what is in it.")
    if "title" not in columns.kinds and "actions" in columns.kinds:
        columns.kinds[columns.kinds.index("actions")] = "title"
        columns.notes.append(
            f"no column of recommendations: “{texts[columns.kinds.index('title')]}” is read as recommendations."
        )
    return columns


def _by_cells(cells: list[str], taken: list[str]) -> str:
    if not cells:
        return "unknown"

    def share(test: list[bool]) -> float:
        return sum(test) / len(test)

    first = [cell for cell in cells[:200] if not heading_kind(cell)] or cells
    if "timescales" not in taken and share([_all_dates(cell) for cell in first]) > 0.5:
        return "timescales"
    if "title" not in taken and (
        share([numbered(cell) is not None for cell in first]) > 0.5 or share([len(c) > 25 for c in first]) > 0.5
    ):
        return "title"
    if "number" not in taken and share([re.fullmatch(r"(?:\d+\.)?\d+\.?", cell) is not None for cell in first]) > 0.8:
        return "number"
    if "leads" not in taken and share([like_a_lead(cell) > 0.8 for cell in first]) > 0.6:
        return "leads"
    return "unknown"


def _all_dates(cell: str) -> bool:
    """Whether a cell begins as a timescale does: a cell may hold several, one a line, so its first words are tried too."""
    words = cell.split()
    return any(
        read_timescale(" ".join(words[:count])).kind not in ("none",) for count in range(1, min(len(words), 6) + 1)
    )
