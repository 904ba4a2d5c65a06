"""What a meeting tells the room of protection, through its own verbs, so that its clocks are settled once: when an initial
conference is arranged for, that it was held, that plans were reviewed, that core groups met.

What was recorded there before, without a meeting, stays as it is: a meeting that is recorded later takes it up.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from goldenthread.cases.facts import Fact, standing
from goldenthread.core.errors import Refused
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.conferring import rules
from goldenthread.standards.allocation.conferring.choices import MeetingKind
from goldenthread.standards.allocation.conferring.models import Meeting, MeetingTold
from goldenthread.standards.assessment.protection import corrections
from goldenthread.standards.assessment.protection.actions import arrange_conference, hold_conference
from goldenthread.standards.assessment.protection.choices import Step
from goldenthread.standards.assessment.protection.models import (
    ConferenceDate,
    CoreGroup,
    ProtectionPlan,
    ReviewConference,
)
from goldenthread.standards.assessment.protection.plans import record_core_group, record_review
from goldenthread.standards.assessment.protection.rules import held as held_on


def told_by(fact: Fact) -> Meeting | None:
    """The meeting that told of a fact in the room of protection; None: it was recorded there."""
    match fact:
        case ConferenceDate():
            found = MeetingTold.objects.filter(conference=fact.first_id)
        case CoreGroup():
            found = MeetingTold.objects.filter(core_group=fact.first_id)
        case ReviewConference():
            found = MeetingTold.objects.filter(review=fact.first_id)
        case _:
            return None
    row = found.select_related("meeting").first()
    return row.meeting if row else None


def _facts(meeting: Meeting, *, arranged: bool) -> list[Fact]:
    """The facts that the meeting told of and that stand: that it was arranged, or that it was held."""
    found: list[Fact] = []
    for row in meeting.told.select_related("conference", "core_group", "review"):
        fact = row.fact
        is_date = isinstance(fact, ConferenceDate) and fact.step == Step.ARRANGED
        rows = type(fact)._default_manager
        if is_date == arranged:
            found += [s.fact for s in standing([fact, *rows.filter(root=fact.pk)])]
    return found


def tell_arranged(meeting: Meeting, at: datetime, said_at: datetime, by: Officer) -> None:
    """An initial conference is arranged for a time."""
    assert meeting.discussion is not None  # noqa: S101 (asked by the caller)
    fact = arrange_conference(discussion=meeting.discussion, arranged_for=at, occurred_at=said_at, by=by)
    MeetingTold.objects.create(meeting=meeting, conference=fact)


def untell_arranged(meeting: Meeting, why: str, by: Officer) -> None:
    """It is not arranged for that time any more."""
    for fact in _facts(meeting, arranged=True):
        corrections.withdraw(fact=fact, reason=why, by=by, through=meeting)


def tell_held(meeting: Meeting, words: str, plan_for: Mapping[int, str], at: datetime, by: Officer) -> None:
    """It was held: what it is about is recorded in the room of protection, or what stands there is taken up."""
    match meeting.kind:
        case MeetingKind.INITIAL:
            _tell_conference(meeting, words, plan_for, at, by)
        case MeetingKind.REVIEW:
            for plan in _taken_up(meeting, ReviewConference, at):
                [review] = record_review(plans=[plan], words=words, occurred_at=at, by=by)
                MeetingTold.objects.create(meeting=meeting, review=review)
        case MeetingKind.CORE_GROUP:
            for plan in _taken_up(meeting, CoreGroup, at):
                [group] = record_core_group(plans=[plan], words=words, occurred_at=at, by=by)
                MeetingTold.objects.create(meeting=meeting, core_group=group)
    if plan_for and meeting.kind != MeetingKind.INITIAL:
        raise Refused("Only an initial conference makes a child protection plan.")


def _tell_conference(meeting: Meeting, words: str, plan_for: Mapping[int, str], at: datetime, by: Officer) -> None:
    discussion = meeting.discussion
    assert discussion is not None  # noqa: S101 (an initial conference has one)
    before = held_on(discussion)
    if before is None:
        if not set(plan_for) <= {child.pk for child in meeting.children.all()}:
            raise Refused("The conference was not about that child.")
        fact = hold_conference(discussion=discussion, plan_for=plan_for, words=words, occurred_at=at, by=by)
        MeetingTold.objects.create(meeting=meeting, conference=fact)
        return
    if told_by(before) is not None:
        raise Refused("Another meeting is recorded as the initial conference on this enquiry: cancel this one.")
    rules.check_same_time(at, before.occurred_at)
    if plan_for:
        raise Refused("The plans that this conference made are recorded already: leave them out here.")
    MeetingTold.objects.create(meeting=meeting, conference_id=before.first_id)


def _taken_up(
    meeting: Meeting, kind: type[CoreGroup] | type[ReviewConference], at: datetime
) -> Sequence[ProtectionPlan]:
    """The meeting's plans on which it is not recorded yet; where it is, at the same minute, that is taken up."""
    still = []
    for plan in meeting.plans.order_by("pk"):
        rows = plan.core_groups.all() if kind is CoreGroup else plan.reviews.all()
        same = [
            s.first
            for s in standing(rows)
            if abs((s.moment.occurred_at - at).total_seconds()) < 60 and not told_by(s.fact)
        ]
        if not same:
            still.append(plan)
        else:
            MeetingTold.objects.create(
                meeting=meeting, **{"core_group_id" if kind is CoreGroup else "review_id": same[0].pk}
            )
    return still


def retell(meeting: Meeting, changes: Mapping[str, object] | None, reason: str, by: Officer) -> None:
    """What was told of its being held is corrected with it (the time, the words), or (changes None) taken back."""
    for fact in _facts(meeting, arranged=False):
        if changes is None:
            corrections.withdraw(fact=fact, reason=reason, by=by, through=meeting)
            continue
        told = {
            name: value
            for name, value in changes.items()
            if name in corrections.CORRECTABLE[type(fact)] and getattr(fact, name) != value
        }
        if told:
            corrections.correct(fact=fact, changes=told, reason=reason, by=by, through=meeting)
