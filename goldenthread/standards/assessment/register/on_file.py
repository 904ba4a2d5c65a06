"""What a case file's page shows of it: who of its children is on the register, or was, by whichever file."""

from collections import defaultdict

from django.urls import reverse

from goldenthread.cases.facts import stands
from goldenthread.cases.models import CaseFile
from goldenthread.cases.sections import Row, Section
from goldenthread.core.clock import day_of, now, today
from goldenthread.core.templatetags.words import day
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.register.choices import term
from goldenthread.standards.assessment.register.models import Listing, Removal


def section(officer: Officer, case_file: CaseFile, *, may_record: bool) -> Section | None:
    """Those who are on it first. Two queries."""
    at = now()
    listings: dict[int, list[Listing]] = defaultdict(list)
    on_files = Listing.objects.filter(stands(at), entry__child__case_files=case_file).order_by("occurred_at", "pk")
    for listing in on_files.select_related("entry__child"):
        listings[listing.entry_id].append(listing)
    removals = {row.entry_id: row for row in Removal.objects.filter(stands(at), entry__child__case_files=case_file)}
    lasting: list[Row] = []
    ended: list[Row] = []
    for pk, listed in listings.items():
        first, last, removed = listed[0], listed[-1], removals.get(pk)
        entry = first.entry
        here = entry.case_file_id == case_file.pk
        about = f"{last.in_words}. Since {day(first.occurred_at)}"
        about += f", until {day(removed.occurred_at)}" if removed else ""
        about += f". On the register of {entry.council}" if entry.council else ""
        about += "" if here else f". The entry, {entry}, is on another case file of the child"
        called = term(day_of(removed.occurred_at) if removed else today())
        row = Row(
            title=f"{called}: {entry.child.name}",
            url=reverse("register-entry", args=[pk]) if here else reverse("case-file", args=[case_file.pk]),
            about=about,
            tag="Ended" if removed else "On it now",
            tag_colour="grey" if removed else "red",
        )
        (ended if removed else lasting).append(row)
    links = []
    if may_record and officer.may(Permission.KEEP_REGISTER):
        links = [("Enter a child on the register", reverse("file-enter", args=[case_file.pk]))]
    if not (lasting or ended or links):
        return None
    return Section(
        title=f"{term(today())}s" if term(today()).endswith("plan") else term(today()),
        rows=[*lasting, *ended],
        links=links,
        empty="None of these children is, or was, on the register.",
    )
