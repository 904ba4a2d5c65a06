"""What this alcove puts into the world of the access matrix."""

from typing import Any

from assurance.rows import Hands, Pages, Row, World

POSTED: dict[str, dict[str, Any]] = {}
READING: set[str] = set()


def fill(row: Row, hands: Hands) -> None:
    """Nothing yet."""


def keys(row: Row) -> list[tuple[str, int]]:
    """Nothing yet."""
    return []


def addresses(world: World, row: Row, *, pdf: bool) -> Pages:
    """None yet."""
    return {}
