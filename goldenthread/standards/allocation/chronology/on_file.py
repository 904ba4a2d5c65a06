"""What a case file's page shows of its chronology: when it was gone through, what is due, and the last events put in."""

from typing import Any

from django.db.models import Max, Min, Q
from django.urls import reverse

from goldenthread.cases.events import Significance
from goldenthread.cases.models import CaseFile
from goldenthread.cases.precision import when_in_words
from goldenthread.cases.sections import Row, Section
from goldenthread.core.clock import now
from goldenthread.core.templatetags.words import day, due_in
from goldenthread.obligations.models import Obligation
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.chronology.models import SignificantEvent

_SHOWN = 3
_SEEN = "allocation.chronology-seen"
_STILL = Q(done_at__isnull=True, excused_at__isnull=True, due_at__isnull=False)


def section(officer: Officer, case_file: CaseFile, *, may_record: bool) -> Section | None:
    """How the chronology stands, and the last significant events. Two queries."""
    page = reverse("chronology", args=[case_file.pk])
    found = SignificantEvent.objects.filter(case_file=case_file, superseded_by=None, withdrawn=False)
    events = [_row(event, page) for event in found.order_by("-occurred_at", "-pk")[:_SHOWN]]
    links = []
    if may_record:
        links = [
            ("Add a significant event", reverse("chronology-add", args=[case_file.pk])),
            ("Go through the chronology", reverse("chronology-review", args=[case_file.pk])),
        ]
    return Section("Chronology", [_stands(case_file, page), *events], links)


def _stands(case_file: CaseFile, page: str) -> Row:
    at = now()
    rows = Obligation.objects.filter(
        subject_type=CaseFile._meta.label_lower, subject_id=case_file.pk, since_at__lte=at,
        requirement__startswith="allocation.chronology-",
    )  # fmt: skip
    # Of each of its requirements, when it was last done, and the first that still is to be.
    last: Any = Max("done_at")
    by_key = rows.order_by().values_list("requirement").annotate(last=last, first=Min("due_at", filter=_STILL))
    found = list(by_key)
    reviewed = [done for key, done, _ in found if done and key != _SEEN]
    still = [(due, key) for key, _, due in found if due]
    about = f"Gone through last on {day(max(reviewed))}" if reviewed else "Not gone through yet"
    if not still:
        return Row("All events in order", page, about)
    due_at, key = min(still)
    what = "to be read by a manager" if key == _SEEN else "to be gone through"
    late = due_at < at
    return Row(
        "All events in order", page, f"{about}; {what} {due_in(due_at, at)}",
        "Overdue" if late else "Due", "red" if late else "blue",
    )  # fmt: skip


def _row(event: SignificantEvent, page: str) -> Row:
    return Row(
        event.what, page, when_in_words(event.occurred_at, event.precision), event.get_significance_display(),
        "red" if event.significance == Significance.KEY else "blue",
    )  # fmt: skip
