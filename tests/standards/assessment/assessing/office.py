"""Everyone at work on assessments, choosing at random; what they choose is often refused."""

from datetime import date
from typing import Any

from django.db import transaction

from goldenthread.cases.facts import Fact
from goldenthread.core.errors import Refused
from goldenthread.standards.assessment.assessing import actions, corrections, hearing, plans, signing
from goldenthread.standards.assessment.assessing.choices import Kind, Outcome, PartKind, ReviewOutcome, Tool, Way, Whose
from goldenthread.standards.assessment.assessing.models import Assessment, ChildInNeedPlan, PlannedStep
from goldenthread.standards.referrals.models import Referral
from tests.standards.referrals.test_random_verbs import Office


class AssessingOffice(Office):
    """The verbs on assessments, beside those on referrals."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.verbs += [
            self.begin_assessment, self.begin_assessment, self.write_part, self.write_part, self.write_whole, self.write_whole, self.see_child,
            self.hear_child, self.hand_in, self.hand_in, self.answer_assessment, self.answer_assessment, self.reopen_assessment,
            self.disabled, self.make_plan, self.add_step, self.sign_plan, self.review_plan, self.correct_heard,
        ]  # fmt: skip

    def assessment(self) -> Assessment:
        found = list(Assessment.objects.order_by("-pk")[:6])
        if not found:
            raise Refused("There is none yet.")
        return self.chance.choice(found)

    def need_plan(self) -> ChildInNeedPlan:
        found = list(ChildInNeedPlan.objects.order_by("-pk")[:4])
        if not found:
            raise Refused("There is none yet.")
        return self.chance.choice(found)

    def begin_assessment(self) -> None:
        found = self.one(Referral)
        assert isinstance(found, Referral)
        if Assessment.objects.count() > 6 and self.chance.random() < 0.8:
            raise Refused("There is enough to do.")
        children = list(found.case_file.children.all())
        actions.start_assessment(
            case_file=found.case_file,
            kind=self.chance.choice([Kind.CORE, Kind.CORE, Kind.INITIAL, Kind.SECTION_47, self.pick(Kind)]),
            children=self.chance.choice([children, children, children[:1], []]),
            disabled=self.chance.choice([[], [], children[:1]]),
            purpose=self.words(),
            expectations=self.words(),
            started_at=self.at(),
            referral=self.chance.choice([found, found, None]),
            by=self.by(),
            token=self.token(),
        )

    def write_part(self) -> None:
        part = self.pick(PartKind)
        outcome = self.pick(Outcome) if part == "decisions" else ""
        text = f"{self.words()} {self.chance.randrange(9)}" if self.chance.random() < 0.8 else self.words()
        actions.write_part(assessment=self.assessment(), part=part, text=text, outcome=outcome, by=self.by())

    @transaction.atomic
    def write_whole(self) -> None:
        """All that is missing, so that some are handed in."""
        one, by = self.assessment(), self.by()
        if not one.is_open:
            raise Refused("Not now.")
        for part in PartKind.values:
            stood = one.part(part)
            if stood is None or not stood.fact.says_something:
                outcome = (
                    self.chance.choice([Outcome.PLAN, Outcome.PLAN, Outcome.SERVICES]) if part == "decisions" else ""
                )
                text = "Nobody was at home, twice this week"
                actions.write_part(assessment=one, part=part, text=text, outcome=outcome, by=by)
        for child in one.children.all():
            hearing.record_seen(
                assessment=one,
                child=child,
                seen=False,
                why_not_seen="Nobody was at home",
                occurred_at=self.hands.now,
                by=by,
            )
            hearing.record_views(
                assessment=one, child=child, words="I want Mum to sleep", occurred_at=self.hands.now, by=by
            )

    def see_child(self) -> None:
        one = self.assessment()
        hearing.record_seen(
            assessment=one,
            child=self.chance.choice([*one.children.all(), self.chance.choice(self.children)]),
            seen=self.chance.random() < 0.7,
            alone=self.chance.random() < 0.6,
            why_not_seen=self.words(),
            why_not_alone=self.words(),
            seen_by="Asha Verma",
            way=self.pick(Way),
            language=self.chance.choice(["", "English"]),
            occurred_at=self.at(),
            by=self.by(),
            token=self.token(),
        )

    def hear_child(self) -> None:
        one = self.assessment()
        hearing.record_views(
            assessment=one,
            child=self.chance.choice(list(one.children.all())),
            words=self.chance.choice(["", self.words()]),
            why_none=self.chance.choice(["", "", self.words(), "too young"]),
            tool=self.chance.choice(["", self.pick(Tool)]),
            occurred_at=self.at(),
            by=self.by(),
        )

    def hand_in(self) -> None:
        actions.hand_in(assessment=self.assessment(), occurred_at=self.at(), by=self.by(), token=self.token())

    def answer_assessment(self) -> None:
        verb = self.chance.choice([signing.sign_off, signing.sign_off, signing.return_for_more_work])
        verb(assessment=self.assessment(), reason=self.words(), occurred_at=self.at(), by=self.by(), token=self.token())

    def reopen_assessment(self) -> None:
        if self.chance.random() < 0.5:
            raise Refused("Not now.")
        signing.reopen(assessment=self.assessment(), reason=self.words(), occurred_at=self.at(), by=self.by())

    def disabled(self) -> None:
        one = self.assessment()
        said = self.chance.choice([[], list(one.children.all())])
        actions.say_who_is_disabled(assessment=one, disabled=said, by=self.by())

    def make_plan(self) -> None:
        decided = [found for found in Assessment.objects.order_by("-pk")[:12] if plans.may_have_plan(found)]
        one = self.chance.choice(decided or [self.assessment()])
        plans.make_plan(
            assessment=one, children=list(one.children.all()), aim=self.words(), made_at=self.at(), by=self.by(),
            token=self.token(),
        )  # fmt: skip

    def add_step(self) -> None:
        plans.plan_step(
            plan=self.need_plan(), need=self.words(), what=self.words(), whose=self.pick(Whose), who="Ms Obi",
            by_when=date(2004, 1, 1), sign="He is not hungry", by=self.by(), token=self.token(),
        )  # fmt: skip

    def sign_plan(self) -> None:
        plans.sign_off_plan(plan=self.need_plan(), reason=self.words(), occurred_at=self.at(), by=self.by())

    def review_plan(self) -> None:
        plans.review_plan(
            plan=self.need_plan(), who_came="Everyone", changed=self.words(), reason=self.words(),
            outcome=self.chance.choice([*ReviewOutcome.values, "continue", "continue", "no-such"]), occurred_at=self.at(),
            by=self.by(),
        )  # fmt: skip

    def correct_heard(self) -> None:
        fact = self.one(self.chance.choice(list(corrections.CORRECTABLE)))
        assert isinstance(fact, Fact)
        mine: Any = fact
        if self.chance.random() < 0.4:
            corrections.withdraw(fact=mine, reason=self.words(), by=self.by(), token=self.token())
        else:
            change = {"what": self.words()} if isinstance(fact, PlannedStep) else {"occurred_at": self.at()}
            corrections.correct(fact=mine, changes=change, reason=self.words(), by=self.by())
