"""What good practice demands for children in temporary accommodation (recommendation 2.6).

All are worked out from the move. What was not due yet when the children left is owed no longer; what was overdue by then
stays so, until it is done or excused.
"""

from collections.abc import Iterator

from goldenthread.cases.facts import standing
from goldenthread.core.clock import Moment, day_of
from goldenthread.core.timescales import timescale
from goldenthread.obligations.requirement import Holder, Owed, Requirement
from goldenthread.standards.assessment.housing.choices import Kind
from goldenthread.standards.assessment.housing.course import (
    LIMIT,
    answers,
    assessments,
    ended,
    limit_of,
    reports,
)
from goldenthread.standards.assessment.housing.models import TemporaryMove

_FILE = "case_file__holdings"
ASSESS, REVIEW = "temporary-housing-assessed", "temporary-housing-reviewed"


def _over_before(move: TemporaryMove, key: str, since: Moment) -> bool:
    """Whether the children had left before something on it was due."""
    end, rule = ended(move), timescale(key, day_of(since.occurred_at))
    return end is not None and (rule is None or end.moment.occurred_at <= rule.due(since.occurred_at))


def _assessed(move: TemporaryMove) -> Iterator[Owed]:
    dropped = _over_before(move, ASSESS, move.known)
    for child in move.children.all():
        found = assessments(move, child.pk)
        if found or not dropped:
            yield Owed(move.known, found[0].moment if found else None, key=f"child-{child.pk}")


def _reported(move: TemporaryMove) -> Iterator[Owed]:
    for one in assessments(move):
        if one.fact.shortfalls:
            told = reports(move, one)
            yield Owed(one.moment, told[0].moment if told else None, key=f"assessment-{one.first.pk}")


def _answered(move: TemporaryMove) -> Iterator[Owed]:
    for one in assessments(move):
        for report in reports(move, one):
            said = answers(move, one, report)
            to = report.fact.to
            yield Owed(
                report.moment,
                said[0].moment if said else None,
                key=f"report-{report.first.pk}",
                holder=Holder(to.team_id, to.pk),
            )


def _reviewed(move: TemporaryMove) -> Iterator[Owed]:
    since, key = move.moved, "move"
    for review in standing(move.accommodation_reviews.all()):
        yield Owed(since, review.moment, key=key)
        since, key = review.moment, f"review-{review.first.pk}"
    if not _over_before(move, REVIEW, since):
        end = ended(move)
        yield Owed(since, end.moment if end else None, key=key)


def _bed_and_breakfast_ended(move: TemporaryMove) -> Owed | None:
    if move.kind != Kind.BED_AND_BREAKFAST or limit_of(move) is None:
        return None
    end = ended(move)
    return Owed(move.moved, end.moment if end else None)


ASSESSED = Requirement(
    key="assessment.temporary-housing-assessed",
    serves="2.6",
    title="The place is assessed with Housing for each child moved to temporary accommodation",
    why="A room that suits one child can be a danger to another, and nobody knows who has not seen it.",
    timescale=ASSESS,
    subject=TemporaryMove,
    owed=_assessed,
    with_related=(_FILE, "children", "suitability_assessments", "ends"),
)
REPORTED = Requirement(
    key="assessment.shortfall-reported",
    serves="2.6",
    title="Where temporary accommodation falls short, a senior manager is told",
    why="A worker can see what is wrong with a room, and seldom has the power to change it.",
    timescale="shortfall-reported",
    subject=TemporaryMove,
    owed=_reported,
    with_related=(_FILE, "suitability_assessments__shortfall_reports"),
)
ANSWERED = Requirement(
    key="assessment.shortfall-answered",
    serves="2.6",
    title="The senior manager answers what will be done about it, and by when",
    why="A report that nobody answers leaves the child where they were.",
    timescale="shortfall-answered",
    subject=TemporaryMove,
    owed=_answered,
    with_related=(
        _FILE,
        "suitability_assessments__shortfall_reports__to",
        "suitability_assessments__shortfall_reports__shortfall_answers",
    ),
)
REVIEWED = Requirement(
    key="assessment.temporary-housing-reviewed",
    serves="2.6",
    title="Temporary accommodation is looked at again every six weeks while it lasts",
    why="What was bearable for a week is harm after three months, and temporary has a way of lasting.",
    timescale=REVIEW,
    subject=TemporaryMove,
    owed=_reviewed,
    with_related=(_FILE, "accommodation_reviews", "ends"),
)
LIMITED = Requirement(
    key="assessment.bed-and-breakfast-ended",
    serves="2.6",
    title="No family stays in bed and breakfast for longer than six weeks",
    why="A child cannot grow up in a room where nobody can cook, and the law says for how long at most.",
    timescale=LIMIT,
    subject=TemporaryMove,
    owed=_bed_and_breakfast_ended,
    with_related=(_FILE, "ends"),
)

REQUIREMENTS: tuple[Requirement, ...] = (ASSESSED, REPORTED, ANSWERED, REVIEWED, LIMITED)
