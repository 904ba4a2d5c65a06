"""What is owed on one record, for its own page: how each stands, and where it is settled."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.urls import reverse

from goldenthread.cases.sight import RECEIVING
from goldenthread.core.clock import now
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.requirement import installed
from goldenthread.obligations.verdicts import verdict
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission

Settle = Callable[[Obligation], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Duty:
    """Something owed on a record. about: which of several it is, in words; url and button: where it is settled, for
    whoever may; excuse_url: where it is excused, for whoever may and while it is open; ways: where one press settles it,
    the answers to choose from; seen_url: where what settled it is shown."""

    title: str
    about: str
    verdict: str
    obligation: Obligation
    url: str = ""
    button: str = ""
    excuse_url: str = ""
    ways: tuple[tuple[str, str], ...] = ()
    seen_url: str = ""


def owed_on(
    record: models.Model,
    officer: Officer,
    *,
    settle: Settle,
    about: Callable[[Obligation], str] = lambda row: "",
    ways: Callable[[Obligation], tuple[tuple[str, str], ...]] = lambda row: (),
    seen: Callable[[Obligation], str] = lambda row: "",
    later: bool = False,
) -> tuple[list[Duty], list[Duty]]:
    """What is owed on a record, soonest due first, and what is settled or excused: one query.

    settle: the address and the button with which this officer settles one, both empty where they may not; about, ways and
    seen: what `Duty` says of each. Duties that begin later are left out, unless `later`.
    """
    at = now()
    rows = Obligation.objects.filter(subject_type=record._meta.label_lower, subject_id=record.pk)
    if not later:
        rows = rows.filter(since_at__lte=at)
    owed: list[Duty] = []
    settled: list[Duty] = []
    may_excuse = officer.may(Permission.EXCUSE) and getattr(record, "why_open", "") != RECEIVING
    for row in rows.order_by(models.F("due_at").asc(nulls_last=True), "pk"):
        is_open = row.done_at is None and row.excused_at is None
        url, button = settle(row) if is_open else ("", "")
        duty = Duty(
            title=installed()[row.requirement].title,
            about=about(row),
            verdict=str(verdict(row, at) or ""),
            obligation=row,
            url=url,
            button=button,
            excuse_url=reverse("excuse", args=[row.pk]) if is_open and may_excuse else "",
            ways=ways(row) if url else (),
            seen_url="" if is_open else seen(row),
        )
        (owed if is_open else settled).append(duty)
    return owed, settled
