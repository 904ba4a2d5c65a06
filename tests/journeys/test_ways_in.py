"""The ways in, in the browser: a second factor that the role needs, a passkey, and proving oneself again."""

import os
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from goldenthread.core import clock
from goldenthread.core.models import TrailEntry
from goldenthread.people import accounts, second_factor
from goldenthread.people.models import Passkey
from tests.conftest import Cast
from tests.journeys.conftest import Traveller

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("GOLDENTHREAD_SHOTS")  # where to leave pictures of the pages, for people to look at


@pytest.fixture
def asked() -> Iterator[None]:
    with override_settings(SECOND_FACTOR_ROLES=["administrator"]):
        yield


def _sound(traveller: Traveller, name: str) -> None:
    traveller.is_sound()
    if PICTURES:
        traveller.page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def _sign_in(traveller: Traveller, username: str) -> Any:
    page = traveller.go("/sign-in/")
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password").fill("golden-thread-demo")
    page.get_by_role("button", name="Sign in").click()
    return page


def test_an_administrator_sets_up_an_app_and_signs_in_with_it(asked: None, traveller: Traveller, cast: Cast) -> None:
    page = _sign_in(traveller, "kit")
    page.get_by_role("heading", name="Set up a second factor").wait_for()
    _sound(traveller, "second-factor-set-up")
    secret = page.locator("strong", has_text=re.compile("^[A-Z2-7 ]{39}$")).inner_text().replace(" ", "")
    page.get_by_label("Code").fill(second_factor.code_at(secret, second_factor.present_step() - 1))
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Keep your recovery codes").wait_for()
    _sound(traveller, "recovery-codes")
    recovery = page.locator("main li strong").all_inner_texts()
    page.get_by_role("button", name="I have kept them").click()
    page.get_by_role("button", name="Sign out").click()
    page = _sign_in(traveller, "kit")
    page.get_by_role("heading", name="Enter a code").wait_for()
    _sound(traveller, "second-factor")
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    _sound(traveller, "second-factor-wrong")
    page.get_by_label("Code").fill(recovery[0])
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Accounts", exact=True).first.click()
    page.get_by_role("heading", name="Accounts", level=1).wait_for()


def test_a_passkey_is_added_and_then_signs_in_by_itself(traveller: Traveller, cast: Cast) -> None:
    devtools = traveller.page.context.new_cdp_session(traveller.page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                "isUserVerified": True, "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip
    page = _sign_in(traveller, "asha")
    page.get_by_role("link", name="Your account").click()
    page.get_by_role("link", name="second factor").click()
    page.get_by_role("link", name="Add a passkey instead").click()
    _sound(traveller, "passkey-add")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("heading", name="Keep your recovery codes").wait_for()
    assert Passkey.objects.get().officer == cast.worker
    page.get_by_role("button", name="I have kept them").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign in with a passkey").click()
    _sound(traveller, "sign-in-passkey")
    page.get_by_role("button", name="Use my passkey").click()
    page.get_by_role("heading", name="What I owe", level=1).wait_for()
    assert TrailEntry.objects.filter(deed="sign in").last().detail == {"how": "passkey"}  # type: ignore[union-attr]
    with override_settings(STEP_UP_MINUTES=-1):
        traveller.go("/second-factor/set-up/")
        page.get_by_role("heading", name="Make sure it is you").wait_for()
        _sound(traveller, "step-up")
    page.get_by_role("button", name="Use my passkey").click()
    page.get_by_role("heading", name="Change your authenticator app").wait_for()
    # a closed account's passkey opens nothing
    page.goto(traveller.server + "/")
    page.get_by_role("button", name="Sign out").click()
    accounts.close_account(officer=cast.worker, reason="left", by=cast.administrator)
    page.get_by_role("link", name="Sign in with a passkey").click()
    page.get_by_role("button", name="Use my passkey").click()
    page.get_by_text("The passkey was not accepted").wait_for()
    traveller.page.goto(traveller.server + "/")
    page.get_by_role("heading", name="Sign in", level=1).wait_for()


def test_an_administrator_opens_changes_and_closes_an_account(traveller: Traveller, cast: Cast) -> None:
    second_factor.add(secret=second_factor.new_secret(), step=0, by=cast.colleague)
    traveller.sign_in(cast.administrator)
    page = traveller.go("/accounts/")
    _sound(traveller, "accounts")
    page.get_by_role("button", name="Open an account").click()
    _sound(traveller, "account-open")
    page.get_by_label("User name").fill("lena.ash")
    page.get_by_label("Name", exact=True).fill("Lena Ash")
    page.get_by_label("Role").select_option("worker")
    page.get_by_label(re.compile("^Team")).select_option(label="Referral and assessment east")
    page.get_by_role("button", name="Open the account").click()
    page.get_by_role("heading", name="A one-time password for Lena Ash").wait_for()
    _sound(traveller, "one-time-password")
    page.get_by_role("button", name="Done").click()
    page.get_by_role("heading", name="Lena Ash").wait_for()
    _sound(traveller, "account")
    page.get_by_role("link", name="Change this account").click()
    _sound(traveller, "account-change")
    page.get_by_label("Role").select_option("senior-practitioner")
    page.get_by_role("button", name="Save changes").click()
    page.get_by_text("It counts from their next page").wait_for()
    page.get_by_role("link", name="Close this account").click()
    page.get_by_label("Reason").fill("Left on Friday")
    page.get_by_role("button", name="Close the account").click()
    page.get_by_text("every session of it has ended").wait_for()
    page.get_by_role("link", name="Open this account again").click()
    _sound(traveller, "account-reopen")
    traveller.go(f"/accounts/{cast.colleague.pk}/reset-second-factor/")
    _sound(traveller, "account-reset-second-factor")


def test_an_officer_sees_where_they_are_signed_in_and_says_where_they_live(travel: Any, cast: Cast) -> None:
    laptop, traveller = travel(), travel()
    _sign_in(laptop, "asha")
    page = _sign_in(traveller, "asha")
    page.get_by_role("link", name="Your account").click()
    _sound(traveller, "own-account")
    page.get_by_role("link", name="Say where you live").click()
    page.get_by_label("Postcode").fill("nowhere")
    page.get_by_role("button", name="Keep its fingerprint").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    page.get_by_label("Postcode").fill("WX1 4PZ")
    page.get_by_label("House or flat number").fill("12")
    _sound(traveller, "own-home")
    page.get_by_role("button", name="Keep its fingerprint").click()
    page.get_by_text("A fingerprint of your address is held").wait_for()
    page.get_by_role("button", name="End all but this one").click()
    page.get_by_text("Every other session of yours has ended").wait_for()
    _sound(traveller, "own-account-after")
    laptop.page.reload()
    laptop.page.get_by_role("heading", name="Sign in", level=1).wait_for()


def test_a_head_of_service_sees_who_had_access_and_why_an_account_was_reset(traveller: Traveller, cast: Cast) -> None:
    with clock.standing_at(clock.now() - timedelta(days=3)):
        accounts.change_account(officer=cast.worker, role="worker", team=cast.west, by=cast.administrator)
    with clock.standing_at(clock.now() - timedelta(days=1)):
        accounts.new_password(officer=cast.worker, reason="Forgot it on holiday", by=cast.administrator)
        accounts.change_account(officer=cast.worker, role="senior-practitioner", team=cast.east, by=cast.administrator)
    traveller.sign_in(cast.head)
    page = traveller.go("/accounts/review/")
    page.get_by_label("As at the end of").fill(f"{clock.today() - timedelta(days=2):%Y-%m-%d}")
    _sound(traveller, "access-review")
    page.get_by_role("button", name="Show as it was").click()
    page.get_by_role("heading", name="Who had access at the end of").wait_for()
    assert page.get_by_role("row", name="Asha Verma").inner_text().split("\t")[1:4] == [
        "In use", "Social worker", "Family support west",
    ]  # fmt: skip
    _sound(traveller, "access-as-at")
    page.get_by_role("link", name="Access review").click()
    page.get_by_role("link", name="Asha Verma").click()
    page.get_by_text("Forgot it on holiday").wait_for()
    _sound(traveller, "account-review-why")
    traveller.sign_in(cast.administrator)
    traveller.go(f"/accounts/{cast.worker.pk}/")
    page.get_by_text("Forgot it on holiday").wait_for()
    _sound(traveller, "account-why")


def test_a_head_of_service_reviews_an_account(traveller: Traveller, cast: Cast) -> None:
    traveller.sign_in(cast.head)
    page = traveller.go("/accounts/review/")
    _sound(traveller, "access-review")
    page.get_by_role("link", name="Efua Mensah").click()
    _sound(traveller, "account-review")
    page.get_by_label("No: something should change").check()
    page.get_by_label("What should change").fill("Moved to another team")
    page.get_by_role("button", name="Record review").click()
    page.get_by_text("is recorded").wait_for()
    _sound(traveller, "access-review-said")


def test_a_word_comes_before_the_session_ends(traveller: Traveller, cast: Cast) -> None:
    traveller.sign_in(cast.worker)
    warning = traveller.go("/").get_by_text("You will be signed out in 2 minutes")
    assert warning.count() == 0
    with override_settings(IDLE_MINUTES=2):
        traveller.go("/")
        warning.wait_for()
        _sound(traveller, "idle-warning")
