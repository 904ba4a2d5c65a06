"""The last look at a file's chronology, for its closing: the review that whoever works with the children records there.

The seam between closing and the alcove of chronologies: a closure asks here, and nowhere else, whether and when it was gone
through. What is recorded from a closure's page is a review of the chronology like any other.
"""

from datetime import datetime
from typing import Any

from goldenthread.cases.facts import Standing, standing
from goldenthread.core.clock import day_of, start_of
from goldenthread.standards.allocation.chronology.models import ChronologyReview
from goldenthread.standards.allocation.closing.models import Closure

RELATED = "case_file__chronology_reviews"


def reviews_for(closure: Closure) -> list[ChronologyReview]:
    """All rows of the file's reviews, those that were corrected or taken back too. Reads `RELATED`."""
    file: Any = closure.case_file  # the type checker does not always know what another room hangs on a file
    return list(file.chronology_reviews.all())


def is_last(closure: Closure, at: datetime) -> bool:
    """Whether a look at that time is one of this closure: of the day on which it was asked, or later; often the chronology is
    gone through first. Once the closure ended, not after that."""
    signed, dropped = closure.signed_off(), closure.dropped()
    ended = signed.moment.occurred_at if signed else dropped.moment.occurred_at if dropped else None
    return start_of(day_of(closure.asked_at)) <= at and (ended is None or at <= ended)


def last_chronology(closure: Closure) -> Standing[ChronologyReview] | None:
    """The last review of the chronology for this closure; None: nobody has gone through it."""
    found = [s for s in standing(reviews_for(closure)) if is_last(closure, s.moment.occurred_at)]
    return found[-1] if found else None
