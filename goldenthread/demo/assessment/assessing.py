"""Assessments in four parts, signed off by a manager, with the child's own views; and the child in need plan (2.2, 2.7).

Every decision to assess leads to one, unless the file has closed or nobody ever began. What happens in one assessment is
put between its start and its sign-off, so that no verb would have refused it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models

from goldenthread.cases.models import Child
from goldenthread.core.clock import day_of
from goldenthread.core.timescales import timescale
from goldenthread.demo.arrivals import File
from goldenthread.demo.assessment import assessing_words as words
from goldenthread.demo.assessment.desk import AssessmentDesk
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.assessing.choices import PartKind, Tool, Way
from goldenthread.standards.assessment.assessing.clocks import RULES, kinds_on
from goldenthread.standards.assessment.assessing.models import (
    Assessment,
    AssessmentPart,
    ChildInNeedPlan,
    ChildSeen,
    ChildsViews,
    HandingIn,
    ManagersAnswer,
    PlannedStep,
    PlanReview,
    PlanSignOff,
)
from goldenthread.standards.referrals.models import Decision, Referral

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_RETURNED, _PLAN, _REWRITTEN = 0.17, 0.75, 0.25
_SHARES = {PartKind.INFORMATION: 0.45, PartKind.ANALYSIS: 0.65, PartKind.CONCLUSIONS: 0.78, PartKind.DECISIONS: 0.9}
_WAYS_DISABLED = (Way.MAKATON, Way.PICTURES, Way.DEVICE, Way.TOUCH, Way.BSL)


def practise(desk: AssessmentDesk) -> None:
    """An assessment for each decision to assess, in order of files."""
    desk.writer.flush()  # the children's days of birth are asked of the database
    bench = Bench(desk)
    for file in desk.files:
        for referral, decision in file.referrals:
            if decision is not None and decision.what == "assessment":
                bench.assess(file, referral, decision)


@dataclass(slots=True)
class Story:
    """One assessment while it is told. ends: before when all of it happened (now, or the closing of the file);
    texts: what its parts may say; outcome, settled: what it comes to, and since when, where that is decided elsewhere;
    written, handed: its parts as they stand, and what was handed in last."""

    file: File
    made: Assessment
    started: datetime
    due: datetime
    ends: datetime
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: words.PARTS)
    outcome: str = ""
    settled: datetime | None = None
    written: dict[str, AssessmentPart] = field(default_factory=dict)
    handed: HandingIn | None = None


class Bench:
    """Where assessments are made up: these, and what becomes of the enquiries of child protection."""

    def __init__(self, desk: AssessmentDesk) -> None:
        self.desk, self.chance, self.writer, self.diary = desk, desk.chance, desk.writer, desk.diary
        self.born: dict[int, date | None] = dict(Child.objects.values_list("pk", "date_of_birth"))
        self.disabled = {
            child
            for family in desk.families
            if family.need == "childs_disability_or_illness"
            for child in family.children[: 1 if len(family.children) < 3 else 2]
        }

    # Times, and who

    def office(self, at: datetime) -> datetime:
        """The same time, or the next when the office is open."""
        return self.diary.in_office_hours(at, self.chance).replace(second=0, microsecond=0)

    def between(self, low: datetime, high: datetime, share: float) -> datetime:
        """A time between two, in office hours where that fits."""
        at = self.office(low + (high - low) * share)
        return at if low < at < high else (low + (high - low) * share).replace(second=0, microsecond=0)

    def worker(self, file: File, at: datetime) -> int:
        """Who holds the file, or somebody of the team."""
        team, worker = file.held(at)
        return worker or self.desk.worker(team).pk

    def manager(self, file: File, at: datetime) -> Officer:
        """The manager of the team that holds the file."""
        return self.desk.council.managers[file.held(at)[0]]

    def put(self, model: type[models.Model], at: datetime, **fields: Any) -> Any:
        """A fact that is recorded some minutes later; nothing, where that has not happened yet."""
        known = at + timedelta(minutes=1 + int(8 * self.chance.random()))
        if known >= self.desk.now:
            return None
        return self.writer.add(model, occurred_at=at, recorded_at=known, **fields)

    # One assessment

    def assess(self, file: File, referral: Referral, decision: Decision) -> None:
        """From the decision to assess to its end, as far as it has come."""
        desk, since = self.desk, decision.occurred_at
        closes = file.closed_at or desk.now + 4000 * _DAY
        team, _ = file.held(since)
        started = desk.done("assessment.started", team, since)
        if closes <= decision.recorded_at + _HOUR:
            return
        if started is None and file.closed_at is None:
            desk.excuse("assessment.started", referral, file, since)
            return
        if started is None or started + 2 * _DAY > closes:
            started = since + timedelta(minutes=10)
        known = desk.recorded(team, started, decision.recorded_at)
        if known >= closes - _HOUR:
            known = max(started, decision.recorded_at) + timedelta(minutes=1)
        if started >= desk.now or known >= desk.now or known >= closes - timedelta(minutes=40):
            return
        kinds = kinds_on(day_of(started))
        if not kinds:
            return
        kind = "single" if "single" in kinds else "initial" if self.chance.random() < 0.7 else "core"
        counted = started if kind == "core" else referral.received_at
        rule = timescale(RULES[kind], day_of(counted)) or timescale(RULES[kind], day_of(started))
        assert rule is not None  # noqa: S101 (the kind is one of the day)
        made = self.writer.add(
            Assessment, case_file_id=file.pk, kind=kind, purpose=desk.pick(words.PURPOSES),
            expectations=desk.pick(words.EXPECTATIONS), referral=referral, started_at=started, recorded_at=known,
            by_id=self.worker(file, started),
        )  # fmt: skip
        for child in file.children:
            self.writer.add(Assessment.children.through, assessment_id=made.pk, child_id=child)
        self.say_who_is_disabled(made, file)
        story = Story(file, made, max(started, known), rule.due(counted), min(desk.now, closes))
        self.go_on(story, f"assessment.signed-off-{kind}", team, counted, closes)

    def say_who_is_disabled(self, made: Assessment, file: File) -> None:
        """Those of its children, which are all of the file."""
        for child in file.children:
            if child in self.disabled:
                self.writer.add(Assessment.disabled.through, assessment_id=made.pk, child_id=child)

    def go_on(self, story: Story, key: str, team: str, counted: datetime, closes: datetime) -> None:
        """Write, hear, hand in, and have it signed off or not."""
        file, start = story.file, max(story.started, story.settled or story.started)
        signed = self.desk.done(key, team, counted, story.due)
        if signed is None and file.closed_at is None:
            self.leave_undone(story, key, counted)
            return
        signed = max(signed or closes, self.office(start + 2 * _DAY))
        if signed > closes - timedelta(minutes=20):
            signed = closes - timedelta(minutes=20)
        handed = signed - min((signed - start) * 0.25, _DAY * (1 + 6 * self.chance.random()))
        returned = None
        if self.chance.random() < _RETURNED and signed - start > 8 * _DAY:
            first = self.between(start, signed, 0.5)
            returned = self.between(first, signed, 0.2)
            again = self.desk.done("assessment.returned", file.held(returned)[0], returned)
            if again is None and file.closed_at is None:
                self.write(story, first, story.outcome or "further-assessment")
                self.hear(story, first)
                self.hand_in(story, first)
                self.send_back(story, returned)
                return
            handed = max(again or handed, returned + _HOUR)
            signed = max(signed, handed + 2 * _HOUR)
            if signed > closes - timedelta(minutes=20):
                returned, signed = None, min(signed, closes - timedelta(minutes=20))
                handed = signed - (signed - start) * 0.15
        outcome = story.outcome or self.comes_to(stays=closes - signed > 60 * _DAY)
        written = first if returned else handed
        self.write(story, written, outcome)
        self.hear(story, written)
        if returned:
            self.hand_in(story, first)
            self.send_back(story, returned)
            self.mend(story, returned, handed)
        self.hand_in(story, handed)
        self.answer(story, signed, "signed-off", words.SIGNED)
        if outcome == "child-in-need-plan":
            self.plan(story, signed, closes)

    def comes_to(self, *, stays: bool) -> str:
        """What its decisions come to. stays: the file goes on for some time."""
        if stays:
            return "child-in-need-plan" if self.chance.random() < _PLAN else "services"
        return "no-further-action" if self.chance.random() < 0.5 else "services"

    def leave_undone(self, story: Story, key: str, counted: datetime, *, may_wait: bool = True) -> None:
        """Nobody ever signed it off: some parts are written, or (where it may wait for a manager) all."""
        until = min(self.desk.now, story.due + 20 * _DAY)
        if until - story.started < _DAY:
            return
        if may_wait and self.chance.random() < 0.4:
            self.write(story, until, story.outcome or "services")
            self.hear(story, until)
            at = self.between(story.started, until, 0.97)
            if at > story.started + _DAY:
                self.put(
                    HandingIn, until - timedelta(minutes=30), assessment=story.made, by_id=self.worker(story.file, at)
                )
            return
        self.write(story, until, "services", parts=1 + int(3 * self.chance.random()))
        self.hear(story, until, whole=False)
        self.desk.excuse(key, story.made, story.file, counted)

    # Its parts

    def write(self, story: Story, until: datetime, outcome: str, parts: int = 4) -> None:
        """The parts, one after the other, some of them twice."""
        for kind, share in list(_SHARES.items())[:parts]:
            at = self.between(story.started, until, share)
            if kind == PartKind.DECISIONS and story.settled:
                at = max(at, min(story.settled, until - 10 * _MINUTE))
            text = self.desk.pick(story.texts[kind])
            again = self.chance.random() < _REWRITTEN
            begun = text.partition(". ")[0] + "." if again else text
            row = self.part(story, kind, begun, at, outcome)
            later = self.between(at, until, 0.3)
            if row and again and begun != text and later > row.recorded_at:
                row = self.part(story, kind, text, later, outcome, before=row)
            if row:
                story.written[kind] = row

    def part(
        self, story: Story, kind: str, text: str, at: datetime, outcome: str, before: AssessmentPart | None = None
    ) -> Any:
        """One row: written as it is recorded."""
        if at >= self.desk.now:
            return None
        return self.writer.add(
            AssessmentPart, assessment=story.made, part=kind, text=text, occurred_at=at, recorded_at=at,
            outcome=outcome if kind == PartKind.DECISIONS else "", by_id=self.worker(story.file, at), supersedes=before,
            root_id=before.first_id if before else None,
        )  # fmt: skip

    def mend(self, story: Story, since: datetime, until: datetime) -> None:
        """One part is rewritten after it was returned."""
        kind = self.desk.pick(list(story.written)) if story.written else ""
        if kind:
            before = story.written[kind]
            at = self.between(since + timedelta(minutes=15), until, 0.6)
            self.part(story, kind, before.text + words.MENDED, at, before.outcome, before=before)

    # The children

    def hear(self, story: Story, until: datetime, *, whole: bool = True) -> None:
        """Each child is seen and heard before it is handed in, or it is said why not."""
        for child in story.file.children:
            self.see(story, child, until, whole)
            self.ask(story, child, until, whole)

    def when(
        self, story: Story, key: str, until: datetime, due: datetime | None, whole: bool
    ) -> tuple[datetime | None, bool]:
        """When it is done, and whether it is only said why not."""
        team, _ = story.file.held(story.started)
        at = self.desk.done(key, team, story.made.started_at, due)
        last = until - timedelta(minutes=45)
        if at is not None and story.started < at < last:
            return at, False
        return (max(last, story.started + timedelta(minutes=1)) if whole and last > story.started else None), True

    def note(
        self, model: type[models.Model], story: Story, child: int, at: datetime, until: datetime, **fields: Any
    ) -> None:
        """A fact about one child, now and then recorded late, and always before it is handed in."""
        known = self.desk.recorded(story.file.held(at)[0], at, story.started)
        known = min(known, until - timedelta(minutes=1)) if known >= until else known
        if at < known < self.desk.now:
            self.writer.add(
                model, assessment=story.made, child_id=child, occurred_at=at, recorded_at=known,
                by_id=self.worker(story.file, at), **fields,
            )  # fmt: skip

    def age(self, child: int, at: datetime) -> int:
        """In years."""
        born = self.born[child]
        day = day_of(at)
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day)) if born else 8

    def see(self, story: Story, child: int, until: datetime, whole: bool) -> None:
        """Seen, mostly alone; or why not."""
        at, never = self.when(story, "assessment.child-seen", until, None, whole)
        if at is None:
            return
        if never and self.chance.random() < 0.35:
            self.note(ChildSeen, story, child, at, until, seen=False, why_not_seen=self.desk.pick(words.NOT_SEEN))
            return
        age, disabled = self.age(child, at), child in self.disabled
        alone = self.chance.random() < (0.25 if age < 3 else 0.62 if disabled else 0.8)
        language, interpreter = words.LANGUAGES[int(self.chance.random() * len(words.LANGUAGES))]
        way: str = Way.OBSERVED if age < 2 else self.desk.pick(_WAYS_DISABLED) if disabled else Way.SPEECH
        speaks = way == Way.SPEECH
        self.note(
            ChildSeen, story, child, at, until, seen=True, alone=alone,
            why_not_alone="" if alone else self.desk.pick(words.NOT_ALONE), seen_by="the allocated social worker", way=way,
            language=language if speaks else "", interpreter=speaks and interpreter,
        )  # fmt: skip

    def ask(self, story: Story, child: int, until: datetime, whole: bool) -> None:
        """The child's own words; or why there are none."""
        at, never = self.when(story, "assessment.childs-views", until, story.due, whole)
        if at is None:
            return
        age, disabled = self.age(child, at), child in self.disabled
        if never:
            why = self.desk.pick(words.NONE_YOUNG if age < 2 else words.NONE_OLDER)
            self.note(ChildsViews, story, child, at, until, why_none=why)
            return
        said = (
            words.WORDS_DISABLED
            if disabled and age > 1
            else next(w for limit, w in words.WORDS if age <= limit or limit == 18)
        )
        tool = self.desk.pick(Tool.values) if disabled or age < 4 else ""
        understood = self.desk.pick(words.UNDERSTOOD) if self.chance.random() < 0.7 else ""
        self.note(ChildsViews, story, child, at, until, words=self.desk.pick(said), understanding=understood, tool=tool)

    # Signing off

    def hand_in(self, story: Story, at: datetime) -> None:
        """A worker hands it in."""
        remark = self.desk.pick(words.REMARKS)
        by = self.worker(story.file, at)
        story.handed = self.put(HandingIn, at, assessment=story.made, remark=remark, by_id=by)

    def send_back(self, story: Story, at: datetime) -> None:
        """A manager returns what was handed in last."""
        self.answer(story, at, "returned", words.RETURNED)

    def answer(self, story: Story, at: datetime, answer: str, reasons: tuple[str, ...]) -> None:
        """A manager's answer to the last handing in."""
        if story.handed is None:
            return
        at = max(at, story.handed.recorded_at + timedelta(minutes=1))
        self.put(
            ManagersAnswer, at, assessment=story.made, handing_in=story.handed, answer=answer,
            reason=self.desk.pick(reasons), by=self.manager(story.file, at),
        )  # fmt: skip

    # The plan

    def plan(self, story: Story, signed: datetime, closes: datetime) -> None:
        """A plan for the children, its steps, its sign-off and its reviews, up to the closing of the file."""
        desk, file, now = self.desk, story.file, self.desk.now
        since = signed + timedelta(minutes=12)
        if since >= now:
            return
        agreed = desk.done("assessment.child-in-need-plan", file.held(signed)[0], signed)
        if agreed is None:
            desk.excuse("assessment.child-in-need-plan", story.made, file, signed)
            return
        agreed = max(agreed, self.office(since + _DAY))
        begun = self.between(since, agreed, 0.4)
        if begun + timedelta(minutes=2) >= now or agreed > closes - 10 * _DAY:
            return
        plan = self.writer.add(
            ChildInNeedPlan, case_file_id=file.pk, assessment=story.made, aim=desk.pick(words.AIMS), made_at=begun,
            recorded_at=begun + timedelta(minutes=1), by_id=self.worker(file, begun),
        )  # fmt: skip
        for child in file.children:
            self.writer.add(ChildInNeedPlan.children.through, childinneedplan_id=plan.pk, child_id=child)
        at = begun + timedelta(minutes=2)
        for need, what, whose, who, sign in self.chance.sample(words.STEPS, 2 + int(3 * self.chance.random())):
            at += timedelta(minutes=3)
            if at >= now:
                return
            by_when = day_of(agreed) + timedelta(days=14 + int(60 * self.chance.random()))
            self.writer.add(
                PlannedStep, plan=plan, need=need, what=what, whose=whose, who=who, by_when=by_when, sign=sign,
                occurred_at=at, recorded_at=at, by_id=self.worker(file, at),
            )  # fmt: skip
        agreed = max(agreed, at + _HOUR)
        if self.put(PlanSignOff, agreed, plan=plan, reason=desk.pick(words.SIGNED), by=self.manager(file, agreed)):
            self.review(plan, file, agreed, closes)

    def review(self, plan: ChildInNeedPlan, file: File, agreed: datetime, closes: datetime) -> None:
        """Reviews until the plan ends: at the latest before the file closes."""
        key, last = "assessment.first-plan-review", agreed
        while True:
            at = self.desk.done(key, file.held(last)[0], last)
            outcome = "continue" if self.chance.random() < 0.72 else "end" if self.chance.random() < 0.9 else "step-up"
            if file.closed_at and (at is None or at > closes - 2 * _DAY):
                at, outcome = closes - timedelta(minutes=30), "end"
            if at is None:
                return
            at = max(at, last + _DAY)
            row = self.put(
                PlanReview, at, plan=plan, who_came=self.desk.pick(words.CAME), changed=self.desk.pick(words.CHANGED),
                outcome=outcome, reason=self.desk.pick(words.REVIEW_WHY[outcome]), by_id=self.worker(file, at),
            )  # fmt: skip
            if row is None or outcome != "continue":
                return
            key, last = "assessment.plan-review", at
