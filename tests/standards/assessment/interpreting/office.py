"""Everyone asking for interpreters, at random: mixed into `tests/catalogue/test_random_verbs_everywhere.py`."""

from datetime import timedelta
from typing import Any

from goldenthread.core.errors import Refused
from goldenthread.standards.assessment.interpreting import actions
from goldenthread.standards.assessment.interpreting.choices import (
    Attended,
    Language,
    ReplyKind,
    StandIn,
    Understood,
    WhyCancelled,
)
from goldenthread.standards.assessment.interpreting.models import InterpreterRequest


class InterpretingOffice:
    """What is done about interpreters; what they choose is often refused. Mixed with an office that has hands and chance."""

    @property
    def interpreting_verbs(self) -> list[Any]:
        """The verbs, some more than once."""
        return [
            self.ask_interpreter, self.ask_interpreter, self.provider_reply, self.provider_reply, self.interpreter_attends, self.interpreter_attends, self.family_interprets,
            self.ask_understood, self.cancel_interpreter, self.mend_interpreter,
        ]  # fmt: skip

    def interpreter_request(self) -> InterpreterRequest:
        found = self.one(InterpreterRequest)
        assert isinstance(found, InterpreterRequest)
        return found

    def ask_interpreter(self) -> None:
        needed = self.hands.now + timedelta(minutes=self.chance.choice([-60, 30, 300, 3000, 9000]))
        actions.ask_for_interpreter(
            case_file=self.referral().case_file, for_whom="parent", language=self.pick(Language),
            language_other=self.words(), mode="phone", purpose="visit", about=self.words(), needed_at=needed,
            asked_at=self.at(), by=self.by(), token=self.token(),
        )  # fmt: skip

    def provider_reply(self) -> None:
        actions.record_reply(
            request=self.interpreter_request(), provider=self.chance.choice(["", "Wex", "Harbour"]), answer=self.pick(ReplyKind),
            words=self.words(), occurred_at=self.at(), by=self.by(), token=self.token(),
        )  # fmt: skip

    def interpreter_attends(self) -> None:
        actions.record_attendance(
            request=self.interpreter_request(), outcome=self.pick(Attended), came_at=self.chance.choice([None, self.at()]),
            words=self.words(), by=self.by(), token=self.token(),
        )  # fmt: skip

    def family_interprets(self) -> None:
        actions.record_stand_in(
            request=self.interpreter_request(),
            who=self.pick(StandIn),
            why=self.words(),
            occurred_at=self.at(),
            by=self.by(),
        )

    def ask_understood(self) -> None:
        actions.record_understood(
            request=self.interpreter_request(),
            answer=self.pick(Understood),
            words=self.words(),
            occurred_at=self.at(),
            by=self.by(),
        )

    def cancel_interpreter(self) -> None:
        if self.chance.random() < 0.5:
            raise Refused("Not now.")
        ahead = InterpreterRequest.objects.filter(needed_at__gt=self.hands.now).last()
        actions.cancel_interpreter(
            request=ahead or self.interpreter_request(), why=self.pick(WhyCancelled), words=self.words(),
            occurred_at=self.hands.now, by=self.by(),
        )  # fmt: skip

    def mend_interpreter(self) -> None:
        fact = self.one(self.chance.choice(list(actions.CORRECTABLE)))
        changes = self.chance.choice([None, {"occurred_at": self.at()}, {"words": self.words()}, {"why": self.words()}])
        actions.correct(fact=fact, changes=changes, reason=self.words(), by=self.by(), token=self.token())
