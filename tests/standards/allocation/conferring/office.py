"""Everyone conferring, at random: mixed into `tests/catalogue/test_random_verbs_everywhere.py`."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from goldenthread.cases.facts import Fact
from goldenthread.core.errors import Refused
from goldenthread.standards.allocation.conferring import actions, care, corrections, holding
from goldenthread.standards.allocation.conferring.choices import (
    Basis,
    MeetingKind,
    Move,
    Part,
    Reply,
    ReportMove,
    Sent,
    There,
    Way,
    WhyLeftCare,
    WhyMoved,
)
from goldenthread.standards.allocation.conferring.course import invitees
from goldenthread.standards.allocation.conferring.models import CareEnd, Invitee, LookedAfter, Meeting, OfMeeting
from goldenthread.standards.assessment.protection.models import ProtectionPlan, StrategyDiscussion

if TYPE_CHECKING:
    from tests.standards.referrals.test_random_verbs import Office as Base
else:
    Base = object

_SHOULD = (
    actions.Should("social-care", "Social worker"),
    actions.Should("police", "Sergeant"),
    actions.Should("school", "Head teacher", "Rosa Whitcombe"),
)


class ConferringOffice(Base):
    """Meetings of every kind, what becomes of them, and looked-after children; often refused."""

    def conferring_verbs(self) -> "list[Callable[[], object]]":
        return [
            self.convene, self.convene, self.convene, self.invite_some, self.invite_some, self.answer_one, self.some_reports,
            self.one_more, self.move_one, self.hold_one, self.hold_one, self.hold_one, self.who_came, self.after_it,
            self.after_it, self.look_after, self.leave_care, self.mend_meeting, self.mend_meeting,
        ]  # fmt: skip

    def a_meeting(self) -> Meeting:
        found = self.one(Meeting)
        assert isinstance(found, Meeting)
        return found

    def convene(self) -> None:
        kind = self.chance.choice([*MeetingKind.values * 5, "party"])
        file, discussion, plans = self.referral().case_file, None, []
        if kind == MeetingKind.INITIAL:
            found = self.one(StrategyDiscussion)
            assert isinstance(found, StrategyDiscussion)
            discussion, file = found.first, found.case_file
        elif kind in {MeetingKind.REVIEW, MeetingKind.CORE_GROUP}:
            plan = self.one(ProtectionPlan)
            assert isinstance(plan, ProtectionPlan)
            plans, file = [plan.first], plan.case_file
        children = list(file.children.all()) if discussion is None else list(discussion.children.all())
        actions.convene(
            case_file=file, kind=kind, children=children, place=self.words(), discussion=discussion, plans=plans,
            planned_for=self.hands.now + timedelta(minutes=self.chance.choice([-60, 0, 60, 6000])),
            chair=self.chance.choice([self.cast.quality, self.cast.manager, self.by()]), should_come=_SHOULD,
            convened_at=self.at(), by=self.by(), token=self.token(),
        )  # fmt: skip

    def people(self, meeting: Meeting) -> list[Invitee]:
        return [one.first for one in invitees(meeting)]

    def some(self, meeting: Meeting) -> list[int]:
        people = self.people(meeting)
        return [one.pk for one in self.chance.sample(people, k=self.chance.randint(0, len(people)))]

    def invite_some(self) -> None:
        meeting = self.a_meeting()
        actions.invite(
            meeting=meeting, invitees=self.some(meeting), how=self.pick(Way), occurred_at=self.at(), by=self.by(),
            token=self.token(),
        )  # fmt: skip

    def answer_one(self) -> None:
        meeting = self.a_meeting()
        actions.answer_invitation(
            meeting=meeting, invitee=(self.some(meeting) or [0])[0], answer=self.pick(Reply), instead=self.words(),
            occurred_at=self.at(), by=self.by(), token=self.token(),
        )  # fmt: skip

    def some_reports(self) -> None:
        meeting = self.a_meeting()
        actions.record_reports(
            meeting=meeting, invitees=self.some(meeting), step=self.pick(ReportMove), words=self.words(),
            occurred_at=self.at(), by=self.by(), token=self.token(),
        )  # fmt: skip

    def one_more(self) -> None:
        actions.add_invitee(
            meeting=self.a_meeting(), agency=self.chance.choice(["housing", "police", "circus"]), role=self.words(),
            in_touch=self.chance.random() < 0.5, reports=self.chance.random() < 0.5, occurred_at=self.at(), by=self.by(),
            token=self.token(),
        )  # fmt: skip

    def move_one(self) -> None:
        new_at = self.chance.choice([None, self.hands.now + timedelta(days=self.chance.randint(-1, 9))])
        ahead = list(Meeting.objects.filter(helds=None).order_by("-pk")[:6])
        actions.move_meeting(
            meeting=self.chance.choice([self.a_meeting(), *ahead]), what=self.chance.choice([Move.PUT_OFF, Move.PUT_OFF, self.pick(Move)]),
            why=self.pick(WhyMoved), words=self.words(), new_at=new_at, occurred_at=self.at(), by=self.by(),
            token=self.token(),
        )  # fmt: skip

    def hold_one(self) -> None:
        meeting = self.a_meeting()
        there = {one.pk: self.chance.choice([There.CAME, There.CAME, There.ABSENT]) for one in self.people(meeting)}
        if self.chance.random() < 0.3:
            there = {pk: outcome for pk, outcome in there.items() if self.chance.random() < 0.5}
        children = [child.pk for child in meeting.children.all()]
        plan_for = {pk: "neglect" for pk in children if self.chance.random() < 0.6}
        holding.hold_meeting(
            meeting=meeting, words=self.words(), there=there, why_on=self.chance.choice(["", "It could not wait"]),
            plan_for=plan_for if meeting.kind == MeetingKind.INITIAL else {}, occurred_at=self.at(), by=self.by(),
            token=self.token(),
        )  # fmt: skip

    def who_came(self) -> None:
        meeting = self.a_meeting()
        holding.record_attendance(
            meeting=meeting, there={pk: self.pick(There) for pk in self.some(meeting)}, why_on=self.words(), by=self.by(),
            token=self.token(),
        )  # fmt: skip

    def after_it(self) -> None:
        meeting, by = self.a_meeting(), self.by()
        match self.chance.randrange(4):
            case 0:
                child = self.chance.choice([None, *meeting.children.all()])
                holding.record_part(meeting=meeting, child=child, how=self.pick(Part), words=self.words(), by=by)
            case 1:
                holding.record_decision(meeting=meeting, what=self.words(), who="Asha", by=by, token=self.token())
            case 2:
                holding.record_dissent(meeting=meeting, who="Her father", why=self.words(), by=by)
            case _:
                holding.send_minutes(
                    meeting=meeting, what=self.pick(Sent), to=self.words(), occurred_at=self.at(), by=by
                )

    def look_after(self) -> None:
        file = self.referral().case_file
        care.look_after(
            case_file=file, child=self.chance.choice(list(file.children.all())), basis=self.pick(Basis),
            occurred_at=self.at(), by=self.by(), token=self.token(),
        )  # fmt: skip

    def leave_care(self) -> None:
        found = self.one(LookedAfter)
        assert isinstance(found, LookedAfter)
        if self.chance.random() < 0.5:
            raise Refused("Not now.")
        care.end_care(
            care=found.first, reason=self.pick(WhyLeftCare), words=self.words(), occurred_at=self.at(), by=self.by(),
            token=self.token(),
        )  # fmt: skip

    def mend_meeting(self) -> None:
        kinds: list[type[Fact]] = [*corrections.CORRECTABLE, LookedAfter, CareEnd]
        fact = self.one(self.chance.choice(kinds))
        assert isinstance(fact, Fact)
        changes = self.chance.choice(
            [None, {"occurred_at": self.at()}, {"words": self.words()}, {"outcome": self.pick(There)}]
        )
        if isinstance(fact, OfMeeting):
            corrections.correct(fact=fact, changes=changes, reason=self.words(), by=self.by(), token=self.token())
        else:
            care.correct_care(fact=fact, changes=changes, reason=self.words(), by=self.by(), token=self.token())
