"""Supervision: who met whom and when, what was said of each case, and what was agreed."""

from bisect import bisect_left
from datetime import datetime, timedelta
from typing import Any

from goldenthread.core.clock import day_of
from goldenthread.demo.allocation import supervising_words as words
from goldenthread.demo.arrivals import File
from goldenthread.demo.assessment.desk import AssessmentDesk
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.supervising.choices import Question
from goldenthread.standards.allocation.supervising.models import (
    AgreedDone,
    AgreedMoved,
    AgreedTakenBack,
    CaseSupervision,
    SupervisionAction,
    SupervisionAnswer,
    SupervisionPair,
    SupervisionSession,
)

SUPERVISED, DISCUSSED, DONE = (
    "allocation.worker-supervised", "allocation.case-discussed", "allocation.supervision-action-done",
)  # fmt: skip
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


def practise(desk: AssessmentDesk) -> None:
    """Every worker is supervised by their team's manager, and every case that somebody holds is talked over."""
    sessions: dict[int, list[SupervisionSession]] = {}
    for team, workers in desk.council.workers.items():
        for worker in workers:
            sessions[worker.pk] = _Pair(desk, team, worker).go()
    for file in desk.files:
        _Case(desk, file, sessions).go()


class _Pair:
    """One worker and the manager of their team, from before the first day on."""

    def __init__(self, desk: AssessmentDesk, team: str, worker: Officer) -> None:
        self.desk, self.team, self.worker = desk, team, worker
        self.manager = desk.council.managers[team]

    def go(self) -> list[SupervisionSession]:
        """Their sessions, one after the other; now and then one is missed. Returns those that were held."""
        desk, chance = self.desk, self.desk.chance
        begun = desk.diary.at(desk.diary.workday(int(chance.random() * 15), 0), 570)
        if begun >= desk.now - _DAY:
            return []
        self.pair = desk.writer.add(
            SupervisionPair, worker=self.worker, supervisor=self.manager, team=desk.council.teams[self.team], since_at=begun,
            recorded_at=begun + 20 * _MINUTE, by=self.manager,
        )  # fmt: skip
        held: list[SupervisionSession] = []
        at = begun
        while True:
            due = desk.due(SUPERVISED, at)
            following = desk.done(SUPERVISED, self.team, at) or due + timedelta(days=18 + int(chance.random() * 12))
            if following > due and chance.random() < 0.5:
                planned = desk.diary.in_office_hours(due - timedelta(days=1 + int(chance.random() * 3)), chance)
                self.put(planned.replace(second=0, microsecond=0), held=False, why_missed=desk.pick(words.MISSED))
            at = max(following, at + _DAY).replace(second=0, microsecond=0)
            made = self.put(at, held=True, why_missed="")
            if made is None:
                return held
            held.append(made)

    def put(self, at: datetime, **said: Any) -> SupervisionSession | None:
        """One session, unless it has not come yet, or nobody has recorded it yet."""
        desk, chance = self.desk, self.desk.chance
        known = desk.recorded(self.team, at, at)
        if at >= desk.now or known >= desk.now:
            return None
        planned = desk.diary.at(desk.diary.workday(desk.diary.place(at)[0] + 27, 0), 600)
        return desk.writer.add(
            SupervisionSession, pair=self.pair, occurred_at=at, recorded_at=known, by=self.manager,
            next_at=planned if chance.random() < 0.7 else None, **said,
        )  # fmt: skip


class _Case:
    """One case file, for as long as each worker holds it."""

    def __init__(self, desk: AssessmentDesk, file: File, sessions: dict[int, list[SupervisionSession]]) -> None:
        self.desk, self.file, self.sessions = desk, file, sessions
        self.ends = min(file.closed_at or desk.now, desk.now)

    def go(self) -> None:
        """Each spell with a worker."""
        holdings = [one for one in self.file.holdings if one[0] + 20 * _MINUTE < self.ends] or self.file.holdings[:1]
        for number, (since, team, worker) in enumerate(holdings):
            until = holdings[number + 1][0] if number + 1 < len(holdings) else self.ends
            if worker is not None:
                self.spell(since, min(until, self.ends), team, worker)

    def spell(self, since: datetime, until: datetime, team: str, worker: int) -> None:
        """Talked over again and again, as the team practises, until somebody else has it or it is closed."""
        desk, chance = self.desk, self.desk.chance
        at = since
        while True:
            due = desk.due(DISCUSSED, at)
            following = desk.done(DISCUSSED, team, at) or due + timedelta(days=15 + int(chance.random() * 30))
            session = self.session(worker, max(following, at + 2 * _DAY))
            at = session.occurred_at if session else max(following, at + 2 * _DAY).replace(second=0, microsecond=0)
            if at >= until - 2 * timedelta(hours=1) or not self.talk(at, team, worker, session, until):
                return

    def session(self, worker: int, at: datetime) -> SupervisionSession | None:
        """The worker's next session, where one is near; else it is talked over by itself."""
        held = self.sessions.get(worker, [])
        place = bisect_left([one.occurred_at for one in held], at)
        if place < len(held) and held[place].occurred_at - at < timedelta(days=8):
            return held[place]
        return None

    def talk(
        self, at: datetime, team: str, worker: int, session: SupervisionSession | None, until: datetime
    ) -> CaseSupervision | None:
        """What was said, each answer, and now and then something that somebody is to do."""
        desk, chance = self.desk, self.desk.chance
        manager = desk.council.managers[team]
        known = desk.recorded(team, at, max(at, session.recorded_at) if session else at)
        if known >= desk.now:
            return None
        said = desk.writer.add(
            CaseSupervision, case_file_id=self.file.pk, session=session, worker_id=worker, by=manager, occurred_at=at,
            recorded_at=known, discussed=desk.pick(words.DISCUSSED), decisions=desk.pick(words.DECIDED),
        )  # fmt: skip
        for question in Question:
            answer, word = words.answer(question, chance)
            desk.writer.add(SupervisionAnswer, supervision=said, question=question.value, answer=answer, words=word)
        if chance.random() < 0.35:
            self.agree(said, team, worker, manager, until)
        return said

    def agree(self, said: CaseSupervision, team: str, worker: int, manager: Officer, until: datetime) -> None:
        """By a day; done, late, moved, taken back, or not yet."""
        desk, chance = self.desk, self.desk.chance
        agreed, known = said.occurred_at, said.recorded_at + 4 * _MINUTE
        day = desk.diary.workday(desk.diary.place(agreed)[0], 4 + int(chance.random() * 15))
        if known >= desk.now:
            return
        by = desk.diary.days[day]
        action = desk.writer.add(
            SupervisionAction, case_file_id=self.file.pk, supervision=said, what=desk.pick(words.AGREED), officer_id=worker,
            due=by, agreed_at=agreed, recorded_at=known, by=manager,
        )  # fmt: skip
        end = desk.diary.at(day, 23 * 60 + 59)
        draw, middle = chance.random(), (known + (end - known) * 0.5).replace(second=0, microsecond=0)
        if draw < 0.10 and known < middle < min(until, desk.now, end):
            fact: dict[str, Any] = {"action": action, "occurred_at": middle, "recorded_at": middle, "by": manager}
            if draw < 0.03:
                desk.writer.add(AgreedTakenBack, words=desk.pick(words.TAKEN_BACK), **fact)
                return
            day = desk.diary.workday(day, 5)
            end = desk.diary.at(day, 23 * 60 + 59)
            desk.writer.add(
                AgreedMoved, officer_id=worker, due=desk.diary.days[day], words=desk.pick(words.MOVED), **fact
            )
        at = desk.done(DONE, team, agreed, due=end)
        if at is None or at <= middle:
            at = at and middle + 5 * _MINUTE
        if at is None or at >= until:
            return
        at = at.replace(second=0, microsecond=0)
        done = max(desk.recorded(team, at, at), known)
        if done < min(desk.now, until) and day_of(at) >= day_of(agreed):
            desk.writer.add(
                AgreedDone, action=action, words=desk.pick(words.DONE), occurred_at=at, recorded_at=done, by_id=worker
            )
