"""The pages of transfers: who sees what, and what they do."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from goldenthread.cases.models import CaseFile, Child
from goldenthread.core.models import TrailEntry
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.transferring.models import Transfer, TransferDone, TransferObstacle
from tests.conftest import Cast
from tests.standards.allocation.transferring.conftest import Deeds, Do
from tests.standards.referrals.conftest import Hands, Take


def page(client: Client, officer: Officer, path: str) -> str:
    client.force_login(officer)
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def when(name: str = "occurred_at", day: int = 1, time: str = "10:00") -> dict[str, str]:
    return {f"{name}_day": str(day), f"{name}_month": "10", f"{name}_year": "2003", f"{name}_time": time}


def test_everything_is_done_on_its_pages(
    case_file: CaseFile, receiver: Officer, cast: Cast, client: Client, hands: Hands
) -> None:
    client.force_login(cast.manager)
    given = {"to_team": cast.west.pk, "why": "Needs support", "asked": "Weekly visits", **when("asked_at")}
    assert client.post(f"/files/{case_file.pk}/transfer/", given | {"why": ""}).status_code == 200
    done = client.post(f"/files/{case_file.pk}/transfer/", given)
    transfer = Transfer.objects.get()
    own = transfer.get_absolute_url()
    assert done["Location"] == own
    said = page(client, receiver, own)
    assert "because your team is asked" in said
    assert "Hand the case over" not in said
    assert "Write the handover record" not in said
    assert "/excuse/" not in said
    client.post(
        f"{own}obstacle/",
        {
            "side": "receiving",
            "kind": "plan",
            "what": "The review has no date",
            "owner": cast.manager.pk,
            **when(),
            **when("due", 9),
        },
    )
    obstacle = TransferObstacle.objects.get()
    client.post(f"{own}accept/", {"worker": cast.stranger.pk, "words": "", **when("starts_on"), **when()})
    client.force_login(cast.worker)
    client.post(f"{own}handover/", {"where": "Assessed", "risks": "Nights", "told": "Juno knows", **when()})
    assert "Outstanding when it was handed over" in page(client, cast.worker, own)
    child = case_file.children.get().pk
    client.post(
        f"{own}visit/",
        {
            "made": "yes",
            "sender": cast.worker.pk,
            "receiver": cast.stranger.pk,
            "children": [child],
            "words": "Shy",
            **when(),
        },
    )
    client.force_login(cast.manager)
    refused = client.post(f"{own}complete/", {"worker": cast.stranger.pk, **when()})
    assert "An obstacle is not cleared yet" in refused.content.decode()
    client.post(
        f"{own}obstacles/{obstacle.pk}/move/",
        {"owner": receiver.pk, "why": "Petra knows the chair", **when("due", 12), **when()},
    )
    client.post(f"{own}obstacles/{obstacle.pk}/clear/", {"how": "It is on Monday", **when()})
    assert client.get(f"{own}obstacles/999/clear/").status_code == 404
    done = client.post(f"{own}complete/", {"worker": cast.stranger.pk, **when()})
    assert done["Location"] == "/transfers/"  # the case is not theirs any more
    assert TransferDone.objects.get().worker == cast.stranger
    assert client.get(own).status_code == 404
    said = page(client, cast.stranger, own)
    for words in ("The case went over to Efua Mensah", "Shy", "Nights", "Petra knows the chair", "It is on Monday"):
        assert words in said
    assert ">Done<" in said


def test_who_sees_a_transfer(deeds: Deeds, case_file: CaseFile, cast: Cast, client: Client, receiver: Officer) -> None:
    own = deeds.transfer.get_absolute_url()
    for officer in (cast.worker, cast.manager, receiver, cast.head):
        said = page(client, officer, own)
        assert "Aldergate" in said
        assert "Aldergate" not in said.partition("</title>")[0]
    for path in (own, f"{own}accept/", f"{own}obstacle/"):
        client.force_login(cast.stranger)
        assert client.get(path).status_code == 404
    assert "Aldergate" in page(client, receiver, f"/files/{case_file.pk}/")
    assert TrailEntry.objects.filter(deed="read transfer", why="receiving team").exists()
    deeds.withdraw()
    client.force_login(receiver)
    assert client.get(own).status_code == 404
    assert client.get(f"/files/{case_file.pk}/").status_code == 404


def test_the_meeting_lists_every_obstacle_longest_first(
    deeds: Deeds, ask: Do, take: Take, cast: Cast, client: Client, hands: Hands, receiver: Officer
) -> None:
    deeds.obstacle()
    hands.on(days=1)
    other = Child.objects.create(given_names="Ada", family_name="Fenwick")
    ask(case_file=take(children=[other]).case_file)
    hands.on(days=9)
    for officer in (cast.manager, receiver, cast.head):
        said = page(client, officer, "/transfers/")
        assert said.index("Aldergate") < said.index("Fenwick")
        assert "The review has no date" in said
        assert "over its day by" in said
        assert "Not answered yet" in said
    assert "Aldergate" not in page(client, cast.stranger, "/transfers/")
    entry = TrailEntry.objects.filter(deed="list transfers", officer="petra").get()
    assert str(deeds.transfer.pk) in str(entry.detail)


def test_the_meeting_asks_no_more_for_more(
    deeds: Deeds, ask: Do, take: Take, cast: Cast, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    deeds.obstacle()
    client.force_login(cast.head)
    client.get("/transfers/")
    with django_assert_max_num_queries(22) as few:
        client.get("/transfers/")
    for name in ("Ada", "Bo", "Cy"):
        child = Child.objects.create(given_names=name, family_name="Fenwick")
        made = ask(case_file=take(children=[child]).case_file)
        deeds.obstacle(transfer=made)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get("/transfers/")


@pytest.mark.parametrize(
    "path", ["accept", "disagree", "rule", "complete", "withdraw", "handover", "visit", "obstacle"]
)
def test_what_is_refused_stays_in_the_form(deeds: Deeds, cast: Cast, client: Client, hands: Hands, path: str) -> None:
    client.force_login(cast.head)
    answer = client.post(f"{deeds.transfer.get_absolute_url()}{path}/", when(day=2))
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()


def test_a_fact_is_corrected_on_its_page(deeds: Deeds, cast: Cast, client: Client, hands: Hands) -> None:
    hands.on(hours=1)
    record = deeds.handover()
    own = deeds.transfer.get_absolute_url()
    path = f"{own}correct/handoverrecord/{record.pk}/"
    assert path in page(client, cast.worker, own)
    given = {
        "where": "Assessed twice",
        "risks": record.risks,
        "told": record.told,
        "reason": "Left out",
        **when(time="11:00"),
    }
    assert client.post(path, given)["Location"] == own
    assert "Assessed twice" in page(client, cast.worker, own)
    assert client.get(f"{own}correct/handoverrecord/999/").status_code == 404
    assert client.get(f"{own}correct/transferdone/1/").status_code == 404


def test_a_case_file_leads_to_its_transfers(case_file: CaseFile, ask: Do, cast: Cast, client: Client) -> None:
    path = f"/files/{case_file.pk}/"
    assert f"{path}transfer/" in page(client, cast.manager, path)
    assert f"{path}transfer/" not in page(client, cast.worker, path)
    made = ask()
    said = page(client, cast.manager, path)
    assert f"{path}transfer/" not in said
    assert made.get_absolute_url() in said
