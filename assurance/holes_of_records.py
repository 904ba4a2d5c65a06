"""Holes in what opens and closes a record: each clause of the one statement, and each place that asks it."""

from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

from assurance.hole import Hole, Opening, all_seeing, any_restriction, everywhere

_LISTS = ("home", "referrals", "team-board", "team-work", "drill-down", "referral-chasers", "referral-search")
_RECORDS = ("referral", "case-file", "file-access", "record", "trail-record")


def _in_sql(old: str, new: str = "") -> Opening:
    """A clause of the one statement that says what opens and closes files, taken out."""
    from goldenthread.cases import sight

    assert old in sight._SQL + sight._LINE, old
    return lambda: patch.object(sight, "_SQL", sight._SQL.replace(old, new))


def _sight(**changed: Callable[[Any], Any]) -> Opening:
    """What opens and closes files, altered after it was read."""
    from dataclasses import replace

    from goldenthread.cases import sight

    plain = sight.sight_of

    def altered(*given: Any, **named: Any) -> Any:
        found = plain(*given, **named)
        return replace(found, **{name: change(found) for name, change in changed.items()})

    return lambda: everywhere("sight_of", altered)


def of_relationships() -> Iterator[Hole]:
    """What opens and closes a file, one clause at a time."""
    lists = (*_LISTS, *_RECORDS)
    yield Hole(
        "a conflict closes the file",
        _in_sql("WHERE c.officer_id", "WHERE c.id = -1 AND c.officer_id"),
        lists,
        ("declared conflict",),
    )
    yield Hole(
        "a restriction closes the file",
        _in_sql("WHERE r.lifted_at IS NULL", "WHERE r.id = -1"),
        lists,
        ("restricted, not listed", "sealed, break-glass"),
    )
    yield Hole(
        "a sealed file stays shut in an emergency",
        _in_sql("r.level FROM", "'restricted' FROM"),
        lists,
        ("sealed, break-glass",),
    )
    yield Hole(
        "an involvement ends",
        _in_sql("AND (until_at IS NULL OR until_at > %(at)s)", "AND %(at)s IS NOT NULL"),
        lists,
        ("was co-worker",),
    )
    yield Hole(
        "a shift ends",
        _in_sql("AND starts_at <= %(at)s AND ends_at > %(at)s", "AND starts_at <= %(at)s"),
        lists,
        ("was on duty",),
    )
    yield Hole(
        "broken glass mends",
        _in_sql("AND opened_at <= %(at)s AND expires_at > %(at)s", "AND opened_at <= %(at)s"),
        lists,
        ("break-glass expired",),
    )
    yield Hole(
        "an involvement is one officer's",
        _in_sql("WHERE officer_id = %(me)s AND since_at", "WHERE since_at"),
        lists,
        ("another team", "same team"),
    )
    yield Hole(
        "a shift is one officer's",
        _in_sql("WHERE officer_id = %(me)s AND starts_at", "WHERE starts_at"),
        lists,
        ("another team", "same team"),
    )
    yield Hole(
        "broken glass is one officer's",
        _in_sql("WHERE officer_id = %(me)s AND opened_at", "WHERE opened_at"),
        lists,
        ("another team", "same team"),
    )
    yield Hole("a list names officers", _in_sql("AND n.officer_id = %(me)s", ""), lists, ("restricted, not listed",))
    yield Hole("every file is not everybody's", _sight(teams=lambda s: None), lists, ("another team", "same team"))
    yield Hole(
        "nothing shut is open",
        _sight(shut=lambda s: frozenset()),
        lists,
        ("declared conflict", "restricted, not listed"),
    )
    yield Hole(
        "who reads records at all",
        _sight(reads=lambda s: True),
        ("record", "case-file"),
        ("allocated",),
        ("executive-member", "administrator"),
    )
    yield Hole(
        "duty for one team is not for all",
        _sight(out_of_hours=lambda s: s.out_of_hours or bool(s.duty_teams)),
        lists,
        ("on duty",),
    )
    yield Hole("nobody is on duty by themselves", _sight(out_of_hours=lambda s: True), lists, ("another team",))
    yield Hole(
        "a role's line",
        lambda: patch("goldenthread.people.models.Officer.line_team_ids", lambda self: self.team_ids_reached()),
        lists,
        ("same team", "line"),
    )
    yield Hole(
        "a role's reach",
        lambda: patch("goldenthread.people.models.Officer.team_ids_reached", lambda self: None),
        ("team-board", "team-work"),
        ("another team",),
    )


def of_readers() -> Iterator[Hole]:
    """The places that ask the choke point, each made to forget it."""
    from goldenthread.cases.models import CaseFileQuerySet
    from goldenthread.cases.records import OnFileQuerySet
    from goldenthread.cases.sight import Sight
    from goldenthread.obligations.models import ObligationQuerySet

    shut = ("another team", "declared conflict", "restricted, not listed", "break-glass expired")
    plain = lambda self, *given, **named: self  # noqa: E731
    yield Hole(
        "the filter of one record",
        lambda: patch.object(Sight, "filter", lambda self, path="", writing=False: None),
        (*_LISTS, *_RECORDS),
        shut,
    )
    yield Hole(
        "the reason of one record",
        lambda: patch.object(Sight, "why", lambda self, file: "allocated worker"),
        ("referral-acknowledge", "referral-chase", "address-add"),
        ("auditor",),
        ("worker", "senior-practitioner", "team-manager"),
    )
    yield Hole(
        "who may write",
        lambda: patch.object(Sight, "may_write", lambda self, file: True),
        ("referral-acknowledge", "referral-chase", "address-add"),
        ("auditor",),
        ("worker", "senior-practitioner", "team-manager"),
    )
    yield Hole(
        "the receiving team only reads",
        lambda: patch.object(Sight, "may_write", lambda self, file: bool(self.why(file))),
        ("referral-acknowledge", "referral-chase", "address-add"),
        ("receiving team",),
        ("team-manager", "group-manager"),
    )
    yield Hole(
        "referrals that one may open",
        lambda: patch.object(OnFileQuerySet, "visible_to", plain),
        ("referrals", "referral-search", "record"),
        shut,
    )
    yield Hole(
        "files that one may open",
        lambda: patch.object(CaseFileQuerySet, "visible_to", plain),
        ("record", "trail-record"),
        shut,
        ("team-manager", "group-manager"),
    )
    yield Hole(
        "what one may see owed", lambda: patch.object(ObligationQuerySet, "visible_to", plain), ("excuse",), shut
    )
    yield Hole(
        "what counts leave out",
        lambda: patch.object(ObligationQuerySet, "counted_for", plain),
        ("home",),
        ("declared conflict",),
    )
    for module, pages in (
        ("goldenthread.pages.drill", ("drill-down",)),
        ("goldenthread.pages.teams", ("team-work",)),
        ("goldenthread.pages.team_board", ("team-board",)),
    ):
        yield Hole(
            f"the filter of {module}",
            lambda module=module: patch(f"{module}.seen_by", lambda sight: None),
            pages,
            ("another team", "line", "same team", "declared conflict"),
        )
    for what, pages in (
        ("a record", ("referral", "referral-amend", "referral-decide", "referral-unmet")),
        ("a file", ("case-file", "file-access", "address-show", "file-involve")),
    ):
        yield Hole(
            f"asking before {what} is opened",
            lambda: patch("goldenthread.cases.opening.sight_of", all_seeing),
            pages,
            shut,
        )
    yield Hole(
        "the team of a board",
        lambda: patch("goldenthread.pages.teams.Officer.team_ids_reached", lambda self: None),
        ("team-board", "team-work"),
        ("another team",),
    )
    yield Hole(
        "the line of an officer",
        lambda: everywhere("accounts_to", lambda officer, reviewer: True),
        ("emergency-review", "conflict", "conflict-withdraw"),
        ("declared conflict",),
    )
    yield Hole(
        "a restriction's own list",
        lambda: patch("goldenthread.oversight.views.restrictions._named", any_restriction),
        ("restriction",),
        ("restricted, not listed",),
    )
    yield Hole(
        "a confidential address is not on a page",
        lambda: patch("goldenthread.pages.case_file.essentials", _addresses_bare),
        ("case-file",),
        ("allocated",),
    )


def _addresses_bare(children: Any) -> list[Any]:
    from goldenthread.standards.assessment.household.known import essentials

    rows = essentials(children)
    for row in rows:
        if row.lived:
            row.lived.address.confidential = False
    return rows
