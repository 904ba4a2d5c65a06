"""The verbs on temporary accommodation. Each is one transaction; it raises NotAllowed or Refused and then nothing is
written. Those on shortfalls stand in `shortfalls`."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction

from goldenthread.cases.facts import Fact
from goldenthread.cases.models import CaseFile, Child
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.obligations import ledger
from goldenthread.obligations.correcting import supersede
from goldenthread.obligations.writing import locked, made_before, put, why_writable
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.housing import rules
from goldenthread.standards.assessment.housing.choices import Heading, Kind
from goldenthread.standards.assessment.housing.course import ended
from goldenthread.standards.assessment.housing.models import (
    AccommodationReview,
    ShortfallAnswer,
    ShortfallOutcome,
    ShortfallReport,
    Suitability,
    TemporaryMove,
    TemporaryMoveEnd,
)

F = TypeVar("F", bound=Fact)

CORRECTABLE: dict[type[Fact], tuple[str, ...]] = {
    Suitability: (
        "with_housing", "why_not_joint",
        *(name for heading in Heading for name in (heading.value, f"{heading.value}_words")),
        "overall", "change_what", "change_who", "change_by",
    ),
    ShortfallReport: ("asked",),
    ShortfallAnswer: ("will_do", "by_when"),
    ShortfallOutcome: ("what", "words"),
    AccommodationReview: ("finding", "words", "next_step"),
    TemporaryMoveEnd: ("went_to", "words"),
}  # fmt: skip
"""What of each fact can be corrected, beside when it was true."""


@transaction.atomic
def record_move(
    *,
    case_file: CaseFile,
    children: Sequence[Child],
    kind: str,
    moved_at: datetime,
    told_by: str,
    told_at: datetime,
    by: Officer,
    place: str = "",
    confidential: bool = False,
    authority: str = "",
    out_of_area: bool = False,
    expected_until: date | None = None,
    token: str | None = None,
) -> TemporaryMove:
    """Children of a case file were moved to temporary accommodation. place: where, in words; left out where it is
    confidential, as a refuge always is."""
    why = why_writable(case_file, by)
    if made := made_before(TemporaryMove, token):
        return made
    rules.check_move(
        case_file, children, kind, place, confidential, authority, told_by, moved_at, told_at, expected_until
    )
    move = TemporaryMove.objects.create(
        case_file=case_file,
        kind=kind,
        place=place.strip(),
        confidential=confidential or kind == Kind.REFUGE,
        authority=authority.strip(),
        out_of_area=out_of_area or kind == Kind.OTHER_AREA,
        told_by=told_by,
        expected_until=expected_until,
        moved_at=moved_at,
        told_at=told_at,
        recorded_at=now(),
        by=by,
        token=token,
    )
    move.children.set(children)
    trail.write("record temporary move", move, by=by, why=why, case_file=case_file.pk, kind=kind)
    ledger.refresh(move)
    return move


@transaction.atomic
def assess_suitability(
    *,
    move: TemporaryMove,
    child: Child,
    judged: Mapping[str, tuple[str, str]],
    overall: str,
    occurred_at: datetime,
    by: Officer,
    with_housing: str = "",
    why_not_joint: str = "",
    change_what: str = "",
    change_who: str = "",
    change_by: date | None = None,
    token: str | None = None,
) -> Suitability:
    """Whether the place suits one child, as a worker saw it. judged: by heading, what was found and the words."""
    move = locked(move, by)
    if made := made_before(Suitability, token):
        return made
    fields: dict[str, Any] = {}
    for heading in Heading:
        found, words = judged.get(heading.value, ("", ""))
        fields[heading.value], fields[f"{heading.value}_words"] = found, words.strip()
    fact = Suitability(
        move=move,
        child=child,
        with_housing=with_housing.strip(),
        why_not_joint=why_not_joint.strip(),
        overall=overall,
        change_what=change_what.strip(),
        change_who=change_who.strip(),
        change_by=change_by,
        occurred_at=occurred_at,
        token=token,
        **fields,
    )
    rules.check_fact(fact, move)
    return put(fact, move, "assess temporary accommodation", by=by, child=child.pk)


@transaction.atomic
def review_accommodation(
    *,
    move: TemporaryMove,
    finding: str,
    words: str,
    next_step: str,
    occurred_at: datetime,
    by: Officer,
    token: str | None = None,
) -> AccommodationReview:
    """It was looked at again: how it suits the children now, and what is next."""
    move = locked(move, by)
    if made := made_before(AccommodationReview, token):
        return made
    fact = AccommodationReview(
        move=move,
        finding=finding,
        words=words.strip(),
        next_step=next_step.strip(),
        occurred_at=occurred_at,
        token=token,
    )
    rules.check_fact(fact, move)
    return put(fact, move, "review temporary accommodation", by=by)


@transaction.atomic
def end_move(
    *, move: TemporaryMove, went_to: str, occurred_at: datetime, by: Officer, words: str = "", token: str | None = None
) -> TemporaryMoveEnd:
    """The children left it, and where they went."""
    move = locked(move, by)
    if made := made_before(TemporaryMoveEnd, token):
        return made
    if ended(move):
        raise Refused("It is recorded that the children left: correct that, if it was wrong.")
    fact = TemporaryMoveEnd(move=move, went_to=went_to, words=words.strip(), occurred_at=occurred_at, token=token)
    rules.check_fact(fact, move)
    return put(fact, move, "end temporary move", by=by)


def move_of(fact: Fact) -> TemporaryMove:
    """The move that a fact hangs on, however many steps up."""
    match fact:
        case ShortfallReport():
            return fact.assessment.move
        case ShortfallAnswer() | ShortfallOutcome():
            return fact.report.assessment.move
    found: TemporaryMove = fact.move  # type: ignore[attr-defined]
    return found


@transaction.atomic
def correct(*, fact: F, changes: dict[str, Any] | None, reason: str, by: Officer, token: str | None = None) -> F:
    """Put right what a fact says, or (changes None) take it back; the old row stays. A senior manager's answer is theirs
    to correct."""
    answered = isinstance(fact, ShortfallAnswer)
    move = locked(move_of(fact), by, Permission.SIGN_OFF if answered else Permission.RECORD_REFERRALS)
    if answered:
        rules.check_senior(by)
    return supersede(
        fact,
        move,
        changes=changes,
        names=("occurred_at", *CORRECTABLE[type(fact)]),
        check=lambda new: rules.check_fact(new, move),
        reason=reason,
        by=by,
        token=token,
    )
