"""What the access matrix's world is made of: rows, each an officer and the record that they are something to."""

from dataclasses import dataclass, field
from typing import Any, Self


class Made(dict[str, int]):
    """Numbers of what was made, each under a name of its own. Raises KeyError where a room takes the name of another's."""

    def __setitem__(self, name: str, number: int) -> None:
        if name in self:
            raise KeyError(f"Two rooms make “{name}”: the pages of one would be asked with the number of the other.")
        super().__setitem__(name, number)

    def __ior__(self, others: Any) -> Self:  # type: ignore[override, misc]
        for name, number in others.items():
            self[name] = number
        return self


@dataclass(slots=True)
class Row:
    """One officer and the record that they are something to. made: the numbers of what is on it, by name."""

    number: int
    role: str
    relationship: str
    officer: Any
    team: Any
    case_file: Any
    child: Any
    referral: Any
    made: Made = field(default_factory=Made)

    def word(self, name: str) -> str:
        """A canary of this row's record."""
        return canary(self.number, name)


@dataclass(slots=True)
class World:
    """All rows, and what belongs to none of them."""

    rows: list[Row]
    plan: int
    recommendation: str
    action: int
    published: int
    as_at: str
    somebody: int
    """Another officer, who is nothing to any record but a manager."""


@dataclass(frozen=True, slots=True)
class Hands:
    """Who records: an officer on duty for everything, and a head of service."""

    by: Any
    manager: Any


Pages = dict[str, list[list[Any]]]
"""Names of pages, each with the arguments of its addresses."""

MISSING = 9_999_999
"""The number of nothing."""


def canary(number: int, word: str) -> str:
    """A word that stands nowhere but in the record of this number."""
    return f"Zqzq{number}xqz{word}"


def secret(number: int) -> str:
    """A word of a confidential address: on no page of anybody's, unless it is asked for."""
    return f"Zczc{number}xcz"


def each(names: tuple[str, ...], *arguments: Any) -> Pages:
    """Pages that are asked for alike."""
    return {name: [list(arguments)] for name in names}
