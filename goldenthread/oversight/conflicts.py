"""The verbs of declaring that one knows a child or their family, and of arranging who does the work instead."""

from datetime import date

from django.db import transaction

from goldenthread.cases.actions import conflicts_met
from goldenthread.cases.models import Conflict
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.obligations import ledger
from goldenthread.oversight import rules
from goldenthread.people.access import require
from goldenthread.people.line import accountable_for
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission


@transaction.atomic
def declare_conflict(
    *, kind: str, given_names: str, family_name: str, by: Officer, date_of_birth: date | None = None
) -> Conflict:
    """The officer knows this child or their family. At once, and for every child recorded later under this name, the
    child's files are closed to the officer, whatever else would open them. The officer is not told whether there is one.

    Raises NotAllowed; Refused where a name is missing.
    """
    require(by, Permission.READ_RECORDS)
    if kind not in Conflict.Kind.values:
        raise Refused("Say whether this is your own family or someone you know.")
    given, family = " ".join(given_names.split()), " ".join(family_name.split())
    if not given or not family:
        raise Refused("Write the child's given name and family name.")
    stamped = now()
    made = Conflict.objects.create(
        officer=by, kind=kind, given_names=given, family_name=family, date_of_birth=date_of_birth,
        manager=next(iter(accountable_for(by)), None), declared_at=stamped, recorded_at=stamped,
    )  # fmt: skip
    conflicts_met(made)
    trail.write("declare conflict", made, by=by, why="own account", kind=kind)
    ledger.refresh(made)
    return made


@transaction.atomic
def review_conflict(*, conflict: Conflict, outcome: str, words: str, by: Officer) -> Conflict:
    """Whoever answers for the officer has arranged that others do what is to be done, or that nothing had to be arranged.

    Raises NotAllowed, Refused."""
    found = _standing(conflict, by)
    if found.reviewed_at is not None:
        raise Refused("This was seen to already.")
    if outcome not in Conflict.Outcome.values:
        raise Refused("Say whether anything had to be arranged.")
    found.outcome, found.outcome_words = outcome, rules.says_why(words, "What was arranged")
    found.reviewed_at, found.reviewed_by = now(), by
    found.save(update_fields=["outcome", "outcome_words", "reviewed_at", "reviewed_by"])
    trail.write(
        "review conflict", found, by=by, why="line manager", officer=found.officer.get_username(), outcome=outcome
    )
    ledger.refresh(found)
    return found


@transaction.atomic
def withdraw_conflict(*, conflict: Conflict, reason: str, by: Officer) -> Conflict:
    """It was declared in error, or has ended. Never by the officer: whoever answers for them does it. Raises NotAllowed, Refused."""
    found = _standing(conflict, by)
    found.withdrawn_why = rules.says_why(reason, "Why it is taken back")
    found.withdrawn_at, found.withdrawn_by = now(), by
    found.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    trail.write("withdraw conflict", found, by=by, why="line manager", officer=found.officer.get_username())
    ledger.refresh(found)
    return found


def _standing(conflict: Conflict, by: Officer) -> Conflict:
    require(by, Permission.REVIEW_ACCESS)
    found = Conflict.objects.select_for_update().get(pk=conflict.pk)
    rules.of_ones_line(found.officer, by)
    if found.withdrawn_at is not None:
        raise Refused("This declaration was taken back already.")
    return found
