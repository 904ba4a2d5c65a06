"""What of the register and its checks is told in the chronology of a case file: of a check, nothing of what was written about
other children whom it showed."""

from typing import Any

from goldenthread.cases.events import Significance, Source, by_file, leaves_out, page, tells
from goldenthread.core.clock import day_of
from goldenthread.standards.assessment.register.choices import term
from goldenthread.standards.assessment.register.models import (
    AskedAfter,
    CheckDecision,
    CheckSettled,
    KeyWorker,
    Listing,
    RegisterCheck,
    RegisterEntry,
    Removal,
)

Told = tuple[str, tuple[str, ...]]


def _listed(row: Listing) -> Told:
    of = f" of {row.entry.council}" if row.entry.council else ""
    return f"{term(day_of(row.occurred_at))}{of}: {row.in_words.lower()}", ()


def _removed(row: Removal) -> Told:
    return f"Off the {term(day_of(row.occurred_at)).lower()}: {row.get_reason_display().lower()}", (row.words,)


def _from(row: Any) -> Source:
    return Source.COUNCIL if row.entry.council else Source.OURS


_ON_ENTRY: dict[str, Any] = {
    "on": by_file("entry__case_file"), "url": page("register-entry", "entry_id"), "whose": ("entry.child", ""),
    "source": _from,
}  # fmt: skip
tells(Listing, said=_listed, significance=Significance.KEY, with_=("entry",), **_ON_ENTRY)
tells(Removal, said=_removed, significance=Significance.KEY, with_=("entry",), **_ON_ENTRY)
tells(
    KeyWorker, said=lambda row: (f"Key worker: {row.called}", ()), with_=("entry", "officer"), **_ON_ENTRY
)  # fmt: skip
tells(
    RegisterCheck, said=lambda row: ("The register was searched for a referral", ()), when="asked_at", known="asked_at",
    on=by_file("referral__case_file"), url=page("check"), whose=("referral", "children"),
)  # fmt: skip
tells(
    CheckDecision, said=lambda row: ("It was decided what the register says", ()),
    on=by_file("check_of__referral__case_file"), url=page("check", "check_of_id"), whose=("check_of.referral", "children"),
    with_=("check_of",),
)  # fmt: skip
tells(
    CheckSettled, said=lambda row: (f"Where the register was not sure: {row.get_answer_display().lower()}", ()),
    on=by_file("shown__asked__check_of__referral__case_file"), url=page("check", "shown.asked.check_of_id"),
    whose=("shown.asked.check_of.referral", "children"), with_=("shown__asked__check_of",),
)  # fmt: skip
leaves_out(RegisterEntry, "The spell on the register as a whole: its listings and its removal are the events.")
leaves_out(AskedAfter, "A part of a check: its date is the date of birth that was asked about.")
