"""A manager supervises a worker and talks over a case; the worker does what was agreed, in a real browser."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from goldenthread.cases.models import Child
from goldenthread.core.clock import today
from goldenthread.standards.allocation.supervising.choices import Question
from goldenthread.standards.allocation.supervising.models import AgreedDone, SupervisionPair
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.journeys.conftest import Traveller, referred

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def referral(transactional_db: None, cast: Cast) -> Referral:
    return referred(cast, Child.objects.create(given_names="Juno", family_name="Aldergate"), ago=timedelta(days=3))


def test_a_case_is_talked_over_and_what_was_agreed_is_done(
    referral: Referral, cast: Cast, traveller: Traveller
) -> None:
    page = traveller.page
    traveller.sign_in(cast.manager)
    traveller.go("/practice/")
    page.get_by_role("link", name="Supervision", exact=True).click()
    traveller.look("1-nobody-supervises")
    page.get_by_role("link", name=cast.worker.name).click()
    page.get_by_label("Who supervises them?").select_option(value=str(cast.manager.pk))
    traveller.look("2-pair")
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("link", name="Record a session").click()
    page.get_by_label("Yes", exact=True).check()
    traveller.look("3-session")
    page.get_by_role("button", name="Record the session").click()
    expect(page.get_by_text("case by case")).to_be_visible()
    traveller.look("4-worker")
    page.get_by_role("link", name="Record what was said").click()
    page.get_by_label("What was talked about?").fill("Who gets up in the morning, and what is for breakfast")
    for question in Question:
        group = page.get_by_role("group", name=str(question.label))
        group.get_by_label("No", exact=True).check()
    page.get_by_label("What was decided, and why?").fill("She is seen alone at school this week")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("alert").get_by_text("Write a word about").first).to_be_visible()
    for question in Question:
        page.get_by_label(f"In a word: {question.label}").fill("Nobody has asked yet")
    traveller.look("5-said")
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("link", name="Add what somebody is to do").click()
    page.get_by_label("What is to be done?").fill("See her alone at school")
    for box, value in (("day", today().day), ("month", today().month), ("year", today().year)):
        page.locator(f"[name=due_{box}]").fill(str(value))
    traveller.look("6-agree")
    page.get_by_role("button", name="Add it").click()
    traveller.look("7-talked-over")
    traveller.sign_in(cast.worker)
    traveller.go("/supervision/")
    expect(page.get_by_text("With Dev Lindqvist")).to_be_visible()
    traveller.look("8-own")
    page.get_by_role("link", name="See her alone at school").click()
    page.get_by_role("link", name="Done").click()
    page.get_by_label("How was it done?").fill("She ate with us, and talked about her brother")
    traveller.look("9-done")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("It is recorded as done")).to_be_visible()
    assert AgreedDone.objects.get().by == cast.worker
    assert SupervisionPair.objects.get().worker == cast.worker
    traveller.go(f"/files/{referral.case_file_id}/")
    expect(page.get_by_text("With Asha Verma, recorded by Dev Lindqvist")).to_be_visible()
    traveller.look("10-case-file")
