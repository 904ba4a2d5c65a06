"""A worker puts a chronology together, goes through it and prints it; a manager reads it: in a real browser."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from goldenthread.cases.models import Child
from goldenthread.core import clock
from goldenthread.standards.allocation.chronology.models import ChronologyReview, ChronologySeen, SignificantEvent
from goldenthread.standards.assessment.recording.actions import record_contact
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.journeys.conftest import Traveller, referred

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def referral(transactional_db: None, cast: Cast) -> Referral:
    juno = Child.objects.create(
        given_names="Juno", family_name="Aldergate", date_of_birth=clock.today().replace(year=2019, day=1)
    )
    teo = Child.objects.create(given_names="Teo", family_name="Aldergate")
    made = referred(cast, juno, teo, ago=timedelta(days=12))
    record_contact(
        case_file=made.case_file, kind="home-visit", seen={juno.pk: "alone"}, facts="Nobody opened at first. She had a coat on indoors",
        view="She is cold at home", next_steps="I ring the landlord today", where="At home",
        occurred_at=clock.now() - timedelta(days=10), by=cast.worker,
    )  # fmt: skip
    return made


def test_a_chronology_is_put_together_gone_through_read_and_printed(
    referral: Referral, cast: Cast, traveller: Traveller
) -> None:
    page = traveller.page
    traveller.sign_in(cast.worker)
    traveller.go(f"/files/{referral.case_file_id}/")
    page.get_by_role("link", name="All events in order").click()
    expect(page.get_by_role("heading", name="What happened")).to_be_visible()
    expect(page.get_by_text("Known late").first).to_be_visible()
    traveller.look("1-chronology")
    page.get_by_role("link", name="Add a significant event").click()
    page.locator("[name=when_month]").fill("3")
    page.locator("[name=when_year]").fill("2021")
    page.get_by_label("Juno Aldergate").check()
    page.get_by_label("What happened?").fill("Lived with her aunt in another county for four months")
    page.get_by_label("Why does it matter to the child?").fill("It is the only time of which she speaks gladly")
    page.get_by_label("Turning point", exact=True).check()
    page.get_by_label("Which agency does it come from?").select_option(label="Another service or council")
    page.get_by_label("Who told us, or which paper says so?").fill("Their letter of this week")
    traveller.look("2-add")
    page.get_by_role("button", name="Add the event").click()
    expect(page.get_by_text("The event is in the chronology")).to_be_visible()
    expect(page.get_by_text("March 2021", exact=True)).to_be_visible()
    assert SignificantEvent.objects.get().precision == "month"
    page.get_by_role("link", name=re.compile("Mark.*Home visit")).click()
    page.get_by_label("Significant", exact=True).check()
    page.get_by_label("Why does it matter to the child?").fill("She was cold, and said so to nobody")
    traveller.look("3-mark")
    page.get_by_role("button", name="Mark it").click()
    page.get_by_label("Significance").select_option(label="Turning points only")
    page.get_by_role("button", name="Apply").click()
    traveller.look("4-narrowed")
    page.get_by_role("link", name="Clear").click()
    page.get_by_role("link", name="Go through the chronology").click()
    page.get_by_label("What does the chronology tell now?").fill(
        "Each time somebody asked, the family moved. The four months with the aunt are the longest that she stayed in one school"
    )
    traveller.look("5-review")
    page.get_by_role("button", name="Record the review").click()
    expect(page.get_by_text("Dev Lindqvist is to read it")).to_be_visible()
    assert ChronologyReview.objects.count() == 1
    with page.expect_download() as got:
        page.get_by_role("link", name="Word document").click()
    assert got.value.suggested_filename == f"chronology-of-case-file-{referral.case_file.reference.lower()}.docx"
    traveller.sign_in(cast.manager)
    traveller.go(f"/files/{referral.case_file_id}/chronology/")
    page.get_by_role("link", name="Say that you have read it").first.click()
    page.get_by_label("What do you think of it?").fill("Ask the aunt this week, and bring it to supervision on Monday")
    traveller.look("6-seen")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Read by Dev Lindqvist")).to_be_visible()
    traveller.look("7-read")
    assert ChronologySeen.objects.count() == 1
    page.get_by_role("link", name=re.compile("Correct.*Lived with her aunt")).click()
    expect(page.locator("[name=when_day]")).to_have_value("")
    traveller.look("8-correct")
    page.get_by_label("Why are you correcting it?").fill("It was five months")
    page.get_by_label("What happened?").fill("Lived with her aunt in another county for five months")
    page.get_by_role("button", name="Save the correction").click()
    expect(page.get_by_text("It is corrected")).to_be_visible()
