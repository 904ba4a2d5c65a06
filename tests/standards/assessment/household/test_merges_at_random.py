"""Random families, merged and taken back: every row is as it was."""

import os
import random
from datetime import date
from typing import Any

import pytest
from django.apps import apps

from goldenthread.cases.actions import record_address, record_other_name
from goldenthread.cases.finding.models import SearchKey
from goldenthread.cases.models import (
    CaseFile,
    Child,
    Merge,
    MergedRow,
)
from goldenthread.core.errors import Refused
from goldenthread.core.models import Draft, Submission, TrailEntry, TrailLink, TrailSubject
from goldenthread.obligations import ledger
from goldenthread.obligations.models import Obligation
from goldenthread.oversight.conflicts import declare_conflict
from goldenthread.oversight.restrictions import restrict
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.household import actions, people
from goldenthread.standards.assessment.household.corrections import correct_known
from goldenthread.standards.assessment.household.hanging import keys_to_child
from goldenthread.standards.assessment.household.merging import merge
from goldenthread.standards.assessment.household.unmerging import take_merge_back
from tests.conftest import Cast
from tests.standards.assessment.household.conftest import made_child, take_for
from tests.standards.referrals.conftest import Hands

WHY = "The same mother and date of birth; the school has one child"

SEEDS = int(os.environ.get("GOLDENTHREAD_MERGES", "4"))

_APART = {TrailEntry, TrailLink, TrailSubject, Obligation, Merge, MergedRow, Draft, Submission, SearchKey}


def everything() -> dict[str, dict[Any, tuple[Any, ...]]]:
    """Every row of every table but the trail, the ledger and the merges themselves."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if (model.__module__.startswith("goldenthread") and model not in _APART) or model._meta.auto_created:
            names = [field.attname for field in model._meta.concrete_fields]
            found[model._meta.label_lower] = {row[0]: row for row in model._base_manager.values_list("pk", *names)}
    return found


class Family:
    """Random things recorded of either record, as officers would."""

    def __init__(self, cast: Cast, hands: Hands, chance: random.Random, children: list[Child]) -> None:
        self.cast, self.hands, self.chance, self.children = cast, hands, chance, children
        self.facts: list[tuple[CaseFile, Any]] = []

    def one(self) -> None:
        child = self.chance.choice(self.children)
        by, now = self.cast.manager, self.hands.on(hours=self.chance.randrange(1, 30))
        file = child.case_files.order_by("pk").first()
        if file is None:
            take_for(self.cast, now, child)
            return
        given: dict[str, Any] = {"case_file": file, "child": child, "by": by}
        told = given | {"occurred_at": now}
        match self.chance.randrange(13):
            case 0:
                take_for(self.cast, now, *self.children)
            case 1:
                take_for(self.cast, now, child, case_file=file, by=by)
            case 2:
                record_address(lines=f"{self.chance.randrange(9)} Open Street", since=date(2003, 1, 1), **given)
            case 3:
                record_other_name(
                    kind="alias", given_names=f"Q{self.chance.randrange(99)}", family_name="Heron", **given
                )
            case 4:
                self.facts.append((file, actions.record_language(answer="told", first="pol", interpreter="no", **told)))
            case 5:
                self.facts.append((file, actions.record_ethnicity(code="WIRI", **told)))
            case 6:
                actions.involve_agency(kind="school", name="Elmbridge Primary", what_for="Breakfast club", **told)
            case 7:
                people.record_person(
                    case_file=file, children=[child], given_names="Mara", relation="mother", responsibility="yes",
                    occurred_at=now, by=by,
                )  # fmt: skip
            case 8:
                other = self.chance.choice(self.children)
                actions.record_sibling(other=other, relation="half", **told)
            case 9:
                named = [*Officer.objects.filter(case_files__children=child), self.cast.head, by]
                restrict(child=child, level="restricted", reason="A colleague's family", named=set(named), contact=self.cast.head, by=self.cast.head)  # fmt: skip
            case 10:
                who = self.chance.choice([self.cast.stranger, self.cast.senior])
                declare_conflict(kind="known", given_names=child.given_names, family_name=child.family_name, by=who)
            case 11:
                actions.amend_child(changes={"sex": self.chance.choice("FMU")}, reason="Birth certificate", **given)
            case _:
                if self.facts:
                    file, fact = self.facts.pop()
                    whose = Child.every.get(pk=fact.child_id).current()
                    new = correct_known(case_file=file, child=whose, fact=fact, changes={"occurred_at": now}, reason="The day was wrong", by=by)  # fmt: skip
                    self.facts.append((file, new))

    def some(self, number: int) -> None:
        for _ in range(number):
            try:
                self.one()
            except Refused:
                continue


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_merge_taken_back_gives_back_every_row_as_it_was(
    seed: int, child: Child, double: Child, cast: Cast, hands: Hands
) -> None:
    chance = random.Random(seed)
    third = made_child("Ada", "Heron")
    family = Family(cast, hands, chance, [child, double, third])
    family.some(14)
    for one in (child, double):  # each on some file, so that the manager may merge them
        if not one.case_files.exists():
            take_for(cast, hands.now, one)
    before = everything()
    try:
        made = merge(kept=child, merged=double, why=WHY, by=cast.manager)
    except Refused:  # whoever holds a file is not on the list of a restriction
        assert everything() == before, "a refused merge leaves nothing behind"
        return
    assert not [key.label for key in keys_to_child() if key.of(double).exists()], (
        "something was left on the other record"
    )
    assert ledger.verify() == []
    family.children = [child, third]
    family.some(6)
    between = everything()
    take_merge_back(merge=made, reason="Two cousins of one name", by=cast.manager)
    after = everything()
    changed = _changed_by_hand(before, between)
    for table, rows in before.items():
        for pk, row in rows.items():
            if (table, pk) not in changed:
                assert after[table].get(pk) == row, f"{table}:{pk} is not as it was"
        assert rows.keys() <= after[table].keys()
    assert ledger.verify() == []
    for case_file in CaseFile.objects.all():
        on_file = set(case_file.children.values_list("pk", flat=True))
        for referral in case_file.referrals.all():
            assert set(referral.children.values_list("pk", flat=True)) <= on_file


def _changed_by_hand(before: Any, between: Any) -> set[tuple[str, Any]]:
    """Rows that somebody changed while the two were one, in another way than the merge does: a child's own name or sex."""
    child = Child._meta.label_lower
    names = [field.attname for field in Child._meta.concrete_fields]
    theirs = [names.index(name) + 1 for name in actions.AMENDABLE]
    return {
        (child, pk)
        for pk, row in before[child].items()
        if any(between[child][pk][place] != row[place] for place in theirs)
    }


def test_the_stage_is_set_so_that_merges_are_mostly_made(child: Child, double: Child, cast: Cast, hands: Hands) -> None:
    made = 0
    for seed in range(6):
        chance = random.Random(seed)
        one, other = made_child("Eli", f"Rook{seed}"), made_child("Eli", f"Rook {seed}")
        Family(cast, hands, chance, [one, other]).some(4)
        for each in (one, other):
            if not each.case_files.exists():
                take_for(cast, hands.now, each)
        try:
            merge(kept=one, merged=other, why=WHY, by=cast.manager)
        except Refused:
            continue
        made += 1
    assert made >= 3
