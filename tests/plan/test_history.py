"""Any order of verbs and versions: the ledger agrees with the plan, and nothing that was said is lost."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.models import QuerySet
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from goldenthread.core.clock import now, today
from goldenthread.core.errors import Refused
from goldenthread.obligations import ledger
from goldenthread.obligations.models import Obligation
from goldenthread.plan.actions import add_action, add_progress, change_due, complete_action, reassign, reopen_action
from goldenthread.plan.models import Action, ActionEvent, Plan
from goldenthread.plan.settling import pair_lead, pair_timescale
from goldenthread.plan.status import statuses_of
from goldenthread.plan.storing import confirm_import, conservation_of, content_of
from tests.conftest import Cast
from tests.plan.plans import AS_AT, imported, recommendation, small_plan

places = st.integers(0, 7)
days = st.dates(date(2003, 10, 31), date(2030, 12, 31))


class History(RuleBasedStateMachine):
    """What is expected of each action, by its words: whether it stands done, and its first due date."""

    cast: Cast
    plan: Plan

    @initialize()
    def begin(self) -> None:
        self.savepoint = transaction.savepoint()
        self.plan = imported(small_plan(), self.cast.quality)
        self.actions = list(self.held().order_by("recommendation__order", "order"))
        self.done = dict.fromkeys((a.pk for a in self.actions), False)
        self.first = {a.pk: a.first_due for a in self.actions}
        self.events = ActionEvent.objects.count()

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.savepoint_rollback(self.savepoint)

    def held(self) -> QuerySet[Action]:
        return Action.objects.filter(recommendation__standard__plan=self.plan)

    def pick(self, place: int) -> Action:
        return Action.objects.get(pk=self.actions[place % len(self.actions)].pk)

    @rule(place=places)
    def complete(self, place: int) -> None:
        action = self.pick(place)
        if self.done[action.pk]:
            with pytest.raises(Refused):
                complete_action(action=action, occurred_at=now(), evidence="Seen on file", by=self.cast.manager)
        else:
            complete_action(action=action, occurred_at=now(), evidence="Seen on file", by=self.cast.manager)
            self.done[action.pk] = True

    @rule(place=places)
    def reopen(self, place: int) -> None:
        action = self.pick(place)
        if self.done[action.pk]:
            reopen_action(action=action, reason="It was not done after all", by=self.cast.manager)
            self.done[action.pk] = False
        else:
            with pytest.raises(Refused):
                reopen_action(action=action, reason="It was not done after all", by=self.cast.manager)

    @rule(place=places, due=days)
    def move(self, place: int, due: date) -> None:
        action = self.pick(place)
        if self.done[action.pk] or due == action.due or due < action.since_on:
            with pytest.raises(Refused):
                change_due(action=action, due=due, reason="More time is needed", by=self.cast.quality)
        else:
            change_due(action=action, due=due, reason="More time is needed", by=self.cast.quality)
            assert self.pick(place).due == due

    @rule(
        place=places,
        leads=st.lists(st.sampled_from(["Dev Lindqvist", "All Team Managers", "Nobody Known"]), min_size=1),
    )
    def hand_over(self, place: int, leads: list[str]) -> None:
        reassign(action=self.pick(place), leads=leads, reason="Someone else takes over", by=self.cast.quality)

    @rule(due=st.none() | st.dates(date(2100, 1, 1), date(2100, 12, 31)))
    def add(self, due: date | None) -> None:
        words = f"Added action {len(self.actions) * 7919} of the plan {'x' * len(self.actions) * 9}"
        made = add_action(
            recommendation=recommendation(self.plan, "1.2"),
            text=words,
            leads=["Dev Lindqvist"],
            due=due,
            by=self.cast.quality,
        )
        self.actions.append(made)
        self.done[made.pk], self.first[made.pk] = False, due

    @rule(text=st.sampled_from(["Policy in use", "Two teams still to come"]), back=st.integers(0, 900))
    def report(self, text: str, back: int) -> None:
        on = today() - timedelta(days=back)
        add_progress(recommendation=recommendation(self.plan), reporting_date=on, text=text, by=self.cast.manager)

    @precondition(lambda self: recommendation(self.plan, "1.2").timescales.filter(action=None).exists())
    @rule()
    def settle(self) -> None:
        rec = recommendation(self.plan, "1.2")
        only = rec.actions.get(order=1)
        if only.timescale_lines is None:
            timescale = rec.timescales.get()
            pair_timescale(timescale=timescale, action=only, by=self.cast.quality)
            self.first[only.pk] = timescale.due
            pair_lead(lead=rec.leads.get(action=None), action=only, by=self.cast.quality)

    @rule()
    def next_version(self) -> None:
        content = content_of(self.plan)
        held = {number for _, words in content.all_words() for number in words.lines}
        content.source = [line for line in content.source if line.number in held]
        later = confirm_import(
            content=content, file_name="", digest="", as_at=content.as_at, previous=self.plan, by=self.cast.quality
        )
        self.plan = later
        again = {action.continues_id: action for action in self.held()}
        assert again.keys() == {action.pk for action in self.actions}, "every action goes on"
        self.done = {again[pk].pk: done for pk, done in self.done.items()}
        self.first = {again[pk].pk: first or again[pk].first_due for pk, first in self.first.items()}
        self.actions = [again[action.pk] for action in self.actions]

    @invariant()
    def the_plan_and_the_ledger_agree(self) -> None:
        assert ledger.verify() == []
        rows = {row.subject_id: row for row in Obligation.objects.filter(requirement="plan.action-done")}
        for action in self.held().prefetch_related("events"):
            assert (action.completion() is not None) is self.done[action.pk]
            assert (rows[action.pk].done_at is not None) is self.done[action.pk]
            assert action.first_due == self.first[action.pk]
            assert action.due == action.due_at()
        open_now = Obligation.objects.open().filter(requirement="plan.action-done").count()
        assert open_now == list(self.done.values()).count(False)

    @invariant()
    def nothing_is_lost(self) -> None:
        assert conservation_of(self.plan).holds
        assert ActionEvent.objects.count() >= self.events
        self.events = ActionEvent.objects.count()
        keys = {status.key for status in statuses_of(self.plan, max(today(), AS_AT)).actions.values()}
        assert keys <= {"not-started", "on-track", "overdue", "done"}


def test_any_order_of_verbs(cast: Cast) -> None:
    History.cast = cast
    run_state_machine_as_test(
        History,
        settings=settings(
            max_examples=8,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.generate),  # to shrink a failure takes minutes of database work
        ),
    )
