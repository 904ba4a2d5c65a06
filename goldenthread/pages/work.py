"""Rows of a work list: what is owed, on which record, by when. Children's names only for those who may open the file.

Lists are what people open most, so a row is plain values (no record is built) and its markup is made in one go.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from textwrap import shorten
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from goldenthread.core import trail
from goldenthread.core.templatetags.words import day, deadline, due_in, moment, verdict_tag
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.requirement import installed
from goldenthread.obligations.verdicts import Verdict
from goldenthread.pages.reading import Owing, names_on
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.plan.models import Action

_ACTION = Action._meta.label_lower
_LONGEST = 120  # characters of an action's words in a list


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One thing owed, ready to be shown. title: what is owed; about: the record in words, with the children's names
    where they may be."""

    owing: Owing
    title: str
    url: str
    about: str


def record_url(obligation: Obligation) -> str:
    """Where the record of something owed is shown."""
    return reverse("record", args=[obligation.subject_type, obligation.subject_id])


def _on_no_file(rows: Sequence[Owing]) -> dict[tuple[str, int], tuple[str | None, str]]:
    """What is owed, and on what, of the records that are on no case file: one query for each kind.

    An action of the plan says itself what is owed; of any other kind the requirement does (None).
    """
    ids: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        if row.case_file_id is None:
            ids[row.subject_type].add(row.subject_id)
    found: dict[tuple[str, int], tuple[str | None, str]] = {}
    if actions := ids.pop(_ACTION, None):
        for pk, text, stands_for, number in Action.objects.filter(pk__in=actions).values_list(
            "pk", "text", "stands_for", "recommendation__number"
        ):
            words = shorten(" ".join(stands_for) or text, _LONGEST, placeholder=" …")
            found[_ACTION, pk] = (words, f"Recommendation {number} of the plan")
    models = {requirement.subject_type: requirement.subject for requirement in installed().values()} if ids else {}
    for kind, wanted in ids.items():
        if kind in models:
            for pk, record in models[kind]._default_manager.in_bulk(sorted(wanted)).items():
                found[kind, pk] = (None, capfirst(str(record)))
    return found


def files_of(page: Iterable[Owing]) -> set[int]:
    """The case files that rows are on."""
    return {row.case_file_id for row in page if row.case_file_id is not None}


def rows_of(page: Iterable[Owing], officer: Officer, names: Mapping[int, str] | None = None) -> list[WorkRow]:
    """The rows to show, of a page that `owed_page` gave, or of `soonest`. They must be ones that the officer may see. names: the
    children's, by case file, where they have been read."""
    rows = list(page)
    if names is None:
        names = names_on(files_of(rows)) if officer.may(Permission.READ_RECORDS) else {}
    others = _on_no_file(rows)
    requirements = installed()
    pattern = reverse("record", args=["TYPE", 0]).replace("TYPE", "{}").replace("0", "{}")
    made = []
    for row in rows:
        words = None
        if row.case_file_id is None:
            words, about = others.get((row.subject_type, row.subject_id), (None, ""))
        else:
            children = names.get(row.case_file_id)
            about = f"{children} · {row.reference}" if children else str(row.reference)
        if words is None:
            requirement = requirements.get(row.requirement)
            words = requirement.title if requirement else row.requirement
        url = pattern.format(row.subject_type, row.subject_id)
        made.append(WorkRow(row, words, url, about))
    return made


# The markup of a row is written out here, each value escaped by hand: format_html would take as long as the queries.
def _item(url: str, words: str, about: str, end: str) -> str:
    return (
        f'<li><div><a class="govuk-link" href="{escape(url)}">{escape(words)}</a><p>{escape(about)}</p></div>{end}</li>'
    )


def work_list(
    rows: Iterable[WorkRow],
    now: datetime,
    *,
    owners: bool = False,
    on_its_file: bool = False,
    shared: Mapping[int, str] | None = None,
) -> SafeString:
    """The rows of a work list: requirement, record, since when, how soon. owners: say who owes it. on_its_file: the page is
    that of the case file, and need not be named on every line. shared: actions of the plan that are somebody else's as well, by key, and whose."""
    items = []
    for row in rows:
        owing = row.owing
        about = (
            f"{row.about} · owed since {day(owing.since_at)}"
            if row.about and not on_its_file
            else f"Owed since {day(owing.since_at)}"
        )
        if owners:
            about += f" · {owing.owner or 'nobody yet'}"
        if shared and owing.subject_type == _ACTION and owing.subject_id in shared:
            about += f" · {shared[owing.subject_id]}"
        over = " gt-due--over" if owing.due_at is not None and owing.due_at < now else ""
        end = f'<span class="gt-due{over}">{escape(due_in(owing.due_at, now))}</span>'
        items.append(_item(row.url, row.title, about, end))
    return mark_safe("".join(items))  # noqa: S308  (escaped in _item)


def _story(row: WorkRow) -> str:
    owing = row.owing
    parts = [f"Due {deadline(owing.due_at)}" if owing.due_at else "No date set"]
    if owing.done_at:
        parts.append(f"done {moment(owing.done_at)}")
    if owing.excuse:
        parts.append(f"excused: {owing.excuse}")
    return ", ".join(parts) + (f" · {owing.owner}" if owing.owner else "")


def record_list(rows: Iterable[tuple[WorkRow, Verdict | None]]) -> SafeString:
    """The rows behind a figure: record, since when, due, done, and how it stands."""
    items = []
    for row, verdict in rows:
        record, story = row.about, _story(row)
        if row.owing.subject_type == _ACTION:  # its words tell it from the others of one recommendation
            record, story = row.title, f"{row.about} · {story}"
        record = f"{record} · owed since {day(row.owing.since_at)}"
        items.append(_item(row.url, record, story, f"<span>{verdict_tag(verdict)}</span>"))
    return mark_safe("".join(items))  # noqa: S308  (escaped in _item)


def note_seen(page: str, rows: Iterable[WorkRow], *, by: Officer, also: Iterable[str] = (), **detail: Any) -> None:
    """One entry on the trail that names the children's records that a list showed; none where it showed none. also: records that
    stood on the page beside the list."""
    owed = {f"{row.owing.subject_type}:{row.owing.subject_id}" for row in rows if row.owing.case_file_id is not None}
    seen = sorted(owed | set(also))
    if seen:
        trail.write("see list", f"page:{page}", by=by, why="relationship", records=seen, **detail)
    else:
        trail.nothing_shown()
