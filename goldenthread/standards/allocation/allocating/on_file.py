"""What a case file's page shows of allocation: who has it and what for, or how long nobody has."""

from textwrap import shorten
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from goldenthread.cases.facts import standing
from goldenthread.cases.models import CaseFile, Holding
from goldenthread.cases.sections import Row, Section
from goldenthread.core.templatetags.words import moment
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.allocating.choices import Answer
from goldenthread.standards.allocation.allocating.models import Allocation, RefusalRuling

_SHOWN, _LONGEST = 5, 300


def _row(allocation: Allocation, *, stands: bool, ruled: bool, others: int) -> Row:
    answer = next(iter(standing(allocation.answers.all())), None)
    if not stands:
        tag, colour = "Over", "grey"
    elif answer is None:
        tag, colour = "Not answered yet", "yellow"
    elif answer.fact.answer == Answer.ACCEPTED:
        tag, colour = "Accepted", "green"
    else:
        tag, colour = ("Refused; ruled on", "blue") if ruled else ("Cannot take it on", "red")
    more = f" (and of {others} other{'' if others == 1 else 's'})" if others else ""
    about = f"What for: {allocation.purpose.rstrip('.')}. Expected{more}: {allocation.expected}"
    return Row(
        f"{allocation.worker.name}, {allocation.reference}",
        allocation.get_absolute_url(),
        f"Since {moment(allocation.allocated_at)}. {shorten(about, _LONGEST, placeholder=' …')}",
        tag,
        colour,
    )


def section(officer: Officer, case_file: CaseFile, *, may_record: bool) -> Section | None:
    """The allocations, newest first; that nobody said what for; or that nobody has the file. Two queries."""
    later = Holding.objects.filter(case_file=OuterRef("case_file")).filter(
        Q(since_at__gt=OuterRef("holding__since_at"))
        | Q(since_at=OuterRef("holding__since_at"), pk__gt=OuterRef("holding"))
    )
    found = Allocation.objects.filter(case_file=case_file).select_related("worker").prefetch_related("answers")
    rows: list[Row] = []
    owed = case_file.closed_at is None
    ruled = RefusalRuling.objects.filter(allocation=OuterRef("pk"), withdrawn=False, superseded_by=None)
    told: Any = found.annotate(over=Exists(later), ruled=Exists(ruled), others=Count("expectations"))
    for place, one in enumerate(told[:_SHOWN]):
        stands = case_file.closed_at is None and not one.over and place == 0
        owed = owed and not stands
        rows.append(_row(one, stands=stands, ruled=one.ruled, others=one.others))
    links = []
    may_decide = may_record and case_file.closed_at is None and officer.may(Permission.DECIDE_REFERRALS)
    if case_file.closed_at is None and case_file.worker_id is None:
        rows.insert(
            0, Row("Nobody is named as the worker", reverse("wait", args=[case_file.pk]), "", "No worker", "red")
        )
    elif owed:
        where = reverse("file-allocate" if may_decide else "case-file", args=[case_file.pk])
        rows.insert(0, Row("Nobody has said what the case is for", where, "", "Purpose owed", "yellow"))
    if may_decide:
        links.append(
            ("Allocate the case file" if owed else "Allocate it anew", reverse("file-allocate", args=[case_file.pk]))
        )
    return Section("Allocation", rows, links) if rows else None
