"""The verbs on a referral: taking it, deciding, acknowledging, confirming in writing, advising the police.

Onward referrals are in `onward`, unmet need in `unmet_need`, corrections in `corrections`. Every verb is one transaction; it raises
NotAllowed or Refused and then nothing is written. `occurred_at`, `received_at` and the like are when it was true; when it was recorded is stamped.
`token` names one submission of a form: the same token again returns what it made the first time.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from goldenthread.cases.actions import child_recorded, open_case_file
from goldenthread.cases.models import CaseFile, Child
from goldenthread.core import trail
from goldenthread.core.clock import now, today
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.obligations import ledger
from goldenthread.obligations.touching import hold_file
from goldenthread.obligations.writing import locked, made_before, put
from goldenthread.people.access import require
from goldenthread.people.models import Officer, Team
from goldenthread.people.roles import Permission
from goldenthread.standards.referrals import rules
from goldenthread.standards.referrals.choices import (
    PRIVATE_KINDS,
    AgencyKind,
    DecisionKind,
    Route,
)
from goldenthread.standards.referrals.models import (
    Acknowledgement,
    Agency,
    Decision,
    OffenceView,
    PoliceAdvice,
    Referral,
    WrittenConfirmation,
)


@transaction.atomic
def record_child(
    *,
    given_names: str,
    family_name: str,
    by: Officer,
    date_of_birth: date | None = None,
    birth_date_is_estimate: bool = False,
    sex: str = Child.Sex.NOT_KNOWN,
) -> Child:
    """A child not known before. An unborn child has an expected date of birth, up to ten months ahead."""
    require(by, Permission.RECORD_REFERRALS)
    if not (given_names.strip() or family_name.strip()):
        raise Refused("Give at least one name of the child.")
    if date_of_birth and not -305 <= (today() - date_of_birth).days <= 26 * 366:
        raise Refused("The date of birth is not that of a child: check the year.")
    rules.check_choice(sex, Child.Sex.choices, "the child's sex")
    child = Child.objects.create(
        given_names=" ".join(given_names.split()),
        family_name=" ".join(family_name.split()),
        date_of_birth=date_of_birth,
        birth_date_is_estimate=birth_date_is_estimate,
        sex=sex,
    )
    child_recorded(child)
    trail.write("record child", child, by=by, why="taking a referral")
    return child


@transaction.atomic
def take_referral(
    *,
    agency_kind: str,
    route: str,
    children: Sequence[Child],
    concern: str,
    received_at: datetime,
    by: Officer,
    agency_name: str = "",
    referrer_name: str = "",
    referrer_contact: str = "",
    professional: bool | None = None,
    case_file: CaseFile | None = None,
    team: Team | None = None,
    worker: Officer | None = None,
    token: str | None = None,
) -> Referral:
    """A new referral, on the given case file (its children are added there) or on a new one of `team`.

    professional: whether an agency refers; left out, the kind says it. team: left out, the officer's own. worker: whose
    work it becomes; left out, it is the team's.
    """
    require(by, Permission.RECORD_REFERRALS)
    if made := made_before(Referral, token):
        return made
    rules.check_choice(agency_kind, AgencyKind.choices, "who refers")
    rules.check_choice(route, Route.choices, "how it came")
    rules.check_referrer(agency_kind, agency_name, referrer_name)
    rules.check_not_future(received_at, "the referral")
    rules.check_words(concern, "what the concern is")
    if not children:
        raise Refused("Say which child the referral is about.")
    if case_file is None:
        team = team or by.team
        rules.check_takes_referrals(team)
        if team is None or (worker and worker.team_id != team.pk):
            raise Refused("Choose a worker of the team that takes the referral.")
        case_file = open_case_file(children=children, team=team, worker=worker, opened_at=received_at, by=by)
    elif not CaseFile.objects.writable_by(by).filter(pk=case_file.pk).exists():
        raise NotAllowed("That case file is one that you may not write to: start a new file.")
    else:
        hold_file(case_file)
        rules.check_file_open(
            CaseFile.objects.get(pk=case_file.pk)
        )  # asked under the lock: it may just have been closed
        case_file.children.add(*children)
    referral = Referral.objects.create(
        case_file=case_file,
        agency_kind=agency_kind,
        agency=Agency.called(agency_name, agency_kind) if agency_name.strip() else None,
        professional=agency_kind not in PRIVATE_KINDS if professional is None else professional,
        referrer_name=referrer_name.strip(),
        referrer_contact=referrer_contact.strip(),
        route=route,
        concern=concern.strip(),
        received_at=received_at,
        recorded_at=now(),
        by=by,
        token=token,
    )
    referral.children.set(children)
    trail.write("take referral", referral, by=by, why="taking a referral", case_file=case_file.pk)
    ledger.refresh(referral)
    return referral


@transaction.atomic
def decide(
    *, referral: Referral, what: str, reason: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> Decision:
    """What is to happen on the referral, and why. Each later decision is another decision point."""
    referral = locked(referral, by, Permission.DECIDE_REFERRALS)
    if made := made_before(Decision, token):
        return made
    rules.check_choice(what, DecisionKind.choices, "what is to happen")
    rules.check_words(reason, "the reason for the decision")
    rules.check_time(occurred_at, "the decision", after=referral.received_at, after_what="the referral was received")
    held = referral.case_file.holding_at(occurred_at)
    fact = Decision(
        referral=referral,
        what=what,
        reason=reason.strip(),
        team_id=held.team_id if held else referral.case_file.team_id,
        occurred_at=occurred_at,
        token=token,
    )
    return put(fact, referral, "decide", by=by, what=what)


@transaction.atomic
def acknowledge(
    *, referral: Referral, how: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> Acknowledgement:
    """The referrer was told that we have the referral."""
    referral = locked(referral, by)
    if made := made_before(Acknowledgement, token):
        return made
    if referral.agency_kind == AgencyKind.ANONYMOUS:
        raise Refused("This referrer is anonymous: there is nobody to acknowledge it to.")
    rules.check_choice(how, Route.choices, "how the referrer was told")
    rules.check_time(
        occurred_at, "the acknowledgement", after=referral.received_at, after_what="the referral was received"
    )
    fact = Acknowledgement(referral=referral, how=how, occurred_at=occurred_at, token=token)
    return put(fact, referral, "acknowledge", by=by)


@transaction.atomic
def confirm_in_writing(
    *, referral: Referral, how: str, received_at: datetime, by: Officer, token: str | None = None
) -> WrittenConfirmation:
    """The agency's writing arrived."""
    referral = locked(referral, by)
    if made := made_before(WrittenConfirmation, token):
        return made
    rules.check_choice(how, Route.choices, "how it was confirmed")
    rules.check_written(how)
    rules.check_time(
        received_at, "the confirmation", after=referral.received_at, after_what="the referral was received"
    )
    fact = WrittenConfirmation(referral=referral, how=how, occurred_at=received_at, token=token)
    return put(fact, referral, "confirm in writing", by=by)


@transaction.atomic
def consider_offence(
    *, referral: Referral, answer: str, occurred_at: datetime, by: Officer, why: str = "", token: str | None = None
) -> OffenceView:
    """May this be a criminal offence against a child? “No” and “not known yet” say why. “Not known yet” stays owed; “yes”
    owes advice to the police from when the referral was received."""
    referral = locked(referral, by)
    if made := made_before(OffenceView, token):
        return made
    rules.check_offence_view(answer, why)
    rules.check_time(occurred_at, "the answer", after=referral.received_at, after_what="the referral was received")
    fact = OffenceView(referral=referral, answer=answer, why=why.strip(), occurred_at=occurred_at, token=token)
    return put(fact, referral, "consider offence", by=by, answer=answer)


@transaction.atomic
def advise_police(
    *,
    referral: Referral,
    answer: str,
    occurred_at: datetime,
    by: Officer,
    advised: str = "",
    police_reference: str = "",
    why: str = "",
    token: str | None = None,
) -> PoliceAdvice:
    """The police were advised (whom, when, under what reference), or not yet and why: then it stays owed.

    Raises Refused where nobody has yet said that this may be an offence.
    """
    referral = locked(referral, by)
    if made := made_before(PoliceAdvice, token):
        return made
    if referral.seen_as_offence() is None:
        raise Refused("First record that this referral may be an offence against a child.")
    rules.check_police_advice(answer, advised, police_reference, why)
    rules.check_time(occurred_at, "the advice", after=referral.received_at, after_what="the referral was received")
    fact = PoliceAdvice(
        referral=referral,
        answer=answer,
        advised=advised.strip(),
        police_reference=police_reference.strip(),
        why=why.strip(),
        occurred_at=occurred_at,
        token=token,
    )
    return put(fact, referral, "advise police", by=by, answer=answer)
