"""When something may be recorded about the register. Each raises Refused with what to do about it."""

from collections.abc import Collection
from datetime import datetime

from goldenthread.cases.models import CaseFile, Child
from goldenthread.core import rules
from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.register.choices import OTHERS_ONLY, Category, EndReason, State
from goldenthread.standards.assessment.register.models import RegisterEntry


def check_categories(categories: Collection[str]) -> None:
    """One kind of harm at least, each of the list."""
    if not categories:
        raise Refused("Choose at least one kind of harm.")
    for one in categories:
        rules.check_choice(one, Category.choices, "each kind of harm")


def check_key_worker(officer: Officer | None, name: str) -> None:
    """Somebody, once: an officer or a name."""
    if (officer is None) == (not name.strip()):
        raise Refused("Say who is the key worker: choose an officer, or write the name of somebody elsewhere.")
    if officer is not None and not officer.is_active:
        raise Refused("That officer has left: choose somebody who is here.")


def check_on_file(child: Child, case_file: CaseFile) -> None:
    """The child is one of the case file's."""
    if not case_file.children.filter(pk=child.pk).exists():
        raise Refused("That child is not on this case file.")


def check_not_on_already(child: Child, since: datetime, council: str) -> None:
    """One register lists a child once: no two entries of one council last at the same time."""
    rows = RegisterEntry.objects.filter(child=child, council__iexact=council.strip())
    for entry in rows.prefetch_related("listings", "removals"):
        if entry.state_at(now()) in {State.ON, State.OTHER}:
            raise Refused(f"The child is on it already, by entry {entry}: change that one.")
        removed = entry.removed
        if entry.since and removed and since < removed.moment.occurred_at:
            raise Refused(f"The child was on it until later than that, by entry {entry}: check the day.")


def check_lasts(entry: RegisterEntry) -> None:
    """Nothing more is said of an entry that has ended or was a mistake."""
    if entry.since is None:
        raise Refused("This entry was taken back: it was a mistake.")
    if entry.removed:
        raise Refused("The child is no longer on it: correct the end, or make a new entry.")


def check_after_start(entry: RegisterEntry, at: datetime, what: str) -> None:
    """Not in the future, and not before the child was put on it."""
    since = entry.since
    rules.check_time(at, what, after=since.occurred_at if since else at, after_what="the child was put on it")


def check_reason(entry: RegisterEntry, reason: str) -> None:
    """A reason of the list, and of this kind of entry."""
    rules.check_choice(reason, EndReason.choices, "why it ends")
    if reason in OTHERS_ONLY and not entry.council:
        raise Refused("That reason is for another council's child: choose another.")
