"""A plan's content as plain JSON and back, whole, between the process that parses a file and the one that asked."""

from dataclasses import asdict
from datetime import date
from typing import Any

from goldenthread.plan.content import (
    ActionContent,
    Line,
    PlanContent,
    RecommendationContent,
    StandardContent,
    Timescale,
    Words,
)


def pack(content: PlanContent) -> dict[str, Any]:
    """Everything in the content, dates as ISO text."""
    packed: dict[str, Any] = _plain(asdict(content))
    return packed


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def unpack(data: dict[str, Any]) -> PlanContent:
    """The content that was packed."""
    return PlanContent(
        title=data["title"],
        as_at=_date(data["as_at"]),
        front=_many(data["front"]),
        standards=[
            StandardContent(
                number=standard["number"],
                title=_words(standard["title"]),
                headings=_many(standard["headings"]),
                recommendations=[_recommendation(rec) for rec in standard["recommendations"]],
            )
            for standard in data["standards"]
        ],
        source=[Line(line["number"], line["text"], line["place"]) for line in data["source"]],
        notes=list(data["notes"]),
    )


def _recommendation(data: dict[str, Any]) -> RecommendationContent:
    return RecommendationContent(
        number=data["number"],
        title=_words(data["title"]),
        criterion=_words(data["criterion"]) if data["criterion"] else None,
        monitoring=_many(data["monitoring"]),
        rating=_many(data["rating"]),
        actions=[
            ActionContent(
                text=_words(action["text"]),
                leads=_many(action["leads"]),
                timescale=_timescale(action["timescale"]) if action["timescale"] else None,
                stands_for=list(action["stands_for"]),
                leads_stand_for=list(action["leads_stand_for"]),
            )
            for action in data["actions"]
        ],
        leads=_many(data["leads"]),
        timescales=[_timescale(timescale) for timescale in data["timescales"]],
        progress=_many(data["progress"]),
        next_steps=_many(data["next_steps"]),
        to_settle=list(data["to_settle"]),
    )


def _timescale(data: dict[str, Any]) -> Timescale:
    return Timescale(_words(data["words"]), _date(data["due"]), _date(data["starts"]))


def _words(data: dict[str, Any]) -> Words:
    return Words(data["text"], tuple(data["lines"]))


def _many(data: list[dict[str, Any]]) -> list[Words]:
    return [_words(words) for words in data]


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
