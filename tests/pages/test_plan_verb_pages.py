"""Each verb of the plan by its page: done, refused by role, refused by state with nothing typed lost."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.core.models import TrailEntry
from goldenthread.obligations.requirement import installed
from goldenthread.people.models import Officer
from goldenthread.plan.models import Action, Plan, Recommendation
from tests.conftest import Cast
from tests.pages.made_up_plan import LATER
from tests.pages.test_plan_pages import client_of, hold, plan, rec

__all__ = ["plan"]  # the fixture

DAY = {"occurred_on_day": "20", "occurred_on_month": "10", "occurred_on_year": "2003"}
REPORTED = {"reporting_date_day": "31", "reporting_date_month": "1", "reporting_date_year": "2004"}


@pytest.fixture
def action(plan: Plan) -> Action:
    """The first action of 1.1."""
    return rec(plan, "1.1").actions.order_by("order")[0]


def post(officer: Officer, url: str, data: dict[str, str]) -> str:
    """Send a form; the page that follows."""
    answer = client_of(officer).post(url, data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def of(name: str, recommendation: Recommendation, *more: str) -> str:
    """The address of a verb of a recommendation."""
    return reverse(name, args=[recommendation.standard.plan_id, recommendation.number, *more])


def test_an_action_is_completed(action: Action, cast: Cast) -> None:
    url = reverse("plan-action-complete", args=[action.pk])
    page = post(cast.manager, url, {**DAY, "evidence": "Agreed by the team and sent out."})
    assert "recorded as done on 20 October 2003" in page
    assert "“Agreed by the team and sent out.”" in page
    completed = Action.objects.get(pk=action.pk).completion()
    assert completed is not None
    assert completed.by == cast.manager
    assert TrailEntry.objects.filter(deed="plan action completed", officer="dev").exists()


def test_what_was_typed_stays_when_it_is_refused(action: Action, cast: Cast) -> None:
    url = reverse("plan-action-complete", args=[action.pk])
    page = post(cast.manager, url, {**DAY, "occurred_on_year": "1973", "evidence": "Agreed by the team."})
    assert "There is a problem" in page
    assert "before" in page
    assert "Agreed by the team.</textarea>" in page
    assert 'value="1973"' in page
    page = post(cast.manager, url, {**DAY, "evidence": "tbc"})
    assert "write words that someone else can judge" in page
    page = post(cast.manager, url, {**DAY, "occurred_on_day": "", "evidence": "Agreed by the team."})
    assert "must include a day" in page
    assert "Agreed by the team.</textarea>" in page
    assert Action.objects.get(pk=action.pk).completion() is None


def test_an_action_is_reopened(action: Action, cast: Cast) -> None:
    url = reverse("plan-action-reopen", args=[action.pk])
    assert "nothing to reopen" in post(cast.quality, url, {"reason": "It was not agreed after all."})
    post(cast.quality, reverse("plan-action-complete", args=[action.pk]), {**DAY, "evidence": "Agreed and sent."})
    page = post(cast.quality, url, {"reason": "It was not agreed after all."})
    assert "The action is open again" in page
    assert "“It was not agreed after all.”" in page
    assert "“Agreed and sent.”" in page


def test_a_due_date_changes_and_the_first_stays(action: Action, cast: Cast) -> None:
    url = reverse("plan-action-due", args=[action.pk])
    due = {"due_day": "31", "due_month": "3", "due_year": "2030"}
    assert "Answer “Why?”" in post(cast.quality, url, due)
    page = post(cast.quality, url, {**due, "reason": "The system came late."})
    assert "now due on 31 March 2030" in page
    assert "First due <strong>31 October 2003</strong>" in page
    assert Action.objects.get(pk=action.pk).due == date(2030, 3, 31)


def test_an_action_is_reassigned(action: Action, cast: Cast) -> None:
    url = reverse("plan-action-reassign", args=[action.pk])
    assert "Isla Brandt, Planning Manager</textarea>" in client_of(cast.quality).get(url).content.decode()
    page = post(cast.quality, url, {"leads": "Grace Tillotson, Head of Service", "reason": "A change of duties."})
    assert "now led by Grace Tillotson, Head of Service" in page
    assert Action.objects.get(pk=action.pk).owner == cast.head
    assert "until then by Isla Brandt, Planning Manager" in page


def test_an_action_is_added(plan: Plan, cast: Cast) -> None:
    url = of("plan-action-add", rec(plan, "2.1"))
    form = {"text": "Put the check on the first page of the file.", "leads": "Dev Lindqvist, Team Manager\n"}
    page = post(cast.quality, url, form)
    assert "An action is added to recommendation 2.1" in page
    added = rec(plan, "2.1").actions.get(text=form["text"])
    assert (added.owner, added.due) == (cast.manager, None)
    assert "Answer “Who leads it?”" in post(cast.quality, url, {"text": "Another one, then.", "leads": " \n "})


def test_progress_and_a_next_step_are_added(plan: Plan, cast: Cast) -> None:
    page = post(
        cast.manager, of("plan-progress-add", rec(plan, "2.1")), {**REPORTED, "text": "All teams check it now."}
    )
    assert "Progress as at 31 January 2004 is added" in page
    assert "All teams check it now." in page
    page = post(cast.manager, of("plan-next-step-add", rec(plan, "2.1")), {**REPORTED, "text": "Audit it in spring."})
    assert "A next step as at 31 January 2004 is added" in page
    ahead = {**REPORTED, "reporting_date_year": "2999", "text": "All will be well."}
    page = post(cast.manager, of("plan-progress-add", rec(plan, "2.1")), ahead)
    assert "lies ahead" in page
    assert "All will be well.</textarea>" in page


def test_what_the_import_left_open_is_settled(plan: Plan, cast: Cast) -> None:
    item = rec(plan, "1.2").to_settle.order_by("order")[0]
    page = post(cast.quality, reverse("plan-settle", args=[item.pk]), {"how": "They share the first action."})
    assert "It is settled" in page
    assert "Settled since the import" in page
    item.refresh_from_db()
    assert item.settled_by == cast.quality
    page = post(cast.quality, reverse("plan-settle", args=[item.pk]), {"how": "Once more, with feeling."})
    assert "settled already" in page


def test_leads_and_timescales_are_paired(plan: Plan, cast: Cast) -> None:
    recommendation = rec(plan, "1.2")
    url, second = of("plan-pair", recommendation), recommendation.actions.get(order=2)
    lead = recommendation.leads.filter(action=None).order_by("order")[0]
    timescale = recommendation.timescales.order_by("order")[0]
    page = post(cast.quality, url, {"what": f"lead-{lead.pk}", "action": str(second.pk)})
    assert "now leads action 2" in page
    page = post(cast.quality, url, {"what": f"timescale-{timescale.pk}", "action": str(second.pk)})
    assert "is now the timescale of action 2" in page
    second.refresh_from_db()
    assert second.first_due == date(2003, 10, 31)
    other = recommendation.timescales.filter(action=None)[0]
    page = post(cast.quality, url, {"what": f"timescale-{other.pk}", "action": str(second.pk)})
    assert "has a timescale already" in page
    page = post(cast.quality, of("plan-pair", rec(plan, "2.1")), {})
    assert "no lead or timescale left to pair" in page


def test_a_requirement_is_tied_and_untied(plan: Plan, cast: Cast) -> None:
    recommendation, (key, requirement) = rec(plan, "1.1"), next(iter(installed().items()))
    page = post(cast.quality, of("plan-tie", recommendation), {"requirement": key})
    assert f"“{requirement.title}” now serves recommendation 1.1" in page
    assert "nothing has been owed under this requirement" in page
    page = post(cast.quality, of("plan-tie", recommendation), {"requirement": key})
    assert "There is a problem" in page
    page = post(cast.quality, of("plan-untie", recommendation, key), {})
    assert "no longer serves recommendation 1.1" in page
    assert "does not serve" in post(cast.quality, of("plan-untie", recommendation, key), {})


def test_an_earlier_version_is_left_as_it_was(action: Action, plan: Plan, cast: Cast) -> None:
    hold(LATER, cast.quality, previous=plan)
    url = reverse("plan-action-complete", args=[action.pk])
    assert "has a later version" in post(cast.manager, url, {**DAY, "evidence": "Agreed and sent."})
    url = of("plan-progress-add", rec(plan, "1.1"))
    assert "has a later version" in post(cast.manager, url, {**REPORTED, "text": "All well now."})


def test_the_template_is_adopted(cast: Cast) -> None:
    day = {"adopted_on_day": "1", "adopted_on_month": "4", "adopted_on_year": "2024", "title": "Elmshire plan"}
    page = post(cast.head, reverse("plan-adopt"), day)
    assert "“Elmshire plan” is adopted" in page
    assert Recommendation.objects.filter(standard__plan__title="Elmshire plan").count() == 28
    assert "There is a problem" in post(cast.head, reverse("plan-adopt"), day)


def test_each_verb_is_closed_to_those_whose_role_may_not(plan: Plan, action: Action, cast: Cast) -> None:
    recommendation, key = rec(plan, "1.2"), next(iter(installed()))
    updates = [
        reverse("plan-action-complete", args=[action.pk]),
        reverse("plan-action-reopen", args=[action.pk]),
        of("plan-progress-add", recommendation),
        of("plan-next-step-add", recommendation),
    ]
    keeps = [
        reverse("plan-action-due", args=[action.pk]),
        reverse("plan-action-reassign", args=[action.pk]),
        of("plan-action-add", recommendation),
        of("plan-pair", recommendation),
        of("plan-tie", recommendation),
        of("plan-untie", recommendation, key),
        reverse("plan-settle", args=[recommendation.to_settle.all()[0].pk]),
        reverse("plan-adopt"),
    ]
    keepers = [cast.head, cast.director, cast.quality]
    for urls, allowed in ((updates, [*keepers, cast.manager, cast.group_manager]), (keeps, keepers)):
        for officer in cast.all():
            client = client_of(officer)
            for url in urls:
                assert client.get(url).status_code == (200 if officer in allowed else 404), (officer.role, url)
                if officer not in allowed:
                    assert client.post(url, {}).status_code == 404
    assert Client().get(updates[0]).status_code == 302
