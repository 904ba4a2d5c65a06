"""What can be done to a held plan. Each verb writes the record, the trail and the ledger in one transaction, or nothing.

All raise NotAllowed where the role may not, and Refused where the state of the plan, or what was given, does not allow it.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction

from goldenthread.core import trail
from goldenthread.core.clock import now, today
from goldenthread.core.errors import Refused
from goldenthread.core.templatetags.words import day as in_words
from goldenthread.obligations.ledger import refresh
from goldenthread.people.access import require
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.plan import rules
from goldenthread.plan.matching import Directory
from goldenthread.plan.models import (
    Action,
    ActionEvent,
    Lead,
    LeadParty,
    NextStep,
    Plan,
    Progress,
    Recommendation,
    iso,
)

Kind = ActionEvent.Kind
_Kind = TypeVar("_Kind", Progress, NextStep)


def locked(action: Action) -> Action:
    """The action as it stands now, held until this transaction ends. Refuses one of an earlier version of a plan."""
    current = (
        Action.objects.select_for_update(of=("self",))
        .select_related("recommendation__standard__plan")
        .prefetch_related("events")
        .get(pk=action.pk)
    )
    rules.of_current_plan(current.recommendation.standard.plan)
    return current


def record_event(
    action: Action, kind: str, by: Officer, *, occurred_at: datetime | None = None, **fields: Any
) -> ActionEvent:
    """Add an event, its trail entry and what it changes in the ledger. occurred_at left out: now."""
    stamped = now()
    event = ActionEvent.objects.create(
        action=action, kind=kind, occurred_at=occurred_at or stamped, recorded_at=stamped, by=by, **fields
    )
    trail.write(f"plan action {kind}", action, by=by, recommendation=action.recommendation.number, event=event.pk)
    refresh(action)
    return event


def _remark(model: type[_Kind], recommendation: Recommendation, on: date, text: str, by: Officer) -> _Kind:
    require(by, Permission.UPDATE_PLAN)
    rules.of_current_plan(recommendation.standard.plan)
    rules.not_ahead(on, "Reporting date")
    said = rules.says_something(text, "What to report")
    remark = model._default_manager.create(
        recommendation=recommendation,
        reporting_date=on,
        order=model._default_manager.filter(recommendation=recommendation, reporting_date=on).count() + 1,
        text=said,
        recorded_at=now(),
        by=by,
    )
    trail.write(f"add {model._meta.verbose_name}", recommendation, by=by, reporting_date=on, remark=remark.pk)
    return remark


@transaction.atomic
def add_progress(*, recommendation: Recommendation, reporting_date: date, text: str, by: Officer) -> Progress:
    """Report progress on a recommendation as at a day that is not ahead."""
    return _remark(Progress, recommendation, reporting_date, text, by)


@transaction.atomic
def add_next_step(*, recommendation: Recommendation, reporting_date: date, text: str, by: Officer) -> NextStep:
    """Say what remains to be done on a recommendation, as at a day that is not ahead."""
    return _remark(NextStep, recommendation, reporting_date, text, by)


@transaction.atomic
def complete_action(*, action: Action, occurred_at: datetime, evidence: str, by: Officer) -> ActionEvent:
    """Say that an action was done, when that was true, and how anyone can tell."""
    require(by, Permission.UPDATE_PLAN)
    current = locked(action)
    rules.may_complete(current, occurred_at)
    shown = rules.says_something(evidence, "Evidence")
    return record_event(current, Kind.COMPLETED, by, occurred_at=occurred_at, evidence=shown)


@transaction.atomic
def reopen_action(*, action: Action, reason: str, by: Officer) -> ActionEvent:
    """Say that an action is not done after all. That it was held as done stays in its history."""
    require(by, Permission.UPDATE_PLAN)
    current = locked(action)
    completed = current.completion()
    if completed is None:
        raise Refused("This action is not done, so there is nothing to reopen.")
    why = rules.says_something(reason, "Why it is reopened")
    return record_event(current, Kind.REOPENED, by, reason=why, before={"completed": completed.occurred_at.isoformat()})


@transaction.atomic
def change_due(*, action: Action, due: date, reason: str, by: Officer) -> ActionEvent:
    """Give an action another due date. The first one stays visible, and so does every one between."""
    require(by, Permission.KEEP_PLAN)
    current = locked(action)
    why = rules.says_something(reason, "Why the date changes")
    if current.completion() is not None:
        raise Refused("This action is done: its date can no longer change.")
    before = current.due_at()
    if due == before:
        raise Refused(f"{in_words(due)} is its due date already.")
    if due < current.since_on:
        raise Refused(f"{in_words(due)} is before {in_words(current.since_on)}, from when the plan asks for it.")
    current.due = due
    if current.timescale_lines is None:
        current.timescale, current.timescale_lines = in_words(due), []
    current.save(update_fields=["due", "timescale", "timescale_lines"])
    return record_event(current, Kind.DUE_CHANGED, by, reason=why, before={"due": iso(before)}, after={"due": iso(due)})


def set_leads(action: Action, leads: Sequence[str], at: datetime) -> list[str]:
    """Let these lead the action from an instant on, in place of those who did; returns the words that they replace."""
    former = list(action.leads.filter(until_at__isnull=True))
    Lead.objects.filter(pk__in=[lead.pk for lead in former]).update(until_at=at)
    directory = Directory.load()
    parties: list[LeadParty] = []
    for order, words in enumerate(leads, start=1):
        lead = Lead.objects.create(
            recommendation=action.recommendation, action=action, order=order, words=words, from_at=at
        )
        parties += directory.parties(lead)
    LeadParty.objects.bulk_create(parties)
    action.owner = directory.owner(parties)
    action.team = action.owner.team if action.owner else None
    action.save(update_fields=["owner", "team"])
    return [lead.words for lead in former]


def _named(leads: Sequence[str]) -> list[str]:
    named = [words.strip() for words in leads if words.strip()]
    if not named:
        raise Refused("Lead: name at least one person, post or group.")
    return [rules.says_something(words, "Lead") for words in named]


@transaction.atomic
def add_action(
    *,
    recommendation: Recommendation,
    text: str,
    leads: Sequence[str],
    timescale: str = "",
    due: date | None = None,
    by: Officer,
) -> Action:
    """Add an action to a recommendation. timescale: in words, left out where the due date says it."""
    require(by, Permission.KEEP_PLAN)
    rules.of_current_plan(recommendation.standard.plan)
    words, named = rules.says_something(text, "What is to be done"), _named(leads)
    began = today()
    if due is not None and due < began:
        raise Refused(f"Due date: {in_words(due)} has passed.")
    said = timescale.strip() or (in_words(due) if due else "")
    last = recommendation.actions.order_by("order").last()
    action = Action.objects.create(
        recommendation=recommendation,
        order=last.order + 1 if last else 1,
        text=words,
        timescale=said,
        timescale_lines=[] if said else None,
        first_due=due,
        due=due,
        since_on=began,
        begins_on=began,
        known_at=now(),
    )
    set_leads(action, named, now())
    record_event(action, Kind.ADDED, by, after={"due": iso(due), "timescale": said, "leads": named})
    return action


@transaction.atomic
def reassign(*, action: Action, leads: Sequence[str], reason: str, by: Officer) -> ActionEvent:
    """Let others lead an action. Who led it before stays in its history."""
    require(by, Permission.KEEP_PLAN)
    current = locked(action)
    named, why = _named(leads), rules.says_something(reason, "Why it is reassigned")
    former = set_leads(current, named, now())
    return record_event(current, Kind.REASSIGNED, by, reason=why, before={"leads": former}, after={"leads": named})


@transaction.atomic
def match_again(*, plan: Plan, by: Officer) -> int:
    """Match the plan's leads to officers, posts and groups anew, after accounts were added. Returns how many actions
    changed hands; what a lead's words say is not changed."""
    require(by, Permission.KEEP_PLAN)
    rules.of_current_plan(plan)
    directory = Directory.load()
    changed: list[Action] = []
    parties: dict[int, list[LeadParty]] = {}
    for lead in Lead.objects.filter(recommendation__standard__plan=plan):
        parties[lead.pk] = directory.parties(lead)
    LeadParty.objects.filter(lead__recommendation__standard__plan=plan).delete()
    LeadParty.objects.bulk_create([party for made in parties.values() for party in made], batch_size=500)
    for action in Action.objects.filter(recommendation__standard__plan=plan).prefetch_related("leads"):
        before = action.owner_id, action.team_id
        leading = [party for lead in action.leads.all() if lead.in_force() for party in parties[lead.pk]]
        action.owner = directory.owner(leading)
        action.team = action.owner.team if action.owner else None
        if before != (action.owner_id, action.team_id):
            changed.append(action)
    Action.objects.bulk_update(changed, ["owner", "team"], batch_size=200)
    trail.write("match leads again", plan, by=by, actions=len(changed))
    refresh(*changed)
    return len(changed)
