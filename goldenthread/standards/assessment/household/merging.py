"""Two records of one child made one. Nothing is deleted: every row that is pointed from the one to the other is noted, so
that it can be taken back exactly (`unmerging`).

Files stay apart, and open to those to whom they were open. What closes either child's files (a restriction, a declared
conflict) closes all of them from that instant: a row that closed the one now names the other, and sight asks all rows.
"""

from typing import Any

from django.db import IntegrityError, transaction

from goldenthread.cases import finding
from goldenthread.cases.actions import add_other_name, child_recorded
from goldenthread.cases.models import CaseFile, Child, Merge, MergedRow, OtherName
from goldenthread.cases.sight import sight_of
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.rules import check_words
from goldenthread.people.access import require
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.household.hanging import Key, keys_in_use, last_rows
from goldenthread.standards.assessment.household.writing import refresh_files_of

MOVED, SET_ASIDE, MADE = MergedRow.What.MOVED, MergedRow.What.SET_ASIDE, MergedRow.What.MADE


def why_theirs(child: Child, by: Officer) -> str:
    """Why the officer may write to a file of this child, for the trail. Raises NotAllowed where they may to none."""
    found = CaseFile.objects.writable_by(by).filter(children=child.pk).order_by("pk").first()
    if found is None:
        raise NotAllowed("That child's record is one that you may not write to.")
    return sight_of(by).why(found)


def _held(pks: list[int]) -> dict[int, Child]:
    rows = Child.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
    return {child.pk: child for child in rows}


@transaction.atomic
def merge(*, kept: Child, merged: Child, why: str, by: Officer) -> Merge:
    """From now on `kept` stands for both. Both histories are on it; the other record's name is another name of the child, and
    the other record is in no search and no list.

    Raises NotAllowed unless the officer may write to a file of each; Refused where one was merged already, where an officer
    who holds an open file of either is not on the list of a restriction of the other, or where both have something of which
    there can be but one.
    """
    require(by, Permission.MERGE_CHILDREN)
    if kept.pk == merged.pk:
        raise Refused("That is the same record.")
    held = _held([kept.pk, merged.pk])
    if len(held) < 2:
        raise Refused("One of the two was merged already: open the record that stands for the child.")
    kept, merged = held[kept.pk], held[merged.pk]
    reasons = {child.pk: why_theirs(child, by) for child in (kept, merged)}
    check_words(why, "why the two are one child")
    stamped = now()
    made = Merge.objects.create(kept=kept, merged=merged, why=why.strip(), recorded_at=stamped, by=by)
    made.watermarks = last_rows()
    made.save(update_fields=["watermarks"])
    rows = [row for key in keys_in_use(merged) for row in _moved(made, key)]
    MergedRow.objects.bulk_create(rows)
    merged.merged_into = kept
    merged.save(update_fields=["merged_into"])
    _name(made, by, reasons[kept.pk])
    child_recorded(kept)
    _check_holders(kept)
    finding.index(kept)
    finding.forget(merged)
    detail: dict[str, Any] = {"merge": made.pk, "rows": len(rows)}
    trail.write("merge children", kept, by=by, why=reasons[kept.pk], with_child=merged.pk, **detail)
    trail.write("merge children", merged, by=by, why=reasons[merged.pk], into_child=kept.pk, **detail)
    refresh_files_of(kept)
    return made


def _moved(made: Merge, key: Key) -> list[MergedRow]:
    """Point a table's rows from the one to the other; what would then be there twice is set aside."""

    def note(pk: int, what: MergedRow.What, before: dict[str, int] | None = None) -> MergedRow:
        label = key.model._meta.label_lower
        return MergedRow(merge=made, model=label, field=key.column, row=pk, what=what, before=before or {})

    notes: list[MergedRow] = []
    if key.owner:
        column = f"{key.owner}_id"
        both = set(key.of(made.kept).values_list(column, flat=True))
        for row in key.of(made.merged).filter(**{f"{column}__in": both}):
            values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
            notes.append(note(row.pk, SET_ASIDE, values))
        key.rows.filter(pk__in=[one.row for one in notes]).delete()
    moving = list(key.of(made.merged).values_list("pk", flat=True))
    try:
        with transaction.atomic():
            key.rows.filter(pk__in=moving).update(**{f"{key.column}_id": made.kept_id})
    except IntegrityError:
        raise Refused(f"Both records have {key.title} of which a child can have but one: settle that first.") from None
    return notes + [note(pk, MOVED) for pk in moving]


def _name(made: Merge, by: Officer, why: str) -> None:
    """The other record's name becomes another name of the child."""
    kept, merged = made.kept, made.merged
    known = {kept.search_name, *kept.other_names.values_list("search_name", flat=True)}
    if merged.search_name in known or not merged.search_name.strip():
        return
    name = add_other_name(
        kept, kind=OtherName.Kind.MERGED, given_names=merged.given_names, family_name=merged.family_name, by=by, why=why
    )
    MergedRow.objects.create(merge=made, model=OtherName._meta.label_lower, field="child", row=name.pk, what=MADE)


def _check_holders(kept: Child) -> None:
    """Whoever holds an open file must be on the list of every restriction, or what is owed would be on nobody's list."""
    workers = Officer.objects.filter(case_files__children=kept.pk, case_files__closed_at=None).distinct()
    for restriction in kept.restrictions.filter(lifted_at=None).prefetch_related("named"):
        named = {officer.pk for officer in restriction.named.all()}
        for worker in workers:
            if worker.pk not in named:
                raise Refused(
                    f"{worker.name} holds an open file of this child and is not on the list of a restriction: put them on "
                    "the list, or hand the file over first."
                )
