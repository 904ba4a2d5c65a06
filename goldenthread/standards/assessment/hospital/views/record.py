"""A notification's page, taking one, and the pages of what is done on it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.cases.facts import Fact, standing
from goldenthread.cases.opening import opened_file, opened_record
from goldenthread.cases.sight import sight_of
from goldenthread.core.boxes import line, moment, words
from goldenthread.core.clock import now
from goldenthread.core.templatetags.words import moment as moment_in_words
from goldenthread.core.versions import Standing, hold, version_of
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.requirement import installed
from goldenthread.obligations.verdicts import verdict
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.people.verb_page import VerbPage
from goldenthread.people.verb_page import show as show_verb
from goldenthread.standards.assessment.hospital import actions, corrections
from goldenthread.standards.assessment.hospital.choices import Harm, Step
from goldenthread.standards.assessment.hospital.deeds import BY_KEY, SETTLED_BY
from goldenthread.standards.assessment.hospital.forms import NotificationForm
from goldenthread.standards.assessment.hospital.models import HospitalNotification
from goldenthread.standards.assessment.hospital.requirements import is_unplanned, steps_owed
from goldenthread.standards.assessment.hospital.timeline import RELATED, timeline

View = Callable[..., HttpResponse]
_KINDS = {kind._meta.model_name or "": kind for kind in corrections.CORRECTABLE}


def opened(officer: Officer, pk: int) -> HospitalNotification:
    """The notification with all that hangs on it, and a trail entry of its being read. Raises Http404 where the officer may
    not open it."""
    rows = HospitalNotification.objects.select_related(
        "case_file__team", "case_file__worker", "referral", "by"
    ).prefetch_related("children", *(f"{name}__by" for name in RELATED), "plans__worker", "plans__manager")
    return opened_record(officer, rows, pk, "read hospital notification")


@dataclass(frozen=True, slots=True)
class Duty:
    """Something owed on it, how it stands, and where it is settled."""

    title: str
    verdict: str
    obligation: Obligation
    url: str
    button: str
    excuse_url: str


def _duties(found: HospitalNotification, officer: Officer, *, writes: bool) -> tuple[list[Duty], list[Duty]]:
    """What is owed now, soonest due first, and what is settled or excused."""
    at = now()
    rows = Obligation.objects.filter(
        subject_type="hospital.hospitalnotification", subject_id=found.pk, since_at__lte=at
    ).order_by(models.F("due_at").asc(nulls_last=True), "pk")
    owed: list[Duty] = []
    settled: list[Duty] = []
    for row in rows:
        is_open = row.done_at is None and row.excused_at is None
        deed = SETTLED_BY[row.requirement]
        may = is_open and writes and officer.may(deed.permission)
        if deed.key == "escalation" and officer.role_data.scope not in {"group", "service"}:
            may = False
        duty = Duty(
            installed()[row.requirement].title,
            str(verdict(row, at) or ""),
            row,
            reverse(deed.url_name, args=[found.pk]) if may else "",
            deed.title,
            reverse("excuse", args=[row.pk]) if is_open and officer.may(Permission.EXCUSE) else "",
        )
        (owed if is_open else settled).append(duty)
    return owed, settled


@require_safe
@transaction.atomic
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one notification."""
    officer = officer_of(request)
    found = opened(officer, pk)
    writes = sight_of(officer).may_write(found.case_file)
    may_record = writes and officer.may(Permission.RECORD_REFERRALS)
    owed, settled = _duties(found, officer, writes=writes)
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

    def act(given: dict[str, Any]) -> str:
        made = actions.take_notification(case_file=found, by=officer, **given)
        page.back = made.get_absolute_url()
        return "The notification is recorded."

    page = VerbPage(
        heading="A child is in hospital",
        button="Record the notification",
        act=act,
        back=reverse("case-file", args=[pk]),
        back_to=f"Case file {found}",
    )
    begun = {"received_at": now(), "children": list(found.children.values_list("pk", flat=True))}
    return show_verb(request, page, lambda data: NotificationForm(data, case_file=found, initial=begun))


def deed_view(key: str) -> View:
    """The page of one deed."""
    deed = BY_KEY[key]

    @require_http_methods(["GET", "POST"])
    @transaction.atomic
    def page(request: HttpRequest, pk: int) -> HttpResponse:
        officer = officer_of(request)
        found = opened(officer, pk)

        def act(given: dict[str, Any]) -> str:
            deed.verb(notification=found, by=officer, **given)
            return deed.done

        begun: dict[str, Any] = {"occurred_at": now()}
        if key == "plan" and officer.may(Permission.RECORD_REFERRALS):
            begun["worker"] = found.case_file.worker_id or officer.pk
        verb = VerbPage(
            heading=deed.title,
            button=deed.button,
            act=act,
            back=found.get_absolute_url(),
            back_to=f"Hospital notification {found}",
            warning=deed.warning,
            about=[("In hospital", f"{found.hospital}{f', {found.ward}' if found.ward else ''}")],
        )
        return show_verb(request, verb, lambda data: deed.form(data, initial=begun))

    return page


class CorrectForm(forms.Form):
    """What a fact says, to be put right."""

    def __init__(self, *args: Any, fact: Fact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in corrections.CORRECTABLE[type(fact)]:
            field = fact._meta.get_field(name)
            assert isinstance(field, models.Field)  # noqa: S101 (only plain fields can be corrected)
            label = str(field.verbose_name).capitalize()
            long = isinstance(field, models.TextField)
            self.fields[name] = (
                words(label, required=not field.blank) if long else line(label, length=field.max_length or 300)
            )
            self.initial[name] = getattr(fact, name)
        self.fields["occurred_at"] = moment("When it happened", "")
        self.initial["occurred_at"] = fact.occurred_at
        self.fields["withdrawn"] = forms.BooleanField(label="This did not happen: take it back", required=False)
        self.fields["reason"] = line("Why are you correcting it?", length=300)


def _last_row(fact: Fact) -> Fact:
    rows: Any = type(fact)._default_manager
    while (later := rows.filter(supersedes=fact).first()) is not None:
        fact = later
    return fact


@require_http_methods(["GET", "POST"])
@transaction.atomic
def correct(request: HttpRequest, pk: int, kind: str, target: int) -> HttpResponse:
    """Correct one fact, or take it back."""
    officer = officer_of(request)
    hold(request, HospitalNotification, pk)
    found = opened(officer, pk)
    if kind not in _KINDS:
        raise Http404
    fact = _last_row(get_object_or_404(_KINDS[kind], pk=target, notification=found))

    def act(given: dict[str, Any]) -> str:
        withdrawn, reason = given.pop("withdrawn"), given.pop("reason")
        if withdrawn:
            corrections.withdraw(fact=fact, reason=reason, by=officer)
            return "It is taken back."
        corrections.correct(fact=fact, changes=given, reason=reason, by=officer)
        return "It is corrected."

    says = [("When it happened", moment_in_words(fact.occurred_at))]
    for name in corrections.CORRECTABLE[type(fact)]:
        label = str(getattr(fact._meta.get_field(name), "verbose_name", name)).capitalize()
        says.append((label, str(getattr(fact, name) or "not given")))
    page = VerbPage(
        heading="Correct what was recorded",
        button="Save the correction",
        act=act,
        back=found.get_absolute_url(),
        back_to=f"Hospital notification {found}",
        standing=Standing(version_of(fact), fact.by.name, fact.recorded_at, tuple(says)),
    )
    return show_verb(request, page, lambda data: CorrectForm(data, fact=fact))
