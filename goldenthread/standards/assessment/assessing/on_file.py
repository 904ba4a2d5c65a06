"""What a case file's page shows of it."""

from django.db.models import Exists, OuterRef
from django.urls import reverse

from goldenthread.cases.models import CaseFile
from goldenthread.cases.sections import Row, Section
from goldenthread.core.clock import now
from goldenthread.core.templatetags.words import day
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.assessing.choices import State
from goldenthread.standards.assessment.assessing.clocks import clocks
from goldenthread.standards.assessment.assessing.models import Assessment, ChildInNeedPlan, PlanReview, PlanSignOff
from goldenthread.standards.assessment.assessing.states import STATE_COLOURS, with_state

_SHOWN = 10


def section(officer: Officer, case_file: CaseFile, *, may_record: bool) -> Section | None:
    """The assessments on a file and how far each has come, and the plans that follow from them. Two queries."""
    at = now()
    rows = []
    found = list(with_state(Assessment.objects.filter(case_file=case_file)).select_related("referral")[: _SHOWN + 1])
    for one in found[:_SHOWN]:
        state = State(one.stands)
        about = f"Began {day(one.started_at)}"
        clock = next(iter(clocks(one, at)), None)
        if clock and state != State.SIGNED_OFF:
            about += f". Day {clock.day} of {clock.of} since {clock.since}"
        title = f"{one.get_kind_display()} {one.reference}"
        rows.append(Row(title, one.get_absolute_url(), about, str(state.label), STATE_COLOURS[state]))
    rows += [_plan(plan) for plan in _plans(case_file)] if found else []
    links = [("Start an assessment", reverse("file-assessment", args=[case_file.pk]))] if may_record else []
    if not rows and not links:
        return None
    more = reverse("assessments") if len(found) > _SHOWN else ""
    return Section("Assessments and plans", rows, links, "No assessment was made on this file.", more)


def _plans(case_file: CaseFile) -> list[ChildInNeedPlan]:
    signed = PlanSignOff.objects.filter(plan=OuterRef("pk"), withdrawn=False, superseded_by=None)
    ended = PlanReview.objects.filter(plan=OuterRef("pk"), withdrawn=False, superseded_by=None).exclude(
        outcome="continue"
    )
    plans = ChildInNeedPlan.objects.filter(case_file=case_file)
    return list(plans.annotate(is_signed=Exists(signed), is_ended=Exists(ended))[:_SHOWN])


def _plan(plan: ChildInNeedPlan) -> Row:
    tag, colour = ("Ended", "grey") if plan.is_ended else ("Signed off", "green") if plan.is_signed else ("Not signed off", "yellow")  # type: ignore[attr-defined]  # fmt: skip
    return Row(f"Plan for a child in need {plan}", plan.get_absolute_url(), f"Made {day(plan.made_at)}", tag, colour)
