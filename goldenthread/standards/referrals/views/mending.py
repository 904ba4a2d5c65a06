"""The pages of correcting what was recorded."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goldenthread.core.boxes import line, picker, words
from goldenthread.core.drafts import drop_draft, fill, form_key
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.fields import MomentField
from goldenthread.core.versions import Standing, hold, refuse_if_stale, shown
from goldenthread.obligations.correct_form import CorrectForm, boxes_of
from goldenthread.obligations.correct_page import fact_to_correct
from goldenthread.obligations.correcting import standing_of
from goldenthread.people.access import officer_of
from goldenthread.standards.referrals import standing
from goldenthread.standards.referrals.choices import Route
from goldenthread.standards.referrals.corrections import (
    CORRECTABLE,
    amend_referral,
    correct,
    referral_of,
    withdraw,
)
from goldenthread.standards.referrals.forms import Checked, new_token
from goldenthread.standards.referrals.models import Referral
from goldenthread.standards.referrals.views.record import opened


@require_http_methods(["GET", "POST"])
@transaction.atomic
def correct_fact(request: HttpRequest, pk: int, kind: str, target: int) -> HttpResponse:
    """Correct one fact, or take it back."""
    officer = officer_of(request)
    hold(request, Referral, pk)
    referral = opened(officer, pk)
    fact = fact_to_correct(CORRECTABLE, kind, target, lambda fact: referral_of(fact) == referral)
    token = request.POST.get("token", "")[:32] or new_token()
    names = CORRECTABLE[type(fact)]
    boxes = boxes_of(fact, (*names, "occurred_at"), what="What is to happen")
    form = CorrectForm(request.POST or None, fact=fact, boxes=boxes)
    stands = standing_of(fact, names)
    refuse_if_stale(request, form, stands)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        reason, gone = given.pop("reason"), given.pop("withdrawn")
        changes = {name: value for name, value in given.items() if name in form.changed_data}
        try:
            if gone:
                withdraw(fact=fact, reason=reason, by=officer, token=token)
            else:
                correct(fact=fact, changes=changes, reason=reason, by=officer, token=token)
        except NotAllowed:
            raise Http404 from None
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            drop_draft(officer, form_key(request))
            messages.success(request, "It is corrected. What it said before is kept.")
            return redirect(referral)
    return _mend(request, referral, form, token, "Correct what was recorded", stands)


class AmendForm(Checked):
    """What was first written about a referral, to be put right."""

    received_at = MomentField(label="When was it received?", past=True)
    route = picker("How did it reach us?", Route.choices)
    referrer_name = line("Name of the person", required=False)
    referrer_contact = line("How to reach them", required=False, length=200)
    concern = words("What is the concern?", rows=10)
    reason = line("Why are you correcting it?", length=300)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what was first written about the referral."""
    officer = officer_of(request)
    hold(request, Referral, pk)
    referral = opened(officer, pk)
    began = {name: getattr(referral, name) for name in AmendForm.base_fields if name != "reason"}
    form = AmendForm(request.POST or None, initial=began)
    stands = standing.of_referral(referral)
    refuse_if_stale(request, form, stands)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        reason = given.pop("reason")
        changes = {name: value for name, value in given.items() if name in form.changed_data}
        try:
            amend_referral(referral=referral, changes=changes, reason=reason, by=officer)
        except NotAllowed:
            raise Http404 from None
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            drop_draft(officer, form_key(request))
            messages.success(request, "The referral is corrected. What it said before is kept.")
            return redirect(referral)
    return _mend(request, referral, form, "", "Correct the referral", stands)


def _mend(
    request: HttpRequest, referral: Referral, form: forms.Form, token: str, title: str, stands: Standing
) -> HttpResponse:
    drafted = fill(form, officer_of(request), form_key(request))
    deed = {"title": title, "button": "Save the correction"}
    context: dict[str, Any] = {"deed": deed, "form": form, "referral": referral, "token": token, "drafted": drafted}
    context |= shown(request, stands)
    return render(request, "referrals/deed.html", context)
