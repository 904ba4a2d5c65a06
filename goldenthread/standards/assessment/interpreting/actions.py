"""The verbs on interpreters. Each is one transaction; it raises NotAllowed or Refused and then nothing is written."""

from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from goldenthread.cases.facts import Fact, standing
from goldenthread.cases.models import CaseFile
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.core.rules import check_choice, check_time, check_words
from goldenthread.obligations import ledger
from goldenthread.obligations.correcting import supersede
from goldenthread.obligations.writing import locked, made_before, put, why_writable
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.interpreting import rules
from goldenthread.standards.assessment.interpreting.choices import Attended, Language, ReplyKind
from goldenthread.standards.assessment.interpreting.course import arrival, cancellation, stand_ins
from goldenthread.standards.assessment.interpreting.models import (
    FamilyInterpreter,
    InterpreterCancel,
    InterpreterPresence,
    InterpreterProvider,
    InterpreterRequest,
    ProviderReply,
    UnderstoodAnswer,
)

F = TypeVar("F", bound=Fact)

CORRECTABLE: dict[type[Fact], tuple[str, ...]] = {
    ProviderReply: ("answer", "interpreter_reference", "words"),
    InterpreterPresence: ("outcome", "words"),
    InterpreterCancel: ("why", "words"),
    FamilyInterpreter: ("who", "why"),
    UnderstoodAnswer: ("answer", "words"),
}
"""What of each fact can be corrected, beside when it was true."""


@transaction.atomic
def ask_for_interpreter(
    *,
    case_file: CaseFile,
    for_whom: str,
    language: str,
    mode: str,
    purpose: str,
    about: str,
    needed_at: datetime,
    asked_at: datetime,
    by: Officer,
    language_other: str = "",
    urgent: bool = False,
    token: str | None = None,
) -> InterpreterRequest:
    """An interpreter, or a translation, is needed on a case file. needed_at: when it begins, or by when it is needed."""
    why = why_writable(case_file, by)
    if made := made_before(InterpreterRequest, token):
        return made
    rules.check_request(for_whom, language, language_other, mode, purpose, about, asked_at, needed_at)
    check_time(asked_at, "the request", after=case_file.opened_at, after_what="the case file was opened")
    request = InterpreterRequest.objects.create(
        case_file=case_file,
        for_whom=for_whom,
        language=language,
        language_other=language_other.strip() if language == Language.OTHER else "",
        mode=mode,
        purpose=purpose,
        about=about.strip(),
        urgent=urgent,
        needed_at=needed_at,
        asked_at=asked_at,
        recorded_at=now(),
        by=by,
        token=token,
    )
    trail.write("ask for interpreter", request, by=by, why=why, case_file=case_file.pk, language=language, mode=mode)
    ledger.refresh(request)
    return request


def _put(fact: F, request: InterpreterRequest, deed: str, by: Officer) -> F:
    rules.check_fact(fact, request)
    return put(fact, request, deed, by=by)


@transaction.atomic
def record_reply(
    *,
    request: InterpreterRequest,
    provider: str,
    answer: str,
    occurred_at: datetime,
    by: Officer,
    interpreter_reference: str = "",
    words: str = "",
    token: str | None = None,
) -> ProviderReply:
    """A provider was asked, confirmed an interpreter, or cannot send one. provider: its name."""
    request = locked(request, by)
    if made := made_before(ProviderReply, token):
        return made
    rules.check_not_cancelled(request)
    check_choice(answer, ReplyKind.choices, "what the provider answered")
    check_words(provider, "the name of the provider")
    fact = ProviderReply(
        request=request,
        provider=InterpreterProvider.called(provider),
        answer=answer,
        interpreter_reference=interpreter_reference.strip(),
        words=words.strip(),
        occurred_at=occurred_at,
        token=token,
    )
    return _put(fact, request, "record provider's reply", by)


@transaction.atomic
def record_attendance(
    *,
    request: InterpreterRequest,
    outcome: str,
    by: Officer,
    came_at: datetime | None = None,
    words: str = "",
    token: str | None = None,
) -> InterpreterPresence:
    """Whether the interpreter came, or the translation. came_at: when, where it was late."""
    request = locked(request, by)
    if made := made_before(InterpreterPresence, token):
        return made
    rules.check_not_cancelled(request)
    if arrival(request):
        raise Refused("It is recorded that an interpreter came: correct that, if it was wrong.")
    if outcome == Attended.LATE and came_at is None:
        raise Refused("Give the time at which the interpreter came.")
    at = came_at if outcome == Attended.LATE and came_at else request.needed_at
    fact = InterpreterPresence(request=request, outcome=outcome, words=words.strip(), occurred_at=at, token=token)
    return _put(fact, request, "record interpreter's attendance", by)


@transaction.atomic
def cancel_interpreter(
    *,
    request: InterpreterRequest,
    why: str,
    words: str,
    occurred_at: datetime,
    by: Officer,
    token: str | None = None,
) -> InterpreterCancel:
    """The request comes to nothing, before its time. What a provider cancels is a reply of theirs, and not this."""
    request = locked(request, by)
    if made := made_before(InterpreterCancel, token):
        return made
    if cancellation(request):
        raise Refused("This request was cancelled already.")
    said_who_came = bool(standing(InterpreterPresence.objects.filter(request=request)))
    if said_who_came or stand_ins(request):
        raise Refused("It is recorded who interpreted, or that nobody came: take that back first, if it is wrong.")
    fact = InterpreterCancel(request=request, why=why, words=words.strip(), occurred_at=occurred_at, token=token)
    return _put(fact, request, "cancel interpreter", by)


@transaction.atomic
def record_stand_in(
    *,
    request: InterpreterRequest,
    who: str,
    why: str,
    occurred_at: datetime,
    by: Officer,
    token: str | None = None,
) -> FamilyInterpreter:
    """Somebody of the family, a friend or a colleague interpreted, who is no interpreter: who, and why."""
    request = locked(request, by)
    if made := made_before(FamilyInterpreter, token):
        return made
    rules.check_not_cancelled(request)
    fact = FamilyInterpreter(request=request, who=who, why=why.strip(), occurred_at=occurred_at, token=token)
    return _put(fact, request, "record family interpreter", by)


@transaction.atomic
def record_understood(
    *,
    request: InterpreterRequest,
    answer: str,
    occurred_at: datetime,
    by: Officer,
    words: str = "",
    token: str | None = None,
) -> UnderstoodAnswer:
    """The family was asked whether they understood and were understood."""
    request = locked(request, by)
    if made := made_before(UnderstoodAnswer, token):
        return made
    fact = UnderstoodAnswer(request=request, answer=answer, words=words.strip(), occurred_at=occurred_at, token=token)
    return _put(fact, request, "ask whether understood", by)


@transaction.atomic
def correct(*, fact: F, changes: dict[str, Any] | None, reason: str, by: Officer, token: str | None = None) -> F:
    """Put right what a fact says, or (changes None) take it back; the old row stays."""
    request: InterpreterRequest = locked(fact.request, by)  # type: ignore[attr-defined]

    def check(new: F) -> None:
        if isinstance(new, InterpreterPresence) and new.outcome != Attended.LATE:
            new.occurred_at = request.needed_at
        rules.check_fact(new, request)

    names = ("occurred_at", *CORRECTABLE[type(fact)])
    return supersede(fact, request, changes=changes, names=names, check=check, reason=reason, by=by, token=token)
