"""Journeys in headless Chromium against the real pages: no console error, axe content, and room on a phone."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import handlers
from django.test import Client
from django.test.testcases import _StaticFilesHandler
from playwright.sync_api import Browser, Page, sync_playwright

from goldenthread.cases.models import Child
from goldenthread.core.clock import now
from goldenthread.people.models import Officer
from goldenthread.standards.referrals.actions import take_referral
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.journeys.chromium import find_chromium

BASE = Path(__file__).resolve().parents[2]
AXE = BASE / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
DESKTOP = {"width": 1280, "height": 900}
PHONE_WIDTHS = (320, 375)
# Said by every page about itself: that it is being left for another. A form that was sent is left in a moment of its own,
# so it says so already when it is sent; a page that comes back from the browser's memory is not being left any more.
SAYS_WHEN_LEFT = """
addEventListener("beforeunload", () => { window.isBeingLeft = true; });
addEventListener("submit", sent => { if (!sent.defaultPrevented) window.isBeingLeft = true; });
addEventListener("pageshow", shown => { if (shown.persisted) window.isBeingLeft = false; });
"""
# Of the rules that axe asks by itself, only those whose breach is serious or critical (axe gives what a rule finds the rule's own
# weight); and only of what is wrong is more worked out than whether there is any: that takes half the time.
AXE_ASKED = """
axe.run(document, {
  resultTypes: ["violations"], preload: false,
  runOnly: axe._audit.rules.filter(r => r.enabled && !r.tags.includes("experimental") && !r.tags.includes("deprecated")
    && ["serious", "critical"].includes(r.impact)).map(r => r.id),
}).then(found => found.violations)
"""
HAS_ARRIVED = "() => document.readyState === 'complete' && !window.isBeingLeft"
SHOTS = os.environ.get("GOLDENTHREAD_SHOTS")  # a folder for pictures of each page, for whoever looks at them

# Playwright keeps an event loop in this thread, in which Django would refuse to touch the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
# The test server serves what was collected, under its hashed names, as the real one does.
handlers.StaticFilesHandler = _StaticFilesHandler  # type: ignore[misc,assignment]


def referred(cast: Cast, *children: Child, ago: timedelta, **told: Any) -> Referral:
    """A referral of these children that Asha took a while ago, from a school unless told otherwise."""
    said: dict[str, Any] = {
        "agency_kind": "school", "agency_name": "Elmbridge Primary", "referrer_name": "Rosa Whitcombe", "route": "phone",
        "concern": "Came to school hungry, three days running",
    }  # fmt: skip
    received_at = now() - ago
    return take_referral(
        children=list(children), received_at=received_at, by=cast.worker, worker=cast.worker, **(said | told)
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys; they skip, and say so, where there is none."""
    if (chromium := find_chromium()) is None:
        pytest.skip("*** NOT RUN: no Chromium is installed, so no journey in the browser was made ***")
    if not AXE.is_file():
        pytest.skip("*** NOT RUN: axe-core is not installed (make assets) ***")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


class Traveller:
    """A page in the browser that knows its server, with what a journey asks of every page."""

    def __init__(self, page: Page, server: str, journey: str) -> None:
        self.page, self.server, self.journey = page, server, journey
        self.complaints: list[str] = []
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.add_init_script(SAYS_WHEN_LEFT)

    def sign_in(self, officer: Officer) -> None:
        """Be signed in as this officer (the sign-in page has a journey of its own)."""
        client = Client()
        client.force_login(officer)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.server}
        self.page.context.add_cookies([cookie])  # type: ignore[list-item]

    def go(self, path: str) -> Page:
        """Open a page of the product. Fails unless it answers 200."""
        answer = self.page.goto(self.server + path)
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        return self.page

    def arrive(self) -> None:
        """Wait until the page that the last click led to is there as a whole; at once where it led nowhere. (A link to a
        file leaves the page where it is, and never arrives: go somewhere from there.)"""
        self.page.wait_for_function(HAS_ARRIVED)

    def axe(self) -> None:
        """Fail on anything serious or critical that axe finds on the page that the traveller is on."""
        self.arrive()
        if not self.page.evaluate("typeof axe !== 'undefined'"):
            self.page.evaluate(_axe())
        found: list[dict[str, Any]] = self.page.evaluate(AXE_ASKED)
        bad = [
            f"{v['impact']}: {v['id']}: {v['help']}: {[n['html'][:200] for n in v['nodes'][:3]]}"
            for v in found
            if v["impact"] in {"serious", "critical"}
        ]
        assert bad == [], f"{self.page.url}: {bad}"

    def fits(self) -> None:
        """Fail where the page is wider than a phone."""
        self.arrive()
        self._narrow()
        self.page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]

    def _narrow(self) -> None:
        for width in PHONE_WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 800})
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{self.page.url}: {wide} pixels wide on a phone of {width}"

    def is_sound(self) -> None:
        """Everything that is asked of every page: axe wide and narrow, and room on a phone."""
        self.axe()
        self._narrow()
        self.axe()
        self.page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]

    def look(self, name: str) -> None:
        """Hold the page to what is asked of every page, and take its picture where pictures are wanted."""
        self.is_sound()
        if SHOTS:
            self.page.screenshot(path=Path(SHOTS) / f"{self.journey}-{name}.png", full_page=True)


@pytest.fixture
def travel(browser: Browser, live_server: Any, request: pytest.FixtureRequest) -> Iterator[Callable[..., Traveller]]:
    """Makes a traveller; each has cookies of their own. Afterwards no page may have complained in the console."""
    contexts, made = [], []
    journey = request.path.stem.removeprefix("test_").removesuffix("_journey")

    def one(**options: Any) -> Traveller:
        context = browser.new_context(viewport=DESKTOP, locale="en-GB", **options)  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        contexts.append(context)
        made.append(Traveller(context.new_page(), live_server.url, journey))
        return made[-1]

    yield one
    complaints = [complaint for traveller in made for complaint in traveller.complaints]
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def traveller(travel: Callable[..., Traveller]) -> Traveller:
    """One traveller."""
    return travel()
