"""The verbs on looked-after children: since when, by what law, and until when; and correcting that. Reviews are meetings."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from goldenthread.cases.facts import Fact
from goldenthread.cases.models import CaseFile, Child
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.obligations import ledger
from goldenthread.obligations.correcting import supersede
from goldenthread.obligations.touching import hold_file
from goldenthread.obligations.writing import locked, made_before, put, why_writable
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.conferring import rules
from goldenthread.standards.allocation.conferring.choices import Basis, MeetingKind, WhyLeftCare
from goldenthread.standards.allocation.conferring.models import CareEnd, LookedAfter, Meeting

F = TypeVar("F", bound=Fact)
CORRECTABLE: dict[type[Fact], tuple[str, ...]] = {
    LookedAfter: ("basis", "occurred_at"),
    CareEnd: ("reason", "words", "occurred_at"),
}


@transaction.atomic
def look_after(
    *, case_file: CaseFile, child: Child, basis: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> LookedAfter:
    """The council looks after a child of the file, since when and by what law. Reviews are owed from then on."""
    hold_file(case_file)
    why = why_writable(case_file, by)
    if made := made_before(LookedAfter, token):
        return made
    rules.check_children([child.pk], case_file)
    rules.check_choice(basis, Basis.choices, "by what law the child is looked after")
    rules.check_time(occurred_at, "that", after=case_file.opened_at, after_what="this case file was opened")
    rules.check_open_for_care(case_file, None)
    care = LookedAfter(case_file=case_file, child=child, basis=basis, occurred_at=occurred_at, token=token)
    rules.check_no_care_yet(care, occurred_at, None)
    care.recorded_at, care.by = now(), by
    care.save(force_insert=True)
    trail.write("look after child", care, by=by, why=why, case_file=case_file.pk, basis=basis)
    ledger.refresh(care)
    return care


@transaction.atomic
def end_care(
    *, care: LookedAfter, reason: str, words: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> CareEnd:
    """The child is no longer looked after. Reviews that were missed before stay missed."""
    hold_file(care.case_file)
    first = locked(care.first, by)
    if made := made_before(CareEnd, token):
        return made
    rules.check_choice(reason, WhyLeftCare.choices, "why the child is no longer looked after")
    rules.check_words(words, "where the child lives now, and who helps")
    rules.check_care_running(first, occurred_at, "the end")
    fact = CareEnd(care=first, reason=reason, words=words.strip(), occurred_at=occurred_at, token=token)
    return put(fact, first, "end looking after child", by=by, case_file=first.case_file_id, reason=reason)


def care_of(fact: Fact) -> LookedAfter:
    """The first row of what a fact is, or hangs on."""
    match fact:
        case LookedAfter():
            return fact.first
        case CareEnd():
            return fact.care
    raise TypeError(f"{type(fact).__name__} is none of a looked-after child's")


@transaction.atomic
def correct_care(
    *, fact: F, changes: Mapping[str, Any] | None, reason: str, by: Officer, token: str | None = None
) -> F:
    """Put right what is recorded of a looked-after child, or (changes None) take it back; the old row stays."""
    hold_file(care_of(fact).case_file)
    care = locked(care_of(fact), by)

    def check(new: F) -> None:
        match new:
            case LookedAfter():
                rules.check_choice(new.basis, Basis.choices, "by what law the child is looked after")
                rules.check_time(
                    new.occurred_at, "that", after=care.case_file.opened_at, after_what="this case file was opened"
                )
                if (ended := care.ended) is not None and ended.moment.occurred_at < new.occurred_at:
                    raise Refused("It ended before that time: check both times.")
                rules.check_no_care_yet(care, new.occurred_at, ended.moment.occurred_at if ended else None)
            case CareEnd():
                rules.check_choice(new.reason, WhyLeftCare.choices, "why the child is no longer looked after")
                rules.check_words(new.words, "where the child lives now, and who helps")
                began = care.stands.moment.occurred_at if care.stands else care.occurred_at
                rules.check_time(new.occurred_at, "the end", after=began, after_what="the child was looked after")
                rules.check_no_care_yet(care, began, new.occurred_at)
                rules.check_open_for_care(care.case_file, new.occurred_at)

    def free() -> None:
        if isinstance(fact, CareEnd):
            rules.check_open_for_care(care.case_file, None)
            rules.check_no_care_yet(care, care.stands.moment.occurred_at if care.stands else care.occurred_at, None)
        if isinstance(fact, LookedAfter) and care.ended is not None:
            raise Refused("That it ended is recorded: take that back first.")
        if isinstance(fact, LookedAfter) and any(
            one.held
            for one in Meeting.objects.filter(
                children=care.child_id, case_file=care.case_file_id, kind=MeetingKind.LOOKED_AFTER
            )
        ):
            raise Refused("A review was held about this child: take that back first.")

    return supersede(
        fact, care, changes=changes, names=CORRECTABLE[type(fact)], check=check, free=free, reason=reason, by=by,
        token=token, case_file=care.case_file_id,
    )  # fmt: skip
