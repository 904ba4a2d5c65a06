"""The verbs on the rota, and the cover that is owed week by week."""

from datetime import datetime, timedelta

import pytest

from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.obligations.models import Obligation
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.legal import rota as verbs
from goldenthread.standards.assessment.legal.figures import coverage
from goldenthread.standards.assessment.legal.models import CoverWeek, LegalRota, RotaShift, Solicitor, TestCall
from tests.conftest import Cast
from tests.standards.assessment.legal.conftest import On, at
from tests.standards.referrals.conftest import Hands

MONDAY, NEXT = at(1), at(8)  # a week of December


def owed(week: datetime = MONDAY) -> Obligation:
    return Obligation.objects.get(
        requirement="assessment.legal-cover", subject_id=CoverWeek.objects.get(starts_at=week).pk
    )


def test_starting_the_rota_owes_three_years_of_weeks_to_whoever_keeps_it(rota: LegalRota, cast: Cast) -> None:
    assert rota.weeks.count() in (155, 156)
    first = rota.weeks.first()
    assert first is not None
    assert first.starts_at == at(6, month=10)
    row = owed()
    assert (row.owner, row.done_at, row.since_at) == (cast.group_manager, None, at(6, month=10))
    assert row.due_at is not None
    assert row.due_at.astimezone(MONDAY.tzinfo).date() == at(17, month=11).date(), "two weeks before the week begins"


def test_the_first_weeks_come_into_view_late_and_are_owed_by_when_they_begin(rota: LegalRota) -> None:
    assert owed(at(6, month=10)).due_at == at(6, month=10)
    assert owed(at(13, month=10)).due_at == at(13, month=10)
    late = owed(at(20, month=10))
    assert late.due_at is not None
    assert late.since_at == rota.started_at
    assert late.due_at >= late.since_at


def test_a_week_is_met_when_its_last_gap_is_filled(on: On, hands: Hands) -> None:
    on(MONDAY, at(5), 0)
    assert owed().done_at is None
    filled = hands.on(days=2)
    on(at(5), at(10), 1)
    assert (owed().done_at, owed().done_known_at) == (filled, filled)
    assert owed(NEXT).done_at is None


def test_a_second_call_is_no_cover(on: On) -> None:
    on(MONDAY, NEXT, 0, call="second")
    assert owed().done_at is None


def test_what_was_arranged_on_friday_and_recorded_on_monday_was_met_on_friday(on: On, hands: Hands) -> None:
    arranged = hands.now
    hands.on(days=3)
    on(MONDAY, NEXT, 0, arranged_at=arranged)
    assert (owed().done_at, owed().done_known_at) == (arranged, hands.now)


def test_cover_that_is_lost_is_owed_again_and_counts_from_when_it_is_found(on: On, hands: Hands, cast: Cast) -> None:
    shift = on(MONDAY, NEXT, 0)
    first = hands.now
    hands.on(days=5)
    verbs.cut_short(
        shift=shift, ends_at=at(6, 12), reason="On leave from then on", occurred_at=hands.now, by=cast.group_manager
    )
    assert owed().done_at is None
    found = hands.on(days=1)
    on(at(6, 12), NEXT, 1)
    assert owed().done_at == found != first


def test_a_hand_over_in_one_act_loses_nothing(on: On, hands: Hands, cast: Cast, solicitors: list[Solicitor]) -> None:
    shift = on(MONDAY, NEXT, 0)
    since = hands.now
    hands.on(days=5)
    taken = verbs.hand_over_shift(
        shift=shift, solicitor=solicitors[2], from_at=at(4, 9), reason="A trial that lasts longer",
        occurred_at=hands.now, by=cast.group_manager,
    )  # fmt: skip
    assert (taken.starts_at, taken.ends_at, taken.call) == (at(4, 9), NEXT, "first")
    assert owed().done_at == since
    assert coverage(MONDAY, NEXT, hands.now).gaps == ()
    with pytest.raises(Refused, match="within the shift"):
        verbs.hand_over_shift(
            shift=shift, solicitor=solicitors[1], from_at=at(4, 9), reason="The same shift again",
            occurred_at=hands.now, by=cast.group_manager,
        )  # fmt: skip


def test_a_shift_that_was_never_arranged_is_taken_back(on: On, hands: Hands, cast: Cast) -> None:
    shift = on(MONDAY, NEXT, 0)
    hands.on(days=1)
    row = verbs.take_back(shift=shift, reason="Entered for the wrong week", by=cast.group_manager)
    assert (row.withdrawn, row.root, row.supersedes) == (True, shift, shift)
    assert owed().done_at is None
    assert coverage(MONDAY, NEXT, hands.now).cover.covered == 0
    assert coverage(MONDAY, NEXT, hands.now - timedelta(hours=1)).gaps == (), "as it was known before"
    for verb in (verbs.take_back, verbs.cut_short):
        more = {} if verb is verbs.take_back else {"ends_at": at(2), "occurred_at": hands.now}
        with pytest.raises(Refused, match="taken back already"):
            verb(shift=shift, reason="Once more, by mistake", by=cast.group_manager, **more)  # type: ignore[operator]
    on(MONDAY, NEXT, 0)
    assert owed().done_at == hands.now


def test_cover_found_by_somebody_who_filled_in_at_night_is_known_from_when_it_was_recorded(
    on: On, hands: Hands, cast: Cast
) -> None:
    shift = on(MONDAY, NEXT, 0)
    hands.now = at(3, 9)
    night = at(3, 1)
    verbs.cut_short(
        shift=shift, ends_at=night, reason="Did not answer, and was ill", occurred_at=night, by=cast.group_manager
    )
    on(night, NEXT, 1, arranged_at=night)
    assert owed().done_at == shift.occurred_at, "at no instant was nobody on call, by what is known now"
    assert owed().done_known_at == hands.now or owed().done_known_at == shift.recorded_at


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"starts_at": at(9), "ends_at": at(8)}, "end after it begins"),
        ({"starts_at": at(1), "ends_at": at(20)}, "eight days"),
        ({"starts_at": at(1, month=9), "ends_at": at(2, month=9)}, "before it was arranged"),
        ({"starts_at": at(1, year=2013), "ends_at": at(2, year=2013)}, "check the year"),
        ({"arranged_at": at(1, year=2004)}, "in the future"),
        ({"call": "third"}, "from the list"),
    ],
)
def test_a_shift_that_cannot_be_is_refused(on: On, given: dict[str, object], why: str) -> None:
    with pytest.raises(Refused, match=why):
        on(**({"starts_at": at(1), "ends_at": at(2)} | given))  # type: ignore[arg-type]
    assert RotaShift.objects.count() == 0


def test_nobody_is_on_call_twice_at_once(on: On) -> None:
    on(at(1), at(2))
    with pytest.raises(Refused, match="already"):
        on(at(1, 23), at(3))
    on(at(2), at(3))


def test_the_same_form_sent_twice_makes_one_shift(on: On) -> None:
    assert on(at(1), at(2), token="a") == on(at(1), at(2), token="a")
    assert RotaShift.objects.count() == 1


def test_a_pattern_keeps_to_the_clock_on_the_wall_and_leaves_out_what_is_taken(
    on: On, hands: Hands, cast: Cast, solicitors: list[Solicitor]
) -> None:
    on(at(31, 18, month=10), at(1, 9, month=11), 0)
    made = verbs.add_pattern(
        solicitor=solicitors[0], starts_at=at(17, 17, month=10), ends_at=at(18, 9, month=10), weeks=4,
        arranged_at=hands.now, by=cast.group_manager,
    )  # fmt: skip
    assert [shift.starts_at for shift in made] == [at(17, 17, month=10), at(24, 17, month=10), at(7, 17, month=11)]
    assert {shift.ends_at - shift.starts_at for shift in made} == {timedelta(hours=16)}
    with pytest.raises(Refused, match="Nothing would be added"):
        verbs.add_pattern(
            solicitor=solicitors[0], starts_at=at(17, 17, month=10), ends_at=at(18, 9, month=10), weeks=4,
            arranged_at=hands.now, by=cast.group_manager,
        )  # fmt: skip


def test_the_next_keeper_owes_what_is_open_and_not_what_was_settled(
    on: On, hands: Hands, cast: Cast, rota: LegalRota
) -> None:
    on(MONDAY, NEXT)
    hands.on(days=1)
    verbs.keep_rota(officer=cast.director, by=cast.group_manager)
    assert owed().owner == cast.group_manager
    assert owed(NEXT).owner == cast.director
    with pytest.raises(Refused, match="keeps the rota already"):
        verbs.keep_rota(officer=cast.director, by=cast.head)
    with pytest.raises(Refused, match="cannot keep the rota"):
        verbs.keep_rota(officer=cast.manager, by=cast.head)


def test_only_those_who_keep_the_rota_change_it(on: On, hands: Hands, cast: Cast, solicitors: list[Solicitor]) -> None:
    shift = on(MONDAY, NEXT)
    before = TrailEntry.objects.count()
    may = {cast.group_manager, cast.head, cast.director}
    for officer in set(cast.all()) - may:
        _refused(officer, shift, solicitors, hands)
    assert TrailEntry.objects.count() == before


def _refused(officer: Officer, shift: RotaShift, solicitors: list[Solicitor], hands: Hands) -> None:
    asked = [
        lambda: verbs.add_shift(
            solicitor=solicitors[1], starts_at=at(1), ends_at=at(2), arranged_at=hands.now, by=officer
        ),
        lambda: verbs.cut_short(shift=shift, ends_at=at(2), reason="Ill today", occurred_at=hands.now, by=officer),
        lambda: verbs.take_back(shift=shift, reason="Wrong week", by=officer),
        lambda: verbs.add_solicitor(name="A B", council="C", phone="0163", by=officer),
        lambda: verbs.record_test_call(answered=True, minutes=1, occurred_at=hands.now, by=officer),
        lambda: verbs.keep_rota(officer=officer, by=officer),
    ]
    for ask in asked:
        with pytest.raises(NotAllowed):
            ask()


def test_without_a_rota_nobody_can_be_put_on_it(cast: Cast, hands: Hands) -> None:
    someone = verbs.add_solicitor(name="Ines Calloway", council="Northmoor", phone="01632 960101", by=cast.head)
    with pytest.raises(Refused, match="no rota yet"):
        verbs.add_shift(solicitor=someone, starts_at=at(1), ends_at=at(2), arranged_at=hands.now, by=cast.head)


def test_a_solicitor_is_of_a_council_under_one_spelling_and_leaves_only_when_nothing_lies_ahead(
    on: On, hands: Hands, cast: Cast, solicitors: list[Solicitor]
) -> None:
    assert solicitors[0].council == solicitors[1].council
    with pytest.raises(Refused, match="on the list already"):
        verbs.add_solicitor(name="ines  calloway", council="NORTHMOOR COUNCIL", phone="01632 1", by=cast.head)
    with pytest.raises(Refused, match="can be rung"):
        verbs.add_solicitor(name="Una Poole", council="Northmoor", phone="ask the desk", by=cast.head)
    on(at(1), at(2))
    with pytest.raises(Refused, match="hand those shifts over"):
        verbs.change_solicitor(solicitor=solicitors[0], phone="01632 960101", on_rota=False, by=cast.head)
    hands.now = at(3)
    verbs.change_solicitor(solicitor=solicitors[0], phone="01632 960199", on_rota=False, by=cast.head)
    with pytest.raises(Refused, match="no longer on the rota"):
        on(at(4), at(5))
    entry = TrailEntry.objects.order_by("pk").last()
    assert entry is not None
    assert "960199" not in str(entry.detail), "the trail keeps no words"


def owed_tests() -> list[Obligation]:
    return list(Obligation.objects.filter(requirement="assessment.legal-number-tested").order_by("since_at"))


def test_the_number_is_tested_twice_a_year_and_only_an_answer_settles_it(
    rota: LegalRota, cast: Cast, hands: Hands
) -> None:
    (first,) = owed_tests()
    assert (first.owner, first.key) == (cast.group_manager, "start")
    assert first.due_at is not None
    assert first.due_at.date() == at(1, month=4, year=2004).date()
    hands.on(days=100)
    verbs.record_test_call(answered=False, words="It rang out", occurred_at=hands.now, by=cast.group_manager)
    assert [row.done_at for row in owed_tests()] == [None]
    hands.on(days=1)
    call = verbs.record_test_call(answered=True, minutes=4, occurred_at=hands.now, by=cast.group_manager)
    done, following = owed_tests()
    assert (done.done_at, following.key, following.since_at) == (hands.now, f"after-{call.pk}", hands.now)
    for given in ({"answered": True}, {"answered": False, "words": "n/a"}):
        with pytest.raises(Refused):
            verbs.record_test_call(occurred_at=hands.now, by=cast.head, **given)  # type: ignore[arg-type]
    assert TestCall.objects.count() == 2


def test_gaps_are_seen_as_they_were_known(on: On, hands: Hands) -> None:
    on(at(1), at(3))
    before = hands.now
    hands.on(hours=1)
    on(at(4), NEXT, 1)
    found = coverage(MONDAY, NEXT, hands.now)
    assert [(gap.starts_at, gap.ends_at) for gap in found.gaps] == [(at(3), at(4))]
    assert (found.cover.minutes, found.cover.missing) == (7 * 1440, 1440)
    assert coverage(MONDAY, NEXT, before).cover.covered == 2 * 1440
