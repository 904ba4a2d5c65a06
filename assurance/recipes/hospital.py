"""Children in hospital: told of, visited, planned for, and gone from there."""

from datetime import timedelta
from typing import Any

from assurance.recipes.recipe import WORDS, Recipe, Recipes, Typed, typed
from assurance.scene import Scene
from goldenthread.standards.assessment.hospital import actions


def _told(scene: Scene) -> Any:
    """A ward told us of a child whom somebody may have harmed."""
    file, at = scene.case_file(), scene.now
    return actions.take_notification(
        case_file=file, children=list(file.children.all()), told="ward", hospital="Elmbridge General",
        told_by="Ida Lorne, staff nurse", concern="A broken arm that nobody explains", harm="yes",
        admitted_at=at - timedelta(hours=60), received_at=at - timedelta(hours=58), by=scene.worker,
    )  # fmt: skip


def _done(scene: Scene, **fields: Any) -> Typed:
    return typed(_told(scene).pk, **fields, **scene.lately("occurred_at"))


def _notify(scene: Scene) -> Typed:
    file = scene.case_file()
    return typed(
        file.pk, children=[file.children.get().pk], told="ward", told_by="Ida Lorne, staff nurse",
        hospital="Elmbridge General", concern=WORDS, harm="not-known", **scene.lately("admitted_at"),
        **scene.lately("received_at"),
    )  # fmt: skip


def _escalation(scene: Scene) -> Typed:
    told = _told(scene)
    actions.record_discharge(
        notification=told, how="removed", where_to="not known", done="The police were told",
        occurred_at=scene.now - timedelta(hours=50), by=scene.worker,
    )  # fmt: skip
    return typed(told.pk, words=WORDS, **scene.lately("occurred_at"))


def _correct(scene: Scene) -> Typed:
    told = _told(scene)
    visit = actions.visit_on_ward(
        notification=told, seen="Asleep", occurred_at=scene.now - timedelta(hours=50), by=scene.worker
    )
    return typed(
        told.pk, "wardvisit", visit.pk, seen=WORDS, reason="It was another child", **scene.lately("occurred_at")
    )


RECIPES: Recipes = {
    "file-hospital": Recipe("worker", _notify),
    "hospital-visit": Recipe("worker", lambda s: _done(s, seen=WORDS)),
    "hospital-step": Recipe("worker", lambda s: _done(s, step="parents", needed="yes", words=WORDS)),
    "hospital-harm": Recipe("worker", lambda s: _done(s, answer="not-known", why=WORDS)),
    "hospital-plan": Recipe("worker", lambda s: _done(
        s, where_to="Home", with_whom="Her grandmother", visits=WORDS, consultant="Dr Amis", worker=s.worker.pk,
        manager=s.manager.pk,
    )),
    "hospital-discharge": Recipe("worker", lambda s: _done(s, how="removed", where_to="not known", done=WORDS)),
    "hospital-escalation": Recipe("group_manager", _escalation),
    "hospital-correct": Recipe("worker", _correct),
}  # fmt: skip
