"""A merge that was wrong is taken back exactly; what came meanwhile stays, and is settled by a person."""

from datetime import date

import pytest

from goldenthread.cases.actions import record_address
from goldenthread.cases.facts import standing
from goldenthread.cases.finding.keeping import out_of_step
from goldenthread.cases.models import (
    Child,
    OtherName,
    Restriction,
)
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.oversight.conflicts import declare_conflict
from goldenthread.oversight.restrictions import restrict
from goldenthread.standards.assessment.household import actions
from goldenthread.standards.assessment.household.corrections import correct_known
from goldenthread.standards.assessment.household.known import known_of
from goldenthread.standards.assessment.household.merging import merge
from goldenthread.standards.assessment.household.unmerging import settle, take_merge_back
from goldenthread.standards.referrals.models import Referral
from goldenthread.standards.referrals.search import find_children
from tests.conftest import Cast
from tests.standards.assessment.household.conftest import made_child, opened, take_for
from tests.standards.referrals.conftest import Hands

WHY = "The same mother and date of birth; the school has one child"


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
