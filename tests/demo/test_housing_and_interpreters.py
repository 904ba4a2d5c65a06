"""That the demonstration's interpreters and temporary accommodation are such as the verbs would have written."""

import pytest

from goldenthread.cases.facts import Fact
from goldenthread.obligations import tally
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.housing import rules as housing
from goldenthread.standards.assessment.housing.actions import move_of
from goldenthread.standards.assessment.housing.models import (
    AccommodationReview,
    HousingProposal,
    ShortfallAnswer,
    ShortfallOutcome,
    ShortfallReport,
    Suitability,
    TemporaryMove,
    TemporaryMoveEnd,
)
from goldenthread.standards.assessment.housing.requirements import REQUIREMENTS as OF_HOUSING
from goldenthread.standards.assessment.interpreting import rules as interpreting
from goldenthread.standards.assessment.interpreting.models import (
    FamilyInterpreter,
    InterpreterCancel,
    InterpreterPresence,
    InterpreterRequest,
    ProviderReply,
    UnderstoodAnswer,
)
from goldenthread.standards.assessment.interpreting.requirements import REQUIREMENTS as OF_INTERPRETING
from tests.demo.conftest import NOW

# Both databases hold the same rows (test_load), and of these the tests count what they say.
pytestmark = [pytest.mark.usefixtures("authority"), pytest.mark.once]


def test_every_requirement_is_met_late_and_missed_somewhere() -> None:
    totals = tally.totals(tally.tally(NOW))
    for requirement in (*OF_INTERPRETING, *OF_HOUSING):
        counts = totals[requirement.key]
        assert counts.met, requirement.key
        assert counts.late, requirement.key
        assert counts.overdue or requirement.key == "assessment.bed-and-breakfast-ended", requirement.key


def test_what_is_said_of_interpreters_the_verbs_would_have_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interpreting, "now", lambda: NOW)
    related = ("replies", "attendances", "cancellations", "stand_ins", "understood")
    found = InterpreterRequest.objects.select_related("case_file").prefetch_related(*related)
    models: tuple[type[Fact], ...] = (
        ProviderReply, InterpreterPresence, InterpreterCancel, FamilyInterpreter, UnderstoodAnswer,
    )  # fmt: skip
    kinds = set()
    for request in found:
        interpreting.check_request(
            request.for_whom, request.language, request.language_other, request.mode, request.purpose, request.about,
            request.asked_at, request.needed_at,
        )  # fmt: skip
        assert request.asked_at >= request.case_file.opened_at
        assert request.by.may(Permission.RECORD_REFERRALS)
        facts = [fact for name in related for fact in getattr(request, name).all()]
        kinds |= {type(fact) for fact in facts}
        for fact in facts:
            interpreting.check_fact(fact, request)
        if request.cancellations.all():
            assert len(facts) == 1, "nothing more is recorded on what was cancelled"
    assert kinds == set(models)
    assert {fact.who for fact in FamilyInterpreter.objects.all()} >= {"child", "relative"}


def test_what_is_said_of_temporary_accommodation_the_verbs_would_have_taken() -> None:
    for move in TemporaryMove.objects.select_related("case_file").prefetch_related("children"):
        assert {c.pk for c in move.children.all()} <= set(move.case_file.children.values_list("pk", flat=True))
        assert move.moved_at >= move.case_file.opened_at
        assert bool(move.place) is not move.confidential
        assert move.confidential or move.kind != "refuge"
        assert not move.case_file.closed_at or move.recorded_at < move.case_file.closed_at
    for model in (Suitability, ShortfallOutcome, AccommodationReview, TemporaryMoveEnd):
        for fact in model._default_manager.all():
            housing.check_fact(fact, move_of(fact))
    for report in ShortfallReport.objects.select_related("to", "assessment"):
        assert report.to.role in housing.SENIOR
        assert report.assessment.shortfalls
        assert report.occurred_at >= report.assessment.occurred_at
    for answer in ShortfallAnswer.objects.select_related("by", "report"):
        housing.check_senior(answer.by)
        assert answer.by_id == answer.report.to_id
    for advice in HousingProposal.objects.select_related("by"):
        assert advice.by.may(Permission.SEND_REPORTS)
