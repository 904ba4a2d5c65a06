"""What the made-up council puts into its chronologies, and who goes through them (3.1)."""

from datetime import datetime, timedelta
from typing import Any, TypeVar

from goldenthread.cases.facts import Fact
from goldenthread.cases.precision import Precision
from goldenthread.core.clock import day_of, start_of
from goldenthread.core.timescales import timescale
from goldenthread.demo.allocation import chronology_words as words
from goldenthread.demo.arrivals import File
from goldenthread.demo.assessment.desk import AssessmentDesk
from goldenthread.demo.practices.chronology import LATENESS
from goldenthread.standards.allocation.chronology.models import (
    ChronologyReview,
    ChronologySeen,
    EventMark,
    SignificantEvent,
)

F = TypeVar("F", bound=Fact)
_KEY = "allocation.chronology-"
MOST = 10
"""As many reviews are recorded on one file at most, so that a large council is loaded quickly."""


def practise(desk: AssessmentDesk) -> None:
    """Every file, from its opening until it is closed."""
    for file in desk.files:
        _Chronology(desk, file).keep()


class _Chronology:
    """One file's."""

    def __init__(self, desk: AssessmentDesk, file: File) -> None:
        self.desk, self.file, self.chance = desk, file, desk.chance
        self.until = min(file.closed_at or desk.now, desk.now)
        self.known: list[datetime] = []
        self.first_mark = self.chance.random() < 0.3

    def keep(self) -> None:
        """Events as they come, reviews as the team does them, and readings."""
        before, since = self.chance.random(), self.chance.random()
        if before < 0.3:
            self.history()
        days = (self.until - self.file.opened_at).days
        for number in range(min(3, int(since * (0.6 + days / 150)))):
            self.happening(number)
        self.known.sort()
        team, _ = self.file.held(self.file.opened_at)
        at = self.desk.done(f"{_KEY}begun", team, self.file.opened_at)
        for _ in range(MOST):
            if at is None or at >= self.until:
                return
            at = self.next_after(self.review(at))

    def put(self, model: type[F], at: datetime, known: datetime, **fields: Any) -> F | None:
        """Write a fact of this file, unless nobody has recorded it yet."""
        known = max(known, at)
        if known >= self.desk.now:
            return None
        return self.desk.writer.add(model, case_file_id=self.file.pk, occurred_at=at, recorded_at=known, **fields)

    def by(self, at: datetime) -> int:
        """Who works with the file at a time, by number."""
        team, worker = self.file.held(at)
        return worker or self.desk.worker(team).pk

    def event(self, at: datetime, precision: str, learnt: datetime, told: tuple[str, str, str, str, str]) -> None:
        """Something that happened, put in by the team's practice once it was learnt of."""
        since = max(start_of(day_of(learnt)), self.file.opened_at, at)
        made = self.desk.done(f"{_KEY}event", self.file.held(since)[0], since)
        if made is None or made >= self.until:
            return
        what, why, source, who, significance = told
        fields: dict[str, Any] = {
            "what": what, "why": why, "source": source, "told_by": who, "significance": significance,
            "precision": precision, "learnt_on": day_of(learnt), "by_id": self.by(made),
        }  # fmt: skip
        event = self.put(SignificantEvent, at, made, **fields)
        if event is None:
            return
        self.known.append(event.recorded_at)
        child = self.file.children[int(self.chance.random() * len(self.file.children))]
        rows = [event]
        later = event.recorded_at + timedelta(days=1 + int(20 * self.chance.random()))
        if self.chance.random() < 0.05 and later < self.until:
            again = {"supersedes": event, "root": event, "correction_reason": words.MENDED}
            rows += [
                row for row in [self.put(SignificantEvent, at, later, **(fields | {"why": f"{why}. So she says herself"}), **again)] if row
            ]  # fmt: skip
        for row in rows:
            self.desk.writer.add(SignificantEvent.children.through, significantevent_id=row.pk, child_id=child)

    def history(self) -> None:
        """Something of before the file was opened, which came to light after."""
        told = words.BEFORE[int(self.chance.random() * len(words.BEFORE))]
        back = self.file.opened_at - timedelta(days=100 + int(2000 * self.chance.random()))
        precision = (Precision.YEAR, Precision.MONTH, Precision.DAY)[int(3 * self.chance.random())]
        day = day_of(back)
        day = day.replace(month=1, day=1) if precision == Precision.YEAR else day
        at = start_of(day.replace(day=1) if precision == Precision.MONTH else day)
        learnt = self.file.opened_at + timedelta(days=2 + int(40 * self.chance.random()))
        if learnt < self.until:
            self.event(at, str(precision), learnt, told)

    def happening(self, number: int) -> None:
        """Something that happened while the file was open."""
        told = words.NOW[int(self.chance.random() * len(words.NOW))]
        share = (number + 0.2 + 0.7 * self.chance.random()) / 3.2
        at = self.file.opened_at + (self.until - self.file.opened_at) * share
        at = at.replace(second=0, microsecond=0)
        learnt = at + timedelta(days=int(self.chance.expovariate(0.8)))
        if self.file.opened_at < at and learnt < self.until:
            self.event(at, Precision.TIME, learnt, told)

    def review(self, at: datetime) -> datetime:
        """Somebody went through it; now and then they marked what another record holds; a manager read it, or did not."""
        desk, (team, _) = self.desk, self.file.held(at)
        at = max(at, self.file.opened_at + timedelta(minutes=1))
        known = desk.recorded(team, at, at)
        by = self.by(at)
        if self.first_mark and self.file.referrals:
            self.first_mark = False
            referral, _ = self.file.referrals[0]
            marked = at - timedelta(minutes=1)
            if referral.recorded_at < marked:
                self.put(
                    EventMark, marked, marked, kind="referrals.referral", target=referral.pk, significance="key",
                    why=desk.pick(words.MARKED), by_id=by,
                )  # fmt: skip
        review = self.put(
            ChronologyReview, at, known, words=desk.pick(words.REVIEWS), team=desk.council.teams[team],
            to=desk.council.managers[team], by_id=by,
        )  # fmt: skip
        if review is not None:
            read = desk.done(f"{_KEY}seen", team, at)
            if read is not None and max(read, review.recorded_at) < self.until:
                read = max(read, review.recorded_at)
                self.put(
                    ChronologySeen, read, desk.recorded(team, read, read), review=review, words=desk.pick(words.SEEN),
                    by=desk.council.managers[team],
                )  # fmt: skip
        return at

    def next_after(self, last: datetime) -> datetime | None:
        """When it is gone through again: within the quarter, or sooner, after an event."""
        found = []
        team, _ = self.file.held(last)
        rule = timescale("chronology-review", day_of(last))
        due = rule.due(last) if rule else last + timedelta(days=90)
        if self.chance.random() < self.desk.share(f"{_KEY}reviewed", team, last):
            at = last + (due - last) * (0.72 + 0.26 * self.chance.random())
            found.append(min(self.desk.diary.in_office_hours(at, self.chance), due))
        elif self.chance.random() >= LATENESS[f"{_KEY}reviewed"].never:
            days = 1 + self.chance.expovariate(1 / LATENESS[f"{_KEY}reviewed"].days)
            found.append(self.desk.diary.in_office_hours(due + timedelta(days=days), self.chance))
        for known in self.known:
            if known > last:
                after = self.desk.done(f"{_KEY}after-event", self.file.held(known)[0], known)
                found += [after] if after is not None else []
                break
        at_last = min(found, default=None)
        return at_last.replace(second=0, microsecond=0) if at_last and at_last > last else None
