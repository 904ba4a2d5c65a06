"""What good practice demands of allocation (recommendation 2.1), and where a file has nobody (3.4).

Holdings are made in many ways: by a referral's decision, a transfer, an allocation. So what each of them owes is worked out
from the holding itself.
"""

from collections.abc import Iterator
from itertools import pairwise

from goldenthread.cases.facts import standing
from goldenthread.cases.models import Holding
from goldenthread.core.clock import Moment, day_of
from goldenthread.core.timescales import timescale
from goldenthread.obligations.requirement import Owed, Requirement
from goldenthread.standards.allocation.allocating.choices import Answer, Told
from goldenthread.standards.allocation.allocating.models import Allocation

CHAIN = {
    Told.TEAM_MANAGER: "unallocated-team-manager",
    Told.GROUP_MANAGER: "unallocated-group-manager",
    Told.HEAD_OF_SERVICE: "unallocated-head-of-service",
    Told.EXECUTIVE_MEMBER: "unallocated-executive-member",
}
"""Who is told of a file without a worker, and by which rule of time: each counts from the beginning of the wait."""


def _moment(holding: Holding) -> Moment:
    return Moment(holding.since_at, holding.recorded_at)


def _later(holding: Holding) -> list[Holding]:
    """The holdings of the same file after this one."""
    held = sorted(holding.case_file.holdings.all(), key=lambda one: (one.since_at, one.pk))
    return held[held.index(holding) + 1 :]


def _begins_a_wait(holding: Holding) -> bool:
    held = sorted(holding.case_file.holdings.all(), key=lambda one: (one.since_at, one.pk))
    return holding.worker_id is None and not any(
        one.worker_id is None for one, after in pairwise(held) if after.pk == holding.pk
    )


def _stated(holding: Holding) -> Owed | None:
    if holding.worker_id is None:
        return None
    found = sorted(holding.allocations.all(), key=lambda one: (one.allocated_at, one.pk))
    after = _later(holding)
    rule = timescale("allocation-stated", day_of(holding.since_at))
    if not found and after and rule and after[0].since_at <= rule.due(holding.since_at):
        return None  # the file went on to somebody else before it was due
    return Owed(_moment(holding), found[0].allocated if found else None)


def _told(holding: Holding) -> Iterator[Owed]:
    if not _begins_a_wait(holding):
        return
    named = next((one.since_at for one in _later(holding) if one.worker_id is not None), None)
    ends = min((at for at in (named, holding.case_file.closed_at) if at is not None), default=None)
    told = standing(holding.waits_told.all())
    for rank, key in CHAIN.items():
        rule = timescale(key, day_of(holding.since_at))
        if rule is None:
            continue
        due = rule.due(holding.since_at)
        done = next((one.moment for one in told if one.fact.rank == rank), None)
        if done is None and ends is not None and ends <= due:
            continue  # the wait was over before it was due
        yield Owed(_moment(holding), done, due=due, key=rank)


def _answered(allocation: Allocation) -> Owed | None:
    said = standing(allocation.answers.all())
    return Owed(allocation.allocated, said[0].moment if said else None)


def _refusal_ruled(allocation: Allocation) -> Iterator[Owed]:
    others = [one for one in allocation.case_file.allocations.all() if one.pk != allocation.pk]
    ruled = [one.moment for one in standing(allocation.rulings.all())]
    for said in standing(allocation.answers.all()):
        if said.fact.answer == Answer.REFUSED:
            given = [one.allocated for one in others if one.allocated_at >= said.moment.occurred_at]
            done = min((one for one in (*ruled, *given) if one.occurred_at >= said.moment.occurred_at), default=None)
            yield Owed(said.moment, done, key=f"answer-{said.first.pk}")


def _discussed(allocation: Allocation) -> Owed | None:
    talked = standing(allocation.discussions.all())
    later = [one.since_at for one in _later(allocation.holding)]
    rule = timescale("allocation-discussed", day_of(allocation.allocated_at))
    if not talked and later and rule and later[0] <= rule.due(allocation.allocated_at):
        return None
    return Owed(allocation.allocated, talked[0].moment if talked else None)


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
TOLD = Requirement(
    key="allocation.unallocated-told",
    serves="3.4",
    title="While a case has no worker, managers are told one above the other, and then members",
    why="A child nobody is named for is the child nobody sees, and only those above can find the worker.",
    subject=Holding,
    owed=_told,
    with_related=("case_file__holdings", "waits_told"),
)
ANSWERED = Requirement(
    key="allocation.accepted",
    serves="2.1",
    title="The worker accepts the allocation, or says why it cannot be taken on",
    why="A case that was put on a desk while its owner was away has no worker, whatever the list says.",
    timescale="allocation-accepted",
    subject=Allocation,
    owed=_answered,
    with_related=("case_file__holdings", "answers"),
)
RULED = Requirement(
    key="allocation.refusal-ruled",
    serves="2.1",
    title="When a worker cannot take a case on, the manager rules or gives it to somebody else",
    why="Between a no that nobody heard and a manager who thinks it is done, the child has nobody.",
    timescale="allocation-refusal-ruled",
    subject=Allocation,
    owed=_refusal_ruled,
    with_related=("case_file__holdings", "case_file__allocations", "answers", "rulings"),
)
DISCUSSED = Requirement(
    key="allocation.discussed",
    serves="2.1",
    title="A new allocation is talked over in supervision",
    why="What is expected is clear to both only when both have said it.",
    timescale="allocation-discussed",
    subject=Allocation,
    owed=_discussed,
    with_related=("case_file__holdings", "discussions", "holding__case_file__holdings"),
)

REQUIREMENTS: tuple[Requirement, ...] = (STATED, ANSWERED, RULED, DISCUSSED, TOLD)
