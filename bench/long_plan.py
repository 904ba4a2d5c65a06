"""A plan of a thousand actions, tied to all requirements as the template ties them."""

from datetime import date

from goldenthread.core.clock import now
from goldenthread.core.timescales import add_months
from goldenthread.obligations.requirement import installed
from goldenthread.people.models import Officer
from goldenthread.plan.content import (
    ActionContent,
    PlanContent,
    RecommendationContent,
    StandardContent,
    Timescale,
    Words,
)
from goldenthread.plan.models import Plan, Recommendation, RequirementTie
from goldenthread.plan.storing import confirm_import

STANDARDS, RECOMMENDATIONS, ACTIONS = 7, 4, 36


def hold_long_plan(as_at: date, by: Officer) -> Plan:
    """7 standards × 4 recommendations × 36 actions, with leads, dates, progress and next steps: 1,008 actions."""
    content = PlanContent(
        title="Plan of a thousand actions",
        as_at=as_at,
        standards=[_standard(n, as_at) for n in range(1, STANDARDS + 1)],
    )
    plan = confirm_import(content=content, file_name="made-up.txt", digest="", as_at=as_at, by=by)
    keys, stamped = list(installed()), now()
    RequirementTie.objects.bulk_create(
        RequirementTie(recommendation=recommendation, requirement=keys[place % len(keys)], tied_at=stamped, tied_by=by)
        for place, recommendation in enumerate(Recommendation.objects.filter(standard__plan=plan))
    )
    return plan


def _standard(number: int, as_at: date) -> StandardContent:
    recommendations = [_recommendation(f"{number}.{n}", as_at) for n in range(1, RECOMMENDATIONS + 1)]
    return StandardContent(number, Words(f"Standard {number} of a long plan"), recommendations=recommendations)


def _recommendation(number: str, as_at: date) -> RecommendationContent:
    return RecommendationContent(
        number=number,
        title=Words(f"Recommendation {number}: what is to be in order for every child"),
        criterion=Words("What would be seen on the file where it is in order"),
        actions=[
            ActionContent(
                text=Words(
                    f"Action {n}: agree with the other services what each does, by when, and who says so to the family"
                ),
                leads=[Words("Planning Manager"), Words("All Team Managers")],
                timescale=Timescale(Words(f"Within {n} months"), add_months(as_at, n % 24)),
            )
            for n in range(1, ACTIONS + 1)
        ],
        progress=[Words("Agreed with two of the three services. The third is to answer by the next meeting.")],
        next_steps=[Words("Take it to the next meeting of the three services - Planning Manager")],
    )
