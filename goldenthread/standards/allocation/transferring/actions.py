"""The verbs of a transfer: asked for, accepted or not agreed, ruled on, done or withdrawn. Each is one transaction; it raises
NotAllowed or Refused and then nothing is written.

`occurred_at` and the like are when it was true; when it was recorded is stamped. `token` names one submission of a form: the same
token again returns what it made the first time. Obstacles are in `obstacles`, the handover record and the joint visit in
`handing`, corrections in `corrections`. Only `complete_transfer` moves a file, and no verb leaves one in nobody's team.
"""

from datetime import date, datetime

from django.db import transaction

from goldenthread.cases.models import CaseFile
from goldenthread.cases.sight import sight_of
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.obligations import ledger
from goldenthread.obligations.handover import hand_over
from goldenthread.obligations.touching import hold_file
from goldenthread.obligations.writing import made_before, put, why_writable
from goldenthread.people.line import line_above
from goldenthread.people.models import Officer, Team
from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.transferring import rules
from goldenthread.standards.allocation.transferring.choices import Reply, Verdict
from goldenthread.standards.allocation.transferring.models import (
    Transfer,
    TransferAnswer,
    TransferDone,
    TransferRuling,
    TransferWithdrawn,
)
from goldenthread.standards.allocation.transferring.writing import held_for_receiving, held_for_sending


@transaction.atomic
def request_transfer(
    *,
    case_file: CaseFile,
    to_team: Team,
    why: str,
    asked: str,
    asked_at: datetime,
    by: Officer,
    token: str | None = None,
) -> Transfer:
    """Ask another team to take a case on. From now on those who answer for that team may read the file, and only that: until
    the transfer is done it stays with the team that holds it, in every respect."""
    hold_file(case_file)
    held = CaseFile.objects.select_related("team").get(pk=case_file.pk)
    opened = why_writable(held, by, Permission.DECIDE_REFERRALS)
    if made := made_before(Transfer, token):
        return made
    rules.check_request(held, to_team, why, asked, asked_at)
    made = Transfer.objects.create(
        case_file=held, from_team=held.team, to_team=to_team, asked_of=_manager_of(to_team), why=why.strip(), asked=asked.strip(),
        asked_at=asked_at, recorded_at=now(), by=by, token=token,
    )  # fmt: skip
    _offer(held, to_team)
    trail.write("request transfer", made, by=by, why=opened, case_file=held.pk, team=to_team.key)
    ledger.refresh(made)
    return made


def _manager_of(team: Team) -> Officer | None:
    """The nearest who answers for a team."""
    return next(iter(line_above(Officer(role="worker", team=team))), None)


def _offer(case_file: CaseFile, team: Team | None) -> None:
    case_file.offered_to = team
    case_file.save(update_fields=["offered_to"])


@transaction.atomic
def accept_transfer(
    *,
    transfer: Transfer,
    starts_on: date,
    occurred_at: datetime,
    by: Officer,
    worker: Officer | None = None,
    words: str = "",
    token: str | None = None,
) -> TransferAnswer:
    """The receiving team takes the case on from a day on, with this worker (None: not known yet)."""
    held, course = held_for_receiving(transfer, by)
    if made := made_before(TransferAnswer, token):
        return made
    rules.check_under_way(course)
    rules.check_acceptance(course, starts_on, worker, occurred_at)
    said = TransferAnswer(
        transfer=held, reply=Reply.ACCEPTED, starts_on=starts_on, worker=worker, words=words.strip(), occurred_at=occurred_at,
        token=token,
    )  # fmt: skip
    return put(said, held, "accept transfer", by=by)


@transaction.atomic
def disagree_with_transfer(
    *, transfer: Transfer, words: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> TransferAnswer:
    """The receiving team holds that the case should stay where it is, and says why. A manager above both teams then rules."""
    held, course = held_for_receiving(transfer, by)
    if made := made_before(TransferAnswer, token):
        return made
    rules.check_under_way(course)
    rules.check_words(words, "why the case should stay where it is")
    rules.check_after(held, occurred_at, "the answer")
    if course.disputed:
        raise Refused("That is said already: a manager above both teams is to rule.")
    if course.ruling is not None:
        raise Refused("It was ruled that the case is transferred: name what stands in the way as an obstacle.")
    said = TransferAnswer(
        transfer=held, reply=Reply.DISAGREED, words=words.strip(), to_rule=_above_both(held), occurred_at=occurred_at,
        token=token,
    )  # fmt: skip
    return put(said, held, "disagree with transfer", by=by)


def _above_both(transfer: Transfer) -> Officer | None:
    """The nearest who answers for both teams and may open the file."""
    line = line_above(Officer(role="team-manager", team=transfer.from_team))
    return next(
        (one for one in line if rules.is_above(one, transfer) and sight_of(one).may_write(transfer.case_file)), None
    )


@transaction.atomic
def rule_on_transfer(
    *,
    transfer: Transfer,
    verdict: str,
    words: str,
    occurred_at: datetime,
    by: Officer,
    token: str | None = None,
) -> TransferRuling:
    """A manager above both teams rules: the case is transferred, or it stays and the transfer has ended."""
    held, course = held_for_sending(transfer, by, Permission.SIGN_OFF)
    if not rules.is_above(by, held):
        raise NotAllowed("A transfer on which two teams disagree is ruled on by a manager who answers for both.")
    if made := made_before(TransferRuling, token):
        return made
    rules.check_under_way(course)
    rules.check_choice(verdict, Verdict.choices, "how you rule")
    rules.check_words(words, "why you rule so, and what makes it possible")
    if not course.disputed or course.disagreement is None:
        raise Refused("The teams do not disagree: there is nothing to rule on.")
    said_at = course.disagreement.moment.occurred_at
    rules.check_time(occurred_at, "the ruling", after=said_at, after_what="the receiving team disagreed")
    if verdict == Verdict.STAYS:
        _offer(held.case_file, None)
    ruled = TransferRuling(transfer=held, verdict=verdict, words=words.strip(), occurred_at=occurred_at, token=token)
    return put(ruled, held, "rule on transfer", by=by, verdict=verdict)


@transaction.atomic
def withdraw_transfer(
    *, transfer: Transfer, words: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> TransferWithdrawn:
    """The sending team does not ask for it any more: the case stays."""
    held, course = held_for_sending(transfer, by, Permission.DECIDE_REFERRALS)
    if made := made_before(TransferWithdrawn, token):
        return made
    rules.check_under_way(course)
    rules.check_words(words, "why it is withdrawn")
    rules.check_after(held, occurred_at, "it")
    _offer(held.case_file, None)
    ended = TransferWithdrawn(transfer=held, words=words.strip(), occurred_at=occurred_at, token=token)
    return put(ended, held, "withdraw transfer", by=by)


@transaction.atomic
def complete_transfer(
    *,
    transfer: Transfer,
    occurred_at: datetime,
    by: Officer,
    worker: Officer | None = None,
    token: str | None = None,
) -> TransferDone:
    """The case goes over, to the receiving team and this worker (None: nobody is named yet, and it waits for one). In the same
    transaction the file changes hands: what is open on it follows, and there is no instant between."""
    held, course = held_for_sending(transfer, by, Permission.DECIDE_REFERRALS)
    if made := made_before(TransferDone, token):
        return made
    rules.check_under_way(course)
    if held.case_file.closed_at is not None:
        raise Refused("The case file is closed: withdraw the transfer.")
    if worker is not None:
        rules.check_worker(worker, held.to_team)
    rules.check_ready(course, occurred_at)
    _offer(held.case_file, None)
    holding = hand_over(case_file=held.case_file, team=held.to_team, worker=worker, since_at=occurred_at, by=by)
    done = TransferDone(transfer=held, holding=holding, worker=worker, occurred_at=occurred_at, token=token)
    return put(done, held, "complete transfer", by=by, team=held.to_team.key)
