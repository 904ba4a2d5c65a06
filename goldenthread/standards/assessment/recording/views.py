"""The pages of case records: the list on a file, one record, recording, correcting, and the standard of recording."""

from functools import partial
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.cases.models import CaseFile
from goldenthread.cases.opening import opened_file, opened_record
from goldenthread.cases.sight import emergency_of, sight_of
from goldenthread.core import trail
from goldenthread.core.clock import at_minute, end_of, now, start_of
from goldenthread.core.pages import page_of
from goldenthread.core.templatetags.words import moment
from goldenthread.core.timescales import library
from goldenthread.core.versions import Standing, hold, version_of
from goldenthread.obligations.correct_page import show_correction
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.people.verb_page import show_new
from goldenthread.standards.assessment.recording.actions import (
    CORRECTABLE,
    correct_record,
    record_contact,
    withdraw_record,
)
from goldenthread.standards.assessment.recording.forms import ContactForm, CorrectContactForm, FilterForm
from goldenthread.standards.assessment.recording.lateness import days_later, late_tag
from goldenthread.standards.assessment.recording.models import CaseRecord, CaseRecordQuerySet

_PAGE, _ALL = 20, 500
_GUIDE = "How to write a good record"


def _rows() -> CaseRecordQuerySet:
    return CaseRecord.objects.select_related("made_by", "by", "root", "case_file").prefetch_related("children__child")


def may_record(officer: Officer, case_file: CaseFile) -> bool:
    """Whether the officer may record on this file."""
    return officer.may(Permission.RECORD_REFERRALS) and sight_of(officer).may_write(case_file)


@require_safe
@transaction.atomic
def file_records(request: HttpRequest, pk: int) -> HttpResponse:
    """The records of a file, newest first; all of them in full to print."""
    officer = officer_of(request)
    whole = request.GET.get("show") == "all"
    found = CaseFile.objects.visible_to(officer).filter(pk=pk).first()
    if found is None:
        raise Http404
    form = FilterForm(request.GET, children=list(found.children.all()))
    form.is_valid()
    page = page_of(request, _narrowed(found, form.cleaned_data), _ALL if whole else _PAGE)
    shown = list(page.object_list)
    keys = [trail.subject_key(record) for record in shown]
    found = opened_file(officer, pk, "read case records", records=keys, whole=whole)
    asked = request.GET.copy()
    asked["show"] = "all"
    context = {
        "case_file": found,
        "emergency": emergency_of(officer, found),
        "form": form,
        "filtered": any(form.cleaned_data.values()),
        "page": page,
        "rows": [(record, late_tag(record), days_later(record)) for record in shown],
        "whole": whole,
        "whole_url": f"?{asked.urlencode()}",
        "may_record": may_record(officer, found),
    }
    return render(request, "recording/records.html", context)


def _narrowed(case_file: CaseFile, given: dict[str, Any]) -> CaseRecordQuerySet:
    rows = _rows().last_rows().filter(case_file=case_file)
    if given.get("kind"):
        rows = rows.filter(kind=given["kind"])
    if given.get("child"):
        rows = rows.filter(children__child=given["child"])
    if given.get("since"):
        rows = rows.filter(occurred_at__gte=start_of(given["since"]))
    if given.get("until"):
        rows = rows.filter(occurred_at__lte=end_of(given["until"]))
    return rows.order_by("-occurred_at", "-pk")


def _opened(officer: Officer, pk: int) -> CaseRecord:
    """The first row of a record, with a trail entry of its being opened."""
    file = CaseRecord.objects.filter(pk=pk).values_list("case_file", flat=True).first()
    return opened_record(officer, _rows().filter(root=None), pk, "read case record", case_file=file)


def _versions(first: CaseRecord) -> list[CaseRecord]:
    """All rows of a record, the last one first."""
    return [*_rows().filter(root=first).order_by("-pk"), first]


@require_safe
@transaction.atomic
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One record as it stands, with both clocks and with what it said before."""
    officer = officer_of(request)
    first = _opened(officer, pk)
    last, *earlier = _versions(first)
    reasons = [row.correction_reason for row in (last, *earlier)]
    context = {
        "record": last,
        "first": first,
        "late": late_tag(last),
        "later": days_later(last),
        "earlier": list(zip(earlier, reasons, strict=False)),
        "may_record": may_record(officer, first.case_file),
    }
    return render(request, "recording/record.html", context)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def file_record_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a contact, with the guidelines beside each box."""
    officer = officer_of(request)
    found = opened_file(officer, pk, "read case file")
    children = list(found.children.all())

    def said(made: CaseRecord) -> str:
        late = late_tag(made)
        return f"The contact is recorded. {late}: it is marked as late." if late else "The contact is recorded."

    initial = {"occurred_at": now(), "made_by": officer.pk}
    return show_new(
        request,
        lambda data: ContactForm(data, children=children, initial=initial),
        verb=partial(record_contact, case_file=found, by=officer),
        said=said,
        heading="Record a contact",
        button="Record it",
        back=reverse("case-file", args=[pk]),
        back_to=f"Case file {found}",
        lead="Write it so that someone new to the case could rely on it, and so that the child could read it one day.",
        links=[(reverse("recording-guidelines"), _GUIDE)],
    )


@require_http_methods(["GET", "POST"])
@transaction.atomic
def entry_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a record right, or take it back."""
    officer = officer_of(request)
    hold(request, CaseRecord, pk)
    first = _opened(officer, pk)
    last = _versions(first)[0]
    seen = {one.child_id: one.seen for one in last.children.all()}
    children = list(first.case_file.children.all())

    def put_right(given: dict[str, Any], why: str) -> None:
        seen_now = given.pop("seen")
        if at_minute(given["occurred_at"]) == at_minute(last.occurred_at):
            del given["occurred_at"]  # its boxes tell no seconds
        correct_record(record=last, changes=given, seen=seen_now, reason=why, by=officer)

    initial = {name: getattr(last, name) for name in CORRECTABLE} | {"made_by": last.made_by_id}
    initial |= {f"child_{child}": answer for child, answer in seen.items()}
    return show_correction(
        request,
        lambda data: CorrectContactForm(data, children=children, initial=initial),
        correct=put_right,
        withdraw=lambda why: withdraw_record(record=last, reason=why, by=officer),
        standing=_standing(last),
        heading="Correct a record",
        back=first.get_absolute_url(),
        back_to="The record",
        closed=last.withdrawn,
        warning="This record was taken back: there is nothing more to correct." if last.withdrawn else "",
        links=[(reverse("recording-guidelines"), _GUIDE)],
    )


def _standing(record: CaseRecord) -> Standing:
    now_says = (
        ("Kind", record.get_kind_display()),
        ("When it took place", moment(record.occurred_at)),
        ("Who was seen", record.who_was_seen),
        ("What was seen and heard", record.facts),
        ("What was made of it", record.view or "nothing written"),
        ("What happens next", record.next_steps or "nothing written"),
        *((("Now", "taken back"),) if record.withdrawn else ()),
    )
    return Standing(version_of(record.pk), record.by.name, record.recorded_at, now_says)


@require_safe
def guidelines(request: HttpRequest) -> HttpResponse:
    """The standard of recording. It shows no child's record."""
    trail.nothing_shown()
    return render(
        request,
        "recording/guidelines.html",
        {
            "usual": library()["case-record"][-1].in_words(),
            "urgent": library()["protection-visit-record"][-1].in_words(),
        },
    )
