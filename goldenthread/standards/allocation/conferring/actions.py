"""The verbs before a meeting: convening it, who should come, invitations, reports, putting it off. Those of the meeting itself are
in `holding`, those on looked-after children in `care`, corrections in `corrections`. Each is one transaction; it raises NotAllowed
or Refused and then nothing is written. `token` names one submission of a form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from goldenthread.cases.models import CaseFile, Child
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.obligations import ledger
from goldenthread.obligations.touching import hold_file
from goldenthread.obligations.writing import made_before, put, why_writable
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.conferring import rules
from goldenthread.standards.allocation.conferring.choices import MeetingKind, Move, Reply, ReportMove, Way, WhyMoved
from goldenthread.standards.allocation.conferring.course import planned
from goldenthread.standards.allocation.conferring.models import (
    Invitation,
    InvitationReply,
    Invitee,
    Meeting,
    MeetingMove,
    ReportStep,
)
from goldenthread.standards.allocation.conferring.telling import tell_arranged, untell_arranged
from goldenthread.standards.allocation.conferring.writing import (
    end_tie,
    held_for,
    made_all,
    put_each,
    tie_chair,
    token_of,
)
from goldenthread.standards.assessment.protection.models import ProtectionPlan, StrategyDiscussion


@dataclass(frozen=True, slots=True)
class Should:
    """Somebody who should come, as a form tells it."""

    agency: str
    role: str
    name: str = ""
    officer: Officer | None = None
    in_touch: bool = True
    reports: bool = True

    def invitee(self) -> Invitee:
        """The same as a row, not yet written."""
        return Invitee(
            agency=self.agency, role=" ".join(self.role.split()), name=" ".join(self.name.split()), officer=self.officer,
            in_touch=self.in_touch, reports=self.reports,
        )  # fmt: skip


@transaction.atomic
def convene(
    *,
    case_file: CaseFile,
    kind: str,
    children: Sequence[Child],
    planned_for: datetime,
    place: str,
    chair: Officer,
    should_come: Sequence[Should],
    convened_at: datetime,
    by: Officer,
    discussion: StrategyDiscussion | None = None,
    plans: Sequence[ProtectionPlan] = (),
    token: str | None = None,
) -> Meeting:
    """A meeting about children of the file is called, and it is said who should come. The file opens to the chair of a
    conference or looked-after review; an initial conference is told to the room of protection as arranged."""
    hold_file(case_file)
    why = why_writable(case_file, by)
    if made := made_before(Meeting, token):
        return made
    rules.check_choice(kind, MeetingKind.choices, "which meeting it is")
    rules.check_children([child.pk for child in children], case_file)
    rules.check_time(convened_at, "convening it", after=case_file.opened_at, after_what="this case file was opened")
    if planned_for < convened_at:
        raise Refused("The meeting is planned for a time before it was convened: check both times.")
    rules.check_words(place, "where it will be")
    rules.check_chair(kind, chair, case_file)
    rules.check_about(kind, case_file, [child.pk for child in children], discussion, plans)
    if not should_come:
        raise Refused("Say who should come: at least one person.")
    rows = [should.invitee() for should in should_come]
    for row in rows:
        rules.check_invitee(row)
    tie = tie_chair(kind, chair, case_file, by, why)
    rules.check_opens(chair, case_file)
    meeting = Meeting.objects.create(
        case_file=case_file, kind=kind, convened_at=convened_at, planned_for=planned_for, place=" ".join(place.split()),
        chair=chair, tie=tie, discussion=discussion, recorded_at=now(), by=by, token=token,
    )  # fmt: skip
    meeting.children.set(children)
    meeting.plans.set(plans)
    for row in rows:
        row.meeting, row.occurred_at, row.recorded_at, row.by = meeting, convened_at, meeting.recorded_at, by
        row.save(force_insert=True)
    trail.write("convene meeting", meeting, by=by, why=why, case_file=case_file.pk, kind=kind, people=len(rows))
    if discussion is not None:
        tell_arranged(meeting, planned_for, convened_at, by)
    ledger.refresh(meeting)
    return meeting


@transaction.atomic
def add_invitee(
    *,
    meeting: Meeting,
    agency: str,
    role: str,
    occurred_at: datetime,
    by: Officer,
    name: str = "",
    officer: Officer | None = None,
    in_touch: bool = False,
    reports: bool = False,
    token: str | None = None,
) -> Invitee:
    """One more should come, or came without being asked."""
    found = held_for(meeting, by)
    if made := made_before(Invitee, token):
        return made
    row = Should(agency, role, name, officer, in_touch, reports).invitee()
    rules.check_invitee(row)
    rules.check_after(found, occurred_at, "saying so")
    row.meeting, row.occurred_at, row.token = found, occurred_at, token
    return put(row, found, "add to meeting", by=by, case_file=found.case_file_id, agency=agency)


@transaction.atomic
def invite(
    *,
    meeting: Meeting,
    invitees: Sequence[int],
    how: str,
    occurred_at: datetime,
    by: Officer,
    token: str | None = None,
) -> list[Invitation]:
    """These people (by the numbers of their first rows) were invited."""
    found = held_for(meeting, by)
    if made := made_all(Invitation, token, invitees):
        return made
    people = rules.check_of(found, invitees, "who was invited")
    rules.check_choice(how, Way.choices, "how they were invited")
    rules.check_after(found, occurred_at, "the invitation")
    rows = [
        Invitation(meeting=found, invitee=one, how=how, occurred_at=occurred_at, token=token_of(token, one.pk))
        for one in people
    ]
    return put_each(rows, found, "invite to meeting", by=by, how=how)


@transaction.atomic
def answer_invitation(
    *,
    meeting: Meeting,
    invitee: int,
    answer: str,
    occurred_at: datetime,
    by: Officer,
    instead: str = "",
    token: str | None = None,
) -> InvitationReply:
    """What somebody answered. The last answer is the one that counts."""
    found = held_for(meeting, by)
    if made := made_before(InvitationReply, token):
        return made
    [person] = rules.check_of(found, [invitee], "who answered")
    rules.check_choice(answer, Reply.choices, "what they answered")
    if answer != Reply.COMING:
        rules.check_words(instead, "whom they send, or why they cannot come")
    rules.check_after(found, occurred_at, "the answer")
    fact = InvitationReply(
        meeting=found, invitee=person, answer=answer, instead=instead.strip(), occurred_at=occurred_at, token=token
    )
    return put(fact, found, "record reply to invitation", by=by, case_file=found.case_file_id, answer=answer)


@transaction.atomic
def record_reports(
    *,
    meeting: Meeting,
    invitees: Sequence[int],
    step: str,
    occurred_at: datetime,
    by: Officer,
    words: str = "",
    token: str | None = None,
) -> list[ReportStep]:
    """The reports of these people came, or were asked for again because they had not come."""
    found = held_for(meeting, by)
    if made := made_all(ReportStep, token, invitees):
        return made
    people = rules.check_of(found, invitees, "whose report it is")
    rules.check_choice(step, ReportMove.choices, "what became of the report")
    rules.check_after(found, occurred_at, "the report")
    if step == ReportMove.CHASED and (held := found.held) and occurred_at > held.moment.occurred_at:
        raise Refused("The conference is over: a report that comes now is late, and asking for it settles nothing.")
    rows = [
        ReportStep(
            meeting=found, invitee=one, step=step, words=words.strip(), occurred_at=occurred_at,
            token=token_of(token, one.pk),
        )
        for one in people
    ]  # fmt: skip
    return put_each(rows, found, "record reports for meeting", by=by, step=step)


@transaction.atomic
def move_meeting(
    *,
    meeting: Meeting,
    what: str,
    why: str,
    words: str,
    occurred_at: datetime,
    by: Officer,
    new_at: datetime | None = None,
    token: str | None = None,
) -> MeetingMove:
    """It was put off, to another time where there is one yet, or cancelled. The clocks of what it is about run on."""
    found = held_for(meeting, by)
    if made := made_before(MeetingMove, token):
        return made
    rules.check_open(found, "putting it off")
    fact = MeetingMove(
        meeting=found, what=what, why=why, words=words.strip(), new_at=new_at, occurred_at=occurred_at, token=token
    )
    check_move(found, fact)
    if new_at is not None and (stands := planned(found)) and stands.occurred_at == new_at:
        raise Refused("It is planned for that time already.")
    put(fact, found, "move meeting", by=by, case_file=found.case_file_id, what=what, reason=why)
    if found.discussion_id is not None:
        untell_arranged(found, "The conference was put off or cancelled", by)
        if new_at is not None:
            tell_arranged(found, new_at, occurred_at, by)
    if what == Move.CANCELLED:
        end_tie(found, timedelta(), by)
    return fact


def check_move(meeting: Meeting, fact: MeetingMove) -> None:
    """What is asked of putting a meeting off, also when that is corrected."""
    rules.check_choice(fact.what, Move.choices, "what became of it")
    rules.check_choice(fact.why, WhyMoved.choices, "why")
    rules.check_words(fact.words, "what is done about it")
    rules.check_after(meeting, fact.occurred_at, "putting it off")
    if fact.what == Move.CANCELLED and fact.new_at is not None:
        raise Refused("A meeting that is cancelled has no new time: say that it was put off.")
    if fact.new_at is not None and fact.new_at < fact.occurred_at:
        raise Refused("The new time is before it was put off: check both times.")
