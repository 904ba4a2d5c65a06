"""An assessment of a child, from a referral that was decided on, and what it takes to finish it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from goldenthread.cases.models import Child
from goldenthread.obligations.models import Obligation
from goldenthread.standards.assessment.assessing import actions, hearing, signing
from goldenthread.standards.assessment.assessing import plans as planning
from goldenthread.standards.assessment.assessing.models import Assessment, ChildInNeedPlan
from goldenthread.standards.referrals import actions as referrals
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.standards.referrals import conftest as referrals_room
from tests.standards.referrals.conftest import Hands

child, take, referral, hands = referrals_room.child, referrals_room.take, referrals_room.referral, referrals_room.hands
TEXTS = {
    "information": "The class teacher told me on 4 March that he comes without lunch on Mondays",
    "analysis": "He is hungry once a week because money runs out, not because nobody cares",
    "conclusions": "He needs a meal on Mondays, and his mother the benefit that she has not claimed",
    "decisions": "We make a plan with his mother, because a food bank alone would not last",
}
Finish = Callable[..., Assessment]


@pytest.fixture
def sibling(db: None) -> Child:
    """A little sister of the child."""
    return Child.objects.create(given_names="Ivo", family_name="Aldergate", date_of_birth=datetime(2002, 2, 1).date())  # noqa: DTZ001


@pytest.fixture
def decided(referral: Referral, cast: Cast, hands: Hands) -> Referral:
    """The referral, on which it was decided at once to assess."""
    referrals.decide(
        referral=referral, what="assessment", reason="Nobody has explained it", occurred_at=hands.now, by=cast.manager
    )
    return referral


@pytest.fixture
def assessment(decided: Referral, cast: Cast, hands: Hands, child: Child) -> Assessment:
    """A core assessment that begins an hour after the referral: at eleven on Wednesday 1 October 2003."""
    return actions.start_assessment(
        case_file=decided.case_file, kind="core", children=[child], purpose="Can he stay safely at home?",
        expectations="The school tells us what it sees, and we tell it what follows", started_at=hands.on(hours=1),
        referral=decided, by=cast.worker,
    )  # fmt: skip


def write_all(assessment: Assessment, by: Any, **texts: str) -> None:
    """All four parts; the decisions come to a plan unless told otherwise (outcome=…)."""
    outcome = texts.pop("outcome", "child-in-need-plan")
    for part, text in (TEXTS | texts).items():
        actions.write_part(
            assessment=assessment, part=part, text=text, outcome=outcome if part == "decisions" else "", by=by
        )


def hear_all(assessment: Assessment, by: Any, at: datetime) -> None:
    """Each child seen alone, and heard."""
    for one in assessment.children.all():
        hearing.record_seen(
            assessment=assessment, child=one, seen=True, alone=True, seen_by="Asha Verma", way="speech",
            language="English", occurred_at=at, by=by,
        )  # fmt: skip
        hearing.record_views(assessment=assessment, child=one, words="I want Mum to sleep", occurred_at=at, by=by)


@pytest.fixture
def finish(assessment: Assessment, cast: Cast, hands: Hands) -> Finish:
    """Bring it to a state: “written”, “handed-in” or “signed-off”, an hour at a time."""

    def bring(to: str, **texts: str) -> Assessment:
        write_all(assessment, cast.worker, **texts)
        hear_all(assessment, cast.worker, hands.now)
        if to in ("handed-in", "signed-off"):
            actions.hand_in(assessment=assessment, occurred_at=hands.on(hours=1), by=cast.worker)
        if to == "signed-off":
            signing.sign_off(
                assessment=assessment, reason="The facts bear it out", occurred_at=hands.on(hours=1), by=cast.manager
            )
        return assessment

    return bring


@pytest.fixture
def plan(finish: Finish, cast: Cast, hands: Hands) -> ChildInNeedPlan:
    """A plan with one step, not signed off yet."""
    assessment = finish("signed-off")
    made = planning.make_plan(
        assessment=assessment, children=list(assessment.children.all()), aim="He eats every day", made_at=hands.now,
        by=cast.worker,
    )  # fmt: skip
    add_step(made, cast.worker, hands)
    return made


def add_step(plan: ChildInNeedPlan, by: Any, hands: Hands, **other: Any) -> Any:
    """A step of the plan."""
    given = {
        "need": "Food on Mondays", "what": "Breakfast club, three days a week", "whose": "agency", "who": "Ms Obi, school",
        "by_when": (hands.now + timedelta(days=14)).date(), "sign": "He is not hungry in maths",
    }  # fmt: skip
    return planning.plan_step(plan=plan, by=by, **(given | other))


def sign_plan(plan: ChildInNeedPlan, cast: Cast, hands: Hands) -> None:
    """A manager signs it off."""
    planning.sign_off_plan(plan=plan, reason="Each need has an answer", occurred_at=hands.on(hours=1), by=cast.manager)


def review(plan: ChildInNeedPlan, by: Any, at: datetime, outcome: str = "continue") -> Any:
    """A review of it."""
    return planning.review_plan(
        plan=plan, who_came="Juno, his mother and Ms Obi", changed="He has had breakfast since March", outcome=outcome,
        reason="Two of three signs are there", occurred_at=at, by=by,
    )  # fmt: skip


def owed(record: Any, key: str) -> list[Obligation]:
    """What is owed on a record under one requirement."""
    rows = Obligation.objects.filter(subject_type=record._meta.label_lower, subject_id=record.pk)
    return list(rows.filter(requirement=f"assessment.{key}").order_by("pk"))


def fresh(assessment: Assessment) -> Assessment:
    """As it stands in the database."""
    return Assessment.objects.get(pk=assessment.pk)
