"""A made-up document that has one of everything."""

from datetime import date

from goldenthread.reports.charts import numbers, run_chart_of
from goldenthread.reports.tree import (
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Evidence,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    SummaryList,
    Table,
)

AS_AT = date(2003, 10, 31)
COLUMNS = (
    Column("Recommendation", 1.5),
    Column("Actions", 2),
    Column("Lead officers", 1.2),
    Column("Timescale", 1.1),
    Column("Progress", 2),
    Column("Further action", 1.6),
)
IN_TIME = (12, 11, 0, 13, 9, 11, 12, 13, 10, 14, 9, 12, 18, 19, 18, 20, 19, 18, 22)
JUDGED = (20, 19, 0, 24, 18, 20, 22, 20, 20, 22, 20, 21, 22, 22, 20, 21, 19, 20, 24)
MONTHS = [(date(2002 + i // 12, i % 12 + 1, 1), n, m) for i, (n, m) in enumerate(zip(IN_TIME, JUDGED, strict=True))]


def recommendation(number: str, text: str, actions: int) -> tuple[tuple[Cell, ...], ...]:
    """The rows of one recommendation: its actions, and the evidence under them."""
    evidence = Evidence(
        "Police are advised", "17 of 20 in time (85%)", "20 referrals", "31 October 2003", "95% interval 64% to 95%"
    )
    rows = []
    for place in range(1, actions + 1):
        action = (
            Cell((f"{place}. {text}",)),
            Cell(("Edna Example, Planning Manager", "All Team Managers")),
            Cell(("End Oct 03",)),
        )
        if place == 1:
            action = (
                Cell((f"{number} {text}",), header=True, rows=actions),
                *action,
                Cell((text, Note("The figures say less.")), rows=actions),
                Cell((), rows=actions),
            )
        rows.append(action)
    return (*rows, (Cell((evidence,), columns=6),))  # fmt: skip


def document(
    text: str = "Advise the police at once",
    *,
    standards: int = 1,
    recommendations: int = 2,
    actions: int = 2,
    chart: bool = True,
) -> Document:
    """A progress report in shape, with the same text wherever text can stand."""
    blocks: list[Block] = [
        SummaryList((("Plan", text), (text, "31 October 2003"))),
        Paragraph(text),
        Bullets((text, "Another")),
        Note(text),
        Evidence(text, "3 of 3", text, "31 October 2003"),
    ]
    for standard in range(1, standards + 1):
        blocks.append(Heading(f"Standard {standard}: {text}"))
        groups = tuple(recommendation(f"{standard}.{n}", text, actions) for n in range(1, recommendations + 1))
        blocks.append(Table(f"Standard {standard}: {text}", COLUMNS, groups))
    if chart:
        blocks += [
            PageBreak(),
            Heading("By month"),
            run_chart_of(MONTHS, title="Police advised"),
            numbers(MONTHS, caption="Figures"),
        ]
    return Document(f"Improvement plan: {text}", AS_AT, "Exampleshire County Council", "For the executive", tuple(blocks))  # fmt: skip
