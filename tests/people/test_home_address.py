"""Where officers live: kept as fingerprints that nobody can read, and told from children's addresses by them alone."""

from datetime import date, timedelta

import pytest
from django.core.serializers import serialize
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from goldenthread.cases.models import Address, Child
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import Draft, TrailEntry
from goldenthread.pages.snooping import Section, snooping_report
from goldenthread.people.home_address import first_number, forget_home_address, hold_home_address, place_of
from goldenthread.people.models import HomeAddress, Officer
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.pages.made_up_work import Clock, set_clock, take

BOX = {"password_postcode": "wx1 4pz", "password_number": "12a"}


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return set_clock(monkeypatch)


def _in(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def test_the_same_place_is_known_however_it_is_written() -> None:
    assert (
        place_of("wx1 4pz", "12A High Street") == place_of("WX14PZ", "no. 12a") != place_of("WX1 4PZ", "12 High Street")
    )
    near, far = place_of("WX1 4PZ", "14 High Street"), place_of("WX1 4PX", "12a High Street")
    here = place_of("WX1 4PZ", "12a High Street")
    assert near
    assert far
    assert here
    assert (near.postcode == here.postcode, near.house == here.house) == (True, False)
    assert far.postcode != here.postcode
    assert place_of("", "12 High Street") is None
    assert place_of("not known", "12") is None
    named = place_of("WX1 4PZ", "Rose Cottage")
    assert named
    assert not named.house
    assert [first_number(words) for words in ("Flat 3, 12 High St", "Rose Cottage", "1st Avenue")] == ["3", "", ""]


def test_what_is_typed_is_kept_nowhere(cast: Cast) -> None:
    client = _in(cast.worker)
    page = client.get(reverse("own-home")).content.decode()
    assert "nobody can read the address from it" in page
    refused = client.post(reverse("own-home"), BOX | {"password_postcode": "WX1"}).content.decode()
    assert "Enter a full postcode" in refused
    client.post(reverse("draft") + f"?form={reverse('own-home')}", BOX)
    answer = client.post(reverse("own-home"), BOX)
    assert answer["Location"] == reverse("own-account")
    assert "A fingerprint is held since" in client.get(reverse("own-account")).content.decode()
    assert "4pz" not in client.get(reverse("own-home")).content.decode().casefold()
    everything = [*HomeAddress.objects.all(), *TrailEntry.objects.all(), *Draft.objects.all()]
    words = serialize("json", everything).casefold()
    for plain in ("wx1", "4pz", "12a"):
        assert plain not in words, plain
    entry = TrailEntry.objects.get(deed="hold home address")
    assert (entry.officer, entry.why, entry.detail) == ("asha", "own account", {"before": False, "number": True})


def test_one_is_held_at_a_time_and_earlier_ones_still_count(cast: Cast) -> None:
    first = hold_home_address(officer=cast.worker, postcode="WX1 4PZ", number="12", by=cast.worker)
    hold_home_address(officer=cast.worker, postcode="WX2 9AA", number="1", by=cast.administrator)
    first.refresh_from_db()
    assert first.until_at is not None
    assert HomeAddress.objects.filter(officer=cast.worker).count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        HomeAddress.objects.filter(pk=first.pk).update(until_at=None)


def test_who_may_say_where_somebody_lives(cast: Cast) -> None:
    for by in (cast.manager, cast.head, cast.colleague):
        with pytest.raises(NotAllowed):
            hold_home_address(officer=cast.worker, postcode="WX1 4PZ", number="12", by=by)
    with pytest.raises(Refused, match="full postcode"):
        hold_home_address(officer=cast.worker, postcode="nowhere", number="12", by=cast.worker)
    hold_home_address(officer=cast.worker, postcode="WX1 4PZ", number="12", by=cast.worker)
    for by in (cast.worker, cast.head):
        with pytest.raises(NotAllowed):
            forget_home_address(officer=cast.worker, by=by)
    kit = _in(cast.administrator)
    page = reverse("account", args=[cast.worker.pk])
    assert "A fingerprint is held" in kit.get(page).content.decode()
    kit.post(reverse("account-home-forget", args=[cast.worker.pk]), {})
    assert "Not held" in kit.get(page).content.decode()
    kit.post(reverse("account-home", args=[cast.worker.pk]), BOX)
    assert HomeAddress.objects.get(until_at=None).by == cast.administrator
    assert kit.get(reverse("account-home", args=[cast.administrator.pk])).status_code == 404
    with pytest.raises(Refused, match="No address is held"):
        forget_home_address(officer=cast.head, by=cast.administrator)


# The report


def _lives(child: Child, by: Officer, lines: str, postcode: str, since: date, *, confidential: bool = False) -> None:
    Address.objects.create(
        child=child, lines=lines, postcode=postcode, since=since, confidential=confidential, by=by,
        recorded_at=TrailEntry.objects.order_by("-pk")[0].at,
    )  # fmt: skip


def _asked(hand: Clock, by: Officer) -> Section:
    found = snooping_report(hand.now.date(), hand.now.date(), by=by)
    return next(section for section in found.sections if section.key == "same-address")


@pytest.fixture
def opened(cast: Cast, hand: Clock) -> Referral:
    """A referral about a child at a confidential address, which Ben and Carys opened."""
    referral = take(hand, cast, nth=0)
    child = referral.children.get()
    _lives(child, cast.worker, "9 Old Lane", "WX7 1AA", date(1999, 1, 1))
    _lives(child, cast.worker, "Flat 12, Quarry House", "WX1 4PZ", date(2003, 1, 1), confidential=True)
    for officer in (cast.colleague, cast.senior):
        _in(officer).get(referral.get_absolute_url())
    return referral


def test_who_lives_where_the_child_lives_is_asked_about_and_neither_address_is_shown(
    cast: Cast, opened: Referral, hand: Clock
) -> None:
    assert _asked(hand, cast.manager).left_out == "not looked for: no officer's address is held"
    hold_home_address(officer=cast.colleague, postcode="wx14pz", number="12", by=cast.colleague)
    hold_home_address(officer=cast.senior, postcode="WX1 4PZ", number="30", by=cast.administrator)
    section = _asked(hand, cast.manager)
    assert {line.officer: (line.count, line.about) for line in section.lines} == {
        "ben": (1, "a child on the record lives at the officer's address"),
        "carys": (1, "a child on the record lives in the officer's postcode"),
    }
    assert section.note == "looked for where an officer's address is held: 2 of 4"
    day = hand.now.date()
    page = _in(cast.manager).get(reverse("trail-snooping") + f"?first={day}&last={day}").content.decode()
    assert "lives at the officer&#x27;s address: 1 record" in page
    for word in ("Quarry", "WX1", "4PZ", "Flat 12"):
        assert word not in page, word


def test_addresses_left_before_the_period_do_not_count_and_homes_left_within_it_do(
    cast: Cast, opened: Referral, hand: Clock
) -> None:
    hold_home_address(officer=cast.colleague, postcode="WX7 1AA", number="9", by=cast.colleague)
    assert not _asked(hand, cast.manager).lines
    hold_home_address(officer=cast.senior, postcode="WX1 4PZ", number="12", by=cast.senior)
    hold_home_address(officer=cast.senior, postcode="WX5 5AA", number="1", by=cast.senior)  # says that she moved
    assert [line.officer for line in _asked(hand, cast.manager).lines] == ["carys"]
    hand.now += timedelta(days=3)
    assert not _asked(hand, cast.manager).lines  # nothing was opened since, and the first home is gone


def test_as_much_is_asked_of_the_database_however_many_records_were_opened(cast: Cast, hand: Clock) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    hold_home_address(officer=cast.colleague, postcode="WX1 4PZ", number="12", by=cast.colleague)
    asked = []
    for nth in range(6):
        referral = take(hand, cast, nth=nth)
        _lives(referral.children.get(), cast.worker, f"{nth} Lane", "WX1 4PZ", date(2003, 1, 1))
        _in(cast.colleague).get(referral.get_absolute_url())
        if nth in (1, 5):
            with CaptureQueriesContext(connection) as queries:
                _asked(hand, cast.manager)
            asked.append(len(queries))
    assert asked[0] == asked[1]
