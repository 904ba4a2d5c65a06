"""When something about legal advice is allowed. Each rule raises Refused with what to do about it."""

import re
from datetime import datetime, timedelta

from goldenthread.core.errors import Refused
from goldenthread.core.rules import check_choice, check_not_future, check_time, check_words
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.legal.models import LegalRota, RotaShift, Solicitor

__all__ = [
    "check_choice", "check_keeper", "check_not_future", "check_phone", "check_shift", "check_solicitor", "check_time",
    "check_until", "check_words", "the_rota",
]  # fmt: skip
LONGEST = timedelta(days=8)
FURTHEST = timedelta(days=400)


def the_rota() -> LegalRota:
    """The rota, held until the transaction ends, so that two who change it come one after the other."""
    rota = LegalRota.objects.select_for_update().first()
    if rota is None:
        raise Refused("There is no rota yet: say first who keeps it.")
    return rota


def check_keeper(officer: Officer) -> None:
    """Whoever keeps the rota may change it."""
    if not officer.is_active or not officer.may(Permission.KEEP_LEGAL_ROTA):
        raise Refused(f"{officer.name} cannot keep the rota: choose a group manager, a head of service or a director.")


def check_phone(phone: str) -> None:
    """A number that somebody can ring."""
    if len(re.sub(r"\D", "", phone)) < 3:
        raise Refused("Write a phone number that can be rung.")


def check_solicitor(solicitor: Solicitor) -> None:
    """Only those who are still on the rota can be put on it: asked anew, as somebody may just have taken them off."""
    if not Solicitor.objects.filter(pk=solicitor.pk, on_rota=True).exists():
        raise Refused(f"{solicitor.name} is no longer on the rota: choose somebody else.")


def check_shift(starts_at: datetime, ends_at: datetime, arranged_at: datetime) -> None:
    """A shift ends after it begins, is not too long, and began no sooner than it was arranged."""
    check_not_future(arranged_at, "arranging it")
    if ends_at <= starts_at:
        raise Refused("The shift must end after it begins.")
    if ends_at - starts_at > LONGEST:
        raise Refused("A shift is eight days at most: enter the next one by itself.")
    if starts_at < arranged_at.replace(second=0, microsecond=0):
        raise Refused("Nobody is on call before it was arranged with them: check when that was, and when it begins.")
    if starts_at - arranged_at > FURTHEST:
        raise Refused("That is more than thirteen months ahead: check the year.")


def check_until(shift: RotaShift, ends_at: datetime, still_until: datetime) -> None:
    """A shift is cut short within itself, and before it ends already."""
    if not shift.starts_at <= ends_at < still_until:
        raise Refused(
            "Give a time within the shift, before it ends already; its beginning, if they are not on call at all."
        )
