"""A case that nobody has is told up the chain and then given to a worker, who cannot take it on at first; in a real browser."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from goldenthread.cases.models import CaseFile, Child
from goldenthread.core import clock
from goldenthread.obligations.handover import hand_over
from goldenthread.standards.allocation.allocating import reporting
from goldenthread.standards.allocation.allocating.models import AllocationAnswer, RefusalRuling, WaitHeard
from tests.conftest import Cast
from tests.journeys.conftest import Traveller, referred

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def file(transactional_db: None, cast: Cast) -> CaseFile:
    """Two days ago it came; since yesterday nobody has it."""
    child = Child.objects.create(given_names="Juno", family_name="Aldergate", date_of_birth=date(2019, 5, 4))
    found = referred(cast, child, ago=timedelta(days=2)).case_file
    since = clock.now() - timedelta(days=1)
    hand_over(case_file=found, team=cast.east, worker=None, since_at=since, by=cast.manager)
    return found


def test_a_file_that_nobody_has_is_told_up_the_chain(file: CaseFile, cast: Cast, traveller: Traveller) -> None:
    page = traveller.page
    traveller.sign_in(cast.manager)
    traveller.go("/")
    page.get_by_role("link", name="Teams", exact=True).click()
    expect(page.get_by_role("heading", name="Referral and assessment east", level=1)).to_be_visible()
    traveller.look("0-board")
    page.get_by_role("link", name="All 1 without a worker").click()
    expect(page.get_by_text("Referral and assessment east only")).to_be_visible()
    traveller.look("1-unallocated")
    page.get_by_role("link", name="Team manager").click()
    page.get_by_label("Duty knows it and looks at it").check()
    page.get_by_label("What was said?").fill(
        "Two posts are empty. Duty rings each morning; Ben may have room on Friday"
    )
    traveller.look("2-tell")
    page.get_by_role("button", name="Record that they were told").click()
    expect(page.get_by_text("It is recorded who was told")).to_be_visible()
    page.get_by_role("link", name="Record that the group manager was told").click()
    page.get_by_label("What was said?").fill("Nobody of ours is free before Friday")
    page.get_by_role("button", name="Record that they were told").click()
    traveller.look("3-told")
    traveller.sign_in(cast.group_manager)
    traveller.go("/")
    page.get_by_role("link", name="Whoever was told that a case has no worker").click()
    page.get_by_role("link", name="Say what you will do").click()
    page.get_by_label("What will you do about it?").fill("Agency cover from Thursday")
    traveller.look("4-answer")
    page.get_by_role("button", name="Record the answer").click()
    expect(page.get_by_text("Your answer is recorded")).to_be_visible()
    traveller.look("5-answered")
    assert WaitHeard.objects.get().by == cast.group_manager
    reporting.keep_wait_reports(started_on=clock.today() - timedelta(days=15), by=cast.head)
    traveller.sign_in(cast.head)
    traveller.go("/unallocated/")
    expect(page.get_by_text("Aldergate")).to_have_count(0)
    traveller.look("6-without-names")
    page.get_by_role("link", name="The weekly and monthly figures").click()
    page.get_by_role("link", name="Weekly, as at").first.click()
    traveller.look("7-send")
    page.get_by_role("button", name="Freeze and send").click()
    expect(page.get_by_text("The figures went to")).to_be_visible()
    traveller.look("8-figures")


def test_a_file_is_allocated_refused_and_ruled_on(file: CaseFile, cast: Cast, traveller: Traveller) -> None:
    page = traveller.page
    traveller.sign_in(cast.manager)
    traveller.go(f"/files/{file.pk}/")
    traveller.look("10-case-file")
    page.get_by_role("link", name="Allocate the case file").click()
    page.get_by_label("To whom do you give it?").select_option(label="Ben Okafor: weight 0")
    page.get_by_label("What is the intervention for?").fill(
        "Find out whether home is safe, and what the parents can change"
    )
    page.get_by_label("What is expected of the worker?").fill(
        "See the child alone this week; write the plan by the 20th"
    )
    page.get_by_label("Or somebody else").first.fill("The health visitor")
    page.get_by_label("What is expected of them?").first.fill("Weighs the child on Monday, and rings afterwards")
    traveller.look("11-allocate")
    page.get_by_role("button", name="Allocate").click()
    expect(page.get_by_text("Ben Okafor has the case file, and owes an answer")).to_be_visible()
    traveller.look("12-allocated")
    traveller.sign_in(cast.colleague)
    traveller.go("/")
    page.get_by_role("link", name="The worker accepts the allocation").click()
    page.get_by_role("link", name="Answer the allocation").click()
    page.get_by_label("I cannot take it on").check()
    page.get_by_label("If you cannot: why?").fill("On leave from Thursday for two weeks")
    traveller.look("13-refuse")
    page.get_by_role("button", name="Record the answer").click()
    expect(page.get_by_text("Your answer is recorded")).to_be_visible()
    traveller.sign_in(cast.manager)
    traveller.go("/")
    page.get_by_role("link", name="When a worker cannot take a case on").click()
    traveller.look("14-refused")
    page.get_by_role("link", name="Rule on what the worker cannot take on").click()
    page.get_by_label("Why does it stand").fill("Carys makes the visits until Ben is back")
    page.get_by_role("button", name="Record the ruling").click()
    expect(page.get_by_text("The ruling is recorded")).to_be_visible()
    traveller.look("15-ruled")
    traveller.go(f"/files/{file.pk}/")
    traveller.look("16-case-file")
    assert AllocationAnswer.objects.get().answer == "refused"
    assert RefusalRuling.objects.get().by == cast.manager
