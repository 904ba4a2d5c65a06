"""The ledger's table, and excuses. The table is an index of the records, never a second truth: see `ledger.verify`."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from goldenthread.cases.models import CaseFile
from goldenthread.cases.sight import Sight, sight_of
from goldenthread.obligations.requirement import installed
from goldenthread.people.models import Officer, Team

IDENTITY = ["subject_type", "subject_id", "requirement", "key"]
"""What tells one obligation from all others. In this order, its index also finds all that a record owes."""

CLOCKS = [
    "since_at", "since_known_at", "due_at", "done_at", "done_known_at", "excused_at", "excused_known_at",
]  # fmt: skip
"""The dates that a verdict depends on."""

OPEN_CLOCKS = ["since_at", "done_at", "excused_at"]
"""The dates that are asked of what is open now."""


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def begun(self, at: datetime, known_at: datetime) -> Self:
        """Those whose duty had begun by `at` and was known by `known_at`."""
        return self.filter(since_at__lte=at, since_known_at__lte=known_at)

    def open(self) -> Self:
        """Neither done nor excused, as known now."""
        return self.filter(done_at__isnull=True, excused_at__isnull=True)

    def owed_by(self, officer: Officer) -> Self:
        """Open ones of one officer, soonest due first; those without a date last."""
        return self.open().filter(owner=officer).order_by(F("due_at").asc(nulls_last=True), "pk")

    def counted_for(self, sight: Sight) -> Self:
        """Those that counts on an officer's pages hold: none on files that are closed to them, and none about officers
        for whom they do not answer."""
        rows = self.exclude(case_file__in=sorted(sight.shut)) if sight.shut else self
        hidden = _out_of_line(sight)
        return rows if hidden is None else rows.exclude(hidden)

    def visible_to(self, officer: Officer) -> Self:
        """Those on case files that the officer may open, and those that are on no case file (plan, reports)."""
        seen = seen_by(sight_of(officer))
        return self if seen is None else self.filter(seen)


def seen_by(sight: Sight) -> Q | None:
    """The filter for those that an officer may open, to be counted beside all; None: all of them."""
    files = sight.filter("case_file__")
    if files is None:
        return None
    hidden = _out_of_line(sight)
    on_no_file = Q(case_file__isnull=True)
    return (on_no_file if hidden is None else on_no_file & ~hidden) | files


def _out_of_line(sight: Sight) -> Q | None:
    """Those about officers for whom this one does not answer; None: there are none such."""
    about_officers = [key for key, requirement in installed().items() if requirement.within_line]
    if not about_officers or sight.teams is None:
        return None
    # Written so that a team or an owner that is missing does not make the whole unknown to the database.
    mine = Q(owner__isnull=False, owner=sight.officer_id)
    if sight.teams:
        mine |= Q(team__isnull=False, team__in=list(sight.teams))
    return Q(requirement__in=about_officers) & ~mine


class Obligation(models.Model):
    """One thing owed on one record, with both clocks of its beginning, its settling and its excuse."""

    requirement = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    key = models.CharField(max_length=60, blank=True)
    case_file = models.ForeignKey(CaseFile, on_delete=models.CASCADE, null=True, related_name="obligations")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="obligations", db_index=False)
    owner = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="obligations", db_index=False)
    month = models.DateField()
    since_at = models.DateTimeField()
    since_known_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_known_at = models.DateTimeField(null=True)
    excused_at = models.DateTimeField(null=True)
    excused_known_at = models.DateTimeField(null=True)
    excuse = models.CharField(max_length=200, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=IDENTITY, name="one_obligation"),
            models.CheckConstraint(
                name="done_on_both_clocks",
                condition=Q(done_at=None, done_known_at=None) | Q(done_at__isnull=False, done_known_at__isnull=False),
            ),
            models.CheckConstraint(
                name="excused_on_both_clocks",
                condition=Q(excused_at=None, excused_known_at=None)
                | Q(excused_at__isnull=False, excused_known_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "due_at"], name="open_by_owner", condition=Q(done_at=None, excused_at=None)),
            # Every column that a team's board counts by, so that it never goes to the rows.
            models.Index(
                fields=["team", "due_at", "requirement", "owner", "case_file", "subject_id", *OPEN_CLOCKS],
                name="open_by_team",
                condition=Q(done_at=None, excused_at=None),
            ),
            # Every column that `tally` reads, so that it never goes to the rows: nearly twice as fast.
            models.Index(fields=["requirement", "team", "month", *CLOCKS], name="by_requirement"),
        ]

    def __str__(self) -> str:
        return f"{self.requirement} on {self.subject_type}:{self.subject_id} {self.key}".strip()


class Excuse(models.Model):
    """A reason why something owed need not be done. It is counted as excused, never as met."""

    requirement = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    key = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=IDENTITY, name="one_excuse")]

    def __str__(self) -> str:
        return f"{self.requirement} on {self.subject_type}:{self.subject_id} excused"
