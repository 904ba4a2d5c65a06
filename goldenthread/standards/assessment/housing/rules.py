"""When something about temporary accommodation is allowed. Each rule raises Refused with what to do about it."""

from collections.abc import Collection
from datetime import date, datetime

from goldenthread.cases.facts import Fact, standing
from goldenthread.cases.models import CaseFile, Child
from goldenthread.cases.sight import sight_of
from goldenthread.core.clock import day_of
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.rules import check_choice, check_not_future, check_time, check_words
from goldenthread.obligations.correcting import last_row
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.housing.choices import Judged, Kind, Outcome, Overall, ToldBy, WentTo
from goldenthread.standards.assessment.housing.course import assessments, ended
from goldenthread.standards.assessment.housing.models import (
    AccommodationReview,
    ShortfallAnswer,
    ShortfallOutcome,
    ShortfallReport,
    Suitability,
    TemporaryMove,
    TemporaryMoveEnd,
)

SENIOR = ("group-manager", "head-of-service", "director")
"""Those to whom a shortfall is reported."""


def check_move(
    case_file: CaseFile, children: Collection[Child], kind: str, place: str, confidential: bool, authority: str,
    told_by: str, moved_at: datetime, told_at: datetime, expected_until: date | None,
) -> None:  # fmt: skip
    """Who was moved, where to, when, and how we know."""
    on_file = set(case_file.children.values_list("pk", flat=True))
    if not children or not {child.pk for child in children} <= on_file:
        raise Refused("Choose at least one child of this case file.")
    check_choice(kind, Kind.choices, "what kind of accommodation it is")
    if (confidential or kind == Kind.REFUGE) and place.strip():
        raise Refused(
            "This place is confidential, so leave out where it is: record it on the case file as a confidential address."
        )
    if not confidential and kind != Kind.REFUGE:
        check_words(place, "where it is, in words")
    if kind != Kind.RELATIVES or told_by == ToldBy.HOUSING:
        check_words(authority, "which housing authority placed them, or that the family found it themselves")
    check_choice(told_by, ToldBy.choices, "who told us")
    check_not_future(moved_at, "the move")
    check_not_future(told_at, "being told")
    if expected_until and expected_until < day_of(moved_at):
        raise Refused("It is expected to end before it began: check both days.")
    taken = {
        child.pk
        for move in TemporaryMove.objects.filter(children__in=children, case_file=case_file).distinct()
        if ended(move) is None
        for child in move.children.all()
    }
    if taken & {child.pk for child in children}:
        raise Refused("A child is in temporary accommodation already: record first that they left it.")


def check_senior(officer: Officer) -> None:
    """Whether they are one of those who answer shortfalls."""
    if officer.role not in SENIOR or not officer.is_active:
        raise NotAllowed("Only a group manager, the head of service or the director answers a shortfall.")


def check_fact(fact: Fact, move: TemporaryMove) -> None:
    """What each fact has to say, when it is first written and after each correction."""
    match fact:
        case Suitability():
            _check_assessment(fact, move)
        case ShortfallReport():
            _check_report(fact, move)
        case ShortfallAnswer():
            check_words(fact.will_do, "what will be done, or why nothing can be")
            _after(fact, "the answer", fact.report.occurred_at, "the shortfall was reported")
            if fact.by_when < day_of(fact.occurred_at):
                raise Refused("The day by when it will be done lies before the answer.")
        case ShortfallOutcome():
            check_choice(fact.what, Outcome.choices, "what came of it")
            check_words(fact.words, "what was done")
            _after(fact, "the outcome", fact.report.occurred_at, "the shortfall was reported")
        case AccommodationReview():
            check_choice(fact.finding, Overall.choices, "how it suits the children now")
            check_words(fact.words, "what you found")
            check_words(fact.next_step, "what is next")
            _while_it_lasted(fact, "the review", move)
        case TemporaryMoveEnd():
            check_choice(fact.went_to, WentTo.choices, "where the children went")
            _after(fact, "leaving", move.moved_at, "the children moved in")
            seen = [s.moment.occurred_at for s in assessments(move)]
            seen += [s.moment.occurred_at for s in standing(move.accommodation_reviews.all())]
            if any(at > fact.occurred_at for at in seen):
                raise Refused("The place was seen or reviewed after that time: check the times.")


def _after(fact: Fact, what: str, after: datetime, after_what: str) -> None:
    check_time(fact.occurred_at, what, after=after, after_what=after_what)


def _while_it_lasted(fact: Fact, what: str, move: TemporaryMove) -> None:
    _after(fact, what, move.moved_at, "the children moved in")
    end = ended(move)
    if end and fact.occurred_at > end.moment.occurred_at:
        raise Refused("The children had left by then: check the times.")


def _check_assessment(fact: Suitability, move: TemporaryMove) -> None:
    if not move.children.filter(pk=fact.child_id).exists():
        raise Refused("Choose a child who was moved there.")
    _while_it_lasted(fact, "seeing the place", move)
    if fact.with_housing.strip() and fact.why_not_joint.strip():
        raise Refused("Say who of Housing was there, or why nobody was: not both.")
    if not fact.with_housing.strip():
        check_words(fact.why_not_joint, "who of Housing was there, or why nobody was")
    for heading, found, words in fact.judged():
        check_choice(found, Judged.choices, f"suitable or shortfall for “{heading.label}”")
        if found == Judged.SHORTFALL:
            check_words(words, f"what falls short: {heading.label.lower()}")
    check_choice(fact.overall, Overall.choices, "how it suits the child on the whole")
    if fact.overall == Overall.SUITABLE and fact.shortfalls:
        raise Refused("It falls short under a heading: choose “only for now” or “not suitable”, or change the heading.")
    if fact.overall != Overall.SUITABLE:
        if not fact.shortfalls:
            raise Refused("Say under which heading it falls short.")
        check_words(fact.change_what, "what must change")
        check_words(fact.change_who, "who must see to it")
        if fact.change_by is None:
            raise Refused("Give the day by which it must change.")
        if fact.change_by < day_of(fact.occurred_at):
            raise Refused("The day by which it must change lies before you saw the place.")


def _check_report(fact: ShortfallReport, move: TemporaryMove) -> None:
    if not last_row(fact.assessment).shortfalls:
        raise Refused("Nothing fell short at this assessment, so there is nothing to report.")
    if fact.to.role not in SENIOR or not fact.to.is_active:
        raise Refused("A shortfall is reported to a group manager, the head of service or the director.")
    if not sight_of(fact.to).why(move.case_file):
        raise Refused(f"{fact.to.name} may not open this case file: choose a manager who answers for it.")
    check_words(fact.asked, "what you ask of them")
    _after(fact, "the report", fact.assessment.occurred_at, "the place was seen")
