"""Referrals, and what is done on them."""

import uuid
from datetime import timedelta
from typing import Any

from django.urls import reverse

from assurance.forms import boxes
from assurance.recipes.recipe import WORDS, Recipe, Recipes, Typed, typed
from assurance.scene import Scene
from goldenthread.standards.referrals import actions, onward, unmet_need
from goldenthread.standards.referrals.models import Chaser
from goldenthread.standards.referrals.unmet_need import NeedItem


def _begun(scene: Scene) -> uuid.UUID:
    """A draft of a referral with everything in it that it needs."""
    uid = uuid.uuid4()

    def step(key: str, **fields: str) -> None:
        scene.send("manager", reverse("referral-step", args=[uid, key]), **fields)

    step("referrer", **{
        "referrer-route": "phone", "referrer-agency_kind": "school", "referrer-agency_name": "Elmbridge Primary",
        "referrer-referrer_name": "Rosa Whitcombe", **scene.lately("referrer-received_at"),
    })  # fmt: skip
    step("children", **{
        "do": "new", "new-given_names": "Juno", "new-family_name": f"Aldergate{uid.hex[:6]}", "new-sex": "F",
    })  # fmt: skip
    step("concern", **{"concern-concern": "Bruises on both arms, and a story that changes"})
    step("offence", **{"offence-answer": "no", "offence-why": "A fall that three people saw"})
    step("decision", **{"decision-what": "later", **scene.lately("decision-occurred_at")})
    step("acknowledgement", **{"acknowledgement-how": "later", **scene.lately("acknowledgement-occurred_at")})
    return uid


def _sent(scene: Scene) -> Any:
    """An onward referral where there may be an offence."""
    referral = scene.referral()
    at = scene.now - timedelta(days=2)
    actions.consider_offence(referral=referral, answer="yes", occurred_at=at, by=scene.worker)
    return onward.refer_onward(
        referral=referral, agency_kind="health", agency_name="Elmbridge Surgery", purpose="Weigh and measure her this week",
        made_at=at, by=scene.worker,
    )  # fmt: skip


def _need(scene: Scene) -> Typed:
    decision = scene.decision()
    answer = unmet_need.answer_unmet_need(
        decision=decision, needs=[NeedItem("housing", "A home with a bath", "cost")], by=scene.worker,
        occurred_at=scene.now - timedelta(days=2),
    )  # fmt: skip
    return typed(decision.referral_id, answer.needs.get().pk, how=WORDS, **scene.lately("met_at"))


def _told(scene: Scene, **fields: str) -> Typed:
    sent = _sent(scene)
    return typed(sent.referral_id, sent.pk, **fields, **scene.lately("occurred_at"))


def _corrected(scene: Scene) -> Typed:
    decision = scene.decision()
    return Typed(
        (decision.referral_id, "decision", decision.pk),
        {"what": "assessment", "reason": WORDS, **scene.lately("occurred_at")},
        {"what": "no-further-action"},
    )


def _amended(scene: Scene) -> Typed:
    referral = scene.referral()
    return typed(
        referral.pk, route="phone", referrer_name="Rosa Whitcombe", referrer_contact="", concern=WORDS,
        reason="It was taken down in haste", **boxes("received_at", scene.day(-4), "09:00"),
    )  # fmt: skip


def _unmet(scene: Scene) -> Typed:
    decision = scene.decision()
    return typed(decision.referral_id, decision.pk, do="nothing")


def _to_chase(scene: Scene) -> Typed:
    drafted = -1
    while Chaser.objects.count() > drafted:  # what was due before: so many are drafted at a time
        drafted = Chaser.objects.count()
        scene.send("worker", reverse("referral-chasers"))
    scene.referral()
    return typed()


def _started(scene: Scene) -> Typed:
    begun = scene.day(-70).replace(day=1)
    unmet_need.start_report_cycle(started_on=begun, officer=scene.head, by=scene.head)
    return typed(month=f"{begun:%Y-%m}", recipients=["chief-executive"], **boxes("sent_at", scene.day(0), "00:01"))


RECIPES: Recipes = {
    "referral-step": Recipe("manager", lambda s: typed(uuid.uuid4(), "concern", **{"concern-concern": WORDS})),
    "referral-check": Recipe("manager", lambda s: typed(_begun(s))),
    "referral-discard": Recipe("manager", lambda s: typed(_begun(s), sure="yes")),
    "referral-amend": Recipe("worker", _amended, other="manager"),
    "referral-correct": Recipe("manager", _corrected),
    "referral-assign": Recipe("manager", lambda s: typed(
        s.referral().pk, team=s.team.pk, worker=s.colleague.pk, **s.lately("since_at")
    ), again=False),
    "referral-decide": Recipe("manager", lambda s: typed(s.referral().pk, what="assessment", reason=WORDS, **s.lately("occurred_at"))),
    "referral-unmet": Recipe("worker", _unmet),
    "referral-confirm": Recipe("worker", lambda s: typed(s.referral().pk, how="letter", **s.lately("received_at"))),
    "referral-acknowledge": Recipe("worker", lambda s: typed(s.referral().pk, how="phone", **s.lately("occurred_at"))),
    "referral-offence": Recipe("worker", lambda s: typed(s.referral().pk, answer="no", why=WORDS, **s.lately("occurred_at"))),
    "referral-police": Recipe("worker", lambda s: typed(_sent(s).referral_id, answer="not-yet", why=WORDS, **s.lately("occurred_at"))),
    "referral-onward": Recipe("worker", lambda s: typed(
        s.referral().pk, agency_kind="school", agency_name="Elmbridge Primary", purpose=WORDS, **s.lately("made_at")
    )),
    "referral-told": Recipe("worker", lambda s: _told(s, told="Desk sergeant")),
    "referral-response": Recipe("worker", lambda s: _told(s, answer="more-asked", words=WORDS)),
    "referral-met": Recipe("worker", _need),
    "referral-chase": Recipe("worker", lambda s: typed(s.referral().pk, words=WORDS)),
    "referral-chasers": Recipe("worker", lambda s: _to_chase(s)),
    "unmet-need-start": Recipe("head", lambda s: typed(), single=True),
    "unmet-need-sent": Recipe("head", _started, single=True),
}  # fmt: skip
