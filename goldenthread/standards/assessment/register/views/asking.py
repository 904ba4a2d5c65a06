"""Asking the register: for a referral, or for somebody who asks."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goldenthread.cases.models import Child
from goldenthread.cases.opening import opened_record
from goldenthread.core import trail
from goldenthread.core.clock import today
from goldenthread.core.drafts import drop_draft, fill, form_key
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.register.checking import Ask, ask_register
from goldenthread.standards.assessment.register.choices import term
from goldenthread.standards.assessment.register.forms import AskerForm, AskForm
from goldenthread.standards.assessment.register.models import RegisterCheck
from goldenthread.standards.referrals.models import Referral


def _prefilled(child: Child) -> dict[str, Any]:
    """What is known of a child, as the first words of the question. A confidential address is not."""
    address = next(iter(child.addresses.all()), None)
    known = {} if address is None or address.confidential else {"lines": address.lines, "postcode": address.postcode}
    others = [f"{n.given_names} {n.family_name}".strip() for n in child.other_names.all()]
    return {
        "given_names": child.given_names,
        "family_name": child.family_name,
        "other_names": ", ".join(others)[:300],
        "date_of_birth": child.date_of_birth,
        **known,
    }


def _ask_forms(request: HttpRequest, officer: Officer, children: list[Child]) -> list[tuple[Child, AskForm]]:
    made = []
    for child in children:
        form = AskForm(request.POST or None, prefix=f"c{child.pk}", initial=_prefilled(child))
        if not form.is_bound:
            fill(form, officer, form_key(request))
        made.append((child, form))
    return made


def _to_check(request: HttpRequest, officer: Officer, check: RegisterCheck) -> HttpResponse:
    drop_draft(officer, form_key(request))
    return redirect(check)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def ask_for_referral(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask about every child of a referral, with what is known of each filled in."""
    officer = officer_of(request)
    rows = Referral.objects.select_related("case_file__team", "case_file__worker")
    rows = rows.prefetch_related("children__other_names", "children__addresses", "register_checks__decisions")
    referral = opened_record(officer, rows, pk, "read referral")
    asked = _ask_forms(request, officer, list(referral.children.all()))
    refused = ""
    valid = [form.is_valid() for _, form in asked]  # each says what is wrong with it
    if request.method == "POST" and all(valid):
        try:
            asks = [Ask(child=child, **form.cleaned_data) for child, form in asked]
            return _to_check(request, officer, ask_register(asks=asks, referral=referral, by=officer))
        except NotAllowed:
            raise Http404 from None
        except Refused as refusal:
            refused = str(refusal)
    context = {
        "referral": referral,
        "asked": asked,
        "refused": refused,
        "faults": [form for _, form in asked if form.errors],
        "term": term(today()),
        "before": [(check, check.decided) for check in referral.register_checks.all()],
    }
    return render(request, "register/ask_for_referral.html", context)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def ask(request: HttpRequest) -> HttpResponse:
    """Somebody asks whether a child is on the register."""
    officer = officer_of(request)
    trail.nothing_shown()
    asker, child = AskerForm(request.POST or None, prefix="who"), AskForm(request.POST or None, prefix="child")
    if request.method == "POST":
        if all([asker.is_valid(), child.is_valid()]):
            try:
                check = ask_register(asks=[Ask(**child.cleaned_data)], by=officer, **asker.cleaned_data)
                return _to_check(request, officer, check)
            except Refused as refusal:
                asker.add_error(None, str(refusal))
    else:
        for form in (asker, child):
            fill(form, officer, form_key(request))
    mine = RegisterCheck.objects.filter(by=officer, referral=None, decisions=None)[:10]
    return render(
        request, "register/ask.html", {"asker": asker, "child": child, "term": term(today()), "undecided": list(mine)}
    )
