"""What is owed on conferences: invitations, reports, attendance, decisions, minutes and quorum, through the verbs."""

from datetime import date, datetime, timedelta

from goldenthread.core.clock import day_of, end_of
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.verdicts import verdict
from goldenthread.standards.allocation.conferring import actions
from goldenthread.standards.allocation.conferring.models import Meeting
from tests.conftest import Cast
from tests.standards.allocation.conferring.conftest import Meetings
from tests.standards.referrals.conftest import Hands


def owed(meeting: Meeting, key: str) -> Obligation | None:
    return Obligation.objects.filter(
        requirement=f"allocation.conference-{key}", subject_type="conferring.meeting", subject_id=meeting.pk
    ).first()


def says(meeting: Meeting, key: str, at: datetime) -> str:
    row = owed(meeting, key)
    return str(verdict(row, at) or "") if row else "none"


def test_invitations_go_out_five_working_days_before(meetings: Meetings, hands: Hands) -> None:
    made = meetings.initial()  # for Wednesday 15 October
    row = owed(made, "invitations")
    assert row
    assert row.due_at == end_of(date(2003, 10, 8))
    meetings.invite(made, "police", "social-care", "school")
    assert says(made, "invitations", hands.now) == "due"
    hands.on(days=1)
    meetings.invite(made, "health-visitor", "family")
    assert says(made, "invitations", hands.now) == "met"
    actions.add_invitee(
        meeting=made, agency="housing", role="Housing officer", occurred_at=hands.on(days=12), by=meetings.cast.worker
    )
    assert says(made, "invitations", hands.now) == "met"


def test_a_conference_at_short_notice_leaves_one_working_day(meetings: Meetings, hands: Hands) -> None:
    made = meetings.initial(planned_for=hands.now + timedelta(days=2))
    row = owed(made, "invitations")
    assert row
    assert row.due_at == end_of(date(2003, 10, 2))


def test_each_report_is_in_two_working_days_before_or_was_asked_for(meetings: Meetings, hands: Hands) -> None:
    made = meetings.initial()
    assert owed(made, "reports") is None
    meetings.invite(made)
    row = owed(made, "reports")
    assert row
    assert row.due_at == end_of(date(2003, 10, 13))
    hands.on(days=5)
    meetings.reports(made, "police", "school", "social-care")
    assert says(made, "reports", hands.now) == "due"
    meetings.reports(made, "health-visitor", step="chased")
    assert says(made, "reports", hands.now) == "met"


def test_reports_for_a_review_are_due_sooner(meetings: Meetings, hands: Hands) -> None:
    made = meetings.about("review-conference", meetings.plan())
    meetings.invite(made)
    assert owed(made, "reports") is None
    row = Obligation.objects.get(requirement="allocation.review-conference-reports", subject_id=made.pk)
    assert row.due_at == end_of(date(2003, 10, 8))


def test_who_came_is_recorded_at_once_or_the_time_passes(meetings: Meetings, hands: Hands) -> None:
    made = meetings.initial()
    assert says(made, "attendance", hands.now) == ""
    hands.on(days=14, hours=1)
    assert says(made, "attendance", hands.now) == "due"
    hands.on(days=5)
    assert says(made, "attendance", hands.now) == "overdue"
    meetings.hold(made, occurred_at=made.planned_for)
    assert says(made, "attendance", hands.now) == "late"
    row = owed(made, "attendance")
    assert row
    assert row.done_at == hands.now


def test_decisions_go_to_the_family_the_next_day_and_minutes_in_three_weeks(meetings: Meetings, hands: Hands) -> None:
    made = meetings.initial()
    hands.on(days=14)
    meetings.hold(made)
    decisions, minutes = owed(made, "decisions"), owed(made, "minutes")
    assert decisions
    assert minutes
    assert (decisions.due_at and day_of(decisions.due_at), minutes.due_at and day_of(minutes.due_at)) == (
        date(2003, 10, 16), date(2003, 11, 5),
    )  # fmt: skip
    hands.on(days=1)
    meetings.send(made, "decisions")
    assert says(made, "decisions", hands.now) == "met"
    assert says(made, "minutes", hands.now) == "due"
    hands.on(days=30)
    meetings.send(made)
    assert says(made, "minutes", hands.now) == "late"


def test_a_conference_without_a_quorum_stays_missed_until_a_later_one_has_it(
    meetings: Meetings, hands: Hands, cast: Cast
) -> None:
    from goldenthread.standards.assessment.protection.models import ProtectionPlan

    made = meetings.initial()
    hands.on(days=14)
    meetings.hold(
        made, there=meetings.there(made, police="absent", school="absent"), why_on="The baby goes home tomorrow"
    )
    assert says(made, "quorum", hands.now + timedelta(minutes=1)) == "overdue"
    review = meetings.about("review-conference", ProtectionPlan.objects.get())
    hands.on(days=14)
    meetings.hold(review)
    assert says(review, "quorum", hands.now) == "met"
    assert says(made, "quorum", hands.now) == "late"


def test_what_was_cancelled_owes_only_what_was_missed_before(meetings: Meetings, hands: Hands) -> None:
    made = meetings.initial()
    hands.on(days=1)
    meetings.move(made, what="cancelled", why="not-needed", new_at=None)
    assert [owed(made, key) for key in ("invitations", "reports", "attendance", "minutes")] == [None] * 4


def test_cancelling_late_hides_nothing(meetings: Meetings, hands: Hands) -> None:
    made = meetings.initial()
    hands.on(days=9)
    meetings.move(made, what="cancelled", why="not-needed", new_at=None)
    assert says(made, "invitations", hands.now) == "overdue"


def test_other_meetings_owe_none_of_it(meetings: Meetings, hands: Hands, cast: Cast) -> None:
    made = meetings.convene(chair=cast.worker)
    hands.on(days=14)
    meetings.hold(made)
    assert not Obligation.objects.filter(subject_type="conferring.meeting", subject_id=made.pk).exists()
