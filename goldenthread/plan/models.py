"""The improvement plan as it is held: its standards, recommendations and actions, and what happened to each.

Texts keep the numbers of the source lines that they came from (`…lines`), so that conservation stays checkable. What a
plan said is never overwritten: events, progress and leads are added, and a later version of a plan stands beside the
earlier one. Only `actions.py` and `storing.py` write here.
"""

from datetime import date, datetime
from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse

from goldenthread.core.clock import end_of
from goldenthread.people.models import Officer, Post, StandingGroup, Team
from goldenthread.plan.remark import Remark


def _both_or_neither(when: str, who: str, name: str) -> models.CheckConstraint:
    """A deed has both its time and its doer, or has not been done."""
    return models.CheckConstraint(
        condition=Q(**{f"{when}__isnull": True, f"{who}__isnull": True})
        | Q(**{f"{when}__isnull": False, f"{who}__isnull": False}),
        name=name,
    )


def iso(day: date | None) -> str | None:
    """A day as events keep it."""
    return day.isoformat() if day else None


class PlanQuerySet(models.QuerySet["Plan"]):
    def current(self) -> Self:
        """Plans with no later version."""
        return self.filter(superseded_at__isnull=True)


class Plan(models.Model):
    """One version of an improvement plan, as at a date. front and notes: lists of words, and of the reader's remarks."""

    class Origin(models.TextChoices):
        IMPORTED = "imported", "Imported from a file"
        ADOPTED = "adopted", "Adopted from the shipped template"

    title = models.TextField()
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.IMPORTED)
    as_at = models.DateField()
    front = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    file_name = models.CharField(max_length=255, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    previous = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="later")
    superseded_at = models.DateTimeField(null=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-as_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.title}, as at {self.as_at:%d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("plan", args=[self.pk])

    @property
    def is_current(self) -> bool:
        """Whether no later version has taken its place."""
        return self.superseded_at is None


class SourceLine(models.Model):
    """One non-blank line of the file that a plan came from."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="source_lines")
    number = models.PositiveIntegerField()
    text = models.TextField()
    place = models.CharField(max_length=120)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="one_source_line")]

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


class Standard(models.Model):
    """One standard of a plan. headings: the column headings of its table."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="standards")
    number = models.PositiveIntegerField()
    title = models.TextField()
    title_lines = models.JSONField(default=list)
    headings = models.JSONField(default=list)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="one_standard_of_number")]

    def __str__(self) -> str:
        return f"Standard {self.number} – {self.title}"


class Recommendation(models.Model):
    """One recommendation. number: “1.1”. criterion_lines is null where the plan gives no criterion.

    continues: the same recommendation in the previous version of the plan.
    """

    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="recommendations")
    number = models.CharField(max_length=12)
    order = models.PositiveIntegerField()
    title = models.TextField()
    title_lines = models.JSONField(default=list)
    criterion = models.TextField(blank=True)
    criterion_lines = models.JSONField(null=True)
    monitoring = models.JSONField(default=list)
    rating = models.JSONField(default=list)
    continues = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="continued_by")

    class Meta:
        ordering = ["standard", "order"]
        constraints = [models.UniqueConstraint(fields=["standard", "number"], name="one_recommendation_of_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("plan-recommendation", args=[self.standard.plan_id, self.number])

    @property
    def plan(self) -> Plan:
        """The version of the plan that it stands in."""
        return self.standard.plan

    @property
    def monitoring_texts(self) -> list[str]:
        """How the plan says this is monitored."""
        return [words["text"] for words in self.monitoring]

    @property
    def rating_texts(self) -> list[str]:
        """The ratings (red, amber, green…) that the plan's author gave."""
        return [words["text"] for words in self.rating]


class ActionQuerySet(models.QuerySet["Action"]):
    def led_by(self, officer: Officer) -> Self:
        """Those that an officer leads now, alone or with others: by name, or through the post that they hold."""
        return self.filter(pk__in=LeadParty.objects.naming(officer).values("lead__action"))


class Action(models.Model):
    """One action of a recommendation.

    since_on, known_at: from when the plan asks for it, on both clocks. begins_on: the first day on which it can have
    been under way, where that is known. first_due: the date that was set first, which no change takes away; due: the
    one in force now. stands_for, leads_stand_for: where the words are “As above”, what they stand for. owner, team: who
    answers for it, as matched from its leads. timescale_lines is null where it has no timescale.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="actions")
    order = models.PositiveIntegerField()
    text = models.TextField()
    text_lines = models.JSONField(default=list)
    stands_for = models.JSONField(default=list)
    leads_stand_for = models.JSONField(default=list)
    timescale = models.TextField(blank=True)
    timescale_lines = models.JSONField(null=True)
    starts = models.DateField(null=True)
    first_due = models.DateField(null=True)
    due = models.DateField(null=True, db_index=True)
    since_on = models.DateField()
    known_at = models.DateTimeField()
    begins_on = models.DateField(null=True)
    owner = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="plan_actions")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="plan_actions")
    continues = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="continued_by")

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["recommendation", "order"]

    def __str__(self) -> str:
        return f"Action {self.order} of {self.recommendation.number}"

    def get_absolute_url(self) -> str:
        return f"{self.recommendation.get_absolute_url()}#action-{self.pk}"

    @property
    def words(self) -> list[str]:
        """What is to be done: the action's own text, or what “As above” stands for."""
        return list(self.stands_for) or [self.text]

    @property
    def lead_words(self) -> list[str]:
        """Who leads it now, as worded; “As above” in full. Reads `leads`, so prefetch it for many."""
        return [words for lead in self.leads.all() if lead.in_force() for words in lead.named]

    def completion(self, as_at: date | None = None, known_at: datetime | None = None) -> "ActionEvent | None":
        """The event that completed it, if it stands completed at the end of a day, on what was known by `known_at`.

        Either left out: now. Reads `events`, so prefetch it for many.
        """
        state = None
        for event in self.events_until(as_at, known_at):
            if event.kind == ActionEvent.Kind.COMPLETED:
                state = event
            elif event.kind == ActionEvent.Kind.REOPENED:
                state = None
        return state

    def due_at(self, as_at: date | None = None, known_at: datetime | None = None) -> date | None:
        """The due date in force at the end of a day, on what was known by `known_at`. Reads `events`."""
        due = self.first_due
        for event in self.events_until(as_at, known_at):
            if event.kind in ActionEvent.CHANGES_OF_DUE and "due" in event.after:
                given = event.after["due"]
                due = date.fromisoformat(given) if given else None
        return due

    def events_until(self, as_at: date | None = None, known_at: datetime | None = None) -> list["ActionEvent"]:
        """Its events in the order in which they were true, up to the end of a day and as known. Reads `events`."""
        limit = end_of(as_at) if as_at else None
        return sorted(
            (
                event
                for event in self.events.all()
                if (limit is None or event.occurred_at <= limit) and (known_at is None or event.recorded_at <= known_at)
            ),
            key=lambda event: (event.occurred_at, event.recorded_at, event.pk),
        )


class ActionEvent(models.Model):
    """Something that happened to an action: added to, never changed. before, after: what it changed, as data.

    carried_from: the event of the previous version of the plan that this one repeats, with that one's clocks.
    """

    class Kind(models.TextChoices):
        ADDED = "added", "Added"
        COMPLETED = "completed", "Completed"
        REOPENED = "reopened", "Reopened"
        DUE_CHANGED = "due-changed", "Due date changed"
        REASSIGNED = "reassigned", "Reassigned"
        RESTATED = "restated", "Restated in a later version of the plan"
        PAIRED = "paired", "Lead or timescale paired with it by a person"

    CHANGES_OF_DUE = frozenset({Kind.DUE_CHANGED, Kind.RESTATED})

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    carried_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["occurred_at", "recorded_at", "pk"]

    def __str__(self) -> str:
        return f"{self.action}: {self.get_kind_display()}"


class Lead(models.Model):
    """A lead officer as the plan words it, of one action or (where that could not be known) of the recommendation.

    stands_for: where the words are “As above”, what they stand for. until_at: since when another leads instead.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="leads")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, null=True, related_name="leads")
    order = models.PositiveIntegerField()
    words = models.TextField()
    lines = models.JSONField(default=list)
    stands_for = models.JSONField(default=list)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["recommendation", "action", "order", "pk"]

    def __str__(self) -> str:
        return self.words

    @property
    def named(self) -> list[str]:
        """Its words, or what “As above” stands for."""
        return list(self.stands_for) or [self.words]

    def in_force(self, instant: datetime | None = None) -> bool:
        """Whether it leads at an instant; left out: now."""
        if instant is None:
            return self.until_at is None
        return self.from_at <= instant and (self.until_at is None or instant < self.until_at)


class LeadPartyQuerySet(models.QuerySet["LeadParty"]):
    def naming(self, officer: Officer) -> Self:
        """Those that mean an officer, in leads of actions that are in force: by name, or by the post that they hold
        where it names no one person."""
        means = Q(officer=officer)
        if officer.post_id:
            means |= Q(officer=None, kind=LeadParty.Kind.POST, post=officer.post_id)
        return self.filter(means, lead__until_at=None, lead__action__isnull=False)


class LeadParty(models.Model):
    """One person, post or group that a lead's words name. With nothing matched: a named lead without an account."""

    class Kind(models.TextChoices):
        PERSON = "person", "Person"
        POST = "post", "Post"
        GROUP = "group", "Group"

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="parties")
    kind = models.CharField(max_length=6, choices=Kind)
    name = models.CharField(max_length=200, blank=True)
    post_title = models.CharField(max_length=200, blank=True)
    via = models.CharField(max_length=200, blank=True)
    everyone = models.BooleanField(default=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    group = models.ForeignKey(StandingGroup, on_delete=models.PROTECT, null=True, related_name="+")

    objects = LeadPartyQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.post_title) if part)


class Timescale(models.Model):
    """A timescale that the import could not pair with an action. action: the one that a person paired it with."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="timescales")
    action = models.OneToOneField(Action, on_delete=models.CASCADE, null=True, related_name="paired_timescale")
    order = models.PositiveIntegerField()
    words = models.TextField()
    lines = models.JSONField(default=list)
    starts = models.DateField(null=True)
    due = models.DateField(null=True)

    class Meta:
        ordering = ["recommendation", "order"]

    def __str__(self) -> str:
        return self.words


class Progress(Remark):
    """Progress reported as at a date."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="progress")


class NextStep(Remark):
    """What remained to be done as at a date."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="next_steps")


class ToSettle(models.Model):
    """Something that the import could not know, for a person to settle."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="to_settle")
    order = models.PositiveIntegerField()
    message = models.TextField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    how = models.TextField(blank=True)

    class Meta:
        ordering = ["recommendation", "order"]
        constraints = [_both_or_neither("settled_at", "settled_by", "settled_when_and_by")]

    def __str__(self) -> str:
        return self.message


class RequirementTie(models.Model):
    """That a requirement serves a recommendation, from when until when, and who said so."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="ties")
    requirement = models.CharField(max_length=80)
    tied_at = models.DateTimeField()
    tied_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    untied_at = models.DateTimeField(null=True)
    untied_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["recommendation", "requirement", "pk"]
        constraints = [
            _both_or_neither("untied_at", "untied_by", "untied_when_and_by"),
            models.UniqueConstraint(
                fields=["recommendation", "requirement"], condition=Q(untied_at__isnull=True), name="one_tie"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation.number}: {self.requirement}"
