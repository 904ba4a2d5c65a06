"""The child protection procedures: strategy discussions, conferences and plans."""

from datetime import timedelta
from typing import Any

from assurance.forms import boxes
from assurance.recipes.recipe import WORDS, Recipe, Recipes, Typed, typed
from assurance.scene import Scene
from goldenthread.standards.assessment.protection import actions
from goldenthread.standards.assessment.protection.models import ProtectionPlan

_SAID = {
    "known": "The school saw a burn on her arm, of which two accounts are given", "why": "It fits neither account",
    "decision": "joint-enquiry", "purpose": "Whether she was hurt on purpose", "expectations": "Asha sees her today",
}  # fmt: skip
_WHO = {"who_social_care": "Asha Verma", "who_police": "DS Ferris", "who_health": "Dr Aziz"}


def _discussed(scene: Scene) -> Any:
    """A discussion two days ago, from which an enquiry began."""
    file = scene.case_file()
    return actions.hold_strategy_discussion(
        case_file=file, children=list(file.children.all()), occurred_at=scene.now - timedelta(hours=48), by=scene.worker,
        who={"social-care": "Asha Verma", "police": "DS Ferris", "health": "Dr Aziz"}, **_SAID,
    )  # fmt: skip


def _found(scene: Scene) -> Any:
    """One whose enquiry led to a conference."""
    made = _discussed(scene)
    actions.record_outcome(
        discussion=made, outcome="conference", why="Nobody at home can say when it happened",
        occurred_at=scene.now - timedelta(hours=47), by=scene.manager,
    )  # fmt: skip
    return made


def _plan(scene: Scene) -> ProtectionPlan:
    made = _found(scene)
    child = made.children.get()
    actions.hold_conference(
        discussion=made, plan_for={child.pk: "physical"}, words="She is safe only if her uncle stays away",
        occurred_at=scene.now - timedelta(hours=46), by=scene.worker,
    )  # fmt: skip
    return ProtectionPlan.objects.get(child=child)


def _told(scene: Scene, pk: int, children: Any, **other: Any) -> Typed:
    given = _SAID | _WHO | {"known": WORDS, "children": [child.pk for child in children.all()]} | other
    return typed(pk, **given, **scene.lately("occurred_at"))


def _on_file(scene: Scene) -> Typed:
    file = scene.case_file()
    return _told(scene, file.pk, file.children)


def _on_referral(scene: Scene) -> Typed:
    referral = scene.referral()
    return _told(scene, referral.pk, referral.children, referral=referral.pk)


def _conference(scene: Scene) -> Typed:
    made = _found(scene)
    plan = {f"plan_{made.children.get().pk}": "physical"}
    return typed(made.pk, words=WORDS, **plan, **scene.lately("occurred_at"))


def _discussion_corrected(scene: Scene) -> Typed:
    made = _discussed(scene)
    told = {"known": WORDS, "why": "It fits neither account", "reason": "The nurse rang back"}
    return typed(made.pk, "strategydiscussion", made.pk, **_WHO, **told, **scene.lately("occurred_at"))


def _met(scene: Scene) -> Typed:
    plan = _plan(scene)
    return typed(plan.pk, plans=[plan.pk], words=WORDS, **scene.lately("occurred_at"))


def _plan_corrected(scene: Scene) -> Typed:
    plan = _plan(scene)
    made = typed(plan.pk, "protectionplan", plan.pk, category="neglect", reason=WORDS, **scene.lately("occurred_at"))
    return Typed(made.arguments, made.fields, {"category": "emotional"})


RECIPES: Recipes = {
    "file-strategy": Recipe("worker", _on_file),
    "referral-strategy": Recipe("worker", _on_referral),
    "strategy-outcome": Recipe("manager", lambda s: typed(
        _discussed(s).pk, outcome="conference", why=WORDS, **s.lately("occurred_at")
    )),
    "strategy-arrange": Recipe("worker", lambda s: typed(_found(s).pk, **boxes("arranged_for", s.day(9), "14:00"))),
    "strategy-conference": Recipe("worker", _conference),
    "strategy-correct": Recipe("worker", _discussion_corrected, other="manager"),
    "protection-core-group": Recipe("worker", _met),
    "protection-review": Recipe("worker", _met),
    "protection-end": Recipe("worker", lambda s: typed(
        _plan(s).pk, reason="safer", words=WORDS, **s.lately("occurred_at")
    )),
    "protection-correct": Recipe("worker", _plan_corrected, other="manager"),
}  # fmt: skip
