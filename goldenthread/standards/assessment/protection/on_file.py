"""What a case file's page shows of child protection, on top: where each enquiry stands, and what each plan asks for next."""

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from goldenthread.cases.models import CaseFile
from goldenthread.cases.sections import Row, Section
from goldenthread.core.templatetags.words import day
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.protection.clocks import Clocks, clocks_of
from goldenthread.standards.assessment.protection.models import PlanEnd, ProtectionPlan

_SHOWN = 5


def section(officer: Officer, case_file: CaseFile, *, may_record: bool) -> Section | None:
    """Two queries, however much there is."""
    clocks = clocks_of(case_file)
    rows = [_plan(plan, clocks) for plan in plans_on(case_file)]
    rows += [_discussion(pk, clocks) for pk in clocks.discussions()[:_SHOWN]]
    links = [("Record a strategy discussion", reverse("file-strategy", args=[case_file.pk]))] if may_record else []
    return Section(
        title="Child protection",
        rows=rows,
        links=links,
        empty="No strategy discussion is recorded on this file.",
    )


def plans_on(case_file: CaseFile) -> QuerySet[ProtectionPlan]:
    """The first rows of the plans that stand on a file, each with its child and whether it `has_ended`."""
    gone = ProtectionPlan.objects.filter(root=OuterRef("pk"), withdrawn=True)
    rows = ProtectionPlan.objects.filter(~Exists(gone), case_file=case_file, root=None)
    return rows.annotate(has_ended=_ended()).select_related("child")


def running_plans(case_file: CaseFile) -> QuerySet[ProtectionPlan]:
    """Those of them that have not ended."""
    return plans_on(case_file).exclude(_ended())


def _ended() -> Exists:
    return Exists(PlanEnd.objects.filter(plan=OuterRef("pk"), superseded_by=None, withdrawn=False))


def _plan(plan: ProtectionPlan, clocks: Clocks) -> Row:
    words, tag, colour = clocks.plan(plan.pk)
    if plan.has_ended:  # type: ignore[attr-defined]  # annotated above
        words, tag, colour = "The plan has ended.", "Ended", "grey"
    return Row(
        title=f"Child protection plan: {plan.child.name}",
        url=plan.get_absolute_url(),
        about=words,
        tag=tag,
        tag_colour=colour,
    )


def _discussion(pk: int, clocks: Clocks) -> Row:
    words, tag, colour = clocks.enquiry(pk)
    return Row(
        title=f"Strategy discussion, {day(clocks.held(pk))}",
        url=reverse("strategy", args=[pk]),
        about=words,
        tag=tag,
        tag_colour=colour or "grey",
    )
