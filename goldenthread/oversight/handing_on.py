"""What an officer owes others an account of is never owed by nobody: when whoever was to look leaves, it goes to the next."""

from typing import Any

from django.db.models import Q
from django.dispatch import receiver

from goldenthread.cases.models import BreakGlass, Conflict
from goldenthread.core import trail
from goldenthread.obligations import ledger
from goldenthread.people.accounts import left_place
from goldenthread.people.line import accountable_for, accounts_to
from goldenthread.people.models import Officer


@receiver(left_place)
def hand_on(officer: Officer, by: Officer, **_: Any) -> None:
    """What this officer was to review, and no longer may, is owed by those who may now: emergencies and conflicts."""
    mine = Q(manager=officer) | Q(next_manager=officer)
    for opened in BreakGlass.objects.filter(mine, reviewed_at=None).select_related("officer").order_by("pk"):
        if not accounts_to(opened.officer, officer) and (heirs := accountable_for(opened.officer)):
            before = opened.manager_id
            opened.manager, opened.next_manager = [*heirs, None][:2]
            opened.save(update_fields=["manager", "next_manager"])
            _told(opened, before, opened.manager_id, by)
    waiting = Conflict.objects.filter(manager=officer, reviewed_at=None, withdrawn_at=None).select_related("officer")
    for conflict in waiting.order_by("pk"):
        if not accounts_to(conflict.officer, officer) and (heirs := accountable_for(conflict.officer)):
            conflict.manager = heirs[0]
            conflict.save(update_fields=["manager"])
            _told(conflict, officer.pk, conflict.manager_id, by)


def _told(record: BreakGlass | Conflict, before: int | None, after: int | None, by: Officer) -> None:
    trail.write("hand on review", record, by=by, changed={"manager": (before, after)})
    ledger.refresh(record)
