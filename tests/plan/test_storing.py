"""A plan goes in and comes out to the letter, or does not go in at all."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.core.clock import today
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.plan.content import (
    ActionContent,
    PlanContent,
    RecommendationContent,
    StandardContent,
    Timescale,
    Words,
)
from goldenthread.plan.models import Lead, Plan
from goldenthread.plan.storing import confirm_import, content_of, likely_previous
from tests.conftest import Cast
from tests.plan.plans import AS_AT, Writer, action, imported, plan_of, recommendation, small_plan


def test_what_goes_in_comes_out_to_the_letter(cast: Cast) -> None:
    content = small_plan()
    plan = imported(content, cast.quality)
    assert content_of(plan) == content
    assert content_of(plan, AS_AT) == content
    assert content_of(plan).conservation().holds


texts = st.text("abc é“”&1.\n", min_size=1, max_size=12).filter(str.strip)
days = st.dates(date(2003, 1, 1), date(2004, 12, 31))


@st.composite
def plans(draw: st.DrawFn) -> PlanContent:
    w = Writer()

    def words(most: int = 2) -> list[Words]:
        return [w(text) for text in draw(st.lists(texts, max_size=most))]

    def timescale() -> Timescale:
        return w.timescale(draw(texts), draw(st.none() | days), draw(st.none() | days))

    def an_action() -> ActionContent:
        return ActionContent(
            w(draw(texts)),
            words(),
            timescale() if draw(st.booleans()) else None,
            draw(st.lists(texts, max_size=1)),
            draw(st.lists(texts, max_size=1)),
        )

    def rec(number: str) -> RecommendationContent:
        return RecommendationContent(
            number,
            w(draw(texts)),
            w(draw(texts)) if draw(st.booleans()) else None,
            words(),
            words(),
            [an_action() for _ in range(draw(st.integers(0, 3)))],
            words(),
            [timescale() for _ in range(draw(st.integers(0, 2)))],
            words(),
            words(),
            draw(st.lists(texts, max_size=2)),
        )

    standards = [
        StandardContent(
            number,
            w(draw(texts)),
            words(),
            [rec(f"{number}.{place}") for place in range(1, draw(st.integers(1, 2)) + 1)],
        )
        for number in range(1, draw(st.integers(1, 2)) + 1)
    ]
    return PlanContent(draw(texts), AS_AT, words(), standards, w.lines, draw(st.lists(texts, max_size=1)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=plans())
def test_any_plan_comes_out_as_it_went_in(cast: Cast, content: PlanContent) -> None:
    plan = imported(content, cast.quality)
    assert content_of(plan) == content
    Plan.objects.filter(pk=plan.pk).update(superseded_at=plan.confirmed_at)


def test_a_lost_line_a_doubled_line_and_a_missing_day_are_refused(cast: Cast) -> None:
    lost, doubled, undated = small_plan(), small_plan(), small_plan(as_at=None)
    lost.standards[0].recommendations[0].progress.pop()
    doubled.standards[0].recommendations[1].progress.append(Words("Monthly report", (4,)))
    for content, said in ((lost, "is in no field"), (doubled, "in more than one field"), (undated, "give the day")):
        with pytest.raises(Refused, match=said):
            imported(content, cast.quality)
    with pytest.raises(Refused, match="lies ahead"):
        imported(small_plan(as_at=today() + timedelta(days=1)), cast.quality)
    with pytest.raises(Refused, match="no recommendation"):
        imported(PlanContent("Nothing", AS_AT), cast.quality)
    twice = small_plan()
    twice.standards[0].recommendations[1].number = "1.1"
    with pytest.raises(Refused, match=r"more than one recommendation 1\.1"):
        imported(twice, cast.quality)
    with pytest.raises(NotAllowed):
        imported(small_plan(), cast.worker)
    assert not Plan.objects.exists()


def test_the_same_file_is_not_held_twice(cast: Cast) -> None:
    given = {"file_name": "plan.txt", "digest": "ab" * 32, "as_at": AS_AT, "by": cast.quality}
    plan = confirm_import(content=small_plan(), previous=None, **given)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="held already"):
        confirm_import(content=small_plan(), previous=plan, **given)  # type: ignore[arg-type]


def test_progress_is_dated_and_leads_are_matched(cast: Cast) -> None:
    plan = imported(small_plan(), cast.quality)
    rec = recommendation(plan)
    assert {remark.reporting_date for remark in (*rec.progress.all(), *rec.next_steps.all())} == {AS_AT}
    assert action(plan, 1).owner == cast.head
    assert action(plan, 3).owner == cast.group_manager
    everyone = Lead.objects.get(words="All Team Managers").parties.get()
    assert everyone.everyone
    assert everyone.post == cast.manager.post
    assert action(plan, 2).owner == cast.manager, "the post has one holder"
    assert action(plan, 2).team == cast.east
    assert action(plan, 1, "1.2").owner == cast.head, "“As above” is led by whom it stands for"
    stranger = Lead.objects.get(words="Nobody Known, Planner").parties.get()
    assert (stranger.name, stranger.officer) == ("Nobody Known", None)


def test_the_import_leaves_a_trail_without_the_plans_words(cast: Cast) -> None:
    plan = imported(small_plan(), cast.quality)
    entry = TrailEntry.objects.get(deed="import plan")
    assert entry.subject == f"plan.plan:{plan.pk}"
    assert entry.detail["lines"] == len(small_plan().source)
    assert "policy" not in str(entry.detail)


def test_queries_do_not_grow_with_the_plan(cast: Cast) -> None:
    counts = []
    for size in (2, 40):
        content = plan_of([(f"Do thing number {n} of the list", date(2004, 1, 31)) for n in range(size)])
        with CaptureQueriesContext(connection) as storing:
            plan = imported(content, cast.quality)
        with CaptureQueriesContext(connection) as reading:
            content_of(plan)
        counts.append((len(storing), len(reading)))
    assert counts[0] == counts[1]


def test_a_plan_is_recognised_as_a_later_version(cast: Cast) -> None:
    plan = imported(small_plan(), cast.quality)
    later = small_plan(as_at=date(2004, 4, 30))
    later.standards[0].recommendations[0].title = replace(
        later.standards[0].recommendations[0].title, text="1. Count what families ask for and don't get"
    )
    assert likely_previous(later) == plan
    other = plan_of([("Mend the roof", None)])
    other.standards[0].recommendations[0].title.text = "Buildings"
    other.standards[0].recommendations[0].number = "9.1"
    assert likely_previous(other) is None
