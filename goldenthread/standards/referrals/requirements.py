"""What good practice demands of a referral.

`serves` is the recommendation in the shipped plan template: 1.1 unmet need, 1.2 written confirmation and the answer to the
referrer, 1.3 the police, 1.4 onward referrals, 1.5 that the procedures are complied with (the decision itself). All but the monthly report
are worked out from the referral, so that one refresh settles everything about it. What is several on one referral is
told apart by the first row of the decision or onward referral, which outlasts corrections.
"""

from collections.abc import Iterator
from datetime import date

from goldenthread.cases.facts import F, Standing, standing
from goldenthread.core.clock import Moment, start_of
from goldenthread.obligations.requirement import Holder, Owed, Requirement
from goldenthread.standards.referrals.choices import AgencyKind, OffenceAnswer, PoliceAnswer, Recipient
from goldenthread.standards.referrals.models import Referral, ReportCycle, month_after

_FILE = "case_file__holdings"
MONTHS_OWED = 240
"""How many months of reports a cycle owes: twenty years."""


def _first(found: list[Standing[F]]) -> Moment | None:
    return found[0].moment if found else None


def _decision(referral: Referral) -> Owed:
    return Owed(since=referral.received, done=_first(standing(referral.decisions.all())))


def _acknowledgement(referral: Referral) -> Owed | None:
    if referral.agency_kind == AgencyKind.ANONYMOUS:
        return None
    return Owed(since=referral.received, done=_first(standing(referral.acknowledgements.all())))


def _written_confirmation(referral: Referral) -> Owed | None:
    if not referral.owes_written_confirmation:
        return None
    return Owed(since=referral.received, done=_first(standing(referral.written_confirmations.all())))


def _offence_considered(referral: Referral) -> Owed:
    answered = [s for s in standing(referral.offence_views.all()) if s.fact.answer != OffenceAnswer.NOT_KNOWN]
    return Owed(since=referral.received, done=_first(answered))


def _police_advised(referral: Referral) -> Owed | None:
    if (seen := referral.seen_as_offence()) is None:
        return None
    advised = [s for s in standing(referral.police_advice.all()) if s.fact.answer == PoliceAnswer.ADVISED]
    return Owed(since=Moment(referral.received_at, seen.moment.recorded_at), done=_first(advised))


def _police_told_onward(referral: Referral) -> Iterator[Owed]:
    seen = referral.seen_as_offence()
    rows = list(referral.onward_referrals.all())
    for onward in standing(rows) if seen else ():
        told = standing(told for row in rows if row.pk in onward.ids for told in row.police_told.all())
        known = max(onward.moment.recorded_at, seen.moment.recorded_at) if seen else onward.moment.recorded_at
        yield Owed(Moment(onward.moment.occurred_at, known), _first(told), key=f"onward-{onward.first.pk}")


def _onward_purpose(referral: Referral) -> Iterator[Owed]:
    rows = {row.pk: row for row in referral.onward_referrals.all()}
    for onward in standing(rows.values()):
        written = min((rows[pk].recorded_at for pk in onward.ids if rows[pk].purpose), default=None)
        yield Owed(
            onward.moment,
            Moment(written, written) if written and onward.fact.purpose else None,
            key=f"onward-{onward.first.pk}",
        )


def _onward_response(referral: Referral) -> Iterator[Owed]:
    rows = list(referral.onward_referrals.all())
    for onward in standing(rows):
        answers = standing(answer for row in rows if row.pk in onward.ids for answer in row.responses.all())
        yield Owed(onward.moment, _first(answers), key=f"onward-{onward.first.pk}")


def _unmet_need_recorded(referral: Referral) -> Iterator[Owed]:
    rows = list(referral.decisions.all())
    for decision in standing(rows):
        answers = standing(a for row in rows if row.pk in decision.ids for a in row.unmet_need_answers.all())
        yield Owed(decision.moment, _first(answers), key=f"decision-{decision.first.pk}")


def _months_reported(cycle: ReportCycle) -> dict[date, Moment]:
    """The months whose report has gone to everyone it is for, and when it went to the last of them."""
    sent: dict[date, dict[str, Moment]] = {}
    for report in standing(cycle.sent.all()):
        sent.setdefault(report.fact.month, {}).setdefault(report.fact.recipient, report.moment)
    return {
        month: Moment(max(m.occurred_at for m in by.values()), max(m.recorded_at for m in by.values()))
        for month, by in sent.items()
        if len(by) == len(Recipient)
    }


def _unmet_need_report(cycle: ReportCycle) -> Iterator[Owed]:
    # Every month is owed from the start, not only the first that is missing: else a year of silence, or one excuse, would
    # look like one month. A month that has not begun to be owed is on no list and in no figure.
    done = _months_reported(cycle)
    month = cycle.started_on.replace(day=1)
    for _ in range(MONTHS_OWED):
        ended = start_of(month_after(month))
        yield Owed(
            since=Moment(ended, max(ended, cycle.recorded_at)),
            done=done.get(month),
            key=f"{month:%Y-%m}",
            holder=Holder(cycle.officer.team_id, cycle.officer_id),
        )
        month = month_after(month)


DECISION = Requirement(
    key="referrals.decision",
    serves="1.5",
    title="A decision is made on every referral within one working day",
    why="A child waits for help from the moment somebody worries enough to tell us.",
    timescale="referral-decision",
    subject=Referral,
    owed=_decision,
    with_related=(_FILE, "decisions"),
)
ACKNOWLEDGEMENT = Requirement(
    key="referrals.acknowledgement",
    serves="1.2",
    title="The referrer is told that the referral was received",
    why="Someone who hears nothing may think that the child is safe, or that it is no use to tell us again.",
    timescale="referral-acknowledgement",
    subject=Referral,
    owed=_acknowledgement,
    with_related=(_FILE, "acknowledgements"),
)
WRITTEN_CONFIRMATION = Requirement(
    key="referrals.written-confirmation",
    serves="1.2",
    title="An agency that refers by word of mouth confirms it in writing",
    why="What was said on the phone is remembered in two ways; what was written is the same for both.",
    timescale="written-confirmation",
    subject=Referral,
    owed=_written_confirmation,
    with_related=(_FILE, "written_confirmations"),
)
OFFENCE_CONSIDERED = Requirement(
    key="referrals.offence-considered",
    serves="1.3",
    title="Whether the referral may be an offence against a child is answered",
    why="The police can only be told in time where somebody asks the question, each time.",
    timescale="referral-decision",
    subject=Referral,
    owed=_offence_considered,
    with_related=(_FILE, "offence_views"),
)
POLICE_ADVISED = Requirement(
    key="referrals.police-advised",
    serves="1.3",
    title="The police are advised of a possible offence at the earliest opportunity",
    why="Evidence and safety are lost in hours, and only the police can protect both.",
    timescale="police-advised",
    subject=Referral,
    owed=_police_advised,
    with_related=(_FILE, "offence_views", "police_advice"),
)
POLICE_TOLD_ONWARD = Requirement(
    key="referrals.police-told-onward",
    serves="1.3",
    title="The police are told when a possible offence is referred to another agency",
    why="An investigation can be harmed by someone who acts beside it unknown.",
    timescale="police-told-onward",
    subject=Referral,
    owed=_police_told_onward,
    with_related=(_FILE, "offence_views", "onward_referrals__police_told"),
)
ONWARD_PURPOSE = Requirement(
    key="referrals.onward-purpose",
    serves="1.4",
    title="The purpose of each onward referral is on file",
    why="An agency that is not told what it is asked to do cannot do it, and nobody can see whether it did.",
    timescale="onward-purpose",
    subject=Referral,
    owed=_onward_purpose,
    with_related=(_FILE, "onward_referrals"),
)
ONWARD_RESPONSE = Requirement(
    key="referrals.onward-response",
    serves="1.4",
    title="The other agency's answer to an onward referral is on file",
    why="A child referred onwards is helped by nobody until somebody answers.",
    timescale="onward-response",
    subject=Referral,
    owed=_onward_response,
    with_related=(_FILE, "onward_referrals__responses"),
)
UNMET_NEED_RECORDED = Requirement(
    key="referrals.unmet-need-recorded",
    serves="1.1",
    title="Unmet need is recorded at each decision",
    why="Services are planned from what was missing, and a blank says nothing of what was missing.",
    timescale="unmet-need",
    subject=Referral,
    owed=_unmet_need_recorded,
    with_related=(_FILE, "decisions__unmet_need_answers"),
)
UNMET_NEED_REPORT = Requirement(
    key="referrals.unmet-need-report",
    serves="1.1",
    title="Unmet need is reported each month to the chief executive and the executive member",
    why="Those who decide on money must know what children went without.",
    timescale="unmet-need-report",
    subject=ReportCycle,
    owed=_unmet_need_report,
    with_related=("officer", "sent"),
)

REQUIREMENTS: tuple[Requirement, ...] = (
    UNMET_NEED_RECORDED,
    UNMET_NEED_REPORT,
    ACKNOWLEDGEMENT,
    WRITTEN_CONFIRMATION,
    OFFENCE_CONSIDERED,
    POLICE_ADVISED,
    POLICE_TOLD_ONWARD,
    ONWARD_PURPOSE,
    ONWARD_RESPONSE,
    DECISION,
)
