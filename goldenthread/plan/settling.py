"""What a person settles on a plan: what its import could not know, and which requirements serve a recommendation."""

from django.db import transaction

from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.obligations.requirement import installed
from goldenthread.people.access import require
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.plan import rules
from goldenthread.plan.actions import locked, record_event
from goldenthread.plan.matching import Directory
from goldenthread.plan.models import Action, ActionEvent, Lead, Recommendation, RequirementTie, Timescale, ToSettle, iso


@transaction.atomic
def settle(*, item: ToSettle, how: str, by: Officer) -> ToSettle:
    """Say how something that the import left open was settled."""
    require(by, Permission.KEEP_PLAN)
    rules.of_current_plan(item.recommendation.standard.plan)
    if item.settled_at is not None:
        raise Refused("This is settled already.")
    item.how = rules.says_something(how, "How it was settled")
    item.settled_at, item.settled_by = now(), by
    item.save(update_fields=["how", "settled_at", "settled_by"])
    trail.write("settle", item.recommendation, by=by, item=item.pk)
    return item


@transaction.atomic
def pair_lead(*, lead: Lead, action: Action, by: Officer) -> ActionEvent:
    """Give a lead that stood on the recommendation to one of its actions."""
    require(by, Permission.KEEP_PLAN)
    current = locked(action)
    rules.of_recommendation(current, lead.recommendation)
    if lead.action_id is not None:
        raise Refused("This lead is paired already: reassign the action instead.")
    last = current.leads.order_by("order").last()
    lead.action, lead.order = current, last.order + 1 if last else 1
    lead.save(update_fields=["action", "order"])
    if current.owner_id is None:
        current.owner = Directory.load().owner(lead.parties.select_related("officer", "officer__team"))
        current.team = current.owner.team if current.owner else None
        current.save(update_fields=["owner", "team"])
    return record_event(current, ActionEvent.Kind.PAIRED, by, after={"lead": lead.words})


@transaction.atomic
def pair_timescale(*, timescale: Timescale, action: Action, by: Officer) -> ActionEvent:
    """Give a timescale that stood on the recommendation to one of its actions, which must have none."""
    require(by, Permission.KEEP_PLAN)
    current = locked(action)
    rules.of_recommendation(current, timescale.recommendation)
    if timescale.action_id is not None:
        raise Refused("This timescale is paired already: change the action's due date instead.")
    if current.timescale_lines is not None:
        raise Refused("This action has a timescale already: change its due date instead.")
    timescale.action = current
    timescale.save(update_fields=["action"])
    current.timescale, current.timescale_lines = timescale.words, timescale.lines
    current.starts = timescale.starts
    current.first_due = current.due = timescale.due
    current.since_on = min(day for day in (current.since_on, timescale.due, timescale.starts) if day)
    current.begins_on = current.begins_on or timescale.starts
    current.save(update_fields=["timescale", "timescale_lines", "starts", "first_due", "due", "since_on", "begins_on"])
    return record_event(
        current, ActionEvent.Kind.PAIRED, by, after={"timescale": timescale.words, "first_due": iso(timescale.due)}
    )


@transaction.atomic
def tie_requirement(*, recommendation: Recommendation, key: str, by: Officer) -> RequirementTie:
    """Say that a requirement serves a recommendation: its figures are shown as evidence there."""
    require(by, Permission.KEEP_PLAN)
    rules.of_current_plan(recommendation.standard.plan)
    if key not in installed():
        raise Refused(f"There is no requirement “{key}”.")
    if recommendation.ties.filter(requirement=key, untied_at__isnull=True).exists():
        raise Refused(f"“{key}” serves {recommendation.number} already.")
    tie = RequirementTie.objects.create(recommendation=recommendation, requirement=key, tied_at=now(), tied_by=by)
    trail.write("tie requirement", recommendation, by=by, requirement=key)
    return tie


@transaction.atomic
def untie_requirement(*, recommendation: Recommendation, key: str, by: Officer) -> RequirementTie:
    """Say that a requirement no longer serves a recommendation. That it did, from when until when, is kept."""
    require(by, Permission.KEEP_PLAN)
    rules.of_current_plan(recommendation.standard.plan)
    tie = recommendation.ties.filter(requirement=key, untied_at__isnull=True).first()
    if tie is None:
        raise Refused(f"“{key}” does not serve {recommendation.number}.")
    tie.untied_at, tie.untied_by = now(), by
    tie.save(update_fields=["untied_at", "untied_by"])
    trail.write("untie requirement", recommendation, by=by, requirement=key)
    return tie
