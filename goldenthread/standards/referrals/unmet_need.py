"""The verbs on unmet need: the answer at each decision, a need met at last, and the monthly report."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from goldenthread.cases.facts import standing
from goldenthread.core import trail
from goldenthread.core.clock import day_of, now, start_of, today
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.obligations import ledger
from goldenthread.obligations.writing import locked, made_before, put
from goldenthread.people.access import require
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.referrals import rules
from goldenthread.standards.referrals.choices import Need, QuantityUnit, Recipient, WhyUnmet
from goldenthread.standards.referrals.models import (
    Decision,
    NeedMet,
    Referral,
    ReportCycle,
    ReportSent,
    UnmetNeed,
    UnmetNeedAnswer,
    month_after,
)


@dataclass(frozen=True, slots=True)
class NeedItem:
    """One thing needed and not provided. since: the day from which it was needed; left out, the decision's day."""

    need: str
    needed: str
    why: str
    offered: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    since: date | None = None


def check_item(item: NeedItem) -> None:
    """Raise Refused unless the item says what was needed, why it was not provided, and how much where it says so."""
    rules.check_choice(item.need, Need.choices, "what kind of need it is")
    rules.check_words(item.needed, "what was needed")
    rules.check_choice(item.why, WhyUnmet.choices, "why it was not provided")
    if (item.quantity is None) != (not item.unit):
        raise Refused("Give how much together with what it is counted in, or neither.")
    if item.quantity is not None and not 0 < item.quantity < 1_000_000:
        raise Refused("How much was needed is more than nothing, and less than a million.")
    if item.unit:
        rules.check_choice(item.unit, QuantityUnit.choices, "what the quantity is counted in")
    if item.since and item.since > today():
        raise Refused("The day since when it was needed is in the future.")


@transaction.atomic
def answer_unmet_need(
    *,
    decision: Decision,
    needs: Sequence[NeedItem],
    occurred_at: datetime,
    by: Officer,
    correction_reason: str = "",
    token: str | None = None,
) -> UnmetNeedAnswer:
    """What was needed at this decision and not provided; an empty list answers “nothing unmet”.

    Further needs can be added by answering again. Needs after “nothing unmet” correct it, and so want a reason;
    “nothing unmet” after needs is refused: withdraw each need instead.
    """
    referral = locked(decision.referral, by)
    if made := made_before(UnmetNeedAnswer, token):
        return made
    rules.check_time(occurred_at, "the answer", after=decision.occurred_at, after_what="the decision was made")
    for item in needs:
        check_item(item)
    before = standing(UnmetNeedAnswer.objects.filter(decision=decision.first_id))
    if before and not needs:
        raise Refused("Unmet need is answered at this decision already.")
    nothing = next((s.fact for s in before if s.fact.nothing_unmet), None)
    if nothing:
        rules.check_words(correction_reason, "why “nothing unmet” was wrong")
    answer = put(
        UnmetNeedAnswer(
            decision_id=decision.first_id,
            supersedes=nothing,
            root_id=nothing.first_id if nothing else None,
            nothing_unmet=not needs,
            occurred_at=occurred_at,
            correction_reason=correction_reason.strip() if nothing else "",
            token=token,
        ),
        referral,
        "answer unmet need",
        by=by,
        needs=len(needs),
    )
    UnmetNeed.objects.bulk_create(
        UnmetNeed(
            answer_id=answer.first_id,
            need=item.need,
            needed=item.needed.strip(),
            offered=item.offered.strip(),
            why=item.why,
            quantity=item.quantity,
            unit=item.unit,
            since=item.since or day_of(occurred_at),
            occurred_at=occurred_at,
            recorded_at=answer.recorded_at,
            by=by,
        )
        for item in needs
    )
    return answer


@transaction.atomic
def meet_need(*, need: UnmetNeed, how: str, met_at: datetime, by: Officer, token: str | None = None) -> NeedMet:
    """A need that was unmet is met."""
    referral = locked(need.answer.decision.referral, by)
    if made := made_before(NeedMet, token):
        return made
    rules.check_words(how, "how the need was met")
    rules.check_time(
        met_at, "meeting the need", after=start_of(need.since), after_what="the day since when it was needed"
    )
    if standing(NeedMet.objects.filter(need=need.first_id)):
        raise Refused("This need is recorded as met already.")
    return put(
        NeedMet(need_id=need.first_id, how=how.strip(), occurred_at=met_at, token=token), referral, "meet need", by=by
    )


@transaction.atomic
def start_report_cycle(*, started_on: date, officer: Officer, by: Officer) -> ReportCycle:
    """From this month on, unmet need is reported each month, and this officer owes it. Raises Refused where it is owed already."""
    require(by, Permission.SEND_REPORTS)
    if not officer.may(Permission.SEND_REPORTS):
        raise Refused(f"{officer.name} may not send reports: choose another officer.")
    if ReportCycle.objects.exists():
        raise Refused("The monthly report is owed already.")
    cycle = ReportCycle.objects.create(started_on=started_on, officer=officer, recorded_at=now())
    trail.write("start report cycle", cycle, by=by, officer=officer.pk)
    ledger.refresh(cycle)
    return cycle


@transaction.atomic
def record_report_sent(
    *,
    cycle: ReportCycle,
    month: date,
    recipients: Collection[str],
    sent_at: datetime,
    by: Officer,
    token: str | None = None,
) -> list[ReportSent]:
    """The report on one month went to these recipients. It is done when it has gone to all of them."""
    require(by, Permission.SEND_REPORTS)
    cycle = ReportCycle.objects.select_for_update().get(pk=cycle.pk)
    if token and (made := list(ReportSent.objects.filter(token__startswith=token))):
        return made
    if not recipients or not set(recipients) <= set(Recipient.values):
        raise Refused("Choose who the report was sent to.")
    month = month.replace(day=1)
    if month < cycle.started_on.replace(day=1):
        raise Refused(f"The report is owed from {cycle.started_on:%B %Y} on.")
    rules.check_time(
        sent_at, "sending the report", after=start_of(month_after(month)), after_what="the month had ended"
    )
    stamped = now()
    sent = [
        ReportSent.objects.create(
            cycle=cycle,
            month=month,
            recipient=recipient,
            occurred_at=sent_at,
            recorded_at=stamped,
            by=by,
            token=f"{token}:{number}" if token else None,
        )
        for number, recipient in enumerate(sorted(recipients))
    ]
    trail.write("record report sent", cycle, by=by, month=month, recipients=sorted(recipients))
    ledger.refresh(cycle)
    return sent


def referral_of(need: UnmetNeed, by: Officer) -> Referral:
    """The referral that a need is on. Raises NotAllowed where the officer may not open it."""
    found = Referral.objects.visible_to(by).filter(decisions__unmet_need_answers__needs=need).first()
    if found is None:
        raise NotAllowed("That referral is one that you may not open.")
    return found
