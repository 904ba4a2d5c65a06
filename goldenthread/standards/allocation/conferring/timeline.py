"""Everything that was recorded of a meeting, in order, as its page tells it."""

from collections.abc import Iterable

from goldenthread.cases.facts import Fact
from goldenthread.cases.timeline import Entry, as_they_stand, latest_first
from goldenthread.core.templatetags.words import day, moment
from goldenthread.standards.allocation.conferring.models import (
    CareEnd,
    Dissent,
    Invitation,
    InvitationReply,
    Invitee,
    LookedAfter,
    Meeting,
    MeetingDecision,
    MeetingHeld,
    MeetingMove,
    MeetingSent,
    Presence,
    ReportStep,
    TookPart,
)
from goldenthread.standards.allocation.conferring.writing import FACTS


def said(fact: Fact) -> tuple[str, tuple[str, ...]]:
    """What a fact says, in words."""
    match fact:
        case Invitee():
            marks = [
                word
                for word, so in (("in touch with the child", fact.in_touch), ("asked for a report", fact.reports))
                if so
            ]
            return f"Should come: {fact.who}", (fact.get_agency_display(), ", ".join(marks).capitalize())
        case Invitation():
            return f"Invited: {fact.invitee.who}", (fact.get_how_display(),)
        case InvitationReply():
            return f"{fact.get_answer_display()}: {fact.invitee.who}", (fact.instead,)
        case ReportStep():
            return f"{fact.get_step_display()}: {fact.invitee.who}", (fact.words,)
        case Presence():
            return f"{fact.get_outcome_display()}: {fact.invitee.who}", ()
        case TookPart():
            return f"{fact.child.name if fact.child else 'The family'}: {fact.get_how_display().lower()}", (fact.words,)
        case MeetingHeld():
            return "The meeting was held", (
                fact.words,
                f"Without a quorum, because: {fact.why_on}" if fact.why_on else "",
            )
        case MeetingDecision():
            return f"Decided: {fact.who}{f', by {day(fact.by_when)}' if fact.by_when else ''}", (fact.what,)
        case Dissent():
            return f"Does not agree: {fact.who}", (fact.why,)
        case MeetingSent():
            return f"Sent: {fact.get_what_display().lower()}", (fact.to,)
        case MeetingMove():
            to = f" to {moment(fact.new_at)}" if fact.new_at else ""
            return f"{fact.get_what_display()}{to}: {fact.get_why_display().lower()}", (fact.words,)
        case LookedAfter():
            return f"Looked after: {fact.get_basis_display().lower()}", ()
        case CareEnd():
            return f"No longer looked after: {fact.get_reason_display().lower()}", (fact.words,)
    raise TypeError(f"{type(fact).__name__} has no words")


def _shown(fact: Fact) -> tuple[str, tuple[str, ...]]:
    """What was taken back may be another child's: its words are not shown any more."""
    what, words = said(fact)
    return what, () if fact.withdrawn else words


def timeline(meeting: Meeting) -> list[Entry]:
    """All facts on it, latest first."""
    return latest_first(entry for name in FACTS for entry in as_they_stand(getattr(meeting, name).all(), _shown))


def history(*groups: Iterable[Fact]) -> list[Entry]:
    """All of these facts, the latest first."""
    return latest_first(entry for rows in groups for entry in as_they_stand(rows, _shown))
