"""What can be done on a referral from its page: each a form, a verb and a button."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models

from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.core.versions import Standing
from goldenthread.obligations.handover import hand_over
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.referrals import actions, onward, standing, unmet_need
from goldenthread.standards.referrals import forms as boxes
from goldenthread.standards.referrals.models import OnwardReferral, Referral, UnmetNeed

Target = models.Model | None
Verb = Callable[..., object]


@dataclass(frozen=True, slots=True)
class Deed:
    """One of them. settles: the requirements that it answers; target: what it is done on, where not the referral itself; standing: what it changes,
    where somebody else may change it meanwhile."""

    key: str
    title: str
    button: str
    done: str
    form: type[forms.Form]
    verb: Verb
    settles: tuple[str, ...] = ()
    permission: Permission = Permission.RECORD_REFERRALS
    target: type[models.Model] | None = None
    about: str = ""
    standing: Callable[[Referral], Standing] | None = None

    @property
    def url_name(self) -> str:
        """The name of its page."""
        return f"referral-{self.key}"


def _on_referral(verb: Verb) -> Verb:
    def do(referral: Referral, target: Target, by: Officer, token: str, given: dict[str, Any]) -> object:
        return verb(referral=referral, by=by, token=token, **given)

    return do


def _on_target(verb: Verb, name: str) -> Verb:
    def do(referral: Referral, target: Target, by: Officer, token: str, given: dict[str, Any]) -> object:
        return verb(by=by, token=token, **{name: target}, **given)

    return do


def _assign(referral: Referral, target: Target, by: Officer, token: str, given: dict[str, Any]) -> object:
    worker, team = given["worker"], given["team"]
    if worker is not None and worker.team_id != team.pk:
        raise Refused(f"{worker.name} is not in {team}: choose the worker's own team.")
    return hand_over(case_file=referral.case_file, team=team, worker=worker, since_at=given["since_at"], by=by)


DEEDS: tuple[Deed, ...] = (
    Deed(
        "confirm", "Written confirmation received", "Record receipt", "The written confirmation is recorded.",
        boxes.WrittenForm, _on_referral(actions.confirm_in_writing), ("referrals.written-confirmation",),
    ),
    Deed(
        "acknowledge", "Tell the referrer that we have it", "Record acknowledgement", "The acknowledgement is recorded.",
        boxes.AcknowledgeForm, _on_referral(actions.acknowledge), ("referrals.acknowledgement",),
    ),
    Deed(
        "decide", "Decide what happens", "Record decision", "The decision is recorded.",
        boxes.DecisionForm, _on_referral(actions.decide), ("referrals.decision",), Permission.DECIDE_REFERRALS,
        standing=standing.of_decisions,
    ),
    Deed(
        "offence", "May this be an offence?", "Record answer", "The answer is recorded.",
        boxes.OffenceDeedForm, _on_referral(actions.consider_offence), ("referrals.offence-considered",),
    ),
    Deed(
        "police", "Advise the police", "Record advice", "What was said to the police is recorded.",
        boxes.PoliceForm, _on_referral(actions.advise_police), ("referrals.police-advised",),
    ),
    Deed(
        "onward", "Refer to another agency", "Record onward referral", "The onward referral is recorded.",
        boxes.OnwardForm, _on_referral(onward.refer_onward),
    ),
    Deed(
        "told", "Tell the police of an onward referral", "Record that they were told", "It is recorded that the police were told.",
        boxes.PoliceToldForm, _on_target(onward.tell_police_of_onward, "onward"), ("referrals.police-told-onward",),
        target=OnwardReferral,
    ),
    Deed(
        "response", "Record the agency's answer", "Record answer", "The answer is recorded.",
        boxes.ResponseForm, _on_target(onward.record_response, "onward"), ("referrals.onward-response",),
        target=OnwardReferral,
    ),
    Deed(
        "met", "A need was met", "Record that it was met", "The need is recorded as met.",
        boxes.MetForm, _on_target(unmet_need.meet_need, "need"), target=UnmetNeed,
    ),
    Deed(
        "assign", "Assign or hand over", "Save", "The case file is with whoever you chose.",
        boxes.AssignForm, _assign, permission=Permission.DECIDE_REFERRALS, standing=standing.of_holding,
    ),
    Deed(
        "chase", "Ask the agency to write", "Keep this chaser", "The chaser is kept. Copy it from the list of chasers to send it.",
        boxes.ChaserForm, _on_referral(onward.draft_chaser),
    ),
)  # fmt: skip
BY_KEY = {deed.key: deed for deed in DEEDS}
SETTLED_BY = {requirement: deed for deed in DEEDS for requirement in deed.settles}


def initial(deed: Deed, referral: Referral, by: Officer) -> dict[str, Any]:
    """What the form begins with: now for its times, and the draft of a letter."""
    fields = deed.form.base_fields
    begun: dict[str, Any] = {
        name: now() for name in ("occurred_at", "received_at", "made_at", "met_at", "since_at") if name in fields
    }
    if deed.key == "chase":
        begun["words"] = onward.chaser_words(referral, by)
    if deed.key == "assign":
        begun |= {"team": referral.case_file.team_id, "worker": referral.case_file.worker_id}
    return begun
