"""What good practice demands of allocation (recommendation 2.1), and where a file has nobody (7.5).

Holdings are made in many ways: by a referral's decision, a transfer, an allocation. So what each of them owes is worked out
from the holding itself.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise

from goldenthread.cases.facts import standing
from goldenthread.cases.models import Holding
from goldenthread.core.clock import Moment, day_of, start_of
from goldenthread.core.timescales import add_months, timescale
from goldenthread.obligations.requirement import Holder, Owed, Requirement
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.allocating.chain import RELATED, owes_telling
from goldenthread.standards.allocation.allocating.choices import Answer, Period, Told
from goldenthread.standards.allocation.allocating.models import Allocation, WaitCycle

CHAIN = {rank: f"unallocated-{rank.value}" for rank in Told}
"""Who is told of a file without a worker, and by which rule of time: each counts from the beginning of the wait."""
RANK_OF = {f"allocation.{key}": str(rank.value) for rank, key in CHAIN.items()}
"""The rank that is told where this requirement is met."""
YEARS_OWED = 20


def _moment(holding: Holding) -> Moment:
    return Moment(holding.since_at, holding.recorded_at)


def _in_order(holding: Holding) -> list[Holding]:
    return sorted(holding.case_file.holdings.all(), key=lambda one: (one.since_at, one.pk))


def _later(holding: Holding) -> list[Holding]:
    """The holdings of the same file after this one."""
    held = _in_order(holding)
    return held[held.index(holding) + 1 :]


def begins_a_wait(holding: Holding) -> bool:
    """Whether nobody is named from here on, and somebody was before, or the file is new, or opened again."""
    return holding.worker_id is None and not any(
        one.worker_id is None and one.closed_at is None
        for one, after in pairwise(_in_order(holding))
        if after.pk == holding.pk
    )


def _closings(holding: Holding) -> list[datetime]:
    """When the file was closed after this holding began: the last time, and before it was opened again."""
    found = [holding.case_file.closed_at, *(one.closed_at for one in (holding, *_later(holding)))]
    return [at for at in found if at is not None]


def _handed_on(holding: Holding, key: str, since: datetime) -> bool:
    """Whether the file went on to somebody else, or was closed, before something on it was due."""
    after = [one.since_at for one in _later(holding)[:1]]
    ends = min([*after, *_closings(holding)], default=None)
    rule = timescale(key, day_of(since))
    return ends is not None and rule is not None and ends <= rule.due(since)


def _stated(holding: Holding) -> Owed | None:
    if holding.worker_id is None:
        return None
    found = sorted(holding.allocations.all(), key=lambda one: (one.allocated_at, one.pk))
    if found:
        return Owed(_moment(holding), found[0].allocated)
    if _handed_on(holding, "allocation-stated", holding.since_at):
        return None
    # What was not said in time of a holding that is over can be said no more: it stays with the team, on nobody's own list.
    return Owed(_moment(holding), holder=Holder(holding.team_id, None) if _later(holding) else None)


def _wait_ends(holding: Holding) -> datetime | None:
    """When the wait that begins with this holding was over."""
    named = next((one.since_at for one in _later(holding) if one.worker_id is not None), None)
    return min([*([named] if named else []), *_closings(holding)], default=None)


def _holder(holding: Holding, done: Moment | None, officer: int | None) -> Holder:
    """The team that has the file, or had it on the day; and who owes it of them."""
    held = holding.case_file.holding_at(done.occurred_at) if done else None
    return Holder(held.team_id if held else holding.case_file.team_id, officer)


def _number(officer: Officer | None) -> int | None:
    return officer.pk if officer else None


def _told(rank: Told) -> Callable[[Holding], Owed | None]:
    """That this rank is told: from the beginning of the wait on, whoever else was told before."""

    def owed(holding: Holding) -> Owed | None:
        if not begins_a_wait(holding):
            return None
        ends, told = _wait_ends(holding), standing(holding.waits_told.all())
        first = next((one for one in told if one.fact.rank == rank), None)
        rule = timescale(CHAIN[rank], day_of(holding.since_at))
        if first is None and ends is not None and rule is not None and ends <= rule.due(holding.since_at):
            return None  # the wait was over before it was due
        done = first.moment if first else None
        owes = first.first.by_id if first else _number(owes_telling(holding, rank, told))
        return Owed(_moment(holding), done, holder=_holder(holding, done, owes))

    return owed


def _heard(holding: Holding) -> Iterator[Owed]:
    ends = _wait_ends(holding)
    for one in standing(holding.waits_told.all()):
        to = one.fact.to_id
        if one.fact.rank == Told.EXECUTIVE_MEMBER or to == one.first.by_id:
            continue  # members answer in their own meetings; and nobody tells themselves twice
        heard = standing(one.first.heard.all())
        rule = timescale("unallocated-heard", day_of(one.moment.occurred_at))
        if not heard and ends is not None and rule and ends <= rule.due(one.moment.occurred_at):
            continue
        done = heard[0].moment if heard else None
        yield Owed(one.moment, done, key=f"told-{one.first.pk}", holder=_holder(holding, done, to))


def _mine(allocation: Allocation, officer: int) -> Holder:
    """What is owed on an allocation stays with whom it names, whoever has the file afterwards."""
    return Holder(allocation.holding.team_id, officer)


def _answered(allocation: Allocation) -> Owed | None:
    said = standing(allocation.answers.all())
    if not said and _handed_on(allocation.holding, "allocation-accepted", allocation.allocated_at):
        return None
    return Owed(allocation.allocated, said[0].moment if said else None, holder=_mine(allocation, allocation.worker_id))


def _refusal_ruled(allocation: Allocation) -> Iterator[Owed]:
    others = [one for one in allocation.case_file.allocations.all() if one.pk != allocation.pk]
    ruled = [one.moment for one in standing(allocation.rulings.all())]
    for said in standing(allocation.answers.all()):
        if said.fact.answer == Answer.REFUSED:
            given = [one.allocated for one in others if one.allocated_at >= said.moment.occurred_at]
            done = min((one for one in (*ruled, *given) if one.occurred_at >= said.moment.occurred_at), default=None)
            yield Owed(said.moment, done, key=f"answer-{said.first.pk}", holder=_mine(allocation, allocation.by_id))


def _discussed(allocation: Allocation) -> Owed | None:
    talked = standing(allocation.discussions.all())
    if not talked and _handed_on(allocation.holding, "allocation-discussed", allocation.allocated_at):
        return None
    return Owed(
        allocation.allocated, talked[0].moment if talked else None, holder=_mine(allocation, allocation.worker_id)
    )


def week_ends(cycle: WaitCycle) -> Iterator[date]:
    """The Sundays as at which the week is reported."""
    first = cycle.started_on + timedelta(days=6 - cycle.started_on.weekday())
    return (first + timedelta(weeks=n) for n in range(YEARS_OWED * 52))


def month_ends(cycle: WaitCycle) -> Iterator[date]:
    """The last days of the months that are reported."""
    first = cycle.started_on.replace(day=1)
    return (add_months(first, n + 1) - timedelta(days=1) for n in range(YEARS_OWED * 12))


def _reports(cycle: WaitCycle, period: Period, ends: Iterator[date]) -> Iterator[Owed]:
    # Every one is owed from the start, not only the first that is missing: else a year of silence would look like one week.
    sent = {one.fact.as_at: one for one in standing(cycle.sent.all()) if one.fact.period == period}
    for end in ends:
        ended, found = start_of(end + timedelta(days=1)), sent.get(end)
        yield Owed(
            since=Moment(ended, max(ended, cycle.recorded_at)),
            done=found.moment if found else None,
            key=f"{end:%Y-%m-%d}",
            holder=Holder(None, found.first.by_id if found else cycle.officer_id),
        )


STATED = Requirement(
    key="allocation.purpose-stated",
    serves="2.1",
    title="Whoever is given a case is told what for, and what is expected of them and of everybody else",
    why="A worker who has a name on a list and no purpose visits, and nothing changes for the child.",
    timescale="allocation-stated",
    subject=Holding,
    owed=_stated,
    with_related=("case_file__holdings", "allocations"),
)


def _step(rank: Told, title: str, why: str) -> Requirement:
    return Requirement(
        key=f"allocation.{CHAIN[rank]}",
        serves="7.5",
        title=title,
        why=why,
        timescale=CHAIN[rank],
        subject=Holding,
        owed=_told(rank),
        with_related=(*RELATED, "waits_told__to"),
    )


STEPS = (
    _step(
        Told.TEAM_MANAGER,
        "While a case has no worker, the team manager knows of it and says how it stands with the children",
        "A child nobody is named for is the child nobody sees.",
    ),
    _step(
        Told.GROUP_MANAGER,
        "While a case has no worker, the group manager is told",
        "One team may have nobody left while the next has; only who answers for both can see it.",
    ),
    _step(
        Told.HEAD_OF_SERVICE,
        "While a case has no worker, the head of service is told",
        "When no team of an area has anybody left, what is missing is posts.",
    ),
    _step(
        Told.EXECUTIVE_MEMBER,
        "While a case has no worker for a month, the executive member is told, without names",
        "Those who decide on posts must know what it means for children that posts are empty.",
    ),
)
HEARD = Requirement(
    key="allocation.unallocated-heard",
    serves="7.5",
    title="Whoever was told that a case has no worker says what they will do",
    why="A message that nobody answers was sent, and perhaps not read.",
    timescale="unallocated-heard",
    subject=Holding,
    owed=_heard,
    with_related=("case_file__holdings", "waits_told__heard"),
)
ANSWERED = Requirement(
    key="allocation.accepted",
    serves="2.1",
    title="The worker accepts the allocation, or says why it cannot be taken on",
    why="A case that was put on a desk while its owner was away has no worker, whatever the list says.",
    timescale="allocation-accepted",
    subject=Allocation,
    owed=_answered,
    with_related=("holding__case_file__holdings", "answers"),
)
RULED = Requirement(
    key="allocation.refusal-ruled",
    serves="2.1",
    title="When a worker cannot take a case on, the manager rules or gives it to somebody else",
    why="Between a no that nobody heard and a manager who thinks it is done, the child has nobody.",
    timescale="allocation-refusal-ruled",
    subject=Allocation,
    owed=_refusal_ruled,
    with_related=("holding", "case_file__allocations", "answers", "rulings"),
)
DISCUSSED = Requirement(
    key="allocation.discussed",
    serves="2.1",
    title="A new allocation is talked over in supervision",
    why="What is expected is clear to both only when both have said it.",
    timescale="allocation-discussed",
    subject=Allocation,
    owed=_discussed,
    with_related=("holding__case_file__holdings", "discussions"),
)
WEEKLY = Requirement(
    key="allocation.unallocated-weekly",
    serves="7.5",
    title="The head of service has the figures on cases without a worker each week",
    why="What is looked at once a year is not looked at while the child waits.",
    timescale="unallocated-weekly",
    subject=WaitCycle,
    owed=lambda cycle: _reports(cycle, Period.WEEK, week_ends(cycle)),
    with_related=("sent",),
)
MONTHLY = Requirement(
    key="allocation.unallocated-monthly",
    serves="7.5",
    title="The executive member has the figures on cases without a worker each month",
    why="Those who decide on posts must know what it means for children that posts are empty.",
    timescale="unallocated-monthly",
    subject=WaitCycle,
    owed=lambda cycle: _reports(cycle, Period.MONTH, month_ends(cycle)),
    with_related=("sent",),
)

REQUIREMENTS: tuple[Requirement, ...] = (STATED, ANSWERED, RULED, DISCUSSED, *STEPS, HEARD, WEEKLY, MONTHLY)
