"""From the list of reports to a published one, and the file that a council would put on its own site."""

from pathlib import Path

import pytest

from goldenthread.reports.models import PublishedReport
from tests.conftest import Cast
from tests.journeys.conftest import Traveller
from tests.plan.plans import imported, small_plan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_see_publish_and_read_a_report(traveller: Traveller, cast: Cast, tmp_path: Path) -> None:
    imported(small_plan(), cast.quality)
    traveller.sign_in(cast.quality)
    page = traveller.go("/reports/")
    traveller.is_sound()
    for box, value in (("Day", "31"), ("Month", "10"), ("Year", "2003")):
        page.get_by_label(box).fill(value)
    page.get_by_role("button", name="Show the report").click()
    page.get_by_role("heading", name="Improvement plan: progress as at 31 October 2003", level=1).wait_for()
    traveller.is_sound()
    page.get_by_role("button", name="Publish this report").click()
    page.get_by_text("The report is published").wait_for()
    traveller.is_sound()
    with page.expect_download() as started:
        page.get_by_role("link", name="Download as PDF").click()
    assert started.value.suggested_filename == "improvement-plan-progress-as-at-31-october-2003.pdf"
    assert started.value.path().read_bytes() == PublishedReport.objects.get().file("pdf")

    traveller.sign_in(cast.member)
    page = traveller.go("/reports/")
    page.get_by_role("link", name="Improvement plan: progress as at 31 October 2003").click()
    page.get_by_role("row", name="1.1").first.wait_for()
    assert page.get_by_role("button", name="Publish this report").count() == 0

    page = traveller.go("/reports/")
    page.get_by_role("link", name="Unmet need").first.click()
    page.get_by_role("heading", name="The last twelve months").wait_for()
    traveller.is_sound()

    alone = tmp_path / "report.html"
    alone.write_bytes(PublishedReport.objects.get().file("html"))
    page.goto(alone.as_uri())
    traveller.is_sound()
