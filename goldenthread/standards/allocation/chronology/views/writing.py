"""The pages on which events are put in, marked and corrected, and on which people say that they went through a chronology."""

from functools import partial
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.cases.events import event_of
from goldenthread.cases.models import CaseFile
from goldenthread.cases.opening import opened_file
from goldenthread.core.clock import at_minute, now, today
from goldenthread.core.templatetags.words import moment
from goldenthread.core.versions import hold
from goldenthread.obligations.correct_form import CorrectForm, boxes_of
from goldenthread.obligations.correct_page import fact_to_correct, show_correction
from goldenthread.obligations.correcting import standing_of
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.verb_page import VerbPage, doing, show
from goldenthread.standards.allocation.chronology import actions, corrections
from goldenthread.standards.allocation.chronology import forms as boxes
from goldenthread.standards.allocation.chronology.models import ChronologyReview, SignificantEvent
from goldenthread.standards.allocation.chronology.reading import (
    Asked,
    chronology_of,
    people_around,
    reviews_of,
    since_last,
)

_SHOWN = 20
_BACK_TO = "The chronology"


def _opened(request: HttpRequest, pk: int) -> tuple[Officer, CaseFile, str]:
    officer = officer_of(request)
    return officer, opened_file(officer, pk, "read case file"), reverse("chronology", args=[pk])


@require_http_methods(["GET", "POST"])
@transaction.atomic
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an event into the chronology that no other record holds."""
    officer, found, back = _opened(request, pk)
    children, people = list(found.children.all()), people_around(found)
    begun = {"children": [child.pk for child in children] if len(children) == 1 else [], "learnt_on": today()}
    page = VerbPage(
        heading="Add a significant event",
        button="Add the event",
        act=doing(actions.add_event, "The event is in the chronology.", case_file=found, by=officer),
        back=back,
        back_to=_BACK_TO,
        lead="Visits, referrals, conferences and all else that is recorded in the product are in the chronology already: "
        "mark them there. Add here what no record holds: a birth, a parent who left, a year in another town.",
    )
    return show(request, page, lambda data: boxes.EventForm(data, children=children, people=people, initial=begun))


@require_http_methods(["GET", "POST"])
@transaction.atomic
def mark(request: HttpRequest, pk: int, kind: str, target: int) -> HttpResponse:
    """Say that an event which another record holds is significant, and why."""
    officer, found, back = _opened(request, pk)
    event = event_of(found, kind, target)
    if event is None or event.label == SignificantEvent._meta.label_lower:
        raise Http404
    page = VerbPage(
        heading="Mark an event",
        button="Mark it",
        act=doing(actions.mark_event, "The event is marked.", case_file=found, kind=kind, target=target, by=officer),
        back=back,
        back_to=_BACK_TO,
        about=[("What happened", event.what), ("When", event.when)],
    )
    return show(request, page, boxes.MarkForm)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that you went through the whole chronology, and what it tells."""
    officer, found, back = _opened(request, pk)
    before = since_last(reviews_of(found))
    new = chronology_of(found).narrowed(Asked(known_after=before))
    some = f"the last {_SHOWN} of {len(new)} events" if len(new) > _SHOWN else "the events"
    known = (
        f"that became known since it was gone through last, {moment(before)}" if before else "of the whole chronology"
    )
    lead = f"Above: {some} {known}." if new else "Nothing has become known since it was gone through last."
    page = VerbPage(
        heading="Go through the chronology",
        button="Record the review",
        act=doing(
            actions.review_chronology, "The review is recorded. It goes to the manager.", case_file=found, by=officer
        ),
        back=back,
        back_to=_BACK_TO,
        lead=lead if before else f"{lead} Nobody has gone through it yet.",
        about=[(event.when, event.what) for event in new[-_SHOWN:]],
        links=[(f"{back}?only=new" if before else back, "Read them in full")],
    )
    return show(request, page, lambda data: boxes.ReviewForm(data, initial={"occurred_at": now()}))


@require_http_methods(["GET", "POST"])
@transaction.atomic
def seen(request: HttpRequest, pk: int, target: int) -> HttpResponse:
    """A manager says that they read the chronology after a review."""
    officer, found, back = _opened(request, pk)
    first = ChronologyReview.objects.filter(pk=target, case_file=found, root=None).first()
    stands = first.stands if first else None
    if first is None or stands is None:
        raise Http404
    page = VerbPage(
        heading="Say that you have read the chronology",
        button="Record it",
        act=doing(actions.see_chronology, "It is recorded that you have read it.", review=first, by=officer),
        back=back,
        back_to=_BACK_TO,
        about=[
            ("Gone through", f"{moment(stands.moment.occurred_at)}, {stands.fact.by.name}"),
            ("What it tells", stands.fact.words),
        ],
        links=[(back, "Read the chronology")],
    )
    return show(request, page, lambda data: boxes.SeenForm(data, initial={"occurred_at": now()}))


@require_http_methods(["GET", "POST"])
@transaction.atomic
def correct(request: HttpRequest, pk: int, kind: str, target: int) -> HttpResponse:
    """Correct what was put in, marked, reviewed or read; or take it back."""
    hold(request, CaseFile, pk)
    officer, found, back = _opened(request, pk)
    fact = fact_to_correct(corrections.CORRECTABLE, kind, target, lambda fact: fact.case_file_id == found.pk)
    if not officer.may(corrections.permission_for(fact)):
        raise Http404
    names = [name for name in corrections.CORRECTABLE[type(fact)] if name not in {"person", "precision"}]
    more: list[tuple[str, str]] = []

    def make(data: Any) -> Any:
        if isinstance(fact, SignificantEvent):
            return boxes.CorrectEventForm(
                data, event=fact, children=list(found.children.all()), people=people_around(found)
            )
        return CorrectForm(data, fact=fact, boxes=boxes_of(fact, names))

    def put_right(given: dict[str, Any], why: str) -> None:
        children = given.pop("children", None)
        if isinstance(fact, SignificantEvent) and at_minute(given["occurred_at"]) == at_minute(fact.occurred_at):
            del given["occurred_at"]  # its boxes tell no seconds
        corrections.correct(fact=fact, changes=given, children=children, reason=why, by=officer)

    if isinstance(fact, SignificantEvent):
        more = [
            ("How exactly it is known", fact.get_precision_display()),
            ("Which child", ", ".join(child.name for child in fact.children.all())),
            ("Whose", dict(people_around(found)).get(fact.person_id or 0, "nobody in particular")),
        ]
    return show_correction(
        request,
        make,
        correct=put_right,
        withdraw=partial(_withdraw, fact, officer),
        standing=standing_of(fact, names, *more),
        back=back,
        back_to=_BACK_TO,
        closed=fact.withdrawn,
        warning="This was taken back: there is nothing more to correct." if fact.withdrawn else "",
    )


def _withdraw(fact: Any, officer: Officer, reason: str) -> None:
    corrections.withdraw(fact=fact, reason=reason, by=officer)
