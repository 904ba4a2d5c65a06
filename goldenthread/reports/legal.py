"""The report on legal advice: how much of the time a solicitor was on call, and how soon requests were answered.

Minutes of cover tell of no child and are printed as they are. Requests do: see `small_numbers`.
"""

from datetime import date
from math import inf

from django.conf import settings

from goldenthread.core.statistics import TOO_FEW
from goldenthread.core.templatetags.words import day, month
from goldenthread.core.timescales import add_months
from goldenthread.reports.small_numbers import count_in_words, is_small, share_in_words
from goldenthread.reports.tree import Block, Cell, Column, Document, Heading, Note, Paragraph, SummaryList, Table
from goldenthread.standards.assessment.legal.coverage import Cover
from goldenthread.standards.assessment.legal.figures import Answers, answers_in, cover_by_month, took

MONTHS = 3
NOT_PRINTED = "not printed: it would give a small number away"


def legal_report(as_at: date, start: date | None = None) -> Document:
    """Cover and answers from a day (left out: three months to date) up to another, on what was known by its end. Five
    queries."""
    first = start or add_months(as_at.replace(day=1), 1 - MONTHS)
    months = cover_by_month(first, as_at)
    total = sum((cover for _, cover in months), Cover())
    blocks: list[Block] = [
        SummaryList(
            (
                ("Period", f"{day(first)} to {day(as_at)}"),
                ("Time with a solicitor on call", f"{total.share} of all minutes" if months else "There was no rota"),
            )
        ),
        Paragraph(
            "Whoever is on duty for children can ask a solicitor at any hour. A minute counts as covered when somebody was on "
            "first call. Office hours are nine to five on working days; all else is out of hours."
        ),
        Heading("Minutes with a solicitor on call"),
        _cover(months, total) if months else Paragraph("There was no rota in this time."),
        Heading("How soon a solicitor answered"),
        _answers(*answers_in(first, as_at)),
        Note(
            "A request without an answer counts as the longest of all. Counts from 1 to 4 are given as “fewer than 5”; of fewer "
            f"than {TOO_FEW} requests nothing more is said. Shares of minutes are rounded down."
        ),
    ]
    title = f"Legal advice, {day(first)} to {day(as_at)}"
    return Document(title, as_at, settings.AUTHORITY, f"As at {day(as_at)}", tuple(blocks))


def _cover(months: list[tuple[date, Cover]], total: Cover) -> Table:
    lines = [(month(at), cover) for at, cover in months] + [("All", total)]
    return Table(
        "Minutes with a solicitor on call, by month",
        (Column("Month", 1.4), Column("Office hours", 1, number=True), Column("Out of hours", 1, number=True), Column("Minutes without", 1, number=True)),
        tuple(
            (
                (
                    Cell((label,), header=True),
                    Cell((cover.office_share,), number=True),
                    Cell((cover.outside_share,), number=True),
                    Cell((f"{cover.missing:,}",), number=True),
                ),
            )
            for label, cover in lines
        ),
    )  # fmt: skip


def _answers(office: Answers, outside: Answers) -> Table:
    lines = (("In office hours", office), ("Out of hours", outside))
    return Table(
        "Requests for legal advice, and how soon a solicitor answered",
        (Column("Asked", 1), Column("Requests", 0.8, number=True), Column("Answered within the hour", 1.8), Column("How long it took", 1.8)),
        tuple(
            (
                (
                    Cell((label,), header=True),
                    Cell((count_in_words(answers.asked),), number=True),
                    Cell((share_in_words(answers.in_time, answers.judged, done="within the hour").words,)),
                    Cell(_typical(answers)),
                ),
            )
            for label, answers in lines
        ),
    )  # fmt: skip


def _typical(answers: Answers) -> tuple[str, ...]:
    if answers.asked < TOO_FEW:
        return ("Too few to say",)

    def words(minutes: float | None) -> str:
        return NOT_PRINTED if minutes == inf and is_small(answers.unanswered) else took(minutes)

    return (
        f"Half within {words(answers.centile(0.5))}",
        f"Nine in ten within {words(answers.centile(0.9))}",
        f"Longest: {took(answers.longest)}",
    )
