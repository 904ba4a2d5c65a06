"""The verbs on referrals that we make to other agencies, and chasers to agencies that owe us their words in writing."""

from datetime import datetime

from django.db import transaction

from goldenthread.core import trail
from goldenthread.core.clock import day_of, now
from goldenthread.core.errors import Refused
from goldenthread.obligations.writing import locked, made_before, put
from goldenthread.people.models import Officer
from goldenthread.standards.referrals import rules
from goldenthread.standards.referrals.choices import AgencyKind, ResponseKind
from goldenthread.standards.referrals.models import (
    Agency,
    Chaser,
    OnwardReferral,
    OnwardResponse,
    PoliceTold,
    Referral,
)


@transaction.atomic
def refer_onward(
    *,
    referral: Referral,
    agency_kind: str,
    agency_name: str,
    purpose: str,
    made_at: datetime,
    by: Officer,
    token: str | None = None,
) -> OnwardReferral:
    """A referral made to another agency, named, for a purpose that says something."""
    referral = locked(referral, by)
    if made := made_before(OnwardReferral, token):
        return made
    rules.check_choice(agency_kind, AgencyKind.choices, "what kind of agency it is")
    rules.check_words(agency_name, "the name of the agency")
    rules.check_words(purpose, "what the agency is asked to do")
    rules.check_time(made_at, "the onward referral", after=referral.received_at, after_what="the referral was received")
    fact = OnwardReferral(
        referral=referral,
        agency=Agency.called(agency_name, agency_kind),
        purpose=purpose.strip(),
        occurred_at=made_at,
        token=token,
    )
    return put(fact, referral, "refer onward", by=by)


@transaction.atomic
def tell_police_of_onward(
    *,
    onward: OnwardReferral,
    told: str,
    occurred_at: datetime,
    by: Officer,
    police_reference: str = "",
    token: str | None = None,
) -> PoliceTold:
    """The police were told of an onward referral: whom, when."""
    referral = locked(onward.referral, by)
    if made := made_before(PoliceTold, token):
        return made
    rules.check_words(told, "who was told")
    rules.check_time(
        occurred_at, "telling the police", after=referral.received_at, after_what="the referral was received"
    )
    fact = PoliceTold(
        onward_id=onward.first_id,
        told=told.strip(),
        police_reference=police_reference.strip(),
        occurred_at=occurred_at,
        token=token,
    )
    return put(fact, referral, "tell police of onward referral", by=by)


@transaction.atomic
def record_response(
    *,
    onward: OnwardReferral,
    answer: str,
    occurred_at: datetime,
    by: Officer,
    words: str = "",
    token: str | None = None,
) -> OnwardResponse:
    """What the other agency answered. Anything but “accepted” says what."""
    referral = locked(onward.referral, by)
    if made := made_before(OnwardResponse, token):
        return made
    rules.check_choice(answer, ResponseKind.choices, "what they answered")
    if answer != ResponseKind.ACCEPTED:
        rules.check_words(words, "what they said")
    rules.check_time(occurred_at, "the answer", after=onward.occurred_at, after_what="the onward referral was made")
    fact = OnwardResponse(
        onward_id=onward.first_id, answer=answer, words=words.strip(), occurred_at=occurred_at, token=token
    )
    return put(fact, referral, "record response", by=by)


def chaser_words(referral: Referral, by: Officer) -> str:
    """The draft of a chaser: our reference and the date, and no child's name, since it may go by open e-mail."""
    agency = referral.agency.name if referral.agency else referral.get_agency_kind_display()
    day = day_of(referral.received_at)
    return (
        f"To: {referral.referrer_name or 'the referrer'}, {agency}\n"
        f"Our reference: {referral.reference}\n\n"
        f"You made a referral to us on {day.day} {day:%B %Y}, {referral.get_route_display().lower()}. "
        "We have not had it in writing yet.\n\n"
        "Please confirm it in writing within one working day, with our reference and without the child's name in the "
        "subject line. If you have sent it already, please tell us when and to what address.\n\n"
        "If you are worried about the child's safety now, phone us: do not wait for this to be settled.\n\n"
        f"{by.name}\n{by.role_data.title}\n"
    )


@transaction.atomic
def draft_chaser(*, referral: Referral, by: Officer, words: str = "", token: str | None = None) -> Chaser:
    """Keep the draft of a chaser. Raises Refused where nothing is owed in writing, or a child is named in it."""
    referral = locked(referral, by)
    if made := made_before(Chaser, token):
        return made
    if not referral.owes_written_confirmation or referral.written_confirmations.filter(
        superseded_by=None, withdrawn=False
    ):
        raise Refused("No written confirmation is owed on this referral.")
    words = words.strip() or chaser_words(referral, by)
    for child in referral.children.all():
        if child.family_name.strip() and child.name.casefold() in words.casefold():
            raise Refused("Take the child's name out of the letter: our reference is enough.")
    chaser = Chaser.objects.create(referral=referral, words=words, recorded_at=now(), by=by, token=token)
    trail.write("draft chaser", referral, by=by, why=referral.why_open, chaser=chaser.pk)
    return chaser
