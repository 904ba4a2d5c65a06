"""Names that are one name: short and pet forms, and one name in several languages. Our own list, in `forms.toml`."""

import tomllib
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from goldenthread.cases.finding.sounds import codes

_FILE = Path(__file__).with_name("forms.toml")


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for root, others in tomllib.loads(_FILE.read_text(encoding="utf-8"))["forms"].items():
        for form in (root, *others.split()):
            found[form].add(root)
    return {form: frozenset(roots) for form, roots in found.items()}


def roots(word: str) -> frozenset[str]:
    """The full names that a plain word may be a form of: “alex” of alexander and alexandra; none where it is in no list."""
    return _table().get(word, frozenset())


@lru_cache(maxsize=65536)
def all_codes(word: str) -> tuple[str, ...]:
    """How a word sounds, and how the full names sound that it is a form of; its own codes first."""
    return tuple(dict.fromkeys([*codes(word), *(codes(root)[0] for root in sorted(roots(word)))]))
