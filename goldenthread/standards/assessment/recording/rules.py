"""When a contact may be recorded so. Each rule raises Refused with what to do about it."""

from collections.abc import Callable, Collection, Mapping
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


def checks_of_words(kind: str) -> list[tuple[str, Callable[[str], None]]]:
    """What each box has to say, of this kind of contact: always what was seen and heard; of a visit or a meeting also what
    to make of it and what happens next; of a visit, where."""
    found = [("facts", _says("what was seen and heard"))]
    if kind in VISITS or kind == Kind.MEETING:
        found.append(("view", _says("what you make of it: what you think, and why")))
        found.append(("next_steps", _says("what happens next: who does what, by when")))
    if kind in VISITS:
        found.append(("where", _check_where))
    return found


def _says(what: str) -> Callable[[str], None]:
    return lambda text: check_words(text, what)


def _check_where(where: str) -> None:
    if not where.strip():
        raise Refused("Write where the visit took place.")


def check_said(kind: str, facts: str, view: str, next_steps: str, where: str) -> None:
    """Every box that has to say something does."""
    said = {"facts": facts, "view": view, "next_steps": next_steps, "where": where}
    for name, check in checks_of_words(kind):
        check(said[name])


def check_worker(made_by: Officer) -> None:
    """A contact is made by somebody who works with children."""
    if not made_by.may(Permission.RECORD_REFERRALS):
        raise Refused(f"{made_by.name} is not someone who works with children: choose who made the contact.")


def check_when(occurred_at: datetime, case_file: CaseFile, recorded_at: datetime | None = None) -> None:
    """Not ahead, not before the file was opened, and, where it is corrected, not after it was first recorded."""
    check_time(occurred_at, "the contact", after=case_file.opened_at, after_what="this case file was opened")
    if recorded_at is not None and occurred_at > recorded_at:
        raise Refused("The contact was recorded before that time: it cannot have taken place after it.")
