"""Interpreters: asked for, answered by a provider, come or not, and whether the family understood."""

from datetime import timedelta
from typing import Any

from assurance.forms import boxes
from assurance.recipes.recipe import WORDS, Recipe, Recipes, Typed, typed
from assurance.scene import Scene
from goldenthread.standards.assessment.interpreting import actions


def _request(scene: Scene, needed: int = -2) -> Any:
    """One that was asked for, and is needed so many days from now."""
    at = scene.now
    return actions.ask_for_interpreter(
        case_file=scene.case_file(), for_whom="parent", language="urdu", mode="in-person", purpose="visit",
        about="An hour at home", needed_at=at + timedelta(days=needed), asked_at=at - timedelta(hours=60), by=scene.worker,
    )  # fmt: skip


def _done(scene: Scene, needed: int = -2, **fields: str) -> Typed:
    return typed(_request(scene, needed).pk, **fields, **scene.lately("occurred_at"))


def _understood(scene: Scene) -> Typed:
    request = _request(scene)
    actions.record_attendance(request=request, outcome="came", by=scene.worker)
    return typed(request.pk, answer="partly", words=WORDS, **scene.lately("occurred_at"))


def _correct(scene: Scene) -> Typed:
    request = _request(scene)
    reply = actions.record_reply(
        request=request, provider="Wex Languages", answer="confirmed", occurred_at=scene.now - timedelta(days=2),
        by=scene.worker,
    )  # fmt: skip
    return typed(
        request.pk, "providerreply", reply.pk, answer="cannot", words=WORDS, reason="It was another provider's answer",
        **scene.lately("occurred_at"),
    )  # fmt: skip


RECIPES: Recipes = {
    "file-interpreter": Recipe("worker", lambda s: typed(
        s.case_file().pk, for_whom="parent", language="urdu", mode="in-person", purpose="visit", about=WORDS,
        **boxes("needed_at", s.day(2), "14:30"), **s.lately("asked_at"),
    )),
    "interpreter-reply": Recipe("worker", lambda s: _done(s, answer="cannot", provider="Wex Languages", words=WORDS)),
    "interpreter-attendance": Recipe("worker", lambda s: typed(_request(s).pk, outcome="absent", words=WORDS)),
    "interpreter-understood": Recipe("worker", _understood),
    "interpreter-stand-in": Recipe("worker", lambda s: _done(s, who="relative", why=WORDS)),
    "interpreter-cancel": Recipe("worker", lambda s: _done(s, needed=2, why="family", words=WORDS)),
    "interpreter-correct": Recipe("worker", _correct),
}  # fmt: skip
