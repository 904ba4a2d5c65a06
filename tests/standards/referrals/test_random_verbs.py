"""Random officers doing random things: whatever they do, the ledger says what the records say.

GOLDENTHREAD_RANDOM_VERBS sets how many verbs (300 unless told otherwise; 10,000 for the whole proof), and
GOLDENTHREAD_RANDOM_SEED the seed.
"""

import os
import random
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from goldenthread.cases.facts import Fact
from goldenthread.cases.models import Child
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.obligations import ledger
from goldenthread.obligations.actions import excuse
from goldenthread.obligations.handover import hand_over
from goldenthread.obligations.models import Obligation
from goldenthread.people.models import Officer
from goldenthread.standards.referrals import actions, choices, corrections, onward, unmet_need
from goldenthread.standards.referrals.models import Decision, OnwardReferral, Referral, ReportCycle, UnmetNeed
from tests.conftest import Cast
from tests.standards.referrals.conftest import Hands

VERBS = int(os.environ.get("GOLDENTHREAD_RANDOM_VERBS", "300"))
SEED = int(os.environ.get("GOLDENTHREAD_RANDOM_SEED", "1"))
WORDS = ("", "n/a", "Bruises that nobody explains", "A second opinion was asked for", "tbc", "Nobody was at home")


class Office:
    """Everyone at work, choosing at random; what they choose is often refused."""

    def __init__(self, cast: Cast, hands: Hands, chance: random.Random) -> None:
        self.cast, self.hands, self.chance = cast, hands, chance
        self.children = [
            Child.objects.create(given_names=name, family_name="Fenwick") for name in ("Ada", "Bo", "Cy", "Di")
        ]
        self.verbs: list[Callable[[], object]] = [
            self.take, self.take, self.decide, self.decide, self.acknowledge, self.confirm, self.consider, self.advise,
            self.refer, self.tell, self.respond, self.answer, self.meet, self.correct, self.amend, self.hand, self.chase,
            self.cycle, self.report, self.excuse,
        ]  # fmt: skip

    def by(self) -> Officer:
        return self.chance.choice([*[self.cast.colleague, self.cast.senior, self.cast.manager] * 12, *self.cast.all()])

    def words(self) -> str:
        return self.chance.choice(WORDS + WORDS[2:4] * 8)

    def at(self) -> datetime:
        return self.hands.now - timedelta(minutes=self.chance.choice([-30, 0, 0, 0, 0, 0, 1, 1, 60, 600, 6000]))

    def one(self, model: type) -> object:
        found = list(model.objects.order_by("-pk").values_list("pk", flat=True)[:20])  # type: ignore[attr-defined]
        if not found:
            raise Refused("There is none yet.")
        return model.objects.get(pk=self.chance.choice(found))  # type: ignore[attr-defined]

    def referral(self) -> Referral:
        found = self.one(Referral)
        assert isinstance(found, Referral)
        return found

    def pick(self, options: type[choices.TextChoices]) -> str:
        return str(self.chance.choice([*options.values * 5, "no-such"]))

    def token(self) -> str | None:
        return f"t{self.chance.randrange(VERBS)}" if self.chance.random() < 0.3 else None

    def take(self) -> None:
        old = self.referral().case_file if Referral.objects.exists() and self.chance.random() < 0.3 else None
        actions.take_referral(
            agency_kind=self.pick(choices.AgencyKind),
            agency_name=self.chance.choice(["", *["Elmbridge Primary", "Ward 4"] * 4]),
            referrer_name=self.chance.choice(["", *["R Whitcombe"] * 8]),
            route=self.pick(choices.Route),
            children=self.chance.sample(self.children, k=self.chance.choice([0, 1, 1, 1, 2])),
            concern=self.words(),
            received_at=self.at(),
            case_file=old,
            team=self.cast.east,
            worker=self.chance.choice([None, None, self.cast.worker, self.cast.worker, self.cast.stranger]),
            by=self.by(),
            token=self.token(),
        )

    def decide(self) -> None:
        actions.decide(
            referral=self.referral(),
            what=self.pick(choices.DecisionKind),
            reason=self.words(),
            occurred_at=self.at(),
            by=self.by(),
            token=self.token(),
        )

    def acknowledge(self) -> None:
        actions.acknowledge(
            referral=self.referral(),
            how=self.pick(choices.Route),
            occurred_at=self.at(),
            by=self.by(),
            token=self.token(),
        )

    def confirm(self) -> None:
        actions.confirm_in_writing(
            referral=self.referral(), how=self.pick(choices.Route), received_at=self.at(), by=self.by()
        )

    def consider(self) -> None:
        actions.consider_offence(
            referral=self.referral(),
            answer=self.pick(choices.OffenceAnswer),
            why=self.words(),
            occurred_at=self.at(),
            by=self.by(),
        )

    def advise(self) -> None:
        actions.advise_police(
            referral=self.referral(),
            answer=self.pick(choices.PoliceAnswer),
            advised=self.words(),
            police_reference="AS/1",
            why=self.words(),
            occurred_at=self.at(),
            by=self.by(),
        )

    def refer(self) -> None:
        onward.refer_onward(
            referral=self.referral(),
            agency_kind=self.pick(choices.AgencyKind),
            agency_name="Harbour Counselling",
            purpose=self.words(),
            made_at=self.at(),
            by=self.by(),
            token=self.token(),
        )

    def onward(self) -> OnwardReferral:
        found = self.one(OnwardReferral)
        assert isinstance(found, OnwardReferral)
        return found

    def tell(self) -> None:
        onward.tell_police_of_onward(onward=self.onward(), told=self.words(), occurred_at=self.at(), by=self.by())

    def respond(self) -> None:
        onward.record_response(
            onward=self.onward(),
            answer=self.pick(choices.ResponseKind),
            words=self.words(),
            occurred_at=self.at(),
            by=self.by(),
        )

    def answer(self) -> None:
        decision = self.one(Decision)
        assert isinstance(decision, Decision)
        item = unmet_need.NeedItem(self.pick(choices.Need), self.words(), self.pick(choices.WhyUnmet))
        unmet_need.answer_unmet_need(
            decision=decision,
            needs=[item] * self.chance.randrange(3),
            occurred_at=self.at(),
            by=self.by(),
            correction_reason=self.words(),
            token=self.token(),
        )

    def meet(self) -> None:
        need = self.one(UnmetNeed)
        assert isinstance(need, UnmetNeed)
        unmet_need.meet_need(need=need, how=self.words(), met_at=self.at(), by=self.by())

    def correct(self) -> None:
        kind = self.chance.choice(list(corrections.CORRECTABLE))
        fact = self.one(kind)
        assert isinstance(fact, Fact)
        if self.chance.random() < 0.4:
            corrections.withdraw(fact=fact, reason=self.words(), by=self.by(), token=self.token())
        else:
            corrections.correct(
                fact=fact, changes={"occurred_at": self.at()}, reason=self.words(), by=self.by(), token=self.token()
            )

    def amend(self) -> None:
        corrections.amend_referral(
            referral=self.referral(),
            changes={"received_at": self.at(), "concern": self.words()},
            reason=self.words(),
            by=self.by(),
        )

    def hand(self) -> None:
        hand_over(
            case_file=self.referral().case_file,
            team=self.chance.choice([self.cast.east, self.cast.east, self.cast.west]),
            worker=self.chance.choice([None, self.cast.worker, self.cast.colleague, self.cast.stranger]),
            since_at=self.at(),
            by=self.chance.choice([self.by(), self.cast.head]),
        )

    def chase(self) -> None:
        onward.draft_chaser(referral=self.referral(), by=self.by(), token=self.token())

    def cycle(self) -> None:
        unmet_need.start_report_cycle(started_on=date(2003, 9, 15), officer=self.by(), by=self.cast.head)

    def report(self) -> None:
        cycle = self.one(ReportCycle)
        assert isinstance(cycle, ReportCycle)
        unmet_need.record_report_sent(
            cycle=cycle,
            month=date(2003, self.chance.randrange(8, 13), 1),
            recipients=self.chance.sample(choices.Recipient.values, k=self.chance.choice([0, 1, 2, 2])),
            sent_at=self.at(),
            by=self.chance.choice([self.by(), self.cast.quality]),
            token=self.token(),
        )

    def excuse(self) -> None:
        owed = self.one(Obligation)
        assert isinstance(owed, Obligation)
        excuse(obligation=owed, reason=self.words(), by=self.by())


def test_whatever_officers_do_the_ledger_holds(cast: Cast, hands: Hands) -> None:
    office = Office(cast, hands, random.Random(SEED))
    done: Counter[str] = Counter()
    for number in range(VERBS):
        hands.on(minutes=office.chance.randrange(600))
        verb = office.chance.choice(office.verbs)
        written = TrailEntry.objects.count()
        try:
            verb()
        except (Refused, NotAllowed):
            assert TrailEntry.objects.count() == written, f"{verb.__name__} was refused and left something behind"
        else:
            done[verb.__name__] += 1
        if number % 500 == 0:
            assert ledger.verify() == []
    assert ledger.verify() == []
    assert sum(done.values()) > VERBS / 4
    if VERBS >= 3000:
        assert set(done) == {verb.__name__ for verb in office.verbs}


@pytest.mark.parametrize("verb", ["take", "decide", "consider"])
def test_each_common_verb_succeeds_in_the_end(cast: Cast, hands: Hands, verb: str) -> None:
    office = Office(cast, hands, random.Random(SEED))
    worked = 0
    for _ in range(60):
        hands.on(hours=1)
        for name in ("take", verb):
            try:
                getattr(office, name)()
            except Refused:
                continue
            worked += name == verb
    assert worked
