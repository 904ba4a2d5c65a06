"""The pages of allocation, and of files that nobody has: who sees what, and what they do."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goldenthread.cases.models import CaseFile, Child
from goldenthread.core.clock import LONDON
from goldenthread.core.models import TrailEntry
from goldenthread.obligations.handover import hand_over
from goldenthread.people.accounts import close_account
from goldenthread.people.models import Officer
from goldenthread.reports.models import PublishedReport
from goldenthread.standards.allocation.allocating import on_file, telling
from goldenthread.standards.allocation.allocating.models import (
    Allocation,
    AllocationAnswer,
    AllocationDiscussed,
    RefusalRuling,
    WaitCycle,
    WaitHeard,
    WaitReportSent,
    WaitTold,
)
from tests.conftest import Cast
from tests.standards.allocation.allocating.conftest import Allocate
from tests.standards.referrals.conftest import Hands, Take

pytestmark = pytest.mark.django_db


def page(client: Client, officer: Officer, path: str) -> str:
    client.force_login(officer)
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def when(name: str = "occurred_at", time: str = "12:00") -> dict[str, str]:
    return {f"{name}_day": "1", f"{name}_month": "10", f"{name}_year": "2003", f"{name}_time": time}


def form(cast: Cast, **other: Any) -> dict[str, Any]:
    return {
        "worker": cast.colleague.pk, "purpose": "Find out whether home is safe", "expected": "See the child alone this week",
        "who_1": "The health visitor", "what_1": "Weighs the child on Monday", "other_2": cast.senior.pk,
        "what_2": "Comes along", **when("allocated_at"), **other,
    }  # fmt: skip


def test_a_file_is_allocated_with_what_everybody_carries_before_ones_eyes(
    waiting: CaseFile, cast: Cast, client: Client, hands: Hands
) -> None:
    hands.on(hours=1)
    path = f"/files/{waiting.pk}/allocate/"
    shown = page(client, cast.manager, path)
    assert "Who carries how much in Referral and assessment east, lightest first" in shown
    assert "rough measure" in shown
    assert shown.index("Ben Okafor") < shown.index("What is the intervention for?")
    said = client.post(path, form(cast, purpose="n/a", what_3="Comes too")).content.decode()
    assert "says nothing that someone else could act on" in said
    assert "Comes too" in said, "what was typed stays"
    done = client.post(path, form(cast))
    made = Allocation.objects.get()
    assert done["Location"] == made.get_absolute_url()
    shown = page(client, cast.colleague, made.get_absolute_url())
    for words in ("Find out whether home is safe", "See the child alone", "The health visitor", "Carys Pugh"):
        assert words in shown
    assert f"{made.get_absolute_url()}answer/" in shown
    assert f"{made.get_absolute_url()}answer/" not in page(client, cast.manager, made.get_absolute_url())


def test_who_allocates_second_sees_what_the_first_one_did(waiting: CaseFile, cast: Cast, client: Client) -> None:
    client.force_login(cast.manager)
    path = f"/files/{waiting.pk}/allocate/"
    stale = {"version": "0" * 24}
    said = client.post(path, form(cast, **when("allocated_at", "11:00")) | stale).content.decode()
    assert "changed after you opened the page" in said
    assert "nobody yet" in said
    assert Allocation.objects.count() == 0


def test_answer_ruling_and_supervision_are_recorded_on_its_page(
    allocate: Allocate, cast: Cast, client: Client, hands: Hands
) -> None:
    own = allocate().get_absolute_url()
    hands.on(hours=2)
    client.force_login(cast.colleague)
    client.post(f"{own}answer/", {"answer": "refused", "words": "Leave from Monday", **when(time="14:00")})
    assert "cannot take it on" in page(client, cast.manager, own)
    client.post(f"{own}rule/", {"words": "Carys helps until then", **when(time="14:00")})
    client.post(f"{own}discuss/", {"words": "What to do at a shut door", **when(time="14:00")})
    kinds = (AllocationAnswer, RefusalRuling, AllocationDiscussed)
    assert [kind._default_manager.count() for kind in kinds] == [1, 1, 1]
    talked = AllocationDiscussed.objects.get()
    fixed = {"words": "What to do when nobody opens", "reason": "Clearer", **when(time="14:00")}
    assert client.post(f"{own}correct/allocationdiscussed/{talked.pk}/", fixed).status_code == 302
    shown = page(client, cast.manager, own)
    assert "A manager ruled that it stands" in shown
    assert "What it said before" in shown
    assert client.get(f"{own}correct/waittold/1/").status_code == 404


def test_others_find_nothing(allocate: Allocate, waiting: CaseFile, cast: Cast, client: Client) -> None:
    own, file = allocate().get_absolute_url(), f"/files/{waiting.pk}/"
    paths = (own, f"{own}discuss/", f"{file}allocate/", f"{file}no-worker/", f"{file}no-worker/tell/")
    for officer in (cast.stranger, cast.quality, cast.member):
        client.force_login(officer)
        for path in paths:
            assert client.get(path).status_code == 404
    client.force_login(cast.colleague)
    assert client.get(f"{file}allocate/").status_code == 404, "he holds the file, and does not decide"
    assert "Aldergate" not in page(client, cast.stranger, "/unallocated/")


def test_the_files_page_says_who_has_it_and_for_what_or_that_it_is_owed(
    allocate: Allocate, waiting: CaseFile, cast: Cast, client: Client, hands: Hands
) -> None:
    file = f"/files/{waiting.pk}/"
    assert "Nobody is named as the worker" in page(client, cast.manager, file)
    hand_over(case_file=waiting, team=cast.east, worker=cast.senior, since_at=hands.now, by=cast.manager)
    shown = page(client, cast.manager, file)
    assert "Nobody has said what the case is for" in shown
    assert f"{file}allocate/" in shown
    hands.on(hours=1)
    made = allocate(allocated_at=hands.now)
    shown = page(client, cast.colleague, file)
    assert "Not answered yet" in shown
    assert "What for: Find out whether it is safe" in shown
    assert made.get_absolute_url() in shown
    with CaptureQueriesContext(connection) as asked:
        waiting.refresh_from_db()
        on_file.section(cast.manager, waiting, may_record=True)
    assert len(asked) <= 3, "two, beside the file itself"


def test_a_wait_is_told_up_the_chain_and_answered(waiting: CaseFile, cast: Cast, client: Client, hands: Hands) -> None:
    hands.on(hours=1)
    file = f"/files/{waiting.pk}/no-worker/"
    shown = page(client, cast.manager, file)
    assert "No worker since" in shown
    assert f"{file}tell/?rank=team-manager" in shown
    given = {"risk": "watched", "words": "Nobody is free before Monday", **when(time="12:00")}
    client.post(f"{file}tell/", given | {"to": cast.manager.pk})
    client.post(f"{file}tell/", given | {"to": cast.group_manager.pk})
    assert [one.rank for one in WaitTold.objects.all()] == ["team-manager", "group-manager"], "the next one each time"
    told = WaitTold.objects.get(rank="group-manager")
    shown = page(client, cast.group_manager, file)
    assert f"{file}{told.pk}/answer/" in shown
    assert f"{file}{told.pk}/answer/" not in page(client, cast.manager, file)
    mine = client.post(f"{file}{told.pk}/answer/", {"words": "Ben takes it", **when()}).content.decode()
    assert "answered by whoever was told" in mine
    client.force_login(cast.group_manager)
    client.post(f"{file}{told.pk}/answer/", {"words": "Ben takes it from Friday", **when(time="12:00")})
    assert WaitHeard.objects.get().by == cast.group_manager
    fixed = {"risk": "danger", "words": "Nobody is free", "reason": "Seen anew", **when(time="12:00")}
    client.force_login(cast.manager)
    assert client.post(f"{file}correct/waittold/{told.pk}/", fixed).status_code == 302
    assert client.get(f"{file}correct/allocationanswer/1/").status_code == 404
    shown = page(client, cast.manager, file)
    assert "Farid Haddad, group manager, was told" in shown
    assert "Dev Lindqvist, team manager, knows of it" in shown
    assert "Aldergate" not in shown, "whoever reads it may be above the group manager"


def test_the_list_names_children_to_those_up_to_the_group_manager_and_says_who_is_next(
    waiting: CaseFile, cast: Cast, client: Client, hands: Hands
) -> None:
    hands.on(days=2)
    telling.tell_of_wait(
        case_file=waiting, rank="team-manager", to=cast.manager, risk="danger", words="Duty looks in twice a day",
        occurred_at=hands.now, by=cast.manager,
    )  # fmt: skip
    for officer in (cast.manager, cast.group_manager, cast.senior):
        assert "Juno Aldergate" in page(client, officer, "/unallocated/")
    for officer in (cast.head, cast.director):
        shown = page(client, officer, "/unallocated/")
        assert "Aldergate" not in shown
        assert waiting.reference in shown
    for words in ("1 child", "A child may be in danger", "Dev Lindqvist, team manager", "Group manager", "2.0"):
        assert words in shown
    entry = TrailEntry.objects.filter(deed="list files without a worker").last()
    assert entry is not None
    assert f"cases.casefile:{waiting.pk}" in str(entry.detail)
    assert "Every open case file that you may open has a worker" in page(client, cast.stranger, "/unallocated/")


def test_the_list_asks_no_more_for_more_files(
    waiting: CaseFile, take: Take, cast: Cast, client: Client, hands: Hands
) -> None:
    hands.on(minutes=5)
    with CaptureQueriesContext(connection) as one:
        assert "Juno Aldergate" in page(client, cast.manager, "/unallocated/")
    for number in range(4):
        child = Child.objects.create(given_names="Eli", family_name=f"Fenwick {number}")
        take(children=[child], worker=None, team=cast.east)
    hands.on(minutes=5)
    with CaptureQueriesContext(connection) as five:
        shown = page(client, cast.manager, "/unallocated/")
    assert "Fenwick 3" in shown
    assert len(five) <= len(one)


def test_what_is_owed_about_a_holding_leads_to_its_file(
    waiting: CaseFile, cast: Cast, client: Client, hands: Hands
) -> None:
    holding = waiting.holdings.last()
    assert holding is not None
    client.force_login(cast.manager)
    path = reverse("record", args=["cases.holding", holding.pk])
    assert client.get(path)["Location"] == f"/files/{waiting.pk}/no-worker/"
    client.force_login(cast.stranger)
    assert client.get(path).status_code == 404
    assert "the team manager knows of it" in page(client, cast.manager, "/")


def test_the_figures_are_kept_and_sent_from_their_page(cast: Cast, client: Client, hands: Hands) -> None:
    path = "/unallocated/reports/"
    assert "none is owed" in page(client, cast.member, path)
    client.force_login(cast.head)
    client.post(f"{path}keeper/", {})
    assert WaitCycle.objects.get().officer == cast.head
    hands.now = datetime(2003, 10, 7, 10, tzinfo=LONDON)
    shown = page(client, cast.head, path)
    assert "Not sent yet" in shown
    own = f"{path}week/2003-10-05/send/"
    assert own in shown
    assert own not in page(client, cast.member, path)
    client.force_login(cast.head)
    assert client.get(f"{path}week/2003-10-06/send/").status_code == 404
    assert client.get(f"{path}day/2003-10-05/send/").status_code == 404
    client.post(own, {})
    assert WaitReportSent.objects.get().as_at == date(2003, 10, 5)
    assert PublishedReport.objects.get().get_absolute_url() in page(client, cast.member, path)
    client.force_login(cast.head)
    assert "sent already" in client.post(own, {}).content.decode()


def test_a_file_that_is_named_to_somebody_who_left_is_shown_too(
    allocate: Allocate, waiting: CaseFile, cast: Cast, client: Client
) -> None:
    allocate()
    assert "has left" not in page(client, cast.manager, "/unallocated/")
    close_account(officer=cast.colleague, reason="Left for another council", by=cast.administrator)
    shown = page(client, cast.manager, "/unallocated/")
    assert "Named to somebody who has left" in shown
    assert "Ben Okafor" in shown
    assert "Aldergate" in shown
    assert "Aldergate" not in page(client, cast.head, "/unallocated/")
