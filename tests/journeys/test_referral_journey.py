"""A referral by phone, from the call to everything that it owed, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from goldenthread.cases.models import Child
from goldenthread.core.models import Draft
from goldenthread.obligations.models import Obligation
from goldenthread.standards.referrals.models import PoliceAdvice, Referral
from tests.conftest import Cast
from tests.journeys.conftest import Traveller

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Walk:
    """A traveller who checks every page on arrival."""

    def __init__(self, traveller: Traveller) -> None:
        self.traveller, self.page, self.number = traveller, traveller.page, 0
        self.looks = True

    def look(self, name: str) -> None:
        """Hold the page to what is asked of every page, and take its picture where pictures are wanted."""
        if self.looks:
            self.number += 1
            self.traveller.look(f"{self.number:02}-{name}")

    def press(self, button: str) -> None:
        """Press a button by its words."""
        self.page.get_by_role("button", name=button, exact=True).click()

    def follow(self, link: str) -> None:
        """Follow a link by its words."""
        self.page.get_by_role("link", name=link).first.click()

    def choose(self, answer: str) -> None:
        """Choose one of several answers."""
        self.page.get_by_label(answer, exact=True).check()


@pytest.fixture
def walk(traveller: Traveller, cast: Cast) -> Walk:
    """The team manager, who also takes calls, at the list of referrals."""
    Child.objects.create(given_names="Juno", family_name="Aldergate")
    traveller.sign_in(cast.manager)
    traveller.go("/referrals/")
    return Walk(traveller)


def take_the_call(walk: Walk) -> None:
    """Everything up to the concern, left half typed and taken up again."""
    page = walk.page
    walk.look("empty-list")
    walk.press("Take a referral")
    walk.press("Continue")
    expect(page.get_by_role("alert")).to_contain_text("Answer “How did it reach us?”")
    walk.look("referrer-refused")
    walk.choose("By phone")
    page.get_by_label("Who is referring?").select_option("school")
    page.get_by_label("Name of the agency").fill("Elmbridge Primary")
    page.get_by_label("Name of the person").fill("Rosa Whitcombe")
    walk.press("Continue")
    page.get_by_label("Name of the child").fill("Juno Aldergaet")
    walk.press("Search")
    expect(page.get_by_text("Name nearly the same")).to_be_visible()
    walk.look("children-found")
    page.get_by_role("button", name="This child").first.click()
    walk.look("children-chosen")
    walk.press("Continue")
    page.get_by_label("What is the concern?").fill("Bruises on both arms, and a story that changes")
    expect(page.locator("[data-draft-said]")).to_have_text("Draft saved")
    page.goto(walk.traveller.server + "/referrals/begun/")
    walk.look("begun")
    walk.follow("From Elmbridge Primary")
    walk.look("check-unfinished")
    page.get_by_role("link", name="The concern", exact=True).click()
    expect(page.get_by_label("What is the concern?")).to_have_value("Bruises on both arms, and a story that changes")
    walk.look("concern")
    walk.press("Continue")


def decide_and_record(walk: Walk) -> Referral:
    """Possible offence, police not yet, decision, one need unmet, acknowledged; recorded."""
    page = walk.page
    walk.choose("Yes, it may be")
    walk.look("offence")
    walk.press("Continue")
    walk.press("Continue")
    expect(page.get_by_role("alert")).to_contain_text("Have the police been advised?")
    walk.choose("Not yet")
    page.get_by_label("If not yet: why?").fill("The line was engaged")
    walk.look("police")
    walk.press("Continue")
    walk.choose("Assessment")
    page.get_by_label("Why?").fill("An injury that nobody has explained")
    walk.look("decision")
    walk.press("Continue")
    page.get_by_label("What kind of need is it?").select_option("counselling")
    page.get_by_label("What was needed?").fill("Six sessions with someone who signs")
    walk.choose("Waiting list")
    since = page.get_by_role("group", name="Since when has it been needed?")
    for box, typed in (("Day", "1"), ("Month", "9"), ("Year", "2003")):
        since.get_by_label(box, exact=True).fill(typed)
    walk.look("unmet")
    walk.press("Add this need")
    walk.look("unmet-added")
    walk.press("Continue")
    walk.choose("By phone")
    walk.press("Continue")
    walk.look("check")
    walk.press("Record this referral")
    expect(page.get_by_role("alert")).to_contain_text("is recorded")
    walk.look("recorded")
    page.go_back()
    again = page.get_by_role("button", name="Record this referral", exact=True)
    if again.count():  # the browser may show the page as it was: pressing again does no harm
        again.click()
    page.wait_for_url("**/referrals/*/")
    return Referral.objects.get()


def test_a_referral_by_phone_from_the_call_to_nothing_owed(walk: Walk) -> None:
    page = walk.page
    take_the_call(walk)
    referral = decide_and_record(walk)
    assert not Draft.objects.exists()

    walk.follow("Written confirmation received")
    walk.choose("Letter")
    walk.look("confirm")
    walk.press("Record receipt")
    assert referral.written_confirmations.count() == 1

    walk.follow("Advise the police")
    walk.choose("Yes, they have been advised")
    page.get_by_label("If advised: who was told?").fill("DS Okonjo, child protection unit")
    page.get_by_label("If advised: police reference").fill("AS/2231")
    walk.press("Record advice")
    assert list(PoliceAdvice.objects.values_list("answer", flat=True)) == ["not-yet", "advised"]

    walk.follow("Refer to another agency")
    page.get_by_label("What kind of agency is it?").select_option("health")
    page.get_by_label("Name of the agency").fill("Community nursing")
    page.get_by_label("What is the agency asked to do?").fill("see above")
    walk.press("Record onward referral")
    expect(page.get_by_role("alert")).to_contain_text("says nothing that someone else could act on")
    page.get_by_label("What is the agency asked to do?").fill("Weigh and measure her this week, and tell us")
    walk.look("onward")
    walk.press("Record onward referral")
    walk.look("after-onward")

    page.locator("a", has_text="Tell the police of an onward referral").click()
    page.get_by_label("Who was told?").fill("DS Okonjo")
    walk.press("Record that they were told")
    page.locator("a", has_text="Record the agency's answer").click()
    walk.choose("Accepted")
    walk.press("Record answer")
    page.get_by_role("link", name="It was met").click()
    page.get_by_label("How was the need met?").fill("A counsellor who signs began")
    walk.press("Record that it was met")
    expect(page.get_by_role("alert")).to_contain_text("The need is recorded as met")
    walk.look("all-done")  # later rooms owe more: the check of the register, say
    assert not Obligation.objects.open().filter(requirement__startswith="referrals.").exists()


def test_lists_and_figures_are_sound(walk: Walk, cast: Cast) -> None:
    walk.looks = False  # the journey above looked at these
    take_the_call(walk)
    referral = decide_and_record(walk)
    walk.looks = True
    go: Callable[[str], Page] = walk.traveller.go
    for path, name in (
        ("/referrals/", "list"),
        ("/referrals/?state=overdue", "list-none"),
        (f"/referrals/{referral.pk}/chase/", "chase"),
        (f"/referrals/{referral.pk}/assign/", "assign"),
        (f"/referrals/{referral.pk}/amend/", "amend"),
        (f"/referrals/{referral.pk}/correct/decision/{referral.decisions.get().pk}/", "correct"),
    ):
        go(path)
        walk.look(name)
    go(f"/referrals/{referral.pk}/chase/")
    walk.press("Keep this chaser")
    go("/referrals/chasers/")
    walk.look("chasers")
    walk.page.get_by_role("button", name="e-mail").click()
    expect(walk.page.get_by_role("alert")).to_contain_text("The written confirmation is recorded")
    assert referral.written_confirmations.get().how == "email"
    walk.traveller.sign_in(cast.head)
    for path, name in (("/referrals/unmet-need/", "unmet-need"), ("/referrals/written/", "written")):
        go(path)
        walk.look(name)
    go("/referrals/")
    walk.page.get_by_label("Child's name, or reference").fill("aldergate")
    walk.press("Search")
    expect(walk.page.get_by_role("link", name=referral.reference)).to_be_visible()
    walk.look("found")
