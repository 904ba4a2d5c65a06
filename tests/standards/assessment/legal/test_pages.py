"""The rota's pages: who is on call, the gaps first, and keeping it; and the figures."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from goldenthread.people.models import Officer
from goldenthread.standards.assessment.legal import rota as verbs
from goldenthread.standards.assessment.legal.models import LegalRota, RotaShift, Solicitor
from tests.conftest import Cast
from tests.standards.assessment.legal.conftest import On, at
from tests.standards.referrals.conftest import Hands


def page(client: Client, officer: Officer, path: str = "/legal/") -> str:
    client.force_login(officer)
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def when(name: str, day: int, time: str, month: int = 12) -> dict[str, str]:
    return {f"{name}_day": str(day), f"{name}_month": str(month), f"{name}_year": "2003", f"{name}_time": time}


def test_whoever_reads_records_sees_the_number_of_whoever_is_on_call(on: On, cast: Cast, client: Client) -> None:
    on(at(1, 10, month=10), at(2, 9, month=10), 1)
    for officer in (cast.worker, cast.stranger, cast.quality, cast.head):
        shown = page(client, officer)
        assert 'href="tel:01632960102"' in shown
        assert "Jonah Threlkeld" in shown
        assert ("Put a solicitor on call" in shown) is (officer == cast.head)
    for officer in (cast.member, cast.administrator):
        client.force_login(officer)
        assert client.get("/legal/").status_code == 404


def test_where_nobody_is_on_call_the_page_says_so_and_whom_to_tell(rota: LegalRota, cast: Cast, client: Client) -> None:
    shown = page(client, cast.worker)
    assert "Nobody is on call now" in shown
    assert "Farid Haddad" in shown


def test_before_there_is_a_rota_a_keeper_can_start_it(cast: Cast, hands: Hands, client: Client) -> None:
    assert "There is no rota yet" in page(client, cast.worker)
    client.force_login(cast.head)
    client.post("/legal/keeper/", {"officer": cast.group_manager.pk})
    assert LegalRota.objects.get().keepers.get().officer == cast.group_manager


def test_gaps_come_first_and_a_gap_fills_the_form(on: On, cast: Cast, client: Client) -> None:
    on(at(1, 10, month=10), at(8, month=10), 0)
    on(at(8, month=10), at(10, 17, month=10), 1)
    on(at(11, 9, month=10), at(18, month=10), 1)
    shown = page(client, cast.group_manager)
    assert "10 October 2003, 5pm to 11 October 2003, 9am" in shown
    assert "16 hours with nobody on call" in shown
    assert shown.index("Gaps in this week and the next eight") < shown.index("Week by week")
    form = page(client, cast.group_manager, "/legal/shifts/add/?from=2003-10-10T16:00&until=2003-10-11T08:00")
    assert 'value="17:00"' in form
    assert 'value="09:00"' in form
    for nonsense in ("from=never&until=x", "from=&until="):
        page(client, cast.group_manager, f"/legal/shifts/add/?{nonsense}")


def test_the_weeks_ahead_are_whole_ones_with_each_that_is_owed_by_now(on: On, cast: Cast, client: Client) -> None:
    on(at(17, 9, month=11), at(24, 9, month=11), 0)
    shown = page(client, cast.group_manager)
    assert "24 November 2003, 9am to 1 December 2003, midnight" in shown, "to the end of a week, and not to this minute"
    assert "Week of 24 November 2003" in shown, "the gap's own week is among the weeks"


def test_a_gap_is_filled_from_its_form(on: On, solicitors: list[Solicitor], cast: Cast, client: Client) -> None:
    client.force_login(cast.group_manager)
    given = {"solicitor": solicitors[0].pk, "call": "first", **when("starts_at", 10, "17:00", 10)}
    given |= when("ends_at", 11, "09:00", 10) | when("arranged_at", 1, "10:00", 10)
    assert client.post("/legal/shifts/add/", given).status_code == 302
    refused = client.post("/legal/shifts/add/", given)
    assert "on call at some of that time already" in refused.content.decode()
    assert RotaShift.objects.count() == 1


def test_a_pattern_is_looked_at_before_it_is_added(solicitors: list[Solicitor], cast: Cast, client: Client) -> None:
    client.force_login(cast.group_manager)
    given = {"solicitor": solicitors[0].pk, "call": "first", "weeks": "3", **when("starts_at", 10, "17:00", 10)}
    given |= when("ends_at", 11, "09:00", 10) | when("arranged_at", 1, "10:00", 10)
    looked = client.post("/legal/shifts/every-week/", given).content.decode()
    assert "What would be added" in looked
    assert "Add 3 shifts" in looked
    assert RotaShift.objects.count() == 0
    assert client.post("/legal/shifts/every-week/", given | {"sure": "yes"}).status_code == 302
    assert RotaShift.objects.count() == 3
    again = client.post("/legal/shifts/every-week/", given).content.decode()
    assert "Left out" in again
    assert "Add 3" not in again


def test_a_shift_is_cut_handed_over_and_taken_back_on_its_pages(
    on: On, solicitors: list[Solicitor], cast: Cast, client: Client
) -> None:
    one, two = on(at(1), at(8)), on(at(8), at(15))
    client.force_login(cast.head)
    now = when("occurred_at", 1, "10:00", 10)
    cut = {"reason": "On leave that day", **when("ends_at", 5, "12:00"), **now}
    assert client.post(f"/legal/shifts/{one.pk}/cut-short/", cut).status_code == 302
    assert client.post(f"/legal/shifts/{one.pk}/cut-short/", cut).status_code == 200, "to the same time again"
    hand = {"solicitor": solicitors[1].pk, "reason": "Swapped", **when("from_at", 10, "09:00"), **now}
    assert client.post(f"/legal/shifts/{two.pk}/hand-over/", hand).status_code == 302
    assert client.post(f"/legal/shifts/{one.pk}/take-back/", {"reason": "Wrong week"}).status_code == 302
    assert client.get(f"/legal/shifts/{one.pk}/take-back/").status_code == 200
    test = {"answered": "yes", "minutes": "3", **now}
    assert client.post("/legal/test/", test).status_code == 302
    assert "answered after 3 minutes" in page(client, cast.head)


def test_whoever_saves_second_sees_the_number_that_the_first_one_saved(
    solicitors: list[Solicitor], cast: Cast, client: Client
) -> None:
    client.force_login(cast.head)
    path = reverse("solicitor-change", args=[solicitors[0].pk])
    shown = client.get(path)
    verbs.change_solicitor(solicitor=solicitors[0], phone="01632 960777", on_rota=True, by=cast.director)
    stale = client.post(path, {"phone": "01632 960888", "on_rota": "on", "version": shown.context["version"]})
    assert "01632 960777" in stale.content.decode()
    assert client.post(path, {"phone": "01632 960888", "on_rota": "on"}).status_code == 302
    assert Solicitor.objects.get(pk=solicitors[0].pk).phone == "01632 960888"


def test_the_rota_asks_no_more_queries_for_more_shifts(
    on: On, cast: Cast, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(cast.group_manager)
    for day in range(1, 20):
        on(at(day, 17, month=10), at(day + 1, 9, month=10), day % 3)
    with django_assert_max_num_queries(22):
        client.get("/legal/")


@pytest.mark.parametrize("who", ["worker", "member", "head", "quality"])
def test_the_figures_count_minutes_and_say_nothing_of_few(
    on: On, hands: Hands, cast: Cast, client: Client, who: str
) -> None:
    on(at(1, 10, month=10), at(6, 10, month=10), 0)
    hands.now = at(8, 10, month=10)
    shown = page(client, getattr(cast, who), "/legal/figures/?first=2003-10&last=2003-10")
    assert "Minutes with a solicitor on call" in shown
    assert f"{2 * 1440:d}" in shown, "two days without, to the minute"
    page(client, cast.worker, "/legal/figures/?first=nonsense&last=2003-99")


def test_the_rota_is_seen_over_the_change_of_the_clocks(on: On, hands: Hands, cast: Cast, client: Client) -> None:
    on(at(25, 17, month=10), at(26, 9, month=10))
    shown = page(client, cast.group_manager)
    assert "Sat 25, 5pm" in shown
    assert "26 October 2003, 9am" in shown
    assert (RotaShift.objects.get().ends_at - RotaShift.objects.get().starts_at) == timedelta(hours=17)
