"""When something about a child in hospital is allowed. Each rule raises Refused with what to do about it."""

from datetime import datetime

from goldenthread.cases.facts import standing
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.rules import check_choice, check_not_future, check_time, check_words
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.hospital.choices import Harm, How
from goldenthread.standards.assessment.hospital.models import HospitalNotification

__all__ = [
    "check_after", "check_agreed", "check_choice", "check_discharge", "check_harm", "check_not_future", "check_senior",
    "check_time", "check_words",
]  # fmt: skip


def check_after(notification: HospitalNotification, occurred_at: datetime, what: str) -> None:
    """Not in the future, and not before the hospital told us."""
    check_time(occurred_at, what, after=notification.received_at, after_what="the hospital told us")


def check_harm(answer: str, why: str, by: Officer) -> None:
    """Each answer says why, and that nobody harmed the child is for a manager to say."""
    check_choice(answer, Harm.choices, "whether somebody may have harmed the child")
    check_words(why, "why you think so")
    if answer == Harm.NO and not by.may(Permission.SIGN_OFF):
        raise Refused("That nobody harmed the child is for a manager to record. Ask yours; until then, it stays open.")


def check_agreed(worker: Officer, manager: Officer) -> None:
    """A plan is agreed by a social worker, and by a manager who signs plans off."""
    if not manager.is_active or not manager.may(Permission.SIGN_OFF):
        raise Refused(f"{manager.name} cannot agree a plan for the service: choose a manager.")
    if not worker.is_active or not worker.may(Permission.RECORD_REFERRALS):
        raise Refused(f"{worker.name} does not work with children's records: choose the social worker who agreed.")
    if worker.pk == manager.pk:
        raise Refused("The social worker and the manager who agreed are two people.")


def has_plan(notification: HospitalNotification, by: datetime) -> bool:
    """Whether a discharge plan had been agreed by an instant."""
    return any(s.moment.occurred_at <= by for s in standing(notification.plans.all()))


def check_discharge(
    notification: HospitalNotification, how: str, where_to: str, done: str, occurred_at: datetime
) -> None:
    """A child whom somebody may have harmed leaves as agreed only where a plan was agreed; where it happened otherwise,
    what was done about it is written down. Where to may then be “not known”: that is an answer too."""
    check_choice(how, How.choices, "how the child left")
    if how == How.PLANNED:
        check_words(where_to, "where the child went")
    elif not where_to.strip():
        raise Refused("Write where the child went, or “not known”.")
    check_after(notification, occurred_at, "the discharge")
    if how != How.PLANNED:
        check_words(done, "what was done about it")
    elif notification.harm_at(occurred_at) != Harm.NO and not has_plan(notification, occurred_at):
        if standing(notification.plans.all()):
            raise Refused(
                "At the time that you give for leaving, no discharge plan had been agreed yet: the plan was agreed later. Check "
                "when the child left. If the child did leave before it was agreed, say how."
            )
        raise Refused(
            "There is no discharge plan, and somebody may have harmed this child: the child does not leave yet. Agree a "
            "plan and record it first. If the child has left already, say how."
        )


def check_senior(by: Officer) -> None:
    """Whoever answers for more than one team answers to this."""
    if by.role_data.scope not in {"group", "service"}:
        raise NotAllowed("A discharge that was not as agreed is answered by a group manager or above.")
