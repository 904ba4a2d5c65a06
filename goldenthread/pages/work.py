"""Rows of a work list: what is owed, on which record, by when. Children's names only for those who may open the file.

Lists are what people open most, so a row is read as plain values (no record is built) and its markup made in one go.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from goldenthread.cases.models import CaseFile
from goldenthread.core import trail
from goldenthread.core.templatetags.words import day, deadline, due_in, moment, verdict_tag
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.requirement import installed
from goldenthread.obligations.verdicts import Verdict
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission

_LISTED = (
    "requirement", "subject_type", "subject_id", "case_file_id", "case_file__reference", "owner__name",
    "since_at", "due_at", "since_known_at",
)  # fmt: skip
_JUDGED = (*_LISTED, "done_at", "done_known_at", "excused_at", "excused_known_at", "excuse")


@dataclass(slots=True)
class Owing:
    """One thing owed, as it was read. What follows `since_known_at` is read only where its verdict is asked for."""

    requirement: str
    subject_type: str
    subject_id: int
    case_file_id: int | None
    reference: str | None
    owner: str | None
    since_at: datetime
    due_at: datetime | None
    since_known_at: datetime
    done_at: datetime | None = None
    done_known_at: datetime | None = None
    excused_at: datetime | None = None
    excused_known_at: datetime | None = None
    excuse: str = ""


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One thing owed, ready to be shown. about: the record in words, with the children's names where they may be."""

    owing: Owing
    title: str
    url: str
    about: str


def listed(rows: QuerySet[Obligation]) -> QuerySet[Obligation, Any]:
    """What a work list reads of something owed: give a page of it to `rows_of`."""
    return rows.values_list(*_LISTED)


def judged(rows: QuerySet[Obligation]) -> QuerySet[Obligation, Any]:
    """The same, with what its verdict is worked out from."""
    return rows.values_list(*_JUDGED)


def record_url(obligation: Obligation) -> str:
    """Where the record of something owed is shown."""
    return reverse("record", args=[obligation.subject_type, obligation.subject_id])


def _titles(rows: Sequence[Owing]) -> dict[tuple[str, int], str]:
    """What to call the records that are on no case file: one query for each kind."""
    ids: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        if row.case_file_id is None:
            ids[row.subject_type].add(row.subject_id)
    models = {requirement.subject_type: requirement.subject for requirement in installed().values()} if ids else {}
    return {
        (kind, pk): str(record)
        for kind, wanted in ids.items()
        if kind in models
        for pk, record in models[kind]._default_manager.in_bulk(sorted(wanted)).items()
    }


def _names(rows: Sequence[Owing]) -> dict[int, str]:
    """The children's names by case file: one query."""
    files = {row.case_file_id for row in rows if row.case_file_id is not None}
    names: dict[int, list[str]] = defaultdict(list)
    if files:
        through = CaseFile.children.through.objects.filter(casefile_id__in=files).order_by("casefile_id", "child_id")
        for file, given, family in through.values_list("casefile_id", "child__given_names", "child__family_name"):
            names[file].append(f"{given} {family}")
    return {file: ", ".join(children) for file, children in names.items()}


def rows_of(page: Page[Any], officer: Officer) -> list[WorkRow]:
    """The rows to show, of a page of values that `listed` or `judged` gave. They must be ones that the officer may see."""
    rows = [Owing(*row) for row in page.object_list]
    names = _names(rows) if officer.may(Permission.READ_RECORDS) else {}
    requirements, titles = installed(), _titles(rows)
    pattern = reverse("record", args=["TYPE", 0]).replace("TYPE", "{}").replace("0", "{}")
    made = []
    for row in rows:
        if row.case_file_id is None:
            about = titles.get((row.subject_type, row.subject_id), "")
        else:
            children = names.get(row.case_file_id)
            about = f"{children} · {row.reference}" if children else str(row.reference)
        requirement = requirements.get(row.requirement)
        url = pattern.format(row.subject_type, row.subject_id)
        made.append(WorkRow(row, requirement.title if requirement else row.requirement, url, about))
    return made


# The markup of a row is written out here, each value escaped by hand: format_html would take as long as the queries.
def _item(url: str, words: str, about: str, end: str) -> str:
    return (
        f'<li><div><a class="govuk-link" href="{escape(url)}">{escape(words)}</a><p>{escape(about)}</p></div>{end}</li>'
    )


def work_list(rows: Iterable[WorkRow], now: datetime, *, owners: bool = False) -> SafeString:
    """The rows of a work list: requirement, record, since when, how soon. owners: say who owes it."""
    items = []
    for row in rows:
        owing = row.owing
        about = f"{row.about} · owed since {day(owing.since_at)}" if row.about else f"Owed since {day(owing.since_at)}"
        if owners:
            about += f" · {owing.owner or 'nobody yet'}"
        over = " gt-due--over" if owing.due_at is not None and owing.due_at < now else ""
        end = f'<span class="gt-due{over}">{escape(due_in(owing.due_at))}</span>'
        items.append(_item(row.url, row.title, about, end))
    return mark_safe("".join(items))  # noqa: S308  (escaped in _item)


def _story(row: Owing) -> str:
    parts = [f"Due {deadline(row.due_at)}" if row.due_at else "No date set"]
    if row.done_at:
        parts.append(f"done {moment(row.done_at)}")
    if row.excuse:
        parts.append(f"excused: {row.excuse}")
    return ", ".join(parts) + (f" · {row.owner}" if row.owner else "")


def record_list(rows: Iterable[tuple[WorkRow, Verdict | None]]) -> SafeString:
    """The rows behind a figure: record, since when, due, done, and how it stands."""
    return mark_safe(  # noqa: S308  (escaped in _item)
        "".join(
            _item(
                row.url,
                f"{row.about} · owed since {day(row.owing.since_at)}",
                _story(row.owing),
                f"<span>{verdict_tag(verdict)}</span>",
            )
            for row, verdict in rows
        )
    )


def note_seen(page: str, rows: Iterable[WorkRow], *, by: Officer, **detail: Any) -> None:
    """One entry on the trail that names the children's records that a list showed; none where it showed none."""
    seen = sorted(
        {f"{row.owing.subject_type}:{row.owing.subject_id}" for row in rows if row.owing.case_file_id is not None}
    )
    if seen:
        trail.write("see list", f"page:{page}", by=by, records=seen, **detail)
