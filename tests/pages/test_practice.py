"""From a recommendation to the pages on which it is practised."""

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.config.access_table import ACCESS
from goldenthread.obligations.requirement import installed
from goldenthread.pages.practice import PAGES, practised
from goldenthread.people.access import Door
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from tests.conftest import Cast


def opens(officer: Officer, name: str) -> bool:
    door = ACCESS[name]
    return door is Door.SIGNED_IN or (isinstance(door, Permission) and officer.may(door))


def test_every_requirement_and_every_page_is_found_under_its_recommendation(cast: Cast) -> None:
    shown = [each for standard in practised(cast.head) for each in standard.recommendations]
    listed = {requirement.key for each in shown for requirement in each.requirements}
    assert {key for key, each in installed().items() if each.serves[:1].isdigit()} <= listed
    assert {url for each in shown for _, url in each.pages} == {
        reverse(name) for pages in PAGES.values() for _, name in pages if opens(cast.head, name)
    }


@pytest.mark.parametrize("who", ["worker", "manager", "quality", "member"])
def test_nobody_is_led_to_a_page_that_is_closed_to_them(cast: Cast, client: Client, who: str) -> None:
    officer = getattr(cast, who)
    client.force_login(officer)
    page = client.get("/practice/").content.decode()
    for name in {name for pages in PAGES.values() for _, name in pages}:
        assert (f'href="{reverse(name)}"' in page) == opens(officer, name)


def test_an_administrator_is_kept_out(cast: Cast, client: Client) -> None:
    client.force_login(cast.administrator)
    assert client.get("/practice/").status_code == 404
