"""What can be recorded of a child from the child's page: each a form, a verb and a button."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms

from goldenthread.cases.actions import record_other_name
from goldenthread.cases.models import CaseFile, Child, Person
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.household import actions, people
from goldenthread.standards.assessment.household import forms as boxes

Verb = Callable[[CaseFile, Child, Officer, dict[str, Any]], object]


@dataclass(frozen=True, slots=True)
class Kind:
    """One of them. lead: a sentence above the form."""

    key: str
    title: str
    button: str
    done: str
    form: type[forms.Form]
    verb: Verb
    lead: str = ""


def _plain(verb: Callable[..., object]) -> Verb:
    def do(case_file: CaseFile, child: Child, by: Officer, given: dict[str, Any]) -> object:
        return verb(case_file=case_file, child=child, by=by, **given)

    return do


def _new_person(case_file: CaseFile, child: Child, by: Officer, given: dict[str, Any]) -> object:
    return people.record_person(case_file=case_file, by=by, **given)


def _of_person(verb: Callable[..., object]) -> Verb:
    def do(case_file: CaseFile, child: Child, by: Officer, given: dict[str, Any]) -> object:
        person = Person.objects.get(pk=given.pop("person"))
        return verb(case_file=case_file, child=child, person=person, by=by, **given)

    return do


def _sibling(case_file: CaseFile, child: Child, by: Officer, given: dict[str, Any]) -> object:
    other = Child.objects.get(pk=given.pop("other"))
    return actions.record_sibling(case_file=case_file, child=child, other=other, by=by, **given)


KINDS = {
    kind.key: kind
    for kind in (
        Kind("language", "Languages and interpreters", "Record the answer", "The answer is recorded.", boxes.LanguageForm, _plain(actions.record_language)),
        Kind("ethnicity", "Ethnicity", "Record the ethnicity", "The ethnicity is recorded.", boxes.EthnicityForm, _plain(actions.record_ethnicity)),
        Kind("disability", "Disability", "Record the answer", "The answer is recorded.", boxes.DisabilityForm, _plain(actions.record_disability)),
        Kind("communication", "How the child communicates", "Record it", "How the child communicates is recorded.", boxes.CommunicationForm, _plain(actions.record_communication)),
        Kind("other-name", "Another name of the child", "Record the name", "The name is recorded. Searches find it from now on.", boxes.OtherNameForm, _plain(record_other_name)),
        Kind("person", "Somebody around the child", "Record the person", "The person is recorded.", boxes.PersonForm, _new_person, "For adults, and for others who have no record of their own."),
        Kind("tie", "Somebody who is known on this file already", "Record it", "What they are to the child is recorded.", boxes.TieForm, _of_person(people.tie_person)),
        Kind("danger", "Somebody is a danger", "Record the danger", "The danger is recorded. It is shown wherever this person is.", boxes.DangerForm, _of_person(people.flag_danger)),
        Kind("sibling", "A brother or sister", "Record it", "It is recorded what they are to each other.", boxes.SiblingForm, _sibling, "Only children whose record is open to you can be chosen."),
        Kind("agency", "An agency that is involved", "Record the agency", "The agency is recorded.", boxes.AgencyForm, _plain(actions.involve_agency)),
    )
}  # fmt: skip

FORM_OF: dict[str, type[forms.Form]] = {
    "ethnicity": boxes.EthnicityForm,
    "languageanswer": boxes.LanguageForm,
    "disability": boxes.DisabilityForm,
    "communication": boxes.CommunicationForm,
    "person": boxes.PersonForm,
    "tie": boxes.TieForm,
    "danger": boxes.DangerForm,
    "childtie": boxes.SiblingForm,
    "agencyinvolved": boxes.AgencyForm,
}
"""By which form a fact is corrected: its boxes, as far as they can be corrected."""
