"""The verbs on what stands in the way of a transfer: named, owned and dated; moved, with a reason; cleared."""

from datetime import date, datetime

from django.db import transaction

from goldenthread.core.errors import Refused
from goldenthread.obligations.writing import made_before, put
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.transferring import rules
from goldenthread.standards.allocation.transferring.choices import ObstacleKind
from goldenthread.standards.allocation.transferring.course import Course, Hurdle
from goldenthread.standards.allocation.transferring.models import (
    ObstacleCleared,
    ObstacleMove,
    Transfer,
    TransferObstacle,
)
from goldenthread.standards.allocation.transferring.writing import held_for_either


@transaction.atomic
def name_obstacle(
    *,
    transfer: Transfer,
    side: str,
    kind: str,
    what: str,
    owner: Officer,
    due: date,
    occurred_at: datetime,
    by: Officer,
    token: str | None = None,
) -> TransferObstacle:
    """Something stands in the way: what exactly, who has to clear it, and by when. side: which of the two teams names it."""
    held, course = held_for_either(transfer, by)
    if made := made_before(TransferObstacle, token):
        return made
    rules.check_under_way(course)
    rules.check_side(side, by, held)
    rules.check_choice(kind, ObstacleKind.choices, "what kind of obstacle it is")
    rules.check_words(what, "what exactly stands in the way")
    rules.check_after(held, occurred_at, "naming it")
    team = rules.team_of_owner(owner, held)
    rules.check_due(due, occurred_at)
    found = TransferObstacle(
        transfer=held, side=side, kind=kind, what=what.strip(), owner=owner, team=team, due=due,
        occurred_at=occurred_at, token=token,
    )  # fmt: skip
    return put(found, held, "name obstacle", by=by, kind=kind, owner=owner.pk)


def hurdle_of(course: Course, obstacle: TransferObstacle) -> Hurdle:
    """An obstacle as it stands. Raises Refused where it was taken back."""
    found = next((one for one in course.hurdles if one.pk == obstacle.first_id), None)
    if found is None:
        raise Refused("That obstacle was taken back.")
    return found


def _check_in_the_way(course: Course, obstacle: TransferObstacle, occurred_at: datetime) -> Hurdle:
    rules.check_under_way(course)
    found = hurdle_of(course, obstacle)
    if not found.open:
        raise Refused("That obstacle is cleared already.")
    named = found.said.moment.occurred_at
    rules.check_time(occurred_at, "this", after=named, after_what="the obstacle was named")
    return found


@transaction.atomic
def move_obstacle(
    *,
    obstacle: TransferObstacle,
    owner: Officer,
    due: date,
    why: str,
    occurred_at: datetime,
    by: Officer,
    token: str | None = None,
) -> ObstacleMove:
    """Another day or another owner, and why. Where the day had passed already it stays the one by which it is judged."""
    held, course = held_for_either(obstacle.transfer, by)
    if made := made_before(ObstacleMove, token):
        return made
    found = _check_in_the_way(course, obstacle, occurred_at)
    rules.check_words(why, "why it is moved")
    team = rules.team_of_owner(owner, held)
    rules.check_due(due, occurred_at)
    if (owner.pk, due) == (found.owner.pk, found.promised):
        raise Refused("Nothing would change: choose another day or another owner.")
    moved = ObstacleMove(
        obstacle=found.said.first,
        owner=owner,
        team=team,
        due=due,
        why=why.strip(),
        occurred_at=occurred_at,
        token=token,
    )
    return put(moved, held, "move obstacle", by=by, owner=owner.pk, due=due)


@transaction.atomic
def clear_obstacle(
    *, obstacle: TransferObstacle, how: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> ObstacleCleared:
    """It is out of the way, and how."""
    held, course = held_for_either(obstacle.transfer, by)
    if made := made_before(ObstacleCleared, token):
        return made
    found = _check_in_the_way(course, obstacle, occurred_at)
    rules.check_words(how, "how it was cleared")
    cleared = ObstacleCleared(obstacle=found.said.first, how=how.strip(), occurred_at=occurred_at, token=token)
    return put(cleared, held, "clear obstacle", by=by)
