"""Chronologies: what is put in, marked, gone through and read."""

from datetime import timedelta
from typing import Any

from assurance.recipes.recipe import WORDS, Recipe, Recipes, Typed, typed
from assurance.scene import Scene
from goldenthread.standards.allocation.chronology import actions


def _event(scene: Scene, child: Any) -> dict[str, Any]:
    return {
        "children": [child.pk], "what": "She moved to her aunt's", "why": WORDS, "significance": "key", "source": "health",
        "told_by": "Ida Lorne, health visitor", **scene.on("learnt_on", 0), **scene.lately("when"),
    }  # fmt: skip


def _added(scene: Scene) -> Typed:
    file = scene.case_file()
    return typed(file.pk, **_event(scene, file.children.get()))


def _marked(scene: Scene) -> Typed:
    referral = scene.referral()
    return typed(referral.case_file_id, "referrals.referral", referral.pk, significance="key", why=WORDS)


def _reviewed(scene: Scene) -> Typed:
    return typed(scene.case_file().pk, words=WORDS, **scene.lately("occurred_at"))


def _seen(scene: Scene) -> Typed:
    file = scene.case_file()
    review = actions.review_chronology(
        case_file=file, words="Three moves in a year, each after a visit", occurred_at=scene.now - timedelta(days=2),
        by=scene.worker,
    )  # fmt: skip
    return typed(file.pk, review.pk, words=WORDS, **scene.lately("occurred_at"))


def _corrected(scene: Scene) -> Typed:
    file = scene.case_file()
    child = file.children.get()
    made = actions.add_event(
        case_file=file, children=[child], what="She moved to her aunt's", why="Nobody asked her", significance="key",
        source="health", told_by="Ida Lorne, health visitor", occurred_at=scene.now - timedelta(days=2),
        learnt_on=scene.day(0), by=scene.worker,
    )  # fmt: skip
    return typed(file.pk, "significantevent", made.pk, reason="Clearer", **_event(scene, child))


RECIPES: Recipes = {
    "chronology-add": Recipe("worker", _added),
    "chronology-mark": Recipe("worker", _marked),
    "chronology-review": Recipe("worker", _reviewed),
    "chronology-seen": Recipe("manager", _seen),
    "chronology-correct": Recipe("worker", _corrected, other="manager"),
}
