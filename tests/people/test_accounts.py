"""Joiners, movers and leavers."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.core import clock, trail
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.people import access_review, account_history, accounts, second_factor
from goldenthread.people.models import AccessReview, Officer
from tests.conftest import Cast

PASSWORD = "golden-thread-demo"
JOINER = {"username": "lena.ash", "name": "Lena Ash", "email": "", "role": "worker", "team": "", "area": "", "post": ""}


@pytest.fixture
def kit(cast: Cast) -> Client:
    """The administrator's browser."""
    client = Client()
    client.force_login(cast.administrator)
    return client


def _sign_in(username: str, password: str = PASSWORD) -> Client:
    client = Client()
    client.post(reverse("sign-in"), {"username": username, "password": password})
    return client


def _one_time_password(page: str) -> str:
    found = re.search(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){3}", page)
    assert found, page
    return found[0]


def test_a_joiner_signs_in_with_a_one_time_password_and_changes_it_first(cast: Cast, kit: Client) -> None:
    page = kit.post(reverse("account-open"), {**JOINER, "team": cast.east.pk})
    assert page["Cache-Control"] == "no-store"
    password = _one_time_password(page.content.decode())
    lena = Officer.objects.get(username="lena.ash")
    assert (lena.role, lena.team, lena.joined_on) == ("worker", cast.east, clock.today())
    for path in ("accounts", "account"):
        args = [lena.pk] if path == "account" else []
        assert password not in kit.get(reverse(path, args=args)).content.decode()
    assert not TrailEntry.objects.filter(detail__icontains=password).exists()
    client = _sign_in("lena.ash", password)
    assert client.get("/")["Location"] == reverse("password")
    same = client.post(reverse("password"), {"present_password": password, "new_password": password})
    assert "not your present one" in same.content.decode()
    client.post(reverse("password"), {"present_password": password, "new_password": "three words apart"})
    assert client.get("/").status_code == 200


def test_a_user_name_that_is_taken_opens_nothing(cast: Cast, kit: Client) -> None:
    before = Officer.objects.count()
    page = kit.post(reverse("account-open"), {**JOINER, "username": "asha"})
    assert "is taken" in page.content.decode()
    assert Officer.objects.count() == before


def test_a_change_of_role_counts_at_the_next_request(cast: Cast, kit: Client) -> None:
    client = _sign_in("isla")
    assert client.get(reverse("plan-import")).status_code == 200
    change = {"name": "Isla Brandt", "email": "", "role": "executive-member", "team": "", "area": "", "post": ""}
    assert kit.post(reverse("account-change", args=[cast.quality.pk]), change).status_code == 302
    assert client.get(reverse("plan-import")).status_code == 404
    entry = TrailEntry.objects.get(deed="change account")
    assert entry.detail["changed"]["role"] == ["quality-officer", "executive-member"]
    assert "Isla" not in str(entry.detail)


def test_a_leaver_s_open_session_ends_at_once_and_does_not_come_back(cast: Cast, kit: Client) -> None:
    client = _sign_in("asha")
    assert client.get("/").status_code == 200
    kit.post(reverse("account-close", args=[cast.worker.pk]), {"reason": "Left on Friday"})
    assert client.get("/").status_code == 302
    assert _sign_in("asha").get("/").status_code == 302
    page = kit.post(reverse("account-reopen", args=[cast.worker.pk]), {"reason": "Came back"}).content.decode()
    assert client.get("/").status_code == 302
    assert _sign_in("asha").get("/").status_code == 302
    assert _sign_in("asha", _one_time_password(page)).get("/")["Location"] == reverse("password")
    assert "Friday" not in str(list(TrailEntry.objects.values_list("detail", flat=True)))


def test_a_new_password_and_a_reset_second_factor_end_the_sessions(cast: Cast, kit: Client) -> None:
    first = _sign_in("asha")
    kit.post(reverse("account-new-password", args=[cast.worker.pk]), {"reason": "Forgot it"})
    assert first.get("/").status_code == 302
    second_factor.add(secret=second_factor.new_secret(), step=0, by=cast.colleague)
    second = Client()
    second.force_login(cast.colleague)
    assert second.get("/").status_code == 200
    kit.post(reverse("account-reset-second-factor", args=[cast.colleague.pk]), {"reason": "Lost the phone"})
    assert second.get("/").status_code == 302
    assert not second_factor.has_one(cast.colleague)
    assert {"reset password", "second factor removed"} <= set(TrailEntry.objects.values_list("deed", flat=True))


def test_an_administrator_who_stepped_away_proves_themselves_first(
    cast: Cast, kit: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = clock.now() + timedelta(minutes=6)
    monkeypatch.setattr(clock.timezone, "now", lambda: later)
    answer = kit.post(reverse("account-close", args=[cast.worker.pk]), {"reason": "Left"})
    assert answer["Location"].startswith(reverse("step-up"))
    cast.worker.refresh_from_db()
    assert cast.worker.is_active


def test_nobody_administers_their_own_account_and_the_last_administrator_stays(cast: Cast) -> None:
    kit = cast.administrator
    with pytest.raises(NotAllowed):
        accounts.change_account(officer=kit, by=kit, role="director")
    with pytest.raises(NotAllowed):
        accounts.close_account(officer=cast.worker, reason="x", by=cast.head)
    second, _ = accounts.open_account(
        username="second", name="Second", email="", role="administrator", team=None, area=None, post=None, by=kit
    )
    accounts.close_account(officer=kit, reason="left", by=second)
    with pytest.raises(NotAllowed):
        accounts.close_account(officer=second, reason="x", by=Officer.objects.get(pk=kit.pk))
    assert Officer.objects.filter(role="administrator", is_active=True).count() == 1


def test_an_administrator_opens_no_record(cast: Cast, kit: Client) -> None:
    for page in ("referrals", "teams", "referral-search"):
        assert kit.get(reverse(page)).status_code == 404


def test_an_account_that_nobody_uses_closes_by_itself(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    _sign_in("ben")
    later = clock.now() + timedelta(days=89)
    monkeypatch.setattr(clock.timezone, "now", lambda: later)
    _sign_in("carys")
    later += timedelta(days=2)
    assert _sign_in("asha").get("/").status_code == 302
    closed = accounts.close_dormant(by=cast.head)
    assert {officer.username for officer in closed} == {o.username for o in cast.all()} - {"asha", "carys", "kit"}
    assert Officer.objects.get(username="kit").is_active, "the last administrator"
    assert _sign_in("carys").get("/").status_code == 200


def test_a_review_says_yes_or_what_should_change(cast: Cast) -> None:
    with pytest.raises(Refused, match="Say what should change"):
        accounts.review(officer=cast.worker, right=False, words=" ", by=cast.head)
    with pytest.raises(NotAllowed):
        accounts.review(officer=cast.head, right=True, words="", by=cast.head)
    with pytest.raises(NotAllowed):
        accounts.review(officer=cast.head, right=True, words="", by=cast.worker)
    accounts.review(officer=cast.worker, right=False, words="Moved to the west", by=cast.head)
    assert AccessReview.objects.get().words == "Moved to the west"


def test_a_manager_reviews_the_accounts_of_their_own_line_and_no_others(cast: Cast, kit: Client) -> None:
    kit.post(reverse("account-new-password", args=[cast.worker.pk]), {"reason": "Forgot it"})
    client = Client()
    client.force_login(cast.manager)
    page = client.get(reverse("access-review")).content.decode()
    assert "Asha Verma" in page
    assert "Efua Mensah" not in page
    assert client.get(reverse("account-review", args=[cast.stranger.pk])).status_code == 404
    assert client.get(reverse("account-review", args=[cast.manager.pk])).status_code == 404
    here = reverse("account-review", args=[cast.worker.pk])
    assert "Say what should change" in client.post(here, {"right": "no", "words": ""}).content.decode()
    before = {row.officer.username: row for row in access_review.rows(Officer.objects.all())}
    assert (before["asha"].changes, before["asha"].review) == (1, None)
    assert client.post(here, {"right": "yes"}).status_code == 302
    after = {row.officer.username: row for row in access_review.rows(Officer.objects.all())}
    assert (after["asha"].changes, after["asha"].review and after["asha"].review.right) == (0, True)
    with pytest.raises(NotAllowed):
        accounts.review(officer=cast.stranger, right=True, words="", by=cast.manager)
    head = Client()
    head.force_login(cast.head)
    assert "Efua Mensah" in head.get(reverse("access-review")).content.decode()
    assert kit.get(reverse("access-review")).status_code == 404


def test_why_an_account_was_closed_reset_or_opened_again_can_be_read(cast: Cast, kit: Client) -> None:
    second_factor.add(secret=second_factor.new_secret(), step=0, by=cast.worker)
    given = (
        ("account-new-password", "Forgot it on holiday"), ("account-reset-second-factor", "Lost the phone on a bus"),
        ("account-close", "Left for another council"), ("account-reopen", "Came back after all"),
    )  # fmt: skip
    for name, reason in given:
        kit.post(reverse(name, args=[cast.worker.pk]), {"reason": reason})
    accounts.change_account(officer=cast.worker, role="senior-practitioner", team=cast.west, by=cast.administrator)
    for words in TrailEntry.objects.values_list("detail", flat=True):
        assert not any(reason in str(words) for _, reason in given)  # locked: the database alone cannot read it
    found = [(change.what, change.reason, change.by) for change in account_history.changes_of(cast.worker)]
    assert found == [
        ("Changed: role: Social worker, now Senior practitioner; "
         "team: Referral and assessment east, now Family support west", "", "Kit Adeyemi"),
        ("Opened again", "Came back after all", "Kit Adeyemi"),
        ("Closed", "Left for another council", "Kit Adeyemi"),
        ("Second factor taken away", "Lost the phone on a bus", "Kit Adeyemi"),
        ("One-time password given", "Forgot it on holiday", "Kit Adeyemi"),
    ]  # fmt: skip
    cast_head = Client()
    cast_head.force_login(cast.head)
    for client, name in ((kit, "account"), (cast_head, "account-review")):
        page = client.get(reverse(name, args=[cast.worker.pk])).content.decode()
        assert "Lost the phone on a bus" in page, name
    with pytest.raises(Refused, match="Say why"):
        accounts.close_account(officer=cast.worker, reason=" ", by=cast.administrator)


def test_a_reason_that_cannot_be_read_is_said_to_be_so(cast: Cast, settings: Any) -> None:
    accounts.new_password(officer=cast.worker, reason="Forgot it", by=cast.administrator)
    trail.write("close account", cast.worker, by=cast.administrator, reason=trail.fingerprint("Left"))
    trail.write("close account", cast.worker, by=cast.administrator, why="not used", days=90)
    settings.TRAIL_KEY = "another key"
    assert [change.reason for change in account_history.changes_of(cast.worker)] == [
        "Nobody had used it", "Only a fingerprint of it was kept", "It is locked under a key that is no longer here",
    ]  # fmt: skip
