"""An assessment and a plan as they are opened: with all that hangs on them, and what is owed on them."""

from django.urls import reverse

from goldenthread.cases.opening import opened_record
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.owed_on import Duty, owed_on
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.assessing.choices import PartKind
from goldenthread.standards.assessment.assessing.models import Assessment, ChildInNeedPlan


def opened_assessment(officer: Officer, pk: int) -> Assessment:
    """The assessment, with a trail entry of its being read. Raises Http404 where the officer may not open it."""
    rows = Assessment.objects.select_related("case_file__team", "case_file__worker", "referral", "by").prefetch_related(
        "children",
        "disabled",
        "parts__by",
        "seen__by",
        "views__by",
        "handings_in__by",
        "answers__by",
        "plans__sign_offs",
    )
    return opened_record(officer, rows, pk, "read assessment")


def opened_plan(officer: Officer, pk: int) -> ChildInNeedPlan:
    """The plan, with a trail entry of its being read. Raises Http404 where the officer may not open it."""
    rows = ChildInNeedPlan.objects.select_related(
        "case_file__team", "case_file__worker", "assessment", "by"
    ).prefetch_related("children", "steps__by", "sign_offs__by", "reviews__by")
    return opened_record(officer, rows, pk, "read plan for a child in need")


def duties(record: Assessment | ChildInNeedPlan, officer: Officer) -> tuple[list[Duty], list[Duty]]:
    """What is owed on a record, soonest due first; and what is settled or excused. One query."""
    return owed_on(
        record,
        officer,
        settle=lambda row: (_settled_at(row, record, officer), ""),
        about=lambda row: _about(row, record),
    )


def _about(row: Obligation, record: Assessment | ChildInNeedPlan) -> str:
    kind, _, number = row.key.partition("-")
    if kind != "child":
        return ""
    children = list(record.children.all())
    return next((child.name for child in children if str(child.pk) == number), "") if len(children) > 1 else ""


def _settled_at(row: Obligation, record: Assessment | ChildInNeedPlan, officer: Officer) -> str:
    """The page on which it is settled; nothing where this officer may not settle it, or not yet."""
    if not officer.may(Permission.RECORD_REFERRALS):
        return ""
    if isinstance(record, ChildInNeedPlan):
        return reverse("needplan-review", args=[record.pk])
    number = row.key.partition("-")[2]
    match row.requirement.partition(".")[2]:
        case "child-seen" if record.is_open:
            return reverse("assessment-seen", args=[record.pk, number])
        case "childs-views" if record.is_open:
            return reverse("assessment-views", args=[record.pk, number])
        case "four-parts" if record.is_open:
            said = {part for part in PartKind.values if (stood := record.part(part)) and stood.fact.says_something}
            lacking = next((part for part in PartKind.values if part not in said), PartKind.INFORMATION.value)
            return reverse("assessment-write", args=[record.pk, lacking])
        case "returned" if record.is_open:
            return reverse("assessment-hand-in", args=[record.pk])
        case name if name.startswith("signed-off") and record.is_open:
            return reverse("assessment-hand-in", args=[record.pk])
        case "child-in-need-plan" if not record.plans.all():
            return reverse("assessment-plan", args=[record.pk])
        case "child-in-need-plan":
            return record.plans.all()[0].get_absolute_url()
    return ""
