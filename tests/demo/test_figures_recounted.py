"""An auditor's recount of the figures of Standard 1: unmet need, and what agencies confirmed in writing."""

from collections import Counter, defaultdict
from datetime import date, datetime
from typing import Any

import pytest

from goldenthread.people.models import Team
from goldenthread.standards.referrals import figures
from goldenthread.standards.referrals import models as room
from goldenthread.standards.referrals.choices import AgencyKind
from tests.demo.recount.kinds import ANSWER, DECISION, MET, NEED, WRITTEN
from tests.demo.recount.raw import CLOCKS, Told, london, rows

pytestmark = pytest.mark.usefixtures("authority")


@pytest.mark.parametrize(("as_at", "known"), CLOCKS, ids=lambda at: f"{at:%d%b}")
def test_unmet_need_is_counted_the_same_by_hand(as_at: datetime, known: datetime) -> None:
    start, end = date(2025, 10, 1), london(as_at)
    told = {kind: Told(*kind, known) for kind in (DECISION, ANSWER, NEED, MET)}
    decisions = {row["first"]: row for on in told[DECISION].by.values() for row in on}
    answers = {row["first"]: row for on in told[ANSWER].by.values() for row in on}
    teams = {row["id"]: row for row in rows(Team)}
    needs: Counter[tuple[Any, ...]] = Counter()
    met: Counter[tuple[Any, ...]] = Counter()
    for on in told[NEED].by.values():
        for need in on:
            answer = answers.get(need["answer_id"])
            decision = decisions.get(answer["decision_id"]) if answer else None
            if decision is None or not start <= london(need["occurred_at"]) or need["occurred_at"] > as_at:
                continue
            key = (
                need["need"],
                need["why"],
                need["unit"],
                decision["team_id"],
                london(need["occurred_at"]).replace(day=1),
            )
            needs[key] += 1
            met[key] += any(row["occurred_at"] <= as_at for row in told[MET][need["first"]])
    found = figures.unmet_need(start, end, as_at=as_at, known_at=known)
    assert {(r.need, r.why, r.unit, r.team_id, r.month): (r.count, r.met) for r in found} == {
        key: (number, met[key]) for key, number in needs.items()
    }
    asked: Counter[tuple[int, date]] = Counter()
    answered: Counter[tuple[int, date]] = Counter()
    for decision in decisions.values():
        if not start <= london(decision["occurred_at"]) or decision["occurred_at"] > as_at:
            continue
        at = (decision["team_id"], london(decision["occurred_at"]).replace(day=1))
        asked[at] += 1
        answered[at] += any(row["occurred_at"] <= as_at for row in told[ANSWER][decision["first"]])
    captured = figures.capture_rate(start, end, as_at=as_at, known_at=known)
    assert {(r.team_id, r.month): (r.decisions, r.answered) for r in captured} == {
        at: (number, answered[at]) for at, number in asked.items()
    }
    assert needs
    assert asked
    assert {row["team_id"] for row in decisions.values()} <= teams.keys()


@pytest.mark.parametrize(("as_at", "known"), CLOCKS, ids=lambda at: f"{at:%d%b}")
def test_what_agencies_wrote_is_counted_the_same_by_hand(as_at: datetime, known: datetime) -> None:
    start, end = date(2025, 8, 15), london(as_at)
    written = Told(*WRITTEN, known)
    mine: dict[tuple[Any, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for referral in rows(room.Referral):
        if (
            referral["recorded_at"] > known
            or referral["received_at"] > as_at
            or london(referral["received_at"]) < start
        ):
            continue
        if not referral["professional"]:
            continue
        line = mine[referral["agency_id"], referral["agency_kind"]]
        line[0] += 1
        if referral["route"] in ("phone", "in-person"):
            line[1] += 1
            line[2] += any(row["occurred_at"] <= as_at for row in written[referral["id"]])
    found = figures.written_by_agency(start, end, as_at=as_at, known_at=known)
    labels = dict(AgencyKind.choices)
    assert {(r.agency_id, r.kind): [r.referrals, r.spoken, r.confirmed] for r in found} == {
        (agency, labels[kind]): line for (agency, kind), line in mine.items()
    }
    assert sum(r.unwritten for r in found) == sum(spoken - confirmed for _, spoken, confirmed in mine.values())
