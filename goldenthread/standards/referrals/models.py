"""Referrals, and the facts that hang on them. Only the verbs (`actions`, `onward`, `unmet_need`, `corrections`) write them."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse

from goldenthread.cases.facts import Fact, Standing, standing
from goldenthread.cases.models import CaseFile, Child
from goldenthread.cases.records import NamedOnFile, OnFileQuerySet
from goldenthread.core.clock import Moment
from goldenthread.people.models import Officer, Team
from goldenthread.standards.referrals.choices import (
    SPOKEN,
    AgencyKind,
    DecisionKind,
    Need,
    OffenceAnswer,
    PoliceAnswer,
    QuantityUnit,
    Recipient,
    ResponseKind,
    Route,
    WhyUnmet,
)

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Agency(models.Model):
    """An agency that refers, or is referred to, under one spelling."""

    kind = models.CharField(max_length=20, choices=AgencyKind)
    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=120, unique=True, editable=False)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name

    @classmethod
    def called(cls, name: str, kind: str) -> "Agency":
        """The agency of this name, however it is spaced and capitalised; made when it is new."""
        tidy = " ".join(name.split())
        return cls.objects.get_or_create(name_key=tidy.casefold(), defaults={"name": tidy, "kind": kind})[0]


class Referral(NamedOnFile):
    """A concern about one or more children, as it reached us. received_at is when it was true, recorded_at when known."""

    letters, page = "R", "referral"
    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="referrals")
    children = models.ManyToManyField(Child, related_name="referrals")
    agency_kind = models.CharField(max_length=20, choices=AgencyKind)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals")
    professional = models.BooleanField()
    referrer_name = models.CharField(max_length=120, blank=True)
    referrer_contact = models.CharField(max_length=200, blank=True)
    route = models.CharField(max_length=20, choices=Route)
    concern = models.TextField()
    received_at = models.DateTimeField()

    objects = OnFileQuerySet["Referral"].as_manager()
    if TYPE_CHECKING:
        decisions: RelatedManager["Decision"]
        acknowledgements: RelatedManager["Acknowledgement"]
        written_confirmations: RelatedManager["WrittenConfirmation"]
        offence_views: RelatedManager["OffenceView"]
        police_advice: RelatedManager["PoliceAdvice"]
        onward_referrals: RelatedManager["OnwardReferral"]
        chasers: RelatedManager["Chaser"]
        amendments: RelatedManager["Amendment"]

    class Meta:
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["-received_at", "-id"], name="referrals_newest_first")]

    @property
    def received(self) -> Moment:
        """When it was received, and when that was recorded."""
        return Moment(self.received_at, self.recorded_at)

    @property
    def owes_written_confirmation(self) -> bool:
        """Whether an agency told us of it by word of mouth only."""
        return self.professional and self.route in SPOKEN

    @property
    def referrer(self) -> str:
        """Who referred, in words: the agency and the person."""
        agency = self.agency.name if self.agency else self.get_agency_kind_display()
        return f"{self.referrer_name}, {agency}" if self.referrer_name else agency

    def seen_as_offence(self) -> Standing["OffenceView"] | None:
        """The first standing view that this may be an offence against a child."""
        return next((s for s in standing(self.offence_views.all()) if s.fact.answer == OffenceAnswer.YES), None)


class Amendment(models.Model):
    """A correction of what was first written about a referral: what it said before stays here."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="amendments")
    field = models.CharField(max_length=40)
    was = models.TextField(blank=True)
    reason = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return f"amendment {self.pk}"


class Decision(Fact):
    """What is to happen, and why. team: the team that held the case file when it was made."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="decisions")
    what = models.CharField(max_length=30, choices=DecisionKind)
    reason = models.TextField()
    # Without an index: figures go by day first, of which there are many, and teams are few.
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", db_index=False)
    if TYPE_CHECKING:
        unmet_need_answers: RelatedManager["UnmetNeedAnswer"]

    class Meta(Fact.Meta):
        indexes = [*Fact.Meta.indexes, models.Index(fields=["occurred_at"], name="decisions_by_date")]


class Acknowledgement(Fact):
    """The referrer was told that the referral was received."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="acknowledgements")
    how = models.CharField(max_length=20, choices=Route)


class WrittenConfirmation(Fact):
    """An agency confirmed in writing what it had told us; occurred_at is when the writing was received."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="written_confirmations")
    how = models.CharField(max_length=20, choices=[c for c in Route.choices if c[0] not in SPOKEN])


class OffenceView(Fact):
    """Someone's answer to: may this be a criminal offence against a child?"""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="offence_views")
    answer = models.CharField(max_length=20, choices=OffenceAnswer)
    why = models.TextField(blank=True)


class PoliceAdvice(Fact):
    """The police were advised (whom, reference), or were not yet, and why not."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="police_advice")
    answer = models.CharField(max_length=20, choices=PoliceAnswer)
    advised = models.CharField("who was advised", max_length=120, blank=True)
    police_reference = models.CharField(max_length=80, blank=True)
    why = models.TextField(blank=True)


class OnwardReferral(Fact):
    """A referral that we made to another agency, and for what; occurred_at is when it was made."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="onward_referrals")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="onward_referrals")
    purpose = models.TextField(blank=True)
    if TYPE_CHECKING:
        police_told: RelatedManager["PoliceTold"]
        responses: RelatedManager["OnwardResponse"]


class PoliceTold(Fact):
    """The police were told of an onward referral."""

    onward = models.ForeignKey(OnwardReferral, on_delete=models.PROTECT, related_name="police_told")
    told = models.CharField("who was told", max_length=120)
    police_reference = models.CharField(max_length=80, blank=True)


class OnwardResponse(Fact):
    """What the agency answered to an onward referral."""

    onward = models.ForeignKey(OnwardReferral, on_delete=models.PROTECT, related_name="responses")
    answer = models.CharField(max_length=20, choices=ResponseKind)
    words = models.TextField(blank=True)


class UnmetNeedAnswer(Fact):
    """The answer, at one decision, to: what was needed and not provided? Nothing unmet is an answer; blank is none."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="unmet_need_answers")
    nothing_unmet = models.BooleanField()
    if TYPE_CHECKING:
        needs: RelatedManager["UnmetNeed"]


class UnmetNeed(Fact):
    """Something that was needed and not provided. since: the day from which it was needed."""

    answer = models.ForeignKey(UnmetNeedAnswer, on_delete=models.PROTECT, related_name="needs")
    need = models.CharField(max_length=30, choices=Need)
    needed = models.CharField("what was needed", max_length=300)
    offered = models.CharField("what was offered instead", max_length=300, blank=True)
    why = models.CharField("why it was not provided", max_length=20, choices=WhyUnmet)
    quantity = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=20, choices=QuantityUnit, blank=True)
    since = models.DateField()
    if TYPE_CHECKING:
        met: RelatedManager["NeedMet"]

    class Meta(Fact.Meta):
        indexes = [*Fact.Meta.indexes, models.Index(fields=["occurred_at"], name="unmet_needs_by_date")]


class NeedMet(Fact):
    """A need that was unmet is met."""

    need = models.ForeignKey(UnmetNeed, on_delete=models.PROTECT, related_name="met")
    how = models.CharField(max_length=300)


class Chaser(models.Model):
    """The draft of a letter to an agency whose written confirmation is overdue. It names no child."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="chasers")
    words = models.TextField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=40, null=True, blank=True, unique=True)

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        indexes = [models.Index(fields=["-recorded_at", "-id"], name="chasers_newest_first")]

    def __str__(self) -> str:
        return f"chaser {self.pk}"


class ReportCycle(models.Model):
    """The duty to report unmet need each month, from the month of `started_on`, and the officer who owes it."""

    started_on = models.DateField()
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    if TYPE_CHECKING:
        sent: RelatedManager["ReportSent"]

    def __str__(self) -> str:
        return f"monthly report of unmet need from {self.started_on:%Y-%m}"

    def get_absolute_url(self) -> str:
        """The page of unmet need, where a report sent is recorded."""
        return reverse("unmet-need")


class ReportSent(Fact):
    """The report on one month went to one recipient. month: its first day."""

    cycle = models.ForeignKey(ReportCycle, on_delete=models.PROTECT, related_name="sent")
    month = models.DateField()
    recipient = models.CharField(max_length=20, choices=Recipient)


def month_after(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
