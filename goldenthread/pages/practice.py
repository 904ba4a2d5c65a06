"""The way from a recommendation to the pages on which it is practised, and to what is owed under it."""

from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from goldenthread.core.clock import today
from goldenthread.obligations.requirement import Requirement, installed
from goldenthread.people.access import access_table, officer_of
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.plan.template import template_content

# By recommendation of the shipped template: the words, and the name of the page.
PAGES: dict[str, tuple[tuple[str, str], ...]] = {
    "1.1": (("Unmet need", "unmet-need"),),
    "1.2": (("Written confirmation by agency", "written-referrals"), ("Chasers", "referral-chasers")),
    "1.4": (("Referrals", "referrals"),),
    "2.1": (("Supervision", "supervision"),),
    "2.2": (("Assessments", "assessments"),),
    "2.3": (("The recording standard", "recording-guidelines"),),
    "2.4": (("Who is on the register", "register"), ("Somebody asks about a child", "register-ask")),
    "2.5": (
        ("Requests for interpreters", "interpreter-requests"),
        ("Interpreters by language and provider", "interpreters"),
    ),
    "2.6": (
        ("Children in temporary accommodation", "temporary-moves"),
        ("Temporary accommodation in figures", "temporary-accommodation"),
    ),
    "2.7": (("How children were seen and heard", "childs-views"), ("Tools for hearing a child", "views-tools")),
    "2.8": (("The rota of legal advice", "legal-rota"), ("Legal advice in figures", "legal-figures")),
    "2.9": (("Children in hospital", "hospital-children"),),
    "7.5": (
        ("Case files without a worker", "unallocated"),
        ("Weekly and monthly figures on them", "unallocated-reports"),
    ),
    "3.3": (("Meetings and reviews", "meetings"), ("Who comes to conferences, by agency", "attendance")),
    "3.4": (
        ("Transfers under way", "transfers"),
        ("Closures that wait", "closures"),
        ("Referred again", "rereferrals"),
    ),
}


@dataclass(frozen=True, slots=True)
class Practised:
    """One recommendation: its pages that this officer may open, and the requirements that serve it."""

    number: str
    title: str
    pages: list[tuple[str, str]]
    requirements: list[Requirement]


@dataclass(slots=True)
class Standard:
    """One standard with those of its recommendations that are practised."""

    number: int
    title: str
    recommendations: list[Practised] = field(default_factory=list)


def may_open(officer: Officer, url_name: str) -> bool:
    """Whether the access table opens a page to this officer."""
    door = access_table()[url_name]
    return officer.may(door) if isinstance(door, Permission) else True


def practised(officer: Officer) -> list[Standard]:
    """Every standard that has something practised, in the order of the template."""
    serving: dict[str, list[Requirement]] = {}
    for requirement in installed().values():
        serving.setdefault(requirement.serves, []).append(requirement)
    found = []
    for standard in template_content(today()).standards:
        held = Standard(standard.number, standard.title.text)
        for recommendation in standard.recommendations:
            pages = [(w, reverse(n)) for w, n in PAGES.get(recommendation.number, ()) if may_open(officer, n)]
            owed = serving.get(recommendation.number, [])
            if pages or owed:
                held.recommendations.append(Practised(recommendation.number, recommendation.title.text, pages, owed))
        if held.recommendations:
            found.append(held)
    return found


@require_safe
def practice(request: HttpRequest) -> HttpResponse:
    """Each recommendation that is practised: where it is done, and what good practice demands."""
    return render(request, "pages/practice.html", {"standards": practised(officer_of(request))})
