"""Plans in tables, from a document or a workbook: rows and cells understood by their column headings."""

import re
from dataclasses import dataclass, field
from datetime import date

from goldenthread.core.errors import BadInput
from goldenthread.exchange.columns import Columns, header_of, infer
from goldenthread.exchange.cues import bare_number, numbered, standard_heading
from goldenthread.exchange.flattened import understand_paragraphs
from goldenthread.exchange.front import read_front
from goldenthread.exchange.pairing import Row, pair, settle
from goldenthread.exchange.rows import Paragraph
from goldenthread.plan.content import Line, PlanContent, RecommendationContent, StandardContent, Words


class Sources:
    """The non-blank lines of a file, numbered as they are met."""

    def __init__(self) -> None:
        self.lines: list[Line] = []

    def add(self, text: str, place: str) -> Line:
        """Count one more line."""
        self.lines.append(Line(len(self.lines) + 1, text, place))
        return self.lines[-1]


@dataclass(slots=True)
class Cell:
    """The lines of one cell. down, across: how many rows and columns it spans; covered: part of a cell that spans here."""

    lines: list[Line] = field(default_factory=list)
    down: int = 1
    across: int = 1
    covered: bool = False

    @property
    def text(self) -> str:
        """All lines as one."""
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True)
class Table:
    """A table's rows. name: of the sheet, where it is one."""

    place: str
    rows: list[list[Cell]]
    name: str = ""


@dataclass(slots=True)
class Loose:
    """A line outside any table."""

    line: Line


Block = Table | Loose


def understand_tables(blocks: list[Block], sources: Sources, name: str, as_at: date | None) -> PlanContent:
    """Make the plan's content of paragraphs and tables. name: the file's, for messages."""
    if not sources.lines:
        raise BadInput(f"{name}: there is no text in this file.")
    loose = [block.line for block in blocks if isinstance(block, Loose)]
    if len(loose) == len(blocks):
        paragraphs = [Paragraph(line.text, line.number, line.place, 0) for line in loose]
        return understand_paragraphs(paragraphs, sources.lines, name, as_at)
    reader = _Reader(name, sources)
    for block in blocks:
        if isinstance(block, Loose):
            reader.loose(block.line)
        else:
            reader.table(block)
    reader.finish()
    content = reader.content
    if not any(True for _ in content.recommendations()):
        raise BadInput(
            f"{name}: no table has column headings such as “Actions required”, “Lead officer” and “Timescale” with numbered "
            f"recommendations under them, so this is not a plan that can be read (looked through {len(sources.lines)} lines)."
        )
    read_front(content, as_at)
    settle(content)
    return content


def _words(line: Line) -> Words:
    return Words(line.text, (line.number,))


class _Reader:
    def __init__(self, name: str, sources: Sources) -> None:
        self.name = name
        self.content = PlanContent("", None, source=sources.lines)
        self.standard: StandardContent | None = None
        self.rec: RecommendationContent | None = None
        self.rows: list[Row] = []
        self.raw_title = ""
        self.waiting: list[Line] = []  # column headings met before the first standard
        self.columns: Columns | None = None
        self.merged_until = -1
        self.noted: set[str] = set()

    def note(self, text: str) -> None:
        if text not in self.noted:
            self.noted.add(text)
            self.content.notes.append(text)

    # -- lines outside the rows

    def loose(self, line: Line) -> None:
        heading = standard_heading(line.text)
        if heading and len(line.text) < 150 and not self._known(heading[1]):
            self._begin_standard(heading[1], heading[2], [line])
        else:
            self._aside([line])

    def _known(self, number: int) -> bool:
        return any(standard.number == number for standard in self.content.standards)

    def _aside(self, lines: list[Line]) -> None:
        """Keep what is no row: before the first standard in front, later with the headings of the standard."""
        if self.standard is None:
            self.content.front += [_words(line) for line in lines]
            return
        self.standard.headings += [_words(line) for line in lines]
        for line in lines:
            self.note(
                f"{line.place}: “{_short(line.text)}” is outside the rows; kept with the headings of standard {self.standard.number}."
            )

    def _begin_standard(self, number: int, title: str, lines: list[Line]) -> None:
        self._end_recommendation()
        self.standard = StandardContent(number, Words(title, tuple(line.number for line in lines)))
        self.standard.headings = [_words(line) for line in self.waiting]
        self.waiting = []
        self.content.standards.append(self.standard)

    # -- tables

    def table(self, table: Table) -> None:
        headers = [header_of([cell.text for cell in row]) for row in table.rows]
        if table.name and not any(headers):
            for row in table.rows:
                heading = standard_heading(row[0].text) if row else None
                lines = [line for cell in row for line in cell.lines]
                if heading and len(lines) == 1 and not self._known(heading[1]):
                    self._begin_standard(heading[1], heading[2], lines)
                else:
                    self.content.front += [_words(line) for line in lines]
            return
        width = max((len(row) for row in table.rows), default=0)
        if not any(headers) and (self.columns is None or len(self.columns.kinds) != width or self.standard is None):
            for row in table.rows:
                self._aside([line for cell in row for line in cell.lines])
            return
        if any(headers):
            self.columns = None
        else:
            self.note(f"{table.place}: there are no column headings; read with those of the table before.")
        if table.name:
            self._end_recommendation()
        begun = len(self.content.standards)
        self.merged_until = -1
        for at, (row, header) in enumerate(zip(table.rows, headers, strict=True)):
            lines = [line for cell in row for line in cell.lines]
            filled = [cell for cell in row if cell.lines]
            whole = standard_heading(filled[0].text) if len(filled) == 1 else None
            if (
                whole
                and (self.columns is None or filled[0].across > 1 or filled[0] is row[0])
                and not self._known(whole[1])
            ):
                self._begin_standard(whole[1], whole[2], lines)
            elif header and (self.columns is None or self.columns.same(header, [cell.text for cell in row])):
                self._heading(table, at, row, header, lines)
            elif lines and self.columns is None:
                self._aside(lines)
            elif lines:
                self._row(table, at, row, begun)

    def _heading(self, table: Table, at: int, row: list[Cell], header: list[str | None], lines: list[Line]) -> None:
        spread = list(header)
        for column, cell in enumerate(row):
            for further in range(column + 1, min(column + cell.across, len(spread))):
                spread[further] = spread[column]
        first = self.columns is None
        body = [[cell.text for cell in other] for other in table.rows[at + 1 :]]
        self.columns = infer(spread, [cell.text for cell in row], body)
        if first:
            for text in self.columns.notes:
                self.note(f"{table.place}: {text}")
        if self.standard is None or (table.name and first and "standard" in self.columns.kinds):
            self.waiting += lines
        elif table.name and first and not self.standard.recommendations and not self.rec:
            self.standard.headings += [_words(line) for line in lines]
        elif table.name and first:
            self.waiting += lines
        else:
            self.standard.headings += [_words(line) for line in lines]

    def _row(self, table: Table, at: int, row: list[Cell], begun: int) -> None:
        assert self.columns is not None  # noqa: S101 - the caller has met a heading
        cells: dict[str, list[Line]] = {}
        for column, cell in enumerate(row):
            cells.setdefault(self.columns.kind(column), []).extend(cell.lines)
        self._standard_of(table, cells, begun)
        title, number = cells.get("title", []), cells.get("number", [])
        new = self._is_new(title, number)
        if not any(lines for kind, lines in cells.items() if kind != "standard"):
            return
        if new:
            self._begin_recommendation(cells)
        elif self.rec:
            self._repeat(cells)
        if self.rec is None:
            raise BadInput(
                f"{self.name}, {table.place}, row {at + 1}: the first row has no recommendation: “{_short(row[0].text)}”."
            )
        rec = self.rec
        part = Row(*([_words(line) for line in cells.get(kind, [])] for kind in ("actions", "leads", "timescales")))
        if at <= self.merged_until and self.rows and not new:
            held = self.rows[-1]
            held.actions += part.actions
            held.leads += part.leads
            held.timescales += part.timescales
        else:
            self.rows.append(part)
            self.merged_until = -1
        for column, cell in enumerate(row):
            if self.columns.kind(column) in ("leads", "timescales") and cell.lines and cell.down > 1:
                self.merged_until = max(self.merged_until, at + cell.down - 1)
        for kind, held_words in (
            ("monitoring", rec.monitoring),
            ("unknown", rec.monitoring),
            ("rating", rec.rating),
            ("progress", rec.progress),
            ("next", rec.next_steps),
        ):
            held_words += [_words(line) for line in cells.get(kind, [])]
        if lines := cells.get("criterion"):
            before = rec.criterion or Words("")
            text = " ".join([before.text, *(line.text for line in lines)]).strip()
            rec.criterion = Words(text, (*before.lines, *(line.number for line in lines)))

    # -- standards and recommendations

    def _standard_of(self, table: Table, cells: dict[str, list[Line]], begun: int) -> None:
        lines = cells.get("standard", [])
        if lines:
            text = " ".join(line.text for line in lines)
            heading, plain, bare = standard_heading(text), numbered(text), bare_number(text)
            number = heading[1] if heading else plain.number if plain else bare[1] if bare else None
            title = heading[2] if heading else plain.rest if plain else text
            named = [s for s in self.content.standards if (s.number == number if number else s.title.text == title)]
            held = named[0] if named else None
            if held is None:
                self._begin_standard(number or self._next_standard(), title, lines)
            else:
                if held is not self.standard:
                    self._end_recommendation()
                    self.standard = held
                held.title.lines += tuple(line.number for line in lines)
        elif self.standard is None or (
            table.name
            and len(self.content.standards) == begun
            and "standard" not in (self.columns or Columns([])).kinds
            and not self._fresh()
        ):
            self._unnamed_standard(table, cells)

    def _fresh(self) -> bool:
        """Whether the standard was named on a sheet of its own and waits for its rows."""
        return self.standard is not None and not self.standard.recommendations and self.rec is None

    def _unnamed_standard(self, table: Table, cells: dict[str, list[Line]]) -> None:
        heading = standard_heading(table.name)
        number = _number_in(cells)
        if heading and not self._known(heading[1]):
            self._begin_standard(heading[1], heading[2], [])
        elif table.name and not re.fullmatch(r"sheet ?\d*", table.name, re.IGNORECASE):
            self._begin_standard(self._next_standard(), table.name, [])
        elif number and number[0]:
            self._begin_standard(number[0], f"Standard {number[0]}", [])
            self.note(
                f"{table.place}: the standards have no titles; they are named by the numbers of their recommendations."
            )
        else:
            raise BadInput(
                f"{self.name}, {table.place}: the rows are under no standard. Put a line such as “Standard 1 - Referrals” "
                "above the table, or give the table a “Standard” column."
            )

    def _next_standard(self) -> int:
        return max((standard.number for standard in self.content.standards), default=0) + 1

    def _is_new(self, title: list[Line], number: list[Line]) -> bool:
        if self.rec is None or self.standard is None:
            return bool(title or number)
        bare = bare_number(" ".join(line.text for line in number))
        if title and bare:
            return f"{self.standard.number}.{bare[1]}" != self.rec.number
        return bool(title) and " ".join(line.text for line in title) != self.raw_title

    def _begin_recommendation(self, cells: dict[str, list[Line]]) -> None:
        self._end_recommendation()
        standard = self.standard
        assert standard is not None  # noqa: S101 - set by _standard_of
        lines, numbers = cells.get("title", []), cells.get("number", [])
        text = " ".join(line.text for line in lines)
        self.raw_title = text
        found = _number_in(cells)
        if numbers and not bare_number(" ".join(line.text for line in numbers)):
            text = f"{' '.join(line.text for line in numbers)} {text}"
        elif not numbers and (own := numbered(text)):
            text = own.rest
        used = {int(rec.number.split(".")[1]) for rec in standard.recommendations}
        if (
            found
            and found[0] not in (None, standard.number)
            and not standard.recommendations
            and not standard.title.lines
        ):
            self.note(
                f"{lines[0].place if lines else ''}: numbered {found[0]}.{found[1]} under standard {standard.number}."
            )
        number = found[1] if found and found[1] not in used else max(used, default=0) + 1
        if found and found[1] in used:
            self.note(
                f"{(lines or numbers)[0].place}: the number {found[1]} was used before; “{_short(text)}” is numbered {number}."
            )
        self.rec = RecommendationContent(
            f"{standard.number}.{number}", Words(text, tuple(line.number for line in [*numbers, *lines]))
        )

    def _repeat(self, cells: dict[str, list[Line]]) -> None:
        """A further row of the same recommendation may repeat its title, or number its own action."""
        assert self.rec is not None  # noqa: S101 - the caller has looked
        numbers, actions = cells.get("number", []), cells.get("actions", [])
        text = " ".join(line.text for line in numbers)
        bare = bare_number(text)
        own = bare is not None and f"{self.rec.number.split('.')[0]}.{bare[1]}" == self.rec.number
        if numbers and actions and not own and not cells.get("title"):
            actions[0] = Line(actions[0].number, f"{text} {actions[0].text}", actions[0].place)
        self.rec.title.lines += tuple(line.number for line in [*cells.get("title", []), *numbers])

    def _end_recommendation(self) -> None:
        if self.rec and self.standard:
            pair(self.rec, self.rows)
            self.standard.recommendations.append(self.rec)
        self.rec, self.rows, self.raw_title = None, [], ""

    def finish(self) -> None:
        """End the last recommendation; headings that no standard followed are kept in front."""
        self._end_recommendation()
        self.content.front += [_words(line) for line in self.waiting]


def _number_in(cells: dict[str, list[Line]]) -> tuple[int | None, int] | None:
    """The number of a recommendation, from its own column or from its title."""
    if numbers := cells.get("number"):
        return bare_number(" ".join(line.text for line in numbers))
    found = numbered(" ".join(line.text for line in cells.get("title", [])))
    return (found.whole, found.number) if found else None


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59].rstrip() + "…"
