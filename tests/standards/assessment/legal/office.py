"""Those who keep the rota and ask for legal advice, choosing at random."""

import random
from datetime import datetime, timedelta

from goldenthread.people.models import Officer
from goldenthread.standards.assessment.legal import actions, choices, corrections, rota
from goldenthread.standards.assessment.legal.models import AdviceAnswer, AdviceRequest, RotaShift, Solicitor
from tests.conftest import Cast
from tests.standards.referrals.conftest import Hands
from tests.standards.referrals.test_random_verbs import Office


class LegalOffice(Office):
    """The office, with a rota."""

    def __init__(self, cast: Cast, hands: Hands, chance: random.Random) -> None:
        super().__init__(cast, hands, chance)
        rota.keep_rota(officer=cast.group_manager, by=cast.head)
        for name in ("Ines Calloway", "Jonah Threlkeld"):
            rota.add_solicitor(name=name, council="Northmoor", phone="01632 960101", by=cast.head)
        self.verbs += [
            self.keep, self.solicitor, self.change_solicitor, self.shift, self.shift, self.pattern, self.cut, self.hand_phone_on,
            self.take_shift_back, self.ring, self.ask_lawyer, self.ask_lawyer, self.advise_on, self.advise_on, self.correct_advice,
        ]  # fmt: skip

    def rota_keeper(self) -> Officer:
        return self.chance.choice([*[self.cast.group_manager, self.cast.head] * 4, self.by()])

    def someone(self) -> Solicitor:
        found = self.one(Solicitor)
        assert isinstance(found, Solicitor)
        return found

    def a_shift(self) -> RotaShift:
        found = self.one(RotaShift)
        assert isinstance(found, RotaShift)
        return found

    def soon(self) -> datetime:
        return self.hands.now + timedelta(hours=self.chance.randrange(-30, 900))

    def keep(self) -> None:
        rota.keep_rota(officer=self.chance.choice([self.cast.director, self.by()]), by=self.rota_keeper())

    def solicitor(self) -> None:
        name = self.chance.choice(["", "Petra Osgood", f"Una Poole {self.chance.randrange(5)}"])
        rota.add_solicitor(name=name, council="Estuary Borough", phone="01632 960199", by=self.rota_keeper())

    def change_solicitor(self) -> None:
        phone = self.chance.choice(["01632 960200", "01632 960201", "none"])
        rota.change_solicitor(
            solicitor=self.someone(), phone=phone, on_rota=self.chance.random() < 0.9, by=self.rota_keeper()
        )

    def shift(self) -> None:
        starts = self.soon()
        rota.add_shift(
            solicitor=self.someone(), starts_at=starts, ends_at=starts + timedelta(hours=self.chance.randrange(-1, 120)),
            arranged_at=self.at(), call=self.pick(choices.Call), by=self.rota_keeper(), token=self.token(),
        )  # fmt: skip

    def pattern(self) -> None:
        starts = self.soon()
        rota.add_pattern(
            solicitor=self.someone(), starts_at=starts, ends_at=starts + timedelta(hours=self.chance.randrange(1, 40)),
            weeks=self.chance.randrange(4), arranged_at=self.at(), by=self.rota_keeper(),
        )  # fmt: skip

    def cut(self) -> None:
        shift = self.a_shift()
        until = shift.starts_at + (shift.ends_at - shift.starts_at) * self.chance.random()
        rota.cut_short(
            shift=shift, ends_at=until, reason=self.words(), occurred_at=self.at(), by=self.rota_keeper(), token=self.token()
        )  # fmt: skip

    def hand_phone_on(self) -> None:
        shift = self.a_shift()
        from_at = shift.starts_at + (shift.ends_at - shift.starts_at) * self.chance.choice([0, 0, 0.5])
        rota.hand_over_shift(
            shift=shift, solicitor=self.someone(), from_at=from_at, reason=self.words(), occurred_at=self.at(),
            by=self.rota_keeper(),
        )  # fmt: skip

    def take_shift_back(self) -> None:
        rota.take_back(shift=self.a_shift(), reason=self.words(), by=self.rota_keeper())

    def ring(self) -> None:
        rota.record_test_call(
            answered=self.chance.random() < 0.7, minutes=self.chance.choice([None, 3]), words=self.words(),
            occurred_at=self.at(), by=self.rota_keeper(),
        )  # fmt: skip

    def ask_lawyer(self) -> None:
        actions.ask_for_advice(
            case_file=self.referral().case_file, question=self.words(), urgency=self.pick(choices.Urgency),
            asked_at=self.at(), by=self.by(), token=self.token(),
        )  # fmt: skip

    def advise_on(self) -> None:
        request = self.one(AdviceRequest)
        assert isinstance(request, AdviceRequest)
        actions.record_advice(
            request=request, solicitor=self.someone(), advice=self.words(), outcome=self.pick(choices.Outcome),
            privileged=self.chance.random() < 0.5, occurred_at=self.at(), by=self.by(), token=self.token(),
        )  # fmt: skip

    def correct_advice(self) -> None:
        answer = self.one(AdviceAnswer)
        assert isinstance(answer, AdviceAnswer)
        if self.chance.random() < 0.4:
            corrections.withdraw_advice(answer=answer, reason=self.words(), by=self.by())
        else:
            changes = {"occurred_at": self.at(), "advice": self.words()}
            corrections.correct_advice(answer=answer, changes=changes, reason=self.words(), by=self.by())
