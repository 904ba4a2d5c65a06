"""Children in hospital, and what was done for them there. Only the verbs (`actions`, `corrections`) write them."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

from goldenthread.cases.facts import Fact, Standing, standing
from goldenthread.cases.models import CaseFile, Child
from goldenthread.cases.records import NamedOnFile, OnFileQuerySet
from goldenthread.core.clock import Moment
from goldenthread.people.models import Officer, Team
from goldenthread.standards.assessment.hospital.choices import Harm, How, Step, Told
from goldenthread.standards.referrals.models import Referral

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class HospitalNotification(NamedOnFile):
    """A hospital told us of one or more children who are there together. received_at is when it was true, recorded_at
    when known. harm: whether somebody may have harmed them on purpose, as it was seen then; `HarmReview` is how it is seen
    later. referral: the one that it came as, where it did."""

    letters, page = "H", "hospital"
    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="hospital_notifications")
    children = models.ManyToManyField(Child, related_name="hospital_notifications")
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, blank=True, related_name="hospital_notifications"
    )
    told = models.CharField(max_length=20, choices=Told)
    hospital = models.CharField(max_length=120)
    ward = models.CharField(max_length=120, blank=True)
    told_by = models.CharField("who told us", max_length=120)
    concern = models.TextField()
    harm = models.CharField(max_length=20, choices=Harm)
    admitted_at = models.DateTimeField()
    received_at = models.DateTimeField()

    objects = OnFileQuerySet["HospitalNotification"].as_manager()
    if TYPE_CHECKING:
        visits: RelatedManager["WardVisit"]
        steps: RelatedManager["StepTaken"]
        harm_reviews: RelatedManager["HarmReview"]
        plans: RelatedManager["DischargePlan"]
        discharges: RelatedManager["Discharge"]
        escalations: RelatedManager["Escalation"]

    class Meta:
        ordering = ["-received_at", "-pk"]

    @property
    def received(self) -> Moment:
        """When the hospital told us, and when that was recorded."""
        return Moment(self.received_at, self.recorded_at)

    def discharge(self) -> Standing["Discharge"] | None:
        """The discharge that stands."""
        return next(iter(standing(self.discharges.all())), None)

    def harm_at(self, instant: datetime | None = None) -> str:
        """How it was seen at an instant whether somebody harmed the child (None: how it is seen last)."""
        seen = str(self.harm)
        for review in standing(self.harm_reviews.all()):
            if instant is None or review.moment.occurred_at <= instant:
                seen = review.fact.answer
        return seen


class WardVisit(Fact):
    """A social worker saw the children in the hospital; seen: how they were found."""

    notification = models.ForeignKey(HospitalNotification, on_delete=models.PROTECT, related_name="visits")
    seen = models.TextField("how the child was found")


class StepTaken(Fact):
    """One step of the protocol was taken, or somebody said why it need not be."""

    notification = models.ForeignKey(HospitalNotification, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20, choices=Step)
    needed = models.BooleanField(default=True)
    words = models.TextField("what came of it")

    class Meta(Fact.Meta):
        verbose_name = "protocol step"


class HarmReview(Fact):
    """Whether somebody may have harmed the child on purpose, looked at again, and why. “No” is for a manager to say."""

    notification = models.ForeignKey(HospitalNotification, on_delete=models.PROTECT, related_name="harm_reviews")
    answer = models.CharField(max_length=20, choices=Harm)
    why = models.TextField()


class DischargePlan(Fact):
    """What is to happen when the child leaves, and who agreed to it; occurred_at is when the last of them did."""

    notification = models.ForeignKey(HospitalNotification, on_delete=models.PROTECT, related_name="plans")
    where_to = models.CharField("where the child goes", max_length=200)
    with_whom = models.CharField("who looks after the child there", max_length=200)
    visits = models.TextField("who visits, and when first")
    consultant = models.CharField("the consultant who agreed", max_length=120)
    worker = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    manager = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")


class Discharge(Fact):
    """The child left the hospital: how, where to, and, where it was not as agreed, what was done about it.

    team and escalated_to: who answered for the file when it was recorded, to whom a discharge without a plan goes.
    """

    notification = models.ForeignKey(HospitalNotification, on_delete=models.PROTECT, related_name="discharges")
    how = models.CharField(max_length=20, choices=How)
    where_to = models.CharField("where the child went", max_length=200)
    done = models.TextField("what was done about it", blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    escalated_to = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")


class Escalation(Fact):
    """A senior manager answered to a discharge that was not as agreed: what is to be done for the child now."""

    notification = models.ForeignKey(HospitalNotification, on_delete=models.PROTECT, related_name="escalations")
    words = models.TextField("what is to be done")
