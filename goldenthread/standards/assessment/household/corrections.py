"""Correcting what is known of a child: a row that supersedes the one before, which stays. And saying that something ended."""

from datetime import date
from typing import Any, TypeVar

from django.db import transaction

from goldenthread.cases.actions import writable_child
from goldenthread.cases.facts import Fact
from goldenthread.cases.models import (
    AgencyInvolved,
    CaseFile,
    Child,
    ChildTie,
    Communication,
    Danger,
    Disability,
    Ethnicity,
    LanguageAnswer,
    Person,
    Tie,
)
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.obligations.correcting import next_row
from goldenthread.obligations.writing import made_before
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.household import rules
from goldenthread.standards.assessment.household.writing import put_about

F = TypeVar("F", bound=Fact)

CORRECTABLE: dict[type[Fact], tuple[str, ...]] = {
    Ethnicity: ("code", "described"),
    LanguageAnswer: ("answer", "first", "first_other", "others", "interpreter", "written"),
    Disability: ("answer", "codes", "described"),
    Communication: ("ways", "helps"),
    Person: ("given_names", "family_name", "date_of_birth", "contact", "language", "interpreter"),
    Tie: ("relation", "responsibility", "lives_with", "since", "until"),
    Danger: ("to_whom", "why", "until"),
    ChildTie: ("relation",),
    AgencyInvolved: ("kind", "name", "worker", "contact", "what_for", "since", "until"),
}
"""What of each fact can be corrected, beside when it was true."""
ENDING = (Tie, Danger, AgencyInvolved)
"""What can end."""


def is_about(fact: Fact, child: Child) -> bool:
    """Whether a fact is about this child: of a person, where they are tied to the child."""
    if isinstance(fact, Person):
        return Tie.objects.filter(person=fact.first_id, child=child).exists()
    if isinstance(fact, Danger):
        return Tie.objects.filter(person=fact.person_id, child=child).exists()
    if isinstance(fact, ChildTie):
        return child.pk in (fact.child_id, fact.other_id)
    return bool(fact.child_id == child.pk)  # type: ignore[attr-defined]


@transaction.atomic
def correct_known(
    *, case_file: CaseFile, child: Child, fact: F, changes: dict[str, Any], reason: str, by: Officer,
    token: str | None = None,
) -> F:  # fmt: skip
    """Put right what a fact says; the row before stays. Raises NotAllowed; Refused where nothing changes, or the fact was
    corrected already."""
    return _supersede(case_file, child, fact, changes, reason, by, token, "correct")


@transaction.atomic
def withdraw_known(
    *, case_file: CaseFile, child: Child, fact: F, reason: str, by: Officer, token: str | None = None
) -> F:
    """It was not so: it was another child's, or a misunderstanding. Both rows stay. Raises NotAllowed, Refused."""
    return _supersede(case_file, child, fact, None, reason, by, token, "withdraw")


@transaction.atomic
def end_known(*, case_file: CaseFile, child: Child, fact: F, until: date, by: Officer, token: str | None = None) -> F:
    """It was so until a day: they moved out, the agency closed its case, the danger is over. Raises NotAllowed, Refused."""
    if not isinstance(fact, ENDING):
        raise Refused("This does not end: correct it, or record what is so now.")
    if fact.until is not None:
        raise Refused("It is recorded already that this ended.")
    return _supersede(case_file, child, fact, {"until": until}, "It ended", by, token, "end")


def _supersede(
    case_file: CaseFile, child: Child, fact: F, changes: dict[str, Any] | None, reason: str, by: Officer,
    token: str | None, deed: str,
) -> F:  # fmt: skip
    child, why = writable_child(case_file, child, by)
    if made := made_before(type(fact), token):
        return made
    fact = type(fact)._default_manager.get(pk=fact.pk)  # as it hangs now: two records may have been made one
    if not is_about(fact, child):
        raise NotAllowed("That is not about this child.")
    names = ("occurred_at", *CORRECTABLE[type(fact)])
    new, changed = next_row(fact, changes, reason=reason, names=names, check=rules.check_known, token=token)
    return put_about(new, child, case_file, deed, by=by, why=why, changed=changed, corrects=fact.pk)
