"""Who owes the steps of the chain depends on who works where: when that changes, what is open is worked out anew."""

from collections.abc import Collection
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from goldenthread.cases.models import Holding
from goldenthread.obligations import ledger
from goldenthread.obligations.models import Obligation
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.allocating.requirements import RANK_OF

_PLACE = {"role", "team", "area", "is_active"}


@receiver(post_save, sender=Officer)
def keep_up(update_fields: Collection[str] | None = None, **_: Any) -> None:
    """An officer came, went or moved: whoever owes it now that a manager is told has it on their list."""
    if update_fields is not None and not _PLACE & set(update_fields):
        return
    still = Obligation.objects.filter(requirement__in=sorted(RANK_OF), done_at=None)
    if numbers := sorted(set(still.order_by().values_list("subject_id", flat=True))):
        ledger.refresh(*Holding.objects.filter(pk__in=numbers).order_by("pk"))
