"""Allocation, and case files that nobody has."""

from datetime import timedelta
from typing import Any

from assurance.recipes.recipe import WORDS, Recipe, Recipes, Typed, typed
from assurance.scene import Scene
from goldenthread.standards.allocation.allocating import actions, reporting, telling
from goldenthread.standards.allocation.allocating.models import WaitCycle


def _ago(scene: Scene, hours: int) -> Any:
    return scene.now - timedelta(hours=hours)


def _given(scene: Scene) -> Any:
    """The worker, who has the file, was told what for."""
    return actions.allocate(
        case_file=scene.case_file(), worker=scene.worker, purpose="Find out whether home is safe",
        expected="See the child alone", allocated_at=_ago(scene, 60), by=scene.manager,
    )  # fmt: skip


def _refused(scene: Scene) -> Typed:
    given = _given(scene)
    actions.answer_allocation(
        allocation=given, answer="refused", words="On leave", occurred_at=_ago(scene, 55), by=scene.worker
    )
    return typed(given.pk, words=WORDS, **scene.lately("occurred_at"))


def _correct(scene: Scene) -> Typed:
    given = _given(scene)
    fact = actions.discuss_allocation(
        allocation=given, words="What to do at a shut door", occurred_at=_ago(scene, 50), by=scene.worker
    )
    return typed(
        given.pk, "allocationdiscussed", fact.pk, words=WORDS, reason="Said more clearly", **scene.lately("occurred_at")
    )


def _waiting(scene: Scene) -> Any:
    return scene.referral(worker=None).case_file


def _told(scene: Scene) -> Any:
    """The group manager was told of a file that nobody has."""
    return telling.tell_of_wait(
        case_file=_waiting(scene), rank="group-manager", to=scene.group_manager, risk="watched", words="Nobody is free",
        occurred_at=_ago(scene, 55), by=scene.manager,
    )  # fmt: skip


def _hear(scene: Scene) -> Typed:
    told = _told(scene)
    return typed(told.holding.case_file_id, told.pk, words=WORDS, **scene.lately("occurred_at"))


def _mend(scene: Scene) -> Typed:
    told = _told(scene)
    return typed(
        told.holding.case_file_id, "waittold", told.pk, risk="danger", words=WORDS, reason="It was said otherwise",
        **scene.lately("occurred_at"),
    )  # fmt: skip


def _send(scene: Scene) -> Typed:
    cycle = WaitCycle.objects.first() or reporting.keep_wait_reports(started_on=scene.day(-20), by=scene.head)
    return typed("week", reporting.ended(cycle, "week")[0].isoformat())


RECIPES: Recipes = {
    "file-allocate": Recipe("manager", lambda s: typed(
        s.case_file().pk, worker=s.colleague.pk, purpose=WORDS, expected="See the child alone", who_1="The health visitor",
        what_1="Weighs the child", **s.lately("allocated_at"),
    )),
    "allocation-answer": Recipe("worker", lambda s: typed(
        _given(s).pk, answer="refused", words=WORDS, **s.lately("occurred_at")
    )),
    "allocation-rule": Recipe("manager", _refused),
    "allocation-discuss": Recipe("worker", lambda s: typed(_given(s).pk, words=WORDS, **s.lately("occurred_at"))),
    "allocation-correct": Recipe("worker", _correct),
    "wait-tell": Recipe("manager", lambda s: typed(
        _waiting(s).pk, to=s.manager.pk, risk="watched", words=WORDS, **s.lately("occurred_at")
    )),
    "wait-hear": Recipe("group_manager", _hear),
    "wait-correct": Recipe("manager", _mend),
    "unallocated-keeper": Recipe("head", lambda s: typed(), single=True),
    "unallocated-send": Recipe("head", _send, single=True),
}  # fmt: skip
