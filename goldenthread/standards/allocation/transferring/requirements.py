"""What good practice demands of a transfer from team to team. All serve 3.4, and all are worked out from the request.

Until the file goes over, what the sending team owes is owed by whoever holds the file there; the answer is owed by who answers
for the receiving team, an obstacle by its owner, a ruling by a manager above both. A transfer that was stopped owes nothing
that was not due yet; what was due by then was late, and ended then.
"""

from collections.abc import Iterator
from datetime import datetime

from goldenthread.core.clock import Moment, day_of, end_of
from goldenthread.core.timescales import timescale
from goldenthread.obligations.requirement import Holder, Owed, Requirement
from goldenthread.standards.allocation.transferring.choices import Reply
from goldenthread.standards.allocation.transferring.course import RELATED, Course, course_of
from goldenthread.standards.allocation.transferring.models import Transfer

_HELD = ("case_file__holdings", *RELATED)


def _due(key: str, since: Moment) -> datetime | None:
    rule = timescale(key, day_of(since.occurred_at))
    return rule.due(since.occurred_at) if rule else None


def _sender(course: Course) -> Holder:
    """Who holds the file for the sending team; once the transfer ended, who held it then."""
    transfer = course.transfer
    held = sorted(transfer.case_file.holdings.all(), key=lambda one: (one.since_at, one.pk))
    if course.done:
        held = held[: next(place for place, one in enumerate(held) if one.pk == course.done.fact.holding_id)]
    elif course.stopped:
        held = [one for one in held if one.since_at <= course.stopped.occurred_at]
    return Holder(held[-1].team_id, held[-1].worker_id) if held else Holder(transfer.from_team_id, None)


def _owed(
    since: Moment, done: Moment | None, due: datetime | None, course: Course, holder: Holder | None
) -> Owed | None:
    """One thing owed; where the transfer was stopped, only if it was done before, or due by then."""
    if done is None and course.stopped is not None:
        if due is None or course.stopped.occurred_at <= due:
            return None
        done = max(course.stopped, since)
    return Owed(since, done, due=due, holder=holder)


def _answered(transfer: Transfer) -> Owed | None:
    course = course_of(transfer)
    holder = Holder(transfer.to_team_id, transfer.asked_of_id)
    due = _due("transfer-answered", transfer.requested)
    return _owed(transfer.requested, course.first_answer, due, course, holder)


def _obstacles(transfer: Transfer) -> Iterator[Owed]:
    course = course_of(transfer)
    for one in course.hurdles:
        cleared, due = one.cleared.moment if one.cleared else None, end_of(one.due)
        # A worker's obstacle is owed by whoever holds the case: its worker may change while it stands.
        holder = Holder(one.team_id, one.owner.pk) if one.team_id else None
        if owed := _owed(one.said.moment, cleared, due, course, holder):
            yield Owed(owed.since, owed.done, due=due, key=f"obstacle-{one.pk}", holder=holder)


def _ruled(transfer: Transfer) -> Iterator[Owed]:
    course = course_of(transfer)
    ends = [one.moment for one in course.answers if one.fact.reply == Reply.ACCEPTED]
    ends += [course.ruling.moment] if course.ruling else []
    ends += [course.stopped] if course.stopped else []
    for place, one in enumerate(course.answers):
        if one.fact.reply == Reply.DISAGREED:
            # An acceptance of the same minute that was given before does not end it.
            before = {answer.moment for answer in course.answers[:place]}
            after = [end for end in ends if end.occurred_at >= one.moment.occurred_at and end not in before]
            to = one.fact.to_rule_id
            holder = Holder(transfer.from_team_id, to)
            yield Owed(one.moment, min(after, default=None), key=f"answer-{one.first.pk}", holder=holder)


def _handover(transfer: Transfer) -> Owed | None:
    course = course_of(transfer)
    if course.agreed is None:
        return None
    done = course.handovers[0].moment if course.handovers else None
    return _owed(course.agreed, done, _due("transfer-handover", course.agreed), course, _sender(course))


def _visited(transfer: Transfer) -> Owed | None:
    course = course_of(transfer)
    if course.agreed is None:
        return None
    done = next((one.moment for one in course.visits if one.fact.made), None)
    return _owed(course.agreed, done, _due("transfer-joint-visit", course.agreed), course, _sender(course))


def _completed(transfer: Transfer) -> Owed | None:
    course = course_of(transfer)
    done = course.done.moment if course.done else None
    due = _due("transfer-completed", transfer.requested)
    return _owed(transfer.requested, done, due, course, _sender(course))


ANSWERED = Requirement(
    key="allocation.transfer-answered",
    serves="3.4",
    title="A team that is asked to take a case on accepts it, or names what stands in the way",
    why="While nobody answers, each of two teams thinks that the other one sees the child.",
    timescale="transfer-answered",
    subject=Transfer,
    owed=_answered,
    with_related=_HELD,
)
OBSTACLE = Requirement(
    key="allocation.transfer-obstacle",
    serves="3.4",
    title="Each obstacle to a transfer is cleared by its owner, by its day",
    why="An obstacle that nobody owns is a reason for ever.",
    subject=Transfer,
    owed=_obstacles,
    with_related=_HELD,
)
RULED = Requirement(
    key="allocation.transfer-ruled",
    serves="3.4",
    title="Where two teams disagree on a transfer, a manager above both rules",
    why="Teams that argue about a child do not work with the child.",
    timescale="transfer-ruled",
    subject=Transfer,
    owed=_ruled,
    with_related=_HELD,
)
HANDOVER = Requirement(
    key="allocation.transfer-handover",
    serves="3.4",
    title="Whoever hands a case over writes down where it stands, what the risks are and what is outstanding",
    why="What the first worker knew and did not write has to be found out again, by a child who has to tell it again.",
    timescale="transfer-handover",
    subject=Transfer,
    owed=_handover,
    with_related=_HELD,
)
VISITED = Requirement(
    key="allocation.transfer-joint-visit",
    serves="3.4",
    title="Somebody of each team visits the children together before a case goes over",
    why="A child learns from somebody they know who comes instead.",
    timescale="transfer-joint-visit",
    subject=Transfer,
    owed=_visited,
    with_related=_HELD,
)
COMPLETED = Requirement(
    key="allocation.transfer-completed",
    serves="3.4",
    title="A transfer is complete within weeks of the request",
    why="A case that is about to go is worked with by nobody.",
    timescale="transfer-completed",
    subject=Transfer,
    owed=_completed,
    with_related=_HELD,
)

REQUIREMENTS: tuple[Requirement, ...] = (ANSWERED, OBSTACLE, RULED, HANDOVER, VISITED, COMPLETED)
