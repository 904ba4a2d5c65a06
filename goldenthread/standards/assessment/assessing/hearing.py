"""The verbs by which a child is seen and heard, for each child on each assessment."""

from datetime import datetime

from django.db import transaction

from goldenthread.cases.models import Child
from goldenthread.obligations.writing import locked, made_before, put
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.assessing import rules
from goldenthread.standards.assessment.assessing.models import Assessment, ChildSeen, ChildsViews


def earliest(assessment: Assessment) -> datetime:
    """The earliest that a child can have been seen or heard for it: from the referral on, where there is one."""
    return assessment.referral.received_at if assessment.referral else assessment.started_at


@transaction.atomic
def record_seen(
    *,
    assessment: Assessment,
    child: Child,
    seen: bool,
    occurred_at: datetime,
    by: Officer,
    why_not_seen: str = "",
    alone: bool = False,
    why_not_alone: str = "",
    seen_by: str = "",
    way: str = "",
    language: str = "",
    interpreter: bool = False,
    token: str | None = None,
) -> ChildSeen:
    """The child was seen: when, by whom, in which language or way of communicating, and alone or why not. Or was not seen,
    and why. Each time is another fact."""
    assessment = locked(assessment, by)
    if made := made_before(ChildSeen, token):
        return made
    rules.check_open(assessment)
    rules.check_child(assessment, child)
    rules.check_seen(
        seen=seen, why_not_seen=why_not_seen, alone=alone, why_not_alone=why_not_alone, seen_by=seen_by, way=way,
        language=language,
    )  # fmt: skip
    rules.check_time(
        occurred_at, "seeing the child", after=earliest(assessment), after_what="the assessment or its referral"
    )
    fact = ChildSeen(
        assessment=assessment,
        child=child,
        seen=seen,
        why_not_seen="" if seen else why_not_seen.strip(),
        alone=seen and alone,
        why_not_alone=why_not_alone.strip() if seen and not alone else "",
        seen_by=seen_by.strip() if seen else "",
        way=way if seen else "",
        language=language.strip() if seen else "",
        interpreter=seen and interpreter,
        occurred_at=occurred_at,
        token=token,
    )
    return put(fact, assessment, "record child seen", by=by, child=child.pk, seen=seen)


@transaction.atomic
def record_views(
    *,
    assessment: Assessment,
    child: Child,
    occurred_at: datetime,
    by: Officer,
    words: str = "",
    understanding: str = "",
    why_none: str = "",
    tool: str = "",
    token: str | None = None,
) -> ChildsViews:
    """The child's views in their own words, apart from what the worker understands by them; or why there are none."""
    assessment = locked(assessment, by)
    if made := made_before(ChildsViews, token):
        return made
    rules.check_open(assessment)
    rules.check_child(assessment, child)
    rules.check_views(words=words, why_none=why_none, tool=tool, child=child, at=occurred_at)
    rules.check_time(
        occurred_at, "hearing the child", after=earliest(assessment), after_what="the assessment or its referral"
    )
    fact = ChildsViews(
        assessment=assessment,
        child=child,
        words=words.strip(),
        understanding=understanding.strip(),
        why_none=why_none.strip(),
        tool=tool,
        occurred_at=occurred_at,
        token=token,
    )
    return put(fact, assessment, "record child's views", by=by, child=child.pk)
