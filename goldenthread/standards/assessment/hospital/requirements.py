"""What good practice demands for a child in hospital. All serve 2.9, and all are worked out from the notification."""

from goldenthread.cases.facts import standing
from goldenthread.core.clock import Moment, day_of, start_of
from goldenthread.core.timescales import add_months
from goldenthread.obligations.requirement import Holder, Owed, Requirement
from goldenthread.standards.assessment.hospital.choices import ALWAYS, IF_HARM, Harm, How
from goldenthread.standards.assessment.hospital.models import HospitalNotification

_FILE = "case_file__holdings"
LONG_STAY = 3
"""Months in hospital after which the Children Act 1989, section 85, has the authority look after the child's welfare."""


def _response(notification: HospitalNotification) -> Owed:
    visits = standing(notification.visits.all())
    return Owed(since=notification.received, done=visits[0].moment if visits else None)


def steps_owed(notification: HospitalNotification) -> tuple[str, ...]:
    """The steps of the protocol that this child is owed, as harm is seen last."""
    return ALWAYS if notification.harm_at() == Harm.NO else ALWAYS + IF_HARM


def _steps(notification: HospitalNotification) -> Owed:
    taken: dict[str, Moment] = {}
    for s in standing(notification.steps.all()):
        taken.setdefault(s.fact.step, s.moment)
    owed = steps_owed(notification)
    if not taken.keys() >= set(owed):
        return Owed(since=notification.received)
    last = [taken[step] for step in owed]
    # Where harm was ruled out, nothing more was owed from then on: the steps were not complete before that.
    if len(owed) == len(ALWAYS) and not taken.keys() >= set(IF_HARM):
        reviews = standing(notification.harm_reviews.all())
        last += [reviews[-1].moment] if reviews else []
    done = Moment(max(m.occurred_at for m in last), max(m.recorded_at for m in last))
    return Owed(since=notification.received, done=done)


def _suspected(notification: HospitalNotification) -> Moment | None:
    """Since when harm is suspected, or not known, without a break up to the discharge or to now; None: it is not."""
    since = notification.received if notification.harm != Harm.NO else None
    left = notification.discharge()
    for review in standing(notification.harm_reviews.all()):
        if left and review.moment.occurred_at > left.moment.occurred_at:
            break
        if review.fact.answer == Harm.NO:
            since = None
        elif since is None:
            since = review.moment
    return since


def _discharge_plan(notification: HospitalNotification) -> Owed | None:
    if (since := _suspected(notification)) is None:
        return None
    plans = standing(notification.plans.all())
    left = notification.discharge()
    return Owed(
        since=since, done=plans[0].moment if plans else None, due=left.moment.occurred_at if left else None
    )  # fmt: skip


def is_unplanned(notification: HospitalNotification) -> bool:
    """Whether a child whom somebody may have harmed left otherwise than was agreed: taken away, let go without us, or, as
    it turns out, with no plan at all."""
    left = notification.discharge()
    if left is None or _suspected(notification) is None:
        return False
    agreed = any(s.moment.occurred_at <= left.moment.occurred_at for s in standing(notification.plans.all()))
    return left.fact.how != How.PLANNED or not agreed


def _unplanned(notification: HospitalNotification) -> Owed | None:
    left = notification.discharge()
    if left is None or not is_unplanned(notification):
        return None
    answers = [s for s in standing(notification.escalations.all()) if s.moment.occurred_at >= left.moment.occurred_at]
    to = left.fact.escalated_to_id
    return Owed(
        since=left.moment,
        done=answers[0].moment if answers else None,
        holder=Holder(left.fact.team_id, to) if to else None,
    )


def _long_stay(notification: HospitalNotification) -> Owed | None:
    began = start_of(add_months(day_of(notification.admitted_at), LONG_STAY))
    left = notification.discharge()
    if left and left.moment.occurred_at < began:
        return None
    visits = [s for s in standing(notification.visits.all()) if s.moment.occurred_at >= began]
    return Owed(
        since=Moment(began, max(began, notification.recorded_at)), done=visits[0].moment if visits else None
    )  # fmt: skip


RESPONSE = Requirement(
    key="assessment.hospital-response",
    serves="2.9",
    title="A child in hospital about whom there is concern is seen there by a social worker, the same day or night",
    why="On a ward a child is safe for hours, and only for hours.",
    timescale="hospital-response",
    subject=HospitalNotification,
    owed=_response,
    with_related=(_FILE, "visits"),
)
STEPS = Requirement(
    key="assessment.hospital-steps",
    serves="2.9",
    title="The steps agreed with the hospital are taken for each child there",
    why="Each service knew a part; the child was failed where nobody put the parts together.",
    timescale="hospital-steps",
    subject=HospitalNotification,
    owed=_steps,
    with_related=(_FILE, "steps", "harm_reviews"),
)
DISCHARGE_PLAN = Requirement(
    key="assessment.discharge-plan",
    serves="2.9",
    title="No child whom somebody may have harmed leaves hospital before a plan is agreed",
    why="The day of discharge is the day on which the danger begins again.",
    subject=HospitalNotification,
    owed=_discharge_plan,
    with_related=(_FILE, "plans", "discharges", "harm_reviews"),
)
UNPLANNED = Requirement(
    key="assessment.unplanned-discharge",
    serves="2.9",
    title="A discharge that was not as agreed is answered by a senior manager within hours",
    why="Somebody who can send help tonight has to know tonight that the child is out of sight.",
    timescale="unplanned-discharge",
    subject=HospitalNotification,
    owed=_unplanned,
    with_related=(_FILE, "plans", "discharges", "escalations", "harm_reviews"),
)
LONG_STAYS = Requirement(
    key="assessment.long-hospital-stay",
    serves="2.9",
    title="A child who has been in hospital for three months is visited there",
    why="A child who lives on a ward has nobody else who asks how they are.",
    timescale="long-hospital-stay",
    subject=HospitalNotification,
    owed=_long_stay,
    with_related=(_FILE, "visits", "discharges"),
)

REQUIREMENTS: tuple[Requirement, ...] = (RESPONSE, STEPS, DISCHARGE_PLAN, UNPLANNED, LONG_STAYS)
