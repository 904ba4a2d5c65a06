"""Everyone at work on allocations and on files that nobody has, at random: mixed into
`tests/catalogue/test_random_verbs_everywhere.py`."""

from datetime import timedelta
from typing import Any

from goldenthread.cases.facts import Fact
from goldenthread.core.clock import day_of
from goldenthread.core.errors import Refused
from goldenthread.people.accounts import change_account
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.allocating import actions, choices, corrections, reporting, telling
from goldenthread.standards.allocation.allocating.models import Allocation, WaitCycle, WaitHeard, WaitTold


class AllocatingOffice:
    """What is done about who has a file; much of it is refused. Mixed with an office that has hands and chance."""

    @property
    def allocating_verbs(self: Any) -> list[Any]:
        """The verbs, some more than once."""
        return [
            self.give, self.give, self.give, self.take_on, self.take_on, self.rule, self.talk, self.mend_allocation,
            self.tell_of_wait, self.tell_of_wait, self.tell_of_wait, self.hear_of_wait, self.mend_wait, self.keep_reports,
            self.send_report, self.move_manager,
        ]  # fmt: skip

    def leader(self: Any) -> Officer:
        cast = self.cast
        return self.chance.choice([self.by(), cast.manager, cast.manager, cast.group_manager, cast.head])

    def an_allocation(self: Any) -> Allocation:
        found = self.one(Allocation)
        assert isinstance(found, Allocation)
        return found

    def give(self: Any) -> None:
        cast, file = self.cast, self.referral().case_file
        others = self.chance.choice(
            [[], [(cast.senior, "", self.words())], [(None, "The health visitor", self.words())]]
        )
        actions.allocate(
            case_file=file, worker=self.chance.choice([cast.worker, cast.colleague, cast.senior, cast.stranger]),
            purpose=self.words(), expected=self.words(), allocated_at=self.at(), others=others, by=self.leader(),
            token=self.token(),
        )  # fmt: skip

    def take_on(self: Any) -> None:
        given = self.an_allocation()
        by = self.chance.choice([given.worker, given.worker, self.by()])
        actions.answer_allocation(
            allocation=given, answer=self.pick(choices.Answer), words=self.words(), occurred_at=self.at(), by=by,
            token=self.token(),
        )  # fmt: skip

    def rule(self: Any) -> None:
        actions.rule_on_refusal(
            allocation=self.an_allocation(), words=self.words(), occurred_at=self.at(), by=self.leader()
        )

    def talk(self: Any) -> None:
        actions.discuss_allocation(
            allocation=self.an_allocation(),
            words=self.words(),
            occurred_at=self.at(),
            by=self.leader(),
            token=self.token(),
        )

    def mend_allocation(self: Any) -> None:
        fact = self.one(self.chance.choice(list(corrections.CORRECTABLE)))
        assert isinstance(fact, Fact)
        if self.chance.random() < 0.4:
            corrections.withdraw(fact=fact, reason=self.words(), by=self.leader(), token=self.token())
        else:
            corrections.correct(fact=fact, changes={"occurred_at": self.at()}, reason=self.words(), by=self.leader())

    def tell_of_wait(self: Any) -> None:
        cast, rank = self.cast, self.pick(choices.Told)
        of_rank = {
            "team-manager": cast.manager, "group-manager": cast.group_manager, "head-of-service": cast.head,
            "executive-member": cast.member,
        }  # fmt: skip
        telling.tell_of_wait(
            case_file=self.referral().case_file, rank=rank, to=of_rank.get(rank, cast.worker), risk=self.pick(choices.Risk),
            words=self.words(), occurred_at=self.at(), by=self.leader(), token=self.token(),
        )  # fmt: skip

    def hear_of_wait(self: Any) -> None:
        told = self.one(WaitTold)
        assert isinstance(told, WaitTold)
        by = self.chance.choice([told.to, told.to, self.leader()])
        telling.hear_of_wait(told=told, words=self.words(), occurred_at=self.at(), by=by, token=self.token())

    def mend_wait(self: Any) -> None:
        fact = self.one(self.chance.choice([WaitTold, WaitHeard]))
        assert isinstance(fact, WaitTold | WaitHeard)
        if self.chance.random() < 0.4:
            telling.withdraw_telling(fact=fact, reason=self.words(), by=self.leader(), token=self.token())
        else:
            telling.correct_telling(
                fact=fact, changes={"occurred_at": self.at()}, reason=self.words(), by=self.leader()
            )

    def keep_reports(self: Any) -> None:
        reporting.keep_wait_reports(started_on=day_of(self.hands.now) - timedelta(days=3), by=self.leader())

    def send_report(self: Any) -> None:
        cycle = self.one(WaitCycle)
        assert isinstance(cycle, WaitCycle)
        period = self.pick(choices.Period)
        ends = reporting.ended(cycle, period)
        if not ends:
            raise Refused("None is over yet.")
        reporting.record_report(
            cycle=cycle, period=period, as_at=self.chance.choice(ends[:3]), by=self.leader(), token=self.token()
        )

    def move_manager(self: Any) -> None:
        """The team manager goes to another team, and comes back the next time."""
        manager = Officer.objects.get(pk=self.cast.manager.pk)
        team = self.cast.west if manager.team_id == self.cast.east.pk else self.cast.east
        change_account(officer=manager, team=team, by=self.cast.administrator)
        self.cast.manager.refresh_from_db()
