"""What every verb on a referral does: lock it, ask whether this officer may write to it, and put a fact on it."""

from typing import Any, TypeVar

from django.db import models

from goldenthread.cases.sight import sight_of
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import NotAllowed
from goldenthread.obligations import ledger
from goldenthread.people.access import require
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.referrals.facts import Fact
from goldenthread.standards.referrals.models import Referral

F = TypeVar("F", bound=Fact)
M = TypeVar("M", bound=models.Model)


def locked(referral: Referral, by: Officer, permission: Permission = Permission.RECORD_REFERRALS) -> Referral:
    """The referral as it stands, locked until the transaction ends. Raises NotAllowed where the role does not allow it, or
    no relationship opens the record for writing: asked under the lock, so that one that has just ended counts."""
    require(by, permission)
    rows = Referral.objects.select_related("case_file").select_for_update(of=("self",))
    found = rows.filter(pk=referral.pk).first()
    sight = sight_of(by)
    if found is None or not sight.may_write(found.case_file):
        raise NotAllowed(f"Referral {referral.reference} is one that you may not write to.")
    found.why_open = sight.why(found.case_file)
    return found


def made_before(model: type[M], token: str | None) -> M | None:
    """The row that this same submission made before, if it did."""
    return model._default_manager.filter(token=token).first() if token else None


def put(fact: F, referral: Referral, deed: str, *, by: Officer, **detail: Any) -> F:
    """Write a fact, its trail entry and the referral's obligations."""
    fact.recorded_at, fact.by = now(), by
    fact.save(force_insert=True)
    trail.write(deed, referral, by=by, why=referral.why_open, **{fact._meta.model_name or "": fact.pk}, **detail)
    ledger.refresh(referral)
    return fact
