"""Opening a case file, where its children live, what else they are called, and what conflicts were declared about them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from goldenthread.cases.models import Address, CaseFile, Child, Conflict, Holding, OtherName
from goldenthread.cases.sight import sight_of
from goldenthread.core import trail
from goldenthread.core.clock import now, today
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.rules import check_choice, check_words
from goldenthread.core.words import is_placeholder
from goldenthread.people.access import require
from goldenthread.people.models import Officer, Team
from goldenthread.people.roles import Permission


@transaction.atomic
def open_case_file(
    *, children: Iterable[Child], team: Team, worker: Officer | None, opened_at: datetime, by: Officer
) -> CaseFile:
    """A new case file for these children, held by this team from `opened_at`. Raises NotAllowed."""
    require(by, Permission.RECORD_REFERRALS)
    case_file = CaseFile.objects.create(
        reference=f"new-{now().timestamp()}-{by.pk}"[:20], team=team, worker=worker, opened_at=opened_at
    )
    case_file.reference = f"CF{case_file.pk:06d}"
    case_file.save(update_fields=["reference"])
    case_file.children.set(children)
    Holding.objects.create(case_file=case_file, team=team, worker=worker, since_at=opened_at, recorded_at=now())
    trail.write("open case file", case_file, by=by, why="taking a referral", team=team.key)
    return case_file


def conflicts_met(conflict: Conflict) -> None:
    """Tie a declared conflict to every child of its name, whichever of the child's names it is, born on its day where both
    are known. Called in the transaction that declares it."""
    called_so = OtherName.objects.filter(search_name=conflict.search_name).values("child")
    found = Child.objects.filter(Q(search_name=conflict.search_name) | Q(pk__in=called_so))
    if conflict.date_of_birth is not None:
        found = found.filter(Q(date_of_birth=conflict.date_of_birth) | Q(date_of_birth=None))
    conflict.children.add(*found)


def child_recorded(child: Child) -> None:
    """Close a newly recorded child to whoever declared a conflict under this name, or one of the child's other names. Called
    in the transaction that records the child, or another name or date of birth of theirs."""
    names = [child.search_name, *child.other_names.values_list("search_name", flat=True)]
    declared = Conflict.objects.filter(search_name__in=names, withdrawn_at=None)
    if child.date_of_birth is not None:
        declared = declared.filter(Q(date_of_birth=child.date_of_birth) | Q(date_of_birth=None))
    child.conflicts.add(*declared)


def writable_child(
    case_file: CaseFile, child: Child, by: Officer, permission: Permission = Permission.RECORD_REFERRALS
) -> tuple[Child, str]:
    """The child of this file, held until the transaction ends, and why the officer may write to the file, for the trail.
    Raises NotAllowed where they may not, or the child is not on it (any more: it may have been merged)."""
    require(by, permission)
    sight = sight_of(by)
    held = Child.objects.select_for_update(of=("self",)).filter(pk=child.pk).first()
    if held is None or not sight.may_write(case_file) or not case_file.children.filter(pk=child.pk).exists():
        raise NotAllowed("That case file is one that you may not write to.")
    return held, sight.why(case_file)


@transaction.atomic
def record_address(
    *,
    case_file: CaseFile,
    child: Child,
    lines: str,
    since: date,
    by: Officer,
    postcode: str = "",
    confidential: bool = False,
    moved_because: str = "",
) -> Address:
    """Where a child of this file lives since a day, and why they moved there. Raises NotAllowed where the file is not one
    that the officer may write to; Refused where nothing is written or the day lies ahead."""
    child, why = writable_child(case_file, child, by)
    if is_placeholder(lines):
        raise Refused("Write where the child lives.")
    if since > today():
        raise Refused("That day lies ahead: record the address when the child lives there.")
    made = Address.objects.create(
        child=child, lines=" ".join(lines.split()), postcode=" ".join(postcode.upper().split()),
        confidential=confidential, since=since, moved_because=moved_because.strip(), recorded_at=now(), by=by,
    )  # fmt: skip
    trail.write("record address", child, by=by, why=why, address=made.pk, confidential=confidential)
    return made


@transaction.atomic
def leave_address(*, case_file: CaseFile, child: Child, address: Address, until: date, by: Officer) -> Address:
    """The child has lived there until a day, and where they live now is not known or not fixed. Raises NotAllowed, Refused."""
    child, why = writable_child(case_file, child, by)
    found = child.addresses.select_for_update().filter(pk=address.pk).first()
    if found is None:
        raise NotAllowed("That address is not one of this child's.")
    if found.until is not None:
        raise Refused("It is recorded already that the child left there.")
    if not found.since <= until <= today():
        raise Refused("The last day there must lie between the day on which they moved in and today.")
    found.until = until
    found.save(update_fields=["until"])
    trail.write("leave address", child, by=by, why=why, address=found.pk, changed={"until": (None, until)})
    return found


@transaction.atomic
def record_other_name(
    *,
    case_file: CaseFile,
    child: Child,
    kind: str,
    by: Officer,
    given_names: str = "",
    family_name: str = "",
    since: date | None = None,
    until: date | None = None,
) -> OtherName:
    """Another name that the child goes or went by: searches find it from now on, and conflicts declared under it count.
    Raises NotAllowed; Refused where it says no name, or one that is recorded already."""
    child, why = writable_child(case_file, child, by)
    check_choice(
        kind,
        [choice for choice in OtherName.Kind.choices if choice[0] != OtherName.Kind.MERGED],
        "what kind of name it is",
    )
    if since and until and until < since:
        raise Refused("The name ends before it begins: check both days.")
    if since and since > today():
        raise Refused("That day lies ahead: record the name when the child goes by it.")
    return add_other_name(
        child, kind=kind, given_names=given_names, family_name=family_name, since=since, until=until, by=by, why=why
    )


def add_other_name(
    child: Child,
    *,
    kind: str,
    given_names: str,
    family_name: str,
    by: Officer,
    why: str,
    since: date | None = None,
    until: date | None = None,
) -> OtherName:
    """Write another name of a child whom the caller holds. Raises Refused where it says none, or one that is recorded."""
    given, family = " ".join(given_names.split()), " ".join(family_name.split())
    if not (given or family):
        raise Refused("Write the other name: given names, family name or both.")
    searched = f"{given} {family}".strip().casefold()
    if searched == child.search_name.strip() or child.other_names.filter(search_name=searched).exists():
        raise Refused("The child is recorded under that name already.")
    made = OtherName.objects.create(
        child=child,
        kind=kind,
        given_names=given,
        family_name=family,
        since=since,
        until=until,
        recorded_at=now(),
        by=by,
    )
    child_recorded(child)
    trail.write("record other name", child, by=by, why=why, othername=made.pk, kind=kind)
    return made


@transaction.atomic
def take_back(*, case_file: CaseFile, child: Child, what: Address | OtherName, reason: str, by: Officer) -> None:
    """An address or another name was recorded in error: it stays in the history, and counts no more. A conflict that was
    tied by the name stays: only the line of whoever declared it takes that back. Raises NotAllowed, Refused."""
    child, why = writable_child(case_file, child, by)
    check_words(reason, "why it is taken back")
    rows: models.Manager[Any] = child.addresses if isinstance(what, Address) else child.other_names
    found = rows.select_for_update().filter(pk=what.pk).first()
    if found is None:
        raise Refused("That was taken back already, or is not this child's.")
    found.withdrawn_at, found.withdrawn_by, found.withdrawn_why = now(), by, reason.strip()
    found.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    trail.write("take back", child, by=by, why=why, **{str(found._meta.model_name): found.pk})
