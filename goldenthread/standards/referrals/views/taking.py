"""The pages of taking a referral, one step each."""

import json
import uuid
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.cases.models import CaseFile
from goldenthread.cases.sight import closed_children
from goldenthread.core import trail
from goldenthread.core.drafts import drop_draft, fill, form_key, load_draft, save_draft, words_of
from goldenthread.core.errors import Refused
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.standards.referrals import taking as room
from goldenthread.standards.referrals.forms import ChildForm, SearchForm
from goldenthread.standards.referrals.models import Referral
from goldenthread.standards.referrals.search import Match, find_children, key_of_terms
from goldenthread.standards.referrals.taking import BY_KEY, Step, Taking, begun_by
from goldenthread.standards.referrals.views.needs import needs_page


@require_GET
def new(request: HttpRequest) -> HttpResponse:
    """Begin: an address of its own, so that two can be taken side by side."""
    return redirect("referral-step", uuid.uuid4(), "referrer")


@require_GET
def drafts(request: HttpRequest) -> HttpResponse:
    """The referrals that this officer has begun."""
    trail.nothing_shown()  # who referred, and how many children: no record yet
    return render(request, "referrals/drafts.html", {"begun": begun_by(officer_of(request))})


@require_POST
def discard(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Forget one of them, once the officer has said so twice."""
    officer = officer_of(request)
    if request.POST.get("sure") != "yes":
        trail.nothing_shown()
        begun = next((one for one in begun_by(officer) if one.uid == str(uid)), None)
        return render(request, "referrals/discard.html", {"one": begun}) if begun else redirect("referral-drafts")
    Taking.load(officer, uid).drop()
    messages.success(request, "The draft is discarded.")
    return redirect("referral-drafts")


def _recorded_before(request: HttpRequest, referral: Referral) -> HttpResponse:
    messages.info(
        request,
        f"This is already recorded as {referral.reference}. Correct it here, or take another referral from the list.",
    )
    return redirect(referral)


def _to(taking: Taking, step: Step | None) -> HttpResponse:
    return redirect("referral-step", taking.uid, step.key) if step else redirect("referral-check", taking.uid)


def _context(taking: Taking, step: Step, **more: Any) -> dict[str, Any]:
    steps = taking.steps()
    number = next((n for n, s in enumerate(steps, 1) if s.key == step.key), 1)
    back = steps[number - 2] if number > 1 else None
    return {
        "taking": taking,
        "step": step,
        "caption": f"Taking a referral, step {number}",
        "back": reverse("referral-step", args=[taking.uid, back.key]) if back else reverse("referrals"),
        **more,
    }


@require_http_methods(["GET", "POST"])
@transaction.atomic
def step(request: HttpRequest, uid: UUID, key: str) -> HttpResponse:
    """One step. “Continue” keeps it and goes on; “Save and leave” keeps what can be kept and goes home."""
    taking = Taking.load(officer_of(request), uid)
    found = BY_KEY.get(key)
    if found is None:
        raise Http404
    if done := taking.recorded():
        return _recorded_before(request, done)
    if known := [child.pk for child in taking.children()]:  # their names, and what was typed about them, are shown
        trail.write("see draft", "cases.child:draft", by=taking.officer, why="taking a referral", found=known, step=key)
    else:
        trail.nothing_shown()
    if key == "children":
        return _children(request, taking, found)
    if key == "unmet":
        return _unmet(request, taking, found)
    if request.method == "POST":
        return _posted(request, taking, found)
    form = taking.form(found)
    drafted = fill(form, taking.officer, form_key(request))
    return render(request, "referrals/step.html", _context(taking, found, form=form, drafted=drafted))


def _posted(request: HttpRequest, taking: Taking, found: Step) -> HttpResponse:
    words = words_of(request.POST)
    leave = request.POST.get("do") == "leave"
    form = taking.form(found, request.POST)
    if form.is_valid() or leave:
        taking.keep_step(found.key, words)
        drop_draft(taking.officer, form_key(request))
        if leave:
            messages.success(request, "Your draft is saved. You find it under “Referrals you have begun”.")
            return redirect("referral-drafts")
        return _to(taking, taking.after(found.key))
    save_draft(taking.officer, form_key(request), words)
    return render(request, "referrals/step.html", _context(taking, found, form=form))


# Which children: search first, then choose or add


def _children(request: HttpRequest, taking: Taking, found: Step) -> HttpResponse:
    do = request.POST.get("do", "")
    search, new_child = SearchForm(prefix="search"), ChildForm(prefix="new")
    matches: list[Match] | None = None
    phone: list[Officer] = []
    adding = request.GET.get("add") == "yes"
    if request.method == "POST":
        adding = adding or do in {"new", "leave"}
        if do == "search":
            search = SearchForm(request.POST, prefix="search")
            matches, phone = _matches(taking, search)
            new_child.initial.update(_as_searched(search))
        elif do == "new":
            new_child = ChildForm(request.POST, prefix="new")
            if new_child.is_valid():
                words = {n: v for n, v in words_of(request.POST).items() if n.startswith("new-")}
                taking.words["children-new"] = [*taking.words.get("children-new", []), json.dumps(words)]
                return _kept(request, taking)
            save_draft(taking.officer, form_key(request), words_of(request.POST))
        elif do.startswith("add:") and (chosen := do[4:].removesuffix(":called")).isdigit():
            known = taking.words.get("children-known", [])
            taking.words["children-known"] = [*known, *([chosen] if chosen not in known else [])]
            if do.endswith(":called") and (called := request.POST.get("called", "")[:120].strip()):
                taking.words[f"children-called-{chosen}"] = [called]
            return _kept(request, taking)
        elif do.startswith("remove:"):
            _remove(taking, do)
            return _kept(request, taking)
        elif do == "leave":
            taking.save()
            save_draft(taking.officer, form_key(request), words_of(request.POST))
            messages.success(request, "Your draft is saved. You find it under “Referrals you have begun”.")
            return redirect("referral-drafts")
        elif _typed_child(request, taking):
            adding = True
            fill(new_child, taking.officer, form_key(request))
            new_child = _refused(
                "You typed a child who is not added yet. Add this child, or clear the boxes.", new_child
            )
        elif taking.is_done(found):
            return _to(taking, taking.after("children"))
        else:
            new_child = _refused("Search for the child, or add one who is not known yet.", new_child)
    else:
        fill(search, taking.officer, form_key(request))
        adding = _typed_child(request, taking) or adding
        fill(new_child, taking.officer, form_key(request))
    context = _context(
        taking,
        found,
        search=search,
        form=new_child,
        matches=matches,
        phone=phone,
        nearest=[match for match in matches or [] if match.is_near],
        others=[match for match in matches or [] if not match.is_near],
        chosen=taking.children(),
        new_ones=taking.new_children(),
        adding=adding or matches is not None,
        called=search.cleaned_data["name"] if matches else "",
    )
    return render(request, "referrals/children.html", context)


def _as_searched(search: SearchForm) -> dict[str, Any]:
    """What was searched for, as the first words of a new child: the last name is the family's."""
    if not search.is_valid():
        return {}
    *given, family = search.cleaned_data["name"].split()
    return {
        "given_names": " ".join(given) or family,
        "family_name": family if given else "",
        "date_of_birth": search.cleaned_data["born"],
    }


def _typed_child(request: HttpRequest, taking: Taking) -> bool:
    """Whether a new child was being typed and was not added: kept while typing, or through a time-out."""
    kept = load_draft(taking.officer, form_key(request)) or {}
    return any(any(kept.get(name, [])) for name in ("new-given_names", "new-family_name"))


def _refused(why: str, showing: ChildForm) -> ChildForm:
    """The new child's form with a message above it, and still what it shows."""
    form = ChildForm({}, prefix="new", initial=showing.initial)
    form.is_valid()
    form.errors.clear()
    form.add_error(None, why)
    form.is_bound = False
    return form


def _kept(request: HttpRequest, taking: Taking) -> HttpResponse:
    taking.save()
    drop_draft(taking.officer, form_key(request))
    return redirect("referral-step", taking.uid, "children")


def _remove(taking: Taking, do: str) -> None:
    _, where, which = [*do.split(":"), ""][:3]
    kept = taking.words.get(f"children-{where}", [])
    if where == "known":
        taking.words["children-known"] = [pk for pk in kept if pk != which]
    elif where == "new" and which.isdigit():
        taking.words["children-new"] = [word for number, word in enumerate(kept) if number != int(which)]


@transaction.atomic
def _matches(taking: Taking, search: SearchForm) -> tuple[list[Match] | None, list[Officer]]:
    """Whom the search found (None where it asked nothing), and whom to phone about records that are closed."""
    if not search.is_valid():
        return None, []
    restricted, known = closed_children(taking.officer)
    found = find_children(search.cleaned_data["name"], search.cleaned_data["born"], without=known)
    # The register is checked whatever is restricted: a child that is very likely meant is answered for, and not shown.
    phone = {restricted[m.child.pk] for m in found if m.child.pk in restricted and m.is_near}
    found = [m for m in found if m.child.pk not in restricted]
    ids = [m.child.pk for m in found]
    trail.write(
        "search children",
        "cases.child:search",
        by=taking.officer,
        why="taking a referral",
        found=ids,
        phone=sorted(contact.get_username() for contact in phone),
        terms=key_of_terms(search.cleaned_data["name"]),
        words=trail.sealed(search.cleaned_data["name"]),
    )
    files: dict[int, dict[str, list[str]]] = {}
    for pk, team, reference in (
        CaseFile.objects.filter(children__in=ids)
        .order_by("children", "team__name", "pk")
        .values_list("children", "team__name", "reference")
        .distinct()
    ):
        files.setdefault(pk, {}).setdefault(team, []).append(reference)
    for match in found:
        match.child.held_by = files.get(match.child.pk, {})  # type: ignore[attr-defined]
    return found, sorted(phone, key=lambda contact: contact.name)


def _unmet(request: HttpRequest, taking: Taking, found: Step) -> HttpResponse:
    def done(answer: str) -> HttpResponse:
        taking.words["unmet-answer"] = [answer]
        taking.save()
        return _to(taking, taking.after("unmet"))

    return needs_page(
        request,
        words=taking.words,
        save=taking.save,
        done=done,
        context=_context(taking, found),
        may_leave=True,
    )


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Check your answers, then record."""
    taking = Taking.load(officer_of(request), uid)
    refused = ""
    if request.method == "GET" and (done := taking.recorded()):
        return _recorded_before(request, done)
    if request.method == "POST":
        try:
            referral = room.record(taking)
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, f"Referral {referral.reference} is recorded.")
            return redirect(referral)
    if not taking.words:
        return redirect("referral-drafts")
    with transaction.atomic():
        trail.write(
            "check referral",
            "cases.child:draft",
            by=taking.officer,
            why="taking a referral",
            found=[c.pk for c in taking.children()],
        )
        return render(request, "referrals/check.html", _checked(taking, refused))


def _checked(taking: Taking, refused: str) -> dict[str, Any]:
    shown = []
    for found in taking.steps():
        rows: list[tuple[str, Any]] = []
        if found.key == "children":
            rows = [("Child", child.name) for child in taking.children()]
            rows += [("Child, new", f"{c['given_names']} {c['family_name']}".strip()) for c in taking.new_children()]
        elif found.key == "unmet":
            needs = room.needs_from(taking.words)
            rows = [("Unmet need", item.needed) for item in needs]
            if not needs:
                later = taking.value("unmet-answer") == "later"
                rows = [("Unmet need", "To be answered later: it will be owed" if later else "Nothing was unmet")]
        else:
            rows = _answers(taking, found)
        shown.append((found, rows, taking.is_done(found)))
    unfinished = taking.unfinished()
    back = reverse("referral-step", args=[taking.uid, taking.steps()[-1].key])
    return {"taking": taking, "shown": shown, "unfinished": unfinished, "refused": refused, "back": back}


def _answers(taking: Taking, found: Step) -> list[tuple[str, Any]]:
    form = taking.checked(found)
    rows = []
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        if value in (None, ""):
            continue
        if isinstance(field, forms.ChoiceField):
            value = dict(field.choices).get(value, value)  # type: ignore[arg-type]
        rows.append((str(field.label), value))
    return rows
