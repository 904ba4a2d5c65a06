"""The pages of writing an assessment's parts, handing it in, and of a manager's answer to it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from goldenthread.cases import facts
from goldenthread.core.clock import now
from goldenthread.core.versions import hold
from goldenthread.people.access import officer_of
from goldenthread.people.verb_page import VerbPage, show
from goldenthread.standards.assessment.assessing import standing
from goldenthread.standards.assessment.assessing.actions import hand_in, write_part
from goldenthread.standards.assessment.assessing.choices import PartKind, State
from goldenthread.standards.assessment.assessing.forms import DecisionsForm, HandInForm, PartForm, ReasonForm
from goldenthread.standards.assessment.assessing.guidance import GUIDANCE, Guidance
from goldenthread.standards.assessment.assessing.models import Assessment
from goldenthread.standards.assessment.assessing.rules import missing
from goldenthread.standards.assessment.assessing.signing import reopen, return_for_more_work, sign_off
from goldenthread.standards.assessment.assessing.views.reading import opened_assessment
from goldenthread.standards.assessment.assessing.views.record import Part, parts_of

_CLOSED = {
    State.HANDED_IN: "It is handed in. A manager signs it off, or returns it for more work.",
    State.SIGNED_OFF: "It is signed off. A manager can reopen it, with a reason.",
}


@dataclass(slots=True)
class PartPage(VerbPage):
    """A page that also has guidance beside its box, and the parts that come before."""

    guidance: Guidance | None = None
    before: list[Part] = field(default_factory=list)
    caption: str = ""


@require_http_methods(["GET", "POST"])
@transaction.atomic
def write(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """Write one of the four parts, with what belongs there beside the box."""
    officer = officer_of(request)
    if part not in PartKind.values:
        raise Http404
    hold(request, Assessment, pk)
    found = opened_assessment(officer, pk)
    kind, stood = PartKind(part), found.part(part)

    def act(given: dict[str, Any]) -> str:
        write_part(assessment=found, part=part, by=officer, **given)
        return f"The part “{kind.label}” is saved. What it said before is kept."

    parts = parts_of(found)
    page = PartPage(
        heading=str(kind.label), button="Save this part", act=act, back=f"{found.get_absolute_url()}#{part}",
        back_to=f"Assessment {found}", standing=standing.of_part(found, part), template="assessing/write.html",
        guidance=GUIDANCE[part], before=parts[: PartKind.values.index(part)], caption=f"Assessment {found}",
        warning=_CLOSED.get(found.state, ""), closed=not found.is_open,
    )  # fmt: skip
    make = DecisionsForm if kind == PartKind.DECISIONS else PartForm
    initial = {"text": stood.fact.text, "outcome": stood.fact.outcome} if stood else {}
    hint = "It may be unfinished: it is asked for whole when the assessment is handed in."
    return show(request, page, lambda data: make(data, label=GUIDANCE[part].asks, help_text=hint, initial=initial))


def _about(assessment: Assessment) -> list[tuple[str, str]]:
    rows = [(part.label, part.now.text if part.now else "Nothing is written yet") for part in parts_of(assessment)]
    decided = assessment.part(PartKind.DECISIONS)
    if decided and decided.fact.outcome:
        rows.append(("What the decisions come to", decided.fact.get_outcome_display()))
    heard: dict[int, list[str]] = {}
    for views in facts.standing(assessment.views.all()):
        heard.setdefault(views.fact.child_id, []).append(views.fact.words or f"None, because: {views.fact.why_none}")
    for child in assessment.children.all():
        rows.append((f"{child.name}: own views", "\n".join(heard.get(child.pk, ["Nothing is recorded yet"]))))
    return rows


@require_http_methods(["GET", "POST"])
@transaction.atomic
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the assessment in to be signed off."""
    officer = officer_of(request)
    hold(request, Assessment, pk)
    found = opened_assessment(officer, pk)

    def act(given: dict[str, Any]) -> str:
        hand_in(assessment=found, by=officer, **given)
        return "The assessment is handed in. Its parts are closed until a manager has answered."

    lacks = missing(found)
    warning = _CLOSED.get(found.state) or (f"It lacks something: {'; '.join(lacks)}." if lacks else "")
    page = VerbPage(
        heading="Hand in the assessment", button="Hand it in", act=act, back=found.get_absolute_url(),
        back_to=f"Assessment {found}", about=_about(found), warning=warning, closed=not found.is_open,
        standing=standing.of_assessment(found),
    )  # fmt: skip
    return show(request, page, lambda data: HandInForm(data, initial={"occurred_at": now()}))


def _manager(
    request: HttpRequest, pk: int, *, verb: Callable[..., object], wanted: State, not_now: str, done: str,
    heading: str, button: str, label: str, help_text: str, what: str, lead: str = "",
) -> HttpResponse:  # fmt: skip
    officer = officer_of(request)
    hold(request, Assessment, pk)
    found = opened_assessment(officer, pk)

    def act(given: dict[str, Any]) -> str:
        verb(assessment=found, by=officer, **given)
        return done

    page = VerbPage(
        heading=heading, button=button, act=act, back=found.get_absolute_url(), back_to=f"Assessment {found}",
        about=_about(found), lead=lead, standing=standing.of_assessment(found),
        warning="" if found.state == wanted else not_now, closed=found.state != wanted,
    )  # fmt: skip

    def make(data: Any) -> forms.Form:
        began: datetime = now()
        return ReasonForm(data, label=label, help_text=help_text, what=what, initial={"occurred_at": began})

    return show(request, page, make)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """A manager signs the assessment off."""
    return _manager(
        request, pk, verb=sign_off, wanted=State.HANDED_IN, not_now="It is not handed in: there is nothing to sign off.",
        done="The assessment is signed off. Its parts are closed.", heading="Sign off the assessment",
        button="Sign it off", label="Why do you sign it off?",
        help_text="How the facts bear out the conclusions, and whether the decisions follow from them.",
        what="why you sign it off",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@transaction.atomic
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A manager returns the assessment for more work."""
    return _manager(
        request, pk, verb=return_for_more_work, wanted=State.HANDED_IN,
        not_now="It is not handed in: there is nothing to return.",
        done="The assessment is returned. Its parts are open again.", heading="Return it for more work",
        button="Return it", label="What is missing?",
        help_text="So that whoever mends it knows what to do. They see this on the assessment's page.",
        what="what is missing",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@transaction.atomic
def open_again(request: HttpRequest, pk: int) -> HttpResponse:
    """A manager takes a sign-off back."""
    return _manager(
        request, pk, verb=reopen, wanted=State.SIGNED_OFF, not_now="It is not signed off: there is nothing to reopen.",
        done="The assessment is open again.", heading="Reopen the assessment", button="Reopen it",
        label="Why should it not have been signed off?",
        help_text="The sign-off stays on its page, with this reason.",
        what="why it should not have been signed off",
        lead="Only where something was missing when it was signed off: it then counts as not signed off until it is signed "
        "off again. What is learned later belongs in a new assessment.",
    )  # fmt: skip
