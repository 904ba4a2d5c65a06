"""The pages on which something is recorded of a child, corrected, ended or taken back."""

from copy import deepcopy
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.cases.actions import leave_address, take_back
from goldenthread.cases.facts import Fact
from goldenthread.cases.models import Address, CaseFile, Child, OtherName, Person
from goldenthread.core.clock import now
from goldenthread.core.versions import hold
from goldenthread.obligations.correct_form import CorrectForm
from goldenthread.obligations.correct_page import fact_to_correct, show_correction
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.verb_page import VerbPage, show
from goldenthread.standards.assessment.household import standing
from goldenthread.standards.assessment.household.actions import AMENDABLE, amend_child
from goldenthread.standards.assessment.household.corrections import (
    CORRECTABLE,
    ENDING,
    correct_known,
    end_known,
    is_about,
    withdraw_known,
)
from goldenthread.standards.assessment.household.forms import AmendForm, TakeBackForm, UntilForm, name_children
from goldenthread.standards.assessment.household.kinds import FORM_OF, KINDS
from goldenthread.standards.assessment.household.known import words_of
from goldenthread.standards.assessment.household.people import rows_of_people
from goldenthread.standards.assessment.household.views.child import opened_child


def _page(case_file: CaseFile, child: Child, **more: Any) -> VerbPage:
    return VerbPage(**_around(case_file, child), **more)


def _around(case_file: CaseFile, child: Child) -> dict[str, Any]:
    return {"back": reverse("child", args=[case_file.pk, child.pk]), "back_to": "What is known of the child"}


def people_on(case_file: CaseFile) -> list[tuple[str, str]]:
    """Those who are tied to a child of this file, by their numbers, as they are called now."""
    pks = set(Person.objects.filter(ties__child__case_files=case_file).values_list("pk", flat=True))
    last: dict[int, Person] = {}
    for row in sorted(rows_of_people(sorted(pks)), key=lambda row: row.pk):
        last[row.first_id] = row
    return sorted(((str(pk), row.name) for pk, row in last.items() if not row.withdrawn), key=lambda pair: pair[1])


def _fit(form: forms.Form, case_file: CaseFile, child: Child, officer: Officer, asked: Any) -> forms.Form:
    """Fill in what is to be chosen from: the file's children, the people around them, brothers and sisters."""
    if "children" in form.fields:
        name_children(form.fields["children"], case_file.children.all())
        form.initial.setdefault("children", [child.pk])
    if isinstance(field := form.fields.get("person"), forms.ChoiceField):
        field.choices = [("", "Choose"), *people_on(case_file)]
        form.initial.setdefault("person", asked.get("person", ""))
    if isinstance(field := form.fields.get("other"), forms.ChoiceField):
        visible = CaseFile.objects.visible_to(officer)
        wanted = asked.get("other", "")
        held = list(case_file.children.exclude(pk=child.pk))
        if wanted.isdigit():
            held += (
                Child.objects.filter(pk=wanted, case_files__in=visible)
                .exclude(pk__in=[child.pk, *(c.pk for c in held)])
                .distinct()
            )
        field.choices = [("", "Choose"), *((str(one.pk), one.name) for one in held)]
        form.initial.setdefault("other", wanted)
    return form


@require_http_methods(["GET", "POST"])
@transaction.atomic
def add(request: HttpRequest, pk: int, child: int, kind: str) -> HttpResponse:
    """Record one more thing that is known of a child."""
    officer = officer_of(request)
    found, held = opened_child(officer, pk, child)
    what = KINDS.get(kind)
    if what is None:
        raise Http404

    def act(given: dict[str, Any]) -> str:
        what.verb(found, held, officer, given)
        return what.done

    links = []
    if kind == "sibling":
        links = [(reverse("child-find", args=[pk, child, "sibling"]), "Find a child who is on another case file")]
    page = _page(
        found, held, heading=what.title, button=what.button, act=act, lead=what.lead, about=[("Child", held.name)],
        links=links,
    )  # fmt: skip
    begun = {"occurred_at": now()}
    return show(
        request, page, lambda data: _fit(what.form(data, initial=dict(begun)), found, held, officer, request.GET)
    )


@require_http_methods(["GET", "POST"])
@transaction.atomic
def amend(request: HttpRequest, pk: int, child: int) -> HttpResponse:
    """Change a child's name, date of birth or sex. What it said before is kept."""
    officer = officer_of(request)
    hold(request, Child, child)
    found, held = opened_child(officer, pk, child)

    def act(given: dict[str, Any]) -> str:
        changes = {name: given[name] for name in AMENDABLE}
        amend_child(
            case_file=found,
            child=held,
            changes=changes,
            reason=given["reason"],
            keep_name=given["keep_name"],
            by=officer,
        )
        return "It is changed. What it said before is kept."

    page = _page(
        found, held, heading="Name, date of birth and sex", button="Save the change", act=act,
        standing=standing.of_child(held),
    )  # fmt: skip
    begun = {name: getattr(held, name) for name in AMENDABLE}
    return show(request, page, lambda data: AmendForm(data, initial=begun))


def _fact(kind: str, target: int, child: Child) -> Fact:
    fact: Fact = fact_to_correct(CORRECTABLE, kind, target, lambda fact: is_about(fact, child))
    return fact


def _row(kind: str, target: int, child: Child) -> Address | OtherName | None:
    if kind == "address":
        return get_object_or_404(Address, pk=target, child=child)
    return get_object_or_404(OtherName, pk=target, child=child) if kind == "othername" else None


class _NotSo(CorrectForm):
    mark_optional = False
    gone = "It was not so"

    def __init__(self, *args: Any, fact: Fact, **kwargs: Any) -> None:
        source = deepcopy(FORM_OF[str(fact._meta.model_name)].base_fields)
        names = [name for name in (*CORRECTABLE[type(fact)], "occurred_at") if name in source]
        super().__init__(*args, fact=fact, boxes={name: source[name] for name in names}, **kwargs)
        for name in {"codes", "ways"} & self.fields.keys():
            self.initial[name] = getattr(fact, name).split()


@require_http_methods(["GET", "POST"])
@transaction.atomic
def correct(request: HttpRequest, pk: int, child: int, kind: str, target: int) -> HttpResponse:
    """Correct what was recorded, or take it back."""
    officer = officer_of(request)
    hold(request, Child, child)
    found, held = opened_child(officer, pk, child)
    row = _row(kind, target, held)
    if row is not None:
        return _take_back(request, found, held, row)
    fact = _fact(kind, target, held)

    def put_right(given: dict[str, Any], why: str) -> None:
        for name in {"codes", "ways"} & given.keys():
            given[name] = " ".join(given[name])
        correct_known(case_file=found, child=held, fact=fact, changes=given, reason=why, by=officer)

    return show_correction(
        request,
        lambda data: _NotSo(data, fact=fact),
        correct=put_right,
        withdraw=lambda why: withdraw_known(case_file=found, child=held, fact=fact, reason=why, by=officer),
        standing=standing.of_known(fact),
        **_around(found, held),
        about=[("Child", held.name), ("It says", "; ".join(words_of(fact)))],
    )


def _take_back(request: HttpRequest, found: CaseFile, held: Child, row: Address | OtherName) -> HttpResponse:
    officer = officer_of(request)

    def act(given: dict[str, Any]) -> str:
        take_back(case_file=found, child=held, what=row, reason=given["reason"], by=officer)
        return "It is taken back. It stays in the history."

    said = row.name if isinstance(row, OtherName) else "A confidential address" if row.confidential else row.lines
    page = _page(
        found, held, heading="Take back what was recorded", button="Take it back", act=act,
        about=[("Child", held.name), ("It says", said)], standing=standing.of_row(row),
        lead="For what was recorded in error. Record what is right as a new entry.",
    )  # fmt: skip
    return show(request, page, TakeBackForm)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def end(request: HttpRequest, pk: int, child: int, kind: str, target: int) -> HttpResponse:
    """Say that something was so until a day."""
    officer = officer_of(request)
    found, held = opened_child(officer, pk, child)
    address = get_object_or_404(Address, pk=target, child=held) if kind == "address" else None
    fact = None if address else _fact(kind, target, held)
    if fact is not None and not isinstance(fact, ENDING):
        raise Http404

    def act(given: dict[str, Any]) -> str:
        if address:
            leave_address(case_file=found, child=held, address=address, until=given["until"], by=officer)
        elif fact is not None:
            end_known(case_file=found, child=held, fact=fact, until=given["until"], by=officer)
        return "The last day is recorded."

    said = "; ".join(words_of(fact)) if fact else "An address"
    if address and not address.confidential:
        said = address.lines
    page = _page(
        found, held, heading="This has ended", button="Record the last day", act=act,
        about=[("Child", held.name), ("It says", said)],
        lead="Where the child has moved, record the new address instead: the last day here follows from it." if address else "",
    )  # fmt: skip
    return show(request, page, UntilForm)
