"""When something about an interpreter is allowed. Each rule raises Refused with what to do about it."""

from datetime import datetime

from goldenthread.cases.facts import Fact, standing
from goldenthread.core.clock import at_minute, now
from goldenthread.core.errors import Refused
from goldenthread.core.rules import check_choice, check_not_future, check_time, check_words
from goldenthread.standards.assessment.interpreting.choices import (
    Attended,
    ForWhom,
    Language,
    Mode,
    Purpose,
    ReplyKind,
    StandIn,
    Understood,
    WhyCancelled,
)
from goldenthread.standards.assessment.interpreting.course import interpreted
from goldenthread.standards.assessment.interpreting.models import (
    FamilyInterpreter,
    InterpreterCancel,
    InterpreterPresence,
    InterpreterRequest,
    ProviderReply,
    UnderstoodAnswer,
)


def check_request(
    for_whom: str, language: str, language_other: str, mode: str, purpose: str, about: str,
    asked_at: datetime, needed_at: datetime,
) -> None:  # fmt: skip
    """Whom for, in what language, what for, and not needed before it was asked for."""
    check_choice(for_whom, ForWhom.choices, "whom the interpreter is for")
    check_choice(language, Language.choices, "the language or way of communicating")
    if language == Language.OTHER:
        check_words(language_other, "which language or way of communicating")
    check_choice(mode, Mode.choices, "how the interpreting is to be done")
    check_choice(purpose, Purpose.choices, "what it is for")
    check_words(about, "what the interpreter needs to know")
    check_not_future(asked_at, "the request")
    if needed_at < at_minute(asked_at):
        raise Refused("The interpreter is needed before you asked for one: check both times.")


def check_fact(fact: Fact, request: InterpreterRequest) -> None:
    """What each fact has to say, when it is first written and after each correction."""
    match fact:
        case ProviderReply():
            check_choice(fact.answer, ReplyKind.choices, "what the provider answered")
            if fact.answer == ReplyKind.CANNOT:
                check_words(fact.words, "what they said")
            _after_asked(fact.occurred_at, "the reply", request)
        case InterpreterPresence():
            _check_attendance(fact, request)
        case InterpreterCancel():
            check_choice(fact.why, WhyCancelled.choices, "why it is cancelled")
            check_words(fact.words, "what happened")
            _after_asked(fact.occurred_at, "the cancellation", request)
            if fact.occurred_at >= request.needed_at:
                raise Refused("It was needed by then: say whether the interpreter came, and not that it was cancelled.")
        case FamilyInterpreter():
            check_choice(fact.who, StandIn.choices, "who interpreted")
            check_words(fact.why, "why there was no interpreter")
            _after_asked(fact.occurred_at, "the conversation", request)
        case UnderstoodAnswer():
            check_choice(fact.answer, Understood.choices, "what the family said")
            if fact.answer != Understood.YES:
                check_words(fact.words, "what they said they did not understand")
            if (began := interpreted(request)) is None:
                raise Refused("Say first who interpreted: the interpreter who came, or somebody in their place.")
            check_time(
                fact.occurred_at, "asking the family", after=began.occurred_at, after_what="anything was interpreted"
            )


def _after_asked(occurred_at: datetime, what: str, request: InterpreterRequest) -> None:
    check_time(occurred_at, what, after=request.asked_at, after_what="the interpreter was asked for")


def _check_attendance(fact: InterpreterPresence, request: InterpreterRequest) -> None:
    check_choice(fact.outcome, Attended.choices, "whether the interpreter came")
    if request.needed_at > now():
        raise Refused("The time for which the interpreter was asked has not come yet.")
    if fact.outcome == Attended.ABSENT:
        check_words(fact.words, "what was done instead")
    if fact.outcome == Attended.LATE:
        check_not_future(fact.occurred_at, "the interpreter's coming")
        if fact.occurred_at <= request.needed_at:
            raise Refused("Somebody who came late came after the time that was asked for: check when they came.")


def check_not_cancelled(request: InterpreterRequest) -> None:
    """Nothing more is recorded on a request that was cancelled, until that is taken back."""
    if standing(request.cancellations.all()):
        raise Refused("This request was cancelled: take the cancellation back first, or ask again.")
