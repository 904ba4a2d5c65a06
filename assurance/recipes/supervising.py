"""Supervision: pairs and their sessions, what was said of a case, and what was agreed."""

from datetime import timedelta
from typing import Any

from assurance.recipes.recipe import WORDS, Recipe, Recipes, Typed, typed
from assurance.scene import Scene
from goldenthread.standards.allocation.supervising import actions, agreed, pairs
from goldenthread.standards.allocation.supervising.choices import Question
from goldenthread.standards.allocation.supervising.models import SupervisionPair


def _pair(scene: Scene) -> Any:
    running = SupervisionPair.objects.filter(worker=scene.worker, supervisor=scene.manager, until_at=None)
    return running.first() or pairs.pair_up(
        worker=scene.worker, supervisor=scene.manager, since_at=scene.now - timedelta(days=9), by=scene.manager
    )


def _session(scene: Scene) -> Any:
    return pairs.record_session(
        pair=_pair(scene),
        held=False,
        why_missed="Somebody was ill",
        occurred_at=scene.now - timedelta(days=3),
        by=scene.manager,
    )


def _said(scene: Scene) -> Any:
    return actions.discuss_case(
        case_file=scene.case_file(), discussed="Whether the bruises go on", decisions="She is seen alone",
        answers={question.value: ("yes", "She said so") for question in Question},
        occurred_at=scene.now - timedelta(hours=50), by=scene.manager,
    )  # fmt: skip


def _action(scene: Scene) -> Any:
    return agreed.agree_action(
        supervision=_said(scene), what="Ring the school nurse", officer=scene.worker, due=scene.day(5), by=scene.manager
    )


def _discuss(scene: Scene) -> Typed:
    answers = {question.value: "yes" for question in Question} | {"risk": "no"}
    return typed(
        scene.case_file().pk, discussed=WORDS, decisions="Nothing changes", **answers, **scene.lately("occurred_at")
    )


def _correct(scene: Scene) -> Typed:
    session = _session(scene)
    return typed(
        session.pair_id, session.pk, why_missed=WORDS, reason="It was otherwise", **scene.lately("occurred_at")
    )


def _mended(scene: Scene) -> Typed:
    return typed(
        _said(scene).pk, discussed=WORDS, decisions="She is seen at school", reason="It was at school",
        **scene.lately("occurred_at"),
    )  # fmt: skip


RECIPES: Recipes = {
    "supervision-new": Recipe("manager", lambda s: typed(
        worker=s.worker.pk, supervisor=s.senior.pk, **s.lately("since_at"),
    )),
    "supervision-session": Recipe("manager", lambda s: typed(
        _pair(s).pk, held="no", why_missed=WORDS, **s.lately("occurred_at"),
    )),
    "supervision-end": Recipe("manager", lambda s: typed(_pair(s).pk, **s.lately("until_at"))),
    "supervision-correct": Recipe("manager", _correct),
    "file-supervision": Recipe("manager", _discuss),
    "discussion-agree": Recipe("manager", lambda s: typed(
        _said(s).pk, what=WORDS, officer=s.worker.pk, **s.on("due", 7),
    )),
    "discussion-correct": Recipe("manager", _mended),
    "agreed-done": Recipe("worker", lambda s: typed(_action(s).pk, words=WORDS, **s.lately("occurred_at"))),
    "agreed-move": Recipe("manager", lambda s: typed(
        _action(s).pk, officer=s.colleague.pk, words=WORDS, **s.on("due", 9),
    )),
    "agreed-take-back": Recipe("manager", lambda s: typed(_action(s).pk, words=WORDS)),
}  # fmt: skip
