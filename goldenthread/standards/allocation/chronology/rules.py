"""When something about a chronology is allowed. Each rule raises Refused with what to do about it."""

from collections.abc import Collection
from datetime import datetime

from goldenthread.cases.events import Source
from goldenthread.cases.facts import standing
from goldenthread.cases.models import CaseFile, Person, Tie
from goldenthread.cases.precision import Precision
from goldenthread.core.clock import day_of, today
from goldenthread.core.errors import Refused
from goldenthread.core.rules import check_choice, check_not_future, check_time, check_words
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.chronology.choices import MARKS
from goldenthread.standards.allocation.chronology.models import ChronologyReview, SignificantEvent

__all__ = [
    "check_choice", "check_event", "check_not_future", "check_people", "check_reader", "check_review", "check_significance",
    "check_time", "check_words",
]  # fmt: skip


def check_significance(significance: str) -> None:
    """An event that is put in, or marked, stands out: what is for the record only needs nobody to say so."""
    check_choice(significance, MARKS, "how much it matters")


def check_people(case_file: CaseFile, children: Collection[int], person: Person | None) -> None:
    """At least one child of the file; the person, where there is one, is around one of these children."""
    on_file = set(case_file.children.values_list("pk", flat=True))
    if not children or not set(children) <= on_file:
        raise Refused("Choose at least one child of this case file.")
    if person is None:
        return
    ties = [s.fact for s in standing(Tie.objects.filter(person=person.first_id))]
    if not any(tie.child_id in set(children) for tie in ties):
        raise Refused("Choose somebody who is around one of these children, or nobody.")


def check_event(event: SignificantEvent) -> None:
    """What it says: what happened, why it matters, from whom; and the two days, neither ahead nor the wrong way round."""
    check_words(event.what, "what happened")
    check_words(event.why, "why it matters to the child")
    check_words(event.told_by, "who told us, or which paper says so")
    check_significance(event.significance)
    check_choice(event.source, Source.choices, "which agency it comes from")
    check_choice(event.precision, Precision.choices, "how exactly it is known when it happened")
    check_not_future(event.occurred_at, "the event")
    if event.learnt_on > today():
        raise Refused("The day on which we learnt of it lies ahead: check it.")
    if event.learnt_on < day_of(event.occurred_at):
        raise Refused("We cannot have learnt of it before it happened: check both days.")


def check_review(case_file: CaseFile, occurred_at: datetime, words: str) -> None:
    """A review says what the chronology tells, and was made while there was a file."""
    check_words(words, "what the chronology tells: what has happened to this child, and what it means now")
    check_not_future(occurred_at, "the review")
    if occurred_at <= case_file.opened_at:
        raise Refused("The time of the review is before this case file was opened: check the time.")


def check_reader(review: ChronologyReview, by: Officer) -> None:
    """Two people look: whoever reviewed it does not read it as its manager too."""
    if review.by_id == by.pk:
        raise Refused("You went through this chronology yourself: somebody above you reads it.")
