"""The pages of closing a file: who sees what, and what they do."""

from datetime import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from goldenthread.cases.models import CaseFile, Child
from goldenthread.core.clock import LONDON
from goldenthread.core.models import TrailEntry
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.requirement import installed
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.closing import signing
from goldenthread.standards.allocation.closing.models import Closure, ClosureFamilyTold
from tests.conftest import Cast
from tests.standards.allocation.closing.conftest import Ask, Sign, excuse_all
from tests.standards.referrals.conftest import Hands, Take


def page(client: Client, officer: Officer, path: str) -> str:
    client.force_login(officer)
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def typed(at: datetime, name: str = "occurred_at") -> dict[str, str]:
    local = at.astimezone(LONDON)
    return {
        f"{name}_day": str(local.day), f"{name}_month": str(local.month), f"{name}_year": str(local.year),
        f"{name}_time": f"{local:%H:%M}",
    }  # fmt: skip


def test_everything_is_done_on_its_pages(file: CaseFile, cast: Cast, client: Client, hands: Hands) -> None:
    client.force_login(cast.worker)
    path = f"/files/{file.pk}/"
    assert "Ask to close this file" in page(client, cast.worker, path)
    given = {"reason": "moved", "changed": "They live with their aunt", "support": "The other council", **typed(hands.now, "asked_at")}  # fmt: skip
    assert client.post(f"{path}close/", given | {"changed": ""}).status_code == 200
    answer = client.post(f"{path}close/", given)
    closure = Closure.objects.get()
    own = closure.get_absolute_url()
    assert answer["Location"] == own
    shown = page(client, cast.worker, own)
    assert "You asked for this closure: Dev Lindqvist answers it" in shown
    assert "Elmbridge Primary is told" in shown
    assert "Sign off" not in shown
    assert "/excuse/" not in shown
    assert "Ask to close this file" not in page(client, cast.worker, path)
    school = closure.agencies.get().involved
    for key, more in (("family", {}), ("agency", {"agency": school.pk})):
        told = {"how": "phone", "words": "They were glad", **typed(hands.now), **more}
        assert client.post(f"{own}{key}/", told)["Location"] == own
    client.post(f"{own}chronology/", {"words": "Quiet since June", **typed(hands.now)})
    shown = page(client, cast.manager, own)
    assert "This file cannot be closed yet" in shown
    left = Obligation.objects.open().filter(case_file=file).exclude(requirement__startswith="allocation.c")
    assert shown.count("/excuse/") == left.count() > 3
    refused = client.post(f"{own}sign-off/", {"words": "I read it all", **typed(hands.now)})
    assert "one by one" in refused.content.decode()
    client.post(f"{own}return/", {"words": "See her once more", **typed(hands.now)})
    client.force_login(cast.worker)
    client.post(f"{own}again/", {"words": "I saw her", **typed(hands.now)})
    fact = ClosureFamilyTold.objects.get()
    mended = {"how": "visit", "words": "They were glad", "reason": "It was at home", **typed(hands.now)}
    assert client.post(f"{own}correct/closurefamilytold/{fact.pk}/", mended)["Location"] == own
    excuse_all(closure, cast)
    assert "cannot be closed yet" not in page(client, cast.manager, own)
    assert client.post(f"{own}sign-off/", {"words": "I read it all", **typed(hands.now)})["Location"] == own
    file.refresh_from_db()
    assert file.closed_at is not None
    assert "Nothing is owed on this file" in page(client, cast.manager, path)
    assert "correct/closureanswer" not in page(client, cast.manager, own), "an answer is not corrected: no link says so"
    client.post(f"{own}reopen/", {"words": "The aunt rang", **typed(hands.now)})
    file.refresh_from_db()
    assert file.closed_at is None


def test_what_ends_with_the_file_is_not_asked_for(closure: Closure, cast: Cast, client: Client) -> None:
    shown = page(client, cast.manager, closure.get_absolute_url())
    assert installed()["referrals.decision"].title in shown
    assert "talked over in supervision" not in shown


def test_who_may_not_open_the_file_sees_no_closure_of_it(closure: Closure, cast: Cast, client: Client) -> None:
    for other in (cast.stranger, cast.colleague, cast.quality, cast.member):
        client.force_login(other)
        assert client.get(closure.get_absolute_url()).status_code == (200 if other == cast.colleague else 404)
    assert "Juno Aldergate" not in page(client, cast.stranger, "/closures/")
    assert "Juno Aldergate" in page(client, cast.manager, "/closures/")
    entry = TrailEntry.objects.filter(deed="list closures").get()
    assert entry.detail["records"] == [f"closing.closure:{closure.pk}"]


def test_a_worker_may_not_sign_off(closure: Closure, cast: Cast, client: Client) -> None:
    client.force_login(cast.worker)
    for key in ("sign-off", "return", "reopen"):
        assert client.get(f"{closure.get_absolute_url()}{key}/").status_code == 404


def test_the_list_asks_no_more_of_more_closures(
    ask: Ask,
    take: Take,
    cast: Cast,
    client: Client,
    hands: Hands,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(3):
        child = Child.objects.create(given_names=f"Child {number}", family_name="Fenwick")
        ask(case_file=take(children=[child]).case_file)
    client.force_login(cast.manager)
    client.get("/closures/")
    with django_assert_max_num_queries(22):
        client.get("/closures/")


@pytest.fixture
def closed(ready: Closure, file: CaseFile, sign: Sign) -> CaseFile:
    sign(ready)
    file.refresh_from_db()
    return file


def test_a_child_who_is_referred_again_within_a_year_is_shown_on_both(
    closed: CaseFile, take: Take, child: Child, cast: Cast, client: Client, hands: Hands
) -> None:
    hands.on(days=300)
    later = take(children=[child])
    shown = page(client, cast.manager, later.get_absolute_url())
    assert f"Referred again: case file {closed} was closed on" in shown
    assert f'href="/files/{closed.pk}/"' in shown
    other = page(client, cast.manager, f"/files/{closed.pk}/")
    assert f"Referral {later.reference}" in other
    assert "Referred again" in other
    closure = Closure.objects.get()
    assert "Within twelve months of the closing" in page(client, cast.manager, closure.get_absolute_url())


def test_after_a_year_it_is_no_longer_again(
    closed: CaseFile, take: Take, child: Child, cast: Cast, client: Client, hands: Hands
) -> None:
    hands.on(days=370)
    assert "Referred again" not in page(client, cast.manager, take(children=[child]).get_absolute_url())


def test_of_another_teams_file_only_its_team_is_told(
    closed: CaseFile, take: Take, child: Child, cast: Cast, client: Client, hands: Hands
) -> None:
    CaseFile.objects.filter(pk=closed.pk).update(team=cast.west, worker=cast.stranger)
    from goldenthread.obligations.ledger import refresh_whole_file

    closed.refresh_from_db()
    refresh_whole_file(closed)
    hands.on(days=30)
    later = take(children=[child])
    shown = page(client, cast.worker, later.get_absolute_url())
    assert "a case file of Family support west was closed on" in shown
    assert f'href="/files/{closed.pk}/"' not in shown


def test_a_file_that_was_opened_again_does_not_count_as_closed(
    closed: CaseFile, take: Take, child: Child, cast: Cast, client: Client, hands: Hands
) -> None:
    signing.reopen(closure=Closure.objects.get(), words="The aunt rang", occurred_at=hands.now, by=cast.manager)
    hands.on(days=30)
    assert "Referred again" not in page(client, cast.manager, take(children=[child]).get_absolute_url())
