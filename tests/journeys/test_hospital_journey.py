"""A child whom somebody may have harmed does not leave hospital without a plan, in a real browser."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from goldenthread.cases.models import Child
from goldenthread.core import clock
from goldenthread.standards.assessment.hospital import actions as hospital
from goldenthread.standards.assessment.hospital.models import Discharge, Escalation
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.journeys.conftest import Traveller, referred

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def referral(transactional_db: None, cast: Cast) -> Referral:
    child = Child.objects.create(given_names="Juno", family_name="Aldergate")
    return referred(
        cast, child, ago=timedelta(hours=3), agency_kind="health", agency_name="Elmbridge General",
        referrer_name="Sister Okonjo", concern="A broken arm that nobody explains",
    )  # fmt: skip


def fill_time(page: Page, name: str, *, ago: timedelta) -> None:
    """Type the time so long ago."""
    at = clock.now().astimezone(clock.LONDON) - ago
    for box, value in (("day", at.day), ("month", at.month), ("year", at.year), ("time", f"{at:%H:%M}")):
        page.locator(f"[name={name}_{box}]").fill(str(value))


def test_a_discharge_without_a_plan_is_refused_and_one_with_a_plan_is_recorded(
    referral: Referral, cast: Cast, traveller: Traveller
) -> None:
    page = traveller.page
    traveller.sign_in(cast.worker)
    traveller.go(f"/files/{referral.case_file_id}/")
    page.get_by_role("link", name="A child is in hospital").click()
    page.get_by_label("A ward", exact=True).check()
    page.get_by_label("Name of the person").fill("Sister Okonjo")
    page.get_by_label("Which hospital?").fill("Elmbridge General")
    page.get_by_label("Which ward? (optional)").fill("Kestrel")
    fill_time(page, "admitted_at", ago=timedelta(hours=5))
    fill_time(page, "received_at", ago=timedelta(hours=2))
    page.get_by_label("What is the concern?").fill("A broken arm, and two accounts of how it came about")
    page.get_by_label("Not known yet").check()
    page.get_by_label("Did it come as a referral?").select_option(index=1)
    traveller.look("1-notify")
    page.get_by_role("button", name="Record the notification").click()
    expect(page.get_by_text("nobody goes home before a discharge plan")).to_be_visible()
    traveller.look("2-notified")
    page.get_by_role("link", name="Record that the child left").click()
    page.get_by_label("As agreed", exact=True).check()
    page.get_by_label("Where to?").fill("Home to both parents")
    page.get_by_role("button", name="Record the discharge").click()
    expect(page.get_by_role("alert").get_by_text("There is no discharge plan")).to_be_visible()
    traveller.look("3-refused")
    assert Discharge.objects.count() == 0
    page.get_by_role("link", name="Hospital notification").click()
    page.get_by_role("link", name="Record a visit to the ward").click()
    page.get_by_label("How was the child?").fill("Awake and quiet. Seen alone: said that the stairs did it")
    traveller.look("4-visit")
    page.get_by_role("button", name="Record the visit").click()
    page.get_by_role("link", name="Record a step of the protocol").click()
    page.get_by_label("Which step?").select_option(label="We know which doctor answers for the child")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("What came of it?").fill("Dr Imrie, on the ward until six")
    traveller.look("5-step")
    page.get_by_role("button", name="Record the step").click()
    page.get_by_role("link", name="Record the discharge plan").click()
    page.get_by_label("Where does the child go?").fill("Her grandmother's")
    page.get_by_label("Who looks after the child there?").fill("Her grandmother")
    page.get_by_label("Who visits, and when first?").fill("Asha, tomorrow at nine, then every second day")
    page.get_by_label("Which consultant agreed?").fill("Dr Imrie")
    page.get_by_label("Which manager agreed?").select_option(label=str(cast.manager))
    traveller.look("6-plan")
    page.get_by_role("button", name="Record the plan").click()
    page.get_by_role("link", name="Record that the child left").click()
    page.get_by_label("As agreed", exact=True).check()
    page.get_by_label("Where to?").fill("Her grandmother's")
    fill_time(page, "occurred_at", ago=timedelta(hours=1))
    page.get_by_role("button", name="Record the discharge").click()
    expect(page.get_by_role("alert").get_by_text("the plan was agreed later")).to_be_visible()
    traveller.look("7-too-early")
    fill_time(page, "occurred_at", ago=timedelta())
    page.get_by_role("button", name="Record the discharge").click()
    expect(page.get_by_text("The discharge is recorded")).to_be_visible()
    traveller.look("8-left")
    page.get_by_role("link", name="Seen on the ward").click()
    traveller.look("8-correct")


def test_a_child_who_was_taken_away_goes_to_the_group_manager(
    referral: Referral, cast: Cast, traveller: Traveller
) -> None:
    page, at = traveller.page, clock.now() - timedelta(hours=2)
    told = hospital.take_notification(
        case_file=referral.case_file, children=list(referral.children.all()), told="ward", hospital="Elmbridge General",
        ward="Kestrel", told_by="Sister Okonjo", concern="A burn with an even edge", harm="yes", admitted_at=at,
        received_at=at, by=cast.worker,
    )  # fmt: skip
    traveller.sign_in(cast.worker)
    traveller.go("/hospital/")
    traveller.look("9-in-hospital")
    traveller.go(f"{told.get_absolute_url()}discharge/")
    page.get_by_label("Somebody took the child away").check()
    page.get_by_label("Where to?").fill("Not known")
    page.get_by_label("If not as agreed: what was done about it?").fill("The police were rung and are on their way")
    traveller.look("10-taken-away")
    page.get_by_role("button", name="Record the discharge").click()
    expect(page.get_by_text("not as agreed, and somebody may have harmed this child")).to_be_visible()
    traveller.look("11-not-as-agreed")
    traveller.go(f"/files/{referral.case_file_id}/")
    traveller.look("12-case-file")
    traveller.sign_in(cast.group_manager)
    traveller.go("/")
    page.get_by_role("link", name="A discharge that was not as agreed").click()
    page.get_by_role("link", name="Answer to a discharge that was not as agreed").click()
    page.get_by_label("What is to be done for the child?").fill(
        "An order is asked for tonight; Ben goes with the police"
    )
    traveller.look("13-answer")
    page.get_by_role("button", name="Record the answer").click()
    expect(page.get_by_text("The answer is recorded")).to_be_visible()
    traveller.look("14-answered")
    assert Escalation.objects.get().by == cast.group_manager
