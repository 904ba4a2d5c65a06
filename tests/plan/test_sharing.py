"""Actions that several officers lead: whose list they are on, and whose not."""

import pytest

from goldenthread.obligations.models import Obligation
from goldenthread.people.models import Officer, Post
from goldenthread.plan.actions import reassign
from goldenthread.plan.models import Action, Plan
from goldenthread.plan.sharing import shared_with
from tests.conftest import Cast
from tests.plan.plans import action, imported, small_plan


@pytest.fixture
def second(cast: Cast) -> Officer:
    """Another team manager, so that the post has two holders and nobody alone answers for what it leads."""
    return Officer.objects.create_officer(
        "mae", name="Mae Oduya", role="team-manager", team=cast.west, post=cast.manager.post
    )


@pytest.fixture
def plan(cast: Cast, second: Officer) -> Plan:
    return imported(small_plan(), cast.quality)


def test_what_every_holder_of_a_post_leads_is_led_by_each(cast: Cast, second: Officer, plan: Plan) -> None:
    told = action(plan, 2)  # “All Team Managers”
    assert told.owner is None
    for manager in (cast.manager, second):
        assert list(Action.objects.led_by(manager)) == [told]
        assert shared_with(manager) == {told.pk: "shared with other team managers"}
    for other in (cast.worker, cast.quality, cast.member):
        assert not Action.objects.led_by(other).exists()
        assert shared_with(other) == {}


def test_what_one_answers_for_is_not_shared_but_led(cast: Cast, plan: Plan) -> None:
    assert action(plan, 1) in Action.objects.led_by(cast.head)
    assert shared_with(cast.head) == {}


def test_one_of_several_who_are_named_shares_with_the_one_who_answers(cast: Cast, second: Officer, plan: Plan) -> None:
    report = action(plan, 3)
    reassign(action=report, leads=["Hiro Tanaka, Director", "Isla Brandt"], reason="Both are to report", by=cast.head)
    assert shared_with(cast.quality) == {report.pk: "shared with Hiro Tanaka"}
    assert report not in Action.objects.led_by(cast.group_manager)  # who led it before
    assert shared_with(cast.director) == {}


def test_a_person_named_with_a_post_is_not_every_holder_of_it(cast: Cast, second: Officer, plan: Plan) -> None:
    report = action(plan, 3)
    reassign(action=report, leads=["Nobody Known, Team Manager"], reason="She is to report", by=cast.head)
    assert report not in Action.objects.led_by(second)
    reassign(action=report, leads=["Dev Lindqvist, Team Manager"], reason="He is to report", by=cast.head)
    assert report not in Action.objects.led_by(second)
    assert report in Action.objects.led_by(cast.manager)


def test_a_post_of_several_words_is_put_rightly(cast: Cast, plan: Plan) -> None:
    post = Post.objects.create(title="Head of IT Support", role="head-of-service")
    for username in ("nia", "oz"):
        Officer.objects.create_officer(username, name=f"{username.title()} Made-up", role="head-of-service", post=post)
    reassign(action=action(plan, 2), leads=["All Heads of IT Support"], reason="It is theirs", by=cast.head)
    shared = shared_with(Officer.objects.get(username="nia"))
    assert list(shared.values()) == ["shared with other heads of IT support"]


def test_it_is_one_obligation_however_many_share_it(cast: Cast, second: Officer, plan: Plan) -> None:
    told = action(plan, 2)
    assert Obligation.objects.filter(subject_type="plan.action", subject_id=told.pk).count() == 1
