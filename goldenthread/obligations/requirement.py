"""A requirement is what good practice demands, declared once. What it yields on a record is something owed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from goldenthread.cases.models import CaseFile
from goldenthread.core.clock import Moment, day_of
from goldenthread.core.timescales import Timescale, timescale


@dataclass(frozen=True, slots=True)
class Holder:
    """Who owes: a team, an officer of it, or a team alone while nobody is named."""

    team_id: int | None
    officer_id: int | None


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing owed on one record.

    since: when the duty began, on both clocks. done: when it was done, on both clocks. due: the last instant in time;
    left out, the requirement's timescale gives it. key: tells several on one record apart. holder: who owes it, where
    the record has no case file; with one, the file's holder owes it.
    """

    since: Moment
    done: Moment | None = None
    due: datetime | None = None
    key: str = ""
    holder: Holder | None = None


Yield = Owed | Iterable[Owed] | None


@dataclass(frozen=True, slots=True)
class Requirement:
    """What good practice demands of each record of one kind.

    key: how tables and URLs name it (“referrals.police-advised”). serves: the recommendation's number in the shipped
    plan template. owed: a pure function from a record to nothing, one or several `Owed`; it reads the record and what
    hangs on it, and no clock. with_related: what to fetch beside the records when many are computed at once (prefetch
    look-ups). case_file: finds the record's case file, whose holder then owes it. within_line: shown only to
    who owes it and to those who answer for the team, being about officers and on no case file.
    """

    key: str
    serves: str
    title: str
    why: str
    subject: type[models.Model]
    owed: Callable[[Any], Yield]
    timescale: str | None = None
    with_related: tuple[str, ...] = ()
    case_file: Callable[[Any], CaseFile | None] = field(default=lambda record: getattr(record, "case_file", None))
    within_line: bool = False

    @property
    def subject_type(self) -> str:
        """“referrals.referral”."""
        return self.subject._meta.label_lower

    def on(self, record: models.Model) -> list[Owed]:
        """All that is owed on a record under this requirement."""
        found = self.owed(record)
        if found is None:
            return []
        return [found] if isinstance(found, Owed) else list(found)

    def rule(self, owed: Owed) -> Timescale | None:
        """The rule of time in force when the clock of this one started."""
        return timescale(self.timescale, day_of(owed.since.occurred_at)) if self.timescale else None

    def due(self, owed: Owed) -> datetime | None:
        """The last instant that is in time, or None where no rule sets one."""
        if owed.due is not None:
            return owed.due
        rule = self.rule(owed)
        return rule.due(owed.since.occurred_at) if rule else None


_installed: dict[str, Requirement] = {}


def install(requirements: Iterable[Requirement]) -> None:
    """Make requirements known to the ledger: the catalogue calls this once, at start. Raises ValueError for a key
    that is taken by another."""
    for requirement in requirements:
        if _installed.setdefault(requirement.key, requirement) is not requirement:
            raise ValueError(f"two requirements have the key “{requirement.key}”")


def installed() -> dict[str, Requirement]:
    """All requirements by key."""
    return _installed
