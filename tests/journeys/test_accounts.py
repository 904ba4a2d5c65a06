"""The administrator opens, changes and closes an account; the officer changes the password that they were given."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from tests.conftest import Cast
from tests.journeys.conftest import Traveller

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_joiner_and_a_leaver(travel: Callable[..., Traveller], cast: Cast) -> None:
    kit = travel()
    kit.sign_in(cast.administrator)
    page = kit.go("/accounts/")
    page.get_by_role("link", name="Open an account").click()
    kit.is_sound()
    page.get_by_role("button", name="Open account").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    kit.is_sound()
    page.get_by_label("User name").fill("lena")
    page.get_by_label("Name", exact=True).fill("Lena Novak")
    page.get_by_label("Social worker").check()
    page.get_by_label("Team (optional)").select_option("Referral and assessment east")
    page.get_by_role("button", name="Open account").click()
    page.get_by_role("heading", name="A password to hand over").wait_for()
    kit.is_sound()
    password = page.locator("dd").nth(2).inner_text()

    lena = travel(java_script_enabled=False)
    hers = lena.go("/sign-in/")
    hers.get_by_label("User name").fill("lena")
    hers.get_by_label("Password").fill(password)
    hers.get_by_role("button", name="Sign in").click()
    hers.get_by_text("The password that you were given serves once").wait_for()
    hers.get_by_label("Present password").fill(password)
    hers.get_by_label("New password").fill("three words apart")
    hers.get_by_role("button", name="Change password").click()
    hers.get_by_role("heading", name="What I owe", level=1).wait_for()

    page.get_by_role("link", name="Lena Novak").click()
    kit.is_sound()
    page.get_by_role("link", name="Close the account").click()
    kit.is_sound()
    page.get_by_label("They have left the service").check()
    page.get_by_role("button", name="Close account").click()
    page.get_by_text("The account of Lena Novak is closed").wait_for()
    lena.page.goto(lena.server + "/")
    hers.get_by_role("heading", name="Sign in").wait_for()


def test_the_page_that_asks_who_you_are(traveller: Traveller, cast: Cast) -> None:
    traveller.sign_in(cast.administrator)
    page = traveller.go(reverse("step-up") + "?next=/accounts/")
    traveller.is_sound()
    page.get_by_label("Your password").fill("golden-thread-demo")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Accounts").wait_for()
