"""What is known of the children of the made-up council and of those around them (2.5).

Shares of ethnic groups and of disability are England's; which languages are spoken, who lives with whom and the rest are ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from goldenthread.cases.models import (
    Address,
    AgencyInvolved,
    Child,
    ChildTie,
    Communication,
    Danger,
    Disability,
    Ethnicity,
    LanguageAnswer,
    OtherName,
    Person,
    Tie,
)
from goldenthread.core.clock import day_of
from goldenthread.demo import words
from goldenthread.demo.arrivals import Family, File, Weighted
from goldenthread.demo.assessment.desk import AssessmentDesk
from goldenthread.people.models import Officer
from goldenthread.standards.referrals.models import Referral

_KEY = "assessment.language-asked"
# Children in need in England at 31 March 2020 by ethnic group: White 268,070, Mixed 32,940, Asian 27,650, Black 32,260,
# other 12,870, of 389,260 (Department for Education, Children in need, table A4, national row; the order of the columns is
# the one that the publisher uses, and was not checked against the original file). How each group is split is ours.
_GROUPS = {"White": 268070, "Mixed": 32940, "Asian": 27650, "Black": 32260, "other": 12870, "unknown": 15470}
_CODES: dict[str, dict[str, int]] = {
    "White": {"WBRI": 90, "WIRI": 1, "WROM": 2, "WOTH": 7},
    "Mixed": {"MWBC": 35, "MWBA": 15, "MWAS": 20, "MOTH": 30},
    "Asian": {"AIND": 15, "APKN": 45, "ABAN": 20, "AOTH": 20},
    "Black": {"BCRB": 20, "BAFR": 60, "BOTH": 20},
    "other": {"CHNE": 10, "OOTH": 90},
    "unknown": {"REFU": 20, "NOBT": 80},
}
_DISABLED = 0.126  # of children in need at 31 March 2020, the same publication, table B2 (not checked against the original file)
_AFFECTS = {"AUT": 34, "LD": 33, "BEH": 21, "COMM": 20, "MOB": 18, "PC": 13, "HEAR": 6, "VIS": 6, "CON": 5, "DDA": 12}
_SPOKEN: dict[str, dict[str, int]] = {
    "White": {"eng": 91, "pol": 4, "ron": 2, "ukr": 1, "lit": 1, "sqi": 1},
    "Mixed": {"eng": 90, "por": 5, "fra": 3, "spa": 2},
    "Asian": {"eng": 45, "urd": 20, "ben": 13, "pan": 10, "pus": 6, "vie": 6},
    "Black": {"eng": 60, "som": 15, "twi": 8, "yor": 7, "fra": 5, "tir": 5},
    "other": {"eng": 35, "ara": 30, "kur": 20, "fas": 15},
    "unknown": {"eng": 80, "ara": 10, "pol": 10},
}
_WAYS = (
    "speech makaton",
    "pecs body",
    "bsl",
    "speech device",
    "symbols eyes",
    "speech hearing-aids lip-reading",
    "body play",
)
_HELPS = ("Time to answer, and one question at a time", "Her communication book, which is in the school bag", "A quiet room without strangers", "The teaching assistant who knows his signs", "")  # fmt: skip
_PLAIN = ("Needs help to dress and wash", "Falls easily, and tires by midday", "Cannot bear loud rooms", "Learns more slowly than others of the same age", "")  # fmt: skip
_STREETS = ("Row", "Street", "Close", "Lane", "Gardens", "Court")
_MOVED = ("The tenancy ended", "To live nearer to the grandparents", "After the parents separated", "A larger home was found", "")  # fmt: skip
_DANGERS = (
    ("the children and their mother", "Convicted of assault in front of the children"),
    ("workers who visit alone", "Threatened the housing officer with a dog"),
    ("the older child", "The child says that he hits when he drinks; the school has seen marks"),
)
_SURGERIES = tuple(name for name in words.AGENCIES["health"] if "Surgery" in name or "Health Centre" in name)
_WHAT_FOR = {"school": "Attendance, and somebody to talk to at lunch", "surgery": "The family's doctor", "nursery": "Fifteen hours a week"}  # fmt: skip


@dataclass(slots=True)
class Home:
    """What is drawn once for a family."""

    family: Family
    group: str
    language: str
    interpreter: str
    told: datetime | None = None
    known: bool = False


def practise(desk: AssessmentDesk) -> None:
    """Asked at the referral, mostly; the rest over the days after it."""
    desk.writer.flush()  # the children's names and birthdays are needed
    children = Child.objects.in_bulk([pk for family in desk.families for pk in family.children])
    Household(desk, children).fill()


class Household:
    """Fills in what is known of each family, one file after the other."""

    def __init__(self, desk: AssessmentDesk, children: dict[int, Child]) -> None:
        self.desk, self.chance, self.children = desk, desk.chance, children
        self.groups = Weighted(_GROUPS)
        self.codes = {group: Weighted(split) for group, split in _CODES.items()}
        self.spoken = {group: Weighted(split) for group, split in _SPOKEN.items()}
        self.affects = Weighted(_AFFECTS)
        self.homes: dict[int, Home] = {
            family.children[0]: self._home(family) for family in desk.families if family.children
        }

    def _home(self, family: Family) -> Home:
        group = self.groups.draw(self.chance)
        language = self.spoken[group].draw(self.chance)
        need = self.chance.random()
        interpreter = "spoken" if language != "eng" and need < 0.6 else "sign" if need > 0.995 else "no"
        return Home(family, group, language, interpreter)

    def fill(self) -> None:
        """Every referral in order of time; the rest of what is known follows the first decision on a family."""
        arrivals = [(referral, file) for file in self.desk.files for referral, _ in file.referrals]
        for referral, file in sorted(arrivals, key=lambda pair: (pair[0].received_at, pair[0].pk)):
            home = self.homes[file.children[0]]
            self._language(home, referral, file)
            if not home.known:
                home.known = True
                self._rest(home, referral, file)

    def _put(self, model: Any, team: str, at: datetime, on: datetime, by: Officer, **fields: Any) -> Any:
        known = self.desk.recorded(team, at, max(at, on))
        if known >= self.desk.now:
            return None
        return self.desk.writer.add(model, occurred_at=at, recorded_at=known, by=by, **fields)

    def _language(self, home: Home, referral: Referral, file: File) -> None:
        if home.told is not None:
            return
        desk, chance = self.desk, self.chance
        team, _ = file.held(referral.received_at)
        at = desk.done(_KEY, team, referral.received_at)
        if at is None:
            desk.excuse(_KEY, referral, file, referral.received_at)
            return
        known = desk.recorded(team, at, max(at, referral.recorded_at))
        if known >= desk.now:
            return
        refused, by = chance.random() < 0.02, desk.worker(team)
        plain = home.language == "eng" or home.interpreter == "no"
        for child in file.children:
            desk.writer.add(
                LanguageAnswer, child_id=child, answer="refused" if refused else "told",
                first="" if refused else home.language, interpreter="" if refused else home.interpreter,
                others="English" if home.language != "eng" and not refused and chance.random() < 0.6 else "",
                written="" if refused else "english" if plain else "translated", occurred_at=at, recorded_at=known, by=by,
            )  # fmt: skip
        home.told = at

    def _rest(self, home: Home, referral: Referral, file: File) -> None:
        desk, chance = self.desk, self.chance
        team, _ = file.held(referral.received_at)
        by = desk.worker(team)
        at = desk.diary.in_office_hours(referral.received_at + timedelta(days=1 + chance.expovariate(0.4)), chance)
        at = at.replace(second=0, microsecond=0)
        if at >= desk.now:
            return
        on = referral.recorded_at
        self._people(home, file.children, team, at, on, by)
        self._addresses(file.children, team, at, on, by)
        for child in file.children:
            if chance.random() < 0.93:
                code = self.codes[home.group].draw(chance)
                self._put(Ethnicity, team, at, on, by, child_id=child, code=code)
            self._disability(home, child, team, at, on, by)
            self._agencies(child, team, at, on, by)
            self._other_name(child, at, on, by)
        for one, other in zip(file.children, file.children[1:], strict=False):
            relation = "full" if chance.random() < 0.75 else "half"
            self._put(ChildTie, team, at, on, by, child_id=one, other_id=other, relation=relation)

    def _disability(self, home: Home, child: int, team: str, at: datetime, on: datetime, by: Officer) -> None:
        chance = self.chance
        likely = (
            0.9
            if home.family.need == "childs_disability_or_illness" and child == home.family.children[0]
            else _DISABLED / 2
        )
        if chance.random() < likely:
            codes = sorted({self.affects.draw(chance) for _ in range(1 + int(chance.random() * 3))})
            self._put(
                Disability, team, at, on, by, child_id=child, answer="yes", codes=" ".join(codes),
                described=self.desk.pick(_PLAIN),
            )  # fmt: skip
            if {"COMM", "AUT", "HEAR", "LD"} & set(codes):
                ways, helps = self.desk.pick(_WAYS), self.desk.pick(_HELPS)
                self._put(Communication, team, at, on, by, child_id=child, ways=ways, helps=helps)
        elif chance.random() < 0.8:
            self._put(Disability, team, at, on, by, child_id=child, answer="none", codes="")

    def _people(self, home: Home, children: Sequence[int], team: str, at: datetime, on: datetime, by: Officer) -> None:
        chance, surname = self.chance, self.children[children[0]].family_name
        born = min((self.children[pk].date_of_birth or day_of(at)) for pk in children)
        around = [("mother", "F", 0.95, "yes", 0.88), ("father", "M", 0.6, "yes", 0.5), ("partner", "M", 0.16, "no", 0.8),
                  ("grandparent", "F", 0.2, "no", 0.15)]  # fmt: skip
        for relation, sex, share, responsibility, together in around:
            if chance.random() >= share:
                continue
            language = home.language if relation != "partner" or chance.random() < 0.5 else "eng"
            person = self._put(
                Person, team, at, on, by, given_names=self.desk.pick(words.GIVEN[sex]),
                family_name=surname if chance.random() < 0.7 else self.desk.pick(words.FAMILY),
                date_of_birth=_older(born, 18 + int(chance.random() * 20)) if chance.random() < 0.5 else None,
                language=language, interpreter=home.interpreter if language == home.language else "no",
            )  # fmt: skip
            if person is None:
                return
            lives = chance.random() < together
            if relation == "father" and chance.random() < 0.15:
                responsibility = "not-known"
            for child in children:
                since = self.children[child].date_of_birth if lives and relation == "mother" else None
                self.desk.writer.add(
                    Tie, person_id=person.pk, child_id=child, relation=relation, responsibility=responsibility,
                    lives_with=lives, since=since if since and since <= day_of(at) else None, occurred_at=at,
                    recorded_at=person.recorded_at, by=by,
                )  # fmt: skip
            if sex == "M" and home.family.need == "abuse_or_neglect" and chance.random() < 0.12:
                to_whom, why = _DANGERS[int(chance.random() * len(_DANGERS))]
                self._put(Danger, team, at, person.recorded_at, by, person_id=person.pk, to_whom=to_whom, why=why)

    def _addresses(self, children: Sequence[int], team: str, at: datetime, on: datetime, by: Officer) -> None:
        chance, today = self.chance, day_of(at)
        known = self.desk.recorded(team, at, max(at, on))
        if known >= self.desk.now:
            return
        since = today - timedelta(days=200 + int(chance.random() * 2000))
        places = [(since, "")]
        if chance.random() < 0.25:
            places.append((since + (today - since) * chance.random(), self.desk.pick(_MOVED)))
        confidential = chance.random() < 0.02
        for number, (day, why) in enumerate(places):
            lines = f"{1 + int(chance.random() * 90)} {self.desk.pick(words.PLACES)} {self.desk.pick(_STREETS)}"
            postcode = (
                f"WX{1 + int(chance.random() * 9)} {1 + int(chance.random() * 9)}{chr(65 + int(chance.random() * 6))}X"
            )
            for child in children:
                self.desk.writer.add(
                    Address, child_id=child, lines=lines, postcode=postcode, since=day, moved_because=why,
                    confidential=confidential and number == len(places) - 1, recorded_at=known, by=by,
                )  # fmt: skip

    def _agencies(self, child: int, team: str, at: datetime, on: datetime, by: Officer) -> None:
        chance, born = self.chance, self.children[child].date_of_birth or day_of(at)
        age = (day_of(at) - born).days / 365.25
        kind = "school" if age >= 4.5 else "nursery" if age >= 2 else ""
        if kind and chance.random() < 0.85:
            place = self.desk.pick(words.PLACES)
            level = "Nursery School" if kind == "nursery" else "Primary School" if age < 11 else "School"
            self._put(AgencyInvolved, team, at, on, by, child_id=child, kind=kind, name=f"{place} {level}", what_for=_WHAT_FOR[kind], worker=self.desk.pick(words.PEOPLE))  # fmt: skip
        if chance.random() < 0.7:
            name = self.desk.pick(_SURGERIES)
            self._put(AgencyInvolved, team, at, on, by, child_id=child, kind="surgery", name=name, what_for=_WHAT_FOR["surgery"])  # fmt: skip

    def _other_name(self, child: int, at: datetime, on: datetime, by: Officer) -> None:
        chance, known = self.chance, max(at, on)
        if chance.random() >= 0.05:
            return
        row = self.children[child]
        given, family, kind = row.given_names, self.desk.pick(words.FAMILY), "former"
        if chance.random() < 0.5:
            given, family, kind = row.given_names[:3], row.family_name, "known-as"
        searched = f"{given} {family}".casefold()
        if searched != row.search_name:
            self.desk.writer.add(
                OtherName, child_id=child, kind=kind, given_names=given, family_name=family, search_name=searched,
                recorded_at=known, by=by,
            )  # fmt: skip


def _older(born: date, years: int) -> date:
    return date(born.year - years, born.month, min(born.day, 28))
