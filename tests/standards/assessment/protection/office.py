"""The child protection procedures by chance, mixed into everybody's work."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from goldenthread.cases.facts import Fact
from goldenthread.core.errors import Refused
from goldenthread.standards.assessment.protection import actions, corrections, plans
from goldenthread.standards.assessment.protection.choices import Agency, Category, Decision, Outcome, WhyEnded
from goldenthread.standards.assessment.protection.models import ProtectionPlan, StrategyDiscussion

if TYPE_CHECKING:
    from tests.standards.referrals.test_random_verbs import Office as Base
else:
    Base = object


class ProtectionOffice(Base):
    """Discussions, outcomes, conferences, plans and their corrections."""

    def protection_verbs(self) -> "list[Callable[[], object]]":
        return [
            self.discuss, self.discuss, self.find, self.find, self.arrange, self.confer, self.confer, self.core_group,
            self.core_group, self.review, self.end_plan, self.correct_procedure, self.correct_procedure,
        ]  # fmt: skip

    def discuss(self) -> None:
        referral = self.referral()
        case_file = referral.case_file
        children = list(case_file.children.all())
        who = {agency: self.words() for agency in self.chance.sample(Agency.values, k=3)}
        actions.hold_strategy_discussion(
            case_file=case_file,
            children=self.chance.sample(children, k=min(len(children), self.chance.choice([0, 1, 1, 1, 2]))),
            who=who | self.chance.choice([{}, {"social-care": "Asha Verma"}]),
            known=self.words(),
            decision=self.chance.choice([Decision.SINGLE, Decision.JOINT, self.pick(Decision)]),
            why="What was seen does not fit what was said",
            occurred_at=self.at(),
            by=self.by(),
            referral=self.chance.choice([None, referral, referral, self.referral()]),
            purpose=self.words(),
            expectations="Asha sees her today",
            token=self.token(),
        )

    def a_discussion(self) -> StrategyDiscussion:
        found = self.one(StrategyDiscussion)
        assert isinstance(found, StrategyDiscussion)
        return found if found.root_id is None else StrategyDiscussion.objects.get(pk=found.root_id)

    def find(self) -> None:
        actions.record_outcome(
            discussion=self.a_discussion(),
            outcome=self.chance.choice([Outcome.CONFERENCE, self.pick(Outcome)]),
            why=self.words(),
            occurred_at=self.at(),
            by=self.chance.choice([self.by(), self.cast.manager]),
            token=self.token(),
        )

    def arrange(self) -> None:
        actions.arrange_conference(
            discussion=self.a_discussion(),
            arranged_for=self.at(),
            by=self.by(),
            occurred_at=self.at(),
            token=self.token(),
        )

    def confer(self) -> None:
        discussion = self.a_discussion()
        children = [child.pk for child in discussion.children.all()]
        actions.hold_conference(
            discussion=discussion,
            plan_for={pk: self.pick(Category) for pk in children if self.chance.random() < 0.9},
            words=self.words(),
            occurred_at=self.at(),
            by=self.by(),
            token=self.token(),
        )

    def a_plan(self) -> ProtectionPlan:
        found = self.one(ProtectionPlan)
        assert isinstance(found, ProtectionPlan)
        return found if found.root_id is None else ProtectionPlan.objects.get(pk=found.root_id)

    def core_group(self) -> None:
        plans.record_core_group(
            plans=[self.a_plan()], words=self.words(), occurred_at=self.at(), by=self.by(), token=self.token()
        )

    def review(self) -> None:
        plans.record_review(
            plans=[self.a_plan()], words=self.words(), occurred_at=self.at(), by=self.by(), token=self.token()
        )

    def end_plan(self) -> None:
        if self.chance.random() < 0.6:
            raise Refused("Not now.")
        plans.end_plan(
            plan=self.a_plan(), reason=self.pick(WhyEnded), words=self.words(), occurred_at=self.at(),
            by=self.by(), token=self.token(),
        )  # fmt: skip

    def correct_procedure(self) -> None:
        fact = self.one(self.chance.choice(list(corrections.CORRECTABLE)))
        assert isinstance(fact, Fact)
        if self.chance.random() < 0.3:
            corrections.withdraw(fact=fact, reason=self.words(), by=self.by(), token=self.token())
            return
        changes: dict[str, object] = {"occurred_at": self.at()}
        if isinstance(fact, ProtectionPlan):
            changes = {"category": self.pick(Category)}
        who = None
        if isinstance(fact, StrategyDiscussion):
            who = {"social-care": "Asha Verma"} | dict.fromkeys(
                self.chance.sample(Agency.values, k=2), "Somebody there"
            )
        corrections.correct(fact=fact, changes=changes, who=who, reason=self.words(), by=self.by(), token=self.token())
