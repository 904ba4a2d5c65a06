"""Closing a case file: asked for, told of, looked at, and answered."""

from datetime import timedelta
from typing import Any

from assurance.recipes.recipe import WORDS, Recipe, Recipes, Typed, typed
from assurance.scene import Scene
from goldenthread.standards.allocation.closing import actions, signing


def _asked(scene: Scene, hours: int = 50) -> Any:
    """Two days ago a worker asked that a file be closed, with which a school has to do."""
    from goldenthread.cases.models import AgencyInvolved

    file, at = scene.case_file(), scene.now
    AgencyInvolved.objects.create(
        child=file.children.get(), kind="school", name="Elmbridge Primary", what_for="Her class",
        occurred_at=at - timedelta(hours=60), recorded_at=at - timedelta(hours=60), by=scene.worker,
    )  # fmt: skip
    return actions.ask_to_close(
        case_file=file, reason="no-longer-in-need", changed="She sleeps at home again", support="Her grandmother",
        asked_at=at - timedelta(hours=hours), by=scene.worker,
    )  # fmt: skip


def _ready(scene: Scene) -> Any:
    """Everybody was told, and nothing is owed."""
    from goldenthread.obligations.actions import excuse
    from goldenthread.obligations.models import Obligation

    closure, at = _asked(scene), scene.now - timedelta(hours=49)
    actions.tell_family(closure=closure, how="visit", words="They know", occurred_at=at, by=scene.worker)
    for agency in closure.agencies.all():
        actions.tell_agency(
            closure=closure, agency=agency.involved, how="phone", words="It knows", occurred_at=at, by=scene.worker
        )
    actions.look_at_chronology(closure=closure, words="Quiet since June", occurred_at=at, by=scene.worker)
    for row in Obligation.objects.open().filter(case_file=closure.case_file_id):
        if row.requirement != "allocation.closure-answered":
            excuse(obligation=row, reason="The work ends, and nothing depends on it", by=scene.manager)
    return closure


def _closed(scene: Scene) -> Any:
    closure = _ready(scene)
    signing.sign_off_closure(
        closure=closure, words="I read the file", occurred_at=scene.now - timedelta(hours=40), by=scene.manager
    )
    return closure


def _returned(scene: Scene) -> Any:
    closure = _asked(scene)
    signing.return_closure(
        closure=closure, words="See her once more", occurred_at=scene.now - timedelta(hours=40), by=scene.manager
    )
    return closure


def _ask(scene: Scene) -> Typed:
    return typed(
        scene.case_file().pk, reason="moved", changed=WORDS, support="The other council", **scene.lately("asked_at")
    )


def _on(closure: Any, scene: Scene, **fields: Any) -> Typed:
    return typed(closure.pk, **({"words": WORDS} | fields), **scene.lately("occurred_at"))


def _agency(scene: Scene) -> Typed:
    closure = _asked(scene)
    return _on(closure, scene, how="phone", agency=closure.agencies.get().involved_id)


def _correct(scene: Scene) -> Typed:
    closure = _asked(scene)
    told = actions.tell_family(
        closure=closure, how="visit", words="They know", occurred_at=scene.now - timedelta(hours=49), by=scene.worker
    )
    return typed(
        closure.pk, "closurefamilytold", told.pk, how="visit", words=WORDS, reason="He was not there",
        **scene.lately("occurred_at"),
    )  # fmt: skip


RECIPES: Recipes = {
    "file-close": Recipe("worker", _ask),
    "closure-family": Recipe("worker", lambda s: _on(_asked(s), s, how="visit")),
    "closure-agency": Recipe("worker", _agency),
    "closure-chronology": Recipe("worker", lambda s: _on(_asked(s), s)),
    "closure-again": Recipe("worker", lambda s: _on(_returned(s), s)),
    "closure-drop": Recipe("worker", lambda s: _on(_asked(s), s)),
    "closure-return": Recipe("manager", lambda s: _on(_asked(s), s)),
    "closure-sign-off": Recipe("manager", lambda s: _on(_ready(s), s)),
    "closure-reopen": Recipe("manager", lambda s: _on(_closed(s), s)),
    "closure-correct": Recipe("worker", _correct),
}
