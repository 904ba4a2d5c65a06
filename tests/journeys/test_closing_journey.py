"""A file with an outstanding duty is not closed; settled or excused one by one, it is, in a real browser."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from goldenthread.cases.models import AgencyInvolved, CaseFile, Child
from goldenthread.core import clock
from goldenthread.obligations.actions import excuse
from goldenthread.obligations.models import Obligation
from goldenthread.standards.referrals.actions import acknowledge
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.journeys.conftest import Traveller, referred

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def referral(transactional_db: None, cast: Cast) -> Referral:
    """Ten days old; all but two of what is owed on it is excused already."""
    child = Child.objects.create(given_names="Juno", family_name="Aldergate")
    made = referred(cast, child, ago=timedelta(days=10))
    at = clock.now() - timedelta(days=9)
    AgencyInvolved.objects.create(
        child=child,
        kind="school",
        name="Elmbridge Primary",
        what_for="Her class",
        occurred_at=at,
        recorded_at=at,
        by=cast.worker,
    )
    keep = {"referrals.acknowledgement", "referrals.written-confirmation", "allocation.case-discussed"}
    for row in Obligation.objects.open().filter(case_file=made.case_file_id).exclude(requirement__in=keep):
        excuse(obligation=row, reason="It was done on paper before", by=cast.manager)
    return made


def test_a_file_is_closed_only_when_nothing_is_owed_on_it(referral: Referral, cast: Cast, traveller: Traveller) -> None:
    page = traveller.page
    traveller.sign_in(cast.worker)
    traveller.go(f"/files/{referral.case_file_id}/")
    page.get_by_role("link", name="Ask to close this file").click()
    page.get_by_label("What was needed is done").check()
    page.get_by_label("What has changed for the children?").fill(
        "She comes to school fed, and says that mornings are good"
    )
    page.get_by_label("Who supports them from now on?").fill("The school nurse; her mother rings her first")
    traveller.look("1-ask")
    page.get_by_role("button", name="Ask the manager").click()
    expect(page.get_by_text("Still owed on this file")).to_be_visible()
    traveller.look("2-asked")
    page.get_by_role("link", name="The family is told").click()
    page.get_by_label("In person").check()
    page.get_by_label("What was said?").fill("Her mother knows whom to ring")
    traveller.look("3-family")
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("link", name="Elmbridge Primary is told").click()
    page.get_by_label("By phone").check()
    page.get_by_label("What was said?").fill("They will ring us if it starts again")
    traveller.look("4-agency")
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("link", name="The chronology is looked at").click()
    page.get_by_label("What does the chronology show?").fill("One bad month in a quiet year")
    page.get_by_role("button", name="Record the look").click()
    acknowledge(referral=referral, how="phone", occurred_at=clock.now(), by=cast.worker)
    traveller.sign_in(cast.manager)
    traveller.go("/closures/")
    traveller.look("5-waiting")
    page.get_by_role("link", name="Juno Aldergate").click()
    traveller.look("6-not-ready")
    page.get_by_role("link", name="Sign off and close the file").click()
    page.get_by_label("Why is it safe to end our work now?").fill("I read the file, and rang the school")
    page.get_by_role("button", name="Close the file").click()
    expect(page.get_by_role("alert").get_by_text("Something is still owed on this file")).to_be_visible()
    traveller.look("7-refused")
    page.get_by_role("link", name="Closure CL").click()
    while page.get_by_role("link", name="Excuse").count():
        page.get_by_role("link", name="Excuse").first.click()
        page.get_by_label("Why this need not be done").fill(
            "The school has written nothing, and says on the phone that it will not"
        )
        page.get_by_role("button", name="Excuse").click()
        traveller.arrive()
        traveller.go("/closures/")
        page.get_by_role("link", name="Juno Aldergate").click()
    traveller.look("8-ready")
    page.get_by_role("link", name="Sign off and close the file").click()
    page.get_by_label("Why is it safe to end our work now?").fill("I read the file, and rang the school")
    page.get_by_role("button", name="Close the file").click()
    expect(page.get_by_text("The file is closed.")).to_be_visible()
    traveller.look("9-closed")
    assert CaseFile.objects.get().closed_at is not None
    later = referred(cast, Child.objects.get(), ago=timedelta(minutes=0))
    traveller.go(later.get_absolute_url())
    expect(page.get_by_text("Referred again: case file")).to_be_visible()
    traveller.look("10-again")
    traveller.go(f"/files/{referral.case_file_id}/")
    traveller.look("11-closed-file")
    traveller.go("/closures/referred-again/")
    traveller.look("12-figures")
