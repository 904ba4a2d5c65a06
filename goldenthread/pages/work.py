"""Rows of a work list: what is owed, on which record, by when. Children's names only for those who may open the file."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from goldenthread.core import trail
from goldenthread.core.templatetags.words import day, due_in
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.requirement import installed
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One thing owed, ready to be shown. `obligation` for what a page needs besides."""

    obligation: Obligation
    title: str
    url: str
    about: str
    due: str
    over: bool


def with_files(rows: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """What `rows_of` reads beside the rows: three queries, however many rows."""
    return rows.select_related("case_file", "owner").prefetch_related("case_file__children")


def record_url(obligation: Obligation) -> str:
    """Where the record of something owed is shown."""
    return reverse("record", args=[obligation.subject_type, obligation.subject_id])


def _titles(rows: Sequence[Obligation]) -> dict[tuple[str, int], str]:
    """What to call the records that are on no case file: one query for each kind."""
    ids: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        if row.case_file_id is None:
            ids[row.subject_type].add(row.subject_id)
    models = {requirement.subject_type: requirement.subject for requirement in installed().values()}
    found: dict[tuple[str, int], str] = {}
    for kind, wanted in ids.items():
        if model := models.get(kind):
            for pk, record in model._default_manager.in_bulk(sorted(wanted)).items():
                found[kind, pk] = str(record)
    return found


def rows_of(rows: Iterable[Obligation], officer: Officer, now: datetime) -> list[WorkRow]:
    """The rows to show. They must be ones that the officer may see, and come with `with_files`."""
    rows = list(rows)
    names = officer.may(Permission.READ_RECORDS)
    requirements, titles = installed(), _titles(rows)
    pattern = reverse("record", args=["TYPE", 0]).replace("TYPE", "{}").replace("0", "{}")
    made = []
    for row in rows:
        if (file := row.case_file) is not None:
            about = file.reference
            if names and (children := ", ".join(child.name for child in file.children.all())):
                about = f"{children} · {about}"
        else:
            about = titles.get((row.subject_type, row.subject_id), "")
        requirement = requirements.get(row.requirement)
        made.append(
            WorkRow(
                obligation=row,
                title=requirement.title if requirement else row.requirement,
                url=pattern.format(row.subject_type, row.subject_id),
                about=f"{about} · owed since {day(row.since_at)}" if about else f"Owed since {day(row.since_at)}",
                due=due_in(row.due_at),
                over=row.due_at is not None and row.due_at < now,
            )
        )
    return made


def note_seen(page: str, rows: Iterable[WorkRow], *, by: Officer, **detail: Any) -> None:
    """One entry on the trail that names the children's records that a list showed; none where it showed none."""
    seen = sorted(
        {
            f"{row.obligation.subject_type}:{row.obligation.subject_id}"
            for row in rows
            if row.obligation.case_file_id is not None
        }
    )
    if seen:
        trail.write("see list", f"page:{page}", by=by, records=seen, **detail)
