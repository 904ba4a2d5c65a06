"""Corrections to a plan that was just read: each source line is put in the field that a person says it belongs in.

A line is never dropped, copied or rewritten here: it moves, or it is joined with the line before. So whatever a person
chooses, every line that was in exactly one field still is.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from goldenthread.core.errors import BadInput
from goldenthread.exchange.pairing import settle
from goldenthread.plan.content import ActionContent, PlanContent, RecommendationContent, Timescale, Words

TITLE, ACTION, LEAD, TIMESCALE = "title", "action", "lead", "timescale"
LISTS = {
    "progress": "Progress",
    "next": "Next step",
    "monitoring": "Monitoring arrangements",
    "rating": "Rating",
}
_NUMBER = re.compile(r"\s*\d{1,3}(?:\.\d{1,3})?\s*[.):]?\s+(?=\S)")
_UNFINISHED = re.compile(r"(?:\b(?:and|with|of|via|for|the)|[&/–-])\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """One source line of a recommendation, where it stands. key: how the form names it. field: “progress”, “lead-2” (of
    the second action), “lead” (of no action in particular)… joined: whether it runs on from the line before."""

    key: str
    text: str
    place: str
    field: str
    joined: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """Where a person wants a line: the field, or another recommendation (“to-1.2”), and whether it runs on."""

    field: str
    joined: bool = False


@dataclass(slots=True)
class _Group:
    """Lines that make one piece of text."""

    field: str
    pieces: list[Piece]


def _held(rec: RecommendationContent) -> Iterator[tuple[str, Words]]:
    yield TITLE, rec.title
    if rec.criterion:
        yield "criterion", rec.criterion
    for place, action in enumerate(rec.actions, start=1):
        yield ACTION, action.text
        for lead in action.leads:
            yield f"{LEAD}-{place}", lead
        if action.timescale:
            yield f"{TIMESCALE}-{place}", action.timescale.words
    for lead in rec.leads:
        yield LEAD, lead
    for timescale in rec.timescales:
        yield TIMESCALE, timescale.words
    for field, many in _lists(rec).items():
        for words in many:
            yield field, words


def _lists(rec: RecommendationContent) -> dict[str, list[Words]]:
    return {"progress": rec.progress, "next": rec.next_steps, "monitoring": rec.monitoring, "rating": rec.rating}


def pieces(content: PlanContent, rec: RecommendationContent) -> list[Piece]:
    """The lines of a recommendation in reading order."""
    source = {line.number: line for line in content.source}
    found: list[tuple[int, Piece]] = []
    for field, words in _held(rec):
        for nth, number in enumerate(words.lines):
            line = source[number]
            found.append((number, Piece(str(number), line.text, line.place, field, joined=nth > 0)))
    return [piece for _, piece in sorted(found, key=lambda pair: pair[0])]


def fields(content: PlanContent, rec: RecommendationContent) -> list[tuple[str, str]]:
    """Every field that a line of this recommendation may go to, with its name for a person."""
    several = len(rec.actions) > 1
    chosen = [(TITLE, "The recommendation itself"), (ACTION, "Action")]
    for kind, name in ((LEAD, "Lead"), (TIMESCALE, "Timescale")):
        chosen += [
            (f"{kind}-{n}", f"{name} of action {n}" if several else name) for n in range(1, len(rec.actions) + 1)
        ]
        chosen.append((kind, f"{name}, of which action is not known"))
    chosen += LISTS.items()
    chosen.append(("criterion", "Audit criterion number"))
    numbers = [other.number for other in content.recommendations()]
    at = numbers.index(rec.number)
    chosen += [
        (f"to-{number}", f"Move it to recommendation {number}")
        for number in numbers[max(0, at - 1) : at + 2]
        if number != rec.number
    ]
    return chosen


def find(content: PlanContent, number: str) -> RecommendationContent | None:
    """The recommendation of a number."""
    return next((rec for rec in content.recommendations() if rec.number == number), None)


def correct(content: PlanContent, number: str, choices: Mapping[str, Choice]) -> None:
    """Put each line of a recommendation where a person says; lines without a choice stay. What is left to settle is
    worked out anew.

    Raises BadInput where the recommendation would be without its own words, a line would run on from nothing, or no
    recommendation or field has that name. Then nothing has changed.
    """
    rec = find(content, number)
    if rec is None:
        raise BadInput(f"There is no recommendation {number} in this plan.")
    known = dict(fields(content, rec))
    groups: list[_Group] = []
    leaving: dict[str, list[_Group]] = {}
    for piece in pieces(content, rec):
        choice = choices.get(piece.key) or Choice(piece.field, piece.joined)
        if choice.field not in known:
            raise BadInput(f"{piece.place}: there is no field “{choice.field}”.")
        if choice.field.startswith("to-"):
            kept = "action" if piece.field == TITLE else piece.field.split("-")[0]
            leaving.setdefault(choice.field[3:], []).append(_Group(kept, [piece]))
        elif choice.joined:
            _join(groups, piece, choice.field)
        else:
            groups.append(_Group(choice.field, [piece]))
    titles = [group for group in groups if group.field == TITLE]
    if len(titles) != 1:
        raise BadInput(
            "Choose the line that is the recommendation itself."
            if not titles
            else f"“{titles[1].pieces[0].text}”: a recommendation has one text. Say that this line runs on from the one before, or put it in another field."
        )
    criteria = [group for group in groups if group.field == "criterion"]
    if len(criteria) > 1:
        raise BadInput(
            f"“{criteria[1].pieces[0].text}”: a recommendation has one audit criterion number. Put this line in another field."
        )
    _fill(rec, groups)
    for other, moved in leaving.items():
        if (target := find(content, other)) is not None:
            _append(target, moved)
    settle(content)


def _join(groups: list[_Group], piece: Piece, field: str) -> None:
    """Add a line to the latest text of the same field."""
    for group in reversed(groups):
        if group.field == field:
            group.pieces.append(piece)
            return
    raise BadInput(f"{piece.place}: “{piece.text}” cannot run on: no line before it is in the same field.")


def _words(group: _Group, standing: Mapping[tuple[int, ...], str]) -> Words:
    """The text of a group: as it was read where the same lines made it before, else the lines put together."""
    lines = tuple(int(piece.key) for piece in group.pieces)
    if lines in standing:
        return Words(standing[lines], lines)
    texts = [piece.text for piece in group.pieces]
    if group.field in (TITLE, ACTION):
        texts[0] = _NUMBER.sub("", texts[0], count=1)
    joined = texts[0]
    for text in texts[1:]:
        comma = group.field.startswith(LEAD) and not _UNFINISHED.search(joined)
        joined = f"{joined.rstrip(' ,')}, {text}" if comma else f"{joined} {text}"
    return Words(joined, lines)


def _fill(rec: RecommendationContent, groups: list[_Group]) -> None:
    standing = {words.lines: words.text for field, words in _held(rec)}
    lineless = {field: [words for name, words in _held(rec) if name == field and not words.lines] for field in LISTS}
    old_first = [action.text.lines[0] if action.text.lines else None for action in rec.actions]
    unwritten = {n: action for n, action in enumerate(rec.actions, start=1) if not action.text.lines}
    actions: list[ActionContent] = []
    renumbered: dict[int, ActionContent] = {}
    for group in groups:
        if group.field == ACTION:
            action = ActionContent(_words(group, standing))
            actions.append(action)
            first = action.text.lines[0]
            if first in old_first:
                renumbered[old_first.index(first) + 1] = action
    for n, action in unwritten.items():
        renumbered[n] = replace(action, leads=[], timescale=None)
        actions.append(renumbered[n])
    rec.actions, rec.leads, rec.timescales, rec.criterion = actions, [], [], None
    for field, many in _lists(rec).items():
        many[:] = lineless[field]
    for group in groups:
        _place(rec, group, _words(group, standing), renumbered)


def _place(rec: RecommendationContent, group: _Group, words: Words, actions: Mapping[int, ActionContent]) -> None:
    kind, _, nth = group.field.partition("-")
    action = actions.get(int(nth)) if nth else None
    if kind == TITLE:
        rec.title = words
    elif kind == "criterion":
        rec.criterion = words
    elif kind == LEAD:
        (action.leads if action else rec.leads).append(words)
    elif kind == TIMESCALE:
        if action and action.timescale is None:
            action.timescale = Timescale(words)
        else:
            rec.timescales.append(Timescale(words))
    elif kind in LISTS:
        _lists(rec)[kind].append(words)


def _append(rec: RecommendationContent, moved: list[_Group]) -> None:
    for group in moved:
        words = _words(group, {})
        if group.field == ACTION:
            rec.actions.append(ActionContent(words))
        elif group.field == "criterion" and rec.criterion:
            rec.progress.append(words)
        else:
            _place(rec, group, words, {})
