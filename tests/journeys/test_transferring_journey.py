"""A case that another team is asked to take on does not go past an obstacle, in a real browser."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from goldenthread.cases.models import CaseFile, Child
from goldenthread.core import clock
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.transferring.models import Transfer
from tests.conftest import Cast
from tests.journeys.conftest import Traveller, referred

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def case_file(transactional_db: None, cast: Cast) -> CaseFile:
    child = Child.objects.create(given_names="Juno", family_name="Aldergate")
    return referred(cast, child, ago=timedelta(days=9)).case_file


@pytest.fixture
def receiver(cast: Cast) -> Officer:
    """Petra, who manages the team that is asked."""
    return Officer.objects.create_officer(
        "petra", name="Petra Holm", role="team-manager", team=cast.west, password="golden-thread-demo"
    )


def fill_day(page: Page, name: str, *, ahead: int) -> None:
    """Type the day so many days ahead."""
    on = clock.today() + timedelta(days=ahead)
    for box, value in (("day", on.day), ("month", on.month), ("year", on.year)):
        page.locator(f"[name={name}_{box}]").fill(str(value))


def fill_now(page: Page, name: str) -> None:
    """Type the time now."""
    fill_day(page, name, ahead=0)
    page.locator(f"[name={name}_time]").fill(f"{clock.now().astimezone(clock.LONDON):%H:%M}")


def test_a_transfer_with_an_obstacle(case_file: CaseFile, receiver: Officer, cast: Cast, traveller: Traveller) -> None:
    page = traveller.page
    traveller.sign_in(cast.manager)
    traveller.go(f"/files/{case_file.pk}/")
    page.get_by_role("link", name="Ask another team to take the case on").click()
    page.get_by_label("Which team is asked to take it on?").select_option(label="Family support west")
    page.get_by_label("Why is it to be transferred?").fill(
        "The assessment is done. The family needs support for a year"
    )
    page.get_by_label("What is the receiving team asked to do?").fill(
        "See Juno every two weeks; review in three months"
    )
    traveller.look("transfer-1-ask")
    page.get_by_role("button", name="Ask for the transfer").click()
    expect(page.get_by_text("the case stays with your team")).to_be_visible()
    # The manager of the other team reads the file, and names what stands in the way.
    traveller.sign_in(receiver)
    traveller.go("/")
    page.get_by_role("link", name="A team that is asked to take a case on").click()
    expect(page.get_by_text("You may read the case file, because your team is asked")).to_be_visible()
    traveller.look("transfer-2-asked")
    page.get_by_role("link", name="Name an obstacle").click()
    page.get_by_label("What kind of obstacle is it?").select_option(
        label="A plan, a conference or a review has to be held first"
    )
    page.get_by_label("What exactly stands in the way?").fill("The review of the plan has no date")
    page.get_by_label("Who clears it?").select_option(label="Dev Lindqvist, team manager, Referral and assessment east")
    fill_day(page, "due", ahead=4)
    traveller.look("transfer-3-obstacle")
    page.get_by_role("button", name="Name the obstacle").click()
    page.get_by_role("link", name="Accept the transfer").click()
    fill_day(page, "starts_on", ahead=0)
    page.get_by_label("Who will work with the children?").select_option(
        label="Efua Mensah, social worker, Family support west"
    )
    traveller.look("transfer-4-accept")
    page.get_by_role("button", name="Accept it").click()
    expect(page.get_by_text("The transfer is accepted")).to_be_visible()
    # The worker hands over, and sees the child together with who comes next.
    traveller.sign_in(cast.worker)
    traveller.go("/")
    page.get_by_role("link", name="Whoever hands a case over writes down").click()
    page.get_by_role("link", name="Write the handover record").click()
    page.get_by_label("Where does the work stand?").fill("Assessed, and a plan is agreed with the mother")
    page.get_by_label("What may put the children at risk?").fill("The mother's partner comes back at nights")
    page.get_by_label("What were the children and the family told?").fill("Juno knows that Efua comes from Monday on")
    traveller.look("transfer-5-handover")
    page.get_by_role("button", name="Save the handover record").click()
    expect(page.get_by_role("heading", name="Outstanding when it was handed over")).to_be_visible()
    page.get_by_role("link", name="Record the joint visit").click()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("Juno Aldergate").check()
    page.get_by_label("What was seen and said?").fill("Juno showed Efua her room")
    traveller.look("transfer-6-visit")
    page.get_by_role("button", name="Record the visit").click()
    # It does not go past the obstacle.
    traveller.sign_in(cast.manager)
    traveller.go("/transfers/")
    expect(page.get_by_text("The review of the plan has no date")).to_be_visible()
    traveller.look("transfer-7-meeting")
    page.get_by_role("link", name="Juno Aldergate").click()
    page.get_by_role("link", name="Complete the transfer").click()
    page.get_by_role("button", name="Hand the case over").click()
    expect(page.get_by_role("alert").get_by_text("An obstacle is not cleared yet")).to_be_visible()
    traveller.look("transfer-8-refused")
    assert CaseFile.objects.get().team == cast.east
    page.get_by_role("link", name="Transfer TF").click()
    traveller.look("transfer-9-under-way")
    page.get_by_role("link", name="Another day or owner").click()
    fill_day(page, "due", ahead=8)
    page.get_by_label("Why is it moved?").fill("The chair is ill until then")
    page.get_by_role("button", name="Move the obstacle").click()
    page.get_by_role("link", name="Record that it is cleared").first.click()
    page.get_by_label("How was it cleared?").fill("The review is on Monday, and Petra comes")
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("link", name="Complete the transfer").click()
    fill_now(page, "occurred_at")  # what was typed before was kept, and was before the obstacle was cleared
    traveller.look("transfer-10-complete")
    page.get_by_role("button", name="Hand the case over").click()
    expect(page.get_by_text("The case has gone over")).to_be_visible()
    file = CaseFile.objects.get()
    assert (file.team, file.worker, file.offered_to) == (cast.west, cast.stranger, None)
    # And the new worker has it, with everything that is open on it.
    traveller.sign_in(cast.stranger)
    traveller.go(Transfer.objects.get().get_absolute_url())
    expect(page.get_by_text("The case went over to Efua Mensah")).to_be_visible()
    traveller.look("transfer-11-done")
    traveller.go(f"/files/{case_file.pk}/")
    traveller.look("transfer-12-case-file")
