"""What the plan itself demands: every action of it is done, by its date where it has one."""

from goldenthread.core.clock import Moment, end_of, start_of
from goldenthread.obligations.requirement import Holder, Owed, Requirement
from goldenthread.plan.models import Action


def _action_owed(action: Action) -> Owed | None:
    # What a later version of the plan took over is owed there, with the same clocks. What it dropped stays here,
    # excused from that version on.
    if not action.recommendation.standard.plan.is_current and hasattr(action, "continued_by"):
        return None
    completed = action.completion()
    due = action.due_at()
    return Owed(
        since=Moment(start_of(action.since_on), action.known_at),
        done=Moment(completed.occurred_at, completed.recorded_at) if completed else None,
        due=end_of(due) if due else None,
        holder=Holder(action.team_id, action.owner_id),
    )


ACTION_DONE = Requirement(
    key="plan.action-done",
    serves="plan",
    title="Every action of the improvement plan is done by its date",
    why="A recommendation changes nothing until somebody does what it asks for.",
    subject=Action,
    owed=_action_owed,
    with_related=("events", "continued_by", "recommendation__standard__plan"),
)

REQUIREMENTS: tuple[Requirement, ...] = (ACTION_DONE,)
