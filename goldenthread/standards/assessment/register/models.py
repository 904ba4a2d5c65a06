"""The register: entries and what is known of each. Only the verbs (`actions`, `corrections`) write them."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

from goldenthread.cases.facts import Fact, Standing, standing
from goldenthread.cases.models import CaseFile, Child
from goldenthread.cases.records import NamedOnFile, OnFileQuerySet
from goldenthread.core.clock import Moment, day_of
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.register.checks import (  # found by Django through this module
    AskedAfter,
    CandidateAnswer,
    CheckDecision,
    CheckSettled,
    RegisterCheck,
    Shown,
)
from goldenthread.standards.assessment.register.choices import Category, EndReason, State, term

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

__all__ = [
    "AskedAfter", "CandidateAnswer", "CheckDecision", "CheckSettled", "KeyWorker", "Listing", "RegisterCheck", "RegisterEntry",
    "Removal", "Shown",
]  # fmt: skip


class RegisterEntry(NamedOnFile):
    """One spell of a child on the register (since 2008: with a child protection plan), from its first listing to its removal.

    council: whose register it is, where it is not ours: another council's child, placed here; with their reference, whom to
    reach there, and when they told us.
    """

    letters, page = "E", "register-entry"
    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="register_entries")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="register_entries")
    council = models.CharField("whose register", max_length=120, blank=True)
    council_reference = models.CharField("their reference", max_length=80, blank=True)
    council_contact = models.CharField("whom to reach there", max_length=200, blank=True)
    notified_at = models.DateTimeField(null=True, blank=True)

    objects = OnFileQuerySet["RegisterEntry"].as_manager()
    if TYPE_CHECKING:
        listings: RelatedManager["Listing"]
        key_workers: RelatedManager["KeyWorker"]
        removals: RelatedManager["Removal"]

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "register entries"

    @property
    def listed(self) -> list[Standing["Listing"]]:
        """The listings that stand, the first one first; none where the entry was a mistake."""
        return standing(self.listings.all())

    @property
    def removed(self) -> Standing["Removal"] | None:
        """The removal, where it stands."""
        found = standing(self.removals.all())
        return found[0] if found else None

    @property
    def since(self) -> Moment | None:
        """When the child was put on the register; None where the entry was a mistake."""
        listed = self.listed
        return listed[0].moment if listed else None

    def state_at(self, instant: datetime) -> State:
        """How the child stood by this entry at an instant, on what is known now."""
        since, removed = self.since, self.removed
        if since is None or since.occurred_at > instant:
            return State.NONE
        if removed and removed.moment.occurred_at <= instant:
            return State.WAS
        return State.OTHER if self.council else State.ON

    @property
    def term(self) -> str:
        """What it was called when it ended, or is called now that it lasts: the word of its last day."""
        from goldenthread.core.clock import today

        removed = self.removed
        return term(day_of(removed.moment.occurred_at) if removed else today())


class Listing(Fact):
    """The kinds of harm for which a child is on the register, from `occurred_at` on: the first one puts the child on it."""

    entry = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, related_name="listings")
    neglect = models.BooleanField(default=False)
    physical = models.BooleanField("physical abuse", default=False)
    sexual = models.BooleanField("sexual abuse", default=False)
    emotional = models.BooleanField("emotional abuse", default=False)

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(
                name="listed_for_some_harm",
                condition=models.Q(neglect=True)
                | models.Q(physical=True)
                | models.Q(sexual=True)
                | models.Q(emotional=True),
            )
        ]

    @property
    def categories(self) -> list[str]:
        """Their keys."""
        return [key for key in Category.values if getattr(self, key)]

    @property
    def in_words(self) -> str:
        """“Neglect, emotional abuse”."""
        return ", ".join(Category(key).label for key in self.categories).capitalize()


class KeyWorker(Fact):
    """Who is the child's key worker from `occurred_at` on: an officer of ours, or somebody of another council, by name."""

    entry = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, related_name="key_workers")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="key_worker_of")
    name = models.CharField(max_length=120, blank=True)

    class Meta(Fact.Meta):
        verbose_name = "key worker"

    @property
    def called(self) -> str:
        """Their name."""
        return self.officer.name if self.officer else self.name


class Removal(Fact):
    """The child is no longer on the register, and why."""

    entry = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, related_name="removals")
    reason = models.CharField(max_length=20, choices=EndReason)
    words = models.TextField("what was decided", blank=True)
