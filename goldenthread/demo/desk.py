"""Who does something, when it is done and when it is recorded: a team's practice, drawn by chance from the table."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from django.db import models

from goldenthread.catalogue.requirements import REQUIREMENTS
from goldenthread.core.clock import day_of
from goldenthread.core.timescales import timescale
from goldenthread.demo import words
from goldenthread.demo.arrivals import File
from goldenthread.demo.council import Council
from goldenthread.demo.diary import Diary
from goldenthread.demo.paths import Lateness
from goldenthread.demo.practice import LATENESS, RECORDED_LATE, TABLE
from goldenthread.demo.writer import Writer
from goldenthread.obligations.models import Excuse
from goldenthread.people.models import Officer

_TIMESCALES = {requirement.key: requirement.timescale for requirement in REQUIREMENTS}


class Desk:
    """Where a team's work is done."""

    def __init__(self, *, chance: Random, diary: Diary, council: Council, writer: Writer) -> None:
        self.chance, self.diary, self.council, self.writer = chance, diary, council, writer
        self.now = diary.now
        self.days = diary.day_number(diary.today)

    def pick(self, things: Sequence[str]) -> str:
        """Any of these words."""
        return things[int(self.chance.random() * len(things))]

    def worker(self, team: str) -> Officer:
        """Some social worker of a team."""
        of_team = self.council.workers[team]
        return of_team[int(self.chance.random() * len(of_team))]

    def decider(self, team: str) -> Officer:
        """Someone of the team who may decide."""
        of_team = self.council.deciders[team]
        return of_team[int(self.chance.random() * len(of_team))]

    def recorded(self, team: str, occurred: datetime, not_before: datetime) -> datetime:
        """When it was recorded: mostly within the hour, now and then some working days later."""
        draw = self.chance.random()
        if draw < RECORDED_LATE[team]:
            day, _ = self.diary.place(occurred)
            later = self.diary.workday(day, 1 + int(self.chance.expovariate(0.9)))
            known = self.diary.at(later, 540 + int(self.chance.random() * 420))
        else:
            known = occurred + timedelta(minutes=2 + int(40 * draw))
        return max(known, not_before)

    def due(self, requirement: str, since: datetime) -> datetime:
        """The last instant in time, by the rule library."""
        rule = timescale(_TIMESCALES[requirement] or "", day_of(since))
        return rule.due(since) if rule else since + timedelta(days=1)

    def done(self, requirement: str, team: str, since: datetime, due: datetime | None = None) -> datetime | None:
        """When something owed is done, by the team's practice at that time; None: never. due: the last instant in time,
        where it is not the requirement's own timescale that gives it."""
        chance = self.chance
        elapsed = self.diary.place(since)[0] / self.days
        due = due or self.due(requirement, since)
        if chance.random() < TABLE[requirement][team].share(elapsed):
            at = since + (due - since) * chance.betavariate(1.1, 3.2)
            if team != "hospital":
                at = self.diary.in_office_hours(at, chance)
            return (at if at <= due else since + (due - since) * 0.1).replace(second=0, microsecond=0) + timedelta(
                minutes=1
            )
        late = LATENESS[requirement]
        if chance.random() < late.never:
            return None
        after = due + timedelta(minutes=2 + int(chance.expovariate(1 / (late.days * 1440))))
        return self.diary.in_office_hours(after.replace(second=0, microsecond=0), chance)

    def share(self, requirement: str, team: str, since: datetime) -> float:
        """The share of this that the team does in time, at that point of the time loaded."""
        return TABLE[requirement][team].share(self.diary.place(since)[0] / self.days)

    def late(self, requirement: str) -> Lateness:
        """What becomes of what is not done in time."""
        return LATENESS[requirement]

    def excuse(self, requirement: str, record: models.Model, file: File, since: datetime, key: str = "") -> None:
        """Now and then a manager says why what was never done need not be done any more."""
        if self.chance.random() >= LATENESS[requirement].excused:
            return
        due = self.due(requirement, since)
        # Some are excused in time; most only afterwards, which takes them off the lists and leaves them overdue.
        drawn = self.chance.random()
        at = since + (due - since) * (0.5 + drawn) if drawn < 0.4 else due + timedelta(days=4 + 40 * drawn)
        at = self.diary.in_office_hours(at, self.chance)
        at = at.replace(second=0, microsecond=0)
        if at + timedelta(minutes=5) >= self.now:
            return
        self.writer.add(
            Excuse,
            requirement=requirement,
            subject_type=record._meta.label_lower,
            subject_id=record.pk,
            key=key,
            reason=words.EXCUSES.get(requirement, words.EXCUSE),
            occurred_at=at,
            recorded_at=at + timedelta(minutes=5),
            by=self.council.managers[file.held(at)[0]],
        )
