"""A canary: a child with a name like no other. It may stand in the body of a page of records, shown to those who may open
them, and nowhere else: no title, address, header, trail entry or log, and nothing that anybody else can open."""

import json
import logging
import re
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db.models import Max
from django.http import HttpResponseBase
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from goldenthread.cases.models import CaseFile, Child
from goldenthread.config.access_table import ACCESS
from goldenthread.core.clock import now
from goldenthread.core.drafts import save_draft
from goldenthread.core.models import Account, TrailEntry, TrailSubject
from goldenthread.obligations.handover import hand_over
from goldenthread.obligations.models import Obligation
from goldenthread.people.models import Officer
from goldenthread.plan.models import Action, Plan
from goldenthread.reports.actions import publish_progress_report
from goldenthread.reports.models import PublishedReport
from goldenthread.standards.allocation.allocating import actions as allocation
from goldenthread.standards.allocation.allocating import telling
from goldenthread.standards.allocation.allocating.models import Allocation, WaitTold
from goldenthread.standards.allocation.allocating.reporting import keep_wait_reports
from goldenthread.standards.allocation.chronology.models import SignificantEvent
from goldenthread.standards.allocation.closing.models import Closure, ClosureFamilyTold
from goldenthread.standards.allocation.conferring.models import LookedAfter, Meeting, MeetingDecision
from goldenthread.standards.allocation.supervising.models import (
    CaseSupervision,
    SupervisionAction,
    SupervisionPair,
    SupervisionSession,
)
from goldenthread.standards.allocation.transferring.models import Transfer
from goldenthread.standards.assessment.housing.models import TemporaryMove
from goldenthread.standards.assessment.interpreting.models import InterpreterRequest
from goldenthread.standards.assessment.protection import actions as procedures
from goldenthread.standards.assessment.protection.models import ProtectionPlan, StrategyDiscussion
from goldenthread.standards.assessment.protection.plans import record_core_group
from goldenthread.standards.assessment.recording.actions import record_contact
from goldenthread.standards.assessment.recording.models import CaseRecord
from goldenthread.standards.assessment.register.actions import enter_on_register
from goldenthread.standards.assessment.register.checking import Ask, ask_register, decide_check
from goldenthread.standards.assessment.register.models import Listing, RegisterCheck, RegisterEntry
from goldenthread.standards.referrals import actions, choices, onward, unmet_need
from goldenthread.standards.referrals.corrections import CORRECTABLE
from goldenthread.standards.referrals.models import Referral, UnmetNeed
from tests.conftest import Cast
from tests.pages.made_up_work import Clock, set_clock
from tests.plan.plans import imported, small_plan

# What a page makes of a name is the same whichever database gave it. On PostgreSQL too, the access matrix asks every page for
# words of records, and the trail who saw them.
pytestmark = pytest.mark.once
GIVEN, FAMILY = "Zephyrine", "Quillfeather"
CANARY = re.compile("zephyrine|quillfeather", re.IGNORECASE)
UID = "5f0c1c3e-9d7b-4a49-8f6e-000000000001"
CHRONOLOGY = ["html", "referrals.referral", "significantevent", "eventmark", "chronologyreview", "chronologyseen"]
WHERE_NAMES_MAY_STAND = {
    # pages of records, shown to those who may open them
    *(name for name in ACCESS if name.startswith(("interpreter", "temporary", "file-interpreter", "file-temporary"))),
    "home", "team-board", "team-work", "drill-down", "referrals", "referral", "referral-search", "referral-step", "referral-check",
    *(name for name in ACCESS if name.startswith("referral-")),
    "case-file", "assessments", "household", "child", *(name for name in ACCESS if name.startswith("child-")),
    *(name for name in ACCESS if name.startswith("chronology")),
    # case records and the child protection procedures
    *(name for name in ACCESS if name.startswith(("file-", "entry", "strategy", "protection-"))),
    # meetings, and looked-after children
    *(name for name in ACCESS if name.startswith(("meeting", "care"))),
    # transfers
    *(name for name in ACCESS if name.startswith("transfer")),
    # supervision and closing
    *(name for name in ACCESS if name.startswith(("supervision", "discussion", "agreed-", "closure"))),
    # the register
    "check", "check-correct", *(name for name in ACCESS if name.startswith("register")),
    # allocation, and files that nobody has
    "unallocated", *(name for name in ACCESS if name.startswith(("allocation", "wait"))),
    # who has seen them, to those who may open them
    "trail-record", "trail-officer", "trail-account", "trail-accounts",
}  # fmt: skip


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return set_clock(monkeypatch)


@pytest.fixture
def referral(cast: Cast, clock: Clock) -> Referral:
    """A referral of the child, with everything on it that can be on one, some of it still owed."""
    return make_referral(cast, clock)


def make_referral(cast: Cast, clock: Clock) -> Referral:
    """The same, for what is made once for many tests."""
    child = Child.objects.create(given_names=GIVEN, family_name=FAMILY, date_of_birth=date(1998, 5, 4))
    at = clock.now
    made = actions.take_referral(
        agency_kind="school", agency_name="Elmbridge Primary", referrer_name="Rosa Whitcombe", route="phone",
        children=[child], concern=f"{GIVEN} came to school hungry", received_at=at, by=cast.worker, worker=cast.worker,
    )  # fmt: skip
    actions.consider_offence(referral=made, answer="yes", occurred_at=at, by=cast.worker)
    actions.advise_police(
        referral=made, answer="advised", advised="Desk sergeant", police_reference="A1", occurred_at=at, by=cast.worker
    )
    actions.acknowledge(referral=made, how="phone", occurred_at=at, by=cast.worker)
    decision = actions.decide(
        referral=made, what="assessment", reason=f"{FAMILY} family: hunger unexplained", occurred_at=at, by=cast.manager
    )
    sent = onward.refer_onward(
        referral=made, agency_kind="health", agency_name="Ward 4", purpose=f"See {GIVEN} this week", made_at=at,
        by=cast.worker,
    )  # fmt: skip
    onward.tell_police_of_onward(onward=sent, told="Desk sergeant", occurred_at=at, by=cast.worker)
    onward.record_response(onward=sent, answer="accepted", occurred_at=at, by=cast.worker)
    item = unmet_need.NeedItem(choices.Need.HOUSING, f"A home for {GIVEN}", choices.WhyUnmet.COST)
    unmet_need.answer_unmet_need(decision=decision, needs=[item], occurred_at=at, by=cast.worker)
    onward.draft_chaser(referral=made, by=cast.worker)
    follow_procedures(made, cast)
    _interpreter(made, cast)
    # (end of interpreting)
    _housed(made, cast)
    # (end of housing)
    _allocated(made, cast)
    # (end of allocating)
    _transferred(made, cast)
    # (end of transferring)
    _chronicled(made, cast, clock)
    # (end of chronology)
    _conferred(made, cast)
    # (end of conferring)
    _supervised(made, cast)
    # (end of supervising)
    _closing(made, cast)
    # (end of closing)
    enter_on_register(
        case_file=made.case_file,
        child=child,
        categories=["neglect"],
        officer=cast.worker,
        occurred_at=at,
        by=cast.manager,
    )
    check = ask_register(asks=[Ask(given_names=GIVEN, family_name=FAMILY, child=child)], referral=made, by=cast.worker)
    decide_check(check=check, answers={}, occurred_at=clock.now, by=cast.worker)
    unmet_need.start_report_cycle(started_on=date(2003, 8, 1), officer=cast.head, by=cast.head)
    plan = imported(small_plan(date(2003, 10, 1)), cast.quality)
    publish_progress_report(plan=plan, as_at=date(2003, 10, 14), by=cast.head)
    for entry in TrailEntry.objects.filter(subject=f"referrals.referral:{made.pk}")[:2]:
        Account.objects.create(entry=entry.pk, asked_at=at)
    for officer in (cast.worker, cast.manager):  # a half-filled form, with the name in it
        words = {
            "children-known": [str(child.pk)],
            "children-new": [json.dumps({"new-given_names": [GIVEN], "new-family_name": [FAMILY], "new-sex": ["F"]})],
            "concern-concern": [f"{GIVEN} is hungry"],
        }
        save_draft(officer, f"referral:{UID}", words)
    return made


def follow_procedures(referral: Referral, cast: Cast) -> None:
    """A contact, and the way from a strategy discussion to a core group, with the name in all that is written."""
    child, at = referral.children.get(), referral.received_at
    said = f"{GIVEN} said that {FAMILY} hits"
    record_contact(
        case_file=referral.case_file, kind="home-visit", seen={child.pk: "alone"}, facts=said, view=said, next_steps=said,
        where=f"At {GIVEN}'s school", people=said, occurred_at=at, by=cast.worker,
    )  # fmt: skip
    discussion = procedures.hold_strategy_discussion(
        case_file=referral.case_file, children=[child], who={"social-care": f"{GIVEN}'s worker"}, known=said, why=said,
        decision="single-enquiry", immediate=said, purpose=said, expectations=said, occurred_at=at, by=cast.worker,
    )  # fmt: skip
    procedures.record_outcome(discussion=discussion, outcome="conference", why=said, occurred_at=at, by=cast.manager)
    procedures.hold_conference(
        discussion=discussion, plan_for={child.pk: "physical"}, words=said, occurred_at=at, by=cast.worker
    )
    record_core_group(plans=[ProtectionPlan.objects.get()], words=said, occurred_at=at, by=cast.worker)


def _interpreter(referral: Referral, cast: Cast) -> None:
    """Everything that can be said of an interpreter."""
    from goldenthread.standards.assessment.interpreting import actions as verbs

    at = referral.received_at
    asked = verbs.ask_for_interpreter(
        case_file=referral.case_file, for_whom="parent", language="other", language_other=f"As {GIVEN} speaks", mode="phone",
        purpose="visit", about=f"{GIVEN} is at home", needed_at=at, asked_at=at, by=cast.worker,
    )  # fmt: skip
    verbs.record_reply(
        request=asked, provider="Wex", answer="cannot", words=f"Not for {GIVEN}", occurred_at=at, by=cast.worker
    )
    verbs.record_attendance(request=asked, outcome="absent", words=f"{GIVEN} spoke for herself", by=cast.worker)
    verbs.record_stand_in(request=asked, who="child", why=f"{FAMILY} children only", occurred_at=at, by=cast.worker)
    verbs.record_understood(request=asked, answer="no", words=f"{GIVEN} wept", occurred_at=at, by=cast.worker)


def _conferred(referral: Referral, cast: Cast) -> None:
    """Everything that can be said of a meeting, and of a looked-after child."""
    from goldenthread.standards.allocation.conferring import actions as verbs
    from goldenthread.standards.allocation.conferring import care, holding

    at, said, by = referral.received_at, f"{GIVEN} said that {FAMILY} hits", cast.worker
    made = verbs.convene(
        case_file=referral.case_file, kind="child-in-need", children=list(referral.children.all()), planned_for=at,
        place=f"{GIVEN}'s school", chair=by, should_come=[verbs.Should("school", f"{GIVEN}'s teacher", f"{FAMILY}")],
        convened_at=at, by=by,
    )  # fmt: skip
    person = made.invitees.get()
    verbs.invite(meeting=made, invitees=[person.pk], how="letter", occurred_at=at, by=by)
    verbs.answer_invitation(meeting=made, invitee=person.pk, answer="apologies", instead=said, occurred_at=at, by=by)
    verbs.record_reports(meeting=made, invitees=[person.pk], step="chased", words=said, occurred_at=at, by=by)
    verbs.move_meeting(meeting=made, what="put-off", why="family", words=said, occurred_at=at, by=by)
    holding.hold_meeting(meeting=made, words=said, there={person.pk: "came"}, occurred_at=at, by=by)
    holding.record_part(meeting=made, child=referral.children.get(), how="views", words=said, by=by)
    holding.record_decision(meeting=made, what=said, who=f"{FAMILY} and {GIVEN}", by=by)
    holding.record_dissent(meeting=made, who=FAMILY, why=said, by=by)
    holding.send_minutes(meeting=made, what="minutes", to=said, occurred_at=at, by=by)
    care.look_after(case_file=referral.case_file, child=referral.children.get(), basis="agreed", occurred_at=at, by=by)


def _housed(referral: Referral, cast: Cast) -> None:
    """Everything that can be said of temporary accommodation."""
    from goldenthread.standards.assessment.housing import actions as verbs
    from goldenthread.standards.assessment.housing import shortfalls
    from goldenthread.standards.assessment.housing.choices import Heading

    at, child = referral.received_at, referral.children.get()
    move = verbs.record_move(
        case_file=referral.case_file, children=[child], kind="hostel", place=f"Where {FAMILY} lives",
        authority="Wexcombe housing", told_by="housing", moved_at=at, told_at=at, by=cast.worker,
    )  # fmt: skip
    seen = verbs.assess_suitability(
        move=move, child=child, judged={h.value: ("shortfall", f"{GIVEN} has no bed") for h in Heading}, overall="unsuitable",
        with_housing="P. Lunt", change_what=f"A bed for {GIVEN}", change_who="Housing", change_by=at.date(), occurred_at=at,
        by=cast.worker,
    )  # fmt: skip
    told = shortfalls.report_shortfall(
        assessment=seen, to=cast.head, asked=f"A bed for {GIVEN}", occurred_at=at, by=cast.worker
    )
    shortfalls.answer_shortfall(
        report=told, will_do=f"{GIVEN} gets one", by_when=at.date(), occurred_at=at, by=cast.head
    )
    verbs.review_accommodation(
        move=move, finding="for-now", words=f"{GIVEN} sleeps", next_step="Bid again", occurred_at=at, by=cast.worker
    )


def _allocated(referral: Referral, cast: Cast) -> None:
    """Everything that can be said of an allocation, and of an hour in which nobody had the file."""
    at, said, file = referral.received_at, f"{GIVEN} of the {FAMILY} family", referral.case_file
    given = allocation.allocate(
        case_file=file, worker=cast.worker, purpose=said, expected=said, allocated_at=at, by=cast.manager,
        others=[(None, said, said), (cast.senior, "", said)],
    )  # fmt: skip
    allocation.answer_allocation(allocation=given, answer="refused", words=said, occurred_at=at, by=cast.worker)
    allocation.rule_on_refusal(allocation=given, words=said, occurred_at=at, by=cast.manager)
    allocation.discuss_allocation(allocation=given, words=said, occurred_at=at, by=cast.worker)
    hand_over(case_file=file, team=cast.east, worker=None, since_at=at, by=cast.manager)
    told = telling.tell_of_wait(
        case_file=file, rank="group-manager", to=cast.group_manager, risk="danger", words=said, occurred_at=at, by=cast.manager
    )  # fmt: skip
    telling.hear_of_wait(told=told, words=said, occurred_at=at, by=cast.group_manager)
    hand_over(case_file=file, team=cast.east, worker=cast.worker, since_at=at, by=cast.manager)
    keep_wait_reports(started_on=date(2003, 8, 1), by=cast.head)


def _transferred(referral: Referral, cast: Cast) -> None:
    """Everything that can be said of a transfer that is under way."""
    from goldenthread.standards.allocation.transferring import actions as verbs
    from goldenthread.standards.allocation.transferring import handing, obstacles

    at, file = referral.received_at, referral.case_file
    moving = verbs.request_transfer(
        case_file=file,
        to_team=cast.west,
        why=f"{GIVEN} needs more",
        asked=f"See {GIVEN} weekly",
        asked_at=at,
        by=cast.manager,
    )
    obstacle = obstacles.name_obstacle(
        transfer=moving, side="receiving", kind="family", what=f"{FAMILY} family moves", owner=cast.head, due=at.date(),
        occurred_at=at, by=cast.head,
    )  # fmt: skip
    obstacles.move_obstacle(
        obstacle=obstacle, owner=cast.manager, due=at.date(), why=f"{GIVEN} is ill", occurred_at=at, by=cast.head
    )
    verbs.disagree_with_transfer(transfer=moving, words=f"{GIVEN} is east", occurred_at=at, by=cast.head)
    verbs.rule_on_transfer(transfer=moving, verdict="goes", words=f"{GIVEN} moves west", occurred_at=at, by=cast.head)
    verbs.accept_transfer(
        transfer=moving,
        starts_on=at.date(),
        worker=cast.stranger,
        words=f"{GIVEN} on Monday",
        occurred_at=at,
        by=cast.head,
    )
    handing.record_handover(
        transfer=moving,
        where=f"{GIVEN} seen",
        risks=f"{FAMILY} hits",
        told=f"{GIVEN} knows",
        occurred_at=at,
        by=cast.worker,
    )
    handing.record_joint_visit(
        transfer=moving, sender=cast.worker, receiver=cast.stranger, children=list(file.children.all()),
        words=f"{GIVEN} was shy", occurred_at=at, by=cast.worker,
    )  # fmt: skip


def _chronicled(referral: Referral, cast: Cast, clock: Clock) -> None:
    """Everything that can be said in a chronology, a minute after the file was opened."""
    from goldenthread.standards.allocation.chronology import actions as verbs

    said, file, at = f"{GIVEN} said that {FAMILY} hits", referral.case_file, clock.now + timedelta(minutes=1)
    clock.now = at
    verbs.add_event(
        case_file=file, children=list(file.children.all()), what=said, why=said, significance="key", source="health",
        told_by=f"{GIVEN}'s aunt", occurred_at=at, learnt_on=at.date(), by=cast.worker,
    )  # fmt: skip
    verbs.mark_event(
        case_file=file, kind="referrals.referral", target=referral.pk, significance="key", why=said, by=cast.worker
    )
    review = verbs.review_chronology(case_file=file, words=said, occurred_at=at, by=cast.worker)
    verbs.see_chronology(review=review, words=said, occurred_at=at, by=cast.manager)


def _supervised(referral: Referral, cast: Cast) -> None:
    """Everything that is said of the child in supervision, and agreed."""
    from goldenthread.standards.allocation.supervising import actions as verbs
    from goldenthread.standards.allocation.supervising import agreed, pairs
    from goldenthread.standards.allocation.supervising.choices import Question

    at, said = referral.received_at, f"{GIVEN} {FAMILY} is hungry"
    pair = pairs.pair_up(worker=cast.worker, supervisor=cast.manager, since_at=at, by=cast.manager)
    session = pairs.record_session(pair=pair, occurred_at=at, by=cast.manager)
    talked = verbs.discuss_case(
        case_file=referral.case_file, session=session, discussed=said, decisions=said, occurred_at=at, by=cast.manager,
        answers={question.value: ("no", said) for question in Question},
    )  # fmt: skip
    for _ in range(2):
        action = agreed.agree_action(supervision=talked, what=said, officer=cast.worker, due=at.date(), by=cast.manager)
    agreed.finish_action(action=action, words=said, occurred_at=at, by=cast.worker)


def _closing(referral: Referral, cast: Cast) -> None:
    """Everything that is said before a file is closed."""
    from goldenthread.standards.allocation.closing import actions as verbs

    at, said = referral.received_at, f"{GIVEN} {FAMILY} is well"
    closure = verbs.ask_to_close(
        case_file=referral.case_file, reason="moved", changed=said, support=said, asked_at=at, by=cast.worker
    )
    verbs.tell_family(closure=closure, how="visit", words=said, occurred_at=at, by=cast.worker)
    verbs.look_at_chronology(closure=closure, words=said, occurred_at=now(), by=cast.worker)


def patterns(resolver: URLResolver | None = None) -> list[URLPattern]:
    found: list[URLPattern] = []
    for pattern in (resolver or get_resolver()).url_patterns:
        found += patterns(pattern) if isinstance(pattern, URLResolver) else [pattern]
    return found


def _of_assessment(referral: Referral) -> list[tuple[str, str]]:
    """The pages of interpreters and temporary accommodation: few of them take every number that there is."""
    found = []
    for asked in InterpreterRequest.objects.filter(case_file=referral.case_file):
        pages = {name: [asked.pk] for name in ACCESS if name.startswith("interpreter-")} | {"interpreter": [asked.pk]}
        pages |= {"interpreter-requests": [], "file-interpreter": [referral.case_file_id]}
        pages["interpreter-correct"] = [asked.pk, "providerreply", asked.replies.get().pk]
        found += [(name, reverse(name, args=arguments)) for name, arguments in pages.items()]
    for move in TemporaryMove.objects.filter(case_file=referral.case_file):
        seen = move.suitability_assessments.get()
        told = seen.shortfall_reports.get()
        found += [
            (name, reverse(name, args=arguments))
            for name, arguments in {
                "temporary-move": [move.pk], "temporary-moves": [], "file-temporary-move": [referral.case_file_id],
                "temporary-assess": [move.pk, seen.child_id], "temporary-report": [move.pk, seen.pk],
                "temporary-answer": [move.pk, told.pk], "temporary-outcome": [move.pk, told.pk],
                "temporary-review": [move.pk], "temporary-end": [move.pk],
                "temporary-correct": [move.pk, "suitability", seen.pk],
            }.items()
        ]  # fmt: skip
    return found


def _of_allocation(referral: Referral) -> list[tuple[str, str]]:
    """The pages of allocation: few of them take every number that there is."""
    found, file = [], referral.case_file_id
    for given in Allocation.objects.filter(case_file=file):
        pages: dict[str, list[object]] = {
            "allocation": [given.pk], **{f"allocation-{key}": [given.pk] for key in ("answer", "rule", "discuss")},
            "allocation-correct": [given.pk, "allocationdiscussed", given.discussions.get().pk],
        }  # fmt: skip
        for told in WaitTold.objects.filter(holding__case_file=file):
            pages |= {
                "wait": [file], "wait-tell": [file], "wait-hear": [file, told.pk], "wait-correct": [file, "waittold", told.pk]
            }  # fmt: skip
        pages["unallocated-send"] = ["week", "2003-10-05"]
        found += [(name, reverse(name, args=arguments)) for name, arguments in pages.items()]
    return found


def _of_transfer(referral: Referral) -> list[tuple[str, str]]:
    """The pages of transfers."""
    pages = [
        ("transfers", reverse("transfers")),
        ("file-transfer", reverse("file-transfer", args=[referral.case_file_id])),
    ]
    for one in Transfer.objects.filter(case_file=referral.case_file):
        obstacle, record = one.obstacles.get(), one.handovers.get()
        arguments = {
            "transfer-move": [one.pk, obstacle.pk], "transfer-clear": [one.pk, obstacle.pk],
            "transfer-correct": [one.pk, "handoverrecord", record.pk],
        }  # fmt: skip
        for name in ACCESS:
            if name.startswith("transfer") and name != "transfers":
                pages.append((name, reverse(name, args=arguments.get(name, [one.pk]))))
    return pages


def addresses(referral: Referral) -> list[tuple[str, str]]:
    """Every page, with every value that makes sense in its address."""
    of_child: dict[str, list[object]] = {
        "target": [
            referral.onward_referrals.get().pk, referral.decisions.get().pk, UnmetNeed.objects.get().pk,
            Listing.objects.get().pk,
        ],
        "uid": [UID],
        "key": ["referrer", "children", "file", "concern", "offence", "police", "decision", "unmet", "acknowledgement",
                "referrals.decision", "referrals.written-confirmation", "referrals.unmet-need-recorded",
                "protection.visit", "assessment.record-made"],
        "kind": ["json", "html", "language", "person", "listing", *(model._meta.model_name for model in CORRECTABLE)],
        "child": list(referral.children.values_list("pk", flat=True)),
        "purpose": ["merge", "sibling"],
        "period": ["week"],
        "merge": [], "other": [], "row": [],
        "team": ["ra-east", "fs-west"],
        "subject_type": ["referrals.referral", "plan.action"],
        "number": ["1.1"],
        "plan": [Plan.objects.get().pk],
        "as_at": ["2003-10-14"],
        "name": ["unmet-need", "written-referrals", "childs-views", "interpreters", "temporary-accommodation", "legal-advice",
                 "unallocated", "attendance"],
        "month": ["2003-10"],
    }  # fmt: skip
    of_procedures: dict[str, dict[str, list[object]]] = {
        room: {"kind": kinds, "target": list(of.objects.values_list("pk", flat=True))}
        for room, kinds, of in (
            ("strategy", ["strategydiscussion", "enquiryoutcome", "conferencedate"], StrategyDiscussion),
            ("protection", ["protectionplan", "coregroup"], ProtectionPlan),
            ("meeting", ["invitee", "meetingdecision", "meetingheld"], MeetingDecision),
            ("care", ["lookedafter"], LookedAfter),
            ("chronology", CHRONOLOGY, SignificantEvent),
            ("supervision", [], SupervisionSession),
            ("closure", ["closurefamilytold"], ClosureFamilyTold),
        )
    }
    numbers: dict[str, list[object]] = {
        "referral": [referral.pk],
        "child": [referral.case_file_id],
        "household": [referral.case_file_id],
        "case": [referral.case_file_id],
        "register": [RegisterEntry.objects.get().pk],
        "check": [RegisterCheck.objects.get().pk],
        "record": [referral.pk],
        "excuse": list(Obligation.objects.filter(subject_id=referral.pk).values_list("pk", flat=True)[:6]),
        "plan": [Plan.objects.get().pk, *Action.objects.values_list("pk", flat=True)[:2]],
        "report": [PublishedReport.objects.get().pk],
        "file": [referral.case_file_id],
        "chronology": [referral.case_file_id],
        "entry": list(CaseRecord.objects.values_list("pk", flat=True)),
        "strategy": list(StrategyDiscussion.objects.values_list("pk", flat=True)),
        "protection": list(ProtectionPlan.objects.values_list("pk", flat=True)),
        "meeting": list(Meeting.objects.values_list("pk", flat=True)),
        "care": list(LookedAfter.objects.values_list("pk", flat=True)),
        "supervision": list(SupervisionPair.objects.values_list("pk", flat=True)),
        "discussion": list(CaseSupervision.objects.values_list("pk", flat=True)),
        "agreed": list(SupervisionAction.objects.values_list("pk", flat=True)),
        "closure": list(Closure.objects.values_list("pk", flat=True)),
        "trail": [
            referral.pk,
            *Officer.objects.values_list("pk", flat=True),
            *Account.objects.values_list("pk", flat=True),
        ],
    }
    found = []
    of_others = {"kind": of_child["kind"], "target": of_child["target"]}
    for pattern in patterns():
        room = str(pattern.name).split("-")[0]
        of_child["pk"] = numbers.get(room, [])
        of_child |= {**of_others, **of_procedures.get(room, {})}
        values: list[dict[str, object]] = [{}]
        for name in pattern.pattern.converters:
            values = [{**value, name: sample} for value in values for sample in of_child[name]]
        for value in values:
            try:
                found.append((str(pattern.name), reverse(str(pattern.name), kwargs=value)))
            except NoReverseMatch:
                continue
    return sorted({*found, *_of_assessment(referral), *_of_allocation(referral), *_of_transfer(referral)})


def body(response: HttpResponseBase) -> str:
    streamed = getattr(response, "streaming_content", None)
    whole: bytes = b"".join(streamed) if streamed else getattr(response, "content", b"")
    return whole.decode("utf-8", "replace")


def title(page: str) -> str:
    return " ".join(re.findall(r"<title>(.*?)</title>", page, re.DOTALL)[:1])


def visit(officer: Officer, referral: Referral) -> tuple[dict[str, set[str]], dict[str, list[str]]]:
    """Open every page as an officer. Returns where the name stood, by URL name, in what; and by the address of each page on
    which it stood, of which records the trail then told that this officer saw them."""
    client = Client(raise_request_exception=True)
    client.force_login(officer)
    found: dict[str, set[str]] = {}
    shown: dict[str, list[str]] = {}
    for name, address in addresses(referral):
        if name in ("sign-out", "plan-import-discard"):
            continue
        before = TrailEntry.objects.aggregate(last=Max("pk"))["last"] or 0
        response = client.get(address)
        assert response.status_code < 500, address
        page = body(response)
        parts = {
            "body": page,
            "title": title(page),
            "address": address + str(response.get("Location", "")),
            "header": str(dict(response.items())),
            "cookie": str(response.cookies),
            "link": " ".join(re.findall(r"(?:href|action|src|data-[a-z-]+)=\"([^\"]*)\"", page)),
        }
        for part, text in parts.items():
            if CANARY.search(text):
                found.setdefault(name, set()).add(part)
                told = TrailEntry.objects.filter(pk__gt=before, officer=officer.username).values("pk")
                shown[address] = list(TrailSubject.objects.filter(entry__in=told).values_list("subject", flat=True))
    return found, shown


def trail_and_logs_are_clean(caplog: pytest.LogCaptureFixture) -> None:
    for entry in TrailEntry.objects.all():
        assert not CANARY.search(f"{entry.deed} {entry.subject} {entry.why} {json.dumps(entry.detail)}")
    assert not CANARY.search(caplog.text)


def is_about(subject: str, file: CaseFile) -> bool:
    """Whether what the trail names (“referrals.referral:12”) is the file, one of its children, or a record on it."""
    label, _, number = subject.partition(":")
    if not number.isdigit():
        return False
    record = apps.get_model(label)._base_manager.filter(pk=number).first()
    if isinstance(record, Child):
        return file.children.filter(pk=record.pk).exists()
    return record == file or getattr(record, "case_file_id", None) == file.pk


def test_those_who_may_open_the_record_see_the_name_in_the_body_of_its_pages_only_and_are_on_the_trail(
    cast: Cast, referral: Referral, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever is shown the child's name leaves an entry that leads to the child, its file or a record on it."""
    caplog.set_level(logging.DEBUG, "django.request")
    caplog.set_level(logging.DEBUG, "goldenthread")
    file = referral.case_file
    for officer in (cast.worker, cast.manager, cast.head):
        found, shown = visit(officer, referral)
        assert {"home", "referral"} & found.keys()
        assert {part for parts in found.values() for part in parts} == {"body"}, found
        assert found.keys() <= WHERE_NAMES_MAY_STAND
        assert [address for address, told in shown.items() if not any(is_about(each, file) for each in told)] == []
    trail_and_logs_are_clean(caplog)


@pytest.mark.parametrize("who", ["member", "administrator", "stranger"])
def test_nobody_else_sees_the_name_anywhere(
    cast: Cast, referral: Referral, who: str, caplog: pytest.LogCaptureFixture
) -> None:
    officer: Officer = getattr(cast, who)
    assert visit(officer, referral) == ({}, {})
    trail_and_logs_are_clean(caplog)


def test_the_name_is_in_no_published_report(referral: Referral) -> None:
    report = PublishedReport.objects.get()
    for kind in ("html", "json"):
        assert not CANARY.search(report.file(kind).decode("utf-8"))


def test_searching_for_the_name_leaves_it_neither_in_an_address_nor_on_the_trail(
    cast: Cast, referral: Referral, caplog: pytest.LogCaptureFixture
) -> None:
    for officer in (cast.worker, cast.stranger):
        client = Client()
        client.force_login(officer)
        response = client.post(reverse("referral-search"), {"q": f"{GIVEN} {FAMILY}"})
        page = body(response)
        assert not CANARY.search(title(page))
        assert not CANARY.search(str(response.get("Location", "")))
        shown = page.replace(f'value="{GIVEN} {FAMILY}"', "")
        assert bool(CANARY.search(shown)) is (officer == cast.worker)
    trail_and_logs_are_clean(caplog)
