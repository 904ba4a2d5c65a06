"""A referral of a child who is on the register already under another name: recognised, decided, and shown."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from goldenthread.cases.actions import record_address
from goldenthread.cases.models import Child
from goldenthread.core.clock import now
from goldenthread.obligations.models import Obligation
from goldenthread.standards.assessment.register.actions import enter_on_register
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.journeys.conftest import Traveller, referred

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def told_by_the_ward(cast: Cast, child: Child) -> Referral:
    return referred(
        cast, child, ago=timedelta(minutes=20), agency_kind="health", agency_name="Ward 4", referrer_name="Sister Bell",
        concern="Bruises that the family tells of in two ways",
    )  # fmt: skip


@pytest.fixture
def referral(cast: Cast) -> Referral:
    """Two records of one child: Anna Kouassi, who is on the register, and Marie Brennan, who is referred."""
    known = Child.objects.create(given_names="Anna", family_name="Kouassi", date_of_birth=date(2016, 7, 12))
    file = told_by_the_ward(cast, known).case_file
    since = date(2020, 1, 1)
    record_address(case_file=file, child=known, lines="12 Nicoll Row", postcode="N17 0AB", since=since, by=cast.worker)
    enter_on_register(
        case_file=file, child=known, categories=["neglect"], officer=cast.worker,
        occurred_at=now() - timedelta(minutes=5), by=cast.manager,
    )  # fmt: skip
    return told_by_the_ward(
        cast, Child.objects.create(given_names="Marie", family_name="Brennan", date_of_birth=date(2016, 7, 12))
    )


def test_a_child_on_the_register_under_another_name_is_recognised(
    traveller: Traveller, cast: Cast, referral: Referral
) -> None:
    page = traveller.page
    traveller.sign_in(cast.worker)
    traveller.go(referral.get_absolute_url())
    page.get_by_role("link", name="Check the register").click()
    expect(page.get_by_label("Family name")).to_have_value("Brennan")
    page.get_by_label("Address").fill("Flat 2, 12 Nicoll Row")
    page.get_by_label("Postcode").fill("n17 0ab")
    traveller.look("1-ask")
    page.get_by_role("button", name="Search the register").click()
    expect(page.get_by_text("Born on the same day. Lives at the same address.")).to_be_visible()
    traveller.look("2-found")
    page.get_by_role("button", name="Record what you decided").click()
    expect(page.get_by_role("alert")).to_contain_text("Decide of each record")
    traveller.look("3-undecided")
    page.get_by_label("Not sure: ask a manager").check()
    page.get_by_role("button", name="Record what you decided").click()
    expect(page.get_by_role("alert")).to_contain_text("The check is recorded")
    traveller.look("4-not-sure")
    assert Obligation.objects.get(requirement="assessment.register-check", subject_id=referral.pk).done_at
    traveller.sign_in(cast.manager)
    traveller.go(referral.get_absolute_url())
    page.get_by_role("link", name="Answer where the check was not sure").click()
    page.get_by_label("This is the child").check()
    page.get_by_label("How do you know?").fill("The school knows her by both names")
    traveller.look("5-settle")
    page.get_by_role("button", name="Record your answer").click()
    expect(page.get_by_role("alert")).to_contain_text("Your answer is recorded")
    traveller.look("6-referral")
    traveller.go(referral.register_checks.get().get_absolute_url())  # type: ignore[attr-defined]
    expect(page.get_by_text("Anna Kouassi: on the register now")).to_be_visible()
    traveller.look("7-recognised")


def test_the_register_is_kept(traveller: Traveller, cast: Cast, referral: Referral) -> None:
    page = traveller.page
    traveller.sign_in(cast.manager)
    traveller.go("/register/")
    traveller.look("8-list")
    page.get_by_role("link", name="Anna Kouassi").click()
    traveller.look("9-entry")
    page.get_by_role("link", name="Change the kinds of harm").click()
    page.get_by_label("Emotional abuse").check()
    traveller.look("10-kinds")
    page.get_by_role("button", name="Change them").click()
    expect(page.get_by_text("Neglect, emotional abuse").first).to_be_visible()
    page.get_by_role("link", name="Take the child off the register").click()
    page.get_by_label("Why is the child no longer on it?").select_option("safer")
    traveller.look("11-end")
    page.get_by_role("button", name="Record the end").click()
    expect(page.get_by_text("Ended", exact=True)).to_be_visible()
    page.get_by_role("link", name="Case file").first.click()
    traveller.look("12-case-file")
    page.get_by_role("link", name="Enter a child on the register").click()
    traveller.look("13-enter")
    traveller.go("/register/placed/")
    traveller.look("14-placed")
    traveller.go("/register/ask/")
    page.get_by_label("Who is asking?").fill("Sister Bell")
    page.get_by_label("Where do they ask from?").fill("Ward 4")
    page.get_by_label("How did you call them back?").fill("The switchboard")
    page.get_by_label("Why do they ask?").fill("Bruises on a child")
    page.get_by_label("Given names").fill("Ana")
    page.get_by_label("Family name").fill("Kuassi")
    traveller.look("15-somebody-asks")
    page.get_by_role("button", name="Search the register").click()
    traveller.look("16-asked")
    page.get_by_role("button", name="None of these is the child").click()
    traveller.look("17-answered")
