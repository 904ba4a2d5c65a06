"""The register, and its check."""

from datetime import timedelta
from typing import Any

from assurance.forms import boxes
from assurance.recipes.recipe import WORDS, Recipe, Recipes, Typed, typed
from assurance.scene import Scene
from goldenthread.core.clock import LONDON
from goldenthread.standards.assessment.register import actions
from goldenthread.standards.assessment.register.checking import Ask, ask_register, decide_check
from goldenthread.standards.assessment.register.models import Shown


def _entry(scene: Scene) -> Any:
    """A child who was entered two days ago."""
    file = scene.case_file()
    return actions.enter_on_register(
        case_file=file, child=file.children.get(), categories=["neglect"], name="Tove Marsh",
        occurred_at=scene.now - timedelta(days=2), by=scene.manager,
    )  # fmt: skip


def _kinds(scene: Scene) -> Typed:
    made = typed(_entry(scene).pk, categories=["physical"], **scene.lately("occurred_at"))
    return Typed(made.arguments, made.fields, {"categories": ["sexual"]})


def _corrected(scene: Scene) -> Typed:
    entry = _entry(scene)
    worker = entry.key_workers.get()
    return typed(
        entry.pk,
        "keyworker",
        worker.pk,
        name=WORDS,
        correction="The minutes",
        **boxes("occurred_at", scene.day(-2), "10:00"),
    )


def _entered(scene: Scene) -> Typed:
    file = scene.case_file()
    child = file.children.get().pk
    return typed(file.pk, child=child, categories=["neglect"], name=WORDS, **scene.lately("occurred_at"))


def _placed(scene: Scene) -> Typed:
    return typed(
        given_names="Wren", family_name="Okafor", sex="F", council="Elsewhere", council_contact=WORDS, name="Tove Marsh",
        categories=["neglect"], team=scene.team.pk, **boxes("occurred_at", scene.day(-30), "10:00"),
        **scene.lately("notified_at"),
    )  # fmt: skip


def _asked(scene: Scene) -> Typed:
    who = {"who-asker": "Sister Bell", "who-agency": "Ward 4", "who-contact": "Switchboard", "who-purpose": WORDS}
    return typed(**who, **{"child-family_name": "Nobody"})


def _asked_of(scene: Scene) -> Typed:
    referral = scene.referral()
    return typed(referral.pk, **{f"c{referral.children.get().pk}-family_name": WORDS})


def _check(scene: Scene) -> tuple[Any, Any]:
    """A check of a referral that shows another child's record: the check, and what it shows."""
    known = scene.case_file().children.get()
    referral = scene.referral()
    ask = Ask(given_names=known.given_names, family_name=known.family_name, child=referral.children.get())
    check = ask_register(asks=[ask], referral=referral, by=scene.worker)
    return check, Shown.objects.get(asked__check_of=check, child=known)


def _decided(scene: Scene, answer: str) -> tuple[Any, Any]:
    check, row = _check(scene)
    rows = Shown.objects.filter(asked__check_of=check)
    answers = {one.pk: "is-not" for one in rows} | {row.pk: answer}
    decide_check(check=check, answers=answers, occurred_at=scene.now, by=scene.worker)
    return check, row


def _check_corrected(scene: Scene) -> Typed:
    check, row = _decided(scene, "is-not")
    others = Shown.objects.filter(asked__check_of=check).exclude(pk=row.pk)
    made = typed(
        check.pk, reason=WORDS, **{f"answer_{one.pk}": "is-not" for one in others}, **{f"answer_{row.pk}": "is"}
    )
    return Typed(made.arguments, made.fields, {f"answer_{row.pk}": "unsure"})


def _unsure(scene: Scene) -> Typed:
    check, _ = _decided(scene, "unsure")
    at = scene.now.astimezone(LONDON)
    return typed(check.referral_id, answer="is", words=WORDS, **boxes("occurred_at", at.date(), f"{at:%H:%M}"))


RECIPES: Recipes = {
    "register-ask": Recipe("worker", _asked),
    "register-placed": Recipe("manager", _placed),
    "register-kinds": Recipe("manager", _kinds),
    "register-worker": Recipe("manager", lambda s: typed(_entry(s).pk, name=WORDS, **s.lately("occurred_at"))),
    "register-end": Recipe("manager", lambda s: typed(
        _entry(s).pk, reason="safer", words=WORDS, **s.lately("occurred_at")
    ), again=False),
    "register-correct": Recipe("manager", _corrected),
    "file-enter": Recipe("manager", _entered),
    "referral-register": Recipe("worker", _asked_of),
    "referral-settle": Recipe("manager", _unsure, again=False),
    "check": Recipe("worker", lambda s: typed(_check(s)[0].pk, do="none")),
    "check-correct": Recipe("worker", _check_corrected, other="manager"),
}  # fmt: skip
