"""Holes in the doors: the access table's rule of each page, and the second guard where there are two."""

from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

from assurance import oracle
from assurance.hole import Hole, Opening, all_seeing, any_restriction, every_account, everywhere, together

_HOUSING = (
    "temporary-assess", "temporary-report", "temporary-answer", "temporary-outcome", "temporary-review", "temporary-end",
    "temporary-correct",
)  # fmt: skip
"""What is done about temporary accommodation: each of its pages asks the deed, too, whether it is for the officer's role."""
_LED = ("supervision-session", "supervision-correct", "supervision-end")
"""What is recorded of a supervision: by whoever leads it, and nobody leads their own."""
_GUARDED_TWICE = frozenset({
    "address-show", "conflict", "conflict-withdraw", "restriction", "restriction-lift", "restriction-review", "team-board", "team-work",
    "trail-officer", "account-review", "check", "check-correct", *_HOUSING, "supervision-pair", *_LED, "chronology-correct",
})  # fmt: skip
"""Behind the rule of these pages stands a second guard: a hole only opens where both are gone (`guarded_twice`)."""
_NOTHING_THERE = frozenset({"plan-import-correct", "plan-settle", "trail-account", "unmet-need-sent"})
"""What these pages show is not in the matrix's world: they are missing for those who may open them, too."""


def guarded_twice() -> Iterator[Hole]:
    """Both guards of a page that has two."""
    from goldenthread.people.access import Door, access_table

    table = access_table()

    def both(*names: str, second: Opening) -> Opening:
        return lambda: together(patch.dict(table, dict.fromkeys(names, Door.SIGNED_IN)), second())

    line = lambda: everywhere("accounts_to", lambda officer, reviewer: True)  # noqa: E731
    for name in ("conflict", "conflict-withdraw"):
        yield Hole(
            f"both guards of “{name}”",
            both(name, second=line),
            (name,),
            ("declared conflict",),
            ("worker", "quality-officer"),
        )
    listed = lambda: patch("goldenthread.oversight.views.restrictions._named", any_restriction)  # noqa: E731
    for name in ("restriction", "restriction-review", "restriction-lift"):
        yield Hole(
            f"both guards of “{name}”",
            both(name, second=listed),
            (name,),
            ("restricted, not listed",),
            ("worker", "team-manager"),
        )
    seeing = lambda: patch("goldenthread.cases.opening.sight_of", all_seeing)  # noqa: E731
    yield Hole(
        "both guards of “address-show”",
        both("address-show", second=seeing),
        ("address-show",),
        ("allocated",),
        ("executive-member", "administrator"),
    )
    everyone = lambda: patch("goldenthread.people.accounts.reviewed_by", every_account)  # noqa: E731
    yield Hole("both guards of “account-review”", both("account-review", second=everyone), ("account-review",), ("line",), ("worker", "executive-member", "administrator"))  # fmt: skip
    reach = lambda: patch("goldenthread.people.models.Officer.team_ids_reached", lambda self: None)  # noqa: E731
    for name in ("team-board", "team-work"):
        yield Hole(
            f"both guards of “{name}”",
            both(name, second=reach),
            (name,),
            ("another team",),
            ("executive-member", "administrator"),
        )
    yield from _guarded_twice_in_rooms(both)


def _guarded_twice_in_rooms(both: Callable[..., Opening]) -> Iterator[Hole]:
    """Both guards of pages of the rooms: beside the rule, what the room itself asks about the officer's role."""
    from goldenthread.people.roles import Permission
    from goldenthread.standards.assessment.housing.deeds import Deed

    def allowed(*given: Any, **named: Any) -> bool:
        return True

    def hole(name: str, second: Opening, methods: tuple[str, ...] = ("GET", "POST")) -> Hole:
        roles = tuple(role for role in oracle.ROLES if role not in oracle.BY_RECORD[name])
        return Hole(f"both guards of “{name}”", both(name, second=second), (name,), ("allocated",), roles, methods)

    for name in _HOUSING:
        yield hole(name, lambda: patch.object(Deed, "for_officer", allowed), ("GET",))
    yield hole("check", lambda: patch("goldenthread.cases.opening.sight_of", all_seeing))
    yield hole(
        "check-correct", lambda: patch("goldenthread.standards.assessment.register.views.checks.may_decide", allowed)
    )
    asked = "goldenthread.standards.allocation.chronology.corrections.permission_for"
    yield hole("chronology-correct", lambda: patch(asked, lambda fact: Permission.READ_RECORDS), ("GET",))
    yield hole(
        "child-settle",
        lambda: patch("goldenthread.standards.assessment.household.unmerging.require", allowed),
        ("POST",),
    )
    checks = "goldenthread.standards.assessment.register.checking"
    who = lambda: together(  # noqa: E731
        patch(f"{checks}.require", allowed), patch(f"{checks}.locked", lambda record, *given: record),
        patch("goldenthread.standards.assessment.register.views.checks.may_decide", allowed),
    )  # fmt: skip
    yield from _of_supervision(both)
    yield Hole("who decides a check", who, ("check",), ("allocated",), ("quality-officer",), ("POST",))


def _of_supervision(both: Callable[..., Opening]) -> Iterator[Hole]:
    """Supervision is on no case file: who works in it, leads it or manages the worker's team is asked of the pair itself."""
    from goldenthread.standards.allocation.supervising.models import PairQuerySet

    def everything(pairs: Any, officer: Any) -> Any:
        return pairs

    outside = ("executive-member", "administrator")
    seen = lambda: patch.object(PairQuerySet, "visible_to", everything)  # noqa: E731
    led = lambda: patch.object(PairQuerySet, "led_by", everything)  # noqa: E731
    yield Hole(
        "both guards of “supervision-pair”", both("supervision-pair", second=seen), ("supervision-pair",), (), outside
    )
    for name in _LED:
        yield Hole(f"both guards of “{name}”", both(name, second=led), (name,), (), outside)
        yield Hole(f"who leads: “{name}”", led, (name,), ("allocated",), ("team-manager",))


def of_pages() -> Iterator[Hole]:
    """The access table's rule for each page, loosened to “anyone who has signed in”."""
    from goldenthread.people.access import Door, access_table

    table = access_table()
    for name in sorted({*oracle.BY_ROLE, *oracle.BY_RECORD, *oracle.BY_RULE}):
        if name in table and table[name] is not Door.SIGNED_IN and name not in _GUARDED_TWICE | _NOTHING_THERE:
            allowed = oracle.BY_ROLE.get(name) or oracle.BY_RECORD.get(name) or frozenset()
            roles = tuple(role for role in oracle.ROLES if role not in allowed)
            opening = lambda name=name: patch.dict(table, {name: Door.SIGNED_IN})  # noqa: E731
            yield Hole(f"the rule of the page “{name}”", opening, (name,), ("allocated", "line", "break-glass"), roles)


def without_sign_in() -> Iterator[Hole]:
    """The same, loosened to anyone at all, for the pages of records."""
    from goldenthread.people.access import Door, access_table

    table = access_table()
    for name in ("referral", "case-file", "referrals", "home", "drill-down", "trail", "accounts", "address-show"):
        opening = lambda name=name: patch.dict(table, {name: Door.PUBLIC})  # noqa: E731
        yield Hole(f"signing in for the page “{name}”", opening, (name,), ("allocated",), ())
