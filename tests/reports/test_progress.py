"""The progress report: nothing of the plan lost, nothing claimed that is not recorded, small numbers kept back."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.core.clock import LONDON, end_of
from goldenthread.core.statistics import run_chart, wilson
from goldenthread.exchange.readers import read_plan
from goldenthread.obligations.tally import Counts
from goldenthread.plan.actions import add_progress, change_due, complete_action
from goldenthread.plan.evidence import Evidence
from goldenthread.plan.models import Plan
from goldenthread.plan.settling import tie_requirement
from goldenthread.plan.storing import confirm_import
from goldenthread.reports import charts, claims, json, pdf, progress
from goldenthread.reports.progress import progress_report
from goldenthread.reports.progress_rows import evidence_line, trend_in_words
from goldenthread.reports.small_numbers import share_in_words
from goldenthread.reports.tree import Document, Table
from tests.conftest import Cast
from tests.plan.plans import AS_AT, action, imported, plan_of, recommendation, small_plan

FLAT = [(met, 20) for met in (10, 11, 10, 12, 10, 9, 11, 10, 12, 9, 11, 9)]
RISEN = [*FLAT, *((met, 20) for met in (18, 19, 17, 18, 19, 18))]


def evidence(pairs: list[tuple[int, int]], **counts: int) -> Evidence:
    """Evidence with these months, each (met, judged)."""
    months = tuple((date(2002 + i // 12, i % 12 + 1, 1), n, m) for i, (n, m) in enumerate(pairs))
    met, judged = sum(n for n, _ in pairs), sum(m for _, m in pairs)
    return Evidence(
        requirement="referrals.police-advised",
        title="Police are advised",
        counts=Counts(met=met, overdue=judged - met, **counts),
        interval=wilson(met, judged) if judged >= 10 else None,
        months=months,
        chart=run_chart(charts.values(months)),
        as_at=AS_AT,
        known_at=end_of(AS_AT),
        source=f"{judged} in all",
    )


def text_of(document: Document) -> str:
    return "\n".join(document.words())


def rows_about(document: Document, number: str) -> str:
    """All words of one recommendation."""
    for block in document.blocks:
        if isinstance(block, Table):
            for group in block.groups:
                part = Document("", AS_AT, "", blocks=(Table("", block.columns, (group,)),))
                if f"\n{number} " in text_of(part):
                    return text_of(part)
    raise AssertionError(number)


def test_the_report_is_named_after_the_plan_and_its_day(cast: Cast) -> None:
    report = progress_report(
        imported(small_plan(title="Improvement plan - Progress as at 1 May 2003"), cast.quality), AS_AT
    )
    assert report.title == "Improvement plan: progress as at 31 October 2003"
    assert report.wide


def test_nothing_of_the_plan_is_lost(cast: Cast) -> None:
    content = small_plan()
    report = progress_report(imported(content, cast.quality), AS_AT)
    words = text_of(report)
    for where, piece in content.all_words():
        if not where.endswith(" title") or where[0].isdigit():
            assert piece.text in words, where
    assert "That is: Write the policy" in words, "what “As above” stands for"
    assert "Still to be settled: One lead and one timescale have no action of their own." in words
    loose = rows_about(report, "1.2")
    assert "Nobody Known, Planner" in loose
    assert "June 03" in loose
    assert "No progress is reported." in loose


def test_the_real_plan_is_in_its_report_line_by_line(cast: Cast, seed_text: Path) -> None:
    content = read_plan(seed_text)
    plan = confirm_import(content=content, file_name="seed.txt", digest="", as_at=None, by=cast.quality)
    report = progress_report(plan, AS_AT)
    words = text_of(report)
    missing = [(where, piece.text) for where, piece in content.all_words() if piece.text not in words]
    assert missing == []
    assert sum(len(block.groups) for block in report.blocks if isinstance(block, Table)) == 28
    assert pdf.render(report).startswith(b"%PDF")


def test_counts_are_of_what_is_recorded_and_no_more(cast: Cast) -> None:
    plan = imported(
        plan_of([("One thing", date(2003, 9, 30)), ("Two things", date(2004, 9, 30)), ("Three", None)]), cast.quality
    )
    complete_action(
        action=action(plan, 1),
        occurred_at=datetime(2003, 9, 12, 12, tzinfo=LONDON),
        evidence="Policy in force",
        by=cast.quality,
    )
    words = text_of(progress_report(plan, AS_AT))
    assert "1 recorded as done; 2 not yet due, or without a date" in words
    assert "Done on 12 September 2003. Policy in force" in words
    before = text_of(progress_report(plan, date(2003, 9, 1)))
    assert "Done on" not in before, "on that day it was not done yet"
    later = text_of(progress_report(plan, date(2005, 1, 1)))
    assert "Its date has passed; not recorded as done." in later
    assert "No evidence is collected yet." in later
    assert "improve" not in words.lower().replace("improvement", "")


def test_a_changed_date_shows_the_first_one_and_why(cast: Cast) -> None:
    plan = imported(plan_of([("One thing", date(2003, 11, 30))]), cast.quality)
    change_due(action=action(plan), due=date(2004, 2, 29), reason="The council meets in February", by=cast.quality)
    words = text_of(progress_report(plan, date.today()))  # noqa: DTZ011
    assert "30 Nov 03" in words, "its own words stay"
    assert "Now 29 February 2004; at first 30 November 2003: The council meets in February" in words
    assert "Now 29" not in text_of(progress_report(plan, AS_AT)), "on that day the date had not been changed"


def test_progress_is_the_latest_reported_by_the_day_and_says_which(cast: Cast) -> None:
    plan = imported(small_plan(), cast.quality)
    rec = recommendation(plan)
    add_progress(recommendation=rec, reporting_date=date(2004, 1, 31), text="The policy is in force", by=cast.quality)
    add_progress(recommendation=rec, reporting_date=date(2004, 4, 30), text="Every team has it", by=cast.quality)
    then = rows_about(progress_report(plan, AS_AT), "1.1")
    assert "Policy drafted" in then
    assert "in force" not in then
    between = rows_about(progress_report(plan, date(2004, 3, 1)), "1.1")
    assert "Reported as at 31 January 2004:\nThe policy is in force" in between
    assert "Policy drafted" not in between
    assert "Every team has it" not in between
    as_known = rows_about(progress_report(plan, date(2004, 3, 1), known_at=end_of(date(2004, 3, 1))), "1.1")
    assert "Policy drafted" in as_known, "the plan's own words, though imported later"
    assert "in force" not in as_known, "what was added later was not known then"


def test_evidence_stands_under_its_recommendation(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = imported(small_plan(), cast.quality)
    tie_requirement(recommendation=recommendation(plan), key="referrals.police-advised", by=cast.quality)
    tied = rows_about(progress_report(plan, AS_AT), "1.1")
    assert "Police are told" in tied or "police" in tied.lower()
    assert "None to judge yet" in tied
    rec = recommendation(plan)

    def found(*_: Any) -> dict[int, list[Evidence]]:
        return {rec.pk: [evidence(RISEN)]}

    monkeypatch.setattr(progress, "evidence_of_plan", found)
    report = progress_report(plan, AS_AT)
    shown = rows_about(report, "1.1")
    assert "233 of 360 in time (65%). 95% interval 60% to 69%. A shift above the median since January 2003." in shown
    assert "as at 31 October 2003" in shown
    assert "No evidence is collected yet." in rows_about(report, "1.2")
    assert "For 1 of 2 recommendations" in text_of(report)


def test_trends_are_named_by_the_rules_and_never_as_better() -> None:
    def trend(pairs: list[tuple[int, int]]) -> str:
        found = evidence(pairs)
        return trend_in_words(found.months, found.chart)

    assert trend(FLAT) == "No signal of change"
    assert trend(RISEN) == "A shift above the median since January 2003"
    assert "from January 2003 to June 2003" in trend([*RISEN, (9, 20)])
    assert trend(FLAT[:6]) == "Too few months to say whether it changes"
    for words in (trend(RISEN), trend(FLAT)):
        assert "improv" not in words
        assert "better" not in words


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 40), st.integers(0, 40))
def test_no_small_number_is_printed(met: int, missed: int, due: int, excused: int) -> None:
    line = evidence_line(evidence([(met, met + missed)], due=due, excused=excused))
    printed = line.text_in_full()
    assert (f"; {due} not yet due" in printed) == (due >= 5)
    assert (f"; {excused} excused" in printed) == (excused >= 5)
    assert ("fewer than 5 not yet due" in printed) == (0 < due < 5)
    assert "in all" not in printed, "the total of all would give them away"
    if met + missed >= 10 and (0 < met < 5 or 0 < missed < 5):
        assert f"{met} of" not in printed.replace(f"least {met + missed - 4} of", "")
        assert f"({met / (met + missed):.0%})" not in printed


@given(st.integers(10, 400), st.integers(1, 4), st.integers(1, 4))
def test_a_hidden_number_cannot_be_worked_out(whole: int, one: int, other: int) -> None:
    def line(met: int) -> str:
        return evidence_line(evidence([(met, whole)])).text_in_full()

    assert line(one) == line(other)
    assert line(whole - one) == line(whole - other)


def test_shares_are_exact_where_they_may_be() -> None:
    assert share_in_words(15, 20).words == "15 of 20 in time (75%)"
    assert share_in_words(20, 20).words == "20 of 20 in time (100%)"
    assert share_in_words(0, 20).words == "0 of 20 in time (0%)"
    assert share_in_words(17, 20).words == "At least 16 of 20 in time, and not all"
    assert share_in_words(3, 20).words == "Fewer than 5 of 20 in time"
    assert share_in_words(7, 9).words == "9 to judge: too few to say"
    assert share_in_words(1, 2).words == "Fewer than 5 to judge: too few to say"
    with pytest.raises(ValueError, match="not a share"):
        share_in_words(3, 2)
    hidden = share_in_words(17, 20)
    assert hidden.interval
    assert hidden.interval.low == wilson(16, 20).low
    assert hidden.interval.high == wilson(19, 20).high


@pytest.mark.parametrize(
    ("words", "pairs", "expected"),
    [
        ("File audit shows improved but variable practice.", FLAT, [claims.NO_CHANGE]),
        ("File audit shows improved but variable practice.", RISEN, []),
        ("File audit confirms this practice.", FLAT, [claims.NOT_ALL]),
        ("File audit confirms this practice.", [(20, 20)] * 12, []),
        ("Need to confirm for all cases.", FLAT, []),
        ("This will further improve practice.", FLAT, []),
        ("Programme published.", FLAT, []),
        ("File audit shows improved practice.", [(1, 2)], []),
    ],
)
def test_words_that_claim_more_than_the_figures_get_a_quiet_note(
    words: str, pairs: list[tuple[int, int]], expected: list[str]
) -> None:
    assert claims.notes_on([words], [evidence(pairs)]) == expected


def test_without_evidence_no_note_is_needed() -> None:
    assert claims.notes_on(["Practice has improved in all cases"], []) == []


def _large(count: int) -> Any:
    return plan_of([(f"Do thing number {n} of the list", date(2004, 1, 31)) for n in range(count)])


def test_queries_do_not_grow_with_the_plan(cast: Cast, django_assert_max_num_queries: Any) -> None:
    plan: Plan = imported(_large(120), cast.quality)
    with django_assert_max_num_queries(25):
        report = progress_report(plan, AS_AT)
    assert json.from_data(json.as_data(report)) == report
