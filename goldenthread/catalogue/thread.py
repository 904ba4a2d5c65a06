"""The golden thread: from each recommendation, through its requirements, to what is owed to children and was done."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from goldenthread.core.clock import now
from goldenthread.obligations.requirement import installed
from goldenthread.obligations.tally import Counts, tally, totals
from goldenthread.plan.evidence import requirements_serving
from goldenthread.plan.models import Plan, Recommendation


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """One recommendation: what serves it, what was published about it, and the obligations counted.

    title is empty where no plan is held and the number alone is known.
    """

    number: str
    title: str
    requirements: tuple[str, ...]
    documents: tuple[str, ...]
    counts: Counts

    @property
    def has_evidence(self) -> bool:
        """Whether anything at all was owed under its requirements."""
        return self.counts.owed > 0

    def as_data(self) -> dict[str, Any]:
        """In the shape that `goldenthread thread --json` prints."""
        return {
            "recommendation": self.number,
            "requirements": list(self.requirements),
            "documents": list(self.documents),
            "obligations": asdict(self.counts),
        }


def current_plan() -> Plan | None:
    """The plan in force that was confirmed last."""
    return Plan.objects.current().order_by("-as_at", "-pk").first()


def thread(
    plan: Plan | None,
    as_at: datetime | None = None,
    known_at: datetime | None = None,
    *,
    documents: Sequence[str] = (),
) -> list[ThreadLine]:
    """One line for each recommendation of a plan, in its order, by the requirements tied to it.

    Without a plan: one line for each recommendation of the shipped template that a requirement serves. `as_at` left
    out means now; `known_at` left out, on what was known by `as_at`. documents: what was published about the whole plan, in words.
    """
    counted = totals(tally(as_at or now(), known_at))
    lines = _tied(plan) if plan else _served()
    return [
        ThreadLine(number, title, keys, tuple(documents), sum((counted.get(key, Counts()) for key in keys), Counts()))
        for number, title, keys in lines
    ]


Line = tuple[str, str, tuple[str, ...]]


def _tied(plan: Plan) -> list[Line]:
    found = Recommendation.objects.filter(standard__plan=plan).order_by("standard__number", "order")
    ties = requirements_serving(plan)
    return [(rec.number, rec.title, tuple(ties.get(rec.pk, ()))) for rec in found]


def _served() -> list[Line]:
    by_number: dict[str, list[str]] = {}
    for requirement in installed().values():
        by_number.setdefault(requirement.serves, []).append(requirement.key)
    return [(number, "", tuple(keys)) for number, keys in sorted(by_number.items()) if number[:1].isdigit()]
