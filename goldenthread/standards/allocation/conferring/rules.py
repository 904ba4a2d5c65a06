"""When something about a meeting is allowed. Each rule raises Refused with what to do about it."""

from collections.abc import Collection, Mapping
from datetime import datetime

from goldenthread.cases.facts import standing
from goldenthread.cases.models import CaseFile
from goldenthread.cases.sight import sight_of
from goldenthread.core.clock import at_minute
from goldenthread.core.errors import Refused
from goldenthread.core.rules import check_choice, check_not_future, check_time, check_words
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.conferring.choices import AGENCIES, CONFERENCES, INDEPENDENT, MeetingKind, There
from goldenthread.standards.allocation.conferring.course import all_told, cancelled, invitees, quorate
from goldenthread.standards.allocation.conferring.models import Invitee, LookedAfter, Meeting
from goldenthread.standards.assessment.protection.models import ProtectionPlan, StrategyDiscussion
from goldenthread.standards.assessment.protection.rules import check_conference_wanted

__all__ = ["check_choice", "check_not_future", "check_time", "check_words"]


def check_children(children: Collection[int], case_file: CaseFile) -> None:
    """At least one child of the file."""
    if not children or not set(children) <= set(case_file.children.values_list("pk", flat=True)):
        raise Refused("Choose at least one child of this case file.")


def check_chair(kind: str, chair: Officer, case_file: CaseFile) -> None:
    """Whoever chairs reads records; a conference or a looked-after review is chaired by somebody with no part in the case."""
    if not chair.is_active or not chair.may(Permission.READ_RECORDS):
        raise Refused(f"{chair.name} cannot chair it: choose somebody whose role opens children's records.")
    if kind not in INDEPENDENT:
        return
    if chair.role == "worker":
        raise Refused("A conference or review is chaired by a chair or a manager: choose another.")
    line = chair.line_team_ids()
    if chair.pk == case_file.worker_id or line is None or case_file.team_id in line:
        raise Refused(f"{chair.name} answers for this case. Choose a chair who has no part in it.")


def check_about(
    kind: str,
    case_file: CaseFile,
    children: Collection[int],
    discussion: StrategyDiscussion | None,
    plans: Collection[ProtectionPlan],
) -> None:
    """An initial conference follows an enquiry that asked for one; a review conference or core group is about plans."""
    if kind == MeetingKind.INITIAL:
        if discussion is None or discussion.case_file_id != case_file.pk or discussion.root_id is not None:
            raise Refused("Choose the strategy discussion that the conference follows.")
        check_conference_wanted(discussion)
        stands = discussion.stands
        if stands is None or not set(children) <= {child.pk for child in stands.fact.children.all()}:
            raise Refused("The enquiry was not about that child.")
    elif discussion is not None:
        raise Refused("Only an initial conference follows a strategy discussion.")
    if kind in {MeetingKind.REVIEW, MeetingKind.CORE_GROUP}:
        if not plans or any(plan.case_file_id != case_file.pk or plan.root_id is not None for plan in plans):
            raise Refused("Choose at least one child protection plan of this case file.")
        if any(plan.stands is None or plan.ended is not None for plan in plans):
            raise Refused("That plan has ended: nothing more is held about it.")
        if not {plan.child_id for plan in plans} <= set(children):
            raise Refused("Choose the children whose plans it is about.")
    elif plans:
        raise Refused("Only a review conference or a core group is about child protection plans.")
    if kind == MeetingKind.LOOKED_AFTER:
        running = LookedAfter.objects.filter(case_file=case_file, root=None).prefetch_related("later", "ends")
        if not set(children) <= {one.child_id for one in running if one.stands and one.ended is None}:
            raise Refused("First record that the child is looked after: a review is held for each such child.")


def check_invitee(invitee: Invitee) -> None:
    """Somebody of an agency, by name or by what they are."""
    check_choice(invitee.agency, AGENCIES, "which agency they come from")
    check_words(invitee.role, "what they are: health visitor, head teacher, mother")


def check_of(meeting: Meeting, numbers: Collection[int], what: str) -> list[Invitee]:
    """Those of the meeting's invitees that are meant, by their first rows, as they stand."""
    there = {one.first.pk: one.first for one in invitees(meeting)}
    if not numbers:
        raise Refused(f"Choose at least one person {what}.")
    if not set(numbers) <= set(there):
        raise Refused("That is nobody who should come to this meeting.")
    return [there[number] for number in sorted(set(numbers))]


def check_open(meeting: Meeting, what: str) -> None:
    """A meeting that is still to be held."""
    if cancelled(meeting) is not None:
        raise Refused(f"This meeting was cancelled: {what} cannot be recorded on it. Convene another.")
    if meeting.held is not None:
        raise Refused(f"This meeting is recorded as held: {what} comes too late. Correct what is wrong there.")


def check_held(meeting: Meeting, occurred_at: datetime, what: str) -> None:
    """What follows a meeting follows it."""
    held = meeting.held
    if held is None:
        raise Refused("First record that the meeting was held.")
    check_time(occurred_at, what, after=held.moment.occurred_at, after_what="the meeting")


def check_after(meeting: Meeting, occurred_at: datetime, what: str) -> None:
    """Not in the future, and not before it was convened."""
    check_time(occurred_at, what, after=meeting.convened_at, after_what="the meeting was convened")


def check_there(there: Mapping[int, str]) -> None:
    """Of each, whether they were there."""
    for outcome in there.values():
        check_choice(outcome, There.choices, "whether they were there")


def check_quorum(meeting: Meeting, why_on: str) -> None:
    """A conference without a quorum is put off, or somebody says why it could not wait."""
    if meeting.kind not in CONFERENCES or meeting.held is None or not all_told(meeting):
        return
    if quorate(meeting) is None and not why_on.strip():
        raise Refused(
            "Too few agencies were there: a conference needs social care and two more that are in touch with the child. Put it "
            "off, or write why it had to go ahead."
        )
    if why_on.strip():
        check_words(why_on, "why it went ahead")


def check_same_time(at: datetime, other: datetime) -> None:
    """What was recorded before of the same meeting tells the same time."""
    if at_minute(at) != at_minute(other):
        raise Refused("It is recorded already, at another time. Give that time, or correct it there first.")


def check_opens(chair: Officer, case_file: CaseFile) -> None:
    """Whoever chairs can open the file."""
    if not sight_of(chair).why(case_file):
        raise Refused(f"The file is not open to {chair.name}: choose another chair.")


def check_no_care_yet(care: LookedAfter, since: datetime, until: datetime | None) -> None:
    """No child is looked after twice at once. since, until: as it will be (None: it goes on)."""
    for other in LookedAfter.objects.filter(child=care.child_id, root=None).exclude(pk=care.pk):
        stands, ended = other.stands, other.ended
        if stands is None or (until is not None and stands.moment.occurred_at >= until):
            continue
        if ended is None or ended.moment.occurred_at > since:
            raise Refused("The child is recorded as looked after at that time already: end that first.")


def check_open_for_care(case_file: CaseFile, until: datetime | None) -> None:
    """No child is looked after on a file that is closed: nobody would see to the reviews. until: as it will end."""
    closed = CaseFile.objects.values_list("closed_at", flat=True).get(pk=case_file.pk)
    if closed is not None and (until is None or until > closed):
        raise Refused(
            "The case file is closed, and a child who is looked after needs an open one: open it again first."
        )


def check_care_running(care: LookedAfter, at: datetime, what: str) -> None:
    """While the child is looked after: not ahead, and not before it began."""
    stands = care.stands
    if stands is None:
        raise Refused("That the child is looked after was taken back.")
    check_time(at, what, after=stands.moment.occurred_at, after_what="the child was looked after")
    if standing(care.ends.all()):
        raise Refused("That it ended is recorded already: correct that.")
