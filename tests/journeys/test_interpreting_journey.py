"""An interpreter is asked for, comes late, and a child interprets until then; in a real browser."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from goldenthread.cases.models import Child
from goldenthread.core import clock
from goldenthread.standards.assessment.interpreting import actions as interpreting
from goldenthread.standards.assessment.interpreting.models import InterpreterRequest
from tests.conftest import Cast
from tests.journeys.conftest import Traveller, referred

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_interpreter_is_asked_for_and_comes_late(cast: Cast, traveller: Traveller) -> None:
    page = traveller.page
    child = Child.objects.create(given_names="Juno", family_name="Aldergate")
    at = clock.now()
    referral = referred(cast, child, ago=timedelta(days=1))
    traveller.sign_in(cast.worker)
    traveller.go(f"/files/{referral.case_file_id}/")
    page.get_by_role("link", name="Ask for an interpreter").click()
    page.get_by_role("button", name="Record the request").click()
    expect(page.get_by_role("alert")).to_be_visible()
    traveller.look("1-ask")
    page.get_by_label("A parent or carer", exact=True).check()
    page.get_by_label("Language or way of communicating").select_option("Somali")
    page.get_by_label("In person").check()
    page.get_by_label("What is it for?").select_option("A visit")
    page.get_by_label("What does the interpreter need to know?").fill("An hour at home; a woman if there is one")
    when = (at + timedelta(days=3)).astimezone(clock.LONDON)
    boxes = page.get_by_role("group", name="When is it needed?")
    for name, value in (("Day", when.day), ("Month", when.month), ("Year", when.year), ("Time", "2:30pm")):
        boxes.get_by_label(name).fill(str(value))
    page.get_by_role("button", name="Record the request").click()
    expect(page.get_by_role("heading", name="Juno Aldergate")).to_be_visible()
    traveller.look("2-asked")
    page.get_by_role("link", name="Record what a provider answered").click()
    page.get_by_label("Confirmed an interpreter").check()
    page.get_by_label("Name of the provider, if not in the list").fill("Wex Valley Language Service")
    page.get_by_label("Whom will they send?").fill("S114")
    traveller.look("3-reply")
    page.get_by_role("button", name="Record the answer").click()
    expect(page.get_by_text("Wex Valley Language Service: confirmed an interpreter: S114", exact=True)).to_be_visible()

    # Another, this morning, to which the interpreter came late.
    needed = at - timedelta(hours=2)
    again = interpreting.ask_for_interpreter(
        case_file=referral.case_file, for_whom="both", language="bsl", mode="in-person", purpose="assessment",
        about="The mother signs", needed_at=needed, asked_at=at - timedelta(hours=20), by=cast.worker,
    )  # fmt: skip
    traveller.go(again.get_absolute_url())
    page.get_by_role("link", name="Somebody else interpreted").click()
    page.get_by_label("A child or young person under 18").check()
    page.get_by_label("Why was there no interpreter?").fill(
        "She began to sign for her mother before anybody could stop it"
    )
    traveller.look("4-stand-in")
    page.get_by_role("button", name="Record who interpreted").click()
    page.get_by_role("link", name="Record whether the interpreter came").click()
    page.get_by_label("Came late").check()
    local = (needed + timedelta(minutes=25)).astimezone(clock.LONDON)
    came = page.get_by_role("group", name="When did they come?")
    for name, value in (("Day", local.day), ("Month", local.month), ("Time", f"{local:%H:%M}")):
        came.get_by_label(name).fill(str(value))
    traveller.look("5-came")
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("link", name="Ask the family whether they understood").click()
    page.get_by_label("Partly").check()
    page.get_by_label("What did they say?").fill("The signs for courts were new to her")
    page.get_by_role("button", name="Record what they said").click()
    expect(page.get_by_text("A child was used as the interpreter")).to_be_visible()
    traveller.look("6-request")
    page.get_by_role("link", name=re.compile("Correct.*The family was asked")).click()
    traveller.look("7-correct")
    traveller.go(f"/files/{referral.case_file_id}/")
    traveller.look("8-case-file")
    traveller.sign_in(cast.manager)
    traveller.go("/interpreters/")
    traveller.look("9-figures")
    page.get_by_role("link", name="See where a child interpreted").click()
    expect(page.get_by_text("1 that you may open")).to_be_visible()
    traveller.look("10-requests")
    assert InterpreterRequest.objects.count() == 2
