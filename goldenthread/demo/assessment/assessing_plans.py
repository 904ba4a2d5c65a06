"""Plans for children in need that are made up: their steps, their sign-off and their reviews."""

from datetime import datetime, timedelta

from goldenthread.core.clock import day_of
from goldenthread.demo.arrivals import File
from goldenthread.demo.assessment import assessing_words as words
from goldenthread.demo.assessment.assessing_hands import Hands, Story
from goldenthread.standards.assessment.assessing.models import ChildInNeedPlan, PlannedStep, PlanReview, PlanSignOff

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


class Planning(Hands):
    """Plans, and looks at the plan again."""

    def plan(self, story: Story, signed: datetime, closes: datetime) -> None:
        """A plan for the children, its steps, its sign-off and its reviews, up to the closing of the file."""
        desk, file, now = self.desk, story.file, self.desk.now
        since = signed + timedelta(minutes=12)
        if since >= now:
            return
        agreed = desk.done("assessment.child-in-need-plan", file.held(signed)[0], signed)
        if agreed is None:
            desk.excuse("assessment.child-in-need-plan", story.made, file, signed)
            return
        agreed = max(agreed, self.office(since + _DAY))
        begun = self.between(since, agreed, 0.4)
        if begun + timedelta(minutes=2) >= now or agreed > closes - 10 * _DAY:
            return
        plan = self.writer.add(
            ChildInNeedPlan, case_file_id=file.pk, assessment=story.made, aim=desk.pick(words.AIMS), made_at=begun,
            recorded_at=begun + timedelta(minutes=1), by_id=self.worker(file, begun),
        )  # fmt: skip
        for child in file.children:
            self.writer.add(ChildInNeedPlan.children.through, childinneedplan_id=plan.pk, child_id=child)
        at = begun + timedelta(minutes=2)
        for need, what, whose, who, sign in self.chance.sample(words.STEPS, 2 + int(3 * self.chance.random())):
            at += timedelta(minutes=3)
            if at >= now:
                return
            by_when = day_of(agreed) + timedelta(days=14 + int(60 * self.chance.random()))
            self.writer.add(
                PlannedStep, plan=plan, need=need, what=what, whose=whose, who=who, by_when=by_when, sign=sign,
                occurred_at=at, recorded_at=at, by_id=self.worker(file, at),
            )  # fmt: skip
        agreed = max(agreed, at + _HOUR)
        if self.put(PlanSignOff, agreed, plan=plan, reason=desk.pick(words.SIGNED), by=self.manager(file, agreed)):
            self.review(plan, file, agreed, closes)

    def review(self, plan: ChildInNeedPlan, file: File, agreed: datetime, closes: datetime) -> None:
        """Reviews until the plan ends: at the latest before the file closes."""
        key, last = "assessment.first-plan-review", agreed
        while True:
            at = self.desk.done(key, file.held(last)[0], last)
            outcome = "continue" if self.chance.random() < 0.72 else "end" if self.chance.random() < 0.9 else "step-up"
            if file.closed_at and (at is None or at > closes - 2 * _DAY):
                at, outcome = closes - timedelta(minutes=30), "end"
            if at is None:
                return
            at = max(at, last + _DAY)
            row = self.put(
                PlanReview, at, plan=plan, who_came=self.desk.pick(words.CAME), changed=self.desk.pick(words.CHANGED),
                outcome=outcome, reason=self.desk.pick(words.REVIEW_WHY[outcome]), by_id=self.worker(file, at),
            )  # fmt: skip
            if row is None or outcome != "continue":
                return
            key, last = "assessment.plan-review", at
