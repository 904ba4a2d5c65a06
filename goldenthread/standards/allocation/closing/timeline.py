"""Everything that happened on a closure, in order, as its page tells it."""

from dataclasses import replace

from goldenthread.cases.facts import Fact
from goldenthread.cases.timeline import Entry, as_they_stand, latest_first
from goldenthread.standards.allocation.chronology.models import ChronologyReview
from goldenthread.standards.allocation.closing.chronology import is_last, reviews_for
from goldenthread.standards.allocation.closing.corrections import CORRECTABLE
from goldenthread.standards.allocation.closing.models import (
    Closure,
    ClosureAgencyTold,
    ClosureAnswer,
    ClosureAskedAgain,
    ClosureDropped,
    ClosureFamilyTold,
    ClosureReopened,
)

RELATED = (
    "family_told", "agencies_told", "asked_again", "answers", "drops", "reopenings",
)  # fmt: skip


def said(fact: Fact) -> tuple[str, tuple[str, ...]]:
    """What a fact says, in words."""
    match fact:
        case ClosureFamilyTold():
            return f"The family: {fact.get_how_display().lower()}", (fact.words,)
        case ClosureAgencyTold():
            return f"{fact.agency.name}: {fact.get_how_display().lower()}", (fact.words,)
        case ChronologyReview():
            return "Last look at the chronology", (fact.words,)
        case ClosureAskedAgain():
            return "Asked again", (fact.words,)
        case ClosureAnswer():
            return fact.get_answer_display(), (fact.words,)
        case ClosureDropped():
            return "Not closed after all", (fact.words,)
        case ClosureReopened():
            return "The file was opened again", (fact.words,)
    raise TypeError(f"{type(fact).__name__} has no words")


def timeline(closure: Closure) -> list[Entry]:
    """All facts on it, latest first, and the last look at the chronology, which is corrected there; what cannot be corrected
    here has no kind. Fetch `RELATED` with it and the file's reviews, each with who recorded it, and the agencies told."""
    entries = [entry for name in RELATED for entry in as_they_stand(getattr(closure, name).all(), said)]
    looks = as_they_stand(reviews_for(closure), said)
    entries += [look for look in looks if is_last(closure, look.occurred_at)]
    kinds = {model._meta.model_name for model in CORRECTABLE}
    return latest_first(entry if entry.kind in kinds else replace(entry, kind="") for entry in entries)
