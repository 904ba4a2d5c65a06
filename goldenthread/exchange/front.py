"""The title of a plan and the date that its progress is as at, from the lines before the first standard."""

import re
from datetime import date

from goldenthread.exchange.timescales import find_as_at
from goldenthread.plan.content import PlanContent

UNTITLED = "Improvement plan"


def read_front(content: PlanContent, as_at: date | None) -> None:
    """Set the title and the as-at date. A date that was asked for wins over the one written."""
    texts = [words.text for words in content.front]
    title, written = "", None
    for text in texts:
        found, at = find_as_at(text)
        if found:
            written = found
            title = re.sub(
                r"[\s\-–—:,(]*(?:(?:progress|position|status|updated?)(?: report)?)?[\s\-–—:,(]*$",
                "",
                text[:at],
                flags=re.IGNORECASE,
            )
            break
    if not title:
        plans = [text for text in texts if re.search(r"\bplan\b", text, re.IGNORECASE) and not find_as_at(text)[0]]
        title = next(iter(plans or [text for text in texts if not find_as_at(text)[0]][:1]), "")
    if not title:
        title = UNTITLED
        content.notes.append(f"No title is written: “{UNTITLED}” is used.")
    content.title = title
    content.as_at = as_at or written
    if as_at and written and as_at != written:
        content.notes.append(
            f"The plan says that it is as at {written.isoformat()}; {as_at.isoformat()} was asked for and is used."
        )
    if content.as_at is None:
        content.notes.append("The plan does not say what date its progress is as at.")
