"""The made-up supervision and closings: plausible, and nothing that the verbs would refuse."""

from collections import Counter

import pytest

from goldenthread.cases.models import CaseFile
from goldenthread.core.clock import day_of
from goldenthread.obligations.models import Obligation
from goldenthread.standards.allocation.closing import rules as closing_rules
from goldenthread.standards.allocation.closing.choices import Answer
from goldenthread.standards.allocation.closing.models import Closure, ClosureAnswer
from goldenthread.standards.allocation.supervising.models import (
    AgreedDone,
    AgreedMoved,
    AgreedTakenBack,
    CaseSupervision,
    SupervisionAnswer,
    SupervisionPair,
    SupervisionSession,
)
from goldenthread.standards.allocation.supervising.rules import check_answers
from tests.demo.conftest import NOW

# Both databases hold the same rows (test_load), and of these the tests count what they say.
pytestmark = [pytest.mark.usefixtures("authority"), pytest.mark.once]
HANGING = (
    "answers",
    "drops",
    "asked_again",
    "reopenings",
    "family_told",
    "agencies_told",
    "case_file__chronology_reviews",
    "agencies",
)


def test_every_file_that_a_manager_closed_could_be_closed() -> None:
    closures = Closure.objects.select_related("case_file").prefetch_related(*HANGING)
    signed = [(one, stands) for one in closures if (stands := one.signed_off())]
    assert len(signed) > 100
    reopened = 0
    for closure, said in signed:
        at = said.moment.occurred_at
        assert said.fact.by_id != closure.by_id
        assert closure.last_asked().occurred_at <= at
        closing_rules.check_ready(closure, at)
        if closure.reopenings.all():
            reopened += 1
            assert closure.case_file.closed_at is None
            assert closure.case_file.holdings.filter(closed_at=at).count() == 1
        else:
            assert closure.case_file.closed_at == at
    assert reopened


def test_nothing_was_owed_on_a_file_when_it_was_closed() -> None:
    answers = ClosureAnswer.objects.filter(answer=Answer.SIGNED_OFF).values_list("closure__case_file", "occurred_at")
    signed = dict(answers)
    left: Counter[str] = Counter()
    for row in Obligation.objects.filter(case_file__in=signed):
        at = signed[row.case_file_id or 0]
        settled = [one for one in (row.done_at, row.excused_at) if one is not None and one <= at]
        left[row.requirement] += row.since_at <= at and row.since_known_at <= at and not settled
    assert {key: number for key, number in left.items() if number} == {}


def test_closures_that_run_are_on_open_files_one_on_each() -> None:
    closures = Closure.objects.select_related("case_file").prefetch_related(*HANGING)
    running = Counter(one.case_file_id for one in closures if one.is_running)
    assert running
    assert set(running.values()) == {1}
    assert not CaseFile.objects.filter(pk__in=running).exclude(closed_at=None).exists()
    for one in closures:
        for told in (*one.family_told.all(), *one.agencies_told.all()):
            closing_rules.check_told(one, told.how, told.words, told.occurred_at)


def test_cases_were_talked_over_with_the_worker_who_held_them() -> None:
    said = CaseSupervision.objects.select_related("case_file", "session__pair").prefetch_related("case_file__holdings")
    in_session = 0
    for one in said:
        held = one.case_file.holding_at(one.occurred_at)
        assert held is not None
        assert (held.worker_id, one.worker_id != one.by_id) == (one.worker_id, True)
        assert one.case_file.closed_at is None or one.occurred_at <= one.case_file.closed_at
        if one.session is not None:
            in_session += 1
            assert one.session.held
            assert (one.session.pair.worker_id, one.session.occurred_at) == (one.worker_id, one.occurred_at)
    assert in_session > len(said) / 4
    for pk in said.order_by("pk").values_list("pk", flat=True)[:40]:
        answers = SupervisionAnswer.objects.filter(supervision=pk).values_list("question", "answer", "words")
        check_answers({question: (answer, words) for question, answer, words in answers})


def test_sessions_lie_within_their_pair_and_what_was_missed_says_why() -> None:
    assert (
        SupervisionPair.objects.filter(until_at=None).values("worker").distinct().count()
        == SupervisionPair.objects.count()
    )
    rows = SupervisionSession.objects.select_related("pair")
    assert rows.filter(held=False).count() > 10
    for one in rows:
        assert one.pair.since_at <= one.occurred_at < NOW
        assert bool(one.why_missed) is not one.held
        assert one.next_at is None or one.next_at > one.occurred_at


def test_what_was_agreed_was_done_moved_or_taken_back_as_it_may_be() -> None:
    for done in AgreedDone.objects.select_related("action"):
        assert done.occurred_at >= done.action.agreed_at
    assert not AgreedDone.objects.filter(action__in=AgreedTakenBack.objects.values("action")).exists()
    for moved in (*AgreedMoved.objects.select_related("action"), *AgreedTakenBack.objects.select_related("action")):
        assert day_of(moved.occurred_at) <= moved.action.due
        assert moved.by_id != moved.action.officer_id
