"""Assessments, how children are seen and heard, and plans for children in need."""

from datetime import timedelta
from typing import Any

from assurance.recipes.recipe import WORDS, Recipe, Recipes, Typed, typed
from assurance.scene import Scene
from goldenthread.core.clock import today
from goldenthread.standards.assessment.assessing import actions, hearing, plans, signing
from goldenthread.standards.assessment.assessing.choices import PartKind
from goldenthread.standards.assessment.assessing.clocks import kinds_on
from goldenthread.standards.assessment.assessing.models import Assessment


def _begun(scene: Scene) -> Assessment:
    """An assessment that began two days ago."""
    referral = scene.referral()
    return actions.start_assessment(
        case_file=referral.case_file, kind=kinds_on(today())[0], children=list(referral.children.all()),
        purpose="Whether she can live safely at home", expectations="The school tells us what it sees, and we tell it",
        started_at=scene.now - timedelta(hours=48), referral=referral, by=scene.worker,
    )  # fmt: skip


def _seen(scene: Scene, made: Assessment, **other: Any) -> Any:
    given: dict[str, Any] = {
        "assessment": made, "child": made.children.get(), "seen": True, "alone": True, "seen_by": "Asha Verma",
        "way": "speech", "language": "English", "occurred_at": scene.now - timedelta(hours=47), "by": scene.worker,
    }  # fmt: skip
    return hearing.record_seen(**(given | other))


def _written(scene: Scene) -> Assessment:
    """With all its parts, and the child heard."""
    made = _begun(scene)
    for part in PartKind.values:
        outcome = "child-in-need-plan" if part == PartKind.DECISIONS else ""
        text = f"She goes without lunch on Mondays, as her teacher said on the fourth: {part}"
        actions.write_part(assessment=made, part=part, text=text, outcome=outcome, by=scene.worker)
    _seen(scene, made)
    hearing.record_views(
        assessment=made, child=made.children.get(), words="I want Mum to sleep",
        occurred_at=scene.now - timedelta(hours=47), by=scene.worker,
    )  # fmt: skip
    return made


def _handed_in(scene: Scene) -> Assessment:
    made = _written(scene)
    actions.hand_in(assessment=made, occurred_at=scene.now - timedelta(hours=46), by=scene.worker)
    return made


def _signed(scene: Scene) -> Assessment:
    made = _handed_in(scene)
    at = scene.now - timedelta(hours=45)
    signing.sign_off(assessment=made, reason="The facts bear it out", occurred_at=at, by=scene.manager)
    return made


def _plan(scene: Scene) -> Any:
    """A plan with one step."""
    made = _signed(scene)
    plan = plans.make_plan(
        assessment=made, children=list(made.children.all()), aim="She eats every day",
        made_at=scene.now - timedelta(hours=44), by=scene.worker,
    )  # fmt: skip
    plans.plan_step(plan=plan, **_STEP, by_when=scene.day(30), by=scene.worker)
    return plan


_STEP = {
    "need": "Food on Mondays", "what": "Breakfast club", "whose": "agency", "who": "Ms Obi at the school",
    "sign": "She is not hungry in maths",
}  # fmt: skip


def _step(scene: Scene, *arguments: Any, **other: str) -> Typed:
    return typed(*arguments, **(_STEP | other), **scene.on("by_when", 40))


def _step_changed(scene: Scene) -> Typed:
    plan = _plan(scene)
    told = {"what": WORDS, "reason": "The club has closed"}
    return _step(scene, plan.pk, plan.steps.get().pk, **told, **scene.lately("occurred_at"))


def _reviewed(scene: Scene) -> Typed:
    plan = _plan(scene)
    at = scene.now - timedelta(hours=43)
    plans.sign_off_plan(plan=plan, reason="Each need has an answer", occurred_at=at, by=scene.manager)
    told = {"who_came": "Juno and her mother", "changed": WORDS, "outcome": "continue", "reason": "It works so far"}
    return typed(plan.pk, **told, **scene.lately("occurred_at"))


def _started(scene: Scene, *arguments: Any, children: list[Any]) -> Typed:
    return typed(
        *arguments, kind=kinds_on(today())[0], children=children, purpose=WORDS, expectations="The school tells us what it sees",
        **scene.lately("started_at"),
    )  # fmt: skip


def _on_file(scene: Scene) -> Typed:
    file = scene.case_file()
    return _started(scene, file.pk, children=[child.pk for child in file.children.all()])


def _on_referral(scene: Scene) -> Typed:
    referral = scene.referral()
    return _started(scene, referral.pk, children=[child.pk for child in referral.children.all()])


def _of_child(scene: Scene, **fields: str) -> Typed:
    made = _begun(scene)
    return typed(made.pk, made.children.get().pk, **fields, **scene.lately("occurred_at"))


def _disabled(scene: Scene) -> Typed:
    made = _begun(scene)
    return typed(made.pk, disabled=[made.children.get().pk])


def _corrected(scene: Scene) -> Typed:
    made = _begun(scene)
    seen = _seen(scene, made, alone=False, why_not_alone="Her mother would not leave")
    return typed(
        made.pk, "childseen", seen.pk, seen="on", seen_by="Asha Verma", way="speech", language="English",
        why_not_alone=WORDS, reason="Her aunt was there", **scene.lately("occurred_at"),
    )  # fmt: skip


def _planned(scene: Scene) -> Typed:
    made = _signed(scene)
    return typed(made.pk, children=[made.children.get().pk], aim=WORDS, **scene.lately("made_at"))


def _reason(scene: Scene, pk: int) -> Typed:
    return typed(pk, reason=WORDS, **scene.lately("occurred_at"))


RECIPES: Recipes = {
    "file-assessment": Recipe("worker", _on_file),
    "referral-assessment": Recipe("worker", _on_referral),
    "assessment-disabled": Recipe("worker", _disabled, other="manager", again=False, shows="What it says now"),
    "assessment-write": Recipe("worker", lambda s: typed(_begun(s).pk, "analysis", text=WORDS), other="manager"),
    "assessment-seen": Recipe("worker", lambda s: _of_child(s, seen="no", why_not_seen=WORDS)),
    "assessment-views": Recipe("worker", lambda s: _of_child(s, words=WORDS)),
    "assessment-correct": Recipe("worker", _corrected, other="manager"),
    "assessment-hand-in": Recipe("worker", lambda s: typed(
        _written(s).pk, remark=WORDS, **s.lately("occurred_at")
    ), other="manager", again=False),
    "assessment-sign-off": Recipe("manager", lambda s: _reason(s, _handed_in(s).pk), again=False),
    "assessment-return": Recipe("manager", lambda s: _reason(s, _handed_in(s).pk), again=False),
    "assessment-reopen": Recipe("manager", lambda s: _reason(s, _signed(s).pk), again=False),
    "assessment-plan": Recipe("worker", _planned),
    "needplan-step": Recipe("worker", lambda s: _step(s, _plan(s).pk, what=WORDS)),
    "needplan-step-change": Recipe("worker", _step_changed, other="manager"),
    "needplan-sign-off": Recipe("manager", lambda s: _reason(s, _plan(s).pk), again=False),
    "needplan-review": Recipe("worker", _reviewed, other="manager"),
}  # fmt: skip
