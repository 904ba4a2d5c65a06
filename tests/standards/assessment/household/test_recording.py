"""What is recorded of a child: what each verb writes, whom it refuses, and what stands after corrections."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from goldenthread.cases.actions import leave_address, record_address, record_other_name, take_back
from goldenthread.cases.facts import Fact, standing
from goldenthread.cases.models import (
    Address,
    AgencyInvolved,
    CaseFile,
    Child,
    Conflict,
    Danger,
    LanguageAnswer,
    OtherName,
    Person,
    Tie,
)
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.oversight.conflicts import declare_conflict
from goldenthread.standards.assessment.household import actions, people
from goldenthread.standards.assessment.household.corrections import correct_known, end_known, withdraw_known
from goldenthread.standards.assessment.household.known import essentials, known_of
from goldenthread.standards.referrals.models import Referral
from goldenthread.standards.referrals.search import find_children
from tests.conftest import Cast
from tests.standards.assessment.household.conftest import made_child, take_for
from tests.standards.referrals.conftest import Hands

Verb = Callable[..., Any]
PLAIN: list[tuple[Verb, dict[str, Any]]] = [
    (actions.record_ethnicity, {"code": "MWAS", "described": "Half Welsh, half Bengali"}),
    (actions.record_language, {"answer": "told", "first": "pol", "interpreter": "spoken", "written": "translated"}),
    (actions.record_disability, {"answer": "yes", "codes": ["COMM", "AUT"], "described": "Loud rooms are too much"}),
    (actions.record_communication, {"ways": ["makaton", "pecs"], "helps": "Time to answer"}),
    (actions.involve_agency, {"kind": "school", "name": "Elmbridge Primary", "what_for": "Breakfast and a quiet room"}),
]


@pytest.mark.parametrize(("verb", "given"), PLAIN, ids=lambda p: getattr(p, "__name__", ""))
def test_a_fact_says_when_it_was_told_and_when_recorded_and_who_did(
    verb: Verb, given: dict[str, Any], case_file: CaseFile, child: Child, cast: Cast, hands: Hands
) -> None:
    told = hands.now
    recorded = hands.on(days=2)
    fact: Fact = verb(case_file=case_file, child=child, occurred_at=told, by=cast.worker, token="once", **given)
    assert (fact.occurred_at, fact.recorded_at, fact.by) == (told, recorded, cast.worker)
    again = verb(case_file=case_file, child=child, occurred_at=told, by=cast.worker, token="once", **given)
    assert again.pk == fact.pk
    entry = TrailEntry.objects.order_by("-pk")[0]
    assert (entry.subject, entry.why, entry.detail["case_file"]) == (
        f"cases.child:{child.pk}",
        "allocated worker",
        case_file.pk,
    )
    for words in ("Welsh", "Loud", "Time to", "Breakfast", "pol"):
        assert words not in str(entry.detail)


@pytest.mark.parametrize(("verb", "given"), PLAIN, ids=lambda p: getattr(p, "__name__", ""))
def test_only_who_may_write_to_the_childs_file_records_and_never_the_future(
    verb: Verb, given: dict[str, Any], case_file: CaseFile, child: Child, cast: Cast, hands: Hands
) -> None:
    for by in (cast.stranger, cast.quality, cast.member, cast.administrator):
        with pytest.raises(NotAllowed):
            verb(case_file=case_file, child=child, occurred_at=hands.now, by=by, **given)
    with pytest.raises(NotAllowed):
        verb(case_file=case_file, child=made_child("Ada", "Nought"), occurred_at=hands.now, by=cast.worker, **given)
    with pytest.raises(Refused, match="future"):
        verb(case_file=case_file, child=child, occurred_at=hands.now + timedelta(hours=1), by=cast.worker, **given)


@pytest.mark.parametrize(
    ("verb", "given", "says"),
    [
        (actions.record_ethnicity, {"code": "no-such"}, "ethnicity"),
        (actions.record_language, {"answer": "told"}, "first language"),
        (actions.record_language, {"answer": "told", "first": "pol"}, "interpreter"),
        (actions.record_language, {"answer": "told", "first": "other", "interpreter": "no"}, "which language"),
        (actions.record_language, {"answer": "told", "first": "pol", "first_other": "Polish", "interpreter": "no"}, "only where"),
        (actions.record_language, {"answer": "refused", "first": "pol"}, "Told us"),
        (actions.record_disability, {"answer": "yes"}, "what the disability affects"),
        (actions.record_disability, {"answer": "none", "codes": ["LD"]}, "only where there is one"),
        (actions.record_disability, {"answer": "yes", "codes": ["XX"]}, "what it affects"),
        (actions.record_communication, {"ways": []}, "how the child communicates"),
        (actions.involve_agency, {"kind": "school", "name": "n/a", "what_for": "Breakfast"}, "name of the agency"),
        (actions.involve_agency, {"kind": "school", "name": "Elmbridge", "what_for": "tbc"}, "there for"),
    ],
)  # fmt: skip
def test_what_says_nothing_or_contradicts_itself_is_refused(
    verb: Verb, given: dict[str, Any], says: str, case_file: CaseFile, child: Child, cast: Cast, hands: Hands
) -> None:
    with pytest.raises(Refused, match=says):
        verb(case_file=case_file, child=child, occurred_at=hands.now, by=cast.worker, **given)


def test_not_asked_refused_and_blank_are_told_apart(
    case_file: CaseFile, child: Child, cast: Cast, hands: Hands
) -> None:
    assert known_of(child, cast.worker).ethnicity == []
    said = []
    for code in ("NOBT", "REFU", "BAFR"):
        hands.on(hours=1)
        actions.record_ethnicity(case_file=case_file, child=child, code=code, occurred_at=hands.now, by=cast.worker)
        said.append(known_of(child, cast.worker).ethnicity[0].words[0])
    assert said == ["Not asked yet, or not known yet", "Asked, and would not say", "Black African"]
    assert len(known_of(child, cast.worker).ethnicity) == 3, "what was said earlier stays"


def test_a_correction_keeps_what_it_said_and_a_fact_can_be_taken_back(
    case_file: CaseFile, child: Child, cast: Cast, hands: Hands
) -> None:
    fact = actions.record_language(
        case_file=case_file, child=child, answer="told", first="rus", interpreter="no", occurred_at=hands.now, by=cast.worker
    )  # fmt: skip
    hands.on(days=1)
    given: dict[str, Any] = {"case_file": case_file, "child": child, "by": cast.worker}
    with pytest.raises(Refused, match="Nothing would change"):
        correct_known(fact=fact, changes={"first": "rus"}, reason="Misheard at the door", **given)
    with pytest.raises(Refused, match="Write why"):
        correct_known(fact=fact, changes={"first": "ukr"}, reason="", **given)
    with pytest.raises(Refused, match="first language"):
        correct_known(fact=fact, changes={"first": ""}, reason="Misheard at the door", **given)
    with pytest.raises(Refused, match="cannot be corrected"):
        correct_known(fact=fact, changes={"by": cast.head}, reason="Misheard at the door", **given)
    new = correct_known(fact=fact, changes={"first": "ukr"}, reason="Misheard at the door", **given)
    (entry,) = known_of(child, cast.worker).languages
    assert entry.words[0] == "Ukrainian"
    assert [(b.words[0], b.why) for b in entry.before] == [("Russian", "Misheard at the door")]
    with pytest.raises(Refused, match="corrected already"):
        correct_known(fact=fact, changes={"first": "pol"}, reason="Misheard at the door", **given)
    with pytest.raises(NotAllowed):
        withdraw_known(fact=new, reason="Another child's", case_file=case_file, child=child, by=cast.stranger)
    withdraw_known(fact=new, reason="It was another child's", **given)
    (entry,) = known_of(child, cast.worker).languages
    assert entry.withdrawn == "It was another child's"
    assert standing(child.languages.all()) == []


def test_a_fact_of_another_child_is_not_corrected_through_this_one(
    case_file: CaseFile, child: Child, double: Child, second: Referral, cast: Cast, hands: Hands
) -> None:
    others = actions.record_ethnicity(
        case_file=second.case_file, child=double, code="WIRI", occurred_at=hands.now, by=cast.colleague
    )
    with pytest.raises(NotAllowed):
        withdraw_known(case_file=case_file, child=child, fact=others, reason="It was wrong", by=cast.worker)


def test_name_birth_and_sex_change_in_place_and_what_they_said_stays(
    case_file: CaseFile, child: Child, cast: Cast, hands: Hands
) -> None:
    given: dict[str, Any] = {
        "case_file": case_file,
        "child": child,
        "by": cast.worker,
        "reason": "Birth certificate seen",
    }
    actions.amend_child(changes={"family_name": "Pettigrew", "sex": "M"}, keep_name="birth", **given)
    child.refresh_from_db()
    assert (child.name, child.search_name) == ("Quillon Pettigrew", "quillon pettigrew")
    assert [(a.label, a.was_said) for a in child.amendments.all()] == [
        ("Family name", "Marchbanks"),
        ("Sex", "Not known"),
    ]
    assert [(n.kind, n.name) for n in child.other_names.all()] == [("birth", "Quillon Marchbanks")]
    actions.amend_child(changes={"date_of_birth": date(1997, 3, 2)}, **given)
    assert child.amendments.last().was_said == "3 February 1997"  # type: ignore[union-attr]
    for wrong, says in (
        ({"date_of_birth": date(1950, 1, 1)}, "not that of a child"),
        ({"date_of_birth": date(1997, 3, 2)}, "Nothing would change"),
        ({"given_names": "", "family_name": " "}, "at least one name"),
        ({"sex": "X"}, "sex"),
        ({"merged_into": 1}, "cannot be changed"),
    ):
        with pytest.raises(Refused, match=says):
            actions.amend_child(changes=wrong, **given)
    with pytest.raises(NotAllowed):
        actions.amend_child(**(given | {"changes": {"sex": "F"}, "by": cast.stranger}))


def test_another_name_is_known_to_declared_conflicts(
    case_file: CaseFile, child: Child, cast: Cast, hands: Hands
) -> None:
    before = declare_conflict(kind="known", given_names="Bo", family_name="Heron", by=cast.colleague)
    record_other_name(
        case_file=case_file, child=child, kind="known-as", given_names="Bo", family_name="Heron", by=cast.worker
    )
    after = declare_conflict(kind="known", given_names="bo", family_name="HERON", by=cast.senior)
    for conflict in (before, after):
        assert list(Conflict.objects.get(pk=conflict.pk).children.all()) == [child]
    assert not CaseFile.objects.visible_to(cast.colleague).filter(pk=case_file.pk).exists()
    name = child.other_names.get()
    with pytest.raises(Refused, match="already"):
        record_other_name(
            case_file=case_file, child=child, kind="alias", given_names="BO", family_name="heron", by=cast.worker
        )
    with pytest.raises(Refused, match="kind of name"):
        record_other_name(case_file=case_file, child=child, kind="merged", given_names="X Y", by=cast.worker)
    with pytest.raises(Refused, match="given names, family name"):
        record_other_name(case_file=case_file, child=child, kind="alias", by=cast.worker)
    take_back(case_file=case_file, child=child, what=name, reason="It is her brother's name", by=cast.worker)
    assert not child.other_names.exists()
    assert OtherName.every.get().withdrawn_why == "It is her brother's name"
    with pytest.raises(Refused, match="already"):
        take_back(case_file=case_file, child=child, what=name, reason="It is her brother's name", by=cast.worker)


def test_addresses_follow_each_other_and_a_child_may_leave_without_a_new_one(
    case_file: CaseFile, child: Child, cast: Cast, hands: Hands
) -> None:
    given: dict[str, Any] = {"case_file": case_file, "child": child, "by": cast.worker}
    record_address(lines="1 Open Street", since=date(2001, 1, 1), **given)
    second = record_address(lines="2 Next Street", since=date(2002, 5, 1), moved_because="The tenancy ended", **given)
    lived = known_of(child, cast.worker).addresses
    assert [(one.address.lines, one.until, one.now) for one in lived] == [
        ("2 Next Street", None, True),
        ("1 Open Street", date(2002, 5, 1), False),
    ]
    assert lived[0].address.moved_because == "The tenancy ended"
    for day in (date(2002, 4, 30), date(2004, 1, 1)):
        with pytest.raises(Refused, match="between"):
            leave_address(address=second, until=day, **given)
    leave_address(address=second, until=date(2003, 9, 1), **given)
    with pytest.raises(Refused, match="already"):
        leave_address(address=second, until=date(2003, 9, 1), **given)
    assert essentials([child])[0].lived is None
    (then,) = essentials([child], date(2003, 8, 1))
    assert then.lived is not None
    assert then.lived.address == second
    take_back(what=second, reason="That was the neighbour's", **given)
    assert [a.lines for a in child.addresses.all()] == ["1 Open Street"]
    assert Address.every.filter(child=child).count() == 2


def test_people_are_tied_to_each_child_and_a_danger_is_seen_from_all_of_them(cast: Cast, hands: Hands) -> None:
    one, other = made_child("Ada", "Heron"), made_child("Bo", "Heron")
    file = take_for(cast, hands.now, one, other).case_file
    person = people.record_person(
        case_file=file, children=[one], given_names="Mara", family_name="Heron", relation="mother", responsibility="yes",
        lives_with=True, since=date(2000, 1, 1), language="pol", interpreter="spoken", occurred_at=hands.now, by=cast.worker,
    )  # fmt: skip
    given: dict[str, Any] = {"case_file": file, "by": cast.worker, "occurred_at": hands.now}
    tie = people.tie_person(
        child=other, person=person, relation="mother", responsibility="yes", lives_with=True, **given
    )
    with pytest.raises(Refused, match="recorded already"):
        people.tie_person(child=other, person=person, relation="mother", responsibility="no", **given)
    danger = people.flag_danger(
        child=one, person=person, to_whom="workers who visit alone", why="She threatened the health visitor", **given
    )
    with pytest.raises(Refused, match="why you think so"):
        people.flag_danger(child=one, person=person, to_whom="everyone here", why="n/a", **given)
    rows = essentials([one, other])
    assert [row.danger for row in rows] == [True, True]
    assert [row.lives_with for row in rows] == [["Mara Heron (mother)"]] * 2
    hands.on(days=3)
    moved = hands.now.date() - timedelta(days=1)
    end_known(case_file=file, child=other, fact=tie, until=moved, by=cast.worker)
    end_known(case_file=file, child=one, fact=danger, until=moved, by=cast.worker)
    rows = essentials([one, other])
    assert [row.danger for row in rows] == [False, False]
    assert [row.lives_with for row in rows] == [["Mara Heron (mother)"], []]
    assert essentials([other], moved - timedelta(days=1))[0].lives_with == ["Mara Heron (mother)"]
    correct_known(
        case_file=file,
        child=other,
        fact=person,
        changes={"family_name": "Sparrow"},
        reason="She married",
        by=cast.worker,
    )
    assert essentials([one])[0].lives_with == ["Mara Sparrow (mother)"]
    assert (Tie.objects.filter(supersedes=None).count(), Danger.objects.count(), Person.objects.count()) == (2, 2, 2)


def test_a_person_of_another_file_cannot_be_tied_here(
    case_file: CaseFile, child: Child, double: Child, second: Referral, cast: Cast, hands: Hands
) -> None:
    person = people.record_person(
        case_file=second.case_file, children=[double], given_names="Mara", relation="mother", responsibility="yes",
        occurred_at=hands.now, by=cast.colleague,
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        people.tie_person(
            case_file=case_file, child=child, person=person, relation="mother", responsibility="yes",
            occurred_at=hands.now, by=cast.worker,
        )  # fmt: skip
    with pytest.raises(Refused, match="at least one child"):
        people.record_person(
            case_file=case_file, children=[], given_names="Mara", relation="mother", responsibility="yes",
            occurred_at=hands.now, by=cast.worker,
        )  # fmt: skip


def test_brothers_and_sisters_are_shown_only_where_their_record_is_open(
    case_file: CaseFile, child: Child, cast: Cast, hands: Hands
) -> None:
    other = made_child("Bo", "Heron")
    take_for(cast, hands.now, other, by=cast.colleague, worker=cast.colleague)
    given: dict[str, Any] = {"case_file": case_file, "child": child, "occurred_at": hands.now, "relation": "half"}
    with pytest.raises(NotAllowed):
        actions.record_sibling(other=other, by=cast.worker, **given)
    tie = actions.record_sibling(other=other, by=cast.manager, **given)
    assert [sibling for sibling, _ in known_of(child, cast.manager).siblings] == [other]
    assert [sibling for sibling, _ in known_of(other, cast.manager).siblings] == [child]
    assert known_of(child, cast.worker).siblings == []
    with pytest.raises(Refused, match="another child"):
        actions.record_sibling(other=child, by=cast.manager, **given)
    withdraw_known(case_file=case_file, child=child, fact=tie, reason="They are cousins", by=cast.manager)
    assert known_of(child, cast.manager).siblings[0][1].withdrawn


def test_an_agency_ends_and_stays_in_the_history(case_file: CaseFile, child: Child, cast: Cast, hands: Hands) -> None:
    fact = actions.involve_agency(
        case_file=case_file, child=child, kind="school", name="Elmbridge  Primary", what_for="Breakfast club",
        since=date(2003, 1, 6), occurred_at=hands.now, by=cast.worker,
    )  # fmt: skip
    assert fact.name == "Elmbridge Primary"
    for day, says in ((date(2002, 1, 1), "before it begins"), (date(2004, 1, 1), "lies ahead")):
        with pytest.raises(Refused, match=says):
            end_known(case_file=case_file, child=child, fact=fact, until=day, by=cast.worker)
    end_known(case_file=case_file, child=child, fact=fact, until=date(2003, 9, 30), by=cast.worker)
    (entry,) = known_of(child, cast.worker).agencies
    assert entry.over
    assert not entry.ends
    assert AgencyInvolved.objects.count() == 2
    language = actions.record_language(
        case_file=case_file, child=child, answer="not-known", occurred_at=hands.now, by=cast.worker
    )
    with pytest.raises(Refused, match="does not end"):
        end_known(case_file=case_file, child=child, fact=language, until=date(2003, 9, 30), by=cast.worker)
    assert LanguageAnswer.objects.count() == 1
    assert find_children("Quillon Marchbanks")[0].child == child
