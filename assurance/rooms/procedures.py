"""Case records, and the child protection procedures as far as a plan with a core group."""

from assurance.rooms.blanks import WHEN, on
from assurance.rows import Hands, Pages, Row, World, each

POSTED = {
    "protection-end": {"reason": "safer", "words": "The conference agreed that the child is safe", **WHEN},
    "strategy-arrange": {**on("arranged_for", 3, 3, 2090), "arranged_for_time": "10:00"},
}
READING = {"read case records", "read case record", "read strategy discussion", "read protection plan"}


def fill(row: Row, hands: Hands) -> None:
    """A visit, and what led to a child protection plan."""
    from goldenthread.core.clock import now
    from goldenthread.standards.assessment.protection import actions, plans
    from goldenthread.standards.assessment.protection.models import ProtectionPlan
    from goldenthread.standards.assessment.recording.actions import record_contact

    words, by = row.word("words"), hands.by
    record = record_contact(
        case_file=row.case_file, kind="home-visit", seen={row.child.pk: "alone"}, facts=words, view=words, next_steps=words,
        where=words, people=words, occurred_at=now(), by=by,
    )  # fmt: skip
    discussion = actions.hold_strategy_discussion(
        case_file=row.case_file, children=[row.child], who={"social-care": words}, known=words, decision="single-enquiry",
        why=words, immediate=words, purpose=words, expectations=words, occurred_at=now(), by=by,
    )  # fmt: skip
    actions.record_outcome(discussion=discussion, outcome="conference", why=words, occurred_at=now(), by=hands.manager)
    actions.hold_conference(
        discussion=discussion, plan_for={row.child.pk: "neglect"}, words=words, occurred_at=now(), by=by
    )
    plan = ProtectionPlan.objects.get(child=row.child)
    [met] = plans.record_core_group(plans=[plan], words=words, occurred_at=now(), by=by)
    row.made |= {"record": record.pk, "discussion": discussion.pk, "plan": plan.pk, "core-group": met.pk}


def keys(row: Row) -> list[tuple[str, int]]:
    """The file's own: see `oversight`."""
    return []


def addresses(world: World, row: Row, *, pdf: bool) -> Pages:
    """Their pages."""
    file, made = row.case_file.pk, row.made
    return {
        **each(("file-records", "file-record-add", "file-strategy"), file),
        **each(("entry", "entry-correct"), made["record"]),
        "referral-strategy": [[row.referral.pk]],
        **each(("strategy", "strategy-outcome", "strategy-arrange", "strategy-conference"), made["discussion"]),
        "strategy-correct": [[made["discussion"], "strategydiscussion", made["discussion"]]],
        **each(("protection-plan", "protection-core-group", "protection-review", "protection-end"), made["plan"]),
        "protection-correct": [[made["plan"], "coregroup", made["core-group"]]],
    }  # fmt: skip
