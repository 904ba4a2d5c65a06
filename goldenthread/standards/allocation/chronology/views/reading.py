"""The chronology's page: its events, narrowed, what is owed on it, and who went through it."""

from dataclasses import dataclass

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from goldenthread.cases.events import KNOWN_LATE, Event, Significance, Source
from goldenthread.cases.models import CaseFile
from goldenthread.cases.opening import opened_file
from goldenthread.cases.sight import emergency_of, sight_of
from goldenthread.core.pages import page_of
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.owed_on import Duty, owed_on
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.chronology.forms import FilterForm
from goldenthread.standards.allocation.chronology.models import SignificantEvent
from goldenthread.standards.allocation.chronology.reading import (
    asked_for,
    chronology_of,
    people_around,
    reviews_of,
)

FORMATS = {"pdf": "PDF", "docx": "Word document", "html": "web page"}
"""In which formats it is printed, by the page in `pages`."""
_PAGE = 50
_OWN = SignificantEvent._meta.label_lower


@dataclass(frozen=True, slots=True)
class Line:
    """One event as the page shows it. whose: the children by name, where the file has several; person: of whom around them;
    mark_url, correct_url: where it is marked, or what was said of it corrected, for whoever may."""

    event: Event
    whose: str
    person: str
    mark_url: str
    correct_url: str

    @property
    def tag(self) -> str:
        """How significant it is, in words; nothing where it is for the record only."""
        return Significance(self.event.significance).label if self.event.is_significant else ""

    @property
    def own(self) -> bool:
        """Whether it was put in here, and so has no other page."""
        return self.event.label == _OWN

    @property
    def colour(self) -> str:
        """The colour of that."""
        return "red" if self.event.significance == Significance.KEY else "blue"

    @property
    def source(self) -> str:
        """The agency, in words."""
        return Source(self.event.source).label


@require_safe
@transaction.atomic
def chronology(request: HttpRequest, pk: int) -> HttpResponse:
    """All events of a file in order, a page at a time, with what is owed on the chronology and who went through it.

    One query for each kind of event, however many events there are.
    """
    officer = officer_of(request)
    found = CaseFile.objects.visible_to(officer).filter(pk=pk).first()
    if found is None:
        raise Http404
    children, people = list(found.children.all()), people_around(found)
    form = FilterForm(request.GET, children=children, people=people)
    form.is_valid()
    reviews, whole = reviews_of(found), chronology_of(found)
    events = whole.narrowed(asked_for(form.cleaned_data, reviews))
    if form.cleaned_data.get("order") == "newest":
        events.reverse()
    page = page_of(request, events, _PAGE)
    sight = sight_of(officer)
    shown = [subject for event in page.object_list for subject in event.subjects]
    found = opened_file(officer, pk, "read chronology", records=shown)
    may_record = sight.may_write(found) and officer.may(Permission.RECORD_REFERRALS)
    owed, settled = _owed(found, officer, may_write=sight.may_write(found))
    names = {child.pk: child.name for child in children}
    context = {
        "case_file": found,
        "children": children,
        "emergency": emergency_of(officer, found),
        "form": form,
        "filtered": any(form.cleaned_data.values()),
        "page": page,
        "lines": [_line(event, found, names, dict(people), may_record=may_record) for event in page.object_list],
        "whole": whole,
        "late_days": KNOWN_LATE.days,
        "reviews": reviews,
        "owed": owed,
        "settled": settled,
        "may_record": may_record,
        "may_sign": sight.may_write(found) and officer.may(Permission.SIGN_OFF),
        "asked": request.GET.urlencode(),
        "formats": FORMATS.items(),
    }
    return render(request, "chronology/chronology.html", context)


def _line(
    event: Event, case_file: CaseFile, children: dict[int, str], people: dict[int, str], *, may_record: bool
) -> Line:
    several = len(children) > 1
    whose = ", ".join(name for pk, name in children.items() if pk in event.children) if several else ""
    mark_url = correct_url = ""
    if may_record and event.label == _OWN:
        correct_url = reverse("chronology-correct", args=[case_file.pk, "significantevent", event.pk])
    elif may_record and event.mark is not None:
        correct_url = reverse("chronology-correct", args=[case_file.pk, "eventmark", event.mark])
    elif may_record:
        mark_url = reverse("chronology-mark", args=[case_file.pk, event.label, event.pk])
    return Line(event, whose, people.get(event.person or 0, ""), mark_url, correct_url)


def _owed(case_file: CaseFile, officer: Officer, *, may_write: bool) -> tuple[list[Duty], list[Duty]]:
    def settle(row: Obligation) -> tuple[str, str]:
        if row.requirement == "allocation.chronology-seen":
            may = may_write and officer.may(Permission.SIGN_OFF)
            to = reverse("chronology-seen", args=[case_file.pk, int(row.key.removeprefix("review-"))]) if may else ""
            return (to, "Say that you have read it") if may else ("", "")
        may = may_write and officer.may(Permission.RECORD_REFERRALS)
        return (reverse("chronology-review", args=[case_file.pk]), "Go through it") if may else ("", "")

    owed, settled = owed_on(case_file, officer, settle=settle)
    own = "allocation.chronology-"
    return (
        [duty for duty in owed if duty.obligation.requirement.startswith(own)],
        [duty for duty in settled if duty.obligation.requirement.startswith(own)],
    )
