"""What good practice demands of supervision. All serve 2.1, that each worker knows what is expected: the plan has an allocation
looked at again in supervision, and it is there that what is expected changes.

What is said of a case is owed by whoever held it, and is asked of each worker anew: a new worker's first discussion is owed
from the day on which they were given the case.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from goldenthread.cases.facts import standing
from goldenthread.cases.models import CaseFile
from goldenthread.core.clock import Moment, end_of
from goldenthread.obligations.requirement import Holder, Owed, Requirement
from goldenthread.standards.allocation.supervising.models import CaseSupervision, SupervisionAction, SupervisionPair
from goldenthread.standards.assessment.protection.rounds import rounds


def _supervised(pair: SupervisionPair) -> Iterator[Owed]:
    held = [one for one in standing(pair.sessions.all()) if one.fact.held]
    holder = Holder(pair.team_id, pair.supervisor_id)
    for owed in rounds(pair.begun, held, then="worker-supervised", ended=pair.until_at):
        yield replace(owed, holder=holder)


@dataclass(slots=True)
class Spell:
    """A time in which one worker held a file: from which holding on, since when, and until when (None: still). team: the last
    in which they held it."""

    holding: int
    worker: int
    team: int
    since: Moment
    until: datetime | None = None


def spells(case_file: CaseFile) -> list[Spell]:
    """Who held a file from when until when, first to last; times without a worker are left out. Reads `holdings`."""
    found: list[Spell] = []
    running: Spell | None = None
    for one in sorted(case_file.holdings.all(), key=lambda one: (one.since_at, one.pk)):
        if running is not None and running.until is None:
            if running.worker == one.worker_id:
                running.team, running.until = one.team_id, one.closed_at
                continue
            running.until = one.since_at
        running = None
        if one.worker_id is not None:
            running = Spell(one.pk, one.worker_id, one.team_id, Moment(one.since_at, one.recorded_at), one.closed_at)
            found.append(running)
    closed = case_file.closed_at
    if closed is not None:
        found = [spell for spell in found if spell.since.occurred_at < closed]
        for spell in found:
            spell.until = min(spell.until or closed, closed)
    return found


def _discussed(case_file: CaseFile) -> Iterator[Owed]:
    rows: list[CaseSupervision] = list(case_file.case_supervisions.all())
    talked = standing(rows)
    for spell in spells(case_file):
        holder = Holder(spell.team, spell.worker)
        theirs = [one for one in talked if one.fact.worker_id == spell.worker]
        # What one worker's supervision missed is made up for, late, by the next talk about the case with anybody.
        later = [one.moment for one in talked if spell.until is not None and one.moment.occurred_at > spell.until]
        for owed in rounds(spell.since, theirs, then="case-discussed", ended=spell.until):
            done = owed.done or (later[0] if later else None)
            yield replace(owed, done=done, key=f"{spell.holding}-{owed.key}", holder=holder)


def _done(action: SupervisionAction) -> Owed | None:
    done = standing(action.done.all())
    if not done and standing(action.taken_back.all()):
        return None
    moved = standing(action.moves.all())
    officer, due = (moved[-1].fact.officer_id, moved[-1].fact.due) if moved else (action.officer_id, action.due)
    file = action.case_file
    held = file.holding_at(done[0].moment.occurred_at) if done else None
    return Owed(
        Moment(action.agreed_at, action.recorded_at),
        done[0].moment if done else None,
        due=end_of(due),
        holder=Holder(held.team_id if held else file.team_id, officer),
    )


def _no_file(record: object) -> None:
    return None


def _itself(case_file: CaseFile) -> CaseFile:
    return case_file


SUPERVISED = Requirement(
    key="allocation.worker-supervised",
    serves="2.1",
    title="Each worker is supervised every four weeks",
    why="Nobody can carry such work alone for long and still see clearly.",
    timescale="worker-supervised",
    subject=SupervisionPair,
    owed=_supervised,
    with_related=("sessions",),
    case_file=_no_file,
    within_line=True,
)
DISCUSSED = Requirement(
    key="allocation.case-discussed",
    serves="2.1",
    title="Each allocated case is talked over in supervision at least every six weeks",
    why="A case that is never talked over drifts, and only somebody outside of it can see that it does.",
    timescale="case-discussed",
    subject=CaseFile,
    owed=_discussed,
    with_related=("holdings", "case_supervisions"),
    case_file=_itself,
)
ACTION_DONE = Requirement(
    key="allocation.supervision-action-done",
    serves="2.1",
    title="What was agreed in supervision is done by its day",
    why="An agreement that nobody comes back to teaches that agreements do not count.",
    subject=SupervisionAction,
    owed=_done,
    with_related=("case_file__holdings", "done", "moves", "taken_back"),
)

REQUIREMENTS: tuple[Requirement, ...] = (SUPERVISED, DISCUSSED, ACTION_DONE)
