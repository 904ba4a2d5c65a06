"""Plans made up for tests: content with a source in which every line has its field."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from goldenthread.people.models import Officer
from goldenthread.plan.content import (
    ActionContent,
    Line,
    PlanContent,
    RecommendationContent,
    StandardContent,
    Timescale,
    Words,
)
from goldenthread.plan.models import Action, Plan, Recommendation
from goldenthread.plan.storing import confirm_import

AS_AT = date(2003, 10, 31)


@dataclass
class Writer:
    """Hands out words, each with the next source line."""

    lines: list[Line] = field(default_factory=list)

    def __call__(self, text: str) -> Words:
        self.lines.append(Line(len(self.lines) + 1, text, f"line {len(self.lines) + 1}"))
        return Words(text, (len(self.lines),))

    def timescale(self, words: str, due: date | None = None, starts: date | None = None) -> Timescale:
        return Timescale(self(words), due, starts)


def small_plan(as_at: date | None = AS_AT, title: str = "Improvement plan") -> PlanContent:
    """Two recommendations: 1.1 with three actions and everything paired, 1.2 with what could not be paired."""
    w = Writer()
    front = [w("Progress as at 31 October 2003")]
    first = RecommendationContent(
        number="1.1",
        title=w("1. Count what families ask for and do not get"),
        criterion=w("A figure by area and month"),
        monitoring=[w("Monthly report")],
        rating=[w("Amber")],
        actions=[
            ActionContent(
                w("1. Write the policy"),
                [w("Grace Tillotson, Head of Service")],
                w.timescale("End Oct 03", date(2003, 10, 31)),
            ),
            ActionContent(
                w("2. Tell every team"), [w("All Team Managers")], w.timescale("From Oct 03", None, date(2003, 10, 1))
            ),
            ActionContent(
                w("3. Report to members"),
                [w("Farid Haddad, Group Manager")],
                w.timescale("End Mar 04", date(2004, 3, 31)),
            ),
        ],
        progress=[w("Policy drafted"), w("Teams told in part")],
        next_steps=[w("Put the policy to the management team")],
    )
    second = RecommendationContent(
        number="1.2",
        title=w("2. Ask referrers to write"),
        actions=[ActionContent(w("As above"), [w("As above")], None, ["Write the policy"], ["Grace Tillotson"])],
        leads=[w("Nobody Known, Planner")],
        timescales=[w.timescale("June 03", date(2003, 6, 30))],
        to_settle=["One lead and one timescale have no action of their own."],
    )
    standard = StandardContent(1, w("Standard 1 - Referrals"), [w("Actions"), w("Lead")], [first, second])
    return PlanContent(title, as_at, front, [standard], sorted(w.lines, key=lambda line: line.number), ["One remark"])


def plan_of(actions: Sequence[tuple[str, date | None]], as_at: date = AS_AT, title: str = "A plan") -> PlanContent:
    """One recommendation with these actions, each with its due date."""
    w = Writer()
    rec = RecommendationContent(
        number="1.1",
        title=w("Count what families ask for and do not get"),
        actions=[
            ActionContent(w(text), [], w.timescale(due.strftime("%d %b %y"), due) if due else None)
            for text, due in actions
        ],
    )
    return PlanContent(title, as_at, [], [StandardContent(1, w("Referrals"), [], [rec])], w.lines)


def imported(content: PlanContent, by: Officer, previous: Plan | None = None) -> Plan:
    """The content, confirmed as at its own day."""
    return confirm_import(
        content=content, file_name="plan.txt", digest="", as_at=content.as_at, previous=previous, by=by
    )


def recommendation(plan: Plan, number: str = "1.1") -> Recommendation:
    """One of the plan's recommendations."""
    return Recommendation.objects.get(standard__plan=plan, number=number)


def action(plan: Plan, order: int = 1, number: str = "1.1") -> Action:
    """One of the plan's actions."""
    return Action.objects.get(recommendation=recommendation(plan, number), order=order)
