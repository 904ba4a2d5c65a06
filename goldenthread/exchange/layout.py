"""The table that a plan is written as, the same in a spreadsheet and in a document: one row an action, so that what is
paired stays paired; what belongs to the whole recommendation stands in its first row."""

from dataclasses import dataclass
from datetime import date

from goldenthread.exchange.timescales import find_as_at, in_words
from goldenthread.plan.content import PlanContent, RecommendationContent

HEADINGS = {
    "standard": "Standard",
    "number": "No.",
    "title": "Recommendation",
    "criterion": "Audit criterion no.",
    "actions": "Actions required",
    "leads": "Lead officer(s)",
    "timescales": "Timescale",
    "progress": "Progress",
    "next": "Further action",
    "monitoring": "Monitoring arrangements",
    "rating": "RAG rating",
}
OF_EVERY_ROW = ("actions", "leads", "timescales")


@dataclass(slots=True)
class Written:
    """One row: the lines of each cell, by kind of column."""

    cells: dict[str, list[str]]


def columns_of(content: PlanContent) -> list[str]:
    """The columns that this plan needs, without the standard's."""
    used = {
        "criterion": any(rec.criterion for rec in content.recommendations()),
        "monitoring": any(rec.monitoring for rec in content.recommendations()),
        "rating": any(rec.rating for rec in content.recommendations()),
    }
    return [kind for kind in HEADINGS if kind != "standard" and used.get(kind, True)]


def heading_of(kind: str, as_at: date | None) -> str:
    """A column's heading; progress says what date it is as at."""
    return f"Progress as at {in_words(as_at)}" if kind == "progress" and as_at else HEADINGS[kind]


def front_of(content: PlanContent) -> list[str]:
    """The heading line of the plan, then the other lines that stood in front."""
    heading = f"{content.title} - Progress as at {in_words(content.as_at)}" if content.as_at else content.title
    others = [words.text for words in content.front]
    return [clean(heading), *(clean(t) for t in others if t != content.title and not find_as_at(t)[0])]


def rows_of(rec: RecommendationContent) -> list[Written]:
    """The rows of one recommendation: one an action, and one more for leads and timescales that no action is paired with."""
    rows = [
        Written(
            {
                "actions": [f"{n}. {clean(action.text.text)}"],
                "leads": [clean(lead.text) for lead in action.leads],
                "timescales": [clean(action.timescale.words.text)] if action.timescale else [],
            }
        )
        for n, action in enumerate(rec.actions, start=1)
    ]
    if rec.leads or rec.timescales or not rows:
        leads = [clean(words.text) for words in rec.leads]
        rows.append(Written({"leads": leads, "timescales": [clean(t.words.text) for t in rec.timescales]}))
    rows[0].cells |= {
        "number": [rec.number],
        "title": [clean(rec.title.text)],
        "criterion": [clean(rec.criterion.text)] if rec.criterion else [],
        "progress": [line for words in rec.progress for line in lines_of(words.text)],
        "next": [line for words in rec.next_steps for line in lines_of(words.text)],
        "monitoring": [line for words in rec.monitoring for line in lines_of(words.text)],
        "rating": [clean(words.text) for words in rec.rating],
    }
    return rows


def lines_of(text: str) -> list[str]:
    """A text of several paragraphs, line by line."""
    return [line for line in (clean(part) for part in text.splitlines()) if line]


def clean(text: str) -> str:
    """One line, without the control characters that no office file may hold."""
    return " ".join("".join(c if c >= " " and c not in "\ufffe\uffff" else " " for c in text).split())
