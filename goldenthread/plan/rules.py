"""When something may be done to a plan. Each raises Refused with what is wrong and what to do."""

from datetime import date, datetime

from goldenthread.core.clock import day_of, now, start_of
from goldenthread.core.errors import Refused
from goldenthread.core.templatetags.words import day
from goldenthread.core.words import is_placeholder
from goldenthread.plan.models import Action, ActionEvent, Plan, Recommendation

REACHES_BACK = 5
"""Years before its plan's date in which an action of unknown beginning may have been done. It catches a mistyped year."""


def of_current_plan(plan: Plan) -> None:
    """Only the latest version of a plan is kept up. Holds the plan's row, so that no later version comes between."""
    if not Plan.objects.current().select_for_update().filter(pk=plan.pk).exists():
        raise Refused(f"“{plan}” has a later version: record this on that one.")


def says_something(text: str, what: str) -> str:
    """The text without space around it; refuses one that fills the box and says nothing."""
    stripped = text.strip()
    if is_placeholder(stripped):
        raise Refused(f"{what}: write words that someone else can judge, not “{stripped}”.")
    return stripped


def not_ahead(reported: date, what: str) -> None:
    """What is reported has happened."""
    if reported > day_of(now()):
        raise Refused(f"{what}: {day(reported)} lies ahead.")


def earliest_completion(action: Action) -> tuple[date, str]:
    """The first day on which an action can have been completed, and why."""
    if action.begins_on:
        return action.begins_on, "when it began"
    plan = action.recommendation.standard.plan
    back = plan.as_at.replace(day=1)
    return back.replace(
        year=back.year - REACHES_BACK
    ), f"more than {REACHES_BACK} years before the plan: check the year"


def may_complete(action: Action, occurred_at: datetime) -> None:
    """Not twice, not ahead, not before it began, not before it was last reopened."""
    if action.completion() is not None:
        raise Refused("This action is done already: reopen it first if it was not.")
    if occurred_at > now():
        raise Refused("Done when: that lies ahead. Record it once it is done.")
    first, why = earliest_completion(action)
    if occurred_at < start_of(first):
        raise Refused(f"Done when: {day(occurred_at)} is before {day(first)}, {why}.")
    reopened = [e.occurred_at for e in action.events.all() if e.kind == ActionEvent.Kind.REOPENED]
    if reopened and occurred_at < max(reopened):
        raise Refused(f"Done when: it was reopened on {day(max(reopened))}, so it was done after that.")


def of_recommendation(action: Action, recommendation: Recommendation) -> None:
    """A lead or timescale goes to an action of its own recommendation."""
    if action.recommendation_id != recommendation.pk:
        raise Refused("Choose an action of the same recommendation.")
