"""Case records."""

from datetime import timedelta
from typing import Any

from assurance.recipes.recipe import WORDS, Recipe, Recipes, Typed, typed
from assurance.scene import Scene
from goldenthread.standards.assessment.recording.actions import record_contact

_SAID = {
    "kind": "home-visit", "where": "At home", "view": "She is cared for by nobody until six",
    "next_steps": "I visit again on Monday, and tell the school today",
}  # fmt: skip


def _contact(scene: Scene, pk: int, file: Any, **other: str) -> Typed:
    child = {f"child_{file.children.get().pk}": "alone"}
    return typed(pk, **_SAID, **child, made_by=scene.worker.pk, facts=WORDS, **other, **scene.lately("occurred_at"))


def _added(scene: Scene) -> Typed:
    file = scene.case_file()
    return _contact(scene, file.pk, file)


def _corrected(scene: Scene) -> Typed:
    file = scene.case_file()
    made = record_contact(
        case_file=file, seen={file.children.get().pk: "alone"}, facts="She opened the door by herself at four",
        occurred_at=scene.now - timedelta(days=2), by=scene.worker, **_SAID,
    )  # fmt: skip
    return _contact(scene, made.pk, file, reason="Clearer")


RECIPES: Recipes = {
    "file-record-add": Recipe("worker", _added),
    "entry-correct": Recipe("worker", _corrected, other="manager"),
}
