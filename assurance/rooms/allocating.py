"""Allocation: a file that was given and taken back, and that nobody has now; who was told of it."""

from datetime import timedelta
from typing import Any

from assurance.rooms.blanks import WHEN
from assurance.rows import Hands, Pages, Row, World, each

POSTED: dict[str, dict[str, Any]] = {
    "allocation-discuss": {"words": "What to do at a shut door", **WHEN},
    "allocation-answer": {"answer": "accepted", **WHEN},
    "allocation-rule": {"words": "It stands", **WHEN},
    "wait-hear": {"words": "I ring round", **WHEN},
    "wait-tell": {"risk": "watched", "words": "Nobody is free", **WHEN},
}
READING = {"read allocation", "list files without a worker"}


def fill(row: Row, hands: Hands) -> None:
    """Somebody of the team had it, could not take it on, and has gone; the head of service was told and has answered."""
    from goldenthread.core.clock import now
    from goldenthread.obligations.handover import hand_over
    from goldenthread.people.models import Officer
    from goldenthread.standards.allocation.allocating import actions, telling

    words, head, at = row.word("words"), hands.manager, now()
    someone = Officer.objects.create_officer(
        f"someone-{row.number}", name=f"Someone {row.number}", role="worker", team=row.team
    )
    given = actions.allocate(
        case_file=row.case_file, worker=someone, purpose=words, expected=words, allocated_at=at, by=head,
        others=[(None, words[:100], words)],
    )  # fmt: skip
    actions.answer_allocation(allocation=given, answer="refused", words=words, occurred_at=at, by=someone)
    actions.rule_on_refusal(allocation=given, words=words, occurred_at=now(), by=head)
    talked = actions.discuss_allocation(allocation=given, words=words, occurred_at=now(), by=hands.by)
    hand_over(case_file=row.case_file, team=row.team, worker=None, since_at=now(), by=head)
    row.case_file.refresh_from_db()
    told = telling.tell_of_wait(
        case_file=row.case_file,
        rank="head-of-service",
        to=head,
        risk="watched",
        words=words,
        occurred_at=now(),
        by=head,
    )
    telling.hear_of_wait(told=told, words=words, occurred_at=now(), by=head)
    row.made |= {"allocation": given.pk, "talked": talked.pk, "told": told.pk}
    _reported(head, at - timedelta(days=15))


def _reported(head: Any, since: Any) -> None:
    """The figures are kept, and those of last week went out: once for the whole world."""
    from goldenthread.standards.allocation.allocating.models import WaitCycle
    from goldenthread.standards.allocation.allocating.reporting import ended, keep_wait_reports, record_report

    if not WaitCycle.objects.exists():
        cycle = keep_wait_reports(started_on=since.date(), by=head)
        for day in ended(cycle, "week"):
            record_report(cycle=cycle, period="week", as_at=day, by=head)


def keys(row: Row) -> list[tuple[str, int]]:
    """The allocation, and the file."""
    return [("allocating.allocation", row.made["allocation"]), ("cases.casefile", row.case_file.pk)]


def addresses(world: World, row: Row, *, pdf: bool) -> Pages:
    """Its pages."""
    from goldenthread.standards.allocation.allocating.models import WaitReportSent

    made, file = row.made, row.case_file.pk
    sent = WaitReportSent.objects.values_list("as_at", flat=True)[0]
    return {
        "unallocated": [[]], "unallocated-reports": [[]], "unallocated-keeper": [[]],
        "unallocated-send": [["week", sent.isoformat()]],
        **each(("file-allocate", "wait", "wait-tell"), file),
        "wait-hear": [[file, made["told"]]], "wait-correct": [[file, "waittold", made["told"]]],
        **each(("allocation", "allocation-answer", "allocation-rule", "allocation-discuss"), made["allocation"]),
        "allocation-correct": [[made["allocation"], "allocationdiscussed", made["talked"]]],
    }  # fmt: skip
