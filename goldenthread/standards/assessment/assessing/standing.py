"""How things stand on an assessment or a plan, for a page that changes them: so that two officers at once see each other."""

from goldenthread.cases.facts import Fact
from goldenthread.core.templatetags.words import moment
from goldenthread.core.versions import Standing, version_of
from goldenthread.standards.assessment.assessing.choices import PartKind
from goldenthread.standards.assessment.assessing.models import Assessment, ChildInNeedPlan


def of_part(assessment: Assessment, kind: str) -> Standing:
    """One part as it was last written, and whether the assessment is open for it."""
    part, state = assessment.part(kind), assessment.state
    now = [("The assessment", str(state.label))]
    if part:
        now.append((str(PartKind(kind).label), part.fact.text))
        if part.fact.outcome:
            now.append(("What the decisions come to", part.fact.get_outcome_display()))
    version = version_of(part.fact.pk if part else None, state.value)
    return Standing(version, part.fact.by.name if part else "", part.fact.recorded_at if part else None, tuple(now))


def of_assessment(assessment: Assessment) -> Standing:
    """All of it: parts, what was heard of the children, handings in and answers."""
    facts: list[Fact] = [
        *assessment.parts.all(), *assessment.seen.all(), *assessment.views.all(), *assessment.handings_in.all(),
        *assessment.answers.all(),
    ]  # fmt: skip
    last = max(facts, key=lambda fact: (fact.recorded_at, fact.pk), default=None)
    version = version_of([[fact._meta.label_lower, fact.pk] for fact in facts])
    now = (("The assessment", str(assessment.state.label)),)
    return Standing(version, last.by.name if last else "", last.recorded_at if last else None, now)


def of_disabled(assessment: Assessment) -> Standing:
    """Which children are said to be disabled."""
    said = sorted(assessment.disabled.all(), key=lambda child: child.pk)
    return Standing(version_of([c.pk for c in said]), now=(("Disabled", ", ".join(c.name for c in said) or "none"),))


def of_plan(plan: ChildInNeedPlan) -> Standing:
    """Its steps, sign-offs and reviews."""
    facts: list[Fact] = [*plan.steps.all(), *plan.sign_offs.all(), *plan.reviews.all()]
    last = max(facts, key=lambda fact: (fact.recorded_at, fact.pk), default=None)
    reviews = [row for row in plan.reviews.all() if not row.withdrawn]
    now = tuple((f"Review, {moment(row.occurred_at)}", row.get_outcome_display()) for row in reviews)
    version = version_of([[fact._meta.label_lower, fact.pk] for fact in facts])
    return Standing(version, last.by.name if last else "", last.recorded_at if last else None, now)
