"""A council in which every protected word is a canary: one record for each role and each thing that an officer can be to it.

What is on a record is made by the rooms' own verbs. What is worked out from records (what is owed, the search's index) is
worked out once, at the end, for all rows.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

from assurance import oracle
from assurance.hole import everywhere, together
from assurance.relating import relate
from assurance.rooms import ROOMS
from assurance.rows import Hands, Row, World, canary

__all__ = ["Row", "World", "build"]


def build(roles: tuple[str, ...] = oracle.ROLES, relationships: tuple[str, ...] = oracle.RELATIONSHIPS) -> World:
    """Make it, in the open transaction of the database in use."""
    from goldenthread.cases.models import DutyShift
    from goldenthread.core.clock import now
    from goldenthread.people.models import Area, Officer, Team

    home_area = Area.objects.create(name="Elsewhere")
    home = Team.objects.create(key="elsewhere", name="Elsewhere team", area=home_area, takes_referrals=True)
    registrar = Officer.objects.create_officer("registrar", name="Registrar", role="worker", team=home)
    contact = Officer.objects.create_officer("contact", name="Contact", role="head-of-service")
    at, hands = now(), Hands(registrar, contact)
    always = DutyShift.objects.create(
        officer=registrar, team=None, starts_at=at - timedelta(days=2), ends_at=at + timedelta(days=2), recorded_at=at,
        by=contact,
    )  # fmt: skip
    pairs = [(role, relationship) for relationship in relationships for role in roles]
    with _worked_out_at_the_end():
        rows = [_row(number, *pair, hands) for number, pair in enumerate(pairs, start=1)]
    DutyShift.objects.filter(pk=always.pk).delete()
    _note_owed(rows)
    return World(rows, *_plan(contact), contact.pk)


@contextmanager
def _worked_out_at_the_end() -> Iterator[None]:
    """Verbs work out what is owed, and what a child is found by, each time: here only once, for all rows."""
    import goldenthread.config.urls  # noqa: F401  (all rooms: what is imported meanwhile would keep what stands in here)
    from goldenthread.cases.finding import keeping
    from goldenthread.obligations import ledger
    from goldenthread.standards.assessment.household import actions, merging, people, writing  # noqa: F401  # as importers

    nothing = lambda *given, **named: None  # noqa: E731
    with together(
        patch.object(ledger, "refresh", nothing), everywhere("refresh_about", nothing),
        everywhere("refresh_files_of", nothing), patch.object(keeping, "index_children", nothing),
    ):  # fmt: skip
        yield
    ledger.rebuild()
    keeping.rebuild()


def _note_owed(rows: list[Row]) -> None:
    """Something owed on each record, by which the page that excuses it is asked for."""
    from goldenthread.obligations.models import Obligation

    owed = Obligation.objects.open().filter(requirement__startswith="referrals.").order_by("-pk")
    first = dict(owed.values_list("case_file", "pk"))
    for row in rows:
        row.made["owed"] = first[row.case_file.pk]


def _row(number: int, role: str, relationship: str, hands: Hands) -> Row:
    from goldenthread.cases.models import Child
    from goldenthread.core.clock import now
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
    referral = actions.take_referral(
        agency_kind="school", agency_name=f"School {number}", referrer_name=canary(number, "referrer"),
        referrer_contact=canary(number, "contact"), route="phone", children=[child], concern=canary(number, "concern"),
        received_at=now() - timedelta(days=3), team=team, by=hands.by,
    )  # fmt: skip
    row = Row(number, role, relationship, officer, team, referral.case_file, child, referral)
    for room in ROOMS:
        room.fill(row, hands)
    relate(row, hands.manager)
    row.case_file.refresh_from_db()
    return row


def _plan(by: Any) -> tuple[int, str, int, int, str]:
    from goldenthread.core.clock import today
    from goldenthread.plan.models import Action
    from goldenthread.plan.template import adopt_template
    from goldenthread.reports.actions import publish_progress_report

    plan = adopt_template(adopted_on=today() - timedelta(days=30), by=by)
    action = Action.objects.filter(recommendation__standard__plan=plan).order_by("pk")[0]
    published = publish_progress_report(plan=plan, as_at=today(), by=by)
    return plan.pk, action.recommendation.number, action.pk, published.pk, f"{today():%Y-%m-%d}"
