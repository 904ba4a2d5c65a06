"""What of closing a case file is told in its chronology. That it was closed is told of the file itself."""

from typing import Any

from goldenthread.cases.events import Significance, Source, by_file, leaves_out, page, tells
from goldenthread.standards.allocation.closing.choices import Answer
from goldenthread.standards.allocation.closing.choices import Told as How
from goldenthread.standards.allocation.closing.models import (
    AgencyToTell,
    Closure,
    ClosureAgencyTold,
    ClosureAnswer,
    ClosureAskedAgain,
    ClosureDropped,
    ClosureFamilyTold,
    ClosureReopened,
)
from goldenthread.standards.allocation.closing.timeline import said
from goldenthread.standards.assessment.household.events import from_agency

Told = tuple[str, tuple[str, ...]]


def _asked(row: Closure) -> Told:
    support = f"From now on: {row.support}"
    return f"It was asked to close the case: closure {row.reference}", (row.get_reason_display(), row.changed, support)


def _on_it(row: Any) -> Told:
    what, words = said(row)
    return f"Closure {row.closure.reference}: {what[0].lower()}{what[1:]}", words


def _told(who: str, row: ClosureFamilyTold | ClosureAgencyTold) -> Told:
    if row.how == How.NOT:
        return f"{who} was not told that our work ends", (f"Because: {row.words}",)
    return f"{who} was told that our work ends: {row.get_how_display().lower()}", (row.words,)


def _family(row: ClosureFamilyTold) -> Told:
    return _told("The family", row)


def _agency(row: ClosureAgencyTold) -> Told:
    return _told(row.agency.name, row)


def _signed(row: ClosureAnswer) -> str:
    return Significance.SIGNIFICANT if row.answer == Answer.SIGNED_OFF else Significance.ROUTINE


_ON: dict[str, Any] = {"on": by_file("closure__case_file"), "url": page("closure", "closure_id")}
_ON_IT: dict[str, Any] = _ON | {"said": _on_it, "with_": ("closure",)}
tells(Closure, said=_asked, on=by_file(), when="asked_at", url=page("closure"))
tells(ClosureFamilyTold, said=_family, source=Source.FAMILY, **_ON)
tells(ClosureAgencyTold, said=_agency, source=lambda row: from_agency(row.agency.kind), with_=("agency",), **_ON)
tells(ClosureAskedAgain, **_ON_IT)
tells(ClosureAnswer, significance=_signed, **_ON_IT)
tells(ClosureDropped, **_ON_IT)
tells(ClosureReopened, significance=Significance.SIGNIFICANT, **_ON_IT)
leaves_out(
    AgencyToTell,
    "Who is to be told, copied from the agencies involved, which are events; that one was told is one too.",
)
