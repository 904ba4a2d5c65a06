"""Correcting what was recorded of a meeting, by a row that supersedes it; both stay. What the meeting told the room of protection
is corrected with it."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import transaction

from goldenthread.cases.facts import standing
from goldenthread.core.errors import Refused
from goldenthread.obligations.correcting import supersede
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.conferring import rules
from goldenthread.standards.allocation.conferring.actions import check_move
from goldenthread.standards.allocation.conferring.choices import Move, Reply
from goldenthread.standards.allocation.conferring.course import moves, planned
from goldenthread.standards.allocation.conferring.models import (
    Dissent,
    Invitation,
    InvitationReply,
    Invitee,
    Meeting,
    MeetingDecision,
    MeetingHeld,
    MeetingMove,
    MeetingSent,
    OfMeeting,
    Presence,
    ReportStep,
    TookPart,
)
from goldenthread.standards.allocation.conferring.telling import retell, tell_arranged, untell_arranged
from goldenthread.standards.allocation.conferring.writing import anew, held_for

F = TypeVar("F", bound=OfMeeting)

# What of each can be corrected, with the words for what may never be empty. What hangs on the time of the meeting is
# corrected with it: it has no time of its own.
CORRECTABLE: dict[type[OfMeeting], dict[str, str]] = {
    Invitee: {"agency": "", "role": "what they are", "name": "", "in_touch": "", "reports": ""},
    Invitation: {"how": "", "occurred_at": ""},
    InvitationReply: {"answer": "", "instead": "", "occurred_at": ""},
    ReportStep: {"words": "", "occurred_at": ""},
    Presence: {"outcome": ""},
    TookPart: {"how": "", "words": "what they think, or why they took no part"},
    MeetingHeld: {"words": "what was decided", "why_on": "", "occurred_at": ""},
    MeetingDecision: {"what": "what is to be done", "who": "who does it", "by_when": ""},
    Dissent: {"who": "who does not agree", "why": "why they do not agree"},
    MeetingSent: {"to": "to whom it was sent", "occurred_at": ""},
    MeetingMove: {"why": "", "words": "what is done about it", "new_at": "", "occurred_at": ""},
}
_OF_ITS_TIME = (Presence, TookPart, MeetingDecision, Dissent)
_AFTER_IT = (*_OF_ITS_TIME, MeetingSent)


@transaction.atomic
def correct(*, fact: F, changes: Mapping[str, Any] | None, reason: str, by: Officer, token: str | None = None) -> F:
    """Put right what a fact says, or (changes None) say that it did not happen; the old row stays. Raises Refused where a
    later row stands already, nothing would change, or what came after would no longer fit."""
    meeting = held_for(fact.meeting, by)

    def check(new: F) -> None:
        for name, what in CORRECTABLE[type(fact)].items():
            if what:
                rules.check_words(getattr(new, name), what)
        _check(meeting, fact, new)

    def then(new: F) -> None:
        if isinstance(new, MeetingHeld):
            retell(meeting, None if new.withdrawn else changes, reason, by)
            if new.withdrawn:
                _nobody_came(meeting, reason, by)
            if not new.withdrawn and new.occurred_at != fact.occurred_at:
                _move_what_hangs(meeting, new, reason, by)
        if isinstance(new, MeetingHeld | Presence | Invitee) and not (new.withdrawn and isinstance(new, MeetingHeld)):
            held = anew(meeting).held
            rules.check_quorum(meeting, held.fact.why_on if held else "")
        if isinstance(new, MeetingMove) and meeting.discussion_id is not None:
            _rearrange(meeting, reason, by)

    return supersede(
        fact, meeting, changes=changes, names=CORRECTABLE[type(fact)], check=check, free=lambda: _free(meeting, fact),
        then=then, reason=reason, by=by, token=token, case_file=meeting.case_file_id,
    )  # fmt: skip


def _check(meeting: Meeting, fact: OfMeeting, new: OfMeeting) -> None:
    """What the verb that wrote it asks of the whole."""
    match new:
        case Invitee():
            rules.check_invitee(new)
        case InvitationReply() if new.answer != Reply.COMING:
            rules.check_words(new.instead, "whom they send, or why they cannot come")
        case MeetingMove():
            check_move(meeting, new)
        case MeetingSent():
            rules.check_held(meeting, new.occurred_at, "sending it")
        case MeetingHeld():
            rules.check_after(meeting, new.occurred_at, "the meeting")
            if any(s.moment.occurred_at < new.occurred_at for s in standing(meeting.sendings.all())):
                raise Refused("Minutes were sent before that time: check the times.")
    if new.occurred_at != fact.occurred_at:
        rules.check_after(meeting, new.occurred_at, "it")


def _free(meeting: Meeting, fact: OfMeeting) -> None:
    """Whether nothing stands on what is taken back."""
    match fact:
        case Invitee():
            first = fact.first_id
            for rows in (meeting.invitations, meeting.replies, meeting.reports, meeting.presences):
                if any(s.fact.invitee_id == first for s in standing(rows.all())):
                    raise Refused("They were invited, answered, sent a report or came: take that back first.")
        case MeetingHeld():
            after: tuple[Any, ...] = (meeting.parts, meeting.decisions, meeting.dissents, meeting.sendings)
            for kind in after:
                if standing(kind.all()):
                    raise Refused("What was said, decided or sent is recorded of this meeting: take that back first.")
        case MeetingMove(what=Move.PUT_OFF) if meeting.held is not None:
            raise Refused("The meeting was held at the time to which it was put off: take that back first.")


def _nobody_came(meeting: Meeting, reason: str, by: Officer) -> None:
    """Who came to a meeting that was not held is taken back with it."""
    for one in standing(meeting.presences.all()):
        supersede(
            one.fact, meeting, changes=None, names=(), check=lambda new: None, reason=reason, by=by,
            case_file=meeting.case_file_id,
        )  # fmt: skip


def _move_what_hangs(meeting: Meeting, held: MeetingHeld, reason: str, by: Officer) -> None:
    """What was recorded of the meeting happened when it did."""
    for rows in (meeting.presences, meeting.parts, meeting.decisions, meeting.dissents):
        for one in standing(rows.all()):
            if one.fact.occurred_at == held.occurred_at:
                continue
            supersede(
                one.fact, meeting, changes={"occurred_at": held.occurred_at}, names=("occurred_at",),
                check=lambda new: None, reason=reason, by=by, case_file=meeting.case_file_id,
            )  # fmt: skip


def _rearrange(meeting: Meeting, reason: str, by: Officer) -> None:
    """For when the conference is arranged now."""
    now_for = planned(anew(meeting))
    if meeting.held is not None:
        return
    untell_arranged(meeting, reason, by)
    if now_for is not None:
        made = moves(meeting)
        said = made[-1].moment.occurred_at if made else meeting.convened_at
        tell_arranged(meeting, now_for.occurred_at, said, by)
