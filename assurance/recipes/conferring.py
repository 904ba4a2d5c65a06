"""Conferences, reviews and core groups, and children who are looked after."""

from datetime import timedelta
from typing import Any

from assurance.forms import boxes
from assurance.recipes.recipe import WORDS, Recipe, Recipes, Typed, typed
from assurance.scene import Scene
from goldenthread.standards.allocation.conferring import actions, care, holding
from goldenthread.standards.allocation.conferring.course import invitees
from goldenthread.standards.allocation.conferring.models import LookedAfter, Meeting

_SHOULD = (
    actions.Should("social-care", "Social worker", "Asha Verma"),
    actions.Should("school", "Head teacher", "Rosa Whitcombe"),
)


def _convened(scene: Scene) -> Meeting:
    """A planning meeting that was convened two days ago, for yesterday."""
    file = scene.case_file()
    return actions.convene(
        case_file=file, kind="child-in-need", children=list(file.children.all()), place="Town Hall, room 4",
        planned_for=scene.now - timedelta(hours=30), chair=scene.worker, should_come=_SHOULD,
        convened_at=scene.now - timedelta(hours=48), by=scene.worker,
    )  # fmt: skip


def _people(meeting: Meeting) -> list[int]:
    return [one.first.pk for one in invitees(meeting)]


def _held(scene: Scene) -> Meeting:
    """One that was held, of which nobody has said who came."""
    made = _convened(scene)
    holding.hold_meeting(
        meeting=made,
        words="Who does what until the summer",
        occurred_at=scene.now - timedelta(hours=30),
        by=scene.worker,
    )
    return made


def _convene(scene: Scene) -> Typed:
    file = scene.case_file()
    return typed(
        file.pk, kind="child-in-need", children=[file.children.get().pk], place=WORDS, chair=scene.worker.pk,
        should_come=["worker", "usual-school"], **boxes("planned_for", scene.day(9), "14:00"),
        **scene.lately("convened_at"),
    )  # fmt: skip


def _hold(scene: Scene) -> Typed:
    made = _convened(scene)
    there = {f"there_{pk}": "came" for pk in _people(made)}
    return typed(made.pk, words=WORDS, **there, **scene.lately("occurred_at"))


def _invite(scene: Scene) -> Typed:
    made = _convened(scene)
    return typed(made.pk, invitees=_people(made), how="letter", **scene.lately("occurred_at"))


def _answer(scene: Scene) -> Typed:
    made = _convened(scene)
    return typed(made.pk, invitee=_people(made)[1], answer="apologies", instead=WORDS, **scene.lately("occurred_at"))


def _report(scene: Scene) -> Typed:
    made = _convened(scene)
    return typed(made.pk, invitees=_people(made), step="received", words=WORDS, **scene.lately("occurred_at"))


def _came(scene: Scene) -> Typed:
    made = _held(scene)
    return typed(made.pk, **{f"there_{pk}": "came" for pk in _people(made)})


def _correct(scene: Scene) -> Typed:
    made = _held(scene)
    decided = holding.record_decision(meeting=made, what="See her weekly", who="Asha", by=scene.worker)
    return typed(made.pk, "meetingdecision", decided.pk, what=WORDS, who="Asha", reason="It was every second week")


def _looked_after(scene: Scene) -> LookedAfter:
    file = scene.case_file()
    return care.look_after(
        case_file=file, child=file.children.get(), basis="agreed", occurred_at=scene.now - timedelta(hours=48),
        by=scene.worker,
    )  # fmt: skip


def _care(scene: Scene) -> Typed:
    file = scene.case_file()
    return typed(file.pk, child=file.children.get().pk, basis="agreed", **scene.lately("occurred_at"))


def _care_corrected(scene: Scene) -> Typed:
    made = _looked_after(scene)
    told = typed(made.pk, "lookedafter", made.pk, basis="interim", reason=WORDS, **scene.lately("occurred_at"))
    return Typed(told.arguments, told.fields, {"basis": "care-order"})


def _on(make: Any, **fields: Any) -> Any:
    return lambda scene: typed(make(scene).pk, **fields)


RECIPES: Recipes = {
    "file-meeting": Recipe("worker", _convene),
    "meeting-held": Recipe("worker", _hold),
    "meeting-invite": Recipe("worker", _invite),
    "meeting-answer": Recipe("worker", _answer),
    "meeting-report": Recipe("worker", _report),
    "meeting-invitee": Recipe("worker", lambda s: typed(
        _convened(s).pk, agency="housing", role=WORDS, **s.lately("occurred_at")
    )),
    "meeting-move": Recipe("worker", lambda s: typed(
        _convened(s).pk, what="put-off", why="family", words=WORDS, **boxes("new_at", s.day(9), "14:00"),
        **s.lately("occurred_at"),
    )),
    "meeting-attendance": Recipe("worker", _came),
    "meeting-part": Recipe("worker", _on(_held, how="came", words=WORDS)),
    "meeting-decision": Recipe("worker", _on(_held, what=WORDS, who="Asha Verma")),
    "meeting-dissent": Recipe("worker", _on(_held, who="Her father", why=WORDS)),
    "meeting-sent": Recipe("worker", lambda s: typed(
        _held(s).pk, what="minutes", to=WORDS, **s.lately("occurred_at")
    )),
    "meeting-correct": Recipe("worker", _correct, other="manager"),
    "file-care": Recipe("worker", _care),
    "care-end": Recipe("worker", lambda s: typed(
        _looked_after(s).pk, reason="home", words=WORDS, **s.lately("occurred_at")
    )),
    "care-correct": Recipe("worker", _care_corrected, other="manager"),
}  # fmt: skip
