"""Signing in as everyone, and the pages that everyone comes by."""

from collections.abc import Callable

import pytest

from goldenthread.people.roles import Permission
from tests.conftest import Cast
from tests.journeys.conftest import Traveller

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_sign_in_by_hand_and_out_again(traveller: Traveller, cast: Cast) -> None:
    page = traveller.go("/sign-in/")
    traveller.is_sound()
    page.get_by_label("User name").fill("asha")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    traveller.is_sound()
    page.get_by_label("User name").fill("asha")
    page.get_by_label("Password").fill("golden-thread-demo")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="What I owe", level=1).wait_for()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Sign in").wait_for()


def test_everyone_finds_their_pages(traveller: Traveller, cast: Cast) -> None:
    for officer in cast.all():
        traveller.sign_in(officer)
        traveller.go("/")
        traveller.is_sound()
        if officer.may(Permission.READ_FIGURES):
            traveller.go("/figures/")
            traveller.axe()
            traveller.fits()


def test_board_and_requirement(traveller: Traveller, cast: Cast) -> None:
    traveller.sign_in(cast.manager)
    for path in (
        "/teams/ra-east/",
        "/teams/ra-east/work/",
        "/figures/referrals.decision/",
        "/figures/referrals.decision/records/",
        "/password/",
    ):
        traveller.go(path)
        traveller.is_sound()


def test_without_scripts(travel: Callable[..., Traveller], cast: Cast) -> None:
    traveller = travel(java_script_enabled=False)
    page = traveller.go("/sign-in/")
    page.get_by_label("User name").fill("dev")
    page.get_by_label("Password").fill("golden-thread-demo")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Teams", exact=True).click()
    page.get_by_role("heading", name="Referral and assessment east").wait_for()
