"""Who does what in an assessment that is made up, and when: what telling of its parts, its children and its plan share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models

from goldenthread.cases.models import Child
from goldenthread.demo.arrivals import File
from goldenthread.demo.assessment import assessing_words as words
from goldenthread.demo.assessment.desk import AssessmentDesk
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.assessing.models import Assessment, AssessmentPart, HandingIn


@dataclass(slots=True)
class Story:
    """One assessment while it is told. ends: before when all of it happened (now, or the closing of the file);
    texts: what its parts may say; outcome, settled: what it comes to, and since when, where that is decided elsewhere;
    written, handed: its parts as they stand, and what was handed in last."""

    file: File
    made: Assessment
    started: datetime
    due: datetime
    ends: datetime
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: words.PARTS)
    outcome: str = ""
    settled: datetime | None = None
    written: dict[str, AssessmentPart] = field(default_factory=dict)
    handed: HandingIn | None = None


class Hands:
    """Those who work on assessments, at the desk."""

    def __init__(self, desk: AssessmentDesk) -> None:
        self.desk, self.chance, self.writer, self.diary = desk, desk.chance, desk.writer, desk.diary
        self.born: dict[int, date | None] = dict(Child.objects.values_list("pk", "date_of_birth"))
        self.disabled = {
            child
            for family in desk.families
            if family.need == "childs_disability_or_illness"
            for child in family.children[: 1 if len(family.children) < 3 else 2]
        }

    def office(self, at: datetime) -> datetime:
        """The same time, or the next when the office is open."""
        return self.diary.in_office_hours(at, self.chance).replace(second=0, microsecond=0)

    def between(self, low: datetime, high: datetime, share: float) -> datetime:
        """A time between two, in office hours where that fits."""
        at = self.office(low + (high - low) * share)
        return at if low < at < high else (low + (high - low) * share).replace(second=0, microsecond=0)

    def worker(self, file: File, at: datetime) -> int:
        """Who holds the file, or somebody of the team."""
        team, worker = file.held(at)
        return worker or self.desk.worker(team).pk

    def manager(self, file: File, at: datetime) -> Officer:
        """The manager of the team that holds the file."""
        return self.desk.council.managers[file.held(at)[0]]

    def put(self, model: type[models.Model], at: datetime, **fields: Any) -> Any:
        """A fact that is recorded some minutes later; nothing, where that has not happened yet."""
        known = at + timedelta(minutes=1 + int(8 * self.chance.random()))
        if known >= self.desk.now:
            return None
        return self.writer.add(model, occurred_at=at, recorded_at=known, **fields)
