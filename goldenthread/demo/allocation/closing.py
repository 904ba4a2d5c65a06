"""Closing: what was asked, who was told, and what the manager said.

Files that were worked for three weeks or more are closed step by step. A file that the first decision closed has nothing here:
that decision ended it, before the council kept closures of such files. What was still owed on a file when it was closed is excused
afterwards, when the ledger says what that was (`excuse_what_was_left`).
"""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any, TypeVar

from goldenthread.cases.facts import Fact
from goldenthread.cases.models import AgencyInvolved, CaseFile, Holding
from goldenthread.demo.allocation import closing_words as words
from goldenthread.demo.arrivals import File
from goldenthread.demo.assessment.desk import AssessmentDesk
from goldenthread.obligations import ledger
from goldenthread.obligations.models import Excuse, Obligation
from goldenthread.obligations.requirement import installed
from goldenthread.standards.allocation.chronology.models import ChronologyReview
from goldenthread.standards.allocation.closing.blocks import running
from goldenthread.standards.allocation.closing.choices import Answer
from goldenthread.standards.allocation.closing.models import (
    AgencyToTell,
    Closure,
    ClosureAgencyTold,
    ClosureAnswer,
    ClosureAskedAgain,
    ClosureDropped,
    ClosureFamilyTold,
    ClosureReopened,
)
from goldenthread.standards.assessment.hospital.models import HospitalNotification
from goldenthread.standards.assessment.housing.models import TemporaryMove
from goldenthread.standards.assessment.protection.models import ProtectionPlan, StrategyDiscussion
from goldenthread.standards.assessment.register.models import RegisterEntry

F = TypeVar("F", bound=Fact)
ANSWERED, FAMILY, AGENCIES = (
    f"allocation.closure-{what}" for what in ("answered", "family-told", "agencies-told")
)  # fmt: skip
WORKED = timedelta(days=21)
_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)


def practise(desk: AssessmentDesk) -> None:
    """Closures of files that are closed, and of some that are open."""
    desk.writer.flush()  # what runs on a file, and which agencies there are, is asked of what the other rooms wrote
    agencies: dict[int, list[AgencyInvolved]] = defaultdict(list)
    for one in AgencyInvolved.objects.filter(until=None).order_by("pk"):
        agencies[one.child_id].append(one)
    watched = _watched()
    opened: list[File] = []
    closed: list[_Closing] = []
    for file in desk.files:
        if file.closed_at is None or file.closed_at >= desk.now:
            opened.append(file)
        elif file.closed_at - file.opened_at >= WORKED and not (
            file.pk in watched and running(CaseFile(pk=file.pk), file.closed_at)
        ):
            closing = _Closing(desk, file, agencies)
            closing.close()
            closed.append(closing)
    for closing in closed[-60:]:
        if desk.chance.random() < 0.05:
            closing.reopen()
    for file in opened:
        if file.opened_at < desk.now - timedelta(days=60) and desk.chance.random() < 0.08:
            _Closing(desk, file, agencies).ask_only()


def _watched() -> set[int]:
    """The files on which something may still run: only of these is it asked what does."""
    kinds: tuple[Any, ...] = (ProtectionPlan, StrategyDiscussion, TemporaryMove, HospitalNotification)
    found = {pk for kind in kinds for pk in kind.objects.values_list("case_file_id", flat=True)}
    registered = RegisterEntry.objects.values("child")
    return found | set(CaseFile.objects.filter(children__in=registered).values_list("pk", flat=True))


class _Closing:
    """One closure."""

    def __init__(self, desk: AssessmentDesk, file: File, agencies: dict[int, list[AgencyInvolved]]) -> None:
        self.desk, self.file, self.chance, self.agencies = desk, file, desk.chance, agencies
        self.closure: Closure | None = None

    def ask(self, at: datetime, until: datetime) -> Closure:
        """The worker asks. until: agencies that come in before are told as well."""
        desk, (team, worker) = self.desk, self.file.held(at)
        self.team, self.by = team, worker or desk.worker(team).pk
        self.manager = desk.council.managers[team]
        self.at = at.replace(second=0, microsecond=0)
        self.known = self.at + 12 * _MINUTE
        reason = words.REASONS[int(self.chance.random() * len(words.REASONS))]
        self.closure = desk.writer.add(
            Closure, case_file_id=self.file.pk, reason=reason, changed=desk.pick(words.CHANGED), by_id=self.by,
            support=desk.pick(words.SUPPORT), team=desk.council.teams[team], manager=self.manager, asked_at=self.at,
            recorded_at=self.known,
        )  # fmt: skip
        self.to_tell: list[AgencyToTell] = []
        seen: set[tuple[str, str]] = set()
        for child in self.file.children:
            for one in self.agencies[child]:
                same = (one.kind, one.name.casefold())
                if one.recorded_at < until - 10 * _MINUTE and one.occurred_at <= until and same not in seen:
                    seen.add(same)
                    self.to_tell.append(
                        desk.writer.add(
                            AgencyToTell,
                            closure=self.closure,
                            involved=one,
                            kind=one.kind,
                            name=one.name,
                            since_at=max(self.at, one.occurred_at),
                            recorded_at=max(self.known, one.recorded_at),
                        )
                    )
        return self.closure

    def put(self, model: type[F], at: datetime, by: int, until: datetime, **fields: Any) -> F | None:
        """Write a fact, recorded before `until`; not one that has not happened yet."""
        at = max(at, self.at).replace(second=0, microsecond=0)
        known = max(at + 3 * _MINUTE, self.known)
        if at >= until or known >= until or known >= self.desk.now:
            return None
        return self.desk.writer.add(model, closure=self.closure, occurred_at=at, recorded_at=known, by_id=by, **fields)

    def within(self, requirement: str, latest: datetime) -> datetime:
        """When it is done, by the team's practice, but before something else."""
        at = self.desk.done(requirement, self.team, self.at) or latest
        return at if at < latest else self.at + (latest - self.at) * (0.3 + 0.5 * self.chance.random())

    def tell(self, latest: datetime, share: float = 1.0) -> None:
        """The family, each agency, and the chronology; share: of all of it that has been done."""
        chance, desk = self.chance, self.desk
        if chance.random() < share:
            how = "not-told" if chance.random() < 0.04 else desk.pick(("visit", "visit", "phone", "meeting"))
            said = desk.pick(words.FAMILY if how != "not-told" else words.NOT_TOLD)
            self.put(ClosureFamilyTold, self.within(FAMILY, latest), self.by, latest + 4 * _MINUTE, how=how, words=said)
        for agency in self.to_tell:
            if chance.random() < share:
                at = min(max(self.within(AGENCIES, latest), agency.recorded_at), latest)
                self.put(
                    ClosureAgencyTold, at, self.by, latest + 4 * _MINUTE, agency=agency,
                    how=desk.pick(("phone", "letter", "letter")), words=desk.pick(words.AGENCY),
                )  # fmt: skip
        if chance.random() < share:
            at = self.at + (latest - self.at) * (0.2 + 0.5 * chance.random())
            self.look(at, latest + 4 * _MINUTE)

    def look(self, at: datetime, latest: datetime) -> None:
        """The chronology was gone through for the last time: a review of it, which the manager is to read."""
        said = self.desk.pick(words.CHRONOLOGY)
        at = max(at, self.at).replace(second=0, microsecond=0)
        known = max(at + 3 * _MINUTE, self.known)
        if max(at, known) < min(latest, self.desk.now):
            team, _ = self.file.held(at)
            self.desk.writer.add(
                ChronologyReview, case_file_id=self.file.pk, team=self.desk.council.teams[team],
                to=self.desk.council.managers[team], words=said, occurred_at=at, recorded_at=known, by_id=self.by,
            )  # fmt: skip

    def close(self) -> None:
        """Asked some days before it was closed; now and then returned once."""
        desk, chance, closed = self.desk, self.chance, self.file.closed_at
        if closed is None:
            return
        team, _ = self.file.held(closed)
        late = chance.random() >= desk.share(ANSWERED, team, closed)
        back = chance.random() < 0.12
        days = (9 + chance.expovariate(1 / 5) if late else 1 + 3 * chance.random()) + (6 if back else 0)
        asked = desk.diary.in_office_hours(max(closed - days * _DAY, self.file.opened_at + 2 * _DAY), chance)
        if asked > closed - timedelta(hours=6) or self.file.held(asked) != self.file.held(closed):
            asked = max(closed - timedelta(hours=20), self.last_holding() + timedelta(minutes=30))
        self.ask(asked, closed)
        if back:
            returned = self.at + (closed - self.at) * 0.4
            if self.put(
                ClosureAnswer,
                returned,
                self.manager.pk,
                closed,
                answer=Answer.RETURNED,
                words=desk.pick(words.RETURNED),
            ):
                again = self.at + (closed - self.at) * 0.7
                self.put(ClosureAskedAgain, again, self.by, closed, words=desk.pick(words.AGAIN))
        self.tell(closed - 5 * _MINUTE)
        self.signed = desk.writer.add(
            ClosureAnswer, closure=self.closure, answer=Answer.SIGNED_OFF, words=desk.pick(words.SIGNED), by=self.manager,
            occurred_at=closed, recorded_at=min(closed + 4 * _MINUTE, desk.now - _MINUTE),
        )  # fmt: skip

    def last_holding(self) -> datetime:
        """Since when whoever held it at the end had it."""
        closed = self.file.closed_at or self.desk.now
        return max(since for since, *_ in self.file.holdings if since <= closed)

    def reopen(self) -> None:
        """It was closed too soon: some days later a manager opens it again, in the same hands."""
        desk, closed = self.desk, self.file.closed_at
        if closed is None:
            return
        at = desk.diary.in_office_hours(closed + 4 * _DAY, self.chance).replace(second=0, microsecond=0)
        if at + _DAY >= desk.now:
            return
        desk.writer.add(
            ClosureReopened, closure=self.closure, words=desk.pick(words.REOPENED), by=self.manager, occurred_at=at,
            recorded_at=at + 3 * _MINUTE,
        )  # fmt: skip
        team, worker = self.file.held(closed)
        last = Holding.objects.filter(case_file=self.file.pk).last()
        Holding.objects.filter(pk=last.pk if last else 0).update(closed_at=closed)
        CaseFile.objects.filter(pk=self.file.pk).update(closed_at=None)
        desk.writer.add(
            Holding, case_file_id=self.file.pk, team=desk.council.teams[team], worker_id=worker, since_at=at,
            recorded_at=at + 3 * _MINUTE,
        )  # fmt: skip
        self.file.holdings.append((at, team, worker))
        self.file.closed_at = None

    def ask_only(self) -> None:
        """Asked, and not closed: it waits, was returned, or the file stays open after all."""
        desk, chance = self.desk, self.chance
        draw = chance.random()
        days = 2 + 10 * chance.random() if draw < 0.6 else 20 + 100 * chance.random()
        at = max(desk.diary.in_office_hours(desk.now - days * _DAY, chance), self.file.holdings[-1][0] + _DAY)
        if at >= desk.now - _DAY or self.file.held(at)[1] is None:
            return
        self.ask(at, at)
        self.tell(min(at + 6 * _DAY, desk.now - 10 * _MINUTE), share=0.6)
        answered = desk.done(ANSWERED, self.team, self.at) or desk.now
        if draw > 0.45:
            self.put(
                ClosureAnswer,
                answered,
                self.manager.pk,
                desk.now,
                answer=Answer.RETURNED,
                words=desk.pick(words.RETURNED),
            )
        if draw > 0.6:
            dropped = answered + 2 * _DAY
            self.put(ClosureDropped, dropped, self.by, desk.now, words=desk.pick(words.DROPPED))


def excuse_what_was_left() -> int:
    """What was owed on a file when it was signed off, a manager had excused before, one by one: the ledger, once it is made, says
    what that was. What was overdue stays so in every figure. Returns how many there were."""
    signed: dict[int, ClosureAnswer] = {
        one.closure.case_file_id: one
        for one in ClosureAnswer.objects.filter(answer=Answer.SIGNED_OFF).select_related("closure").order_by("pk")
    }
    rows = Obligation.objects.filter(case_file__in=signed).order_by("pk")
    kept = {(e.requirement, e.subject_type, e.subject_id, e.key): e for e in Excuse.objects.all()}
    new: list[Excuse] = []
    changed: list[Excuse] = []
    subjects: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        said = signed[row.case_file_id or 0]
        at = said.occurred_at
        if (
            row.since_at > at
            or row.since_known_at > said.recorded_at
            or (row.done_at is not None and row.done_at <= at)
        ):
            continue
        if row.excused_at is not None and row.excused_at <= at:
            continue
        when = max(said.closure.asked_at, at - 90 * _MINUTE) + timedelta(minutes=row.pk % 60)
        when = min(when, at - _MINUTE)
        known = when + _MINUTE
        identity = (row.requirement, row.subject_type, row.subject_id, row.key)
        subjects[row.subject_type].add(row.subject_id)
        if earlier := kept.get(identity):
            earlier.occurred_at, earlier.recorded_at = when, known
            changed.append(earlier)
            continue
        new.append(
            Excuse(
                requirement=row.requirement,
                subject_type=row.subject_type,
                subject_id=row.subject_id,
                key=row.key,
                reason=words.EXCUSES[row.pk % len(words.EXCUSES)],
                occurred_at=when,
                recorded_at=known,
                by=said.by,
            )
        )
    Excuse.objects.bulk_create(new, batch_size=900)
    Excuse.objects.bulk_update(changed, ["occurred_at", "recorded_at"], batch_size=300)
    models = {requirement.subject_type: requirement.subject for requirement in installed().values()}
    for kind, numbers in sorted(subjects.items()):
        ordered = sorted(numbers)
        for start in range(0, len(ordered), 900):
            found = models[kind]._default_manager.filter(pk__in=ordered[start : start + 900])
            ledger.refresh(*found, touching=False)
    return len(new) + len(changed)
