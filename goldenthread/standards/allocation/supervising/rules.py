"""When something about supervision is allowed. Each rule raises Refused, or NotAllowed, with what to do about it."""

from collections.abc import Mapping
from datetime import date, datetime

from goldenthread.cases.models import CaseFile
from goldenthread.core.clock import end_of, now, today
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.rules import check_choice, check_not_future, check_time, check_words
from goldenthread.people.line import answers_for
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.supervising.choices import Answer, Question, needs_a_word
from goldenthread.standards.allocation.supervising.models import (
    SupervisionAction,
    SupervisionPair,
    SupervisionSession,
)

__all__ = [
    "check_action", "check_answers", "check_case", "check_moved", "check_not_future", "check_open_action", "check_pair",
    "check_session", "check_time", "check_words",
]  # fmt: skip

Answers = Mapping[str, tuple[str, str]]
"""By question: the answer, and a word about it."""
_WORDS = 300


def check_pair(worker: Officer, supervisor: Officer, since_at: datetime, by: Officer) -> None:
    """Somebody who may decide on cases supervises somebody who works them, as the worker's line of management says."""
    check_not_future(since_at, "the beginning")
    if not answers_for(by, worker):
        raise NotAllowed("Who supervises a worker is for their line of management to say.")
    if worker.pk == supervisor.pk:
        raise Refused("Nobody supervises themselves.")
    if not worker.is_active or not worker.may(Permission.RECORD_REFERRALS):
        raise Refused(f"{worker.name} does not work with children's records.")
    if not supervisor.is_active or not supervisor.may(Permission.DECIDE_REFERRALS):
        raise Refused(f"{supervisor.name} does not decide on cases: choose a senior practitioner or a manager.")


def check_session(
    pair: SupervisionPair, held: bool, why_missed: str, next_at: datetime | None, occurred_at: datetime
) -> None:
    """Within the time of the pair; a missed one says why; the next one lies after it."""
    check_time(occurred_at, "the session", after=pair.since_at, after_what="the supervision began")
    if pair.until_at is not None and occurred_at > pair.until_at:
        raise Refused("The supervision had ended by then: check the time.")
    if not held:
        check_words(why_missed, "why it did not take place")
    if next_at is not None and next_at <= occurred_at:
        raise Refused("The next session lies before this one: check both times.")


def check_case(
    case_file: CaseFile, session: SupervisionSession | None, discussed: str, decisions: str, occurred_at: datetime
) -> Officer:
    """Returns the worker with whom the case was talked over: who held the file then."""
    check_time(occurred_at, "the supervision", after=case_file.opened_at, after_what="the file was opened")
    if case_file.closed_at is not None and occurred_at > case_file.closed_at:
        raise Refused("The file was closed by then: check the time.")
    check_words(discussed, "what was talked about")
    check_words(decisions, "what was decided, or that nothing changes")
    held = case_file.holding_at(occurred_at)
    if held is None or held.worker is None:
        raise Refused("Nobody was named on the case file then: there is no worker with whom it was talked over.")
    if session is not None and (not session.held or session.pair.worker_id != held.worker_id):
        raise Refused("That session was with somebody else than the worker who held the file.")
    return held.worker


def check_answers(answers: Answers) -> None:
    """Each question is answered; no and not known say a word more, and so does a greater risk."""
    for question in Question:
        said, words = answers.get(question.value, ("", ""))
        if not said:
            raise Refused(f"Answer “{question.label}”")
        check_choice(said, Answer.choices, f"an answer to “{question.label}”")
        if needs_a_word(question.value, said):
            check_words(words, f"a word about “{question.label}”")
        if len(words) > _WORDS:
            raise Refused(f"Write at most {_WORDS} characters about “{question.label}”")
    if unknown := set(answers) - set(Question.values):
        raise Refused(f"“{min(unknown)}” is not one of the questions.")


def check_action(what: str, officer: Officer, due: date, agreed_at: datetime) -> None:
    """Something that somebody can be held to: what, who, and a day that had not passed when it was agreed."""
    check_words(what, "what is to be done")
    _check_owner(officer)
    if end_of(due) < agreed_at:
        raise Refused("That day had passed when it was agreed: give the day by which it is to be done.")


def _check_owner(officer: Officer) -> None:
    if not officer.is_active or not officer.may(Permission.RECORD_REFERRALS):
        raise Refused(f"{officer.name} does not work with children's records: choose who is to do it.")


def check_open_action(action: SupervisionAction) -> None:
    """Neither done nor taken back."""
    if not action.is_open:
        raise Refused("This is done already, or was taken back.")


def _check_leads(action: SupervisionAction, by: Officer) -> None:
    if by.pk == action.owed_now()[0].pk and not by.may(Permission.SIGN_OFF):
        raise NotAllowed("Whoever is to do it does not let themselves off: ask your supervisor.")
    if not by.may(Permission.DECIDE_REFERRALS):
        raise NotAllowed("What was agreed in supervision is changed by whoever supervises.")


def check_moved(action: SupervisionAction, officer: Officer, due: date, words: str, by: Officer) -> None:
    """Before its day, and by whoever supervises. Once it is overdue, the day stays: what was missed is not made unmissed. It can
    be given to somebody else all the same."""
    check_open_action(action)
    _check_leads(action, by)
    _check_owner(officer)
    check_words(words, "why it is moved")
    who, until = action.owed_now()
    if (who.pk, until) == (officer.pk, due):
        raise Refused("Nothing would change.")
    if due != until and end_of(until) < now():
        raise Refused("Its day has passed: it stays overdue until it is done, or a manager excuses it.")
    if due != until and due < today():
        raise Refused("That day has passed: give the day by which it is to be done.")


def check_taken_back(action: SupervisionAction, words: str, by: Officer) -> None:
    """Before its day, and by whoever supervises."""
    check_open_action(action)
    _check_leads(action, by)
    check_words(words, "why it need not be done")
    if end_of(action.owed_now()[1]) < now():
        raise Refused("Its day has passed: it stays overdue until it is done, or a manager excuses it.")
