"""What a case file's page shows of hospitals."""

from django.urls import reverse

from goldenthread.cases.facts import standing
from goldenthread.cases.models import CaseFile
from goldenthread.cases.sections import Row, Section
from goldenthread.core.templatetags.words import moment
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.hospital.choices import How
from goldenthread.standards.assessment.hospital.models import HospitalNotification
from goldenthread.standards.referrals.choices import AgencyKind
from goldenthread.standards.referrals.models import Referral

_SHOWN = 10


def beside_referral(referral: Referral, officer: Officer) -> list[tuple[str, str]]:
    """The notifications that a referral from the health service came with. One query for such a one, none for others."""
    if referral.agency_kind != AgencyKind.HEALTH:
        return []
    found = HospitalNotification.objects.filter(referral=referral)
    return [(f"Hospital notification {one}", one.get_absolute_url()) for one in found]


def section(officer: Officer, case_file: CaseFile, *, may_record: bool) -> Section | None:
    """The notifications, newest first, and whether the children are still in hospital. Two queries."""
    found = HospitalNotification.objects.filter(case_file=case_file).prefetch_related("discharges")
    rows = []
    for notification in found[:_SHOWN]:
        left = next(iter(standing(notification.discharges.all())), None)
        tag, colour = ("In hospital", "blue") if left is None else ("Left", "grey")
        if left and left.fact.how != How.PLANNED:
            tag, colour = "Left, not as agreed", "red"
        referral = f", referral R{notification.referral_id:06d}" if notification.referral_id else ""
        rows.append(
            Row(
                f"{notification.hospital}, {notification.reference}",
                notification.get_absolute_url(),
                f"Told {moment(notification.received_at)}{referral}",
                tag,
                colour,
            )
        )
    if not rows and not may_record:
        return None
    links = [("A child is in hospital", reverse("file-hospital", args=[case_file.pk]))] if may_record else []
    return Section(
        "Hospital", rows, [*links, ("Children in hospital now", reverse("hospital-children"))], "No hospital has told us of these children."
    )  # fmt: skip
