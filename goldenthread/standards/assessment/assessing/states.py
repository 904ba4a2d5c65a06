"""How far assessments have come, asked of the database for lists: the same rule as `Assessment.state`."""

from typing import Any

from django.db.models import Case, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from goldenthread.cases.facts import first_row
from goldenthread.standards.assessment.assessing.choices import State
from goldenthread.standards.assessment.assessing.models import Assessment, HandingIn, ManagersAnswer

STATE_COLOURS = {
    State.IN_PROGRESS: "blue",
    State.HANDED_IN: "purple",
    State.RETURNED: "yellow",
    State.SIGNED_OFF: "green",
    State.REOPENED: "yellow",
}


def with_state(rows: QuerySet[Assessment, Any]) -> QuerySet[Assessment, Any]:
    """Each with `stands`, its state."""
    handed = HandingIn.objects.filter(assessment=OuterRef("pk"), withdrawn=False, superseded_by=None)
    answered = ManagersAnswer.objects.filter(
        assessment=OuterRef("pk"), withdrawn=False, superseded_by=None, handing_in=OuterRef("last_handed")
    )
    return rows.annotate(
        last_handed=Subquery(handed.annotate(first=first_row()).order_by("-first").values("first")[:1]),
    ).annotate(
        stands=Case(
            When(last_handed=None, then=Value(State.IN_PROGRESS.value)),
            default=Coalesce(Subquery(answered.order_by("-pk").values("answer")[:1]), Value(State.HANDED_IN.value)),
        )
    )


def in_state(rows: QuerySet[Assessment, Any], state: str) -> QuerySet[Assessment, Any]:
    """Those in one state."""
    known: Any = with_state(rows)  # the type checker does not see what was annotated
    return known.filter(stands=state)  # type: ignore[no-any-return]
