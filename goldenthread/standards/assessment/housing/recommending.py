"""What a person recommends beside the monthly figures of temporary accommodation: kept as a fact, printed in the report."""

from datetime import date

from django.db import IntegrityError, transaction

from goldenthread.cases.facts import standing
from goldenthread.core import trail
from goldenthread.core.clock import now, start_of, today
from goldenthread.core.errors import Refused
from goldenthread.core.rules import check_words
from goldenthread.core.versions import CHANGED
from goldenthread.obligations.writing import made_before
from goldenthread.people.access import require
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.housing.models import HousingProposal


def recommendation_for(month: date) -> HousingProposal | None:
    """What stands for a month."""
    rows = HousingProposal.objects.filter(month=month.replace(day=1)).select_related("by")
    found = standing(rows)
    return found[-1].fact if found else None


@transaction.atomic
def recommend(*, month: date, words: str, by: Officer, token: str | None = None) -> HousingProposal:
    """What is recommended for a month; it takes the place of what stood, which is kept. Raises Refused for a month that has
    not begun, words that say nothing, or where somebody else wrote the month's first at the same moment."""
    require(by, Permission.SEND_REPORTS)
    if made := made_before(HousingProposal, token):
        return made
    month = month.replace(day=1)
    if month > today():
        raise Refused("That month has not begun.")
    check_words(words, "what you recommend; where nothing is to be changed, say why")
    list(HousingProposal.objects.select_for_update().filter(month=month).values_list("pk"))
    before = recommendation_for(month)
    if before and before.words == words.strip():
        raise Refused("Nothing would change.")
    stamped = max(now(), start_of(month))
    try:
        with transaction.atomic():
            fact = HousingProposal.objects.create(
                month=month,
                words=words.strip(),
                occurred_at=stamped,
                recorded_at=stamped,
                by=by,
                supersedes=before,
                root_id=before.first_id if before else None,
                correction_reason="Written anew" if before else "",
                token=token,
            )
    except IntegrityError:  # there was no row to wait at
        raise Refused(CHANGED) from None
    trail.write("recommend on temporary accommodation", fact, by=by, month=month)
    return fact
