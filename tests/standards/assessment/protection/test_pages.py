"""The pages of the procedures: each step by its form, the clocks on the case file, and who sees nothing."""

from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goldenthread.people.models import Officer
from goldenthread.standards.assessment.protection import on_file
from goldenthread.standards.assessment.protection.models import ConferenceDate, ProtectionPlan, StrategyDiscussion
from goldenthread.standards.referrals.actions import decide
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.standards.assessment.protection.conftest import FOUND, KNOWN, WHY, Steps, at
from tests.standards.referrals.conftest import Hands


def client_of(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def page(officer: Officer, address: str) -> str:
    answer = client_of(officer).get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return unescape(answer.content.decode())


def boxes(name: str, when: datetime) -> dict[str, str]:
    return {
        f"{name}_day": str(when.day), f"{name}_month": str(when.month), f"{name}_year": str(when.year),
        f"{name}_time": f"{when:%H:%M}",
    }  # fmt: skip


def discussion(steps: Steps, **other: Any) -> dict[str, Any]:
    return {
        "children": [steps.child.pk], "known": KNOWN, "why": WHY, "decision": "joint-enquiry",
        "who_social_care": "Asha Verma", "who_police": "DS Ferris", "purpose": "Whether it was done on purpose",
        "expectations": "Asha sees her today", **boxes("occurred_at", steps.hands.now), **other,
    }  # fmt: skip


def test_the_whole_way_by_its_pages(steps: Steps, cast: Cast, hands: Hands) -> None:
    assert page(cast.worker, f"/files/{steps.file.pk}/strategy/")
    answer = client_of(cast.worker).post(f"/files/{steps.file.pk}/strategy/", discussion(steps))
    made = StrategyDiscussion.objects.get()
    assert answer["Location"] == f"/strategy/{made.pk}/"
    shown = page(cast.worker, f"/strategy/{made.pk}/")
    assert "Section 47 enquiry, day 0 of 15" in shown
    assert "Not there" in shown, "health"
    assert "Record the outcome" not in shown, "the worker may not decide it"
    assert "Record the outcome" in page(cast.manager, f"/strategy/{made.pk}/")
    hands.now = at(9)
    told = {"outcome": "conference", "why": FOUND, **boxes("occurred_at", hands.now)}
    client_of(cast.manager).post(f"/strategy/{made.pk}/outcome/", told)
    client_of(cast.worker).post(f"/strategy/{made.pk}/arrange/", boxes("arranged_for", at(20, 14)))
    shown = page(cast.worker, f"/strategy/{made.pk}/")
    assert "Day 6 of 15: conference due in 13 days" in shown
    assert "arranged for 20 October 2003, 2pm" in shown
    hands.now = at(21)
    told = {f"plan_{steps.child.pk}": "physical", "words": "She is safe only if her uncle stays away"}
    answer = client_of(cast.worker).post(f"/strategy/{made.pk}/conference/", told | boxes("occurred_at", at(20, 14)))
    assert answer.status_code == 302
    plan = ProtectionPlan.objects.get()
    assert "Conference held 20 October 2003" in page(cast.worker, f"/strategy/{made.pk}/")
    shown = page(cast.worker, f"/protection-plans/{plan.pk}/")
    for words in ("A child on a child protection plan is visited and seen", "Record a core group", "due in 13 days"):
        assert words in shown, words
    for kind in ("core-group", "review"):
        assert page(cast.worker, f"/protection-plans/{plan.pk}/{kind}/")
        told = {"plans": [plan.pk], "words": "The uncle has moved out"}
        client_of(cast.worker).post(f"/protection-plans/{plan.pk}/{kind}/", told | boxes("occurred_at", hands.now))
    told = {"reason": "safer", "words": "The whole conference agreed", **boxes("occurred_at", hands.now)}
    client_of(cast.worker).post(f"/protection-plans/{plan.pk}/end/", told)
    shown = page(cast.worker, f"/protection-plans/{plan.pk}/")
    for words in ("Core group met", "Review conference held", "The plan ended 21 October 2003"):
        assert words in shown, words


def test_a_referral_leads_to_the_discussion_that_it_owes(
    steps: Steps, cast: Cast, hands: Hands, referral: Referral
) -> None:
    decide(
        referral=referral,
        what="strategy-discussion",
        reason="She may be in danger",
        occurred_at=hands.now,
        by=cast.manager,
    )
    shown = page(cast.worker, f"/referrals/{referral.pk}/")
    assert f"/referrals/{referral.pk}/strategy/" in shown
    assert "Record the strategy discussion" in shown
    answer = client_of(cast.worker).post(
        f"/referrals/{referral.pk}/strategy/", discussion(steps, referral=referral.pk, decision="no-enquiry")
    )
    made = StrategyDiscussion.objects.get()
    assert answer["Location"] == f"/strategy/{made.pk}/"
    assert made.referral == referral
    assert f"Referral {referral.reference}" in page(cast.worker, f"/strategy/{made.pk}/")


def test_the_case_file_shows_the_clocks_in_two_queries(steps: Steps, cast: Cast, hands: Hands) -> None:
    assert "No strategy discussion is recorded" in page(cast.worker, f"/files/{steps.file.pk}/")
    plan = steps.plan()
    steps.discuss(children=[steps.sibling])
    hands.now = at(16)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        section = on_file.section(cast.worker, steps.file, may_record=True)
    assert len(asked) == 2
    assert section is not None
    assert [(row.tag, row.tag_colour) for row in section.rows] == [
        ("Visit overdue", "red"),
        ("Overdue", "red"),
        ("", "grey"),
    ]
    shown = page(cast.worker, f"/files/{steps.file.pk}/")
    assert "Next visit 1 day overdue" in shown
    assert "Section 47 enquiry, day 11 of 15. Outcome 1 day overdue." in shown
    steps.end(plan)
    assert "The plan has ended" in page(cast.worker, f"/files/{steps.file.pk}/")


def test_what_was_recorded_is_corrected_by_its_page(steps: Steps, cast: Cast, hands: Hands) -> None:
    plan = steps.plan()
    made = StrategyDiscussion.objects.get()
    worker = client_of(cast.worker)
    address = f"/strategy/{made.pk}/correct/strategydiscussion/{made.pk}/"
    assert "Police: who took part?" in page(cast.worker, address)
    typed = {
        "known": KNOWN, "why": WHY, "who_social_care": "Asha Verma", "who_police": "DI Rzepka", "reason": "His rank",
        **boxes("occurred_at", made.occurred_at),
    }  # fmt: skip
    assert worker.post(address, typed)["Location"] == f"/strategy/{made.pk}/"
    assert made.stands is not None
    assert made.stands.fact.took_part == {"social-care": "Asha Verma", "police": "DI Rzepka"}
    shown = page(cast.worker, f"/strategy/{made.pk}/")
    assert "What it said before" in shown
    assert "Corrected because: His rank" in shown
    held = ConferenceDate.objects.get(step="held")
    [met] = steps.meet(plan)
    address = f"/protection-plans/{plan.pk}/correct/coregroup/{met.pk}/"
    worker.post(
        address,
        {"withdrawn": "on", "reason": "It was put off", "words": met.words, **boxes("occurred_at", met.occurred_at)},
    )
    shown = page(cast.worker, f"/protection-plans/{plan.pk}/")
    assert "Taken back: Core group met" in shown
    assert "Why it was taken back: It was put off" in shown
    assert met.words not in shown  # it may have been of another child
    assert "nothing more to correct" in page(cast.worker, address)
    for wrong in ("nosuchkind/1", f"conferencedate/{held.pk}", "coregroup/999"):
        assert worker.get(f"/protection-plans/{plan.pk}/correct/{wrong}/").status_code == 404


@pytest.mark.parametrize(
    "where",
    [
        "/files/{file}/strategy/", "/referrals/{referral}/strategy/", "/strategy/{one}/", "/strategy/{one}/arrange/",
        "/strategy/{one}/conference/", "/strategy/{one}/correct/strategydiscussion/{one}/", "/protection-plans/{plan}/",
        "/protection-plans/{plan}/core-group/", "/protection-plans/{plan}/review/", "/protection-plans/{plan}/end/",
        "/protection-plans/{plan}/correct/protectionplan/{plan}/",
    ],
)  # fmt: skip
def test_who_may_not_open_the_file_sees_no_such_page(steps: Steps, cast: Cast, referral: Referral, where: str) -> None:
    plan = steps.plan()
    one = StrategyDiscussion.objects.get().pk
    address = where.format(file=steps.file.pk, referral=referral.pk, one=one, plan=plan.pk)
    for officer in (cast.stranger, cast.member, cast.quality):
        assert client_of(officer).get(address).status_code == 404
    assert client_of(cast.worker).get(address).status_code == 200
    gone = where.format(file=9999, referral=9999, one=9999, plan=9999)
    assert client_of(cast.worker).get(gone).status_code == 404


def test_a_plan_asks_the_database_no_more_for_many_visits(steps: Steps, cast: Cast, hands: Hands) -> None:
    plan = steps.plan()

    def asked() -> int:
        client = client_of(cast.worker)
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/protection-plans/{plan.pk}/").status_code == 200
        return len(queries)

    hands.on(days=1)
    steps.visit()
    steps.meet(plan)
    before = asked()
    for _ in range(4):
        hands.on(days=1)
        steps.visit(occurred_at=hands.now - timedelta(hours=1))
        steps.meet(plan)
    assert asked() == before
