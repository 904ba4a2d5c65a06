"""The room's pages as officers use them, without JavaScript."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.cases.models import Child
from goldenthread.core.clock import LONDON
from goldenthread.core.models import Draft, TrailEntry
from goldenthread.obligations.models import Obligation
from goldenthread.people.models import Officer
from goldenthread.standards.referrals import actions, onward, unmet_need
from goldenthread.standards.referrals.corrections import amend_referral
from goldenthread.standards.referrals.deeds import DEEDS
from goldenthread.standards.referrals.models import Decision, Referral, ReportSent, UnmetNeed, UnmetNeedAnswer
from goldenthread.standards.referrals.unmet_need import NeedItem, answer_unmet_need, meet_need
from tests.conftest import Cast
from tests.standards.referrals.conftest import Hands, Take
from tests.standards.referrals.test_actions import open_keys

UID = "0f8fad5b-d9cb-469f-a165-70867728950e"


def signed_in(officer: Officer) -> Client:
    """A browser with this officer signed in."""
    client = Client()
    client.force_login(officer)
    return client


def at(prefix: str, instant: datetime) -> dict[str, str]:
    """An instant typed into its four boxes."""
    local = instant.astimezone(LONDON)
    return {
        f"{prefix}_day": str(local.day), f"{prefix}_month": str(local.month), f"{prefix}_year": str(local.year),
        f"{prefix}_time": f"{local:%H:%M}",
    }  # fmt: skip


def step(key: str) -> str:
    """The address of a step of the one draft."""
    return reverse("referral-step", args=[UID, key])


def fill_in(client: Client, hands: Hands, *, decides: bool = True) -> None:
    """Type a whole referral, up to checking the answers."""
    client.post(
        step("referrer"),
        {
            "referrer-route": "phone", "referrer-agency_kind": "school", "referrer-agency_name": "Elmbridge Primary",
            "referrer-referrer_name": "Rosa Whitcombe", **at("referrer-received_at", hands.now),
        },
    )  # fmt: skip
    client.post(
        step("children"),
        {"do": "new", "new-given_names": "Juno", "new-family_name": "Aldergate", "new-sex": "F"},
    )
    client.post(step("concern"), {"concern-concern": "Bruises on both arms, and a story that changes"})
    client.post(step("offence"), {"offence-answer": "yes"})
    client.post(
        step("police"),
        {"police-answer": "not-yet", "police-why": "The line was engaged", **at("police-occurred_at", hands.now)},
    )
    if decides:
        client.post(
            step("decision"),
            {
                "decision-what": "assessment", "decision-reason": "An injury that nobody explained",
                **at("decision-occurred_at", hands.now),
            },
        )  # fmt: skip
        client.post(step("unmet"), {"do": "nothing"})
    client.post(
        step("acknowledgement"), {"acknowledgement-how": "phone", **at("acknowledgement-occurred_at", hands.now)}
    )


def test_a_manager_takes_a_referral_from_call_to_decision(cast: Cast, hands: Hands) -> None:
    client = signed_in(cast.manager)
    assert client.get(reverse("referral-new")).status_code == 302
    fill_in(client, hands)
    checked = client.get(reverse("referral-check", args=[UID])).content.decode()
    assert "Not finished" not in checked
    assert "Rosa Whitcombe" in checked
    answer = client.post(reverse("referral-check", args=[UID]))
    referral = Referral.objects.get()
    assert answer["Location"] == referral.get_absolute_url()
    assert open_keys(referral) == {"referrals.written-confirmation", "referrals.police-advised"}
    assert not Draft.objects.exists()


def test_the_same_check_page_sent_twice_records_one_referral(cast: Cast, hands: Hands) -> None:
    client = signed_in(cast.manager)
    fill_in(client, hands)
    first = client.post(reverse("referral-check", args=[UID]))
    second = client.post(reverse("referral-check", args=[UID]))
    assert first["Location"] == second["Location"]
    assert Referral.objects.count() == Child.objects.count() == 1


def test_a_worker_is_not_asked_to_decide_and_the_decision_stays_owed(cast: Cast, hands: Hands) -> None:
    client = signed_in(cast.worker)
    fill_in(client, hands, decides=False)
    client.post(reverse("referral-check", args=[UID]))
    assert "referrals.decision" in open_keys(Referral.objects.get())


def test_what_was_typed_is_there_after_leaving_and_coming_back(cast: Cast, hands: Hands) -> None:
    client = signed_in(cast.worker)
    client.post(step("concern"), {"concern-concern": "Bruises on both arms", "do": "leave"})
    later = signed_in(cast.worker)
    assert UID in later.get(reverse("referral-drafts")).content.decode()
    assert "Bruises on both arms" in later.get(step("concern")).content.decode()


def test_what_was_kept_while_typing_is_there_again(cast: Cast, hands: Hands) -> None:
    client = signed_in(cast.worker)
    client.post(reverse("draft") + f"?form={step('concern')}", {"concern-concern": "She was seen running"})
    assert "She was seen running" in client.get(step("concern")).content.decode()


def test_a_draft_is_its_owners_alone(cast: Cast, hands: Hands) -> None:
    signed_in(cast.worker).post(step("concern"), {"concern-concern": "Bruises on both arms"})
    other = signed_in(cast.colleague)
    assert "Bruises" not in other.get(step("concern")).content.decode()
    assert UID not in other.get(reverse("referral-drafts")).content.decode()


def test_an_unfinished_referral_is_not_recorded(cast: Cast, hands: Hands) -> None:
    client = signed_in(cast.worker)
    client.post(step("concern"), {"concern-concern": "Bruises on both arms"})
    assert "Not finished" in client.get(reverse("referral-check", args=[UID])).content.decode()
    answer = client.post(reverse("referral-check", args=[UID]))
    assert "is not finished yet" in answer.content.decode()
    assert not Referral.objects.exists()


def test_a_draft_can_be_discarded(cast: Cast, hands: Hands) -> None:
    client = signed_in(cast.worker)
    client.post(step("concern"), {"concern-concern": "Bruises on both arms"})
    asked = client.post(reverse("referral-discard", args=[UID])).content.decode()
    assert "Discard this draft?" in asked
    assert Draft.objects.exists()
    client.post(reverse("referral-discard", args=[UID]), {"sure": "yes"})
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("key", "typed", "message"),
    [
        ("referrer", {"referrer-agency_kind": "school"}, "Name the agency"),
        ("concern", {"concern-concern": "tbc"}, "says nothing"),
        ("offence", {"offence-answer": "no"}, "Write why you think so"),
        ("police", {}, "Answer “Have the police been advised?”"),
        ("police", {"police-answer": "not-yet"}, "why the police have not been advised"),
        ("decision", {"decision-what": "services", "decision-reason": "n/a"}, "says nothing"),
    ],
)
def test_a_step_says_what_is_missing(cast: Cast, hands: Hands, key: str, typed: dict[str, str], message: str) -> None:
    page = signed_in(cast.manager).post(step(key), typed).content.decode()
    assert "There is a problem" in page
    assert message in page


def test_children_are_found_by_name_with_reasons_and_the_search_is_on_the_trail(
    cast: Cast, hands: Hands, child: Child
) -> None:
    client = signed_in(cast.worker)
    page = client.post(step("children"), {"do": "search", "search-name": "Juno Aldergaet"}).content.decode()
    assert "Name nearly the same" in page
    entry = TrailEntry.objects.get(deed="search children")
    assert entry.detail["found"] == [child.pk]
    assert "Alderga" not in str(entry.detail)
    client.post(step("children"), {"do": f"add:{child.pk}"})
    assert "On this referral" in client.get(step("children")).content.decode()
    client.post(step("children"), {"do": f"remove:known:{child.pk}"})
    assert "On this referral" not in client.get(step("children")).content.decode()


def test_a_child_with_a_file_offers_that_file(cast: Cast, hands: Hands, referral: Referral, child: Child) -> None:
    client = signed_in(cast.worker)
    client.post(step("children"), {"do": f"add:{child.pk}"})
    answer = client.post(step("children"), {"do": "continue"})
    assert answer["Location"] == step("file")
    assert referral.case_file.reference in client.get(step("file")).content.decode()


# The referral's page


def test_the_page_says_what_is_owed_and_is_on_the_trail(referral: Referral, cast: Cast) -> None:
    page = signed_in(cast.worker).get(referral.get_absolute_url()).content.decode()
    assert "What is owed" in page
    assert "Written confirmation received" in page
    entry = TrailEntry.objects.get(deed="read referral")
    assert (entry.officer, entry.subject) == ("asha", f"referrals.referral:{referral.pk}")
    title = page[page.index("<title>") : page.index("</title>")]
    assert "Aldergate" not in title


@pytest.mark.parametrize("who", ["stranger", "member", "administrator"])
def test_a_referral_that_is_not_theirs_looks_missing(referral: Referral, cast: Cast, who: str) -> None:
    client = signed_in(getattr(cast, who))
    assert client.get(referral.get_absolute_url()).status_code == 404
    for deed in DEEDS:
        args = [referral.pk, *([1] if deed.target else [])]
        assert client.post(reverse(deed.url_name, args=args), {"how": "letter"}).status_code == 404
    assert not TrailEntry.objects.filter(deed="read referral").exists()
    assert not referral.written_confirmations.exists()


def test_late_recording_is_shown(referral: Referral, cast: Cast, hands: Hands) -> None:
    told = hands.now + timedelta(hours=1)
    hands.on(days=2, hours=2)
    actions.acknowledge(referral=referral, how="phone", occurred_at=told, by=cast.worker)
    page = signed_in(cast.worker).get(referral.get_absolute_url()).content.decode()
    assert "2 days later" in page


def do(client: Client, key: str, *args: int, **typed: Any) -> str:
    """Open a deed's page, send it, and return the page that follows."""
    url = reverse(f"referral-{key}", args=args)
    assert client.get(url).status_code == 200
    return client.post(url, typed, follow=True).content.decode()


def test_everything_can_be_done_from_the_page(referral: Referral, cast: Cast, hands: Hands) -> None:
    pk, now = referral.pk, hands.on(hours=1)
    client = signed_in(cast.manager)
    do(client, "confirm", pk, how="letter", **at("received_at", now))
    do(client, "acknowledge", pk, how="email", **at("occurred_at", now))
    do(client, "offence", pk, answer="yes", **at("occurred_at", now))
    do(client, "police", pk, answer="advised", advised="DS Okonjo", police_reference="A1", **at("occurred_at", now))
    do(client, "decide", pk, what="services", reason="A family worker from Monday", **at("occurred_at", now))
    decision = Decision.objects.get()
    item = {"need-need": "counselling", "need-needed": "Six sessions", "need-why": "waiting-list"}
    since = {"need-since_day": "1", "need-since_month": "9", "need-since_year": "2003"}
    do(client, "unmet", pk, decision.pk, do="continue", **item, **since)
    do(client, "met", pk, UnmetNeed.objects.get().pk, how="A place came up", **at("met_at", now))
    refused = do(
        client, "onward", pk, agency_kind="health", agency_name="Community nursing", purpose="see above",
        **at("made_at", now),
    )  # fmt: skip
    assert "says nothing" in refused
    do(
        client, "onward", pk, agency_kind="health", agency_name="Community nursing", purpose="A hearing test this month",
        **at("made_at", now),
    )  # fmt: skip
    made = referral.onward_referrals.get()
    do(client, "told", pk, made.pk, told="DS Okonjo", **at("occurred_at", now))
    do(client, "response", pk, made.pk, answer="accepted", **at("occurred_at", now))
    assert open_keys(referral) == set()


def test_a_form_sent_twice_makes_one_record(referral: Referral, cast: Cast, hands: Hands) -> None:
    client, url = signed_in(cast.worker), reverse("referral-acknowledge", args=[referral.pk])
    for _ in range(2):
        client.post(url, {"how": "phone", "token": "a" * 32, **at("occurred_at", hands.now)})
    assert referral.acknowledgements.count() == 1


def test_what_a_rule_refuses_is_said_on_the_form(referral: Referral, cast: Cast, hands: Hands) -> None:
    page = do(
        signed_in(cast.worker), "confirm", referral.pk, how="letter", **at("received_at", hands.now - timedelta(days=1))
    )
    assert "before the referral was received" in page


def test_a_fact_is_corrected_and_what_it_said_is_kept(referral: Referral, cast: Cast, hands: Hands) -> None:
    made = actions.acknowledge(referral=referral, how="phone", occurred_at=hands.now, by=cast.worker)
    page = do(
        signed_in(cast.worker), "correct", referral.pk, "acknowledgement", made.pk,  # type: ignore[arg-type]
        how="letter", reason="It was a letter", **at("occurred_at", hands.now),
    )  # fmt: skip
    assert "What it said before" in page
    assert "by letter" in page or "letter" in page


def test_another_referrals_fact_is_not_corrected_here(take: Take, cast: Cast, hands: Hands) -> None:
    first, second = take(), take()
    made = actions.acknowledge(referral=first, how="phone", occurred_at=hands.now, by=cast.worker)
    url = reverse("referral-correct", args=[second.pk, "acknowledgement", made.pk])
    assert signed_in(cast.worker).get(url).status_code == 404


def test_the_concern_can_be_amended(referral: Referral, cast: Cast, hands: Hands) -> None:
    page = do(
        signed_in(cast.worker), "amend", referral.pk, route="phone", referrer_name="Rosa Whitcombe",
        concern="Bruises on one arm only", reason="I misheard", **at("received_at", hands.now),
    )  # fmt: skip
    assert "Bruises on one arm only" in page
    assert "I misheard" in page


def test_a_manager_hands_the_file_to_a_colleague(referral: Referral, cast: Cast, hands: Hands) -> None:
    hands.on(hours=1)
    do(
        signed_in(cast.manager), "assign", referral.pk, worker=cast.colleague.pk, team=cast.east.pk,
        **at("since_at", hands.now),
    )  # fmt: skip
    assert set(Obligation.objects.open().values_list("owner__username", flat=True)) == {"ben"}


def test_a_chaser_is_drafted_and_listed(referral: Referral, cast: Cast, hands: Hands) -> None:
    client = signed_in(cast.worker)
    do(client, "chase", referral.pk, words=onward.chaser_words(referral, cast.worker))
    page = client.get(reverse("referral-chasers")).content.decode()
    assert f"Our reference: {referral.reference}" in page
    assert "Aldergate" not in page
    assert referral.reference not in signed_in(cast.stranger).get(reverse("referral-chasers")).content.decode()


# Lists and figures


def test_the_list_shows_only_what_the_officer_may_open(referral: Referral, cast: Cast) -> None:
    assert referral.reference in signed_in(cast.worker).get(reverse("referrals")).content.decode()
    assert referral.reference not in signed_in(cast.stranger).get(reverse("referrals")).content.decode()
    assert TrailEntry.objects.get(deed="list referrals").detail["found"] == [referral.pk]


def test_the_search_finds_by_name_and_reference_and_keeps_no_name(referral: Referral, cast: Cast) -> None:
    client, url = signed_in(cast.worker), reverse("referral-search")
    assert referral.reference in client.post(url, {"q": "aldergate"}).content.decode()
    assert "Aldergate" not in str(TrailEntry.objects.get(deed="search referrals").detail)
    assert client.post(url, {"q": referral.reference.lower()})["Location"] == referral.get_absolute_url()
    stranger = signed_in(cast.stranger).post(url, {"q": "aldergate"}).content.decode()
    assert "No referral that you may open" in stranger
    assert signed_in(cast.stranger).post(url, {"q": referral.reference}).status_code == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=undecided", True), ("state=overdue", False), ("state=nobody", False), ("state=offence", False),
        ("kind=school", True), ("kind=police", False), ("team=ra-east", True), ("team=fs-west", False),
        ("writing=unwritten", True), ("writing=confirmed", False), ("state=rubbish&start=x", True),
    ],
)  # fmt: skip
def test_the_list_can_be_narrowed(referral: Referral, cast: Cast, query: str, found: bool) -> None:
    page = signed_in(cast.head).get(reverse("referrals") + "?" + query).content.decode()
    assert (referral.reference in page) is found


def test_the_list_costs_the_same_for_one_and_for_many(
    take: Take, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        take()
    client = signed_in(cast.worker)
    with django_assert_max_num_queries(13):
        client.get(reverse("referrals"))


def one_more_of_each(referral: Referral, cast: Cast, hands: Hands) -> None:
    """Everything that can happen on a referral, once more."""
    at, by = hands.on(hours=1), cast.worker
    decision = actions.decide(
        referral=referral, what="services", reason="A family worker", occurred_at=at, by=cast.manager
    )
    answer = answer_unmet_need(
        decision=decision, needs=[NeedItem("family-support", "A family worker", "no-service")], occurred_at=at, by=by
    )
    meet_need(need=answer.needs.get(), how="The worker began", met_at=at, by=by)
    actions.acknowledge(referral=referral, how="phone", occurred_at=at, by=by)
    actions.consider_offence(referral=referral, answer="yes", occurred_at=at, by=by)
    actions.advise_police(
        referral=referral, answer="advised", advised="Sergeant Holt", police_reference="P1", occurred_at=at, by=by
    )
    sent = onward.refer_onward(
        referral=referral,
        agency_kind="health",
        agency_name="Elmbridge Surgery",
        purpose="See the child",
        made_at=at,
        by=by,
    )
    onward.tell_police_of_onward(onward=sent, told="Sergeant Holt", occurred_at=at, by=by)
    onward.record_response(onward=sent, answer="accepted", occurred_at=at, by=by)
    onward.draft_chaser(referral=referral, by=by)
    amend_referral(referral=referral, changes={"referrer_contact": f"Room {at:%d%H}"}, reason="It was misheard", by=by)


def test_the_record_costs_the_same_however_much_is_on_it(
    referral: Referral, cast: Cast, hands: Hands, django_assert_max_num_queries: Any
) -> None:
    def opened() -> int:
        client = signed_in(cast.worker)
        with django_assert_max_num_queries(23) as asked:
            assert client.get(referral.get_absolute_url()).status_code == 200
        return len(asked)

    one_more_of_each(referral, cast, hands)
    once = opened()
    for _ in range(4):
        one_more_of_each(referral, cast, hands)
    assert opened() == once


@pytest.fixture
def unmet(decision: Decision, cast: Cast, hands: Hands) -> UnmetNeedAnswer:
    """One need that was not met."""
    return unmet_need.answer_unmet_need(
        decision=decision,
        needs=[NeedItem("counselling", "Six sessions", "waiting-list")],
        occurred_at=hands.now,
        by=cast.worker,
    )


def test_unmet_need_is_counted_and_leads_to_its_referrals(unmet: UnmetNeedAnswer, cast: Cast) -> None:
    client = signed_in(cast.head)
    page = client.get(reverse("unmet-need")).content.decode()
    assert "Counselling or therapy" in page
    assert "answered at 1 of 1 decisions" in page
    link = page[page.index(reverse("referrals") + "?need=") :]
    link = link[: link.index('"')].replace("&amp;", "&")
    assert unmet.decision.referral.reference in client.get(link).content.decode()


def test_a_member_sees_figures_and_no_way_into_records(unmet: UnmetNeedAnswer, cast: Cast) -> None:
    for name in ("unmet-need", "written-referrals"):
        page = signed_in(cast.member).get(reverse(name)).content.decode()
        assert "/referrals/?" not in page
        assert "Aldergate" not in page


def test_unwritten_referrals_by_agency(referral: Referral, cast: Cast) -> None:
    client = signed_in(cast.head)
    page = client.get(reverse("written-referrals")).content.decode()
    assert "Elmbridge Primary" in page
    link = page[page.index(reverse("referrals") + f"?agency={referral.agency_id}&amp;writing=unwritten") :]
    assert referral.reference in client.get(link[: link.index('"')].replace("&amp;", "&")).content.decode()


def test_the_monthly_report_is_taken_on_and_sent(cast: Cast, hands: Hands) -> None:
    client = signed_in(cast.head)
    client.post(reverse("unmet-need-start"))
    hands.on(days=40)
    client.force_login(cast.head)
    assert "Not sent" in client.get(reverse("unmet-need")).content.decode()
    sent = {"month": "2003-10", "recipients": ["chief-executive", "executive-member"], **at("sent_at", hands.now)}
    page = client.post(reverse("unmet-need-sent"), sent, follow=True).content.decode()
    assert "Not sent" not in page
    assert ReportSent.objects.count() == 2


def test_overdue_confirmations_are_chased_all_at_once(referral: Referral, cast: Cast, hands: Hands) -> None:
    client, url = signed_in(cast.worker), reverse("referral-chasers")
    assert "not chased yet" not in client.get(url).content.decode()
    hands.on(days=3)
    client.force_login(cast.worker)
    assert "1 written confirmation is overdue" in client.get(url).content.decode()
    for _ in range(2):
        client.post(url)
    assert referral.chasers.count() == 1


def test_events_of_one_minute_stand_in_the_order_in_which_they_were_recorded(
    referral: Referral, cast: Cast, hands: Hands
) -> None:
    hands.on(hours=1)
    actions.acknowledge(referral=referral, how="phone", occurred_at=hands.now, by=cast.worker)
    moment = hands.now
    hands.on(seconds=10)
    actions.decide(referral=referral, what="services", reason="A family worker", occurred_at=moment, by=cast.manager)
    page = signed_in(cast.worker).get(referral.get_absolute_url()).content.decode()
    assert page.index("Decision: services") < page.index("Acknowledged to the referrer")
