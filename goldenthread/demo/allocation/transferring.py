"""Transfers: what stood round each change of team of the made-up files, what is under way now, and what came to nothing (3.4)."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, TypeVar

from goldenthread.cases.facts import Fact
from goldenthread.cases.models import CaseFile, Holding
from goldenthread.core.clock import day_of, end_of
from goldenthread.demo.allocation import transferring_words as words
from goldenthread.demo.arrivals import File
from goldenthread.demo.assessment.desk import AssessmentDesk
from goldenthread.obligations.models import Obligation
from goldenthread.people.models import Officer, Team
from goldenthread.standards.allocation.transferring.models import (
    HandoverItem,
    HandoverRecord,
    JointVisit,
    ObstacleCleared,
    ObstacleMove,
    Transfer,
    TransferAnswer,
    TransferDone,
    TransferObstacle,
    TransferRuling,
    TransferWithdrawn,
)

F = TypeVar("F", bound=Fact)
STANDS = {0: "unruled", 1: "held up", 5: "held up"}
"""Of eight that are under way: one that was not agreed and waits for the head of service, and two that stand still."""
COMES_TO_NOTHING = 0.05
"""The share of files that stayed in one team for weeks which another team was asked to take on all the same."""
_SENDERS = ("ra-east", "ra-west", "hospital")


def practise(desk: AssessmentDesk) -> None:
    """Each file that goes, or is about to go, from one team to another; and some that were asked for and stayed."""
    offered: dict[str, list[int]] = {}
    under_way = 0
    for file in desk.files:
        moved = [(was, to) for was, to in pairwise(file.held_by) if was.team_id != to.team_id]
        for was, to in moved:
            _Transfer(desk, file, was.team.key, to.team.key, to.since_at, to).go()
        last = file.held_by[-1]
        ahead = next((one for one in file.holdings[len(file.held_by) :] if one[1] != last.team.key), None)
        is_open = file.closed_at is None or file.closed_at >= desk.now
        if ahead is not None and is_open and ahead[0] >= desk.now:
            if _Transfer(desk, file, last.team.key, ahead[1], ahead[0], None).go(stands=STANDS.get(under_way % 8, "")):
                offered.setdefault(ahead[1], []).append(file.pk)
                under_way += 1
        elif not moved and last.team.key in _SENDERS and desk.chance.random() < COMES_TO_NOTHING:
            _came_to_nothing(desk, file, last.team.key)
    desk.writer.flush()
    for key, files in offered.items():
        CaseFile.objects.filter(pk__in=files).update(offered_to=desk.council.teams[key])


def _came_to_nothing(desk: AssessmentDesk, file: File, team: str) -> None:
    """Asked for in the middle of the time that the file was there, and over before the end of it."""
    chance, ends = desk.chance, min(file.closed_at or desk.now, desk.now)
    span = ends - file.opened_at
    if span < timedelta(days=18):
        return
    asked = file.opened_at + span * (0.3 + 0.2 * chance.random())
    over = min(asked + timedelta(days=4 + 12 * chance.random()), ends - timedelta(days=2))
    _Transfer(desk, file, team, "fs-north" if chance.random() < 0.5 else "fs-south", over, None).stop(asked)


class _Transfer:
    """One transfer, from the request to `over`, when the file went (holding), will go (a time to come), or did not."""

    def __init__(
        self, desk: AssessmentDesk, file: File, sender: str, receiver: str, over: datetime, holding: Holding | None
    ) -> None:
        self.desk, self.file, self.chance = desk, file, desk.chance
        self.sender, self.receiver, self.over, self.holding = sender, receiver, over, holding
        self.managers = desk.council.managers
        self.head = desk.council.holder("Head of Service")
        self.officers = {officer.pk: officer for officer in desk.council.officers}
        # Everything that came before it went over was recorded before that too.
        self.limit = over - timedelta(minutes=10)

    def ask(self, asked: datetime) -> bool:
        """The request. False where it lies ahead, or is not recorded yet."""
        desk, teams = self.desk, self.desk.council.teams
        asked = desk.diary.in_office_hours(asked, self.chance).replace(second=0, microsecond=0)
        first = self.file.opened_at.replace(second=0, microsecond=0) + timedelta(hours=1)
        self.asked = max(min(asked, self.over - timedelta(hours=20)), first)
        known = min(desk.recorded(self.sender, self.asked, self.asked), self.over - timedelta(hours=2))
        self.known = max(known, self.asked + timedelta(minutes=2))
        if self.known >= desk.now or self.asked >= self.limit:
            return False
        self.span = self.over - self.asked
        self.made = desk.writer.add(
            Transfer, case_file_id=self.file.pk, from_team=teams[self.sender], to_team=teams[self.receiver],
            asked_of=self.managers[self.receiver], asked_at=self.asked, why=desk.pick(words.WHY),
            asked=desk.pick(words.ASKED), recorded_at=self.known, by=self.managers[self.sender],
        )  # fmt: skip
        return True

    def go(self, *, stands: str = "") -> bool:
        """All of it, as far as it had come. stands: where it stopped (`STANDS`)."""
        if not self.ask(self.over - timedelta(days=1.4 * self.working_days())):
            return False
        answered = self.within("allocation.transfer-answered", self.receiver, self.asked, until=0.4)
        drawn = self.chance.random()
        agreed: datetime | None
        if stands == "unruled":
            self.disagree(answered, "")
            return True
        if stands or drawn < (0.42 if self.holding else 0.75):
            agreed = self.after(self.held_up(answered, stands=bool(stands)))
        elif drawn < (0.5 if self.holding else 0.85):
            agreed = self.after(self.disagree(answered, "goes"))
        else:
            agreed = answered
        if agreed is None or not self.accept(agreed):
            return True
        self.hand_over(agreed)
        self.visit(agreed)
        if self.holding:
            self.desk.writer.add(
                TransferDone, transfer=self.made, holding=self.holding, worker_id=self.holding.worker_id,
                occurred_at=self.over, recorded_at=self.holding.recorded_at, by=self.managers[self.sender],
            )  # fmt: skip
            self.visit_after(agreed)
        return True

    def stop(self, asked: datetime) -> None:
        """Asked for, and withdrawn; or not agreed, and ruled to stay."""
        if not self.ask(asked):
            return
        if self.chance.random() < 0.4:
            said = self.within("allocation.transfer-answered", self.receiver, self.asked, until=0.5)
            if self.disagree(said, "stays"):
                return
        self.put(TransferWithdrawn, self.over, self.managers[self.sender], words=self.desk.pick(words.WITHDRAWN))

    def working_days(self) -> int:
        """How many it takes from the request on, by the sending team's practice."""
        if self.chance.random() < self.desk.share("allocation.transfer-completed", self.sender, self.over):
            return 4 + int(15 * self.chance.random())
        return 21 + int(self.chance.expovariate(1 / 7))

    def within(self, key: str, team: str, since: datetime, *, until: float, due: datetime | None = None) -> datetime:
        """When it was done, by the team's practice, and in any case by that share of the time that the transfer took."""
        latest = self.asked + self.span * until
        at = self.desk.done(key, team, since, due)
        if at is None or at > latest:
            at = since + max(latest - since, timedelta()) * (0.7 + 0.3 * self.chance.random())
        return max(at, since + timedelta(minutes=1)).replace(second=0, microsecond=0) + timedelta(minutes=1)

    def put(self, model: type[F], at: datetime | None, by: Officer, **fields: Any) -> F | None:
        """Write a fact, unless it has not happened yet or nobody has recorded it yet."""
        if at is None or at >= self.desk.now:
            return None
        team = by.team.key if by.team else self.sender
        known = self.desk.recorded(team, at, self.known)
        if self.over < self.desk.now and known >= self.limit and at < self.over:
            known = max(min(at + timedelta(minutes=3), self.limit), self.known)
        if known >= self.desk.now:
            return None
        self.known = known
        given: dict[str, Any] = fields if "obstacle" in fields else {"transfer": self.made, **fields}
        return self.desk.writer.add(model, occurred_at=at, recorded_at=known, by=by, **given)

    def after(self, at: datetime | None) -> datetime | None:
        """Some hours later, and still in time."""
        if at is None:
            return None
        return min(at + timedelta(hours=1 + 20 * self.chance.random()), self.asked + self.span * 0.8).replace(
            second=0, microsecond=0
        )

    def owner(self, at: datetime) -> tuple[Officer, Team | None]:
        """Whose an obstacle is: the worker's who holds the file, or a manager's."""
        drawn, worker = self.chance.random(), self.file.held(at)[1]
        if drawn < 0.4 and worker is not None:
            return self.officers[worker], None
        key = self.sender if drawn < 0.75 else self.receiver
        return self.managers[key], self.desk.council.teams[key]

    def held_up(self, at: datetime, *, stands: bool) -> datetime | None:
        """The receiving team names an obstacle; it is moved now and then, and cleared unless it still stands. Returns when."""
        desk, chance = self.desk, self.chance
        kind = desk.pick(tuple(words.OBSTACLES))
        owner, team = self.owner(at)
        due = day_of(at) + timedelta(days=2 + int((9 if self.holding else 4) * chance.random()))
        said = self.put(
            TransferObstacle, at, self.managers[self.receiver], side="receiving", kind=kind,
            what=desk.pick(words.OBSTACLES[kind]), owner=owner, team=team, due=due,
        )  # fmt: skip
        if said is None:
            return None
        cleared = self.within("allocation.transfer-obstacle", self.sender, at, until=0.7, due=end_of(due))
        if chance.random() < 0.3 and not stands:
            moved = (at + (cleared - at) * 0.6).replace(second=0, microsecond=0)
            owner, team = self.owner(moved)
            later = max(due, day_of(moved)) + timedelta(days=3 + int(6 * chance.random()))
            if moved > at:
                self.put(
                    ObstacleMove, moved, self.managers[self.sender], obstacle=said, owner=owner, team=team, due=later,
                    why=desk.pick(words.MOVED),
                )  # fmt: skip
        if stands or (self.holding is None and chance.random() < 0.6):
            return None  # of those under way, most still stand in the way
        gone = self.put(
            ObstacleCleared, cleared, self.managers[self.sender], obstacle=said, how=desk.pick(words.CLEARED)
        )
        return gone.occurred_at if gone else None

    def disagree(self, at: datetime, verdict: str) -> datetime | None:
        """The receiving team does not agree, and the head of service rules (verdict: empty where not yet). Returns when."""
        said = self.put(
            TransferAnswer, at, self.managers[self.receiver], reply="disagreed", words=self.desk.pick(words.NOT_OURS),
            to_rule=self.head,
        )  # fmt: skip
        if said is None or not verdict:
            return None
        at = self.within("allocation.transfer-ruled", self.sender, at, until=0.7 if verdict == "goes" else 0.95)
        told = self.desk.pick(words.RULED if verdict == "goes" else words.STAYS)
        ruled = self.put(TransferRuling, at, self.head, verdict=verdict, words=told)
        return ruled.occurred_at if ruled else None

    def accept(self, at: datetime) -> bool:
        """From that day on; with the worker, where it is known who it will be."""
        worker = self.holding.worker_id if self.holding else self.desk.worker(self.receiver).pk
        known = worker if self.chance.random() < 0.8 else None
        said = self.put(
            TransferAnswer,
            at,
            self.managers[self.receiver],
            reply="accepted",
            starts_on=day_of(at),
            worker_id=known,
            words="",
        )
        return said is not None

    def hand_over(self, agreed: datetime) -> None:
        """The handover record."""
        at = self.within("allocation.transfer-handover", self.sender, agreed, until=0.9)
        worker = self.file.held(at)[1]
        by = self.officers[worker] if worker is not None else self.managers[self.sender]
        pick = self.desk.pick
        self.put(HandoverRecord, at, by, where=pick(words.WHERE), risks=pick(words.RISKS), told=pick(words.TOLD))

    def visit(self, agreed: datetime) -> None:
        """Both teams see the children; or a manager says why they did not so far."""
        key, latest = "allocation.transfer-joint-visit", self.asked + self.span * 0.92
        self.visited = at = self.desk.done(key, self.sender, agreed)
        if at is not None and at <= latest:
            self._seen(at)
        elif latest < self.over:
            at = max(latest, agreed + timedelta(minutes=5)).replace(second=0, microsecond=0)
            self.put(JointVisit, at, self.managers[self.sender], made=False, words=self.desk.pick(words.NO_VISIT))

    def visit_after(self, agreed: datetime) -> None:
        """A visit that was not made before is made afterwards, or excused, or stays owed."""
        if self.visited is None:
            self.desk.excuse("allocation.transfer-joint-visit", self.made, self.file, agreed)
        elif self.visited > self.asked + self.span * 0.92 and self.visited < self.desk.now:
            ends = self.file.closed_at or self.desk.now
            at = max(self.visited, self.over + timedelta(hours=3)).replace(second=0, microsecond=0)
            if at < ends:
                self.known = max(self.known, self.over + timedelta(minutes=20))
                self._seen(at)

    def _seen(self, at: datetime) -> None:
        held = self.file.held(min(at, self.over - timedelta(minutes=1)))[1]
        went = self.officers[held] if held is not None else self.desk.worker(self.sender)
        worker = self.holding.worker_id if self.holding else None
        met = self.officers[worker] if worker is not None else self.desk.worker(self.receiver)
        holds, manager = self.file.held(at)[1], self.managers[self.receiver if at > self.over else self.sender]
        by = self.officers[holds] if holds is not None else manager
        made = self.put(
            JointVisit, at.replace(second=0, microsecond=0), by, made=True, sender=went, receiver=met,
            words=self.desk.pick(words.VISITED),
        )  # fmt: skip
        if made:
            for child in self.file.children:
                self.desk.writer.add(JointVisit.children.through, jointvisit_id=made.pk, child_id=child)


def list_outstanding() -> None:
    """What was owed on each file when it was handed over, as the verb would have listed it: asked of the ledger once that is
    worked out."""
    records = {row.pk: row for row in HandoverRecord.objects.select_related("transfer").order_by("pk")}
    files: dict[int, list[HandoverRecord]] = {}
    for record in records.values():
        files.setdefault(record.transfer.case_file_id, []).append(record)
    rows = Obligation.objects.filter(case_file__in=files).exclude(subject_type=Transfer._meta.label_lower)
    found: dict[int, list[Obligation]] = {pk: [] for pk in records}
    for row in rows.iterator():
        for record in files[row.case_file_id or 0]:
            at = record.recorded_at
            begun = row.since_at <= at and row.since_known_at <= at
            settled = [known for known in (row.done_known_at, row.excused_known_at) if known is not None]
            if begun and all(known > at for known in settled):
                found[record.pk].append(row)
    HandoverItem.objects.bulk_create(
        (
            HandoverItem(
                record_id=pk, requirement=row.requirement, subject_type=row.subject_type, subject_id=row.subject_id,
                key=row.key, since_at=row.since_at, due_at=row.due_at,
            )
            for pk, rows in found.items()
            for row in sorted(rows, key=lambda one: (one.due_at is None, one.due_at or one.since_at, one.requirement, one.subject_id, one.key))
        ),
        batch_size=2000,
    )  # fmt: skip
