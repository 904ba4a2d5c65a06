"""What a form of a page is filled in with, where every form has the same boxes."""

WHEN = {"occurred_at_day": "3", "occurred_at_month": "3", "occurred_at_year": "2020", "occurred_at_time": "10:00"}
"""When it happened."""


def on(name: str, day: int, month: int, year: int) -> dict[str, str]:
    """The three boxes of a day."""
    return {f"{name}_day": str(day), f"{name}_month": str(month), f"{name}_year": str(year)}
