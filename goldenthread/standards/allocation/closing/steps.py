"""What has to be before a file is closed, step by step, for the closure's page."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from goldenthread.cases.facts import standing
from goldenthread.core.templatetags.words import moment
from goldenthread.obligations.ledger import open_if_closed
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.requirement import installed
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.closing.agencies import involved_with
from goldenthread.standards.allocation.closing.blocks import running
from goldenthread.standards.allocation.closing.chronology import last_chronology
from goldenthread.standards.allocation.closing.models import Closure


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that has to be: whether it is, and where to do it (no address: not for this officer, or nowhere)."""

    title: str
    done: bool
    about: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """Something still owed on the file. url: its record, where it is settled; excuse_url: where it is excused, for whoever
    may."""

    title: str
    obligation: Obligation
    url: str
    excuse_url: str


def outstanding(closure: Closure, officer: Officer, at: datetime) -> list[Left]:
    """Everything on the file that is open and would stay so if it were closed now, soonest due first: one line each. What
    the closure itself owes is its other steps."""
    may, known, found = officer.may(Permission.EXCUSE), installed(), []
    for row in open_if_closed(closure.case_file, at):
        if (row.subject_type, row.subject_id) == (closure._meta.label_lower, closure.pk):
            continue
        title = known[row.requirement].title if row.requirement in known else row.requirement
        url = reverse("record", args=[row.subject_type, row.subject_id])
        found.append(Left(title, row, url, reverse("excuse", args=[row.pk]) if may else ""))
    return found


def steps_of(closure: Closure, at: datetime, offered: set[str], left: list[Left]) -> list[Step]:
    """All of them, in the order of the work. offered: the deeds that are open to whoever looks."""

    def where(key: str, query: str = "") -> str:
        return reverse(f"closure-{key}", args=[closure.pk]) + query if key in offered else ""

    steps = [
        Step(what, done=False, about="The file stays open until it ends", url=url)
        for what, url in running(closure.case_file, at)
    ]
    told = standing(closure.family_told.all())
    about = f"{told[-1].fact.get_how_display()}, {moment(told[-1].moment.occurred_at)}" if told else ""
    steps.append(Step("The family is told", bool(told), about, "" if told else where("family")))
    said = {one.fact.agency_id: one for one in standing(closure.agencies_told.all())}
    to_tell = list(closure.agencies.all())
    for agency in to_tell:
        one = said.get(agency.pk)
        about = f"{one.fact.get_how_display()}, {moment(one.moment.occurred_at)}" if one else ""
        url = "" if one else where("agency", f"?of={agency.involved_id}")
        steps.append(Step(f"{agency.name} is told", one is not None, about, url))
    known = {(one.kind, one.name.casefold()) for one in to_tell}
    steps += [
        Step(
            f"{one.name} is told",
            done=False,
            about="Came in since it was asked",
            url=where("agency", f"?of={one.first}"),
        )
        for one in involved_with(closure.case_file, at)
        if one.same not in known
    ]
    look = last_chronology(closure)
    about = moment(look.moment.occurred_at) if look else ""
    steps.append(
        Step(
            "The chronology is looked at for the last time",
            look is not None,
            about,
            "" if look else where("chronology"),
        )
    )
    number = len(left)
    about = f"{number} {'is' if number == 1 else 'are'} left, below" if number else "Nothing is owed on this file"
    steps.append(Step("Everything owed is settled, or excused one by one", not left, about))
    return steps
