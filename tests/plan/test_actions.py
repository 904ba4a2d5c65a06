"""What can be done to a plan, what is refused, and that its history stays."""

from datetime import date, datetime, timedelta

import pytest

from goldenthread.core.clock import LONDON, end_of, now, start_of, today
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.obligations.models import Obligation
from goldenthread.people.models import Officer
from goldenthread.plan.actions import (
    add_action,
    add_next_step,
    add_progress,
    change_due,
    complete_action,
    match_again,
    reassign,
    reopen_action,
)
from goldenthread.plan.models import Action, ActionEvent, Lead, Plan, RequirementTie, Timescale, ToSettle
from goldenthread.plan.settling import pair_lead, pair_timescale, settle, tie_requirement, untie_requirement
from goldenthread.plan.storing import content_of
from tests.conftest import Cast
from tests.plan.plans import AS_AT, action, imported, recommendation, small_plan

DONE = datetime(2003, 11, 12, 10, tzinfo=LONDON)


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return imported(small_plan(), cast.quality)


def owed(action: Action) -> Obligation:
    return Obligation.objects.get(requirement="plan.action-done", subject_id=action.pk)


def test_every_action_is_owed_with_or_without_a_date(plan: Plan, cast: Cast) -> None:
    rows = Obligation.objects.filter(requirement="plan.action-done")
    assert rows.count() == 4
    first, undated = owed(action(plan, 1)), owed(action(plan, 2))
    assert first.owner == cast.head
    assert first.due_at == end_of(date(2003, 10, 31))
    assert (undated.owner, undated.team, undated.due_at) == (cast.manager, cast.east, None)
    assert first.since_at == start_of(AS_AT), "true as at the day that the plan reports on"
    assert first.since_known_at == plan.confirmed_at, "known when it was imported"
    assert undated.since_at == start_of(date(2003, 10, 1)), "“From Oct 03” had begun before"


def test_completing_settles_it_on_both_clocks(plan: Plan, cast: Cast) -> None:
    before = now()
    event = complete_action(
        action=action(plan), occurred_at=DONE, evidence="Policy approved, minute 14", by=cast.manager
    )
    row = owed(action(plan))
    assert row.done_at == DONE
    assert row.done_known_at == event.recorded_at >= before
    entry = TrailEntry.objects.get(deed="plan action completed")
    assert (entry.officer, entry.subject) == ("dev", f"plan.action:{event.action_id}")
    assert "minute" not in str(entry.detail)


def test_what_cannot_be_true_is_refused(plan: Plan, cast: Cast) -> None:
    one, from_october = action(plan, 1), action(plan, 2)

    def done(which: Action, at: datetime, evidence: str = "Minutes of 3 November") -> None:
        complete_action(action=which, occurred_at=at, evidence=evidence, by=cast.quality)

    with pytest.raises(Refused, match="lies ahead"):
        done(one, now() + timedelta(minutes=5))
    with pytest.raises(Refused, match="when it began"):
        done(from_october, start_of(date(2003, 9, 30)))
    with pytest.raises(Refused, match="check the year"):
        done(one, start_of(date(1993, 11, 3)))
    with pytest.raises(Refused, match="Evidence"):
        done(one, DONE, "see above")
    with pytest.raises(Refused, match="nothing to reopen"):
        reopen_action(action=one, reason="It was never done", by=cast.quality)
    done(one, DONE)
    with pytest.raises(Refused, match="done already"):
        done(one, DONE)
    with pytest.raises(Refused, match="is done"):
        change_due(action=one, due=date(2004, 1, 31), reason="More time is needed", by=cast.quality)
    with pytest.raises(Refused, match="Why it is reopened"):
        reopen_action(action=one, reason="tbc", by=cast.quality)
    reopen_action(action=one, reason="The policy was withdrawn", by=cast.quality)
    with pytest.raises(Refused, match="it was reopened"):
        done(one, DONE)
    done(one, now())
    assert ActionEvent.objects.filter(action=one).count() == 4


def test_reopening_keeps_that_it_was_held_as_done(plan: Plan, cast: Cast) -> None:
    one = action(plan)
    complete_action(action=one, occurred_at=DONE, evidence="Policy approved", by=cast.manager)
    reopen_action(action=one, reason="The policy was withdrawn", by=cast.manager)
    assert owed(one).done_at is None
    one = action(plan)
    assert one.completion() is None
    assert one.completion(date(2003, 12, 1)) is not None, "it was held as done then"
    assert one.completion(date(2003, 11, 1)) is None, "and not yet before"


def test_the_first_due_date_stays_visible(plan: Plan, cast: Cast) -> None:
    one = action(plan, 3)
    change_due(action=one, due=date(2004, 6, 30), reason="The election delays it", by=cast.quality)
    change_due(action=one, due=date(2004, 9, 30), reason="Still no members to report to", by=cast.quality)
    one = action(plan, 3)
    assert (one.first_due, one.due) == (date(2004, 3, 31), date(2004, 9, 30))
    assert one.due_at(AS_AT) == date(2004, 3, 31), "as at October the first date was in force"
    assert [e.before["due"] for e in one.events.filter(kind="due-changed")] == ["2004-03-31", "2004-06-30"]
    assert owed(one).due_at == end_of(date(2004, 9, 30))
    for due, said in ((date(2004, 9, 30), "already"), (date(2003, 10, 30), "from when the plan asks")):
        with pytest.raises(Refused, match=said):
            change_due(action=one, due=due, reason="Another reason", by=cast.quality)
    with pytest.raises(Refused, match="Why the date changes"):
        change_due(action=one, due=date(2005, 1, 1), reason="n/a", by=cast.quality)
    exported = content_of(plan).standards[0].recommendations[0].actions[2].timescale
    assert exported
    assert (exported.words.text, exported.due) == ("End Mar 04", date(2004, 9, 30))


def test_progress_is_added_by_reporting_date(plan: Plan, cast: Cast) -> None:
    rec = recommendation(plan)
    add_progress(
        recommendation=rec, reporting_date=date(2004, 1, 31), text="Policy in use in all teams", by=cast.manager
    )
    add_next_step(recommendation=rec, reporting_date=date(2004, 1, 31), text="Look at it in June", by=cast.manager)
    now_held = content_of(plan).standards[0].recommendations[0]
    assert [words.text for words in now_held.progress] == ["Policy in use in all teams"]
    assert [words.text for words in now_held.next_steps] == ["Look at it in June"]
    then = content_of(plan, AS_AT).standards[0].recommendations[0]
    assert [words.text for words in then.progress] == ["Policy drafted", "Teams told in part"]
    assert content_of(plan).as_at == date(2004, 1, 31)
    with pytest.raises(Refused, match="lies ahead"):
        add_progress(recommendation=rec, reporting_date=today() + timedelta(days=1), text="All done", by=cast.manager)
    with pytest.raises(Refused, match="What to report"):
        add_progress(recommendation=rec, reporting_date=AS_AT, text="None", by=cast.manager)


def test_an_added_action_is_owed_at_once(plan: Plan, cast: Cast) -> None:
    due = today() + timedelta(days=30)
    added = add_action(
        recommendation=recommendation(plan), text="Ask young people", leads=["Dev Lindqvist"], due=due, by=cast.quality
    )
    assert added.order == 4
    row = owed(added)
    assert (row.owner, row.team, row.due_at) == (cast.manager, cast.east, end_of(due))
    assert len(content_of(plan, AS_AT).standards[0].recommendations[0].actions) == 3, "it was not in the plan then"
    with pytest.raises(Refused, match="when it began"):
        complete_action(action=added, occurred_at=now() - timedelta(days=2), evidence="Asked them", by=cast.quality)
    with pytest.raises(Refused, match="has passed"):
        add_action(
            recommendation=recommendation(plan), text="Ask again", leads=["Dev Lindqvist"], due=AS_AT, by=cast.quality
        )
    with pytest.raises(Refused, match="name at least one"):
        add_action(recommendation=recommendation(plan), text="Ask again", leads=[" "], by=cast.quality)


def test_reassigning_moves_what_is_owed_and_keeps_who_led(plan: Plan, cast: Cast) -> None:
    one = action(plan, 1)
    event = reassign(action=one, leads=["Dev Lindqvist, Team Manager"], reason="Grace has left", by=cast.quality)
    assert event.before == {"leads": ["Grace Tillotson, Head of Service"]}
    assert (owed(one).owner, owed(one).team) == (cast.manager, cast.east)
    assert Lead.objects.filter(action=one).count() == 2
    now_held = content_of(plan).standards[0].recommendations[0].actions[0]
    assert [words.text for words in now_held.leads] == ["Dev Lindqvist, Team Manager"]
    then = content_of(plan, AS_AT).standards[0].recommendations[0].actions[0]
    assert [words.text for words in then.leads] == ["Grace Tillotson, Head of Service"]


def test_as_above_is_led_by_whom_it_stands_for_until_it_is_reassigned(plan: Plan, cast: Cast) -> None:
    only = action(plan, 1, "1.2")
    assert only.lead_words == ["Grace Tillotson"]
    reassign(action=only, leads=["Dev Lindqvist"], reason="Grace has left", by=cast.quality)
    only = action(plan, 1, "1.2")
    assert only.lead_words == ["Dev Lindqvist"]
    assert match_again(plan=plan, by=cast.quality) == 0
    assert action(plan, 1, "1.2").owner == cast.manager
    now_held, then = (content_of(plan, day).standards[0].recommendations[1].actions[0] for day in (None, AS_AT))
    assert (now_held.leads_stand_for, then.leads_stand_for) == ([], ["Grace Tillotson"])


def test_a_person_settles_what_the_import_could_not(plan: Plan, cast: Cast) -> None:
    rec, only = recommendation(plan, "1.2"), action(plan, 1, "1.2")
    lead, timescale, item = (
        Lead.objects.get(recommendation=rec, action=None),
        Timescale.objects.get(recommendation=rec),
        ToSettle.objects.get(recommendation=rec),
    )
    with pytest.raises(Refused, match="same recommendation"):
        pair_lead(lead=lead, action=action(plan, 1), by=cast.quality)
    pair_lead(lead=lead, action=only, by=cast.quality)
    pair_timescale(timescale=timescale, action=only, by=cast.quality)
    for again in (
        lambda: pair_lead(lead=lead, action=only, by=cast.quality),
        lambda: pair_timescale(timescale=timescale, action=only, by=cast.quality),
    ):
        with pytest.raises(Refused, match="paired already"):
            again()
    assert owed(only).due_at == end_of(date(2003, 6, 30))
    settle(item=item, how="Both belong to the only action", by=cast.quality)
    with pytest.raises(Refused, match="settled already"):
        settle(item=item, how="Both belong to the only action", by=cast.quality)
    held = content_of(plan)
    assert held.conservation().holds, "pairing loses no line"
    second = held.standards[0].recommendations[1]
    assert (second.leads, second.timescales, second.to_settle) == ([], [], [])
    assert [words.text for words in second.actions[0].leads] == ["As above", "Nobody Known, Planner"]


def test_requirements_are_tied_by_key(plan: Plan, cast: Cast) -> None:
    rec = recommendation(plan)
    with pytest.raises(Refused, match="no requirement"):
        tie_requirement(recommendation=rec, key="referrals.no-such-thing", by=cast.quality)
    tie_requirement(recommendation=rec, key="plan.action-done", by=cast.quality)
    with pytest.raises(Refused, match="already"):
        tie_requirement(recommendation=rec, key="plan.action-done", by=cast.quality)
    untie_requirement(recommendation=rec, key="plan.action-done", by=cast.quality)
    with pytest.raises(Refused, match="does not serve"):
        untie_requirement(recommendation=rec, key="plan.action-done", by=cast.quality)
    tie_requirement(recommendation=rec, key="plan.action-done", by=cast.quality)
    assert RequirementTie.objects.filter(recommendation=rec).count() == 2, "that it was tied before is kept"


def test_roles_keep_to_what_they_may(plan: Plan, cast: Cast) -> None:
    one, rec = action(plan), recommendation(plan)
    for officer in (cast.worker, cast.member, cast.administrator):
        with pytest.raises(NotAllowed):
            complete_action(action=one, occurred_at=DONE, evidence="Policy approved", by=officer)
        with pytest.raises(NotAllowed):
            add_progress(recommendation=rec, reporting_date=AS_AT, text="Policy approved", by=officer)
    with pytest.raises(NotAllowed):
        change_due(action=one, due=date(2004, 1, 1), reason="More time is needed", by=cast.manager)
    with pytest.raises(NotAllowed):
        reassign(action=one, leads=["Asha Verma"], reason="I am too busy", by=cast.manager)
    with pytest.raises(NotAllowed):
        tie_requirement(recommendation=rec, key="plan.action-done", by=cast.manager)


def test_a_lead_who_gets_an_account_later_is_matched_again(plan: Plan, cast: Cast) -> None:
    one = action(plan, 1)
    reassign(action=one, leads=["Lena Marsh, Planner"], reason="She takes planning over", by=cast.quality)
    assert owed(one).owner is None
    lena = Officer.objects.create_officer("lena", name="Lena Marsh", role="quality-officer")
    assert match_again(plan=plan, by=cast.quality) == 1
    assert owed(one).owner == lena
