"""The pages of the meetings to come and past, and of the figures on who comes to conferences."""

from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread.cases.sight import sight_of
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.pages import page_of
from goldenthread.obligations.models import Obligation
from goldenthread.people.access import officer_of
from goldenthread.people.period import period_of
from goldenthread.standards.allocation.conferring import figures
from goldenthread.standards.allocation.conferring.choices import MeetingKind
from goldenthread.standards.allocation.conferring.models import Meeting
from goldenthread.standards.allocation.conferring.on_file import how_they_stand, tag_of

WHICH = (("coming", "To come"), ("open", "Past or put off, and not held"), ("past", "Held or cancelled"), ("", "All"))
WHOSE = (("", "All that you may open"), ("mine", "Mine, or chaired by me"))


class WhichForm(forms.Form):
    """Which meetings."""

    mark_optional = False
    which = forms.ChoiceField(label="Which", choices=WHICH, required=False)
    whose = forms.ChoiceField(label="Whose", choices=WHOSE, required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("", "All kinds"), *MeetingKind.choices], required=False)


@require_safe
@transaction.atomic
def meetings(request: HttpRequest) -> HttpResponse:
    """Meetings of the files that the officer may open: those to come, soonest first, unless others are asked for."""
    officer, at = officer_of(request), now()
    asked = WhichForm(request.GET or None)
    given = asked.cleaned_data if asked.is_bound and asked.is_valid() else {"which": "coming"}
    which, whose, kind = given.get("which", ""), given.get("whose", ""), given.get("kind", "")
    rows = how_they_stand().visible_to(officer)
    if which in {"coming", "open"}:
        rows = rows.filter(was_held=False, was_cancelled=False)
        rows = (
            rows.filter(now_for__gte=at)
            if which == "coming"
            else rows.filter(Q(now_for__lt=at) | Q(now_for__isnull=True))
        )
    elif which == "past":
        rows = rows.filter(Q(was_held=True) | Q(was_cancelled=True))
    if whose == "mine":
        rows = rows.filter(Q(case_file__worker=officer) | Q(chair=officer))
    if kind:
        rows = rows.filter(kind=kind)
    if request.GET.get("file", "").isdecimal():
        rows = rows.filter(case_file=int(request.GET["file"]))
    rows = rows.order_by("now_for" if which == "coming" else "-now_for", "pk")
    page = page_of(request, rows.select_related("case_file", "chair").prefetch_related("children"))
    shown = list(page)
    if shown:
        trail.write("list meetings", "conferring.meeting:list", by=officer, why="relationship",
                    found=sorted(one.pk for one in shown), files=sorted({one.case_file_id for one in shown}))  # fmt: skip
    else:
        trail.nothing_shown()
    open_on = Obligation.objects.filter(
        subject_type=Meeting._meta.label_lower, subject_id__in=[one.pk for one in shown], since_at__lte=at,
        done_at__isnull=True, excused_at__isnull=True,
    )  # fmt: skip
    owed = dict(open_on.values_list("subject_id").annotate(number=Count("pk")))
    over = dict(open_on.filter(due_at__lt=at).values_list("subject_id").annotate(number=Count("pk")))
    context = {
        "form": WhichForm(initial={"which": which, "whose": whose, "kind": kind}),
        "page": page,
        "lines": [(one, *tag_of(one), owed.get(one.pk, 0), over.get(one.pk, 0)) for one in shown],
    }
    return render(request, "conferring/meetings.html", context)


@require_safe
def attendance(request: HttpRequest) -> HttpResponse:
    """Who comes to child protection conferences, by agency. Those of files that are closed to the officer are left out."""
    officer = officer_of(request)
    form, first, last, team = period_of(request)
    asked: dict[str, Any] = {
        "as_at": now(), "team_ids": [team.pk] if team else None, "without": sight_of(officer).shut,
    }  # fmt: skip
    found = figures.conferences(first, last, **asked)
    tables = []
    for kind in (MeetingKind.INITIAL, MeetingKind.REVIEW):
        of_kind = [one for one in found if one.meeting.kind == kind]
        tables.append((kind.label, len(of_kind), sum(one.quorate for one in of_kind), figures.by_agency(of_kind)))
    context = {
        "form": form, "first": first, "last": last, "team": team, "tables": tables,
        "put_off": figures.put_off(first, last, **asked), "number": len(found),
    }  # fmt: skip
    return render(request, "conferring/attendance.html", context)
