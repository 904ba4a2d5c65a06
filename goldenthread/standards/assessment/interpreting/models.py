"""Requests for interpreters, and the facts that hang on them. Only the verbs (`actions`) write them."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models

from goldenthread.cases.facts import Fact
from goldenthread.cases.models import CaseFile
from goldenthread.cases.records import NamedOnFile, OnFileQuerySet
from goldenthread.core.clock import Moment
from goldenthread.standards.assessment.interpreting.choices import (
    Attended,
    ForWhom,
    Language,
    Mode,
    Purpose,
    ReplyKind,
    StandIn,
    Understood,
    WhyCancelled,
)

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class InterpreterProvider(models.Model):
    """Who provides interpreters, under one spelling."""

    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=120, unique=True, editable=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def called(cls, name: str) -> "InterpreterProvider":
        """The provider of this name, however it is spaced and capitalised; made when it is new."""
        tidy = " ".join(name.split())
        return cls.objects.get_or_create(name_key=tidy.casefold(), defaults={"name": tidy})[0]


class InterpreterRequest(NamedOnFile):
    """That an interpreter or a translation is needed, in which language, for whom, what for and when.

    asked_at is when it was asked for and recorded_at when that was recorded; needed_at is when the interpreting begins, or
    by when a translation is needed. language_other: which, where the language is none of the list.
    """

    letters, page = "IN", "interpreter"
    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="interpreter_requests")
    for_whom = models.CharField(max_length=20, choices=ForWhom)
    language = models.CharField(max_length=20, choices=Language)
    language_other = models.CharField(max_length=60, blank=True)
    mode = models.CharField(max_length=20, choices=Mode)
    purpose = models.CharField(max_length=20, choices=Purpose)
    about = models.TextField()
    urgent = models.BooleanField(default=False)
    needed_at = models.DateTimeField()
    asked_at = models.DateTimeField()

    objects = OnFileQuerySet["InterpreterRequest"].as_manager()
    if TYPE_CHECKING:
        replies: RelatedManager["ProviderReply"]
        attendances: RelatedManager["InterpreterPresence"]
        cancellations: RelatedManager["InterpreterCancel"]
        stand_ins: RelatedManager["FamilyInterpreter"]
        understood: RelatedManager["UnderstoodAnswer"]

    class Meta:
        ordering = ["-needed_at", "-pk"]
        indexes = [models.Index(fields=["-needed_at", "-id"], name="interpreters_by_time")]

    @property
    def asked(self) -> Moment:
        """When it was asked for, and when that was recorded."""
        return Moment(self.asked_at, self.recorded_at)

    @property
    def language_in_words(self) -> str:
        """The language, or way of communicating, as pages show it."""
        return self.language_other if self.language == Language.OTHER else str(Language(self.language).label)


class ProviderReply(Fact):
    """How it stands with one provider: asked, confirmed or cannot. interpreter_reference: whom they send, as they name them."""

    request = models.ForeignKey(InterpreterRequest, on_delete=models.PROTECT, related_name="replies")
    provider = models.ForeignKey(InterpreterProvider, on_delete=models.PROTECT, related_name="replies")
    answer = models.CharField(max_length=20, choices=ReplyKind)
    interpreter_reference = models.CharField(max_length=60, blank=True)
    words = models.TextField(blank=True)


class InterpreterPresence(Fact):
    """Whether the interpreter came. occurred_at: when they came; the time at which they should have, where they did not."""

    request = models.ForeignKey(InterpreterRequest, on_delete=models.PROTECT, related_name="attendances")
    outcome = models.CharField(max_length=20, choices=Attended)
    words = models.TextField(blank=True)

    class Meta(Fact.Meta):
        verbose_name = "interpreter attendance"

    @property
    def late_by(self) -> timedelta:
        """How long after the time that was asked for they came."""
        return max(self.occurred_at - self.request.needed_at, timedelta())


class InterpreterCancel(Fact):
    """The request came to nothing before its time, and why."""

    request = models.ForeignKey(InterpreterRequest, on_delete=models.PROTECT, related_name="cancellations")
    why = models.CharField(max_length=20, choices=WhyCancelled)
    words = models.TextField(blank=True)

    class Meta(Fact.Meta):
        verbose_name = "interpreter cancellation"


class FamilyInterpreter(Fact):
    """Somebody who is no interpreter interpreted: who, and why. A child most of all should never have to."""

    request = models.ForeignKey(InterpreterRequest, on_delete=models.PROTECT, related_name="stand_ins")
    who = models.CharField(max_length=20, choices=StandIn)
    why = models.TextField()

    @property
    def is_child(self) -> bool:
        """Whether a child was made to interpret."""
        return self.who == StandIn.CHILD


class UnderstoodAnswer(Fact):
    """What the family said when they were asked afterwards whether they had understood and been understood."""

    request = models.ForeignKey(InterpreterRequest, on_delete=models.PROTECT, related_name="understood")
    answer = models.CharField(max_length=20, choices=Understood)
    words = models.TextField(blank=True)
