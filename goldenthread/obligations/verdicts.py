"""Verdicts: how something owed stands as at an instant, with what was known by another."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Verdict(StrEnum):
    """How something owed stands."""

    MET = "met"
    LATE = "late"
    OVERDUE = "overdue"
    DUE = "due"
    EXCUSED = "excused"

    @property
    def in_words(self) -> str:
        """As pages show it."""
        return "met late" if self is Verdict.LATE else self.value


class Dated(Protocol):
    """What a verdict needs: an `Obligation`, or anything with its dates."""

    since_at: datetime
    since_known_at: datetime
    due_at: datetime | None
    done_at: datetime | None
    done_known_at: datetime | None
    excused_at: datetime | None
    excused_known_at: datetime | None


def verdict(owed: Dated, as_at: datetime, known_at: datetime | None = None) -> Verdict | None:
    """The verdict as at an instant, on what was known by `known_at` (left out: by `as_at`). None: not begun, or not known.

    Done counts before excused: an excuse does not take away what was done. In time means not after `due_at`, for an
    excuse too: one that is given later takes it off the work lists, and it stays overdue in every figure.
    `tally.tally` is the same rule in SQL; a test holds the two together.
    """
    known_at = known_at or as_at
    if owed.since_at > as_at or owed.since_known_at > known_at:
        return None
    if owed.done_at and owed.done_known_at and owed.done_at <= as_at and owed.done_known_at <= known_at:
        return Verdict.MET if owed.due_at is None or owed.done_at <= owed.due_at else Verdict.LATE
    excused_at, known = owed.excused_at, owed.excused_known_at
    given = excused_at is not None and known is not None and excused_at <= as_at and known <= known_at
    if excused_at and given and (owed.due_at is None or excused_at <= owed.due_at):
        return Verdict.EXCUSED
    return Verdict.OVERDUE if owed.due_at is not None and owed.due_at < as_at else Verdict.DUE
