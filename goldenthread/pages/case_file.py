"""A case file's page: its children, who holds it, what is recorded on it and what is owed; and where the children live."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.cases.actions import record_address
from goldenthread.cases.models import Address, CaseFile, Child
from goldenthread.cases.opening import opened_file
from goldenthread.cases.sight import emergency_of, sight_of
from goldenthread.core import trail
from goldenthread.core.boxes import line
from goldenthread.core.clock import now, today
from goldenthread.core.fields import DayField
from goldenthread.obligations.models import Obligation
from goldenthread.pages.on_file import sections
from goldenthread.pages.reading import owed_page
from goldenthread.pages.work import rows_of, work_list
from goldenthread.people.access import officer_of
from goldenthread.people.roles import Permission
from goldenthread.people.verb_page import VerbPage, show
from goldenthread.standards.assessment.household.known import essentials
from goldenthread.standards.referrals.models import Referral


@require_safe
@transaction.atomic
def case_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one file. A confidential address is not on it."""
    officer, at = officer_of(request), now()
    found = opened_file(officer, pk, "read case file")
    referrals = list(Referral.objects.filter(case_file=found).select_related("agency"))
    page = owed_page(request, Obligation.objects.open().filter(case_file=found, since_at__lte=at))
    sight = sight_of(officer)
    may_record = sight.may_write(found) and officer.may(Permission.RECORD_REFERRALS)
    every = sections(officer, found, may_record=may_record)
    context = {
        "case_file": found,
        "children": essentials(list(found.children.all())),
        "referrals": referrals,
        "page": page,
        "owed": work_list(rows_of(page, officer), at, owners=True, on_its_file=True),
        "emergency": emergency_of(officer, found, sight),
        "may_record": may_record,
        "sections": [section for section in every if section.rows],
        "nothing_yet": [section for section in every if not section.rows],
    }
    return render(request, "pages/case_file.html", context)


def _child(found: CaseFile, pk: int) -> Child:
    return get_object_or_404(Child, pk=pk, case_files=found)


class AddressForm(forms.Form):
    """Where a child lives, and since when."""

    lines = line("Address", "Without the postcode", length=200)
    postcode = line("Postcode", required=False, length=10)
    since = DayField(label="Since when?", past=True)
    moved_because = line("Why did they move there?", required=False, length=200)
    confidential = forms.BooleanField(
        label="This address is confidential",
        help_text="It is left out of every page, list, report and letter. Whoever needs it asks for it by itself.",
        required=False,
    )


@require_http_methods(["GET", "POST"])
@transaction.atomic
def address_add(request: HttpRequest, pk: int, child: int) -> HttpResponse:
    """Say where a child lives."""
    officer = officer_of(request)
    found = opened_file(officer, pk, "read case file")
    whose = _child(found, child)

    def act(given: dict[str, Any]) -> str:
        record_address(case_file=found, child=whose, by=officer, **given)
        return "The address is recorded."

    page = VerbPage(
        heading="Where the child lives",
        button="Record the address",
        act=act,
        back=reverse("child", args=[pk, child]),
        back_to="What is known of the child",
    )
    return show(request, page, lambda data: AddressForm(data, initial={"since": today()}))


class ShowAddressForm(forms.Form):
    """Why it is needed."""

    reason = line("Why do you need it?", "This is kept on the trail. Do not write the child's name.", length=200)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def address_show(request: HttpRequest, pk: int, child: int) -> HttpResponse:
    """A confidential address, by itself, for a reason. It is on no other page."""
    officer = officer_of(request)
    found = opened_file(officer, pk, "read case file")
    whose = _child(found, child)
    kept = _asked_for(whose, request.GET.get("of", ""))
    form = ShowAddressForm(request.POST or None)
    shown = False
    if request.method == "POST" and form.is_valid():
        why = sight_of(officer).why(found)
        trail.write(
            "see confidential address",
            whose,
            by=officer,
            why=why,
            reason=trail.fingerprint(form.cleaned_data["reason"]),
        )
        shown = True
    context = {"case_file": found, "child": whose, "form": form, "address": kept if shown else None}
    return render(request, "pages/confidential_address.html", context)


def _asked_for(child: Child, number: str) -> Address:
    """The confidential address of this number; left out, the one where the child lives now. Raises Http404."""
    if number:
        found = child.addresses.filter(pk=number).first() if number.isdigit() and len(number) < 16 else None
    else:
        found = child.addresses.first()
    if found is None or not found.confidential:
        raise Http404
    return found
