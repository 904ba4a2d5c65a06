"""The page on which a case file is given to a worker: who carries how much first, then to whom and what for."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.cases.models import CaseFile
from goldenthread.cases.opening import opened_file
from goldenthread.cases.sight import sight_of
from goldenthread.core.clock import now
from goldenthread.core.versions import hold
from goldenthread.people.access import officer_of
from goldenthread.people.verb_page import VerbPage, show
from goldenthread.standards.allocation.allocating import caseload, standing
from goldenthread.standards.allocation.allocating.actions import allocate
from goldenthread.standards.allocation.allocating.forms import AllocateForm, officers_who_work


@dataclass(slots=True)
class AllocatePage(VerbPage):
    """loads: what each worker of the team carries, lightest first; weighed: how that is weighed; team: whose they are."""

    loads: list[caseload.Caseload] = field(default_factory=list)
    weighed: str = caseload.ABOUT
    team: str = ""
    template: str = "allocating/allocate.html"


@require_http_methods(["GET", "POST"])
@transaction.atomic
def file_allocate(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a case file to a worker of its team, or say what it is for where it was given without a word."""
    officer, at = officer_of(request), now()
    hold(request, CaseFile, pk)
    found = opened_file(officer, pk, "read case file")
    loads = caseload.caseloads(caseload.workers_of(found.team), at, without=sight_of(officer).shut)
    officers = officers_who_work()

    def act(given: dict[str, Any]) -> str:
        made = allocate(case_file=found, by=officer, **given)
        page.back = made.get_absolute_url()
        return f"{made.worker.name} has the case file, and owes an answer."

    about = [("Held by", f"{found.worker.name}, {found.team}" if found.worker else f"nobody yet, {found.team}")]
    page = AllocatePage(
        heading="Allocate the case file",
        button="Allocate",
        act=act,
        back=reverse("case-file", args=[pk]),
        back_to=f"Case file {found}",
        about=about,
        standing=standing.of_allocation(found),
        closed=found.closed_at is not None,
        loads=loads,
        team=str(found.team),
    )
    begun = {"allocated_at": at, "worker": found.worker_id}
    return show(request, page, lambda data: AllocateForm(data, initial=begun, loads=loads, officers=officers))
