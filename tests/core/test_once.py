"""One submission has one effect and one answer."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.core import clock
from goldenthread.core.drafts import load_draft
from goldenthread.core.keys import KEY, new_key, shown_at
from goldenthread.core.models import Draft, Submission, TrailEntry
from goldenthread.plan.models import Action, Plan
from tests.conftest import Cast
from tests.pages.test_plan_pages import client_of, plan, rec

__all__ = ["plan"]  # the fixture

FORM = {"text": "Put the check on the first page of the file.", "leads": "Dev Lindqvist, Team Manager"}


@pytest.fixture
def address(plan: Plan) -> str:
    """Where an action is added to 2.1."""
    return reverse("plan-action-add", args=[plan.pk, "2.1"])


def _added() -> int:
    return Action.objects.filter(text=FORM["text"]).count()


def test_the_same_form_twice_is_recorded_once_and_answered_alike(address: str, cast: Cast) -> None:
    client, form = client_of(cast.quality), {**FORM, KEY: new_key()}
    first, second = client.post(address, form), client.post(address, form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert "An action is added" in client.get(second["Location"]).content.decode()
    assert _added() == 1
    assert TrailEntry.objects.filter(deed="plan action added", officer="isla").count() == 1


def test_each_showing_of_a_form_has_a_key_of_its_own(address: str, cast: Cast) -> None:
    client = client_of(cast.quality)
    keys = [client.get(address).content.decode().split('name="submission" value="')[-1].split('"')[0] for _ in range(2)]
    assert keys[0] != keys[1]
    assert all(shown_at(key) for key in keys)


def test_a_refused_form_gives_its_key_back_and_keeps_the_words(address: str, cast: Cast) -> None:
    client, key = client_of(cast.quality), new_key()
    page = client.post(address, {**FORM, "leads": " ", KEY: key})
    assert "There is a problem" in page.content.decode()
    assert not Submission.objects.exists()
    assert "Put the check on the first page" in client.get(address).content.decode(), "kept without any script"
    assert client.post(address, {**FORM, KEY: key}).status_code == 302
    assert _added() == 1
    assert load_draft(cast.quality, address) is None


def test_the_same_key_with_other_words_writes_nothing_and_keeps_them(address: str, cast: Cast) -> None:
    client, key = client_of(cast.quality), new_key()
    client.post(address, {**FORM, KEY: key})
    page = client.post(address, {**FORM, "text": "Something else altogether, then.", KEY: key})
    assert page.status_code == 409
    assert "with other words" in page.content.decode()
    assert not Action.objects.filter(text__startswith="Something else").exists()
    assert "Something else altogether, then." in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("key", "why"), [("", "without its key"), ("nonsense", "without its key"), ("old", "more than a day ago")]
)
def test_a_form_without_a_key_that_counts_is_refused_and_its_words_kept(
    key: str, why: str, address: str, cast: Cast
) -> None:
    if key == "old":
        with clock.standing_at(clock.now() - timedelta(days=2)):
            key = new_key()
    client = client_of(cast.quality)
    page = client.post(address, {**FORM, KEY: key})
    assert page.status_code == 409
    assert why in page.content.decode()
    assert f'href="{address}"' in page.content.decode()
    assert _added() == 0
    assert "Put the check on the first page" in client.get(address).content.decode()


def test_a_key_belongs_to_one_officer_and_one_page(address: str, plan: Plan, cast: Cast) -> None:
    key = new_key()
    client_of(cast.quality).post(address, {**FORM, KEY: key})
    assert client_of(cast.head).post(address, {**FORM, KEY: key}).status_code == 409
    other = reverse("plan-action-add", args=[plan.pk, "1.1"])
    assert client_of(cast.quality).post(other, {**FORM, KEY: key}).status_code == 409
    assert _added() == 1
    assert rec(plan, "1.1").actions.filter(text=FORM["text"]).count() == 0


def test_answers_are_forgotten_after_a_day(address: str, cast: Cast) -> None:
    client = client_of(cast.quality)
    with clock.standing_at(clock.now() - timedelta(days=2)):
        client.post(address, {**FORM, KEY: new_key()})
    client.post(address, {**FORM, "text": "Another action, of today.", KEY: new_key()})
    assert Submission.objects.count() == 1


def test_a_page_that_the_role_does_not_open_looks_missing_with_or_without_a_key(address: str, cast: Cast) -> None:
    for key in (new_key(), ""):
        assert client_of(cast.worker).post(address, {**FORM, KEY: key}).status_code == 404
    assert not Submission.objects.exists()
    assert not Draft.objects.exists()


def test_what_fails_half_way_leaves_no_key_and_no_write(
    address: str, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("planted")

    client, key = Client(raise_request_exception=False), new_key()
    client.force_login(cast.quality)
    with monkeypatch.context() as planted:
        planted.setattr("goldenthread.plan.actions.refresh", broken)
        assert client.post(address, {**FORM, KEY: key}).status_code == 500
    assert (_added(), Submission.objects.count()) == (0, 0)
    assert client.post(address, {**FORM, KEY: key}).status_code == 302
    assert _added() == 1
