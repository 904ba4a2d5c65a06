"""Children in hospital: notified, seen, and not discharged without a plan (2.9)."""

from datetime import datetime, timedelta
from typing import Any, TypeVar

from goldenthread.cases.facts import Fact
from goldenthread.demo.arrivals import File
from goldenthread.demo.assessment import hospital_words as words
from goldenthread.demo.assessment.desk import AssessmentDesk
from goldenthread.demo.practice import TABLE
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.hospital.choices import ALWAYS, IF_HARM
from goldenthread.standards.assessment.hospital.models import (
    Discharge,
    DischargePlan,
    Escalation,
    HarmReview,
    HospitalNotification,
    StepTaken,
    WardVisit,
)
from goldenthread.standards.referrals.models import Referral

F = TypeVar("F", bound=Fact)
FROM_WARDS = 0.6
"""The share of referrals from the health service that come from a hospital, of a child who is there."""


def practise(desk: AssessmentDesk) -> None:
    """Some of the referrals from the health service are of a child on a ward."""
    seniors = {
        key: next(o for o in desk.council.officers if o.role == "group-manager" and o.area_id == team.area_id)
        for key, team in desk.council.teams.items()
    }
    for file in desk.files:
        for referral, decision in file.referrals:
            if referral.agency_kind == "health" and desk.chance.random() < FROM_WARDS:
                worrying = bool(decision and decision.what in {"strategy-discussion", "assessment"})
                _Stay(desk, file, referral, seniors).go(worrying=worrying)


class _Stay:
    """One stay in hospital, from the notification to the discharge, as far as it had come."""

    def __init__(self, desk: AssessmentDesk, file: File, referral: Referral, seniors: dict[str, Officer]) -> None:
        self.desk, self.file, self.referral, self.chance = desk, file, referral, desk.chance
        self.began = referral.received_at
        self.team = file.held(self.began)[0]
        self.senior = seniors[self.team]

    def go(self, *, worrying: bool) -> None:
        """All of it."""
        chance, desk = self.chance, self.desk
        known = self.referral.recorded_at + timedelta(minutes=6)
        if known >= desk.now:
            return
        draw = chance.random()
        self.harm = "no" if not worrying or draw < 0.3 else "yes" if draw < 0.5 else "not-known"
        hospital, ward = words.HOSPITALS[int(chance.random() * len(words.HOSPITALS))]
        self.told = desk.writer.add(
            HospitalNotification,
            case_file_id=self.file.pk,
            referral=self.referral,
            told=words.TOLD[ward],
            hospital=hospital,
            ward=ward,
            told_by=desk.pick(words.NURSES),
            concern=desk.pick(words.CONCERNS if self.harm == "no" else words.INJURIES),
            harm=self.harm,
            admitted_at=self.began - timedelta(minutes=30 + int(chance.random() * 1400)),
            received_at=self.began,
            recorded_at=known,
            by=desk.worker(self.team),
        )
        for child in self.file.children[:1]:
            desk.writer.add(HospitalNotification.children.through, hospitalnotification_id=self.told.pk, child_id=child)
        long = chance.random() < 0.03
        days = 95 + chance.random() * 60 if long else 0.6 + chance.expovariate(1 / 3)
        leaves = desk.diary.in_office_hours(self.began + timedelta(days=days), chance).replace(second=0, microsecond=0)
        self.visit(leaves, long=long)
        self.steps()
        reviewed = self.review(leaves)
        self.leave(leaves, reviewed)

    def put(
        self, model: type[F], at: datetime | None, by: Officer, /, not_before: datetime | None = None, **fields: Any
    ) -> F | None:
        """Write a fact, unless it has not happened yet or nobody has recorded it yet."""
        if at is None or at >= self.desk.now:
            return None
        known = self.desk.recorded(self.team, at, max(not_before or self.told.recorded_at, self.told.recorded_at))
        if known >= self.desk.now:
            return None
        return self.desk.writer.add(model, notification=self.told, occurred_at=at, recorded_at=known, by=by, **fields)

    def visit(self, leaves: datetime, *, long: bool) -> None:
        """Seen on the ward; in a long stay, again after three months."""
        at = self.desk.done("assessment.hospital-response", self.team, self.began)
        by = self.desk.worker(self.team)
        if at is not None and at < leaves:
            self.put(WardVisit, at, by, seen=self.desk.pick(words.SEEN))
        if long:
            third = self.told.admitted_at + timedelta(days=93)
            again = self.desk.done("assessment.long-hospital-stay", self.team, third)
            if again is not None and again < leaves:
                self.put(WardVisit, again, by, seen=self.desk.pick(words.SEEN))

    def steps(self) -> None:
        """The steps of the protocol, the last of them when all are done; or some of them only."""
        key, chance = "assessment.hospital-steps", self.chance
        at = self.desk.done(key, self.team, self.began)
        wanted = [*ALWAYS, *(IF_HARM if self.harm != "no" else ())]
        chance.shuffle(wanted)
        until = at or self.began + timedelta(days=2)
        for number, step in enumerate(wanted if at else wanted[: len(wanted) - 1 - int(chance.random() * 2)]):
            last = number == len(wanted) - 1
            when = until if last else self.began + (until - self.began) * (0.1 + 0.85 * chance.random())
            self.put(
                StepTaken, max(when.replace(second=0, microsecond=0), self.began), self.desk.worker(self.team), step=step,
                words=words.STEPS[step],
            )  # fmt: skip
        if at is None:
            self.desk.excuse(key, self.told, self.file, self.began)

    def review(self, leaves: datetime) -> HarmReview | None:
        """What was not known is looked at again: mostly ruled out by a manager, or found to be so."""
        if self.harm != "not-known":
            return None
        at = (self.began + (leaves - self.began) * (0.3 + 0.4 * self.chance.random())).replace(second=0, microsecond=0)
        at = max(at, self.began)
        ruled_out = self.chance.random() < 0.55
        by = self.desk.council.managers[self.team] if ruled_out else self.desk.worker(self.team)
        made = self.put(
            HarmReview, at, by, answer="no" if ruled_out else "yes",
            why=self.desk.pick(words.RULED_OUT if ruled_out else words.FOUND),
        )  # fmt: skip
        if made:
            self.harm = made.answer
        return made

    def leave(self, leaves: datetime, reviewed: HarmReview | None) -> None:
        """With a plan, or without one, and then what a senior manager said."""
        desk, chance = self.desk, self.chance
        after = reviewed.recorded_at if reviewed else None
        by, home = desk.worker(self.team), desk.pick(words.HOMES)
        if self.harm == "no":
            self.put(Discharge, leaves, by, after, how="planned", where_to=home, done="", team=self.of_team())
            return
        elapsed = desk.diary.place(leaves)[0] / desk.days
        if chance.random() < TABLE["assessment.discharge-plan"][self.team].share(elapsed):
            agreed = (leaves - (leaves - self.began) * (0.05 + 0.25 * chance.random())).replace(second=0, microsecond=0)
            plan = self.plan(max(agreed, self.began), home)
            if plan:
                after = max(after, plan.recorded_at) if after else plan.recorded_at
                self.put(Discharge, leaves, by, after, how="planned", where_to=home, done="", team=self.of_team())
            return
        how = "hospital" if chance.random() < 0.7 else "removed"
        left = self.put(
            Discharge, leaves, by, after, how=how, where_to=home if how == "hospital" else "Not known at first",
            done=desk.pick(words.DONE), team=self.of_team(), escalated_to=self.senior,
        )  # fmt: skip
        if left is None:
            return
        at = desk.done("assessment.unplanned-discharge", self.team, left.occurred_at)
        self.put(Escalation, at, self.senior, left.recorded_at, words=desk.pick(words.ANSWERS))
        if chance.random() < 0.6:
            self.plan(
                desk.diary.in_office_hours(leaves + timedelta(hours=20), chance).replace(second=0, microsecond=0), home
            )

    def of_team(self) -> Any:
        """The team that holds the file."""
        return self.desk.council.teams[self.team]

    def plan(self, at: datetime, home: str) -> DischargePlan | None:
        """Agreed by three."""
        by = self.desk.worker(self.team)
        return self.put(
            DischargePlan, at, by, where_to=home, with_whom=self.desk.pick(words.CARERS), visits=self.desk.pick(words.VISITS),
            consultant=self.desk.pick(words.CONSULTANTS), worker=by, manager=self.desk.council.managers[self.team],
        )  # fmt: skip
