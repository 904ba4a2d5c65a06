"""Two people change the same thing: the second sees both, loses no words, and decides."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.cases.models import Child
from goldenthread.core.keys import VERSION
from goldenthread.obligations.models import Excuse, Obligation
from goldenthread.people.models import Officer
from goldenthread.plan.models import Action, Plan, Progress
from goldenthread.reports.models import PublishedReport
from goldenthread.standards.referrals import actions
from goldenthread.standards.referrals.models import Decision, Referral
from tests.conftest import Cast
from tests.pages.test_plan_import_pages import upload
from tests.pages.test_plan_pages import client_of, plan, rec

__all__ = ["plan"]  # the fixture

AT = datetime(2003, 10, 1, 10, 0, tzinfo=UTC)
CHANGED = "changed after you opened the page"
WHEN = {"occurred_at_day": "2", "occurred_at_month": "10", "occurred_at_year": "2003", "occurred_at_time": "10:00"}


@pytest.fixture
def referral(cast: Cast) -> Referral:
    """A phoned referral."""
    child = Child.objects.create(given_names="Juno", family_name="Aldergate")
    return actions.take_referral(
        agency_kind="school", agency_name="Elmbridge Primary", referrer_name="Rosa Whitcombe", route="phone",
        children=[child], concern="Bruises on both arms", received_at=AT, by=cast.worker, worker=cast.worker,
    )  # fmt: skip


def version(client: Client, address: str) -> str:
    """The version that a page shows now."""
    return client.get(address).content.decode().split('name="version" value="')[-1].split('"')[0]


class Two:
    """Two officers who have the same page open; the first one saves."""

    def __init__(self, address: str, first: Officer, second: Officer) -> None:
        self.address, self.one, self.two = address, client_of(first), client_of(second)
        self.seen = version(self.two, address)

    def both(self, first: dict[str, object], second: dict[str, object]) -> str:
        """The first saves, then the second: the page that the second one gets."""
        assert self.one.post(self.address, {**first, VERSION: self.seen}).status_code == 302
        answer = self.two.post(self.address, {**second, VERSION: self.seen})
        assert answer.status_code == 200
        self.seen = answer.content.decode().split('name="version" value="')[-1].split('"')[0]
        return answer.content.decode()

    def again(self, second: dict[str, object]) -> int:
        """The second sends the page that they got."""
        return self.two.post(self.address, {**second, VERSION: self.seen}).status_code


def amended(concern: str) -> dict[str, object]:
    """An amendment of the concern, as it is posted."""
    return {
        "received_at_day": "1", "received_at_month": "10", "received_at_year": "2003", "received_at_time": "11:00",
        "route": "phone", "referrer_name": "Rosa Whitcombe", "referrer_contact": "", "concern": concern,
        "reason": "Taken down in haste",
    }  # fmt: skip


def test_an_amendment_of_a_referral_is_not_written_over(referral: Referral, cast: Cast) -> None:
    two = Two(reverse("referral-amend", args=[referral.pk]), cast.worker, cast.manager)
    page = two.both(amended("Bruises on one arm only"), amended("Bruises and a burn"))
    assert CHANGED in page
    assert "changed by Asha Verma" in page
    assert "Bruises on one arm only" in page, "what it says now"
    assert "Bruises and a burn</textarea>" in page, "what the second one typed"
    referral.refresh_from_db()
    assert referral.concern == "Bruises on one arm only"
    assert two.again(amended("Bruises and a burn")) == 302
    referral.refresh_from_db()
    assert referral.concern == "Bruises and a burn"
    assert list(referral.amendments.filter(field="concern").order_by("pk").values_list("was", flat=True)) == [
        "Bruises on both arms",
        "Bruises on one arm only",
    ]


def test_a_correction_of_a_corrected_fact_shows_the_correction_and_can_be_sent_again(
    referral: Referral, cast: Cast
) -> None:
    decision = actions.decide(
        referral=referral, what="assessment", reason="An injury nobody explained", occurred_at=AT, by=cast.manager
    )
    address = reverse("referral-correct", args=[referral.pk, "decision", decision.pk])
    two = Two(address, cast.manager, cast.senior)
    form: dict[str, object] = {**WHEN, "what": "assessment"}
    first, second = (
        {**form, "reason": "It was another day"},
        {**form, "what": "no-further-action", "reason": "Wrong box"},
    )
    page = two.both(first, second)
    assert CHANGED in page
    assert "changed by Dev Lindqvist" in page
    assert "Wrong box" in page
    assert Decision.objects.count() == 2
    assert two.again(second) == 302
    standing = Decision.objects.get(superseded_by=None)
    assert (standing.what, standing.supersedes.supersedes) == ("no-further-action", decision)  # type: ignore[union-attr]


def test_a_decision_that_came_in_between_is_shown_first(referral: Referral, cast: Cast) -> None:
    two = Two(reverse("referral-decide", args=[referral.pk]), cast.manager, cast.senior)
    form = {**WHEN, "what": "assessment"}
    page = two.both({**form, "reason": "An injury nobody explained"}, {**form, "reason": "A story that changes"})
    assert CHANGED in page
    assert "An injury nobody explained" in page
    assert "A story that changes</textarea>" in page
    assert Decision.objects.count() == 1
    assert two.again({**form, "reason": "A story that changes"}) == 302
    assert Decision.objects.count() == 2


def test_a_file_that_was_handed_over_meanwhile_is_not_handed_over_blindly(referral: Referral, cast: Cast) -> None:
    two = Two(reverse("referral-assign", args=[referral.pk]), cast.manager, cast.senior)
    form = {f"since_at_{k[12:]}": v for k, v in WHEN.items()} | {"team": str(cast.east.pk)}
    page = two.both({**form, "worker": str(cast.colleague.pk)}, {**form, "worker": ""})
    assert CHANGED in page
    assert "Ben Okafor" in page
    assert "changed by Dev Lindqvist" in page
    referral.case_file.refresh_from_db()
    assert referral.case_file.worker == cast.colleague


@pytest.mark.parametrize("name", ["due", "reassign", "complete"])
def test_an_action_that_changed_meanwhile_is_not_changed_blindly(name: str, plan: Plan, cast: Cast) -> None:
    action: Action = rec(plan, "1.1").actions.order_by("order")[0]
    other = client_of(cast.head)
    address = reverse(f"plan-action-{name}", args=[action.pk])
    seen = version(other, address)
    due = {"due_day": "31", "due_month": "3", "due_year": "2030", "reason": "The system came late."}
    assert client_of(cast.quality).post(reverse("plan-action-due", args=[action.pk]), due).status_code == 302
    typed = {
        "due": {"due_day": "1", "due_month": "6", "due_year": "2031", "reason": "It needs longer still."},
        "reassign": {"leads": "Grace Tillotson, Head of Service", "reason": "It needs longer still."},
        "complete": {
            "occurred_on_day": "20", "occurred_on_month": "10", "occurred_on_year": "2003",
            "evidence": "It needs longer still.",
        },
    }[name]  # fmt: skip
    page = other.post(address, {**typed, VERSION: seen}).content.decode()
    assert CHANGED in page
    assert "changed by Isla Brandt" in page
    assert "“The system came late.”" in page
    assert "It needs longer still.</textarea>" in page
    assert action.events.count() == 2
    seen = page.split('name="version" value="')[-1].split('"')[0]
    assert other.post(address, {**typed, VERSION: seen}).status_code == 302
    assert action.events.count() == 3


def test_progress_that_somebody_reported_meanwhile_is_shown_first(plan: Plan, cast: Cast) -> None:
    two = Two(reverse("plan-progress-add", args=[plan.pk, "2.1"]), cast.manager, cast.head)
    form = {"reporting_date_day": "31", "reporting_date_month": "1", "reporting_date_year": "2004"}
    page = two.both({**form, "text": "All teams check it."}, {**form, "text": "Every team checks it now."})
    assert CHANGED in page
    assert "All teams check it." in page
    assert "Every team checks it now.</textarea>" in page
    assert two.again({**form, "text": "Every team checks it now."}) == 302
    assert Progress.objects.filter(text="Every team checks it now.").count() == 1


def test_what_was_excused_meanwhile_keeps_the_second_one_s_words(referral: Referral, cast: Cast) -> None:
    owed = Obligation.objects.open().filter(requirement="referrals.decision").get()
    two = Two(reverse("excuse", args=[owed.pk]), cast.manager, cast.head)
    page = two.both({"reason": "Recorded twice by the other team"}, {"reason": "The family has moved away"})
    assert CHANGED in page
    assert "Recorded twice by the other team" in page
    assert "The family has moved away</textarea>" in page
    assert Excuse.objects.count() == 1


def test_a_report_is_not_published_beside_an_edition_that_nobody_saw(plan: Plan, cast: Cast) -> None:
    address = reverse("report-progress", args=[plan.pk, "2003-10-31"])
    two = Two(address, cast.quality, cast.head)
    assert two.one.post(address, {VERSION: two.seen}).status_code == 302
    page = two.two.post(address, {VERSION: two.seen}).content.decode()
    assert "Another edition was published" in page
    assert PublishedReport.objects.count() == 1


def test_an_import_that_was_corrected_in_another_window_is_not_confirmed_unseen(cast: Cast) -> None:
    client = client_of(cast.quality)
    upload(client)
    preview = reverse("plan-import-preview")
    correct = reverse("plan-import-correct", args=["1.1"])
    seen = version(client, preview)
    before = version(client, correct)
    page = client.get(correct).content.decode()
    key = page.split('name="field-')[-1].split('"')[0]
    assert client.post(correct, {f"field-{key}": "monitoring", VERSION: before}).status_code in {200, 302}
    if version(client, preview) == seen:
        pytest.fail("the correction changed nothing")
    form = {"title": "Elmshire plan", "as_at_day": "31", "as_at_month": "10", "as_at_year": "2003", "follows": "new"}
    refused = client.post(preview, {**form, VERSION: seen})
    assert CHANGED in refused.content.decode()
    assert 'value="Elmshire plan"' in refused.content.decode()
    assert not Plan.objects.exists()
    assert CHANGED in client.post(correct, {f"field-{key}": "next", VERSION: before}).content.decode()
    assert client.post(preview, {**form, VERSION: version(client, preview)}).status_code == 302


def test_an_edit_that_says_no_version_is_shown_how_things_stand(plan: Plan, cast: Cast) -> None:
    action = rec(plan, "1.1").actions.order_by("order")[0]
    due = {"due_day": "31", "due_month": "3", "due_year": "2030", "reason": "The system came late.", VERSION: ""}
    page = client_of(cast.quality).post(reverse("plan-action-due", args=[action.pk]), due).content.decode()
    assert CHANGED in page
    assert "The system came late.</textarea>" in page
    assert action.events.count() == 1
