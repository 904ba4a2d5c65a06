"""Temporary accommodation in the made-up council (2.6): who was moved where, how it was judged, and who was told.

How many are moved, and how long they stay, is ours: no national return counts it by case file.
"""

from datetime import datetime, timedelta
from typing import Any, TypeVar

from goldenthread.cases.facts import Fact
from goldenthread.core.clock import day_of
from goldenthread.core.timescales import add_months
from goldenthread.demo.arrivals import File, Weighted
from goldenthread.demo.assessment.desk import AssessmentDesk
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.housing.choices import Heading
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
from goldenthread.standards.referrals.models import Decision

M = TypeVar("M", bound=Fact)

MOVED = {"family_in_acute_stress": 0.6, "low_income": 0.6, "family_dysfunction": 0.2, "abuse_or_neglect": 0.16}
"""The share of families moved, by what they need."""

_KINDS = Weighted(
    {"hostel": 36, "bed-and-breakfast": 28, "nightly": 12, "tenancy": 8, "refuge": 7, "relatives": 5, "other-area": 4}
)
_PLACES = {
    "hostel": ("The hostel in Quay Street", "Larkhill House hostel"),
    "bed-and-breakfast": ("The Anchor guest house", "Rooms over the Station Hotel", "Seaview guest house"),
    "nightly": ("A flat in Weavers Court", "A house in Northgate"),
    "tenancy": ("A council flat in Southfield",),
    "relatives": ("With the grandmother",),
    "other-area": ("A flat in Thornshire",),
    "refuge": ("",),
}
_SHORT = {"bed-and-breakfast": 0.24, "hostel": 0.17, "nightly": 0.12, "other-area": 0.16}
_WORDS: dict[Heading, tuple[str, ...]] = {
    Heading.SAFETY: ("A window on the third floor opens wide", "The front door does not lock", "Damp on the wall beside the bed"),
    Heading.SPACE: ("Three share two beds, and there is no room for a cot", "Nowhere to crawl or play"),
    Heading.COOKING: ("One kitchen for eleven families", "A kettle and nothing else; meals are bought"),
    Heading.NEIGHBOURS: ("Men whom nobody knows come and go on the landing", "Shouting at night from the room next door"),
    Heading.SCHOOL: ("Two buses and an hour to school", "The nursery place could not be kept"),
    Heading.HEALTH: ("No lift, and the child uses a wheelchair", "No doctor near by will take them before the month ends"),
    Heading.SUPPORT: ("The grandmother is thirty miles away", "No phone signal, and nobody on duty at night"),
}  # fmt: skip
_CHANGE = ("Another room, with a door that locks", "A self-contained flat", "A cot, and safety catches on the windows")
_WHO = ("The housing options manager", "The hostel's manager", "The landlord, through Housing")
_ASKED = ("Press Housing for another place this week", "Agree the money for a flat until a tenancy is found")
_WILL_DO = (
    "Raised with the head of housing; a flat is offered",
    "Safety catches are fitted tomorrow",
    "A taxi to school is paid for until half-term",
)
_OUTCOME = {
    "put-right": "Seen: it is done, and the child sleeps",
    "moved": "The family has two rooms of their own now",
    "partly": "Windows made safe; still no kitchen",
    "nothing": "Nothing has changed since",
}
_OUTCOMES = Weighted({"put-right": 40, "moved": 25, "partly": 22, "nothing": 13})
_FOUND = ("The same room; the baby now crawls", "Quieter since the summer, and still one kitchen for all")
_NEXT = ("Bid for a tenancy each week with the family", "Housing to make an offer within a fortnight")
_WENT = Weighted({"settled": 55, "home": 12, "other-temporary": 18, "relatives": 11, "care": 2, "not-known": 2})
_WITH = ("R. Ackerley, housing options", "S. Pandit, tenancy officer")
_ALONE = ("Housing had nobody free before the week's end", "Told on the day, and could not come")
_RECOMMENDED = (
    "Place no family with a child under five above the first floor. The head of housing to say by the end of next month what that needs.",
    "Tell the team on the day on which a family is placed: half of what we hear comes from the family.",
    "End the use of guest houses with one kitchen for all. Group managers and Housing to bring a list of other places.",
    "Keep school places for children who are moved, and pay for the way there from the first day.",
)  # fmt: skip


def practise(desk: AssessmentDesk) -> None:
    """Some families are moved after the first decision; each child's place is seen, or not."""
    needs = {tuple(family.children): family.need for family in desk.families}
    for file in desk.files:
        chance = MOVED.get(needs.get(tuple(file.children), ""), 0.0)
        if desk.chance.random() >= chance:
            continue
        decision = next((d for _, d in file.referrals if d and d.what in {"assessment", "strategy-discussion"}), None)
        if decision is not None:
            _Housed(desk, file).moved(decision)
    _recommend(desk)


class _Housed:
    """One family in temporary accommodation."""

    def __init__(self, desk: AssessmentDesk, file: File) -> None:
        self.desk, self.file, self.chance = desk, file, desk.chance

    def moved(self, decision: Decision) -> None:
        """They are moved; what follows until they leave."""
        desk, chance = self.desk, self.chance
        moved = desk.diary.in_office_hours(
            decision.recorded_at + timedelta(days=12 * chance.random(), minutes=30), chance
        ).replace(second=0, microsecond=0)
        kind = _KINDS.draw(chance)
        told = moved + timedelta(minutes=int(60 * 24 * chance.expovariate(0.6)))
        told = desk.diary.in_office_hours(told, chance).replace(second=0, microsecond=0)
        team, holder = self.file.held(told)
        known = desk.recorded(team, told, told)
        if known >= desk.now or (self.file.closed_at and self.file.closed_at <= known):
            return
        self.ends = min(
            self.file.closed_at or desk.now + timedelta(days=999), moved + timedelta(days=self._days(kind, team, moved))
        )
        self.ends = max(self.ends.replace(second=0, microsecond=0), known + timedelta(hours=1))
        self.move = desk.writer.add(
            TemporaryMove,
            case_file_id=self.file.pk,
            kind=kind,
            place=desk.pick(_PLACES[kind]),
            confidential=kind == "refuge",
            authority="" if kind == "relatives" else "Wexcombe housing",
            out_of_area=kind == "other-area" or chance.random() < 0.06,
            told_by="family" if kind == "relatives" else "housing" if chance.random() < 0.55 else "family",
            expected_until=day_of(moved) + timedelta(days=42) if chance.random() < 0.3 else None,
            moved_at=moved,
            told_at=told,
            recorded_at=known,
            by_id=holder or desk.worker(team).pk,
        )
        for child in self.file.children:
            desk.writer.add(TemporaryMove.children.through, temporarymove_id=self.move.pk, child_id=child)
            self._assess(child, team, told)
        self._review(team)
        if self.ends < desk.now:
            self._put(TemporaryMoveEnd, team, self.ends, move=self.move, went_to=_WENT.draw(chance))

    def _days(self, kind: str, team: str, moved: datetime) -> float:
        if kind != "bed-and-breakfast":
            return 20 + self.chance.expovariate(1 / 110)
        if self.chance.random() < self.desk.share("assessment.bed-and-breakfast-ended", team, moved):
            return 5 + 36 * self.chance.random()
        return 43 + self.chance.expovariate(1 / 25)

    def _put(self, model: type[M], team: str, at: datetime, by: Officer | None = None, **fields: Any) -> M | None:
        """Write a fact, unless it has not happened yet or nobody has recorded it yet."""
        desk = self.desk
        if at >= desk.now or at > self.ends:
            return None
        known = desk.recorded(team, at, self.move.recorded_at)
        if known >= desk.now:
            return None
        return desk.writer.add(model, occurred_at=at, recorded_at=known, by=by or desk.worker(team), **fields)

    def _assess(self, child: int, team: str, told: datetime) -> None:
        desk, chance, key = self.desk, self.chance, "assessment.temporary-housing-assessed"
        at = desk.done(key, team, told)
        if at is None:
            if self.ends > desk.due(key, told):  # who left before it was due owed nothing
                desk.excuse(key, self.move, self.file, told, f"child-{child}")
            return
        share = _SHORT.get(self.move.kind, 0.06)
        short = [heading for heading in Heading if chance.random() < share]
        fields: dict[str, Any] = {}
        for heading in Heading:
            fields[heading.value] = "shortfall" if heading in short else "suitable"
            fields[f"{heading.value}_words"] = desk.pick(_WORDS[heading]) if heading in short else ""
        if short:
            fields |= {
                "change_what": desk.pick(_CHANGE), "change_who": desk.pick(_WHO),
                "change_by": day_of(at) + timedelta(days=7 * chance.randrange(1, 4)),
            }  # fmt: skip
        joint = chance.random() < 0.62
        fact = self._put(
            Suitability, team, at, move=self.move, child_id=child,
            with_housing=desk.pick(_WITH) if joint else "", why_not_joint="" if joint else desk.pick(_ALONE),
            overall="suitable" if not short else "unsuitable" if len(short) > 2 or chance.random() < 0.3 else "for-now",
            **fields,
        )  # fmt: skip
        if fact and short:
            self._report(fact, team)

    def _senior(self, team: str) -> Officer:
        """The group manager of the team's area, or now and then the head of service."""
        council = self.desk.council
        if self.chance.random() < 0.15:
            return council.holder("Head of Service")
        area = council.teams[team].area_id
        return next(o for o in council.officers if o.role == "group-manager" and o.area_id == area)

    def _report(self, seen: Suitability, team: str) -> None:
        desk, key = self.desk, "assessment.shortfall-reported"
        at = desk.done(key, team, seen.occurred_at)
        if at is None:
            desk.excuse(key, self.move, self.file, seen.occurred_at, f"assessment-{seen.pk}")
            return
        to = self._senior(team)
        told = self._put(ShortfallReport, team, at, assessment=seen, to=to, asked=desk.pick(_ASKED))
        if told is None:
            return
        answered = desk.done("assessment.shortfall-answered", team, told.occurred_at)
        if answered and answered < desk.now:
            by_when = day_of(answered) + timedelta(days=self.chance.randrange(2, 15))
            self._put(ShortfallAnswer, team, answered, to, report=told, will_do=desk.pick(_WILL_DO), by_when=by_when)
            if self.chance.random() < 0.6:
                later = desk.diary.in_office_hours(
                    answered + timedelta(days=3 + 20 * self.chance.random()), self.chance
                )
                what = _OUTCOMES.draw(self.chance)
                later = later.replace(second=0, microsecond=0)
                self._put(ShortfallOutcome, team, later, report=told, what=what, words=_OUTCOME[what])

    def _review(self, team: str) -> None:
        """Looked at again, from the move on, until somebody forgets or they leave."""
        desk, key, since = self.desk, "assessment.temporary-housing-reviewed", self.move.moved_at
        ref = "move"
        while True:
            held, _ = self.file.held(min(since, desk.now))
            at = desk.done(key, held, since)
            if at is None:
                if self.ends > desk.due(key, since):
                    desk.excuse(key, self.move, self.file, since, ref)
                return
            finding = "suitable" if self.chance.random() < 0.5 else "for-now"
            fact = self._put(
                AccommodationReview, held, at, move=self.move, finding=finding, words=desk.pick(_FOUND),
                next_step=desk.pick(_NEXT),
            )  # fmt: skip
            if fact is None:
                return
            since, ref = fact.occurred_at, f"review-{fact.pk}"


def _recommend(desk: AssessmentDesk) -> None:
    """What the head of service recommended in each of the last months, towards the month's end."""
    by = desk.council.holder("Head of Service")
    this = desk.diary.today.replace(day=1)
    for number, back in enumerate(range(8, 0, -1)):
        month = add_months(this, -back)
        if month < desk.diary.first:
            continue
        at = desk.diary.at(desk.diary.workday(desk.diary.day_number(month) + 21, 0), 600 + desk.chance.randrange(300))
        desk.writer.add(
            HousingProposal, month=month, words=_RECOMMENDED[number % len(_RECOMMENDED)], occurred_at=at,
            recorded_at=at, by=by,
        )  # fmt: skip
