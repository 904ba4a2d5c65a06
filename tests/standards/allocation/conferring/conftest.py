"""An open file, the child protection procedures on it, and each step of a meeting about its children, as short calls."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from goldenthread.cases.models import CaseFile, Child
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.conferring import actions, care, holding
from goldenthread.standards.allocation.conferring.actions import Should
from goldenthread.standards.allocation.conferring.course import invitees
from goldenthread.standards.allocation.conferring.models import Invitee, LookedAfter, Meeting, MeetingHeld
from goldenthread.standards.assessment.protection.models import ProtectionPlan, StrategyDiscussion
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.standards.assessment.protection.conftest import Steps
from tests.standards.referrals import conftest as referrals_room
from tests.standards.referrals.conftest import Hands

hands, child, take, referral = (
    referrals_room.hands,
    referrals_room.child,
    referrals_room.take,
    referrals_room.referral,
)  # the fixtures
Convene = Callable[..., Meeting]
SHOULD = (
    Should("social-care", "Social worker", "Asha Verma"),
    Should("police", "Child protection sergeant", "DS Ferris"),
    Should("health-visitor", "Health visitor", "Imogen Rae"),
    Should("school", "Head teacher", "Rosa Whitcombe"),
    Should("family", "Mother", in_touch=False, reports=False),
)
DECIDED = "She is safe only if her uncle stays away"


class Meetings:
    """Meetings on one file; each step at the time that the clock shows unless told otherwise."""

    def __init__(self, cast: Cast, hands: Hands, steps: Steps) -> None:
        self.cast, self.hands, self.steps = cast, hands, steps

    @property
    def file(self) -> CaseFile:
        return self.steps.file

    @property
    def child(self) -> Child:
        return self.steps.child

    def enquiry(self, **other: Any) -> StrategyDiscussion:
        """An enquiry that asks for a conference."""
        made = self.steps.discuss(**other)
        self.steps.outcome(made)
        return made

    def convene(self, **other: Any) -> Meeting:
        given: dict[str, Any] = {
            "case_file": self.file, "kind": "child-in-need", "children": [self.child], "place": "Town Hall, room 4",
            "planned_for": self.hands.now + timedelta(days=14), "chair": self.cast.quality, "should_come": SHOULD,
            "convened_at": self.hands.now, "by": self.cast.worker,
        }  # fmt: skip
        return actions.convene(**(given | other))

    def initial(self, **other: Any) -> Meeting:
        """An initial conference in two weeks."""
        discussion = other.pop("discussion", None) or self.enquiry()
        return self.convene(kind="initial-conference", discussion=discussion, **other)

    def about(self, kind: str, *plans: ProtectionPlan, **other: Any) -> Meeting:
        """A review conference or a core group."""
        return self.convene(kind=kind, plans=plans, **other)

    def people(self, meeting: Meeting) -> dict[str, Invitee]:
        """The first rows of those who should come, by agency."""
        return {one.fact.agency: one.first for one in invitees(Meeting.objects.get(pk=meeting.pk))}

    def invite(self, meeting: Meeting, *agencies: str, **other: Any) -> Any:
        people = self.people(meeting)
        given: dict[str, Any] = {
            "meeting": meeting, "invitees": [people[a].pk for a in agencies or people], "how": "letter",
            "occurred_at": self.hands.now, "by": self.cast.worker,
        }  # fmt: skip
        return actions.invite(**(given | other))

    def reports(self, meeting: Meeting, *agencies: str, **other: Any) -> Any:
        people = self.people(meeting)
        given: dict[str, Any] = {
            "meeting": meeting, "invitees": [people[a].pk for a in agencies], "step": "received",
            "occurred_at": self.hands.now, "by": self.cast.worker,
        }  # fmt: skip
        return actions.record_reports(**(given | other))

    def there(self, meeting: Meeting, **came: str) -> dict[int, str]:
        """Everybody came, but for these (underscores for hyphens)."""
        told = {agency.replace("_", "-"): outcome for agency, outcome in came.items()}
        return {one.pk: told.get(agency, "came") for agency, one in self.people(meeting).items()}

    def hold(self, meeting: Meeting, **other: Any) -> MeetingHeld:
        given: dict[str, Any] = {
            "meeting": meeting, "words": DECIDED, "occurred_at": self.hands.now, "by": self.cast.worker,
            "there": self.there(meeting),
        }  # fmt: skip
        if meeting.kind == "initial-conference":
            given["plan_for"] = {self.child.pk: "physical"}
        return holding.hold_meeting(**(given | other))

    def send(self, meeting: Meeting, what: str = "minutes", **other: Any) -> Any:
        given: dict[str, Any] = {
            "meeting": meeting, "what": what, "to": "Everybody who was there, and both parents",
            "occurred_at": self.hands.now, "by": self.cast.worker,
        }  # fmt: skip
        return holding.send_minutes(**(given | other))

    def move(self, meeting: Meeting, **other: Any) -> Any:
        given: dict[str, Any] = {
            "meeting": meeting, "what": "put-off", "why": "family", "words": "Her mother is in hospital; Asha sees her today",
            "new_at": self.hands.now + timedelta(days=20), "occurred_at": self.hands.now, "by": self.cast.worker,
        }  # fmt: skip
        return actions.move_meeting(**(given | other))

    def look_after(self, **other: Any) -> LookedAfter:
        given: dict[str, Any] = {
            "case_file": self.file, "child": self.child, "basis": "agreed", "occurred_at": self.hands.now,
            "by": self.cast.worker,
        }  # fmt: skip
        return care.look_after(**(given | other))

    def plan(self) -> ProtectionPlan:
        """A child protection plan that begins now, without a meeting."""
        return self.steps.plan()


@pytest.fixture
def other_chair(cast: Cast) -> Officer:
    """Another officer who may chair: the manager of a team of another area."""
    return Officer.objects.create(
        username="lena", name="Lena Hobday", role="team-manager", team=cast.west, is_active=True
    )


@pytest.fixture
def meetings(cast: Cast, hands: Hands, referral: Referral, child: Child) -> Meetings:
    """On Asha's file on Juno and her baby brother, opened at ten on Wednesday 1 October 2003; it is eleven."""
    hands.on(hours=1)
    return Meetings(cast, hands, Steps(cast, hands, referral.case_file, child))
