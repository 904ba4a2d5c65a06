"""Legal advice at any hour: the rota and its gaps, requests and how long they took (2.8)."""

from bisect import bisect_right
from datetime import date, datetime, time, timedelta

from goldenthread.core.clock import LONDON, start_of
from goldenthread.demo.assessment import legal_words as words
from goldenthread.demo.assessment.desk import AssessmentDesk
from goldenthread.demo.practices.legal import WEEK_IN_TIME
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.legal.coverage import week_of
from goldenthread.standards.assessment.legal.models import (
    AdviceAnswer,
    AdviceRequest,
    CoverWeek,
    LegalRota,
    PartnerCouncil,
    RotaKeeper,
    RotaShift,
    ShiftEnd,
    Solicitor,
    TestCall,
)
from goldenthread.standards.assessment.legal.rota import WEEKS_OWED

BEGAN_AFTER = 70
"""Days before anyone kept a rota."""

AHEAD, OPEN_WEEK = 54, 3
"""How many days ahead a rota that is well kept is arranged; and the week ahead whose weekend is still open."""
_WEEK = timedelta(days=7)


def practise(desk: AssessmentDesk) -> None:
    """The rota from its start, with its gaps; tests of the number; and what was asked."""
    keeper = next(officer for officer in desk.council.officers if officer.role == "group-manager")
    day = desk.diary.workday(min(BEGAN_AFTER, desk.days // 4), 0)
    started = desk.diary.at(day, 600)
    if started >= desk.now:
        return
    rota = _Rota(desk, keeper, started)
    rota.keep()
    rota.ring()
    _ask(desk, rota)


class _Rota:
    """The rota as its keeper kept it."""

    def __init__(self, desk: AssessmentDesk, keeper: Officer, started: datetime) -> None:
        self.desk, self.keeper, self.started, self.chance = desk, keeper, started, desk.chance
        add = desk.writer.add
        self.rota = add(LegalRota, started_at=started, recorded_at=started, by=keeper)
        add(RotaKeeper, rota=self.rota, officer=keeper, since_at=started, recorded_at=started, by=keeper)
        self.solicitors: list[Solicitor] = []
        for council, people in words.COUNCILS.items():
            found = add(PartnerCouncil, name=council, name_key=council.casefold())
            self.solicitors += [
                add(Solicitor, name=name, council=found, phone=phone, recorded_at=started + timedelta(minutes=30), by=keeper)
                for name, phone in people
            ]  # fmt: skip
        self.own, self.partners = self.solicitors[:2], self.solicitors[2:]
        self.weeks: list[CoverWeek] = []
        self.taken: list[tuple[datetime, datetime, Solicitor]] = []

    def keep(self) -> None:
        """Week after week, as far ahead as they are owed; arranged as far ahead as it was kept."""
        monday = week_of(self.desk.diary.days[self.desk.diary.place(self.started)[0]]) + _WEEK
        today = self.desk.diary.today
        at = monday
        while at < today + WEEKS_OWED * _WEEK:
            self.weeks.append(
                self.desk.writer.add(
                    CoverWeek, rota=self.rota, starts_at=start_of(at), ends_at=start_of(at + _WEEK),
                    recorded_at=self.started,
                )
            )  # fmt: skip
            at += _WEEK
        self._begins = [week.starts_at for week in self.weeks]
        number = 0
        while monday < today + timedelta(days=AHEAD):
            self.week(number, monday)
            number, monday = number + 1, monday + _WEEK

    def week(self, number: int, monday: date) -> None:
        """One week's shifts: by day our own lawyers, by night and at weekends the partners in turn."""
        chance, desk = self.chance, self.desk
        ahead = monday > desk.diary.today
        elapsed = max(0, desk.diary.day_number(monday)) / desk.days
        in_time = ahead or chance.random() < WEEK_IN_TIME.share(elapsed)
        lead = AHEAD if ahead else 20 + int(chance.random() * 30)
        settled = self.arranged(monday, lead)
        late = set() if in_time else {int(chance.random() * 10), int(chance.random() * 10)}
        turns: list[tuple[int, int, int, Solicitor]] = []  # first day, its hour, days until nine or five, who
        turns += [(day, 9, 0, self.own[(number + day) % 2]) for day in range(5)]
        turns += [(day, 17, 1, self.partners[(number * 5 + day) % 6]) for day in range(4)]
        turns += [(4, 17, 3, self.partners[(number * 5 + 4) % 6])]
        cut = int(chance.random() * 10) if not ahead and chance.random() < 0.09 else None
        open_week = week_of(desk.diary.today) + OPEN_WEEK * _WEEK
        for place, (day, hour, days, who) in enumerate(turns):
            at = settled
            if place in late:
                if chance.random() < 0.35 - 0.3 * elapsed:
                    continue
                at = self.arranged(monday, 1 + int(chance.random() * 9))
            if monday == open_week and days == 3:
                continue
            starts = datetime.combine(monday + timedelta(days=day), time(hour), LONDON)
            ends = datetime.combine(monday + timedelta(days=day + days), time(9 if days else 17), LONDON)
            shift = self.shift(who, starts, ends, max(at, self.started + timedelta(hours=1)))
            if shift and place == cut:
                self.cut(shift, who)
        if number % 3 == 0:
            starts = datetime.combine(monday + timedelta(days=4), time(17), LONDON)
            ends = datetime.combine(monday + timedelta(days=7), time(9), LONDON)
            self.shift(
                self.partners[(number * 5 + 1) % 6],
                starts,
                ends,
                max(settled, self.started + timedelta(hours=1)),
                "second",
            )

    def arranged(self, monday: date, days: int) -> datetime:
        """So many days before a Monday, in office hours."""
        day = self.desk.diary.day_number(monday) - days
        return self.desk.diary.at(self.desk.diary.workday(max(day, 0), 0), 560 + int(self.chance.random() * 300))

    def shift(
        self, who: Solicitor, starts: datetime, ends: datetime, arranged: datetime, call: str = "first"
    ) -> RotaShift | None:
        """A shift, unless it is not arranged yet, or would begin before it was."""
        known = arranged + timedelta(minutes=2 + int(self.chance.random() * 30))
        if known >= self.desk.now or starts < arranged:
            return None
        shift = self.desk.writer.add(
            RotaShift, rota=self.rota, solicitor=who, call=call, starts_at=starts, ends_at=ends, occurred_at=arranged,
            recorded_at=known, by=self.keeper,
        )  # fmt: skip
        place = bisect_right(self._begins, starts) - 1
        for week in self.weeks[max(place, 0) : place + 2]:
            if week.starts_at < ends and starts < week.ends_at:
                self.desk.writer.add(RotaShift.weeks.through, rotashift_id=shift.pk, coverweek_id=week.pk)
        if call == "first":
            self.taken.append((starts, ends, who))
        return shift

    def cut(self, shift: RotaShift, who: Solicitor) -> None:
        """Somebody falls ill: mostly another takes the shift over at once, now and then for some hours nobody does."""
        chance = self.chance
        said = (shift.starts_at - timedelta(hours=5 + 40 * chance.random())).replace(second=0, microsecond=0)
        if said <= shift.recorded_at or said >= self.desk.now - timedelta(hours=1):
            return
        group = self.own if who in self.own else self.partners
        other = group[(group.index(who) + (1 if group is self.own else 2)) % len(group)]
        instead = None
        if chance.random() < 0.7:
            instead = self.shift(other, shift.starts_at, shift.ends_at, said)
        known = instead.recorded_at if instead else said + timedelta(minutes=20)
        until = shift.starts_at if instead else shift.starts_at + timedelta(hours=2)
        self.desk.writer.add(
            ShiftEnd, shift=shift, ends_at=until, reason=self.desk.pick(words.WHY_CUT), occurred_at=said, recorded_at=known,
            by=self.keeper, instead=instead,
        )  # fmt: skip

    def ring(self) -> None:
        """The number is rung twice a year or so; once nobody answered."""
        at = self.started
        for number, days in enumerate((120, 205, 9, 150, 160, 170)):
            answered = number != 1
            day = self.desk.diary.place(at)[0] + days
            at = self.desk.diary.at(day, 1230 + int(self.chance.random() * 120))
            if at + timedelta(minutes=30) >= self.desk.now:
                return
            self.desk.writer.add(
                TestCall, rota=self.rota, answered=answered, minutes=1 + number if answered else None,
                words="" if answered else "It rang out twice, and there was no message", occurred_at=at,
                recorded_at=at + timedelta(minutes=12), by=self.keeper,
            )  # fmt: skip

    def on_call(self, at: datetime) -> Solicitor:
        """Whoever was on first call, as it was first arranged; without one, one of our own."""
        return next((who for starts, ends, who in self.taken if starts <= at < ends), self.own[0])


def _ask(desk: AssessmentDesk, rota: _Rota) -> None:
    """Where a child may have to be kept safe, somebody asks what the law allows."""
    chance = desk.chance
    for file in desk.files:
        for _, decision in file.referrals:
            draw, wait, hour = chance.random(), chance.random(), chance.random()
            often = {"strategy-discussion": 0.75, "assessment": 0.06}.get(decision.what if decision else "", 0.0)
            if decision is None or draw >= often:
                continue
            asked = (decision.occurred_at + timedelta(hours=0.3 + 20 * wait)).replace(second=0, microsecond=0)
            team, _ = file.held(asked)
            known = max(desk.recorded(team, asked, decision.recorded_at), asked)
            if known >= desk.now or asked < rota.started or (file.closed_at and asked > file.closed_at):
                continue
            request = desk.writer.add(
                AdviceRequest, case_file_id=file.pk, question=desk.pick(words.QUESTIONS), urgency="now" if hour < 0.5 else "today",
                asked_at=asked, recorded_at=known, by=desk.worker(team),
            )  # fmt: skip
            at = desk.done("assessment.legal-answered", team, asked)
            if at is None or at >= desk.now:
                continue
            heard = desk.recorded(team, at, known)
            if heard >= desk.now:
                continue
            outcome = words.OUTCOMES[int(chance.random() * len(words.OUTCOMES))]
            desk.writer.add(
                AdviceAnswer, request=request, solicitor=rota.on_call(at), advice=desk.pick(words.ADVICE[outcome]),
                privileged=True, outcome=outcome, occurred_at=at, recorded_at=heard, by=desk.worker(team),
            )  # fmt: skip
