"""How things stand on a child for a page that changes them, so that two officers at once see each other."""

from goldenthread.cases.facts import Fact
from goldenthread.cases.models import Address, Child, Merge, OtherName
from goldenthread.core.templatetags.words import day
from goldenthread.core.versions import Standing, version_of
from goldenthread.standards.assessment.household.hanging import counts
from goldenthread.standards.assessment.household.known import words_of


def of_child(child: Child) -> Standing:
    """A child's name, date of birth and sex."""
    last = child.amendments.select_related("by").last()
    now = (
        ("Name", child.name),
        ("Date of birth", day(child.date_of_birth) or "not known"),
        ("Sex", child.get_sex_display()),
    )
    return Standing(version_of(child), last.by.name if last else "", last.recorded_at if last else None, now)


def of_known(fact: Fact) -> Standing:
    """One fact, as corrected last."""
    now = tuple(("It says", line) for line in words_of(fact))
    if fact.withdrawn:
        now = (("Now", "taken back: it was not so"),)
    return Standing(version_of(fact), fact.by.name, fact.recorded_at, now)


def of_row(row: Address | OtherName) -> Standing:
    """An address or another name. A confidential address says none of its words."""
    now = (("Recorded", day(row.recorded_at)), ("Taken back", day(row.withdrawn_at) or "no"))
    return Standing(version_of(row), row.by.name, row.recorded_at, now)


def of_two(one: Child, other: Child) -> Standing:
    """Two records, and how much hangs on each."""
    hanging = [[key.label, number] for child in (one, other) for key, number in counts(child)]
    return Standing(version_of(one, other, hanging))


def of_merge(merge: Merge) -> Standing:
    """Two records that somebody made one."""
    now = (("Now", "one record"), ("Stays", merge.kept.name), ("Why they are one child", merge.why))
    return Standing(version_of(merge.pk), merge.by.name, merge.recorded_at, now)
