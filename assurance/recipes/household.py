"""The child and the household, what is asked at first contact, and two records of one child."""

from datetime import timedelta
from typing import Any

from assurance.recipes.recipe import WORDS, Recipe, Recipes, Typed, typed
from assurance.scene import Scene
from goldenthread.cases.models import MergedRow
from goldenthread.standards.assessment.household import actions, merging, unmerging


def _known(scene: Scene, child: Any = None, file: Any = None) -> Any:
    """An agency that has to do with a child, two days ago."""
    file = file or scene.case_file()
    return actions.involve_agency(
        case_file=file, child=child or file.children.get(), kind="school", name="Elmbridge Primary",
        what_for="A quiet room at lunch", occurred_at=scene.now - timedelta(days=2), by=scene.worker,
    )  # fmt: skip


def _of(scene: Scene, **fields: Any) -> Typed:
    """What is typed about that agency."""
    file = scene.case_file()
    child = file.children.get()
    return typed(file.pk, child.pk, "agencyinvolved", _known(scene, child, file).pk, **fields)


def _added(scene: Scene) -> Typed:
    file = scene.case_file()
    told = scene.lately("occurred_at")
    return typed(file.pk, file.children.get().pk, "agency", kind="school", name="Elmbridge", what_for=WORDS, **told)


def _amended(scene: Scene) -> Typed:
    file = scene.case_file()
    who = typed(
        file.pk, file.children.get().pk, given_names=WORDS, family_name="Aldergate", sex="F", reason="Her passport",
        **scene.on("date_of_birth", -3000),
    )  # fmt: skip
    return Typed(who.arguments, who.fields, {"reason": WORDS})


def _two(scene: Scene) -> tuple[Any, Any, Any]:
    """A file with two records of one child."""
    file = scene.referral(children=[scene.child(), scene.child()]).case_file
    one, other = file.children.order_by("pk")
    return file, one, other


def _compared(scene: Scene) -> Typed:
    file, one, other = _two(scene)
    return typed(file.pk, one.pk, other.pk, stays=one.pk, why=WORDS, sure="on")


def _merged(scene: Scene) -> tuple[Any, Any]:
    file, one, other = _two(scene)
    return file, merging.merge(kept=one, merged=other, why="The same birth certificate", by=scene.manager)


def _taken_back(scene: Scene) -> Typed:
    file, made = _merged(scene)
    return typed(file.pk, made.pk, reason=WORDS)


def _to_settle(scene: Scene) -> Typed:
    file, made = _merged(scene)
    known = _known(scene, made.kept, file)
    unmerging.take_merge_back(merge=made, reason="They are sisters", by=scene.manager)
    row = MergedRow.objects.get(merge=made, what=MergedRow.What.SINCE, model=known._meta.label_lower)
    return typed(file.pk, made.pk, row.pk, belongs="merged")


def _language(scene: Scene) -> Typed:
    referral = scene.referral()
    children = [child.pk for child in referral.children.all()]
    told = {"answer": "told", "first": "other", "first_other": WORDS, "interpreter": "no"}
    return typed(referral.pk, children=children, **told, **scene.lately("occurred_at"))


RECIPES: Recipes = {
    "child-add": Recipe("worker", _added),
    "child-amend": Recipe("worker", _amended, other="manager"),
    "child-correct": Recipe("worker", lambda s: _of(
        s, kind="school", name="Elmbridge", what_for=WORDS, reason="Misheard", **s.lately("occurred_at")
    ), other="manager"),
    "child-end": Recipe("worker", lambda s: _of(s, **s.on("until", -1))),
    "child-merge": Recipe("manager", _compared, again=False),
    "child-unmerge": Recipe("manager", _taken_back),
    "child-settle": Recipe("manager", _to_settle),
    "referral-language": Recipe("worker", _language),
}  # fmt: skip
