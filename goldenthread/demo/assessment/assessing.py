"""Assessments in four parts, signed off by a manager, with the child's own views; and the child in need plan (2.2, 2.7).

Every decision to assess leads to one, unless the file has closed or nobody ever began. What happens in one assessment is
put between its start and its sign-off, so that no verb would have refused it.
"""

from datetime import datetime, timedelta
from typing import Any

from goldenthread.core.clock import day_of
from goldenthread.core.timescales import timescale
from goldenthread.demo.arrivals import File
from goldenthread.demo.assessment import assessing_words as words
from goldenthread.demo.assessment.assessing_children import Hearing
from goldenthread.demo.assessment.assessing_hands import Story
from goldenthread.demo.assessment.assessing_plans import Planning
from goldenthread.demo.assessment.desk import AssessmentDesk
from goldenthread.standards.assessment.assessing.choices import PartKind
from goldenthread.standards.assessment.assessing.clocks import RULES, kinds_on
from goldenthread.standards.assessment.assessing.models import (
    Assessment,
    AssessmentPart,
    HandingIn,
    ManagersAnswer,
)
from goldenthread.standards.referrals.models import Decision, Referral

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_RETURNED, _PLAN, _REWRITTEN = 0.17, 0.75, 0.25
_NEVER_HEARD = 0.6
"""Of the assessments that drift, the share in which nobody sees or hears the children either."""
_SHARES = {PartKind.INFORMATION: 0.45, PartKind.ANALYSIS: 0.65, PartKind.CONCLUSIONS: 0.78, PartKind.DECISIONS: 0.9}


def practise(desk: AssessmentDesk) -> None:
    """An assessment for each decision to assess, in order of files."""
    desk.writer.flush()  # the children's days of birth are asked of the database
    bench = Bench(desk)
    for file in desk.files:
        for referral, decision in file.referrals:
            if decision is not None and decision.what == "assessment":
                bench.assess(file, referral, decision)


class Bench(Hearing, Planning):
    """Where assessments are made up: these, and what becomes of the enquiries of child protection."""

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
        if self.chance.random() > _NEVER_HEARD:
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
