"""When the database cannot be written, a plain page says so and holds what was typed."""

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from goldenthread.core.keys import KEY, new_key
from goldenthread.plan.models import Plan
from tests.conftest import Cast
from tests.pages.test_plan_pages import plan

__all__ = ["plan"]  # the fixture


@pytest.mark.parametrize(
    ("fault", "heading"),
    [
        ("database or disk is full", "The disk is full"),
        ("server closed the connection unexpectedly", "The database cannot be reached"),
    ],
)
def test_the_words_are_on_the_page_and_go_again_under_the_same_key(
    fault: str, heading: str, plan: Plan, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OperationalError(fault)

    client, key = Client(raise_request_exception=False), new_key()
    client.force_login(cast.quality)
    address = reverse("plan-action-add", args=[plan.pk, "2.1"])
    monkeypatch.setattr("goldenthread.plan.actions.refresh", broken)
    answer = client.post(address, {"text": "Check <every> file.", "leads": "Dev Lindqvist", KEY: key})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert heading in page
    assert "Nothing was changed" in page
    assert "Check &lt;every&gt; file.</p>" in page
    assert f'name="submission" value="{key}"' in page
    assert f'action="{address}"' in page
    assert "Dev Lindqvist, Quality" not in page, "the frame reads no database"


@pytest.mark.django_db
def test_a_password_is_never_put_into_the_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OperationalError("database or disk is full")

    client = Client(raise_request_exception=False)
    monkeypatch.setattr("goldenthread.people.views.trail.write", broken)
    answer = client.post(reverse("sign-in"), {"username": "asha", "password": "golden-thread-demo"})
    assert answer.status_code == 503
    assert b"golden-thread-demo" not in answer.content
