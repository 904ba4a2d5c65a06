"""Temporary accommodation: moves, what falls short and who was told, and what is recommended and published of it."""

from datetime import timedelta
from typing import Any

from assurance.recipes.recipe import WORDS, Recipe, Recipes, Typed, typed
from assurance.scene import Scene
from goldenthread.standards.assessment.housing import actions, shortfalls
from goldenthread.standards.assessment.housing.choices import Heading
from goldenthread.standards.assessment.housing.recommending import recommend, recommendation_for

_FITS = {heading.value: "suitable" for heading in Heading}
_REPORT = "temporary-accommodation"


def _move(scene: Scene) -> Any:
    file, at = scene.case_file(), scene.now
    return actions.record_move(
        case_file=file, children=list(file.children.all()), kind="hostel", place="The hostel in Harbour Street",
        authority="Wexcombe housing", told_by="housing", moved_at=at - timedelta(hours=60),
        told_at=at - timedelta(hours=58), by=scene.worker,
    )  # fmt: skip


def _seen(scene: Scene) -> Any:
    """It falls short for the child who is there."""
    move, at = _move(scene), scene.now
    judged = {name: (found, "") for name, found in _FITS.items()} | {"safety": ("shortfall", "No lock on the door")}
    return actions.assess_suitability(
        move=move, child=move.children.get(), judged=judged, overall="for-now", with_housing="Ann Lowther, officer",
        change_what="A lock", change_who="Housing", change_by=scene.day(9), occurred_at=at - timedelta(hours=52),
        by=scene.worker,
    )  # fmt: skip


def _told(scene: Scene, **fields: str) -> Typed:
    """A senior manager was told of it."""
    seen = _seen(scene)
    report = shortfalls.report_shortfall(
        assessment=seen, to=scene.group_manager, asked="A lock this week", occurred_at=scene.now - timedelta(hours=50),
        by=scene.worker,
    )  # fmt: skip
    return typed(seen.move_id, report.pk, **fields, **scene.lately("occurred_at"))


def _moved(scene: Scene) -> Typed:
    file = scene.case_file()
    return typed(
        file.pk, children=[file.children.get().pk], kind="hostel", place=WORDS, authority="Wexcombe housing",
        told_by="housing", **scene.lately("moved_at"), **scene.lately("told_at"),
    )  # fmt: skip


def _assess(scene: Scene) -> Typed:
    move = _move(scene)
    judged = _FITS | {"safety": "shortfall", "safety_words": "No lock on the door"}
    return typed(
        move.pk, move.children.get().pk, **judged, overall="for-now", with_housing="Ann Lowther, officer",
        change_what=WORDS, change_who="Housing", **scene.on("change_by", 9), **scene.lately("occurred_at"),
    )  # fmt: skip


def _report(scene: Scene) -> Typed:
    seen = _seen(scene)
    return typed(seen.move_id, seen.pk, to=scene.group_manager.pk, asked=WORDS, **scene.lately("occurred_at"))


def _correct(scene: Scene) -> Typed:
    move = _move(scene)
    review = actions.review_accommodation(
        move=move, finding="suitable", words="They sleep well there", next_step="A home by spring",
        occurred_at=scene.now - timedelta(hours=50), by=scene.worker,
    )  # fmt: skip
    return typed(
        move.pk, "accommodationreview", review.pk, finding="for-now", words=WORDS, next_step="A home by spring",
        reason="It was taken down in haste", **scene.lately("occurred_at"),
    )  # fmt: skip


def _publish(scene: Scene) -> Typed:
    if recommendation_for(scene.day(0)) is None:
        recommend(month=scene.day(0), words="Two more flats for families", by=scene.quality)
    return typed(_REPORT, f"{scene.day(0)}")


RECIPES: Recipes = {
    "file-temporary-move": Recipe("worker", _moved),
    "temporary-assess": Recipe("worker", _assess),
    "temporary-report": Recipe("worker", _report),
    "temporary-answer": Recipe("group_manager", lambda s: _told(s, will_do=WORDS, **s.on("by_when", 9))),
    "temporary-outcome": Recipe("worker", lambda s: _told(s, what="put-right", words=WORDS)),
    "temporary-review": Recipe("worker", lambda s: typed(
        _move(s).pk, finding="for-now", words=WORDS, next_step="A home by spring", **s.lately("occurred_at")
    )),
    "temporary-end": Recipe("worker", lambda s: typed(
        _move(s).pk, went_to="settled", words=WORDS, **s.lately("occurred_at")
    )),
    "temporary-correct": Recipe("worker", _correct),
    "temporary-recommend": Recipe("quality", lambda s: typed(f"{s.day(0):%Y-%m}", words=WORDS)),
    "report-named-publish": Recipe("quality", _publish, shows="Published already"),
}  # fmt: skip
