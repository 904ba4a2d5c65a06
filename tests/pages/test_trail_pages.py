"""Reading the trail: by whom, of whom, what is named, and that the reading itself is on it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.core import clock
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import Account, TrailEntry
from goldenthread.obligations.handover import hand_over
from goldenthread.pages.seen import read_about, read_by
from goldenthread.pages.snooping import Snooping, snooping_report
from goldenthread.people import accounting
from goldenthread.people.accounting import account_for, accounts_for, draw_sample, line_of, sample_of
from goldenthread.people.models import Officer
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.pages.made_up_work import Clock, many, set_clock, take


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return set_clock(monkeypatch)


@pytest.fixture
def referral(cast: Cast, hand: Clock) -> Referral:
    return take(hand, cast)


def _in(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def _seen(referral: Referral) -> str:
    return reverse("trail-record", args=["referrals.referral", referral.pk])


def _title(page: str) -> str:
    return page[page.index("<title>") : page.index("</title>")]


def test_the_manager_sees_who_has_seen_a_child_one_press_from_the_referral(cast: Cast, referral: Referral) -> None:
    _in(cast.colleague).get(referral.get_absolute_url())
    _in(cast.stranger).get(referral.get_absolute_url())
    _in(cast.senior).get(reverse("referrals"))
    _in(cast.colleague).post(reverse("referral-search"), {"q": "Juno"})
    client = _in(cast.manager)
    assert _seen(referral) in client.get(referral.get_absolute_url()).content.decode()
    page = client.get(_seen(referral)).content.decode()
    for words in ("Ben Okafor, Social worker", "Efua Mensah", "Carys Pugh", "Read referral", "Denied", "List referrals",
                  "Take referral", "“Juno”", "127.0.0.1"):  # fmt: skip
        assert words in page, words
    assert "Aldergate" not in _title(page)
    entry = TrailEntry.objects.filter(deed="read trail").get()
    assert (entry.officer, entry.subject) == ("dev", f"referrals.referral:{referral.pk}")
    assert "Read trail" in client.get(_seen(referral)).content.decode()


def test_the_same_is_found_by_the_child_and_by_the_case_file(cast: Cast, referral: Referral) -> None:
    _in(cast.colleague).get(referral.get_absolute_url())
    child = referral.children.get()
    for kind, pk in (("cases.child", child.pk), ("cases.casefile", referral.case_file_id)):
        page = _in(cast.manager).get(reverse("trail-record", args=[kind, pk])).content.decode()
        assert "Ben Okafor" in page


@pytest.mark.parametrize("who", ["worker", "senior", "quality", "member", "administrator"])
def test_others_do_not_read_the_trail(cast: Cast, referral: Referral, who: str) -> None:
    client = _in(getattr(cast, who))
    for address in (reverse("trail"), _seen(referral), reverse("trail-officer", args=[cast.worker.pk]),
                    reverse("trail-snooping"), reverse("trail-accounts"), reverse("trail-account", args=[1])):  # fmt: skip
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
    with pytest.raises(NotAllowed):
        read_by("asha", by=getattr(cast, who))
    assert not line_of(getattr(cast, who)).exists()


def test_a_record_that_the_reader_may_not_open_looks_missing(cast: Cast, referral: Referral) -> None:
    other = Officer.objects.create_officer("lena", name="Lena Ost", role="team-manager", team=cast.west)
    hidden = _in(other).get(_seen(referral))
    missing = _in(other).get(reverse("trail-record", args=["referrals.referral", 99_999]))
    nonsense = _in(other).get(reverse("trail-record", args=["plan.action", 1]))
    assert [a.status_code for a in (hidden, missing, nonsense)] == [404, 404, 404]
    with pytest.raises(NotAllowed):
        read_about(f"referrals.referral:{referral.pk}", by=other)


def test_what_an_officer_has_seen_is_for_the_line_of_managers_only(cast: Cast, referral: Referral) -> None:
    _in(cast.worker).get(referral.get_absolute_url())
    for reader, may in ((cast.manager, True), (cast.group_manager, True), (cast.head, True)):
        page = _in(reader).get(reverse("trail-officer", args=[cast.worker.pk]))
        assert page.status_code == (200 if may else 404)
        assert "Juno Aldergate" in page.content.decode()
        assert "Aldergate" not in _title(page.content.decode())
    assert _in(cast.manager).get(reverse("trail-officer", args=[cast.stranger.pk])).status_code == 404
    assert "Efua" not in _in(cast.manager).get(reverse("trail")).content.decode()
    assert "Efua" in _in(cast.head).get(reverse("trail") + "?q=efu").content.decode()
    assert TrailEntry.objects.filter(deed="read trail", subject=f"people.officer:{cast.worker.pk}").count() == 3


def test_records_that_the_reader_may_not_open_are_counted_and_not_named(cast: Cast, hand: Clock) -> None:
    theirs = take(hand, cast, nth=1)
    hand_over(case_file=theirs.case_file, team=cast.west, worker=cast.stranger, since_at=hand.now, by=cast.manager)
    cast.stranger.team = cast.east
    cast.stranger.save()
    _in(cast.stranger).get(theirs.get_absolute_url())
    page = _in(cast.manager).get(reverse("trail-officer", args=[cast.stranger.pk])).content.decode()
    assert "Brackenbury" not in page
    assert "1 record" in page


def test_it_is_narrowed_by_day_and_deed_and_shown_by_the_page(cast: Cast, referral: Referral, hand: Clock) -> None:
    client = _in(cast.worker)
    for _ in range(55):
        client.get(referral.get_absolute_url())
    hand.now += timedelta(days=2)
    _in(cast.worker).get(reverse("referrals"))
    reader = _in(cast.manager)
    address = reverse("trail-officer", args=[cast.worker.pk])
    assert "page=2" in reader.get(address).content.decode()
    day = f"{hand.now:%Y-%m-%d}"
    page = reader.get(f"{address}?first={day}").content.decode()
    assert "1 entry" in page
    page = reader.get(f"{address}?deed=read+referral").content.decode()
    assert "55 entries" in page
    assert "There" not in _title(page)
    wrong = reader.get(f"{address}?first=yesterday")
    assert wrong.status_code == 200
    assert "Enter a valid date" in wrong.content.decode()


def test_the_children_that_the_trail_s_pages_name_are_on_the_trail(cast: Cast, referral: Referral) -> None:
    _in(cast.worker).get(referral.get_absolute_url())
    _in(cast.manager).get(reverse("trail-officer", args=[cast.worker.pk]))
    entry = TrailEntry.objects.get(deed="see list", subject="page:trail-officer")
    assert entry.officer == "dev"
    assert f"referrals.referral:{referral.pk}" in entry.detail["records"]


def test_queries_do_not_grow_with_the_entries(cast: Cast, hand: Clock) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, reader, asked = _in(cast.worker), _in(cast.manager), []
    for made in (many(hand, cast, 2), many(hand, cast, 12)):
        for referral in made:
            client.get(referral.get_absolute_url())
        reader.get(reverse("trail-officer", args=[cast.worker.pk]))
        with CaptureQueriesContext(connection) as queries:
            reader.get(reverse("trail-officer", args=[cast.worker.pk]))
        asked.append(len(queries))
    assert asked[0] == asked[1]


# What to ask about


def _count(found: Snooping, key: str) -> dict[str, int]:
    section = next(section for section in found.sections if section.key == key)
    return {line.officer: line.count for line in section.lines}


def _report(hand: Clock, by: Officer) -> Snooping:
    return snooping_report(hand.now.date(), hand.now.date(), by=by)


def test_a_surname_shared_with_a_child_is_asked_about(cast: Cast, hand: Clock) -> None:
    referral = take(hand, cast, nth=0)
    child = referral.children.get()
    Officer.objects.filter(pk=cast.colleague.pk).update(name=f"Ben {child.family_name.upper()}")
    _in(cast.colleague).get(referral.get_absolute_url())
    _in(cast.senior).get(referral.get_absolute_url())
    found = _report(hand, cast.manager)
    assert _count(found, "same-surname") == {"ben": 1}
    assert child.family_name not in str(found)
    page = _in(cast.manager).get(reverse("trail-snooping") + f"?first={found.first}&last={found.last}")
    assert "the officer&#x27;s surname" in page.content.decode()
    assert f'value="{found.first}"' in page.content.decode()


def test_refusals_bursts_and_leavers_are_asked_about(cast: Cast, hand: Clock) -> None:
    referrals = many(hand, cast, 22)
    for referral in referrals:
        _in(cast.colleague).get(referral.get_absolute_url())
    _in(cast.senior).get(referrals[0].get_absolute_url())
    _in(cast.stranger).get(referrals[0].get_absolute_url())
    Officer.objects.filter(pk=cast.senior.pk).update(is_active=False)
    found = _report(hand, cast.head)
    assert _count(found, "bursts") == {"ben": 22}  # Asha took them over some weeks
    assert _count(found, "denied") == {"efua": 1}
    assert _count(found, "leavers") == {"carys": 1}
    assert _count(found, "no-relationship") == {}  # each of them had one: on duty, or holding the file


def test_a_manager_is_told_of_the_own_line_only(cast: Cast, hand: Clock) -> None:
    referral = take(hand, cast)
    _in(cast.stranger).get(referral.get_absolute_url())
    assert _count(_report(hand, cast.manager), "denied") == {}
    assert _report(hand, cast.manager).officers == 4


def test_a_period_that_makes_no_sense_is_said(cast: Cast) -> None:
    for asked in ("?first=2003-10-02&last=2003-10-01", "?first=x&last=y"):
        page = _in(cast.manager).get(reverse("trail-snooping") + asked)
        assert page.status_code == 200
        assert "There is a problem" in page.content.decode()


# The random sample


@pytest.fixture
def viewed(cast: Cast, hand: Clock, monkeypatch: pytest.MonkeyPatch) -> list[Referral]:
    """Views of two officers, a day ago; one in four is drawn."""
    monkeypatch.setattr(accounting, "SHARE", 4)
    made = many(hand, cast, 6)
    for referral in made:
        for officer in (cast.colleague, cast.senior):
            _in(officer).get(referral.get_absolute_url())
    hand.now += timedelta(days=1)
    return made


def test_the_sample_repeats_and_is_drawn_once(cast: Cast, viewed: list[Referral], hand: Clock) -> None:
    day = hand.now.date() - timedelta(days=1)
    drawn = sample_of(day, day)
    assert len(drawn) == 3  # of twelve views
    assert sample_of(day, day) == drawn
    assert draw_sample(first=day, last=day, by=cast.manager) == 3
    assert draw_sample(first=day, last=day, by=cast.manager) == 0
    assert sorted(Account.objects.values_list("entry", flat=True)) == drawn
    assert TrailEntry.objects.filter(deed="draw sample of views").count() == 2


def test_a_period_that_is_not_over_is_not_drawn(cast: Cast, hand: Clock) -> None:
    day = hand.now.date()
    with pytest.raises(Refused, match="over"):
        draw_sample(first=day, last=day, by=cast.manager)
    with pytest.raises(NotAllowed):
        draw_sample(first=day - timedelta(days=2), last=day - timedelta(days=1), by=cast.worker)
    assert not Account.objects.exists()


def test_the_manager_accounts_for_a_view_once_and_in_words(cast: Cast, viewed: list[Referral], hand: Clock) -> None:
    client, day = _in(cast.manager), hand.now.date() - timedelta(days=1)
    client.post(reverse("trail-snooping"), {"first": f"{day}", "last": f"{day}"})
    account = accounts_for(cast.manager).first()
    assert account is not None
    assert "To answer" in client.get(reverse("trail-accounts")).content.decode()
    address = reverse("trail-account", args=[account.pk])
    assert client.get(address).status_code == 200
    page = client.post(address, {"needed": "yes", "answer": " "}).content.decode()
    assert "There is a problem" in page
    assert client.post(address, {"needed": "yes", "answer": "On duty that day, covering for Asha"}).status_code == 302
    account.refresh_from_db()
    assert (account.needed, account.by, account.answer) == (True, "dev", "On duty that day, covering for Asha")
    assert TrailEntry.objects.filter(deed="account for view").get().detail["entry"] == account.entry
    with pytest.raises(Refused, match="already"):
        account_for(account=account, needed=False, answer="Changed my mind", by=cast.manager)


def test_nobody_accounts_for_own_views_or_another_line_s(cast: Cast, hand: Clock) -> None:
    own = take(hand, cast)
    _in(cast.manager).get(own.get_absolute_url())
    entry = TrailEntry.objects.get(deed="read referral", officer="dev")
    account = Account.objects.create(entry=entry.pk, asked_at=clock.now())
    other = Officer.objects.create_officer("lena", name="Lena Ost", role="team-manager", team=cast.west)
    for officer in (cast.manager, other):
        assert _in(officer).get(reverse("trail-account", args=[account.pk])).status_code == 404
        with pytest.raises(NotAllowed):
            account_for(account=account, needed=True, answer="It was I", by=officer)
    assert accounts_for(cast.group_manager).get() == account
