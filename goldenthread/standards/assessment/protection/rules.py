"""When something about a strategy discussion, an enquiry or a plan is allowed. Each rule raises Refused with what to do."""

from collections.abc import Collection, Mapping
from datetime import datetime

from goldenthread.cases.facts import standing
from goldenthread.core.errors import Refused
from goldenthread.core.rules import check_choice, check_time, check_words
from goldenthread.standards.assessment.protection.choices import Agency, Category, Outcome, Step
from goldenthread.standards.assessment.protection.models import ConferenceDate, ProtectionPlan, StrategyDiscussion


def check_who(who: Mapping[str, str]) -> None:
    """Who took part is named, by agency; social care always does."""
    for agency, names in who.items():
        check_choice(agency, Agency.choices, "which agency took part")
        check_words(names, f"who took part of {Agency(agency).label.lower()}: names, and which service")
    if Agency.SOCIAL_CARE not in who:
        raise Refused("Write who of social care took part.")


def check_children(children: Collection[int], on_file: Collection[int]) -> None:
    """At least one child of the file."""
    if not children or not set(children) <= set(on_file):
        raise Refused("Choose at least one child of this case file.")


def of_enquiry(discussion: StrategyDiscussion) -> StrategyDiscussion:
    """The discussion as it stands, where a section 47 enquiry began with it."""
    stands = discussion.stands
    if stands is None:
        raise Refused("This strategy discussion was taken back.")
    if not stands.fact.is_enquiry:
        raise Refused("No section 47 enquiry began with this strategy discussion.")
    return stands.fact


def check_conference_wanted(discussion: StrategyDiscussion) -> None:
    """The enquiry found that a conference is needed, and none was held yet."""
    of_enquiry(discussion)
    if not any(s.fact.outcome == Outcome.CONFERENCE for s in standing(discussion.outcomes.all())):
        raise Refused("First record the outcome of the enquiry: that a conference is needed.")
    if held(discussion) is not None:
        raise Refused("The conference on this enquiry is recorded as held already: correct that.")


def held(discussion: StrategyDiscussion) -> ConferenceDate | None:
    """The initial conference that was held; None where there was none yet."""
    found = (s.fact for s in standing(discussion.conferences.all()) if s.fact.step == Step.HELD)
    return next(found, None)


def check_plans_for(categories: Mapping[int, str], discussed: Collection[int]) -> None:
    """A plan is made for children whom the enquiry was about, each in a category."""
    if not set(categories) <= set(discussed):
        raise Refused("The enquiry was not about that child.")
    for category in categories.values():
        check_choice(category, Category.choices, "the kind of harm that the plan is about")


def check_no_plan_yet(plan: ProtectionPlan) -> None:
    """No child is on two plans at once."""
    for other in ProtectionPlan.objects.filter(child=plan.child, root=None).exclude(pk=plan.pk):
        ended = other.ended
        if other.stands is not None and (ended is None or ended.moment.occurred_at > plan.occurred_at):
            raise Refused("A child of these is on a child protection plan at that time already: end that one first.")


def check_during(plan: ProtectionPlan, at: datetime, what: str) -> None:
    """While the plan runs: not ahead, not before it began, not after it ended."""
    stands = plan.stands
    if stands is None:
        raise Refused("This plan was taken back.")
    check_time(at, what, after=stands.moment.occurred_at, after_what="the plan began")
    if (ended := plan.ended) is not None and at > ended.moment.occurred_at:
        raise Refused(f"The time of {what} is after the plan ended: check both times.")
