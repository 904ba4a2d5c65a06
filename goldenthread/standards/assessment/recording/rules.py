"""When a contact may be recorded so. Each rule raises Refused with what to do about it."""

from collections.abc import Collection, Mapping
from datetime import datetime

from goldenthread.cases.models import CaseFile
from goldenthread.core.errors import Refused
from goldenthread.core.rules import check_choice, check_time, check_words
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.recording.choices import FACE_TO_FACE, VISITS, Kind, Seen


def check_children(kind: str, seen: Mapping[int, str], on_file: Collection[int]) -> None:
    """At least one child of the file; nobody is seen by phone, and a visit says who was."""
    if not seen or not set(seen) <= set(on_file):
        raise Refused("Say which child of this case file it is about.")
    for answer in seen.values():
        check_choice(answer, Seen.choices, "how far the child was seen")
    if kind not in FACE_TO_FACE and any(answer != Seen.NOT_SEEN for answer in seen.values()):
        raise Refused(f"Nobody is seen by this kind of contact ({Kind(kind).label.lower()}): choose another kind.")


def check_said(kind: str, facts: str, view: str, next_steps: str, where: str) -> None:
    """What was seen and heard is always told; of a visit or a meeting also what to make of it, and what happens next."""
    check_words(facts, "what was seen and heard")
    if kind in VISITS or kind == Kind.MEETING:
        check_words(view, "what you make of it: what you think, and why")
        check_words(next_steps, "what happens next: who does what, by when")
    if kind in VISITS and not where.strip():
        raise Refused("Write where the visit took place.")


def check_worker(made_by: Officer) -> None:
    """A contact is made by somebody who works with children."""
    if not made_by.may(Permission.RECORD_REFERRALS):
        raise Refused(f"{made_by.name} is not someone who works with children: choose who made the contact.")


def check_when(occurred_at: datetime, case_file: CaseFile, recorded_at: datetime | None = None) -> None:
    """Not ahead, not before the file was opened, and, where it is corrected, not after it was first recorded."""
    check_time(occurred_at, "the contact", after=case_file.opened_at, after_what="this case file was opened")
    if recorded_at is not None and occurred_at > recorded_at:
        raise Refused("The contact was recorded before that time: it cannot have taken place after it.")
