"""How a plan stands for a page that changes it: so that two people at once see each other."""

from goldenthread.core.templatetags.words import day
from goldenthread.core.versions import Standing, version_of
from goldenthread.plan.models import Action, NextStep, Progress, Recommendation, ToSettle

_SHOWN = 3


def of_action(action: Action) -> Standing:
    """An action with its leads and all that happened to it."""
    events = sorted(action.events.all(), key=lambda event: event.pk)
    last = events[-1] if events else None
    leads = [[lead.pk, lead.words] for lead in action.leads.all() if lead.in_force()]
    version = version_of(action, [event.pk for event in events], leads)
    if last is None:
        return Standing(version)
    said = last.evidence or last.reason
    words = f"{last.get_kind_display()}{f': “{said}”' if said else ''}"
    return Standing(version, last.by.name if last.by else "", last.recorded_at, (("Last change", words),))


def of_remarks(model: type[Progress] | type[NextStep], recommendation: Recommendation) -> Standing:
    """What is reported of a recommendation."""
    rows = list(model._default_manager.filter(recommendation=recommendation).select_related("by").order_by("pk"))
    now = tuple((f"As at {day(row.reporting_date)}", row.text) for row in rows[-_SHOWN:])
    last = rows[-1] if rows else None
    who = last.by.name if last and last.by else ""
    return Standing(version_of([row.pk for row in rows]), who, last.recorded_at if last else None, now)


def of_pairs(recommendation: Recommendation) -> Standing:
    """Its leads and timescales, and the actions that they are paired with."""
    return Standing(
        version_of(
            list(recommendation.leads.order_by("pk").values_list("pk", "action", "until_at")),
            list(recommendation.timescales.order_by("pk").values_list("pk", "action")),
            list(recommendation.actions.order_by("pk").values_list("pk", "text")),
        )
    )


def of_ties(recommendation: Recommendation) -> Standing:
    """The requirements that serve it."""
    ties = recommendation.ties.order_by("pk")
    now = tuple(("Serves it now", tie.requirement) for tie in ties if tie.untied_at is None)
    return Standing(version_of([[tie.pk, tie.untied_at] for tie in ties]), now=now)


def of_item(item: ToSettle) -> Standing:
    """Something that an import left open."""
    now = (("Settled", item.how),) if item.settled_at else ()
    return Standing(
        version_of(item.settled_at, item.how), item.settled_by.name if item.settled_by else "", item.settled_at, now
    )
