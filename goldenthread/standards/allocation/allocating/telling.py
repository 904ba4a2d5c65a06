"""The verbs on a case file that nobody has: who was told, and what they will do. Each is one transaction; it raises NotAllowed
or Refused and then nothing is written. Corrections of what was told are here too, since it is on a holding and not on a record
of its own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from goldenthread.cases.facts import standing
from goldenthread.cases.models import CaseFile, Holding
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.obligations import ledger
from goldenthread.obligations.correcting import last_row, next_row
from goldenthread.obligations.writing import made_before, why_writable
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.allocating import rules
from goldenthread.standards.allocation.allocating.choices import Risk
from goldenthread.standards.allocation.allocating.models import WaitHeard, WaitTold

CORRECTABLE: dict[type[WaitTold] | type[WaitHeard], tuple[str, ...]] = {
    WaitTold: ("risk", "words"),
    WaitHeard: ("words",),
}
"""What of each can be corrected, beside when it was true. Who was told is taken back, and recorded anew."""


@transaction.atomic
def tell_of_wait(
    *,
    case_file: CaseFile,
    rank: str,
    to: Officer,
    risk: str,
    words: str,
    occurred_at: datetime,
    by: Officer,
    token: str | None = None,
) -> WaitTold:
    """Somebody of the chain was told that a file has no worker, and how it stands with the children. A manager who finds it
    themselves says so of themselves."""
    why = why_writable(case_file, by, Permission.DECIDE_REFERRALS)
    if made := made_before(WaitTold, token):
        return made
    held = CaseFile.objects.select_for_update(of=("self",)).get(pk=case_file.pk)
    wait = Holding.objects.select_related("case_file").get(pk=rules.wait_of(held).pk)
    rules.check_told(wait, rank, to, risk, words, occurred_at)
    told = WaitTold.objects.create(
        holding=wait, rank=rank, to=to, risk=risk, words=words.strip(), occurred_at=occurred_at, recorded_at=now(), by=by,
        token=token,
    )  # fmt: skip
    trail.write("tell of wait", held, by=by, why=why, told=told.pk, rank=rank, risk=risk)
    ledger.refresh(wait)
    return told


@transaction.atomic
def hear_of_wait(
    *, told: WaitTold, words: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> WaitHeard:
    """Whoever was told has it, and says what they will do. It can be said after somebody was named, too."""
    holding = Holding.objects.select_related("case_file").select_for_update(of=("self",)).get(pk=told.holding_id)
    why = why_writable(holding.case_file, by, Permission.DECIDE_REFERRALS)
    if made := made_before(WaitHeard, token):
        return made
    last = last_row(told)
    if last.withdrawn:
        raise Refused("It was taken back that you were told.")
    rules.check_heard(last, words, occurred_at, by)
    heard = WaitHeard.objects.create(
        told_id=last.first_id, words=words.strip(), occurred_at=occurred_at, recorded_at=now(), by=by, token=token
    )
    trail.write("hear of wait", holding.case_file, by=by, why=why, heard=heard.pk)
    ledger.refresh(holding)
    return heard


def correct_telling(
    *, fact: WaitTold | WaitHeard, changes: Mapping[str, Any], reason: str, by: Officer, token: str | None = None
) -> WaitTold | WaitHeard:
    """Put right what was told, or answered; the old row stays. Raises Refused where it was superseded, or nothing changes."""
    return _supersede(fact, changes, reason, by, token)


def withdraw_telling(
    *, fact: WaitTold | WaitHeard, reason: str, by: Officer, token: str | None = None
) -> WaitTold | WaitHeard:
    """Say that it did not happen. Both rows stay."""
    return _supersede(fact, None, reason, by, token)


@transaction.atomic
def _supersede(
    fact: WaitTold | WaitHeard, changes: Mapping[str, Any] | None, reason: str, by: Officer, token: str | None
) -> WaitTold | WaitHeard:
    told = fact if isinstance(fact, WaitTold) else fact.told
    holding = Holding.objects.select_related("case_file").select_for_update(of=("self",)).get(pk=told.holding_id)
    why = why_writable(holding.case_file, by, Permission.DECIDE_REFERRALS)
    if made := made_before(type(fact), token):
        return made
    if isinstance(fact, WaitHeard) and by.pk != fact.by_id:
        raise NotAllowed("What somebody said that they will do is corrected by themselves.")
    heard = [] if isinstance(fact, WaitHeard) else standing(WaitHeard.objects.filter(told=fact.first_id))

    def check(new: WaitTold | WaitHeard) -> None:
        rules.check_words(new.words, "what was said")
        if isinstance(new, WaitHeard):
            rules.check_time(new.occurred_at, "your answer", after=told.occurred_at, after_what="you were told")
            return
        rules.check_choice(new.risk, Risk.choices, "how it stands with the children")
        since = holding.since_at
        rules.check_time(new.occurred_at, "telling them", after=since, after_what="the file was without a worker")
        if any(one.moment.occurred_at < new.occurred_at for one in heard):
            raise Refused("They have answered before that: check the time.")

    def free() -> None:
        if heard:
            raise Refused("They have answered that they were told: it happened.")

    names = ("occurred_at", *CORRECTABLE[type(fact)])
    new, changed = next_row(fact, changes, reason=reason, names=names, check=check, free=free, token=token)
    new.recorded_at, new.by = now(), by
    new.save(force_insert=True)
    deed = "withdraw" if new.withdrawn else "correct"
    trail.write(
        deed,
        holding.case_file,
        by=by,
        why=why,
        changed=changed,
        corrects=fact.pk,
        **{new._meta.model_name or "": new.pk},
    )
    ledger.refresh(holding)
    return new
