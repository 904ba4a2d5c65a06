"""The plan's page and its recommendations' pages: all there, filtered, small, and as many queries for many as for few."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goldenthread.core.clock import today
from goldenthread.exchange.flattened import understand
from goldenthread.obligations.requirement import installed
from goldenthread.pages.plan_page import to_be_seen
from goldenthread.people.models import Officer
from goldenthread.plan import actions, settling
from goldenthread.plan.models import Plan, Recommendation
from goldenthread.plan.storing import confirm_import
from tests.conftest import Cast
from tests.pages.made_up_plan import LATER, PLAN, longer
from tests.pages.made_up_work import many, set_clock


def client_of(officer: Officer) -> Client:
    """A client for an officer who has signed in."""
    client = Client()
    client.force_login(officer)
    return client


def hold(text: str, by: Officer, previous: Plan | None = None) -> Plan:
    """A plan, read and confirmed."""
    content = understand(text, "plan.txt", None)
    return confirm_import(content=content, file_name="plan.txt", digest="", as_at=None, previous=previous, by=by)


@pytest.fixture
def plan(cast: Cast) -> Plan:
    """The small plan, held."""
    return hold(PLAN, cast.quality)


def rec(plan: Plan, number: str) -> Recommendation:
    return Recommendation.objects.get(standard__plan=plan, number=number)


def get(officer: Officer, url: str) -> str:
    answer = client_of(officer).get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def cards(page: str) -> list[str]:
    """The numbers of the recommendations that a page shows."""
    return re.findall(r'<h3 class="govuk-heading-s" id="r\d+"><a [^>]*>(\d\.\d)', page)


def test_everything_of_the_plan_is_on_its_page(plan: Plan, cast: Cast) -> None:
    page = get(cast.member, plan.get_absolute_url())
    assert cards(page) == ["1.1", "1.2", "2.1"]
    for words in (
        "IMPROVEMENT PLAN FOR ELMSHIRE",
        "As at 31 October 2003",
        "1. Referrals",
        "Agree a form for recording unmet need.",
        "Grace Tillotson, Head of Service",
        "End Oct 03",
        "Progress as at 31 October 2003",
        "A form is in use.",
        "Continue feedback through supervision.",
        "0 of 2 actions done, 2 overdue",
        "No evidence yet",
        "2 to settle",
    ):
        assert words in page, words


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("standard=2", ["2.1"]),
        ("lead=Grace Tillotson", ["1.1"]),
        ("lead=Team Manager", ["2.1"]),
        ("lead=me", ["1.1"]),
        ("lead=Nobody", []),
        ("status=overdue", ["1.1", "1.2", "2.1"]),
        ("status=done", []),
        ("due=overdue", ["1.1", "2.1"]),
        ("due=30", []),
        ("due=none", ["1.2"]),
        ("standard=1&due=overdue", ["1.1"]),
        ("due=whenever", ["1.1", "1.2", "2.1"]),
    ],
)
def test_filters(plan: Plan, cast: Cast, asked: str, shown: list[str]) -> None:
    if "status=overdue" in asked or asked == "due=whenever":
        settling.pair_timescale(
            timescale=rec(plan, "1.2").timescales.order_by("order")[0],
            action=rec(plan, "1.2").actions.order_by("order")[0],
            by=cast.quality,
        )
    page = get(cast.quality, f"{plan.get_absolute_url()}?{asked}")
    assert cards(page) == shown
    if asked != "due=whenever" and len(shown) < 3:
        assert f"{len(shown)} of 3 recommendations" in page


def test_due_soon_and_done_are_told_apart(plan: Plan, cast: Cast) -> None:
    first, second = rec(plan, "1.1").actions.order_by("order")
    actions.complete_action(
        action=first, occurred_at=datetime(2003, 10, 20, tzinfo=UTC), evidence="Agreed and sent out.", by=cast.quality
    )
    actions.change_due(action=second, due=today() + timedelta(days=9), reason="Waiting for figures.", by=cast.quality)
    page = get(cast.quality, f"{plan.get_absolute_url()}?due=30")
    assert cards(page) == ["1.1"]
    assert "1 of 2 actions done, due in 9 days" in page
    assert "On track" in page


def test_as_many_queries_for_many_recommendations_as_for_few(plan: Plan, cast: Cast) -> None:
    client, large = client_of(cast.quality), hold(longer(25), cast.quality)
    for each in (plan, large):
        for recommendation in Recommendation.objects.filter(standard__plan=each):
            key = next(iter(installed()))
            settling.tie_requirement(recommendation=recommendation, key=key, by=cast.quality)
    counts = []
    for each in (plan, large):
        client.get(each.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(each.get_absolute_url())
        counts.append(len(queries))
        assert len(answer.content) < 100_000
    assert counts[0] == counts[1] <= 32


def test_a_recommendations_page_has_everything_about_it(plan: Plan, cast: Cast) -> None:
    first, second = rec(plan, "1.1").actions.order_by("order")
    actions.complete_action(
        action=first, occurred_at=datetime(2003, 10, 20, tzinfo=UTC), evidence="Agreed and sent out.", by=cast.quality
    )
    actions.change_due(action=second, due=date(2030, 3, 31), reason="The figures came late.", by=cast.quality)
    page = get(cast.member, rec(plan, "1.1").get_absolute_url())
    for words in (
        "1 of 2 actions done",
        "“Agreed and sent out.”",
        "“The figures came late.”",
        "First due <strong>31 March 2004</strong>",
        "31 March 2030",
        "by Isla Brandt",
        "A form is in use.",
        "Confirm how teams will send their figures - Isla Brandt",
        "no requirement serves this recommendation",
    ):
        assert words in page, words


def test_the_steps_before_and_after_are_one_click_away(plan: Plan, cast: Cast) -> None:
    page = get(cast.member, rec(plan, "1.2").get_absolute_url())
    assert reverse("plan-recommendation", args=[plan.pk, "1.1"]) in page
    assert reverse("plan-recommendation", args=[plan.pk, "2.1"]) in page
    assert client_of(cast.member).get(reverse("plan-recommendation", args=[plan.pk, "9.9"])).status_code == 404


def test_progress_goes_back_through_earlier_versions(plan: Plan, cast: Cast) -> None:
    later = hold(LATER, cast.quality, previous=plan)
    page = get(cast.member, rec(later, "1.1").get_absolute_url())
    assert page.index("As at 31 January 2004") < page.index("As at 31 October 2003")
    assert "The form is in use in all teams." in page
    assert "A form is in use." in page
    assert "without a date, until then due 31 October 2003" in page
    earlier = get(cast.quality, rec(plan, "1.1").get_absolute_url())
    assert "an earlier version of the plan" in earlier
    assert "Add progress" not in earlier


def test_only_what_a_role_may_do_is_offered(plan: Plan, cast: Cast) -> None:
    url = rec(plan, "1.2").get_absolute_url()
    member, manager, quality = get(cast.member, url), get(cast.manager, url), get(cast.quality, url)
    for words in ("Add progress", "Complete<"):
        assert words not in member
        assert words in manager
        assert words in quality
    for words in ("Change the due date", "Reassign", "Tie a requirement", "Add an action", "Pair with an action"):
        assert words not in member
        assert words not in manager
        assert words in quality
    assert client_of(cast.administrator).get(url).status_code == 404
    assert client_of(cast.administrator).get(plan.get_absolute_url()).status_code == 404


def test_the_way_to_the_plan(cast: Cast) -> None:
    client = client_of(cast.quality)
    assert client.get(reverse("plan-current"))["Location"] == reverse("plans")
    assert "No plan is held yet" in get(cast.member, reverse("plans"))
    plan = hold(PLAN, cast.quality)
    assert client.get(reverse("plan-current"))["Location"] == plan.get_absolute_url()
    assert plan.title in get(cast.member, reverse("plans"))


def test_export(plan: Plan, cast: Cast) -> None:
    client = client_of(cast.member)
    answer = client.get(reverse("plan-export", args=[plan.pk, "json"]))
    data = json.loads(answer.content)
    assert [rec["number"] for standard in data["standards"] for rec in standard["recommendations"]] == [
        "1.1",
        "1.2",
        "2.1",
    ]
    for kind in ("docx", "xlsx"):
        answer = client.get(reverse("plan-export", args=[plan.pk, kind]))
        assert answer.content[:2] == b"PK"
        assert f"plan-{plan.pk}.{kind}" in answer["Content-Disposition"]
    assert client.get(reverse("plan-export", args=[plan.pk, "exe"])).status_code == 404


def test_months_with_few_children_are_kept_from_those_who_may_open_no_record() -> None:
    months = [(date(2025, 5, 1), 3, 4), (date(2025, 6, 1), 15, 20)]
    assert to_be_seen(months, opens=True) == months
    assert to_be_seen(months, opens=False) == []
    assert to_be_seen([(date(2025, 5, 1), 0, 0), months[1]], opens=False) == [(date(2025, 5, 1), 0, 0), months[1]]


def test_figures_stand_beside_the_words(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    hand = set_clock(monkeypatch)
    many(hand, cast, 18, decided=lambda nth: nth % 4 > 0)
    hand.now += timedelta(days=30)
    plan = hold(PLAN, cast.quality)
    settling.tie_requirement(recommendation=rec(plan, "1.1"), key="referrals.decision", by=cast.quality)
    settling.tie_requirement(recommendation=rec(plan, "1.2"), key="referrals.onward-purpose", by=cast.quality)
    page = get(cast.quality, plan.get_absolute_url())
    assert re.search(r"13 of 18</span> in time: <strong>72%</strong>\s*<span [^>]*>\(49% to 88%\)", page)
    assert 'class="small-trend"' in page
    assert "no evidence yet" in page
    page = get(cast.quality, rec(plan, "1.1").get_absolute_url())
    assert "13 of 18 done in time" in page
    assert "Source: Golden Thread, every referral that owes it, 18 in all, as at 14 November 2003" in page
    assert "Share in time by month, from September 2003" in page
    assert f"{reverse('drill-down', args=['referrals.decision'])}?verdict=overdue&amp;from=2003-09" in page
    member = get(cast.member, rec(plan, "1.1").get_absolute_url())
    assert "13 of 18 done in time" in member
    assert "/records/" not in member
    assert "<svg" not in member.split("Evidence</h2>")[1]


def test_few_are_too_few_to_say(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    hand = set_clock(monkeypatch)
    many(hand, cast, 3)
    hand.now += timedelta(days=30)
    plan = hold(PLAN, cast.quality)
    settling.tie_requirement(recommendation=rec(plan, "1.1"), key="referrals.decision", by=cast.quality)
    assert "(too few to say)" in get(cast.quality, plan.get_absolute_url())
    for url in (plan.get_absolute_url(), rec(plan, "1.1").get_absolute_url()):
        member = get(cast.member, url)
        assert "oo few to say" in member
        assert "0 of 3<" not in member
        assert "0 of 3 done in time" not in member
