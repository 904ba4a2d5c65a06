"""What good practice demands of closing a file. All serve 3.4, that no child falls between those who hold a case: a closing is
its last handing over, from us to the family and to those who go on with it.

A closure that was dropped owes no more of what was not due yet when it was; what was overdue by then stays so.
"""

from collections.abc import Iterator
from datetime import datetime

from goldenthread.cases.facts import standing
from goldenthread.core.clock import Moment, day_of
from goldenthread.core.timescales import timescale
from goldenthread.obligations.requirement import Holder, Owed, Requirement
from goldenthread.standards.allocation.closing.models import Closure

_FILE = "case_file__holdings"
ANSWER, FAMILY, AGENCIES = "closure-answered", "closure-family-told", "closure-agencies-told"


def _over_before(closure: Closure, rule: str, since: datetime) -> bool:
    """Whether it was dropped before something on it was due."""
    dropped, by_rule = closure.dropped(), timescale(rule, day_of(since))
    return dropped is not None and (by_rule is None or dropped.moment.occurred_at <= by_rule.due(since))


def _answered(closure: Closure) -> Iterator[Owed]:
    asked = [("ask", closure.asked)]
    asked += [(f"again-{one.first.pk}", one.moment) for one in standing(closure.asked_again.all())]
    # Each asking is answered once, in order: no verb lets one be asked while another waits.
    answers = [one.moment for one in standing(closure.answers.all())]
    holder = Holder(closure.team_id, closure.manager_id)
    for number, (key, since) in enumerate(asked):
        done = answers[number] if number < len(answers) else None
        if done is None and (dropped := closure.dropped()) is not None:
            done = dropped.moment  # whoever says that the file stays open answers too
        yield Owed(since, done, key=key, holder=holder)


def _family_told(closure: Closure) -> Owed | None:
    told = standing(closure.family_told.all())
    if not told and _over_before(closure, FAMILY, closure.asked_at):
        return None
    return Owed(closure.asked, told[0].moment if told else None)


def _agencies_told(closure: Closure) -> Iterator[Owed]:
    told = standing(closure.agencies_told.all())
    for agency in closure.agencies.all():
        found = next((one.moment for one in told if one.fact.agency_id == agency.pk), None)
        if found is not None or not _over_before(closure, AGENCIES, agency.since_at):
            yield Owed(Moment(agency.since_at, agency.recorded_at), found, key=f"agency-{agency.pk}")


ANSWERED = Requirement(
    key="allocation.closure-answered",
    serves="3.4",
    title="A manager signs each closure off, or returns it",
    why="A file that waits to be closed is worked by nobody, and its children are still ours.",
    timescale=ANSWER,
    subject=Closure,
    owed=_answered,
    with_related=(_FILE, "answers", "asked_again", "drops"),
)
FAMILY_TOLD = Requirement(
    key="allocation.closure-family-told",
    serves="3.4",
    title="The family is told that our work ends, or it is written down why not",
    why="A family that thinks somebody is still coming does not ask anybody else for help.",
    timescale=FAMILY,
    subject=Closure,
    owed=_family_told,
    with_related=(_FILE, "family_told", "drops"),
)
AGENCIES_TOLD = Requirement(
    key="allocation.closure-agencies-told",
    serves="3.4",
    title="Each agency involved is told that our work ends, or it is written down why not",
    why="Each of them may be quiet because it believes that we are there.",
    timescale=AGENCIES,
    subject=Closure,
    owed=_agencies_told,
    with_related=(_FILE, "agencies", "agencies_told", "drops"),
)

REQUIREMENTS: tuple[Requirement, ...] = (ANSWERED, FAMILY_TOLD, AGENCIES_TOLD)
