"""The pages of a request for legal advice: asking, its page, the answer, and putting an answer right."""

from functools import partial

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.cases.facts import standing
from goldenthread.cases.opening import opened_file, opened_record
from goldenthread.cases.sight import sight_of
from goldenthread.core.clock import now
from goldenthread.core.templatetags.words import moment
from goldenthread.core.versions import hold
from goldenthread.obligations.correct_page import show_correction
from goldenthread.obligations.correcting import last_row, standing_of
from goldenthread.obligations.owed_on import owed_on
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.people.verb_page import VerbPage, doing, show, show_new
from goldenthread.standards.assessment.legal import forms as boxes
from goldenthread.standards.assessment.legal.actions import ask_for_advice, record_advice
from goldenthread.standards.assessment.legal.corrections import CORRECTABLE, correct_advice, withdraw_advice
from goldenthread.standards.assessment.legal.models import AdviceAnswer, AdviceRequest


def _opened(officer: Officer, pk: int) -> AdviceRequest:
    rows = AdviceRequest.objects.select_related("case_file__team", "case_file__worker", "by").prefetch_related(
        "case_file__children", "answers__solicitor__council", "answers__by"
    )
    return opened_record(officer, rows, pk, "read legal advice")


@require_http_methods(["GET", "POST"])
@transaction.atomic
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for advice about a case file."""
    officer = officer_of(request)
    found = opened_file(officer, pk, "read case file")

    return show_new(
        request,
        lambda data: boxes.AskForm(data, initial={"asked_at": now()}),
        verb=partial(ask_for_advice, case_file=found, by=officer),
        said=lambda made: "The request is recorded. A first answer is owed within the hour.",
        heading="Ask for legal advice",
        button="Record the request",
        back=reverse("case-file", args=[pk]),
        back_to=f"Case file {found}",
        lead="Ring the solicitor who is on call, then record here what you asked.",
        links=[(reverse("legal-rota"), "Who is on call now")],
    )


@require_safe
@transaction.atomic
def advice(request: HttpRequest, pk: int) -> HttpResponse:
    """One request, with its answers. What is privileged is shown only to those who may write to the file."""
    officer = officer_of(request)
    found = _opened(officer, pk)
    writes = sight_of(officer).may_write(found.case_file)
    may_record = writes and officer.may(Permission.RECORD_REFERRALS)
    owed, settled = owed_on(
        found,
        officer,
        settle=lambda row: (reverse("advice-answer", args=[pk]), "Record what was advised") if may_record else ("", ""),
    )
    rows = list(found.answers.all())
    before = {row.pk: row for row in rows}
    answers = []
    for s in standing(rows):
        chain, row = [], s.fact
        while row.supersedes_id and (earlier := before.get(row.supersedes_id)):
            chain.append((earlier, row.correction_reason))
            row = earlier
        answers.append((s.fact, writes or not s.fact.privileged, chain, s.fact.occurred_at - found.asked_at))
    context = {
        "request": request,
        "asked": found,
        "children": list(found.case_file.children.all()),
        "answers": answers,
        "withdrawn": [row for row in rows if row.withdrawn],
        "owed": owed,
        "settled": settled,
        "writes": writes,
        "may_record": may_record,
    }
    return render(request, "legal/advice.html", context)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What a solicitor advised."""
    officer = officer_of(request)
    found = _opened(officer, pk)

    page = VerbPage(
        heading="Record what was advised",
        button="Record the advice",
        act=doing(record_advice, "The advice is recorded.", request=found, by=officer),
        back=found.get_absolute_url(),
        back_to=f"Request {found}",
        about=[("Asked", f"{found.question} ({moment(found.asked_at)})")],
    )
    initial = {"occurred_at": now(), "privileged": True}
    return show(request, page, lambda data: boxes.AdviceForm(data, initial=initial))


@require_http_methods(["GET", "POST"])
@transaction.atomic
def correct(request: HttpRequest, pk: int, target: int) -> HttpResponse:
    """Put an answer right, or take it back. Only for those who may write to the file: it may be privileged."""
    officer = officer_of(request)
    hold(request, AdviceRequest, pk)
    found = _opened(officer, pk)
    if not sight_of(officer).may_write(found.case_file):
        raise Http404
    row = last_row(get_object_or_404(AdviceAnswer, pk=target, request=found))

    return show_correction(
        request,
        lambda data: boxes.CorrectForm(data, fact=row, boxes=boxes.AdviceForm().fields),
        correct=lambda given, why: correct_advice(answer=row, changes=given, reason=why, by=officer),
        withdraw=lambda why: withdraw_advice(answer=row, reason=why, by=officer),
        standing=standing_of(row, CORRECTABLE),
        heading="Correct what was advised",
        back=found.get_absolute_url(),
        back_to=f"Request {found}",
    )
