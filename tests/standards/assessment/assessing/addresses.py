"""Pages of the alcove that stand behind something seldom in a small made-up council, each with an address that opens it."""

from django.urls import reverse

from goldenthread.cases.models import CaseFile
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.assessing.choices import State
from goldenthread.standards.assessment.assessing.models import Assessment, ChildInNeedPlan, ChildSeen
from goldenthread.standards.assessment.assessing.states import in_state
from goldenthread.standards.referrals.models import Referral


def addresses(head: Officer) -> dict[str, tuple[Officer, str]]:
    """By the page's name: who opens it, and where."""
    rows = Assessment.objects.all()
    begun, handed, signed = (
        in_state(rows, state)[0] for state in (State.IN_PROGRESS, State.HANDED_IN, State.SIGNED_OFF)
    )
    child = begun.children.all()[0]
    seen = ChildSeen.objects.filter(superseded_by=None)[0]
    plan = ChildInNeedPlan.objects.filter(reviews=None)[0]
    found = {
        "referral-assessment": [Referral.objects.filter(case_file__closed_at=None)[0].pk],
        "file-assessment": [CaseFile.objects.filter(closed_at=None)[0].pk],
        "assessment-write": [begun.pk, "decisions"],
        "assessment-seen": [begun.pk, child.pk],
        "assessment-views": [begun.pk, child.pk],
        "assessment-hand-in": [begun.pk],
        "assessment-disabled": [begun.pk],
        "assessment-correct": [seen.assessment_id, "childseen", seen.pk],
        "assessment-sign-off": [handed.pk],
        "assessment-return": [handed.pk],
        "assessment-reopen": [signed.pk],
        "assessment-plan": [plan.assessment_id],
        "needplan": [plan.pk],
        "needplan-step": [plan.pk],
        "needplan-step-change": [plan.pk, plan.steps.all()[0].pk],
        "needplan-sign-off": [plan.pk],
        "needplan-review": [plan.pk],
    }
    return {name: (head, reverse(name, args=given)) for name, given in found.items()}
