"""Finding a child by whatever is said: sounds, other forms, other names, order, near days, addresses; and the index kept in step."""

from collections.abc import Callable
from datetime import date
from importlib import import_module

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.cases.finding import forget, index
from goldenthread.cases.finding.forms import _table
from goldenthread.cases.finding.keeping import fill, keys_of, out_of_step, rebuild
from goldenthread.cases.finding.keys import house, near_days
from goldenthread.cases.finding.models import SearchKey
from goldenthread.cases.finding.search import Match, Question, find
from goldenthread.cases.finding.sounds import codes
from goldenthread.cases.finding.spelling import words_of
from goldenthread.cases.models import Address, Child, OtherName
from goldenthread.core.clock import now
from tests.conftest import Cast

BORN = date(2012, 3, 4)
Known = Callable[..., Child]


@pytest.fixture
def known(cast: Cast) -> Known:
    """Records a child, with another name and an address where they are given."""

    def record(
        given_names: str, family: str, born: date | None = BORN, *, other: tuple[str, str] | None = None, lives: str = "",
        confidential: bool = False, guess: bool = False,
    ) -> Child:  # fmt: skip
        child = Child.objects.create(
            given_names=given_names, family_name=family, date_of_birth=born, birth_date_is_estimate=guess
        )
        if other:
            OtherName.objects.create(
                child=child,
                kind="known-as",
                given_names=other[0],
                family_name=other[1],
                recorded_at=now(),
                by=cast.worker,
            )
        if lives:
            lines, _, postcode = lives.partition(", ")
            Address.objects.create(
                child=child, lines=lines, postcode=postcode, confidential=confidential, since=date(2020, 1, 1),
                recorded_at=now(), by=cast.worker,
            )  # fmt: skip
        return child

    return record


def first(name: str, born: date | None = None, **more: str) -> Match:
    return find(Question(names=(("", name),) if name else (), born=born, **more))[0]


@pytest.mark.parametrize(
    ("recorded", "said", "reason"),
    [
        (("Juno", "Aldergate"), "Juno Aldergate", "Same name"),
        (("Juno", "Aldergate"), "Aldergate Juno", "Names the other way round"),
        (("Juno", "Aldergate"), "Juno Aldregate", "Name nearly the same"),
        (("Juno", "Aldergate"), "Juno Alderxgate", "Name nearly the same"),
        (("Juno", "Aldergate"), "Juno Mae Aldergate", "Name nearly the same"),
        (("Mohammed", "Hussain"), "Muhamad Husein", "Sounds the same"),
        (("Aleksandr", "Kovalski"), "Alexander Kowalsky", "Another form of the name"),
        (("Siobhan", "Byrne"), "Shivaun Burn", "Sounds the same"),
        (("William", "Fenwick"), "Bill Fenwick", "Another form of the name"),
        (("Ciaran", "Midkiff"), "Keeran Midkiphff", "Sounds the same"),
        (("Armanda", "Carlacci"), "Mandy Carlacci", "Another form of the name"),
        (("Katarzyna", "Nowak"), "Kasia Novak", "Name nearly the same"),
        (("Anne Marie", "Cole"), "Annemarie Cole", "Name nearly the same"),
        (("Мария", "Иванова"), "Maria Ivanova", "Another form of the name"),
        (("Siân", "O’Brien"), "Sian O Brien", "Same name"),
        (("Abdul Rahman", "Sayed"), "Abdurrahman al-Sayed", "Same name"),
    ],
)
def test_names_as_people_say_and_write_them(known: Known, recorded: tuple[str, str], said: str, reason: str) -> None:
    known("Ada", "Fenwright")
    child = known(*recorded)
    found = first(said)
    assert found.child == child
    assert reason in found.reasons, found.reasons
    assert found.is_near


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (BORN, "Born on the same day"),
        (date(2012, 4, 3), "Born on that day, with day and month changed over"),
        (date(2012, 3, 6), "Born within a few days"),
        (date(2011, 3, 4), "Date of birth off by one figure"),
        (date(2012, 2, 4), "Date of birth off by one figure"),
    ],
)
def test_days_that_people_write_for_a_birthday(known: Known, said: date, reason: str) -> None:
    child = known("Juno", "Aldergate")
    found = first("Juno Aldergat", said)
    assert found.child == child
    assert reason in found.reasons


def test_another_first_name_and_a_relatives_surname_are_found_by_birthday_and_address(known: Known) -> None:
    child = known("Anna", "Kouassi", lives="12 Nicoll Row, N17 0AB")
    known("Marie", "Brennan", lives="14 Nicoll Row, N17 0AB", born=date(2009, 1, 1))
    found = find(Question(names=(("Juno", "Aldergate"),), born=BORN, lines="Flat 3, 12 Nicoll Rd", postcode="n170ab"))
    assert [match.child for match in found] == [child]
    assert found[0].reasons == ("Born on the same day", "Lives at the same address")


def test_other_names_lead_there_and_say_so(known: Known) -> None:
    child = known("Anna", "Kouassi", other=("", "Aldergate"))
    found = first("Ana Aldergate")
    assert (found.child, found.known_as) == (child, "Anna Aldergate")
    assert found.reasons[0] == "Known by another name"


def test_the_nearest_comes_first_and_a_shared_surname_is_only_a_part(known: Known) -> None:
    sister, child, other = (
        known("Junia", "Aldergate", date(2009, 9, 9)),
        known("Juno", "Aldergate"),
        known("Bo", "Aldergate"),
    )
    found = find(Question(names=(("Juno", "Aldergate"),), born=BORN))
    assert [match.child for match in found] == [child, other, sister] or found[0].child == child
    parts = {match.child: match.is_near for match in find(Question(names=(("", "Aldergate"),)))}
    assert parts == {child: False, sister: False, other: False}
    assert not find(Question(names=(("", "Quill"),)))
    assert [match.child for match in find(Question(names=(("", "Ald"),)))]


def test_a_guessed_birthday_is_near_by_the_year(known: Known) -> None:
    known("Juno", "Aldergate", date(2013, 1, 1), guess=True)
    assert "Born about then: the date of birth on record is a guess" in first("Juno Aldergate", BORN).reasons


def test_nobody_finds_out_by_trying_who_lives_at_a_confidential_address(known: Known) -> None:
    child = known("Anna", "Kouassi", lives="7 Secret Walk, N1 1AA", confidential=True)
    assert not find(Question(lines="7 Secret Walk", postcode="N1 1AA"))
    assert first("Anna Kouassi", lines="7 Secret Walk").reasons == ("Same name",)
    assert first("Anna Kouassi").score == first("Anna Kouassi", lines="7 Secret Walk").score
    found = find(Question(names=(("Juno", "Aldergate"),), born=BORN, lines="7 Secret Walk"))
    assert [(match.child, match.reasons) for match in found] == [
        (child, ("Born on the same day", "Another detail matches"))
    ]


def test_those_of_whom_nothing_is_told_are_left_out(known: Known) -> None:
    child = known("Juno", "Aldergate")
    assert not find(Question(names=(("Juno", "Aldergate"),)), without={child.pk})


def test_whatever_is_saved_is_found_at_once_and_what_is_not_is_named(known: Known) -> None:
    child = known("Juno", "Aldergate")
    child.family_name = "Brennan"
    child.save()
    assert first("Juno Brennan").is_near
    assert not any(match.is_near for match in find(Question(names=(("Juno", "Aldergate"),))))
    Child.objects.filter(pk=child.pk).update(family_name="Cole")  # past `save`
    assert out_of_step() == [child.pk]
    index(child)
    assert out_of_step() == []
    forget(child)
    assert not find(Question(names=(("Juno", "Cole"),)))
    fill()
    assert out_of_step() == []
    SearchKey.objects.filter(child=child).first().delete()  # type: ignore[union-attr]
    assert out_of_step() == [child.pk]
    assert rebuild() == len(keys_of(Child.objects.get(pk=child.pk)))


def test_a_rare_name_counts_for_more_than_two_that_sound_alike(known: Known) -> None:
    known("Robert", "Laubenthal")
    for _ in range(6):
        known("Paul", "Liebentahl")
    found = find(Question(names=(("Zed", "Laubenthal"),)))
    assert found[0].child.family_name == "Laubenthal"
    assert found[0].reasons == ("A rare name is the same",)
    assert not found[0].is_near  # a sister has it too: by itself it says nothing of who it is


def test_a_name_that_many_have_is_not_rare(known: Known) -> None:
    for number in range(30):
        known(f"Robert{chr(97 + number % 26)}", "Laubenthal")
    found = find(Question(names=(("Zed", "Laubenthal"),)))
    assert {match.reasons for match in found} == {("Part of the name is the same",)}


def test_six_statements_at_most_whatever_is_asked_and_however_many_there_are(known: Known) -> None:
    question = Question(names=(("Mohammed", "Khan"),), born=BORN, lines="12 Nicoll Row", postcode="N17 0AB")

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            find(question)
        return len(seen)

    known("Mohammed", "Khan", lives="12 Nicoll Row, N17 0AB")
    assert count() == 4
    for number in range(120):
        known("Mohammed", "Khan", date(2001 + number % 18, 1 + number % 12, 1))
    assert count() == 6  # whose name is written most alike is looked up first: see candidates.py
    for number in range(60):
        known("Mohamed", "Kahn", date(2001 + number % 18, 1 + number % 12, 2))
    assert count() == 6
    assert first("Mohammed Khan", BORN).reasons == ("Same name", "Born on the same day")  # among 121 namesakes


def test_keys_that_are_made_of_more_than_before_are_made_anew(known: Known) -> None:
    child = known("Juno", "Cole")
    SearchKey.objects.filter(child=child)[0].delete()
    step = import_module("goldenthread.cases.migrations.0006_keys_anew").Migration.operations[0]
    with connection.cursor() as cursor:
        cursor.execute(step.sql)
    fill()  # as it is called behind every migration
    assert out_of_step() == []


def test_a_childs_keys_hold_no_name(known: Known) -> None:
    known("Juno", "Aldergate")
    assert all(isinstance(key, int) and key >= 0 for key in SearchKey.objects.values_list("key", flat=True))


@given(st.text(max_size=40))
def test_any_words_can_be_looked_for(text: str) -> None:
    for word in words_of(text):
        assert all(codes(word))
    assert len(list(Question(names=(("", text),), born=BORN, lines=text, postcode=text).keys())) < 4000


def test_days_near_a_leap_day_and_houses() -> None:
    assert date(2012, 2, 28) in near_days(date(2012, 2, 29))
    assert near_days(date(2000, 1, 31))[0] == date(2000, 1, 31)
    assert house("Flat 2, 12a Elm Street") == house("12a Elm St") == ("12a", "ALM")
    assert house("The Old Rectory") is None


def test_the_list_of_forms_is_plain_and_has_no_form_twice_in_a_line() -> None:
    assert len(_table()) > 800
    assert all(form.isascii() and form.isalpha() and form.islower() for form in _table())
