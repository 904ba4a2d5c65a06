"""The verbs on what was agreed in supervision: something that an officer is to do by a day. Each is one transaction; it raises
NotAllowed or Refused and then nothing is written."""

from datetime import date, datetime

from django.db import transaction

from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.obligations import ledger
from goldenthread.obligations.writing import locked, made_before, put
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.supervising import rules
from goldenthread.standards.allocation.supervising.models import (
    AgreedDone,
    AgreedMoved,
    AgreedTakenBack,
    CaseSupervision,
    SupervisionAction,
)


@transaction.atomic
def agree_action(
    *, supervision: CaseSupervision, what: str, officer: Officer, due: date, by: Officer, token: str | None = None
) -> SupervisionAction:
    """In that supervision it was agreed that an officer does something by a day."""
    first = locked(supervision.first, by, Permission.DECIDE_REFERRALS)
    if made := made_before(SupervisionAction, token):
        return made
    stands = first.stands
    if stands is None:
        raise Refused("What this was agreed in was taken back.")
    rules.check_action(what, officer, due, stands.moment.occurred_at)
    made = SupervisionAction.objects.create(
        case_file=first.case_file, supervision=first, what=what.strip(), officer=officer, due=due,
        agreed_at=stands.moment.occurred_at, recorded_at=now(), by=by, token=token,
    )  # fmt: skip
    trail.write("agree action", made, by=by, why=first.why_open, case_file=first.case_file_id, officer=officer.pk)
    ledger.refresh(made)
    return made


@transaction.atomic
def finish_action(
    *, action: SupervisionAction, words: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> AgreedDone:
    """It was done, and how."""
    held = locked(action, by)
    if made := made_before(AgreedDone, token):
        return made
    rules.check_open_action(held)
    rules.check_words(words, "how it was done")
    rules.check_time(occurred_at, "it", after=held.agreed_at, after_what="it was agreed")
    done = AgreedDone(action=held, words=words.strip(), occurred_at=occurred_at, token=token)
    return put(done, held, "finish action", by=by)


@transaction.atomic
def move_action(
    *,
    action: SupervisionAction,
    officer: Officer,
    due: date,
    words: str,
    by: Officer,
    token: str | None = None,
) -> AgreedMoved:
    """It is given another day, or to somebody else; by whoever supervises, before its day has passed."""
    held = locked(action, by)
    if made := made_before(AgreedMoved, token):
        return made
    rules.check_moved(held, officer, due, words, by)
    moved = AgreedMoved(action=held, officer=officer, due=due, words=words.strip(), occurred_at=now(), token=token)
    return put(moved, held, "move action", by=by, officer=officer.pk)


@transaction.atomic
def take_back_action(
    *, action: SupervisionAction, words: str, by: Officer, token: str | None = None
) -> AgreedTakenBack:
    """It need not be done any more; said by whoever supervises, before its day has passed."""
    held = locked(action, by)
    if made := made_before(AgreedTakenBack, token):
        return made
    rules.check_taken_back(held, words, by)
    back = AgreedTakenBack(action=held, words=words.strip(), occurred_at=now(), token=token)
    return put(back, held, "take back action", by=by)
