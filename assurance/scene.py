"""Officers, and what they work on, made anew for each form that is sent: in the open transaction, or for good.

All officers are made up. Who they are, by name: worker, colleague, senior, manager (of one team); stranger and other_manager
(of another area's team); group_manager, head, director, quality, administrator.
"""

import secrets
from datetime import date, datetime, timedelta
from typing import Any

from assurance.forms import boxes

PASSWORD = "golden-thread-demo"
_ROLES = {
    "worker": "worker", "colleague": "worker", "senior": "senior-practitioner", "manager": "team-manager",
    "stranger": "worker", "other_manager": "team-manager", "group_manager": "group-manager", "head": "head-of-service",
    "director": "director", "quality": "quality-officer", "administrator": "administrator",
    "second_administrator": "administrator",
}  # fmt: skip
_ELSEWHERE = {"stranger", "other_manager"}
_IN_NO_TEAM = {"group_manager", "head", "director", "quality", "administrator", "second_administrator"}


class Scene:
    """The officers, and makers of what forms are about."""

    def __init__(self) -> None:
        """Make the officers, under names that are not taken."""
        from goldenthread.cases.models import DutyShift
        from goldenthread.people.models import Area, Officer, Team

        self.mark = secrets.token_hex(3)
        areas = [Area.objects.create(name=f"{name} {self.mark}") for name in ("Assessment", "Support")]
        self.team, self.elsewhere = (
            Team.objects.create(key=f"{key}-{self.mark}", name=f"{name} {self.mark}", area=area, takes_referrals=True)
            for key, name, area in zip(("east", "west"), ("Assessment east", "Support west"), areas, strict=True)
        )
        self.officers: dict[str, Any] = {}
        for name, role in _ROLES.items():
            team = None if name in _IN_NO_TEAM else self.elsewhere if name in _ELSEWHERE else self.team
            self.officers[name] = Officer.objects.create_officer(
                f"{name.replace('_', '-')}-{self.mark}", name=f"{name.replace('_', ' ').title()} {self.mark}", role=role,
                team=team, area=areas[0] if name == "group_manager" else None, password=PASSWORD,
            )  # fmt: skip
        at = self.now
        DutyShift.objects.create(
            officer=self.senior, team=self.team, starts_at=at - timedelta(days=9), ends_at=at + timedelta(days=9),
            recorded_at=at, by=self.manager,
        )  # fmt: skip
        self.clients: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        """An officer by name."""
        try:
            return self.__dict__["officers"][name]
        except KeyError:
            raise AttributeError(name) from None

    # What is typed

    @property
    def now(self) -> datetime:
        """The present instant."""
        from goldenthread.core.clock import now

        return now()

    def lately(self, name: str) -> dict[str, str]:
        """Yesterday at ten, typed into the boxes of a moment."""
        return boxes(name, self.day(-1), "10:00")

    def day(self, days: int) -> date:
        """So many days from today."""
        from goldenthread.core.clock import today

        return today() + timedelta(days=days)

    def on(self, name: str, days: int) -> dict[str, str]:
        """The same day, typed into the boxes of a day."""
        return boxes(name, self.day(days))

    # Who sends it

    def client(self, name: str) -> Any:
        """An officer's browser: signed in, and having just proved themselves."""
        from django.test import Client

        from goldenthread.people.sessions import PROVED

        if name not in self.clients:
            client = Client(SERVER_NAME="127.0.0.1")
            self.officers[name].refresh_from_db()  # a form that was sent before may have changed it
            client.force_login(self.officers[name])
            session = client.session
            session[PROVED] = self.now.isoformat()
            session.save()
            self.clients[name] = client
        return self.clients[name]

    def send(self, name: str, address: str, **fields: Any) -> str:
        """Send another form before the one that is tried. Returns where it led to."""
        from goldenthread.core.keys import KEY, new_key

        answer = self.client(name).post(address, {KEY: new_key(), **fields})
        assert answer.status_code == 302, (address, answer.status_code, answer.content[:2000])
        return str(answer["Location"])

    # What it is about

    def child(self) -> Any:
        """A child whom nobody knows yet."""
        from goldenthread.cases.models import Child

        return Child.objects.create(
            given_names="Juno", family_name=f"Aldergate{secrets.token_hex(4)}", date_of_birth=self.day(-3000)
        )

    def referral(self, **other: Any) -> Any:
        """A phoned referral of a new child, received three days ago, on a new file that the worker holds."""
        from goldenthread.standards.referrals import actions

        given = {
            "agency_kind": "school", "agency_name": "Elmbridge Primary", "referrer_name": "Rosa Whitcombe",
            "route": "phone", "children": [self.child()], "concern": "Bruises on both arms, and a story that changes",
            "received_at": self.now - timedelta(days=3), "by": self.worker, "worker": self.worker,
        }  # fmt: skip
        return actions.take_referral(**(given | other))

    def case_file(self) -> Any:
        """The file of one."""
        return self.referral().case_file

    def decision(self) -> Any:
        """A decision on one."""
        from goldenthread.standards.referrals import actions

        return actions.decide(
            referral=self.referral(), what="assessment", reason="An injury that nobody has explained",
            occurred_at=self.now - timedelta(days=2), by=self.manager,
        )  # fmt: skip

    def plan(self) -> Any:
        """An improvement plan that was imported, with lines that were not paired."""
        from tests.plan.plans import imported, small_plan

        return imported(small_plan(title=f"Improvement plan {secrets.token_hex(4)}"), self.quality)

    def recommendation(self, number: str = "1.1") -> Any:
        """A recommendation of one."""
        from goldenthread.plan.models import Recommendation

        return Recommendation.objects.get(standard__plan=self.plan(), number=number)

    def action(self) -> Any:
        """An action of one."""
        return self.recommendation().actions.order_by("order")[0]

    def leaver(self, **other: Any) -> Any:
        """An officer who is nobody else."""
        from goldenthread.people.models import Officer

        username = f"leaver-{secrets.token_hex(4)}"
        given = {"name": username.title(), "role": "worker", "team": self.team, "password": PASSWORD}
        return Officer.objects.create_officer(username, **(given | other))
