"""From something owed to its record, and excusing it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.core import drafts, trail
from goldenthread.core.errors import Refused
from goldenthread.core.templatetags.words import deadline, moment
from goldenthread.core.versions import Standing, hold, refuse_if_stale, shown, version_of
from goldenthread.obligations.actions import LONGEST_REASON, excuse
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.requirement import installed
from goldenthread.pages.work import record_url
from goldenthread.people.access import officer_of


@require_safe
def record(request: HttpRequest, subject_type: str, pk: int) -> HttpResponse:
    """Lead to the record's own page. One that the officer may not open looks as if it were missing."""
    officer = officer_of(request)
    model = next((r.subject for r in installed().values() if r.subject_type == subject_type), None)
    if model is None or not hasattr(model, "get_absolute_url"):
        raise Http404
    found = model._default_manager.all()
    if hasattr(found, "visible_to"):
        found = found.visible_to(officer)
    target: Any = get_object_or_404(found, pk=pk)
    return redirect(str(target.get_absolute_url()))


class ExcuseForm(forms.Form):
    """Why it need not be done."""

    reason = forms.CharField(
        label="Why this need not be done",
        help_text="A reason that someone else can judge. It is counted as excused, never as met; given after the date, it "
        "comes off the lists and stays overdue in the figures. Name no child here",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _standing(owed: Obligation) -> Standing:
    now = (
        ("Due", deadline(owed.due_at) if owed.due_at else "no date set"),
        ("Done", moment(owed.done_at) if owed.done_at else "not yet"),
        ("Excused", owed.excuse or "no"),
    )
    return Standing(version_of(owed.due_at, owed.done_at, owed.excused_at, owed.owner_id), now=now)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def excuse_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Excuse something owed, with a reason."""
    officer = officer_of(request)
    hold(request, Obligation, pk)
    reached = Obligation.objects.visible_to(officer)
    if request.method == "GET":  # what was settled meanwhile still has a page for the words that were sent
        reached = reached.open()
    owed = get_object_or_404(reached.select_related("case_file"), pk=pk)
    if owed.case_file_id is not None:
        trail.write(
            "see what is owed",
            f"{owed.subject_type}:{owed.subject_id}",
            by=officer,
            why="relationship",
            requirement=owed.requirement,
        )
    else:
        trail.nothing_shown()  # what is owed on no case file is of officers, not of children
    form = ExcuseForm(request.POST or None)
    key, standing = drafts.form_key(request), _standing(owed)
    refuse_if_stale(request, form, standing)
    if request.method == "POST" and form.is_valid():
        try:
            excuse(obligation=owed, reason=form.cleaned_data["reason"], by=officer)
        except Refused as refused:
            form.add_error("reason", str(refused))
        else:
            drafts.drop_draft(officer, key)
            messages.success(request, "It is excused.")
            return redirect(record_url(owed))
    drafted = drafts.fill(form, officer, key)
    context: dict[str, object] = {
        "owed": owed,
        "requirement": installed().get(owed.requirement),
        "form": form,
        "drafted": drafted,
    }
    context |= shown(request, standing)
    return render(request, "pages/excuse.html", context | {"record_url": record_url(owed)})
