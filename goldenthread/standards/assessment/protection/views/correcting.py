"""The pages of correcting what was recorded of a discussion or a plan."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from goldenthread.cases.facts import Fact
from goldenthread.core.versions import hold
from goldenthread.obligations.correct_page import fact_to_correct, show_correction
from goldenthread.obligations.correcting import standing_of
from goldenthread.people.access import officer_of
from goldenthread.standards.assessment.protection.corrections import CORRECTABLE, correct, record_of, withdraw
from goldenthread.standards.assessment.protection.forms import CorrectForm, who_initial
from goldenthread.standards.assessment.protection.models import ProtectionPlan, StrategyDiscussion
from goldenthread.standards.assessment.protection.views import discussions, plans


@require_http_methods(["GET", "POST"])
@transaction.atomic
def strategy_correct(request: HttpRequest, pk: int, kind: str, target: int) -> HttpResponse:
    """Correct a discussion, or what came of it."""
    hold(request, StrategyDiscussion, pk)
    first = discussions.opened(officer_of(request), pk)
    fact = fact_to_correct(CORRECTABLE, kind, target, lambda fact: record_of(fact) == first)
    return _correct(request, fact, first.get_absolute_url(), "The strategy discussion")


@require_http_methods(["GET", "POST"])
@transaction.atomic
def protection_correct(request: HttpRequest, pk: int, kind: str, target: int) -> HttpResponse:
    """Correct a plan, or what was done on it."""
    hold(request, ProtectionPlan, pk)
    first = plans.opened(officer_of(request), pk)
    fact = fact_to_correct(CORRECTABLE, kind, target, lambda fact: record_of(fact) == first)
    return _correct(request, fact, first.get_absolute_url(), "The child protection plan")


def _correct(request: HttpRequest, fact: Fact, back: str, back_to: str) -> HttpResponse:
    officer = officer_of(request)
    there = [("Who took part", "; ".join(fact.took_part.values()))] if isinstance(fact, StrategyDiscussion) else []
    initial = who_initial(fact) if isinstance(fact, StrategyDiscussion) else {}
    return show_correction(
        request,
        lambda data: CorrectForm(data, fact=fact, initial=initial),
        correct=lambda given, why: correct(fact=fact, who=given.pop("who"), changes=given, reason=why, by=officer),
        withdraw=lambda why: withdraw(fact=fact, reason=why, by=officer),
        standing=standing_of(fact, CORRECTABLE[type(fact)], *there),
        back=back,
        back_to=back_to,
        closed=fact.withdrawn,
        warning="This was taken back: there is nothing more to correct." if fact.withdrawn else "",
    )
