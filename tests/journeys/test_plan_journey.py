"""A plan from its file to its effect: read, put right, confirmed, kept up, and shown beside its figures."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from goldenthread.obligations.requirement import installed
from goldenthread.plan.models import Plan
from tests.conftest import Cast
from tests.journeys.conftest import Traveller
from tests.pages.made_up_plan import LATER, PLAN

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """The made-up plan as at October, and as at January."""
    october, january = tmp_path / "october.txt", tmp_path / "january.txt"
    october.write_text(PLAN, encoding="utf-8")
    january.write_text(LATER, encoding="utf-8")
    return str(october), str(january)


def read(traveller: Traveller, file: str) -> Page:
    """Upload a file, up to the page that shows what was read."""
    page = traveller.go("/plan/import/")
    page.get_by_label("The plan").set_input_files(file)
    page.get_by_role("button", name="Read the plan").click()
    page.get_by_role("heading", name="Check the plan before it is stored").wait_for()
    return page


def fill_day(page: Page, legend: str, day: str, month: str, year: str) -> None:
    """Type a date into its boxes."""
    boxes = page.get_by_role("group", name=legend)
    for name, typed in (("Day", day), ("Month", month), ("Year", year)):
        boxes.get_by_label(name).fill(typed)


def test_a_plan_is_imported_put_right_and_kept_up(
    traveller: Traveller, cast: Cast, files: tuple[str, str], tmp_path: Path
) -> None:
    traveller.sign_in(cast.quality)
    page = traveller.go("/plan/")
    page.get_by_role("button", name="Import a plan").click()
    traveller.is_sound()

    letter = tmp_path / "letter.txt"
    letter.write_text("Dear colleague,\n\nThank you.\n", encoding="utf-8")
    page.get_by_label("The plan").set_input_files(str(letter))
    page.get_by_role("button", name="Read the plan").click()
    page.get_by_role("link", name="letter.txt: no line reads like").wait_for()
    traveller.is_sound()

    read(traveller, files[0])
    page.get_by_text("40 of 40 lines are each in exactly one field").wait_for()
    traveller.is_sound()

    page.get_by_role("link", name="Correct 1.2").click()
    traveller.is_sound()
    page.get_by_label("Field of line 46", exact=True).select_option(label="Lead of action 1")
    page.get_by_label("Field of line 48", exact=True).select_option(label="Lead of action 1")
    page.get_by_label("Runs on from the line before, in the same field (line 48)").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Recommendation 1.2 is corrected").wait_for()
    page.get_by_text("Dev Lindqvist, Team Manager with Safeguarding Group").wait_for()

    page.get_by_label("Title of the plan").fill("Improvement plan for Elmshire")
    page.get_by_role("button", name="Confirm and store the plan").click()
    page.get_by_role("heading", name="Improvement plan for Elmshire", level=1).wait_for()
    traveller.is_sound()

    page.get_by_label("Due").select_option(label="Without a date")
    page.get_by_role("button", name="Show").click()
    page.get_by_text("1 of 3 recommendations").wait_for()
    page.get_by_role("link", name="1.2 To ensure").click()
    page.get_by_role("heading", name="Who must do what next").wait_for()
    traveller.is_sound()

    page.get_by_role("link", name="Complete action 1").click()
    traveller.is_sound()
    page.get_by_role("button", name="Record that it is done").click()
    page.get_by_role("link", name="Answer “When was it completed?”").wait_for()
    traveller.is_sound()
    fill_day(page, "When was it completed?", "20", "10", "2003")
    page.get_by_label("What shows that it is done?").fill("Letters went to every agency.")
    page.get_by_role("button", name="Record that it is done").click()
    page.get_by_text("recorded as done on 20 October 2003").wait_for()

    page.get_by_role("link", name="Change the due date of action 2").click()
    traveller.is_sound()
    fill_day(page, "When is it due now?", "31", "3", "2090")
    page.get_by_label("Why?").fill("The form came late.")
    page.get_by_role("button", name="Change the date").click()
    page.get_by_text("now due on 31 March 2090").wait_for()

    page.get_by_role("link", name="Tie a requirement").click()
    traveller.is_sound()
    title = installed()["referrals.written-confirmation"].title
    page.get_by_label(title).check()
    page.get_by_role("button", name="Tie it").click()
    page.get_by_text(f"“{title}” now serves").wait_for()
    traveller.is_sound()

    page.get_by_role("button", name="Add progress").click()
    traveller.is_sound()


def test_a_later_version_is_compared(traveller: Traveller, cast: Cast, files: tuple[str, str]) -> None:
    traveller.sign_in(cast.quality)
    page = read(traveller, files[0])
    page.get_by_role("button", name="Confirm and store the plan").click()
    read(traveller, files[1])
    page.get_by_role("heading", name="Beside the plan as at 31 October 2003").wait_for()
    traveller.is_sound()
    page.get_by_role("button", name="Confirm and store the plan").click()
    page.get_by_role("link", name="What changed since").click()
    page.get_by_role("heading", name="What changed from 31 October 2003 to 31 January 2004").wait_for()
    traveller.is_sound()
    assert Plan.objects.current().get().previous is not None
    traveller.go("/plan/all/")
    traveller.is_sound()


def test_other_pages_are_sound(traveller: Traveller, cast: Cast, files: tuple[str, str]) -> None:
    traveller.sign_in(cast.head)
    page = read(traveller, files[0])
    page.get_by_role("button", name="Confirm and store the plan").click()
    plan = Plan.objects.get()
    action = plan.standards.get(number=1).recommendations.get(number="1.1").actions.order_by("order")[0]
    item = plan.standards.get(number=1).recommendations.get(number="1.2").to_settle.all()[0]
    for path in (
        f"/plan/action/{action.pk}/reopen/",
        f"/plan/action/{action.pk}/reassign/",
        f"/plan/{plan.pk}/1.1/next-step/",
        f"/plan/{plan.pk}/1.1/action/",
        f"/plan/{plan.pk}/1.2/pair/",
        f"/plan/to-settle/{item.pk}/",
        "/plan/adopt/",
    ):
        traveller.go(path)
        traveller.is_sound()


def test_all_of_it_works_without_scripts(travel: Callable[..., Traveller], cast: Cast, files: tuple[str, str]) -> None:
    traveller = travel(java_script_enabled=False)
    traveller.sign_in(cast.quality)
    page = read(traveller, files[0])
    page.get_by_role("link", name="Correct 1.1").click()
    page.get_by_label("Field of line 34", exact=True).select_option(label="Next step")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Confirm and store the plan").click()
    page.get_by_role("link", name="1.1 To count").click()
    page.get_by_role("button", name="Add progress").click()
    page.get_by_label("What is there to report?").fill("All teams use the form.")
    page.get_by_role("button", name="Add progress").click()
    page.get_by_text("All teams use the form.").wait_for()


@pytest.mark.shared
def test_the_real_plan_is_shown_whole(traveller: Traveller, cast: Cast, seed_text: Path) -> None:
    traveller.sign_in(cast.quality)
    page = read(traveller, str(seed_text))
    page.get_by_text("285 of 285 lines are each in exactly one field").wait_for()
    traveller.is_sound()
    page.get_by_role("button", name="Confirm and store the plan").click()
    page.get_by_text("28 recommendations").wait_for()
    traveller.is_sound()
    assert len(page.content().encode()) < 100_000
