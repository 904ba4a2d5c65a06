"""Interpreters in the made-up council (2.5): who was asked, who confirmed, who came, and who interpreted instead.

Which families need one, and the shares of the languages, are ours: no national return counts them.
"""

from datetime import datetime, timedelta
from typing import Any

from goldenthread.demo.arrivals import File, Weighted
from goldenthread.demo.assessment.desk import AssessmentDesk
from goldenthread.standards.assessment.interpreting.models import (
    FamilyInterpreter,
    InterpreterCancel,
    InterpreterPresence,
    InterpreterProvider,
    InterpreterRequest,
    ProviderReply,
    UnderstoodAnswer,
)
from goldenthread.standards.assessment.interpreting.requirements import confirm_by
from goldenthread.standards.referrals.models import Decision

NEEDING = 0.24
"""The share of files on which an interpreter is needed."""

_LANGUAGES = Weighted({
    "polish": 17, "romanian": 13, "urdu": 9, "arabic": 9, "punjabi": 8, "bengali": 8, "somali": 8, "kurdish": 7, "ukrainian": 5,
    "bsl": 5, "portuguese": 4, "tigrinya": 3, "makaton": 2, "lipspeaker": 1, "vietnamese": 1,
})  # fmt: skip
_PURPOSES = Weighted(
    {"visit": 45, "assessment": 25, "conference": 8, "meeting": 8, "health": 6, "interview": 5, "papers": 3}
)
_MODES = Weighted({"in-person": 68, "phone": 20, "video": 12})
_SIGNED = frozenset({"bsl", "makaton", "lipspeaker"})
_PROVIDERS = ("Wex Valley Language Service", "Harbour Interpreters", "Wexcombe Deaf Association")
_ABOUT = (
    "First visit, about an hour; a woman if there is one",
    "Two parents and a grandmother; nobody from their own congregation",
    "Hard things will be asked; please come ten minutes before for a word with the worker",
    "A plan is gone through line by line, two hours",
)
_CANNOT = (
    "Nobody for this language until next week",
    "Their interpreter has fallen ill",
    "Only by phone, and the room has none",
)
_INSTEAD = (
    "The visit was made another day",
    "We rang a phone line, which cut off twice",
    "A cousin helped over the phone",
)
_WHY = (
    "The interpreter did not come, and the family did not want to wait",
    "Nobody could be found in time, and the child had to be seen that day",
)
_NOT_UNDERSTOOD = (
    "The interpreter spoke another dialect",
    "It went too fast, and the letter was not explained",
    "Some of it was left out",
)
_CANCELLED = {
    "family": "The family asked for another day",
    "service": "The worker was called to court",
    "not-needed": "The mother asked to speak English",
}


def practise(desk: AssessmentDesk) -> None:
    """One or more requests on some of the files that were assessed."""
    providers = [desk.writer.add(InterpreterProvider, name=name, name_key=name.casefold()) for name in _PROVIDERS]
    for file in desk.files:
        if desk.chance.random() >= NEEDING:
            continue
        language = _LANGUAGES.draw(desk.chance)
        for referral, decision in file.referrals:
            if decision is None or decision.what not in {"assessment", "strategy-discussion"}:
                continue
            known = max(decision.recorded_at, referral.recorded_at)
            for number in range(1 + int(desk.chance.expovariate(0.9))):
                _request(desk, file, language, decision, known + timedelta(days=11 * number), providers)


def _request(
    desk: AssessmentDesk, file: File, language: str, decision: Decision, after: datetime,
    providers: list[InterpreterProvider],
) -> None:  # fmt: skip
    chance, diary = desk.chance, desk.diary
    asked = diary.in_office_hours(after + timedelta(minutes=20 + 300 * chance.random()), chance)
    asked = asked.replace(second=0, microsecond=0)
    day, _ = diary.place(asked)
    team, holder = file.held(asked)
    known = desk.recorded(team, asked, asked)
    if known >= desk.now or (file.closed_at and file.closed_at <= asked):
        return
    urgent = decision.what == "strategy-discussion" and chance.random() < 0.6
    ahead = 0 if urgent else 1 + int(chance.expovariate(0.35))
    needed = diary.at(diary.workday(day, ahead), 570 + 15 * chance.randrange(28))
    if needed <= asked:
        needed = asked + timedelta(hours=3)
    by = desk.worker(team)
    request = desk.writer.add(
        InterpreterRequest,
        case_file_id=file.pk,
        for_whom=("child" if chance.random() < 0.4 else "both")
        if language in _SIGNED
        else "parent"
        if chance.random() < 0.8
        else "both",
        language=language,
        mode="in-person" if language in _SIGNED else _MODES.draw(chance),
        purpose=_PURPOSES.draw(chance),
        about=desk.pick(_ABOUT),
        urgent=urgent,
        needed_at=needed,
        asked_at=asked,
        recorded_at=known,
        by_id=holder or by.pk,
    )
    if chance.random() < 0.05 and _cancel(desk, request, team):
        return
    _replies(desk, request, team, providers)
    _coming(desk, request, file, team)


def _cancel(desk: AssessmentDesk, request: InterpreterRequest, team: str) -> bool:
    at = request.asked_at + (request.needed_at - request.asked_at) * 0.4
    at = at.replace(second=0, microsecond=0) + timedelta(minutes=1)
    if at >= request.needed_at or at + timedelta(minutes=10) >= desk.now or at < request.recorded_at:
        return False
    why = desk.pick(tuple(_CANCELLED))
    desk.writer.add(
        InterpreterCancel, request=request, why=why, words=_CANCELLED[why], occurred_at=at,
        recorded_at=at + timedelta(minutes=5), by=desk.worker(team),
    )  # fmt: skip
    return True


def _put(
    desk: AssessmentDesk, model: type, request: InterpreterRequest, team: str, at: datetime, **fields: Any
) -> bool:
    if at >= desk.now:
        return False
    known = desk.recorded(team, at, request.recorded_at)
    if known >= desk.now:
        return False
    desk.writer.add(model, request=request, occurred_at=at, recorded_at=known, by=desk.worker(team), **fields)
    return True


def _replies(
    desk: AssessmentDesk, request: InterpreterRequest, team: str, providers: list[InterpreterProvider]
) -> None:
    """Now and then one that cannot; then one that confirms, in time or late, or never."""
    chance = desk.chance
    signed = request.language in _SIGNED
    first, second = (providers[2], providers[1]) if signed else (providers[0], providers[1])
    if chance.random() < (0.45 if request.language in {"tigrinya", "kurdish", "vietnamese", "lipspeaker"} else 0.15):
        at = request.asked_at + timedelta(minutes=10 + 50 * chance.random())
        _put(desk, ProviderReply, request, team, at.replace(second=0, microsecond=0), provider=first, answer="cannot",
             words=desk.pick(_CANNOT))  # fmt: skip
        first, second = second, first
    key, due = "assessment.interpreter-confirmed", confirm_by(request)
    share = desk.share(key, team, request.asked_at)
    if chance.random() < share:
        at = request.asked_at + (due - request.asked_at) * chance.betavariate(1.2, 2.5)
        at = at.replace(second=0, microsecond=0) + timedelta(minutes=1)
        at = min(at, due)
    elif chance.random() < desk.late(key).never or due >= request.needed_at:
        return
    else:
        at = due + (request.needed_at - due) * (0.1 + 0.8 * chance.random())
        at = at.replace(second=0, microsecond=0)
    number = chance.randrange(100, 999)
    _put(desk, ProviderReply, request, team, at, provider=first, answer="confirmed", interpreter_reference=f"{number}")


def _coming(desk: AssessmentDesk, request: InterpreterRequest, file: File, team: str) -> None:
    """The interpreter comes, in time or late, or does not; somebody else interprets; the family is asked afterwards."""
    chance, key = desk.chance, "assessment.interpreter-came"
    needed = request.needed_at
    if needed >= desk.now:
        return
    began = None
    if chance.random() < desk.share(key, team, request.asked_at):
        if _put(desk, InterpreterPresence, request, team, needed, outcome="came"):
            began = needed
    elif chance.random() >= desk.late(key).never:
        late = needed + timedelta(minutes=5 * (1 + int(chance.expovariate(0.25))))
        if _put(desk, InterpreterPresence, request, team, late, outcome="late"):
            began = late
    else:
        if chance.random() < 0.75:
            _put(desk, InterpreterPresence, request, team, needed, outcome="absent", words=desk.pick(_INSTEAD))
        if chance.random() < 0.6:
            who = ("relative", "partner", "friend", "child", "staff")[min(4, int(chance.expovariate(0.7)))]
            at = needed + timedelta(minutes=10)
            if _put(desk, FamilyInterpreter, request, team, at, who=who, why=desk.pick(_WHY)):
                began = at
    if began is None:
        return
    key = "assessment.understood-asked"
    asked = desk.done(key, team, began)
    if asked is None:
        desk.excuse(key, request, file, began)
        return
    draw = chance.random()
    answer = "yes" if draw < 0.72 else "partly" if draw < 0.92 else "no"
    _put(desk, UnderstoodAnswer, request, team, max(asked, began), answer=answer,
         words="" if answer == "yes" else desk.pick(_NOT_UNDERSTOOD))  # fmt: skip
