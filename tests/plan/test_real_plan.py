"""The real plan, stored: every line held, every lead kept, every action owed."""

from datetime import date
from pathlib import Path

import pytest

from goldenthread.core.clock import end_of, now
from goldenthread.exchange.readers import read_plan
from goldenthread.obligations.tally import tally, totals
from goldenthread.plan.models import Action, Lead, LeadParty
from goldenthread.plan.status import statuses_of
from goldenthread.plan.storing import confirm_import, conservation_of, content_of
from tests.conftest import Cast

AS_AT = date(2003, 10, 31)


@pytest.mark.shared
def test_it_is_held_to_the_letter(cast: Cast, seed_text: Path) -> None:
    content = read_plan(seed_text)
    plan = confirm_import(
        content=content, file_name=seed_text.name, digest="", as_at=content.as_at, previous=None, by=cast.quality
    )
    assert plan.as_at == AS_AT
    assert content_of(plan) == content
    assert content_of(plan, AS_AT) == content
    assert conservation_of(plan).holds
    actions = Action.objects.filter(recommendation__standard__plan=plan)
    counted = totals(tally(end_of(AS_AT), now(), requirements=["plan.action-done"]))["plan.action-done"]
    assert counted.owed == actions.count() == sum(len(rec.actions) for rec in content.recommendations()) > 40
    found = statuses_of(plan, AS_AT)
    assert len(found.recommendations) == 28
    assert {status.key for status in found.recommendations.values()} <= {"overdue", "on-track", "not-started"}


@pytest.mark.shared
def test_its_leads_are_matched_to_posts_and_kept_as_names(cast: Cast, seed_text: Path) -> None:
    content = read_plan(seed_text)
    confirm_import(
        content=content, file_name=seed_text.name, digest="", as_at=content.as_at, previous=None, by=cast.quality
    )
    assert not LeadParty.objects.filter(officer__isnull=False, kind="person").exists(), "none of them has an account"
    assert LeadParty.objects.filter(kind="person", post=cast.head.post).exists()
    everyone = LeadParty.objects.filter(everyone=True, post=cast.manager.post)
    assert everyone.exists()
    silent = [lead.words for lead in Lead.objects.filter(parties=None) if lead.words.casefold() != "as above"]
    assert silent == []
