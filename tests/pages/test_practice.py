"""From a recommendation to the pages on which it is practised."""

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.config.access_table import ACCESS
from goldenthread.obligations.requirement import installed
from goldenthread.pages.practice import PAGES, practised
from goldenthread.people.access import Door
from tests.conftest import Cast


def test_every_requirement_and_every_page_is_found_under_its_recommendation(cast: Cast) -> None:
    shown = [each for standard in practised(cast.head) for each in standard.recommendations]
    listed = {requirement.key for each in shown for requirement in each.requirements}
    assert {key for key, each in installed().items() if each.serves[:1].isdigit()} <= listed
    assert {url for each in shown for _, url in each.pages} == {
        reverse(name)
        for pages in PAGES.values()
        for _, name in pages
        if cast.head.may(ACCESS[name])  # type: ignore[arg-type]
    }
    assert not any(isinstance(ACCESS[name], Door) for pages in PAGES.values() for _, name in pages)


@pytest.mark.parametrize("who", ["worker", "manager", "quality", "member"])
def test_nobody_is_led_to_a_page_that_is_closed_to_them(cast: Cast, client: Client, who: str) -> None:
    officer = getattr(cast, who)
    client.force_login(officer)
    page = client.get("/practice/").content.decode()
    for name in {name for pages in PAGES.values() for _, name in pages}:
        assert (f'href="{reverse(name)}"' in page) == officer.may(ACCESS[name])


def test_an_administrator_is_kept_out(cast: Cast, client: Client) -> None:
    client.force_login(cast.administrator)
    assert client.get("/practice/").status_code == 404
