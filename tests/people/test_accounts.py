"""Joiners, movers and leavers: what the administrator may do about accounts, and what nobody may."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.core import clock
from goldenthread.core.errors import BadInput, NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.people import actions
from goldenthread.people.models import Officer
from tests.conftest import Cast


def _told(deed: str) -> TrailEntry:
    return TrailEntry.objects.get(deed=deed)


def test_a_joiner_is_given_a_password_once(cast: Cast, client: Client) -> None:
    client.force_login(cast.administrator)
    page = client.post(
        reverse("account-open"),
        {"username": "lena", "name": "Lena Novak", "role": "worker", "team": str(cast.east.pk)},
    )
    lena = Officer.objects.get(username="lena")
    password = page.context["password"]
    assert password in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert lena.check_password(password)
    assert lena.must_change_password
    assert lena.joined_on == clock.today()
    assert password not in client.get(reverse("account", args=[lena.pk])).content.decode()
    told = _told("open account")
    assert (told.officer, told.detail["role"]) == ("kit", "worker")
    assert "Novak" not in str(told.detail)
    assert password not in str(told.detail)


@pytest.mark.parametrize("username", ["asha", "ASHA", "two words", ""])
def test_a_user_name_that_is_taken_or_odd_is_refused(cast: Cast, client: Client, username: str) -> None:
    before = Officer.objects.count()
    client.force_login(cast.administrator)
    page = client.post(
        reverse("account-open"), {"username": username, "name": "L", "role": "worker", "team": str(cast.east.pk)}
    )
    assert "There is a problem" in page.content.decode()
    assert Officer.objects.count() == before


def test_names_that_differ_by_capitals_are_one_name(cast: Cast) -> None:
    with pytest.raises(Refused, match="is taken"):
        actions.open_account(username="Asha", name="A", role="worker", by=cast.administrator)


def test_a_mover_s_change_is_told_before_and_after(cast: Cast) -> None:
    changed = actions.change_account(
        officer=cast.worker, by=cast.administrator, role="senior-practitioner", team=cast.west, name="Asha Brown"
    )
    assert changed == ["role", "team", "name"]
    told = _told("change account").detail["changed"]
    assert told["role"] == ["worker", "senior-practitioner"]
    assert told["team"] == [cast.east.pk, cast.west.pk]
    assert "Brown" not in str(told)


def test_the_same_again_changes_and_tells_nothing(cast: Cast) -> None:
    assert actions.change_account(officer=cast.worker, by=cast.administrator, role="worker") == []
    assert not TrailEntry.objects.filter(deed="change account").exists()


def test_nobody_raises_themselves_or_shuts_themselves_out(cast: Cast) -> None:
    kit = cast.administrator
    with pytest.raises(NotAllowed, match="their own role"):
        actions.change_account(officer=kit, by=kit, role="director")
    with pytest.raises(NotAllowed):
        actions.close_account(officer=kit, why="left", by=kit)
    with pytest.raises(NotAllowed):
        actions.issue_password(officer=kit, by=kit)
    kit.refresh_from_db()
    assert (kit.role, kit.is_active) == ("administrator", True)


def test_the_last_administrator_stays(cast: Cast) -> None:
    second, _ = actions.open_account(username="lee", name="Lee", role="administrator", by=cast.administrator)
    actions.close_account(officer=cast.administrator, why="left", by=second)
    cast.administrator.refresh_from_db()
    with pytest.raises(NotAllowed):  # who has left does nothing more
        actions.close_account(officer=second, why="left", by=cast.administrator)
    Officer.objects.filter(pk=second.pk).update(last_login=clock.now() - timedelta(days=400), opened_at=None)
    assert actions.close_dormant() == []


@pytest.mark.parametrize("who", ["worker", "manager", "head", "director", "quality", "member"])
def test_only_the_administrator_keeps_accounts(cast: Cast, who: str) -> None:
    by = getattr(cast, who)
    with pytest.raises(NotAllowed):
        actions.open_account(username="x", name="X", role="worker", by=by)
    with pytest.raises(NotAllowed):
        actions.change_account(officer=cast.stranger, by=by, role="director")
    with pytest.raises(NotAllowed):
        actions.close_account(officer=cast.stranger, why="left", by=by)
    with pytest.raises(NotAllowed):
        actions.reopen_account(officer=cast.stranger, by=by)
    with pytest.raises(NotAllowed):
        actions.issue_password(officer=cast.stranger, by=by)
    assert not TrailEntry.objects.exists()


def test_what_makes_no_sense_is_refused(cast: Cast) -> None:
    kit = cast.administrator
    with pytest.raises(BadInput):
        actions.change_account(officer=cast.worker, by=kit, role="king")
    with pytest.raises(BadInput):
        actions.change_account(officer=cast.worker, by=kit, password="x")
    with pytest.raises(BadInput):
        actions.close_account(officer=cast.worker, why="a long story about somebody", by=kit)
    with pytest.raises(Refused, match="open already"):
        actions.reopen_account(officer=cast.worker, by=kit)
    actions.close_account(officer=cast.worker, why="left", by=kit)
    with pytest.raises(Refused, match="closed already"):
        actions.close_account(officer=cast.worker, why="left", by=kit)
    with pytest.raises(Refused, match="reopen it first"):
        actions.issue_password(officer=cast.worker, by=kit)


def test_an_account_that_nobody_uses_closes_by_rule(cast: Cast) -> None:
    Officer.objects.filter(username="asha").update(last_login=clock.now() - timedelta(days=91))
    Officer.objects.filter(username="ben").update(last_login=clock.now() - timedelta(days=89))
    Officer.objects.filter(username="carys").update(opened_at=clock.now() - timedelta(days=91))
    assert {officer.username for officer in actions.close_dormant()} == {"asha", "carys"}
    told = TrailEntry.objects.filter(deed="close account").first()
    assert told is not None
    assert (told.officer, told.detail["reason"]) == ("system", "dormant")
    assert actions.close_dormant() == []


def test_a_dormant_account_closes_when_somebody_tries_it(cast: Cast, client: Client) -> None:
    Officer.objects.filter(username="asha").update(last_login=clock.now() - timedelta(days=91))
    page = client.post(reverse("sign-in"), {"username": "asha", "password": "golden-thread-demo"})
    assert "do not match an account in use" in page.content.decode()
    cast.worker.refresh_from_db()
    assert not cast.worker.is_active


def test_a_reopened_account_has_ninety_days_again(cast: Cast, client: Client) -> None:
    Officer.objects.filter(username="asha").update(last_login=clock.now() - timedelta(days=91))
    actions.close_dormant()
    password = actions.reopen_account(officer=cast.worker, by=cast.administrator)
    assert client.post(reverse("sign-in"), {"username": "asha", "password": password}).status_code == 302


def test_the_administrator_closes_and_reopens_by_page(cast: Cast, client: Client) -> None:
    client.force_login(cast.administrator)
    page = client.post(reverse("account-close", args=[cast.worker.pk]), {"why": "left"}, follow=True)
    assert "The account of Asha Verma is closed" in page.content.decode()
    page = client.post(reverse("account-reopen", args=[cast.worker.pk]))
    assert page.context["password"] in page.content.decode()
    page = client.post(reverse("account-password", args=[cast.administrator.pk]))
    assert page.status_code == 200
    assert "Change your own password on its page" in page.content.decode()
