"""What of children in hospital is told in the chronology of a case file."""

from typing import Any

from goldenthread.cases.events import Significance, Source, by_file, page, tells
from goldenthread.core.templatetags.words import moment
from goldenthread.standards.assessment.hospital.models import (
    Discharge,
    DischargePlan,
    Escalation,
    HarmReview,
    HospitalNotification,
    StepTaken,
    WardVisit,
)
from goldenthread.standards.assessment.hospital.timeline import said


def _notified(row: HospitalNotification) -> tuple[str, tuple[str, ...]]:
    harm = f"May somebody have harmed the child? {row.get_harm_display()}"
    return f"In {row.hospital} since {moment(row.admitted_at)}: we were told", (row.concern, harm)


_ON: dict[str, Any] = {
    "said": said, "on": by_file("notification__case_file"), "url": page("hospital", "notification_id"),
    "whose": ("notification", "children"),
}  # fmt: skip
tells(
    HospitalNotification, said=_notified, on=by_file(), when="received_at", url=page("hospital"), whose=("", "children"),
    source=Source.HEALTH, significance=Significance.SIGNIFICANT,
)  # fmt: skip
tells(WardVisit, significance=Significance.SIGNIFICANT, **_ON)
tells(StepTaken, **_ON)
tells(HarmReview, significance=Significance.SIGNIFICANT, **_ON)
tells(DischargePlan, source=Source.HEALTH, with_=("worker", "manager"), **_ON)
tells(Discharge, source=Source.HEALTH, significance=Significance.SIGNIFICANT, **_ON)
tells(Escalation, significance=Significance.SIGNIFICANT, **_ON)
