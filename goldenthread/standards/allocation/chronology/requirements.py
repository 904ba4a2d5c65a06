"""What good practice demands of a chronology (3.1): that it is up to date means that events are in it, that a worker has
gone through it, and that a manager has read it.

All but the first are owed on the case file, from its opening until it is closed: what was missed by then stays missed, and
what was not yet due is not owed any more. Opened again, it owes the next review from then on, and nothing for the time in
which it was closed (`cases.times_open`).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from goldenthread.cases.facts import Standing, standing
from goldenthread.cases.models import CaseFile
from goldenthread.cases.times_open import times_open
from goldenthread.core.clock import Moment, at_minute, day_of, start_of
from goldenthread.core.timescales import timescale
from goldenthread.obligations.requirement import Holder, Owed, Requirement
from goldenthread.standards.allocation.chronology.models import ChronologyReview, SignificantEvent
from goldenthread.standards.assessment.protection.rounds import START, rounds

_AFTER_EVENT, _SEEN = "chronology-after-event", "chronology-seen"


def _reviews(case_file: CaseFile) -> list[Standing[ChronologyReview]]:
    rows: list[ChronologyReview] = list(case_file.chronology_reviews.all())
    return standing(rows)


def _rounds(case_file: CaseFile) -> Iterator[tuple[bool, Owed]]:
    """Each review that is owed, and whether it is the one with which the chronology is begun: that is owed once."""
    reviews, begun = _reviews(case_file), False
    for time in times_open(case_file):
        first = "chronology-review" if begun else "chronology-begun"
        for owed in rounds(time.since, reviews, first=first, then="chronology-review", ended=time.until):
            key = owed.key if time.again is None else f"again-{time.again}-{owed.key}"
            yield owed.key == START and not begun, replace(owed, key=key)
        begun = begun or any(
            s.moment.occurred_at > time.since.occurred_at and (time.until is None or s.moment.occurred_at <= time.until)
            for s in reviews
        )


def _begun(case_file: CaseFile) -> Iterator[Owed]:
    return (owed for begins, owed in _rounds(case_file) if begins)


def _reviewed(case_file: CaseFile) -> Iterator[Owed]:
    return (owed for begins, owed in _rounds(case_file) if not begins)


def _closed_before(case_file: CaseFile, since: Moment, rule: str) -> datetime | None:
    """When the file was closed, where that was before something that began then was due."""
    times = [time for time in times_open(case_file) if time.since.occurred_at <= since.occurred_at]
    closed = times[-1].until if times else case_file.closed_at
    by_rule = timescale(rule, day_of(since.occurred_at))
    return closed if closed is None or by_rule is None or by_rule.due(since.occurred_at) > closed else None


def _passed(case_file: CaseFile, since: Moment, done: Moment | None, rule: str) -> bool:
    """Whether the file was closed before it was due, and it was not done by then. What is done of it after the file was opened
    again was not late."""
    closed = _closed_before(case_file, since, rule)
    return closed is not None and (done is None or done.occurred_at > closed)


def _put_in(case_file: CaseFile) -> list[tuple[Moment, str]]:
    """What was put into the chronology, or marked, as it stands: when that became known, and which it is."""
    found = [
        (s.first.recorded_at, f"{name}-{s.first.pk}")
        for name, rows in (
            ("event", case_file.significant_events.all()),
            ("mark", case_file.event_marks.all()),
        )
        for s in standing(rows)
    ]
    return [(Moment(at, at), key) for at, key in sorted(found)]


def _after_event(case_file: CaseFile) -> Iterator[Owed]:
    """One duty from the first event that nobody has looked at, until somebody has: more events meanwhile make it no longer."""
    reviews = [s.moment for s in _reviews(case_file)]
    covered: Moment | None = None
    for since, key in _put_in(case_file):
        if covered is not None and at_minute(since.occurred_at) <= covered.occurred_at:
            continue
        done = next((one for one in reviews if one.occurred_at >= at_minute(since.occurred_at)), None)
        if _passed(case_file, since, done, _AFTER_EVENT):
            continue
        yield Owed(since, done, key=key)
        if done is None:
            return
        covered = done


def _seen(case_file: CaseFile) -> Iterator[Owed]:
    for s in _reviews(case_file):
        read = standing(s.first.seen.all())
        done = read[0].moment if read else None
        if _passed(case_file, s.moment, done, _SEEN):
            continue
        review = s.fact
        holder = Holder(review.team_id, review.to_id) if review.to_id else None
        if done is None and review.team_id != case_file.team_id:
            holder = Holder(case_file.team_id, None)  # the file has gone to another team, whose manager is to read it
        yield Owed(s.moment, done, key=f"review-{s.first.pk}", holder=holder)


def _in_time(event: SignificantEvent) -> Owed | None:
    if event.root_id is not None or (stands := event.stands) is None:
        return None  # a later row, or one that was taken back
    learnt = max(start_of(stands.fact.learnt_on), event.case_file.opened_at)
    at = event.recorded_at  # of the first row: a correction makes no event look late
    return Owed(Moment(min(learnt, at), at), Moment(at, at))


def _of_file(case_file: CaseFile) -> CaseFile:
    return case_file


EVENT_IN = Requirement(
    key="allocation.chronology-event",
    serves="3.1",
    title="A significant event is in the chronology within five working days of the day on which we learnt of it",
    why="What is put together from memory before a conference leaves out what was forgotten. What was never put in cannot be counted here.",
    timescale="chronology-event",
    subject=SignificantEvent,
    owed=_in_time,
    with_related=("case_file__holdings", "later"),
)
BEGUN = Requirement(
    key="allocation.chronology-begun",
    serves="3.1",
    title="The chronology of a case file is gone through for the first time within ten working days of its opening",
    why="What happened before is read first, or it is found out last.",
    timescale="chronology-begun",
    subject=CaseFile,
    owed=_begun,
    with_related=("holdings", "chronology_reviews"),
    case_file=_of_file,
)
REVIEWED = Requirement(
    key="allocation.chronology-reviewed",
    serves="3.1",
    title="The chronology of an open case is gone through at least every three months",
    why="Each event alone was explained; in order, they could not have been.",
    timescale="chronology-review",
    subject=CaseFile,
    owed=_reviewed,
    with_related=("holdings", "chronology_reviews"),
    case_file=_of_file,
)
AFTER_EVENT = Requirement(
    key="allocation.chronology-after-event",
    serves="3.1",
    title="After a significant event the chronology is gone through within five working days",
    why="What has just happened changes what everything before it means.",
    timescale=_AFTER_EVENT,
    subject=CaseFile,
    owed=_after_event,
    with_related=("holdings", "chronology_reviews", "significant_events", "event_marks"),
    case_file=_of_file,
)
SEEN = Requirement(
    key="allocation.chronology-seen",
    serves="3.1",
    title="A manager reads the chronology within ten working days of each review",
    why="Whoever is in the middle of it sees the last week; somebody who is not sees the years.",
    timescale=_SEEN,
    subject=CaseFile,
    owed=_seen,
    with_related=("holdings", "chronology_reviews__seen"),
    case_file=_of_file,
)

REQUIREMENTS: tuple[Requirement, ...] = (EVENT_IN, BEGUN, REVIEWED, AFTER_EVENT, SEEN)
