"""The meeting itself: who came, what it settles, the quorum, what follows; corrections, and what was recorded before."""

from datetime import timedelta

import pytest

from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.standards.allocation.conferring import corrections, holding
from goldenthread.standards.allocation.conferring.course import quorate
from goldenthread.standards.allocation.conferring.models import (
    Dissent,
    Meeting,
    MeetingDecision,
    MeetingHeld,
    MeetingTold,
    Presence,
    TookPart,
)
from goldenthread.standards.assessment.protection.models import (
    ConferenceDate,
    CoreGroup,
    ProtectionPlan,
    ReviewConference,
)
from tests.conftest import Cast
from tests.standards.allocation.conferring.conftest import DECIDED, Meetings
from tests.standards.referrals.conftest import Hands


def again(meeting: Meeting) -> Meeting:
    return Meeting.objects.get(pk=meeting.pk)


def test_an_initial_conference_settles_the_clock_and_begins_the_plan(
    meetings: Meetings, hands: Hands, cast: Cast
) -> None:
    made = meetings.initial()
    hands.on(days=14)
    held = meetings.hold(made)
    told = ConferenceDate.objects.get(step="held")
    assert (told.occurred_at, told.words) == (held.occurred_at, DECIDED)
    assert ProtectionPlan.objects.get().child == meetings.child
    assert MeetingTold.objects.filter(conference=told, meeting=made).exists()
    assert Presence.objects.count() == 5
    assert quorate(again(made))
    entry = TrailEntry.objects.get(deed="hold meeting")
    assert entry.detail["plans"] == 1
    with pytest.raises(Refused, match="recorded as held"):
        meetings.hold(made)
    with pytest.raises(NotAllowed):
        meetings.hold(made, by=cast.stranger)


def test_core_groups_and_reviews_settle_theirs(meetings: Meetings, hands: Hands, cast: Cast) -> None:
    plan = meetings.plan()
    group = meetings.about("core-group", plan, chair=cast.worker)
    review = meetings.about("review-conference", plan)
    hands.on(days=8)
    meetings.hold(group)
    meetings.hold(review)
    assert CoreGroup.objects.get().plan == plan
    assert ReviewConference.objects.get().occurred_at == hands.now
    assert MeetingTold.objects.count() == 2


def test_what_was_recorded_without_a_meeting_stays_and_is_taken_up(
    meetings: Meetings, hands: Hands, cast: Cast
) -> None:
    plan = meetings.plan()
    group = meetings.about("core-group", plan, chair=cast.worker)
    hands.on(days=8)
    [before] = meetings.steps.meet(plan)
    meetings.hold(group)
    assert CoreGroup.objects.get() == before
    assert MeetingTold.objects.get(meeting=group).core_group == before


def test_an_initial_conference_recorded_before_is_taken_up_at_the_same_time_only(
    meetings: Meetings, hands: Hands
) -> None:
    discussion = meetings.enquiry()
    made = meetings.initial(discussion=discussion)
    hands.on(days=10)
    meetings.steps.confer(discussion)
    hands.on(hours=1)
    with pytest.raises(Refused, match="at another time"):
        meetings.hold(made, plan_for={})
    with pytest.raises(Refused, match="recorded already: leave them out"):
        meetings.hold(made, occurred_at=hands.now - timedelta(hours=1))
    meetings.hold(made, occurred_at=hands.now - timedelta(hours=1), plan_for={})
    assert ConferenceDate.objects.filter(step="held").count() == 1


def test_a_conference_without_a_quorum_says_why_it_went_on(meetings: Meetings, hands: Hands) -> None:
    made = meetings.initial()
    hands.on(days=14)
    few = meetings.there(made, police="absent", school="absent")
    with pytest.raises(Refused, match="Too few agencies"):
        meetings.hold(made, there=few)
    assert not MeetingHeld.objects.exists()
    assert not ProtectionPlan.objects.exists()
    with pytest.raises(Refused, match="why it went ahead"):
        meetings.hold(made, there=few, why_on="n/a")
    meetings.hold(made, there=few, why_on="The baby goes home tomorrow")
    assert quorate(again(made)) is None


def test_a_quorum_needs_social_care_and_two_agencies_that_know_the_child(meetings: Meetings, hands: Hands) -> None:
    made = meetings.initial()
    hands.on(days=14)
    with pytest.raises(Refused, match="Too few"):
        meetings.hold(made, there=meetings.there(made, social_care="absent"))
    corrections.correct(
        fact=meetings.people(made)["school"],
        changes={"in_touch": False},
        reason="She left that school",
        by=meetings.cast.worker,
    )
    with pytest.raises(Refused, match="Too few"):
        meetings.hold(made, there=meetings.there(made, police="absent"))
    meetings.hold(made, there=meetings.there(made, police="phone"))
    assert quorate(again(made))


def test_who_came_may_be_told_later_and_then_the_quorum_is_asked_for(
    meetings: Meetings, hands: Hands, cast: Cast
) -> None:
    made = meetings.initial()
    hands.on(days=14)
    people = meetings.people(made)
    meetings.hold(made, there={people["social-care"].pk: "came"})
    rest = {one.pk: "absent" for agency, one in people.items() if agency != "social-care"}
    hands.on(hours=2)
    with pytest.raises(Refused, match="Too few"):
        holding.record_attendance(meeting=made, there=rest, by=cast.worker)
    holding.record_attendance(meeting=made, there=rest, why_on="Nobody else could be had before Easter", by=cast.worker)
    held = again(made).held
    assert held
    assert held.fact.why_on == "Nobody else could be had before Easter"
    assert {one.occurred_at for one in Presence.objects.all()} == {held.moment.occurred_at}
    with pytest.raises(Refused, match="already of somebody"):
        holding.record_attendance(meeting=made, there=rest, by=cast.worker)


def test_what_follows_a_meeting(meetings: Meetings, hands: Hands, cast: Cast) -> None:
    made = meetings.convene(chair=cast.worker)
    with pytest.raises(Refused, match="First record that the meeting was held"):
        holding.record_decision(meeting=made, what="See her weekly", who="Asha", by=cast.worker)
    hands.on(days=14)
    meetings.hold(made)
    holding.record_decision(meeting=made, what="See her weekly", who="Asha", by=cast.worker)
    holding.record_dissent(meeting=made, who="Her mother", why="She thinks weekly is too often", by=cast.worker)
    holding.record_part(meeting=made, child=meetings.child, how="views", words="She drew her house", by=cast.worker)
    holding.record_part(meeting=made, how="came", words="They want to stay together", by=cast.worker)
    assert [one.words for one in TookPart.objects.all()] == ["She drew her house", "They want to stay together"]
    assert (Dissent.objects.count(), MeetingDecision.objects.count()) == (1, 1)
    with pytest.raises(Refused, match="not about that child"):
        holding.record_part(meeting=made, child=meetings.steps.sibling, how="came", words="He slept", by=cast.worker)
    with pytest.raises(Refused, match="before the meeting"):
        meetings.send(made, occurred_at=hands.now - timedelta(hours=1))
    with pytest.raises(Refused, match="to whom"):
        meetings.send(made, to="-")


def test_a_corrected_time_moves_what_was_told_and_who_came(meetings: Meetings, hands: Hands, cast: Cast) -> None:
    made = meetings.initial()
    hands.on(days=14)
    held = meetings.hold(made)
    hands.on(hours=3)
    earlier = held.occurred_at - timedelta(hours=1)
    corrections.correct(fact=held, changes={"occurred_at": earlier}, reason="It began at ten", by=cast.worker)
    assert ConferenceDate.objects.get(step="held", superseded_by=None).occurred_at == earlier
    plan = ProtectionPlan.objects.get(superseded_by=None)
    assert plan.occurred_at == earlier
    assert {one.occurred_at for one in Presence.objects.filter(superseded_by=None)} == {earlier}


def test_a_conference_that_was_not_held_is_taken_back_after_its_plan(
    meetings: Meetings, hands: Hands, cast: Cast
) -> None:
    from goldenthread.standards.assessment.protection import corrections as procedures

    made = meetings.initial()
    hands.on(days=14)
    held = meetings.hold(made)
    with pytest.raises(Refused, match="take the plan back first"):
        corrections.correct(fact=held, changes=None, reason="It was another family", by=cast.worker)
    procedures.withdraw(fact=ProtectionPlan.objects.get(), reason="It was another family", by=cast.worker)
    corrections.correct(fact=held, changes=None, reason="It was another family", by=cast.worker)
    assert again(made).held is None
    assert not Presence.objects.filter(withdrawn=False, superseded_by=None).exists()
    assert not ConferenceDate.objects.filter(step="held", withdrawn=False, superseded_by=None).exists()


def test_who_came_is_corrected_and_the_quorum_asked_for_again(meetings: Meetings, hands: Hands, cast: Cast) -> None:
    made = meetings.initial()
    hands.on(days=14)
    meetings.hold(made, there=meetings.there(made, police="absent"))
    came = Presence.objects.get(invitee__agency="school")
    with pytest.raises(Refused, match="Too few"):
        corrections.correct(fact=came, changes={"outcome": "absent"}, reason="It was her deputy head", by=cast.worker)
    corrections.correct(fact=came, changes={"outcome": "late"}, reason="She came at eleven", by=cast.worker)
    with pytest.raises(Refused, match="invited, answered, sent a report or came"):
        corrections.correct(fact=meetings.people(made)["school"], changes=None, reason="Not her school", by=cast.worker)
    with pytest.raises(Refused, match="Nothing would change"):
        corrections.correct(
            fact=Presence.objects.get(outcome="late"), changes={"outcome": "late"}, reason="It was late", by=cast.worker
        )
