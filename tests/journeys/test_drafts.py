"""What is typed is kept while it is typed, and when the session ends."""

from typing import Any

import pytest

from goldenthread.core import drafts
from goldenthread.obligations.models import Excuse, Obligation
from tests.conftest import Cast
from tests.journeys.conftest import Traveller
from tests.pages.made_up_work import set_clock, take

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def address(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> str:
    """The page that excuses something owed."""
    with monkeypatch.context() as patched:
        take(set_clock(patched), cast)
    return f"/owed/{Obligation.objects.open().order_by('pk')[0].pk}/excuse/"


def test_typing_is_kept_and_shown_again(traveller: Traveller, cast: Cast, address: str) -> None:
    traveller.sign_in(cast.manager)
    page = traveller.go(address)
    page.get_by_label("Why this need not be done").fill("The referrer has moved")
    page.get_by_text("Draft saved").wait_for()
    assert drafts.load_draft(cast.manager, address) == {"reason": ["The referrer has moved"]}
    page = traveller.go(address)
    assert page.get_by_label("Why this need not be done").input_value() == "The referrer has moved"


def test_a_session_that_ended_loses_nothing(travel: Any, cast: Cast, address: str) -> None:
    traveller = travel(java_script_enabled=False)
    page = traveller.go("/sign-in/")
    page.get_by_label("User name").fill("dev")
    page.get_by_label("Password").fill("golden-thread-demo")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="What I owe", level=1).wait_for()
    page = traveller.go(address)
    page.get_by_label("Why this need not be done").fill("The referrer has moved abroad")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Excuse it").click()
    page.get_by_label("User name").fill("dev")
    page.get_by_label("Password").fill("golden-thread-demo")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("What you typed is kept").wait_for()
    assert page.get_by_label("Why this need not be done").input_value() == "The referrer has moved abroad"
    page.get_by_role("button", name="Excuse it").click()
    page.wait_for_load_state()
    assert Obligation.objects.filter(excuse="The referrer has moved abroad").count() == 1
    assert drafts.load_draft(cast.manager, address) is None


def test_two_windows_keep_each_other_s_words(traveller: Traveller, cast: Cast, address: str) -> None:
    traveller.sign_in(cast.manager)
    first = traveller.go(address)
    second = first.context.new_page()
    second.goto(traveller.server + address)
    second.get_by_label("Why this need not be done").fill("Typed in the second window")
    second.get_by_text("Draft saved").wait_for()
    first.get_by_label("Why this need not be done").fill("Typed in the first window")
    first.get_by_text("another window has newer words").wait_for()
    assert drafts.load_draft(cast.manager, address) == {"reason": ["Typed in the second window"]}
    second.close()
    assert first.get_by_label("Why this need not be done").input_value() == "Typed in the first window"


def test_a_double_click_records_once_and_the_back_button_does_no_harm(
    traveller: Traveller, cast: Cast, address: str
) -> None:
    traveller.sign_in(cast.manager)
    page = traveller.go(address)
    page.get_by_label("Why this need not be done").fill("The referrer has moved abroad")
    page.evaluate(
        """() => { const form = document.querySelector("form[data-draft]"); const sent = new FormData(form);
        for (let n = 0; n < 4; n++) fetch(form.action, {method: "POST", body: sent, redirect: "manual"}); }"""
    )
    page.get_by_role("button", name="Excuse it").click()
    page.wait_for_load_state()
    page.get_by_text("It is excused.").wait_for()
    assert Obligation.objects.filter(excuse="The referrer has moved abroad").count() == 1
    assert Excuse.objects.count() == 1


def test_whoever_saves_second_sees_what_the_first_one_saved(travel: Any, cast: Cast, address: str) -> None:
    one, two = travel(), travel()
    one.sign_in(cast.manager)
    two.sign_in(cast.head)
    first, second = one.go(address), two.go(address)
    first.get_by_label("Why this need not be done").fill("Recorded twice by the other team")
    first.get_by_role("button", name="Excuse it").click()
    first.get_by_text("It is excused.").wait_for()
    second.get_by_label("Why this need not be done").fill("The family has moved away")
    second.get_by_role("button", name="Excuse it").click()
    second.get_by_role("heading", name="What it says now").wait_for()
    second.get_by_text("Recorded twice by the other team").wait_for()
    assert second.get_by_label("Why this need not be done").input_value() == "The family has moved away"
    two.is_sound()
    assert Excuse.objects.count() == 1
