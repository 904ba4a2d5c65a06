"""Since when each child has been on a case file, as was known by an instant.

A child comes onto a file with the first referral on it that names the child; those of the file's first referral are on it from
its opening, and so is whoever no referral names. Two records of one child that were merged are one child from when that was
known; taken back, two again: a child whom a record of that time leaves on a file is on it from then on. A child that a file has
is not taken off it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from goldenthread.cases.models import CaseFile, Merge, MergedRow
from goldenthread.standards.referrals.models import Amendment, Referral

FROM_THE_OPENING = datetime.min.replace(tzinfo=UTC)
_OF_FILE = CaseFile.children.through
_OF_REFERRAL = Referral.children.through


def _ever_of(files: "QuerySet[CaseFile] | list[int]") -> RawSQL | list[int]:
    """The children of these files, and every record that was merged into one of them, one after another."""
    on = _OF_FILE.objects.filter(casefile__in=files).order_by().values("child_id")
    try:
        sql, given = on.query.sql_with_params()
    except EmptyResultSet:
        return []
    earlier = f"SELECT e.merged_id FROM {Merge._meta.db_table} e JOIN ever ON e.kept_id = ever.child"  # noqa: S608 (our own name)
    ever = f"WITH RECURSIVE ever (child) AS ({sql} UNION {earlier}) SELECT child FROM ever"  # noqa: S608
    return RawSQL(ever, given)  # noqa: S611


class _Merges:
    """Which record stood for which child of these files, by the merges as they were known. Two queries at most."""

    def __init__(self, files: "QuerySet[CaseFile] | list[int]", known: datetime) -> None:
        labels = [model._meta.label_lower for model in (_OF_FILE, _OF_REFERRAL)]
        merges = {merge.pk: merge for merge in Merge.objects.filter(kept__in=_ever_of(files)).order_by()}
        self.into: dict[int, int] = {}
        self.first: dict[tuple[str, int], int] = {}
        self.aside: dict[str, dict[int, int]] = {label: {} for label in labels}  # row: what it joined the child to
        self.undone: dict[int, list[Merge]] = defaultdict(list)
        for _, merge in sorted(merges.items(), reverse=True):
            if merge.undone_at is not None:
                self.undone[merge.kept_id].append(merge)
        for row in MergedRow.objects.filter(merge__in=merges, model__in=labels, field="child").order_by("pk"):
            merge = merges[row.merge_id]
            if merge.recorded_at <= known and (merge.undone_at is None or merge.undone_at > known):
                self.into[merge.merged_id] = merge.kept_id
            if merge.undone_at is not None:
                continue  # each has again what it had
            if row.what in {MergedRow.What.MOVED, MergedRow.What.SET_ASIDE}:
                self.first.setdefault((row.model, row.row), merge.merged_id)
            if row.what == MergedRow.What.SET_ASIDE:
                owner = "casefile_id" if row.model == labels[0] else "referral_id"
                self.aside[row.model][row.row] = row.before[owner]

    def whole(self, model: Any, rows: Iterable[tuple[int, int, int]]) -> list[tuple[int, int]]:
        """A table that joins children to something (number, that, child), as it was before any merge that stands: that, child."""
        label = model._meta.label_lower
        found = [(owner, self.first.get((label, pk), child)) for pk, owner, child in rows]
        return found + [(owner, self.first[label, pk]) for pk, owner in self.aside[label].items()]

    def left_on(self, link: int, child: int) -> datetime | None:
        """When a merge that was taken back left a child on a file that it was not on before; None where none did. link: the row
        that joins the two."""
        key = f"{_OF_FILE._meta.label_lower}.child"
        return next((one.undone_at for one in self.undone[child] if link > one.watermarks.get(key, link)), None)

    def stands_for(self, child: int) -> int:
        """The record that stood for a child."""
        while child in self.into:
            child = self.into[child]
        return child


def on_since(files: QuerySet[Any] | list[int], known: datetime) -> Mapping[int, tuple[datetime, ...]]:
    """For each of these case files, since when each of its children was on it as known by an instant, who came first first;
    `FROM_THE_OPENING` for those who were there then. Six queries at most."""
    merges = _Merges(files, known)
    referrals = {
        pk: (file, received, recorded)
        for pk, file, received, recorded in Referral.objects.filter(case_file__in=files)
        .order_by("pk")
        .values_list("pk", "case_file_id", "received_at", "recorded_at")
    }
    received = {pk: at for pk, (_, at, _) in referrals.items()}
    amended = Amendment.objects.filter(referral__case_file__in=files, field="received_at", recorded_at__gt=known)
    for pk, was in amended.order_by("-recorded_at", "-pk").values_list("referral_id", "was"):
        received[pk] = datetime.fromisoformat(was)
    opening: dict[int, int] = {}
    for pk, (file, _, _) in referrals.items():
        opening.setdefault(file, pk)
    named: dict[tuple[int, int], list[datetime]] = defaultdict(list)
    ever: set[tuple[int, int]] = set()
    links = _OF_REFERRAL.objects.filter(referral__case_file__in=files).values_list("pk", "referral_id", "child_id")
    for number, child in merges.whole(_OF_REFERRAL, links):
        if number not in referrals:
            continue  # of a row set aside: a referral on another file
        file, _, recorded = referrals[number]
        ever.add((file, child))
        if recorded <= known:
            at = FROM_THE_OPENING if opening[file] == number else received[number]
            named[file, merges.stands_for(child)].append(at)
    on = list(_OF_FILE.objects.filter(casefile__in=files).values_list("pk", "casefile_id", "child_id"))
    left = {(file, child): when for pk, file, child in on if (when := merges.left_on(pk, child)) is not None}
    for file, child in merges.whole(_OF_FILE, on):
        if (file, child) not in ever:
            since = left.get((file, child), FROM_THE_OPENING)
            if since <= known:
                named[file, merges.stands_for(child)].append(since)
    found: dict[int, list[datetime]] = defaultdict(list)
    for (file, _), times in named.items():
        found[file].append(min(times))
    return {file: tuple(sorted(times)) for file, times in found.items()}
