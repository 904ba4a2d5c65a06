"""Supervision: who supervises whom, what is said of a case, and what was agreed."""

from datetime import date, timedelta
from typing import Any

import pytest

from goldenthread.cases.models import CaseFile
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.obligations.handover import hand_over
from goldenthread.obligations.models import Obligation
from goldenthread.standards.allocation.supervising import actions, agreed, pairs
from goldenthread.standards.allocation.supervising.models import (
    CaseSupervision,
    SupervisionAction,
    SupervisionPair,
    SupervisionSession,
)
from tests.conftest import Cast
from tests.standards.allocation.supervising.conftest import ANSWERS, Discuss, owed
from tests.standards.referrals.conftest import Hands

WEEK = timedelta(days=7)


def test_a_worker_is_supervised_every_four_weeks_and_each_time_that_is_missed_counts(
    pair: SupervisionPair, cast: Cast, hands: Hands
) -> None:
    first = owed("worker-supervised")[0]
    assert (first.owner, first.case_file) == (cast.manager, None)
    assert first.due_at is not None
    assert (first.due_at.date() - hands.now.date()).days == 28
    hands.on(days=60)
    pairs.record_session(pair=pair, held=False, why_missed="Dev was ill", occurred_at=hands.now, by=cast.manager)
    assert not [row for row in owed("worker-supervised") if row.done_at]
    pairs.record_session(pair=pair, occurred_at=hands.now, next_at=hands.now + 4 * WEEK, by=cast.manager)
    done = [row for row in owed("worker-supervised") if row.done_at]
    assert len(done) == 3  # two that were missed, and the one that was still in time
    assert [row.done_at == hands.now for row in done] == [True] * 3


def test_a_new_supervisor_begins_anew_and_the_one_before_owes_no_more(
    pair: SupervisionPair, cast: Cast, hands: Hands
) -> None:
    hands.on(days=7)
    new = pairs.pair_up(worker=cast.worker, supervisor=cast.senior, since_at=hands.now, by=cast.manager, token="n")
    assert (
        pairs.pair_up(worker=cast.worker, supervisor=cast.senior, since_at=hands.now, by=cast.manager, token="n") == new
    )
    pair.refresh_from_db()
    assert pair.until_at == hands.now
    assert {row.owner for row in owed("worker-supervised")} == {cast.senior}
    with pytest.raises(Refused, match="already"):
        pairs.pair_up(worker=cast.worker, supervisor=cast.senior, since_at=hands.now, by=cast.manager)
    hands.on(days=1)
    pairs.end_pair(pair=new, until_at=hands.now, by=cast.manager)
    assert not owed("worker-supervised")
    with pytest.raises(Refused, match="ended"):
        pairs.end_pair(pair=new, until_at=hands.now, by=cast.manager)


def test_who_supervises_whom_is_for_the_line_to_say(cast: Cast, hands: Hands) -> None:
    def pair(worker: Any, supervisor: Any, by: Any, **other: Any) -> SupervisionPair:
        return pairs.pair_up(worker=worker, supervisor=supervisor, by=by, **({"since_at": hands.now} | other))

    for worker, supervisor, by in (
        (cast.worker, cast.senior, cast.senior),  # no manager
        (cast.stranger, cast.manager, cast.manager),  # of another team
        (cast.manager, cast.group_manager, cast.manager),  # oneself
    ):
        with pytest.raises(NotAllowed):
            pair(worker, supervisor, by)
    for worker, supervisor in ((cast.worker, cast.colleague), (cast.worker, cast.worker)):
        with pytest.raises(Refused):
            pair(worker, supervisor, cast.manager)
    with pytest.raises(Refused):
        pair(cast.worker, cast.senior, cast.manager, since_at=hands.now + WEEK)
    assert pair(cast.manager, cast.group_manager, cast.group_manager).team == cast.east


def test_sessions_are_recorded_by_the_supervisor_or_the_line_and_say_why_they_were_missed(
    pair: SupervisionPair, cast: Cast, hands: Hands
) -> None:
    start = hands.now
    hands.on(days=10)
    for by in (cast.worker, cast.colleague, cast.stranger, cast.senior):
        with pytest.raises(NotAllowed):
            pairs.record_session(pair=pair, occurred_at=hands.now, by=by)
    wrong: tuple[dict[str, Any], ...] = (
        {"held": False}, {"held": False, "why_missed": "n/a"}, {"next_at": start}, {"occurred_at": start - WEEK},
        {"occurred_at": hands.now + WEEK},
    )  # fmt: skip
    for other in wrong:
        with pytest.raises(Refused):
            pairs.record_session(**({"pair": pair, "occurred_at": hands.now, "by": cast.manager} | other))
    made = pairs.record_session(pair=pair, occurred_at=hands.now, by=cast.manager, token="s")
    assert pairs.record_session(pair=pair, occurred_at=hands.now, by=cast.manager, token="s") == made
    pairs.correct_session(
        session=made, changes={"occurred_at": start + WEEK}, reason="It was on Wednesday", by=cast.group_manager
    )
    row = owed("worker-supervised")[0]
    assert (row.done_at, row.done_known_at) == (start + WEEK, hands.now)
    last = SupervisionSession.objects.get(supersedes=made)
    pairs.correct_session(session=last, changes=None, reason="It was another worker's", by=cast.manager)
    assert owed("worker-supervised")[0].done_at is None


def test_a_case_is_talked_over_every_six_weeks(file: CaseFile, discuss: Discuss, cast: Cast, hands: Hands) -> None:
    first = owed("case-discussed")[0]
    assert (first.owner, first.case_file, first.since_at) == (cast.worker, file, file.opened_at)
    assert first.due_at is not None
    assert (first.due_at.date() - hands.now.date()).days == 42
    hands.on(days=30)
    said = discuss(token="d")
    assert discuss(token="d") == said
    assert [(one.question, one.answer) for one in said.answers.all()] == [(key, "yes") for key in ANSWERS]
    first, second = owed("case-discussed")[:2]
    assert first.done_at == hands.now
    assert (second.since_at, second.done_at) == (hands.now, None)
    entry = TrailEntry.objects.order_by("pk").last()
    assert entry is not None
    assert "bruises" not in str(entry.detail)


def test_who_holds_the_case_or_does_not_decide_does_not_record_what_was_said_of_it(
    file: CaseFile, discuss: Discuss, cast: Cast, hands: Hands
) -> None:
    for by in (cast.worker, cast.colleague, cast.stranger, cast.quality):
        with pytest.raises(NotAllowed):
            discuss(by=by)
    hands.on(hours=1)
    hand_over(case_file=file, team=cast.east, worker=cast.senior, since_at=hands.now, by=cast.manager)
    with pytest.raises(NotAllowed, match="You hold this case"):
        discuss(by=cast.senior)


@pytest.mark.parametrize(
    "other",
    [
        {"discussed": " "}, {"decisions": "tbc"}, {"answers": {}}, {"answers": ANSWERS | {"risk": ("yes", "")}},
        {"answers": ANSWERS | {"plan": ("no", "n/a")}}, {"answers": ANSWERS | {"plan": ("maybe", "So so")}},
        {"answers": ANSWERS | {"plan": ("yes", "x" * 301)}}, {"answers": ANSWERS | {"weather": ("yes", "")}},
    ],
)  # fmt: skip
def test_what_says_too_little_is_refused(discuss: Discuss, other: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        discuss(**other)
    assert CaseSupervision.objects.count() == 0


def test_a_new_worker_is_owed_a_talk_anew_and_what_was_missed_is_made_up_for_late(
    file: CaseFile, discuss: Discuss, cast: Cast, hands: Hands
) -> None:
    hands.on(days=50)  # six weeks and a day after it was missed
    hand_over(case_file=file, team=cast.east, worker=cast.colleague, since_at=hands.now, by=cast.manager)
    rows = [row for row in owed("case-discussed") if row.since_at <= hands.now]
    assert [row.owner for row in rows] == [cast.worker, cast.colleague]
    hands.on(days=7)
    said = discuss()
    assert said.worker == cast.colleague
    rows = [row for row in owed("case-discussed") if row.since_at < hands.now]
    assert [row.done_at for row in rows] == [hands.now, hands.now]
    assert rows[0].due_at is not None
    assert rows[0].due_at < hands.now


def test_nobody_is_owed_a_talk_about_a_case_that_nobody_holds(
    file: CaseFile, discuss: Discuss, cast: Cast, hands: Hands
) -> None:
    hands.on(hours=1)
    hand_over(case_file=file, team=cast.east, worker=None, since_at=hands.now, by=cast.manager)
    assert not owed("case-discussed")
    hands.on(hours=1)
    with pytest.raises(Refused, match="Nobody was named"):
        discuss()


def test_a_session_counts_only_with_the_worker_who_held_the_case(
    pair: SupervisionPair, file: CaseFile, discuss: Discuss, cast: Cast, hands: Hands
) -> None:
    hands.on(days=5)
    session = pairs.record_session(pair=pair, occurred_at=hands.now, by=cast.manager)
    missed = pairs.record_session(pair=pair, held=False, why_missed="A strategy discussion", occurred_at=hands.now, by=cast.manager)  # fmt: skip
    with pytest.raises(Refused, match="somebody else"):
        discuss(session=missed)
    said = discuss(session=session)
    with pytest.raises(Refused, match="take those back first"):
        pairs.correct_session(session=session, changes=None, reason="It was another day", by=cast.manager)
    actions.correct_discussion(supervision=said, changes=None, reason="It was another case", by=cast.manager)
    pairs.correct_session(session=session, changes=None, reason="It was another day", by=cast.manager)
    hand_over(case_file=file, team=cast.east, worker=cast.colleague, since_at=hands.now, by=cast.manager)
    hands.on(days=1)
    with pytest.raises(Refused, match="somebody else"):
        discuss(session=pairs.record_session(pair=pair, occurred_at=hands.now, by=cast.manager))


def test_what_was_said_is_corrected_with_its_answers_and_taken_back(discuss: Discuss, cast: Cast, hands: Hands) -> None:
    hands.on(days=10)
    said = discuss()
    new = actions.correct_discussion(
        supervision=said, changes={"decisions": "She is seen alone at home"}, reason="It was at home", by=cast.manager
    )
    assert (new.root, new.answers.count()) == (said, len(ANSWERS))
    assert said.answers.count() == len(ANSWERS)
    actions.correct_discussion(supervision=new, changes=None, reason="It was another case", by=cast.manager)
    assert owed("case-discussed")[0].done_at is None


def test_what_was_agreed_is_owed_by_its_officer_by_its_day(discuss: Discuss, cast: Cast, hands: Hands) -> None:
    hands.on(days=10)
    said, due = discuss(), hands.now.date() + timedelta(days=5)
    given: dict[str, Any] = {"supervision": said, "what": "Ring the school nurse", "officer": cast.colleague, "due": due, "by": cast.manager}  # fmt: skip
    for other in ({"what": ""}, {"officer": cast.quality}, {"due": date(2003, 9, 1)}):
        with pytest.raises(Refused):
            agreed.agree_action(**(given | other))
    with pytest.raises(NotAllowed):
        agreed.agree_action(**(given | {"by": cast.worker}))
    action = agreed.agree_action(**given, token="a")
    assert agreed.agree_action(**given, token="a") == action
    row = owed("supervision-action-done")[0]
    assert row.due_at is not None
    assert (row.owner, row.due_at.date()) == (cast.colleague, due)
    hands.on(days=2)
    agreed.finish_action(action=action, words="She weighs what she should", occurred_at=hands.now, by=cast.worker)
    assert owed("supervision-action-done")[0].done_at == hands.now
    with pytest.raises(Refused, match="done already"):
        agreed.finish_action(action=action, words="Again, by mistake", occurred_at=hands.now, by=cast.worker)


def test_an_action_is_moved_before_its_day_and_not_by_whoever_owes_it(
    discuss: Discuss, cast: Cast, hands: Hands
) -> None:
    hands.on(days=10)
    action = agreed.agree_action(
        supervision=discuss(), what="Ring the school nurse", officer=cast.worker, due=hands.now.date(), by=cast.manager
    )
    later = hands.now.date() + timedelta(days=9)

    def move(**other: Any) -> None:
        given = {"action": action, "officer": cast.worker, "due": later, "words": "She is on leave", "by": cast.manager}
        agreed.move_action(**(given | other))

    for by in (cast.worker, cast.colleague):
        with pytest.raises(NotAllowed):
            move(by=by)
    for wrong in ({"words": " "}, {"due": hands.now.date()}, {"officer": cast.quality}, {"due": date(2003, 10, 1)}):
        with pytest.raises(Refused):
            move(**wrong)
    move(token="m")
    move(token="m")
    row = owed("supervision-action-done")[0]
    assert row.due_at is not None
    assert row.due_at.date() == later
    hands.on(days=30)
    with pytest.raises(Refused, match="day has passed"):
        move(due=hands.now.date())
    with pytest.raises(Refused, match="day has passed"):
        agreed.take_back_action(action=action, words="No longer needed", by=cast.manager)
    move(officer=cast.colleague)
    assert owed("supervision-action-done")[0].owner == cast.colleague


def test_an_action_that_is_taken_back_in_time_is_owed_no_more(discuss: Discuss, cast: Cast, hands: Hands) -> None:
    hands.on(days=10)
    due = hands.now.date() + WEEK
    action = agreed.agree_action(
        supervision=discuss(), what="Ring the nurse", officer=cast.worker, due=due, by=cast.manager
    )
    with pytest.raises(NotAllowed):
        agreed.take_back_action(action=action, words="No longer needed", by=cast.worker)
    agreed.take_back_action(action=action, words="The nurse rang", by=cast.manager)
    assert not owed("supervision-action-done")
    with pytest.raises(Refused):
        agreed.finish_action(action=action, words="All the same", occurred_at=hands.now, by=cast.worker)
    assert SupervisionAction.objects.count() == 1
    assert Obligation.objects.filter(requirement="allocation.case-discussed").exists()
