"""What officers do at random about children and their households: mixed into those who do everything at once."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from goldenthread.cases.actions import leave_address, record_address, record_other_name, take_back
from goldenthread.cases.choices import Asked, DisabilityCode, EthnicCode, Language, Relation, Way
from goldenthread.cases.facts import Fact
from goldenthread.cases.models import Address, CaseFile, Child, Merge, MergedRow, OtherName, Person
from goldenthread.core.clock import day_of
from goldenthread.core.errors import Refused
from goldenthread.standards.assessment.household import actions, people
from goldenthread.standards.assessment.household.corrections import (
    CORRECTABLE,
    correct_known,
    end_known,
    withdraw_known,
)
from goldenthread.standards.assessment.household.merging import merge
from goldenthread.standards.assessment.household.unmerging import settle, take_merge_back
from goldenthread.standards.referrals.models import Referral
from tests.standards.referrals.test_random_verbs import Office


class HouseholdOffice(Office):
    """Their verbs; call `household_verbs` where the verbs are gathered."""

    def household_verbs(self) -> list[Callable[[], object]]:
        return [
            self.say_language, self.say_language, self.ask_language, self.say_ethnicity, self.say_disability, self.say_ways,
            self.sibling, self.agency, self.person, self.tie, self.danger, self.live, self.leave_home, self.name, self.rename,
            self.take_name_back, self.correct_fact, self.withdraw_fact, self.end_fact, self.merge_two, self.merge_two,
            self.unmerge, self.settle_one,
        ]  # fmt: skip

    def there(self) -> dict[str, Any]:
        """A file and one of its children, mostly; now and then a child who is not on it."""
        file = self.one(CaseFile)
        assert isinstance(file, CaseFile)
        on_file = list(file.children.all()) * 8 + self.children[:1]
        return {"case_file": file, "child": self.chance.choice(on_file), "by": self.by()}

    def told(self) -> dict[str, Any]:
        return self.there() | {"occurred_at": self.at(), "token": self.token()}

    def some_day(self) -> date:
        return day_of(self.hands.now) - timedelta(days=self.chance.randrange(-2, 60))

    def answer_given(self) -> dict[str, Any]:
        answer = self.chance.choice([*Asked.values, "told", "told", "no-such"])
        if answer != "told":
            return {"answer": answer}
        return {"answer": answer, "first": self.chance.choice(Language.values), "interpreter": "no", "first_other": self.chance.choice(["", "", "Oshiwambo"])}  # fmt: skip

    def say_language(self) -> None:
        actions.record_language(**self.told(), **self.answer_given())

    def ask_language(self) -> None:
        referral = self.one(Referral)
        assert isinstance(referral, Referral)
        actions.ask_language(
            referral=referral, children=list(referral.children.all()), occurred_at=self.at(), by=self.by(),
            **self.answer_given(),
        )  # fmt: skip

    def say_ethnicity(self) -> None:
        actions.record_ethnicity(**self.told(), code=self.chance.choice([*EthnicCode.values, "XX"]))

    def say_disability(self) -> None:
        codes = self.chance.sample(DisabilityCode.values, k=self.chance.randrange(3))
        actions.record_disability(**self.told(), answer=self.chance.choice(["yes", "none"]), codes=codes)

    def say_ways(self) -> None:
        actions.record_communication(**self.told(), ways=self.chance.sample(Way.values, k=self.chance.randrange(3)))

    def sibling(self) -> None:
        actions.record_sibling(**self.told(), other=self.chance.choice(list(Child.objects.all())), relation="half")

    def agency(self) -> None:
        actions.involve_agency(**self.told(), kind="school", name="Elmbridge Primary", what_for=self.words())

    def person(self) -> None:
        given = self.told()
        given["children"] = [given.pop("child")]
        people.record_person(
            **given, given_names=self.chance.choice(["", "Mara"]), relation=self.chance.choice(Relation.values),
            responsibility="yes",
        )  # fmt: skip

    def a_person(self) -> Person:
        found = self.one(Person)
        assert isinstance(found, Person)
        return found

    def tie(self) -> None:
        people.tie_person(**self.told(), person=self.a_person(), relation="father", responsibility="not-known")

    def danger(self) -> None:
        people.flag_danger(**self.told(), person=self.a_person(), to_whom="workers who visit", why=self.words())

    def live(self) -> None:
        record_address(**self.there(), lines=self.chance.choice(["", "1 Open Street"]), since=self.some_day())

    def leave_home(self) -> None:
        address = self.one(Address)
        assert isinstance(address, Address)
        leave_address(**self.there(), address=address, until=self.some_day())

    def name(self) -> None:
        record_other_name(**self.there(), kind="alias", given_names=f"Q{self.chance.randrange(40)}")

    def rename(self) -> None:
        changes = self.chance.choice([{"sex": "F"}, {"sex": "M"}, {"given_names": "Eli"}, {"family_name": ""}])
        actions.amend_child(
            **self.there(), changes=changes, reason=self.words(), keep_name=self.chance.choice(["", "former"])
        )

    def take_name_back(self) -> None:
        name = self.one(OtherName)
        assert isinstance(name, OtherName)
        take_back(**(self.there() | {"child": name.child}), what=name, reason=self.words())

    def a_fact(self) -> Fact:
        found = self.one(self.chance.choice(list(CORRECTABLE)))
        assert isinstance(found, Fact)
        return found

    def correct_fact(self) -> None:
        fact = self.a_fact()
        where = self.there() | ({"child": fact.child} if hasattr(fact, "child") else {})
        correct_known(**where, fact=fact, changes={"occurred_at": self.at()}, reason=self.words(), token=self.token())

    def withdraw_fact(self) -> None:
        fact = self.a_fact()
        where = self.there() | ({"child": fact.child} if hasattr(fact, "child") else {})
        withdraw_known(**where, fact=fact, reason=self.words())

    def end_fact(self) -> None:
        fact = self.a_fact()
        where = self.there() | ({"child": fact.child} if hasattr(fact, "child") else {})
        end_known(**where, fact=fact, until=self.some_day())

    def merge_two(self) -> None:
        if Merge.objects.filter(undone_at=None).count() >= 2:
            raise Refused("That is enough.")
        one, other = self.chance.sample(list(Child.objects.all()), k=2)
        merge(
            kept=one,
            merged=other,
            why=self.words(),
            by=self.chance.choice([self.by(), self.cast.manager, self.cast.head]),
        )
        self.children = [child.current() for child in Child.every.filter(pk__in=[child.pk for child in self.children])]

    def unmerge(self) -> None:
        made = self.one(Merge)
        assert isinstance(made, Merge)
        take_merge_back(merge=made, reason=self.words(), by=self.chance.choice([self.cast.manager, self.cast.head]))

    def settle_one(self) -> None:
        rows = list(MergedRow.objects.filter(what="since", settled_at=None))
        if not rows:
            raise Refused("There is none yet.")
        settle(row=self.chance.choice(rows), belongs=self.chance.choice(["kept", "merged"]), by=self.cast.head)
