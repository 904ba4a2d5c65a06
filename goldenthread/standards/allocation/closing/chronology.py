"""The last look at a file's chronology, for its closing.

The seam between closing and the alcove of chronologies: today the worker says in the closure that they looked, and what the
chronology shows. A closure that is to ask the chronology itself (when it was last reviewed, and by whom) asks it here and
nowhere else.
"""

from goldenthread.cases.facts import Standing, standing
from goldenthread.standards.allocation.closing.models import Closure, LastChronology


def last_chronology(closure: Closure) -> Standing[LastChronology] | None:
    """The last look at the chronology since the closure was asked; None: nobody looked yet."""
    found = standing(closure.chronology_looks.all())
    return found[-1] if found else None
