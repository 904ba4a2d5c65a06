"""How a transfer goes: read from the rows that hang on it, and from nothing else. Fetch `RELATED` with it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from goldenthread.cases.facts import Standing, standing
from goldenthread.core.clock import Moment, end_of
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.transferring.choices import Reply, Side, Stage, Verdict
from goldenthread.standards.allocation.transferring.models import (
    HandoverRecord,
    JointVisit,
    ObstacleCleared,
    ObstacleMove,
    Transfer,
    TransferAnswer,
    TransferDone,
    TransferObstacle,
    TransferRuling,
)

RELATED = (
    "answers", "obstacles__owner", "obstacles__moves__owner", "obstacles__clearings", "handovers", "joint_visits", "rulings",
    "completions", "withdrawals",
)  # fmt: skip
"""What hangs on a transfer, to be fetched with it."""


@dataclass(frozen=True, slots=True)
class Hurdle:
    """One obstacle as it stands. due: the day by which it is judged; promised: the day that was said last; owner: whose it is
    now; team_id: of which team, where a manager owns it (None: it is the worker's who holds the case). A day that had passed
    before another was given stays the day by which it is judged."""

    said: Standing[TransferObstacle]
    owner: Officer
    team_id: int | None
    due: date
    promised: date
    cleared: Standing[ObstacleCleared] | None

    @property
    def pk(self) -> int:
        """The number of its first row, by which it is found for good."""
        return self.said.first.pk

    @property
    def open(self) -> bool:
        """Whether it still stands in the way."""
        return self.cleared is None

    def over(self, at: datetime) -> timedelta | None:
        """How long it is over its day at an instant; None: it is not."""
        until = self.cleared.moment.occurred_at if self.cleared else at
        return until - end_of(self.due) if until > end_of(self.due) else None


def _hurdle(said: Standing[TransferObstacle]) -> Hurdle:
    last: TransferObstacle | ObstacleMove = said.fact
    due = said.fact.due
    moves = sorted(standing(said.first.moves.all()), key=lambda one: (one.moment.recorded_at, one.first.pk))
    for move in moves:
        last = move.fact
        if move.moment.recorded_at <= end_of(due):
            due = last.due
    cleared = next(iter(standing(said.first.clearings.all())), None)
    return Hurdle(said, last.owner, last.team_id, due, last.due, cleared)


@dataclass(frozen=True, slots=True)
class Course:
    """How a transfer went so far. agreed: since when it is settled that the file goes over (the teams agreed, or it was
    ruled); done: the file went over; stopped: it was withdrawn, or ruled that the file stays."""

    transfer: Transfer
    answers: tuple[Standing[TransferAnswer], ...]
    hurdles: tuple[Hurdle, ...]
    handovers: tuple[Standing[HandoverRecord], ...]
    visits: tuple[Standing[JointVisit], ...]
    ruling: Standing[TransferRuling] | None
    agreed: Moment | None
    done: Standing[TransferDone] | None
    stopped: Moment | None

    @property
    def under_way(self) -> bool:
        """Whether it is neither done nor stopped."""
        return self.done is None and self.stopped is None

    @property
    def ended(self) -> Moment | None:
        """When it was done or stopped."""
        return self.done.moment if self.done else self.stopped

    @property
    def disagreement(self) -> Standing[TransferAnswer] | None:
        """The last answer that did not agree."""
        return next((one for one in reversed(self.answers) if one.fact.reply == Reply.DISAGREED), None)

    @property
    def disputed(self) -> bool:
        """Whether the teams disagree, and nobody ruled yet."""
        return self.under_way and self.agreed is None and self.disagreement is not None

    @property
    def accepted(self) -> TransferAnswer | None:
        """The acceptance that stands."""
        last = self.answers[-1].fact if self.answers else None
        return last if last and last.reply == Reply.ACCEPTED else None

    @property
    def in_the_way(self) -> tuple[Hurdle, ...]:
        """Obstacles that were not cleared."""
        return tuple(one for one in self.hurdles if one.open)

    @property
    def first_answer(self) -> Moment | None:
        """When the receiving team first answered: accepted, did not agree, or named an obstacle."""
        said = [one.moment for one in self.answers]
        said += [one.said.moment for one in self.hurdles if one.said.fact.side == Side.RECEIVING]
        return min(said, key=lambda one: one.occurred_at, default=None)

    @property
    def stage(self) -> Stage:
        """How it stands while it is under way. `figures.going` says the same of many at once."""
        if self.disputed:
            return Stage.DISPUTED
        if self.in_the_way:
            return Stage.HELD_UP
        return Stage.AGREED if self.agreed else Stage.ASKED

    @property
    def state(self) -> tuple[str, str]:
        """How it stands, in words, and the colour of the tag."""
        if self.done:
            return "Done", "green"
        if self.stopped:
            ruled = self.ruling is not None and self.ruling.fact.verdict == Verdict.STAYS
            return ("Stays where it is", "grey") if ruled else ("Withdrawn", "grey")
        return self.stage.value


def _agreed(answers: list[Standing[TransferAnswer]], rulings: list[Standing[TransferRuling]]) -> Moment | None:
    """Since the first acceptance, or ruling that it goes, after the last disagreement."""
    since = max((place for place, one in enumerate(answers) if one.fact.reply == Reply.DISAGREED), default=-1)
    found = [one.moment for one in answers[since + 1 :]]
    if since >= 0:
        at = answers[since].moment.occurred_at
        found += [one.moment for one in rulings if one.fact.verdict == Verdict.GOES and one.moment.occurred_at >= at]
    return min(found, key=lambda one: one.occurred_at, default=None)


def course_of(transfer: Transfer) -> Course:
    """How it went, of the rows as they stand. Reads no clock, and no database beyond `RELATED`."""
    answers, rulings = standing(transfer.answers.all()), standing(transfer.rulings.all())
    stays = [one.moment for one in rulings if one.fact.verdict == Verdict.STAYS]
    stopped = stays + [one.moment for one in standing(transfer.withdrawals.all())]
    return Course(
        transfer,
        tuple(answers),
        tuple(_hurdle(one) for one in standing(transfer.obstacles.all())),
        tuple(standing(transfer.handovers.all())),
        tuple(standing(transfer.joint_visits.all())),
        rulings[-1] if rulings else None,
        _agreed(answers, rulings),
        next(iter(standing(transfer.completions.all())), None),
        stopped[0] if stopped else None,
    )
