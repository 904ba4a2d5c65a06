"""What every verb on a record does: lock it, ask whether this officer may write to it, and put a fact on it."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import models

from goldenthread.cases.facts import Fact
from goldenthread.cases.models import CaseFile
from goldenthread.cases.records import OnFile
from goldenthread.cases.sight import sight_of
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import NotAllowed
from goldenthread.obligations import ledger
from goldenthread.people.access import require
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission

F = TypeVar("F", bound=Fact)
M = TypeVar("M", bound=models.Model)
R = TypeVar("R", bound=OnFile)


def locked(record: R, by: Officer, permission: Permission = Permission.RECORD_REFERRALS) -> R:
    """The record as it stands, locked until the transaction ends. Raises NotAllowed where the role does not allow it, or
    no relationship opens the record for writing: asked under the lock, so that one that has just ended counts."""
    require(by, permission)
    rows: Any = type(record)._default_manager
    found: R | None = rows.select_related("case_file").select_for_update(of=("self",)).filter(pk=record.pk).first()
    sight = sight_of(by)
    if found is None or not sight.may_write(found.case_file):
        what = f"{record._meta.verbose_name} {record}".capitalize()
        raise NotAllowed(f"{what} is one that you may not write to.")
    found.why_open = sight.why(found.case_file)
    return found


def why_writable(case_file: CaseFile, by: Officer, permission: Permission = Permission.RECORD_REFERRALS) -> str:
    """Why the officer may put something new on a case file, for the trail. Raises NotAllowed where they may not."""
    require(by, permission)
    sight = sight_of(by)
    if not sight.may_write(case_file):
        raise NotAllowed(f"Case file {case_file.reference} is one that you may not write to.")
    return sight.why(case_file)


def made_before(model: type[M], token: str | None) -> M | None:
    """The row that this same submission made before, if it did."""
    return model._default_manager.filter(token=token).first() if token else None


def put(
    fact: F, record: OnFile, deed: str, *, by: Officer, beside: Callable[[F], None] | None = None, **detail: Any
) -> F:
    """Write a fact, its trail entry and the obligations of the record that it is on. beside: writes what belongs to the
    row, given it as it was written."""
    fact.recorded_at, fact.by = now(), by
    fact.save(force_insert=True)
    if beside:
        beside(fact)
    trail.write(deed, record, by=by, why=record.why_open, **{fact._meta.model_name or "": fact.pk}, **detail)
    ledger.refresh(record)
    return fact
