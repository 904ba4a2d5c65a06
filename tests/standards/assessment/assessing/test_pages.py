"""The pages: who may open them, what stands on them, what posting does, and that two people at once see each other."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goldenthread.cases.models import CaseFile, Child
from goldenthread.config.posting_table import POSTING
from goldenthread.core.keys import VERSION
from goldenthread.core.models import TrailEntry
from goldenthread.core.once import Kind
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.assessing import actions, hearing, signing
from goldenthread.standards.assessment.assessing.choices import State
from goldenthread.standards.assessment.assessing.models import Assessment, ChildInNeedPlan
from goldenthread.standards.assessment.assessing.states import in_state, with_state
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.standards.assessment.assessing.conftest import TEXTS, Finish, fresh, review, sign_plan, write_all
from tests.standards.referrals.conftest import Hands

WHEN = {"occurred_at_day": "1", "occurred_at_month": "10", "occurred_at_year": "2003", "occurred_at_time": "11:00"}


def as_(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def url(name: str, *given: Any) -> str:
    return reverse(name, args=given)


def test_a_referral_decided_for_assessment_leads_to_its_start(decided: Referral, child: Child, cast: Cast) -> None:
    client = as_(cast.worker)
    page = client.get(decided.get_absolute_url())
    address = url("referral-assessment", decided.pk)
    assert f'href="{address}"' in page.content.decode()
    answer = client.post(
        address,
        {
            "kind": "initial", "children": [child.pk], "disabled": [child.pk], "purpose": "Can he stay safely at home?",
            "expectations": "The school tells us what it sees", "referral": decided.pk, "started_at_day": "1",
            "started_at_month": "10", "started_at_year": "2003", "started_at_time": "10:00",
        },
    )  # fmt: skip
    made = Assessment.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    assert (made.referral, list(made.disabled.all())) == (decided, [child])
    assert f'href="{address}"' not in client.get(decided.get_absolute_url()).content.decode()


def test_the_page_shows_four_parts_the_children_what_is_missing_and_how_long(
    assessment: Assessment, cast: Cast, child: Child
) -> None:
    page = text(as_(cast.worker).get(assessment.get_absolute_url()))
    for words in ("Information", "Analysis", "Conclusions", "Decisions", "In progress", "Can he stay safely at home?",
                  "of 35 working days since the start", "the part “Analysis” is empty", child.name):  # fmt: skip
        assert words in page, words
    assert "Sign it off" not in page
    entry = TrailEntry.objects.get(deed="read assessment")
    assert (entry.subject, entry.why) == (f"assessing.assessment:{assessment.pk}", "allocated worker")


@pytest.mark.parametrize("who", ["stranger", "member", "administrator", "quality"])
def test_it_is_missing_for_whom_nothing_opens_it(assessment: Assessment, cast: Cast, who: str) -> None:
    client = as_(getattr(cast, who))
    assert client.get(assessment.get_absolute_url()).status_code == 404
    assert client.get(url("assessment-write", assessment.pk, "analysis")).status_code == 404
    assert client.get(url("assessment", 99999)).status_code == 404


def test_a_part_is_written_beside_its_guidance_and_the_parts_before(assessment: Assessment, cast: Cast) -> None:
    client = as_(cast.worker)
    actions.write_part(assessment=assessment, part="information", text=TEXTS["information"], by=cast.worker)
    address = url("assessment-write", assessment.pk, "analysis")
    page = text(client.get(address))
    assert "What does it mean for this child?" in page
    assert TEXTS["information"] in page
    answer = client.post(address, {"text": "He is hungry"})
    assert answer["Location"] == f"{assessment.get_absolute_url()}#analysis"
    assert "He is hungry" in text(client.get(assessment.get_absolute_url()))
    assert client.get(url("assessment-write", assessment.pk, "summary")).status_code == 404


def test_two_who_write_one_part_see_each_other_and_nothing_is_lost(assessment: Assessment, cast: Cast) -> None:
    address = url("assessment-write", assessment.pk, "analysis")
    page = as_(cast.worker).get(address).content.decode()
    version = re.search(r'name="version" value="([^"]*)"', page)
    assert version
    as_(cast.colleague).post(address, {"text": "As Ben sees it"})
    answer = as_(cast.worker).post(address, {"text": "As Asha sees it", VERSION: version[1]})
    said = text(answer)
    assert "This was changed after you opened the page" in said
    assert "As Ben sees it" in said
    assert "As Asha sees it" in said
    assert assessment.parts.count() == 1
    again = as_(cast.worker).get(address).content.decode()
    assert "As Asha sees it" in again, "it is kept as a draft"


def test_a_child_is_seen_and_heard_through_the_pages(assessment: Assessment, child: Child, cast: Cast) -> None:
    client = as_(cast.worker)
    seen, views = url("assessment-seen", assessment.pk, child.pk), url("assessment-views", assessment.pk, child.pk)
    refused = client.post(seen, {"seen": "yes", **WHEN})
    assert "Choose how you understood each other" in text(refused)
    client.post(seen, {"seen": "yes", "seen_by": "Asha Verma", "way": "makaton", "alone": "yes", **WHEN})
    client.post(
        views, {"words": "I want Mum to sleep", "understanding": "He looks after her", "tool": "my-day", **WHEN}
    )
    page = text(client.get(assessment.get_absolute_url()))
    assert "Seen alone" in page
    assert "In Juno’s own words" in page
    assert "What the worker understands by it: He looks after her" in page
    fact = assessment.views.get()
    correct = url("assessment-correct", assessment.pk, "childsviews", fact.pk)
    client.post(correct, {"words": "I want Mum to wake up", "reason": "I had misheard", "understanding": "", **WHEN})
    page = text(client.get(assessment.get_absolute_url()))
    assert "I want Mum to wake up" in page
    assert "It said before: I want Mum to sleep" in page
    assert client.get(url("assessment-views", assessment.pk, 99999)).status_code == 404
    assert client.get(url("assessment-correct", assessment.pk, "plannedstep", fact.pk)).status_code == 404


def test_too_young_is_answered_beside_the_form_and_the_words_stay(
    assessment: Assessment, child: Child, cast: Cast
) -> None:
    answer = as_(cast.worker).post(
        url("assessment-views", assessment.pk, child.pk), {"why_none": "Too young to say", **WHEN}
    )
    assert "age alone is no reason" in text(answer)
    assert "Too young to say" in answer.content.decode()


def test_from_handing_in_to_sign_off_through_the_pages(finish: Finish, cast: Cast, hands: Hands) -> None:
    assessment = finish("written")
    worker, manager = as_(cast.worker), as_(cast.manager)
    worker.post(url("assessment-hand-in", assessment.pk), {"remark": "", **WHEN})
    assert fresh(assessment).state == State.HANDED_IN
    assert "Sign it off" in text(manager.get(assessment.get_absolute_url()))
    assert "Sign it off" not in text(worker.get(assessment.get_absolute_url()))
    assert worker.get(url("assessment-sign-off", assessment.pk)).status_code == 404
    sign = url("assessment-sign-off", assessment.pk)
    assert TEXTS["conclusions"] in text(manager.get(sign))
    back = url("assessment-return", assessment.pk)
    stale = re.search(r'name="version" value="([^"]*)"', manager.get(sign).content.decode())
    assert stale
    manager.post(back, {"reason": "The analysis tells new facts", **WHEN})
    assert "The analysis tells new facts" in text(worker.get(assessment.get_absolute_url()))
    actions.write_part(assessment=assessment, part="analysis", text="Mended", by=cast.worker)
    worker.post(url("assessment-hand-in", assessment.pk), {"remark": "", **WHEN})
    old = manager.post(sign, {"reason": "The facts bear it out", VERSION: stale[1], **WHEN})
    assert "This was changed after you opened the page" in text(old)
    manager.post(sign, {"reason": "The facts bear it out", **WHEN})
    assert fresh(assessment).state == State.SIGNED_OFF
    manager.post(url("assessment-reopen", assessment.pk), {"reason": "His sister was forgotten", **WHEN})
    assert fresh(assessment).state == State.REOPENED


def test_a_plan_through_the_pages(finish: Finish, cast: Cast, child: Child, hands: Hands) -> None:
    assessment = finish("signed-off")
    hands.on(hours=1)
    worker, manager = as_(cast.worker), as_(cast.manager)
    made_at = {f"made_at{k.removeprefix('occurred_at')}": v for k, v in WHEN.items()} | {"made_at_time": "13:30"}
    answer = worker.post(
        url("assessment-plan", assessment.pk), {"children": [child.pk], "aim": "He eats every day", **made_at}
    )
    plan = ChildInNeedPlan.objects.get()
    assert answer["Location"] == plan.get_absolute_url()
    worker.post(
        url("needplan-step", plan.pk),
        {
            "need": "Food on Mondays", "what": "Breakfast club", "whose": "agency", "who": "Ms Obi", "by_when_day": "3",
            "by_when_month": "11", "by_when_year": "2003", "sign": "He is not hungry in maths",
        },
    )  # fmt: skip
    step = plan.steps.get()
    later = {**WHEN, "occurred_at_time": "14:00"}
    manager.post(url("needplan-sign-off", plan.pk), {"reason": "Each need has an answer", **later})
    changed = {
        "need": step.need, "what": step.what, "whose": "agency", "who": "Mr Lund", "by_when_day": "3",
        "by_when_month": "11", "by_when_year": "2003", "sign": step.sign, "reason": "She has left", **later,
    }  # fmt: skip
    hands.on(hours=2)
    worker, manager = as_(cast.worker), as_(cast.manager)  # they have been away for more than twenty minutes
    worker.post(url("needplan-step-change", plan.pk, step.pk), changed)
    page = text(manager.get(plan.get_absolute_url()))
    assert "Mr Lund" in page
    assert "Changed since it was signed off" in page
    reviewed = {
        "who_came": "Juno and his mother",
        "changed": "He eats breakfast",
        "outcome": "end",
        "reason": "It works",
    }
    worker.post(url("needplan-review", plan.pk), {**reviewed, **later, "occurred_at_time": "14:30"})
    page = text(worker.get(plan.get_absolute_url()))
    assert "Ended" in page
    assert "Add a step" not in page
    assert as_(cast.stranger).get(plan.get_absolute_url()).status_code == 404


def test_the_case_file_shows_how_far_each_has_come_in_two_queries(
    assessment: Assessment, cast: Cast, hands: Hands, finish: Finish
) -> None:
    from goldenthread.standards.assessment.assessing.on_file import section

    file = CaseFile.objects.get(pk=assessment.case_file_id)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = section(cast.worker, file, may_record=True)
    assert len(asked) <= 2
    assert found is not None
    assert (found.rows[0].tag, found.links[0][0]) == ("In progress", "Start an assessment")
    assert "of 35 since the start" in found.rows[0].about
    page = text(as_(cast.worker).get(url("case-file", file.pk)))
    assert f"Core assessment {assessment}" in page


def test_an_auditor_reads_and_sees_nothing_to_press(assessment: Assessment, cast: Cast, hands: Hands) -> None:
    from goldenthread.cases.models import Involvement

    Involvement.objects.create(
        case_file=assessment.case_file, officer=cast.quality, kind="auditor", reason="Sample", since_at=hands.now,
        until_at=hands.now.replace(year=2004), recorded_at=hands.now, by=cast.head,
    )  # fmt: skip
    page = text(as_(cast.quality).get(assessment.get_absolute_url()))
    assert "Can he stay safely at home?" in page
    assert "Hand it in" not in page


def test_the_list_shows_those_that_may_be_opened_by_state_and_asks_no_more_for_more(
    assessment: Assessment, finish: Finish, cast: Cast, hands: Hands, decided: Referral, child: Child
) -> None:
    client = as_(cast.manager)
    assert str(assessment) in text(client.get(url("assessments")))
    assert str(assessment) not in text(client.get(url("assessments") + "?state=handed-in"))
    finish("handed-in")
    client = as_(cast.manager)  # away for more than twenty minutes
    assert str(assessment) in text(client.get(url("assessments") + "?state=handed-in"))
    assert str(assessment) not in text(as_(cast.stranger).get(url("assessments")))
    with CaptureQueriesContext(connection) as one:
        client.get(url("assessments"))
    for _ in range(4):
        actions.start_assessment(
            case_file=decided.case_file, kind="core", children=[child], purpose="Can he stay at home?",
            expectations="The school tells us what it sees", started_at=hands.now, referral=decided, by=cast.worker,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as five:
        client.get(url("assessments"))
    assert len(five) == len(one)


def test_a_page_asks_no_more_for_a_longer_history(
    assessment: Assessment, cast: Cast, child: Child, hands: Hands
) -> None:
    client = as_(cast.worker)
    write_all(assessment, cast.worker)
    with CaptureQueriesContext(connection) as before:
        client.get(assessment.get_absolute_url())
    for number in range(5):
        actions.write_part(assessment=assessment, part="analysis", text=f"Version {number}", by=cast.worker)
        hearing.record_views(
            assessment=assessment, child=child, words=f"Mum sleeps {number}", occurred_at=hands.now, by=cast.worker
        )
    with CaptureQueriesContext(connection) as after:
        client.get(assessment.get_absolute_url())
    assert len(after) <= len(before) + 1  # views by whom


def test_state_is_the_same_asked_of_a_record_and_of_the_database(
    assessment: Assessment, finish: Finish, cast: Cast, hands: Hands
) -> None:
    def agree(state: State) -> None:
        assert fresh(assessment).state == state
        assert with_state(Assessment.objects.all()).get().stands == state.value  # type: ignore[attr-defined]
        assert [row.pk for row in in_state(Assessment.objects.all(), state.value)] == [assessment.pk]

    agree(State.IN_PROGRESS)
    finish("handed-in")
    agree(State.HANDED_IN)
    signing.return_for_more_work(assessment=assessment, reason="A gap", occurred_at=hands.now, by=cast.manager)
    agree(State.RETURNED)
    actions.hand_in(assessment=assessment, occurred_at=hands.now, by=cast.worker)
    agree(State.HANDED_IN)
    signing.sign_off(assessment=assessment, reason="It is whole", occurred_at=hands.now, by=cast.manager)
    agree(State.SIGNED_OFF)
    signing.reopen(assessment=assessment, reason="It was not", occurred_at=hands.now, by=cast.manager)
    agree(State.REOPENED)


def test_every_form_that_edits_says_which_version_it_shows(
    plan: ChildInNeedPlan, assessment: Assessment, finish: Finish, cast: Cast, hands: Hands
) -> None:
    sign_plan(plan, cast, hands)
    review(plan, cast.worker, hands.now)
    signing.reopen(assessment=assessment, reason="It was not whole", occurred_at=hands.now, by=cast.manager)
    pk, shown = assessment.pk, {}

    def look(name: str, *given: Any) -> None:
        page = as_(cast.manager).get(url(name, *given)).content.decode()
        shown[name] = 'name="version" value="' in page and 'name="submission" value="' in page

    look("assessment-write", pk, "analysis")
    look("assessment-correct", pk, "childseen", assessment.seen.get().pk)
    look("assessment-disabled", pk)
    look("assessment-hand-in", pk)
    look("needplan-step-change", plan.pk, plan.steps.get().pk)
    look("needplan-sign-off", plan.pk)
    look("needplan-review", plan.pk)
    actions.hand_in(assessment=assessment, occurred_at=hands.now, by=cast.worker)
    look("assessment-sign-off", pk)
    look("assessment-return", pk)
    signing.sign_off(assessment=assessment, reason="It is whole", occurred_at=hands.now, by=cast.manager)
    look("assessment-reopen", pk)
    edits = {n for n, p in POSTING.items() if p.kind is Kind.EDIT and n.startswith(("assessment-", "needplan-"))}
    assert shown == dict.fromkeys(edits, True)


def test_guidance_is_open_to_all_who_work_with_children_and_names_no_child(cast: Cast) -> None:
    page = text(as_(cast.worker).get(url("views-tools")))
    assert "Choice cards" in page
    assert as_(cast.member).get(url("views-tools")).status_code == 404


def test_who_has_seen_it_stands_on_the_trail_of_the_file(
    assessment: Assessment, plan: ChildInNeedPlan, cast: Cast
) -> None:
    as_(cast.worker).get(assessment.get_absolute_url())
    as_(cast.worker).get(plan.get_absolute_url())
    for kind, pk in (("assessing.assessment", assessment.pk), ("cases.casefile", assessment.case_file_id)):
        page = text(as_(cast.manager).get(url("trail-record", kind, pk)))
        assert "Read assessment" in page
        assert f"{assessment} Juno Aldergate" in page
        assert f"{plan} Juno Aldergate" in page
    assert as_(cast.group_manager).get(url("trail-record", "assessing.assessment", 99999)).status_code == 404
