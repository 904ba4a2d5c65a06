"""An assessment from its start to its sign-off: what each verb writes, and what it refuses."""

from datetime import timedelta
from typing import Any

import pytest

from goldenthread.cases.models import Child
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.standards.assessment.assessing import actions, signing
from goldenthread.standards.assessment.assessing.choices import State
from goldenthread.standards.assessment.assessing.models import Assessment, AssessmentPart
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.standards.assessment.assessing.conftest import TEXTS, Finish, fresh, hear_all, write_all
from tests.standards.referrals.conftest import Hands


def test_an_assessment_says_of_whom_what_for_and_who_expects_what(assessment: Assessment, child: Child) -> None:
    assert list(assessment.children.all()) == [child]
    assert assessment.reference == f"A{assessment.pk:06d}"
    assert assessment.state == State.IN_PROGRESS
    entry = TrailEntry.objects.get(deed="start assessment")
    assert entry.subject == f"assessing.assessment:{assessment.pk}"
    assert "safely" not in str(entry.detail)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"purpose": "tbc"}, "says nothing"),
        ({"expectations": ""}, "who is expected"),
        ({"kind": "single"}, "no assessment of this kind"),
        ({"kind": "other"}, "from the list"),
        ({"children": []}, "at least one child"),
    ],
)
def test_a_start_is_refused(
    decided: Referral, cast: Cast, hands: Hands, child: Child, given: dict[str, Any], says: str
) -> None:
    whole: dict[str, Any] = {
        "case_file": decided.case_file, "kind": "core", "children": [child], "purpose": "Can he stay at home?",
        "expectations": "The school tells us what it sees", "started_at": hands.now, "by": cast.worker,
    }  # fmt: skip
    with pytest.raises(Refused, match=says):
        actions.start_assessment(**(whole | given))
    with pytest.raises(Refused, match="before the referral"):
        actions.start_assessment(**(whole | {"referral": decided, "started_at": hands.now - timedelta(days=1)}))
    with pytest.raises(Refused, match="in the future"):
        actions.start_assessment(**(whole | {"started_at": hands.now + timedelta(minutes=5)}))
    with pytest.raises(Refused, match="Say which are disabled of"):
        actions.start_assessment(**(whole | {"disabled": [Child.objects.create(given_names="Other")]}))
    with pytest.raises(NotAllowed):
        actions.start_assessment(**(whole | {"by": cast.stranger}))
    assert not Assessment.objects.exists()


def test_the_kinds_of_assessment_are_those_of_their_time(
    decided: Referral, cast: Cast, hands: Hands, child: Child
) -> None:
    hands.on(days=365 * 22)
    for kind, fits in (("initial", False), ("core", False), ("single", True), ("section-47", True)):
        given: dict[str, Any] = {
            "case_file": decided.case_file, "kind": kind, "children": [child], "purpose": "Can he stay at home?",
            "expectations": "The school tells us what it sees", "started_at": hands.now, "by": cast.worker,
        }  # fmt: skip
        if fits:
            assert actions.start_assessment(**given).kind == kind
        else:
            with pytest.raises(Refused, match="no assessment of this kind"):
                actions.start_assessment(**given)


def test_a_part_is_rewritten_and_what_it_said_before_is_kept(assessment: Assessment, cast: Cast, hands: Hands) -> None:
    first = actions.write_part(assessment=assessment, part="analysis", text="tbc", by=cast.worker)
    second = actions.write_part(assessment=assessment, part="analysis", text="He is hungry", by=cast.colleague)
    stands = fresh(assessment).part("analysis")
    assert stands is not None
    assert (stands.fact, stands.first) == (second, first)
    assert [row.text for row in AssessmentPart.objects.order_by("pk")] == ["tbc", "He is hungry"]
    with pytest.raises(Refused, match="Nothing would change"):
        actions.write_part(assessment=assessment, part="analysis", text=" He is hungry ", by=cast.worker)


@pytest.mark.parametrize(
    ("part", "text", "outcome", "says"),
    [
        ("analysis", "  ", "", "empty part"),
        ("summary", "Words", "", "which part"),
        ("decisions", "We make a plan", "", "what the decisions come to"),
        ("analysis", "He is hungry", "services", "Only the decisions"),
    ],
)
def test_a_part_is_refused(assessment: Assessment, cast: Cast, part: str, text: str, outcome: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        actions.write_part(assessment=assessment, part=part, text=text, outcome=outcome, by=cast.worker)
    with pytest.raises(NotAllowed):
        actions.write_part(assessment=assessment, part="analysis", text="He is hungry", by=cast.stranger)
    with pytest.raises(NotAllowed):
        actions.write_part(assessment=assessment, part="analysis", text="He is hungry", by=cast.quality)


def test_the_same_part_sent_twice_is_one_row(assessment: Assessment, cast: Cast) -> None:
    for _ in range(2):
        actions.write_part(assessment=assessment, part="analysis", text="He is hungry", by=cast.worker, token="once")
    assert AssessmentPart.objects.count() == 1


def test_handing_in_names_all_that_is_missing(assessment: Assessment, cast: Cast, hands: Hands) -> None:
    actions.write_part(assessment=assessment, part="information", text=TEXTS["information"], by=cast.worker)
    actions.write_part(assessment=assessment, part="conclusions", text="see above", by=cast.worker)
    with pytest.raises(Refused) as refused:
        actions.hand_in(assessment=assessment, occurred_at=hands.now, by=cast.worker)
    assert [
        "“Analysis” is empty" in str(refused.value),
        "“Conclusions” says nothing" in str(refused.value),
        "“Decisions” is empty" in str(refused.value),
        "no views of the child" in str(refused.value),
        "whether the child was seen" in str(refused.value),
        "Information" in str(refused.value),
    ] == [True, True, True, True, True, False]


def test_each_child_is_heard_before_it_can_be_handed_in(
    decided: Referral, cast: Cast, hands: Hands, child: Child, sibling: Child
) -> None:
    decided.case_file.children.add(sibling)
    both = actions.start_assessment(
        case_file=decided.case_file, kind="core", children=[child, sibling], purpose="Can they stay at home?",
        expectations="The school tells us what it sees", started_at=hands.now, by=cast.worker,
    )  # fmt: skip
    write_all(both, cast.worker)
    with pytest.raises(Refused, match=r"no views of child 1 of 2.*no views of child 2 of 2"):
        actions.hand_in(assessment=both, occurred_at=hands.now, by=cast.worker)
    hear_all(both, cast.worker, hands.now)
    actions.hand_in(assessment=both, occurred_at=hands.now, by=cast.worker)


def test_what_is_handed_in_is_closed_until_a_manager_answers(finish: Finish, cast: Cast, hands: Hands) -> None:
    assessment = finish("handed-in")
    assert fresh(assessment).state == State.HANDED_IN
    for again in (
        lambda: actions.write_part(assessment=assessment, part="analysis", text="Other words", by=cast.worker),
        lambda: actions.hand_in(assessment=assessment, occurred_at=hands.now, by=cast.worker),
        lambda: hear_all(assessment, cast.worker, hands.now),
    ):
        with pytest.raises(Refused, match="handed in"):
            again()
    signing.return_for_more_work(
        assessment=assessment, reason="The analysis tells new facts", occurred_at=hands.now, by=cast.manager
    )
    assert fresh(assessment).state == State.RETURNED
    actions.write_part(assessment=assessment, part="analysis", text="Other words", by=cast.worker)


def test_signed_off_it_is_closed_and_a_manager_reopens_it(finish: Finish, cast: Cast, hands: Hands) -> None:
    assessment = finish("signed-off")
    assert fresh(assessment).state == State.SIGNED_OFF
    with pytest.raises(Refused, match="signed off"):
        actions.write_part(assessment=assessment, part="analysis", text="Other words", by=cast.worker)
    with pytest.raises(NotAllowed):
        signing.reopen(assessment=assessment, reason="A part was missing", occurred_at=hands.now, by=cast.worker)
    with pytest.raises(Refused, match="should not have been"):
        signing.reopen(assessment=assessment, reason="tbc", occurred_at=hands.now, by=cast.manager)
    signed = assessment.answers.get()
    again = signing.reopen(
        assessment=assessment, reason="His sister was forgotten", occurred_at=hands.on(days=2), by=cast.manager
    )
    assert again.supersedes == signed
    assert fresh(assessment).state == State.REOPENED
    actions.write_part(assessment=assessment, part="analysis", text="Other words", by=cast.worker)
    actions.hand_in(assessment=assessment, occurred_at=hands.now, by=cast.worker)
    signing.sign_off(assessment=assessment, reason="Now it is whole", occurred_at=hands.now, by=cast.manager)
    assert fresh(assessment).state == State.SIGNED_OFF


def test_only_a_manager_signs_off_and_nobody_their_own_work(finish: Finish, cast: Cast, hands: Hands) -> None:
    assessment = finish("written")
    actions.write_part(assessment=assessment, part="analysis", text="As the manager sees it", by=cast.manager)
    actions.hand_in(assessment=assessment, occurred_at=hands.now, by=cast.worker)
    given: dict[str, Any] = {"assessment": assessment, "reason": "The facts bear it out", "occurred_at": hands.now}
    for officer in (cast.worker, cast.senior, cast.stranger, cast.quality):
        with pytest.raises(NotAllowed):
            signing.sign_off(by=officer, **given)
    with pytest.raises(Refused, match="You wrote a part"):
        signing.sign_off(by=cast.manager, **given)
    with pytest.raises(Refused, match="says nothing"):
        signing.sign_off(by=cast.group_manager, **(given | {"reason": "n/a"}))
    with pytest.raises(Refused, match="before it was handed in"):
        signing.sign_off(by=cast.group_manager, **(given | {"occurred_at": hands.now - timedelta(days=1)}))
    signing.sign_off(by=cast.group_manager, **given)


def test_who_hands_in_does_not_sign_off(finish: Finish, cast: Cast, hands: Hands) -> None:
    assessment = finish("written")
    actions.hand_in(assessment=assessment, occurred_at=hands.now, by=cast.manager)
    with pytest.raises(Refused, match="handed it in"):
        signing.sign_off(assessment=assessment, reason="It is whole", occurred_at=hands.now, by=cast.manager)


def test_what_is_not_handed_in_is_neither_signed_off_nor_returned(finish: Finish, cast: Cast, hands: Hands) -> None:
    assessment = finish("written")
    for verb in (signing.sign_off, signing.return_for_more_work):
        with pytest.raises(Refused, match="not handed in"):
            verb(assessment=assessment, reason="The facts bear it out", occurred_at=hands.now, by=cast.manager)
    with pytest.raises(Refused, match="not signed off"):
        signing.reopen(assessment=assessment, reason="A part was missing", occurred_at=hands.now, by=cast.manager)


def test_a_sign_off_sent_twice_is_one(finish: Finish, cast: Cast, hands: Hands) -> None:
    assessment = finish("handed-in")
    for _ in range(2):
        signing.sign_off(
            assessment=assessment, reason="It is whole", occurred_at=hands.now, by=cast.manager, token="once"
        )
    assert assessment.answers.count() == 1
