"""Strategy discussions, section 47 enquiries, and the clocks of the child protection procedures (1.5)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from goldenthread.demo.arrivals import File, Weighted
from goldenthread.demo.assessment import protection_words as words
from goldenthread.demo.assessment.desk import AssessmentDesk
from goldenthread.demo.assessment.recording import write_contact
from goldenthread.demo.practice import TABLE
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.assessing.models import Assessment
from goldenthread.standards.assessment.protection.choices import ENQUIRY
from goldenthread.standards.assessment.protection.models import (
    AgencyAtDiscussion,
    ConferenceDate,
    CoreGroup,
    EnquiryOutcome,
    PlanEnd,
    ProtectionPlan,
    ReviewConference,
    StrategyDiscussion,
)
from goldenthread.standards.referrals.models import Referral

NEW_CONCERN = 0.16
"""The share of files that stay open for a month or more on which a new concern leads to a strategy discussion. Ours."""
_DECISIONS = Weighted({"joint-enquiry": 44, "single-enquiry": 32, "assessment": 15, "no-enquiry": 9})
_OUTCOMES = Weighted({"conference": 46, "no-conference": 24, "not-substantiated": 30})
_CATEGORIES = Weighted({"neglect": 48, "emotional": 36, "physical": 11, "sexual": 5})
_OPEN_LONG = timedelta(days=75)
_HOUR = timedelta(hours=1)


def practise(desk: AssessmentDesk) -> None:
    """The discussions that were decided on, those about new concerns on open cases, and what came of each."""
    for file in desk.files:
        on_plan = False
        for referral, decision in file.referrals:
            if decision is None or decision.what != "strategy-discussion":
                continue
            key, team = "protection.strategy-discussion", file.held(decision.occurred_at)[0]
            held = desk.done(key, team, decision.occurred_at)
            if held is None:
                desk.excuse(key, referral, file, decision.occurred_at)
            else:
                on_plan = _Case(desk, file).discuss(held, referral, plan_allowed=not on_plan) or on_plan
        until = min(file.closed_at or desk.now, desk.now)
        if not on_plan and (until - file.opened_at).days > 30 and desk.chance.random() < NEW_CONCERN:
            at = file.opened_at + (until - file.opened_at) * (0.2 + 0.7 * desk.chance.random())
            _Case(desk, file).discuss(desk.diary.in_office_hours(at, desk.chance), None)


@dataclass(slots=True)
class _Case:
    """One file, worked on step by step; nothing that lies ahead, or after the file was closed, is written."""

    desk: AssessmentDesk
    file: File

    @property
    def until(self) -> datetime:
        return min(self.file.closed_at or self.desk.now, self.desk.now)

    def team(self, at: datetime) -> str:
        return self.file.held(at)[0]

    def worker(self, at: datetime) -> Officer:
        team, number = self.file.held(at)
        return next((o for o in self.desk.council.workers[team] if o.pk == number), None) or self.desk.worker(team)

    def known(self, at: datetime, after: datetime) -> datetime | None:
        """When it was recorded; None where it has not happened or has not been recorded yet."""
        if at >= self.until:
            return None
        known = self.desk.recorded(self.team(at), at, after)
        return known if known < self.desk.now else None

    def discuss(self, held: datetime, referral: Referral | None, *, plan_allowed: bool = True) -> bool:
        """A strategy discussion and what comes of it. Returns whether a plan was made."""
        desk, held = self.desk, held.replace(second=0, microsecond=0)
        known = self.known(held, referral.recorded_at if referral else held)
        if known is None or held < self.file.opened_at:
            return False
        whole = desk.done("protection.three-agencies", self.team(held), held)
        at_once = whole is not None and whole <= desk.due("protection.three-agencies", held)
        decision = _DECISIONS.draw(desk.chance)
        discussion = self.write_discussion(held, known, referral, decision, whole=at_once)
        if whole is not None and not at_once and (again := self.known(whole, known)) is not None:
            self.write_discussion(whole, again, referral, "no-enquiry", whole=True, why=words.BROUGHT_IN)
        return decision in ENQUIRY and self.enquire(discussion, plan_allowed=plan_allowed)

    def write_discussion(
        self, held: datetime, known: datetime, referral: Referral | None, decision: str, *, whole: bool, why: str = ""
    ) -> StrategyDiscussion:
        """One discussion with who took part, and the enquiry that began with it."""
        desk, by, writer = self.desk, self.worker(held), self.desk.writer
        enquiry = None
        if decision in ENQUIRY:
            enquiry = writer.add(
                Assessment, case_file_id=self.file.pk, kind="section-47", purpose=desk.pick(words.PURPOSE),
                expectations=desk.pick(words.EXPECTATIONS), referral=referral, started_at=held, recorded_at=known, by=by,
            )  # fmt: skip
            for child in self.file.children:
                writer.add(Assessment.children.through, assessment_id=enquiry.pk, child_id=child)
        discussion = writer.add(
            StrategyDiscussion, case_file_id=self.file.pk, referral=referral, known=desk.pick(words.KNOWN),
            decision=decision, why=why or desk.pick(words.WHY[decision]), assessment=enquiry,
            immediate=desk.pick(words.IMMEDIATE) if enquiry else "", occurred_at=held, recorded_at=known, by=by,
        )  # fmt: skip
        for child in self.file.children:
            writer.add(StrategyDiscussion.children.through, strategydiscussion_id=discussion.pk, child_id=child)
        there = {"social-care": f"{by.name} and the team manager", "police": desk.pick(words.POLICE)}
        if whole:
            there["health"] = desk.pick(words.HEALTH)
        if desk.chance.random() < 0.4:
            there["education"] = desk.pick(words.EDUCATION)
        for agency, who in there.items():
            writer.add(AgencyAtDiscussion, discussion=discussion, agency=agency, who=who)
        return discussion

    def enquire(self, discussion: StrategyDiscussion, *, plan_allowed: bool) -> bool:
        """The outcome of an enquiry, and the conference where one is needed."""
        desk, held = self.desk, discussion.occurred_at
        key, team = "protection.enquiry-outcome", self.team(held)
        stays = self.file.closed_at is None or self.file.closed_at > held + _OPEN_LONG
        at = desk.done(key, team, held)
        if at is None:
            desk.excuse(key, discussion, self.file, held)
            return False
        at = max(at, held + _HOUR)
        known = self.known(at, discussion.recorded_at)
        if known is None:
            return False
        outcome = _OUTCOMES.draw(desk.chance) if stays and plan_allowed else "no-conference"
        decided = desk.writer.add(
            EnquiryOutcome, discussion=discussion, outcome=outcome, why=desk.pick(words.FOUND[outcome]), occurred_at=at,
            recorded_at=known, by=desk.decider(self.team(at)),
        )  # fmt: skip
        return outcome == "conference" and self.confer(discussion, decided)

    def confer(self, discussion: StrategyDiscussion, decided: EnquiryOutcome) -> bool:
        """The conference is arranged and held, and mostly makes a plan."""
        desk = self.desk
        key = "protection.initial-conference"
        held = self.towards_due(key, discussion.occurred_at)
        if held is None:
            desk.excuse(key, discussion, self.file, discussion.occurred_at)
            return False
        held = max(held, decided.occurred_at + timedelta(days=1))
        arranged = decided.occurred_at + _HOUR
        known = self.known(arranged, decided.recorded_at)
        if known is not None:
            desk.writer.add(
                ConferenceDate, discussion=discussion, step="arranged", arranged_for=held, occurred_at=arranged,
                recorded_at=known, by=self.worker(arranged),
            )  # fmt: skip
        known = self.known(held, decided.recorded_at)
        if known is None:
            return False
        stays = self.file.closed_at is None or self.file.closed_at > held + timedelta(days=14)
        planned = desk.chance.random() < 0.86 and stays
        conference = desk.writer.add(
            ConferenceDate, discussion=discussion, step="held", words=desk.pick(words.CONFERENCE[planned]),
            occurred_at=held, recorded_at=known, by=self.worker(held),
        )  # fmt: skip
        if planned:
            category = _CATEGORIES.draw(desk.chance)
            plans = [
                desk.writer.add(
                    ProtectionPlan, case_file_id=self.file.pk, child_id=child, conference=conference, category=category,
                    occurred_at=held, recorded_at=known, by=conference.by,
                )
                for child in self.file.children
            ]  # fmt: skip
            self.follow(plans)
        return planned

    def follow(self, plans: list[ProtectionPlan]) -> None:
        """What is done on the plans of one conference, from their beginning to their end."""
        desk, began = self.desk, plans[0].occurred_at
        ends = began + timedelta(days=100 + desk.chance.expovariate(1 / 190))
        ends = desk.diary.in_office_hours(ends, desk.chance).replace(second=0, microsecond=0)
        if self.file.closed_at is not None:
            ends = min(ends, self.file.closed_at - timedelta(days=2))
        stop = min(ends, desk.now)

        def groups(at: datetime, known: datetime, model: type[CoreGroup] | type[ReviewConference]) -> None:
            said = words.CORE_GROUP if model is CoreGroup else words.REVIEW
            for plan in plans:
                desk.writer.add(
                    model, plan=plan, words=desk.pick(said), occurred_at=at, recorded_at=known, by=self.worker(at)
                )

        for at, known in self.rounds(plans[0], stop, "protection.first-core-group", "protection.core-group"):
            groups(at, known, CoreGroup)
        reviews = ("protection.first-review-conference", "protection.review-conference")
        for at, known in self.rounds(plans[0], stop, *reviews):
            groups(at, known, ReviewConference)
        visit = "protection.visit"
        recorded = "assessment.protection-visit-recorded"
        for at, known in self.rounds(plans[0], stop, visit, visit, lambda at: desk.done(recorded, self.team(at), at)):
            write_contact(desk, self.file, at, known, "protection-visit", self.seen(at))
        end_known = self.known(ends, plans[0].recorded_at)
        for plan in plans if end_known else ():
            desk.writer.add(
                PlanEnd, plan=plan, reason="safer" if desk.chance.random() < 0.85 else "looked-after",
                words=desk.pick(words.ENDED), occurred_at=ends, recorded_at=end_known, by=self.worker(ends),
            )  # fmt: skip

    def seen(self, at: datetime) -> dict[int, str]:
        """Which children were seen on a visit, and which of them alone."""
        elapsed = self.desk.diary.place(at)[0] / self.desk.days
        alone = TABLE["protection.seen-alone"][self.team(at)].share(elapsed)
        seen = {child: "alone" if self.desk.chance.random() < alone else "seen" for child in self.file.children}
        if len(seen) > 1 and self.desk.chance.random() < 0.1:
            seen[self.file.children[-1]] = "not-seen"
        return seen

    def towards_due(self, key: str, since: datetime) -> datetime | None:
        """When it is done, by the team's practice; in time means mostly in the last days: a diary is full."""
        desk = self.desk
        at, due = desk.done(key, self.team(since), since), desk.due(key, since)
        if at is not None and at <= due:
            later = desk.diary.in_office_hours(
                since + (due - since) * (0.55 + 0.42 * desk.chance.random()), desk.chance
            )
            at = later if later <= due else at
        return at.replace(second=0, microsecond=0) if at else None

    def rounds(
        self,
        plan: ProtectionPlan,
        stop: datetime,
        first: str,
        then: str,
        recorded: Callable[[datetime], datetime | None] | None = None,
    ) -> Iterator[tuple[datetime, datetime]]:
        """When something that comes round was done, and when it was recorded: by the team's practice, one after the other."""
        desk, since, key = self.desk, plan.occurred_at, first
        while since < stop:
            at = self.towards_due(key, since)
            if at is not None and at < stop:
                known = recorded(at) if recorded else self.known(at, plan.recorded_at)
                if known is not None and known < desk.now:
                    yield at, max(known, plan.recorded_at, at)
                    since, key = max(at, since + timedelta(minutes=1)), then
                    continue
            since, key = desk.due(key, since), then
