"""What happened on an allocation, and on a file that nobody has, in order, as their pages tell it."""

from collections.abc import Iterable

from goldenthread.cases.facts import Fact
from goldenthread.cases.timeline import Entry, as_they_stand, latest_first
from goldenthread.standards.allocation.allocating.choices import role_in_words
from goldenthread.standards.allocation.allocating.models import (
    Allocation,
    AllocationAnswer,
    AllocationDiscussed,
    RefusalRuling,
    WaitHeard,
    WaitTold,
)

RELATED = ("answers", "rulings", "discussions")


def said(fact: Fact) -> tuple[str, tuple[str, ...]]:
    """What a fact says, in words."""
    match fact:
        case AllocationAnswer():
            return f"The worker answered: “{fact.get_answer_display()}”", (fact.words,)
        case RefusalRuling():
            return "A manager ruled that it stands", (fact.words,)
        case AllocationDiscussed():
            return "Talked over in supervision", (fact.words,)
        case WaitTold():
            known = fact.to_id == fact.by_id
            who = f"{fact.to.name}, {role_in_words(fact.rank)}, {'knows of it' if known else 'was told'}"
            return who, (fact.get_risk_display(), fact.words)
        case WaitHeard():
            return f"{fact.by.name} answered", (fact.words,)
    raise TypeError(f"{type(fact).__name__} has no words")


def timeline(allocation: Allocation) -> list[Entry]:
    """All facts on it, latest first. Fetch `RELATED` with it, each with who recorded it."""
    rows = (getattr(allocation, name).all() for name in RELATED)
    return latest_first(entry for found in rows for entry in as_they_stand(found, said))


def wait_timeline(told: Iterable[WaitTold], heard: Iterable[WaitHeard]) -> list[Entry]:
    """Who was told, and what they answered, latest first. Fetch who recorded each, and who was told."""
    return latest_first([*as_they_stand(told, said), *as_they_stand(heard, said)])
