"""The verbs on a chronology. Each is one transaction; it raises NotAllowed or Refused and then nothing is written.

Corrections are in `corrections`.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction

from goldenthread.cases.events import event_of
from goldenthread.cases.models import CaseFile, Child, Person
from goldenthread.cases.precision import Precision, first_instant
from goldenthread.cases.records import FactOnFile
from goldenthread.cases.sight import sight_of
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.obligations import ledger
from goldenthread.obligations.touching import hold_file
from goldenthread.obligations.writing import locked, made_before, why_writable
from goldenthread.people.line import line_above
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.chronology import rules
from goldenthread.standards.allocation.chronology.models import (
    ChronologyReview,
    ChronologySeen,
    EventMark,
    SignificantEvent,
)

F = TypeVar("F", bound=FactOnFile)


def _put(fact: F, deed: str, *, by: Officer, why: str, children: Sequence[Child] = (), **detail: Any) -> F:
    """Write a first row, its trail entry and what is owed on the file."""
    fact.recorded_at, fact.by = now(), by
    fact.save(force_insert=True)
    if isinstance(fact, SignificantEvent):
        fact.children.set(children)
    trail.write(deed, fact, by=by, why=why, case_file=fact.case_file_id, **detail)
    ledger.refresh(fact)
    return fact


def _first(person: Person | None) -> Person | None:
    root: Any = (
        person.root if person else None
    )  # of an abstract key to itself, the type checker knows this or that class
    return root or person


@transaction.atomic
def add_event(
    *,
    case_file: CaseFile,
    children: Sequence[Child],
    what: str,
    why: str,
    significance: str,
    source: str,
    told_by: str,
    occurred_at: datetime,
    learnt_on: date,
    by: Officer,
    precision: str = Precision.TIME,
    person: Person | None = None,
    token: str | None = None,
) -> SignificantEvent:
    """Put an event into the chronology that no other record holds. precision: how exactly `occurred_at` is known; of a day, a
    month or a year its first instant is kept. learnt_on: the day on which we learnt of it."""
    hold_file(case_file)
    why_open = why_writable(case_file, by)
    if made := made_before(SignificantEvent, token):
        return made
    event = SignificantEvent(
        case_file=case_file, person=_first(person), what=" ".join(what.split()), why=why.strip(),
        significance=significance, source=source, told_by=" ".join(told_by.split()), precision=precision,
        occurred_at=first_instant(occurred_at, precision), learnt_on=learnt_on, token=token,
    )  # fmt: skip
    rules.check_event(event)
    rules.check_people(case_file, [child.pk for child in children], event.person)
    return _put(event, "add significant event", by=by, why=why_open, children=children, significance=significance)


@transaction.atomic
def mark_event(
    *,
    case_file: CaseFile,
    kind: str,
    target: int,
    significance: str,
    why: str,
    by: Officer,
    token: str | None = None,
) -> EventMark:
    """Say of an event that another record holds that it is significant, and why it matters to the child. kind and target:
    which one, as the chronology names it."""
    hold_file(case_file)
    why_open = why_writable(case_file, by)
    if made := made_before(EventMark, token):
        return made
    rules.check_significance(significance)
    rules.check_words(why, "why it matters to the child")
    if kind == SignificantEvent._meta.label_lower:
        raise Refused("It says already how much it matters: correct the event itself.")
    if event_of(case_file, kind, target) is None:
        raise Refused("That is no event of this chronology any more: look at it again.")
    standing = EventMark.objects.filter(case_file=case_file, kind=kind, target=target, withdrawn=False)
    if standing.filter(superseded_by=None).exists():
        raise Refused("This event is marked already: correct the mark.")
    mark = EventMark(
        case_file=case_file, kind=kind, target=target, significance=significance, why=why.strip(), occurred_at=now(),
        token=token,
    )  # fmt: skip
    return _put(mark, "mark event", by=by, why=why_open, event=mark.event, significance=significance)


@transaction.atomic
def review_chronology(
    *, case_file: CaseFile, words: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> ChronologyReview:
    """A worker went through the whole chronology, and what it tells now. It goes to the manager."""
    hold_file(case_file)
    why = why_writable(case_file, by)
    if made := made_before(ChronologyReview, token):
        return made
    rules.check_review(case_file, occurred_at, words)
    held = CaseFile.objects.select_related("team").get(pk=case_file.pk)
    review = ChronologyReview(
        case_file=held, words=words.strip(), team=held.team, to=_reader_of(held, by), occurred_at=occurred_at, token=token
    )  # fmt: skip
    return _put(review, "review chronology", by=by, why=why)


def _reader_of(case_file: CaseFile, reviewer: Officer) -> Officer | None:
    """The nearest of the line who answers for the file, may open it, and did not review it."""
    line = line_above(Officer(role="worker", team=case_file.team))
    return next((one for one in line if one.pk != reviewer.pk and sight_of(one).may_write(case_file)), None)


@transaction.atomic
def see_chronology(
    *, review: ChronologyReview, words: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> ChronologySeen:
    """A manager read the chronology after a review, and what they think of it."""
    hold_file(review.case_file)
    first = locked(review.first, by, Permission.SIGN_OFF)
    if made := made_before(ChronologySeen, token):
        return made
    stands = first.stands
    if stands is None:
        raise Refused("That review was taken back: read the chronology after the next one.")
    rules.check_reader(stands.fact, by)
    rules.check_words(words, "what you think of the chronology")
    rules.check_time(
        occurred_at, "the reading", after=stands.moment.occurred_at, after_what="the chronology was reviewed"
    )  # fmt: skip
    seen = ChronologySeen(
        case_file=first.case_file, review=first, words=words.strip(), occurred_at=occurred_at, token=token
    )  # fmt: skip
    return _put(seen, "see chronology", by=by, why=first.why_open, review=first.pk)
