"""The verbs on temporary accommodation: what each writes, and what each refuses."""

from datetime import date, timedelta
from typing import Any

import pytest

from goldenthread.cases.models import CaseFile, Child
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.standards.assessment.housing import actions, shortfalls
from goldenthread.standards.assessment.housing.course import assessments, ended, over_limit
from goldenthread.standards.assessment.housing.models import Suitability, TemporaryMove
from goldenthread.standards.assessment.housing.recommending import recommend, recommendation_for
from tests.conftest import Cast
from tests.standards.assessment.housing.conftest import ALL_WELL, FOR_NOW, NO_LOCK, Assess, Move
from tests.standards.referrals.conftest import Hands


def test_a_move_is_recorded_and_the_trail_holds_no_place(move: TemporaryMove) -> None:
    assert (move.reference, move.children.count()) == (f"TA{move.pk:06d}", 2)
    entry = TrailEntry.objects.get(deed="record temporary move")
    assert entry.why == "allocated worker"
    assert "Harbour" not in f"{entry.detail}"


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"children": []}, "at least one child"),
        ({"kind": "tent"}, "what kind"),
        ({"place": ""}, "where it is"),
        ({"place": "n/a"}, "says nothing"),
        ({"confidential": True}, "confidential"),
        ({"kind": "refuge"}, "confidential"),
        ({"authority": ""}, "housing authority"),
        ({"told_by": ""}, "who told us"),
        ({"expected_until": date(2003, 9, 1)}, "end before it began"),
    ],
)
def test_what_a_move_must_say(record: Move, other: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        record(**other)
    assert not TemporaryMove.objects.exists()


def test_a_refuge_is_always_confidential_and_another_area_always_outside(
    record: Move, child: Child, sibling: Child
) -> None:
    refuge = record(kind="refuge", place="", children=[child])
    assert refuge.confidential
    assert record(kind="other-area", place="A flat in Thornshire", children=[sibling]).out_of_area


def test_a_child_of_another_file_or_one_who_is_there_already_is_refused(record: Move, child: Child, cast: Cast) -> None:
    with pytest.raises(Refused, match="of this case file"):
        record(children=[Child.objects.create(given_names="Wren", family_name="Eastlake")])
    first = record(children=[child])
    with pytest.raises(Refused, match="already"):
        record()
    actions.end_move(move=first, went_to="other-temporary", occurred_at=first.told_at, by=cast.worker)
    assert record().pk != first.pk


def test_the_future_and_other_peoples_files_are_refused(record: Move, cast: Cast, hands: Hands) -> None:
    with pytest.raises(Refused, match="in the future"):
        record(moved_at=hands.now + timedelta(hours=1))
    with pytest.raises(Refused, match="in the future"):
        record(told_at=hands.now + timedelta(hours=1))
    for by in (cast.stranger, cast.quality, cast.member):
        with pytest.raises(NotAllowed):
            record(by=by)
    assert record(token="t") == record(token="t")


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"with_housing": ""}, "who of Housing was there"),
        ({"why_not_joint": "They did not come"}, "not both"),
        ({"judged": {}}, "suitable or shortfall"),
        ({"judged": ALL_WELL | {"space": ("shortfall", "")}}, "what falls short"),
        ({"judged": NO_LOCK}, "falls short under a heading"),
        ({"overall": "unsuitable", "change_by": date(2003, 10, 2)}, "under which heading"),
        (FOR_NOW | {"change_what": ""}, "what must change"),
        (FOR_NOW | {"change_who": ""}, "who must see to it"),
        (FOR_NOW | {"change_by": None}, "the day by which"),
        (FOR_NOW | {"change_by": date(2003, 9, 1)}, "before you saw"),
    ],
)
def test_what_an_assessment_must_say(assess: Assess, other: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        assess(**other)
    assert not Suitability.objects.exists()


def test_an_assessment_is_of_a_child_who_is_there_while_they_are(
    assess: Assess, move: TemporaryMove, cast: Cast, hands: Hands
) -> None:
    with pytest.raises(Refused, match="who was moved there"):
        assess(child=Child.objects.create(given_names="Wren", family_name="Eastlake"))
    with pytest.raises(Refused, match="before the children moved in"):
        assess(occurred_at=move.moved_at - timedelta(hours=1))
    with pytest.raises(NotAllowed):
        assess(by=cast.stranger)
    alone = assess(with_housing="", why_not_joint="Nobody of theirs was free before Monday", **FOR_NOW)
    assert [heading.value for heading in alone.shortfalls] == ["safety"]
    hands.on(days=2)
    actions.end_move(move=move, went_to="settled", occurred_at=hands.now - timedelta(days=1), by=cast.worker)
    with pytest.raises(Refused, match="had left by then"):
        assess()
    with pytest.raises(Refused, match="children left"):
        actions.end_move(move=move, went_to="settled", occurred_at=hands.now, by=cast.worker)


def test_they_cannot_have_left_before_the_place_was_last_seen(
    assess: Assess, move: TemporaryMove, cast: Cast, hands: Hands
) -> None:
    hands.on(days=1)
    seen = assess()
    early = move.moved_at + timedelta(hours=1)
    with pytest.raises(Refused, match="seen or reviewed after"):
        actions.end_move(move=move, went_to="settled", occurred_at=early, by=cast.worker)
    actions.correct(fact=seen, changes=None, reason="It was another family's", by=cast.worker)
    assert actions.end_move(move=move, went_to="settled", occurred_at=early, by=cast.worker)


def test_a_shortfall_goes_to_a_senior_manager_who_answers_for_the_file(
    assess: Assess, cast: Cast, hands: Hands
) -> None:
    def report(**other: Any) -> Any:
        given: dict[str, Any] = {
            "assessment": short, "to": cast.group_manager, "asked": "Have the lock put on this week",
            "occurred_at": hands.now, "by": cast.worker,
        }  # fmt: skip
        return shortfalls.report_shortfall(**(given | other))

    short = assess(**FOR_NOW)
    with pytest.raises(Refused, match="nothing to report"):
        report(assessment=assess())
    with pytest.raises(Refused, match="group manager, the head of service"):
        report(to=cast.manager)
    elsewhere = type(cast.group_manager).objects.create_officer(
        "gwen", name="Gwen Ash", role="group-manager", area=cast.west.area
    )
    with pytest.raises(Refused, match="may not open this case file"):
        report(to=elsewhere)
    with pytest.raises(Refused, match="what you ask"):
        report(asked="tbc")
    with pytest.raises(NotAllowed):
        report(by=cast.stranger)
    told = report()

    def answer(**other: Any) -> Any:
        given: dict[str, Any] = {
            "report": told, "will_do": "The landlord comes on Friday", "by_when": date(2003, 10, 3),
            "occurred_at": hands.now, "by": cast.group_manager,
        }  # fmt: skip
        return shortfalls.answer_shortfall(**(given | other))

    for by in (cast.worker, cast.manager, elsewhere):
        with pytest.raises(NotAllowed):
            answer(by=by)
    with pytest.raises(Refused, match="lies before the answer"):
        answer(by_when=date(2003, 9, 30))
    with pytest.raises(Refused, match="what will be done"):
        answer(will_do="n/a")
    said = answer()
    with pytest.raises(NotAllowed):
        actions.correct(fact=said, changes={"will_do": "Nothing at all"}, reason="As he told me", by=cast.manager)
    actions.correct(fact=said, changes={"by_when": date(2003, 10, 6)}, reason="It was Monday", by=cast.group_manager)
    done: dict[str, Any] = {"report": told, "what": "put-right", "occurred_at": hands.now, "by": cast.worker}
    with pytest.raises(Refused, match="what was done"):
        shortfalls.record_outcome(words="", **done)
    shortfalls.record_outcome(words="Seen: the door locks", **done)
    with pytest.raises(Refused, match="recorded already"):
        shortfalls.record_outcome(words="Seen again: it locks", **done)


def test_nothing_hangs_on_what_was_taken_back(assess: Assess, cast: Cast, hands: Hands) -> None:
    short = assess(**FOR_NOW)
    given: dict[str, Any] = {
        "to": cast.head,
        "asked": "Have the lock put on",
        "occurred_at": hands.now,
        "by": cast.worker,
    }
    told = shortfalls.report_shortfall(assessment=short, **given)
    actions.correct(fact=told, changes=None, reason="It was not sent", by=cast.worker)
    with pytest.raises(Refused, match="report was taken back"):
        shortfalls.answer_shortfall(
            report=told, will_do="A lock", by_when=date(2003, 10, 3), occurred_at=hands.now, by=cast.head
        )
    actions.correct(fact=short, changes=None, reason="It was another child's", by=cast.worker)
    with pytest.raises(Refused, match="assessment was taken back"):
        shortfalls.report_shortfall(assessment=short, **given)


def test_an_assessment_is_corrected_as_a_whole(assess: Assess, move: TemporaryMove, cast: Cast) -> None:
    seen = assess()
    with pytest.raises(Refused, match="what falls short"):
        actions.correct(fact=seen, changes={"space": "shortfall"}, reason="No cot", by=cast.worker)
    changes = {
        "space": "shortfall", "space_words": "No room for a cot", "overall": "unsuitable", "change_what": "Another room",
        "change_who": "Housing", "change_by": date(2003, 10, 8),
    }  # fmt: skip
    actions.correct(fact=seen, changes=changes, reason="I had not seen the second room", by=cast.worker)
    (now,) = assessments(move)
    assert [heading.value for heading in now.fact.shortfalls] == ["space"]
    assert now.first == seen


def test_bed_and_breakfast_has_a_limit_and_a_hostel_has_none(
    record: Move, cast: Cast, hands: Hands, child: Child, sibling: Child
) -> None:
    hostel = record(children=[sibling])
    assert not over_limit(hostel, hands.now + timedelta(days=200))
    after = record(kind="bed-and-breakfast", children=[child])
    assert not over_limit(after, hands.now + timedelta(days=42))
    assert over_limit(after, hands.now + timedelta(days=43))
    actions.end_move(move=after, went_to="settled", occurred_at=hands.on(days=10), by=cast.worker)
    assert ended(after)
    assert not over_limit(after, hands.now + timedelta(days=99)), "they left in time"


def test_it_is_looked_at_again_while_it_lasts(move: TemporaryMove, cast: Cast, hands: Hands) -> None:
    given: dict[str, Any] = {"move": move, "finding": "for-now", "occurred_at": hands.now, "by": cast.worker}
    with pytest.raises(Refused, match="what is next"):
        actions.review_accommodation(words="Still no lock", next_step="", **given)
    with pytest.raises(Refused, match="what you found"):
        actions.review_accommodation(words="", next_step="Bid for a tenancy", **given)
    with pytest.raises(NotAllowed):
        actions.review_accommodation(words="No lock", next_step="Bid", **(given | {"by": cast.stranger}))
    assert actions.review_accommodation(words="Still no lock", next_step="Bid for a tenancy", **given)


def test_recommendations_are_kept_by_month_and_the_later_stands(cast: Cast, hands: Hands) -> None:
    october = date(2003, 10, 20)
    for by in (cast.worker, cast.manager, cast.member):
        with pytest.raises(NotAllowed):
            recommend(month=october, words="Move families out of Harbour Street", by=by)
    with pytest.raises(Refused, match="not begun"):
        recommend(month=date(2003, 11, 1), words="Move families out", by=cast.head)
    with pytest.raises(Refused, match="what you recommend"):
        recommend(month=october, words="n/a", by=cast.head)
    first = recommend(month=october, words="Move families out of Harbour Street", by=cast.head)
    with pytest.raises(Refused, match="Nothing would change"):
        recommend(month=october, words="Move families out of Harbour Street ", by=cast.head)
    second = recommend(month=october, words="Close Harbour Street to families", by=cast.quality)
    found = recommendation_for(october)
    assert found == second
    assert second.supersedes == first
    assert recommendation_for(date(2003, 9, 1)) is None


def test_only_open_files_of_ones_own_are_written_to(move: TemporaryMove, cast: Cast, case_file: CaseFile) -> None:
    with pytest.raises(NotAllowed):
        actions.end_move(move=move, went_to="home", occurred_at=move.told_at, by=cast.quality)
