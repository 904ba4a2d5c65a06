"""Excusing something owed. An excuse stays; what is done after all counts as done."""

from datetime import datetime

from django.db import transaction

from goldenthread.cases.sight import sight_of
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.words import is_placeholder
from goldenthread.obligations.ledger import refresh
from goldenthread.obligations.models import Excuse, Obligation
from goldenthread.obligations.requirement import installed
from goldenthread.people.access import require
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission

LONGEST_REASON = 200


@transaction.atomic
def excuse(*, obligation: Obligation, reason: str, by: Officer, occurred_at: datetime | None = None) -> Excuse:
    """Say why something owed need not be done. Raises NotAllowed; Refused where it is settled or the reason says nothing."""
    require(by, Permission.EXCUSE)
    found = Obligation.objects.visible_to(by).open().select_related("case_file").filter(pk=obligation.pk).first()
    if found is None:
        raise Refused("Only something open can be excused, and only on a record that you may open.")
    if found.case_file is not None and not sight_of(by).may_write(found.case_file):
        raise NotAllowed(
            "Whoever only reads a file (its auditor, or the team that is asked to take it on) excuses nothing on it."
        )
    if is_placeholder(reason):
        raise Refused("Say why this need not be done: a reason that someone else can judge.")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"Say it in {LONGEST_REASON} characters or fewer: this reason has {len(reason)}.")
    stamped = now()
    if occurred_at is not None and occurred_at > stamped:
        raise Refused("The excuse cannot lie in the future.")
    made = Excuse.objects.create(
        requirement=obligation.requirement,
        subject_type=obligation.subject_type,
        subject_id=obligation.subject_id,
        key=obligation.key,
        reason=reason,
        occurred_at=occurred_at or stamped,
        recorded_at=stamped,
        by=by,
    )
    trail.write(
        "excuse",
        f"{obligation.subject_type}:{obligation.subject_id}",
        by=by,
        why="relationship",
        requirement=obligation.requirement,
    )
    model = installed()[obligation.requirement].subject
    refresh(model._default_manager.get(pk=obligation.subject_id), touching=False)
    return made
