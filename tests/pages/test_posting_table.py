"""Every page that can be posted to says what posting does; what writes has a key, and what edits has a version."""

from datetime import UTC, datetime
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.config.access_table import ACCESS
from goldenthread.config.posting_table import POSTING
from goldenthread.core.once import Kind
from goldenthread.people.access import Door
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.plan.models import Plan
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.pages.test_access_table import _address, _patterns
from tests.pages.test_plan_pages import plan

__all__ = ["plan"]  # the fixture


def test_the_table_names_only_pages_that_there_are() -> None:
    assert POSTING.keys() - ACCESS.keys() == set()


def test_a_page_that_is_not_in_the_table_takes_no_posts(cast: Cast) -> None:
    for pattern in _patterns():
        name = str(pattern.name)
        if name in POSTING:
            continue
        rule = ACCESS[name]
        who = next(
            (
                each
                for each in cast.all()
                if isinstance(rule, Door) or (isinstance(rule, Permission) and each.may(rule))
            ),
            None,
        )
        assert who is not None, name
        client = Client()
        client.force_login(who)
        assert client.post(_address(pattern)).status_code == 405, f"{name}: say in the posting table what it does"


def _shown(officer: Officer, address: str) -> str:
    client = Client()
    client.force_login(officer)
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


HELD_BY_THEIR_ROOM = (
    "assessment-", "needplan-",  # tests/standards/assessment/assessing/test_pages.py
    "referral-settle",  # tests/standards/assessment/register/test_pages.py
)  # fmt: skip


def _interpreter(referral: Referral, cast: Cast) -> list[object]:
    from goldenthread.standards.assessment.interpreting import actions

    at = referral.received_at
    asked = actions.ask_for_interpreter(
        case_file=referral.case_file, for_whom="parent", language="somali", mode="phone", purpose="visit",
        about="An hour at home", needed_at=at, asked_at=at, by=cast.worker,
    )  # fmt: skip
    reply = actions.record_reply(request=asked, provider="Wex", answer="asked", occurred_at=at, by=cast.worker)
    return [asked.pk, "providerreply", reply.pk]


def _temporary_move(referral: Referral, cast: Cast) -> list[object]:
    from goldenthread.standards.assessment.housing import actions

    at = referral.received_at
    move = actions.record_move(
        case_file=referral.case_file, children=list(referral.children.all()), kind="hostel", place="Harbour Street hostel",
        authority="Wexcombe housing", told_by="housing", moved_at=at, told_at=at, by=cast.worker,
    )  # fmt: skip
    end = actions.end_move(move=move, went_to="home", occurred_at=at, by=cast.worker)
    return [move.pk, "temporarymoveend", end.pk]


def procedures(referral: Referral, cast: Cast) -> dict[str, tuple[Officer, list[object]]]:
    """The pages that correct case records and the child protection procedures, each with something to correct."""
    from goldenthread.core.clock import now
    from goldenthread.standards.assessment.protection import actions as protection
    from goldenthread.standards.assessment.protection.models import ProtectionPlan
    from goldenthread.standards.assessment.recording.actions import record_contact

    child, words = referral.children.get(), "What was seen does not fit what was said"
    record = record_contact(
        case_file=referral.case_file, kind="phone", seen={child.pk: "not-seen"}, facts=words, occurred_at=now(), by=cast.worker
    )  # fmt: skip
    discussion = protection.hold_strategy_discussion(
        case_file=referral.case_file, children=[child], who={"social-care": "Asha Verma"}, known=words, why=words,
        decision="single-enquiry", purpose=words, expectations=words, occurred_at=now(), by=cast.worker,
    )  # fmt: skip
    protection.record_outcome(
        discussion=discussion, outcome="conference", why=words, occurred_at=now(), by=cast.manager
    )
    protection.hold_conference(
        discussion=discussion, plan_for={child.pk: "neglect"}, words=words, occurred_at=now(), by=cast.worker
    )
    plan = ProtectionPlan.objects.get()
    return {
        "entry-correct": (cast.worker, [record.pk]),
        "strategy-correct": (cast.worker, [discussion.pk, "strategydiscussion", discussion.pk]),
        "protection-correct": (cast.worker, [plan.pk, "protectionplan", plan.pk]),
    }


def test_every_form_that_edits_says_which_version_it_shows(plan: Plan, cast: Cast) -> None:
    from goldenthread.cases.models import Child
    from goldenthread.obligations.models import Obligation
    from goldenthread.obligations.requirement import installed
    from goldenthread.oversight.restrictions import restrict
    from goldenthread.standards.assessment.household.actions import record_language
    from goldenthread.standards.assessment.register.actions import enter_on_register
    from goldenthread.standards.assessment.register.checking import Ask, ask_register, decide_check
    from goldenthread.standards.referrals import actions
    from tests.pages.test_plan_pages import rec

    child = Child.objects.create(given_names="Juno", family_name="Aldergate")
    at = datetime(2003, 10, 1, 10, 0, tzinfo=UTC)
    referral: Referral = actions.take_referral(
        agency_kind="school", agency_name="Elmbridge Primary", referrer_name="Rosa Whitcombe", route="phone",
        children=[child], concern="Bruises on both arms", received_at=at, by=cast.worker, worker=cast.worker,
    )  # fmt: skip
    decision = actions.decide(
        referral=referral, what="assessment", reason="An injury nobody explained", occurred_at=at, by=cast.manager
    )
    entry = enter_on_register(
        case_file=referral.case_file,
        child=child,
        categories=["neglect"],
        name="Tove Marsh",
        occurred_at=at,
        by=cast.manager,
    )
    check = ask_register(asks=[Ask(family_name="Aldergate", child=child)], referral=referral, by=cast.worker)
    decide_check(check=check, answers={}, occurred_at=check.asked_at, by=cast.worker)
    action = rec(plan, "1.1").actions.order_by("order")[0]
    item = rec(plan, "1.2").to_settle.order_by("order")[0]
    owed = Obligation.objects.open().filter(requirement="referrals.written-confirmation")[0]
    of_plan = [plan.pk, "1.2"]
    restriction = restrict(
        child=child, level="restricted", reason="A colleague's family", named=[cast.worker, cast.head, cast.manager],
        contact=cast.head, by=cast.head,
    )  # fmt: skip
    other = Child.objects.create(given_names="Bo", family_name="Aldergate")
    referral.case_file.children.add(other)
    spoke = record_language(case_file=referral.case_file, child=child, answer="refused", occurred_at=at, by=cast.worker)
    of_child = [referral.case_file_id, child.pk]
    arguments: dict[str, tuple[Officer, list[object]]] = {
        "child-amend": (cast.worker, of_child),
        "child-correct": (cast.worker, [*of_child, "languageanswer", spoke.pk]),
        "child-merge": (cast.manager, [*of_child, other.pk]),
        **{name: (cast.manager, [entry.pk]) for name in ("register-kinds", "register-worker", "register-end")},
        "register-correct": (cast.manager, [entry.pk, "listing", entry.listings.get().pk]),
        "check-correct": (cast.worker, [check.pk]),
        "excuse": (cast.manager, [owed.pk]),
        "restriction-review": (cast.head, [restriction.pk]),
        "account-change": (cast.administrator, [cast.worker.pk]),
        "plan-action-complete": (cast.head, [action.pk]),
        "plan-action-reopen": (cast.head, [action.pk]),
        "plan-action-due": (cast.head, [action.pk]),
        "plan-action-reassign": (cast.head, [action.pk]),
        "plan-progress-add": (cast.head, of_plan),
        "plan-next-step-add": (cast.head, of_plan),
        "plan-settle": (cast.head, [item.pk]),
        "plan-pair": (cast.head, of_plan),
        "plan-tie": (cast.head, of_plan),
        "plan-untie": (cast.head, [*of_plan, next(iter(installed()))]),
        "report-progress": (cast.head, [plan.pk, "2003-10-31"]),
        "referral-amend": (cast.worker, [referral.pk]),
        "referral-correct": (cast.manager, [referral.pk, "decision", decision.pk]),
        "referral-assign": (cast.manager, [referral.pk]),
        "referral-decide": (cast.manager, [referral.pk]),
        **legal_and_hospital(referral, cast, at),
        "interpreter-correct": (cast.worker, _interpreter(referral, cast)),
        # (end of interpreting)
        "temporary-correct": (cast.worker, _temporary_move(referral, cast)),
        "temporary-recommend": (cast.head, ["2003-10"]),
        "report-named-publish": (cast.head, ["temporary-accommodation", "2003-10-31"]),
        # (end of housing)
    }
    arguments |= procedures(referral, cast)
    edits = {name for name, posting in POSTING.items() if posting.kind is Kind.EDIT}
    elsewhere = {name for name in edits if name.startswith(HELD_BY_THEIR_ROOM)}
    assert edits - arguments.keys() - elsewhere == {"plan-import-preview", "plan-import-correct"}, (
        "held by test_conflicts"
    )
    for name, (who, given) in arguments.items():
        page = _shown(who, reverse(name, args=given))
        assert 'name="version" value="' in page, name
        assert 'name="submission" value="' in page, name


def legal_and_hospital(referral: Referral, cast: Cast, at: datetime) -> dict[str, tuple[Officer, list[object]]]:
    """The edits of a solicitor, of legal advice and of what was done in a hospital."""
    from goldenthread.standards.assessment.hospital import actions as hospital
    from goldenthread.standards.assessment.legal import actions as legal
    from goldenthread.standards.assessment.legal import rota

    solicitor = rota.add_solicitor(name="Ines Calloway", council="Northmoor", phone="01632 960101", by=cast.head)
    asked = legal.ask_for_advice(
        case_file=referral.case_file, question="May we see the child alone?", urgency="now", asked_at=at, by=cast.worker
    )
    answer = legal.record_advice(
        request=asked, solicitor=solicitor, advice="Yes, with leave", outcome="advised", occurred_at=at, by=cast.worker
    )
    told = hospital.take_notification(
        case_file=referral.case_file, children=list(referral.children.all()), told="ward", hospital="Elmbridge General",
        told_by="Sister Okonjo", concern="A broken arm", harm="yes", admitted_at=at, received_at=at, by=cast.worker,
    )  # fmt: skip
    visit = hospital.visit_on_ward(notification=told, seen="Asleep", occurred_at=at, by=cast.worker)
    return {
        "solicitor-change": (cast.head, [solicitor.pk]),
        "advice-correct": (cast.worker, [asked.pk, answer.pk]),
        "hospital-correct": (cast.worker, [told.pk, "wardvisit", visit.pk]),
    }


@pytest.mark.parametrize("name", ["sign-in", "sign-out", "draft", "referral-search"])
def test_what_records_nothing_needs_no_key(name: str) -> None:
    assert POSTING[name].kind is Kind.NO_WRITE
