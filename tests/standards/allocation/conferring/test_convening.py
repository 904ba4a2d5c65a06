"""Convening a meeting, invitations, reports, and putting it off: what each writes, and what it refuses."""

from datetime import timedelta
from typing import Any

import pytest

from goldenthread.cases.models import Child, Involvement
from goldenthread.cases.sight import sight_of
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.conferring import actions
from goldenthread.standards.allocation.conferring.actions import Should
from goldenthread.standards.allocation.conferring.models import (
    Invitation,
    InvitationReply,
    Invitee,
    Meeting,
    ReportStep,
)
from goldenthread.standards.assessment.protection.models import ConferenceDate
from tests.conftest import Cast
from tests.standards.allocation.conferring.conftest import SHOULD, Meetings
from tests.standards.referrals.conftest import Hands


def test_an_initial_conference_is_convened_and_told_to_the_procedures(
    meetings: Meetings, hands: Hands, cast: Cast
) -> None:
    made = meetings.initial()
    assert (made.kind, made.convened_at, made.by, made.chair) == (
        "initial-conference",
        hands.now,
        cast.worker,
        cast.quality,
    )
    assert [one.agency for one in Invitee.objects.order_by("pk")] == [should.agency for should in SHOULD]
    arranged = ConferenceDate.objects.get()
    assert (arranged.step, arranged.arranged_for) == ("arranged", made.planned_for)
    told = TrailEntry.objects.get(deed="convene meeting")
    assert told.detail == {"case_file": meetings.file.pk, "kind": "initial-conference", "people": 5}


def test_the_file_opens_to_its_chair_and_closes_some_time_after_the_minutes(
    meetings: Meetings, hands: Hands, cast: Cast
) -> None:
    assert not sight_of(cast.quality).why(meetings.file)
    made = meetings.initial()
    assert sight_of(cast.quality).why(meetings.file) == "conference-chair"
    hands.on(days=14)
    meetings.hold(made)
    hands.on(days=10)
    meetings.send(made)
    assert sight_of(cast.quality).why(meetings.file) == "conference-chair"
    hands.on(days=15)
    assert not sight_of(cast.quality).why(meetings.file)
    assert [tie.kind for tie in Involvement.objects.all()] == ["conference-chair"]


def test_one_meeting_that_is_over_does_not_close_the_file_before_the_next(
    meetings: Meetings, hands: Hands, cast: Cast
) -> None:
    first = meetings.initial()
    meetings.look_after()
    second = meetings.convene(kind="looked-after-review", planned_for=hands.now + timedelta(days=100))
    assert first.tie == second.tie
    hands.on(days=14)
    meetings.hold(first)
    meetings.send(first)
    hands.on(days=86)
    assert sight_of(cast.quality).why(meetings.file) == "conference-chair"
    meetings.move(second, what="cancelled", why="not-needed", new_at=None)
    assert not sight_of(cast.quality).why(meetings.file)


def test_a_core_group_opens_the_file_to_nobody(meetings: Meetings, cast: Cast) -> None:
    plan = meetings.plan()
    with pytest.raises(Refused, match="not open to Isla"):
        meetings.about("core-group", plan)
    meetings.about("core-group", plan, chair=cast.worker)
    assert not Involvement.objects.exists()


def test_who_answers_for_the_case_does_not_chair_its_conferences(
    meetings: Meetings, cast: Cast, other_chair: Officer
) -> None:
    discussion = meetings.enquiry()
    for chair, said in (
        (cast.worker, "by a chair or a manager"),
        (cast.manager, "answers for this case"),
        (cast.group_manager, "answers for this case"),
        (cast.head, "answers for this case"),
        (cast.member, "whose role opens"),
    ):
        with pytest.raises(Refused, match=said):
            meetings.initial(discussion=discussion, chair=chair)
    assert not Involvement.objects.exists()
    assert meetings.initial(discussion=discussion, chair=other_chair).chair == other_chair


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": "party"}, "which meeting it is"),
        ({"children": []}, "at least one child"),
        ({"place": "n/a"}, "where it will be"),
        ({"should_come": []}, "who should come"),
        ({"should_come": [Should("circus", "Clown")]}, "which agency"),
        ({"should_come": [Should("police", "tbc")]}, "what they are"),
        ({"kind": "core-group"}, "at least one child protection plan"),
        ({"kind": "initial-conference"}, "strategy discussion"),
        ({"kind": "looked-after-review"}, "looked after"),
    ],
)
def test_what_says_nothing_or_cannot_be_is_refused_and_leaves_nothing(
    meetings: Meetings, wrong: dict[str, Any], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        meetings.convene(
            **({"chair": meetings.cast.worker} | wrong)
            if wrong.get("kind") not in {"initial-conference", "looked-after-review"}
            else wrong
        )
    assert not Meeting.objects.exists()
    assert not Involvement.objects.exists()


def test_times_and_people_have_to_fit(meetings: Meetings, hands: Hands, cast: Cast) -> None:
    mine: dict[str, Any] = {"chair": cast.worker}
    with pytest.raises(Refused, match="future"):
        meetings.convene(convened_at=hands.now + timedelta(minutes=5), **mine)
    with pytest.raises(Refused, match="before this case file was opened"):
        meetings.convene(convened_at=hands.now - timedelta(days=2), **mine)
    with pytest.raises(Refused, match="before it was convened"):
        meetings.convene(planned_for=hands.now - timedelta(minutes=5), **mine)
    with pytest.raises(Refused, match="at least one child of this case file"):
        meetings.convene(children=[Child.objects.create(given_names="Odd", family_name="Other")], **mine)
    for officer in (cast.stranger, cast.quality, cast.member):
        with pytest.raises(NotAllowed):
            meetings.convene(by=officer, **mine)
    plan = meetings.plan()
    with pytest.raises(Refused, match="Only a review conference or a core group"):
        meetings.convene(plans=[plan], **mine)
    with pytest.raises(Refused, match="whose plans it is about"):
        meetings.about("core-group", plan, children=[meetings.steps.sibling], **mine)


def test_a_conference_waits_for_the_outcome_of_the_enquiry(meetings: Meetings) -> None:
    with pytest.raises(Refused, match="outcome of the enquiry"):
        meetings.initial(discussion=meetings.steps.discuss())


def test_the_same_form_twice_makes_one_meeting(meetings: Meetings, cast: Cast) -> None:
    once = meetings.convene(chair=cast.worker, token="t1")
    assert meetings.convene(chair=cast.worker, token="t1") == once
    people = [one.pk for one in meetings.people(once).values()]
    first = meetings.invite(once, token="t2")
    assert meetings.invite(once, token="t2") == first
    assert Invitation.objects.count() == len(people)


def test_invitations_answers_and_reports(meetings: Meetings, hands: Hands, cast: Cast) -> None:
    made = meetings.initial()
    meetings.invite(made, "police", "school")
    told = TrailEntry.objects.get(deed="invite to meeting")
    assert told.detail["how"] == "letter"
    assert len(told.detail["invitation"]) == 2
    police = meetings.people(made)["police"]
    with pytest.raises(Refused, match="whom they send, or why they cannot come"):
        actions.answer_invitation(
            meeting=made, invitee=police.pk, answer="apologies", occurred_at=hands.now, by=cast.worker
        )
    said = actions.answer_invitation(
        meeting=made, invitee=police.pk, answer="apologies", instead="In court that day", occurred_at=hands.now,
        by=cast.worker,
    )  # fmt: skip
    assert InvitationReply.objects.get() == said
    meetings.reports(made, "school", words="Six pages")
    meetings.reports(made, "police", step="chased", words="By phone")
    assert [(r.invitee.agency, r.step) for r in ReportStep.objects.all()] == [
        ("school", "received"),
        ("police", "chased"),
    ]
    with pytest.raises(Refused, match="nobody who should come"):
        meetings.invite(made, invitees=[0])
    with pytest.raises(Refused, match="at least one person"):
        meetings.invite(made, invitees=[])
    with pytest.raises(Refused, match="before the meeting was convened"):
        meetings.invite(made, "police", occurred_at=hands.now - timedelta(hours=1))
    with pytest.raises(NotAllowed):
        meetings.invite(made, "police", by=cast.stranger)


def test_putting_off_moves_what_is_arranged_and_cancelling_takes_it_back(
    meetings: Meetings, hands: Hands, cast: Cast
) -> None:
    made = meetings.initial()
    hands.on(days=1)
    moved = meetings.move(made)
    standing = ConferenceDate.objects.filter(withdrawn=False, superseded_by=None)
    assert [one.arranged_for for one in standing] == [moved.new_at]
    with pytest.raises(Refused, match="planned for that time already"):
        meetings.move(made, new_at=moved.new_at)
    with pytest.raises(Refused, match="has no new time"):
        meetings.move(made, what="cancelled")
    hands.on(hours=1)
    meetings.move(made, what="cancelled", why="not-needed", new_at=None)
    assert not standing.all()
    assert not sight_of(cast.quality).why(meetings.file)
    with pytest.raises(Refused, match="was cancelled"):
        meetings.hold(made)
    with pytest.raises(Refused, match="was cancelled"):
        meetings.move(made)


def test_what_the_meeting_told_is_corrected_with_the_meeting(meetings: Meetings, cast: Cast) -> None:
    from goldenthread.standards.assessment.protection import corrections

    made = meetings.initial()
    fact = ConferenceDate.objects.get()
    with pytest.raises(Refused, match=f"recorded with meeting {made}: correct it there"):
        corrections.withdraw(fact=fact, reason="It is wrong", by=cast.worker)
