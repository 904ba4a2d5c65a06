"""Form fields for days and moments, typed in boxes. What was typed stays in the boxes when it cannot be used."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from re import fullmatch
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from goldenthread.core import clock

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = r"(?P<hour>\d{1,2})(?:[.:]?(?P<minute>\d{2}))?\s*(?P<half>am|pm)?"


class _Boxes(forms.MultiWidget):
    """Several small boxes side by side."""

    template_name = "core/widgets/boxes.html"
    several_boxes = True
    boxes: Mapping[str, tuple[str, int]] = {"day": ("Day", 2), "month": ("Month", 2), "year": ("Year", 4)}

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {
                name: forms.TextInput(
                    attrs={
                        "data-label": label,
                        "class": f"govuk-input--width-{width}",
                        "inputmode": "text" if name == "time" else "numeric",
                    }
                )
                for name, (label, width) in self.boxes.items()
            },
            attrs,
        )

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return all(f"{name}_{box}" not in data for box in self.boxes)


class DayWidget(_Boxes):
    """Day, month, year."""

    def decompress(self, value: Any) -> list[Any]:
        return [value.day, value.month, value.year] if value else ["", "", ""]


class MomentWidget(_Boxes):
    """Day, month, year, time."""

    boxes = {**_Boxes.boxes, "time": ("Time", 5)}

    def decompress(self, value: Any) -> list[Any]:
        if not value:
            return ["", "", "", ""]
        local = value.astimezone(clock.LONDON)
        return [local.day, local.month, local.year, f"{local:%H:%M}"]


def _day_from(day: str, month: str, year: str, name: str) -> date:
    """The date that was typed. Raises ValidationError that says what is missing or wrong."""
    missing = [part for part, typed in (("a day", day), ("a month", month), ("a year", year)) if not typed]
    if missing:
        raise ValidationError(f"{name} must include {' and '.join(missing)}", code="incomplete")
    if month[:3].casefold() in _MONTHS:
        month = str(_MONTHS.index(month[:3].casefold()) + 1)
    if not fullmatch(r"[0-9]{4}", year):
        raise ValidationError(f"{name}: the year must have 4 numbers, like 2003", code="year")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValidationError(f"{name} must be a real date: there is no {day} {month} {year}", code="invalid") from None


class DayField(forms.Field):
    """A date in three boxes. Gives a `date`, or None where it is not required and empty.

    past: it may not lie in the future. earliest: it may not lie before that day.
    """

    boxes: _Boxes = DayWidget()

    def __init__(self, *, past: bool = False, earliest: date | None = None, **options: Any) -> None:
        self.past, self.earliest = past, earliest
        options.setdefault("widget", type(self.boxes)())
        super().__init__(**options)

    def _name(self) -> str:
        return str(self.label or "The date")

    def to_python(self, value: Any) -> date | None:
        """Read the boxes. Raises ValidationError naming what is missing, not real, or out of bounds."""
        if value is None or isinstance(value, date):
            return value
        typed = [str(part or "").strip() for part in value]
        if not any(typed):
            return None
        day = _day_from(typed[0], typed[1], typed[2], self._name())
        if self.past and day > clock.today():
            raise ValidationError(f"{self._name()} must be today or in the past", code="future")
        if self.earliest and day < self.earliest:
            raise ValidationError(
                f"{self._name()} must be {self.earliest.day} {self.earliest:%B %Y} or later", code="early"
            )
        return day

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the boxes say something other than they began with."""
        began = initial if isinstance(initial, list) else self.boxes.decompress(initial)
        return [str(part or "") for part in began or []] != [str(part or "") for part in data or []]


def time_from(typed: str, name: str = "The time") -> tuple[int, int]:
    """Hour and minute of “14:30”, “2:30pm”, “2pm”, “midday”. Raises ValidationError."""
    plain = typed.strip().casefold()
    if plain in {"midday", "noon"}:
        return 12, 0
    if plain == "midnight":
        return 0, 0
    found = fullmatch(_TIME, plain)
    if found and (found["minute"] or found["half"]):
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        if found["half"] and 1 <= hour <= 12 and minute < 60:
            return hour % 12 + (12 if found["half"] == "pm" else 0), minute
        if not found["half"] and hour < 24 and minute < 60:
            return hour, minute
    raise ValidationError(f"{name} must be a time, like 14:30 or 2:30pm", code="time")


class MomentField(DayField):
    """A date and time in four boxes. Gives an instant in London, or None where it is not required and empty."""

    boxes = MomentWidget()

    def to_python(self, value: Any) -> datetime | None:
        """Read the boxes. Raises ValidationError; also for an hour that the change to summer time leaves out."""
        if value is None or isinstance(value, datetime):
            return value
        typed = [str(part or "").strip() for part in value]
        day = super().to_python(typed[:3])
        if day is None:
            if not any(typed):
                return None
            raise ValidationError(f"{self._name()} must include a date", code="incomplete")
        if not typed[3]:
            raise ValidationError(f"{self._name()} must include a time, like 14:30 or 2:30pm", code="incomplete")
        hour, minute = time_from(typed[3], f"The time of “{self._name()}”")
        made = datetime(day.year, day.month, day.day, hour, minute, tzinfo=clock.LONDON)
        if made.astimezone(UTC).astimezone(clock.LONDON).hour != hour:
            raise ValidationError(
                f"{self._name()}: the clocks went forward then, so there was no {typed[3]}", code="gap"
            )
        if self.past and made > clock.now():
            raise ValidationError(f"{self._name()} must be in the past", code="future")
        return made
