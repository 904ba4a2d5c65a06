"""What a chronology tells of meetings: a conference of two rooms once, with what is said in either."""

from datetime import timedelta

from goldenthread.cases.events import Event, Significance, events_of
from goldenthread.standards.allocation.chronology.actions import mark_event
from goldenthread.standards.allocation.chronology.reading import chronology_of
from goldenthread.standards.allocation.conferring import corrections, holding
from goldenthread.standards.assessment.protection.models import ConferenceDate, CoreGroup
from goldenthread.standards.assessment.protection.plans import record_core_group
from tests.cases.whole_chronology import differences
from tests.conftest import Cast
from tests.standards.allocation.conferring.conftest import DECIDED, Meetings
from tests.standards.referrals.conftest import Hands


def told(meetings: Meetings, *words: str) -> list[Event]:
    """The events whose title has one of these words."""
    return [one for one in events_of(meetings.file).events if any(word in one.what for word in words)]


def test_a_conference_is_one_event_from_convening_to_minutes(meetings: Meetings, hands: Hands, cast: Cast) -> None:
    made = meetings.initial()
    meetings.invite(made)
    meetings.reports(made, "school")
    hands.on(days=14)
    held = meetings.hold(made)
    holding.record_part(meeting=made, child=meetings.child, how="views", words="I want to stay", by=cast.worker)
    hands.on(days=1)
    meetings.send(made)
    (one,) = told(meetings, "conference held")
    assert (one.what, one.words) == (f"Initial child protection conference held: {made.reference}", (DECIDED,))
    assert (one.significance, one.at, one.url) == (Significance.KEY, held.occurred_at, made.get_absolute_url())
    assert one.also == (f"protection.conferencedate:{ConferenceDate.objects.get(step='held').pk}",)
    assert one.subjects == (f"conferring.meetingheld:{held.pk}", *one.also)
    titles = [event.what for event in events_of(meetings.file).events if event.label.startswith("conferring.")]
    assert [title.replace(f"Initial child protection conference {made.reference}: ", "") for title in titles] == [
        f"Initial child protection conference convened: {made.reference}",
        f"The report of Rosa Whitcombe, Head teacher for initial child protection conference {made.reference} came",
        f"Initial child protection conference held: {made.reference}",
        f"{meetings.child.name}: was not there; somebody brought what they think",
        "sent: the minutes",
    ]
    (convened,) = told(meetings, "conference convened", "conference arranged")
    assert convened.also == (f"protection.conferencedate:{ConferenceDate.objects.get(step='arranged').pk}",)
    assert differences() == []
    corrections.correct(
        fact=held, changes={"words": "She goes to her grandmother"}, reason="The minutes say so", by=cast.worker
    )
    (one,) = told(meetings, "conference held")
    assert (one.words, one.corrected) == (("She goes to her grandmother",), True)
    assert differences() == []


def test_a_conference_that_is_put_off_is_convened_once_and_put_off_once(meetings: Meetings, hands: Hands) -> None:
    made = meetings.initial()
    hands.on(days=3)
    moved = meetings.move(made)
    assert (
        len(ConferenceDate.objects.filter(step="arranged", withdrawn=False)) == 2
    )  # the first is taken back by a third row
    convened, put_off = told(meetings, "convened", "arranged", "put off")
    assert (convened.also, put_off.key, len(put_off.also)) == ((), f"conferring.meetingmove:{moved.pk}", 1)
    assert differences() == []


def test_what_the_room_of_protection_had_before_is_told_with_it_and_nothing_is_lost(
    meetings: Meetings, hands: Hands, cast: Cast
) -> None:
    plan = meetings.plan()
    group = meetings.about("core-group", plan, chair=cast.worker, planned_for=hands.now + timedelta(days=8))
    hands.on(days=8)
    [before] = record_core_group(plans=[plan], words="Her school was there", occurred_at=hands.now, by=cast.worker)
    key = f"protection.coregroup:{before.pk}"
    mark_event(
        case_file=meetings.file, kind="protection.coregroup", target=before.pk, significance="key", why="She spoke", by=cast.worker
    )  # fmt: skip
    assert [one.key for one in told(meetings, "Core group met")] == [key]
    at = hands.now
    hands.on(days=20)
    held = meetings.hold(group, occurred_at=at)
    (one,) = told(meetings, "Core group met", "Core group held")
    assert (one.key, one.also, one.words) == (
        f"conferring.meetingheld:{held.pk}",
        (key,),
        (DECIDED, "Her school was there"),
    )
    assert one.late is None  # it was known at once, in the other room
    marked = next(event for event in chronology_of(meetings.file).events if event.key == one.key)
    assert (marked.significance, marked.why) == (Significance.KEY, "She spoke")
    assert differences() == []
    corrections.correct(fact=held, changes=None, reason="It was another family", by=cast.worker)
    assert CoreGroup.objects.filter(withdrawn=True).exists()
    assert told(meetings, "Core group met", "Core group held") == []
    assert differences() == []
