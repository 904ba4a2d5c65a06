"""The rows of one recommendation in the progress report. Nothing that the plan holds of it is left out."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import Enum
from typing import TypeVar

from goldenthread.core.clock import day_of, end_of
from goldenthread.core.statistics import FEWEST_USEFUL, RunChart, Span
from goldenthread.core.templatetags.words import day, month
from goldenthread.obligations.requirement import installed
from goldenthread.plan import evidence as plan_evidence
from goldenthread.plan.models import Action, ActionEvent, Lead, Recommendation
from goldenthread.plan.remark import Remark
from goldenthread.plan.status import Status
from goldenthread.reports.claims import notes_on
from goldenthread.reports.small_numbers import count_in_words, share_in_words
from goldenthread.reports.tree import Cell, Content, Evidence, Note

_NUMBERED = re.compile(r"\(?\d+[.)\s]")
Row = tuple[Cell, ...]
R = TypeVar("R", bound=Remark)
NO_EVIDENCE = "No evidence is collected yet."


class Standing(Enum):
    """How an action stands, by what is recorded of it."""

    NOT_YET = "not asked for yet"
    DONE = "done"
    PASSED = "its date has passed"
    GOING_ON = "going on"


def standing(action: Action, as_at: date, known_at: datetime | None) -> Standing:
    """How an action stood at the end of a day. Reads `events`."""
    # What the plan says holds from the plan's own day on, also when that is after the day asked for; what a person
    # added later does not.
    if action.since_on > as_at and action.since_on > action.recommendation.standard.plan.as_at:
        return Standing.NOT_YET
    if action.completion(as_at, known_at):
        return Standing.DONE
    due = action.due_at(as_at, known_at)
    return Standing.PASSED if due is not None and due < as_at else Standing.GOING_ON


def due_words(action: Action, as_at: date, known_at: datetime | None) -> str | None:
    """The date in force and the first one, where they differ. Reads `events`."""
    due, first = action.due_at(as_at, known_at), action.first_due
    if due == first:
        return None
    changes = [e for e in action.events_until(as_at, known_at) if e.kind == ActionEvent.Kind.DUE_CHANGED]
    reason = f": {changes[-1].reason}" if changes and changes[-1].reason else ""
    now_due = f"Now {day(due)}" if due else "Now without a date"
    return f"{now_due}; at first {day(first) if first else 'without a date'}{reason}"


def rows_of(
    rec: Recommendation,
    as_at: date,
    known_at: datetime | None,
    evidence: Sequence[plan_evidence.Evidence],
    status: Status,
) -> tuple[Row, ...]:
    """All rows of a recommendation: its actions, what is not paired with any, and under them the evidence."""
    instant = end_of(as_at)
    asked = [action for action in rec.actions.all() if standing(action, as_at, known_at) is not Standing.NOT_YET]
    lines: list[tuple[Cell, Cell, Cell]] = [
        _action(
            f"{number}. " if len(asked) > 1 and not _NUMBERED.match(action.text) else "",
            action,
            as_at,
            known_at,
            instant,
        )
        for number, action in enumerate(asked, start=1)
    ]
    if loose := _unpaired(rec, instant, alone=not lines):
        lines.append(loose)
    lines = lines or [(Cell(("No action is stated.",)), Cell(), Cell())]
    progress, steps = latest(rec.progress.all(), as_at, known_at), latest(rec.next_steps.all(), as_at, known_at)
    notes = [Note(text) for text in notes_on([remark.text for remark in progress], evidence)]
    under = Cell(tuple(_under(rec, known_at, evidence)), columns=6)
    head = Cell(_head(rec, status), header=True, rows=len(lines))
    said = Cell((*_remarks(progress, as_at, "No progress is reported."), *notes), rows=len(lines))
    next_ = Cell(_remarks(steps, as_at, "None is stated."), rows=len(lines))
    first, *others = lines
    return ((head, *first, said, next_), *others, (under,))


def latest(remarks: Iterable[R], as_at: date, known_at: datetime | None) -> list[R]:
    """What was said as at the latest reporting date that is not after a day; what the plan itself said always counts."""
    said = [
        remark
        for remark in remarks
        if remark.reporting_date <= as_at and (known_at is None or bool(remark.lines) or remark.recorded_at <= known_at)
    ]
    last = max((remark.reporting_date for remark in said), default=None)
    return sorted((remark for remark in said if remark.reporting_date == last), key=lambda r: (r.order, r.pk))


def _head(rec: Recommendation, status: Status) -> tuple[Content, ...]:
    title = rec.title if rec.title.startswith(f"{rec.number} ") else f"{rec.number} {rec.title}"
    parts: list[Content] = [title, Note(f"{status.title}: {status.words}.")]
    if rec.criterion:
        parts.append(Note(f"Audit criterion: {rec.criterion}"))
    parts += [Note(f"Monitoring: {text}") for text in rec.monitoring_texts]
    parts += [Note(f"Rating in the plan: {text}") for text in rec.rating_texts]
    return tuple(parts)


def _texts(own: str, stands_for: Sequence[str]) -> list[Content]:
    """Words as written; with what they stand for where they only point to it (“As above”)."""
    if not stands_for:
        return [own]
    return [own, Note("That is: " + "; ".join(stands_for))]


def _action(
    number: str, action: Action, as_at: date, known_at: datetime | None, instant: datetime
) -> tuple[Cell, Cell, Cell]:
    what = _texts(number + action.text, action.stands_for)
    if done := action.completion(as_at, known_at):
        what.append(Note(f"Done on {day(done.occurred_at)}." + (f" {done.evidence}" if done.evidence else "")))
    elif standing(action, as_at, known_at) is Standing.PASSED:
        what.append(Note("Its date has passed; not recorded as done."))
    leads = _leads(action.leads.all(), instant)
    if leads and action.leads_stand_for:
        leads.append(Note("That is: " + "; ".join(action.leads_stand_for)))
    when: list[Content] = [action.timescale] if action.timescale else []
    if changed := due_words(action, as_at, known_at):
        when.append(Note(changed))
    elif action.due and not action.timescale:
        when.append(day(action.due))
    return Cell(tuple(what)), Cell(tuple(leads)), Cell(tuple(when))


def _leads(leads: Iterable[Lead], instant: datetime) -> list[Content]:
    """Who leads on a day. Before the plan's own day, those that it names."""
    ordered = sorted(leads, key=lambda lead: (lead.from_at, lead.order, lead.pk))
    now = [lead for lead in ordered if lead.in_force(instant)]
    if not now and ordered:
        now = [lead for lead in ordered if lead.from_at == ordered[0].from_at]
    return [lead.words for lead in now]


def _unpaired(rec: Recommendation, instant: datetime, *, alone: bool) -> tuple[Cell, Cell, Cell] | None:
    """Leads and timescales that the plan gives for the recommendation as a whole, or that nobody has paired yet."""
    leads = _leads((lead for lead in rec.leads.all() if lead.action_id is None), instant)
    times = [timescale.words for timescale in rec.timescales.all() if timescale.action_id is None]
    if not leads and not times:
        return None
    why = "No action is stated." if alone else "For the recommendation as a whole, or not paired with an action."
    return Cell((Note(why),)), Cell(tuple(leads)), Cell(tuple(times))


def _remarks(remarks: Sequence[Remark], as_at: date, none: str) -> tuple[Content, ...]:
    if not remarks:
        return (Note(none),)
    texts: list[Content] = [remark.text for remark in remarks]
    if remarks[0].reporting_date != as_at:
        texts.insert(0, Note(f"Reported as at {day(remarks[0].reporting_date)}:"))
    return tuple(texts)


def _under(
    rec: Recommendation, known_at: datetime | None, evidence: Sequence[plan_evidence.Evidence]
) -> list[Evidence | Note]:
    lines: list[Evidence | Note] = [evidence_line(each) for each in evidence]
    if not lines:
        lines.append(Note(NO_EVIDENCE))
    open_items = [
        item.message
        for item in rec.to_settle.all()
        if item.settled_at is None or (known_at is not None and item.settled_at > known_at)
    ]
    return lines + [Note(f"Still to be settled: {message}") for message in open_items]


def evidence_line(evidence: plan_evidence.Evidence) -> Evidence:
    """The evidence of one requirement in words, with small numbers kept back."""
    known = day_of(evidence.known_at)
    later = f", on what was recorded by {day(known)}" if known != evidence.as_at else ""
    share = share_in_words(evidence.met, evidence.judged)
    words = share.words
    if evidence.counts.due:
        words += f"; {count_in_words(evidence.counts.due)} not yet due"
    if evidence.counts.excused:
        words += f"; {count_in_words(evidence.counts.excused)} excused"
    return Evidence(
        title=f"{evidence.title}:",
        words=words,
        source=source_of(evidence),
        as_at=day(evidence.as_at) + later,
        interval=share.interval_in_words,
        trend=trend_in_words(evidence.months_over, evidence.chart) if share.interval else None,
    )


def source_of(evidence: plan_evidence.Evidence) -> str:
    """Where the figures come from. Not the evidence's own words: those give a total, which can give a small number away."""
    what = installed()[evidence.requirement].subject._meta.verbose_name
    return f"Golden Thread's records of every {what} that owes it"


def trend_in_words(months: Sequence[tuple[date, int, int]], found: RunChart) -> str:
    """What the run-chart rules find in figures by month: “A shift above the median since March 2026”."""
    judged = [place for place, (_, _, m) in enumerate(months) if m]
    last = max(judged, default=0)

    def when(span: Span) -> str:
        first = month(months[span.first][0])
        return f"since {first}" if span.last == last else f"from {first} to {month(months[span.last][0])}"

    said = [f"a shift {'above' if s.upwards else 'below'} the median {when(s)}" for s in found.shifts]
    said += [f"a {'rising' if s.upwards else 'falling'} trend {when(s)}" for s in found.trends]
    if found.too_few_runs:
        said.append("fewer runs than chance gives")
    if found.too_many_runs:
        said.append("more runs than chance gives")
    if said:
        words = "; ".join(said)
        return words[0].upper() + words[1:]
    if len(judged) < FEWEST_USEFUL:
        return "Too few months to say whether it changes"
    return "No signal of change"
