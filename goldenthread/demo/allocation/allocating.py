"""Allocation in the made-up council (2.1, 7.5): what each case was given for, who was told where nobody had it, and the weekly
and monthly figures. Who held a file when is with the referrals."""

from datetime import datetime, timedelta
from typing import Any, TypeVar

from goldenthread.cases.facts import Fact
from goldenthread.cases.models import Holding
from goldenthread.core.timescales import add_months
from goldenthread.demo.allocation import allocating_words as words
from goldenthread.demo.arrivals import File, Weighted
from goldenthread.demo.assessment.desk import AssessmentDesk
from goldenthread.demo.practices.allocating import REPORTED_IN_TIME
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.allocating.choices import Period, Told
from goldenthread.standards.allocation.allocating.models import (
    Allocation,
    AllocationAnswer,
    AllocationDiscussed,
    Expectation,
    RefusalRuling,
    WaitCycle,
    WaitHeard,
    WaitReportSent,
    WaitTold,
)
from goldenthread.standards.allocation.allocating.requirements import month_ends, week_ends

F = TypeVar("F", bound=Fact)
BEGAN_AFTER = 6
"""Months before anybody sent figures on files without a worker."""
REFUSED = 0.05
"""The share of allocations that a worker cannot take on."""
_RISK = Weighted({"watched": 64, "settled": 28, "danger": 8})
_GRACE = timedelta(minutes=20)


def practise(desk: AssessmentDesk) -> None:
    """Each holding in its turn: given for something, or waiting."""
    for file in desk.files:
        ends = file.closed_at if file.closed_at and file.closed_at < desk.now else None
        held = sorted(file.held_by, key=lambda row: (row.since_at, row.pk))
        for place, holding in enumerate(held):
            over = min([row.since_at for row in held[place + 1 : place + 2]] + ([ends] if ends else []), default=None)
            if holding.worker_id is not None:
                _Given(desk, file, holding, over).allocated()
            elif place == 0 or held[place - 1].worker_id is not None:
                named = [row.since_at for row in held[place + 1 :] if row.worker_id is not None][:1]
                _Waiting(desk, file, holding, min(named + ([ends] if ends else []), default=None)).told()
    _report(desk)


class _Spell:
    """A holding until it is over: what is recorded of it is recorded while it lasts."""

    def __init__(self, desk: AssessmentDesk, file: File, holding: Holding, over: datetime | None) -> None:
        self.desk, self.file, self.holding, self.chance = desk, file, holding, desk.chance
        self.team, self.over = holding.team.key, over
        self.limit = min(over - _GRACE, desk.now) if over else desk.now
        self.manager = desk.council.managers[self.team]

    def known(self, at: datetime | None, not_before: datetime) -> datetime | None:
        """When it was recorded; None where it had not been by the time that it was over."""
        if at is None or at >= self.limit:
            return None
        known = self.desk.recorded(self.team, at, not_before)
        return known if known < self.limit else None

    def excuse(self, key: str, record: Any, since: datetime, at: datetime | None, which: str = "") -> None:
        """What was never done is now and then excused, where it is owed at all."""
        if at is None and (self.over is None or self.over > self.desk.due(key, since)):
            self.desk.excuse(key, record, self.file, since, which)


class _Given(_Spell):
    """Somebody has the file."""

    def allocated(self) -> None:
        """What for, if anybody says so; and what follows from it."""
        desk, since, key = self.desk, self.holding.since_at, "allocation.purpose-stated"
        at = desk.done(key, self.team, since)
        if at is not None and at <= desk.due(key, since) and self.chance.random() < 0.6:
            at = since  # said as it was given
        known = self.known(at, self.holding.recorded_at)
        if at is None or known is None:
            self.excuse(key, self.holding, since, at)
            return
        self.made = desk.writer.add(
            Allocation, case_file_id=self.file.pk, holding=self.holding, worker_id=self.holding.worker_id,
            purpose=desk.pick(words.PURPOSES), expected=desk.pick(words.EXPECTED), allocated_at=at, recorded_at=known,
            by=self.manager,
        )  # fmt: skip
        for _ in range(int(self.chance.random() * 3)):
            self.expect()
        self.answered()
        key = "allocation.discussed"
        self.put(AllocationDiscussed, key, at, self.manager, words=desk.pick(words.TALKED))

    def expect(self) -> None:
        """Something of somebody else."""
        desk = self.desk
        colleague = desk.decider(self.team)
        if self.chance.random() < 0.3 and colleague.pk != self.holding.worker_id:
            desk.writer.add(
                Expectation, allocation=self.made, officer=colleague, who="", what=desk.pick(words.COLLEAGUES)
            )
            return
        who, what = words.OTHERS[int(self.chance.random() * len(words.OTHERS))]
        desk.writer.add(Expectation, allocation=self.made, officer=None, who=who, what=what)

    def answered(self) -> None:
        """Accepted, or not: then somebody rules on it, or nobody does."""
        desk, key = self.desk, "allocation.accepted"
        refused = self.chance.random() < REFUSED
        worker = next(one for one in desk.council.officers if one.pk == self.holding.worker_id)
        said = self.put(
            AllocationAnswer, key, self.made.allocated_at, worker, answer="refused" if refused else "accepted",
            words=desk.pick(words.REFUSED) if refused else "",
        )  # fmt: skip
        if said and refused:
            key = "allocation.refusal-ruled"
            which = f"answer-{said.pk}"
            self.put(
                RefusalRuling,
                key,
                said.occurred_at,
                self.manager,
                which,
                said.recorded_at,
                words=desk.pick(words.RULED),
            )

    def put(
        self, model: type[F], key: str, since: datetime, by: Officer, which: str = "", after: datetime | None = None, /,
        **fields: Any,
    ) -> F | None:  # fmt: skip
        """Write a fact of the allocation, as the team practises it."""
        at = self.desk.done(key, self.team, since)
        known = self.known(at, max(self.made.recorded_at, after or since))
        if at is None or known is None:
            self.excuse(key, self.made, since, at, which)
            return None
        return self.desk.writer.add(model, allocation=self.made, occurred_at=at, recorded_at=known, by=by, **fields)


class _Waiting(_Spell):
    """Nobody has the file."""

    def told(self) -> None:
        """One after the other, up the chain, as far as it goes before somebody is named."""
        desk, council = self.desk, self.desk.council
        area = council.teams[self.team].area_id
        group = next(one for one in council.officers if one.role == "group-manager" and one.area_id == area)
        head = council.holder("Head of Service")
        chain = (
            (Told.TEAM_MANAGER, self.manager, self.manager),
            (Told.GROUP_MANAGER, group, self.manager),
            (Told.HEAD_OF_SERVICE, head, group),
            (Told.EXECUTIVE_MEMBER, council.holder("Executive Member for Children"), head),
        )
        before, risk = self.holding.recorded_at, _RISK.draw(self.chance)
        for rank, to, by in chain:
            key, since = f"allocation.unallocated-{rank}", self.holding.since_at
            at = desk.done(key, self.team, since)
            known = self.known(max(at, before) if at else None, self.holding.recorded_at)
            if at is None or known is None:
                self.excuse(key, self.holding, since, at)
                continue
            if self.chance.random() < 0.15:
                risk = _RISK.draw(self.chance)
            at = max(at, before)
            told = desk.writer.add(
                WaitTold, holding=self.holding, rank=rank.value, to=to, risk=risk, words=desk.pick(words.TOLD[risk]),
                occurred_at=at, recorded_at=known, by=by,
            )  # fmt: skip
            before = at + timedelta(minutes=10)
            if rank != Told.EXECUTIVE_MEMBER and to is not by:
                self.heard(told, to)

    def heard(self, told: WaitTold, to: Officer) -> None:
        """What whoever was told will do: it can be said after somebody was named, too."""
        desk, key = self.desk, "allocation.unallocated-heard"
        at = desk.done(key, self.team, told.occurred_at)
        if at is None or at >= desk.now:
            self.excuse(key, self.holding, told.occurred_at, at, f"told-{told.pk}")
            return
        known = desk.recorded(self.team, at, told.recorded_at)
        closed = self.file.closed_at or desk.now
        if known < min(desk.now, closed):
            desk.writer.add(
                WaitHeard, told=told, words=desk.pick(words.HEARD), occurred_at=at, recorded_at=known, by=to
            )


def _report(desk: AssessmentDesk) -> None:
    """The cycle, and what went out in time, late or never."""
    diary, council = desk.diary, desk.council
    began = add_months(diary.first.replace(day=1), BEGAN_AFTER)
    if began >= diary.today:
        return
    keeper = council.holder("Planning Manager")
    recorded = diary.at(diary.workday(diary.day_number(began), 0), 615)
    if recorded >= desk.now:
        return
    cycle = desk.writer.add(WaitCycle, started_on=began, officer=keeper, recorded_at=recorded)
    to = {Period.WEEK: council.holder("Head of Service"), Period.MONTH: council.holder("Executive Member for Children")}
    for period, ends, usual in ((Period.WEEK, week_ends(cycle), 1), (Period.MONTH, month_ends(cycle), 3)):
        for end in ends:
            if end >= diary.today:
                break
            number = diary.day_number(end)
            in_time = desk.chance.random() < REPORTED_IN_TIME.share(number / desk.days)
            if not in_time and desk.chance.random() < 0.3:
                continue  # never
            later = desk.chance.randrange(1, usual + 1) if in_time else desk.chance.randrange(usual + 3, usual + 9)
            at = diary.at(diary.workday(number, later), 560 + desk.chance.randrange(400))
            if at < desk.now:
                desk.writer.add(
                    WaitReportSent, cycle=cycle, period=period.value, as_at=end, to=to[period], occurred_at=at,
                    recorded_at=at, by=keeper,
                )  # fmt: skip
