"""A transfer's page, asking for one, and the pages of what is done on it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.cases.opening import opened_file, opened_record
from goldenthread.cases.sight import sight_of
from goldenthread.core.clock import now
from goldenthread.core.templatetags.words import day, deadline
from goldenthread.core.versions import hold
from goldenthread.obligations.correct_form import CorrectForm, boxes_of
from goldenthread.obligations.correct_page import fact_to_correct, show_correction
from goldenthread.obligations.correcting import standing_of
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.owed_on import owed_on
from goldenthread.obligations.requirement import installed
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.verb_page import VerbPage, doing, show_new
from goldenthread.people.verb_page import show as show_verb
from goldenthread.standards.allocation.transferring import actions, corrections
from goldenthread.standards.allocation.transferring.course import Course, Hurdle, course_of
from goldenthread.standards.allocation.transferring.deeds import BY_KEY, DEEDS, SETTLED_BY, Acts
from goldenthread.standards.allocation.transferring.forms import RequestForm
from goldenthread.standards.allocation.transferring.models import HandoverRecord, Transfer
from goldenthread.standards.allocation.transferring.timeline import RELATED, timeline

View = Callable[..., HttpResponse]


def opened(officer: Officer, pk: int) -> Transfer:
    """The transfer with all that hangs on it, and a trail entry of its being read. Raises Http404 where the officer may not
    open it."""
    rows = Transfer.objects.select_related(
        "case_file__team", "case_file__worker", "from_team", "to_team", "asked_of", "by"
    ).prefetch_related("case_file__children", *RELATED)
    return opened_record(officer, rows, pk, "read transfer")


def _hurdle(course: Course, number: int) -> Hurdle:
    found = next((one for one in course.hurdles if one.pk == number), None)
    if found is None:
        raise Http404
    return found


def _names(course: Course) -> dict[str, str]:
    """What the keys of what is owed mean, in words."""
    return {f"obstacle-{one.pk}": one.said.fact.get_kind_display() for one in course.hurdles}


@require_safe
@transaction.atomic
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one transfer."""
    officer, at = officer_of(request), now()
    found = opened(officer, pk)
    course, acts = course_of(found), Acts.of(officer, found)
    names = _names(course)
    may = {deed.key: deed.fits(course) and deed.may(officer, acts) for deed in DEEDS}

    def settle(row: Obligation) -> tuple[str, str]:
        deed = SETTLED_BY[row.requirement]
        number = [int(row.key.partition("-")[2])] if deed.on_obstacle else []
        return (reverse(deed.url_name, args=[pk, *number]), deed.title) if may[deed.key] else ("", "")

    owed, settled = owed_on(found, officer, settle=settle, about=lambda row: names.get(row.key, ""))
    taken = {duty.url for duty in owed}
    links = [
        (reverse(deed.url_name, args=[pk]), deed.title) for deed in DEEDS if may[deed.key] and not deed.on_obstacle
    ]
    hurdles = [
        {
            "one": one, "over": one.over(at),
            "clear": reverse("transfer-clear", args=[pk, one.pk]) if one.open and may["clear"] else "",
            "move": reverse("transfer-move", args=[pk, one.pk]) if one.open and may["move"] else "",
        }
        for one in course.hurdles
    ]  # fmt: skip
    state, colour = course.state
    context = {
        "found": found, "course": course, "state": state, "colour": colour, "hurdles": hurdles,
        "children": list(found.case_file.children.all()), "owed": owed, "settled": settled,
        "links": [link for link in links if link[0] not in taken], "entries": timeline(found),
        "may_record": BY_KEY["obstacle"].may(officer, acts), "outstanding": _handed(course), "since": at - found.asked_at,
        "writes": acts.writes,
    }  # fmt: skip
    return render(request, "transferring/transfer.html", context)


def _handed(course: Course) -> list[tuple[str, str, str]]:
    """What was outstanding when the case was handed over, as the last handover record lists it."""
    if not course.handovers:
        return []
    first: HandoverRecord = course.handovers[-1].first
    known = installed()
    return [
        (
            known[item.requirement].title if item.requirement in known else item.requirement,
            f"since {day(item.since_at)}",
            f"due {deadline(item.due_at)}" if item.due_at else "no date set",
        )
        for item in first.items.all()
    ]


@require_http_methods(["GET", "POST"])
@transaction.atomic
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Another team is asked to take a case file on."""
    officer = officer_of(request)
    found = opened_file(officer, pk, "read case file")
    return show_new(
        request,
        lambda data: RequestForm(data, case_file=found, initial={"asked_at": now()}),
        verb=partial(actions.request_transfer, case_file=found, by=officer),
        said=lambda made: (
            f"The transfer is asked for as {made.reference}. Until it is done, the case stays with your team."
        ),
        heading="Ask another team to take the case on",
        button="Ask for the transfer",
        back=reverse("case-file", args=[pk]),
        back_to=f"Case file {found}",
        lead="Those who manage the other team can read this case file from now on. The case stays with its team and worker "
        "until the transfer is done.",
    )


def deed_view(key: str) -> View:
    """The page of one deed."""
    deed = BY_KEY[key]

    @require_http_methods(["GET", "POST"])
    @transaction.atomic
    def page(request: HttpRequest, pk: int, obstacle: int = 0) -> HttpResponse:
        officer = officer_of(request)
        found = opened(officer, pk)
        course = course_of(found)
        hurdle = _hurdle(course, obstacle) if deed.on_obstacle else None
        known: dict[str, Any] = {"obstacle": hurdle.said.first} if hurdle else {"transfer": found}
        about = [("From", found.from_team.name), ("To", found.to_team.name)]
        if hurdle:
            about.append(("Obstacle", hurdle.said.fact.what))
        verb = VerbPage(
            heading=deed.title,
            button=deed.button,
            act=doing(deed.verb, deed.done, **known, by=officer),
            back=found.get_absolute_url(),
            back_to=f"Transfer {found}",
            warning=deed.warning,
            about=about,
        )
        begun = {"occurred_at": now(), **_begun(key, found, course)}

        def make(data: Any) -> Any:
            return deed.form(data, transfer=found, officer=officer, hurdle=hurdle, initial=begun)

        if key == "complete":  # whoever hands the case over may then no longer open its pages
            act = verb.act

            def leave(given: dict[str, Any]) -> str:
                said = act(given)
                if not sight_of(officer).why(_now(found).case_file):
                    verb.back = reverse("transfers")
                return said

            verb.act = leave
        return show_verb(request, verb, make)

    return page


def _now(transfer: Transfer) -> Transfer:
    return Transfer.objects.select_related("case_file").get(pk=transfer.pk)


def _begun(key: str, transfer: Transfer, course: Course) -> dict[str, Any]:
    """What is filled in before anybody types."""
    if key == "complete" and course.accepted:
        return {"worker": course.accepted.worker_id}
    if key == "visit":
        return {
            "sender": transfer.case_file.worker_id,
            "receiver": course.accepted.worker_id if course.accepted else None,
        }
    return {}


@require_http_methods(["GET", "POST"])
@transaction.atomic
def correct(request: HttpRequest, pk: int, kind: str, target: int) -> HttpResponse:
    """Correct one fact, or take it back."""
    officer = officer_of(request)
    hold(request, Transfer, pk)
    found = opened(officer, pk)
    fact = fact_to_correct(
        corrections.CORRECTABLE, kind, target, lambda fact: corrections.transfer_of(fact).pk == found.pk
    )
    names = corrections.CORRECTABLE[type(fact)]
    boxes = boxes_of(fact, (*names, "occurred_at"))
    return show_correction(
        request,
        lambda data: CorrectForm(data, fact=fact, boxes=boxes),
        correct=lambda given, why: corrections.correct(fact=fact, changes=given, reason=why, by=officer),
        withdraw=lambda why: corrections.withdraw(fact=fact, reason=why, by=officer),
        standing=standing_of(fact, names),
        back=found.get_absolute_url(),
        back_to=f"Transfer {found}",
    )
