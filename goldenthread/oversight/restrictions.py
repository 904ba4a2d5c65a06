"""The verbs of restricting a child's records to named officers, looking again, and lifting it."""

from collections.abc import Collection

from django.db import transaction

from goldenthread.cases.models import CaseFile, Child, Restriction, RestrictionReview
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.obligations import ledger
from goldenthread.oversight import rules
from goldenthread.people.access import require
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission


def _check_named(child: Child, named: Collection[Officer], contact: Officer) -> None:
    if not named:
        raise Refused("Name at least one officer who may open the records.")
    for officer in [*named, contact]:
        rules.reads_records(officer)
    if contact not in named:
        raise Refused("Whoever is to be contacted must be on the list themselves.")
    workers = Officer.objects.filter(case_files__children=child, case_files__closed_at=None).distinct()
    for worker in workers:
        if worker not in named:
            raise Refused(
                f"{worker.name} holds an open file of this child: put them on the list, or hand the file over first, "
                "so that what is owed is on somebody's list."
            )


@transaction.atomic
def restrict(
    *, child: Child, level: str, reason: str, named: Collection[Officer], contact: Officer, by: Officer
) -> Restriction:
    """From now on the child's records open only to the named officers, and only where something opens them besides.

    contact: whom others are told to phone when they look the child up for a referral. Raises NotAllowed; Refused where
    one is in force already, the list is empty or leaves out the contact or whoever holds an open file.
    """
    require(by, Permission.RESTRICT)
    why = rules.one_file_of(child, by)
    if level not in Restriction.Level.values:
        raise Refused("Choose restricted or sealed.")
    said = rules.says_why(reason, "Why the records are restricted")
    list(Child.objects.select_for_update().filter(pk=child.pk).values_list("pk"))  # one at a time restricts a child
    if Restriction.objects.filter(child=child, lifted_at=None).exists():
        raise Refused("A restriction is in force already: change or lift that one.")
    _check_named(child, named, contact)
    stamped = now()
    made = Restriction.objects.create(
        child=child, level=level, reason=said, contact=contact, since_at=stamped, recorded_at=stamped, by=by
    )
    made.named.set(named)
    trail.write(
        "restrict", child, by=by, why=why, level=level, restriction=made.pk, contact=contact.get_username(),
        named=sorted(officer.get_username() for officer in named),
    )  # fmt: skip
    ledger.refresh(made)
    return made


def _in_force(restriction: Restriction, by: Officer) -> Restriction:
    require(by, Permission.RESTRICT)
    found = Restriction.objects.select_for_update().get(pk=restriction.pk)
    if not found.named.filter(pk=by.pk).exists():
        raise NotAllowed("Only those on the list may change it.")
    if found.lifted_at is not None:
        raise Refused("This restriction was lifted already.")
    return found


@transaction.atomic
def review_restriction(
    *, restriction: Restriction, finding: str, named: Collection[Officer], contact: Officer, by: Officer
) -> RestrictionReview:
    """It was asked whether the restriction is still needed, and it is; with who is on the list from now on. Owed every 90
    days. Raises NotAllowed where the officer is not on the list; Refused."""
    found = _in_force(restriction, by)
    said = rules.says_why(finding, "Why it is still needed")
    _check_named(found.child, named, contact)
    before = sorted(found.named.values_list("username", flat=True))
    stamped = now()
    review = RestrictionReview.objects.create(
        restriction=found, finding=said, occurred_at=stamped, recorded_at=stamped, by=by
    )
    found.named.set(named)
    found.contact = contact
    found.save(update_fields=["contact"])
    after = sorted(officer.get_username() for officer in named)
    trail.write(
        "review restriction", found.child, by=by, why="named on the list", restriction=found.pk, review=review.pk,
        changed={"named": (before, after)} if before != after else None,
    )  # fmt: skip
    ledger.refresh(found)
    return review


@transaction.atomic
def lift_restriction(*, restriction: Restriction, reason: str, by: Officer) -> Restriction:
    """The reason has ended: from now on the records open as any others do. Raises NotAllowed, Refused."""
    found = _in_force(restriction, by)
    found.lifted_why = rules.says_why(reason, "Why it is lifted")
    found.lifted_at, found.lifted_by = now(), by
    found.save(update_fields=["lifted_at", "lifted_by", "lifted_why"])
    trail.write(
        "lift restriction",
        found.child,
        by=by,
        why="named on the list",
        restriction=found.pk,
        changed={"level": (found.level, "open")},
    )
    ledger.refresh(found)
    return found


def children_of(case_file: CaseFile) -> list[tuple[Child, Restriction | None]]:
    """The children of a file, each with the restriction in force; once for each where two records were merged."""
    found: dict[int, list[Restriction]] = {}
    for restriction in Restriction.objects.filter(child__case_files=case_file, lifted_at=None):
        found.setdefault(restriction.child_id, []).append(restriction)
    return [(child, one) for child in case_file.children.all() for one in found.get(child.pk, [None])]
