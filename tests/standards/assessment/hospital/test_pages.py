"""The pages of children in hospital: who sees what, and what they do."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from goldenthread.core.models import TrailEntry
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.hospital import actions
from goldenthread.standards.assessment.hospital.models import (
    Discharge,
    DischargePlan,
    Escalation,
    HarmReview,
    HospitalNotification,
    StepTaken,
    WardVisit,
)
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.standards.assessment.hospital.conftest import Tell
from tests.standards.referrals.conftest import Hands, Take


def page(client: Client, officer: Officer, path: str) -> str:
    client.force_login(officer)
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def when(name: str = "occurred_at", time: str = "10:00") -> dict[str, str]:
    return {f"{name}_day": "1", f"{name}_month": "10", f"{name}_year": "2003", f"{name}_time": time}


def test_everything_is_done_on_its_pages(referral: Referral, cast: Cast, client: Client, hands: Hands) -> None:
    client.force_login(cast.worker)
    path = f"/files/{referral.case_file_id}/hospital/"
    given = {
        "told": "emergency", "told_by": "Dr Imrie", "hospital": "Elmbridge General", "children": [referral.children.get().pk],
        "concern": "A burn with an even edge", "harm": "yes", "referral": referral.pk,
        **when("received_at"), **when("admitted_at", "08:00"),
    }  # fmt: skip
    assert client.post(path, given | {"children": []}).status_code == 200
    done = client.post(path, given)
    told = HospitalNotification.objects.get()
    own = told.get_absolute_url()
    assert done["Location"] == own
    assert told.referral == referral
    refused = client.post(f"{own}discharge/", {"how": "planned", "where_to": "Home", **when()})
    assert "There is no discharge plan" in refused.content.decode()
    client.post(f"{own}visit/", {"seen": "Quiet, and watches the door", **when()})
    client.post(f"{own}step/", {"step": "doctor", "needed": "yes", "words": "Dr Imrie", **when()})
    client.post(f"{own}harm/", {"answer": "not-known", "why": "The hot tap may have done it", **when()})
    plan = {
        "where_to": "Foster carers", "with_whom": "Mr and Mrs Adair", "visits": "Asha, tomorrow", "consultant": "Dr Imrie",
        "worker": cast.worker.pk, "manager": cast.manager.pk, **when(),
    }  # fmt: skip
    client.post(f"{own}plan/", plan)
    client.post(f"{own}discharge/", {"how": "planned", "where_to": "Foster carers", **when()})
    kinds = (WardVisit, StepTaken, HarmReview, DischargePlan, Discharge)
    assert [kind._default_manager.count() for kind in kinds] == [1] * 5
    visit = WardVisit.objects.get()
    fixed = {"seen": "Quiet", "reason": "Too much said", **when()}
    assert client.post(f"{own}correct/wardvisit/{visit.pk}/", fixed).status_code == 302
    assert client.post(f"{own}correct/wardvisit/{visit.pk}/", fixed | {"withdrawn": "on"}).status_code == 302
    shown = page(client, cast.worker, own)
    assert "Taken back: Seen on the ward" in shown
    assert referral.get_absolute_url() in shown
    assert own in page(client, cast.worker, referral.get_absolute_url()), "and back"
    for kind, pk in (("wardvisit", 999), ("referral", 1)):
        assert client.get(f"{own}correct/{kind}/{pk}/").status_code == 404


def test_a_discharge_without_a_plan_shows_in_red_and_is_answered(
    told: HospitalNotification, cast: Cast, client: Client, hands: Hands
) -> None:
    own = told.get_absolute_url()
    client.force_login(cast.worker)
    client.post(
        f"{own}discharge/", {"how": "removed", "where_to": "Not known", "done": "The police were rung", **when()}
    )
    shown = page(client, cast.worker, own)
    assert "not as agreed, and somebody may have harmed this child" in shown
    assert f"{own}escalation/" not in shown, "not for a worker to answer"
    assert f"{own}escalation/" in page(client, cast.group_manager, own)
    assert "Left, not as agreed" in page(client, cast.worker, f"/files/{told.case_file_id}/")
    client.force_login(cast.manager)
    said = client.post(f"{own}escalation/", {"words": "Visit tonight", **when()}).content.decode()
    assert "answered by a group manager or above" in said
    client.force_login(cast.group_manager)
    client.post(f"{own}escalation/", {"words": "Visit tonight with the police", **when()})
    assert Escalation.objects.get().by == cast.group_manager


def test_others_see_nothing_of_it(told: HospitalNotification, cast: Cast, client: Client) -> None:
    own = told.get_absolute_url()
    for officer in (cast.stranger, cast.quality, cast.member):
        client.force_login(officer)
        for path in (own, f"{own}visit/", f"{own}plan/", f"/files/{told.case_file_id}/hospital/"):
            assert client.get(path).status_code == 404
    assert "Aldergate" not in page(client, cast.stranger, "/hospital/")


def test_the_list_holds_those_who_have_not_left_and_the_trail_says_who_was_shown(
    told: HospitalNotification, tell: Tell, cast: Cast, client: Client, hands: Hands
) -> None:
    gone = tell(harm="no", hospital="Saltmarsh Infirmary")
    actions.record_discharge(notification=gone, how="planned", where_to="Home", occurred_at=hands.now, by=cast.worker)
    hands.on(hours=7)
    shown = page(client, cast.worker, "/hospital/")
    assert "Elmbridge General" in shown
    assert "Saltmarsh" not in shown
    assert "7 hours ago" in shown
    assert "None yet" in shown
    entry = TrailEntry.objects.filter(deed="list children in hospital").get()
    assert f"hospital.hospitalnotification:{told.pk}" in str(entry.detail)


def test_the_list_and_the_page_ask_no_more_queries_for_more_rows(
    tell: Tell, cast: Cast, client: Client, hands: Hands, take: Take,
    django_assert_max_num_queries: DjangoAssertNumQueries, plan: Callable[..., DischargePlan],
) -> None:  # fmt: skip
    for _ in range(6):
        told = tell()
        for number in range(4):
            actions.visit_on_ward(
                notification=told, seen=f"Seen for the {number + 1}. time", occurred_at=hands.now, by=cast.worker
            )
    hands.on(hours=1)
    client.force_login(cast.worker)
    with django_assert_max_num_queries(22):
        client.get("/hospital/")
    with django_assert_max_num_queries(36):
        client.get(told.get_absolute_url())


def test_the_case_file_says_how_it_stands(told: HospitalNotification, cast: Cast, client: Client, hands: Hands) -> None:
    shown = page(client, cast.worker, f"/files/{told.case_file_id}/")
    assert f"Elmbridge General, {told.reference}" in shown
    assert "In hospital" in shown
    assert told.received_at < hands.now + timedelta(seconds=1)
