"""The pages of the register: who sees what, what they say, and what they cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assurance.council import version_in
from goldenthread.cases.actions import record_address
from goldenthread.cases.models import Child
from goldenthread.core.models import TrailEntry, TrailSubject
from goldenthread.oversight.restrictions import restrict
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.register.actions import end_entry, enter_on_register
from goldenthread.standards.assessment.register.checking import decide_check
from goldenthread.standards.assessment.register.models import CheckSettled, RegisterCheck, RegisterEntry, Shown
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.standards.assessment.register.conftest import Check, Hands, Take


def signed_in(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def boxes(name: str, at: object) -> dict[str, str]:
    """A moment as its boxes post it."""
    return {
        f"{name}_day": f"{at:%d}",
        f"{name}_month": f"{at:%m}",
        f"{name}_year": f"{at:%Y}",
        f"{name}_time": f"{at:%H:%M}",
    }


def test_the_referral_leads_to_the_check_and_shows_when_it_is_done(
    cast: Cast, hands: Hands, referral: Referral, entry: RegisterEntry
) -> None:
    client, page = signed_in(cast.worker), reverse("referral-register", args=[referral.pk])
    assert page in client.get(referral.get_absolute_url()).content.decode()
    asking = client.get(page).content.decode()
    assert 'value="Aldergate"' in asking  # what is known is filled in
    prefix = f"c{referral.children.get().pk}"
    said = {f"{prefix}-given_names": "Juno", f"{prefix}-family_name": "Aldergate", f"{prefix}-lines": "12 Nicoll Row"}
    said |= {
        f"{prefix}-date_of_birth_day": "4",
        f"{prefix}-date_of_birth_month": "5",
        f"{prefix}-date_of_birth_year": "1998",
    }
    answer = client.post(page, said)
    made = RegisterCheck.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    shown = client.get(made.get_absolute_url()).content.decode()
    for words in (
        "Anna Kouassi",
        "On the register now",
        "Lives at the same address",
        "held by Referral and assessment east",
    ):
        assert words in shown, words
    assert "Nicoll" not in shown  # the address that was typed is kept locked
    empty = client.post(made.get_absolute_url(), {"do": "decide"}).content.decode()
    assert "Decide of each record" in empty
    row = Shown.objects.get()
    done = client.post(
        made.get_absolute_url(), {"do": "decide", f"answer_{row.pk}": "is"}, follow=True
    ).content.decode()
    assert "Anna Kouassi: on the register now (child protection register)" in " ".join(done.split())
    owed, settled = client.get(referral.get_absolute_url()).content.decode().split("Settled")
    assert page not in owed
    assert page in settled  # it leads on to what was found
    assert made.get_absolute_url() in client.get(page).content.decode()


def test_none_of_these_answers_for_all(cast: Cast, entry: RegisterEntry, check: Check) -> None:
    made = check(lines="12 Nicoll Row")
    signed_in(cast.worker).post(made.get_absolute_url(), {"do": "none"})
    assert [row.answer for row in RegisterCheck.objects.get().decisions.get().answers.all()] == ["is-not"]


def test_a_confidential_address_is_neither_filled_in_nor_found_out(
    cast: Cast, hands: Hands, referral: Referral, known: Child, entry: RegisterEntry, check: Check
) -> None:
    hands.on(minutes=1)
    for child, file in ((referral.children.get(), referral.case_file), (known, entry.case_file)):
        record_address(
            case_file=file,
            child=child,
            lines="7 Secret Walk",
            since=hands.now.date(),
            confidential=True,
            by=cast.worker,
        )
    page = signed_in(cast.worker).get(reverse("referral-register", args=[referral.pk])).content.decode()
    assert "Secret" not in page
    by_address = check(date_of_birth=None, lines="7 Secret Walk")
    assert not by_address.asked.get().shown.exists()
    with_a_day = check(lines="7 Secret Walk").asked.get().shown.get()
    before = check(lines="12 Nicoll Row").asked.get().shown.get()
    assert with_a_day.reasons == before.reasons == ["Born on the same day", "Another detail matches"]


def test_who_may_open_the_pages(
    cast: Cast, hands: Hands, referral: Referral, entry: RegisterEntry, check: Check
) -> None:
    made = check()
    pages = {
        reverse("register-entry", args=[entry.pk]): {"asha", "ben", "carys", "dev", "farid", "grace", "hiro"},
        reverse("register-end", args=[entry.pk]): {"dev", "farid", "grace", "hiro"},
        reverse("register-correct", args=[entry.pk, "listing", entry.listings.get().pk]): {
            "dev",
            "farid",
            "grace",
            "hiro",
        },
        reverse("file-enter", args=[entry.case_file_id]): {"dev", "farid", "grace", "hiro"},
        reverse("referral-register", args=[referral.pk]): {"asha", "ben", "carys", "dev", "farid", "grace", "hiro"},
        reverse("referral-settle", args=[referral.pk]): {"dev", "farid", "grace", "hiro"},
        made.get_absolute_url(): {"asha", "ben", "carys", "dev", "farid", "grace", "hiro"},
        reverse("register-placed"): {"dev", "farid", "grace", "hiro"},
    }
    for page, may in pages.items():
        for officer in cast.all():
            status = signed_in(officer).get(page).status_code
            assert (status == 200) is (officer.username in may), (page, officer.username, status)
    for page in pages:
        assert signed_in(cast.manager).get(page.replace("1/", "987/")).status_code in {404, 200}


def test_an_enquiry_is_for_who_asked_and_those_who_answer_for_them(cast: Cast, entry: RegisterEntry) -> None:
    client = signed_in(cast.worker)
    said = {
        "who-asker": "Sister Bell", "who-agency": "Ward 4", "who-contact": "Switchboard", "who-purpose": "Bruises on a child",
        "child-given_names": "Ana", "child-family_name": "Kouasi",
    }  # fmt: skip
    assert "There is a problem" in client.post(reverse("register-ask"), said | {"who-contact": ""}).content.decode()
    client.post(reverse("register-ask"), said)
    made = RegisterCheck.objects.get()
    for officer in cast.all():
        may = officer.username in {"asha", "dev", "farid", "grace", "hiro"}
        assert (signed_in(officer).get(made.get_absolute_url()).status_code == 200) is may, officer.username
    assert signed_in(cast.manager).post(made.get_absolute_url(), {"do": "none"}).status_code == 404


def test_the_register_lists_what_one_may_open_as_at_a_day(cast: Cast, hands: Hands, entry: RegisterEntry) -> None:
    hands.on(days=40)
    end_entry(entry=entry, reason="safer", occurred_at=hands.now - timedelta(days=5), by=cast.manager)
    day = hands.now - timedelta(days=10)
    then = {"as_at_day": day.day, "as_at_month": day.month, "as_at_year": day.year}
    page = reverse("register")
    for officer, sees in ((cast.worker, True), (cast.head, True), (cast.stranger, False), (cast.quality, False)):
        client = signed_in(officer)
        assert "Kouassi" not in client.get(page).content.decode()
        assert ("Kouassi" in client.get(page, then).content.decode()) is sees, officer.username
    assert "Kouassi" not in signed_in(cast.worker).get(page, then | {"category": "sexual"}).content.decode()
    assert "Kouassi" not in signed_in(cast.worker).get(page, then | {"whose": "other"}).content.decode()
    restrict(
        child=entry.child, level="restricted", reason="A colleague's family", named=[cast.worker, cast.head], contact=cast.head,
        by=cast.head,
    )  # fmt: skip
    assert "Kouassi" not in signed_in(cast.manager).get(page, then).content.decode()


def test_the_case_files_page_says_who_is_on_it(cast: Cast, hands: Hands, entry: RegisterEntry, take: Take) -> None:
    page = signed_in(cast.worker).get(reverse("case-file", args=[entry.case_file_id])).content.decode()
    assert "Child protection register: Anna Kouassi" in page
    assert "On it now" in page
    hands.on(minutes=1)
    other = take(children=[entry.child])  # another file of the same child
    page = signed_in(cast.worker).get(reverse("case-file", args=[other.case_file_id])).content.decode()
    assert f"The entry, {entry}, is on another case file of the child" in page


def test_an_entry_is_kept_through_its_pages(cast: Cast, hands: Hands, entry: RegisterEntry) -> None:
    client, now = signed_in(cast.manager), boxes("occurred_at", hands.now)
    client.post(reverse("register-kinds", args=[entry.pk]), {"categories": ["neglect", "sexual"], **now})
    client.post(reverse("register-worker", args=[entry.pk]), {"name": "Tove Marsh", **now})
    said = {
        "categories": ["physical"],
        "correction": "Read from the minutes",
        **boxes("occurred_at", hands.now - timedelta(days=1)),
    }
    client.post(reverse("register-correct", args=[entry.pk, "listing", entry.listings.order_by("pk")[0].pk]), said)
    page = client.get(entry.get_absolute_url()).content.decode()
    for words in ("Neglect, sexual abuse", "Tove Marsh", "Physical abuse", "Corrected because: Read from the minutes"):
        assert words in page, words
    client.post(reverse("register-end", args=[entry.pk]), {"reason": "safer", "words": "All agreed", **now})
    assert "Ended" in client.get(entry.get_absolute_url()).content.decode()


def test_a_manager_settles_through_the_page(
    cast: Cast, hands: Hands, referral: Referral, entry: RegisterEntry, check: Check
) -> None:
    made = check(lines="12 Nicoll Row")
    decide_check(check=made, answers={Shown.objects.get().pk: "unsure"}, occurred_at=hands.now, by=cast.worker)
    page, client = reverse("referral-settle", args=[referral.pk]), signed_in(cast.manager)
    assert page in client.get(referral.get_absolute_url()).content.decode()
    assert page not in signed_in(cast.worker).get(referral.get_absolute_url()).content.decode()
    assert "Anna Kouassi, born 4 May 1998" in client.get(page).content.decode()
    client.post(page, {"answer": "is", "words": "Rang her school", **boxes("occurred_at", hands.now)})
    assert "No check of this referral waits" in client.get(page).content.decode()
    assert "A manager answered" in client.get(made.get_absolute_url()).content.decode()


def test_what_was_decided_is_corrected_through_the_page(
    cast: Cast, hands: Hands, entry: RegisterEntry, check: Check
) -> None:
    made, client = check(lines="12 Nicoll Row"), signed_in(cast.worker)
    row = Shown.objects.get()
    decide_check(check=made, answers={row.pk: "is"}, occurred_at=hands.now, by=cast.worker)
    page = reverse("check-correct", args=[made.pk])
    client.post(page, {f"answer_{row.pk}": "is-not", "reason": "Her aunt rang"})
    assert [one.answer for one in RegisterCheck.objects.get().decided.fact.answers.all()] == ["is-not"]  # type: ignore[union-attr]


def test_who_corrects_what_was_taken_back_meanwhile_is_told_and_keeps_their_words(
    cast: Cast, hands: Hands, entry: RegisterEntry, check: Check
) -> None:
    made, client = check(lines="12 Nicoll Row"), signed_in(cast.worker)
    row = Shown.objects.get()
    decide_check(check=made, answers={row.pk: "is"}, occurred_at=hands.now, by=cast.worker)
    again = client.post(made.get_absolute_url(), {"do": "none"})
    assert "decided already" in again.content.decode()
    page = reverse("check-correct", args=[made.pk])
    typed = {f"answer_{row.pk}": "is-not", "reason": "Her aunt rang"}
    client.post(page, {"withdrawn": "on", "reason": "Another family's"})
    told = client.post(page, typed | {"version": "as it was"}).content.decode()
    for words in ("changed after you opened the page", "taken back: this check was a mistake", "Her aunt rang"):
        assert words in told, words
    assert "taken back already" in client.post(page, typed | {"version": version_in(told)}).content.decode()
    assert client.get(page).status_code == 404
    assert RegisterCheck.objects.get().decided is None


def test_an_answer_is_never_taken_for_the_next_record(
    cast: Cast, hands: Hands, referral: Referral, entry: RegisterEntry, check: Check
) -> None:
    for _ in range(2):
        made = check(lines="12 Nicoll Row")
        rows = Shown.objects.filter(asked__check_of=made)
        decide_check(check=made, answers={row.pk: "unsure" for row in rows}, occurred_at=hands.now, by=cast.worker)
    page, client = reverse("referral-settle", args=[referral.pk]), signed_in(cast.manager)
    typed = {"answer": "is-not", "words": "Rang her school", **boxes("occurred_at", hands.now)}
    seen = version_in(client.get(page).content.decode())
    client.post(page, typed | {"version": seen})
    late = client.post(page, typed | {"version": seen, "words": "Her mother told me"}).content.decode()
    for words in ("changed after you opened the page", "Rang her school", "Her mother told me"):
        assert words in late, words
    assert CheckSettled.objects.count() == 1
    client.post(page, typed)
    closed = client.post(page, typed | {"words": "Her uncle told me"}).content.decode()
    assert "Her uncle told me" in closed
    assert "There is nothing to send any more" in closed
    assert CheckSettled.objects.count() == 2


@pytest.mark.parametrize("page", ["register", "check"])
def test_queries_do_not_grow(
    cast: Cast, hands: Hands, take: Take, entry: RegisterEntry, check: Check, page: str
) -> None:
    def count() -> int:
        address = reverse("register") if page == "register" else check(lines="12 Nicoll Row").get_absolute_url()
        client.get(reverse("register"))  # now and again a page notes in the session that somebody is there
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    client = signed_in(cast.worker)
    before = count()
    for number in range(4):
        hands.on(minutes=1)
        sister = Child.objects.create(
            given_names=f"Ann{number}", family_name="Kouassi", date_of_birth=entry.child.date_of_birth
        )
        file = take(children=[sister]).case_file
        record_address(case_file=file, child=sister, lines="12 Nicoll Row", since=hands.now.date(), by=cast.worker)
        enter_on_register(
            case_file=file,
            child=sister,
            categories=["neglect"],
            officer=cast.worker,
            occurred_at=hands.now,
            by=cast.manager,
        )
    assert count() == before


@pytest.mark.parametrize("page", ["list", "entry"])
def test_the_trail_names_the_entry_and_its_child_each_by_its_own_kind(
    cast: Cast, hands: Hands, take: Take, page: str
) -> None:
    for number in range(3):  # so that an entry's number is not its child's
        child = Child.objects.create(given_names=f"Ann{number}", family_name="Kouassi")
    file = take(children=[child]).case_file
    entry = enter_on_register(
        case_file=file, child=child, categories=["neglect"], officer=cast.worker, occurred_at=hands.now, by=cast.manager
    )
    assert entry.pk != child.pk
    signed_in(cast.worker).get(reverse("register") if page == "list" else entry.get_absolute_url())
    told = TrailEntry.objects.get(deed="list register" if page == "list" else "read register entry")
    keys = set(TrailSubject.objects.filter(entry=told.pk).values_list("subject", flat=True))
    assert {key for key in keys if key.startswith("register.")} == {f"register.registerentry:{entry.pk}"}
    assert f"cases.child:{child.pk}" in keys
