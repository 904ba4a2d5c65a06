"""A check of the register: what it showed, deciding, and correcting what was decided."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods

from goldenthread.cases.finding.judging import REASONS
from goldenthread.cases.models import CaseFile
from goldenthread.cases.opening import children_as_keys, opened_record
from goldenthread.core import trail
from goldenthread.core.boxes import line, radios
from goldenthread.core.clock import now, today
from goldenthread.core.errors import Refused
from goldenthread.core.versions import Standing, hold, refuse_if_stale, shown, version_of
from goldenthread.people.access import officer_of
from goldenthread.people.line import answers_for
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.register.checking import (
    closed_to,
    correct_decision,
    decide_check,
    may_decide,
)
from goldenthread.standards.assessment.register.choices import SURE, Answer, State, term
from goldenthread.standards.assessment.register.models import AskedAfter, CheckDecision, RegisterCheck, Shown
from goldenthread.standards.assessment.register.states import states_of
from goldenthread.standards.referrals.models import Referral

TAGS = {State.ON: "red", State.OTHER: "red", State.WAS: "blue", State.NONE: "grey"}
_FOUND = ("asked__shown__child", "asked__shown__entry", "asked__shown__settled", "asked__entry", "asked__child")


@dataclass(slots=True)
class Candidate:
    """A record that was shown, as it is told: where its files are, what was answered, and what can be done now."""

    shown: Shown
    held: list[tuple[str, str]]
    tag: str
    colour: str
    now: str = ""
    answer: str = ""
    settled: str = ""
    box: Any = None
    links: list[tuple[str, str]] = field(default_factory=list)


def opened_check(officer: Officer, pk: int) -> RegisterCheck:
    """The check. Raises Http404 but for those who may open its referral; one without a referral is for who asked, and for
    those who answer for them."""
    rows = RegisterCheck.objects.select_related("by__team", "referral__case_file__team", "referral__case_file__worker")
    found = rows.prefetch_related(*_FOUND, "decisions__answers", "phone").filter(pk=pk).first()
    if found is None:
        raise Http404
    if found.referral is None:
        if found.by_id != officer.pk and not answers_for(officer, found.by):
            raise Http404
        why = "somebody asks"
        trail.write("see register check", found, by=officer, why=why, records=children_as_keys(_ids(found, officer)))
    else:
        opened = opened_record(
            officer, Referral.objects.select_related("case_file__team", "case_file__worker"), found.referral.pk,
            "see register check", check=found.pk, records=children_as_keys(_ids(found, officer)),
        )  # fmt: skip
        found.referral = opened
    return found


def _ids(check: RegisterCheck, officer: Officer) -> list[int]:
    shut = closed_to(officer)
    found = {row.child_id for asked in check.asked.all() for row in asked.shown.all()}
    return sorted((found | {asked.child_id for asked in check.asked.all() if asked.child_id}) - shut)


def _told(check: RegisterCheck, officer: Officer, form: forms.Form | None) -> list[tuple[AskedAfter, list[Candidate]]]:
    """What was shown of each child asked after, but for what is closed to this officer now."""
    shut = closed_to(officer)
    rows = [row for asked in check.asked.all() for row in asked.shown.all() if row.child_id not in shut]
    held: dict[int, list[tuple[str, str]]] = {}
    files = CaseFile.objects.filter(children__in={row.child_id for row in rows}).order_by("pk")
    for child, team, reference in files.values_list("children", "team__name", "reference").distinct():
        held.setdefault(child, []).append((team, reference))
    decided = check.decided
    answers = {row.shown_id: row.answer for row in decided.fact.answers.all()} if decided else {}
    standing_now = states_of({row.child_id for row in rows}, now())
    told = []
    for asked in check.asked.all():
        found = []
        for row in asked.shown.all():
            if row.child_id in shut:
                continue
            state_now = standing_now.get(row.child_id, (State.NONE, None))[0]
            settled = next((s for s in row.settled.all() if not s.withdrawn), None)
            found.append(
                Candidate(
                    shown=row,
                    held=held.get(row.child_id, []),
                    tag=row.get_state_display(),
                    colour=TAGS[State(row.state)],
                    now=state_now.label if state_now != row.state else "",
                    answer=Answer(answers[row.pk]).label if row.pk in answers else "",
                    settled=settled.get_answer_display() if settled else "",
                    box=form[f"answer_{row.pk}"] if form and f"answer_{row.pk}" in form.fields else None,
                    links=_links(check, asked, row, answers.get(row.pk, ""), settled.answer if settled else ""),
                )
            )
        told.append((asked, found))
    return told


def _links(check: RegisterCheck, asked: AskedAfter, row: Shown, answer: str, settled: str) -> list[tuple[str, str]]:
    """What to do where another record is the child's: merge the two, or keep the name that was given."""
    if Answer.IS not in (answer, settled) or check.referral is None or asked.child is None:
        return []
    found = []
    for name, words in (("child-merge", "Merge the two records"), ("child-name-add", "Keep the name as another name")):
        for arguments in ([check.referral.case_file_id, asked.child_id], [asked.child_id]):
            try:
                found.append((reverse(name, args=arguments), words))
                break
            except NoReverseMatch:
                continue
    return found


def _form(
    request: HttpRequest,
    check: RegisterCheck,
    rows: list[Shown],
    began: dict[int, str] | None = None,
    *,
    why: bool = False,
) -> forms.Form:
    """One question for each record that was shown."""
    form = forms.Form(request.POST or None)
    form.mark_optional = False  # type: ignore[attr-defined]
    for row in rows:
        answers = Answer.choices if check.referral_id else SURE  # somebody waits on the line for the other answer
        form.fields[f"answer_{row.pk}"] = radios(f"Is {row.child.name} the child?", answers, required=False)
        form.initial[f"answer_{row.pk}"] = (began or {}).get(row.pk)
    if why:
        form.fields["withdrawn"] = forms.BooleanField(label="This check was a mistake: take it back", required=False)
        form.fields["reason"] = line("Why are you correcting it?", length=300)
    return form


def _answers(form: forms.Form, rows: list[Shown]) -> dict[int, str]:
    given = {row.pk: form.cleaned_data.get(f"answer_{row.pk}") for row in rows}
    return {pk: answer for pk, answer in given.items() if answer}


def _open_rows(check: RegisterCheck, officer: Officer) -> list[Shown]:
    shut = closed_to(officer)
    return [row for asked in check.asked.all() for row in asked.shown.all() if row.child_id not in shut]


@require_http_methods(["GET", "POST"])
@transaction.atomic
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """What a check showed; and deciding it."""
    officer = officer_of(request)
    hold(request, RegisterCheck, pk)
    found = opened_check(officer, pk)
    rows = _open_rows(found, officer)
    deciding = found.decided is None and may_decide(found, officer)
    form = _form(request, found, rows) if deciding else None
    if request.method == "POST":
        if form is None:
            if found.decided and may_decide(found, officer):
                raise Refused("This check is decided already: correct it, or check again.")
            raise Http404
        if form.is_valid():
            answers = (
                {row.pk: Answer.IS_NOT.value for row in rows}
                if request.POST.get("do") == "none"
                else _answers(form, rows)
            )
            try:
                decide_check(check=found, answers=answers, occurred_at=now(), by=officer)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "The check is recorded.")
                return redirect(found)
    return render(request, "register/check.html", _context(found, officer, form))


def _context(found: RegisterCheck, officer: Officer, form: forms.Form | None) -> dict[str, Any]:
    told = _told(found, officer, form)
    on_it = [(asked.name, State(asked.state).label) for asked, _ in told if asked.state in {State.ON, State.OTHER}]
    for _, candidates in told:
        on_it += [
            (one.shown.child.name, one.tag)
            for one in candidates
            if Answer.IS.label in (one.answer, one.settled) and one.shown.state in {State.ON, State.OTHER}
        ]
    decided = found.decided
    return {
        "check": found,
        "told": told,
        "form": form,
        "on_it": on_it,
        "decided": decided,
        "term": term(today()),
        "colours": TAGS,
        "reasons": REASONS,
        "anybody": any(candidates for _, candidates in told),
        "undecidable": decided is None and form is None,
        "may_correct": decided is not None and may_decide(found, officer),
    }


def _said(rows: list[Shown], last: CheckDecision) -> tuple[tuple[str, str], ...]:
    """What stands of a check, for whoever corrects it."""
    if last.withdrawn:
        return (("Now", "taken back: this check was a mistake"),)
    answers = {row.shown_id: row.get_answer_display() for row in last.answers.all()}
    return tuple((row.child.name, answers.get(row.pk, "no answer")) for row in rows)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right what was decided of a check, or take it back."""
    officer = officer_of(request)
    hold(request, RegisterCheck, pk)
    found = opened_check(officer, pk)
    last = max(found.decisions.all(), key=lambda row: row.pk, default=None)
    # Somebody may take it back while another has the page open: who posts is told, and keeps what they typed.
    if last is None or not may_decide(found, officer) or (last.withdrawn and request.method != "POST"):
        raise Http404
    rows = _open_rows(found, officer)
    answers = {row.shown_id: row.answer for row in last.answers.all()}
    form = _form(request, found, rows, answers, why=True)
    stands = Standing(
        version_of([row.pk for row in found.decisions.all()]), last.by.name, last.recorded_at, _said(rows, last)
    )
    refuse_if_stale(request, form, stands)
    if request.method == "POST" and form.is_valid():
        try:
            correct_decision(
                decision=last, answers=_answers(form, rows), reason=form.cleaned_data["reason"],
                withdrawn=form.cleaned_data["withdrawn"], by=officer,
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "It is corrected. What it said before is kept.")
            return redirect(found)
    context = {**_context(found, officer, form), "correcting": True, **shown(request, stands)}
    return render(request, "register/check.html", context)
