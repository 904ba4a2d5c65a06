"""What a journey looks at is the page that its last click led to, wholly there, and never one on the way."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.journeys.conftest import Traveller

pytestmark = pytest.mark.browser

PLACE = "http://slow.test"
PAGE = (
    """<!doctype html><html lang="en"><head><title>{0}</title></head><body><main><h1>{0}</h1>{1}</main></body></html>"""
)
FIRST = """<a href="/second">On</a> <form action="/second"><button>Send</button></form>
<form action="/second" onsubmit="event.preventDefault()"><button>Stay</button></form> <a href="#there">Down</a>"""
# A picture that comes late: until it is there, the page is not complete.
SECOND = """<p>Arrived</p><img src="/picture.svg" alt="A square">"""
PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose server is slow to answer, with whatever it is asked for."""
    context = browser.new_context()
    context.set_default_timeout(15_000)
    page = context.new_page()

    def answer(route: Route) -> None:
        asked = route.request.url.split("?")[0]
        if asked != PLACE + "/":
            page.wait_for_timeout(100)
        if asked.endswith(".svg"):
            route.fulfill(body=PICTURE, content_type="image/svg+xml")
            return
        title, body = ("Second", SECOND) if asked.endswith("/second") else ("First", FIRST)
        route.fulfill(body=PAGE.format(title, body), content_type="text/html")

    context.route(PLACE + "/**", answer)
    yield page
    context.close()


def _gone_by(page: Page, way: str) -> None:
    button = page.get_by_role("button", name="Send", exact=True)
    if way == "link":
        page.get_by_role("link", name="On").dispatch_event("click")  # which waits for nothing that it starts
    elif way == "form":
        button.dispatch_event("click")
    elif way == "key":
        button.focus()
        page.keyboard.press("Enter")
    else:
        button.click()


@pytest.mark.parametrize("way", ["link", "form", "key", "click"])
def test_the_page_that_was_led_to_is_looked_at(page: Page, way: str) -> None:
    traveller = Traveller(page, PLACE, "traveller")
    traveller.go("/")
    _gone_by(page, way)
    traveller.fits()
    assert page.title() == "Second"
    assert page.evaluate("document.images[0].complete && document.images[0].naturalWidth") == 9


@pytest.mark.parametrize(("role", "name"), [("button", "Stay"), ("link", "Down")])
def test_a_click_that_leads_nowhere_is_not_waited_for(page: Page, role: str, name: str) -> None:
    traveller = Traveller(page, PLACE, "traveller")
    traveller.go("/")
    page.get_by_role(role, name=name).click()  # type: ignore[arg-type]
    traveller.arrive()
    assert page.title() == "First"


def test_a_page_gone_back_to_has_arrived(page: Page) -> None:
    traveller = Traveller(page, PLACE, "traveller")
    traveller.go("/")
    _gone_by(page, "link")
    traveller.arrive()
    page.go_back()
    traveller.arrive()
    assert page.title() == "First"
