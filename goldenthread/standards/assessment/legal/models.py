"""The rota of legal advice and what is asked of it. Only the verbs (`rota`, `actions`, `corrections`) write them."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse

from goldenthread.cases.facts import Fact
from goldenthread.cases.models import CaseFile
from goldenthread.cases.records import NamedOnFile, OnFileQuerySet
from goldenthread.core.clock import Moment
from goldenthread.core.templatetags.words import day
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.legal.choices import Call, Outcome, Urgency
from goldenthread.standards.assessment.legal.coverage import is_office_hours

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class PartnerCouncil(models.Model):
    """A council whose solicitors share the rota, under one spelling."""

    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=120, unique=True, editable=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def called(cls, name: str) -> "PartnerCouncil":
        """The council of this name, however it is spaced and capitalised; made when it is new."""
        tidy = " ".join(name.split())
        return cls.objects.get_or_create(name_key=tidy.casefold(), defaults={"name": tidy})[0]


class Solicitor(models.Model):
    """Somebody who gives legal advice on the rota: no officer, and without an account. on_rota: may be put on it."""

    name = models.CharField(max_length=120)
    council = models.ForeignKey(PartnerCouncil, on_delete=models.PROTECT, related_name="solicitors")
    phone = models.CharField(max_length=40)
    on_rota = models.BooleanField(default=True)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return f"{self.name}, {self.council}"


class LegalRota(models.Model):
    """That the service undertakes to have a solicitor on call at every minute, from an instant on."""

    started_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    if TYPE_CHECKING:
        keepers: RelatedManager["RotaKeeper"]
        weeks: RelatedManager["CoverWeek"]
        shifts: RelatedManager["RotaShift"]
        test_calls: RelatedManager["TestCall"]

    class Meta:
        verbose_name = "legal rota"

    def __str__(self) -> str:
        return "the number for legal advice"

    def get_absolute_url(self) -> str:
        """The rota's page."""
        return reverse("legal-rota")

    def keeper_at(self, instant: datetime | None) -> "RotaKeeper | None":
        """Who kept it at an instant (None: the last to whom it was given). Reads `keepers` once."""
        kept = sorted(self.keepers.all(), key=lambda keeper: (keeper.since_at, keeper.pk))
        earlier = [keeper for keeper in kept if instant is None or keeper.since_at <= instant]
        return earlier[-1] if earlier else (kept[0] if kept else None)


class RotaKeeper(models.Model):
    """From an instant on, this officer keeps the rota and owes its gaps, until the next one does."""

    rota = models.ForeignKey(LegalRota, on_delete=models.PROTECT, related_name="keepers")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    since_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["since_at", "pk"]

    def __str__(self) -> str:
        return f"rota keeper {self.pk}"


class CoverWeek(models.Model):
    """A week, Monday to Sunday in London, in which somebody is to be on call at every minute."""

    rota = models.ForeignKey(LegalRota, on_delete=models.PROTECT, related_name="weeks")
    starts_at = models.DateTimeField(unique=True)
    ends_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    if TYPE_CHECKING:
        shifts: RelatedManager["RotaShift"]

    class Meta:
        ordering = ["starts_at"]

    def __str__(self) -> str:
        return f"legal advice in the week of {day(self.starts_at)}"

    def get_absolute_url(self) -> str:
        """The rota, from this week on."""
        return f"{reverse('legal-rota')}#week-{self.pk}"


class RotaShift(Fact):
    """A solicitor is on call from `starts_at` up to `ends_at`; occurred_at is when that was arranged with them.

    weeks: those that it touches. One that was entered by mistake is withdrawn; one that was arranged, and then not kept or
    not to be kept, has a `ShiftEnd`.
    """

    rota = models.ForeignKey(LegalRota, on_delete=models.PROTECT, related_name="shifts")
    solicitor = models.ForeignKey(Solicitor, on_delete=models.PROTECT, related_name="shifts")
    call = models.CharField(max_length=10, choices=Call, default=Call.FIRST)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    weeks = models.ManyToManyField(CoverWeek, related_name="shifts")
    if TYPE_CHECKING:
        ends: RelatedManager["ShiftEnd"]

    class Meta(Fact.Meta):
        indexes = [*Fact.Meta.indexes, models.Index(fields=["ends_at", "starts_at"], name="rota_shifts_by_end")]
        constraints = [
            models.CheckConstraint(
                name="rota_shift_ends_after_it_starts", condition=models.Q(ends_at__gt=models.F("starts_at"))
            )
        ]


class ShiftEnd(Fact):
    """A solicitor is not on call after all from `ends_at` on (from the start: not at all), and why; occurred_at is when
    that was known to us. instead: the shift of whoever took it over."""

    shift = models.ForeignKey(RotaShift, on_delete=models.PROTECT, related_name="ends")
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    instead = models.ForeignKey(RotaShift, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Fact.Meta):
        verbose_name = "shift cut short"


class TestCall(Fact):
    """Somebody rang the number for legal advice to see whether it is answered; occurred_at is when they rang."""

    __test__ = False  # no test of ours, whatever its name looks like

    rota = models.ForeignKey(LegalRota, on_delete=models.PROTECT, related_name="test_calls")
    answered = models.BooleanField()
    minutes = models.PositiveSmallIntegerField("minutes until a solicitor spoke", null=True, blank=True)
    words = models.CharField("what happened", max_length=300, blank=True)


class AdviceRequest(NamedOnFile):
    """Somebody asked a solicitor for advice about a case file. asked_at is when it was true, recorded_at when known."""

    letters, page = "L", "advice"
    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="advice_requests")
    question = models.TextField()
    urgency = models.CharField(max_length=10, choices=Urgency)
    asked_at = models.DateTimeField()

    objects = OnFileQuerySet["AdviceRequest"].as_manager()
    if TYPE_CHECKING:
        answers: RelatedManager["AdviceAnswer"]

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = "request for legal advice"

    @property
    def asked(self) -> Moment:
        """When it was asked, and when that was recorded."""
        return Moment(self.asked_at, self.recorded_at)

    @property
    def out_of_hours(self) -> bool:
        """Whether it was asked out of office hours."""
        return not is_office_hours(self.asked_at)


class AdviceAnswer(Fact):
    """What a solicitor advised; occurred_at is when a solicitor first spoke to us about it. privileged: it is shown only to
    those who may write to the case file."""

    request = models.ForeignKey(AdviceRequest, on_delete=models.PROTECT, related_name="answers")
    solicitor = models.ForeignKey(Solicitor, on_delete=models.PROTECT, related_name="answers")
    advice = models.TextField("what was advised")
    privileged = models.BooleanField("legally privileged", default=True)
    outcome = models.CharField("what comes of it", max_length=20, choices=Outcome)

    class Meta(Fact.Meta):
        verbose_name = "legal advice"
