"""What a reader made of a plan, laid out for the person who confirms it."""

from dataclasses import dataclass

from goldenthread.plan.content import Conservation, PlanContent, StandardContent


@dataclass(frozen=True, slots=True)
class Preview:
    """counts: “7 standards”, “28 recommendations”…; settle: how many recommendations leave something to settle."""

    conservation: Conservation
    standards: list[StandardContent]
    front: list[str]
    notes: list[str]
    counts: list[tuple[int, str]]
    settle: list[str]


def preview_of(content: PlanContent) -> Preview:
    """The preview of a plan's content."""
    recommendations = list(content.recommendations())
    actions = sum(len(rec.actions) for rec in recommendations)
    timescales = sum(
        len(rec.timescales) + sum(action.timescale is not None for action in rec.actions) for rec in recommendations
    )
    leads = sum(len(rec.leads) + sum(len(action.leads) for action in rec.actions) for rec in recommendations)
    return Preview(
        conservation=content.conservation(),
        standards=content.standards,
        front=[words.text for words in content.front],
        notes=content.notes,
        counts=[
            (len(content.standards), "standards"),
            (len(recommendations), "recommendations"),
            (actions, "actions"),
            (leads, "leads"),
            (timescales, "timescales"),
        ],
        settle=[rec.number for rec in recommendations if rec.to_settle],
    )
