"""Everyone asking for interpreters, at random: mixed into `tests/catalogue/test_random_verbs_everywhere.py`."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import TextChoices

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

    def said(self) -> str:
        return self.chance.choice([self.words(), *["Nobody was at home, and the mother wept"] * 3])

    def when(self) -> datetime:
        return self.chance.choice([self.at(), *[self.hands.now] * 3])

    def mostly(self, options: type[TextChoices]) -> str:
        return str(self.chance.choice([*options.values * 12, "no-such"]))

    def interpreter_request(self) -> InterpreterRequest:
        found = self.one(InterpreterRequest)
        assert isinstance(found, InterpreterRequest)
        return found

    def ask_interpreter(self) -> None:
        needed = self.hands.now + timedelta(minutes=self.chance.choice([-60, 30, 300, 3000, 9000]))
        actions.ask_for_interpreter(
            case_file=self.referral().case_file, for_whom="parent", language=self.mostly(Language),
            language_other=self.said(), mode="phone", purpose="visit", about=self.said(), needed_at=needed,
            asked_at=self.when(), by=self.by(), token=self.token(),
        )  # fmt: skip

    def provider_reply(self) -> None:
        actions.record_reply(
            request=self.interpreter_request(), provider=self.chance.choice(["", "Wex", "Harbour"]), answer=self.mostly(ReplyKind),
            words=self.said(), occurred_at=self.when(), by=self.by(), token=self.token(),
        )  # fmt: skip

    def interpreter_attends(self) -> None:
        actions.record_attendance(
            request=self.interpreter_request(), outcome=self.mostly(Attended), came_at=self.chance.choice([None, self.at()]),
            words=self.said(), by=self.by(), token=self.token(),
        )  # fmt: skip

    def family_interprets(self) -> None:
        actions.record_stand_in(
            request=self.interpreter_request(),
            who=self.mostly(StandIn),
            why=self.said(),
            occurred_at=self.when(),
            by=self.by(),
        )

    def ask_understood(self) -> None:
        actions.record_understood(
            request=self.interpreter_request(),
            answer=self.mostly(Understood),
            words=self.said(),
            occurred_at=self.when(),
            by=self.by(),
        )

    def cancel_interpreter(self) -> None:
        if self.chance.random() < 0.5:
            raise Refused("Not now.")
        soon = list(
            InterpreterRequest.objects.filter(needed_at__gt=self.hands.now, attendances=None, cancellations=None)
        )
        ahead = self.chance.choice(soon) if soon else None
        actions.cancel_interpreter(
            request=ahead or self.interpreter_request(), why=self.mostly(WhyCancelled), words=self.said(),
            occurred_at=self.hands.now, by=self.by(),
        )  # fmt: skip

    def mend_interpreter(self) -> None:
        fact = self.one(self.chance.choice(list(actions.CORRECTABLE)))
        changes = self.chance.choice([None, {"occurred_at": self.at()}, {"words": self.said()}, {"why": self.said()}])
        actions.correct(fact=fact, changes=changes, reason=self.said(), by=self.by(), token=self.token())
