"""The child protection register, or today's child protection plans: who is on it, and the check of it for every referral (2.4).

Nobody is searched for here: other records that a check shows are drawn among children of the same family name, and judged
as the search judges them.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from goldenthread.cases.finding.judging import Name, birth_near, name_near
from goldenthread.cases.models import Child
from goldenthread.core.clock import day_of
from goldenthread.demo.arrivals import File, Weighted
from goldenthread.demo.assessment.desk import AssessmentDesk
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.register.checks import (
    AskedAfter,
    CandidateAnswer,
    CheckDecision,
    CheckSettled,
    RegisterCheck,
    Shown,
)
from goldenthread.standards.assessment.register.models import KeyWorker, Listing, RegisterEntry, Removal
from goldenthread.standards.referrals.models import Referral

# England, the year to 31 March 2024: 62,110 child protection plans began (d1_child_protection_plans_2013_to_2024.csv,
# Department for Education), and 621,880 referrals were received.
STARTS_PER_REFERRAL = 62_110 / 621_880
_OF_THOSE = {"strategy-discussion": 0.62, "assessment": 0.16}
"""How likely a plan is after each decision, so that the whole comes near the national share. Ours."""
_KINDS = Weighted({"neglect": 48, "emotional": 36, "physical": 8, "sexual": 4, "neglect emotional": 4})
"""Kinds of harm: ours, near what is published of England (not checked against the original)."""
_MONTHS = Weighted({2: 20, 4: 12, 8: 40, 16: 24, 30: 4})
"""How long a plan lasts. Ours, near what is published (not checked against the original)."""
_CONTACTS = ("Duty desk, Thornshire Council", "Safeguarding unit, Mereborough Council")
_ASKERS = (
    ("the ward sister", "Wexcombe General Hospital, emergency department", "A child with bruises is on the ward"),
    ("the duty officer", "Thornshire Council", "The family has moved into their area"),
    ("K. Szymanska", "Wexshire Police, public protection", "An officer is at the family's home"),
)
_KNOWN = (
    "Rang the school: another date of birth",
    "Both files were read side by side",
    "The health visitor knows both children",
)


@dataclass(slots=True)
class Spell:
    """One child's time on the register, as far as the demonstration knows it."""

    entry: RegisterEntry
    since: datetime
    known: datetime
    until: datetime | None = None
    until_known: datetime | None = None


class Register:
    """Keeps the register, then checks it for every referral."""

    def __init__(self, desk: AssessmentDesk) -> None:
        desk.writer.flush()  # what a check shows is read from the children
        self.desk, self.chance, self.writer = desk, desk.chance, desk.writer
        self.spells: dict[int, list[Spell]] = defaultdict(list)
        self.children = {child.pk: child for child in Child.objects.all()}
        self.seen: dict[int, date] = {
            pk: family.seen for family in desk.families if family.seen for pk in family.children
        }
        self.namesakes: dict[str, list[int]] = defaultdict(list)
        for child in self.children.values():
            self.namesakes[child.family_name].append(child.pk)

    # Entries

    def keep(self, file: File) -> None:
        """Children of a file go on the register after a conference, and come off it again."""
        for referral, decision in file.referrals:
            other = referral.agency_kind == "other-council"
            likely = 0.5 if other else _OF_THOSE.get(decision.what, 0.0) if decision else 0.0
            if self.chance.random() >= likely or decision is None:
                continue
            day, _ = self.desk.diary.place(decision.recorded_at)
            at = self.desk.diary.at(self.desk.diary.workday(day, 9 + int(6 * self.chance.random())), 840)
            for child in file.children:
                if self.chance.random() < 0.85 and not self.is_on(child, at):
                    self.enter(file, child, at, referral if other else None)

    def is_on(self, child: int, at: datetime) -> bool:
        """Whether a child is on it, or will be, from an instant on."""
        return any(spell.until is None or spell.until > at for spell in self.spells[child])

    def enter(self, file: File, child: int, at: datetime, from_other: Referral | None) -> None:
        """One entry with all that is known of it."""
        desk, chance = self.desk, self.chance
        team, worker = file.held(at)
        known = desk.recorded(team, at, at)
        if known >= desk.now or (file.closed_at and file.closed_at < known + timedelta(days=2)):
            return
        council = int(chance.random() * len(_CONTACTS))
        entry = self.writer.add(
            RegisterEntry, case_file_id=file.pk, child_id=child, recorded_at=known, by=desk.council.managers[team],
            council=("Thornshire Council", "Mereborough Council")[council] if from_other else "",
            council_contact=_CONTACTS[council] if from_other else "",
            notified_at=from_other.received_at if from_other else None,
        )  # fmt: skip
        spell = Spell(entry, at, known)
        self.spells[child].append(spell)
        kinds = _KINDS.draw(chance).split()
        first = self.record_kinds(entry, team, kinds, at, known)
        self.writer.add(
            KeyWorker, entry=entry, occurred_at=at, recorded_at=known, by=entry.by, name="Tove Marsh" if from_other else "",
            officer_id=None if from_other else worker or desk.worker(team).pk,
        )  # fmt: skip
        if chance.random() < 0.03:
            self.correct(first, team)
        self.go_on(spell, file, kinds, other=from_other is not None)

    def record_kinds(self, entry: RegisterEntry, team: str, kinds: list[str], at: datetime, known: datetime) -> Listing:
        """The kinds of harm from an instant on."""
        by = self.desk.council.managers[team]
        return self.writer.add(
            Listing, entry=entry, occurred_at=at, recorded_at=known, by=by, **dict.fromkeys(kinds, True)
        )

    def correct(self, first: Listing, team: str) -> None:
        """The minutes show another hour than was recorded."""
        known = first.recorded_at + timedelta(days=3)
        if known < self.desk.now:
            self.writer.add(
                Listing, entry=first.entry, occurred_at=first.occurred_at - timedelta(minutes=30), recorded_at=known,
                by=self.desk.council.managers[team], supersedes=first, root=first,
                correction_reason="The minutes give an earlier hour", **dict.fromkeys(first.categories, True),
            )  # fmt: skip

    def go_on(self, spell: Spell, file: File, kinds: list[str], *, other: bool) -> None:
        """Other kinds of harm, another key worker, and the end."""
        desk, chance, since = self.desk, self.chance, spell.since
        months = int(_MONTHS.draw(chance))
        ends = desk.diary.in_office_hours(since + timedelta(days=months * 30.4 * (0.7 + 0.6 * chance.random())), chance)
        ends = ends.replace(second=0, microsecond=0)
        if file.closed_at and ends >= file.closed_at:
            ends = file.closed_at - timedelta(hours=3)
        ends = max(ends, since + timedelta(days=1))
        if chance.random() < 0.12:
            self.change(spell, file, kinds, since + (ends - since) * 0.5)
        if not other:
            self.hand_over(spell, file, ends)
        team, _ = file.held(ends)
        known = desk.recorded(team, ends, ends)
        if known >= desk.now:
            return
        moved = chance.random()
        reason = "left" if other else "moved" if moved < 0.08 else "looked-after" if moved < 0.2 else "safer"
        self.writer.add(
            Removal, entry=spell.entry, occurred_at=ends, recorded_at=known, by=desk.council.managers[team], reason=reason,
        )  # fmt: skip
        spell.until, spell.until_known = ends, known

    def change(self, spell: Spell, file: File, kinds: list[str], at: datetime) -> None:
        """The review conference names other kinds."""
        at = self.desk.diary.in_office_hours(at, self.chance).replace(second=0, microsecond=0)
        other = ["emotional"] if kinds != ["emotional"] else ["neglect", "emotional"]
        team, _ = file.held(at)
        known = self.desk.recorded(team, at, at)
        if spell.since + timedelta(days=4) < at and known < self.desk.now:
            self.record_kinds(spell.entry, team, other, at, known)

    def hand_over(self, spell: Spell, file: File, ends: datetime) -> None:
        """Whoever the file is handed to becomes the key worker."""
        for since, team, worker in file.holdings:
            known = since + timedelta(minutes=25)
            if worker is not None and spell.since + timedelta(hours=1) < since < ends and known < self.desk.now:
                self.writer.add(
                    KeyWorker, entry=spell.entry, occurred_at=since, recorded_at=known, officer_id=worker,
                    by=self.desk.council.managers[team],
                )  # fmt: skip

    def state_of(self, child: int, at: datetime) -> tuple[str, RegisterEntry | None]:
        """How a child stood to the register at an instant, on what was recorded by then."""
        found: tuple[str, RegisterEntry | None] = ("none", None)
        for spell in self.spells.get(child, ()):
            if spell.known > at:
                continue
            ended = spell.until is not None and spell.until_known is not None and spell.until_known <= at
            if not ended:
                return ("other-council" if spell.entry.council else "on"), spell.entry
            found = ("was", spell.entry)
        return found

    # Checks

    def check(self, file: File, referral: Referral) -> None:
        """The register is searched for a referral, and what is found decided; or it is not."""
        desk, key = self.desk, "assessment.register-check"
        team, _ = file.held(referral.received_at)
        at = desk.done(key, team, referral.received_at)
        if at is None:
            desk.excuse(key, referral, file, referral.received_at)
            if self.chance.random() < 0.8:
                return
            looked = desk.diary.in_office_hours(referral.recorded_at + timedelta(hours=1), self.chance)
            if looked < desk.now:  # somebody looked, and decided nothing
                self.ask(file, referral, looked.replace(second=0, microsecond=0), desk.worker(team))
            return
        at = max(at, referral.recorded_at + timedelta(minutes=4))
        if at >= desk.now:
            return
        by = desk.worker(team)
        check, shown = self.ask(file, referral, at - timedelta(minutes=2), by)
        decision = self.writer.add(CheckDecision, check_of=check, occurred_at=at, recorded_at=at, by=by)
        for row in shown:
            draw = self.chance.random()
            answer = "unsure" if draw < 0.18 else "is-not"
            self.writer.add(CandidateAnswer, decision=decision, shown=row, answer=answer)
            if answer == "unsure":
                self.settle(file, referral, row, at)

    def ask(self, file: File, referral: Referral, at: datetime, by: Officer) -> tuple[RegisterCheck, list[Shown]]:
        """What was asked and shown."""
        check = self.writer.add(RegisterCheck, referral=referral, asked_at=at, by=by)
        found = []
        for pk in file.children:
            child = self.children[pk]
            state, entry = self.state_of(pk, at)
            asked = self.writer.add(
                AskedAfter, check_of=check, child=child, given_names=child.given_names, family_name=child.family_name,
                date_of_birth=child.date_of_birth, state=state, entry=entry,
            )  # fmt: skip
            found += self.show(asked, child, file, at)
        return check, found

    def show(self, asked: AskedAfter, child: Child, file: File, at: datetime) -> list[Shown]:
        """Now and then another child of the name."""
        if self.chance.random() >= 0.25:
            return []
        others = self.namesakes[child.family_name]
        other = self.children[others[int(self.chance.random() * len(others))]]
        seen = self.seen.get(other.pk)
        if other.pk in file.children or seen is None or seen >= day_of(at):
            return []
        near, why = name_near(
            Name.of(child.given_names, child.family_name), Name.of(other.given_names, other.family_name)
        )
        born, born_why = birth_near(child.date_of_birth, other)
        if not why:
            return []
        state, entry = self.state_of(other.pk, at)
        score = max(1, min(100, round(55 * max(0.0, (near - 0.35) / 0.65) + born)))
        why = [*why, *([born_why] if born_why else [])]
        return [
            self.writer.add(Shown, asked=asked, child=other, place=1, score=score, why=why, state=state, entry=entry)
        ]

    def settle(self, file: File, referral: Referral, row: Shown, decided: datetime) -> None:
        """A manager answers, in time or not."""
        desk, key = self.desk, "assessment.register-check-settled"
        team, _ = file.held(decided)
        at = desk.done(key, team, decided)
        if at is None:
            desk.excuse(key, referral, file, decided, f"shown-{row.pk}")
            return
        at = max(at, decided + timedelta(minutes=1))
        known = desk.recorded(team, at, at)
        if known < desk.now:
            self.writer.add(
                CheckSettled, shown=row, answer="is-not", words=desk.pick(_KNOWN), occurred_at=at, recorded_at=known,
                by=desk.council.managers[team],
            )  # fmt: skip

    def enquiries(self) -> None:
        """Somebody asks about a child, now and then."""
        desk = self.desk
        for file in desk.files[:: max(1, len(desk.files) // 25)]:
            at = desk.diary.in_office_hours(file.opened_at + timedelta(days=20), self.chance).replace(
                second=0, microsecond=0
            )
            if at + timedelta(minutes=5) >= desk.now:
                continue
            team, _ = file.held(at)
            by, child = desk.worker(team), self.children[file.children[0]]
            asker, agency, purpose = _ASKERS[int(self.chance.random() * len(_ASKERS))]
            check = self.writer.add(
                RegisterCheck, asker=asker, agency=agency, contact="The switchboard, by its published number",
                purpose=purpose, asked_at=at, by=by,
            )  # fmt: skip
            asked = self.writer.add(
                AskedAfter, check_of=check, given_names=child.given_names, family_name=child.family_name,
                date_of_birth=child.date_of_birth,
            )  # fmt: skip
            state, entry = self.state_of(child.pk, at)
            row = self.writer.add(
                Shown, asked=asked, child=child, place=1, score=85, why=["same-name", "born"], state=state, entry=entry
            )
            answered = at + timedelta(minutes=4)
            decision = self.writer.add(CheckDecision, check_of=check, occurred_at=answered, recorded_at=answered, by=by)
            self.writer.add(CandidateAnswer, decision=decision, shown=row, answer="is")


def practise(desk: AssessmentDesk) -> None:
    """First who is on the register, then the checks of it, in order of time."""
    register = Register(desk)
    for file in desk.files:
        register.keep(file)
    for file in desk.files:
        for referral, _ in file.referrals:
            register.check(file, referral)
    register.enquiries()
