"""Made-up histories of case files, each lived through the verbs themselves, and written down apart as it was told to them: so that
what the product says of any instant can be held against a walk through the minutes.

All times are whole minutes after the first; `known` is the minute at which something was recorded.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from goldenthread.cases.models import CaseFile, Child, Merge
from goldenthread.core.clock import day_of
from goldenthread.core.errors import Refused
from goldenthread.obligations.actions import excuse
from goldenthread.obligations.handover import hand_over
from goldenthread.obligations.models import Obligation
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.allocating import actions as allocating
from goldenthread.standards.allocation.allocating.models import Allocation
from goldenthread.standards.allocation.closing import actions as closing
from goldenthread.standards.allocation.closing import signing
from goldenthread.standards.allocation.closing.models import Closure
from goldenthread.standards.allocation.transferring import actions as transferring
from goldenthread.standards.allocation.transferring import handing
from goldenthread.standards.allocation.transferring.models import Transfer
from goldenthread.standards.assessment.household.merging import merge
from goldenthread.standards.assessment.household.unmerging import take_merge_back
from goldenthread.standards.referrals import actions as referrals
from goldenthread.standards.referrals.corrections import amend_referral
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.standards.allocation.transferring.conftest import make_receiver
from tests.standards.referrals.conftest import Hands

SAID = "Weekly visits go on, and a review comes in the spring"


@dataclass
class Diary:
    """What one file lived through. holds: (minute, team, worker, known); shut: from when until when it was closed; named: by
    the number of a referral, (minute, known, children); amended: (referral, minute, known); left: whom a merge that was taken
    back left on it, because a record of that time names them, and when."""

    file: CaseFile
    opened: int
    holds: list[tuple[int, int, int | None, int]] = field(default_factory=list)
    shut: list[list[int | None]] = field(default_factory=list)
    named: dict[int, tuple[int, int, tuple[int, ...]]] = field(default_factory=dict)
    amended: list[tuple[int, int, int]] = field(default_factory=list)
    left: list[tuple[int, int]] = field(default_factory=list)  # child, minute
    offered: bool = False

    @property
    def is_shut(self) -> bool:
        return bool(self.shut) and self.shut[-1][1] is None


class Lives:
    """Everybody at work on so many files at once, choosing at random; the hands of the clock go on by whole minutes."""

    def __init__(self, cast: Cast, hands: Hands, chance: random.Random) -> None:
        self.cast, self.hands, self.chance = cast, hands, chance
        self.receiver = make_receiver(cast)
        self.first = hands.now
        self.diaries: list[Diary] = []
        self.merges: list[list[Any]] = []  # merge, kept, merged, known, undone
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.births = 0
        self.deeds: list[tuple[int, Callable[[Diary], None]]] = [
            (4, self.allocate), (2, self.refuse), (4, self.leave), (2, self.offer), (3, self.go_over), (1, self.stay),
            (1, self.withdraw), (2, self.join), (2, self.merge), (1, self.unmerge), (3, self.close), (3, self.reopen),
            (1, self.amend), (1, self.hand),
        ]  # fmt: skip

    # Time and people

    @property
    def now(self) -> int:
        return self.minute(self.hands.now)

    def minute(self, instant: datetime) -> int:
        found, rest = divmod(instant - self.first, timedelta(minutes=1))
        assert not rest
        return found

    def instant(self, minute: int) -> datetime:
        return self.first + timedelta(minutes=minute)

    def back(self, earliest: int) -> int:
        """A minute up to now, not before another: what is true is often recorded late."""
        return self.chance.choice([self.now, self.chance.randint(max(earliest, self.now - 90), self.now)])

    def child(self) -> Child:
        self.births += 1
        return Child.objects.create(given_names=f"Juno {self.births}", family_name="Aldergate")

    def manager(self, one: Diary) -> Officer:
        return self.cast.manager if self.in_east(one) else self.receiver

    def in_east(self, one: Diary) -> bool:
        return one.holds[-1][1] == self.cast.east.pk

    def worker(self, one: Diary) -> Officer:
        return self.chance.choice([self.cast.worker, self.cast.colleague]) if self.in_east(one) else self.cast.stranger

    def held(self, one: Diary, minute: int, team: int, worker: Officer | None) -> None:
        one.holds.append((minute, team, worker.pk if worker else None, self.now))

    # What is done

    def live(self, files: int, deeds: int) -> None:
        """Open so many files, one after the other, and do so many things on each, on average."""
        steps = [-1] * files + [0] * (files * deeds)
        opened = 0
        self.chance.shuffle(steps)
        for step in steps:
            self.hands.on(minutes=self.chance.randrange(6))
            if step or not opened:
                self.open()
                opened += 1
                continue
            verb = self.chance.choice([verb for weight, verb in self.deeds for _ in range(weight)])
            one = self.chance.choice([one for one in self.diaries if self.fits(verb, one)] or self.diaries)
            try:
                with transaction.atomic():
                    verb(one)
            except Refused as why:
                self.refused[f"{verb.__name__}: {why}"] += 1
                continue
            self.done[verb.__name__] += 1
        self.hands.on(minutes=40)

    def fits(self, verb: Callable[[Diary], None], one: Diary) -> bool:
        """Whether a file stands so that it can be done; it may be refused still."""
        if verb == self.reopen:
            return one.is_shut
        if verb in (self.go_over, self.stay, self.withdraw):
            return one.offered
        if verb in (self.offer, self.close):
            return self.in_east(one) and not one.offered and not one.is_shut
        if verb in (self.join, self.amend):
            return self.in_east(one) and not one.is_shut
        if verb == self.leave:
            return one.holds[-1][2] is not None and not one.is_shut
        return not one.is_shut

    def take(self, children: list[Child], received: int, one: Diary | None, **more: Any) -> Referral:
        return referrals.take_referral(
            agency_kind="school", agency_name="Elmbridge Primary", referrer_name="Rosa Whitcombe", route="phone",
            children=children, concern="Bruises on both arms, and a story that changes", received_at=self.instant(received),
            case_file=one.file if one else None, by=self.cast.colleague, **more,
        )  # fmt: skip

    def open(self) -> None:
        at, worker = self.back(0), self.chance.choice([None, None, self.cast.worker])
        children = [self.child() for _ in range(self.chance.choice([1, 1, 2, 3]))]
        made = self.take(children, at, None, worker=worker)
        one = Diary(made.case_file, at)
        self.held(one, at, self.cast.east.pk, worker)
        one.named[made.pk] = (at, self.now, tuple(child.pk for child in children))
        self.diaries.append(one)

    def join(self, one: Diary) -> None:
        """Another child is referred on the same file, or one that is on it again."""
        there = list(one.file.children.all())
        children = self.chance.choice([[self.child()], [self.child(), there[0]], there[:1]])
        at = self.back(one.opened)
        made = self.take(children, at, one)
        one.named[made.pk] = (at, self.now, tuple(child.pk for child in children))

    def amend(self, one: Diary) -> None:
        """A referral was received at another time than was written: the file stays open since when it was."""
        pk = self.chance.choice(list(one.named))
        at = self.back(one.opened)
        referral = Referral.objects.get(pk=pk)
        amend_referral(
            referral=referral, changes={"received_at": self.instant(at)}, reason="Misread", by=self.cast.colleague
        )
        one.amended.append((pk, at, self.now))

    def allocate(self, one: Diary) -> None:
        worker, at = self.worker(one), self.back(one.holds[-1][0])
        allocating.allocate(
            case_file=one.file, worker=worker, purpose=SAID, expected=SAID, allocated_at=self.instant(at),
            by=self.manager(one),
        )  # fmt: skip
        if one.holds[-1][2] != worker.pk:
            self.held(one, at, one.holds[-1][1], worker)

    def refuse(self, one: Diary) -> None:
        """Whoever has it cannot take it on: the file stays theirs until a manager has ruled."""
        given = Allocation.objects.filter(case_file=one.file).first()
        if given is None:
            raise Refused("Nobody was given it.")
        allocating.answer_allocation(
            allocation=given, answer="refused", words=SAID, occurred_at=self.hands.now, by=given.worker
        )

    def leave(self, one: Diary) -> None:
        """The worker leaves, and nobody is named in their place."""
        at = self.back(one.holds[-1][0])
        if one.is_shut:
            raise Refused("The file is closed.")
        hand_over(case_file=one.file, team=CaseFile.objects.get(pk=one.file.pk).team, worker=None,
                  since_at=self.instant(at), by=self.manager(one))  # fmt: skip
        self.held(one, at, one.holds[-1][1], None)

    def hand(self, one: Diary) -> None:
        """The head of service gives it to the other team, with nobody named there yet."""
        if one.is_shut:
            raise Refused("The file is closed.")
        team = self.cast.west if self.in_east(one) else self.cast.east
        at = self.back(one.holds[-1][0])
        hand_over(case_file=one.file, team=team, worker=None, since_at=self.instant(at), by=self.cast.head)
        self.held(one, at, team.pk, None)

    def transfer(self, one: Diary) -> Transfer:
        found = Transfer.objects.under_way().filter(case_file=one.file).first()
        if found is None:
            raise Refused("None is under way.")
        return found

    def offer(self, one: Diary) -> None:
        transferring.request_transfer(
            case_file=one.file,
            to_team=self.cast.west,
            why=SAID,
            asked=SAID,
            asked_at=self.hands.now,
            by=self.manager(one),
        )
        one.offered = True

    def go_over(self, one: Diary) -> None:
        """The receiving team takes it on, with somebody named or with nobody yet, and all that is to be done is."""
        if one.is_shut:
            raise Refused("The file is closed.")
        transfer, at = self.transfer(one), self.hands.now
        worker = self.chance.choice([None, None, self.cast.stranger])
        transferring.accept_transfer(transfer=transfer, starts_on=day_of(at), occurred_at=at, by=self.receiver)
        handing.record_handover(
            transfer=transfer, where=SAID, risks=SAID, told=SAID, occurred_at=at, by=self.cast.manager
        )
        handing.record_joint_visit(
            transfer=transfer, made=True, words=SAID, sender=self.cast.worker, receiver=self.cast.stranger,
            children=list(one.file.children.all()), occurred_at=at, by=self.cast.manager,
        )  # fmt: skip
        transferring.complete_transfer(transfer=transfer, worker=worker, occurred_at=at, by=self.cast.manager)
        self.held(one, self.now, self.cast.west.pk, worker)
        one.offered = False

    def stay(self, one: Diary) -> None:
        """The two teams disagree, and a manager above both rules that it stays."""
        transfer, at = self.transfer(one), self.hands.now
        transferring.disagree_with_transfer(transfer=transfer, words=SAID, occurred_at=at, by=self.receiver)
        transferring.rule_on_transfer(transfer=transfer, verdict="stays", words=SAID, occurred_at=at, by=self.cast.head)
        one.offered = False

    def withdraw(self, one: Diary) -> None:
        transferring.withdraw_transfer(
            transfer=self.transfer(one), words=SAID, occurred_at=self.hands.now, by=self.cast.manager
        )
        one.offered = False

    def merge(self, one: Diary) -> None:
        """Two records are of one child: on this file both, or one of them on another."""
        other = self.chance.choice([one, self.chance.choice(self.diaries)])
        both = {*one.file.children.all(), *other.file.children.all()}
        if len(both) < 2:
            raise Refused("There is but one.")
        kept, merged = self.chance.sample(sorted(both, key=lambda child: child.pk), k=2)
        made = merge(kept=kept, merged=merged, why=SAID, by=self.cast.manager)
        self.merges.append([made, kept.pk, merged.pk, self.now, None])

    def unmerge(self, one: Diary) -> None:
        standing = [row for row in self.merges if row[4] is None]
        if not standing:
            raise Refused("None stands.")
        row = self.chance.choice(standing)
        take_merge_back(merge=Merge.objects.get(pk=row[0].pk), reason=SAID, by=self.cast.manager)
        row[4] = self.now
        same = {merged: kept for _, kept, merged, _, undone in self.merges if undone is None}
        for each in self.diaries:
            named = [child for _, _, children in each.named.values() for child in children]
            there = {_stands_for(child, same) for child in [*named, *(child for child, _ in each.left)]}
            if row[1] not in there and each.file.children.filter(pk=row[1]).exists():
                each.left.append((row[1], self.now))

    def close(self, one: Diary) -> None:
        """Everybody is told, all that is owed is excused, and a manager signs it off."""
        at, worker = self.hands.now, self.cast.colleague
        if not self.in_east(one):
            raise Refused("Those who close files work in the east.")
        closure = closing.ask_to_close(
            case_file=one.file, reason="no-longer-in-need", changed=SAID, support=SAID, asked_at=at, by=worker
        )
        closing.tell_family(closure=closure, how="visit", words=SAID, occurred_at=at, by=worker)
        closing.look_at_chronology(closure=closure, words=SAID, occurred_at=at, by=worker)
        for row in (
            Obligation.objects.open().filter(case_file=one.file).exclude(requirement="allocation.closure-answered")
        ):
            excuse(obligation=row, reason=SAID, by=self.cast.manager)
        signing.sign_off_closure(closure=closure, words=SAID, occurred_at=at, by=self.cast.manager)
        one.shut.append([self.now, None])

    def reopen(self, one: Diary) -> None:
        closure = Closure.objects.filter(case_file=one.file).order_by("-pk").first()
        if closure is None or not one.is_shut:
            raise Refused("It is not closed.")
        signing.reopen(closure=closure, words=SAID, occurred_at=self.hands.now, by=self.cast.manager)
        one.shut[-1][1] = self.now
        _, team, worker, _ = one.holds[-1]
        one.holds.append((self.now, team, worker, self.now))


@dataclass
class Walked:
    """What a walk through the minutes found. waiting: by file, whose it was last, since which minute it has waited without a
    break, and the child-minutes of that; teams: the child-minutes of each team in all; files: which files waited at some
    minute; open: how many files each team held at the end."""

    waiting: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    teams: Counter[int] = field(default_factory=Counter)
    files: set[int] = field(default_factory=set)
    open: Counter[int] = field(default_factory=Counter)


def walk(lives: Lives, end: int, known: int) -> Walked:
    """Go through every minute of every file up to one of them, on what was known by another."""
    found = Walked()
    same = {
        merged: kept
        for _, kept, merged, at, undone in lives.merges
        if at <= known and (undone is None or undone > known)
    }
    for one in lives.diaries:
        holds = sorted(
            (at, place, team, worker) for place, (at, team, worker, told) in enumerate(one.holds) if told <= known
        )
        if one.opened > end or not holds:
            continue
        came = _came(one, same, known)
        run, since, team = 0, 0, 0
        place = 0
        for minute in range(one.opened, end):
            while place + 1 < len(holds) and holds[place + 1][0] <= minute:
                place += 1
            _, _, team, worker = holds[place]
            shut = any(at <= minute and (again is None or minute < again) for at, again in one.shut)
            if worker is not None or shut:
                run = 0
                continue
            children = sum(at <= minute for at in came)
            since = since if run else minute
            run += children
            found.teams[team] += children
            found.files.add(one.file.pk)
        if run:
            found.waiting[one.file.pk] = (team, since, run)
        if not any(at <= end and (again is None or end < again) for at, again in one.shut):
            found.open[max(row for row in holds if row[0] <= end)[2]] += 1
            continue
        found.waiting.pop(one.file.pk, None)
    return found


def _stands_for(child: int, same: dict[int, int]) -> int:
    while child in same:
        child = same[child]
    return child


def _came(one: Diary, same: dict[int, int], known: int) -> list[int]:
    """The minute from which each child was on a file: those of its first referral from its opening."""
    received = {pk: at for pk, (at, _, _) in one.named.items()}
    for pk, at, told in one.amended:
        if told <= known:
            received[pk] = at
    opening = min(one.named)
    came: dict[int, list[int]] = defaultdict(list)
    for pk, (_, told, children) in one.named.items():
        if told > known:
            continue
        for child in children:
            came[_stands_for(child, same)].append(one.opened if pk == opening else received[pk])
    for child, at in one.left:
        if at <= known:
            came[_stands_for(child, same)].append(at)
    return [min(times) for times in came.values()]
