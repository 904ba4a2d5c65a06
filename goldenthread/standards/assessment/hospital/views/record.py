"""A notification's page, taking one, and the pages of what is done on it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.cases.facts import standing
from goldenthread.cases.opening import opened_file, opened_record
from goldenthread.cases.sight import sight_of
from goldenthread.core.clock import now
from goldenthread.core.versions import hold
from goldenthread.obligations.correct_form import CorrectForm, boxes_of
from goldenthread.obligations.correct_page import fact_to_correct, show_correction
from goldenthread.obligations.correcting import standing_of
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.owed_on import owed_on
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.people.verb_page import VerbPage, doing, show_new
from goldenthread.people.verb_page import show as show_verb
from goldenthread.standards.assessment.hospital import actions, corrections
from goldenthread.standards.assessment.hospital.choices import Harm, Step
from goldenthread.standards.assessment.hospital.deeds import BY_KEY, SETTLED_BY
from goldenthread.standards.assessment.hospital.forms import NotificationForm
from goldenthread.standards.assessment.hospital.models import HospitalNotification
from goldenthread.standards.assessment.hospital.requirements import is_unplanned, steps_owed
from goldenthread.standards.assessment.hospital.timeline import RELATED, timeline

View = Callable[..., HttpResponse]


def opened(officer: Officer, pk: int) -> HospitalNotification:
    """The notification with all that hangs on it, and a trail entry of its being read. Raises Http404 where the officer may
    not open it."""
    rows = HospitalNotification.objects.select_related(
        "case_file__team", "case_file__worker", "referral", "by"
    ).prefetch_related("children", *(f"{name}__by" for name in RELATED), "plans__worker", "plans__manager")
    return opened_record(officer, rows, pk, "read hospital notification")


@require_safe
@transaction.atomic
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one notification."""
    officer = officer_of(request)
    found = opened(officer, pk)
    writes = sight_of(officer).may_write(found.case_file)
    may_record = writes and officer.may(Permission.RECORD_REFERRALS)

    def settle(row: Obligation) -> tuple[str, str]:
        deed = SETTLED_BY[row.requirement]
        may = writes and officer.may(deed.permission)
        if deed.key == "escalation" and officer.role_data.scope not in {"group", "service"}:
            may = False
        return (reverse(deed.url_name, args=[pk]), deed.title) if may else ("", "")

    owed, settled = owed_on(found, officer, settle=settle)
    taken = {s.fact.step: s.fact for s in reversed(standing(found.steps.all()))}
    left = found.discharge()
    buttons = {duty.button for duty in owed}
    keys = ("visit", "step", "harm", "plan") if left else ("visit", "step", "harm", "plan", "discharge")
    more = [BY_KEY[key] for key in keys if BY_KEY[key].title not in buttons] if may_record else []
    context = {
        "found": found,
        "children": list(found.children.all()),
        "harm": found.harm_at(),
        "harm_words": Harm(found.harm_at()).label,
        "left": left.fact if left else None,
        "unplanned": is_unplanned(found),
        "has_plan": bool(standing(found.plans.all())),
        "owed": owed,
        "settled": settled,
        "more": more,
        "steps": [(Step(key).label, taken.get(key)) for key in steps_owed(found)],
        "entries": timeline(found),
        "may_record": may_record,
    }
    return render(request, "hospital/notification.html", context)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def notify(request: HttpRequest, pk: int) -> HttpResponse:
    """A hospital told us of a child of this case file."""
    officer = officer_of(request)
    found = opened_file(officer, pk, "read case file")

    begun = {"received_at": now(), "children": list(found.children.values_list("pk", flat=True))}
    return show_new(
        request,
        lambda data: NotificationForm(data, case_file=found, initial=begun),
        verb=partial(actions.take_notification, case_file=found, by=officer),
        said=lambda made: "The notification is recorded.",
        heading="A child is in hospital",
        button="Record the notification",
        back=reverse("case-file", args=[pk]),
        back_to=f"Case file {found}",
    )


def deed_view(key: str) -> View:
    """The page of one deed."""
    deed = BY_KEY[key]

    @require_http_methods(["GET", "POST"])
    @transaction.atomic
    def page(request: HttpRequest, pk: int) -> HttpResponse:
        officer = officer_of(request)
        found = opened(officer, pk)

        begun: dict[str, Any] = {"occurred_at": now()}
        if key == "plan" and officer.may(Permission.RECORD_REFERRALS):
            begun["worker"] = found.case_file.worker_id or officer.pk
        verb = VerbPage(
            heading=deed.title,
            button=deed.button,
            act=doing(deed.verb, deed.done, notification=found, by=officer),
            back=found.get_absolute_url(),
            back_to=f"Hospital notification {found}",
            warning=deed.warning,
            about=[("In hospital", f"{found.hospital}{f', {found.ward}' if found.ward else ''}")],
        )
        return show_verb(request, verb, lambda data: deed.form(data, initial=begun))

    return page


@require_http_methods(["GET", "POST"])
@transaction.atomic
def correct(request: HttpRequest, pk: int, kind: str, target: int) -> HttpResponse:
    """Correct one fact, or take it back."""
    officer = officer_of(request)
    hold(request, HospitalNotification, pk)
    found = opened(officer, pk)
    fact = fact_to_correct(corrections.CORRECTABLE, kind, target, lambda fact: fact.notification_id == found.pk)
    names = corrections.CORRECTABLE[type(fact)]
    boxes = boxes_of(fact, (*names, "occurred_at"))
    return show_correction(
        request,
        lambda data: CorrectForm(data, fact=fact, boxes=boxes),
        correct=lambda given, why: corrections.correct(fact=fact, changes=given, reason=why, by=officer),
        withdraw=lambda why: corrections.withdraw(fact=fact, reason=why, by=officer),
        standing=standing_of(fact, names),
        back=found.get_absolute_url(),
        back_to=f"Hospital notification {found}",
    )
