"""Everybody at work in every room at once, choosing at random: whatever they do, the ledger says what the records say.

The verbs of referrals, of case files, of excuses, of the plan and of reports are mixed; many are refused, and a refused
one leaves nothing behind. GOLDENTHREAD_RANDOM_VERBS sets how many (300 unless told otherwise; 10,000 for the whole
proof), and GOLDENTHREAD_RANDOM_SEED the seed.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import models

from goldenthread.cases.facts import Fact
from goldenthread.cases.models import CaseFile
from goldenthread.core.clock import day_of
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.obligations import ledger, tally
from goldenthread.obligations.models import Excuse, Obligation
from goldenthread.obligations.requirement import installed
from goldenthread.obligations.verdicts import verdict
from goldenthread.people.models import Officer
from goldenthread.plan import actions as plan_actions
from goldenthread.plan.models import Action, Plan, Recommendation
from goldenthread.plan.settling import tie_requirement, untie_requirement
from goldenthread.plan.storing import confirm_import, content_of
from goldenthread.reports.actions import publish_progress_report
from goldenthread.reports.models import PublishedReport
from goldenthread.standards.assessment.household.hanging import file_of
from goldenthread.standards.referrals import actions
from goldenthread.standards.referrals.models import Referral
from tests.cases.whole_chronology import differences
from tests.conftest import Cast
from tests.plan.plans import imported, small_plan
from tests.standards.allocation.allocating.office import AllocatingOffice
from tests.standards.allocation.chronology.office import ChronologyOffice
from tests.standards.allocation.closing.office import ClosingOffice
from tests.standards.allocation.conferring.office import ConferringOffice
from tests.standards.allocation.supervising.office import SupervisingOffice
from tests.standards.allocation.transferring.office import TransferOffice
from tests.standards.assessment.assessing.office import AssessingOffice
from tests.standards.assessment.hospital.office import WardOffice
from tests.standards.assessment.household.office import HouseholdOffice
from tests.standards.assessment.housing.office import HousingOffice
from tests.standards.assessment.interpreting.office import InterpretingOffice
from tests.standards.assessment.legal.office import LegalOffice
from tests.standards.assessment.protection.office import ProtectionOffice
from tests.standards.assessment.recording.office import RecordingOffice
from tests.standards.assessment.register.office import RegisterOffice
from tests.standards.referrals import conftest as referrals_room
from tests.standards.referrals.conftest import Hands
from tests.standards.referrals.test_random_verbs import SEED, VERBS, WORDS

hands = referrals_room.hands  # the fixture
VERSIONS, REPORTS = 6, 2
"""As many later versions of the plan and published reports as are made: both grow with what was there before."""
CALLS = 20
"""As many referrals are tried to be taken before anything else."""
NEWCOMERS = 0.05
"""The share of what is tried, later on, that takes one more: files are closed, and go to other teams."""


class Service(
    AllocatingOffice,
    ConferringOffice,
    TransferOffice,
    ProtectionOffice,
    RecordingOffice,
    LegalOffice,
    WardOffice,
    HouseholdOffice,
    AssessingOffice,
    InterpretingOffice,
    HousingOffice,
    RegisterOffice,
    ChronologyOffice,
    SupervisingOffice,
    ClosingOffice,
):
    """The whole service: those of referrals, and those who keep the plan and publish."""

    def __init__(self, cast: Cast, hands: Hands, chance: random.Random) -> None:
        super().__init__(cast, hands, chance)
        hands.on(days=31)  # the plan is as at 31 October 2003
        self.plan = imported(small_plan(), cast.quality)
        self.verbs += [
            self.complete, self.complete, self.reopen, self.move_date, self.reassign, self.add_action, self.progress,
            self.next_step, self.tie_requirement, self.untie, self.next_version, self.publish, self.child, self.excuse,
            *self.household_verbs(),
        ]  # fmt: skip
        self.verbs += self.interpreting_verbs
        # (end of interpreting)
        self.verbs += self.housing_verbs
        # (end of housing)
        self.verbs += self.allocating_verbs
        # (end of allocating)
        self.verbs += self.transfer_verbs
        # (end of transferring)
        self.verbs += self.chronology_verbs()
        # (end of chronology)
        self.verbs += self.conferring_verbs()
        # (end of conferring)
        self.verbs += self.supervising_verbs
        # (end of supervising)
        self.verbs += self.closing_verbs
        # (end of closing)
        self.verbs += self.recording_verbs()
        self.verbs += self.protection_verbs()
        self.register_verbs()

    def by(self) -> Officer:
        """Mostly somebody who may: most of what is done here goes on with what another began, and the offices by themselves
        try enough that is refused."""
        cast = self.cast
        usual = [cast.colleague, cast.senior, cast.manager, cast.manager, cast.manager, cast.group_manager, cast.head]
        return self.chance.choice(usual) if self.chance.random() < 0.8 else super().by()

    def words(self) -> str:
        return super().words() if self.chance.random() < 0.3 else WORDS[2]

    def at(self) -> datetime:
        return super().at() if self.chance.random() < 0.5 else self.hands.now

    def one(self, model: type) -> object:
        """Mostly one that stands, on an open file of the team in which most of them work."""
        found = super().one(model)
        for _ in range(6):
            if self.is_at_hand(found) or self.chance.random() < 0.05:
                break
            found = super().one(model)
        return found

    def is_at_hand(self, row: Any) -> bool:
        """Whether something is likely to be done about it."""
        file = row if isinstance(row, CaseFile) else file_of(row)
        return not getattr(row, "withdrawn", False) and (
            file is None or (file.closed_at is None and file.team_id == self.cast.east.pk)
        )

    def next_verb(self, done: Counter[str]) -> Callable[[], object]:
        """By chance; half of the time the one of a few that was done least, for how often it is named."""
        if self.chance.random() < NEWCOMERS:
            return self.take
        some = self.chance.sample(self.verbs, self.chance.choice([1, 5]))
        return min(some, key=lambda verb: done[verb.__name__] / self.verbs.count(verb))

    def keeper(self) -> Officer:
        return self.chance.choice([self.by(), *[self.cast.quality, self.cast.head, self.cast.manager] * 3])

    def an_action(self) -> Action:
        # Now and then one of an earlier version, which is refused.
        held = Action.objects.order_by("-pk")[:12]
        return self.chance.choice(list(held))

    def a_recommendation(self) -> Recommendation:
        return self.chance.choice(list(Recommendation.objects.order_by("-pk")[:4]))

    def child(self) -> None:
        self.children.append(
            actions.record_child(given_names=self.chance.choice(["", "Eli"]), family_name="Fenwick", by=self.by())
        )
        self.children = self.children[:8]

    def complete(self) -> None:
        plan_actions.complete_action(
            action=self.an_action(), occurred_at=self.at(), evidence=self.words(), by=self.keeper()
        )

    def reopen(self) -> None:
        plan_actions.reopen_action(action=self.an_action(), reason=self.words(), by=self.keeper())

    def move_date(self) -> None:
        due = day_of(self.hands.now) + timedelta(days=self.chance.randrange(-60, 200))
        plan_actions.change_due(action=self.an_action(), due=due, reason=self.words(), by=self.keeper())

    def reassign(self) -> None:
        leads = self.chance.choice([[], ["Dev Lindqvist"], ["All Team Managers"], ["Nobody Known", "Grace Tillotson"]])
        plan_actions.reassign(action=self.an_action(), leads=leads, reason=self.words(), by=self.keeper())

    def add_action(self) -> None:
        if Action.objects.filter(recommendation__standard__plan__in=Plan.objects.current()).count() > 30:
            raise Refused("That is enough.")
        due = day_of(self.hands.now) + timedelta(days=self.chance.randrange(-5, 100))
        plan_actions.add_action(
            recommendation=self.a_recommendation(),
            text=f"{self.words()} {self.chance.randrange(10**9)}",
            leads=["Dev Lindqvist"],
            due=self.chance.choice([None, due]),
            by=self.keeper(),
        )

    def progress(self) -> None:
        on = day_of(self.hands.now) - timedelta(days=self.chance.randrange(-1, 40))
        plan_actions.add_progress(
            recommendation=self.a_recommendation(), reporting_date=on, text=self.words(), by=self.keeper()
        )

    def next_step(self) -> None:
        on = day_of(self.hands.now) - timedelta(days=self.chance.randrange(-1, 40))
        plan_actions.add_next_step(
            recommendation=self.a_recommendation(), reporting_date=on, text=self.words(), by=self.keeper()
        )

    def tie_requirement(self) -> None:
        key = self.chance.choice([*installed(), "no-such"])
        tie_requirement(recommendation=self.a_recommendation(), key=key, by=self.keeper())

    def untie(self) -> None:
        recommendation = self.a_recommendation()
        tied = recommendation.ties.filter(untied_at=None).values_list("requirement", flat=True)
        key = self.chance.choice([self.chance.choice(list(installed())), *tied])
        untie_requirement(recommendation=recommendation, key=key, by=self.keeper())

    def next_version(self) -> None:
        if Plan.objects.count() > VERSIONS or self.chance.random() < 0.8:
            raise Refused("Not now.")
        content = content_of(self.plan)
        held = {number for _, words in content.all_words() for number in words.lines}
        content.source = [line for line in content.source if line.number in held]
        self.plan = confirm_import(
            content=content, file_name="", digest="", as_at=content.as_at, previous=self.plan, by=self.keeper()
        )

    def publish(self) -> None:
        if PublishedReport.objects.count() >= REPORTS or self.chance.random() < 0.8:
            raise Refused("Not now.")
        as_at = day_of(self.hands.now) - timedelta(days=self.chance.randrange(-1, 40))
        publish_progress_report(plan=self.plan, as_at=as_at, by=self.keeper())


def test_no_office_hides_a_verb_of_another() -> None:
    """Mixed together, the offices share one set of names: of two verbs of one name only one would ever be drawn."""
    where: dict[str, list[str]] = defaultdict(list)
    for office in Service.__mro__[1:]:
        for name in vars(office):
            if not name.startswith("__") and office is not object:
                where[name].append(office.__name__)
    assert {name: offices for name, offices in where.items() if len(offices) > 1} == {}


def counted_by_hand(at: object) -> Counter[tuple[str, int | None, date, str]]:
    """The verdict of each row on its own, added up."""
    found: Counter[tuple[str, int | None, date, str]] = Counter()
    for row in Obligation.objects.all():
        if stands := verdict(row, at):  # type: ignore[arg-type]
            found[row.requirement, row.team_id, row.month, str(stands)] += 1
    return found


def test_whatever_is_done_in_all_rooms_the_ledger_holds_and_nothing_recorded_goes(
    cast: Cast,
    hands: Hands,
) -> None:
    service = Service(cast, hands, random.Random(SEED))
    kept: list[type[models.Model]] = [
        *(model for model in apps.get_models() if issubclass(model, Fact)),
        Referral,
        Excuse,
        PublishedReport,
        CaseFile,
        Action,
        TrailEntry,
    ]
    done: Counter[str] = Counter()
    before = {model: model._base_manager.count() for model in kept}
    # Most verbs go on with what another began, so that the day does not begin with an empty house.
    opening = [*[service.take] * CALLS, *dict.fromkeys(service.verbs)]
    never = {verb.__name__: verb for verb in service.verbs} if VERBS >= 3000 else {}
    drawn = -len(opening)
    while drawn < VERBS or (drawn < 3 * VERBS and never):
        hands.on(minutes=service.chance.randrange(600))
        verb = opening[drawn] if drawn < 0 else service.next_verb(done)
        if drawn >= VERBS and service.chance.random() < 0.5:
            verb = service.chance.choice(list(never.values()))  # so many were tried, and this was never done
        written = TrailEntry.objects.count()
        try:
            verb()
        except (Refused, NotAllowed):
            assert TrailEntry.objects.count() == written, f"{verb.__name__} was refused and left something behind"
        else:
            done[verb.__name__] += drawn >= 0
            never.pop(verb.__name__, None)
        drawn += 1
        if drawn % 1000 == 0:
            assert ledger.verify() == []
            after = {model: model._base_manager.count() for model in kept}
            assert all(after[model] >= before[model] for model in kept), "a record went away"
            before = after
    assert ledger.verify() == []
    rows = tally.tally(hands.now)
    sums = {
        (row.requirement, row.team_id, row.month, name): number
        for row in rows
        for name in ("met", "late", "overdue", "due", "excused")
        if (number := getattr(row.counts, name))
    }
    assert sums == dict(counted_by_hand(hands.now))
    assert sum(done.values()) > VERBS / 5
    if VERBS >= 3000:
        assert not never, f"never done: {sorted(never)}"
        print(f"\n{drawn} verbs, {sum(done.values())} done, {Obligation.objects.count()} obligations: {dict(done)}")
    assert differences() == [], "a chronology does not hold every dated record once, as it stands"
