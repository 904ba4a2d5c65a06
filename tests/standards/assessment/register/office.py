"""Those who keep and check the register, choosing at random: mixed into everybody at work (test_random_verbs_everywhere)."""

from datetime import timedelta

from goldenthread.cases.models import CaseFile
from goldenthread.core.errors import Refused
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.register import actions
from goldenthread.standards.assessment.register.checking import (
    Ask,
    ask_register,
    correct_decision,
    decide_check,
    settle_check,
    to_answer,
)
from goldenthread.standards.assessment.register.choices import Answer, Category, EndReason
from goldenthread.standards.assessment.register.corrections import correct_entry
from goldenthread.standards.assessment.register.models import (
    CheckDecision,
    KeyWorker,
    Listing,
    RegisterCheck,
    RegisterEntry,
    Removal,
    Shown,
)
from tests.standards.referrals.test_random_verbs import Office


class RegisterOffice(Office):
    """Their verbs, all that there are."""

    def register_verbs(self) -> None:
        """Add them to what may be chosen."""
        self.verbs += [
            self.ask_register, self.ask_register, self.decide_check, self.decide_check, self.settle_check, self.mend_check,
            self.enter, self.kinds, self.key_worker, self.end_entry, self.mend_entry, self.placed,
        ]  # fmt: skip

    def keeper_of_register(self) -> Officer:
        return self.chance.choice([self.by(), *[self.cast.manager, self.cast.head] * 4])

    def some_kinds(self) -> list[str]:
        return self.chance.sample([*Category.values, "no-such"], k=self.chance.choice([0, 1, 1, 1, 2]))

    def ask_register(self) -> None:
        if self.chance.random() < 0.2:
            ask_register(
                asks=[Ask(family_name=self.words())], asker=self.words(), agency="Ward 4", contact="Switchboard",
                purpose=self.words(), by=self.by(),
            )  # fmt: skip
            return
        referral = self.referral()
        asks = [
            Ask(child=child, given_names=self.chance.choice(["Ada", "Bob", ""]), family_name="Fenwick")
            for child in referral.children.all()
        ]
        ask_register(asks=asks[: self.chance.choice([1, 4, 4])], referral=referral, by=self.by(), token=self.token())

    def decide_check(self) -> None:
        check, by = self.one(RegisterCheck), self.by()
        assert isinstance(check, RegisterCheck)
        answers = {row.pk: str(self.chance.choice([*Answer.values * 4, "no-such"])) for row in to_answer(check, by)}
        if answers and self.chance.random() < 0.1:
            answers.popitem()
        decide_check(check=check, answers=answers, occurred_at=self.hands.now, by=by, token=self.token())

    def settle_check(self) -> None:
        unsure = Shown.objects.filter(answers__answer=Answer.UNSURE).order_by("-pk")[:10]
        if not unsure:
            raise Refused("Nobody was unsure.")
        settle_check(
            shown=self.chance.choice(list(unsure)), answer=str(self.chance.choice(Answer.values)), words=self.words(),
            occurred_at=self.at(), by=self.keeper_of_register(),
        )  # fmt: skip

    def mend_check(self) -> None:
        decision, by = self.one(CheckDecision), self.by()
        assert isinstance(decision, CheckDecision)
        answers = {row.pk: str(self.chance.choice(Answer.values)) for row in to_answer(decision.check_of, by)}
        correct_decision(
            decision=decision, answers=answers, reason=self.words(), withdrawn=self.chance.random() < 0.3, by=by
        )

    def enter(self) -> None:
        case_file = self.one(CaseFile)
        assert isinstance(case_file, CaseFile)
        actions.enter_on_register(
            case_file=case_file, child=self.chance.choice([*self.children, *case_file.children.all()]), categories=self.some_kinds(),
            officer=self.chance.choice([None, self.cast.worker, self.cast.worker]), name=self.chance.choice(["", "", "Tove"]),
            occurred_at=self.at(), by=self.keeper_of_register(), token=self.token(),
        )  # fmt: skip

    def placed(self) -> None:
        if RegisterEntry.objects.exclude(council="").count() > 5:
            raise Refused("That is enough.")
        actions.record_placed_child(
            given_names="Pia", family_name=self.chance.choice(["", "Okonjo"]), date_of_birth=None, sex="F", team=self.cast.east,
            council=self.chance.choice(["", "Harwick Council"]), council_reference="", council_contact=self.words(),
            categories=self.some_kinds(), occurred_at=self.at() - timedelta(days=30), notified_at=self.at(), name="Tove",
            by=self.keeper_of_register(),
        )  # fmt: skip

    def an_entry(self) -> RegisterEntry:
        entry = self.one(RegisterEntry)
        assert isinstance(entry, RegisterEntry)
        return entry

    def kinds(self) -> None:
        actions.change_categories(
            entry=self.an_entry(), categories=self.some_kinds(), occurred_at=self.at(), by=self.keeper_of_register()
        )

    def key_worker(self) -> None:
        actions.change_key_worker(
            entry=self.an_entry(), name=self.words(), occurred_at=self.at(), by=self.keeper_of_register()
        )

    def end_entry(self) -> None:
        actions.end_entry(
            entry=self.an_entry(), reason=str(self.chance.choice([*EndReason.values, "no-such"])), words=self.words(),
            occurred_at=self.at(), by=self.keeper_of_register(),
        )  # fmt: skip

    def mend_entry(self) -> None:
        fact = self.one(self.chance.choice([Listing, KeyWorker, Removal]))
        assert isinstance(fact, Listing | KeyWorker | Removal)
        correct_entry(
            fact=fact, reason=self.words(), occurred_at=self.at(), withdrawn=self.chance.random() < 0.3,
            by=self.keeper_of_register(),
        )  # fmt: skip
