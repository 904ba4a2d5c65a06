"""The pages of correcting what was recorded of a discussion or a plan."""

from typing import Any

from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from goldenthread.cases.facts import Fact
from goldenthread.core.versions import hold
from goldenthread.obligations.correcting import last_row, standing_of
from goldenthread.people.access import officer_of
from goldenthread.people.verb_page import VerbPage, show
from goldenthread.standards.assessment.protection.corrections import CORRECTABLE, correct, record_of, withdraw
from goldenthread.standards.assessment.protection.forms import CorrectForm, who_initial
from goldenthread.standards.assessment.protection.models import ProtectionPlan, StrategyDiscussion
from goldenthread.standards.assessment.protection.views import discussions, plans

_KINDS = {kind._meta.model_name or "": kind for kind in CORRECTABLE}


def _last_row(kind: str, target: int, record: models.Model) -> Fact:
    """The row that a fact of this record stands as. Raises Http404 for one of another record, or of no such kind."""
    if kind not in _KINDS:
        raise Http404
    fact: Fact = get_object_or_404(_KINDS[kind], pk=target)
    if record_of(fact) != record:
        raise Http404
    return last_row(fact)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def strategy_correct(request: HttpRequest, pk: int, kind: str, target: int) -> HttpResponse:
    """Correct a discussion, or what came of it."""
    hold(request, StrategyDiscussion, pk)
    first = discussions.opened(officer_of(request), pk)
    return _correct(request, _last_row(kind, target, first), first.get_absolute_url(), "The strategy discussion")


@require_http_methods(["GET", "POST"])
@transaction.atomic
def protection_correct(request: HttpRequest, pk: int, kind: str, target: int) -> HttpResponse:
    """Correct a plan, or what was done on it."""
    hold(request, ProtectionPlan, pk)
    first = plans.opened(officer_of(request), pk)
    return _correct(request, _last_row(kind, target, first), first.get_absolute_url(), "The child protection plan")


def _correct(request: HttpRequest, fact: Fact, back: str, back_to: str) -> HttpResponse:
    officer = officer_of(request)

    def act(given: dict[str, Any]) -> str:
        reason, gone, who = given.pop("reason"), given.pop("withdrawn"), given.pop("who")
        if gone:
            withdraw(fact=fact, reason=reason, by=officer)
            return "It is taken back. It stays to be read, and says so."
        correct(fact=fact, changes=given, who=who, reason=reason, by=officer)
        return "It is corrected. What it said before is kept."

    there = [("Who took part", "; ".join(fact.took_part.values()))] if isinstance(fact, StrategyDiscussion) else []
    page = VerbPage(
        heading="Correct what was recorded",
        button="Save the correction",
        act=act,
        back=back,
        back_to=back_to,
        standing=standing_of(fact, CORRECTABLE[type(fact)], *there),
        closed=fact.withdrawn,
        warning="This was taken back: there is nothing more to correct." if fact.withdrawn else "",
    )
    initial = who_initial(fact) if isinstance(fact, StrategyDiscussion) else {}
    return show(request, page, lambda data: CorrectForm(data, fact=fact, initial=initial))
