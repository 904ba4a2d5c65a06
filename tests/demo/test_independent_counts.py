"""An auditor's recount: every figure again from the raw rows, by other code than that which made it.

Nothing of requirements, ledger, tally, verdicts, timescales or figures is used to count here. Working days have their own
arithmetic, with the bank holidays of the demonstration's years written out by hand from the published list.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from math import sqrt
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from django.db import models
from typer.testing import CliRunner

from goldenthread.cases.models import (
    BreakGlass,
    CaseFile,
    Child,
    Conflict,
    Holding,
    LanguageAnswer,
    Restriction,
    RestrictionReview,
)
from goldenthread.cli.app import app
from goldenthread.obligations import tally
from goldenthread.obligations.models import Excuse, Obligation
from goldenthread.people.models import Officer, Team
from goldenthread.plan.evidence import evidence_for, evidence_of_plan
from goldenthread.plan.models import Action, ActionEvent, Plan, Recommendation, RequirementTie
from goldenthread.plan.status import statuses_of
from goldenthread.reports.json import as_data
from goldenthread.reports.progress import progress_report
from goldenthread.standards.assessment.hospital import models as wards
from goldenthread.standards.assessment.legal import models as law
from goldenthread.standards.assessment.protection import models as safety
from goldenthread.standards.assessment.recording import models as contacts
from goldenthread.standards.assessment.register import models as register
from goldenthread.standards.referrals import figures
from goldenthread.standards.referrals import models as room
from goldenthread.standards.referrals.choices import AgencyKind
from tests.demo.conftest import TODAY
from tests.demo.recount_assessing import recount_assessing
from tests.demo.recounts import recount_of_housing, recount_of_interpreters

ZONE = ZoneInfo("Europe/London")
HOLIDAYS = {
    date(*day)
    for day in (
        (2024, 5, 27), (2024, 8, 26), (2024, 12, 25), (2024, 12, 26), (2025, 1, 1), (2025, 4, 18), (2025, 4, 21), (2025, 5, 5), (2025, 5, 26), (2025, 8, 25), (2025, 12, 25),
        (2025, 12, 26), (2026, 1, 1), (2026, 4, 3), (2026, 4, 6), (2026, 5, 4), (2026, 5, 25), (2026, 8, 31),
        (2026, 12, 25), (2026, 12, 28),
    )
}  # fmt: skip
Raw = dict[str, Any]


def night(day: date) -> datetime:
    """The last microsecond of a day in London, in UTC."""
    return datetime.combine(day, time(23, 59, 59, 999999), ZONE).astimezone(UTC)


PAST = (date(2025, 12, 31), date(2026, 3, 29), date(2026, 6, 14))  # a year's end, a night of changing clocks, a Sunday
CLOCKS = [(night(day), night(day - timedelta(days=back))) for day in PAST for back in (0, 2, 20)]


def rows(model: type[models.Model]) -> list[Raw]:
    """A table as it is."""
    return list(model._base_manager.order_by("pk").values())


def working(day: date, amount: int) -> datetime:
    """The end of the so many-th working day after a day."""
    while amount > 0:
        day = day + timedelta(days=1)
        if day.weekday() not in (5, 6) and day not in HOLIDAYS:
            amount -= 1
    return night(day)


def london(instant: datetime) -> date:
    return instant.astimezone(ZONE).date()


class Told:
    """Facts of one kind that stood, on what was known by an instant: by what they hang on."""

    def __init__(self, model: type[models.Model], hangs_on: str, known: datetime) -> None:
        self.all = {row["id"]: row for row in rows(model) if row["recorded_at"] <= known}
        gone = {row["supersedes_id"] for row in self.all.values()}
        self.by: dict[int, list[Raw]] = defaultdict(list)
        for row in self.all.values():
            if row["id"] in gone or row["withdrawn"]:
                continue
            chain = [row]
            while chain[-1]["supersedes_id"]:
                chain.append(self.all[chain[-1]["supersedes_id"]])
            stands = row | {
                "first": chain[-1]["id"],
                "chain": chain,
                "known": min(r["recorded_at"] for r in chain if r["occurred_at"] == row["occurred_at"]),
            }
            self.by[row[hangs_on]].append(stands)
        for found in self.by.values():
            found.sort(key=lambda row: (row["occurred_at"], row["first"]))

    def __getitem__(self, pk: int) -> list[Raw]:
        return self.by.get(pk, [])


class Recount:
    """Everything owed, recounted from raw rows as at one instant, on what was known by another."""

    def __init__(self, as_at: datetime, known: datetime) -> None:
        self.as_at, self.known = as_at, known
        self.counts: Counter[tuple[str, int | None, date, str]] = Counter()
        self.due: dict[tuple[str, str, int, str], datetime] = {}
        self.files = {row["id"]: row for row in rows(CaseFile)}
        self.held: dict[int, list[Raw]] = defaultdict(list)
        for holding in sorted(rows(Holding), key=lambda row: (row["since_at"], row["id"])):
            self.held[holding["case_file_id"]].append(holding)
        self.excuses = {
            (row["requirement"], row["subject_type"], row["subject_id"], row["key"]): row for row in rows(Excuse)
        }
        # Who answers for what is settled is told by all that is known since (decision 2): so settled is read whole.
        ever = datetime(2100, 1, 1, tzinfo=UTC)
        self.ever = {kind: Told(*kind, ever) for kind in KINDS}
        self.then = {kind: Told(*kind, known) for kind in KINDS}
        self.children: dict[int, list[int]] = defaultdict(list)
        for joined in rows(room.Referral.children.through):
            self.children[joined["referral_id"]].append(joined["child_id"])
        self.spoken = Told(LanguageAnswer, "child_id", ever)
        for referral in rows(room.Referral):
            self._referral(referral)
            self._language(referral)
        for cycle in rows(room.ReportCycle):
            self._cycle(cycle)
        self._actions()
        self._oversight()
        self._legal()
        for told in rows(wards.HospitalNotification):
            self._ward(told)
        recount_assessing(self)
        recount_of_interpreters(self)
        # (end of interpreting)
        recount_of_housing(self)
        # (end of housing)
        self._case_records()
        self._protection()
        self._register()

    def _verdict(self, due: datetime | None, done: datetime | None, excuse: Raw | None) -> str:
        if done is not None and done <= self.as_at:
            return "met" if due is None or done <= due else "late"
        given = excuse and excuse["occurred_at"] <= self.as_at and excuse["recorded_at"] <= self.known
        if excuse and given and (due is None or excuse["occurred_at"] <= due):
            return "excused"
        return "overdue" if due is not None and due < self.as_at else "due"

    def _team(self, file: int, settled: datetime | None) -> int:
        if settled is None:
            return cast(int, self.files[file]["team_id"])
        before = [h for h in self.held[file] if h["since_at"] <= settled]
        return cast(int, (before or self.held[file][:1])[-1]["team_id"])

    def _count(
        self, key: str, about: tuple[str, int, str], file: int, since: datetime, since_known: datetime,
        due: datetime, done: Raw | None, finally_done: Raw | None,
    ) -> None:  # fmt: skip
        if since > self.as_at or since_known > self.known:
            return
        excuse = self.excuses.get((key, *about))
        self.due[key, *about] = due
        settled = finally_done["occurred_at"] if finally_done else excuse["occurred_at"] if excuse else None
        verdict = self._verdict(due, done["occurred_at"] if done else None, excuse)
        self.counts[key, self._team(file, settled), london(since).replace(day=1), verdict] += 1

    def _referral(self, referral: Raw) -> None:
        pk, file = referral["id"], referral["case_file_id"]
        received, recorded = referral["received_at"], referral["recorded_at"]

        def once(key: str, kind: "Kind", due: datetime, fits: Callable[[Raw], bool] = lambda row: True) -> None:
            done, ever = ([row for row in told[kind][pk] if fits(row)] for told in (self.then, self.ever))
            self._count(
                f"referrals.{key}", ("referrals.referral", pk, ""), file, received,
                max(recorded, seen["known"]) if key == "police-advised" and seen else recorded,
                due, next(iter(done), None), next(iter(ever), None),
            )  # fmt: skip

        tomorrow = working(london(received), 1)
        once("decision", DECISION, tomorrow)
        if referral["agency_kind"] != "anonymous":
            once("acknowledgement", ACKNOWLEDGED, tomorrow)
        if referral["professional"] and referral["route"] in ("phone", "in-person"):
            once("written-confirmation", WRITTEN, received + timedelta(hours=48))
        seen = None
        once("offence-considered", OFFENCE, tomorrow, lambda row: row["answer"] in ("yes", "no"))
        yes = [row for row in self.then[OFFENCE][pk] if row["answer"] == "yes"]
        if yes:
            seen = yes[0]
            once("police-advised", POLICE, received + timedelta(hours=4), lambda row: row["answer"] == "advised")
        for onward in self.then[ONWARD][pk]:
            self._onward(onward, pk, file, seen)
        for decision in self.then[DECISION][pk]:
            made = decision["occurred_at"]
            on = [row["id"] for row in decision["chain"]]
            self._count(
                "referrals.unmet-need-recorded", ("referrals.referral", pk, f"decision-{decision['first']}"), file,
                made, decision["known"], working(london(made), 1),
                self._first(self.then[ANSWER], on), self._first(self.ever[ANSWER], on),
            )  # fmt: skip

    def _language(self, referral: Raw) -> None:
        """Whether languages were asked about: of the children of whom it was not answered before the referral came."""
        received, asked = referral["received_at"], []
        for child in self.children[referral["id"]]:
            told = [row for row in self.spoken[child] if row["answer"] in ("told", "refused")]
            if not told or told[0]["occurred_at"] >= received:
                asked.append(told[0] if told else None)
        if not asked:
            return
        done = None
        if None not in asked:
            given = [row for row in asked if row]
            done = {name: max(row[name] for row in given) for name in ("occurred_at", "known")}
        self._count(
            "assessment.language-asked", ("referrals.referral", referral["id"], ""), referral["case_file_id"], received,
            referral["recorded_at"], working(london(received), 1),
            done if done and done["known"] <= self.known else None, done,
        )  # fmt: skip

    def _register(self) -> None:
        """The check of the register for each referral, and each record of which a check was not sure."""
        checks: dict[int, list[int]] = defaultdict(list)
        for check in rows(register.RegisterCheck):
            checks[check["referral_id"]].append(check["id"])
        answers: dict[int, list[Raw]] = defaultdict(list)
        for answer in rows(register.CandidateAnswer):
            answers[answer["decision_id"]].append(answer)
        for referral in rows(room.Referral):
            pk, file, received = referral["id"], referral["case_file_id"], referral["received_at"]
            done, ever = (self._first(told[CHECKED], checks[pk]) for told in (self.then, self.ever))
            key, about = "assessment.register-check", ("referrals.referral", pk, "")
            self._count(key, about, file, received, referral["recorded_at"], night(london(received)), done, ever)
            for decided in [row for check in checks[pk] for row in self.then[CHECKED][check]]:
                for answer in answers[decided["id"]]:
                    if answer["answer"] == "unsure":
                        on, at = [answer["shown_id"]], decided["occurred_at"]
                        self._count(
                            "assessment.register-check-settled", ("referrals.referral", pk, f"shown-{on[0]}"), file, at,
                            decided["known"], working(london(at), 1), self._first(self.then[SETTLED], on),
                            self._first(self.ever[SETTLED], on),
                        )  # fmt: skip

    @staticmethod
    def _first(told: Told, on: Iterable[int]) -> Raw | None:
        found = [row for pk in on for row in told[pk]]
        return min(found, key=lambda row: (row["occurred_at"], row["first"]), default=None)

    def _onward(self, onward: Raw, pk: int, file: int, seen: Raw | None) -> None:
        made, known = onward["occurred_at"], onward["known"]
        about = ("referrals.referral", pk, f"onward-{onward['first']}")
        on = [row["id"] for row in self.ever[ONWARD].all.values() if row["id"] == onward["first"]]

        def purpose(told: Told) -> Raw | None:
            now = next((row for row in told[pk] if row["first"] == onward["first"]), None)
            if now is None or not now["purpose"]:
                return None
            return {"occurred_at": min(row["recorded_at"] for row in now["chain"] if row["purpose"])}

        self._count(
            "referrals.onward-purpose", about, file, made, known, working(london(made), 1),
            purpose(self.then[ONWARD]), purpose(self.ever[ONWARD]),
        )  # fmt: skip
        self._count(
            "referrals.onward-response", about, file, made, known, working(london(made), 10),
            self._first(self.then[RESPONSE], on), self._first(self.ever[RESPONSE], on),
        )  # fmt: skip
        if seen:
            self._count(
                "referrals.police-told-onward", about, file, made, max(known, seen["known"]), working(london(made), 1),
                self._first(self.then[TOLD], on), self._first(self.ever[TOLD], on),
            )  # fmt: skip

    # Standard 2: rows hold what is recorded now (decision 2), and are asked by both clocks.

    def _both(
        self,
        key: str,
        about: tuple[str, int, str],
        file: int,
        since: datetime,
        known: datetime,
        due: datetime,
        done: Raw | None,
    ) -> None:
        told = done if done and done["known"] <= self.known else None
        self._count(key, about, file, since, known, due, told, done)

    def _case_records(self) -> None:
        self.seen: dict[int, dict[int, str]] = defaultdict(dict)
        for row in rows(contacts.ChildInRecord):
            self.seen[row["record_id"]][row["child_id"]] = row["seen"]
        for on in self.ever[CONTACT].by.values():
            for record in on:
                urgent = record["kind"] == "protection-visit"
                key = "assessment.protection-visit-recorded" if urgent else "assessment.record-made"
                made = record["chain"][-1]["recorded_at"]
                self._both(
                    key, ("recording.caserecord", record["first"], ""), record["case_file_id"], record["occurred_at"],
                    record["known"], working(london(record["occurred_at"]), 1 if urgent else 2),
                    {"occurred_at": made, "known": made},
                )  # fmt: skip

    def _protection(self) -> None:
        talks = [talk for on in self.ever[TALK].by.values() for talk in on]
        about: dict[int, set[int]] = defaultdict(set)
        for row in rows(safety.StrategyDiscussion.children.through):
            about[row["strategydiscussion_id"]].add(row["child_id"])
        there: dict[int, set[str]] = defaultdict(set)
        for row in rows(safety.AgencyAtDiscussion):
            there[row["discussion_id"]].add(row["agency"])
        for referral in rows(room.Referral):
            wanted = [d for d in self.ever[DECISION][referral["id"]] if d["what"] == "strategy-discussion"]
            if wanted:
                held = sorted(
                    (t for t in talks if t["referral_id"] == referral["id"]),
                    key=lambda t: (t["occurred_at"], t["first"]),
                )
                since = wanted[0]["occurred_at"]
                self._both(
                    "protection.strategy-discussion", ("referrals.referral", referral["id"], ""),
                    referral["case_file_id"], since, wanted[0]["known"], working(london(since), 1), next(iter(held), None),
                )  # fmt: skip
        for talk in talks:
            since, first, file = talk["occurred_at"], talk["first"], talk["case_file_id"]
            subject = ("protection.strategydiscussion", first, "")
            whole = [
                other
                for other in talks
                if other["case_file_id"] == file and other["occurred_at"] >= since and about[other["id"]] & about[talk["id"]]
                and {"social-care", "police", "health"} <= there[other["id"]]
            ]  # fmt: skip
            whole.sort(key=lambda t: (t["occurred_at"], t["first"]))
            day = london(since)
            self._both(
                "protection.three-agencies",
                subject,
                file,
                since,
                talk["known"],
                working(day, 1),
                next(iter(whole), None),
            )
            if not talk["decision"].endswith("-enquiry") or talk["decision"] == "no-enquiry":
                continue
            found = self.ever[FOUND][first]
            self._both(
                "protection.enquiry-outcome",
                subject,
                file,
                since,
                talk["known"],
                working(day, 10),
                next(iter(found), None),
            )
            for outcome in [row for row in found if row["outcome"] == "conference"][:1]:
                held = [row for row in self.ever[CONFERENCE][first] if row["step"] == "held"]
                self._both(
                    "protection.initial-conference", subject, file, since, max(talk["known"], outcome["known"]),
                    working(day, 15), next(iter(held), None),
                )  # fmt: skip
        born = {row["id"]: row["date_of_birth"] for row in rows(Child)}
        for on in self.ever[PLAN].by.values():
            for plan in on:
                self._plan(plan, born[plan["child_id"]])

    def _plan(self, plan: Raw, born: date | None) -> None:
        child = plan["child_id"]
        visits = [
            record
            for record in self.ever[CONTACT][plan["case_file_id"]]
            if record["kind"].endswith("-visit") and self.seen[record["id"]].get(child) in ("alone", "seen")
        ]
        alone = [record for record in visits if self.seen[record["id"]][child] == "alone"]

        def days(amount: int) -> Callable[[date], datetime]:
            return lambda day: working(day, amount)

        def months(amount: int) -> Callable[[date], datetime]:
            def after(day: date) -> datetime:
                number = day.year * 12 + day.month - 1 + amount
                month = date(number // 12, number % 12 + 1, 1)
                last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
                return night(month.replace(day=min(day.day, last.day)))

            return after

        def old_enough(day: date) -> bool:
            return born is None or (day.year - born.year - ((day.month, day.day) < (born.month, born.day))) >= 3

        self._rounds(plan, "visit", "visit", visits, days(10), days(10))
        self._rounds(plan, "seen-alone", "seen-alone", alone, days(20), days(20), old_enough)
        groups, reviews = self.ever[GROUP][plan["first"]], self.ever[REVIEW][plan["first"]]
        six_weeks = lambda day: night(day + timedelta(days=42))  # noqa: E731
        self._rounds(plan, "first-core-group", "core-group", groups, days(10), six_weeks)
        self._rounds(plan, "first-review-conference", "review-conference", reviews, months(3), months(6))

    def _rounds(
        self, plan: Raw, first: str, then: str, done: list[Raw], first_rule: Callable[[date], datetime],
        rule: Callable[[date], datetime], counts: Callable[[date], bool] = lambda day: True,
    ) -> None:  # fmt: skip
        """Walks through time: from each thing done to the next, and past each day on which one was due and not done."""
        over = next((row["occurred_at"] for row in self.ever[END][plan["first"]]), None)
        done = [
            d for d in done if d["occurred_at"] > plan["occurred_at"] and (over is None or d["occurred_at"] <= over)
        ]
        last, name, ahead = plan, "start", sorted(done, key=lambda row: (row["occurred_at"], row["first"]))
        while True:
            following = ahead.pop(0) if ahead else None
            since, known, number = last["occurred_at"], last["known"], 0
            while since < following["occurred_at"] if following else since <= last["occurred_at"] + timedelta(days=366):
                opening = name == "start" and number == 0
                due = (first_rule if opening else rule)(london(since))
                if following is None and over is not None and due > over:
                    break
                if counts(london(since)):
                    self._both(
                        f"protection.{first if opening else then}",
                        ("protection.protectionplan", plan["first"], f"{name}-{number}" if number else name),
                        plan["case_file_id"], since, known, due, following,
                    )  # fmt: skip
                since, known, number = due, max(due, last["known"]), number + 1
            if following is None:
                return
            last, name = following, f"after-{following['first']}"

    def _cycle(self, cycle: Raw) -> None:
        team = Officer.objects.values_list("team_id", flat=True).get(pk=cycle["officer_id"])
        sent: dict[date, dict[str, Raw]] = defaultdict(dict)
        for report in self.then[SENT][cycle["id"]]:
            sent[report["month"]].setdefault(report["recipient"], report)
        month = cycle["started_on"].replace(day=1)
        while True:
            month = (month + timedelta(days=31)).replace(
                day=1
            )  # the month in which the report on the one before is owed
            since = datetime.combine(month, time(), ZONE).astimezone(UTC)
            if since > self.as_at:
                return
            if max(since, cycle["recorded_at"]) > self.known:
                continue
            got = sent[(month - timedelta(days=1)).replace(day=1)]
            done = max(row["occurred_at"] for row in got.values()) if len(got) == 2 else None
            self.due[
                "referrals.unmet-need-report",
                "referrals.reportcycle",
                cycle["id"],
                f"{(month - timedelta(days=1)):%Y-%m}",
            ] = working(month, 10)
            excuse = self.excuses.get(
                ("referrals.unmet-need-report", "referrals.reportcycle", cycle["id"],
                 f"{(month - timedelta(days=1)):%Y-%m}")
            )  # fmt: skip
            verdict = self._verdict(working(month, 10), done, excuse)
            self.counts["referrals.unmet-need-report", team, month, verdict] += 1

    def _actions(self) -> None:
        events: dict[int, list[Raw]] = defaultdict(list)
        for event in sorted(rows(ActionEvent), key=lambda r: (r["occurred_at"], r["recorded_at"], r["id"])):
            events[event["action_id"]].append(event)
        for action in rows(Action):
            since = datetime.combine(action["since_on"], time(), ZONE).astimezone(UTC)
            if since > self.as_at or action["known_at"] > self.known:
                continue
            done = None
            due = action["first_due"]
            for event in events[action["id"]]:  # rows hold what stands now (decision 2)
                if event["kind"] == "completed":
                    done = event
                elif event["kind"] == "reopened":
                    done = None
                elif event["kind"] in ("due-changed", "restated") and "due" in event["after"]:
                    due = date.fromisoformat(event["after"]["due"]) if event["after"]["due"] else None
            excuse = self.excuses.get(("plan.action-done", "plan.action", action["id"], ""))
            known = done is not None and done["recorded_at"] <= self.known
            verdict = self._verdict(
                night(due) if due else None, done["occurred_at"] if done and known else None, excuse
            )
            self.counts["plan.action-done", action["team_id"], action["since_on"].replace(day=1), verdict] += 1

    def _oversight(self) -> None:
        team = {row["id"]: row["team_id"] for row in rows(Officer)}

        def one(
            key: str, pk: int, of: int, since: datetime, due: datetime, done: datetime | None, nth: str = ""
        ) -> None:
            if since > self.as_at or since > self.known:
                return
            known = done if done is not None and done <= self.known else None
            kind = {"break-glass": "breakglass"}.get(key.rsplit("-", 1)[0], key.rsplit("-", 1)[0])
            self.due[f"oversight.{key}", f"cases.{kind}", pk, nth] = due
            self.counts[
                f"oversight.{key}", team[of], london(since).replace(day=1), self._verdict(due, known, None)
            ] += 1

        for glass in rows(BreakGlass):
            opened, reviewed = glass["opened_at"], glass["reviewed_at"]
            due = working(london(opened), 2)
            one("break-glass-review", glass["id"], glass["officer_id"], opened, due, reviewed)
            if glass["next_manager_id"] and (reviewed is None or reviewed > due):
                again = working(london(due), 2)
                one("break-glass-review", glass["id"], glass["officer_id"], due, again, reviewed, "escalated")
        for conflict in rows(Conflict):
            since, ends = conflict["declared_at"], [conflict["reviewed_at"], conflict["withdrawn_at"]]
            done = min((at for at in ends if at), default=None)
            one("conflict-review", conflict["id"], conflict["officer_id"], since, working(london(since), 1), done)
        for restriction in rows(Restriction):
            looked = [r["occurred_at"] for r in rows(RestrictionReview) if r["restriction_id"] == restriction["id"]]
            began = [restriction["since_at"], *looked]
            for nth, (since, done) in enumerate(zip(began, [*looked, restriction["lifted_at"]], strict=True)):
                due = night(london(since) + timedelta(days=90))
                one("restriction-review", restriction["id"], restriction["contact_id"], since, due, done, str(nth))

    def _plainly(
        self, key: str, about: tuple[str, int, str], team: int | None, since: datetime, since_known: datetime,
        due: datetime | None, done: datetime | None,
    ) -> None:  # fmt: skip
        if since > self.as_at or since_known > self.known:
            return
        if due is not None:
            self.due[key, *about] = due
        excuse = self.excuses.get((key, *about))
        self.counts[key, team, london(since).replace(day=1), self._verdict(due, done, excuse)] += 1

    def _legal(self) -> None:
        (rota,) = rows(law.LegalRota)
        (keeper,) = rows(law.RotaKeeper)
        team = Officer.objects.values_list("team_id", flat=True).get(pk=keeper["officer_id"])
        shifts = [row for row in rows(law.RotaShift) if row["call"] == "first"]
        ends = {
            row["shift_id"]: row for row in rows(law.ShiftEnd)
        }  # the demonstration cuts none twice, and takes none back
        for week in rows(law.CoverWeek):
            began, over = week["starts_at"], week["ends_at"]
            monday = london(began)
            view = max(datetime.combine(monday - timedelta(days=56), time(), ZONE).astimezone(UTC), rota["started_at"])
            soon = view > datetime.combine(monday - timedelta(days=14), time(), ZONE).astimezone(UTC)
            due = max(began, view) if soon else night(london(view) + timedelta(days=42))
            near = [row for row in shifts if row["starts_at"] < over and row["ends_at"] > began]
            done = self._covered(began, over, near, ends)
            self._plainly(
                "assessment.legal-cover", ("legal.coverweek", week["id"], ""), team, view, max(view, week["recorded_at"]),
                due, done[0] if done and done[1] <= self.known else None,
            )  # fmt: skip
        calls = sorted((row for row in rows(law.TestCall) if row["answered"]), key=lambda row: row["occurred_at"])
        since, known, key = rota["started_at"], rota["recorded_at"], "start"
        for call in [*calls, None]:
            done_at = call["occurred_at"] if call and call["recorded_at"] <= self.known else None
            due = night(months_on(london(since), 6))
            self._plainly(
                "assessment.legal-number-tested", ("legal.legalrota", rota["id"], key), team, since, known, due, done_at
            )
            if call:
                since, known, key = call["occurred_at"], call["recorded_at"], f"after-{call['id']}"
        for asked in rows(law.AdviceRequest):
            self._count(
                "assessment.legal-answered", ("legal.advicerequest", asked["id"], ""), asked["case_file_id"],
                asked["asked_at"], asked["recorded_at"], asked["asked_at"] + timedelta(hours=1),
                next(iter(self.then[ADVISED][asked["id"]]), None), next(iter(self.ever[ADVISED][asked["id"]]), None),
            )  # fmt: skip

    @staticmethod
    def _covered(
        began: datetime, over: datetime, near: list[Raw], ends: dict[int, Raw]
    ) -> tuple[datetime, datetime] | None:
        """Since when every quarter of an hour of the week has somebody on it, and when that was recorded: by playing all
        that was said back in order. Every shift of the demonstration begins and ends on a quarter."""
        told = [(row["occurred_at"], row["recorded_at"], row["id"], None) for row in near]
        told += [(end["occurred_at"], end["recorded_at"], row["id"], end["ends_at"]) for row in near if (end := ends.get(row["id"]))]  # fmt: skip
        quarters = int((over - began) / timedelta(minutes=15))
        span = {row["id"]: [row["starts_at"], row["ends_at"]] for row in near}
        held: dict[int, set[int]] = {}
        moments: list[tuple[datetime, datetime, bool]] = []
        for at in sorted({row[0] for row in told}):
            known = at
            for said, recorded, pk, until in told:
                if said == at:
                    known = max(known, recorded)
                    starts, last = span[pk][0], until or span[pk][1]
                    held[pk] = {n for n in range(quarters) if starts <= began + n * timedelta(minutes=15) < last}
            moments.append((at, known, len(set().union(*held.values())) == quarters))
        since = None
        for at, known, full in reversed(moments):
            if not full:
                break
            since = (at, known)
        return since

    def _ward(self, told: Raw) -> None:
        pk, file, received, recorded = told["id"], told["case_file_id"], told["received_at"], told["recorded_at"]
        about = ("hospital.hospitalnotification", pk, "")

        def owe(
            key: str, since: datetime, known: datetime, due: datetime | None, done: Raw | None, ever: Raw | None
        ) -> None:
            if due is not None:
                self._count(f"assessment.{key}", about, file, since, known, due, done, ever)
                return
            if since <= self.as_at and known <= self.known:
                team = self._team(file, ever["occurred_at"] if ever else None)
                verdict = self._verdict(None, done["occurred_at"] if done else None, None)
                self.counts[f"assessment.{key}", team, london(since).replace(day=1), verdict] += 1

        seen, ever_seen = self.then[VISIT][pk], self.ever[VISIT][pk]
        owe("hospital-response", received, recorded, received + timedelta(hours=12), first(seen), first(ever_seen))
        # What is owed at all is told by all that is known since (decision 2): rows hold what stands now.
        reviews, left = self.ever[HARM_REVIEW][pk], first(self.ever[LEFT][pk])
        harm = reviews[-1]["answer"] if reviews else told["harm"]
        wanted = {"worker", "doctor", "child", "siblings", "register", "parents"}
        wanted |= {"injuries", "strategy"} if harm != "no" else set()
        steps = {row["step"]: row for row in reversed(self.ever[STEP][pk])}
        whole = None
        if wanted <= steps.keys():
            parts = [steps[step] for step in wanted]
            if harm == "no" and not {"injuries", "strategy"} <= steps.keys() and reviews:
                parts.append(reviews[-1])
            whole = {"occurred_at": max(r["occurred_at"] for r in parts), "known": max(r["known"] for r in parts)}
        known = whole if whole and whole["known"] <= self.known else None
        owe("hospital-steps", received, recorded, working(london(received), 3), known, whole)
        began = datetime.combine(months_on(london(told["admitted_at"]), 3), time(), ZONE).astimezone(UTC)
        if left is None or left["occurred_at"] >= began:
            after = [row for row in ever_seen if row["occurred_at"] >= began]
            done = first([row for row in after if row["known"] <= self.known])
            owe("long-hospital-stay", began, max(began, recorded), working(london(began), 10), done, first(after))
        since = (received, recorded) if told["harm"] != "no" else None
        for review in reviews:
            if left and review["occurred_at"] > left["occurred_at"]:
                break
            since = None if review["answer"] == "no" else since or (review["occurred_at"], review["known"])
        if since is None:
            return
        plan = first(self.ever[DISCHARGE_PLAN][pk])
        owe("discharge-plan", *since, left["occurred_at"] if left else None, plan if plan and plan["known"] <= self.known else None, plan)  # fmt: skip
        if left and (left["how"] != "planned" or plan is None or plan["occurred_at"] > left["occurred_at"]):
            answer = first([row for row in self.ever[ANSWERED][pk] if row["occurred_at"] >= left["occurred_at"]])
            self._plainly(
                "assessment.unplanned-discharge", about, left["team_id"], left["occurred_at"], left["known"],
                left["occurred_at"] + timedelta(hours=4),
                answer["occurred_at"] if answer and answer["known"] <= self.known else None,
            )  # fmt: skip


def first(found: list[Raw]) -> Raw | None:
    return found[0] if found else None


def months_on(day: date, months: int) -> date:
    """The same day some months later, or the month's last."""
    month, year = (day.month + months - 1) % 12 + 1, day.year + (day.month + months - 1) // 12
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))


Kind = tuple[type[models.Model], str]
DECISION: Kind = (room.Decision, "referral_id")
ACKNOWLEDGED: Kind = (room.Acknowledgement, "referral_id")
WRITTEN: Kind = (room.WrittenConfirmation, "referral_id")
OFFENCE: Kind = (room.OffenceView, "referral_id")
POLICE: Kind = (room.PoliceAdvice, "referral_id")
ONWARD: Kind = (room.OnwardReferral, "referral_id")
RESPONSE: Kind = (room.OnwardResponse, "onward_id")
TOLD: Kind = (room.PoliceTold, "onward_id")
ANSWER: Kind = (room.UnmetNeedAnswer, "decision_id")
NEED: Kind = (room.UnmetNeed, "answer_id")
MET: Kind = (room.NeedMet, "need_id")
SENT: Kind = (room.ReportSent, "cycle_id")
ADVISED: Kind = (law.AdviceAnswer, "request_id")
VISIT: Kind = (wards.WardVisit, "notification_id")
STEP: Kind = (wards.StepTaken, "notification_id")
HARM_REVIEW: Kind = (wards.HarmReview, "notification_id")
DISCHARGE_PLAN: Kind = (wards.DischargePlan, "notification_id")
LEFT: Kind = (wards.Discharge, "notification_id")
ANSWERED: Kind = (wards.Escalation, "notification_id")
CONTACT: Kind = (contacts.CaseRecord, "case_file_id")
TALK: Kind = (safety.StrategyDiscussion, "case_file_id")
FOUND: Kind = (safety.EnquiryOutcome, "discussion_id")
CONFERENCE: Kind = (safety.ConferenceDate, "discussion_id")
PLAN: Kind = (safety.ProtectionPlan, "case_file_id")
GROUP: Kind = (safety.CoreGroup, "plan_id")
REVIEW: Kind = (safety.ReviewConference, "plan_id")
END: Kind = (safety.PlanEnd, "plan_id")
CHECKED: Kind = (register.CheckDecision, "check_of_id")
SETTLED: Kind = (register.CheckSettled, "shown_id")
KINDS = (
    CHECKED, SETTLED, DECISION, ACKNOWLEDGED, WRITTEN, OFFENCE, POLICE, ONWARD, RESPONSE, TOLD, ANSWER, NEED, MET, SENT,
    ADVISED, VISIT, STEP, HARM_REVIEW, DISCHARGE_PLAN, LEFT, ANSWERED, CONTACT, TALK, FOUND,
    CONFERENCE, PLAN, GROUP, REVIEW, END,
)  # fmt: skip


pytestmark = pytest.mark.usefixtures("authority")


@pytest.mark.parametrize(("as_at", "known"), CLOCKS, ids=lambda at: f"{at:%d%b}")
def test_every_verdict_of_every_team_and_month_is_counted_the_same_by_hand(as_at: datetime, known: datetime) -> None:
    ours = {
        (row.requirement, row.team_id, row.month, verdict): getattr(row.counts, verdict)
        for row in tally.tally(as_at, known)
        for verdict in ("met", "late", "overdue", "due", "excused")
        if getattr(row.counts, verdict)
    }
    recounted = dict(Recount(as_at, known).counts)
    differ = {key: (ours.get(key), recounted.get(key)) for key in ours.keys() | recounted.keys() if ours.get(key) != recounted.get(key)}  # fmt: skip
    assert differ == {}
    assert len(recounted) > 50


def test_every_due_instant_is_the_same_by_hand() -> None:
    at = night(TODAY)
    mine = Recount(at, at).due
    ours = {
        (row.requirement, row.subject_type, row.subject_id, row.key): row.due_at
        for row in Obligation.objects.filter(since_at__lte=at).exclude(requirement="plan.action-done")
    }
    assert {key: (ours.get(key), due) for key, due in mine.items() if ours.get(key) != due} == {}
    assert ours.keys() == mine.keys()


def test_knowing_earlier_changes_figures_and_only_by_what_was_recorded_late() -> None:
    (at, now), (_, before) = CLOCKS[3], CLOCKS[5]
    assert Recount(at, now).counts != Recount(at, before).counts


def wilson_by_hand(n: int, m: int) -> tuple[float, float]:
    z = 1.959963984540054
    p = n / m
    root = z * sqrt(p * (1 - p) / m + z * z / (4 * m * m))
    return (p + z * z / (2 * m) - root) / (1 + z * z / m), (p + z * z / (2 * m) + root) / (1 + z * z / m)


@pytest.mark.parametrize("day", PAST, ids=str)
def test_the_plans_evidence_is_counted_the_same_by_hand(day: date) -> None:
    counts = Recount(night(day), night(day)).counts
    keys = sorted({key for key, *_ in counts})
    for evidence in evidence_for(keys, day):
        mine = {
            verdict: sum(n for (key, _, _, v), n in counts.items() if (key, v) == (evidence.requirement, verdict))
            for verdict in ("met", "late", "overdue", "due", "excused")
        }
        judged = mine["met"] + mine["late"] + mine["overdue"]
        assert (evidence.met, evidence.judged) == (mine["met"], judged)
        assert (evidence.counts.due, evidence.counts.excused) == (mine["due"], mine["excused"])
        if judged < 10:
            assert evidence.interval is None
            assert evidence.share is None
        else:
            assert evidence.interval is not None
            low, high = wilson_by_hand(mine["met"], judged)
            assert evidence.interval.low == pytest.approx(low, abs=1e-9)
            assert evidence.interval.high == pytest.approx(high, abs=1e-9)
        for month, met, of in evidence.months:
            of_month = Counter(
                {v: n for (k, _, at, v), n in counts.items() if (k, at) == (evidence.requirement, month)}
            )
            by = Counter[str]()
            for (key, _, at, verdict), number in counts.items():
                if (key, at) == (evidence.requirement, month):
                    by[verdict] += number
            assert (met, of) == (by["met"], by["met"] + by["late"] + by["overdue"]), of_month
        assert sum(of for _, _, of in evidence.months) == judged


@pytest.mark.parametrize(("as_at", "known"), CLOCKS, ids=lambda at: f"{at:%d%b}")
def test_unmet_need_is_counted_the_same_by_hand(as_at: datetime, known: datetime) -> None:
    start, end = date(2025, 10, 1), london(as_at)
    told = {kind: Told(*kind, known) for kind in (DECISION, ANSWER, NEED, MET)}
    decisions = {row["first"]: row for on in told[DECISION].by.values() for row in on}
    answers = {row["first"]: row for on in told[ANSWER].by.values() for row in on}
    teams = {row["id"]: row for row in rows(Team)}
    needs: Counter[tuple[Any, ...]] = Counter()
    met: Counter[tuple[Any, ...]] = Counter()
    for on in told[NEED].by.values():
        for need in on:
            answer = answers.get(need["answer_id"])
            decision = decisions.get(answer["decision_id"]) if answer else None
            if decision is None or not start <= london(need["occurred_at"]) or need["occurred_at"] > as_at:
                continue
            key = (
                need["need"],
                need["why"],
                need["unit"],
                decision["team_id"],
                london(need["occurred_at"]).replace(day=1),
            )
            needs[key] += 1
            met[key] += any(row["occurred_at"] <= as_at for row in told[MET][need["first"]])
    found = figures.unmet_need(start, end, as_at=as_at, known_at=known)
    assert {(r.need, r.why, r.unit, r.team_id, r.month): (r.count, r.met) for r in found} == {
        key: (number, met[key]) for key, number in needs.items()
    }
    asked: Counter[tuple[int, date]] = Counter()
    answered: Counter[tuple[int, date]] = Counter()
    for decision in decisions.values():
        if not start <= london(decision["occurred_at"]) or decision["occurred_at"] > as_at:
            continue
        at = (decision["team_id"], london(decision["occurred_at"]).replace(day=1))
        asked[at] += 1
        answered[at] += any(row["occurred_at"] <= as_at for row in told[ANSWER][decision["first"]])
    captured = figures.capture_rate(start, end, as_at=as_at, known_at=known)
    assert {(r.team_id, r.month): (r.decisions, r.answered) for r in captured} == {
        at: (number, answered[at]) for at, number in asked.items()
    }
    assert needs
    assert asked
    assert {row["team_id"] for row in decisions.values()} <= teams.keys()


@pytest.mark.parametrize(("as_at", "known"), CLOCKS, ids=lambda at: f"{at:%d%b}")
def test_what_agencies_wrote_is_counted_the_same_by_hand(as_at: datetime, known: datetime) -> None:
    start, end = date(2025, 8, 15), london(as_at)
    written = Told(*WRITTEN, known)
    mine: dict[tuple[Any, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for referral in rows(room.Referral):
        if (
            referral["recorded_at"] > known
            or referral["received_at"] > as_at
            or london(referral["received_at"]) < start
        ):
            continue
        if not referral["professional"]:
            continue
        line = mine[referral["agency_id"], referral["agency_kind"]]
        line[0] += 1
        if referral["route"] in ("phone", "in-person"):
            line[1] += 1
            line[2] += any(row["occurred_at"] <= as_at for row in written[referral["id"]])
    found = figures.written_by_agency(start, end, as_at=as_at, known_at=known)
    labels = dict(AgencyKind.choices)
    assert {(r.agency_id, r.kind): [r.referrals, r.spoken, r.confirmed] for r in found} == {
        (agency, labels[kind]): line for (agency, kind), line in mine.items()
    }
    assert sum(r.unwritten for r in found) == sum(spoken - confirmed for _, spoken, confirmed in mine.values())


def evidence_in(data: Any) -> Iterator[dict[str, Any]]:
    """Every evidence line of a report's JSON."""
    if isinstance(data, dict):
        if data.get("kind") == "Evidence":
            yield data
        for value in data.values():
            yield from evidence_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from evidence_in(value)


def numbers_in(words: str) -> list[int]:
    import re

    return [int(number.replace(",", "")) for number in re.findall(r"(?<![\d.%])\d[\d,]*(?![\d,]*%)", words)]


@pytest.mark.parametrize("day", PAST, ids=str)
def test_the_progress_report_prints_these_numbers_and_hides_the_small_ones(day: date) -> None:
    counts = Recount(night(day), night(day)).counts
    plan = Plan.objects.current().get()
    data = json.loads(json.dumps(as_data(progress_report(plan, day))))
    tied = set(
        RequirementTie.objects.filter(recommendation__standard__plan=plan, untied_at=None).values_list(
            "requirement", flat=True
        )
    )
    lines = list(evidence_in(data))
    assert lines
    titles = {evidence.title: evidence.requirement for evidence in evidence_for(sorted(tied), day)}
    for line in lines:
        key = titles[line["title"].rstrip(":")]
        by = Counter[str]()
        for (requirement, _, _, verdict), number in counts.items():
            if requirement == key:
                by[verdict] += number
        met, judged = by["met"], by["met"] + by["late"] + by["overdue"]
        words = line["words"]
        small_excused = [n for n in (by["due"], by["excused"]) if 0 < n < 5]
        # Whatever is printed fits what was counted, and no number from 1 to 4 stands alone.
        assert not [
            n for n in numbers_in(words.replace("fewer than 5", "").replace("Fewer than 5", "")) if 0 < n < 5
        ], words
        if judged == 0:
            assert words.startswith("None to judge yet")
        elif judged < 10:
            assert "too few to say" in words
            assert str(met) not in words.split(":")[0] or met >= 5
        elif 0 < met < 5:
            assert words.startswith(f"Fewer than 5 of {judged:,}")
        elif 0 < judged - met < 5:
            assert words.startswith(f"At least {judged - 4:,} of {judged:,} in time, and not all")
        else:
            assert words.startswith(f"{met:,} of {judged:,} in time ({met / judged:.0%})")
            low, high = wilson_by_hand(met, judged)
            assert line["interval"] == f"95% interval {low:.0%} to {high:.0%}"
        if small_excused:
            # Neither the source nor anything else of the line gives a total to subtract from.
            assert not numbers_in(line["source"])
        if by["due"] >= 5:
            assert f"{by['due']:,} not yet due" in words
        if by["excused"] >= 5:
            assert f"{by['excused']:,} excused" in words


@pytest.mark.parametrize("day", PAST[:2], ids=str)
def test_the_thread_on_the_command_line_adds_up(day: date) -> None:
    known = day - timedelta(days=5)
    answer = CliRunner().invoke(app, ["thread", "--json", "--as-at", str(day), "--known-at", str(known)])
    assert answer.exit_code == 0, answer.output
    printed = {line["recommendation"]: line for line in json.loads(answer.stdout)}
    counts = Recount(night(day), night(known)).counts
    plan = Plan.objects.current().get()
    for rec in Recommendation.objects.filter(standard__plan=plan):
        keys = set(
            RequirementTie.objects.filter(recommendation=rec, untied_at=None).values_list("requirement", flat=True)
        )
        line = printed.pop(rec.number)
        assert set(line["requirements"]) == keys
        assert line["obligations"] == {
            verdict: sum(n for (key, _, _, v), n in counts.items() if key in keys and v == verdict)
            for verdict in ("met", "late", "overdue", "due", "excused")
        }
    assert printed == {}


def test_a_report_calls_nothing_sustained_that_its_own_evidence_does_not_show() -> None:
    plan = Plan.objects.current().get()
    day = TODAY - timedelta(days=1)
    printed = evidence_of_plan(plan, day)
    statuses = statuses_of(plan, day, evidence=printed).recommendations
    assert "sustained" in {status.key for status in statuses.values()}
    assert "sustained" not in {s.key for s in statuses_of(plan, day, evidence={}).recommendations.values()}
    words = json.dumps(as_data(progress_report(plan, day)))
    for rec in Recommendation.objects.filter(standard__plan=plan):
        assert f"{statuses[rec.pk].title}: {statuses[rec.pk].words}." in words
