"""Legal advice: asked for and given, and the rota of who is on call."""

import secrets
import uuid
from datetime import timedelta
from typing import Any

from assurance.forms import boxes
from assurance.recipes.recipe import WORDS, Recipe, Recipes, Typed, typed
from assurance.scene import Scene
from goldenthread.core.clock import LONDON, start_of
from goldenthread.standards.assessment.legal import actions, rota
from goldenthread.standards.assessment.legal.models import LegalRota


def _solicitor(scene: Scene) -> Any:
    """Somebody new, on a rota that is kept."""
    if not LegalRota.objects.exists():
        rota.keep_rota(officer=scene.group_manager, by=scene.group_manager)
    return rota.add_solicitor(
        name=f"Edith Marlow {secrets.token_hex(4)}", council="Wexcombe Council", phone="01632 960400",
        by=scene.group_manager,
    )  # fmt: skip


def _shift(scene: Scene) -> Any:
    """On call for two days, from the day after tomorrow."""
    return rota.add_shift(
        solicitor=_solicitor(scene), starts_at=start_of(scene.day(2)), ends_at=start_of(scene.day(4)),
        arranged_at=scene.now - timedelta(days=2), by=scene.group_manager,
    )  # fmt: skip


def _on_call(scene: Scene, **fields: str) -> Typed:
    return typed(
        solicitor=_solicitor(scene).pk, call="first", **fields, **boxes("starts_at", scene.day(2), "09:00"),
        **boxes("ends_at", scene.day(3), "09:00"), **scene.lately("arranged_at"),
    )  # fmt: skip


def _from_noon(scene: Scene, when: str, **fields: Any) -> Typed:
    """In the midst of a shift, somebody is no longer on call."""
    at = boxes(when, scene.day(3), "12:00")
    return typed(_shift(scene).pk, reason=WORDS, **at, **scene.lately("occurred_at"), **fields)


def _keeper(scene: Scene) -> Typed:
    _solicitor(scene)
    return typed(officer=scene.leaver(role="group-manager", team=None, area=scene.group_manager.area).pk)


def _rung(scene: Scene) -> Typed:
    _solicitor(scene)
    at = scene.now.astimezone(LONDON)
    return typed(answered="no", words=WORDS, **boxes("occurred_at", at.date(), f"{at:%H:%M}"))


def _changed(scene: Scene) -> Typed:
    return Typed((_solicitor(scene).pk,), {"phone": "01632 960411", "on_rota": "on"}, {"phone": "01632 960422"})


def _asked(scene: Scene) -> Any:
    return actions.ask_for_advice(
        case_file=scene.case_file(), question="May we keep her here tonight?", urgency="today",
        asked_at=scene.now - timedelta(hours=60), by=scene.worker,
    )  # fmt: skip


def _advised(scene: Scene, *arguments: Any, **fields: str) -> Typed:
    said = {"advice": WORDS, "outcome": "advised", "privileged": "on"}
    return typed(*arguments, solicitor=_solicitor(scene).pk, **said, **fields, **scene.lately("occurred_at"))


def _correct(scene: Scene) -> Typed:
    request = _asked(scene)
    answer = actions.record_advice(
        request=request, solicitor=_solicitor(scene), advice="With her mother's consent", outcome="more",
        occurred_at=scene.now - timedelta(hours=50), by=scene.worker,
    )  # fmt: skip
    return _advised(scene, request.pk, answer.pk, reason="It was taken down in haste")


def _of_another_council(scene: Scene) -> Typed:
    """Of a council that is new each time, since the first solicitor of one puts it on the list."""
    return typed(name=WORDS, council=f"Council {uuid.uuid4().hex[:8]}", phone="01632 960400")


RECIPES: Recipes = {
    "file-advice": Recipe("worker", lambda s: typed(s.case_file().pk, question=WORDS, urgency="today", **s.lately("asked_at"))),
    "advice-answer": Recipe("worker", lambda s: _advised(s, _asked(s).pk)),
    "advice-correct": Recipe("worker", _correct),
    "legal-keeper": Recipe("group_manager", _keeper),
    "legal-shift-add": Recipe("group_manager", _on_call),
    "legal-pattern": Recipe("group_manager", lambda s: _on_call(s, weeks="2", sure="yes")),
    "legal-shift-cut": Recipe("group_manager", lambda s: _from_noon(s, "ends_at")),
    "legal-shift-hand": Recipe("group_manager", lambda s: _from_noon(s, "from_at", solicitor=_solicitor(s).pk)),
    "legal-shift-back": Recipe("group_manager", lambda s: typed(_shift(s).pk, reason=WORDS)),
    "legal-test": Recipe("group_manager", _rung),
    "solicitor-add": Recipe("group_manager", _of_another_council),
    "solicitor-change": Recipe("group_manager", _changed, shows="01632 960411"),
}  # fmt: skip
