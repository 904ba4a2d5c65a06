"""An auditor's books: what is owed is entered from raw rows, and judged as at one instant, on what was known by another."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import cast

from goldenthread.cases.models import CaseFile, Holding, LanguageAnswer
from goldenthread.obligations.models import Excuse
from goldenthread.standards.referrals import models as room
from tests.demo.recount.kinds import KINDS
from tests.demo.recount.raw import Raw, Told, london, rows


class Books:
    """As at one instant, on what was known by another. then, ever: the facts that stood on what was known then, and all."""

    def __init__(self, as_at: datetime, known: datetime) -> None:
        self.as_at, self.known = as_at, known
        self.counts: Counter[tuple[str, int | None, date, str]] = Counter()
        self.due: dict[tuple[str, str, int, str], datetime] = {}
        self.files = {row["id"]: row for row in rows(CaseFile)}
        self.held: dict[int, list[Raw]] = defaultdict(list)
        for holding in sorted(rows(Holding), key=lambda row: (row["since_at"], row["id"])):
            self.held[holding["case_file_id"]].append(holding)
        self.excuses = {
            (row["requirement"], row["subject_type"], row["subject_id"], row["key"]): row for row in rows(Excuse)
        }
        # Who answers for what is settled is told by all that is known since (decision 2): so settled is read whole.
        ever = datetime(2100, 1, 1, tzinfo=UTC)
        self.ever = {kind: Told(*kind, ever) for kind in KINDS}
        self.then = {kind: Told(*kind, known) for kind in KINDS}
        self.children: dict[int, list[int]] = defaultdict(list)
        for joined in rows(room.Referral.children.through):
            self.children[joined["referral_id"]].append(joined["child_id"])
        self.spoken = Told(LanguageAnswer, "child_id", ever)

    def verdict(self, due: datetime | None, done: datetime | None, excuse: Raw | None) -> str:
        if done is not None and done <= self.as_at:
            return "met" if due is None or done <= due else "late"
        given = excuse and excuse["occurred_at"] <= self.as_at and excuse["recorded_at"] <= self.known
        if excuse and given and (due is None or excuse["occurred_at"] <= due):
            return "excused"
        return "overdue" if due is not None and due < self.as_at else "due"

    def team(self, file: int, settled: datetime | None) -> int:
        if settled is None:
            return cast(int, self.files[file]["team_id"])
        before = [h for h in self.held[file] if h["since_at"] <= settled]
        return cast(int, (before or self.held[file][:1])[-1]["team_id"])

    def count(
        self, key: str, about: tuple[str, int, str], file: int, since: datetime, since_known: datetime,
        due: datetime, done: Raw | None, finally_done: Raw | None,
    ) -> None:  # fmt: skip
        if since > self.as_at or since_known > self.known:
            return
        excuse = self.excuses.get((key, *about))
        self.due[key, *about] = due
        settled = finally_done["occurred_at"] if finally_done else excuse["occurred_at"] if excuse else None
        verdict = self.verdict(due, done["occurred_at"] if done else None, excuse)
        self.counts[key, self.team(file, settled), london(since).replace(day=1), verdict] += 1

    def both(
        self,
        key: str,
        about: tuple[str, int, str],
        file: int,
        since: datetime,
        known: datetime,
        due: datetime,
        done: Raw | None,
    ) -> None:
        told = done if done and done["known"] <= self.known else None
        self.count(key, about, file, since, known, due, told, done)

    def plainly(
        self, key: str, about: tuple[str, int, str], team: int | None, since: datetime, since_known: datetime,
        due: datetime | None, done: datetime | None,
    ) -> None:  # fmt: skip
        if since > self.as_at or since_known > self.known:
            return
        if due is not None:
            self.due[key, *about] = due
        excuse = self.excuses.get((key, *about))
        self.counts[key, team, london(since).replace(day=1), self.verdict(due, done, excuse)] += 1


def first_of(told: Told, on: Iterable[int]) -> Raw | None:
    found = [row for pk in on for row in told[pk]]
    return min(found, key=lambda row: (row["occurred_at"], row["first"]), default=None)
