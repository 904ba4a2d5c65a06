"""The verbs of the check: asking (which searches, and keeps what was asked and shown), deciding, and settling what was not sure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from goldenthread.cases.finding.search import Match, Question, find
from goldenthread.cases.models import Child
from goldenthread.cases.opening import children_as_keys
from goldenthread.cases.sight import closed_children
from goldenthread.core import rules, trail
from goldenthread.core.clock import now
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.obligations import ledger
from goldenthread.obligations.correcting import next_row
from goldenthread.obligations.writing import locked, made_before, put
from goldenthread.people.access import require
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.register.checks import (
    AskedAfter,
    CandidateAnswer,
    CheckDecision,
    CheckSettled,
    RegisterCheck,
    Shown,
)
from goldenthread.standards.assessment.register.choices import SURE, Answer, State
from goldenthread.standards.assessment.register.states import states_of
from goldenthread.standards.referrals.models import Referral

_SHOWN = 10
"""How many records are shown for each child asked after."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is said of one child. child: the record on the referral, where there is one. other_names: separated by commas."""

    given_names: str = ""
    family_name: str = ""
    other_names: str = ""
    date_of_birth: date | None = None
    lines: str = ""
    postcode: str = ""
    child: Child | None = None

    @property
    def question(self) -> Question:
        """As the search takes it."""
        names = [(self.given_names, self.family_name)] if (self.given_names + self.family_name).strip() else []
        for other in self.other_names.split(","):
            if other.strip():
                names.append(("", other))
        return Question(tuple(names), self.date_of_birth, self.lines, self.postcode)

    @property
    def words(self) -> str:
        """All that was said, in one line: for the trail, locked."""
        born = f"{self.date_of_birth:%Y-%m-%d}" if self.date_of_birth else ""
        parts = (self.given_names, self.family_name, self.other_names, born, self.lines, self.postcode)
        return " | ".join(part.strip() for part in parts)


def _check_asks(asks: Sequence[Ask]) -> None:
    if not asks:
        raise Refused("Say which child you are asking about.")
    for ask in asks:
        if not ask.question.names and ask.date_of_birth is None:
            raise Refused("Give a name or a date of birth: nobody can be looked for by less.")


@transaction.atomic
def ask_register(
    *,
    asks: Sequence[Ask],
    by: Officer,
    referral: Referral | None = None,
    asker: str = "",
    agency: str = "",
    contact: str = "",
    purpose: str = "",
    token: str | None = None,
) -> RegisterCheck:
    """Search for these children, and keep what was asked, what was shown, and how each stood to the register then.

    For a referral: every child of it is asked about. For somebody who asks: who they are, from where, how they were called
    back, and why they ask. A record that is restricted to others is not shown: `phone` says whom to phone. Of a child about
    whom the officer declared a conflict, nothing is told.
    """
    if referral is not None:
        referral = locked(referral, by)
    else:
        require(by, Permission.RECORD_REFERRALS)
    if made := made_before(RegisterCheck, token):
        return made
    _check_asks(asks)
    if referral is None:
        rules.check_words(asker, "who asks")
        rules.check_words(agency, "where they ask from")
        rules.check_words(contact, "how you called them back, so that you know who they are")
        rules.check_words(purpose, "why they ask")
    elif {child.pk for child in referral.children.all()} != {ask.child.pk for ask in asks if ask.child}:
        raise Refused("Ask about every child of the referral.")
    check = RegisterCheck.objects.create(
        referral=referral, asker=asker.strip(), agency=agency.strip(), contact=contact.strip(), purpose=purpose.strip(),
        asked_at=now(), by=by, token=token,
    )  # fmt: skip
    shown, phone = _look(check, asks, by)
    check.phone.set(phone)
    trail.write(
        "check register",
        referral or "cases.child:search",
        by=by,
        why=referral.why_open if referral else "somebody asks",
        check=check.pk,
        records=children_as_keys(shown),
        phone=sorted(contact.get_username() for contact in phone),
        terms=[trail.fingerprint(ask.words.casefold()) for ask in asks],
        words=trail.sealed("\n".join(ask.words for ask in asks)),
    )
    return check


def _look(check: RegisterCheck, asks: Sequence[Ask], by: Officer) -> tuple[list[int], list[Officer]]:
    """Search for each, and write what is shown. Returns the children shown, and whom to phone."""
    restricted, known = closed_children(by)
    own = {ask.child.pk for ask in asks if ask.child}
    phone: dict[int, Officer] = {}
    found: list[tuple[Ask, list[Match]]] = []
    for ask in asks:
        matches = find(ask.question, limit=_SHOWN * 2, without=known | own)
        for match in matches:
            if match.child.pk in restricted and match.is_near:
                contact = restricted[match.child.pk]
                phone[contact.pk] = contact
        found.append((ask, [match for match in matches if match.child.pk not in restricted][:_SHOWN]))
    ids = {match.child.pk for _, matches in found for match in matches}
    states = states_of(ids | own, check.asked_at)
    nobody: tuple[State, None] = (State.NONE, None)
    for ask, matches in found:
        state, entry = states.get(ask.child.pk, nobody) if ask.child else nobody
        asked = AskedAfter.objects.create(
            check_of=check,
            child=ask.child,
            given_names=" ".join(ask.given_names.split()),
            family_name=" ".join(ask.family_name.split()),
            other_names=" ".join(ask.other_names.split()),
            date_of_birth=ask.date_of_birth,
            address=trail.sealed(f"{ask.lines}\n{ask.postcode}") if ask.lines or ask.postcode else "",
            state=state,
            entry=entry,
        )
        rows = []
        for place, match in enumerate(matches, 1):
            state, entry = states.get(match.child.pk, nobody)
            rows.append(
                Shown(
                    asked=asked,
                    child=match.child,
                    place=place,
                    score=round(match.score),
                    why=list(match.why),
                    state=state,
                    entry=entry,
                )
            )
        Shown.objects.bulk_create(rows)
    return sorted(ids), sorted(phone.values(), key=lambda contact: contact.name)


def may_decide(check: RegisterCheck, by: Officer) -> bool:
    """Whether it is this officer's to decide: of a referral whoever may write to it, otherwise who asked."""
    if check.referral_id is None:
        return check.by_id == by.pk
    return (
        by.may(Permission.RECORD_REFERRALS) and Referral.objects.writable_by(by).filter(pk=check.referral_id).exists()
    )


def _held(check: RegisterCheck, by: Officer) -> RegisterCheck:
    """The check, held, where the officer may decide it; its referral as locked."""
    require(by, Permission.RECORD_REFERRALS)
    held = RegisterCheck.objects.select_for_update(of=("self",)).filter(pk=check.pk).first()
    if held is None or (held.referral_id is None and held.by_id != by.pk):
        raise NotAllowed(f"The {check} is one that you may not decide.")
    if held.referral is not None:
        held.referral = locked(held.referral, by)
    return held


def closed_to(officer: Officer) -> set[int]:
    """The children who are shown to this officer no longer, or never were."""
    restricted, known = closed_children(officer)
    return restricted.keys() | known


def to_answer(check: RegisterCheck, by: Officer) -> list[Shown]:
    """The records shown that this officer may still see, each of which needs an answer."""
    shut = closed_to(by)
    rows = Shown.objects.filter(asked__check_of=check).select_related("child", "entry", "asked")
    return [row for row in rows if row.child_id not in shut]


def _check_answers(check: RegisterCheck, answers: Mapping[int, str], by: Officer) -> None:
    rows = {row.pk: row for row in to_answer(check, by)}
    if set(answers) - set(rows):
        raise Refused("That record was not shown by this check.")
    for answer in answers.values():
        rules.check_choice(answer, Answer.choices, "an answer for each record")
    if set(rows) - set(answers):
        raise Refused("Decide of each record that is shown whether it is the child.")
    if check.referral_id is None and Answer.UNSURE in answers.values():
        raise Refused("Somebody is waiting for this: ask a manager now, and record what they say.")


@transaction.atomic
def decide_check(
    *,
    check: RegisterCheck,
    answers: Mapping[int, str],
    occurred_at: datetime,
    by: Officer,
    note: str = "",
    token: str | None = None,
) -> CheckDecision:
    """What is decided of each record shown, by its number; nothing to answer where nobody was found. The check counts from
    here: one that was only looked at does not."""
    check = _held(check, by)
    if made := made_before(CheckDecision, token):
        return made
    if check.decided:
        raise Refused("This check is decided already: correct it, or check again.")
    _check_answers(check, answers, by)
    rules.check_time(occurred_at, "the decision", after=check.asked_at, after_what="the register was searched")
    fact = CheckDecision(check_of=check, note=note.strip(), occurred_at=occurred_at, token=token)
    return _write(fact, check, answers, by, "decide register check")


def _write(
    fact: CheckDecision, check: RegisterCheck, answers: Mapping[int, str], by: Officer, deed: str
) -> CheckDecision:
    """The decision with its answers, the trail, and what is owed on the referral."""
    fact.recorded_at, fact.by = now(), by
    fact.save(force_insert=True)
    CandidateAnswer.objects.bulk_create(
        [CandidateAnswer(decision=fact, shown_id=pk, answer=answer) for pk, answer in sorted(answers.items())]
    )
    told: dict[str, Any] = {
        "check": check.pk,
        "decision": fact.pk,
        "answers": {str(pk): answer for pk, answer in answers.items()},
    }
    if check.referral is not None:
        trail.write(deed, check.referral, by=by, why=check.referral.why_open, **told)
        ledger.refresh(check.referral)
    else:
        trail.write(deed, check, by=by, why="somebody asks", **told)
    return fact


@transaction.atomic
def correct_decision(
    *,
    decision: CheckDecision,
    reason: str,
    by: Officer,
    answers: Mapping[int, str] | None = None,
    withdrawn: bool = False,
    token: str | None = None,
) -> CheckDecision:
    """Other answers than were recorded, or none: the check was of somebody else. What it said before stays."""
    check = _held(decision.check_of, by)
    if made := made_before(CheckDecision, token):
        return made
    given = {} if withdrawn else dict(answers or {})
    fact, _ = next_row(
        decision,
        None if withdrawn else {},
        reason=reason,
        check=lambda new: _check_answers(check, given, by),
        also=given != {row.shown_id: row.answer for row in decision.answers.all()},
        token=token,
    )
    return _write(fact, check, given, by, "take back register check" if withdrawn else "correct register check")


@transaction.atomic
def settle_check(
    *, shown: Shown, answer: str, words: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> CheckSettled:
    """A manager's answer of a record of which a check was not sure, and how it is known."""
    check = shown.asked.check_of
    if check.referral is None:
        raise Refused("Only the check of a referral waits for a manager.")
    referral = locked(check.referral, by, Permission.KEEP_REGISTER)
    if made := made_before(CheckSettled, token):
        return made
    decided = check.decided
    if decided is None or not decided.fact.answers.filter(shown=shown, answer=Answer.UNSURE).exists():
        raise Refused("Nobody was unsure of this record.")
    if shown.settled.filter(superseded_by=None, withdrawn=False).exists():
        raise Refused("This is settled already.")
    rules.check_choice(answer, SURE, "whether it is the child")
    rules.check_words(words, "how you know")
    rules.check_time(occurred_at, "the answer", after=decided.moment.occurred_at, after_what="the check was decided")
    fact = CheckSettled(shown=shown, answer=answer, words=words.strip(), occurred_at=occurred_at, token=token)
    return put(fact, referral, "settle register check", by=by, answer=answer)
