"""Plans written out: as JSON, and (in their own modules) as a spreadsheet and a document that read back the same."""

from typing import Any

from goldenthread.exchange.write_docx import to_docx
from goldenthread.exchange.write_xlsx import to_xlsx
from goldenthread.plan.content import ActionContent, PlanContent, RecommendationContent

__all__ = ["to_docx", "to_json", "to_xlsx"]


def to_json(content: PlanContent) -> dict[str, Any]:
    """The plan as plain data. Leads and timescales are in the words written; `due` is an ISO date, the last day in time.

    An action whose words only point above (“As above”) has a key more, `stands_for`, with the actions and leads that
    they stand for.
    """
    return {
        "title": content.title,
        "as_at": content.as_at.isoformat() if content.as_at else None,
        "standards": [
            {
                "number": standard.number,
                "title": standard.title.text,
                "recommendations": [_recommendation(rec) for rec in standard.recommendations],
            }
            for standard in content.standards
        ],
    }


def _recommendation(rec: RecommendationContent) -> dict[str, Any]:
    data: dict[str, Any] = {
        "number": rec.number,
        "title": rec.title.text,
        "criterion": rec.criterion.text if rec.criterion else None,
        "monitoring": [words.text for words in rec.monitoring],
        "actions": [_action(action) for action in rec.actions],
        "leads": [words.text for words in rec.leads],
        "timescales": [timescale.words.text for timescale in rec.timescales],
        "progress": [words.text for words in rec.progress],
        "next_steps": [words.text for words in rec.next_steps],
        "to_settle": list(rec.to_settle),
    }
    if rec.rating:
        data["rating"] = [words.text for words in rec.rating]
    return data


def _action(action: ActionContent) -> dict[str, Any]:
    timescale = action.timescale
    data: dict[str, Any] = {
        "text": action.text.text,
        "leads": [words.text for words in action.leads],
        "timescale": timescale.words.text if timescale else None,
        "due": timescale.due.isoformat() if timescale and timescale.due else None,
    }
    if action.stands_for or action.leads_stand_for:
        data["stands_for"] = {"actions": list(action.stands_for), "leads": list(action.leads_stand_for)}
    return data
