"""Everyone at work on temporary accommodation, at random: mixed into `tests/catalogue/test_random_verbs_everywhere.py`."""

from datetime import timedelta
from typing import Any

from goldenthread.standards.assessment.housing import actions, shortfalls
from goldenthread.standards.assessment.housing.choices import Heading, Judged, Kind, Outcome, Overall, ToldBy, WentTo
from goldenthread.standards.assessment.housing.models import ShortfallReport, Suitability, TemporaryMove
from goldenthread.standards.assessment.housing.recommending import recommend


class HousingOffice:
    """What is done about temporary accommodation; what they choose is often refused. Mixed with an office that has hands
    and chance."""

    @property
    def housing_verbs(self) -> list[Any]:
        """The verbs, some more than once."""
        return [
            self.house_family, self.house_family, self.see_place, self.see_place, self.tell_senior, self.tell_senior, self.senior_answers,
            self.shortfall_outcome, self.look_at_housing, self.move_out, self.mend_housing, self.recommend_housing,
        ]  # fmt: skip

    def temporary_move(self) -> TemporaryMove:
        found = self.one(TemporaryMove)
        assert isinstance(found, TemporaryMove)
        return found

    def house_family(self) -> None:
        file = self.referral().case_file
        children = list(file.children.all())
        kind = self.mostly(Kind)
        actions.record_move(
            case_file=file, children=self.chance.choice([children, children, self.children[:1]]), kind=kind,
            place="" if kind == "refuge" else self.said(), authority=self.said(), told_by=self.mostly(ToldBy),
            moved_at=self.when(), told_at=self.when(), by=self.by(), token=self.token(),
        )  # fmt: skip

    def see_place(self) -> None:
        move = self.temporary_move()
        short = self.chance.random() < 0.6
        judged = {h.value: (self.chance.choice([*Judged.values, "suitable"]) if short else "suitable", self.said()) for h in Heading}  # fmt: skip
        actions.assess_suitability(
            move=move, child=self.chance.choice(list(move.children.all())), judged=judged,
            overall=self.mostly(Overall) if short else "suitable", with_housing=self.chance.choice(["P Lunt", ""]),
            why_not_joint=self.chance.choice(["", "Nobody of theirs was free"]), change_what=self.said(),
            change_who="Housing", change_by=(self.hands.now + timedelta(days=7)).date(), occurred_at=self.when(),
            by=self.by(), token=self.token(),
        )  # fmt: skip

    def tell_senior(self) -> None:
        seen = self.one(Suitability)
        assert isinstance(seen, Suitability)
        to = self.chance.choice([self.cast.group_manager, self.cast.head, self.cast.director, self.cast.manager])
        shortfalls.report_shortfall(
            assessment=seen, to=to, asked=self.said(), occurred_at=self.when(), by=self.by(), token=self.token()
        )

    def report_told(self) -> ShortfallReport:
        found = self.one(ShortfallReport)
        assert isinstance(found, ShortfallReport)
        return found

    def senior_answers(self) -> None:
        shortfalls.answer_shortfall(
            report=self.report_told(), will_do=self.said(), by_when=(self.hands.now + timedelta(days=5)).date(),
            occurred_at=self.when(), by=self.chance.choice([self.by(), self.cast.group_manager, self.cast.head]),
        )  # fmt: skip

    def shortfall_outcome(self) -> None:
        shortfalls.record_outcome(
            report=self.report_told(),
            what=self.mostly(Outcome),
            words=self.said(),
            occurred_at=self.when(),
            by=self.by(),
        )

    def look_at_housing(self) -> None:
        actions.review_accommodation(
            move=self.temporary_move(), finding=self.mostly(Overall), words=self.said(), next_step=self.said(),
            occurred_at=self.when(), by=self.by(), token=self.token(),
        )  # fmt: skip

    def move_out(self) -> None:
        actions.end_move(move=self.temporary_move(), went_to=self.mostly(WentTo), occurred_at=self.when(), by=self.by())

    def mend_housing(self) -> None:
        fact = self.one(self.chance.choice(list(actions.CORRECTABLE)))
        changes = self.chance.choice([None, {"occurred_at": self.at()}, {"words": self.said()}, {"safety": "suitable"}])
        actions.correct(
            fact=fact, changes=changes, reason=self.said(), by=self.chance.choice([self.by(), self.cast.head])
        )

    def recommend_housing(self) -> None:
        recommend(
            month=self.hands.now.date(), words=f"{self.said()} {self.chance.randrange(9)}",
            by=self.chance.choice([self.by(), self.cast.head, self.cast.quality]),
        )  # fmt: skip
