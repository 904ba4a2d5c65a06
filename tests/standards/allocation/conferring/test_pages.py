"""The pages of meetings: who may open them, what they show, and the forms of what is done."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goldenthread.cases.models import AgencyInvolved
from goldenthread.core.models import TrailEntry
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.conferring.models import (
    CareEnd,
    Invitation,
    LookedAfter,
    Meeting,
    MeetingHeld,
    Presence,
    ReportStep,
)
from goldenthread.standards.assessment.protection.models import ProtectionPlan
from tests.conftest import Cast
from tests.standards.allocation.conferring.conftest import Meetings
from tests.standards.referrals.conftest import Hands


def as_(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def text(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def boxes(name: str, at: datetime) -> dict[str, str]:
    return {f"{name}_day": f"{at.day}", f"{name}_month": f"{at.month}", f"{name}_year": f"{at.year}", f"{name}_time": f"{at:%H:%M}"}  # fmt: skip


def test_a_conference_is_convened_from_the_strategy_discussion(meetings: Meetings, cast: Cast, hands: Hands) -> None:
    AgencyInvolved.objects.create(
        child=meetings.child, kind="school", name="Elmbridge Primary", worker="Rosa Whitcombe", what_for="School",
        occurred_at=hands.now, recorded_at=hands.now, by=cast.worker,
    )  # fmt: skip
    discussion = meetings.enquiry()
    client = as_(cast.worker)
    assert "Convene the conference" in text(client, "strategy", discussion.pk)
    page = text(client, "file-meeting", meetings.file.pk, query="?kind=initial-conference")
    assert "School: Rosa Whitcombe, Elmbridge Primary" in page
    assert "Police: Child protection officer (not known to be in touch with the child)" in page
    known = AgencyInvolved.objects.get()
    answer = client.post(reverse("file-meeting", args=[meetings.file.pk]), {
        "kind": "initial-conference", "children": [meetings.child.pk], "discussion": discussion.pk, "place": "Town Hall",
        "chair": cast.quality.pk, "should_come": ["worker", f"agency-{known.pk}", "usual-police"],
        **boxes("planned_for", hands.now + timedelta(days=10)), **boxes("convened_at", hands.now),
    })  # fmt: skip
    made = Meeting.objects.get()
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == made.get_absolute_url()
    assert [(one.agency, one.in_touch) for one in made.invitees.all()] == [
        ("social-care", True), ("school", True), ("police", False),
    ]  # fmt: skip
    assert f"Initial child protection conference {made}" in text(client, "strategy", discussion.pk)
    assert "To come" in text(client, "case-file", meetings.file.pk)


def test_everything_about_a_conference_is_on_its_page(meetings: Meetings, cast: Cast, hands: Hands) -> None:
    made = meetings.initial()
    client = as_(cast.worker)
    page = text(client, "meeting", made.pk)
    assert "Record invitations" in page
    assert "DS Ferris, Child protection sergeant" in page
    people = meetings.people(made)
    client.post(reverse("meeting-invite", args=[made.pk]), {
        "invitees": [one.pk for one in people.values()], "how": "email", **boxes("occurred_at", hands.now),
    })  # fmt: skip
    assert Invitation.objects.count() == 5
    client.post(reverse("meeting-report", args=[made.pk]), {
        "invitees": [people["school"].pk], "step": "received", **boxes("occurred_at", hands.now),
    })  # fmt: skip
    assert ReportStep.objects.count() == 1
    hands.on(days=14)
    client = as_(cast.worker)
    held = {f"there_{one.pk}": "came" for one in people.values()} | {
        f"there_{people['police'].pk}": "absent", f"plan_{meetings.child.pk}": "neglect",
        f"plan_{meetings.steps.sibling.pk}": "none", "words": "She stays with her grandmother until the tests are back",
        **boxes("occurred_at", hands.now),
    }  # fmt: skip
    answer = client.post(reverse("meeting-held", args=[made.pk]), held)
    assert answer.status_code == 302, answer.content.decode()
    assert ProtectionPlan.objects.count() == 1
    page = text(client, "meeting", made.pk)
    assert "Did not come" in page
    assert "She stays with her grandmother until the tests are back" in page
    assert "Record that minutes or decisions were sent" in page
    for key, fields in (
        ("part", {"child": meetings.child.pk, "how": "views", "words": "She wants to sleep at her gran's"}),
        ("decision", {"what": "See her each week", "who": "Asha Verma"}),
        ("dissent", {"who": "Her father", "why": "He says that nothing happened"}),
        ("sent", {"what": "decisions", "to": "Both parents, by hand", **boxes("occurred_at", hands.now)}),
    ):
        answer = client.post(reverse(f"meeting-{key}", args=[made.pk]), fields)
        assert answer.status_code == 302, (key, answer.content.decode())
    page = text(client, "meeting", made.pk)
    for said in ("sleep at her gran", "See her each week", "Her father", "Both parents, by hand"):
        assert said in page


def test_a_refusal_keeps_what_was_typed(meetings: Meetings, cast: Cast, hands: Hands) -> None:
    made = meetings.initial()
    hands.on(days=14)
    client = as_(cast.worker)
    people = meetings.people(made)
    fields = {f"there_{one.pk}": "absent" for one in people.values()} | {
        f"plan_{meetings.child.pk}": "none", f"plan_{meetings.steps.sibling.pk}": "none",
        "words": "Nothing could be decided", **boxes("occurred_at", hands.now),
    }  # fmt: skip
    answer = client.post(reverse("meeting-held", args=[made.pk]), fields)
    assert answer.status_code == 200
    assert "Too few agencies were there" in answer.content.decode()
    assert "Nothing could be decided" in answer.content.decode()
    assert not MeetingHeld.objects.exists()


def test_who_may_open_it(meetings: Meetings, cast: Cast) -> None:
    made = meetings.initial()
    assert "Juno Aldergate" in text(as_(cast.quality), "meeting", made.pk)  # the chair reads it
    told = TrailEntry.objects.filter(deed="read meeting").last()
    assert told
    assert told.why == "conference-chair"
    assert "Record invitations" not in text(as_(cast.quality), "meeting", made.pk)
    for name, pk in (("meeting", made.pk), ("meeting", made.pk + 1), ("file-meeting", meetings.file.pk)):
        assert as_(cast.stranger).get(reverse(name, args=[pk])).status_code == 404


def test_a_fact_of_another_meeting_is_not_corrected_here(meetings: Meetings, cast: Cast) -> None:
    one, other = meetings.convene(chair=cast.worker), meetings.convene(chair=cast.worker)
    theirs = meetings.people(other)["police"]
    client = as_(cast.worker)
    assert client.get(reverse("meeting-correct", args=[one.pk, "invitee", theirs.pk])).status_code == 404
    answer = client.post(reverse("meeting-correct", args=[other.pk, "invitee", theirs.pk]), {
        "agency": "police", "role": "Inspector", "name": "DI Marr", "in_touch": "on", "reason": "The sergeant left",
    })  # fmt: skip
    assert answer.status_code == 302
    assert "DI Marr, Inspector" in text(client, "meeting", other.pk)


def test_the_list_shows_what_is_to_come_and_what_is_owed(meetings: Meetings, cast: Cast, hands: Hands) -> None:
    made = meetings.initial()
    client = as_(cast.worker)
    page = text(client, "meetings")
    assert f"Initial child protection conference {made}" in page
    assert "1 thing owed" in page
    assert "none of these" in text(client, "meetings", query="?which=past")
    assert "none of these" in text(as_(cast.stranger), "meetings")
    hands.on(days=15)
    client = as_(cast.worker)
    assert "Not recorded as held" in text(client, "meetings", query="?which=open")
    meetings.move(made)
    assert "To come" in text(client, "meetings", query="?which=coming&whose=mine")
    meetings.move(made, new_at=None)
    assert "Put off" in text(client, "meetings", query="?which=open")
    assert "There is no new time yet" in text(client, "case-file", meetings.file.pk)
    told = TrailEntry.objects.filter(deed="list meetings").last()
    assert told
    assert told.detail["found"] == [made.pk]


def test_pages_do_not_ask_more_for_more_people(meetings: Meetings, cast: Cast) -> None:
    made = meetings.initial()
    meetings.invite(made, "police")
    meetings.reports(made, "police")
    client = as_(cast.worker)

    def asked(name: str, *args: object) -> int:
        with CaptureQueriesContext(connection) as found:
            text(client, name, *args)
        return len(found)

    before = asked("meeting", made.pk), asked("meetings")
    meetings.invite(made, "school", "family", "health-visitor")
    meetings.reports(made, "school", "health-visitor")
    for _ in range(3):
        meetings.convene(chair=cast.worker)
    assert (asked("meeting", made.pk), asked("meetings")) <= before


def test_a_looked_after_child_and_its_reviews(meetings: Meetings, cast: Cast, hands: Hands) -> None:
    client = as_(cast.worker)
    answer = client.post(reverse("file-care", args=[meetings.file.pk]), {
        "child": meetings.child.pk, "basis": "agreed", **boxes("occurred_at", hands.now),
    })  # fmt: skip
    made = LookedAfter.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    page = text(client, "care", made.pk)
    assert "Convene the review" in page
    assert "By agreement (section 20)" in page
    assert "Looked after: Juno Aldergate" in text(client, "case-file", meetings.file.pk)
    assert as_(cast.stranger).get(reverse("care", args=[made.pk])).status_code == 404
    client.post(reverse("care-correct", args=[made.pk, "lookedafter", made.pk]), {
        "basis": "interim", "reason": "The court made an order", **boxes("occurred_at", hands.now),
    })  # fmt: skip
    assert "Interim care order" in text(client, "care", made.pk)
    client.post(reverse("care-end", args=[made.pk]), {
        "reason": "home", "words": "With her grandmother", **boxes("occurred_at", hands.now),
    })  # fmt: skip
    assert CareEnd.objects.count() == 1


@pytest.mark.parametrize("role", ["member", "worker", "quality", "head"])
def test_the_figures_are_for_everybody_who_reads_figures(
    meetings: Meetings, cast: Cast, hands: Hands, role: str
) -> None:
    made = meetings.initial()
    meetings.invite(made)
    hands.on(days=14)
    meetings.hold(made, there=meetings.there(made, police="absent"))
    page = text(as_(getattr(cast, role)), "attendance")
    assert "1 held, 1 of them with a quorum" in page
    assert Presence.objects.count() == 5
