"""Break-glass, a restriction, a declared conflict and a time-out, in a real browser."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from goldenthread.cases.models import BreakGlass, Child, Conflict, Restriction
from goldenthread.core import clock
from goldenthread.people.models import Officer
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.journeys.conftest import Traveller, referred

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def referral(transactional_db: None, cast: Cast) -> Referral:
    """Asha's, since an hour ago, of Juno Aldergate."""
    child = Child.objects.create(given_names="Juno", family_name="Aldergate")
    return referred(cast, child, ago=timedelta(hours=1))


def test_a_record_is_opened_in_an_emergency_and_accounted_for(
    referral: Referral, cast: Cast, traveller: Traveller
) -> None:
    manager = Officer.objects.create_officer("petra", name="Petra Holm", role="team-manager", team=cast.west)
    page = traveller.page
    traveller.sign_in(cast.stranger)
    hidden = page.goto(traveller.server + referral.get_absolute_url())
    assert hidden is not None
    assert hidden.status == 404
    traveller.complaints.clear()  # the browser says of itself that a page is missing
    traveller.look("1-hidden")
    traveller.go("/access/")
    traveller.look("2-access")
    page.get_by_role("link", name="Open a record in an emergency").click()
    page.get_by_role("button", name="Open the record").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Reference of the record").fill(referral.reference)
    page.get_by_label("A child may be in danger now").check()
    page.get_by_label("What has happened?").fill("The police hold the child, and nobody answers the phone")
    traveller.look("3-emergency")
    page.get_by_role("button", name="Open the record").click()
    expect(page.get_by_role("heading", name="Juno Aldergate")).to_be_visible()
    expect(page.get_by_text("Opened in an emergency")).to_be_visible()
    traveller.look("4-opened")
    page.get_by_role("link", name=f"Referral {referral.reference}").click()
    expect(page.get_by_text("Your manager has been told")).to_be_visible()
    traveller.look("5-referral-with-banner")

    traveller.sign_in(manager)
    traveller.go("/")
    assert "Aldergate" not in page.content()
    page.get_by_role("link", name="Every record opened in an emergency is accounted for").click()
    traveller.look("6-review")
    assert "Aldergate" not in page.content()
    page.get_by_label("It was right to open it").check()
    page.get_by_label("Why do you think so?").fill("The police had phoned, and the duty worker was out")
    page.get_by_role("button", name="Record your review").click()
    expect(page.get_by_text("Your review is recorded")).to_be_visible()
    assert BreakGlass.objects.get().finding == "right"


def test_a_record_is_restricted_and_others_are_told_whom_to_phone(
    referral: Referral, cast: Cast, traveller: Traveller
) -> None:
    page = traveller.page
    traveller.sign_in(cast.head)
    traveller.go(f"/files/{referral.case_file_id}/access/")
    traveller.look("7-who-may-open")
    page.get_by_role("button", name="Restrict a child's records").click()
    page.get_by_label("Restricted", exact=True).check()
    page.get_by_label("Why?", exact=True).fill("The carer works for the council")
    named = page.get_by_label("Who may open the records?")
    before = named.input_value()
    named.fill(before + "\nHiro Tanak")
    traveller.look("8-restrict")
    page.get_by_role("button", name="Restrict the records").click()
    expect(page.get_by_role("alert")).to_contain_text("Did you mean Hiro Tanaka (hiro)?")
    expect(named).to_have_value(before + "\nHiro Tanak")
    traveller.look("8-restrict-refused")
    named.fill(before + "\nHiro Tanaka")
    page.get_by_role("button", name="Restrict the records").click()
    expect(page.get_by_text("The records are restricted to those on the list")).to_be_visible()
    page.get_by_role("link", name="restricted", exact=True).click()
    traveller.look("9-restriction")
    assert Restriction.objects.get().contact == cast.head

    traveller.sign_in(cast.manager)
    traveller.go("/referrals/")
    assert "Aldergate" not in page.content()
    page.get_by_role("link", name="Take a referral").or_(page.get_by_role("button", name="Take a referral")).click()
    page.goto(page.url.replace("referrer", "children"))
    page.get_by_label("Name of the child").fill("Juno Aldergate")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Grace Tillotson")).to_be_visible()
    traveller.look("10-phone-the-contact")


def test_a_conflict_is_declared_and_closes_the_record(referral: Referral, cast: Cast, traveller: Traveller) -> None:
    page = traveller.page
    traveller.sign_in(cast.colleague)
    traveller.go(referral.get_absolute_url())
    traveller.go("/access/conflicts/")
    page.get_by_role("link", name="Declare that you know a child").or_(
        page.get_by_role("button", name="Declare that you know a child")
    ).click()
    page.get_by_label("Own family").check()
    page.get_by_label("Given names of the child").fill("Juno")
    page.get_by_label("Family name of the child").fill("Aldergate")
    traveller.look("11-declare")
    page.get_by_role("button", name="Declare it").click()
    expect(page.get_by_text("it is closed to you")).to_be_visible()
    traveller.look("12-declared")
    closed = page.goto(traveller.server + referral.get_absolute_url())
    assert closed is not None
    assert closed.status == 404
    traveller.complaints.clear()
    traveller.sign_in(cast.manager)
    traveller.go(f"/access/conflicts/{Conflict.objects.get().pk}/")
    traveller.look("13-arrange")


def test_a_session_that_timed_out_gives_back_what_was_typed(
    referral: Referral, cast: Cast, traveller: Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = traveller.page
    page.goto(traveller.server + "/sign-in/")
    page.get_by_label("User name").fill("asha")
    page.get_by_label("Password", exact=True).fill("golden-thread-demo")
    page.get_by_role("button", name="Sign in").click()
    traveller.go(f"/referrals/{referral.pk}/onward/")
    page.get_by_label("Name of the agency").fill("Elmbridge Surgery")
    page.get_by_label("What is the agency asked to do?").or_(page.locator("textarea")).first.fill(
        "See the child within the week"
    )
    late = clock.timezone.now() + timedelta(minutes=25)
    monkeypatch.setattr(clock.timezone, "now", lambda: late)
    page.get_by_role("button", name="Record onward referral").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    traveller.look("14-timed-out")
    page.get_by_label("User name").fill("asha")
    page.get_by_label("Password", exact=True).fill("golden-thread-demo")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("What you typed is kept")).to_be_visible()
    expect(page.get_by_label("Name of the agency")).to_have_value("Elmbridge Surgery")
    traveller.look("15-kept")
