"""A manager's answer where a check of the register was not sure."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from goldenthread.cases.models import CaseFile
from goldenthread.cases.opening import children_as_keys, opened_record
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.core.versions import Standing, hold, version_of
from goldenthread.people.access import officer_of
from goldenthread.people.verb_page import VerbPage, show
from goldenthread.standards.assessment.register.checking import closed_to, settle_check
from goldenthread.standards.assessment.register.choices import Answer
from goldenthread.standards.assessment.register.forms import SettleForm
from goldenthread.standards.assessment.register.models import CheckSettled, RegisterCheck, Shown
from goldenthread.standards.referrals.models import Referral


@require_http_methods(["GET", "POST"])
@transaction.atomic
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """A manager answers the first record of a referral's checks of which nobody was sure."""
    officer = officer_of(request)
    hold(request, Referral, pk)
    rows = Referral.objects.select_related("case_file__team", "case_file__worker")
    referral = opened_record(officer, rows, pk, "read referral")
    shut = closed_to(officer)
    row = _unsure(referral, shut)
    back: dict[str, Any] = {"back": referral.get_absolute_url(), "back_to": f"Referral {referral.reference}"}
    back["standing"] = _standing(referral, row, shut)
    if row is None:
        page = VerbPage(
            "Nothing to answer",
            "",
            _nothing,
            closed=True,
            lead="No check of this referral waits for an answer.",
            **back,
        )
        return show(request, page, SettleForm)
    trail.write(
        "see register check",
        referral,
        by=officer,
        why=referral.why_open,
        check=row.asked.check_of_id,
        records=children_as_keys([row.child_id]),
    )

    def act(given: dict[str, Any]) -> str:
        settle_check(shown=row, by=officer, **given)
        return "Your answer is recorded."

    files = CaseFile.objects.filter(children=row.child_id).select_related("team")
    page = VerbPage(
        heading="Is it the same child?",
        button="Record your answer",
        act=act,
        about=[
            ("Asked about", _described(row.asked.name, row.asked.date_of_birth)),
            ("Record found", _described(row.child.name, row.child.date_of_birth)),
            ("Why it was found", ", ".join(row.reasons)),
            ("Register, then", row.get_state_display()),
            ("Case files", "; ".join(f"{file.reference}, {file.team}" for file in files) or "none"),
        ],
        **back,
    )
    return show(request, page, lambda data: SettleForm(data, initial={"occurred_at": now()}))


def _nothing(given: dict[str, Any]) -> str:
    raise Refused("No check of this referral waits for an answer.")


def _standing(referral: Referral, row: Shown | None, shut: set[int]) -> Standing:
    """Which record waits for an answer, and what was answered last: so that no answer is taken for another record's."""
    answers = CheckSettled.objects.filter(shown__asked__check_of__referral=referral).exclude(shown__child__in=shut)
    last = answers.select_related("by").order_by("pk").last()
    version = version_of(row.pk if row else None, last.pk if last else None)
    if last is None:
        return Standing(version)
    now = (("Answered", last.get_answer_display()), ("How it is known", last.words))
    return Standing(version, last.by.name, last.recorded_at, now)


def _described(name: str, born: Any) -> str:
    return f"{name}, born {born:%-d %B %Y}" if born else f"{name}, date of birth not known"


def _unsure(referral: Referral, shut: set[int]) -> Shown | None:
    """The first record shown by the referral's checks of which the decision that stands was not sure, and that waits."""
    checks = RegisterCheck.objects.filter(referral=referral).order_by("pk").prefetch_related("decisions__answers")
    for one in checks:
        decided = one.decided
        unsure = [a.shown_id for a in decided.fact.answers.all() if a.answer == Answer.UNSURE] if decided else []
        waiting = Shown.objects.filter(pk__in=unsure).exclude(settled__withdrawn=False, settled__superseded_by=None)
        found = waiting.exclude(child__in=shut).select_related("asked__check_of", "child").order_by("pk").first()
        if found:
            return found
    return None
