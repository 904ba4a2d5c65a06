"""The demonstration's case records and child protection work: nothing that the verbs would refuse, and a story to look at."""

from collections import defaultdict

import pytest
from django.db.models import F

from goldenthread.cases.facts import standing
from goldenthread.cases.models import CaseFile
from goldenthread.core import rules as common
from goldenthread.obligations import tally
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.assessing.models import Assessment
from goldenthread.standards.assessment.protection import rules
from goldenthread.standards.assessment.protection.models import (
    ConferenceDate,
    EnquiryOutcome,
    PlanEnd,
    ProtectionPlan,
    StrategyDiscussion,
)
from goldenthread.standards.assessment.protection.requirements import REQUIREMENTS as PROTECTION
from goldenthread.standards.assessment.recording import rules as recording
from goldenthread.standards.assessment.recording.models import CaseRecord
from goldenthread.standards.assessment.recording.requirements import REQUIREMENTS as RECORDING
from tests.demo.conftest import NOW

# Both databases hold the same rows (test_load), and of these the tests count what they say.
pytestmark = [pytest.mark.usefixtures("authority"), pytest.mark.once]


def children_of_files() -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for file, child in CaseFile.children.through.objects.values_list("casefile", "child"):
        found[file].add(child)
    return found


def test_every_case_record_is_one_that_could_be_recorded() -> None:
    on_file = children_of_files()
    rows = CaseRecord.objects.select_related("case_file", "made_by").prefetch_related("children")
    for record in rows:
        seen = {one.child_id: one.seen for one in record.children.all()}
        recording.check_children(record.kind, seen, on_file[record.case_file_id])
        recording.check_said(record.kind, record.facts, record.view, record.next_steps, record.where)
        recording.check_worker(record.made_by)
        assert record.case_file.opened_at <= record.occurred_at <= record.recorded_at
    assert not CaseRecord.objects.filter(occurred_at__gt=F("case_file__closed_at")).exists()
    assert rows.count() < 6 * CaseFile.objects.count()


def test_every_step_of_the_procedures_follows_the_one_before() -> None:
    on_file = children_of_files()
    rows = StrategyDiscussion.objects.select_related("case_file", "referral").prefetch_related("agencies", "children")
    for discussion in rows:
        rules.check_who(discussion.took_part)
        rules.check_children([child.pk for child in discussion.children.all()], on_file[discussion.case_file_id])
        common.check_words(discussion.known, "what is known")
        common.check_words(discussion.why, "why it was decided so")
        assert (discussion.assessment_id is not None) == discussion.is_enquiry
        began = discussion.referral.received_at if discussion.referral else discussion.case_file.opened_at
        assert began <= discussion.occurred_at
        assert discussion.referral is None or discussion.referral.case_file_id == discussion.case_file_id
    enquiries = Assessment.objects.filter(kind="section-47")
    assert enquiries.count() == rows.exclude(assessment=None).count()
    assert all(enquiry.children.exists() for enquiry in enquiries)
    for outcome in EnquiryOutcome.objects.select_related("discussion", "by"):
        assert outcome.occurred_at >= outcome.discussion.occurred_at
        assert outcome.by.may(Permission.DECIDE_REFERRALS)
    assert EnquiryOutcome.objects.values("discussion").distinct().count() == EnquiryOutcome.objects.count()
    for conference in ConferenceDate.objects.select_related("discussion").prefetch_related("discussion__outcomes"):
        assert [s.fact.outcome for s in standing(conference.discussion.outcomes.all())] == ["conference"]
        assert conference.step == "held" or (
            conference.arranged_for and conference.arranged_for > conference.occurred_at
        )


def test_no_child_is_on_two_plans_at_once_and_nothing_is_done_outside_a_plan() -> None:
    plans = ProtectionPlan.objects.prefetch_related("ends", "core_groups", "reviews").select_related("case_file")
    for plan in plans:
        rules.check_no_plan_yet(plan)
        ended = plan.ended.moment.occurred_at if plan.ended else NOW
        assert plan.occurred_at < ended
        for met in (*plan.core_groups.all(), *plan.reviews.all()):
            assert plan.occurred_at < met.occurred_at <= ended
        assert plan.ended is not None or plan.case_file.closed_at is None, "a closed file's plan has ended"
    assert plans.count() > PlanEnd.objects.count() > 5, "some run, some have ended"


def test_there_is_something_to_see_of_each_requirement() -> None:
    totals = tally.totals(tally.tally(NOW))
    for requirement in (*RECORDING, *PROTECTION):
        counts = totals[requirement.key]
        assert counts.met, requirement.key
        assert counts.met + counts.late + counts.overdue >= 10, requirement.key
    assert totals["assessment.record-made"].late
    assert totals["protection.visit"].overdue
    assert not totals["assessment.record-made"].overdue, "what was never recorded cannot be seen"
