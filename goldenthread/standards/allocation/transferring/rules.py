"""When something about a transfer is allowed, and to whom. Each rule raises Refused, or NotAllowed, with what to do about it."""

from collections.abc import Collection
from datetime import date, datetime

from goldenthread.cases.models import CaseFile, Child
from goldenthread.cases.sight import sight_of
from goldenthread.core.clock import day_of
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.rules import check_choice, check_not_future, check_time, check_words
from goldenthread.core.templatetags.words import day
from goldenthread.people.models import Officer, Team
from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.transferring.choices import Side
from goldenthread.standards.allocation.transferring.course import Course
from goldenthread.standards.allocation.transferring.models import Transfer

__all__ = [
    "answers_for",
    "check_acceptance",
    "check_after",
    "check_choice",
    "check_due",
    "check_not_future",
    "check_ready",
    "check_request",
    "check_side",
    "check_time",
    "check_under_way",
    "check_visit",
    "check_words",
    "check_worker",
    "is_above",
    "team_of_owner",
]  # fmt: skip


def answers_for(officer: Officer, *teams: int) -> bool:
    """Whether the officer is in the line of management of all of these teams."""
    reached = officer.line_team_ids()
    return reached is None or set(teams) <= set(reached)


def is_above(officer: Officer, transfer: Transfer) -> bool:
    """Whether the officer answers for both teams, and so may rule where they disagree."""
    return answers_for(officer, transfer.from_team_id, transfer.to_team_id)


def check_request(case_file: CaseFile, to_team: Team, why: str, asked: str, asked_at: datetime) -> None:
    """One transfer at a time, of an open file that its team held when it was asked for, to another team."""
    if case_file.closed_at is not None:
        raise Refused(f"Case file {case_file.reference} is closed: there is nothing to transfer.")
    if case_file.offered_to_id is not None:
        raise Refused("A transfer of this case file is under way: complete it or withdraw it first.")
    if to_team.pk == case_file.team_id:
        raise Refused(f"{to_team.name} holds this case file already: choose another team, or allocate it.")
    check_words(why, "why it is to be transferred")
    check_words(asked, "what is asked of the receiving team")
    check_time(asked_at, "the request", after=case_file.opened_at, after_what="the case file was opened")
    held = case_file.holding_at(asked_at)
    if held is None or held.team_id != case_file.team_id:
        raise Refused(f"{case_file.team.name} did not hold the case file yet: check the time of the request.")


def check_under_way(course: Course) -> None:
    """Nothing more is done on a transfer that has ended."""
    if course.done:
        raise Refused("This transfer is done: the case is with the receiving team.")
    if course.stopped:
        raise Refused("This transfer has ended: ask for a new one if the case is to go after all.")


def check_after(transfer: Transfer, occurred_at: datetime, what: str) -> None:
    """Not in the future, and not before the transfer was asked for."""
    check_time(occurred_at, what, after=transfer.asked_at, after_what="the transfer was asked for")


def check_worker(worker: Officer, team: Team) -> None:
    """A case is taken on by a worker of the receiving team."""
    if worker.team_id != team.pk or not worker.is_active or not worker.may(Permission.RECORD_REFERRALS):
        raise Refused(f"{worker.name} is not a worker of {team.name}: choose one who is.")


def check_acceptance(course: Course, starts_on: date, worker: Officer | None, occurred_at: datetime) -> None:
    """From which day on, and not before it was asked for; with a worker of the receiving team, if one is known."""
    check_after(course.transfer, occurred_at, "the answer")
    if course.accepted is not None:
        raise Refused("It is accepted already: correct that if it was wrong.")
    if starts_on < day_of(course.transfer.asked_at):
        raise Refused("The receiving team cannot have taken it on before it was asked: check the day.")
    if worker is not None:
        check_worker(worker, course.transfer.to_team)


def team_of_owner(owner: Officer, transfer: Transfer) -> Team | None:
    """An obstacle is owned by the worker who holds the case (None), or by a manager of either team (that team): by somebody
    who may open the file and do something about it. Raises Refused for anybody else."""
    file = transfer.case_file
    if owner.is_active and sight_of(owner).why(file):
        if owner.pk == file.worker_id:
            return None
        for team in (transfer.to_team, transfer.from_team):
            if owner.role_data.line and answers_for(owner, team.pk):
                return team
    raise Refused(
        f"{owner.name} cannot own this obstacle: choose the worker who holds the case, or a manager of either team."
    )


def check_due(due: date, occurred_at: datetime) -> None:
    """By when it is cleared lies after it was said."""
    if due < day_of(occurred_at):
        raise Refused(f"{day(due)} was over when this was said: by when is it to be cleared?")


def check_side(side: str, by: Officer, transfer: Transfer) -> None:
    """For which team somebody speaks, they answer for."""
    check_choice(side, Side.choices, "which team names it")
    if side == Side.RECEIVING and not answers_for(by, transfer.to_team_id):
        raise NotAllowed(f"Only those who answer for {transfer.to_team.name} speak for it.")
    if side == Side.SENDING and not sight_of(by).may_write(transfer.case_file):
        raise NotAllowed(f"Only those who work with the case speak for {transfer.from_team.name}.")


def check_visit(
    transfer: Transfer,
    by: Officer,
    sender: Officer | None,
    receiver: Officer | None,
    children: Collection[Child],
    *,
    made: bool,
) -> None:
    """Made by somebody of each team, to children of the file; that there was none is for a manager to say."""
    if not made:
        if not by.may(Permission.SIGN_OFF):
            raise Refused("That there was no joint visit is for a manager to record. Until then, one is owed.")
        if sender or receiver or children:
            raise Refused("Where there was no visit, nobody went and no child was seen.")
        return
    for officer, team in ((sender, transfer.from_team), (receiver, transfer.to_team)):
        if officer is None or officer.team_id != team.pk or not officer.may(Permission.RECORD_REFERRALS):
            raise Refused(f"Choose who of {team.name} went.")
    on_file = set(transfer.case_file.children.values_list("pk", flat=True))
    if not children or not {child.pk for child in children} <= on_file:
        raise Refused("Choose at least one child of this case file who was seen.")


def check_ready(course: Course, occurred_at: datetime) -> None:
    """A file goes over once both teams agree or it was ruled, nothing stands in the way, and it was handed over and seen
    together (or a manager said why not)."""
    check_not_future(occurred_at, "the transfer")
    if course.agreed is None:
        raise Refused(
            "The receiving team has not accepted it: the case stays until it does, or a manager above both rules."
        )
    if course.in_the_way:
        raise Refused("An obstacle is not cleared yet: clear it, or record how it was settled.")
    if not course.handovers:
        raise Refused("There is no handover record: write down where the work stands first.")
    if not course.visits:
        raise Refused("Record the joint visit first, or, as a manager, why there was none.")
    check_time(occurred_at, "the transfer", after=course.agreed.occurred_at, after_what="it was agreed")
    for moment, what in (
        (course.handovers[0].moment, "the handover record was written"),
        (course.visits[0].moment, "the joint visit, or what was said of it"),
        *((one.cleared.moment, "the last obstacle was cleared") for one in course.hurdles if one.cleared),
    ):
        check_time(occurred_at, "the transfer", after=moment.occurred_at, after_what=what)
    accepted = course.accepted
    if accepted and accepted.starts_on and day_of(occurred_at) < accepted.starts_on:
        raise Refused(f"The receiving team takes it on from {day(accepted.starts_on)}: the case stays until then.")
