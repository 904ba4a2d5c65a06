"""Those who hand cases from team to team, choosing at random."""

import random

from django.db import transaction

from goldenthread.cases.facts import Fact
from goldenthread.core.clock import day_of
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.transferring import actions, choices, corrections, handing, obstacles
from goldenthread.standards.allocation.transferring.course import course_of
from goldenthread.standards.allocation.transferring.models import Transfer, TransferObstacle
from tests.conftest import Cast
from tests.standards.allocation.transferring.conftest import DAY, make_receiver
from tests.standards.referrals.conftest import Hands
from tests.standards.referrals.test_random_verbs import Office


class TransferOffice(Office):
    """The office, with a team beside it that takes cases on."""

    def __init__(self, cast: Cast, hands: Hands, chance: random.Random) -> None:
        super().__init__(cast, hands, chance)
        self.receiver = make_receiver(cast)
        self.transfer_verbs = [
            self.ask_for_transfer, self.ask_for_transfer, self.accept_it, self.accept_it, self.disagree, self.rule_on_it,
            self.name_obstacle, self.move_obstacle, self.clear_obstacle, self.clear_obstacle, self.hand_on, self.hand_on,
            self.see_together, self.see_together, self.complete_it, self.bring_over, self.complete_it, self.take_it_back, self.mend_transfer,
        ]  # fmt: skip

    def going(self) -> Transfer:
        under_way = list(Transfer.objects.under_way().order_by("-pk")[:5])
        if under_way and self.chance.random() < 0.9:  # what has ended is refused
            return self.chance.choice(under_way)
        found = self.one(Transfer)
        assert isinstance(found, Transfer)
        return found

    def of_both(self) -> Officer:
        return self.chance.choice(
            [self.cast.manager, self.cast.manager, self.receiver, self.receiver, self.cast.head, self.by()]
        )

    def in_words(self) -> str:
        """Mostly words that say something: a form has several boxes."""
        return self.words() if self.chance.random() < 0.2 else "Weekly visits, and a review in the spring"

    def ask_for_transfer(self) -> None:
        actions.request_transfer(
            case_file=self.referral().case_file, to_team=self.chance.choice([self.cast.west] * 4 + [self.cast.east]),
            why=self.in_words(), asked=self.in_words(), asked_at=self.at(), by=self.of_both(), token=self.token(),
        )  # fmt: skip

    def accept_it(self) -> None:
        actions.accept_transfer(
            transfer=self.going(), starts_on=day_of(self.hands.now), worker=self.chance.choice([None, self.cast.stranger]),
            occurred_at=self.at(), by=self.of_both(), token=self.token(),
        )  # fmt: skip

    def disagree(self) -> None:
        actions.disagree_with_transfer(
            transfer=self.going(), words=self.in_words(), occurred_at=self.at(), by=self.of_both()
        )

    def rule_on_it(self) -> None:
        actions.rule_on_transfer(
            transfer=self.going(), verdict=self.chance.choice(["goes", "goes", *choices.Verdict.values]), words=self.in_words(),
            occurred_at=self.at(), by=self.chance.choice([self.cast.head, self.cast.head, self.of_both()]),
        )  # fmt: skip

    def obstacle(self) -> TransferObstacle:
        found = self.one(TransferObstacle)
        assert isinstance(found, TransferObstacle)
        return found

    def name_obstacle(self) -> None:
        obstacles.name_obstacle(
            transfer=self.going(), side=self.pick(choices.Side), kind=self.pick(choices.ObstacleKind), what=self.in_words(),
            owner=self.of_both(), due=day_of(self.hands.now + self.chance.randrange(-1, 9) * DAY), occurred_at=self.at(),
            by=self.of_both(),
        )  # fmt: skip

    def move_obstacle(self) -> None:
        obstacles.move_obstacle(
            obstacle=self.obstacle(), owner=self.of_both(), due=day_of(self.hands.now + self.chance.randrange(9) * DAY),
            why=self.in_words(), occurred_at=self.at(), by=self.of_both(),
        )  # fmt: skip

    def clear_obstacle(self) -> None:
        obstacles.clear_obstacle(
            obstacle=self.obstacle(), how=self.in_words(), occurred_at=self.at(), by=self.of_both(), token=self.token()
        )

    def hand_on(self) -> None:
        handing.record_handover(
            transfer=self.going(), where=self.in_words(), risks=self.in_words(), told=self.in_words(), occurred_at=self.at(),
            by=self.of_both(), token=self.token(),
        )  # fmt: skip

    def see_together(self) -> None:
        transfer, made = self.going(), self.chance.random() < 0.7
        handing.record_joint_visit(
            transfer=transfer, made=made, words=self.in_words(), occurred_at=self.at(), by=self.of_both(),
            sender=self.cast.worker if made else None, receiver=self.cast.stranger if made else None,
            children=list(transfer.case_file.children.all()) if made else [],
        )  # fmt: skip

    def complete_it(self) -> None:
        actions.complete_transfer(
            transfer=self.going(), worker=self.chance.choice([None, self.cast.stranger, self.cast.worker]),
            occurred_at=self.hands.now, by=self.of_both(), token=self.token(),
        )  # fmt: skip

    def bring_over(self) -> None:
        """All that is left to do of one, at once, or nothing."""
        transfer, at, said = self.going(), self.hands.now, "Weekly visits go on"
        with transaction.atomic():
            for found in course_of(transfer).in_the_way:
                obstacles.clear_obstacle(obstacle=found.said.first, how=said, occurred_at=at, by=self.cast.manager)
            actions.accept_transfer(transfer=transfer, starts_on=day_of(at), occurred_at=at, by=self.receiver)
            handing.record_handover(
                transfer=transfer, where=said, risks=said, told=said, occurred_at=at, by=self.cast.manager
            )
            handing.record_joint_visit(
                transfer=transfer, made=True, words=said, sender=self.cast.worker, receiver=self.cast.stranger,
                children=list(transfer.case_file.children.all()), occurred_at=at, by=self.cast.manager,
            )  # fmt: skip
            worker = self.chance.choice([None, self.cast.stranger])
            actions.complete_transfer(transfer=transfer, worker=worker, occurred_at=at, by=self.cast.manager)

    def take_it_back(self) -> None:
        actions.withdraw_transfer(
            transfer=self.going(), words=self.in_words(), occurred_at=self.at(), by=self.of_both()
        )

    def mend_transfer(self) -> None:
        fact = self.one(self.chance.choice(list(corrections.CORRECTABLE)))
        assert isinstance(fact, Fact)
        if self.chance.random() < 0.4:
            corrections.withdraw(fact=fact, reason=self.in_words(), by=self.of_both(), token=self.token())
        else:
            changes = {"occurred_at": self.at()}
            corrections.correct(fact=fact, changes=changes, reason=self.in_words(), by=self.of_both())
