"""What every verb on a meeting does: hold it with all that hangs on it, and put facts on it, several in one deed."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, TypeVar

from goldenthread.cases.models import CaseFile, Involvement
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.obligations import ledger
from goldenthread.obligations.loading import with_all
from goldenthread.obligations.touching import hold_file
from goldenthread.obligations.writing import locked, made_before
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.conferring.choices import INDEPENDENT
from goldenthread.standards.allocation.conferring.course import cancelled
from goldenthread.standards.allocation.conferring.models import Meeting, OfMeeting

F = TypeVar("F", bound=OfMeeting)

FACTS = (
    "invitees", "invitations", "replies", "reports", "presences", "parts", "helds", "decisions", "dissents", "sendings",
    "moves",
)  # fmt: skip
"""What hangs on a meeting."""
CHAIR_HAS = timedelta(days=60)
"""So long after the meeting its file stays open to its chair, unless the minutes go out before."""
AFTER_MINUTES = timedelta(days=14)
"""So long after the minutes went out it does."""


def held_for(meeting: Meeting, by: Officer) -> Meeting:
    """The meeting, locked, with all that hangs on it. Raises NotAllowed where the officer may not write to it."""
    hold_file(meeting.case_file)  # before the meeting: what is written on it touches others of the file
    return with_all(locked(meeting, by), FACTS)


def anew(meeting: Meeting) -> Meeting:
    """The same with what was written since."""
    return with_all(meeting, FACTS)


def token_of(token: str | None, number: int) -> str | None:
    """The token of one of several facts that one form makes."""
    return f"{token}-{number}" if token else None


def made_all(model: type[F], token: str | None, numbers: Sequence[int]) -> list[F]:
    """The facts that this same submission made before; none, where it made none."""
    found = [made_before(model, token_of(token, number)) for number in sorted(set(numbers))]
    return [one for one in found if one is not None]


def put_each(facts: Sequence[F], meeting: Meeting, deed: str, *, by: Officer, **detail: Any) -> list[F]:
    """Write facts, one trail entry for all of them, and what is owed because of them."""
    stamped = now()
    for fact in facts:
        fact.recorded_at, fact.by = stamped, by
        fact.save(force_insert=True)
    kinds = sorted({fact._meta.model_name or "" for fact in facts})
    for kind in kinds:
        detail[kind] = [fact.pk for fact in facts if fact._meta.model_name == kind]
    trail.write(deed, meeting, by=by, why=meeting.why_open, case_file=meeting.case_file_id, **detail)
    ledger.refresh(meeting)
    return list(facts)


def tie_chair(kind: str, chair: Officer, case_file: CaseFile, by: Officer, why: str) -> Involvement | None:
    """What opens the file to whoever chairs a conference or a review, until it is known when that is over: the one that is
    there already, or a new one. None where a manager made it, or the meeting is chaired by whoever has the case."""
    if kind not in INDEPENDENT:
        return None
    stamped = now()
    running = Involvement.objects.filter(case_file=case_file, officer=chair, kind=Involvement.Kind.CHAIR, until_at=None)
    if (open_now := running.select_for_update().first()) is not None:
        # One that a manager made is the manager's to end.
        return open_now if Meeting.objects.filter(tie=open_now).exists() else None
    tie = Involvement.objects.create(
        case_file=case_file, officer=chair, kind=Involvement.Kind.CHAIR, reason="Chairs a meeting about these children",
        since_at=stamped, recorded_at=stamped, by=by,
    )  # fmt: skip
    trail.write("involve", case_file, by=by, why=why, officer=chair.get_username(), kind=tie.kind, involvement=tie.pk)
    return tie


def end_tie(meeting: Meeting, after: timedelta, by: Officer) -> None:
    """From so long after now on, the file is closed to the chair. Where somebody ended it before, it stays so."""
    if meeting.tie_id is None:
        return
    tie = Involvement.objects.select_for_update().get(pk=meeting.tie_id)
    until = now() + after
    if tie.until_at is not None and tie.until_at <= until:
        return
    # The same officer may chair another meeting about these children that is still to come.
    others = Meeting.objects.filter(tie=tie).exclude(pk=meeting.pk)
    if any(other.held is None and cancelled(other) is None for other in others):
        return
    was, tie.until_at = tie.until_at, until
    tie.save(update_fields=["until_at"])
    trail.write(
        "end involvement", meeting.case_file, by=by, why=meeting.why_open, officer=tie.officer.get_username(),
        kind=tie.kind, involvement=tie.pk, changed={"until_at": (was, until)},
    )  # fmt: skip
