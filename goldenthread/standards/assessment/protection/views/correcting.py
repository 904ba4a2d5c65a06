"""The pages of correcting what was recorded of a discussion or a plan."""

from typing import Any

from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from goldenthread.cases.facts import Fact
from goldenthread.core.clock import at_minute
from goldenthread.core.templatetags.words import moment
from goldenthread.core.versions import Standing, hold, version_of
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
    rows: Any = _KINDS[kind]._default_manager
    fact: Fact = get_object_or_404(_KINDS[kind], pk=target)
    if record_of(fact) != record:
        raise Http404
    while (later := rows.filter(supersedes=fact).first()) is not None:
        fact = later
    return fact


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
        if "occurred_at" in given and at_minute(given["occurred_at"]) == at_minute(fact.occurred_at):
            del given["occurred_at"]  # its boxes tell no seconds
        correct(fact=fact, changes=given, who=who, reason=reason, by=officer)
        return "It is corrected. What it said before is kept."

    page = VerbPage(
        heading="Correct what was recorded",
        button="Save the correction",
        act=act,
        back=back,
        back_to=back_to,
        standing=_standing(fact),
        closed=fact.withdrawn,
        warning="This was taken back: there is nothing more to correct." if fact.withdrawn else "",
    )
    initial = who_initial(fact) if isinstance(fact, StrategyDiscussion) else {}
    return show(request, page, lambda data: CorrectForm(data, fact=fact, initial=initial))


def _standing(fact: Fact) -> Standing:
    now = [("When it happened", moment(fact.occurred_at))]
    for name in CORRECTABLE[type(fact)]:
        if name == "occurred_at":
            continue
        field = fact._meta.get_field(name)
        shown = getattr(fact, f"get_{name}_display", None)
        value = shown() if shown else getattr(fact, name)
        value = moment(value) if name == "arranged_for" else value
        now.append((str(getattr(field, "verbose_name", name)).capitalize(), str(value or "not given")))
    if isinstance(fact, StrategyDiscussion):
        now.append(("Who took part", "; ".join(fact.took_part.values())))
    if fact.withdrawn:
        now = [("Now", "taken back: it did not happen")]
    return Standing(version_of(type(fact)._meta.label_lower, fact.pk), fact.by.name, fact.recorded_at, tuple(now))
