"""Planted holes: each guard is taken away in turn, and the matrix must see it. A matrix that sees nothing proves nothing.

A hole is a guard by name, what takes it away, and which pages and rows of the matrix are asked while it is gone.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from assurance import oracle
from assurance.matrix import matrix
from assurance.world import World

Opening = Callable[[], AbstractContextManager[Any]]


@dataclass(frozen=True, slots=True)
class Hole:
    """One guard. pages, relationships: what is asked while it is gone (none named: all)."""

    name: str
    opening: Opening
    pages: tuple[str, ...]
    relationships: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    methods: tuple[str, ...] = ("GET", "POST")


@dataclass(slots=True)
class Holes:
    """What was found. planted: holes tried; caught: those that the matrix saw; missed: those that it did not."""

    planted: int = 0
    caught: int = 0
    missed: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def faults(self) -> int:
        """How much is wrong."""
        return len(self.missed)


_LISTS = ("home", "referrals", "team-board", "drill-down", "referral-chasers", "referral-search")
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

    return lambda: _everywhere("sight_of", altered)


@contextmanager
def _everywhere(name: str, instead: Any) -> Iterator[None]:
    """A function replaced in every module that imported it."""
    import sys

    held = [
        module for key, module in list(sys.modules.items()) if key.startswith("goldenthread") and hasattr(module, name)
    ]
    plain = {module: getattr(module, name) for module in held}
    for module in held:
        setattr(module, name, instead)
    try:
        yield
    finally:
        for module in held:
            setattr(module, name, plain[module])


_GUARDED_TWICE = frozenset({
    "address-show", "conflict", "conflict-withdraw", "restriction", "restriction-lift", "restriction-review", "team-board",
    "trail-officer", "account-review",
})  # fmt: skip
"""Behind the rule of these pages stands a second guard: a hole only opens where both are gone (`_guarded_twice`)."""
_NOTHING_THERE = frozenset({"child-settle", "plan-import-correct", "plan-settle", "trail-account", "unmet-need-sent"})
"""What these pages show is not in the matrix's world: they are missing for those who may open them, too."""


def _guarded_twice() -> Iterator[Hole]:
    """Both guards of a page that has two."""
    from goldenthread.people.access import Door, access_table

    table = access_table()

    def both(*names: str, second: Opening) -> Opening:
        return lambda: _both(patch.dict(table, dict.fromkeys(names, Door.SIGNED_IN)), second())

    line = lambda: _everywhere("answers_for", lambda manager, officer: True)  # noqa: E731
    for name in ("conflict", "conflict-withdraw"):
        yield Hole(
            f"both guards of “{name}”",
            both(name, second=line),
            (name,),
            ("declared conflict",),
            ("worker", "quality-officer"),
        )
    listed = lambda: patch("goldenthread.oversight.views.restrictions._named", _any_restriction)  # noqa: E731
    for name in ("restriction", "restriction-review", "restriction-lift"):
        yield Hole(
            f"both guards of “{name}”",
            both(name, second=listed),
            (name,),
            ("restricted, not listed",),
            ("worker", "team-manager"),
        )
    seeing = lambda: patch("goldenthread.cases.opening.sight_of", _all_seeing)  # noqa: E731
    yield Hole(
        "both guards of “address-show”",
        both("address-show", second=seeing),
        ("address-show",),
        ("allocated",),
        ("executive-member", "administrator"),
    )
    everyone = lambda: patch("goldenthread.people.accounts.reviewed_by", _every_account)  # noqa: E731
    yield Hole("both guards of “account-review”", both("account-review", second=everyone), ("account-review",), ("line",), ("worker", "executive-member", "administrator"))  # fmt: skip
    reach = lambda: patch("goldenthread.people.models.Officer.team_ids_reached", lambda self: None)  # noqa: E731
    yield Hole(
        "both guards of “team-board”",
        both("team-board", second=reach),
        ("team-board",),
        ("another team",),
        ("executive-member", "administrator"),
    )


def _pages() -> Iterator[Hole]:
    """The access table's rule for each page, loosened to “anyone who has signed in”."""
    from goldenthread.people.access import Door, access_table

    table = access_table()
    for name in sorted({*oracle.BY_ROLE, *oracle.BY_RECORD, *oracle.BY_RULE}):
        if name in table and table[name] is not Door.SIGNED_IN and name not in _GUARDED_TWICE | _NOTHING_THERE:
            allowed = oracle.BY_ROLE.get(name) or oracle.BY_RECORD.get(name) or frozenset()
            roles = tuple(role for role in oracle.ROLES if role not in allowed)
            opening = lambda name=name: patch.dict(table, {name: Door.SIGNED_IN})  # noqa: E731
            yield Hole(f"the rule of the page “{name}”", opening, (name,), ("allocated", "line", "break-glass"), roles)


def _without_sign_in() -> Iterator[Hole]:
    """The same, loosened to anyone at all, for the pages of records."""
    from goldenthread.people.access import Door, access_table

    table = access_table()
    for name in ("referral", "case-file", "referrals", "home", "drill-down", "trail", "accounts", "address-show"):
        opening = lambda name=name: patch.dict(table, {name: Door.PUBLIC})  # noqa: E731
        yield Hole(f"signing in for the page “{name}”", opening, (name,), ("allocated",), ())


def _relationships() -> Iterator[Hole]:
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
        ("team-board",),
        ("another team",),
    )


def _readers() -> Iterator[Hole]:
    """The places that ask the choke point, each made to forget it."""
    from goldenthread.cases.models import CaseFileQuerySet
    from goldenthread.cases.sight import Sight
    from goldenthread.obligations.models import ObligationQuerySet
    from goldenthread.standards.referrals.models import ReferralQuerySet

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
        "referrals that one may open",
        lambda: patch.object(ReferralQuerySet, "visible_to", plain),
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
        ("goldenthread.pages.teams", ("team-board",)),
    ):
        yield Hole(
            f"the filter of {module}",
            lambda module=module: patch(f"{module}.seen_by", lambda sight: None),
            pages,
            ("another team", "line", "same team", "declared conflict"),
        )
    for view, pages in (
        (
            "goldenthread.standards.referrals.views.record.sight_of",
            ("referral", "referral-amend", "referral-decide", "referral-unmet"),
        ),
        ("goldenthread.cases.opening.sight_of", ("case-file", "file-access", "address-show", "file-involve")),
    ):
        yield Hole(f"asking {view.rsplit('.', 2)[1]}", lambda view=view: patch(view, _all_seeing), pages, shut)
    yield Hole(
        "the team of a board",
        lambda: patch("goldenthread.pages.teams.Officer.team_ids_reached", lambda self: None),
        ("team-board",),
        ("another team",),
    )
    yield Hole(
        "the line of an officer",
        lambda: _everywhere("answers_for", lambda manager, officer: True),
        ("emergency-review", "conflict", "conflict-withdraw"),
        ("declared conflict",),
    )
    yield Hole(
        "a restriction's own list",
        lambda: patch("goldenthread.oversight.views.restrictions._named", _any_restriction),
        ("restriction",),
        ("restricted, not listed",),
    )
    yield Hole(
        "a confidential address is not on a page",
        lambda: patch("goldenthread.pages.case_file._children", _addresses_bare),
        ("case-file",),
        ("allocated",),
    )


def _all_seeing(officer: Any, at: Any = None) -> Any:
    from goldenthread.cases.sight import Sight

    return Sight(officer.pk, reads=True, teams=None)


def _every_account(reviewer: Any) -> Any:
    from goldenthread.people.models import Officer

    return Officer.objects.all()


def _any_restriction(officer: Any, pk: int) -> Any:
    from goldenthread.cases.models import Restriction
    from goldenthread.core import trail

    found = Restriction.objects.select_related("child", "contact", "by").get(pk=pk)
    trail.write("see restriction", found, by=officer, child=found.child_id)
    return found


def _addresses_bare(found: Any) -> list[Any]:
    rows = [(child, child.addresses.first()) for child in found.children.all()]
    for _, address in rows:
        address.confidential = False
    return rows


def _trail() -> Iterator[Hole]:
    """The trail, made to forget."""
    from goldenthread.core import trail

    plain = trail.write

    def without(*deeds: str) -> Callable[..., Any]:
        def write(deed: str, *given: Any, **named: Any) -> Any:
            return None if deed in deeds else plain(deed, *given, **named)

        return write

    def silent(*deeds: str) -> Opening:
        def opening() -> AbstractContextManager[Any]:
            return _both(patch.object(trail, "write", without(*deeds)), _no_guard())

        return opening

    yield Hole("reading a referral is told", silent("read referral"), ("referral",), ("allocated",))
    yield Hole("reading a file is told", silent("read case file"), ("case-file",), ("allocated",))
    yield Hole(
        "a list that was seen is told", silent("see list", "list referrals"), ("referrals", "home"), ("allocated",)
    )
    yield Hole("a search is told", silent("search referrals"), ("referral-search",), ("allocated",), (), ("POST",))
    yield Hole("a refusal is told", silent("denied"), ("referral", "accounts"), ("another team",))
    yield Hole("reading the trail is told", silent("read trail", "see list"), ("trail-record",), ("allocated",))
    yield Hole(
        "a page that tells the trail nothing is not sent",
        lambda: patch.object(trail, "write", without("read referral", "read case file")),
        ("referral", "case-file"),
        ("allocated",),
    )
    yield Hole("the trail holds no words", _words_in_the_trail(plain), ("referral",), ("allocated",))


def _words_in_the_trail(plain: Callable[..., Any]) -> Opening:
    from goldenthread.core import trail

    def write(deed: str, subject: Any, *given: Any, **named: Any) -> Any:
        if hasattr(subject, "concern"):
            named["said"] = subject.concern
        return plain(deed, subject, *given, **named)

    return lambda: patch.object(trail, "write", write)


def _no_guard() -> AbstractContextManager[Any]:
    return patch("goldenthread.people.access.SHOW_RECORDS", frozenset())


@contextmanager
def _both(*openings: AbstractContextManager[Any]) -> Iterator[None]:
    from contextlib import ExitStack

    with ExitStack() as stack:
        for opening in openings:
            stack.enter_context(opening)
        yield


def all_holes() -> list[Hole]:
    """Every guard that is taken away."""
    return [*_relationships(), *_readers(), *_trail(), *_without_sign_in(), *_guarded_twice(), *_pages()]


def holes(world: World, *, keep: Callable[[int], bool] = lambda number: True) -> Holes:
    """Plant each hole (keep: by number), ask the matrix, and mend it. The world must have been built in the open transaction."""
    found, began = Holes(), time.monotonic()
    for number, hole in enumerate(all_holes()):
        if not keep(number):
            continue
        rows = [
            row
            for row in world.rows
            if (not hole.relationships or row.relationship in hole.relationships)
            and (not hole.roles or row.role in hole.roles)
        ]
        with hole.opening():
            seen = matrix(world, names=hole.pages, rows=rows, methods=hole.methods, until_fault=True)
        found.planted += 1
        if seen.faults:
            found.caught += 1
        else:
            found.missed.append(hole.name)
    found.seconds = time.monotonic() - began
    return found
