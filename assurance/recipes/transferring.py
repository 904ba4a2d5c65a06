"""Transfers: asked for, answered, held up, handed over and done."""

from datetime import timedelta
from typing import Any

from assurance.recipes.recipe import WORDS, Recipe, Recipes, Typed, typed
from assurance.scene import Scene
from goldenthread.core.clock import day_of
from goldenthread.standards.allocation.transferring import actions, handing, obstacles


def _asked(scene: Scene) -> Any:
    """A manager asked the team elsewhere for it, sixty hours ago."""
    return actions.request_transfer(
        case_file=scene.case_file(), to_team=scene.elsewhere, why="The family needs support for longer",
        asked="Weekly visits", asked_at=scene.now - timedelta(hours=60), by=scene.manager,
    )  # fmt: skip


def _agreed(scene: Scene) -> Any:
    transfer, at = _asked(scene), scene.now - timedelta(hours=58)
    actions.accept_transfer(
        transfer=transfer, starts_on=day_of(at), worker=scene.stranger, occurred_at=at, by=scene.other_manager
    )
    return transfer


def _done(scene: Scene, **fields: Any) -> Typed:
    return typed(_asked(scene).pk, **fields, **scene.lately("occurred_at"))


def _hurdle(scene: Scene) -> Any:
    transfer, at = _asked(scene), scene.now - timedelta(hours=58)
    return obstacles.name_obstacle(
        transfer=transfer, side="sending", kind="plan", what="The review has no date", owner=scene.manager,
        due=scene.day(2), occurred_at=at, by=scene.worker,
    )  # fmt: skip


def _on_hurdle(scene: Scene, **fields: Any) -> Typed:
    found = _hurdle(scene)
    return typed(found.transfer_id, found.pk, **fields, **scene.lately("occurred_at"))


def _request(scene: Scene) -> Typed:
    return typed(
        scene.case_file().pk, to_team=scene.elsewhere.pk, why=WORDS, asked="Weekly visits", **scene.lately("asked_at")
    )


def _rule(scene: Scene) -> Typed:
    transfer = _asked(scene)
    actions.disagree_with_transfer(
        transfer=transfer, words="It is not ours", occurred_at=scene.now - timedelta(hours=50), by=scene.other_manager
    )
    return typed(transfer.pk, verdict="goes", words=WORDS, **scene.lately("occurred_at"))


def _visit(scene: Scene) -> Typed:
    transfer = _asked(scene)
    child = transfer.case_file.children.get()
    return typed(
        transfer.pk, made="yes", sender=scene.worker.pk, receiver=scene.stranger.pk, children=[child.pk], words=WORDS,
        **scene.lately("occurred_at"),
    )  # fmt: skip


def _handover(scene: Scene, transfer: Any) -> Any:
    return handing.record_handover(
        transfer=transfer, where="Assessed", risks="Nights", told="The child knows", by=scene.worker,
        occurred_at=scene.now - timedelta(hours=50),
    )  # fmt: skip


def _complete(scene: Scene) -> Typed:
    transfer = _agreed(scene)
    _handover(scene, transfer)
    handing.record_joint_visit(
        transfer=transfer, sender=scene.worker, receiver=scene.stranger, children=list(transfer.case_file.children.all()),
        words="The child showed us the garden", occurred_at=scene.now - timedelta(hours=49), by=scene.worker,
    )  # fmt: skip
    return typed(transfer.pk, worker=scene.stranger.pk, **scene.lately("occurred_at"))


def _correct(scene: Scene) -> Typed:
    transfer = _asked(scene)
    record = _handover(scene, transfer)
    return typed(
        transfer.pk, "handoverrecord", record.pk, where=WORDS, risks="Nights", told="The child knows",
        reason="It was left out", **scene.lately("occurred_at"),
    )  # fmt: skip


RECIPES: Recipes = {
    "file-transfer": Recipe("manager", _request),
    "transfer-accept": Recipe("other_manager", lambda s: _done(
        s, **s.on("starts_on", 3), worker=s.stranger.pk, words=WORDS,
    )),
    "transfer-disagree": Recipe("other_manager", lambda s: _done(s, words=WORDS)),
    "transfer-rule": Recipe("head", _rule),
    "transfer-obstacle": Recipe("worker", lambda s: _done(
        s, side="sending", kind="plan", what=WORDS, owner=s.manager.pk, **s.on("due", 5),
    )),
    "transfer-move": Recipe("worker", lambda s: _on_hurdle(s, owner=s.manager.pk, why=WORDS, **s.on("due", 9))),
    "transfer-clear": Recipe("worker", lambda s: _on_hurdle(s, how=WORDS)),
    "transfer-handover": Recipe("worker", lambda s: _done(s, where=WORDS, risks="Nights", told="The child knows")),
    "transfer-visit": Recipe("worker", _visit),
    "transfer-complete": Recipe("manager", _complete),
    "transfer-withdraw": Recipe("manager", lambda s: _done(s, words=WORDS)),
    "transfer-correct": Recipe("worker", _correct),
}  # fmt: skip
