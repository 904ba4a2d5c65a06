"""The pages of keeping the rota: each a form and a verb."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.core import drafts
from goldenthread.core.clock import LONDON, now
from goldenthread.core.errors import Refused
from goldenthread.core.templatetags.words import moment
from goldenthread.core.versions import Standing, hold, version_of
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.verb_page import VerbPage, show
from goldenthread.standards.assessment.legal import forms as boxes
from goldenthread.standards.assessment.legal import rota as verbs
from goldenthread.standards.assessment.legal.choices import Call
from goldenthread.standards.assessment.legal.models import LegalRota, RotaShift, Solicitor
from goldenthread.standards.assessment.legal.shifts import Turn, ends_of
from goldenthread.standards.assessment.legal.shifts import turns as turns_of

Act = Callable[[dict[str, Any]], str]


def _page(heading: str, button: str, act: Act, **more: Any) -> VerbPage:
    return VerbPage(
        heading=heading, button=button, act=act, back=reverse("legal-rota"), back_to="The rota of legal advice", **more
    )


def _asked(request: HttpRequest, name: str) -> datetime | None:
    """An instant that the address gives in UTC, as a link from a gap does; nothing, or nonsense, is none."""
    try:
        found = datetime.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None
    return found.replace(tzinfo=found.tzinfo or UTC).astimezone(LONDON)


@require_http_methods(["GET", "POST"])
def keeper(request: HttpRequest) -> HttpResponse:
    """Who keeps the rota; the first one starts it."""
    officer = officer_of(request)
    begun = LegalRota.objects.exists()

    def act(given: dict[str, Any]) -> str:
        kept: Officer = verbs.keep_rota(by=officer, **given).officer
        return f"{kept.name} keeps the rota from now on."

    page = _page(
        "Give the rota to another officer" if begun else "Start the rota of legal advice",
        "Give it to them" if begun else "Start the rota",
        act,
        lead=""
        if begun
        else "From next Monday on, somebody is owed on call at every minute. Each week has to be settled two weeks before it begins.",
    )
    return show(request, page, boxes.KeeperForm)


@require_http_methods(["GET", "POST"])
def solicitor_add(request: HttpRequest) -> HttpResponse:
    """A solicitor who can be put on the rota."""
    officer = officer_of(request)

    def act(given: dict[str, Any]) -> str:
        return f"{verbs.add_solicitor(by=officer, **given).name} can be put on the rota."

    return show(request, _page("Add a solicitor", "Add the solicitor", act), boxes.SolicitorForm)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def solicitor_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another number, or no longer on the rota."""
    officer = officer_of(request)
    hold(request, Solicitor, pk)
    found = get_object_or_404(Solicitor.objects.select_related("council"), pk=pk)

    def act(given: dict[str, Any]) -> str:
        return f"{verbs.change_solicitor(solicitor=found, by=officer, **given).name} is changed."

    standing = Standing(
        version_of(found.phone, str(found.on_rota)),
        now=(("Phone number", found.phone), ("Can be put on the rota", "yes" if found.on_rota else "no")),
    )
    page = _page(f"Change {found.name}", "Save", act, about=[("Council", str(found.council))], standing=standing)
    initial = {"phone": found.phone, "on_rota": found.on_rota}
    return show(request, page, lambda data: boxes.SolicitorChangeForm(data, initial=initial))


@require_http_methods(["GET", "POST"])
def shift_add(request: HttpRequest) -> HttpResponse:
    """Put a solicitor on call: a gap's own times stand in the form where it was followed from the gap."""
    officer, stamped = officer_of(request), now()

    def act(given: dict[str, Any]) -> str:
        shift = verbs.add_shift(by=officer, **given)
        return f"{shift.solicitor.name} is on call from {moment(shift.starts_at)}."

    initial = {
        "starts_at": _asked(request, "from"), "ends_at": _asked(request, "until"), "call": Call.FIRST, "arranged_at": stamped,
    }  # fmt: skip
    page = _page(
        "Put a solicitor on call", "Put them on call", act,
        links=[(reverse("legal-pattern"), "Add the same shift every week"), (reverse("solicitor-add"), "Add a solicitor")],
    )  # fmt: skip
    return show(request, page, lambda data: boxes.ShiftForm(data, initial=initial))


@require_http_methods(["GET", "POST"])
def pattern(request: HttpRequest) -> HttpResponse:
    """The same shift every week: first what would be added and what is in the way, then the adding."""
    officer = officer_of(request)
    key = drafts.form_key(request)
    form = boxes.PatternForm(request.POST or None, initial={"call": Call.FIRST, "arranged_at": now(), "weeks": 8})
    turns: list[Turn] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        names = ("solicitor", "starts_at", "ends_at", "weeks", "arranged_at")
        turns = turns_of(**{name: given[name] for name in names})
        if request.POST.get("sure") == "yes":
            try:
                made = verbs.add_pattern(by=officer, **given)
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                drafts.drop_draft(officer, key)
                messages.success(
                    request, f"{made[0].solicitor.name} is on call in {len(made)} week{'' if len(made) == 1 else 's'}."
                )
                return redirect("legal-rota")
    elif request.method != "POST":
        drafts.fill(form, officer, key)
    free = sum(not turn.why_not for turn in turns)
    return render(request, "legal/pattern.html", {"form": form, "turns": turns, "free": free})


def _shift(pk: int) -> tuple[RotaShift, datetime]:
    shift = get_object_or_404(RotaShift.objects.select_related("solicitor__council"), pk=pk, withdrawn=False)
    found = ends_of([shift])
    return shift, found[0][1]


def _about(shift: RotaShift, until: datetime) -> list[tuple[str, str]]:
    return [
        ("On call", f"{shift.solicitor.name}, {shift.solicitor.council}"),
        ("From", moment(shift.starts_at)),
        ("Until", moment(until)),
        ("Call", shift.get_call_display()),
    ]


def _on_shift(
    request: HttpRequest,
    pk: int,
    heading: str,
    button: str,
    form: type[forms.Form],
    verb: Callable[..., object],
    done: str,
    begin: Callable[[RotaShift, datetime], dict[str, Any]],
    warning: str = "",
) -> HttpResponse:
    officer = officer_of(request)
    shift, until = _shift(pk)

    def act(given: dict[str, Any]) -> str:
        verb(shift=shift, by=officer, **given)
        return done

    page = _page(heading, button, act, about=_about(shift, until), warning=warning)
    return show(request, page, lambda data: form(data, initial=begin(shift, until)))


def _next_minute() -> datetime:
    return now().replace(second=0, microsecond=0) + timedelta(minutes=1)


@require_http_methods(["GET", "POST"])
def shift_cut(request: HttpRequest, pk: int) -> HttpResponse:
    """A shift ends sooner."""
    return _on_shift(
        request, pk, "Cut a shift short", "Cut it short", boxes.CutForm, verbs.cut_short,
        "The shift is cut short. If nobody else is on call then, the gap is listed first.",
        lambda shift, until: {"ends_at": max(shift.starts_at, _next_minute()), "occurred_at": now()},
        "This opens a gap. If somebody takes the shift over, hand it over instead.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def shift_hand(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else takes the rest of a shift over."""
    return _on_shift(
        request, pk, "Hand a shift over", "Hand it over", boxes.HandForm, verbs.hand_over_shift, "The shift is handed over.",
        lambda shift, until: {"from_at": max(shift.starts_at, _next_minute()), "occurred_at": now()},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def shift_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A shift was entered by mistake."""
    return _on_shift(
        request, pk, "Take a shift back", "Take it back", boxes.BackForm, verbs.take_back, "The shift is taken back.",
        lambda shift, until: {},
        "Only where it was never arranged with the solicitor. If it was, cut it short or hand it over.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def test_call(request: HttpRequest) -> HttpResponse:
    """Somebody rang the number."""
    officer = officer_of(request)

    def act(given: dict[str, Any]) -> str:
        call = verbs.record_test_call(by=officer, **given)
        return "The test is recorded." if call.answered else "It is recorded that nobody answered. The test stays owed."

    page = _page("Record a test of the number", "Record the test", act)
    return show(request, page, lambda data: boxes.TestForm(data, initial={"occurred_at": now()}))


test_call.__test__ = False  # type: ignore[attr-defined]
