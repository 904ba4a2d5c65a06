"""A council in which every protected word is a canary: one record for each role and each thing that an officer can be to it."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

from assurance import oracle

PASSWORD = "golden-thread-demo"


@dataclass(slots=True)
class Row:
    """One officer and the record that they are something to."""

    number: int
    role: str
    relationship: str
    officer: Any
    team: Any
    case_file: Any
    child: Any
    referral: Any
    made: dict[str, int] = field(default_factory=dict)


def canary(number: int, word: str) -> str:
    """A word that stands nowhere but in the record of this number."""
    return f"Zqzq{number}xqz{word}"


def secret(number: int) -> str:
    """A word of a confidential address: on no page of anybody's, unless it is asked for."""
    return f"Zczc{number}xcz"


@dataclass(slots=True)
class World:
    """All rows, and what belongs to none of them."""

    rows: list[Row]
    plan: int
    recommendation: str
    action: int
    published: int
    as_at: str
    somebody: int
    """Another officer, who is nothing to any record but a manager."""


def build(roles: tuple[str, ...] = oracle.ROLES, relationships: tuple[str, ...] = oracle.RELATIONSHIPS) -> World:
    """Make it, in the open transaction of the database in use."""
    from goldenthread.cases.models import DutyShift
    from goldenthread.core.clock import now
    from goldenthread.obligations import ledger
    from goldenthread.people.models import Area, Officer, Team

    home_area = Area.objects.create(name="Elsewhere")
    home = Team.objects.create(key="elsewhere", name="Elsewhere team", area=home_area, takes_referrals=True)
    registrar = Officer.objects.create_officer("registrar", name="Registrar", role="worker", team=home)
    contact = Officer.objects.create_officer("contact", name="Contact", role="head-of-service")
    at = now()
    DutyShift.objects.create(
        officer=registrar,
        team=None,
        starts_at=at - timedelta(days=2),
        ends_at=at + timedelta(days=2),
        recorded_at=at,
        by=contact,
    )
    pairs = [(role, relationship) for relationship in relationships for role in roles]
    rows = [_row(number, *pair, registrar, contact) for number, pair in enumerate(pairs, start=1)]
    DutyShift.objects.filter(officer=registrar).delete()
    ledger.rebuild()
    return World(rows, *_plan(contact), contact.pk)


def _row(number: int, role: str, relationship: str, registrar: Any, contact: Any) -> Row:
    from goldenthread.cases.actions import record_address
    from goldenthread.cases.models import Child
    from goldenthread.obligations import ledger
    from goldenthread.people.models import Area, Officer, Team
    from goldenthread.standards.referrals import actions

    area = Area.objects.create(name=f"Area {number}")
    home = Team.objects.create(
        key=f"home-{number}",
        name=f"Home {number}",
        area=Area.objects.create(name=f"Home area {number}"),
        takes_referrals=True,
    )
    team = Team.objects.create(key=f"team-{number}", name=f"Team {number}", area=area, takes_referrals=True)
    inside = relationship in oracle.IN_THE_FILES_TEAM
    officer = Officer.objects.create_officer(
        f"officer-{number}",
        name=f"Officer {number}",
        role=role,
        team=(team if inside else home) if role in {"worker", "senior-practitioner", "team-manager"} else None,
        area=(area if relationship == "line" else home.area) if role == "group-manager" else None,
    )
    child = Child.objects.create(
        given_names=canary(number, "given"), family_name=canary(number, "family"), date_of_birth=date(2015, 3, 4)
    )
    from goldenthread.core.clock import now

    at = now() - timedelta(days=3)
    sister, double = (
        Child.objects.create(given_names=canary(number, name), family_name=canary(number, "family"))
        for name in ("sister", "double")
    )
    referral = actions.take_referral(
        agency_kind="school", agency_name=f"School {number}", referrer_name=canary(number, "referrer"),
        referrer_contact=canary(number, "contact"), route="phone", children=[child], concern=canary(number, "concern"),
        received_at=at, team=team, by=registrar,
    )  # fmt: skip
    record_address(
        case_file=referral.case_file,
        child=child,
        lines=f"1 {secret(number)} Row",
        since=date(2020, 1, 1),
        confidential=True,
        by=registrar,
    )
    row = Row(number, role, relationship, officer, team, referral.case_file, child, referral)
    _facts(row, registrar, contact)
    with patch.object(ledger, "refresh", lambda *given, **named: None):  # worked out at the end, for all rows at once
        _on_wards_and_lines(row, registrar, contact)
        _household(row, sister, double, registrar, contact)
        _assessment(row, contact)
        _procedures(row, registrar, contact)
    _relate(row, contact)
    row.case_file.refresh_from_db()
    return row


def _facts(row: Row, by: Any, decider: Any) -> None:
    from goldenthread.core.clock import now
    from goldenthread.obligations.models import Obligation
    from goldenthread.standards.referrals import actions, onward, unmet_need
    from goldenthread.standards.referrals.unmet_need import NeedItem

    words = canary(row.number, "words")
    decision = actions.decide(referral=row.referral, what="assessment", reason=words, occurred_at=now(), by=decider)
    answer = unmet_need.answer_unmet_need(
        decision=decision,
        needs=[NeedItem(_needs()[0], words, _whys()[0])],
        occurred_at=now(),
        by=by,
    )
    sent = onward.refer_onward(
        referral=row.referral,
        agency_kind="health",
        agency_name=f"Clinic {row.number}",
        purpose=words,
        made_at=now(),
        by=by,
    )
    request, move = _interpreter(row, words, by), _temporary_move(row, words, by, decider)
    row.made = {
        **request,
        **move,
        "decision": decision.pk,
        "need": answer.needs.get().pk,
        "onward": sent.pk,
        "owed": Obligation.objects.open().filter(case_file=row.case_file).order_by("pk")[0].pk,
    }
    _on_register(row, by, decider)


def _on_register(row: Row, by: Any, manager: Any) -> None:
    """The child is on the register, and the referral was checked: by a name that finds nobody, since all are alike here."""
    from goldenthread.core.clock import now
    from goldenthread.standards.assessment.register.actions import enter_on_register
    from goldenthread.standards.assessment.register.checking import Ask, ask_register, decide_check

    entry = enter_on_register(
        case_file=row.case_file, child=row.child, categories=["neglect"], name=canary(row.number, "key worker"),
        occurred_at=now(), by=manager,
    )  # fmt: skip
    check = ask_register(asks=[Ask(family_name="Nobody", child=row.child)], referral=row.referral, by=by)
    decide_check(check=check, answers={}, occurred_at=now(), by=by)
    check.asked.update(given_names=canary(row.number, "given"), other_names=canary(row.number, "other"))
    row.made |= {"entry": entry.pk, "listing": entry.listings.get().pk, "check": check.pk}


def _on_wards_and_lines(row: Row, by: Any, keeper: Any) -> None:
    """The child is in hospital, and legal advice was asked for: with what is on such a record in every word."""
    from goldenthread.core.clock import now
    from goldenthread.standards.assessment.hospital import actions as hospital
    from goldenthread.standards.assessment.legal import actions as legal
    from goldenthread.standards.assessment.legal import rota
    from goldenthread.standards.assessment.legal.models import LegalRota, RotaShift, Solicitor

    words, at = canary(row.number, "words"), now()
    if not LegalRota.objects.exists():
        rota.keep_rota(officer=keeper, by=keeper)
        someone = rota.add_solicitor(name="Someone Else", council="Next door", phone="01632 960000", by=keeper)
        rota.add_shift(
            solicitor=someone,
            starts_at=at + timedelta(hours=1),
            ends_at=at + timedelta(days=3),
            arranged_at=at,
            by=keeper,
        )
    solicitor, shift = Solicitor.objects.get(), RotaShift.objects.get()
    asked = legal.ask_for_advice(case_file=row.case_file, question=words, urgency="now", asked_at=at, by=by)
    answer = legal.record_advice(
        request=asked, solicitor=solicitor, advice=words, outcome="advised", occurred_at=at, by=by
    )
    told = hospital.take_notification(
        case_file=row.case_file, children=[row.child], told="ward", hospital=f"Hospital {row.number}", told_by=words,
        concern=words, harm="yes", admitted_at=at, received_at=at, by=by,
    )  # fmt: skip
    visit = hospital.visit_on_ward(notification=told, seen=words, occurred_at=at, by=by)
    hospital.record_discharge(notification=told, how="removed", where_to=words, done=words, occurred_at=at, by=by)
    row.made |= {
        "advice": asked.pk, "advised": answer.pk, "solicitor": solicitor.pk, "shift": shift.pk, "ward": told.pk,
        "visit": visit.pk,
    }  # fmt: skip


def _household(row: Row, sister: Any, double: Any, by: Any, decider: Any) -> None:
    """What is known of the child, with canaries in every free word; and a record that was merged into the child's."""
    from goldenthread.cases.actions import record_other_name
    from goldenthread.core.clock import now
    from goldenthread.standards.assessment.household import actions, people
    from goldenthread.standards.assessment.household.merging import merge

    file, words = row.case_file, canary(row.number, "known")
    file.children.add(sister, double)
    told: dict[str, Any] = {"case_file": file, "child": row.child, "occurred_at": now(), "by": by}
    spoke = actions.record_language(answer="told", first="other", first_other=words, interpreter="no", **told)
    actions.record_ethnicity(code="OOTH", described=words, **told)
    actions.record_disability(answer="yes", codes=["COMM"], described=words, **told)
    actions.record_communication(ways=["bsl"], helps=words, **told)
    agency = actions.involve_agency(kind="school", name=words, what_for=words, worker=words, **told)
    actions.record_sibling(other=sister, relation="full", **told)
    person = people.record_person(
        case_file=file, children=[row.child], given_names=words, contact=words, relation="mother", responsibility="yes",
        lives_with=True, occurred_at=now(), by=by,
    )  # fmt: skip
    people.flag_danger(person=person, to_whom=words, why=words, **told)
    record_other_name(case_file=file, child=row.child, kind="alias", given_names=words, by=by)
    merged = merge(kept=row.child, merged=double, why=words, by=decider)
    row.made |= {"language": spoke.pk, "agency": agency.pk, "sister": sister.pk, "merge": merged.pk}


def _assessment(row: Row, by: Any) -> None:
    """An assessment and a plan with words in every box, written plainly."""
    from goldenthread.core.clock import now
    from goldenthread.standards.assessment.assessing import models as room

    words, at = canary(row.number, "assessed"), now()
    stamped: dict[str, Any] = {"recorded_at": at, "by": by}
    fact: dict[str, Any] = {"occurred_at": at, **stamped}
    made = room.Assessment.objects.create(
        case_file=row.case_file, kind="single", purpose=words, expectations=words, referral=row.referral, started_at=at,
        **stamped,
    )  # fmt: skip
    made.children.add(row.child)
    on: dict[str, Any] = {"assessment": made, "child": row.child}
    room.AssessmentPart.objects.create(assessment=made, part="analysis", text=words, **fact)
    seen = room.ChildSeen.objects.create(seen=False, why_not_seen=words, **on, **fact)
    room.ChildsViews.objects.create(words=words, understanding=words, **on, **fact)
    plan = room.ChildInNeedPlan.objects.create(
        case_file=row.case_file, assessment=made, aim=words, made_at=at, **stamped
    )
    plan.children.add(row.child)
    step = room.PlannedStep.objects.create(
        plan=plan, need=words, what=words, whose="us", who=words, by_when=date(2030, 1, 1), sign=words, **fact
    )
    room.PlanSignOff.objects.create(plan=plan, reason=words, **fact)
    room.PlanReview.objects.create(plan=plan, who_came=words, changed=words, outcome="continue", reason=words, **fact)
    row.made |= {"assessment": made.pk, "seen": seen.pk, "needplan": plan.pk, "step": step.pk}


def _interpreter(row: Row, words: str, by: Any) -> dict[str, int]:
    """An interpreter who was asked for and confirmed."""
    from goldenthread.core.clock import now
    from goldenthread.standards.assessment.interpreting import actions

    at = now()
    request = actions.ask_for_interpreter(
        case_file=row.case_file, for_whom="parent", language="other", language_other=canary(row.number, "language"),
        mode="in-person", purpose="visit", about=words, needed_at=at, asked_at=at - timedelta(hours=1), by=by,
    )  # fmt: skip
    reply = actions.record_reply(
        request=request, provider="Wex Languages", answer="confirmed", words=words, occurred_at=at, by=by
    )
    return {"interpreter": request.pk, "reply": reply.pk}


def _temporary_move(row: Row, words: str, by: Any, manager: Any) -> dict[str, int]:
    """A child in a hostel that falls short, of which a manager was told."""
    from goldenthread.core.clock import now, today
    from goldenthread.standards.assessment.housing import actions, shortfalls
    from goldenthread.standards.assessment.housing.choices import Heading

    at = now()
    move = actions.record_move(
        case_file=row.case_file, children=[row.child], kind="hostel", place=canary(row.number, "place"),
        authority="Wexcombe housing", told_by="housing", moved_at=at - timedelta(hours=2), told_at=at, by=by,
    )  # fmt: skip
    judged = {heading.value: ("suitable", "") for heading in Heading} | {"safety": ("shortfall", words)}
    seen = actions.assess_suitability(
        move=move, child=row.child, judged=judged, overall="for-now", with_housing=words, change_what=words,
        change_who="Housing", change_by=today(), occurred_at=at, by=by,
    )  # fmt: skip
    told = shortfalls.report_shortfall(assessment=seen, to=manager, asked=words, occurred_at=at, by=by)
    return {"move": move.pk, "suitability": seen.pk, "shortfall": told.pk}


def _procedures(row: Row, by: Any, decider: Any) -> None:
    """A case record, and the child protection procedures as far as a plan with a core group."""
    from goldenthread.core.clock import now
    from goldenthread.standards.assessment.protection import actions, plans
    from goldenthread.standards.assessment.protection.models import ProtectionPlan
    from goldenthread.standards.assessment.recording.actions import record_contact

    words = canary(row.number, "words")
    record = record_contact(
        case_file=row.case_file, kind="home-visit", seen={row.child.pk: "alone"}, facts=words, view=words, next_steps=words,
        where=words, people=words, occurred_at=now(), by=by,
    )  # fmt: skip
    discussion = actions.hold_strategy_discussion(
        case_file=row.case_file, children=[row.child], who={"social-care": words}, known=words, decision="single-enquiry",
        why=words, immediate=words, purpose=words, expectations=words, occurred_at=now(), by=by,
    )  # fmt: skip
    actions.record_outcome(discussion=discussion, outcome="conference", why=words, occurred_at=now(), by=decider)
    actions.hold_conference(
        discussion=discussion, plan_for={row.child.pk: "neglect"}, words=words, occurred_at=now(), by=by
    )
    plan = ProtectionPlan.objects.get(child=row.child)
    [met] = plans.record_core_group(plans=[plan], words=words, occurred_at=now(), by=by)
    row.made |= {"record": record.pk, "discussion": discussion.pk, "plan": plan.pk, "core-group": met.pk}


def _needs() -> list[str]:
    from goldenthread.standards.referrals.choices import Need

    return list(Need.values)


def _whys() -> list[str]:
    from goldenthread.standards.referrals.choices import WhyUnmet

    return list(WhyUnmet.values)


def _relate(row: Row, by: Any) -> None:
    """Make the officer what the row says they are to the record, written plainly: also what verbs would refuse."""
    from goldenthread.cases.models import BreakGlass, CaseFile, Conflict, DutyShift, Involvement, Restriction
    from goldenthread.core.clock import now

    at, hour = now(), timedelta(hours=1)
    what, officer, file = row.relationship, row.officer, row.case_file

    def tie(kind: str, until: Any = None) -> None:
        made = Involvement.objects.create(
            case_file=file,
            officer=officer,
            kind=kind,
            reason="x",
            since_at=at - 9 * hour,
            until_at=until,
            recorded_at=at,
            by=by,
        )
        row.made["tie"] = made.pk

    def glass(opened: Any) -> None:
        made = BreakGlass.objects.create(
            officer=officer,
            case_file=file,
            category="danger",
            reason="The police hold the child",
            opened_at=opened,
            expires_at=opened + 4 * hour,
        )
        row.made["glass"] = made.pk

    def restrict(level: str, *named: Any) -> None:
        made = Restriction.objects.create(
            child=row.child,
            level=level,
            reason=canary(row.number, "why"),
            contact=by,
            since_at=at,
            recorded_at=at,
            by=by,
        )
        made.named.set([by, *named])
        row.made["restriction"] = made.pk

    def shift(team: Any, until: Any) -> None:
        DutyShift.objects.create(
            officer=officer, team=team, starts_at=at - 9 * hour, ends_at=until, recorded_at=at, by=by
        )

    match what:
        case "allocated" | "restricted, listed" | "declared conflict":
            CaseFile.objects.filter(pk=file.pk).update(worker=officer)
        case "co-worker" | "restricted, not listed":
            tie("co-worker")
        case "conference chair":
            tie("conference-chair")
        case "auditor":
            tie("auditor", at + 9 * hour)
        case "was co-worker":
            tie("co-worker", at - hour)
        case "on duty":
            shift(row.team, at + 9 * hour)
        case "out of hours":
            shift(None, at + 9 * hour)
        case "was on duty":
            shift(row.team, at - hour)
        case "break-glass" | "restricted, break-glass" | "sealed, break-glass":
            glass(at - hour)
        case "break-glass expired":
            glass(at - 5 * hour)
    if what == "restricted, listed":
        restrict("restricted", officer)
    if what in {"restricted, not listed", "restricted, break-glass"}:
        restrict("restricted")
    if what == "sealed, break-glass":
        restrict("sealed")
    if what == "declared conflict":
        known = Conflict.objects.create(
            officer=officer,
            kind="family",
            given_names=row.child.given_names,
            family_name=row.child.family_name,
            declared_at=at,
            recorded_at=at,
        )
        known.children.add(row.child)
        row.made["conflict"] = known.pk


def _plan(by: Any) -> tuple[int, str, int, int, str]:
    from goldenthread.core.clock import today
    from goldenthread.plan.models import Action
    from goldenthread.plan.template import adopt_template
    from goldenthread.reports.actions import publish_progress_report

    plan = adopt_template(adopted_on=today() - timedelta(days=30), by=by)
    action = Action.objects.filter(recommendation__standard__plan=plan).order_by("pk")[0]
    published = publish_progress_report(plan=plan, as_at=today(), by=by)
    return plan.pk, action.recommendation.number, action.pk, published.pk, f"{today():%Y-%m-%d}"
