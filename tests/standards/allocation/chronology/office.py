"""Chronologies by chance, mixed into everybody's work."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from goldenthread.cases.events import Source, events_of
from goldenthread.cases.models import CaseFile
from goldenthread.cases.precision import Precision
from goldenthread.core.clock import day_of
from goldenthread.core.errors import Refused
from goldenthread.standards.allocation.chronology import actions
from goldenthread.standards.allocation.chronology.corrections import correct, withdraw
from goldenthread.standards.allocation.chronology.models import (
    ChronologyReview,
    ChronologySeen,
    EventMark,
    SignificantEvent,
)

if TYPE_CHECKING:
    from tests.standards.referrals.test_random_verbs import Office as Base
else:
    Base = object
Own = SignificantEvent | EventMark | ChronologyReview | ChronologySeen


class ChronologyOffice(Base):
    """Events put in and marked, chronologies gone through and read, and all of it corrected and taken back."""

    def chronology_verbs(self) -> "list[Callable[[], object]]":
        return [
            self.add_event, self.add_event, self.mark_event, self.review_chronology, self.review_chronology,
            self.see_chronology, self.correct_chronology, self.withdraw_chronology,
        ]  # fmt: skip

    def a_file(self) -> CaseFile:
        return self.referral().case_file

    def add_event(self) -> None:
        file = self.a_file()
        children = list(file.children.all())
        at = self.at() - timedelta(days=self.chance.choice([0, 0, 3, 300]))
        actions.add_event(
            case_file=file, children=self.chance.choice([children, children[:1]]), what=self.words(), why=self.words(),
            significance=self.chance.choice(["key", "significant", "routine"]), source=self.pick(Source),
            told_by=self.words(), occurred_at=at, precision=self.pick(Precision),
            learnt_on=day_of(at) + timedelta(days=self.chance.choice([0, 0, 1, -1])), by=self.by(), token=self.token(),
        )  # fmt: skip

    def mark_event(self) -> None:
        file = self.a_file()
        event = self.chance.choice(events_of(file, only=["referrals.referral", "referrals.decision"]).events)
        actions.mark_event(
            case_file=file, kind=event.label, target=event.pk, significance="key", why=self.words(), by=self.by(),
            token=self.token(),
        )  # fmt: skip

    def review_chronology(self) -> None:
        actions.review_chronology(
            case_file=self.a_file(), words=self.words(), occurred_at=self.at(), by=self.by(), token=self.token()
        )

    def see_chronology(self) -> None:
        review = self.one(ChronologyReview)
        assert isinstance(review, ChronologyReview)
        by = self.chance.choice([self.by(), *[self.cast.manager, self.cast.group_manager] * 3])
        actions.see_chronology(
            review=review, words=self.words(), occurred_at=self.at(), by=by, token=self.token()
        )  # fmt: skip

    def one_of_mine(self) -> Own:
        found = self.one(self.chance.choice([SignificantEvent, EventMark, ChronologyReview, ChronologySeen]))
        assert isinstance(found, Own)
        return found

    def correct_chronology(self) -> None:
        fact = self.one_of_mine()
        if isinstance(fact, SignificantEvent):
            change = self.chance.choice([{"what": self.words()}, {"occurred_at": self.at()}, {"significance": "key"}])
        elif isinstance(fact, EventMark):
            change = {"why": self.words()}
        else:
            change = self.chance.choice([{"words": self.words()}, {"occurred_at": self.at()}])
        by = self.chance.choice([self.by(), self.cast.manager])
        correct(fact=fact, changes=change, reason=self.words(), by=by, token=self.token())

    def withdraw_chronology(self) -> None:
        if self.chance.random() < 0.4:
            raise Refused("Not now.")
        withdraw(fact=self.one_of_mine(), reason=self.words(), by=self.by(), token=self.token())
