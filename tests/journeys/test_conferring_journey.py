"""A child protection conference from the invitations to the minutes, in a real browser."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from goldenthread.cases.models import AgencyInvolved, Child
from goldenthread.core import clock
from goldenthread.standards.allocation.conferring.models import Meeting, MeetingSent
from goldenthread.standards.assessment.protection import actions
from goldenthread.standards.assessment.protection.models import ConferenceDate, ProtectionPlan
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.journeys.conftest import Traveller, referred

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def referral(transactional_db: None, cast: Cast) -> Referral:
    """Asha's, on Juno Aldergate, whose school is known; an enquiry found ten days ago that a conference is needed."""
    child = Child.objects.create(given_names="Juno", family_name="Aldergate")
    made = referred(cast, child, ago=timedelta(days=20))
    at = clock.now() - timedelta(days=15)
    AgencyInvolved.objects.create(
        child=child, kind="school", name="Elmbridge Primary", worker="Rosa Whitcombe", what_for="Her school",
        occurred_at=at, recorded_at=at, by=cast.worker,
    )  # fmt: skip
    discussion = actions.hold_strategy_discussion(
        case_file=made.case_file, children=[child], who={"social-care": "Asha Verma", "police": "DS Ferris", "health": "Dr Aziz"},
        known="A burn on her arm, and two accounts of it", decision="joint-enquiry", why="It fits neither account",
        purpose="Whether it was done on purpose", expectations="Asha and DS Ferris see her today", occurred_at=at,
        by=cast.worker,
    )  # fmt: skip
    actions.record_outcome(
        discussion=discussion, outcome="conference", why="Nobody at home can say when", occurred_at=at + timedelta(days=5),
        by=cast.manager,
    )  # fmt: skip
    return made


def when(page: Page, legend: str, at: datetime) -> None:
    """Type a moment into its boxes."""
    group = page.get_by_role("group", name=legend)
    local = at.astimezone(clock.LONDON)
    for box, typed in (("Day", local.day), ("Month", local.month), ("Year", local.year), ("Time", f"{local:%H:%M}")):
        group.get_by_label(box).fill(str(typed))


def came(page: Page, who: str, outcome: str) -> None:
    page.get_by_role("group", name=who).get_by_label(outcome, exact=True).check()


def test_a_conference_from_invitation_to_minutes(referral: Referral, cast: Cast, traveller: Traveller) -> None:
    page, now = traveller.page, clock.now()
    traveller.sign_in(cast.worker)
    traveller.go(f"/files/{referral.case_file_id}/")
    page.get_by_role("link", name="Strategy discussion,").click()
    page.get_by_role("button", name="Convene the conference").click()
    traveller.look("1-convene")
    when(page, "When will it be?", now - timedelta(hours=2))
    page.get_by_label("Where will it be?").fill("Town Hall, room 4")
    page.get_by_label("Who chairs it?").select_option(value=str(cast.quality.pk))
    when(page, "When was it convened?", now - timedelta(days=8))
    page.get_by_role("button", name="Convene the meeting").click()
    expect(page.get_by_text("Record the invitations once they have gone out")).to_be_visible()
    traveller.look("2-convened")
    made = Meeting.objects.get()

    page.get_by_role("link", name="Record invitations").click()
    page.get_by_label("Letter").check()
    when(page, "When did the invitations go out?", now - timedelta(days=7))
    traveller.look("3-invite")
    page.get_by_role("button", name="Record the invitations").click()
    page.get_by_role("link", name="Record an answer or apologies").click()
    page.get_by_label("Who answered?").select_option(label="Police: Child protection officer")
    page.get_by_label("Apologies: cannot come").check()
    page.get_by_label("Whom do they send, or why can they not come?").fill("In court that day")
    page.get_by_role("button", name="Record the answer").click()
    page.get_by_role("link", name="Record reports").first.click()
    page.get_by_label("School: Rosa Whitcombe, Elmbridge Primary").check()
    page.get_by_label("The report came").check()
    when(page, "When was that?", now - timedelta(days=5))
    traveller.look("4-report")
    page.get_by_role("button", name="Record the reports").click()

    page.get_by_role("link", name="Record that it was held, and who came").click()
    came(page, "Children's social care", "Came")
    came(page, "School: Rosa Whitcombe", "Came")
    came(page, "Health visitor", "Came")
    came(page, "Police", "Did not come")
    page.get_by_role("group", name="Was a child protection plan made").get_by_label("Yes: physical abuse").check()
    page.get_by_label("What was decided?").fill(
        "She is safe only if her uncle stays away. Everybody agreed but her father"
    )
    traveller.look("5-held")
    page.get_by_role("button", name="Record the meeting").click()
    expect(page.get_by_role("alert").get_by_text("Too few agencies were there")).to_be_visible()
    traveller.look("6-no-quorum")
    page.get_by_label("If too few agencies were there: why did it go ahead?").fill(
        "She could not be left without a plan"
    )
    page.get_by_role("button", name="Record the meeting").click()
    expect(page.get_by_text("There was no quorum.")).to_be_visible()
    assert ProtectionPlan.objects.get().child == referral.children.get()
    assert ConferenceDate.objects.filter(step="held").count() == 1

    page.get_by_role("link", name="Record how a child or the family took part").click()
    page.get_by_label("Who?").select_option(label="Juno Aldergate")
    page.get_by_label("Was not there; somebody brought what they think").check()
    page.get_by_label("What do they think?").fill("She wants to sleep at her gran's until it is quiet at home")
    traveller.look("7-part")
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("link", name="Record a decision").click()
    page.get_by_label("What is to be done?").fill("See her each week, alone")
    page.get_by_label("Who does it?").fill("Asha Verma")
    page.get_by_role("button", name="Record the decision").click()
    page.get_by_role("link", name="Record that somebody does not agree").click()
    page.get_by_label("Who does not agree?").fill("Her father")
    page.get_by_label("Why?").fill("He says that nothing happened")
    page.get_by_role("button", name="Record it").click()
    for what, to in (
        ("What was decided, to the family", "Both parents, by hand"),
        ("The minutes", "All who were asked"),
    ):
        page.get_by_role("link", name="Record that minutes or decisions were sent").first.click()
        page.get_by_label(what).check()
        page.get_by_label("To whom?").fill(to)
        page.get_by_role("button", name="Record it").click()
    assert MeetingSent.objects.count() == 2
    page.get_by_text("Everything that was recorded, and correcting it").click()
    traveller.look("8-done")
    page.get_by_role("link", name="Decided: Asha Verma").click()
    traveller.look("9-correct")

    traveller.go("/meetings/?which=past")
    expect(page.get_by_role("link", name=f"Initial child protection conference {made}")).to_be_visible()
    traveller.look("10-meetings")
    traveller.go("/attendance/")
    traveller.look("11-attendance")
    traveller.go(f"/files/{referral.case_file_id}/")
    traveller.look("12-case-file")
    page.get_by_role("link", name="A child is looked after").click()
    page.get_by_label("By agreement (section 20)").check()
    traveller.look("13-care")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("The first review is owed")).to_be_visible()
    traveller.look("14-looked-after")
    page.get_by_role("link", name="Convene a review").click()
    traveller.look("15-review")
