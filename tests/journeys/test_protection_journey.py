"""A new worry about a child whose case is open: from the strategy discussion to a visit recorded late, in a real browser."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from goldenthread.cases.models import Child
from goldenthread.core import clock
from goldenthread.standards.assessment.protection.models import ProtectionPlan
from goldenthread.standards.assessment.recording.models import CaseRecord
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.journeys.conftest import Traveller, referred

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def referral(transactional_db: None, cast: Cast) -> Referral:
    """Asha's, since forty days ago, of Juno and Milo Aldergate."""
    children = [Child.objects.create(given_names=name, family_name="Aldergate") for name in ("Juno", "Milo")]
    return referred(cast, *children, ago=timedelta(days=40))


def when(page: Page, legend: str, at: datetime) -> None:
    """Type a moment into its boxes."""
    group = page.get_by_role("group", name=legend)
    local = at.astimezone(clock.LONDON)
    for box, typed in (("Day", local.day), ("Month", local.month), ("Year", local.year), ("Time", f"{local:%H:%M}")):
        group.get_by_label(box).fill(str(typed))


def test_a_new_worry_on_an_open_case_is_followed_to_a_plan_and_visits(
    referral: Referral, cast: Cast, traveller: Traveller
) -> None:
    page, now = traveller.page, clock.now().replace(hour=10, minute=0)
    if now > clock.now():
        now -= timedelta(days=1)
    traveller.sign_in(cast.worker)
    traveller.go(f"/files/{referral.case_file_id}/")
    page.get_by_role("link", name="Record a strategy discussion").click()
    traveller.look("1-discuss")
    page.get_by_label("Milo Aldergate").uncheck()
    when(page, "When was it held?", now - timedelta(days=30))
    page.get_by_label("Police: who took part?").fill("DS Ferris, public protection")
    page.get_by_label("What is known?").fill("The school saw a burn on her arm; her mother gives two accounts of it")
    page.get_by_label("Section 47 enquiry, jointly with the police").check()
    page.get_by_label("Why?").fill("The injury does not fit either account")
    page.get_by_label("If an enquiry begins: what is it to find out?").fill("Whether it was done on purpose")
    page.get_by_label("If an enquiry begins: who does what, by when?").fill("Asha and DS Ferris see her today")
    page.get_by_role("button", name="Record the discussion").click()
    expect(page.get_by_text("the section 47 enquiry has begun")).to_be_visible()
    expect(page.get_by_text("Not there")).to_be_visible()
    traveller.look("2-discussion")
    made = page.url

    traveller.sign_in(cast.manager)
    page.goto(made)
    page.get_by_role("button", name="Record the outcome of the enquiry").click()
    traveller.look("3-outcome")
    page.get_by_label("Concerns substantiated, and the child is at continuing risk: a conference").check()
    page.get_by_label("Why?").fill("The burn was made by an iron, and nobody can say when")
    when(page, "When was it decided?", now - timedelta(days=22))
    page.get_by_role("button", name="Record the outcome").click()
    expect(page.get_by_text("a conference is owed")).to_be_visible()
    page.get_by_role("button", name="Arrange the conference").click()
    when(page, "When will the conference be?", now + timedelta(days=2))
    traveller.look("4-arrange")
    page.get_by_role("button", name="Arrange it").click()
    expect(page.get_by_text("It stays owed until it was held")).to_be_visible()
    traveller.look("5-arranged")
    page.get_by_role("button", name="Record the conference as held").click()
    page.get_by_label("Yes: physical abuse").check()
    page.get_by_label("What was decided?").fill("She is safe only if her uncle stays away. Asha is the key worker")
    when(page, "When was it held?", now - timedelta(days=18))
    traveller.look("6-conference")
    page.get_by_role("button", name="Record the conference").click()
    expect(page.get_by_text("the plan has begun")).to_be_visible()
    traveller.look("7-after-the-conference")

    traveller.sign_in(cast.worker)
    traveller.go(f"/files/{referral.case_file_id}/")
    expect(page.get_by_text("Visit overdue")).to_be_visible()
    traveller.look("8-case-file")
    page.get_by_role("link", name="Child protection plan: Juno Aldergate").click()
    traveller.look("9-plan")
    page.get_by_role("link", name="Record a visit").first.click()
    page.get_by_label("What kind of contact was it?").select_option("Child protection visit")
    when(page, "When did it take place?", now - timedelta(days=9))
    page.get_by_label("Where?").fill("At home")
    page.get_by_role("group", name="Was Juno Aldergate seen?").get_by_label("Seen and spoken with alone").check()
    page.get_by_label("What was seen and heard?").fill("“He does not come any more”, she said, in her room")
    traveller.look("10-contact")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("alert")).to_be_visible()
    traveller.look("11-refused")
    page.get_by_label("What do you make of it?").fill("She is less watchful than before; her mother keeps to the plan")
    page.get_by_label("What happens next?").fill("I visit again on Friday, and ring the school today")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("it is marked as late")).to_be_visible()
    traveller.look("12-late")
    page.get_by_role("link", name="Correct this record").click()
    traveller.look("13-correct")
    page.get_by_label("Why are you correcting it?").fill("Her words were these")
    page.get_by_label("What was seen and heard?").fill("“He has not been here since”, she said, in her room")
    page.get_by_role("button", name="Save the correction").click()
    expect(page.get_by_text("What it said before is kept")).to_be_visible()
    expect(page.get_by_text("9 days later", exact=False).first).to_be_visible()
    traveller.look("14-corrected")
    page.get_by_role("link", name="Records on case file").click()
    traveller.look("15-records")
    traveller.go("/recording/")
    traveller.look("16-standard")
    plan = ProtectionPlan.objects.get()
    traveller.go(plan.get_absolute_url())
    page.get_by_role("link", name="The core group met").click()
    page.get_by_label("What was decided?").fill("The uncle has moved out; school sees her daily")
    traveller.look("17-core-group")
    page.get_by_role("button", name="Record the core group").click()
    expect(page.get_by_text("The core group is recorded")).to_be_visible()
    traveller.look("18-plan-later")
    assert CaseRecord.objects.count() == 2
