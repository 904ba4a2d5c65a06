"""Everyone at work on supervision, at random: mixed into `tests/catalogue/test_random_verbs_everywhere.py`."""

from datetime import timedelta
from typing import Any

from goldenthread.people.models import Officer
from goldenthread.standards.allocation.supervising import actions, agreed, pairs
from goldenthread.standards.allocation.supervising.choices import Answer, Question
from goldenthread.standards.allocation.supervising.models import (
    CaseSupervision,
    SupervisionAction,
    SupervisionPair,
    SupervisionSession,
)


class SupervisingOffice:
    """What is done in supervision; what they choose is often refused. Mixed with an office that has hands and chance."""

    cast: Any
    hands: Any
    chance: Any
    one: Any
    words: Any
    at: Any
    by: Any
    token: Any
    referral: Any

    @property
    def supervising_verbs(self) -> list[Any]:
        """The verbs, some more than once."""
        return [
            self.pair_up, self.pair_up, self.meet_worker, self.meet_worker, self.mend_session, self.talk_over, self.talk_over,
            self.talk_over, self.mend_talk, self.agree, self.agree, self.do_agreed, self.move_agreed, self.drop_agreed,
            self.end_pair,
        ]  # fmt: skip

    def lead(self) -> Officer:
        found: Officer = self.chance.choice([self.cast.manager, self.cast.manager, self.cast.group_manager, self.by()])
        return found

    def pair_up(self) -> None:
        worker = self.chance.choice([self.cast.worker, self.cast.colleague, self.cast.senior, self.by()])
        supervisor = self.chance.choice([self.cast.senior, self.cast.manager, self.cast.manager, self.by()])
        pairs.pair_up(worker=worker, supervisor=supervisor, since_at=self.at(), by=self.lead(), token=self.token())

    def end_pair(self) -> None:
        pairs.end_pair(pair=self.one(SupervisionPair), until_at=self.at(), by=self.lead())

    def meet_worker(self) -> None:
        at = self.at()
        pairs.record_session(
            pair=self.one(SupervisionPair), held=self.chance.random() < 0.8, why_missed=self.words(), occurred_at=at,
            next_at=self.chance.choice([None, at + timedelta(days=28), at]), by=self.lead(), token=self.token(),
        )  # fmt: skip

    def mend_session(self) -> None:
        changes = None if self.chance.random() < 0.4 else {"occurred_at": self.at()}
        pairs.correct_session(
            session=self.one(SupervisionSession),
            changes=changes,
            reason=self.words(),
            by=self.lead(),
            token=self.token(),
        )

    def talk_over(self) -> None:
        risk = {"risk": self.chance.choice(Answer.values)}
        session = (
            self.one(SupervisionSession) if SupervisionSession.objects.exists() and self.chance.random() < 0.2 else None
        )
        actions.discuss_case(
            case_file=self.referral().case_file, discussed=self.words(), decisions=self.words(),
            answers={each: (answer, "As she said herself") for each, answer in (dict.fromkeys(Question.values, "yes") | risk).items()},
            occurred_at=self.at(), session=session, by=self.lead(), token=self.token(),
        )  # fmt: skip

    def mend_talk(self) -> None:
        changes = None if self.chance.random() < 0.3 else {"decisions": self.words(), "occurred_at": self.at()}
        actions.correct_discussion(
            supervision=self.one(CaseSupervision),
            changes=changes,
            reason=self.words(),
            by=self.lead(),
            token=self.token(),
        )

    def agree(self) -> None:
        agreed.agree_action(
            supervision=self.one(CaseSupervision), what=self.words(), officer=self.by(),
            due=self.hands.now.date() + timedelta(days=self.chance.randrange(-2, 90)), by=self.lead(), token=self.token(),
        )  # fmt: skip

    def do_agreed(self) -> None:
        agreed.finish_action(
            action=self.one(SupervisionAction),
            words=self.words(),
            occurred_at=self.at(),
            by=self.by(),
            token=self.token(),
        )

    def move_agreed(self) -> None:
        agreed.move_action(
            action=self.one(SupervisionAction), officer=self.by(), words=self.words(),
            due=self.hands.now.date() + timedelta(days=self.chance.randrange(-2, 20)), by=self.lead(), token=self.token(),
        )  # fmt: skip

    def drop_agreed(self) -> None:
        agreed.take_back_action(
            action=self.one(SupervisionAction), words=self.words(), by=self.lead(), token=self.token()
        )
