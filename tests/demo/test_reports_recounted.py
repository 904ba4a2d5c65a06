"""What is printed, held against an auditor's recount: the progress report, and the golden thread on the command line."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from typer.testing import CliRunner

from goldenthread.cli.app import app
from goldenthread.plan.evidence import evidence_for, evidence_of_plan
from goldenthread.plan.models import Plan, Recommendation, RequirementTie
from goldenthread.plan.status import statuses_of
from goldenthread.reports.json import as_data
from goldenthread.reports.progress import progress_report
from tests.demo.conftest import TODAY
from tests.demo.recount.raw import PAST, night, wilson
from tests.demo.recount.whole import recount

pytestmark = pytest.mark.usefixtures("authority")


def evidence_in(data: Any) -> Iterator[dict[str, Any]]:
    """Every evidence line of a report's JSON."""
    if isinstance(data, dict):
        if data.get("kind") == "Evidence":
            yield data
        for value in data.values():
            yield from evidence_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from evidence_in(value)


def numbers_in(words: str) -> list[int]:
    return [int(number.replace(",", "")) for number in re.findall(r"(?<![\d.%])\d[\d,]*(?![\d,]*%)", words)]


@pytest.mark.parametrize("day", PAST, ids=str)
def test_the_progress_report_prints_these_numbers_and_hides_the_small_ones(day: date) -> None:
    counts = recount(night(day), night(day)).counts
    plan = Plan.objects.current().get()
    data = json.loads(json.dumps(as_data(progress_report(plan, day))))
    tied = set(
        RequirementTie.objects.filter(recommendation__standard__plan=plan, untied_at=None).values_list(
            "requirement", flat=True
        )
    )
    lines = list(evidence_in(data))
    assert lines
    titles = {evidence.title: evidence.requirement for evidence in evidence_for(sorted(tied), day)}
    for line in lines:
        key = titles[line["title"].rstrip(":")]
        by = Counter[str]()
        for (requirement, _, _, verdict), number in counts.items():
            if requirement == key:
                by[verdict] += number
        met, judged = by["met"], by["met"] + by["late"] + by["overdue"]
        words = line["words"]
        small_excused = [n for n in (by["due"], by["excused"]) if 0 < n < 5]
        # Whatever is printed fits what was counted, and no number from 1 to 4 stands alone.
        assert not [
            n for n in numbers_in(words.replace("fewer than 5", "").replace("Fewer than 5", "")) if 0 < n < 5
        ], words
        if judged == 0:
            assert words.startswith("None to judge yet")
        elif judged < 10:
            assert "too few to say" in words
            assert str(met) not in words.split(":")[0] or met >= 5
        elif 0 < met < 5:
            assert words.startswith(f"Fewer than 5 of {judged:,}")
        elif 0 < judged - met < 5:
            assert words.startswith(f"At least {judged - 4:,} of {judged:,} in time, and not all")
        else:
            assert words.startswith(f"{met:,} of {judged:,} in time ({met / judged:.0%})")
            low, high = wilson(met, judged)
            assert line["interval"] == f"95% interval {low:.0%} to {high:.0%}"
        if small_excused:
            # Neither the source nor anything else of the line gives a total to subtract from.
            assert not numbers_in(line["source"])
        if by["due"] >= 5:
            assert f"{by['due']:,} not yet due" in words
        if by["excused"] >= 5:
            assert f"{by['excused']:,} excused" in words


@pytest.mark.parametrize("day", PAST[:2], ids=str)
def test_the_thread_on_the_command_line_adds_up(day: date) -> None:
    known = day - timedelta(days=5)
    answer = CliRunner().invoke(app, ["thread", "--json", "--as-at", str(day), "--known-at", str(known)])
    assert answer.exit_code == 0, answer.output
    printed = {line["recommendation"]: line for line in json.loads(answer.stdout)}
    counts = recount(night(day), night(known)).counts
    plan = Plan.objects.current().get()
    for rec in Recommendation.objects.filter(standard__plan=plan):
        keys = set(
            RequirementTie.objects.filter(recommendation=rec, untied_at=None).values_list("requirement", flat=True)
        )
        line = printed.pop(rec.number)
        assert set(line["requirements"]) == keys
        assert line["obligations"] == {
            verdict: sum(n for (key, _, _, v), n in counts.items() if key in keys and v == verdict)
            for verdict in ("met", "late", "overdue", "due", "excused")
        }
    assert printed == {}


def test_a_report_calls_nothing_sustained_that_its_own_evidence_does_not_show() -> None:
    plan = Plan.objects.current().get()
    day = TODAY - timedelta(days=1)
    printed = evidence_of_plan(plan, day)
    statuses = statuses_of(plan, day, evidence=printed).recommendations
    assert "sustained" in {status.key for status in statuses.values()}
    assert "sustained" not in {s.key for s in statuses_of(plan, day, evidence={}).recommendations.values()}
    words = json.dumps(as_data(progress_report(plan, day)))
    for rec in Recommendation.objects.filter(standard__plan=plan):
        assert f"{statuses[rec.pk].title}: {statuses[rec.pk].words}." in words
