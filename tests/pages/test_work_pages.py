"""Home, team boards, figures, and the records behind them: what is shown, to whom, and what the trail says of it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goldenthread.core import clock
from goldenthread.core.models import TrailEntry
from goldenthread.obligations.models import Obligation
from goldenthread.people.models import Officer
from goldenthread.plan.actions import add_action, complete_action
from tests.conftest import Cast
from tests.pages.made_up_work import Clock, many, set_clock, take
from tests.plan.plans import action, imported, recommendation, small_plan


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Eleven on Wednesday 15 October 2003."""
    return set_clock(monkeypatch)


def _page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def _queries(client: Client, address: str) -> int:
    _page(client, address)  # what is worked out once for the process is worked out
    with CaptureQueriesContext(
        connection,
    ) as counted:
        _page(client, address)
    return len(counted)


def test_home_shows_what_i_owe_soonest_first(cast: Cast, hand: Clock, client: Client) -> None:
    take(hand, cast, before=timedelta(days=9), nth=1)
    take(hand, cast, before=timedelta(hours=1), nth=2)
    take(hand, cast, worker=cast.colleague, nth=3)
    client.force_login(cast.worker)
    page = _page(client, "/")
    assert page.index(">Overdue<") < page.index("Milo Brackenbury-1") < page.index(">Due today<")
    assert page.index(">Due today<") < page.index("Petra Coldharbour-2")  # the check of the register
    assert page.index(">Due later<") < page.rindex("Petra Coldharbour-2")
    assert "Otis Dunmore-3" not in page
    assert "Brackenbury" not in page[: page.index("</title>")]


def test_home_of_each_role(cast: Cast, hand: Clock, client: Client) -> None:
    take(hand, cast, before=timedelta(days=9))
    for officer, there, not_there in (
        (cast.manager, "Referral and assessment east", "Family support west"),
        (cast.group_manager, "Referral and assessment east", "Family support west"),
        (cast.head, "Family support west", "Juno"),
        (cast.member, "how often each requirement is met", "overdue of"),
        (cast.administrator, "who can sign in", "Figures"),
    ):
        client.force_login(officer)
        page = _page(client, "/")
        assert there in page, officer
        assert not_there not in page, officer
        assert "Aldergate" not in page, officer


def test_a_list_that_was_seen_is_one_entry_with_the_records_in_it(cast: Cast, hand: Clock, client: Client) -> None:
    one, two = take(hand, cast, nth=1), take(hand, cast, nth=2)
    client.force_login(cast.worker)
    before = TrailEntry.objects.count()
    _page(client, "/")
    entry = TrailEntry.objects.get(pk__gt=TrailEntry.objects.order_by("pk")[before - 1].pk)
    assert (entry.officer, entry.deed) == ("asha", "see list")
    shown = [record for record in entry.detail["records"] if record.startswith("referrals.")]
    assert shown == [f"referrals.referral:{pk}" for pk in (one.pk, two.pk)]
    assert "Brackenbury" not in str(entry.detail)
    client.force_login(cast.colleague)
    _page(client, "/")
    assert TrailEntry.objects.filter(officer="ben").count() == 0


@pytest.mark.parametrize("page", ["team-board", "team-work"])
def test_board_and_work_of_one_s_own_team_only(page: str, cast: Cast, hand: Clock, client: Client) -> None:
    take(hand, cast, before=timedelta(days=9))
    board = reverse(page, args=["ra-east"])
    for officer in (cast.colleague, cast.manager, cast.group_manager):
        client.force_login(officer)
        assert "Juno Aldergate-0" in _page(client, board), officer
    client.force_login(cast.quality)
    assert "Juno Aldergate-0" not in _page(client, board)
    context = client.get(board).context
    assert context["board"].overdue > 0 if page == "team-board" else context["total"].owed > 0
    client.force_login(cast.stranger)
    assert client.get(board).status_code == 404
    assert client.get(reverse(page, args=["no-such-team"])).status_code == 404


def test_what_a_team_owes_is_counted(cast: Cast, hand: Clock, client: Client) -> None:
    many(hand, cast, 4, decided=lambda nth: nth == 1)
    client.force_login(cast.manager)
    context = client.get(reverse("team-work", args=["ra-east"])).context
    decisions = next(line for line in context["by_requirement"] if "/referrals.decision/" in line.url)
    # Taken 2, 33, 64 and 95 hours ago; the second is decided. One working day: the first two would be due this week.
    assert (decisions.owed, decisions.overdue, decisions.soon) == (3, 2, 1)
    assert context["total"].owed == Obligation.objects.open().filter(since_at__lte=hand.now).count()
    assert sum(line.owed for line in context["by_officer"]) == context["total"].owed


def test_figures_lead_to_as_many_records_as_they_count(cast: Cast, hand: Clock, client: Client) -> None:
    many(hand, cast, 25, decided=lambda nth: nth % 2 == 0)
    client.force_login(cast.head)
    context = client.get(reverse("figures")).context
    checked = 0
    for _, _, cells, total in context["lines"]:
        for figure in (*cells, total):
            if figure.counts.owed:
                drilled = client.get(figure.url).context
                assert drilled["whole"] == drilled["page"].paginator.count == figure.counts.owed
                checked += 1
    assert checked > 4
    context = client.get(reverse("requirement", args=["referrals.decision"])).context
    assert sum(figure.counts.owed for _, figure in context["by_month"]) == 25
    for name, number, url in context["verdicts"]:
        assert client.get(url).context["whole"] == number, name


def test_as_at_asks_what_was_so_then(cast: Cast, hand: Clock, client: Client) -> None:
    take(hand, cast, before=timedelta(days=9))  # 6 October, due on the 7th
    client.force_login(cast.head)
    address = reverse("drill-down", args=["referrals.decision"])
    for as_at, verdicts in (("2003-10-05", []), ("2003-10-06", ["Due"]), ("2003-10-08", ["Overdue"])):
        rows = client.get(address, {"as_at": as_at}).context["rows"]
        assert re.findall(r'govuk-tag--\w+">(\w+)<', rows) == verdicts
    assert client.get(address, {"as_at": "2003-10-08", "known_at": "2003-10-05"}).context["rows"] == ""


def test_a_drill_down_shows_only_records_that_one_may_open(cast: Cast, hand: Clock, client: Client) -> None:
    take(hand, cast)
    address = reverse("drill-down", args=["referrals.decision"])
    client.force_login(cast.stranger)
    page = _page(client, address)
    assert "Aldergate" not in page
    assert "<strong>1</strong> is counted" in page
    assert "0 of them" in page
    for officer in (cast.member, cast.administrator):
        client.force_login(officer)
        assert client.get(address).status_code == 404


def test_members_see_figures_without_links_and_no_small_numbers(cast: Cast, hand: Clock, client: Client) -> None:
    many(hand, cast, 5)
    client.force_login(cast.member)
    page = _page(client, reverse("figures"))
    assert "too few to say" in page
    assert "0\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}3" not in page
    assert "/records/" not in page
    assert "/records/" not in _page(client, reverse("requirement", args=["referrals.decision"]))


def test_the_requirement_page_gives_the_rule_and_its_source(cast: Cast, hand: Clock, client: Client) -> None:
    client.force_login(cast.worker)
    page = _page(client, reverse("requirement", args=["referrals.decision"]))
    assert "1 working day, when the referral was received" in page
    assert "Framework for the Assessment of Children in Need" in page
    assert client.get(reverse("requirement", args=["no.such"])).status_code == 404


@pytest.mark.parametrize("wrong", ["as_at=31.10.2003", "from=2003-13", "known_at=2003-02-30", "month=%00"])
def test_a_date_that_is_none_is_said_in_words(wrong: str, cast: Cast, client: Client) -> None:
    client.force_login(cast.head)
    answer = client.get(f"{reverse('figures')}?{wrong}")
    assert answer.status_code == 409
    assert "write it like 2003-10" in answer.content.decode()
    assert client.get(f"{reverse('figures')}?team=no-such-team").status_code == 404


def test_no_query_count_grows_with_rows(cast: Cast, hand: Clock, client: Client) -> None:
    addresses = (
        "/",
        reverse("team-work", args=["ra-east"]),
        reverse("drill-down", args=["referrals.decision"]),
        reverse("figures"),
        reverse("requirement", args=["referrals.decision"]),
    )
    many(hand, cast, 2)
    client.force_login(cast.worker)
    few = [_queries(client, address) for address in addresses]
    many(hand, cast, 12)
    assert [_queries(client, address) for address in addresses] == few
    assert max(few) <= 15  # one of them says what opens and closes files, one is the trail's index of records


def test_pages_of_fifty_stay_small(cast: Cast, hand: Clock, client: Client) -> None:
    many(hand, cast, 13)
    client.force_login(cast.worker)
    answer = client.get("/")
    assert len(answer.context["page"]) == 50
    assert answer.context["page"].has_next()
    assert len(answer.content) < 50_000
    assert _page(client, "/?page=2") != _page(client, "/?page=1")
    assert _page(client, "/?page=no-number")


def test_the_record_behind_something_owed(cast: Cast, hand: Clock, client: Client) -> None:
    referral = take(hand, cast)
    address = reverse("record", args=["referrals.referral", referral.pk])
    client.force_login(cast.stranger)
    assert client.get(address).status_code == 404
    client.force_login(cast.member)
    assert client.get(address).status_code == 404
    client.force_login(cast.worker)
    assert client.get(reverse("record", args=["people.officer", 1])).status_code == 404
    assert client.get(reverse("record", args=["referrals.referral", 999_999])).status_code == 404


def test_excuse_with_a_reason(cast: Cast, hand: Clock, client: Client) -> None:
    take(hand, cast)
    owed = Obligation.objects.filter(requirement="referrals.acknowledgement").get()
    address = reverse("excuse", args=[owed.pk])
    client.force_login(cast.worker)
    assert client.get(address).status_code == 404
    client.force_login(cast.manager)
    page = client.post(address, {"reason": "n/a"}).content.decode()
    assert "a reason that someone else can judge" in page
    assert "There is a problem" in page
    answer = client.post(address, {"reason": "The referrer has moved abroad"})
    assert answer.status_code == 302
    owed.refresh_from_db()
    assert owed.excused_at is not None
    assert client.get(address).status_code == 404


def test_drafts_are_kept_by_the_page_and_shown_again(cast: Cast, hand: Clock, client: Client) -> None:
    take(hand, cast)
    address = reverse("excuse", args=[Obligation.objects.open().order_by("pk")[0].pk])
    client.force_login(cast.manager)
    assert client.post(f"{reverse('draft')}?form={address}", {"reason": "The referrer has"}).status_code == 204
    assert "The referrer has" in _page(client, address)
    client.post(address, {"reason": "The referrer has moved abroad"})
    assert client.post(reverse("draft"), {"reason": "x"}).status_code == 400


def test_home_shows_each_holder_of_a_post_what_the_post_leads(cast: Cast, client: Client) -> None:
    mae = Officer.objects.create_officer("mae", name="Mae Oduya", role="team-manager", post=cast.manager.post)
    plan = imported(small_plan(), cast.quality)
    for manager in (cast.manager, mae):
        client.force_login(manager)
        page = _page(client, "/")
        assert "Tell every team" in page
        assert "shared with other team managers" in page
        assert "Write the policy" not in page
    client.force_login(cast.head)
    page = _page(client, "/")
    assert page.index("Write the policy") < page.index("Recommendation 1.1 of the plan")
    assert "shared with" not in page
    told = action(plan, 2)
    complete_action(action=told, occurred_at=clock.now(), evidence="Said in all team meetings", by=cast.head)
    client.force_login(mae)
    assert "Tell every team" not in _page(client, "/")


def test_home_asks_no_more_of_many_shared_actions(cast: Cast, client: Client) -> None:
    Officer.objects.create_officer("mae", name="Mae Oduya", role="team-manager", post=cast.manager.post)
    plan = imported(small_plan(), cast.quality)
    client.force_login(cast.manager)
    few = _queries(client, "/")
    for n in range(20):
        add_action(
            recommendation=recommendation(plan),
            text=f"Tell team {n}",
            leads=["All Team Managers"],
            by=cast.quality,
        )
    assert "Tell team 19" in _page(client, "/")
    assert _queries(client, "/") == few


def test_what_was_not_owed_in_a_period_says_when_it_was(cast: Cast, hand: Clock, client: Client) -> None:
    take(hand, cast)
    client.force_login(cast.head)
    for name in ("requirement", "drill-down"):
        address = reverse(name, args=["referrals.decision"])
        page = _page(client, f"{address}?from=2002-01&to=2002-03")
        assert "Nothing of this was owed from January 2002 to March 2002" in page
        assert f'href="{address}?from=2003-10&amp;to=2003-10">October 2003</a>' in page
        assert "Nothing of this was owed" not in _page(client, f"{address}?from=2003-10&to=2003-10")
        never = reverse(name, args=["referrals.police-advised"])
        assert "It was in" not in _page(client, f"{never}?from=2002-01&to=2002-03")
