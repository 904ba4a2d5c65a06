"""A child's languages and people are recorded at first contact, two records are made one, and two again, in a real browser."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from goldenthread.cases.actions import record_address
from goldenthread.cases.models import Child, LanguageAnswer, Merge, Person
from goldenthread.core import clock
from tests.conftest import Cast
from tests.journeys.conftest import Traveller, referred

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def follow(page: Page, words: str) -> None:
    page.get_by_role("link", name=words).first.click()


def test_what_is_known_of_a_child_is_recorded_step_by_step(
    transactional_db: None, cast: Cast, traveller: Traveller
) -> None:
    born = clock.today() - timedelta(days=6 * 366)
    juno = Child.objects.create(given_names="Juno", family_name="Aldergate", date_of_birth=born)
    bo = Child.objects.create(given_names="Bo", family_name="Aldergate", date_of_birth=born)
    referral = referred(cast, juno, bo, ago=timedelta(hours=1), route="form")
    page = traveller.page
    traveller.sign_in(cast.worker)
    traveller.go(referral.get_absolute_url())
    follow(page, "Ask which language the family speaks")
    page.get_by_role("button", name="Record the answer").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Told us").check()
    page.get_by_label("First language").select_option("Somali")
    page.get_by_label("Is an interpreter needed?").select_option("Yes, of a spoken language")
    traveller.look("1-ask")
    page.get_by_role("button", name="Record the answer").click()
    expect(page.get_by_text("The answer is recorded for 2 children")).to_be_visible()
    assert LanguageAnswer.objects.count() == 2
    follow(page, f"Case file {referral.case_file.reference}")
    expect(page.get_by_text("Interpreter needed").first).to_be_visible()
    traveller.look("2-case-file")
    follow(page, "Juno Aldergate")
    traveller.look("3-child-empty")
    follow(page, "Add somebody new")
    page.get_by_label("Given names").fill("Hodan")
    page.get_by_label("What are they to the child?").select_option("Mother")
    page.get_by_label("Bo Aldergate").check()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("They live with the child").check()
    traveller.look("4-person")
    page.get_by_role("button", name="Record the person").click()
    expect(page.get_by_role("heading", name="Hodan")).to_be_visible()
    assert Person.objects.get().ties.count() == 2
    follow(page, "Record a danger")
    page.get_by_label("To whom are they a danger?").fill("workers who visit alone")
    page.get_by_label("Why do you think so?").fill("She set a dog on the housing officer in March")
    page.get_by_role("button", name="Record the danger").click()
    expect(page.get_by_text("Hodan: a danger to workers who visit alone")).to_be_visible()
    follow(page, "Record how the child communicates")
    page.get_by_label("Makaton").check()
    page.get_by_label("What helps?").fill("Time to answer")
    page.get_by_role("button", name="Record it").click()
    follow(page, "Record disability")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("Autism").check()
    traveller.look("5-disability")
    page.get_by_role("button", name="Record the answer").click()
    follow(page, "Add a brother or sister")
    page.get_by_label("Which child?").select_option("Bo Aldergate")
    page.get_by_label("Twin").check()
    page.get_by_role("button", name="Record it").click()
    follow(page, "Add an agency")
    page.get_by_label("What kind of agency is it?").select_option("School")
    page.get_by_label("Name of the agency").fill("Elmbridge Primary")
    page.get_by_label("What is it there for?").fill("A quiet room at lunch")
    page.get_by_role("button", name="Record the agency").click()
    record_address(
        case_file=referral.case_file,
        child=juno,
        lines="1 Quiet Row",
        since=date(2001, 1, 1),
        confidential=True,
        by=cast.worker,
    )
    record_address(case_file=referral.case_file, child=juno, lines="2 Next Street", since=date(2002, 1, 1), moved_because="The tenancy ended", by=cast.worker)  # fmt: skip
    page.reload()
    page.get_by_role("link", name=re.compile("Correct.*languages")).first.click()
    page.get_by_label("First language").select_option("Arabic")
    page.get_by_label("Why are you correcting it?").fill("The aunt had answered for another family")
    traveller.look("6-correct")
    page.get_by_role("button", name="Save the correction").click()
    expect(page.get_by_text("What it said before").first).to_be_visible()
    traveller.look("7-child")
    follow(page, "Change name, date of birth or sex")
    traveller.look("8-change")
    traveller.go(f"/files/{referral.case_file_id}/household/")
    traveller.look("9-household")


def test_two_records_are_made_one_and_two_again(transactional_db: None, cast: Cast, traveller: Traveller) -> None:
    born = clock.today() - timedelta(days=6 * 366)
    juno = Child.objects.create(given_names="Juno", family_name="Aldergate", date_of_birth=born, sex="F")
    other = Child.objects.create(given_names="June", family_name="Aldergate", date_of_birth=born)
    first, second = (
        referred(cast, juno, ago=timedelta(hours=1), route="form"),
        referred(cast, other, ago=timedelta(hours=1), route="form"),
    )
    page = traveller.page
    traveller.sign_in(cast.manager)
    traveller.go(f"/files/{first.case_file_id}/children/{juno.pk}/")
    follow(page, "There is another record of this child")
    page.get_by_role("button", name="Search").click()
    traveller.look("10-find")
    follow(page, "Compare")
    traveller.look("11-compare")
    page.get_by_label("Juno Aldergate, born").check()
    page.get_by_label("Why are they one child?").fill("The same mother, and the school has one child")
    page.get_by_label("I have compared both records").check()
    page.get_by_role("button", name="Make them one record").click()
    expect(page.get_by_role("heading", name="Two records made one")).to_be_visible()
    traveller.look("12-merged")
    traveller.go(f"/files/{second.case_file_id}/children/{other.pk}/")
    expect(page.get_by_role("heading", name="Juno Aldergate")).to_be_visible()
    expect(page.get_by_text("June Aldergate: name on a record that was merged")).to_be_visible()
    record_address(case_file=second.case_file, child=juno, lines="3 Later Lane", since=clock.today(), by=cast.manager)
    follow(page, "Merged")
    follow(page, "They are two children after all")
    page.get_by_label("Why are they two children?").fill("Cousins: both were seen at the visit")
    traveller.look("13-take-back")
    page.get_by_role("button", name="Take the merge back").click()
    expect(page.get_by_text("Address: 3 Later Lane").first).to_be_visible()
    traveller.look("14-settle")
    page.get_by_role("button", name="It is the other child's").click()
    expect(page.get_by_text("It is settled")).to_be_visible()
    assert other.addresses.get().lines == "3 Later Lane"
    assert Merge.objects.get().undone_by == cast.manager
