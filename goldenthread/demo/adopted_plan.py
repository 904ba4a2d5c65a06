"""The council's plan, told by the plan's own verbs, each with the clock standing where the story says."""

import tomllib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from goldenthread.core import clock
from goldenthread.core.timescales import add_months
from goldenthread.demo.council import COUNCIL, Council
from goldenthread.demo.diary import Diary
from goldenthread.people.models import Officer
from goldenthread.plan import actions
from goldenthread.plan.models import Action, Plan, Recommendation
from goldenthread.plan.settling import tie_requirement
from goldenthread.plan.template import adopt_template

REPORTS = (3, 7, 11, 15, 18)
"""The months after adoption at whose end progress is reported."""

_ADOPTED_AFTER = 1 / 6  # of the time loaded: four months of twenty-four
_DAYS_IN_MONTH = 30.4


class Story:
    """What happens to the plan, gathered first and then told in order of time."""

    def __init__(self, *, chance: Random, diary: Diary, council: Council, months: int) -> None:
        self.chance, self.diary = chance, diary
        self.keeper = council.holder("Planning Manager")
        self.reporters = [
            council.holder(post) for post in ("Planning Manager", "Head of Service", "Group Manager", "Director")
        ]
        self.adopted = diary.workday(diary.day_number(add_months(diary.first, round(months * _ADOPTED_AFTER))), 0)
        self._order = count()
        self._happenings: list[tuple[datetime, int, Callable[[], object]]] = []

    def on(self, months: float) -> datetime:
        """A time in office hours, so many months after adoption."""
        day = self.diary.workday(self.adopted + round(months * _DAYS_IN_MONTH), 0)
        return self.diary.at(day, 570 + self.chance.randrange(400))

    def happens(self, at: datetime, deed: Callable[[], object]) -> None:
        """Keep a deed for its time; what lies after today has not happened."""
        if at < self.diary.now:
            self._happenings.append((at, next(self._order), deed))

    def tell(self) -> None:
        """Do every deed at its time."""
        for at, _, deed in sorted(self._happenings, key=lambda happening: happening[:2]):
            with clock.standing_at(at):
                deed()

    def completion(self, action: Action, months: float, evidence: str) -> None:
        """An action is done; it is recorded some days later."""
        done = self.on(months)
        recorded = self.diary.in_office_hours(done + timedelta(days=self.chance.choice((0, 1, 1, 3, 8))), self.chance)
        by = self.reporter()
        self.happens(
            max(recorded, done + timedelta(minutes=5)),
            lambda: actions.complete_action(action=action, occurred_at=done, evidence=evidence, by=by),
        )

    def reporter(self) -> Officer:
        """Someone who reports."""
        return self.reporters[int(self.chance.random() * len(self.reporters))]

    def month_end(self, report: int) -> date:
        """The reporting date of a report."""
        adopted = self.diary.days[self.adopted]
        return add_months(adopted.replace(day=1), REPORTS[report - 1] + 1) - timedelta(days=1)

    def remark(self, verb: Callable[..., object], recommendation: Recommendation, report: int, text: str) -> None:
        """Words of someone, given some working days after the reporting date."""
        on, by = self.month_end(report), self.reporter()
        day = self.diary.day_number(on)
        if on >= self.diary.today:
            return
        at = self.diary.at(self.diary.workday(day, self.chance.randrange(1, 5)), 570 + self.chance.randrange(400))
        self.happens(at, lambda: verb(recommendation=recommendation, reporting_date=on, text=text, by=by))

    def recommendation(self, told: dict[str, Any], recommendation: Recommendation) -> None:
        """Everything that the story tells of one recommendation."""
        of_order = {action.order: action for action in recommendation.actions.all()}
        for order, months, evidence in told.get("done", ()):
            self.completion(of_order[order], months, evidence)
        for order, at, to, why in told.get("later", ()):
            due = add_months(self.diary.days[self.adopted], int(to)) + timedelta(days=round((to - int(to)) * 28))
            self._change(of_order[order], self.on(at), due, why)
        for order, at, lead, why in told.get("reassigned", ()):
            self._reassign(of_order[order], self.on(at), lead, why)
        for order, at, why, again, evidence in told.get("reopened", ()):
            self._reopen(of_order[order], self.on(at), why)
            self.completion(of_order[order], again, evidence)
        for at, key in told.get("tied", ()):
            self._tie(recommendation, self.on(at), key)
        for report, text in told.get("progress", ()):
            self.remark(actions.add_progress, recommendation, report, text)
        for report, text in told.get("next", ()):
            self.remark(actions.add_next_step, recommendation, report, text)

    def _change(self, action: Action, at: datetime, due: date, why: str) -> None:
        self.happens(at, lambda: actions.change_due(action=action, due=due, reason=why, by=self.keeper))

    def _reassign(self, action: Action, at: datetime, lead: str, why: str) -> None:
        self.happens(at, lambda: actions.reassign(action=action, leads=[lead], reason=why, by=self.keeper))

    def _reopen(self, action: Action, at: datetime, why: str) -> None:
        self.happens(at, lambda: actions.reopen_action(action=action, reason=why, by=self.keeper))

    def _tie(self, recommendation: Recommendation, at: datetime, key: str) -> None:
        if not recommendation.ties.filter(requirement=key, untied_at=None).exists():
            self.happens(at, lambda: tie_requirement(recommendation=recommendation, key=key, by=self.keeper))


def adopt_plan(chance: Random, diary: Diary, council: Council, months: int) -> Plan:
    """Adopt the shipped template, and tell what was done with it by today."""
    story = Story(chance=chance, diary=diary, council=council, months=months)
    adopted_at = diary.at(story.adopted, 560)
    with clock.standing_at(min(adopted_at, diary.now)):
        plan = adopt_template(
            adopted_on=min(diary.days[story.adopted], clock.today()),
            title=f"Improvement plan of {COUNCIL}'s children's service",
            by=story.keeper,
        )
    told = tomllib.loads((Path(__file__).parent / "story.toml").read_text(encoding="utf-8"))["recommendations"]
    held = Recommendation.objects.filter(standard__plan=plan).prefetch_related("actions")
    numbered = {recommendation.number: recommendation for recommendation in held}
    for part in told:
        story.recommendation(part, numbered[part["number"]])
    story.tell()
    return plan
