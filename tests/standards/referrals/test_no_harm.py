"""What officers do to pages all day does no harm: going back, pressing twice, being signed out, typing the wrong thing."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.cases.models import Child
from goldenthread.core.models import Draft
from goldenthread.obligations.models import Obligation
from goldenthread.people.models import Officer
from goldenthread.standards.referrals import onward
from goldenthread.standards.referrals.corrections import amend_referral
from goldenthread.standards.referrals.models import Chaser, Decision, Referral, UnmetNeed
from tests.conftest import Cast
from tests.standards.referrals.conftest import Hands, Take
from tests.standards.referrals.test_pages import UID, at, fill_in, signed_in, step

CHECK = reverse("referral-check", args=[UID])
NEW_CHILD = {"new-given_names": "Juno", "new-family_name": "Aldergate", "new-sex": "F"}


# Taking a referral


def test_going_back_after_recording_leads_to_what_was_recorded(cast: Cast, hands: Hands) -> None:
    client = signed_in(cast.manager)
    fill_in(client, hands)
    client.post(CHECK)
    referral = Referral.objects.get()
    for page in (step("concern"), step("children"), step("unmet"), CHECK):
        assert client.get(page)["Location"] == referral.get_absolute_url()
    answer = client.post(step("concern"), {"concern-concern": "Another thing altogether"}, follow=True)
    assert f"already recorded as {referral.reference}" in answer.content.decode()
    assert not Draft.objects.exists()


def test_changing_one_answer_leads_back_to_the_check(cast: Cast, hands: Hands) -> None:
    client = signed_in(cast.manager)
    fill_in(client, hands)
    answer = client.post(step("concern"), {"concern-concern": "Bruises on one arm"})
    assert answer["Location"] == CHECK
    assert "Bruises on one arm" in client.get(CHECK).content.decode()


def test_an_answer_that_asks_for_more_leads_there(cast: Cast, hands: Hands) -> None:
    client = signed_in(cast.worker)
    fill_in(client, hands, decides=False)
    client.post(step("offence"), {"offence-answer": "no", "offence-why": "A fall, seen by two teachers"})
    client.post(step("police"), {"police-answer": "not-yet", "do": "leave"})
    assert client.post(step("offence"), {"offence-answer": "yes"})["Location"] == step("police")


def test_a_child_typed_and_not_added_is_not_left_behind(cast: Cast, hands: Hands) -> None:
    client = signed_in(cast.worker)
    client.post(step("children"), {"do": "new", **NEW_CHILD})
    client.post(reverse("draft") + f"?form={step('children')}", {"new-given_names": "Robin"})
    page = client.post(step("children"), {"do": "continue"}).content.decode()
    assert "You typed a child who is not added yet" in page
    assert 'value="Robin"' in page
    client.post(step("children"), {"do": "new", "new-given_names": ""})
    assert client.post(step("children"), {"do": "continue"})["Location"] == step("concern")


def test_a_search_offers_a_new_child_of_that_name(cast: Cast, hands: Hands) -> None:
    client = signed_in(cast.worker)
    assert "Given names" not in client.get(step("children")).content.decode()
    page = client.post(step("children"), {"do": "search", "search-name": "Robin Lee Quill"}).content.decode()
    assert 'value="Robin Lee"' in page
    assert 'value="Quill"' in page
    assert "Given names" in client.get(step("children") + "?add=yes").content.decode()


def test_leaving_keeps_a_half_typed_child(cast: Cast, hands: Hands) -> None:
    client = signed_in(cast.worker)
    client.post(step("children"), {"do": "leave", "new-given_names": "Robin"})
    assert 'value="Robin"' in signed_in(cast.worker).get(step("children")).content.decode()


def test_what_was_refused_is_there_again(cast: Cast, hands: Hands) -> None:
    client = signed_in(cast.worker)
    client.post(step("offence"), {"offence-answer": "no"})
    page = client.get(step("offence")).content.decode()
    assert "What you typed before is shown again" in page
    assert "checked" in page


@pytest.mark.parametrize(
    ("key", "typed", "word"),
    [
        ("referrer", {"referrer-referrer_name": "Rosa Whitcombe"}, "Rosa Whitcombe"),
        ("children", {"do": "new", "new-given_names": "Juno", "new-family_name": "Aldergate"}, "Aldergate"),
        ("children", {"do": "search", "search-name": "Aldergate"}, "Aldergate"),
        ("concern", {"concern-concern": "Bruises on both arms"}, "Bruises on both arms"),
        ("offence", {"offence-answer": "no", "offence-why": "A fall at play"}, "A fall at play"),
        ("police", {"police-answer": "not-yet", "police-why": "The line was engaged"}, "The line was engaged"),
        ("decision", {"decision-what": "services", "decision-reason": "A family worker"}, "A family worker"),
        ("unmet", {"do": "add", "need-needed": "Six sessions"}, "Six sessions"),
    ],
)
def test_a_step_sent_after_the_session_ended_is_kept(
    cast: Cast, hands: Hands, key: str, typed: dict[str, str], word: str
) -> None:
    client = sign_in(Client(), cast.manager)
    client.cookies.pop("sessionid")
    assert client.post(step(key), typed)["Location"].startswith(reverse("sign-in"))
    sign_in(client, cast.manager)
    assert word in client.get(step(key)).content.decode()


def sign_in(client: Client, officer: Officer) -> Client:
    """Sign in by hand, so that the browser is marked as this officer's."""
    client.post(reverse("sign-in"), {"username": officer.username, "password": "golden-thread-demo"})
    return client


def test_children_nearest_in_name_stand_before_those_who_share_a_part_of_it(cast: Cast, hands: Hands) -> None:
    for given in ("Juno", "Bartholomew", "Maximiliane"):
        Child.objects.create(given_names=given, family_name="Aldergate")
    client = signed_in(cast.worker)
    page = client.post(step("children"), {"do": "search", "search-name": "Juno Aldergate"}).content.decode()
    assert page.index("Juno Aldergate</strong>") < page.index("more who share part of the name")
    assert page.index("more who share part of the name") < page.index("Maximiliane Aldergate</strong>")
    page = client.post(step("children"), {"do": "search", "search-name": "Alder"}).content.decode()
    assert "more who share" not in page


def test_a_team_that_holds_two_files_is_named_once(take: Take, cast: Cast, hands: Hands) -> None:
    take(case_file=None)
    hands.on(days=1)
    take(case_file=None)
    page = signed_in(cast.worker).post(step("children"), {"do": "search", "search-name": "Aldergate"}).content.decode()
    assert page.count(f"Case file held by {cast.east}") == 1
    assert f"{cast.east}, {cast.east}" not in page


# A referral's page


def test_receipt_is_recorded_by_one_press(referral: Referral, cast: Cast, hands: Hands) -> None:
    hands.on(hours=2)
    client = signed_in(cast.worker)
    page = client.get(referral.get_absolute_url()).content.decode()
    assert "Received just now by:" in page
    press = {"when": "now", "how": "email", "token": "a" * 32}
    for _ in range(2):
        answer = client.post(reverse("referral-confirm", args=[referral.pk]), press)
    assert answer["Location"] == referral.get_absolute_url()
    made = referral.written_confirmations.get()
    assert (made.how, made.occurred_at) == ("email", hands.now)


def test_receipt_is_recorded_by_one_press_from_the_chasers(take: Take, cast: Cast, hands: Hands) -> None:
    first, second = take(), take()
    hands.on(days=3)
    for referral in (first, second):
        onward.draft_chaser(referral=referral, by=cast.worker)
    client, url = signed_in(cast.worker), reverse("referral-chasers")
    page = client.get(url).content.decode()
    tokens = [part.split('"')[0] for part in page.split('name="token" value="')[1:]]
    assert len(set(tokens)) == 2  # one page, two submissions: neither may pass for the other
    for token, chaser in zip(tokens, Chaser.objects.all(), strict=True):
        confirm = reverse("referral-confirm", args=[chaser.referral_id]) + "?from=chasers"
        assert client.post(confirm, {"when": "now", "how": "letter", "token": token})["Location"] == url
    assert first.written_confirmations.count() == second.written_confirmations.count() == 1
    assert "Nothing that was chased is still owed" in client.get(url).content.decode()


def test_only_those_who_may_excuse_are_offered_it(referral: Referral, cast: Cast) -> None:
    owed = Obligation.objects.open().filter(requirement="referrals.decision").get()
    link = reverse("excuse", args=[owed.pk])
    assert link in signed_in(cast.manager).get(referral.get_absolute_url()).content.decode()
    assert link not in signed_in(cast.worker).get(referral.get_absolute_url()).content.decode()


def test_managers_can_assign_and_hand_over(referral: Referral, cast: Cast) -> None:
    link = reverse("referral-assign", args=[referral.pk])
    assert link in signed_in(cast.manager).get(referral.get_absolute_url()).content.decode()
    page = signed_in(cast.manager).post(
        link, {"worker": cast.colleague.pk, "team": cast.west.pk, **at("since_at", referral.received_at)}
    )
    assert f"is not in {cast.west}: choose someone who is" in page.content.decode()


def test_an_amendment_shows_what_it_said_and_what_was_mended(referral: Referral, cast: Cast, hands: Hands) -> None:
    hands.on(hours=1)
    earlier = referral.received_at - timedelta(hours=1)
    amend_referral(
        referral=referral, changes={"received_at": earlier, "route": "in-person"}, reason="I misread it", by=cast.worker
    )
    page = signed_in(cast.worker).get(referral.get_absolute_url()).content.decode()
    assert "When it was received was corrected" in page
    assert "It said: 1 October 2003, 10am" in page
    assert "It said: By phone" in page


def test_how_it_came_reads_as_a_sentence(take: Take, cast: Cast) -> None:
    page = signed_in(cast.worker).get(take(route="form").get_absolute_url()).content.decode()
    assert "by referral form, from Rosa Whitcombe" in page


def test_a_chaser_stands_among_what_happened(referral: Referral, cast: Cast) -> None:
    onward.draft_chaser(referral=referral, by=cast.worker)
    assert "Chaser drafted to the agency" in signed_in(cast.worker).get(referral.get_absolute_url()).content.decode()


def test_needs_added_at_a_decision_outlast_a_session(decision: Decision, cast: Cast, hands: Hands) -> None:
    url = reverse("referral-unmet", args=[decision.referral_id, decision.pk])
    client = sign_in(Client(), cast.worker)
    need = {
        "need-need": "counselling", "need-needed": "Six sessions", "need-why": "waiting-list",
        "need-since_day": "1", "need-since_month": "9", "need-since_year": "2003",
    }  # fmt: skip
    client.post(url, {"do": "add", **need})
    client.cookies.pop("sessionid")
    client.post(url, {"do": "add", **need, "need-needed": "A place in a group"})
    sign_in(client, cast.worker)
    page = client.get(url).content.decode()
    assert "Six sessions" in page
    assert 'value="A place in a group"' in page
    client.post(url, {"do": "add", **need, "need-needed": "A place in a group"})
    client.post(url, {"do": "continue", "token": "a" * 32})
    assert UnmetNeed.objects.count() == 2


# Lists


def test_the_team_box_offers_only_teams_that_the_officer_reaches(referral: Referral, cast: Cast) -> None:
    mine = signed_in(cast.manager).get(reverse("referrals")).content.decode()
    assert f">{cast.east}</option>" in mine
    assert f">{cast.west}</option>" not in mine
    other = signed_in(cast.manager).get(reverse("referrals") + f"?team={cast.west.key}").content.decode()
    assert referral.reference not in other
    assert f">{cast.west}</option>" in signed_in(cast.head).get(reverse("referrals")).content.decode()


def test_the_report_not_sent_stands_first(cast: Cast, hands: Hands) -> None:
    client = signed_in(cast.head)
    client.post(reverse("unmet-need-start"))
    hands.on(days=70)
    client.force_login(cast.head)
    sent = {"month": "2003-11", "recipients": ["chief-executive", "executive-member"], **at("sent_at", hands.now)}
    page = client.post(reverse("unmet-need-sent"), sent, follow=True).content.decode()
    reports = page[page.index("Monthly report to") :]
    assert reports.index("October 2003") < reports.index("November 2003")
    assert "to the chief executive and executive member" in reports


def test_the_same_decision_twice_by_the_back_button_is_one(referral: Referral, cast: Cast, hands: Hands) -> None:
    client, url = signed_in(cast.manager), reverse("referral-decide", args=[referral.pk])
    typed = {"what": "services", "reason": "A family worker", "token": "b" * 32, **at("occurred_at", hands.now)}
    for _ in range(2):
        client.post(url, typed)
    assert Decision.objects.count() == 1
