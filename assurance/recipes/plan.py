"""The improvement plan, and its report."""

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assurance.council import version_in
from assurance.recipes.recipe import WORDS, Recipe, Recipes, Typed, typed
from assurance.scene import Scene
from goldenthread.obligations.requirement import installed
from goldenthread.plan import actions, settling
from tests.pages.made_up_plan import PLAN


def _of(recommendation: Any) -> tuple[int, str]:
    return recommendation.standard.plan_id, recommendation.number


def _done(scene: Scene) -> Typed:
    action = scene.action()
    actions.complete_action(action=action, occurred_at=scene.now, evidence="The policy was agreed.", by=scene.head)
    return typed(action.pk, reason=WORDS)


def _due(scene: Scene) -> Typed:
    return typed(scene.action().pk, reason=WORDS, **scene.on("due", 400))


def _remark(scene: Scene) -> Typed:
    return typed(*_of(scene.recommendation()), text=WORDS, **scene.on("reporting_date", 0))


def _pair(scene: Scene) -> Typed:
    recommendation = scene.recommendation("1.2")
    lead = recommendation.leads.filter(action=None).order_by("order")[0]
    return typed(*_of(recommendation), what=f"lead-{lead.pk}", action=recommendation.actions.order_by("order")[0].pk)


def _tie(scene: Scene) -> Typed:
    return typed(*_of(scene.recommendation()), requirement="referrals.decision")


def _untie(scene: Scene) -> Typed:
    recommendation, key = scene.recommendation(), next(iter(installed()))
    settling.tie_requirement(recommendation=recommendation, key=key, by=scene.quality)
    return typed(*_of(recommendation), key)


def _read(scene: Scene) -> None:
    """A file was read, and waits to be confirmed."""
    scene.send("quality", reverse("plan-import"), file=SimpleUploadedFile("plan.txt", PLAN.encode()))


def _preview(scene: Scene) -> Typed:
    _read(scene)
    return typed(title=WORDS, follows="new", **scene.on("as_at", -30))


def _correct(scene: Scene) -> Typed:
    _read(scene)
    return _corrected(scene)


def _corrected(scene: Scene) -> Typed:
    page = scene.client("quality").get(reverse("plan-import-correct", args=["1.1"])).content.decode()
    return typed("1.1", **{re.findall(r'name="(field-[^"]+)"', page)[-1]: "monitoring"})


def _correct_it(scene: Scene) -> None:
    """In another window."""
    address = reverse("plan-import-correct", args=["1.1"])
    page = scene.client("quality").get(address).content.decode()
    scene.send("quality", address, version=version_in(page), **_corrected(scene).fields)


def _discard(scene: Scene) -> Typed:
    _read(scene)
    return typed()


RECIPES: Recipes = {
    "plan-action-complete": Recipe(
        "quality", lambda s: typed(s.action().pk, evidence=WORDS, **s.on("occurred_on", -1)), again=False
    ),
    "plan-action-reopen": Recipe("quality", _done, again=False),
    "plan-action-due": Recipe("quality", _due, again=False),
    "plan-action-reassign": Recipe("quality", lambda s: typed(s.action().pk, leads=WORDS, reason="A change of duties")),
    "plan-action-add": Recipe(
        "quality", lambda s: typed(*_of(s.recommendation()), text=WORDS, leads="All Team Managers")
    ),
    "plan-progress-add": Recipe("manager", _remark),
    "plan-next-step-add": Recipe("manager", _remark),
    "plan-settle": Recipe(
        "quality", lambda s: typed(s.recommendation("1.2").to_settle.order_by("order")[0].pk, how=WORDS), again=False
    ),
    "plan-pair": Recipe("quality", _pair, again=False, shows="What it says now"),
    "plan-tie": Recipe("quality", _tie, again=False, shows="referrals.decision"),
    "plan-untie": Recipe("quality", _untie, again=False, shows="What it says now"),
    "plan-adopt": Recipe("quality", lambda s: typed(title=WORDS, **s.on("adopted_on", -1)), single=True),
    # A file that was read waits for its own reader: they may have it open in two windows.
    "plan-import-preview": Recipe("quality", _preview, other="quality", meanwhile=_correct_it),
    "plan-import-correct": Recipe("quality", _correct, other="quality"),
    "plan-import-discard": Recipe("quality", _discard),
    "report-progress": Recipe(
        "quality", lambda s: typed(s.plan().pk, "2003-10-31"), shows="Another edition was published"
    ),
}
