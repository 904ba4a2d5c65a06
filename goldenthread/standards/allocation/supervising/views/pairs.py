"""The page of one supervision, and the pages of what is recorded about it. On no case file: who may see it is the pair itself and the
line of management."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.cases.facts import Standing, standing
from goldenthread.cases.models import CaseFile
from goldenthread.cases.sight import sight_of
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.versions import hold
from goldenthread.obligations.correct_form import CorrectForm, boxes_of
from goldenthread.obligations.correct_page import fact_to_correct, show_correction
from goldenthread.obligations.correcting import standing_of
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.people.verb_page import VerbPage, doing, show, show_new
from goldenthread.standards.allocation.supervising import pairs
from goldenthread.standards.allocation.supervising.forms import EndForm, PairForm, SessionForm
from goldenthread.standards.allocation.supervising.models import CaseSupervision, SupervisionPair, SupervisionSession
from goldenthread.standards.allocation.supervising.views.lists import line_of


def opened_pair(officer: Officer, pk: int, *, leading: bool = False) -> SupervisionPair:
    """A supervision that the officer may see, or (leading) write to. Raises Http404."""
    rows = SupervisionPair.objects.select_related("worker", "supervisor", "team").prefetch_related("sessions__by")
    return get_object_or_404(rows.led_by(officer) if leading else rows.visible_to(officer), pk=pk)


@dataclass(frozen=True, slots=True)
class Case:
    """An open case of the worker: held since when, last talked over when, and where that is shown."""

    file: CaseFile
    since: datetime
    last: datetime | None = None
    url: str = ""

    @property
    def rank(self) -> datetime:
        """The longer ago, the sooner."""
        return self.last or self.since


def _case(file: CaseFile, worker: int) -> Case:
    since = max((one.since_at for one in file.holdings.all() if one.worker_id == worker), default=file.opened_at)
    talked: list[Standing[CaseSupervision]] = standing(file.case_supervisions.all())
    if not talked:
        return Case(file, since)
    return Case(file, since, talked[-1].moment.occurred_at, reverse("discussion", args=[talked[-1].first.pk]))


@require_safe
@transaction.atomic
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Their sessions, and the worker's open cases, longest not talked over first: of those that whoever looks may open."""
    officer, at = officer_of(request), now()
    found = opened_pair(officer, pk)
    rows = CaseFile.objects.visible_to(officer).open_at(at).filter(worker=found.worker)
    files = list(rows.prefetch_related("children", "holdings", "case_supervisions"))
    cases = sorted((_case(file, found.worker_id) for file in files), key=lambda case: (case.rank, case.file.pk))
    if files:
        trail.write(
            "see list", found, by=officer, why="relationship", records=[f"cases.casefile:{file.pk}" for file in files]
        )
    else:
        trail.nothing_shown()
    leads = found.worker_id != officer.pk and officer.may(Permission.DECIDE_REFERRALS)
    sessions = standing(found.sessions.all())[::-1]
    last_held = next((one.fact for one in sessions if one.fact.held), None)
    sight = sight_of(officer)
    context = {
        "found": found,
        "line": line_of(found, at),
        "sessions": sessions,
        "last_held": last_held,
        "cases": cases,
        "may_discuss": {file.pk for file in files if sight.may_write(file)} if leads else set(),
        "leads": leads and found.until_at is None,
        "may_correct": leads,
        "may_end": leads and found.until_at is None and officer.may(Permission.SIGN_OFF),
    }
    return render(request, "supervising/pair.html", context)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def new(request: HttpRequest) -> HttpResponse:
    """Say who supervises whom."""
    officer = officer_of(request)
    trail.nothing_shown()
    begun = {"since_at": now(), "worker": request.GET.get("worker") or None}
    return show_new(
        request,
        lambda data: PairForm(data, by=officer, initial=begun),
        verb=lambda **given: pairs.pair_up(by=officer, **given),
        said=lambda made: "It is recorded who supervises whom.",
        heading="Who supervises whom",
        button="Record it",
        back=reverse("supervision"),
        back_to="Supervision",
    )


@require_http_methods(["GET", "POST"])
@transaction.atomic
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that they met, or that it was missed."""
    officer = officer_of(request)
    found = opened_pair(officer, pk, leading=True)
    trail.nothing_shown()
    page = VerbPage(
        heading="Record a supervision session",
        button="Record the session",
        act=doing(pairs.record_session, "The session is recorded. What was said of each case is recorded below, case by case.", pair=found, by=officer),
        back=found.get_absolute_url(),
        back_to=f"Supervision of {found.worker.name}",
        about=[("Worker", found.worker.name), ("Supervisor", found.supervisor.name)],
        lead="Here stands only that they met. What is said of a child goes on the child's file, and nothing is kept of the worker.",
    )  # fmt: skip
    return show(request, page, lambda data: SessionForm(data, initial={"occurred_at": now()}))


@require_http_methods(["GET", "POST"])
@transaction.atomic
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """They do not work together any more."""
    officer = officer_of(request)
    found = opened_pair(officer, pk, leading=True)
    trail.nothing_shown()
    page = VerbPage(
        heading="End this supervision",
        button="End it",
        act=doing(pairs.end_pair, "It has ended. Say who supervises the worker now.", pair=found, by=officer),
        back=found.get_absolute_url(),
        back_to=f"Supervision of {found.worker.name}",
        about=[("Worker", found.worker.name), ("Supervisor", found.supervisor.name)],
        closed=found.until_at is not None,
        warning="Where somebody else takes over, say who supervises whom instead: this one ends by itself then.",
    )
    return show(request, page, lambda data: EndForm(data, initial={"until_at": now()}))


@require_http_methods(["GET", "POST"])
@transaction.atomic
def correct(request: HttpRequest, pk: int, target: int) -> HttpResponse:
    """Correct a session, or say that there was none."""
    officer = officer_of(request)
    hold(request, SupervisionPair, pk)
    found = opened_pair(officer, pk, leading=True)
    trail.nothing_shown()
    fact = fact_to_correct([SupervisionSession], "supervisionsession", target, lambda one: one.pair_id == found.pk)
    names = pairs.CORRECTABLE if not fact.held else ("occurred_at", "next_at")

    def carry_out(given: dict[str, Any] | None, why: str) -> object:
        return pairs.correct_session(session=fact, changes=given, reason=why, by=officer)

    return show_correction(
        request,
        lambda data: CorrectForm(data, fact=fact, boxes=boxes_of(fact, names, why_missed="Why it was missed")),
        correct=carry_out,
        withdraw=lambda why: carry_out(None, why),
        standing=standing_of(fact, names),
        back=found.get_absolute_url(),
        back_to=f"Supervision of {found.worker.name}",
    )
