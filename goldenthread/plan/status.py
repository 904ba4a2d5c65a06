"""How an action or a recommendation stands as at a day: worked out from what happened, never typed.

The rules:

- *done*: the action is completed; of a recommendation, every action is.
- *done and sustained*: done, and practice has kept to it since. In each of the last 3 complete months, all of which
  began after the last action was done, every requirement tied to the recommendation has something judged and at least
  90% of it met in time; together they judged at least 10. Without evidence nothing is called sustained. Three months,
  because one good month is often chance; 90%, so that a single slip in a small month does not hide what is kept, and a
  tenth of children missed does; 10, because fewer says nothing.
- *overdue*: some action is not done and past the due date in force on that day.
- *not started*: no action done, no progress reported, nothing overdue.
- *on track*: all else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from goldenthread.core.clock import day_of, now
from goldenthread.core.statistics import TOO_FEW
from goldenthread.core.templatetags.words import day
from goldenthread.core.timescales import add_months
from goldenthread.plan.evidence import Evidence, evidence_for, evidence_of_plan
from goldenthread.plan.models import Action, Plan, Recommendation

SUSTAINED_MONTHS = 3
SUSTAINED_SHARE = 0.9

TITLES = {
    "not-started": "Not started",
    "on-track": "On track",
    "overdue": "Overdue",
    "done": "Done",
    "sustained": "Done and sustained",
}
"""Status key → as pages show it, in the order in which work goes on."""


@dataclass(frozen=True, slots=True)
class Status:
    """key: one of TITLES; words: how close (“2 of 3 actions done, latest due in 9 days”)."""

    key: str
    words: str

    @property
    def title(self) -> str:
        """“Done and sustained”."""
        return TITLES[self.key]


@dataclass(frozen=True, slots=True)
class PlanStatus:
    """Every status of a plan, by primary key. evidence: of each recommendation that a requirement serves, what the
    status was judged by."""

    recommendations: dict[int, Status]
    actions: dict[int, Status]
    evidence: dict[int, list[Evidence]]


def statuses_of(
    plan: Plan,
    as_at: date,
    known_at: datetime | None = None,
    *,
    evidence: dict[int, list[Evidence]] | None = None,
) -> PlanStatus:
    """All of a plan's, in a fixed number of queries. known_at left out: on what is known now. evidence: what stands
    beside the statuses, where that is counted on another clock: nothing is called sustained that it does not show."""
    known = known_at or now()
    recommendations = (
        Recommendation.objects.filter(standard__plan=plan)
        .order_by("standard__number", "order")
        .prefetch_related("actions__events", "progress")
    )
    evidence = evidence_of_plan(plan, as_at, known) if evidence is None else evidence
    found = PlanStatus({}, {}, evidence)
    for rec in recommendations:
        found.recommendations[rec.pk] = _of_recommendation(rec, as_at, known, evidence.get(rec.pk, []))
        begun = _reported(rec, as_at, known)
        for action in rec.actions.all():
            found.actions[action.pk] = _of_action(action, as_at, known, begun=begun)
    return found


def status_of(record: Action | Recommendation, as_at: date, known_at: datetime | None = None) -> Status:
    """One status. known_at left out: on what is known now. For many, `statuses_of`."""
    known = known_at or now()
    if isinstance(record, Action):
        return _of_action(record, as_at, known, begun=_reported(record.recommendation, as_at, known))
    keys = [tie.requirement for tie in record.ties.all() if tie.untied_at is None]
    return _of_recommendation(record, as_at, known, evidence_for(keys, as_at, known))


def _reported(rec: Recommendation, as_at: date, known_at: datetime) -> bool:
    return any(remark.reporting_date <= as_at and remark.recorded_at <= known_at for remark in rec.progress.all())


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def due_in_words(due: date, as_at: date) -> str:
    """“due in 9 days”, “due today”, “12 days overdue”."""
    ahead = (due - as_at).days
    if ahead == 0:
        return "due today"
    return f"due in {_days(ahead)}" if ahead > 0 else f"{_days(-ahead)} overdue"


def _in_plan(action: Action, as_at: date, known_at: datetime) -> bool:
    return action.since_on <= as_at and action.known_at <= known_at


def _of_action(action: Action, as_at: date, known_at: datetime, *, begun: bool) -> Status:
    if not _in_plan(action, as_at, known_at):
        return Status("not-started", "not yet in the plan")
    due = action.due_at(as_at, known_at)
    if completed := action.completion(as_at, known_at):
        done_on = day_of(completed.occurred_at)
        late = f", {_days((done_on - due).days)} late" if due and done_on > due else ""
        return Status("done", f"done on {day(done_on)}{late}")
    words = due_in_words(due, as_at) if due else "no due date"
    if due and due < as_at:
        return Status("overdue", words)
    return Status("on-track" if begun else "not-started", words)


def _of_recommendation(rec: Recommendation, as_at: date, known_at: datetime, evidence: Sequence[Evidence]) -> Status:
    actions = [action for action in rec.actions.all() if _in_plan(action, as_at, known_at)]
    reported = _reported(rec, as_at, known_at)
    if not actions:
        return Status("on-track" if reported else "not-started", "no action to track")
    done_on = [day_of(e.occurred_at) for action in actions if (e := action.completion(as_at, known_at))]
    total = "1 action" if len(actions) == 1 else f"{len(actions)} actions"
    words = f"{len(done_on)} of {total} done"
    if len(done_on) == len(actions):
        if is_sustained(evidence, max(done_on), as_at):
            return Status("sustained", f"{words}, and kept to for {SUSTAINED_MONTHS} months")
        return Status("done", f"{words}, the last on {day(max(done_on))}")
    dues = [action.due_at(as_at, known_at) for action in actions if not action.completion(as_at, known_at)]
    key, how_close = _open(dues, as_at)
    if key == "on-track" and not done_on and not reported:
        key = "not-started"
    return Status(key, f"{words}, {how_close}")


def _open(dues: Iterable[date | None], as_at: date) -> tuple[str, str]:
    dated = sorted(due for due in dues if due)
    overdue = [due for due in dated if due < as_at]
    if overdue:
        each = "" if len(overdue) == 1 else ", the longest"
        return "overdue", f"{len(overdue)} overdue{each} by {_days((as_at - overdue[0]).days)}"
    if not dated:
        return "on-track", "no due date"
    return "on-track", f"latest {due_in_words(dated[-1], as_at)}" if len(dated) > 1 else due_in_words(dated[0], as_at)


def is_sustained(evidence: Sequence[Evidence], done_on: date, as_at: date) -> bool:
    """Whether practice has kept to a recommendation since its last action was done: the rule at the top of this file."""
    following = add_months((as_at + timedelta(days=1)).replace(day=1), -SUSTAINED_MONTHS)
    if not evidence or done_on >= following:
        return False
    judged_in_all = 0
    for each in evidence:
        months = {month: (met, judged) for month, met, judged in each.months}
        for step in range(SUSTAINED_MONTHS):
            met, judged = months.get(add_months(following, step), (0, 0))
            if not judged or met / judged < SUSTAINED_SHARE:
                return False
            judged_in_all += judged
    return judged_in_all >= TOO_FEW
