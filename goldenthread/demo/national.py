"""England's published figures, as far as they shape the demonstration: read from `national.toml`, which names its sources."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class National:
    """Shares are between 0 and 1. assessment_bands: (last working day of the band, how many). sources, needs: counts."""

    year: int
    yearly_change: float
    re_referral: float
    no_further_action: float
    not_in_need: float
    strategy: float
    sources: dict[str, int]
    needs: dict[str, int]
    assessment_bands: tuple[tuple[int, int], ...]


def _counts(table: dict[str, object]) -> dict[str, int]:
    return {key: value for key, value in table.items() if isinstance(value, int)}


@lru_cache(maxsize=1)
def national() -> National:
    """The figures of the latest year that the file holds."""
    told = tomllib.loads((Path(__file__).parent / "national.toml").read_text(encoding="utf-8"))
    referrals = told["referrals"]
    number = referrals["number"]
    return National(
        year=told["year"],
        yearly_change=number / referrals["number_year_before"],
        re_referral=referrals["re_referrals"] / number,
        no_further_action=referrals["no_further_action"] / number,
        not_in_need=referrals["not_in_need"] / number,
        strategy=told["section_47"]["number"] / number,
        sources=_counts(told["sources"]),
        needs=_counts(told["primary_need"]),
        assessment_bands=tuple((day, count) for day, count in told["assessment_days"]["bands"]),
    )
