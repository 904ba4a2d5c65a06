"""The verbs of the meeting itself and of what follows it: that it was held and who came, how the child took part, decisions,
dissent, minutes. Each is one transaction; it raises NotAllowed or Refused and then nothing is written."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from goldenthread.cases.models import Child
from goldenthread.core.errors import Refused
from goldenthread.obligations.correcting import supersede
from goldenthread.obligations.writing import made_before, put
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.conferring import rules
from goldenthread.standards.allocation.conferring.choices import Part, Sent
from goldenthread.standards.allocation.conferring.course import all_told, presence, quorate
from goldenthread.standards.allocation.conferring.models import (
    Dissent,
    Meeting,
    MeetingDecision,
    MeetingHeld,
    MeetingSent,
    Presence,
    TookPart,
)
from goldenthread.standards.allocation.conferring.telling import tell_held
from goldenthread.standards.allocation.conferring.writing import (
    AFTER_MINUTES,
    CHAIR_HAS,
    anew,
    end_tie,
    held_for,
    made_all,
    put_each,
    token_of,
)


@transaction.atomic
def hold_meeting(
    *,
    meeting: Meeting,
    words: str,
    occurred_at: datetime,
    by: Officer,
    there: Mapping[int, str] | None = None,
    plan_for: Mapping[int, str] | None = None,
    why_on: str = "",
    token: str | None = None,
) -> MeetingHeld:
    """The meeting was held. there: whether each who should come (by their first row) was there, as far as is known; plan_for:
    of an initial conference, the children for whom it made a plan, and the kind of harm. The clocks of the child protection
    procedures are settled with it. Raises Refused for a conference without a quorum, unless somebody says why it went on."""
    found = held_for(meeting, by)
    if made := made_before(MeetingHeld, token):
        return made
    rules.check_open(found, "that it was held")
    rules.check_words(words, "what was decided")
    rules.check_after(found, occurred_at, "the meeting")
    rows = _presences(found, there or {}, occurred_at, token)
    held = MeetingHeld(meeting=found, words=words.strip(), why_on=why_on.strip(), occurred_at=occurred_at, token=token)
    tell_held(found, words, plan_for or {}, occurred_at, by)
    put_each([held, *rows], found, "hold meeting", by=by, kind=found.kind, plans=len(plan_for or {}))
    rules.check_quorum(anew(found), why_on)
    end_tie(found, CHAIR_HAS, by)
    return held


def _presences(meeting: Meeting, there: Mapping[int, str], at: datetime, token: str | None) -> list[Presence]:
    """Rows of who was there, not yet written."""
    if not there:
        return []
    rules.check_there(there)
    people = rules.check_of(meeting, list(there), "who was there")
    if any(presence(meeting, one.pk) is not None for one in people):
        raise Refused("Whether they were there is recorded already of somebody among these: correct that.")
    return [
        Presence(meeting=meeting, invitee=one, outcome=there[one.pk], occurred_at=at, token=token_of(token, one.pk))
        for one in people
    ]


@transaction.atomic
def record_attendance(
    *,
    meeting: Meeting,
    there: Mapping[int, str],
    by: Officer,
    why_on: str = "",
    token: str | None = None,
) -> list[Presence]:
    """Whether the others who should have come were there. Once that is known of all, a conference without a quorum says why
    it went on."""
    found = held_for(meeting, by)
    if made := made_all(Presence, token, list(there)):
        return made
    held = found.held
    if held is None:
        raise Refused("First record that the meeting was held, with who came.")
    if not there:
        raise Refused("Say of at least one person whether they were there.")
    rows = _presences(found, there, held.moment.occurred_at, token)
    put_each(rows, found, "record attendance", by=by)
    anew(found)
    why = why_on.strip() or held.fact.why_on
    rules.check_quorum(found, why)
    if why_on.strip() and why_on.strip() != held.fact.why_on and all_told(found) and quorate(found) is None:
        supersede(
            held.fact, found, changes={"why_on": why_on}, names=("why_on",), check=lambda new: None,
            reason="Who came was recorded afterwards", by=by, case_file=found.case_file_id,
        )  # fmt: skip
    return rows


@transaction.atomic
def record_part(
    *,
    meeting: Meeting,
    how: str,
    words: str,
    by: Officer,
    child: Child | None = None,
    token: str | None = None,
) -> TookPart:
    """How a child of the meeting, or (child None) the family, took part in it, and what they think."""
    found = held_for(meeting, by)
    if made := made_before(TookPart, token):
        return made
    held = found.held
    if held is None:
        raise Refused("First record that the meeting was held.")
    rules.check_choice(how, Part.choices, "how they took part")
    rules.check_words(words, "what they think, or why they took no part")
    if child is not None and not found.children.filter(pk=child.pk).exists():
        raise Refused("The meeting was not about that child.")
    fact = TookPart(
        meeting=found, child=child, how=how, words=words.strip(), occurred_at=held.moment.occurred_at, token=token
    )
    return put(fact, found, "record part in meeting", by=by, case_file=found.case_file_id, how=how)


@transaction.atomic
def record_decision(
    *,
    meeting: Meeting,
    what: str,
    who: str,
    by: Officer,
    by_when: date | None = None,
    token: str | None = None,
) -> MeetingDecision:
    """One thing that the meeting decided: what is to be done, by whom, by when."""
    found = held_for(meeting, by)
    if made := made_before(MeetingDecision, token):
        return made
    held = found.held
    if held is None:
        raise Refused("First record that the meeting was held.")
    rules.check_words(what, "what is to be done")
    rules.check_words(who, "who does it")
    fact = MeetingDecision(
        meeting=found, what=what.strip(), who=who.strip(), by_when=by_when, occurred_at=held.moment.occurred_at,
        token=token,
    )  # fmt: skip
    return put(fact, found, "record decision of meeting", by=by, case_file=found.case_file_id)


@transaction.atomic
def record_dissent(*, meeting: Meeting, who: str, why: str, by: Officer, token: str | None = None) -> Dissent:
    """Somebody did not agree, and why: it stands beside what was decided."""
    found = held_for(meeting, by)
    if made := made_before(Dissent, token):
        return made
    held = found.held
    if held is None:
        raise Refused("First record that the meeting was held.")
    rules.check_words(who, "who does not agree")
    rules.check_words(why, "why they do not agree")
    fact = Dissent(meeting=found, who=who.strip(), why=why.strip(), occurred_at=held.moment.occurred_at, token=token)
    return put(fact, found, "record dissent", by=by, case_file=found.case_file_id)


@transaction.atomic
def send_minutes(
    *, meeting: Meeting, what: str, to: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> MeetingSent:
    """The minutes went out, or what was decided went to the family. After the minutes, the file closes to the chair."""
    found = held_for(meeting, by)
    if made := made_before(MeetingSent, token):
        return made
    rules.check_choice(what, Sent.choices, "what was sent")
    rules.check_words(to, "to whom it was sent")
    rules.check_held(found, occurred_at, "sending it")
    fact = MeetingSent(meeting=found, what=what, to=to.strip(), occurred_at=occurred_at, token=token)
    put(fact, found, "send minutes", by=by, case_file=found.case_file_id, what=what)
    if what == Sent.MINUTES:
        end_tie(found, AFTER_MINUTES, by)
    return fact
