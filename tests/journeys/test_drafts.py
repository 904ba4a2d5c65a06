"""What is typed is kept while it is typed, and when the session ends."""

from typing import Any

import pytest

from goldenthread.core import drafts
from goldenthread.obligations.models import Obligation
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
