"""Publishing freezes a report, and the pages open to whom they should."""

from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.core.clock import today
from goldenthread.core.errors import BadInput, NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.people.models import Officer
from goldenthread.plan.actions import add_progress, complete_action
from goldenthread.plan.models import Plan
from goldenthread.reports import actions, formats
from goldenthread.reports.actions import publish_progress_report
from goldenthread.reports.models import PublishedReport
from goldenthread.reports.publishing import published_or_publish
from goldenthread.reports.registry import REPORTS, build, plan_to_report_on
from goldenthread.reports.tree import Document
from tests.conftest import Cast
from tests.plan.plans import AS_AT, action, imported, recommendation, small_plan

KINDS = ("html", "docx", "pdf", "json")


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return imported(small_plan(), cast.quality)


def signed_in(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def test_a_published_report_prints_the_same_for_ever(cast: Cast, plan: Plan) -> None:
    published = publish_progress_report(plan=plan, as_at=AS_AT, by=cast.quality)
    first = {kind: published.file(kind) for kind in KINDS}
    add_progress(recommendation=recommendation(plan), reporting_date=AS_AT, text="Said afterwards", by=cast.quality)
    again = PublishedReport.objects.get(pk=published.pk)
    assert {kind: again.file(kind) for kind in KINDS} == first
    assert sha256(first["pdf"]).hexdigest() == again.pdf_sha256
    page = signed_in(cast.member).get(published.get_absolute_url())
    assert b"Said afterwards" not in page.content
    assert (
        b"Said afterwards"
        in signed_in(cast.member).get(reverse("report-progress", args=[plan.pk, "2003-10-31"])).content
    )


def test_a_published_report_cannot_be_changed_or_taken_away(cast: Cast, plan: Plan) -> None:
    published = publish_progress_report(plan=plan, as_at=AS_AT, by=cast.quality)
    published.title = "Another"
    for deed in (
        published.save,
        published.delete,
        PublishedReport.objects.all().delete,
        lambda: PublishedReport.objects.update(title="Another"),
        lambda: PublishedReport.objects.bulk_update([published], ["title"]),
    ):
        with pytest.raises(Refused, match="never changed or taken away"):
            deed()
    assert PublishedReport.objects.get().title == "Improvement plan: progress as at 31 October 2003"


def test_bytes_that_were_tampered_with_are_not_handed_out(cast: Cast, plan: Plan) -> None:
    published = publish_progress_report(plan=plan, as_at=AS_AT, by=cast.quality)
    published.pdf = b"%PDF- something else"
    with pytest.raises(Refused, match="not what was published"):
        published.file("pdf")


def test_publishing_again_is_another_edition(cast: Cast, plan: Plan) -> None:
    first = publish_progress_report(plan=plan, as_at=AS_AT, by=cast.quality)
    second = publish_progress_report(plan=plan, as_at=AS_AT, by=cast.head)
    assert (first.edition, second.edition) == (1, 2)
    assert "edition 2" in second.file("html").decode()
    assert TrailEntry.objects.filter(deed="publish report").count() == 2


def test_who_may_publish(cast: Cast, plan: Plan) -> None:
    for officer in (cast.worker, cast.manager, cast.group_manager, cast.member, cast.administrator):
        with pytest.raises(NotAllowed):
            publish_progress_report(plan=plan, as_at=AS_AT, by=officer)
    with pytest.raises(Refused, match="lies ahead"):
        publish_progress_report(plan=plan, as_at=today() + timedelta(days=1), by=cast.quality)
    assert not PublishedReport.objects.exists()


def test_when_drawing_fails_nothing_is_published(cast: Cast, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> bytes:
        raise ValueError("cannot be drawn")

    monkeypatch.setattr(actions, "render", fails)
    with pytest.raises(ValueError, match="cannot be drawn"):
        publish_progress_report(plan=plan, as_at=AS_AT, by=cast.quality)
    assert not PublishedReport.objects.exists()
    assert not TrailEntry.objects.filter(deed="publish report").exists()


def test_members_read_and_do_not_publish(cast: Cast, plan: Plan) -> None:
    member = signed_in(cast.member)
    address = reverse("report-progress", args=[plan.pk, "2003-10-31"])
    page = member.get(address)
    assert page.status_code == 200
    assert b"Publish this report" not in page.content
    assert member.post(address).status_code == 302
    assert not PublishedReport.objects.exists()
    assert signed_in(cast.administrator).get(address).status_code == 404
    assert "sign-in" in Client().get(address)["Location"]


def test_the_pages_from_the_list_to_the_published_file(cast: Cast, plan: Plan) -> None:
    client = signed_in(cast.quality)
    page = client.get(reverse("reports"))
    assert b"Nothing is published yet" in page.content
    asked = {"plan": plan.pk, "as_at_day": "31", "as_at_month": "10", "as_at_year": "2003"}
    draft = client.get(reverse("reports"), asked, follow=True)
    assert draft.redirect_chain[-1][0] == reverse("report-progress", args=[plan.pk, "2003-10-31"])
    assert b"Publish this report" in draft.content
    assert b" style=" not in draft.content
    done = client.post(reverse("report-progress", args=[plan.pk, "2003-10-31"]), follow=True)
    published = PublishedReport.objects.get()
    assert done.redirect_chain[-1][0] == published.get_absolute_url()
    assert published.title in client.get(reverse("reports")).content.decode()
    for kind in KINDS:
        file = client.get(reverse("report-published-file", args=[published.pk, kind]))
        assert file.content == published.file(kind)
        assert file["Content-Type"] == formats.CONTENT_TYPES[kind]
        assert file["Content-Disposition"] == (
            f'attachment; filename="improvement-plan-progress-as-at-31-october-2003.{kind}"'
        )
        assert TrailEntry.objects.filter(deed="download report", detail__format=kind).count() == 1
        draft_file = client.get(reverse("report-progress-file", args=[plan.pk, "2003-10-31", kind]))
        assert "draft" in draft_file["Content-Disposition"]
    assert TrailEntry.objects.filter(deed="download draft report").count() == 4


@pytest.mark.parametrize("as_at", ["2003-02-30", "soon", "0001-01-01", "9999-12-31"])
def test_a_day_that_is_none_or_lies_ahead_is_not_found(cast: Cast, plan: Plan, as_at: str) -> None:
    client = signed_in(cast.quality)
    assert client.get(f"/reports/progress/{plan.pk}/{as_at}/").status_code == 404
    assert client.get(f"/reports/progress/{plan.pk}/2003-10-31/exe/").status_code == 404


def test_a_form_filled_in_badly_says_what_to_do(cast: Cast, plan: Plan) -> None:
    page = signed_in(cast.quality).get(reverse("reports"), {"plan": plan.pk, "as_at_day": "31"})
    assert b"There is a problem" in page.content


def test_file_names_are_safe() -> None:
    assert formats.file_name('../../"Plan"\r\nX: y / 2003', "pdf") == "plan-x-y-2003.pdf"
    assert formats.file_name("…", "docx") == "report.docx"
    assert len(formats.file_name("long " * 100, "pdf")) < 90


def test_reports_by_name(cast: Cast, plan: Plan) -> None:
    report = build("progress", AS_AT, by=cast.member)
    assert isinstance(report, Document)
    assert set(REPORTS) >= {"progress"}
    with pytest.raises(BadInput, match="There is no report “profit”"):
        build("profit", AS_AT, by=cast.member)
    with pytest.raises(NotAllowed):
        build("progress", AS_AT, by=cast.administrator)
    with pytest.raises(BadInput, match="There is no format “exe”"):
        formats.render(replace(report), "exe")


def test_the_command_line_publishes_once(cast: Cast, plan: Plan) -> None:
    first = published_or_publish("progress", "pdf", by=cast.quality)
    complete_action(action=action(plan), occurred_at=plan.confirmed_at, evidence="Seen on file", by=cast.quality)
    assert published_or_publish("progress", "pdf", by=cast.quality) == first
    assert PublishedReport.objects.count() == 1
    with pytest.raises(BadInput):
        published_or_publish("profit", "pdf", by=cast.quality)


def test_the_plan_that_stood_on_the_day_is_reported_on(cast: Cast, plan: Plan) -> None:
    later = imported(small_plan(as_at=date(2004, 10, 31), title="Another plan"), cast.quality)
    assert plan_to_report_on(AS_AT) == plan
    assert plan_to_report_on(date(2004, 9, 1)) == plan
    assert plan_to_report_on(date(2004, 10, 31)) == later
    assert plan_to_report_on(date(2001, 1, 1)) == plan, "before the first, the first"


def test_without_a_plan_the_message_says_what_to_do(cast: Cast) -> None:
    with pytest.raises(BadInput, match="No plan is held yet"):
        plan_to_report_on(AS_AT)
    assert b"There is no plan to report on yet" in signed_in(cast.quality).get(reverse("reports")).content
