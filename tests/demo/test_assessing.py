"""Assessments of the demonstration authority: plausible, and nothing that a verb would have refused."""

from collections import Counter, defaultdict
from typing import Any

import pytest

from goldenthread.cases.facts import standing
from goldenthread.obligations import tally
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.assessing import rules
from goldenthread.standards.assessment.assessing.choices import PartKind, State
from goldenthread.standards.assessment.assessing.models import (
    Assessment,
    ChildInNeedPlan,
    ChildSeen,
    ChildsViews,
    ManagersAnswer,
    PlannedStep,
    PlanReview,
)
from goldenthread.standards.assessment.assessing.plans import may_have_plan
from goldenthread.standards.assessment.assessing.requirements import REQUIREMENTS
from goldenthread.standards.assessment.protection.models import EnquiryOutcome
from tests.demo.conftest import NOW

# Both databases hold the same rows (test_load), and of these the tests count what they say.
pytestmark = [pytest.mark.usefixtures("authority"), pytest.mark.once]
OFF_STAGE = {"assessment.signed-off-initial", "assessment.signed-off-core"}
"""Kinds of another time."""


def whole() -> list[Assessment]:
    """Every assessment with all that hangs on it."""
    rows = Assessment.objects.select_related("case_file", "referral").prefetch_related(
        "children", "disabled", "parts__by", "seen", "views__child", "handings_in__by", "answers__by"
    )
    return list(rows)


def test_it_is_practised_in_every_state_and_missed_somewhere() -> None:
    states = Counter(one.state for one in whole())
    assert set(states) >= {State.IN_PROGRESS, State.HANDED_IN, State.RETURNED, State.SIGNED_OFF}
    assert states[State.SIGNED_OFF] > sum(states.values()) / 2
    totals = tally.totals(tally.tally(NOW))
    for requirement in REQUIREMENTS:
        if requirement.key not in OFF_STAGE:
            counts = totals[requirement.key]
            assert counts.met, requirement.key
            assert counts.late, requirement.key
            assert counts.overdue, requirement.key
            assert 0.4 < counts.met / counts.judged < 0.98, (requirement.key, counts)
    assert ChildSeen.objects.filter(seen=False).exists()
    assert ChildsViews.objects.exclude(why_none="").exists()
    assert Assessment.disabled.through._default_manager.count() > 20
    assert {review.outcome for review in PlanReview.objects.all()} == {"continue", "end", "step-up"}


def test_no_verb_would_have_refused_it() -> None:
    for one in whole():
        # Only an enquiry can follow from a new concern on an open case.
        assert one.referral is not None or one.kind == "section-47"
        began = one.referral.received_at if one.referral else one.case_file.opened_at
        assert one.started_at >= began
        assert one.case_file.closed_at is None or one.recorded_at < one.case_file.closed_at
        rules.check_kind(one.kind, one.started_at)
        rules.check_words(one.purpose, "the purpose")
        assert {child.pk for child in one.disabled.all()} <= {child.pk for child in one.children.all()}
        for part in one.parts.all():
            rules.check_outcome(part.part, part.outcome)
            assert part.recorded_at >= one.recorded_at
        for seen in one.seen.all():
            rules.check_seen(
                seen=seen.seen, why_not_seen=seen.why_not_seen, alone=seen.alone, why_not_alone=seen.why_not_alone,
                seen_by=seen.seen_by, way=seen.way, language=seen.language,
            )  # fmt: skip
        for views in one.views.all():
            rules.check_views(
                words=views.words, why_none=views.why_none, tool=views.tool, child=views.child, at=views.occurred_at
            )
        facts: list[Any] = [*one.seen.all(), *one.views.all()]
        assert all(fact.occurred_at >= began for fact in facts)
        if one.handings_in.all():
            rules.check_whole(one)
        if one.state == State.SIGNED_OFF:
            signed = max(one.answers.all(), key=lambda answer: answer.pk)
            rules.check_others_work(one, signed.by)
            assert all(row.recorded_at <= signed.recorded_at for row in [*facts, *one.parts.all()])
        _in_turn(one)


def _in_turn(one: Assessment) -> None:
    """Handed in, answered, handed in again: each after the one before, and parts only while it was open."""
    events = sorted([*one.handings_in.all(), *one.answers.all()], key=lambda row: row.recorded_at)
    closed_since = None
    for place, event in enumerate(events):
        is_answer = isinstance(event, ManagersAnswer)
        assert is_answer is bool(place % 2), "a handing in, then its answer, in turn"
        if is_answer:
            assert event.occurred_at >= events[place - 1].occurred_at
            assert event.by.may(Permission.SIGN_OFF)
            for part in one.parts.all():
                assert not closed_since < part.recorded_at < event.recorded_at, "written while a manager had it"
        else:
            closed_since = event.recorded_at


def test_nothing_is_written_after_the_file_was_closed() -> None:
    closed = [one for one in whole() if one.case_file.closed_at]
    assert {"single", "section-47"} <= {one.kind for one in closed}
    for one in closed:
        for rows in (one.parts, one.seen, one.views, one.handings_in, one.answers):
            assert all(row.recorded_at <= one.case_file.closed_at for row in rows.all())


def test_an_enquirys_decisions_follow_its_outcome() -> None:
    outcomes = dict(EnquiryOutcome.objects.values_list("discussion__assessment", "outcome"))
    fits = {"conference": "services", "no-conference": "services", "not-substantiated": "no-further-action"}
    signed: Counter[str] = Counter()
    for one in whole():
        if one.kind != "section-47" or one.state != State.SIGNED_OFF:
            continue
        decided = one.part(PartKind.DECISIONS)
        assert decided is not None
        outcome = outcomes.get(one.pk)
        assert outcome or one.case_file.closed_at, "signed off without an outcome only where the file was closed"
        assert decided.fact.outcome == fits[outcome or "no-conference"]
        signed[outcome or ""] += 1
    assert set(signed) >= set(fits)
    assert not ChildInNeedPlan.objects.filter(assessment__kind="section-47").exists()


def test_plans_follow_from_signed_decisions_and_are_signed_by_others() -> None:
    plans = ChildInNeedPlan.objects.select_related("case_file", "assessment").prefetch_related(
        "steps", "sign_offs__by", "reviews", "children"
    )
    assert len(plans) > 20
    for plan in plans:
        assert may_have_plan(plan.assessment)
        assert plan.children.all()
        for step in standing(plan.steps.all()):
            fact = step.fact
            rules.check_step(need=fact.need, what=fact.what, whose=fact.whose, who=fact.who, sign=fact.sign)
        for signed in plan.sign_offs.all():
            assert signed.by.may(Permission.SIGN_OFF)
            assert signed.by_id not in {plan.by_id, *(step.by_id for step in plan.steps.all())}
        reviews = standing(plan.reviews.all())
        assert not reviews or (plan.signed and reviews[0].fact.occurred_at > plan.signed.occurred_at)
        assert all(s.fact.outcome == "continue" for s in reviews[:-1])
        if (closed := plan.case_file.closed_at) and plan.signed:
            assert plan.ended, "a file is not closed over a plan that goes on"
            assert plan.ended.fact.occurred_at < closed
    assert PlannedStep.objects.count() > 2 * len(plans)


def test_children_say_what_children_of_their_age_say() -> None:
    said: dict[str, list[int]] = defaultdict(list)
    disabled = set(Assessment.disabled.through._default_manager.values_list("child_id", flat=True))
    for views in ChildsViews.objects.exclude(words="").select_related("child"):
        if views.child_id not in disabled:
            age = views.child.age_on(views.occurred_at.date())
            said[views.words].append(age or 0)
    assert len(said) >= 10
    for words, ages in said.items():
        assert max(ages) - min(ages) <= 6, words
    assert len(PartKind) == 4
