"""Where the made-up council's meetings are held: one, from its being convened to its minutes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from goldenthread.cases.models import Involvement
from goldenthread.core.clock import day_of
from goldenthread.demo.allocation import conferring_words as words
from goldenthread.demo.arrivals import File
from goldenthread.demo.assessment.desk import AssessmentDesk
from goldenthread.demo.practices.conferring import COMES, REPORTS
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.conferring.choices import CONFERENCES, INDEPENDENT, NOT_AGENCIES
from goldenthread.standards.allocation.conferring.course import invitations_due, reports_due
from goldenthread.standards.allocation.conferring.models import (
    Dissent,
    Invitation,
    InvitationReply,
    Invitee,
    Meeting,
    MeetingDecision,
    MeetingHeld,
    MeetingMove,
    MeetingSent,
    MeetingTold,
    OfMeeting,
    Presence,
    ReportStep,
    TookPart,
)
from goldenthread.standards.allocation.conferring.writing import AFTER_MINUTES, CHAIR_HAS
from goldenthread.standards.assessment.protection.models import (
    ProtectionPlan,
)

F = TypeVar("F", bound=OfMeeting)
_HOUR = timedelta(hours=1)


def to_minute(at: datetime) -> datetime:
    """Without its seconds."""
    return at.replace(second=0, microsecond=0)


@dataclass(slots=True)
class Room:
    """Where meetings are held."""

    desk: AssessmentDesk
    chairs: list[Officer]
    by_number: dict[int, Officer] = field(default_factory=dict)
    in_care: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.by_number = {officer.pk: officer for officer in self.desk.council.officers}

    def team(self, file: File, at: datetime) -> str:
        return file.held(at)[0]

    def worker(self, file: File, at: datetime) -> Officer:
        team, number = file.held(at)
        return self.by_number[number] if number else self.desk.worker(team)

    def chair(self, file: File, kind: str, at: datetime) -> Officer:
        """Whoever chairs it."""
        if kind in INDEPENDENT:
            return self.chairs[-1] if self.desk.chance.random() < 0.7 else self.chairs[0]
        return self.desk.council.managers[self.team(file, at)]

    def meet(
        self,
        file: File,
        kind: str,
        at: datetime,
        *,
        before: int = 0,
        convened: tuple[datetime, datetime] | None = None,
        known: datetime | None = None,
        plans: Sequence[ProtectionPlan] = (),
        discussion_id: int | None = None,
        children: Sequence[int] = (),
        told: Iterable[dict[str, Any]] = (),
        after: datetime | None = None,
    ) -> bool:
        """A meeting, from its being convened to its minutes, as far as it had come. known: when that it was held was recorded,
        where the procedures told that; before: so many days it is convened ahead. Returns whether it was held."""
        desk = self.desk
        begun = max([file.opened_at, *(plan.occurred_at for plan in plans), *([after] if after else [])])
        if convened is None:
            called = to_minute(desk.diary.in_office_hours(max(at - timedelta(days=before), begun), desk.chance))
            called = called if begun <= called < at else begun
            recorded = desk.recorded(self.team(file, called), called, max(called, after or called, *(plan.recorded_at for plan in plans)) if plans else max(called, after or called))  # fmt: skip
            convened = (called, min(recorded, known) if known else recorded)
        called, recorded = convened
        if recorded >= desk.now or called >= at or (known is not None and recorded > known):
            return False
        if file.closed_at is not None and at >= file.closed_at:
            return False
        return _Meeting(self, file, kind, at, called, recorded).go(
            known, plans, discussion_id, children or file.children, told
        )


@dataclass(slots=True)
class _Meeting:
    """One meeting."""

    room: Room
    file: File
    kind: str
    at: datetime
    called: datetime
    recorded: datetime
    row: Meeting = field(init=False)
    people: list[Invitee] = field(default_factory=list)
    invited: datetime | None = None

    @property
    def desk(self) -> AssessmentDesk:
        return self.room.desk

    @property
    def team(self) -> str:
        return self.room.team(self.file, self.at)

    def put(self, model: type[F], at: datetime, known: datetime, **more: Any) -> F:
        return self.desk.writer.add(
            model, meeting=self.row, occurred_at=at, recorded_at=known, by=self.room.worker(self.file, at), **more
        )

    def known(self, at: datetime, not_before: datetime) -> datetime | None:
        """When it was recorded; None where it has not happened, or nobody has recorded it yet."""
        if at >= self.desk.now or (self.file.closed_at is not None and at >= self.file.closed_at):
            return None
        known = self.desk.recorded(self.team, at, not_before)
        return known if known < self.desk.now else None

    def go(
        self,
        known: datetime | None,
        plans: Sequence[ProtectionPlan],
        discussion: int | None,
        children: Sequence[int],
        told: Iterable[dict[str, Any]],
    ) -> bool:
        """All of it."""
        held_known = known or self.known(self.at, self.recorded)
        moved = self.moved() if self.kind == "review-conference" and held_known is not None else None
        self.convene(moved[0] if moved else self.at, plans, discussion, children, told)
        if moved:
            _, said, move_known = moved
            why = "not-quorate" if self.desk.chance.random() < 0.4 else "family"
            self.put(
                MeetingMove, said, move_known, what="put-off", why=why, words=self.desk.pick(words.PUT_OFF),
                new_at=self.at,
            )  # fmt: skip
        self.invited = self.invite()
        self.reports(self.invited)
        if held_known is None or held_known >= self.desk.now:
            return False
        self.hold(held_known, children)
        return True

    def moved(self) -> tuple[datetime, datetime, datetime] | None:
        """Now and then it was put off once, the day before: the time that was first set, when it was put off, and when that was
        recorded."""
        desk = self.desk
        if desk.chance.random() >= 0.3:
            return None
        earlier = to_minute(desk.diary.in_office_hours(self.at - timedelta(days=6), desk.chance))
        said = earlier - timedelta(days=1)
        if said <= self.called or (known := self.known(said, self.recorded)) is None:
            return None
        return earlier, said, known

    def convene(
        self,
        planned: datetime,
        plans: Sequence[ProtectionPlan],
        discussion: int | None,
        children: Sequence[int],
        told: Iterable[dict[str, Any]],
    ) -> None:
        """The meeting, who should come, and what opens the file to the chair."""
        desk, room, writer = self.desk, self.room, self.desk.writer
        by, chair, tie = room.worker(self.file, self.called), room.chair(self.file, self.kind, self.called), None
        if self.kind in INDEPENDENT:
            tie = writer.add(
                Involvement, case_file_id=self.file.pk, officer=chair, kind="conference-chair",
                reason="Chairs a meeting about these children", since_at=self.recorded, recorded_at=self.recorded, by=by,
                until_at=self.at + CHAIR_HAS,
            )  # fmt: skip
        self.row = writer.add(
            Meeting, case_file_id=self.file.pk, kind=self.kind, convened_at=self.called, planned_for=planned,
            place=desk.pick(words.PLACES), chair=chair, tie=tie, discussion_id=discussion, recorded_at=self.recorded, by=by,
        )  # fmt: skip
        for child in children:
            writer.add(Meeting.children.through, meeting_id=self.row.pk, child_id=child)
        for plan in plans:
            writer.add(Meeting.plans.through, meeting_id=self.row.pk, protectionplan_id=plan.pk)
        for fact in told:
            writer.add(MeetingTold, meeting=self.row, **fact)
        worker = room.worker(self.file, self.called)
        self.should("social-care", "Social worker", worker.name, officer=worker)
        for agency in self.agencies():
            role, names = words.PEOPLE[agency]
            self.should(agency, role, desk.pick(names), in_touch=agency != "police" or desk.chance.random() < 0.5)
        self.should("family", "Mother", "", in_touch=False, reports=False)

    def should(self, agency: str, role: str, name: str, **more: Any) -> None:
        given = {"in_touch": True, "reports": self.kind in CONFERENCES} | more
        self.people.append(self.put(Invitee, self.called, self.recorded, agency=agency, role=role, name=name, **given))

    def agencies(self) -> list[str]:
        """Those that have to do with the children of this file: the same at each meeting about them."""
        number, conference = self.file.pk, self.kind in CONFERENCES
        found = ["health-visitor" if number % 3 else "school-nurse", "school" if number % 4 else "nursery"]
        if conference:
            found += ["police", "surgery"]
        if number % 5 == 0:
            found.append("housing")
        if number % 7 == 0:
            found.append("mental-health")
        if number % 11 == 0:
            found.append("probation")
        return found

    def invite(self) -> datetime | None:
        """By the team's practice where it is a conference, else mostly at once."""
        desk = self.desk
        at: datetime | None = self.called + timedelta(hours=3)
        if self.kind in CONFERENCES:
            due = invitations_due(self.row, self.at)
            at = desk.done("allocation.conference-invitations", self.team, self.called, due)
        if at is None or at >= self.at:
            return None
        at = to_minute(max(at, self.called))
        known = self.known(at, self.recorded)
        if known is None:
            return None
        how = "letter" if desk.chance.random() < 0.4 else "email"
        for one in self.people:
            self.put(Invitation, at, known, invitee=one, how=how)
        return at

    def reports(self, invited: datetime | None) -> None:
        """Each agency's own way; those that are missing are asked for again, by the team's practice."""
        if invited is None or self.kind not in CONFERENCES or (due := reports_due(self.row, self.at)) is None:
            return
        desk, chance, elapsed = self.desk, self.desk.chance, self.desk.diary.place(self.at)[0] / self.desk.days
        key = (
            "allocation.conference-reports"
            if self.kind == "initial-conference"
            else "allocation.review-conference-reports"
        )
        chased = desk.done(key, self.team, invited, max(due, invited + _HOUR))
        for one in self.people:
            if not one.reports:
                continue
            share = 0.92 if one.agency == "social-care" else REPORTS[one.agency].share(elapsed)
            if chance.random() < share:
                in_time = chance.random() < 0.8 and due > invited + _HOUR
                latest = due if in_time else self.at
                earliest = invited if in_time else max(due, invited)
                at = to_minute(earliest + (latest - earliest) * (0.3 + 0.65 * chance.random()))
                if at >= earliest and (known := self.known(at, self.recorded)) is not None:
                    self.put(ReportStep, at, max(known, at), invitee=one, step="received", words="")
                    if in_time or chased is None or chased > at:
                        continue
            if (
                chased is not None
                and invited <= chased < self.at
                and (known := self.known(to_minute(chased), self.recorded)) is not None
            ):
                self.put(
                    ReportStep,
                    max(to_minute(chased), invited),
                    known,
                    invitee=one,
                    step="chased",
                    words=desk.pick(words.CHASED),
                )

    def hold(self, known: datetime, children: Sequence[int]) -> None:
        """It was held: who came, what was decided, and what went out."""
        desk, chance = self.desk, self.desk.chance
        came = self.who_came()
        enough = len({p.agency for p, o in came if o != "absent" and p.in_touch and p.agency not in NOT_AGENCIES}) >= 2
        conference = self.kind in CONFERENCES
        told_at: datetime | None = known
        if conference:
            told_at = desk.done("allocation.conference-attendance", self.team, self.at)
            told_at = max(told_at, known) if told_at is not None else None
        why_on = desk.pick(words.WHY_ON) if conference and not enough and told_at is not None else ""
        self.put(MeetingHeld, self.at, known, words=desk.pick(words.DECIDED[self.kind]), why_on=why_on)
        if told_at is not None and told_at < desk.now:
            for one, outcome in came:
                self.put(Presence, self.at, told_at, invitee=one, outcome=outcome)
        for child in children:
            if chance.random() < 0.65:
                how = "came" if chance.random() < 0.2 else "views" if chance.random() < 0.8 else "helped"
                self.put(TookPart, self.at, known, child_id=child, how=how, words=desk.pick(words.CHILD))
        if chance.random() < 0.75:
            self.put(TookPart, self.at, known, child=None, how="came", words=desk.pick(words.FAMILY))
        number = int(chance.random() * len(words.TO_DO))
        for what, who in (words.TO_DO * 2)[number : number + (3 if conference else 2)]:
            by_when = day_of(self.at) + timedelta(days=14 + int(40 * chance.random()))
            self.put(MeetingDecision, self.at, known, what=what, who=who, by_when=by_when)
        if conference and chance.random() < 0.12:
            who, why = words.DISSENT[int(chance.random() * len(words.DISSENT))]
            self.put(Dissent, self.at, known, who=who, why=why)
        if conference:
            for what in ("decisions", "minutes"):
                self.send(what, known)

    def who_came(self) -> list[tuple[Invitee, str]]:
        """Each agency's own way; whether there is a quorum is the team's doing."""
        desk, chance, elapsed = self.desk, self.desk.chance, self.desk.diary.place(self.at)[0] / self.desk.days
        there: dict[int, bool] = {}
        for one in self.people:
            ours = {"social-care": 1.0, "family": 0.8}.get(one.agency)
            there[one.pk] = chance.random() < (COMES[one.agency].share(elapsed) if ours is None else ours)
        if self.kind in CONFERENCES:
            enough = chance.random() < desk.share("allocation.conference-quorum", self.team, self.at)
            known = [one.pk for one in self.people if one.in_touch and one.agency not in NOT_AGENCIES]
            came = [pk for pk in known if there[pk]]
            if enough:
                there |= dict.fromkeys([pk for pk in known if pk not in came][: max(0, 2 - len(came))], True)
            else:
                there |= dict.fromkeys(came[1:], False)
        outcomes = []
        for one in self.people:
            draw, is_there = chance.random(), there[one.pk]
            outcomes.append(
                (one, ("late" if draw < 0.06 else "phone" if draw < 0.1 else "came") if is_there else "absent")
            )
            if not is_there and draw < 0.55 and one.agency != "family" and self.invited is not None:
                self.apologise(one)
        return outcomes

    def apologise(self, one: Invitee) -> None:
        """They sent word the day before."""
        at = max(to_minute(self.at - timedelta(hours=20)), self.invited or self.called)
        if (known := self.known(at, self.recorded)) is not None:
            self.put(
                InvitationReply, at, known, invitee=one, answer="apologies", instead=self.desk.pick(words.APOLOGIES)
            )

    def send(self, what: str, held_known: datetime) -> None:
        """By the team's practice. Once the minutes are out, the file closes to the chair."""
        key = f"allocation.conference-{what}"
        at = self.desk.done(key, self.team, self.at)
        if at is None:
            self.desk.excuse(key, self.row, self.file, self.at)
            return
        at = to_minute(max(at, self.at + timedelta(minutes=10)))
        if (known := self.known(at, held_known)) is not None:
            self.put(MeetingSent, at, known, what=what, to=words.SENT[what])
            if what == "minutes" and self.row.tie is not None:
                self.row.tie.until_at = min(self.row.tie.until_at or known, known + AFTER_MINUTES)
