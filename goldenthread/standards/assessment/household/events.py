"""What of a child and of those around them is told in the chronology of a case file.

A confidential address is never in it: neither where it is, nor why the child moved there. Nor is how people are reached.
"""

from datetime import date
from typing import Any

from django.db.models import Q

from goldenthread.cases.choices import InvolvedKind
from goldenthread.cases.events import Scope, Significance, Source, by_child, file_page, leaves_out, tells
from goldenthread.cases.household import (
    AgencyInvolved,
    ChildAmendment,
    ChildTie,
    Communication,
    Danger,
    Disability,
    Ethnicity,
    LanguageAnswer,
    Person,
    Tie,
)
from goldenthread.cases.models import Address, Child, Merge, MergedRow, OtherName
from goldenthread.core.clock import today
from goldenthread.core.templatetags.words import day
from goldenthread.standards.assessment.household.known import words_of

Told = tuple[str, tuple[str, ...]]
_FROM: dict[str, Source] = {
    InvolvedKind.POLICE: Source.POLICE,
    InvolvedKind.PROBATION: Source.JUSTICE,
    InvolvedKind.HOUSING: Source.HOUSING,
    InvolvedKind.COURT: Source.LEGAL,
    InvolvedKind.VOLUNTARY: Source.VOLUNTARY,
    InvolvedKind.ADULTS: Source.COUNCIL,
    InvolvedKind.EARLY_HELP: Source.COUNCIL,
    InvolvedKind.OTHER: Source.OTHER,
    **dict.fromkeys((InvolvedKind.SCHOOL, InvolvedKind.NURSERY, InvolvedKind.EDUCATION), Source.EDUCATION),
}


def from_agency(kind: str) -> Source:
    """Which agency it is, of the kinds that may be involved with a child: all that are not others are of health."""
    return _FROM.get(kind, Source.HEALTH)


def _known(title: str) -> Any:
    def said(row: Any) -> Told:
        first, *rest = words_of(row) or ("",)
        return f"{title}: {first}", tuple(rest)

    return said


def _lived(row: Address) -> Told:
    if row.confidential:
        return "Moved to an address that is confidential", ()
    where = ", ".join(part for part in (row.lines, row.postcode) if part)
    until = f"Until {day(row.until)}" if row.until else ""
    return f"Lives at {where}", (row.moved_because, until)


def _named(row: OtherName) -> Told:
    span = " ".join(f"{word} {day(at)}" for word, at in (("since", row.since), ("until", row.until)) if _is(at))
    return f"{row.get_kind_display()}: {row.name}", (span.capitalize(),)


def _is(at: date | None) -> bool:
    return at is not None


def _about(row: Person) -> Told:
    born = f"Born {day(row.date_of_birth)}" if row.date_of_birth else ""
    return f"Around the child: {row.name}", (born,)


def _involved(row: AgencyInvolved) -> Told:
    return f"Agency involved: {row.name}, {row.get_kind_display().lower()}", (row.what_for, row.worker)


def _people(scope: Scope) -> Q:
    """Somebody around a child of the file now: not where it was taken back that they are."""
    tied = {"child__in": scope.children, "withdrawn": False, "superseded_by": None}
    return Q(**{f"ties__{name}": value for name, value in tied.items()}) | Q(
        **{f"root__ties__{name}": value for name, value in tied.items()}
    )


def _dangers(scope: Scope) -> Q:
    tied = {"child__in": scope.children, "withdrawn": False, "superseded_by": None}
    return Q(**{f"person__ties__{name}": value for name, value in tied.items()})


def _ties(scope: Scope) -> Q:
    return Q(child__in=scope.children) | Q(other__in=scope.children)


def _merges(scope: Scope) -> Q:
    return Q(kept__in=scope.children) | Q(merged__in=scope.children)


_ON: dict[str, Any] = {"on": by_child(), "whose": ("child", ""), "url": file_page("child", "child_id")}
_SIGNIFICANT = Significance.SIGNIFICANT


def _born(row: Child) -> Told:
    guess = "The date is a guess" if row.birth_date_is_estimate else ""
    expected = row.date_of_birth is not None and row.date_of_birth > today()
    return f"{row.given_names} {'is expected' if expected else 'was born'}", (guess,)


tells(
    Child, said=_born, on=by_child("pk"), when="date_of_birth", known="date_of_birth", whose=("", ""),
    url=file_page("child", "pk"), source=Source.FAMILY, significance=Significance.KEY,
)  # fmt: skip
tells(Ethnicity, said=_known("Ethnicity"), source=Source.FAMILY, **_ON)
tells(LanguageAnswer, said=_known("Languages"), source=Source.FAMILY, **_ON)
tells(Disability, said=_known("Disability"), **_ON)
tells(Communication, said=_known("How the child communicates"), **_ON)
tells(
    AgencyInvolved, said=_involved, source=lambda row: from_agency(row.kind), **_ON
)  # fmt: skip
tells(Tie, said=_known("What somebody is to the child"), about=lambda row: row.person_id, **_ON)
tells(
    Person, said=_about, on=_people, url=file_page("household"), about=lambda row: row.first_id,
)  # fmt: skip
tells(
    Danger, said=_known("Danger"), on=_dangers, url=file_page("household"), about=lambda row: row.person_id,
    significance=Significance.KEY,
)  # fmt: skip
tells(ChildTie, said=_known("Another child"), on=_ties, url=file_page("household"))
tells(Address, said=_lived, when="since", significance=_SIGNIFICANT, **_ON)
tells(OtherName, said=_named, when="recorded_at", **_ON)
tells(
    ChildAmendment,
    said=lambda row: (f"The child's record was put right: {row.label.lower()}", ()),
    when="recorded_at",
    **_ON,
)
_made_one: Any = {"on": _merges, "url": lambda row, scope: row.url_on(scope.case_file)}
tells(
    Merge, said=lambda row: ("Two records were found to be of one child, and made one", ()), when="recorded_at", **_made_one
)  # fmt: skip
tells(
    Merge, part="undone", said=lambda row: ("Two records that had been made one were parted again", ()), when="undone_at",
    known="undone_at", **_made_one,
)  # fmt: skip
leaves_out(MergedRow, "A part of a merge, which is an event itself.")
