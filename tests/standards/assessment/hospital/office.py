"""Those who act for children in hospital, choosing at random."""

import random

from goldenthread.cases.facts import Fact
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.hospital import actions, choices, corrections
from goldenthread.standards.assessment.hospital.models import HospitalNotification
from tests.conftest import Cast
from tests.standards.referrals.conftest import Hands
from tests.standards.referrals.test_random_verbs import Office


class WardOffice(Office):
    """The office, with hospitals near it."""

    def __init__(self, cast: Cast, hands: Hands, chance: random.Random) -> None:
        super().__init__(cast, hands, chance)
        self.verbs += [
            self.notify, self.notify, self.visit, self.step, self.step, self.step, self.review_on_ward, self.plan_discharge,
            self.leave_ward, self.leave_ward, self.escalate, self.mend_ward,
        ]  # fmt: skip

    def stay(self) -> HospitalNotification:
        found = self.one(HospitalNotification)
        assert isinstance(found, HospitalNotification)
        return found

    def any_of_us(self) -> Officer:
        return self.chance.choice([self.by(), self.by(), self.cast.manager, self.cast.group_manager])

    def notify(self) -> None:
        referral = self.referral()
        actions.take_notification(
            case_file=referral.case_file, children=list(referral.children.all()), told=self.pick(choices.Told),
            hospital="Elmbridge General", told_by="Sister Okonjo", concern=self.words(), harm=self.pick(choices.Harm),
            admitted_at=self.at(), received_at=self.at(), referral=self.chance.choice([None, None, referral]),
            by=self.by(), token=self.token(),
        )  # fmt: skip

    def visit(self) -> None:
        actions.visit_on_ward(notification=self.stay(), seen=self.words(), occurred_at=self.at(), by=self.by())

    def step(self) -> None:
        actions.take_step(
            notification=self.stay(), step=self.pick(choices.Step), needed=self.chance.random() < 0.8, words=self.words(),
            occurred_at=self.at(), by=self.any_of_us(), token=self.token(),
        )  # fmt: skip

    def review_on_ward(self) -> None:
        actions.review_harm(
            notification=self.stay(), answer=self.pick(choices.Harm), why=self.words(), occurred_at=self.at(),
            by=self.any_of_us(),
        )  # fmt: skip

    def plan_discharge(self) -> None:
        actions.agree_discharge_plan(
            notification=self.stay(), where_to="Her grandmother's", with_whom="Her grandmother", visits=self.words(),
            consultant="Dr Imrie", worker=self.by(), manager=self.any_of_us(), occurred_at=self.at(), by=self.by(),
            token=self.token(),
        )  # fmt: skip

    def leave_ward(self) -> None:
        actions.record_discharge(
            notification=self.stay(), how=self.pick(choices.How), where_to="Home to both parents", done=self.words(),
            occurred_at=self.at(), by=self.by(), token=self.token(),
        )  # fmt: skip

    def escalate(self) -> None:
        actions.answer_escalation(
            notification=self.stay(), words=self.words(), occurred_at=self.at(), by=self.any_of_us()
        )

    def mend_ward(self) -> None:
        fact = self.one(self.chance.choice(list(corrections.CORRECTABLE)))
        assert isinstance(fact, Fact)
        if self.chance.random() < 0.4:
            corrections.withdraw(fact=fact, reason=self.words(), by=self.any_of_us(), token=self.token())
        else:
            changes = {"occurred_at": self.at()}
            corrections.correct(fact=fact, changes=changes, reason=self.words(), by=self.any_of_us())
