"""Two records of one child made one: nothing lost, and nothing opened."""

from datetime import date

import pytest

from goldenthread.cases.actions import record_address
from goldenthread.cases.finding.keeping import out_of_step
from goldenthread.cases.finding.models import SearchKey
from goldenthread.cases.models import (
    Child,
    ChildAmendment,
    Merge,
)
from goldenthread.cases.sight import closed_children, sight_of
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.oversight.conflicts import declare_conflict
from goldenthread.oversight.restrictions import children_of, lift_restriction, restrict
from goldenthread.pages.seen import files_about, keys_on
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.household import actions
from goldenthread.standards.assessment.household.hanging import keys_to_child
from goldenthread.standards.assessment.household.merging import merge
from goldenthread.standards.assessment.household.unmerging import take_merge_back
from goldenthread.standards.referrals.models import Referral
from goldenthread.standards.referrals.search import find_children
from tests.conftest import Cast
from tests.standards.assessment.household.conftest import made_child, opened
from tests.standards.referrals.conftest import Hands

WHY = "The same mother and date of birth; the school has one child"

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
    "chronology.significantevent_children.child",
    "conferring.lookedafter.child",
    "conferring.meeting_children.child",
    "conferring.tookpart.child",
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
    "transferring.jointvisit_children.child",
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


def test_an_amendment_tells_of_the_record_that_it_was_made_on(
    referral: Referral, second: Referral, child: Child, double: Child, cast: Cast, hands: Hands
) -> None:
    actions.amend_child(
        case_file=second.case_file, child=double, changes={"sex": "F"}, reason="Birth certificate", by=cast.colleague
    )
    merge(kept=child, merged=double, why=WHY, by=cast.manager)
    assert ChildAmendment.objects.get().child_id == double.pk
