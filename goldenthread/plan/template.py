"""The shipped plan template, for a new authority to adopt: seven standards and 28 recommendations, in our own words."""

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import transaction

from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.core.timescales import add_months
from goldenthread.obligations.ledger import refresh
from goldenthread.obligations.requirement import installed
from goldenthread.people.access import require
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.plan.content import (
    ActionContent,
    PlanContent,
    RecommendationContent,
    StandardContent,
    Timescale,
    Words,
)
from goldenthread.plan.models import Plan, RequirementTie
from goldenthread.plan.rows import rows_of
from goldenthread.plan.rules import not_ahead


@lru_cache(maxsize=1)
def _template() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "template.toml").read_text(encoding="utf-8"))


def template_content(adopted_on: date) -> PlanContent:
    """The template as a plan that is adopted on a day: its timescales are counted from it."""
    template = _template()
    return PlanContent(
        title=template["title"],
        as_at=adopted_on,
        standards=[
            StandardContent(
                number=standard["number"],
                title=Words(standard["title"]),
                recommendations=[_recommendation(rec, adopted_on) for rec in standard["recommendations"]],
            )
            for standard in template["standards"]
        ],
    )


def _recommendation(rec: dict[str, Any], adopted_on: date) -> RecommendationContent:
    return RecommendationContent(
        number=rec["number"],
        title=Words(rec["title"]),
        criterion=Words(rec["criterion"]),
        monitoring=[Words(rec["monitoring"])],
        actions=[
            ActionContent(
                text=Words(action["text"]),
                leads=[Words(lead) for lead in action["leads"]],
                timescale=Timescale(Words(_within(action["months"])), add_months(adopted_on, action["months"])),
            )
            for action in rec["actions"]
        ],
    )


def _within(months: int) -> str:
    return f"Within {months} months of adoption" if months > 1 else "Within a month of adoption"


def requirements_of(number: str) -> list[str]:
    """The installed requirements that serve a recommendation of the template: those that it names, then those that
    say they serve it."""
    named = [
        key
        for standard in _template()["standards"]
        for rec in standard["recommendations"]
        if rec["number"] == number
        for key in rec["requirements"]
    ]
    serving = [requirement.key for requirement in installed().values() if requirement.serves == number]
    return [key for key in dict.fromkeys((*named, *serving)) if key in installed()]


@transaction.atomic
def adopt_template(*, adopted_on: date, title: str = "", by: Officer) -> Plan:
    """Adopt the template as a plan of this authority's own, tied to its requirements. title left out: the template's.

    Raises NotAllowed; Refused where the day lies ahead, or a plan was adopted already and is current.
    """
    require(by, Permission.KEEP_PLAN)
    not_ahead(adopted_on, "Adopted on")
    if Plan.objects.current().filter(origin=Plan.Origin.ADOPTED).exists():
        raise Refused("The plan template is adopted already: change that plan instead.")
    stamped = now()
    content = template_content(adopted_on)
    plan = Plan(
        title=title.strip() or content.title,
        origin=Plan.Origin.ADOPTED,
        as_at=adopted_on,
        confirmed_at=stamped,
        confirmed_by=by,
    )
    rows = rows_of(content, plan, by=by, at=stamped, begins_on=adopted_on)
    rows.save()
    RequirementTie.objects.bulk_create(
        RequirementTie(recommendation=recommendation, requirement=key, tied_at=stamped, tied_by=by)
        for recommendation in rows.recommendations
        for key in requirements_of(recommendation.number)
    )
    trail.write("adopt plan template", plan, by=by, recommendations=len(rows.recommendations))
    refresh(*rows.actions)
    return plan
