"""A gap in the rota of legal advice is seen and filled, and somebody asks for advice, in a real browser."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from goldenthread.cases.models import Child
from goldenthread.core import clock
from goldenthread.core.clock import day_of, start_of
from goldenthread.standards.assessment.legal import rota
from goldenthread.standards.assessment.legal.models import AdviceAnswer, RotaShift
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.journeys.conftest import Traveller, referred

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def referral(transactional_db: None, cast: Cast) -> Referral:
    child = Child.objects.create(given_names="Juno", family_name="Aldergate")
    return referred(cast, child, ago=timedelta(hours=3))


def test_a_gap_is_seen_and_filled_and_advice_is_asked_for(referral: Referral, cast: Cast, traveller: Traveller) -> None:
    page, at = traveller.page, clock.now()
    traveller.sign_in(cast.head)
    traveller.go("/legal/")
    page.get_by_role("button", name="Start the rota").click()
    page.get_by_label("Who keeps the rota?").select_option(label=str(cast.group_manager))
    traveller.look("1-start")
    page.get_by_role("button", name="Start the rota").click()

    traveller.sign_in(cast.group_manager)
    traveller.go("/legal/")
    expect(page.get_by_text("Nobody is on call now")).to_be_visible()
    page.get_by_role("link", name="Add a solicitor").click()
    page.get_by_label("Name of the solicitor").fill("Ines Calloway")
    page.get_by_label("Which council do they work for?").fill("Northmoor Council")
    page.get_by_label("Phone number").fill("01632 960101")
    traveller.look("2-solicitor")
    page.get_by_role("button", name="Add the solicitor").click()
    ines = rota.add_solicitor(name="Jonah Threlkeld", council="Estuary Borough", phone="01632 960102", by=cast.head)
    night = start_of(day_of(at) + timedelta(days=3)) + timedelta(hours=17)
    rota.add_shift(solicitor=ines, starts_at=at, ends_at=night, arranged_at=at, by=cast.head)
    rota.add_shift(
        solicitor=ines,
        starts_at=night + timedelta(hours=16),
        ends_at=night + timedelta(days=7),
        arranged_at=at,
        by=cast.head,
    )
    traveller.go("/legal/")
    expect(page.get_by_role("link", name="01632 960102")).to_be_visible()
    traveller.look("3-rota-with-gaps")
    page.get_by_role("link", name="Fill this gap").first.click()
    page.get_by_label("Who is on call?").select_option(label="Ines Calloway, Northmoor Council")
    traveller.look("4-fill")
    page.get_by_role("button", name="Put them on call").click()
    expect(page.get_by_text("Ines Calloway is on call from")).to_be_visible()
    filled = RotaShift.objects.get(solicitor__name="Ines Calloway")
    assert (filled.starts_at, filled.ends_at) == (night, night + timedelta(hours=16))
    page.get_by_role("link", name="Add the same shift every week").click()
    page.get_by_label("Who is on call?").select_option(label="Ines Calloway, Northmoor Council")
    first = day_of(at) + timedelta(days=17)
    for name, hour, days in (("starts_at", "17:00", 0), ("ends_at", "09:00", 1)):
        day = first + timedelta(days=days)
        for box, value in (("day", day.day), ("month", day.month), ("year", day.year), ("time", hour)):
            page.locator(f"[name={name}_{box}]").fill(str(value))
    page.get_by_label("For how many weeks?").fill("3")
    page.get_by_role("button", name="Look at what would be added").click()
    traveller.look("5-pattern")
    page.get_by_role("button", name="Add 3 shifts").click()
    expect(page.get_by_text("on call in 3 weeks")).to_be_visible()
    page.get_by_role("link", name="Hand over").first.click()
    traveller.look("6-hand-over")
    page.get_by_role("link", name="The rota of legal advice").click()
    page.get_by_role("link", name="Record a test of the number").click()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("If yes: after how many minutes?").fill("2")
    traveller.look("7-test")
    page.get_by_role("button", name="Record the test").click()

    traveller.sign_in(cast.worker)
    traveller.go(f"/files/{referral.case_file_id}/")
    page.get_by_role("link", name="Ask for legal advice").click()
    page.get_by_label("What do you need to know?").fill("May we see the child alone, if the father says no?")
    page.get_by_label("A child may be in danger now").check()
    traveller.look("8-ask")
    page.get_by_role("button", name="Record the request").click()
    traveller.look("9-asked")
    page.get_by_role("link", name="Record what was advised").click()
    page.get_by_label("Who advised?").select_option(label="Jonah Threlkeld, Estuary Borough")
    page.get_by_label("What was advised?").fill("Yes, at school, and tell the father afterwards")
    page.get_by_label("Advice given").check()
    traveller.look("10-answer")
    page.get_by_role("button", name="Record the advice").click()
    expect(page.get_by_text("Legally privileged")).to_be_visible()
    traveller.look("11-answered")
    assert AdviceAnswer.objects.get().privileged
    page.get_by_role("link", name="Correct").click()
    traveller.look("12-correct")
    traveller.go("/legal/figures/")
    traveller.look("13-figures")
