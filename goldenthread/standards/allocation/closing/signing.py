"""A manager's answer to a closure, and opening a closed file again. See `actions` for the rest."""

from datetime import datetime

from django.db import transaction

from goldenthread.cases.models import CaseFile, Holding
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.obligations import ledger
from goldenthread.obligations.requirement import installed
from goldenthread.obligations.touching import hold_file
from goldenthread.obligations.writing import locked, made_before, put
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.closing import rules
from goldenthread.standards.allocation.closing.choices import Answer, State
from goldenthread.standards.allocation.closing.models import Closure, ClosureAnswer, ClosureReopened
from goldenthread.standards.referrals.models import Referral

_WAITS = "This closure does not wait for an answer."


def _held(closure: Closure, by: Officer) -> Closure:
    """The file is held first: whatever is written on it meanwhile comes before the closing, or after it."""
    hold_file(closure.case_file)
    return locked(closure, by, Permission.SIGN_OFF)


@transaction.atomic
def return_closure(
    *, closure: Closure, words: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> ClosureAnswer:
    """It is not ready: what is still to be done."""
    held = _held(closure, by)
    if made := made_before(ClosureAnswer, token):
        return made
    rules.check_state(held, State.ASKED, _WAITS)
    rules.check_not_own(held, by)
    rules.check_words(words, "what is still to be done")
    rules.check_time(occurred_at, "the answer", after=held.last_asked().occurred_at, after_what="it was asked")
    said = ClosureAnswer(
        closure=held, answer=Answer.RETURNED, words=words.strip(), occurred_at=occurred_at, token=token
    )
    return put(said, held, "return closure", by=by)


@transaction.atomic
def sign_off_closure(
    *, closure: Closure, words: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> ClosureAnswer:
    """The file is closed from that moment on: by a manager who did not ask for it, and only where nothing about a child
    runs, everybody is told and nothing is owed. What is owed is asked of the ledger with the file closed, so that what
    ends with the file counts no more; if anything is left, nothing of this has happened."""
    held = _held(closure, by)
    if made := made_before(ClosureAnswer, token):
        return made
    rules.check_state(held, State.ASKED, _WAITS)
    rules.check_not_own(held, by)
    rules.check_words(words, "why it is safe to end the work")
    rules.check_time(occurred_at, "the sign-off", after=held.last_asked().occurred_at, after_what="it was asked")
    file = CaseFile.objects.get(pk=held.case_file_id)
    if Referral.objects.filter(case_file=file, received_at__gt=occurred_at).exists():
        raise Refused("A referral was received since: look at it first.")
    if file.holdings.filter(since_at__gt=occurred_at).exists():
        raise Refused("The file was given to somebody else since: give the time at which you close it.")
    rules.check_ready(held, occurred_at)
    said = ClosureAnswer(
        closure=held, answer=Answer.SIGNED_OFF, words=words.strip(), occurred_at=occurred_at, token=token
    )
    put(said, held, "sign off closure", by=by)
    _set_closed(file, occurred_at, by, held.why_open)
    left = list(file.obligations.open().order_by("due_at", "pk")[:2])
    if left:
        title = installed()[left[0].requirement].title if left[0].requirement in installed() else left[0].requirement
        raise Refused(
            f"Something is still owed on this file (“{title}”{' and more' if len(left) > 1 else ''}): settle it, or excuse it "
            "with a reason, one by one."
        )
    return said


@transaction.atomic
def reopen(
    *, closure: Closure, words: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> ClosureReopened:
    """A closed file is opened again, in the hands in which it was. (A new referral opens a new file instead.)"""
    held = _held(closure, by)
    if made := made_before(ClosureReopened, token):
        return made
    rules.check_reopened(held, words, occurred_at)
    again = ClosureReopened(closure=held, words=words.strip(), occurred_at=occurred_at, token=token)
    put(again, held, "reopen case file", by=by)
    _set_closed(CaseFile.objects.get(pk=held.case_file_id), None, by, held.why_open, held=occurred_at)
    return again


def _set_closed(file: CaseFile, at: datetime | None, by: Officer, why: str, held: datetime | None = None) -> None:
    """Close the file, or open it again (`held`: in a new holding of the same hands), and bring everything that is owed on it
    in step."""
    was, file.closed_at = file.closed_at, at
    file.save(update_fields=["closed_at"])
    if at is not None and (last := file.holdings.last()) is not None:
        last.closed_at = at
        last.save(update_fields=["closed_at"])
    if held is not None:
        Holding.objects.create(
            case_file=file, team=file.team, worker=file.worker, since_at=held, recorded_at=now()
        )  # fmt: skip
    trail.write(
        "close case file" if at else "open case file again", file, by=by, why=why, changed={"closed_at": (was, at)}
    )
    ledger.refresh_whole_file(file)
