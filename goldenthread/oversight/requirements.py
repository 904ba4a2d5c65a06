"""What good practice demands of those who open records, and of those who answer for them.

What is owed here is on no case file: whoever owes a review need not be able to open the record, and is not told whose it is.
"""

from collections.abc import Iterator

from goldenthread.cases.models import BreakGlass, Conflict, Restriction
from goldenthread.core.clock import Moment
from goldenthread.obligations.requirement import Holder, Owed, Requirement


def _glass_review(opened: BreakGlass) -> Iterator[Owed]:
    since = Moment(opened.opened_at, opened.opened_at)
    done = Moment(opened.reviewed_at, opened.reviewed_at) if opened.reviewed_at else None
    team = opened.officer.team_id
    first = Owed(since=since, done=done, holder=Holder(team, opened.manager_id))
    yield first
    # Not reviewed in time, it is owed by the next manager too, from then on.
    due = GLASS_REVIEW.due(first)
    if due and opened.next_manager_id and (done is None or done.occurred_at > due):
        yield Owed(since=Moment(due, due), done=done, key="escalated", holder=Holder(team, opened.next_manager_id))


def _restriction_review(restriction: Restriction) -> Iterator[Owed]:
    ended = Moment(restriction.lifted_at, restriction.lifted_at) if restriction.lifted_at else None
    since = Moment(restriction.since_at, restriction.recorded_at)
    holder = Holder(restriction.contact.team_id, restriction.contact_id)
    for number, review in enumerate(restriction.reviews.all()):
        seen = Moment(review.occurred_at, review.recorded_at)
        yield Owed(since=since, done=seen, key=f"{number}", holder=holder)
        since = seen
    yield Owed(since=since, done=ended, key=f"{len(restriction.reviews.all())}", holder=holder)


def _conflict_review(conflict: Conflict) -> Owed:
    settled = min((at for at in (conflict.reviewed_at, conflict.withdrawn_at) if at), default=None)
    return Owed(
        since=Moment(conflict.declared_at, conflict.recorded_at),
        done=Moment(settled, settled) if settled else None,
        holder=Holder(conflict.officer.team_id, conflict.manager_id),
    )


def _no_file(record: object) -> None:
    return None


GLASS_REVIEW = Requirement(
    key="oversight.break-glass-review",
    serves="access",
    title="Every record opened in an emergency is accounted for",
    why="Nobody is shut out when a child is in danger, because somebody asks afterwards whether it was right.",
    timescale="break-glass-review",
    subject=BreakGlass,
    owed=_glass_review,
    with_related=("officer",),
    case_file=_no_file,
    within_line=True,
)
RESTRICTION_REVIEW = Requirement(
    key="oversight.restriction-review",
    serves="access",
    title="Every restriction of a child's records is looked at again",
    why="A list that was right when it was made shuts out, or lets in, the wrong people a season later.",
    timescale="restriction-review",
    subject=Restriction,
    owed=_restriction_review,
    with_related=("reviews", "contact"),
    case_file=_no_file,
    within_line=True,
)
CONFLICT_REVIEW = Requirement(
    key="oversight.conflict-review",
    serves="access",
    title="Whoever declares a conflict has their work for that child done by others",
    why="A file that closes to its worker must not be a child whom nobody visits.",
    timescale="conflict-review",
    subject=Conflict,
    owed=_conflict_review,
    with_related=("officer",),
    case_file=_no_file,
    within_line=True,
)
REQUIREMENTS: tuple[Requirement, ...] = (GLASS_REVIEW, RESTRICTION_REVIEW, CONFLICT_REVIEW)
