"""The verbs on people around a child who have no record of their own: who they are, what they are to which child, whom they
endanger."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from goldenthread.cases.actions import writable_child
from goldenthread.cases.facts import standing
from goldenthread.cases.models import CaseFile, Child, Danger, Person, Tie
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.obligations.writing import made_before
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.household import rules
from goldenthread.standards.assessment.household.writing import put_about


@transaction.atomic
def record_person(
    *,
    case_file: CaseFile,
    children: Sequence[Child],
    relation: str,
    responsibility: str,
    occurred_at: datetime,
    by: Officer,
    given_names: str = "",
    family_name: str = "",
    date_of_birth: date | None = None,
    contact: str = "",
    language: str = "",
    interpreter: str = "",
    lives_with: bool = False,
    since: date | None = None,
    token: str | None = None,
) -> Person:
    """Somebody new around these children of the file, and what they are to each. Raises NotAllowed; Refused where no child
    is chosen or a name is missing."""
    if not children:
        raise Refused("Choose at least one child.")
    held = [writable_child(case_file, child, by) for child in sorted(children, key=lambda child: child.pk)]
    if made := made_before(Person, token):
        return made
    person = Person(
        given_names=" ".join(given_names.split()), family_name=" ".join(family_name.split()),
        date_of_birth=date_of_birth, contact=contact.strip(), language=language, interpreter=interpreter,
        occurred_at=occurred_at, token=token,
    )  # fmt: skip
    rules.check_known(person)
    put_about(person, held[0][0], case_file, "record person", by=by, why=held[0][1])
    for child, why in held:
        tie = Tie(
            person=person, child=child, relation=relation, responsibility=responsibility, lives_with=lives_with,
            since=since if lives_with else None, occurred_at=occurred_at,
        )  # fmt: skip
        rules.check_known(tie)
        put_about(tie, child, case_file, "tie person", by=by, why=why)
    return person


def _known_on(case_file: CaseFile, person: Person) -> Person:
    """The person as the first row names them, where a child of this file is tied to them. Raises NotAllowed."""
    first = Person.objects.filter(pk=person.first_id, ties__child__case_files=case_file).first()
    if first is None:
        raise NotAllowed("That person is on a case file that you may not write to.")
    return first


@transaction.atomic
def tie_person(
    *,
    case_file: CaseFile,
    child: Child,
    person: Person,
    relation: str,
    responsibility: str,
    occurred_at: datetime,
    by: Officer,
    lives_with: bool = False,
    since: date | None = None,
    token: str | None = None,
) -> Tie:
    """What somebody who is known on this file already is to another of its children. Raises Refused where that is recorded."""
    child, why = writable_child(case_file, child, by)
    if made := made_before(Tie, token):
        return made
    person = _known_on(case_file, person)
    if any(s.fact.until is None for s in standing(Tie.objects.filter(child=child, person=person))):
        raise Refused("What this person is to the child is recorded already: correct that.")
    tie = Tie(
        person=person, child=child, relation=relation, responsibility=responsibility, lives_with=lives_with,
        since=since if lives_with else None, occurred_at=occurred_at, token=token,
    )  # fmt: skip
    rules.check_known(tie)
    return put_about(tie, child, case_file, "tie person", by=by, why=why)


@transaction.atomic
def flag_danger(
    *, case_file: CaseFile, child: Child, person: Person, to_whom: str, why: str, occurred_at: datetime, by: Officer,
    token: str | None = None,
) -> Danger:  # fmt: skip
    """This person is a danger to somebody: to whom, and why we think so. Every child whom they are tied to shows it."""
    child, reason = writable_child(case_file, child, by)
    if made := made_before(Danger, token):
        return made
    person = _known_on(case_file, person)
    danger = Danger(person=person, to_whom=to_whom.strip(), why=why.strip(), occurred_at=occurred_at, token=token)
    rules.check_known(danger)
    return put_about(danger, child, case_file, "flag danger", by=by, why=reason)


def rows_of_people(people: Sequence[int]) -> list[Person]:
    """Every row of these people, by the numbers of their first rows: one query."""
    return list(Person.objects.filter(Q(pk__in=people) | Q(root__in=people)).select_related("by"))
