"""The verbs about who supervises whom, and their sessions. They are on no case file, and say nothing of a child. Each is one
transaction; it raises NotAllowed or Refused and then nothing is written."""

from datetime import datetime
from typing import Any

from django.db import transaction

from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.obligations import ledger
from goldenthread.obligations.correcting import next_row
from goldenthread.obligations.writing import made_before
from goldenthread.people.access import require
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.supervising import rules
from goldenthread.standards.allocation.supervising.models import SupervisionPair, SupervisionSession

CORRECTABLE = ("occurred_at", "why_missed", "next_at")


@transaction.atomic
def pair_up(
    *, worker: Officer, supervisor: Officer, since_at: datetime, by: Officer, token: str | None = None
) -> SupervisionPair:
    """From `since_at`, this supervisor supervises this worker; whoever did before, no longer."""
    require(by, Permission.SIGN_OFF)
    if made := made_before(SupervisionPair, token):
        return made
    Officer.objects.select_for_update(of=("self",)).get(pk=worker.pk)
    rules.check_pair(worker, supervisor, since_at, by)
    before = SupervisionPair.objects.select_for_update(of=("self",)).filter(worker=worker, until_at=None).first()
    if before is not None:
        if before.supervisor_id == supervisor.pk:
            raise Refused(f"{supervisor.name} supervises {worker.name} already.")
        _end(before, since_at, by)
    made = SupervisionPair.objects.create(
        worker=worker, supervisor=supervisor, team=worker.team, since_at=since_at, recorded_at=now(), by=by, token=token
    )
    trail.write("pair up", made, by=by, why="line manager", worker=worker.pk, supervisor=supervisor.pk)
    ledger.refresh(made)
    return made


@transaction.atomic
def end_pair(*, pair: SupervisionPair, until_at: datetime, by: Officer) -> SupervisionPair:
    """They have not worked together since `until_at`: somebody left, and nobody is named yet."""
    require(by, Permission.SIGN_OFF)
    held = _led(pair, by)
    if held.until_at is not None:
        raise Refused("It has ended already.")
    _end(held, until_at, by)
    return held


def _end(pair: SupervisionPair, until_at: datetime, by: Officer) -> None:
    rules.check_time(until_at, "the end", after=pair.since_at, after_what="the supervision began")
    last = max((one.occurred_at for one in pair.sessions.all()), default=pair.since_at)
    if until_at < last:
        raise Refused("They met after that: check the time.")
    pair.until_at, pair.until_known_at, pair.until_by = until_at, now(), by
    pair.save(update_fields=["until_at", "until_known_at", "until_by"])
    trail.write("end pair", pair, by=by, why="line manager", changed={"until_at": (None, until_at)})
    ledger.refresh(pair)


def _led(pair: SupervisionPair, by: Officer) -> SupervisionPair:
    """The pair, held, for whoever leads it. Raises NotAllowed for others, and for the worker."""
    found = SupervisionPair.objects.led_by(by).select_for_update(of=("self",)).filter(pk=pair.pk).first()
    if found is None:
        raise NotAllowed("That supervision is not yours to record.")
    return found


@transaction.atomic
def record_session(
    *,
    pair: SupervisionPair,
    occurred_at: datetime,
    by: Officer,
    held: bool = True,
    why_missed: str = "",
    next_at: datetime | None = None,
    token: str | None = None,
) -> SupervisionSession:
    """They met; or (held False) what was planned for `occurred_at` did not take place, and why. The next one is planned."""
    require(by, Permission.DECIDE_REFERRALS)
    found = _led(pair, by)
    if made := made_before(SupervisionSession, token):
        return made
    rules.check_session(found, held, why_missed, next_at, occurred_at)
    session = SupervisionSession(
        pair=found, held=held, why_missed="" if held else why_missed.strip(), next_at=next_at, occurred_at=occurred_at,
        token=token,
    )  # fmt: skip
    return _put(session, found, "record session", by, held=held)


def _put(
    session: SupervisionSession, pair: SupervisionPair, deed: str, by: Officer, **detail: Any
) -> SupervisionSession:
    session.recorded_at, session.by = now(), by
    session.save(force_insert=True)
    trail.write(deed, pair, by=by, why="supervision", session=session.pk, **detail)
    ledger.refresh(pair)
    return session


@transaction.atomic
def correct_session(
    *,
    session: SupervisionSession,
    changes: dict[str, Any] | None,
    reason: str,
    by: Officer,
    token: str | None = None,
) -> SupervisionSession:
    """Put right what was recorded of a session, or (changes None) say that there was none. The old row stays."""
    require(by, Permission.DECIDE_REFERRALS)
    pair = _led(session.pair, by)
    if made := made_before(SupervisionSession, token):
        return made

    def check(new: SupervisionSession) -> None:
        rules.check_session(pair, new.held, new.why_missed, new.next_at, new.occurred_at)

    def free() -> None:
        rows = SupervisionSession.objects.filter(pk__in=[session.pk, session.first_id])
        if any(row.case_supervisions.filter(withdrawn=False, superseded_by=None).exists() for row in rows):
            raise Refused("Cases are recorded as talked over in it: take those back first.")

    new, changed = next_row(session, changes, reason=reason, names=CORRECTABLE, check=check, free=free, token=token)
    return _put(new, pair, "withdraw" if new.withdrawn else "correct", by, changed=changed, corrects=session.pk)
