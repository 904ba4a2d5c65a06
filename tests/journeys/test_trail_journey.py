"""A manager asks who has seen a child, looks at what to ask about, draws a sample and accounts for it."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from goldenthread.cases.actions import record_address
from goldenthread.core import clock
from goldenthread.core.models import Account
from goldenthread.people.home_address import hold_home_address
from tests.conftest import Cast
from tests.journeys.conftest import Traveller
from tests.pages.made_up_work import Clock, take

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_who_has_seen_this(transactional_db: None, cast: Cast, traveller: Traveller) -> None:
    hand = Clock()
    hand.now = clock.now() - timedelta(days=2)
    with clock.standing_at(hand.now):
        referral = take(hand, cast)
        viewer = Client()
        viewer.force_login(cast.colleague)
        assert viewer.get(referral.get_absolute_url()).status_code == 200
        record_address(
            case_file=referral.case_file, child=referral.children.get(), lines="12 Tannery Row", postcode="WX1 4PZ",
            since=hand.now.date(), confidential=True, by=cast.worker,
        )  # fmt: skip
    hold_home_address(officer=cast.colleague, postcode="WX1 4PZ", number="12", by=cast.administrator)
    traveller.sign_in(cast.manager)
    page = traveller.go(referral.get_absolute_url())
    page.get_by_role("link", name="Who has seen this").click()
    assert "Ben Okafor, Social worker" in page.inner_text("main")
    traveller.is_sound()
    traveller.go("/trail/")
    traveller.is_sound()
    page.get_by_role("link", name="Accesses to ask about").click()
    assert "No relationship to the child at the time" in page.inner_text("main")
    assert "A child on the record lives at the officer's address: 1 record" in page.inner_text("main")
    assert "Tannery" not in page.content()
    if os.environ.get("GOLDENTHREAD_SHOTS"):
        page.screenshot(path=Path(os.environ["GOLDENTHREAD_SHOTS"]) / "snooping.png", full_page=True)
    traveller.is_sound()
    page.get_by_role("button", name="Draw the sample of this period").click()
    assert "drawn for managers to account for" in page.inner_text("main")
    traveller.go("/trail/accounts/")
    traveller.is_sound()
    page.locator("main .gt-work a").first.click()
    traveller.is_sound()
    page.get_by_label("Yes").check()
    page.get_by_label("Why do you think so?").fill("He was on duty that day")
    page.get_by_role("button", name="Save").click()
    assert "You have accounted for it" in page.inner_text("main")
    assert Account.objects.get().needed is True
