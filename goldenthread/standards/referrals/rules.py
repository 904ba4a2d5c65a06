"""When something about a referral is allowed. Each rule raises Refused with what to do about it."""

from goldenthread.cases.models import CaseFile
from goldenthread.core.errors import Refused
from goldenthread.core.rules import check_choice, check_not_future, check_time, check_words
from goldenthread.people.models import Team
from goldenthread.standards.referrals.choices import PRIVATE_KINDS, SPOKEN, AgencyKind, OffenceAnswer, PoliceAnswer

__all__ = [
    "check_choice",
    "check_file_open",
    "check_not_future",
    "check_offence_view",
    "check_police_advice",
    "check_referrer",
    "check_takes_referrals",
    "check_time",
    "check_words",
    "check_written",
]


def check_referrer(agency_kind: str, agency_name: str, referrer_name: str) -> None:
    """An agency is named; a private person too, unless they would not say."""
    if agency_kind not in PRIVATE_KINDS and not agency_name.strip():
        raise Refused("Name the agency that refers.")
    if agency_kind != AgencyKind.ANONYMOUS and not referrer_name.strip():
        raise Refused("Name the person who refers, or say that they are anonymous.")


def check_file_open(case_file: CaseFile) -> None:
    """What comes in about a child whose file was closed begins a new file: on a closed one nobody would look for it."""
    if case_file.closed_at is not None:
        raise Refused(f"Case file {case_file.reference} is closed: start a new file for this referral.")


def check_takes_referrals(team: Team | None) -> None:
    """A new case file starts in a team that takes referrals."""
    if team is None or not team.takes_referrals:
        raise Refused("Choose a team that takes referrals.")


def check_written(how: str) -> None:
    """A written confirmation is in writing."""
    if how in SPOKEN:
        raise Refused("A written confirmation is a letter, an e-mail, a form or a fax.")


def check_offence_view(answer: str, why: str) -> None:
    """“No” and “not known yet” say why; “yes” needs no defence."""
    check_choice(answer, OffenceAnswer.choices, "whether this may be an offence")
    if answer != OffenceAnswer.YES:
        check_words(why, "why you think so")


def check_police_advice(answer: str, advised: str, police_reference: str, why: str) -> None:
    """Advised: whom, and under what reference. Not yet: why."""
    check_choice(answer, PoliceAnswer.choices, "whether the police have been advised")
    if answer == PoliceAnswer.ADVISED:
        check_words(advised, "who was advised")
        if not police_reference.strip():
            raise Refused("Write the reference that the police gave, or the officer's number.")
    else:
        check_words(why, "why the police have not been advised yet")
