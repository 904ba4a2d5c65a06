"""What was done about each referral, by whom and when: the records that the verbs would have written, made in bulk."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any, TypeVar

from goldenthread.cases.facts import Fact
from goldenthread.cases.models import CaseFile, Child, Holding
from goldenthread.core.clock import day_of
from goldenthread.demo import words
from goldenthread.demo.arrivals import Arrival, Family, File, Weighted, birthday
from goldenthread.demo.council import Council
from goldenthread.demo.desk import Desk
from goldenthread.demo.diary import Diary
from goldenthread.demo.national import National
from goldenthread.demo.nobody_free import as_it_went
from goldenthread.demo.writer import Writer
from goldenthread.people.models import Officer
from goldenthread.standards.referrals.choices import PRIVATE_KINDS
from goldenthread.standards.referrals.models import (
    Acknowledgement,
    Agency,
    Chaser,
    Decision,
    NeedMet,
    OffenceView,
    OnwardReferral,
    OnwardResponse,
    PoliceAdvice,
    PoliceTold,
    Referral,
    UnmetNeed,
    UnmetNeedAnswer,
    WrittenConfirmation,
)
from goldenthread.standards.referrals.onward import chaser_words

M = TypeVar("M", bound=Fact)
_ROUTES: dict[str, dict[str, int]] = {
    "police": {"form": 45, "email": 35, "phone": 20},
    "school": {"phone": 60, "form": 25, "email": 12, "in-person": 3},
    "health": {"phone": 50, "form": 20, "letter": 15, "fax": 10, "in-person": 5},
    "private": {"phone": 78, "in-person": 14, "email": 4, "letter": 4},
    "other": {"phone": 55, "form": 20, "email": 18, "letter": 7},
}
_TOLD = Weighted({"phone": 45, "email": 35, "letter": 20})
_WRITTEN = Weighted({"form": 40, "email": 35, "letter": 18, "fax": 7})
_ONWARD_TO = Weighted({"health": 45, "voluntary": 25, "housing": 12, "education": 10, "council": 8})


class Practice(Desk):
    """Does what the teams of the demonstration do, one referral after the other, in order of time."""

    def __init__(
        self,
        *,
        chance: Random,
        diary: Diary,
        council: Council,
        families: list[Family],
        national: National,
        writer: Writer,
    ) -> None:
        super().__init__(chance=chance, diary=diary, council=council, writer=writer)
        self.families, self.national = families, national
        self.files: list[File] = []
        self.agencies: dict[str, list[Agency]] = {}
        self._routes = {key: Weighted(weights) for key, weights in _ROUTES.items()}
        self._why = Weighted(words.WHY_UNMET)
        self._bands = Weighted(dict(national.assessment_bands))
        self._decisions = Weighted(
            {
                "no-further-action": national.no_further_action,
                "services": 0.13,
                "onward-referral": 0.09,
                "strategy-discussion": national.strategy / 2,  # the other half of enquiries begins on open cases
                "assessment": 1 - national.no_further_action - 0.13 - 0.09 - national.strategy / 2,
            }
        )
        for kind, names in words.AGENCIES.items():
            self.agencies[kind] = [writer.add(Agency, kind=kind, name=name, name_key=name.casefold()) for name in names]

    # The case file

    def team_of(self, family: Family, arrival: Arrival) -> str:
        """Where a referral of a family without an open file goes."""
        day, minute = self.diary.place(arrival.at)
        outside = not self.diary.working[day] or not 480 <= minute < 1080
        if family.home != "disabled" and self.chance.random() < (
            0.7 if outside else 0.5 if arrival.kind == "health" else 0.03
        ):
            return "hospital"
        return family.home

    def open_file(self, family: Family, arrival: Arrival) -> File:
        """A new file; now and then nobody is named on it for a day or two."""
        team = self.team_of(family, arrival)
        file = File(self.writer.next_number(CaseFile), arrival.at, family.children)
        if self.chance.random() < 0.85:
            file.holdings.append((arrival.at, team, self.worker(team).pk))
        else:
            file.holdings.append((arrival.at, team, None))
            day, _ = self.diary.place(arrival.at)
            named = self.diary.at(self.diary.workday(day, 1 + int(self.chance.expovariate(0.5))), 600)
            file.holdings.append((named, team, self.worker(team).pk))
        self.files.append(file)
        return file

    def follow(self, file: File, team: str, what: str, decided: datetime) -> None:
        """What becomes of the file: closed at once, after the assessment, or handed to a family support team."""
        chance = self.chance
        day, _ = self.diary.place(decided)
        if what in {"no-further-action", "services", "onward-referral"}:
            file.closed_at = self.diary.at(self.diary.workday(day, int(chance.expovariate(0.5))), 1005)
            file.closed_at = max(file.closed_at, decided + timedelta(minutes=30))
            return
        band = int(self._bands.draw(chance))
        ends = self.diary.at(self.diary.workday(day, max(1, band - int(chance.random() * 9))), 900)
        if chance.random() < self.national.not_in_need:
            file.closed_at = ends
            return
        if team.startswith("ra-") or team == "hospital":
            to = "fs-north" if chance.random() < 0.5 else "fs-south"
            # Not before the day after somebody was named on it: holdings follow one another.
            after = max(self.diary.place(ends)[0], self.diary.place(file.holdings[-1][0])[0])
            handed = self.diary.at(self.diary.workday(after, 1 + int(chance.random() * 4)), 690)
            file.holdings.append((handed, to, self.worker(to).pk))
        if (closes := ends + timedelta(days=30 + chance.expovariate(1 / 240))) < self.now:
            file.closed_at = self.diary.in_office_hours(closes, chance).replace(second=0, microsecond=0)

    # One referral

    def take(self, arrival: Arrival) -> None:
        """One referral from its arrival to everything that was done about it by today."""
        chance, family = self.chance, self.families[arrival.family]
        file = family.file
        if file is None or (file.closed_at is not None and file.closed_at <= arrival.at):
            first = True
            file = family.file = self.open_file(family, arrival)
        else:
            first = False
        team, _ = file.held(arrival.at)
        private = arrival.kind in PRIVATE_KINDS
        agency = None
        if not private:
            of_kind = self.agencies[arrival.kind]
            agency = of_kind[int(len(of_kind) * chance.random() ** 1.5)]
        known = self.recorded(team, arrival.at, arrival.at)
        if known >= self.now:
            if first:
                self.files.pop()
                family.file = None
            return
        taker = self.worker(team)
        family.seen = family.seen or day_of(arrival.at)
        referral = self.writer.add(
            Referral,
            case_file_id=file.pk,
            agency_kind=arrival.kind,
            agency=agency,
            professional=not private,
            referrer_name=""
            if arrival.kind == "anonymous"
            else self.pick(words.RELATIONS.get(arrival.kind, words.PEOPLE)),
            referrer_contact="",
            route=self._routes[arrival.kind if arrival.kind in _ROUTES else "private" if private else "other"].draw(
                chance
            ),
            concern=self.pick(words.CONCERNS[family.need]),
            received_at=arrival.at,
            recorded_at=known,
            by=taker,
        )
        for child in family.children:
            self.writer.add(Referral.children.through, referral_id=referral.pk, child_id=child)
        self.acknowledge(referral, file, team)
        decision = self.decide(referral, file, team, first)
        file.referrals.append((referral, decision))
        offence = self.consider_offence(referral, file, team, decision)
        self.confirm_in_writing(referral, file, team)
        if decision:
            self.answer_unmet_need(referral, file, decision, family.need)
            self.refer_onward(referral, file, decision, offence)

    def put(
        self, model: type[M], team: str, at: datetime | None, on: Referral, by: Officer | None = None, /, **fields: Any
    ) -> M | None:
        """Write a fact, unless it has not happened yet or nobody has recorded it yet."""
        if at is None or at >= self.now:
            return None
        known = self.recorded(team, at, on.recorded_at)
        if known >= self.now:
            return None
        return self.writer.add(model, occurred_at=at, recorded_at=known, by=by or self.worker(team), **fields)

    def acknowledge(self, referral: Referral, file: File, team: str) -> None:
        """The referrer is told."""
        if referral.agency_kind == "anonymous":
            return
        at = self.done("referrals.acknowledgement", team, referral.received_at)
        if at is None:
            self.excuse("referrals.acknowledgement", referral, file, referral.received_at)
        self.put(Acknowledgement, team, at, referral, referral=referral, how=_TOLD.draw(self.chance))

    def decide(self, referral: Referral, file: File, team: str, first: bool) -> Decision | None:
        """A decision; the first on a file settles what becomes of the file."""
        what = self._decisions.draw(self.chance)
        at = self.done("referrals.decision", team, referral.received_at)
        decision = self.put(
            Decision, team, at, referral, self.decider(team), referral=referral, what=what,
            reason=self.pick(words.DECISION_REASONS[what]), team=self.council.teams[team],
        )  # fmt: skip
        if decision and first:
            self.follow(file, team, what, decision.occurred_at)
        return decision

    def confirm_in_writing(self, referral: Referral, file: File, team: str) -> None:
        """The agency's writing arrives, is chased, or never comes."""
        if not referral.owes_written_confirmation:
            return
        key, since = "referrals.written-confirmation", referral.received_at
        at = self.done(key, team, since)
        due = self.due(key, since)
        if (at is None or at > due) and self.chance.random() < 0.5:
            chased = self.diary.in_office_hours(due + timedelta(days=1 + 3 * self.chance.random()), self.chance)
            chased = max(chased.replace(second=0, microsecond=0), referral.recorded_at)
            if chased < self.now and (at is None or chased < at):
                by = self.worker(team)
                self.writer.add(Chaser, referral=referral, words=chaser_words(referral, by), recorded_at=chased, by=by)
        if at is None:
            self.excuse(key, referral, file, since)
        self.put(WrittenConfirmation, team, at, referral, referral=referral, how=_WRITTEN.draw(self.chance))

    def consider_offence(self, referral: Referral, file: File, team: str, decision: Decision | None) -> bool:
        """Whether it may be an offence; and when it may, the police are advised. Returns whether it may."""
        key, since = "referrals.offence-considered", referral.received_at
        likely = {"strategy-discussion": 0.85, "assessment": 0.12}.get(decision.what if decision else "", 0.03)
        offence = self.chance.random() < likely
        at = self.done(key, team, since)
        if at is None:
            self.excuse(key, referral, file, since)
        elif not offence and self.chance.random() < 0.06:
            before = since + (at - since) * 0.4
            self.put(
                OffenceView, team, before.replace(second=0, microsecond=0) + timedelta(minutes=1), referral,
                referral=referral, answer="not-known", why=self.pick(words.OFFENCE_NOT_KNOWN),
            )  # fmt: skip
        view = self.put(
            OffenceView, team, at, referral, referral=referral, answer="yes" if offence else "no",
            why="" if offence else self.pick(words.NO_OFFENCE),
        )  # fmt: skip
        if view is None or not offence:
            return False
        key = "referrals.police-advised"
        at = self.done(key, team, since)
        if at is None:
            self.excuse(key, referral, file, since)
        elif at > self.due(key, since) and self.chance.random() < 0.5:
            self.put(
                PoliceAdvice, team, self.due(key, since).replace(second=0, microsecond=0), referral,
                referral=referral, answer="not-yet", why=self.pick(words.POLICE_NOT_YET),
            )  # fmt: skip
        self.put(
            PoliceAdvice, team, at, referral, referral=referral, answer="advised", advised=self.pick(words.POLICE_OFFICERS),
            police_reference=f"WX/{self.chance.randrange(10_000, 99_999)}",
        )  # fmt: skip
        return True

    def answer_unmet_need(self, referral: Referral, file: File, decision: Decision, need: str) -> None:
        """What was needed at the decision and not provided; some of it is met later."""
        key, chance = "referrals.unmet-need-recorded", self.chance
        team, _ = file.held(decision.occurred_at)
        at = self.done(key, team, decision.occurred_at)
        if at is None:
            self.excuse(key, referral, file, decision.occurred_at, f"decision-{decision.pk}")
        needed = chance.random() < (0.1 if decision.what == "no-further-action" else 0.38)
        answer = self.put(UnmetNeedAnswer, team, at, referral, decision=decision, nothing_unmet=not needed)
        if answer is None or not needed:
            return
        for _ in range(1 if chance.random() < 0.8 else 2):
            what = self.pick(words.NEEDS_OF[need])
            unit = words.UNITS.get(what, "")
            item = self.writer.add(
                UnmetNeed,
                answer=answer,
                need=what,
                needed=self.pick(words.UNMET[what]),
                offered=self.pick(words.OFFERED),
                why=self._why.draw(chance),
                quantity=Decimal(chance.randrange(1, 13)) if unit else None,
                unit=unit,
                since=day_of(decision.occurred_at) - timedelta(days=chance.choice((0, 0, 0, 14, 30, 60))),
                occurred_at=answer.occurred_at,
                recorded_at=answer.recorded_at,
                by=answer.by,
            )
            if chance.random() < 0.45:
                met = self.diary.in_office_hours(
                    min(answer.occurred_at + timedelta(days=7 + chance.expovariate(1 / 75)), self.now), chance
                ).replace(second=0, microsecond=0)
                self.put(NeedMet, team, met, referral, need=item, how=self.pick(words.HOW_MET))

    def refer_onward(self, referral: Referral, file: File, decision: Decision, offence: bool) -> None:
        """Referrals that we make to others: their purpose, their answer, and the police told of them."""
        chance = self.chance
        if chance.random() >= (1.0 if decision.what == "onward-referral" else 0.22):
            return
        made = self.diary.in_office_hours(decision.recorded_at + timedelta(minutes=5 + 600 * chance.random()), chance)
        made = made.replace(second=0, microsecond=0)
        team, _ = file.held(made)
        to = self.agencies[_ONWARD_TO.draw(chance)]
        agency, purpose = to[int(len(to) * chance.random())], self.pick(words.PURPOSES)
        written = self.done("referrals.onward-purpose", team, made)
        in_time = written is not None and written <= self.due("referrals.onward-purpose", made)
        known = made + timedelta(minutes=2 + int(40 * chance.random()))
        if known >= self.now:  # the form that sends it records it, so it is never recorded late
            return
        onward = self.writer.add(
            OnwardReferral, referral=referral, agency=agency, purpose=purpose if in_time else "", occurred_at=made,
            recorded_at=known, by=self.worker(team),
        )  # fmt: skip
        key = f"onward-{onward.pk}"
        if written is None:
            self.excuse("referrals.onward-purpose", referral, file, made, key)
        elif not in_time and onward.recorded_at < written < self.now:
            # Purposes that were left empty came from before the boxes asked for one: each was written in later.
            self.writer.add(
                OnwardReferral, referral=referral, agency=agency, purpose=purpose, occurred_at=onward.occurred_at,
                recorded_at=written, by=self.worker(team), supersedes=onward, root=onward, correction_reason="The purpose was missing",
            )  # fmt: skip
        answered = self.done("referrals.onward-response", team, made)
        if answered is None:
            self.excuse("referrals.onward-response", referral, file, made, key)
        accepted = chance.random() < 0.72
        self.put(
            OnwardResponse, team, answered, referral, onward=onward,
            answer="accepted" if accepted else "declined" if chance.random() < 0.6 else "more-asked",
            words="" if accepted else self.pick(words.RESPONSES),
        )  # fmt: skip
        if offence:
            told = self.done("referrals.police-told-onward", team, made)
            if told is None:
                self.excuse("referrals.police-told-onward", referral, file, made, key)
            self.put(PoliceTold, team, told, referral, onward=onward, told=self.pick(words.POLICE_OFFICERS))

    # At the end

    def write_files(self) -> None:
        """Write the children, and the files as they stand today."""
        for family in self.families:
            surname = self.pick(words.FAMILY)
            for child in family.children:
                sex = "F" if self.chance.random() < 0.49 else "M"
                given = self.pick(words.GIVEN[sex])
                self.writer.add(
                    Child, number=child, given_names=given, family_name=surname, sex=sex,
                    date_of_birth=birthday(self.chance, family.seen or self.diary.first),
                    birth_date_is_estimate=self.chance.random() < 0.02, search_name=f"{given} {surname}".casefold(),
                )  # fmt: skip
        for file in self.files:
            self.write_file(file)

    def write_file(self, file: File) -> None:
        """One case file, and who held it when, up to today and to its closing; what is written later of it goes by that."""
        ends = min(file.closed_at or self.now, self.now)
        went = as_it_went(file, self.diary)
        held = [held for held in went if held[0] + timedelta(minutes=20) < ends] or went[:1]
        file.holdings = went
        self.writer.add(
            CaseFile, number=file.pk, reference=f"CF{file.pk:06d}", team=self.council.teams[held[-1][1]],
            worker_id=held[-1][2], opened_at=file.opened_at,
            closed_at=file.closed_at if file.closed_at and file.closed_at < self.now else None,
        )  # fmt: skip
        for child in file.children:
            self.writer.add(CaseFile.children.through, casefile_id=file.pk, child_id=child)
        for since, team, worker in held:
            row = self.writer.add(
                Holding, case_file_id=file.pk, team=self.council.teams[team], worker_id=worker, since_at=since,
                recorded_at=since + timedelta(minutes=15),
            )  # fmt: skip
            file.held_by.append(row)
