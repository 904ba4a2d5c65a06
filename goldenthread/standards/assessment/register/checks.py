"""Checks of the register: what was asked, what was shown, and what was decided of it."""

from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse

from goldenthread.cases.facts import Fact, Standing, standing
from goldenthread.cases.finding.judging import REASONS
from goldenthread.cases.models import Child
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.register.choices import SURE, Answer, State
from goldenthread.standards.referrals.models import Referral

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class RegisterCheck(models.Model):
    """One search of the register, for a referral or for somebody who asks (asker, agency, contact, purpose). It counts from
    when it is decided. phone: whom to phone about a record that is closed to whoever asked."""

    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, blank=True, related_name="register_checks"
    )
    asker = models.CharField("who asks", max_length=120, blank=True)
    agency = models.CharField("from where", max_length=120, blank=True)
    contact = models.CharField("how they were called back", max_length=200, blank=True)
    purpose = models.CharField("why they ask", max_length=300, blank=True)
    phone = models.ManyToManyField(Officer, related_name="+")
    asked_at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=40, null=True, blank=True, unique=True)
    if TYPE_CHECKING:
        referral_id: int | None
        asked: RelatedManager["AskedAfter"]
        decisions: RelatedManager["CheckDecision"]

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"register check {self.pk}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("check", args=[self.pk])

    @property
    def decided(self) -> Standing["CheckDecision"] | None:
        """What was decided of it, as it stands."""
        found = standing(self.decisions.all())
        return found[0] if found else None


class AskedAfter(models.Model):
    """A child that a check asked about: what was said of them, and how the record on the referral stood to the register.

    child: that record, where the check is a referral's. address: locked, since it may be one that is confidential
    (`trail.sealed`); no page shows it.
    """

    check_of = models.ForeignKey(RegisterCheck, on_delete=models.PROTECT, related_name="asked")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    given_names = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    other_names = models.CharField(max_length=300, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    address = models.TextField(blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.NONE)
    entry = models.ForeignKey("RegisterEntry", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    if TYPE_CHECKING:
        shown: RelatedManager["Shown"]

    class Meta:
        ordering = ["pk"]
        verbose_name = "child asked after"
        verbose_name_plural = "children asked after"

    def __str__(self) -> str:
        return f"child asked after {self.pk}"

    @property
    def name(self) -> str:
        """As it was said."""
        return f"{self.given_names} {self.family_name}".strip()


class Shown(models.Model):
    """A record that a check showed as perhaps the child's: at which place, how near (0 to 100), why (keys), and how the child
    stood to the register then."""

    asked = models.ForeignKey(AskedAfter, on_delete=models.PROTECT, related_name="shown")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    score = models.PositiveSmallIntegerField()
    why = models.JSONField(default=list)
    state = models.CharField(max_length=20, choices=State)
    entry = models.ForeignKey("RegisterEntry", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    if TYPE_CHECKING:
        answers: RelatedManager["CandidateAnswer"]
        settled: RelatedManager["CheckSettled"]

    class Meta:
        ordering = ["place", "pk"]
        verbose_name = "record shown"
        verbose_name_plural = "records shown"

    def __str__(self) -> str:
        return f"record shown {self.pk}"

    @property
    def reasons(self) -> list[str]:
        """Why, in words."""
        return [REASONS[key] for key in self.why]


class CheckDecision(Fact):
    """What was decided of all that a check showed. Nobody found is a decision too."""

    check_of = models.ForeignKey(RegisterCheck, on_delete=models.PROTECT, related_name="decisions")
    note = models.CharField(max_length=300, blank=True)
    if TYPE_CHECKING:
        answers: RelatedManager["CandidateAnswer"]


class CandidateAnswer(models.Model):
    """What a decision says of one record that was shown."""

    decision = models.ForeignKey(CheckDecision, on_delete=models.PROTECT, related_name="answers")
    shown = models.ForeignKey(Shown, on_delete=models.PROTECT, related_name="answers")
    answer = models.CharField(max_length=20, choices=Answer)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"candidate answer {self.pk}"


class CheckSettled(Fact):
    """A manager's answer where a check was not sure of a record."""

    shown = models.ForeignKey(Shown, on_delete=models.PROTECT, related_name="settled")
    answer = models.CharField(max_length=20, choices=SURE)
    words = models.CharField("how it is known", max_length=300)
