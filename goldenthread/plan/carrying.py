"""When a later version of a plan is confirmed: what goes on from the earlier one, and what was dropped."""

from datetime import datetime

from django.db.models import QuerySet

from goldenthread.core.clock import end_of
from goldenthread.core.templatetags.words import day
from goldenthread.obligations.models import Excuse
from goldenthread.people.models import Officer
from goldenthread.plan.models import Action, ActionEvent, Plan, Recommendation, RequirementTie, iso
from goldenthread.plan.requirements import ACTION_DONE
from goldenthread.plan.rows import PlanRows
from goldenthread.plan.versions import pair_recommendations, pair_texts

_COPIED = ("kind", "occurred_at", "recorded_at", "by_id", "reason", "evidence", "before", "after")


def _recommendations(plan: Plan) -> QuerySet[Recommendation]:
    return Recommendation.objects.filter(standard__plan=plan).order_by("standard__number", "order")


def link(rows: PlanRows, previous: Plan) -> None:
    """Before the rows are saved: say which recommendation and action goes on from which, and carry what happened.

    A matched action keeps its first due date, both clocks of its beginning, and copies of its events with theirs.
    Where the later version words it or dates it otherwise, an event says so, true from the version's date.
    """
    earlier = list(_recommendations(previous).prefetch_related("actions__events"))
    carried: list[tuple[Action, Action]] = []
    pairs = pair_recommendations(
        [(rec.number, rec.title) for rec in earlier], [(rec.number, rec.title) for rec in rows.recommendations]
    )
    for place, former in pairs.items():
        later = rows.recommendations[place]
        later.continues = earlier[former]
        before, after = list(earlier[former].actions.all()), rows.actions_of(later)
        pairs_of = pair_texts([" ".join(a.words) for a in before], [" ".join(a.words) for a in after])
        carried += [(before[old], after[new]) for new, old in pairs_of.items()]
    fresh = {id(new) for _, new in carried}
    rows.events = [event for event in rows.events if id(event.action) not in fresh]
    for old, new in carried:
        _carry(rows, old, new)


def _carry(rows: PlanRows, old: Action, new: Action) -> None:
    new.continues = old
    new.since_on, new.known_at = old.since_on, old.known_at
    new.begins_on = new.begins_on or old.begins_on
    stated = new.first_due
    new.first_due = old.first_due or new.first_due
    rows.events += [
        ActionEvent(action=new, carried_from=event, **{name: getattr(event, name) for name in _COPIED})
        for event in old.events.all()
    ]
    changed = old.due_at(rows.plan.as_at)
    in_force = changed if old.first_due or changed else stated
    if in_force != stated or old.text != new.text:
        rows.events.append(
            ActionEvent(
                action=new,
                kind=ActionEvent.Kind.RESTATED,
                occurred_at=min(end_of(rows.plan.as_at), rows.at),
                recorded_at=rows.at,
                by=rows.by,
                reason=f"As the version of the plan as at {day(rows.plan.as_at)} states it",
                before={"due": iso(in_force), "text": old.text},
                after={"due": iso(stated), "text": new.text},
            )
        )


def settle_previous(rows: PlanRows, previous: Plan, at: datetime, by: Officer) -> list[Action]:
    """After the rows are saved: ties and excuses go on, what was dropped is excused. Returns the earlier actions."""
    previous.superseded_at = at
    previous.save(update_fields=["superseded_at"])
    RequirementTie.objects.bulk_create(
        RequirementTie(
            recommendation=recommendation, requirement=tie.requirement, tied_at=tie.tied_at, tied_by_id=tie.tied_by_id
        )
        for recommendation in rows.recommendations
        if recommendation.continues
        for tie in recommendation.continues.ties.filter(untied_at__isnull=True)
    )
    _keep_due_in_force(rows)
    subject = ACTION_DONE.subject_type
    actions = list(Action.objects.filter(recommendation__standard__plan=previous).prefetch_related("events"))
    later = {action.continues_id: action.pk for action in rows.actions if action.continues_id}
    excuses = {
        excuse.subject_id: excuse
        for excuse in Excuse.objects.filter(
            requirement=ACTION_DONE.key, subject_type=subject, subject_id__in=[action.pk for action in actions]
        )
    }
    made = []
    for action in actions:
        excuse = excuses.get(action.pk)
        if action.pk in later and excuse:
            made.append((later[action.pk], excuse.reason, excuse.occurred_at, excuse.recorded_at, excuse.by_id))
        elif action.pk not in later and not excuse and action.completion() is None:
            reason = f"Not in the later version of the plan, as at {day(rows.plan.as_at)}"
            made.append((action.pk, reason, min(end_of(rows.plan.as_at), at), at, by.pk))
    Excuse.objects.bulk_create(
        Excuse(
            requirement=ACTION_DONE.key,
            subject_type=subject,
            subject_id=pk,
            reason=reason,
            occurred_at=occurred_at,
            recorded_at=recorded_at,
            by_id=by_id,
        )
        for pk, reason, occurred_at, recorded_at, by_id in made
    )
    return actions


def _keep_due_in_force(rows: PlanRows) -> None:
    # A date changed here after the day on which the later version reports still holds.
    matched = Action.objects.filter(recommendation__standard__plan=rows.plan, continues__isnull=False)
    changed = []
    for action in matched.prefetch_related("events"):
        if action.due != (due := action.due_at()):
            action.due = due
            changed.append(action)
    Action.objects.bulk_update(changed, ["due"], batch_size=200)
