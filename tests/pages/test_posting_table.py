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


def test_every_form_that_edits_says_which_version_it_shows(plan: Plan, cast: Cast) -> None:
    from goldenthread.cases.models import Child
    from goldenthread.obligations.models import Obligation
    from goldenthread.obligations.requirement import installed
    from goldenthread.oversight.restrictions import restrict
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
    owed = Obligation.objects.open().filter(subject_type="referrals.referral")[0]
    of_plan = [plan.pk, "1.2"]
    restriction = restrict(
        child=child, level="restricted", reason="A colleague's family", named=[cast.worker, cast.head, cast.manager],
        contact=cast.head, by=cast.head,
    )  # fmt: skip
    arguments: dict[str, tuple[Officer, list[object]]] = {
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
    }
    edits = {name for name, posting in POSTING.items() if posting.kind is Kind.EDIT}
    assert edits - arguments.keys() == {"plan-import-preview", "plan-import-correct"}, "held by test_conflicts"
    for name, (who, given) in arguments.items():
        page = _shown(who, reverse(name, args=given))
        assert 'name="version" value="' in page, name
        assert 'name="submission" value="' in page, name


@pytest.mark.parametrize("name", ["sign-in", "sign-out", "draft", "referral-search"])
def test_what_records_nothing_needs_no_key(name: str) -> None:
    assert POSTING[name].kind is Kind.NO_WRITE
