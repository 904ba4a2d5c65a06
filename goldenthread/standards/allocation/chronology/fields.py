"""A time as far as it is known: to the minute, the day, the month or the year."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from goldenthread.cases.precision import Precision
from goldenthread.core.fields import MomentField, MomentWidget


@dataclass(frozen=True, slots=True)
class Rough:
    """The first instant of the time that is known, and how exactly it is known."""

    at: datetime
    precision: str


class RoughWidget(MomentWidget):
    """Day, month, year, time: empty as far as they are not known."""

    def decompress(self, value: Any) -> list[Any]:
        if not isinstance(value, Rough):
            return super().decompress(value)
        boxes = super().decompress(value.at)
        known = {Precision.TIME: 0, Precision.DAY: 1, Precision.MONTH: 2, Precision.YEAR: 3}[Precision(value.precision)]
        day, month, year, time = boxes
        return ["" if known > 1 else day, "" if known > 2 else month, year, "" if known else time]


class RoughMomentField(MomentField):
    """A time in four boxes of which only the year is needed. Gives a `Rough`, or None where it is not required and empty."""

    boxes = RoughWidget()

    def to_python(self, value: Any) -> Any:
        """Read the boxes. Raises ValidationError that says what is missing, not real, or ahead."""
        if value is None or isinstance(value, Rough):
            return value
        day, month, year, time = (str(part or "").strip() for part in value)
        if not any((day, month, year, time)):
            return None
        if day and not month:
            raise ValidationError(f"{self._name()} must include a month where it has a day", code="incomplete")
        if time and not day:
            raise ValidationError(f"{self._name()} must include a day where it has a time", code="incomplete")
        precision = Precision.TIME if time else Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
        at = super().to_python([day or "1", month or "1", year, time or "00:00"])
        return None if at is None else Rough(at, precision)
