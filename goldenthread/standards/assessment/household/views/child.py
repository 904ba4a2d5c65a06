"""A child's page, and the household on a day."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from goldenthread.cases.models import CaseFile, Child
from goldenthread.cases.opening import children_as_keys, opened_file
from goldenthread.cases.sight import emergency_of, sight_of
from goldenthread.core.clock import today
from goldenthread.core.fields import DayField
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.household.known import essentials, known_of


def opened_child(officer: Officer, pk: int, child: int, deed: str = "read child") -> tuple[CaseFile, Child]:
    """A child of a case file, with a trail entry. Raises Http404 where the officer may not open the file, or the child is
    not on it."""
    found = opened_file(officer, pk, deed, records=children_as_keys([child]))
    held = Child.objects.filter(pk=child, case_files=found).first()
    if held is None:
        raise Http404
    return found, held


def may_record(officer: Officer, case_file: CaseFile) -> bool:
    """Whether the officer may record something of this file's children."""
    return officer.may(Permission.RECORD_REFERRALS) and sight_of(officer).may_write(case_file)


@require_safe
@transaction.atomic
def show_child(request: HttpRequest, pk: int, child: int) -> HttpResponse:
    """Everything that is known of a child. The address of a record that was merged leads to the one that stands."""
    officer = officer_of(request)
    if (gone := Child.every.filter(pk=child).exclude(merged_into=None).first()) is not None:
        found, held = opened_child(officer, pk, gone.current().pk)
        return redirect("child", found.pk, held.pk)
    found, held = opened_child(officer, pk, child)
    writes = may_record(officer, found)
    context = {
        "case_file": found,
        "child": held,
        "known": known_of(held, officer),
        "age": held.age_on(today()),
        "unborn": held.date_of_birth is not None and held.date_of_birth > today(),
        "may_record": writes,
        "may_merge": writes and officer.may(Permission.MERGE_CHILDREN),
        "may_read_trail": officer.may(Permission.READ_TRAIL),
        "emergency": emergency_of(officer, found),
    }
    return render(request, "household/child.html", context)


class OnForm(forms.Form):
    """As at which day."""

    on = DayField(label="As at", required=False, past=True)


@require_safe
@transaction.atomic
def household(request: HttpRequest, pk: int) -> HttpResponse:
    """Who of this file lived where, and with whom, on a day."""
    officer = officer_of(request)
    found = opened_file(officer, pk, "read household")
    asked: dict[str, Any] | None = request.GET.dict() or None
    form = OnForm(asked, initial={"on": today()})
    on = (form.cleaned_data.get("on") if form.is_bound and form.is_valid() else None) or today()
    context = {
        "case_file": found,
        "on": on,
        "form": form,
        "rows": essentials(list(found.children.all()), on),
        "emergency": emergency_of(officer, found),
    }
    return render(request, "household/household.html", context)
