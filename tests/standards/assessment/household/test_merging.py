"""Two records of one child made one: nothing lost, nothing opened, and taken back exactly."""

import os
import random
from datetime import date
from typing import Any

import pytest
from django.apps import apps

from goldenthread.cases.actions import record_address, record_other_name
from goldenthread.cases.facts import standing
from goldenthread.cases.finding.keeping import out_of_step
from goldenthread.cases.finding.models import SearchKey
from goldenthread.cases.models import (
    CaseFile,
    Child,
    ChildAmendment,
    Merge,
    MergedRow,
    OtherName,
    Restriction,
)
from goldenthread.cases.sight import closed_children, sight_of
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import Draft, Submission, TrailEntry, TrailLink, TrailSubject
from goldenthread.obligations import ledger
from goldenthread.obligations.models import Obligation
from goldenthread.oversight.conflicts import declare_conflict
from goldenthread.oversight.restrictions import children_of, lift_restriction, restrict
from goldenthread.pages.seen import files_about, keys_on
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.household import actions, people
from goldenthread.standards.assessment.household.corrections import correct_known
from goldenthread.standards.assessment.household.hanging import keys_to_child
from goldenthread.standards.assessment.household.known import known_of
from goldenthread.standards.assessment.household.merging import merge
from goldenthread.standards.assessment.household.unmerging import settle, take_merge_back
from goldenthread.standards.referrals.models import Referral
from goldenthread.standards.referrals.search import find_children
from tests.conftest import Cast
from tests.standards.assessment.household.conftest import made_child, take_for
from tests.standards.referrals.conftest import Hands

WHY = "The same mother and date of birth; the school has one child"

SEEDS = int(os.environ.get("GOLDENTHREAD_MERGES", "4"))

CONSIDERED = {
    "assessing.assessment_children.child",
    "assessing.assessment_disabled.child",
    "assessing.childinneedplan_children.child",
    "assessing.childseen.child",
    "assessing.childsviews.child",
    "cases.address.child",
    "cases.agencyinvolved.child",
    "cases.casefile_children.child",
    "cases.childtie.child",
    "cases.childtie.other",
    "cases.communication.child",
    "cases.conflict_children.child",
    "cases.disability.child",
    "cases.ethnicity.child",
    "cases.languageanswer.child",
    "cases.othername.child",
    "cases.restriction.child",
    "cases.tie.child",
    "hospital.hospitalnotification_children.child",
    "housing.suitability.child",
    "housing.temporarymove_children.child",
    "protection.protectionplan.child",
    "protection.strategydiscussion_children.child",
    "recording.childinrecord.child",
    "referrals.referral_children.child",
    "register.askedafter.child",
    "register.registerentry.child",
    "register.shown.child",
}
"""Every key to a child, of which somebody has said what merging does with it: it is pointed to the record that stays, and
back. Where there can be but one for a child, merging two that both have one is refused. Before you add a key here: is what
it names still right when two histories are on one child, and what does `unmerging` do with what came meanwhile?"""


def test_every_key_to_a_child_has_been_considered() -> None:
    assert {key.label for key in keys_to_child()} == CONSIDERED


def test_both_histories_are_on_the_record_that_stays_and_the_other_is_in_no_search(
    referral: Referral, second: Referral, child: Child, double: Child, cast: Cast, hands: Hands
) -> None:
    record_address(
        case_file=second.case_file, child=double, lines="2 Quiet Row", since=date(2003, 1, 1), by=cast.colleague
    )
    hands.on(days=1)
    made = merge(kept=child, merged=double, why=WHY, by=cast.manager)
    double.refresh_from_db()
    assert double.merged_into == child
    assert set(child.case_files.all()) == {referral.case_file, second.case_file}
    assert set(child.referrals.all()) == {referral, second}
    assert [a.lines for a in child.addresses.all()] == ["2 Quiet Row"]
    assert [(n.name, n.kind) for n in child.other_names.all()] == [("Quill Marchbank", "merged")]
    assert [match.child for match in find_children("Quill Marchbank")] == [child]
    assert out_of_step() == []
    assert not SearchKey.objects.filter(child=double).exists()
    assert not Child.objects.filter(pk=double.pk).exists()
    assert Child.every.get(pk=double.pk).name == "Quill Marchbank"
    assert double.current() == child
    entries = TrailEntry.objects.filter(deed="merge children").order_by("pk")
    assert [e.subject for e in entries] == [f"cases.child:{child.pk}", f"cases.child:{double.pk}"]
    assert "Quill" not in str([e.detail for e in entries])
    assert made.rows.filter(what="moved").count() == 3
    assert files_about(f"cases.child:{double.pk}", cast.manager) == sorted([referral.case_file_id, second.case_file_id])
    assert f"cases.child:{double.pk}" in keys_on([referral.case_file_id]), "what was seen of it before is told"


def test_who_may_merge_and_what_is_refused(
    referral: Referral, second: Referral, child: Child, double: Child, cast: Cast
) -> None:
    for by in (cast.worker, cast.senior, cast.quality, cast.stranger, cast.administrator):
        with pytest.raises(NotAllowed):
            merge(kept=child, merged=double, why=WHY, by=by)
    elsewhere = Officer.objects.create_officer("petra", name="Petra Holm", role="team-manager", team=cast.west)
    with pytest.raises(NotAllowed):
        merge(kept=child, merged=double, why=WHY, by=elsewhere)
    with pytest.raises(Refused, match="same record"):
        merge(kept=child, merged=child, why=WHY, by=cast.manager)
    with pytest.raises(Refused, match="Write why"):
        merge(kept=child, merged=double, why=" ", by=cast.manager)
    merge(kept=child, merged=double, why=WHY, by=cast.manager)
    with pytest.raises(Refused, match="merged already"):
        merge(kept=child, merged=double, why=WHY, by=cast.manager)
    with pytest.raises(Refused, match="merged already"):
        merge(kept=double, merged=made_child("Ada", "Heron"), why=WHY, by=cast.manager)


def opened(cast: Cast) -> dict[str, set[int]]:
    return {o.username: set(CaseFile.objects.visible_to(o).values_list("pk", flat=True)) for o in Officer.objects.all()}


def test_merging_opens_no_file_to_anybody_and_what_closes_either_closes_both(
    referral: Referral, second: Referral, child: Child, double: Child, cast: Cast, hands: Hands
) -> None:
    declare_conflict(kind="family", given_names="Quill", family_name="Marchbank", by=cast.worker)
    restriction = restrict(
        child=child, level="restricted", reason="A colleague's family", contact=cast.head, by=cast.head,
        named=[cast.head, cast.manager, cast.worker, cast.colleague],
    )  # fmt: skip
    before = opened(cast)
    assert referral.case_file_id in before["asha"]
    assert second.case_file_id in before["farid"]
    made = merge(kept=child, merged=double, why=WHY, by=cast.manager)
    after = opened(cast)
    assert all(after[name] <= before[name] for name in before), "a file was opened by merging"
    assert referral.case_file_id not in after["asha"], "the conflict was about the other record"
    assert second.case_file_id not in after["farid"], "the restriction was of the other record"
    assert {referral.case_file_id, second.case_file_id} <= after["dev"]
    restricted, _ = closed_children(cast.group_manager)
    assert set(restricted) == {child.pk}
    take_merge_back(merge=made, reason="Two cousins of one name", by=cast.manager)
    assert opened(cast) == before
    restriction.refresh_from_db()
    assert restriction.child == child


def test_two_restrictions_both_hold_and_each_is_lifted_by_itself(
    referral: Referral, second: Referral, child: Child, double: Child, cast: Cast
) -> None:
    everyone = [cast.head, cast.manager, cast.worker, cast.colleague]
    one = restrict(
        child=child, level="restricted", reason="A colleague's family", named=everyone, contact=cast.head, by=cast.head
    )
    other = restrict(
        child=double, level="sealed", reason="Placed for adoption", named=[*everyone, cast.director], contact=cast.head, by=cast.head
    )  # fmt: skip
    merge(kept=child, merged=double, why=WHY, by=cast.manager)
    assert set(child.restrictions.all()) == {one, other}
    assert len(children_of(second.case_file)) == 2
    assert not sight_of(cast.director).why(second.case_file), "who is on one list only"
    with pytest.raises(Refused, match="in force already"):
        restrict(
            child=child, level="sealed", reason="Placed for adoption", named=everyone, contact=cast.head, by=cast.head
        )
    lift_restriction(restriction=one, reason="The colleague has left", by=cast.head)
    assert sight_of(cast.director).why(second.case_file)


def test_who_holds_a_file_must_be_on_the_list_of_the_other_record_s_restriction(
    referral: Referral, second: Referral, child: Child, double: Child, cast: Cast
) -> None:
    restrict(
        child=child, level="restricted", reason="A colleague's family", named=[cast.head, cast.manager, cast.worker],
        contact=cast.head, by=cast.head,
    )  # fmt: skip
    with pytest.raises(Refused, match="Ben Okafor holds an open file"):
        merge(kept=child, merged=double, why=WHY, by=cast.manager)
    assert not Merge.objects.exists()
    assert list(double.case_files.all()) == [second.case_file], "a refused merge leaves nothing behind"


def test_what_was_there_twice_is_set_aside_and_put_back(child: Child, double: Child, cast: Cast, hands: Hands) -> None:
    both = take_for(cast, hands.now, child, double)
    actions.record_sibling(
        case_file=both.case_file, child=child, other=double, relation="twin", occurred_at=hands.now, by=cast.worker
    )
    made = merge(kept=child, merged=double, why=WHY, by=cast.manager)
    assert list(both.children.all()) == [child]
    assert made.rows.filter(what="set-aside").count() == 2
    assert known_of(child, cast.manager).siblings == [], "nobody is their own twin"
    take_merge_back(merge=made, reason="They are twins after all", by=cast.manager)
    assert set(both.children.all()) == {child, double}
    assert [sibling for sibling, _ in known_of(child, cast.manager).siblings] == [double]


def test_what_came_meanwhile_stays_and_is_settled_by_a_person(
    referral: Referral, second: Referral, child: Child, double: Child, cast: Cast, hands: Hands
) -> None:
    spoke = actions.record_language(
        case_file=second.case_file, child=double, answer="told", first="pol", interpreter="no", occurred_at=hands.now,
        by=cast.colleague,
    )  # fmt: skip
    made = merge(kept=child, merged=double, why=WHY, by=cast.manager)
    hands.on(days=1)
    correct_known(
        case_file=second.case_file, child=child, fact=spoke, changes={"first": "slk"}, reason="Misheard", by=cast.colleague
    )  # fmt: skip
    new = take_for(cast, hands.now, child, case_file=second.case_file, by=cast.colleague)
    place = record_address(
        case_file=second.case_file, child=child, lines="3 Later Lane", since=date(2003, 10, 1), by=cast.colleague
    )
    hands.on(days=1)
    for by in (cast.worker, cast.stranger):
        with pytest.raises(NotAllowed):
            take_merge_back(merge=made, reason="Two cousins of one name", by=by)
    take_merge_back(merge=made, reason="Two cousins of one name", by=cast.manager)
    with pytest.raises(Refused, match="taken back already"):
        take_merge_back(merge=made, reason="Two cousins of one name", by=cast.manager)
    assert [s.fact.language for s in standing(double.languages.all())] == ["Slovak"], "a correction goes with its fact"
    assert list(new.children.all()) == [child]
    assert set(second.case_file.children.all()) == {child, double}, "a record names only children of its file"
    assert [match.child for match in find_children("Quill Marchbank", limit=1)] == [double]
    assert out_of_step() == []
    assert not OtherName.objects.filter(child=child).exists()
    since = {f"{row.model}.{row.field}": row for row in made.rows.filter(what="since")}
    assert set(since) == {"cases.address.child", "referrals.referral_children.child"}
    with pytest.raises(NotAllowed):
        settle(row=since["cases.address.child"], belongs="merged", by=cast.worker)
    with pytest.raises(Refused, match="to whom"):
        settle(row=since["cases.address.child"], belongs="nobody", by=cast.manager)
    settle(row=since["cases.address.child"], belongs="merged", by=cast.manager)
    settle(row=since["referrals.referral_children.child"], belongs="merged", by=cast.manager)
    place.refresh_from_db()
    assert place.child == double
    assert list(new.children.all()) == [double]
    with pytest.raises(Refused, match="settled already"):
        settle(row=since["cases.address.child"], belongs="kept", by=cast.manager)
    with pytest.raises(Refused, match="nothing to settle"):
        settle(row=made.rows.filter(what="moved")[0], belongs="kept", by=cast.manager)


def test_what_was_closed_meanwhile_stays_closed_for_both(
    referral: Referral, second: Referral, child: Child, double: Child, cast: Cast, hands: Hands
) -> None:
    made = merge(kept=child, merged=double, why=WHY, by=cast.manager)
    restrict(
        child=child, level="restricted", reason="A threat against the carer", contact=cast.head, by=cast.head,
        named=[cast.head, cast.manager, cast.worker, cast.colleague],
    )  # fmt: skip
    declare_conflict(kind="known", given_names="Quillon", family_name="Marchbanks", by=cast.senior)
    closed = opened(cast)
    take_merge_back(merge=made, reason="Two cousins of one name", by=cast.manager)
    assert opened(cast) == closed, "taking a merge back opens nothing that was closed meanwhile"
    assert Restriction.objects.filter(lifted_at=None).count() == 2


def test_merges_are_taken_back_last_first(
    referral: Referral, second: Referral, child: Child, double: Child, cast: Cast, hands: Hands
) -> None:
    third = made_child("Quilla", "Marchbanks")
    take_for(cast, hands.now, third)
    first = merge(kept=child, merged=double, why=WHY, by=cast.manager)
    later = merge(kept=third, merged=child, why=WHY, by=cast.manager)
    for one in (child, double):
        one.refresh_from_db()
        assert one.current() == third
    with pytest.raises(Refused, match="later merge"):
        take_merge_back(merge=first, reason="Two cousins of one name", by=cast.manager)
    take_merge_back(merge=later, reason="Two cousins of one name", by=cast.manager)
    take_merge_back(merge=first, reason="Two cousins of one name", by=cast.manager)
    assert Child.objects.count() == 3
    assert [c.case_files.count() for c in Child.objects.order_by("pk")] == [1, 1, 1]


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


def test_an_amendment_tells_of_the_record_that_it_was_made_on(
    referral: Referral, second: Referral, child: Child, double: Child, cast: Cast, hands: Hands
) -> None:
    actions.amend_child(
        case_file=second.case_file, child=double, changes={"sex": "F"}, reason="Birth certificate", by=cast.colleague
    )
    merge(kept=child, merged=double, why=WHY, by=cast.manager)
    assert ChildAmendment.objects.get().child_id == double.pk
