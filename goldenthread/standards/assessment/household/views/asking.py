"""Asking at first contact: which languages the family speaks, for all children of a referral at once."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from goldenthread.cases.facts import standing
from goldenthread.cases.opening import opened_record
from goldenthread.core.clock import now
from goldenthread.people.access import officer_of
from goldenthread.people.verb_page import VerbPage, show
from goldenthread.standards.assessment.household.actions import ask_language
from goldenthread.standards.assessment.household.forms import AskForm, name_children
from goldenthread.standards.referrals.models import Referral


@require_http_methods(["GET", "POST"])
@transaction.atomic
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer, for those of the children of whom it is not known yet, unless others are chosen."""
    officer = officer_of(request)
    rows = Referral.objects.select_related("case_file__team").prefetch_related("children__languages")
    referral = opened_record(officer, rows, pk, "read referral")
    children = list(referral.children.all())
    without = [c.pk for c in children if not any(s.fact.settles for s in standing(c.languages.all()))]

    def act(given: dict[str, Any]) -> str:
        asked = ask_language(referral=referral, by=officer, **given)
        return "The answer is recorded." if len(asked) == 1 else f"The answer is recorded for {len(asked)} children."

    def form(data: Any) -> forms.Form:
        made = AskForm(data, initial={"occurred_at": now(), "children": without or [c.pk for c in children]})
        name_children(made.fields["children"], referral.children.all())
        return made

    page = VerbPage(
        heading="Which language does the family speak?",
        button="Record the answer",
        act=act,
        back=referral.get_absolute_url(),
        back_to=f"Referral {referral.reference}",
    )
    return show(request, page, form)
