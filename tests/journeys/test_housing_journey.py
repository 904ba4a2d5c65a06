"""Two children are moved to bed and breakfast; what falls short goes to a senior manager, and the report says so."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from goldenthread.cases.models import Child
from goldenthread.core import clock
from goldenthread.reports.models import PublishedReport
from goldenthread.standards.assessment.housing.models import ShortfallAnswer
from tests.conftest import Cast
from tests.journeys.conftest import Traveller, referred

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEADINGS = ("Safety", "Space and sleeping", "Cooking and washing", "Who else lives there", "School and travel",
            "Health and disability", "Support near by")  # fmt: skip


def test_what_falls_short_goes_up_and_is_answered_and_the_report_is_published(cast: Cast, traveller: Traveller) -> None:
    page, at = traveller.page, clock.now()
    children = [Child.objects.create(given_names=name, family_name="Aldergate") for name in ("Juno", "Otis")]
    referral = referred(
        cast, *children, ago=timedelta(days=50), agency_kind="housing", agency_name="Wex Valley Homes",
        concern="The family was put out of its flat",
    )  # fmt: skip
    traveller.sign_in(cast.worker)
    traveller.go(f"/files/{referral.case_file_id}/")
    page.get_by_role("link", name="Record that children were moved").click()
    page.get_by_label("Bed and breakfast").check()
    page.get_by_label("Where is it, in words?").fill("The Anchor guest house")
    page.get_by_label("Which housing authority placed them?").fill("Wexcombe housing")
    moved = (at - timedelta(days=45)).astimezone(clock.LONDON)
    boxes = page.get_by_role("group", name="When did they move in?")
    for name, value in (("Day", moved.day), ("Month", moved.month), ("Year", moved.year), ("Time", "11am")):
        boxes.get_by_label(name).fill(str(value))
    page.get_by_label("The family", exact=True).check()
    traveller.look("1-move")
    page.get_by_role("button", name="Record the move").click()
    expect(page.get_by_text("the limit for a family ended")).to_be_visible()
    traveller.look("2-moved")
    page.get_by_role("link", name="Assess the place for a child: Juno Aldergate").click()
    page.get_by_label("Who of Housing was there?").fill("P. Lunt, housing options")
    for heading in HEADINGS:
        group = page.get_by_role("group", name=heading, exact=True)
        group.get_by_label("Shortfall" if heading == "Safety" else "Suitable").check()
    page.get_by_label("Not suitable for this child").check()
    page.get_by_role("button", name="Record the assessment").click()
    expect(page.get_by_role("alert")).to_contain_text("what falls short")
    page.get_by_label("Safety: what falls short?").fill("The window on the landing opens wide")
    page.get_by_label("What must change?").fill("Another room, on the ground floor")
    page.get_by_label("Who must see to it?").fill("Housing options")
    due = (at + timedelta(days=7)).astimezone(clock.LONDON)
    boxes = page.get_by_role("group", name="By when?")
    for name, value in (("Day", due.day), ("Month", due.month), ("Year", due.year)):
        boxes.get_by_label(name).fill(str(value))
    traveller.look("3-assess")
    page.get_by_role("button", name="Record the assessment").click()
    page.get_by_role("link", name="Report the shortfall to a senior manager: for Juno Aldergate").click()
    page.get_by_label("To which senior manager?").select_option("Farid Haddad, Group manager")
    page.get_by_label("What do you ask of them?").fill("Press Housing for another room this week")
    traveller.look("4-report")
    page.get_by_role("button", name="Record the report").click()
    traveller.look("5-reported")

    traveller.sign_in(cast.group_manager)
    traveller.go("/")
    page.get_by_role("link", name="The senior manager answers what will be done about it, and by when").click()
    page.get_by_role("link", name="Answer the shortfall: to Farid Haddad, for Juno Aldergate").click()
    page.get_by_label("What will be done?").fill("A ground-floor flat is offered from Monday")
    boxes = page.get_by_role("group", name="By when?")
    for name, value in (("Day", due.day), ("Month", due.month), ("Year", due.year)):
        boxes.get_by_label(name).fill(str(value))
    traveller.look("6-answer")
    page.get_by_role("button", name="Record the answer").click()
    assert ShortfallAnswer.objects.count() == 1
    traveller.look("7-answered")
    traveller.go(f"/files/{referral.case_file_id}/")
    traveller.look("8-case-file")

    traveller.sign_in(cast.head)
    traveller.go("/temporary-accommodation/")
    traveller.look("9-figures")
    page.get_by_role("link", name="See the children").click()
    traveller.look("10-children")
    traveller.go("/temporary-accommodation/")
    page.get_by_role("link", name="Write the recommendations").click()
    page.get_by_label("What do you recommend?").fill("Place no child under five above the ground floor.")
    traveller.look("11-recommend")
    page.get_by_role("button", name="Keep the recommendations").click()
    page.get_by_role("link", name="The report as it would read today").click()
    traveller.look("12-report")
    page.get_by_role("link", name="Publish this report").click()
    traveller.look("13-publish")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Place no child under five above the ground floor.")).to_be_visible()
    traveller.look("14-published")
    assert "Aldergate" not in page.content()
    assert PublishedReport.objects.count() == 1
