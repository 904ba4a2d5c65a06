"""Taking a merge back: every row that it pointed elsewhere is put back. What came while the two were one stays with the kept
record, and is listed for a person to settle."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from goldenthread.cases import finding
from goldenthread.cases.facts import Fact
from goldenthread.cases.models import CaseFile, Child, Conflict, Merge, MergedRow, OtherName, Restriction
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.core.rules import check_choice, check_words
from goldenthread.obligations import ledger
from goldenthread.people.access import require
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.household.hanging import Key, file_of, key_called, keys_to_child
from goldenthread.standards.assessment.household.merging import MADE, MOVED, SET_ASIDE, why_theirs
from goldenthread.standards.assessment.household.writing import refresh_files_of

SINCE = MergedRow.What.SINCE


@transaction.atomic
def take_merge_back(*, merge: Merge, reason: str, by: Officer) -> Merge:
    """They are two children after all. Each has again what it had; a correction goes with what it corrects. What else was
    recorded since stays with the kept record until a person says to whom it belongs (`settle`). What closes the kept
    child's files since then closes the other's too, until somebody lifts it.

    Raises NotAllowed; Refused where it was taken back already, or a later merge of the kept record stands.
    """
    require(by, Permission.MERGE_CHILDREN)
    found = Merge.objects.select_for_update().get(pk=merge.pk)
    children = {
        c.pk: c for c in Child.every.select_for_update(of=("self",)).filter(pk__in=[found.kept_id, found.merged_id])
    }
    kept, merged = children[found.kept_id], children[found.merged_id]
    why = why_theirs(kept.current(), by)
    check_words(reason, "why they are two children")
    if found.undone_at is not None:
        raise Refused("This merge was taken back already.")
    if kept.merged_into_id is not None or Merge.objects.filter(kept=kept, undone_at=None, pk__gt=found.pk).exists():
        raise Refused("A later merge of this child stands: take that back first.")
    _put_back(found, merged)
    merged.merged_into = None
    merged.save(update_fields=["merged_into"])
    _note_since(found)
    _keep_closed(found, kept, merged)
    for child in (kept, merged):
        finding.index(child)
    found.undone_at, found.undone_by, found.undone_why = now(), by, reason.strip()
    found.save(update_fields=["undone_at", "undone_by", "undone_why"])
    for child in (kept, merged):
        trail.write("take merge back", child, by=by, why=why, merge=found.pk)
    refresh_files_of(kept, merged)
    return found


def _put_back(merge: Merge, merged: Child) -> None:
    for row in merge.rows.all():
        key = key_called(row.model, row.field)
        column = f"{row.field}_id"
        if row.what == MOVED:
            key.rows.filter(pk=row.row, **{column: merge.kept_id}).update(**{column: merged.pk})
        elif row.what == SET_ASIDE:
            again = {name: value for name, value in row.before.items() if name != "id"}
            if not key.rows.filter(**again).exists():
                key.rows.create(pk=row.row, **again)
        elif row.what == MADE:
            OtherName.objects.filter(pk=row.row).update(
                withdrawn_at=now(), withdrawn_by=merge.by, withdrawn_why="The merge was taken back"
            )


def _since(merge: Merge) -> Iterable[tuple[Key, Any]]:
    """The rows that came while the two were one, and name the kept record."""
    made = set(merge.rows.filter(what=MADE).values_list("model", "row"))
    for key in keys_to_child():
        for row in key.of(merge.kept).filter(pk__gt=merge.watermarks.get(key.label, 0)):
            if (key.model._meta.label_lower, row.pk) not in made:
                yield key, row


def _note_since(merge: Merge) -> None:
    """Note what came in between: a correction goes with what it corrects; the rest stays for a person to settle."""
    moved = set(merge.rows.filter(what=MOVED).values_list("model", "field", "row"))
    for key, row in list(_since(merge)):
        note = MergedRow(merge=merge, model=key.model._meta.label_lower, field=key.column, row=row.pk, what=SINCE)
        if isinstance(row, Fact) and (note.model, note.field, row.root_id) in moved:
            key.rows.filter(pk=row.pk).update(**{f"{key.column}_id": merge.merged_id})
            note.what = MOVED
        elif key.model in (Restriction, Conflict.children.through):
            continue  # these close the records of both: see `_keep_closed`
        else:
            _keep_on_file(key.record(row), merge.kept_id)
        note.save()


def _keep_on_file(record: models.Model, child: int) -> None:
    """A record names only children of its file: the kept child is on the file too, where a record of theirs came meanwhile."""
    file = None if isinstance(record, CaseFile) else file_of(record)
    if file is not None:
        file.children.add(child)


def _keep_closed(merge: Merge, kept: Child, merged: Child) -> None:
    """What was closed while the two were one stays closed for both, until a person lifts it."""
    for key, row in list(_since(merge)):
        if isinstance(row, Restriction) and row.lifted_at is None:
            named = list(row.named.all())
            copy = Restriction.objects.create(
                child=merged, level=row.level, reason=row.reason, contact=row.contact, since_at=row.since_at,
                recorded_at=now(), by=row.by,
            )  # fmt: skip
            copy.named.set(named)
            ledger.refresh(copy)
        elif key.model is Conflict.children.through:
            merged.conflicts.add(row.conflict_id)


@transaction.atomic
def settle(*, row: MergedRow, belongs: str, by: Officer) -> MergedRow:
    """To which of the two something belongs that was recorded while they were one. Raises NotAllowed, Refused."""
    require(by, Permission.MERGE_CHILDREN)
    found = MergedRow.objects.select_for_update().select_related("merge").get(pk=row.pk)
    merge = found.merge
    kept, merged = (Child.every.get(pk=pk).current() for pk in (merge.kept_id, merge.merged_id))
    why = why_theirs(kept, by)
    check_choice(belongs, MergedRow.Belongs.choices, "to whom it belongs")
    if found.what != SINCE or merge.undone_at is None:
        raise Refused("There is nothing to settle about this.")
    if found.settled_at is not None:
        raise Refused("This was settled already.")
    if belongs == MergedRow.Belongs.MERGED:
        why_theirs(merged, by)
        _hand_to(merge, found, kept, merged)
    found.belongs, found.settled_at, found.settled_by = belongs, now(), by
    found.save(update_fields=["belongs", "settled_at", "settled_by"])
    child = merged if belongs == MergedRow.Belongs.MERGED else kept
    trail.write("settle after merge", child, by=by, why=why, merge=merge.pk, row=f"{found.model}:{found.row}")
    refresh_files_of(kept, merged)
    return found


def _hand_to(merge: Merge, note: MergedRow, kept: Child, merged: Child) -> None:
    key = key_called(note.model, note.field)
    row = key.rows.filter(pk=note.row, **{f"{key.column}_id": kept.pk}).first()
    if row is None:
        raise Refused("It is not with that record any more.")
    _keep_on_file(key.record(row), merged.pk)
    if key.owner and key.of(merged).filter(**{f"{key.owner}_id": getattr(row, f"{key.owner}_id")}).exists():
        row.delete()
        return
    rows = [row.pk]
    if isinstance(row, Fact):
        rows = list(
            key.rows.filter(models.Q(pk=row.first_id) | models.Q(root=row.first_id)).values_list("pk", flat=True)
        )
    key.rows.filter(pk__in=rows).update(**{f"{key.column}_id": merged.pk})
