"""What a holding owes from the moment that there is one, whichever room makes it; and who owes the steps of the chain, which
depends on who works where: when that changes, what is open is worked out anew."""

from collections.abc import Collection
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from goldenthread.cases.models import CaseFile, Holding
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


@receiver(post_save, sender=Holding)
def held(instance: Holding, *, created: bool = False, **_: Any) -> None:
    """A file was opened or handed over: whoever holds it from then on owes what a holder owes."""
    if created:
        ledger.refresh(instance)


@receiver(post_save, sender=CaseFile)
def closed_or_opened_again(
    instance: CaseFile, *, created: bool = False, update_fields: Collection[str] | None = None, **_: Any
) -> None:
    """With a file that is closed, what was not due on its holdings and allocations passes; opened again, it may be owed."""
    if not created and (update_fields is None or "closed_at" in update_fields):
        ledger.refresh(*instance.holdings.all(), *instance.allocations.all())
