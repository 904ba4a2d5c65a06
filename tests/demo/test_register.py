"""The register of the demonstration authority: nothing that the verbs would have refused, and near the national rate."""

from collections import defaultdict
from itertools import pairwise

import pytest

from goldenthread.cases.finding.keeping import out_of_step
from goldenthread.demo.assessment.register import STARTS_PER_REFERRAL
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.register import rules
from goldenthread.standards.assessment.register.choices import Answer
from goldenthread.standards.assessment.register.models import (
    CheckDecision,
    CheckSettled,
    RegisterCheck,
    RegisterEntry,
    Shown,
)
from goldenthread.standards.assessment.register.states import states_of
from goldenthread.standards.referrals.models import Referral
from tests.demo.conftest import NOW

# Both databases hold the same rows (test_load), and of these the tests count what they say.
pytestmark = [pytest.mark.usefixtures("authority"), pytest.mark.once]


def test_every_entry_is_one_that_the_verbs_would_have_made() -> None:
    of_child = defaultdict(list)
    for entry in RegisterEntry.objects.prefetch_related("listings", "key_workers__officer", "removals").select_related(
        "by"
    ):
        assert entry.by.may(Permission.KEEP_REGISTER)
        assert entry.since is not None
        assert entry.since.occurred_at <= entry.recorded_at
        assert entry.case_file.children.filter(pk=entry.child_id).exists()
        assert bool(entry.council) == bool(entry.notified_at) == bool(entry.council_contact)
        for listing in entry.listings.all():
            rules.check_categories(listing.categories)
        for worker in entry.key_workers.all():
            rules.check_key_worker(worker.officer, worker.name)
            assert worker.occurred_at >= entry.since.occurred_at
        removed = entry.removed
        if removed:
            rules.check_reason(entry, removed.fact.reason)
            assert removed.moment.occurred_at >= max(one.moment.occurred_at for one in entry.listed)
        of_child[entry.child_id, entry.council].append(
            (entry.since.occurred_at, removed.moment.occurred_at if removed else None)
        )
    for spells in of_child.values():
        spells.sort()
        assert all(ended and ended <= begins for (_, ended), (begins, _) in pairwise(spells))


def test_every_check_is_one_that_the_verbs_would_have_made() -> None:
    for check in RegisterCheck.objects.prefetch_related("asked", "decisions").select_related("referral"):
        if check.referral:
            assert check.asked_at >= check.referral.recorded_at
            children = set(check.referral.children.values_list("pk", flat=True))
            assert {asked.child_id for asked in check.asked.all()} == children
        else:
            assert check.asker
            assert check.contact
    for decision in CheckDecision.objects.select_related("check_of").prefetch_related("answers"):
        assert decision.occurred_at >= decision.check_of.asked_at
        shown = set(Shown.objects.filter(asked__check_of=decision.check_of).values_list("pk", flat=True))
        assert {row.shown_id for row in decision.answers.all()} == shown
        if decision.check_of.referral_id is None:
            assert Answer.UNSURE not in {row.answer for row in decision.answers.all()}
    for settled in CheckSettled.objects.select_related("by"):
        assert settled.by.may(Permission.KEEP_REGISTER)
        assert settled.shown.answers.get().answer == Answer.UNSURE


def test_what_a_check_says_of_the_register_is_what_it_was_then() -> None:
    for shown in Shown.objects.select_related("asked__check_of"):
        at = shown.asked.check_of.asked_at
        entries = [
            entry
            for entry in RegisterEntry.objects.filter(child=shown.child_id, recorded_at__lte=at)
            if not entry.removed or entry.removed.moment.recorded_at <= at or entry.removed.moment.occurred_at > at
        ]
        if entries:
            assert shown.state == states_of([shown.child_id], at)[shown.child_id][0]


def test_about_as_many_as_in_england_and_the_search_is_in_step() -> None:
    share = RegisterEntry.objects.filter(council="").count() / Referral.objects.count()
    assert 0.6 < share / STARTS_PER_REFERRAL < 2.2  # siblings go on it together
    assert RegisterEntry.objects.exclude(council="").exists()
    assert 10 < len([e for e in RegisterEntry.objects.all() if e.state_at(NOW) in {"on", "other-council"}]) < 120
    assert out_of_step() == []
