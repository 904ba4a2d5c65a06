"""The cheapest way to read the paragraphs of one standard as rows of cells.

A row is a title, then the cells in the order of the column headings. Every paragraph has a price in every kind of cell
(a date is dear as a lead, a name is dear as an action), and so have counts that do not match, and blank lines that say
otherwise. Two shortest paths, one within the row and one over the rows, find the reading that costs least.
"""

import itertools
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from goldenthread.exchange import cues
from goldenthread.exchange.timescales import is_same, read_timescale
from goldenthread.plan.content import Words

WINDOW = 80  # paragraphs: no recommendation is looked for further away than this from the one before it
TOO_DEAR = 16.0
ORDER = ("actions", "leads", "timescales", "progress", "next")
SPELT = {
    "actions": "the actions",
    "leads": "the lead officers",
    "timescales": "the timescales",
    "progress": "progress",
    "next": "the next steps",
    "monitoring": "monitoring arrangements",
    "rating": "the rating",
    "criterion": "the audit criterion",
}
_RATING = re.compile(
    r"(?:blue|red|amber|green|yellow|grey|purple|b|r|a|g|r/a|a/g|complete[d]?|on track|off track|at risk|delayed|overdue|not started|"
    r"in progress|started|closed|open|done|achieved|embedded)(?: ?[/-] ?(?:red|amber|green|blue))?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Looks:
    number: int | None
    lead: float
    dated: str
    ahead: float
    back: float
    rating: bool
    code: bool
    length: int


@dataclass
class Paragraph:
    """One paragraph. number: its place among the source lines; gap: blank lines before it, over the usual number."""

    text: str
    number: int
    place: str
    gap: int

    def words(self) -> Words:
        """The text, with where it came from."""
        return Words(self.text, (self.number,))

    @cached_property
    def numbered(self) -> cues.Numbered | None:
        """The number that it begins with."""
        return cues.numbered(self.text)

    @cached_property
    def looks(self) -> _Looks:
        """What it looks like."""
        return _Looks(
            number=self.numbered.number if self.numbered and self.numbered.whole is None else None,
            lead=0.0 if is_same(self.text) else cues.like_a_lead(self.text),
            dated=read_timescale(self.text).kind,
            ahead=cues.looks_ahead(self.text),
            back=cues.looks_back(self.text),
            rating=_RATING.fullmatch(self.text.strip(" .")) is not None,
            code=re.fullmatch(r"[\w./&, -]{1,20}", self.text) is not None and re.search(r"\d", self.text) is not None,
            length=len(self.text.split()),
        )


@dataclass(slots=True)
class Parsed:
    """One recommendation as it was read. notes: where the cues disagreed, and how that was read."""

    number: int
    title: Paragraph
    cells: dict[str, list[Paragraph]]
    notes: list[str] = field(default_factory=list)


def _action(look: _Looks) -> float:
    if look.dated in ("day", "month", "start", "vague"):
        return 6
    return 7 * look.lead if look.lead > 0.7 else look.lead


def _lead(look: _Looks) -> float:
    if look.dated == "same":
        return 0.2
    if look.dated != "none":
        return 7
    return 5 * (1 - look.lead) + (1.5 if look.number else 0)


def _timescale(look: _Looks) -> float:
    return {"day": 0, "month": 0, "start": 0, "same": 0.2, "vague": 0.3, "open": 0.6}.get(look.dated, 7.0)


def _prose(look: _Looks) -> float:
    dated = {"day": 5.0, "month": 5.0, "start": 4.0, "vague": 1.5, "same": 0.8}.get(look.dated, 0.0)
    return dated + 1.5 * (look.lead if look.lead > 0.7 else 0)


def _progress(look: _Looks) -> float:
    ahead = look.ahead if look.ahead > 1.5 else 0.8 * look.ahead
    return _prose(look) + max(0.0, ahead - 0.4 * look.back)


def _next(look: _Looks) -> float:
    return _prose(look) + max(0.0, 0.8 - look.ahead) + (0.8 if look.back and look.ahead < 1 else 0)


PRICES: dict[str, Callable[[_Looks], float]] = {
    "actions": _action,
    "leads": _lead,
    "timescales": _timescale,
    "progress": _progress,
    "next": _next,
    "monitoring": lambda look: _prose(look) + 0.3,
    "rating": lambda look: 0.0 if look.rating else 7.0,
    "criterion": lambda look: 0.0 if look.code else 7.0,
}


def _count_price(kind: str, count: int, actions: int) -> float:
    if kind == "actions":
        return 0 if count else 4.0
    if kind == "leads":
        return 4 if not count else 0 if count == actions or not actions else 1 if actions == 1 else 2
    if kind == "timescales":
        return 2 if not count else 0 if count == actions else 0.5 if actions == 0 else 1.5 if count == 1 else 3
    if kind == "progress":
        return 2 if not count else 0 if count == actions or not actions else 0.6
    if kind == "next":
        return 0.1 * count
    return 0.4 if not count else 0.1 * (count - 1) + (2.0 * (count - 1) if kind in ("rating", "criterion") else 0)


def _action_numbers_price(lines: list[Paragraph]) -> float:
    numbers = [line.looks.number for line in lines]
    right = sum(number == at for at, number in enumerate(numbers, start=1))
    without = sum(number is None for number in numbers)
    wrong = len(numbers) - right - without
    return 3 * wrong - 0.7 * right + without * (2 if len(numbers) > without else 0.5 if len(numbers) > 1 else 0)


def _gap_price(gap: int, skipped: bool) -> float:
    """Two blank lines stand for an empty cell, though not reliably."""
    if gap and not skipped:
        return 1.5
    return 1.4 if skipped and not gap else 0.0


@dataclass(slots=True)
class _Step:
    price: float
    cuts: tuple[tuple[int, int], ...]


class _Reader:
    def __init__(
        self,
        paragraphs: list[Paragraph],
        order: list[str],
        gap_after: int | None,
        absent: frozenset[str],
        titles: list[int],
    ) -> None:
        self.paragraphs = paragraphs
        self.gap_after = gap_after
        self.order = order
        self.prices = {kind: [PRICES[kind](p.looks) for p in paragraphs] for kind in order}
        self.absent = absent  # kinds that no column heading names
        for kind, prices in self.prices.items():
            for at in titles:  # “1.2 …” where recommendations are numbered so: hardly anything else
                prices[at] += 4
            if "rating" in order and kind != "rating":
                for at, paragraph in enumerate(paragraphs):
                    prices[at] += 1.5 if paragraph.looks.rating else 0
        self.known: dict[tuple[int, int], _Step] = {}
        self.floors: dict[int, list[float]] = {}

    def gap_at(self, end: int) -> int | None:
        """Blank lines after a row: before the next title, or before the next standard."""
        return self.paragraphs[end].gap if end < len(self.paragraphs) else self.gap_after

    def at_least(self, start: int, end: int) -> float:
        """A price that no reading of a row can be below: each line in its cheapest cell, the cells in order."""
        if start not in self.floors:
            floors = [-math.inf, 0.0]
            cells = [0.0] * len(self.order)
            for place in range(start + 1, min(start + WINDOW, len(self.paragraphs))):
                reached = math.inf
                for at, kind in enumerate(self.order):
                    reached = min(reached, cells[at])
                    bonus = 0.7 if kind == "actions" and self.paragraphs[place].looks.number else 0.0
                    cells[at] = reached + self.prices[kind][place] - bonus
                floors.append(min(cells))
            self.floors[start] = floors
        return self.floors[start][end - start]

    def row(self, start: int, end: int, below: float = math.inf) -> _Step:
        """The cheapest reading of a row whose title is at `start` and that ends before `end`; an endless price where
        there is none below the price asked for."""
        if (start, end) not in self.known:
            look = self.paragraphs[start].looks
            title = (8 if look.dated not in ("none", "open") else 0) + (2 * look.lead) + (1 if look.length < 3 else 0)
            best = _Step(min(below - title, 1000.0), ())
            if end - start <= 2 * WINDOW:
                for count in range(min(end - start - 1, 25) + 1):
                    best = self._with_actions(start, end, count, best)
            if not best.cuts and below < math.inf:
                return _Step(math.inf, ())
            self.known[start, end] = _Step(best.price + title, best.cuts)
        return self.known[start, end]

    def _with_actions(self, start: int, end: int, actions: int, best: _Step) -> _Step:
        """The cheapest reading with so many actions, or the best so far where that is cheaper."""
        states: dict[tuple[int, bool], _Step] = {(start + 1, False): _Step(0.0, ())}
        placed = False
        for kind in self.order:
            placed = placed or kind == "actions"
            limit = best.price if placed else math.inf  # only actions can make a reading cheaper again
            after: dict[tuple[int, bool], _Step] = {}
            for (at, skipped), step in states.items():
                if step.price > limit:
                    continue
                if kind != "actions" or not actions:
                    gone = kind in self.absent
                    empty = step.price + (0 if gone else _count_price(kind, 0, actions))
                    _keep(after, (at, skipped if gone else True), empty, step, (at, at))
                if at == end:
                    continue
                if kind == "actions":
                    self._fill_actions(after, at, end, step, skipped, actions)
                else:
                    self._fill(after, kind, at, end, step, skipped, actions, limit)
            states = after
        gap = self.gap_at(end)
        for (at, skipped), step in states.items():
            price = step.price + (_gap_price(gap, skipped) if gap is not None else 0)
            if at == end and price < best.price:
                best = _Step(price, step.cuts)
        return best

    def _fill_actions(
        self, after: dict[tuple[int, bool], _Step], at: int, end: int, step: _Step, skipped: bool, actions: int
    ) -> None:
        if not actions or at + actions > end:
            return
        lines = self.paragraphs[at : at + actions]
        price = step.price + _gap_price(lines[0].gap, skipped) + _action_numbers_price(lines)
        price += sum(self.prices["actions"][at : at + actions]) + 1.5 * sum(line.gap > 0 for line in lines[1:])
        _keep(after, (at + actions, False), price, step, (at, at + actions))

    def _fill(
        self,
        after: dict[tuple[int, bool], _Step],
        kind: str,
        at: int,
        end: int,
        step: _Step,
        skipped: bool,
        actions: int,
        limit: float,
    ) -> None:
        lines, prices = self.paragraphs, self.prices[kind]
        total = step.price + _gap_price(lines[at].gap, skipped) + (2 if kind in self.absent else 0)
        limit = min(limit, total + TOO_DEAR)
        before = 0
        for place in range(at, end):
            line = lines[place]
            total += prices[place] + (1.5 if place > at and line.gap else 0)
            number = line.looks.number
            if number is not None:
                total += 0.6 if number == 1 else 3 if number != before + 1 else 0
            before = number or 0
            if total > limit:
                return
            price = total + _count_price(kind, place + 1 - at, actions)
            _keep(after, (place + 1, False), price, step, (at, place + 1))


def _keep(
    states: dict[tuple[int, bool], _Step], key: tuple[int, bool], price: float, before: _Step, cut: tuple[int, int]
) -> None:
    held = states.get(key)
    if held is None or price < held.price:
        states[key] = _Step(price, (*before.cuts, cut))


def parse_rows(
    paragraphs: list[Paragraph], standard: int, headings: list[str], gap_after: int | None = None
) -> list[Parsed]:
    """Read one standard's paragraphs, which begin with the title of its first recommendation. headings: the kinds of its
    columns, in order, as far as they are known. gap_after: blank lines after them; None where the file ends."""
    titles = _titles(paragraphs, standard)
    first = paragraphs[0].numbered
    sure = [at for at, _ in titles] if first and first.whole is not None else []
    named = set(headings)
    # a plan's headings may leave one out (the timescales' often), but not what remains to be done and more
    absent = frozenset({"next"} - named) if len(named) >= 4 else frozenset[str]()
    reader = _Reader(paragraphs, _order(headings), gap_after, absent, sure)
    end = len(paragraphs)
    best: dict[tuple[int, int], tuple[float, tuple[int, int] | None]] = {}
    for at, number in titles:
        if at == 0:
            best[at, number] = (0.0, None)
        # the nearest first: it is most often right, and then spares a look at the longer rows
        for before, last in sorted(best, reverse=True):
            if at > before + WINDOW:
                break
            if before < at and last < number <= last + 4:
                price = best[before, last][0] + (0.0 if number == last + 1 else 3.0 + number - last)
                held = best[at, number][0] if (at, number) in best else math.inf
                if price + reader.at_least(before, at) < held:
                    total = price + reader.row(before, at, held - price).price
                    if total < held:
                        best[at, number] = (total, (before, last))
    ends = [
        (price + reader.row(at, end).price, (at, number))
        for (at, number), (price, _) in best.items()
        if end - at <= WINDOW
    ] or [(price + 1000 - at, (at, number)) for (at, number), (price, _) in best.items()]
    key: tuple[int, int] | None = min(ends)[1]
    path: list[tuple[int, int]] = []
    while key is not None:
        path.append(key)
        key = best[key][1]
    path.reverse()
    stops = [at for at, _ in path[1:]] + [end]
    return [_parsed(reader, at, stop, number, standard) for (at, number), stop in zip(path, stops, strict=True)]


def _order(headings: list[str]) -> list[str]:
    order = [kind for kind in dict.fromkeys(headings) if kind in PRICES]
    for place, kind in enumerate(ORDER):
        if kind not in order:
            order.insert(order.index(ORDER[place - 1]) + 1 if place else 0, kind)
    return order


def _titles(paragraphs: list[Paragraph], standard: int) -> list[tuple[int, int]]:
    """Where a title may stand: whatever is numbered; only “1.2” where the first recommendation is “1.1”."""
    first = paragraphs[0].numbered
    whole = first.whole if first else None
    return [
        (at, found.number)
        for at, paragraph in enumerate(paragraphs)
        if (found := paragraph.numbered) and found.whole == whole and (whole is None or whole == standard)
    ]


def _parsed(reader: _Reader, at: int, stop: int, number: int, standard: int) -> Parsed:
    lines = reader.paragraphs
    step = reader.row(at, stop)
    cells = {kind: lines[cut[0] : cut[1]] for kind, cut in zip(reader.order, step.cuts, strict=False)}
    if not step.cuts:  # nothing fits: keep the lines where a person will see them
        cells = {"progress": lines[at + 1 : stop]}
    parsed = Parsed(number, lines[at], cells)
    name = f"{standard}.{number}"
    if not step.cuts and stop > at + 1:
        parsed.notes.append(f"{lines[at].place}: the lines of {name} cannot be told apart; all are kept as progress.")
    placed = [(kind, line) for kind in reader.order for line in cells.get(kind, [])]
    if placed and reader.gap_at(stop) and placed[-1][0] == reader.order[-1]:
        kind, line = placed[-1]
        parsed.notes.append(
            f"{line.place}: the blank lines after “{_short(line.text)}” say that {name} has nothing under {SPELT[kind]}, but "
            f"its words and the number of lines say that it is one: read as {SPELT[kind]}."
        )
    for (kind, line), (following, after) in itertools.pairwise(placed):
        if after.gap and kind == following:
            parsed.notes.append(
                f"{after.place}: there is an empty cell before “{_short(after.text)}” by the blank lines; read as {SPELT[kind]} of {name}, like {line.place}."
            )
        elif after.gap and reader.order.index(following) == reader.order.index(kind) + 1:
            parsed.notes.append(
                f"{after.place}: the blank lines before “{_short(after.text)}” say that a cell is empty; read as {SPELT[following]} of {name}."
            )
    return parsed


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59].rstrip() + "…"
