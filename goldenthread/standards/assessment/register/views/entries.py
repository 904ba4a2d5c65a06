"""The register's list, an entry's page, and what is done with an entry."""

from collections import Counter
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.cases.facts import Fact, standing
from goldenthread.cases.models import Child
from goldenthread.cases.opening import children_as_keys, opened_file, opened_record
from goldenthread.cases.sight import sight_of
from goldenthread.cases.timeline import Entry, as_they_stand, latest_first
from goldenthread.core import trail
from goldenthread.core.boxes import radios
from goldenthread.core.clock import day_of, end_of, now, today
from goldenthread.core.pages import page_of
from goldenthread.core.versions import Standing, hold, version_of
from goldenthread.obligations.correct_page import fact_to_correct
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.people.verb_page import VerbPage, show
from goldenthread.standards.assessment.register import actions
from goldenthread.standards.assessment.register.choices import Category, term
from goldenthread.standards.assessment.register.corrections import CORRECTABLE, correct_entry
from goldenthread.standards.assessment.register.forms import (
    AsAtForm,
    CategoriesForm,
    CorrectForm,
    EndForm,
    EnterForm,
    KeyWorkerForm,
    PlacedForm,
)
from goldenthread.standards.assessment.register.models import KeyWorker, Listing, RegisterEntry, Removal
from goldenthread.standards.assessment.register.states import entries_at

_FACTS = ("listings__by", "key_workers__officer", "key_workers__by", "removals__by")
_DURATIONS = ((91, "Under 3 months"), (182, "3 to 6 months"), (365, "6 to 12 months"), (730, "1 to 2 years"))
_LONGER = "2 years or more"


@require_safe
@transaction.atomic
def register(request: HttpRequest) -> HttpResponse:
    """Who is on the register as at a day: of the files that this officer may open."""
    officer = officer_of(request)
    form = AsAtForm(request.GET or None)
    day = form.day()
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    at, known = (now() if day == today() else end_of(day)), now()
    rows = entries_at(RegisterEntry.objects.visible_to(officer), at, known)
    if whose := given.get("whose"):
        rows = rows.filter(council="") if whose == "own" else rows.exclude(council="")
    entries = list(rows.select_related("child", "case_file__team", "case_file__worker").prefetch_related(*_FACTS))
    wanted = given.get("category")
    lines = [line for entry in entries if wanted in (None, "", *(line := _line(entry, at))["keys"])]
    lines.sort(key=lambda line: (line["since"], line["entry"].pk))
    page = page_of(request, lines)
    shown = [line["entry"] for line in page]
    if shown:
        trail.write(
            "list register", "register.registerentry:list", by=officer, why="relationship",
            found=[entry.pk for entry in shown], records=children_as_keys(entry.child_id for entry in shown),
        )  # fmt: skip
    else:
        trail.nothing_shown()
    kinds = Counter(key for line in lines for key in line["keys"])
    spells = Counter(line["spell"] for line in lines)
    context = {
        "form": form if form.is_bound else AsAtForm(initial={"as_at": today()}),
        "day": day,
        "term": term(day),
        "page": page,
        "whole": len(lines),
        "kinds": [(label, kinds[key]) for key, label in Category.choices],
        "spells": [(words, spells[words]) for words in (*(words for _, words in _DURATIONS), _LONGER)],
        "may_keep": officer.may(Permission.KEEP_REGISTER),
        "may_ask": officer.may(Permission.RECORD_REFERRALS),
    }
    return render(request, "register/register.html", context)


def _line(entry: RegisterEntry, at: Any) -> dict[str, Any]:
    """One entry as it stood at an instant."""
    listed = [one for one in entry.listed if one.moment.occurred_at <= at]
    last = listed[-1].fact
    workers = [one.fact for one in _standing(entry.key_workers) if one.moment.occurred_at <= at]
    since = listed[0].moment.occurred_at
    days = (day_of(at) - day_of(since)).days
    spell = next((words for most, words in _DURATIONS if days < most), _LONGER)
    return {
        "entry": entry,
        "keys": last.categories,
        "kinds": last.in_words,
        "since": since,
        "spell": spell,
        "worker": workers[-1].called if workers else "",
    }


def _standing(rows: Any) -> list[Any]:
    return standing(rows.all())


def opened_entry(officer: Officer, pk: int) -> RegisterEntry:
    """The entry, with a trail entry of its being read. Raises Http404 where the officer may not open it."""
    rows = RegisterEntry.objects.select_related("child", "case_file__team", "case_file__worker", "by")
    whose = list(RegisterEntry.objects.filter(pk=pk).values_list("child_id", flat=True))
    return opened_record(
        officer, rows.prefetch_related(*_FACTS), pk, "read register entry", records=children_as_keys(whose)
    )


def _history(entry: RegisterEntry) -> list[Entry]:
    """Everything that was recorded of it, latest first, what was corrected with what it said before."""
    kinds: tuple[Any, ...] = (entry.listings, entry.key_workers, entry.removals)
    return latest_first(told for rows in kinds for told in as_they_stand(rows.all(), _said))


def _said(fact: Fact) -> tuple[str, tuple[str, ...]]:
    match fact:
        case Listing():
            return f"On it for {fact.in_words[:1].lower()}{fact.in_words[1:]}", ()
        case KeyWorker():
            return f"Key worker: {fact.called}", ()
        case Removal():
            why = str(fact.get_reason_display())
            return f"Taken off it: {why[:1].lower()}{why[1:]}", (fact.words,)
    raise TypeError(f"{type(fact).__name__} has no words")


@require_safe
@transaction.atomic
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry: what stands, what can be done, and everything that was recorded."""
    officer = officer_of(request)
    found = opened_entry(officer, pk)
    may_keep = officer.may(Permission.KEEP_REGISTER) and sight_of(officer).may_write(found.case_file)
    listed = found.listed
    workers = [one.fact for one in _standing(found.key_workers)]
    context = {
        "entry": found,
        "since": found.since,
        "first": listed[0].fact if listed else None,
        "last": listed[-1].fact if listed else None,
        "worker": workers[-1] if workers else None,
        "removed": found.removed,
        "history": _history(found),
        "lasts": bool(listed) and found.removed is None,
        "may_keep": may_keep,
    }
    return render(request, "register/entry.html", context)


def _stands(entry: RegisterEntry) -> Standing:
    """What an entry says now, for whoever changes it."""
    rows: list[Any] = [*entry.listings.all(), *entry.key_workers.all(), *entry.removals.all()]
    last = max(rows, key=lambda row: row.recorded_at)
    listed, workers, removed = entry.listed, _standing(entry.key_workers), entry.removed
    said = [("Kinds of harm", listed[-1].fact.in_words if listed else "taken back")]
    said += [("Key worker", workers[-1].fact.called if workers else "nobody")]
    said += [("Taken off it", removed.fact.get_reason_display())] if removed else []
    version = version_of([[row._meta.label_lower, row.pk] for row in rows])
    return Standing(version, last.by.name, last.recorded_at, tuple(said))


def _page(found: RegisterEntry, heading: str, button: str, act: Any) -> VerbPage:
    return VerbPage(
        heading=heading,
        button=button,
        act=act,
        back=found.get_absolute_url(),
        back_to=f"Entry {found}",
        about=[("Child", found.child.name), ("Now", found.listed[-1].fact.in_words if found.listed else "Taken back")],
        standing=_stands(found),
    )


def _kept(request: HttpRequest, pk: int) -> RegisterEntry:
    hold(request, RegisterEntry, pk)
    return opened_entry(officer_of(request), pk)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def kinds(request: HttpRequest, pk: int) -> HttpResponse:
    """Other kinds of harm from now on."""
    found = _kept(request, pk)

    def act(given: dict[str, Any]) -> str:
        actions.change_categories(entry=found, by=officer_of(request), **given)
        return "The kinds of harm are changed. What they were before is kept."

    began = {"categories": found.listed[-1].fact.categories if found.listed else [], "occurred_at": now()}
    page = _page(found, "Change the kinds of harm", "Change them", act)
    return show(request, page, lambda data: CategoriesForm(data, initial=began))


@require_http_methods(["GET", "POST"])
@transaction.atomic
def worker(request: HttpRequest, pk: int) -> HttpResponse:
    """Another key worker from now on."""
    found = _kept(request, pk)

    def act(given: dict[str, Any]) -> str:
        made = actions.change_key_worker(entry=found, by=officer_of(request), **given)
        return f"{made.called} is the key worker."

    page = _page(found, "Change the key worker", "Change the key worker", act)
    return show(request, page, lambda data: KeyWorkerForm(data, initial={"occurred_at": now()}))


@require_http_methods(["GET", "POST"])
@transaction.atomic
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The child is no longer on it."""
    found = _kept(request, pk)

    def act(given: dict[str, Any]) -> str:
        actions.end_entry(entry=found, by=officer_of(request), **given)
        return "The entry has ended."

    page = _page(found, "Take the child off the register", "Record the end", act)
    return show(request, page, lambda data: EndForm(data, council=found.council, initial={"occurred_at": now()}))


@require_http_methods(["GET", "POST"])
@transaction.atomic
def correct(request: HttpRequest, pk: int, kind: str, target: int) -> HttpResponse:
    """Put right what was recorded of an entry, or take it back."""
    found = _kept(request, pk)
    fact = fact_to_correct(CORRECTABLE, kind, target, lambda fact: fact.entry_id == found.pk)

    def act(given: dict[str, Any]) -> str:
        changes: dict[str, Any] = {}
        if kind == "listing":
            changes = {key: key in given["categories"] for key in Category.values}
        elif kind == "keyworker":
            changes = {"officer": given["officer"], "name": given["name"]}
        elif kind == "removal":
            changes = {"reason": given["reason"], "words": given["words"]}
        correct_entry(
            fact=fact, reason=given["correction"], occurred_at=given["occurred_at"], withdrawn=given["withdrawn"],
            changes=changes, by=officer_of(request),
        )  # fmt: skip
        return "It is corrected. What it said before is kept."

    began: dict[str, Any] = {"occurred_at": fact.occurred_at}
    if kind == "listing":
        began["categories"] = fact.categories
    elif kind == "keyworker":
        began |= {"officer": fact.officer_id, "name": fact.name}
    else:
        began |= {"reason": fact.reason, "words": fact.words}
    page = _page(found, "Correct what was recorded", "Correct it", act)
    page.lead = "For a change that came later, go back and record the change instead."
    return show(request, page, lambda data: CorrectForm(data, kind=kind, initial=began))


class _WhichForm(EnterForm):
    """Which child of the file, and the rest."""

    def __init__(self, *args: Any, children: list[Child], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        which: dict[str, forms.Field] = {"child": radios("Which child?", [(str(c.pk), c.name) for c in children])}
        self.fields = which | self.fields


@require_http_methods(["GET", "POST"])
@transaction.atomic
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a child of a case file on the register."""
    officer = officer_of(request)
    found = opened_file(officer, pk, "read case file")
    children = list(found.children.all())

    def act(given: dict[str, Any]) -> str:
        child = next(c for c in children if str(c.pk) == given.pop("child"))
        made = actions.enter_on_register(case_file=found, child=child, by=officer, **given)
        return f"The child is on the register, by entry {made}."

    page = VerbPage(
        heading="Enter a child on the register",
        button="Enter the child",
        act=act,
        back=reverse("case-file", args=[pk]),
        back_to=f"Case file {found}",
        lead=f"Today this is called a {term(today()).lower()}." if term(today()).endswith("plan") else "",
    )
    began = {
        "occurred_at": now(),
        "officer": found.worker_id,
        "child": str(children[0].pk) if len(children) == 1 else "",
    }
    return show(request, page, lambda data: _WhichForm(data, children=children, initial=began))


@require_http_methods(["GET", "POST"])
@transaction.atomic
def placed(request: HttpRequest) -> HttpResponse:
    """Record another council's child who is placed here."""
    officer = officer_of(request)
    trail.nothing_shown()

    def act(given: dict[str, Any]) -> str:
        made = actions.record_placed_child(by=officer, **given)
        return f"The child is recorded, by entry {made} on case file {made.case_file}."

    page = VerbPage(
        heading="Another council's child is placed here",
        button="Record the child",
        act=act,
        back=reverse("register"),
        back_to="The register",
        lead="First check the register: the child may be known here already. Then enter them from their case file.",
    )
    return show(
        request,
        page,
        lambda data: PlacedForm(data, by=officer, initial={"notified_at": now(), "team": officer.team_id}),
    )
