"""The made-up rota, advice and hospital stays: plausible, and nothing in them that a verb would refuse."""

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise

import pytest

from goldenthread.cases.facts import standing
from goldenthread.obligations import tally
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.hospital import rules as ward
from goldenthread.standards.assessment.hospital.choices import Harm, How
from goldenthread.standards.assessment.hospital.models import HospitalNotification
from goldenthread.standards.assessment.hospital.requirements import REQUIREMENTS as HOSPITAL
from goldenthread.standards.assessment.hospital.requirements import is_unplanned
from goldenthread.standards.assessment.legal import rules
from goldenthread.standards.assessment.legal.figures import coverage
from goldenthread.standards.assessment.legal.models import (
    AdviceAnswer,
    AdviceRequest,
    LegalRota,
    PartnerCouncil,
    RotaShift,
    ShiftEnd,
    TestCall,
)
from goldenthread.standards.assessment.legal.requirements import REQUIREMENTS as LEGAL
from goldenthread.standards.assessment.legal.shifts import ends_of
from tests.demo.conftest import NOW

pytestmark = pytest.mark.usefixtures("authority")


def test_every_requirement_is_practised() -> None:
    totals = tally.totals(tally.tally(NOW))
    for requirement in (*LEGAL, *HOSPITAL):
        counts = totals[requirement.key]
        assert counts.met, requirement.key
    assert totals["assessment.legal-cover"].overdue
    assert totals["assessment.legal-answered"].late
    assert totals["assessment.hospital-response"].late
    assert totals["assessment.discharge-plan"].late + totals["assessment.discharge-plan"].overdue


def test_no_shift_is_there_that_the_rota_would_refuse() -> None:
    shifts = list(RotaShift.objects.select_related("solicitor", "by").prefetch_related("ends"))
    held = defaultdict(list)
    for shift, until in ends_of(shifts):
        assert shift.by.may(Permission.KEEP_LEGAL_ROTA)
        assert shift.starts_at >= shift.occurred_at
        assert shift.ends_at - shift.starts_at <= rules.LONGEST
        if until > shift.starts_at:
            held[shift.solicitor_id].append((shift.starts_at, until))
    for spans in held.values():
        spans.sort()
        assert all(one[1] <= two[0] for one, two in pairwise(spans)), "on call twice at once"
    for end in ShiftEnd.objects.select_related("shift", "instead__solicitor"):
        assert end.occurred_at >= end.shift.occurred_at
        assert end.shift.starts_at <= end.ends_at < end.shift.ends_at
        if end.instead:
            assert end.instead.solicitor_id != end.shift.solicitor_id
            assert (end.instead.starts_at, end.instead.ends_at) == (end.ends_at, end.shift.ends_at)
    for shift in shifts:
        weeks = {week.pk for week in shift.weeks.all()}
        assert weeks == set(
            LegalRota.objects.get().weeks.filter(starts_at__lt=shift.ends_at, ends_at__gt=shift.starts_at).values_list("pk", flat=True)
        )  # fmt: skip


def test_the_gaps_shrink_and_one_weekend_three_weeks_ahead_is_open() -> None:
    rota = LegalRota.objects.get()
    half = rota.started_at + (NOW - rota.started_at) / 2
    before, after = coverage(rota.started_at, half, NOW), coverage(half, NOW, NOW)
    assert before.cover.missing / before.cover.minutes > 2 * after.cover.missing / after.cover.minutes
    ahead = coverage(NOW, NOW + timedelta(days=50), NOW).gaps
    assert len(ahead) == 1
    assert 20 < (ahead[0].starts_at - NOW).days < 28
    assert PartnerCouncil.objects.count() == 4
    assert {call.answered for call in TestCall.objects.all()} == {True, False}


def test_no_advice_is_there_that_would_be_refused() -> None:
    for request in AdviceRequest.objects.select_related("case_file", "by").prefetch_related("answers"):
        rules.check_words(request.question, "the question")
        assert request.asked_at >= request.case_file.opened_at
        assert request.by.may(Permission.RECORD_REFERRALS)
    answers = AdviceAnswer.objects.select_related("request")
    assert answers
    for answer in answers:
        assert answer.occurred_at >= answer.request.asked_at.replace(second=0)
        rules.check_words(answer.advice, "the advice")


def test_no_child_left_hospital_in_a_way_that_would_be_refused() -> None:
    found = HospitalNotification.objects.select_related("case_file", "referral").prefetch_related(
        "children", "visits", "steps", "harm_reviews__by", "plans__worker", "plans__manager", "discharges", "escalations__by"
    )  # fmt: skip
    unplanned = 0
    for told in found:
        assert told.children.all()
        assert told.referral is not None
        assert told.referral.case_file_id == told.case_file_id
        for review in told.harm_reviews.all():
            ward.check_harm(review.answer, review.why, review.by)
        for plan in told.plans.all():
            ward.check_agreed(plan.worker, plan.manager)
        facts = [*told.visits.all(), *told.steps.all(), *told.plans.all(), *told.discharges.all()]
        assert all(fact.occurred_at >= told.received_at.replace(second=0) for fact in facts)
        left = told.discharge()
        if left is None:
            continue
        if left.fact.how == How.PLANNED and told.harm_at(left.moment.occurred_at) != Harm.NO:
            plans = [s for s in standing(told.plans.all()) if s.moment.recorded_at <= left.moment.recorded_at]
            assert any(s.moment.occurred_at <= left.moment.occurred_at for s in plans)
        if left.fact.how != How.PLANNED:
            ward.check_words(left.fact.done, "what was done")
        unplanned += is_unplanned(told)
        for answer in told.escalations.all():
            ward.check_senior(answer.by)
            assert answer.occurred_at >= left.moment.occurred_at
    assert unplanned
