"""What of a referral is told in the chronology of its case file."""

from typing import Any

from goldenthread.cases.events import Significance, Source, by_file, page, tells
from goldenthread.standards.referrals.choices import AgencyKind, OffenceAnswer, PoliceAnswer
from goldenthread.standards.referrals.models import (
    Acknowledgement,
    Amendment,
    Chaser,
    Decision,
    NeedMet,
    OffenceView,
    OnwardReferral,
    OnwardResponse,
    PoliceAdvice,
    PoliceTold,
    Referral,
    UnmetNeed,
    UnmetNeedAnswer,
    WrittenConfirmation,
)
from goldenthread.standards.referrals.timeline import said

_FROM: dict[str, Source] = {
    AgencyKind.POLICE: Source.POLICE,
    AgencyKind.SCHOOL: Source.EDUCATION,
    AgencyKind.EDUCATION: Source.EDUCATION,
    AgencyKind.HEALTH: Source.HEALTH,
    AgencyKind.HOUSING: Source.HOUSING,
    AgencyKind.PROBATION: Source.JUSTICE,
    AgencyKind.COUNCIL: Source.COUNCIL,
    AgencyKind.OTHER_COUNCIL: Source.COUNCIL,
    AgencyKind.VOLUNTARY: Source.VOLUNTARY,
    AgencyKind.LEGAL: Source.LEGAL,
    AgencyKind.OTHER: Source.OTHER,
}


def source_of(kind: str) -> Source:
    """Which agency, of the kinds that refer: private people are the family or the public."""
    return _FROM.get(kind, Source.FAMILY)


def _received(row: Referral) -> tuple[str, tuple[str, ...]]:
    # A chronology is printed and read by the family: who referred as a private person is not named in it.
    who = row.referrer if row.professional else row.get_agency_kind_display().lower()
    return f"Referral {row.reference} from {who}", (row.concern,)


def _amended(row: Amendment) -> tuple[str, tuple[str, ...]]:
    return f"What was written about the referral was put right: {row.field.replace('_', ' ')}", (row.reason,)


def _if(field: str, value: str) -> Any:
    return lambda row: Significance.SIGNIFICANT if getattr(row, field) == value else Significance.ROUTINE


_UP, _CHILDREN = "referral__case_file", ("referral", "children")
_ON_REFERRAL: dict[str, Any] = {"on": by_file(_UP), "url": page("referral", "referral_id"), "whose": _CHILDREN}

tells(
    Referral, on=by_file(), said=_received, when="received_at", url=page("referral"), whose=("", "children"),
    source=lambda row: source_of(row.agency_kind), significance=Significance.SIGNIFICANT, with_=("agency",),
)  # fmt: skip
tells(Amendment, said=_amended, when="recorded_at", **_ON_REFERRAL)
tells(Decision, said=said, significance=Significance.SIGNIFICANT, **_ON_REFERRAL)
tells(Acknowledgement, said=said, **_ON_REFERRAL)
tells(
    WrittenConfirmation, said=said, source=lambda row: source_of(row.referral.agency_kind), with_=("referral",),
    **_ON_REFERRAL,
)  # fmt: skip
tells(OffenceView, said=said, significance=_if("answer", OffenceAnswer.YES), **_ON_REFERRAL)
tells(
    PoliceAdvice, said=said, source=Source.POLICE, significance=_if("answer", PoliceAnswer.ADVISED), **_ON_REFERRAL
)  # fmt: skip
tells(
    OnwardReferral, said=said, source=lambda row: source_of(row.agency.kind), significance=Significance.SIGNIFICANT,
    with_=("agency",), **_ON_REFERRAL,
)  # fmt: skip
_ON_ONWARD: dict[str, Any] = {
    "on": by_file("onward__" + _UP), "url": page("referral", "onward.referral_id"), "whose": ("onward.referral", "children"),
}  # fmt: skip
tells(PoliceTold, said=said, source=Source.POLICE, with_=("onward",), **_ON_ONWARD)
tells(
    OnwardResponse, said=said, source=lambda row: source_of(row.onward.agency.kind), with_=("onward__agency",),
    **_ON_ONWARD,
)  # fmt: skip
tells(
    UnmetNeedAnswer, said=said, on=by_file("decision__" + _UP), url=page("referral", "decision.referral_id"),
    whose=("decision.referral", "children"), with_=("decision",),
)  # fmt: skip
tells(
    UnmetNeed, said=said, on=by_file("answer__decision__" + _UP), url=page("referral", "answer.decision.referral_id"),
    whose=("answer.decision.referral", "children"), significance=Significance.SIGNIFICANT, with_=("answer__decision",),
)  # fmt: skip
tells(
    NeedMet, said=said, on=by_file("need__answer__decision__" + _UP),
    url=page("referral", "need.answer.decision.referral_id"), whose=("need.answer.decision.referral", "children"),
    with_=("need__answer__decision",),
)  # fmt: skip
tells(
    Chaser, said=lambda row: ("Chaser drafted to the agency", ()), when="recorded_at", **_ON_REFERRAL,
)  # fmt: skip
