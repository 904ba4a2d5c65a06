"""What the demonstration authority holds: everyone, everything practised, and nothing that the verbs would refuse."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models, transaction

from goldenthread.cases.facts import Fact
from goldenthread.cases.models import BreakGlass, Child
from goldenthread.core.clock import day_of, end_of
from goldenthread.core.words import is_placeholder
from goldenthread.demo.load import PASSWORD, DemoSummary
from goldenthread.obligations import ledger, tally
from goldenthread.obligations.models import Obligation
from goldenthread.pages.snooping import snooping_report
from goldenthread.people.models import Officer
from goldenthread.people.roles import ROLES, Permission
from goldenthread.plan.evidence import evidence_of_plan
from goldenthread.plan.models import ActionEvent, Plan, Recommendation
from goldenthread.plan.status import TITLES, statuses_of
from goldenthread.reports.claims import notes_on
from goldenthread.standards.referrals import rules
from goldenthread.standards.referrals.models import (
    Chaser,
    Decision,
    NeedMet,
    OffenceView,
    OnwardReferral,
    PoliceAdvice,
    Referral,
    UnmetNeed,
    WrittenConfirmation,
)
from goldenthread.standards.referrals.requirements import REQUIREMENTS
from tests.demo.conftest import NOW, TODAY

pytestmark = pytest.mark.usefixtures("authority")
FACTS = [model for model in apps.get_models() if issubclass(model, Fact)]
AHEAD = {
    "due",
    "by_when",
    "first_due",
    "due_at",
    "starts_at",
    "ends_at",
    "until_at",
    "expires_at",
    "needed_at",  # an interpreter
    "expected_until",  # temporary accommodation
    "change_by",
    "arranged_for",
    "planned_for",  # a meeting
    "new_at",
    "next_at",  # the next supervision session
}  # what is owed may be owed ahead


def test_the_ledger_is_what_the_records_say() -> None:
    assert ledger.verify() == []


def test_every_role_can_sign_in(authority: DemoSummary) -> None:
    assert {account.role for account in authority.accounts} == {role.title for role in ROLES.values()}
    for account in authority.accounts:
        assert Officer.objects.get(username=account.username, is_active=True).check_password(PASSWORD)
    assert authority.officers == Officer.objects.count() >= 60


@pytest.mark.shared
def test_nobody_has_the_name_of_someone_in_the_real_plan(seed_text: Path) -> None:
    words = " ".join(seed_text.read_text(encoding="utf-8").split())
    assert not [officer.name for officer in Officer.objects.all() if officer.name in words]
    assert not [child.pk for child in Child.objects.all() if child.name in words]


def test_every_requirement_is_met_late_and_missed_somewhere() -> None:
    totals = tally.totals(tally.tally(NOW))
    for requirement in REQUIREMENTS:
        counts = totals[requirement.key]
        assert counts.met, requirement.key
        assert counts.late, requirement.key
        assert counts.overdue, requirement.key
    assert sum(counts.due for counts in totals.values())
    assert sum(counts.excused for counts in totals.values())


def test_everything_of_the_room_is_practised() -> None:
    for model in (*FACTS, Chaser):
        assert model._default_manager.exists(), model
    assert {p.answer for p in PoliceAdvice.objects.all()} == {"advised", "not-yet"}
    assert {v.answer for v in OffenceView.objects.all()} == {"yes", "no", "not-known"}
    assert Referral.objects.annotate(of=models.Count("children")).filter(of__gt=1).exists()


def test_nothing_lies_ahead_of_the_day_it_was_loaded_for() -> None:
    for model in apps.get_models():
        if model is Obligation:  # worked out from the rest: the next monthly report is owed from a day ahead
            continue
        for field in model._meta.concrete_fields:
            if field.name in AHEAD or not isinstance(field, models.DateField):
                continue
            last = model._base_manager.aggregate(last=models.Max(field.name))["last"]
            limit: date | datetime = NOW if isinstance(field, models.DateTimeField) else TODAY
            assert last is None or last <= limit, field


def test_what_happened_is_recorded_afterwards_and_some_of_it_late() -> None:
    for model in (*FACTS, ActionEvent):
        assert not model._default_manager.filter(recorded_at__lt=models.F("occurred_at")).exists(), model
    late = [r for r in Referral.objects.all() if r.received.late_by > timedelta(days=1)]
    assert 0.01 < len(late) / Referral.objects.count() < 0.25


def test_nothing_is_there_that_the_verbs_would_have_refused() -> None:
    for decision in Decision.objects.select_related("by", "referral"):
        assert decision.by.may(Permission.DECIDE_REFERRALS)
        assert decision.by.team_id == decision.team_id
        assert decision.occurred_at >= decision.referral.received_at
        rules.check_words(decision.reason, "the reason")
    for confirmation in WrittenConfirmation.objects.select_related("referral"):
        rules.check_written(confirmation.how)
        assert confirmation.referral.owes_written_confirmation
    for referral in Referral.objects.select_related("agency"):
        rules.check_referrer(
            referral.agency_kind, referral.agency.name if referral.agency else "", referral.referrer_name
        )
        rules.check_words(referral.concern, "the concern")
    for view in OffenceView.objects.all():
        rules.check_offence_view(view.answer, view.why)
    for advice in PoliceAdvice.objects.select_related("referral").prefetch_related("referral__offence_views"):
        rules.check_police_advice(advice.answer, advice.advised, advice.police_reference, advice.why)
        assert advice.referral.seen_as_offence()
    for fact in FACTS:
        assert not fact._default_manager.filter(supersedes=None).exclude(root=None).exists(), fact
        assert not fact._default_manager.filter(root=None).exclude(supersedes=None).exists(), fact
    for onward in OnwardReferral.objects.all():
        assert not onward.purpose or not is_placeholder(onward.purpose)
    for need in UnmetNeed.objects.all():
        assert (need.quantity is None) == (not need.unit)
    for met in NeedMet.objects.select_related("need"):
        assert day_of(met.occurred_at) >= met.need.since
    for chaser in Chaser.objects.select_related("referral").prefetch_related("referral__children"):
        assert not any(child.family_name in chaser.words for child in chaser.referral.children.all())


def test_the_plan_stands_in_every_way_that_one_can() -> None:
    found = statuses_of(Plan.objects.get(), TODAY - timedelta(days=1), NOW)
    assert {status.key for status in found.recommendations.values()} == set(TITLES)
    assert {e.kind for e in ActionEvent.objects.all()} >= {"completed", "reopened", "due-changed", "reassigned"}


def test_the_plans_words_claim_no_more_than_the_figures() -> None:
    plan = Plan.objects.get()
    evidence = evidence_of_plan(plan, TODAY - timedelta(days=1), end_of(TODAY))
    for recommendation in Recommendation.objects.filter(standard__plan=plan).prefetch_related("progress"):
        words = [progress.text for progress in recommendation.progress.all()]
        assert notes_on(words, evidence.get(recommendation.pk, [])) == [], recommendation.number


def test_one_emergency_is_found_to_be_of_a_child_who_lives_where_the_officer_does() -> None:
    with transaction.atomic():
        director = Officer.objects.get(username="director")
        found = snooping_report(TODAY - timedelta(days=28), TODAY - timedelta(days=1), by=director)
        section = next(section for section in found.sections if section.key == "same-address")
        assert [(line.count, line.about) for line in section.lines] == [
            (1, "a child on the record lives at the officer's address")
        ]
        (line,) = section.lines
        assert BreakGlass.objects.filter(officer__username=line.officer).exists()
        assert "2 of" in section.note
        transaction.set_rollback(True)


def test_no_emergency_access_is_owed_by_nobody() -> None:
    assert BreakGlass.objects.exists()
    assert not BreakGlass.objects.filter(manager=None).exists()
    assert not Obligation.objects.filter(requirement="oversight.break-glass-review", owner=None).exists()
