"""Actions paired with leads and timescales where the row pairs them, and what the content itself leaves open.

Nothing here knows which file the plan came from: the same content gives the same pairs and the same questions.
"""

import itertools
from dataclasses import dataclass, field
from datetime import date

from goldenthread.exchange.cues import numbered
from goldenthread.exchange.timescales import in_words, is_same, read_timescale
from goldenthread.plan.content import ActionContent, PlanContent, RecommendationContent, Timescale, Words
from goldenthread.plan.leads import is_group


@dataclass(slots=True)
class Row:
    """Lines that stand side by side: the actions, leads and timescales of one recommendation, or of one row of it."""

    actions: list[Words] = field(default_factory=list)
    leads: list[Words] = field(default_factory=list)
    timescales: list[Words] = field(default_factory=list)


def pair(rec: RecommendationContent, rows: list[Row]) -> None:
    """Give each action its leads and timescale: in order where there are as many, all where there is one action. What
    cannot be paired stays on the recommendation."""
    for row in rows:
        actions = [
            ActionContent(_without_number(words, n)) for n, words in enumerate(row.actions, len(rec.actions) + 1)
        ]
        rec.actions += actions
        if len(actions) == 1:
            actions[0].leads = row.leads
        elif len(actions) == len(row.leads):
            for action, lead in zip(actions, row.leads, strict=True):
                action.leads = [lead]
        else:
            rec.leads += row.leads
        timescales = [Timescale(words) for words in row.timescales]
        if len(actions) == len(timescales):
            for action, timescale in zip(actions, timescales, strict=True):
                action.timescale = timescale
        else:
            rec.timescales += timescales


def _without_number(words: Words, place: int) -> Words:
    number = numbered(words.text)
    if number and number.number == place and number.whole is None and not words.text[:1].isalpha():
        return Words(number.rest, words.lines)
    return words


def settle(content: PlanContent) -> None:
    """Work out due dates, resolve “As above”, and say on each recommendation what is left for a person to decide."""
    for standard in content.standards:
        before: RecommendationContent | None = None
        for rec in standard.recommendations:
            rec.to_settle = [*_unpaired(rec), *_resolve(rec, before)]
            before = rec


def _unpaired(rec: RecommendationContent) -> list[str]:
    actions = len(rec.actions)
    said = [] if actions else ["No action is written: write what is to be done."]
    if rec.leads:
        told = f"{_count(len(rec.leads), 'lead line')} for {_count(actions, 'action')}: say who leads each action."
        said.append(told + _merge_hint(rec))
    elif any(not action.leads for action in rec.actions):
        said.append("An action has no lead officer: name one.")
    if rec.timescales:
        said.append(
            f"{_count(len(rec.timescales), 'timescale')} for {_count(actions, 'action')}: say when each action is due."
        )
    return said


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def _merge_hint(rec: RecommendationContent) -> str:
    """Where one line too many may be a name that ran over two lines, say which."""
    lines = [words.text for words in rec.leads]
    if len(lines) < 2 or len(lines) != len(rec.actions) + 1:
        return ""
    for at, (first, second) in enumerate(itertools.pairwise(lines)):
        joined = f"{first.rstrip(' ,')}, {second}"
        if joined in lines or (is_group(second) and "," in first and at == len(lines) - 2):
            which = "The last two lines" if at == len(lines) - 2 else f"Lines {at + 1} and {at + 2}"
            return f" {which} may be one lead: “{joined}”."
    return ""


def _resolve(rec: RecommendationContent, before: RecommendationContent | None) -> list[str]:
    said: list[str] = []
    previous = before.actions if before else []
    actions = [text for action in previous for text in action.stands_for or [action.text.text]]
    leads = [text for action in previous for text in action.leads_stand_for or [lead.text for lead in action.leads]]
    leads += [words.text for words in before.leads] if before else []
    times = _times(before) if before else []
    for place, action in enumerate(rec.actions, start=1):
        where = f"Action {place}: " if len(rec.actions) > 1 else ""
        if is_same(action.text.text):
            action.stands_for = list(actions)
            said += [] if actions else [f"{where}“{action.text.text}” has no action above it to stand for."]
        else:
            actions = [action.text.text]
        if any(is_same(lead.text) for lead in action.leads):
            stands = leads if is_same(action.leads[0].text) else [action.leads[0].text]
            action.leads_stand_for = [text for text in dict.fromkeys(stands) if not is_same(text)]
            said += [] if stands else [f"{where}“{action.leads[0].text}” has no lead above it to stand for."]
        elif action.leads:
            leads = [lead.text for lead in action.leads]
        if action.timescale:
            said += [where + remark for remark in _date(action.timescale, times)]
            times = [action.timescale]
    for timescale in rec.timescales:
        said += _date(timescale, times)
        times = [timescale]
    return list(dict.fromkeys(said))


def _times(rec: RecommendationContent) -> list[Timescale]:
    return [action.timescale for action in rec.actions if action.timescale] + rec.timescales


def _date(timescale: Timescale, above: list[Timescale]) -> list[str]:
    words = timescale.words.text
    reading = read_timescale(words)
    timescale.due, timescale.starts = reading.due, reading.starts
    if reading.kind != "same":
        return [reading.remark] if reading.remark else []
    days: set[date] = {other.due for other in above if other.due}
    if not days:
        return [f"“{words}” has no date above it to stand for: give a due date."]
    timescale.due = max(days)
    if len(days) == 1:
        timescale.starts = above[-1].starts
        return []
    spread = ", ".join(in_words(day) for day in sorted(days))
    return [f"“{words}” stands for several dates ({spread}): the latest is taken as due."]
