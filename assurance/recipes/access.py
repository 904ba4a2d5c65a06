"""Emergencies, duty, conflicts, restrictions, who else works on a file; addresses; what is owed; the trail."""

from datetime import timedelta
from typing import Any

from assurance.forms import boxes
from assurance.recipes.recipe import WORDS, Recipe, Recipes, Typed, typed
from assurance.scene import Scene
from goldenthread.core.models import Account, TrailEntry
from goldenthread.obligations.models import Obligation
from goldenthread.oversight import conflicts, emergency, relationships, restrictions


def _glass(scene: Scene) -> Typed:
    opened = emergency.break_glass(
        case_file=scene.case_file(), category="danger", reason="The police hold the child", by=scene.stranger
    )
    return typed(opened.pk, finding="right", words=WORDS)


def _shift(scene: Scene) -> Typed:
    shift = relationships.put_on_duty(
        officer=scene.colleague, team=scene.team, starts_at=scene.now, ends_at=scene.now + timedelta(hours=9),
        by=scene.manager,
    )  # fmt: skip
    return typed(shift.pk)


def _conflict(scene: Scene, **fields: str) -> Typed:
    told = conflicts.declare_conflict(
        kind="family", given_names="Kay", family_name="Whitlow", by=scene.leaver(team=scene.team)
    )
    return typed(told.pk, **fields)


def _restricted(scene: Scene) -> Any:
    return restrictions.restrict(
        child=scene.case_file().children.get(), level="restricted", reason="A colleague's family",
        named=[scene.worker, scene.head, scene.director, scene.manager], contact=scene.head, by=scene.head,
    )  # fmt: skip


def _reviewed(scene: Scene) -> Typed:
    named = "\n".join(officer.username for officer in (scene.worker, scene.head, scene.director))
    return typed(_restricted(scene).pk, finding=WORDS, named=named, contact=scene.head.username)


def _restrict(scene: Scene) -> Typed:
    file = scene.case_file()
    named = f"{scene.worker.username}\n{scene.head.username}"
    return typed(
        file.pk,
        child=file.children.get().pk,
        level="restricted",
        reason=WORDS,
        named=named,
        contact=scene.head.username,
    )


def _tie(scene: Scene) -> Typed:
    file = scene.case_file()
    made = relationships.involve(
        case_file=file, officer=scene.colleague, kind="co-worker", reason="Visits with her", by=scene.manager
    )
    return typed(file.pk, made.pk)


def _address(scene: Scene) -> Typed:
    file = scene.case_file()
    return typed(file.pk, file.children.get().pk, lines=WORDS, **scene.on("since", -40))


def _owed(scene: Scene) -> Typed:
    owed = Obligation.objects.open().filter(requirement="referrals.decision", case_file=scene.case_file()).get()
    return typed(owed.pk, reason=WORDS)


def _view(scene: Scene) -> Typed:
    scene.client("worker").get(scene.referral().get_absolute_url())
    entry = TrailEntry.objects.filter(officer=scene.worker.username, deed="read referral").order_by("-pk")[0]
    return typed(Account.objects.create(entry=entry.pk, asked_at=scene.now).pk, needed="yes", answer=WORDS)


RECIPES: Recipes = {
    "emergency": Recipe(
        "stranger", lambda s: typed(reference=s.case_file().reference, category="danger", reason=WORDS)
    ),
    "emergency-review": Recipe("other_manager", _glass),
    "duty-add": Recipe("manager", lambda s: typed(
        officer=s.colleague.pk, team=s.team.key, **boxes("starts_at", s.day(2), "09:00"), **boxes("ends_at", s.day(3), "09:00"),
    )),
    "duty-end": Recipe("manager", _shift),
    "conflict-declare": Recipe("worker", lambda s: typed(kind="family", given_names="Kay", family_name=WORDS)),
    "conflict": Recipe("manager", lambda s: _conflict(s, outcome="arranged", words=WORDS)),
    "conflict-withdraw": Recipe("manager", lambda s: _conflict(s, reason=WORDS)),
    "restriction-review": Recipe("head", _reviewed, other="director"),
    "restriction-lift": Recipe("head", lambda s: typed(_restricted(s).pk, reason=WORDS)),
    "file-involve": Recipe("manager", lambda s: typed(s.case_file().pk, officer=s.colleague.pk, kind="co-worker", reason=WORDS)),
    "involvement-end": Recipe("manager", _tie),
    "file-restrict": Recipe("head", _restrict),
    "address-add": Recipe("worker", _address),
    "excuse": Recipe("manager", _owed, again=False),
    "trail-snooping": Recipe("manager", lambda s: typed(first=s.day(-9), last=s.day(-1))),
    "trail-account": Recipe("manager", _view),
}  # fmt: skip
