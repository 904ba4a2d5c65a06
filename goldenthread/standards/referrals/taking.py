"""A referral while it is being taken: one draft, filled step by step, and recorded at the end in one transaction.

The draft holds what was typed, field by field under each step's own prefix, so that it is shown and checked again by
the same forms. It is the officer's own, and lasts as drafts last.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import QueryDict

from goldenthread.cases.actions import record_other_name
from goldenthread.cases.models import CaseFile, Child, OtherName
from goldenthread.cases.sight import closed_children
from goldenthread.core.clock import now
from goldenthread.core.drafts import Words, drop_draft, load_draft, save_draft
from goldenthread.core.errors import Refused
from goldenthread.core.models import Draft
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.referrals import actions
from goldenthread.standards.referrals.choices import AgencyKind, OffenceAnswer
from goldenthread.standards.referrals.forms import (
    AcknowledgeStepForm,
    ChildForm,
    ConcernForm,
    DecisionStepForm,
    FileForm,
    NeedForm,
    OffenceForm,
    PoliceForm,
    ReferrerForm,
)
from goldenthread.standards.referrals.models import Referral
from goldenthread.standards.referrals.unmet_need import NeedItem, answer_unmet_need

PREFIX = "referral:"


@dataclass(frozen=True, slots=True)
class Step:
    """One page of taking a referral."""

    key: str
    title: str
    form: type[forms.Form] | None = None


STEPS: tuple[Step, ...] = (
    Step("referrer", "Who is referring", ReferrerForm),
    Step("children", "Which children"),
    Step("file", "Case file", FileForm),
    Step("concern", "The concern", ConcernForm),
    Step("offence", "Possible offence", OffenceForm),
    Step("police", "Advice to the police", PoliceForm),
    Step("decision", "Decision", DecisionStepForm),
    Step("unmet", "Unmet need"),
    Step("acknowledgement", "Acknowledgement", AcknowledgeStepForm),
)
BY_KEY = {step.key: step for step in STEPS}


def as_query(words: Words) -> QueryDict:
    """Kept words as if they were posted."""
    query = QueryDict(mutable=True)
    for name, values in words.items():
        query.setlist(name, values)
    return query


@dataclass
class Taking:
    """One referral being taken by one officer."""

    officer: Officer
    uid: UUID
    words: Words = field(default_factory=dict)

    @classmethod
    def load(cls, officer: Officer, uid: UUID) -> "Taking":
        """What was kept of it; empty when it is new."""
        return cls(officer, uid, load_draft(officer, f"{PREFIX}{uid}") or {})

    @property
    def key(self) -> str:
        """The draft's name."""
        return f"{PREFIX}{self.uid}"

    def save(self) -> None:
        """Keep it."""
        save_draft(self.officer, self.key, self.words)

    def keep_step(self, step: str, words: Words) -> None:
        """Put a step's words in place of what was kept of it."""
        self.words = {n: v for n, v in self.words.items() if not n.startswith(f"{step}-")}
        self.words |= {n: v for n, v in words.items() if n.startswith(f"{step}-")}
        self.save()

    def value(self, name: str) -> str:
        """One kept word, or nothing."""
        return (self.words.get(name) or [""])[0]

    def form(self, step: Step, data: QueryDict | None = None) -> forms.Form:
        """The step's form: bound to what was posted, or else showing what was kept."""
        assert step.form is not None  # noqa: S101 (only steps with a form are asked)
        options: dict[str, Any] = {"files": self.files()} if step.form is FileForm else {}
        made = step.form(data, prefix=step.key, **options)
        if step.key != "referrer" and (received := self._received()):
            made.began = received  # type: ignore[attr-defined]
        if data is None:
            made.initial.update({name: now() for name in ("received_at", "occurred_at") if name in made.fields})
            self._show_kept(made, step)
        return made

    def _show_kept(self, form: forms.Form, step: Step) -> None:
        if any(name.startswith(f"{step.key}-") for name in self.words):
            kept = as_query(self.words)
            for name, field in form.fields.items():
                form.initial[name] = field.widget.value_from_datadict(kept, {}, form.add_prefix(name))

    def checked(self, step: Step) -> forms.Form:
        """The step's form bound to what was kept, and checked."""
        form = self.form(step, as_query(self.words))
        form.is_valid()
        return form

    def _received(self) -> datetime | None:
        form = ReferrerForm(as_query(self.words), prefix="referrer")
        form.is_valid()
        found = form.cleaned_data.get("received_at")
        return found if isinstance(found, datetime) else None

    def _known(self) -> list[int]:
        """The records that stand now for those that were chosen: one may have been merged since."""
        ids = {int(pk) for pk in self.words.get("children-known", []) if pk.isdigit()}
        return sorted({child.current().pk for child in Child.every.filter(pk__in=ids)})

    def children(self) -> list[Child]:
        """The children found by name and chosen."""
        ids = self._known()
        restricted, known = closed_children(self.officer) if ids else ({}, set())
        return list(Child.objects.filter(pk__in=set(ids) - restricted.keys() - known))

    def new_children(self) -> list[dict[str, Any]]:
        """The children not known before, as their form cleaned them."""
        found = []
        for kept in self.words.get("children-new", []):
            form = ChildForm(as_query(json.loads(kept)), prefix="new")
            if form.is_valid():
                found.append(form.cleaned_data)
        return found

    def files(self) -> list[CaseFile]:
        """The open case files of the chosen children that this officer may open."""
        ids = self._known()
        found = CaseFile.objects.visible_to(self.officer).filter(children__in=ids, closed_at=None).distinct()
        return list(found.select_related("team", "worker").order_by("-opened_at"))

    def steps(self) -> list[Step]:
        """The steps that this referral needs, as far as is known."""
        left_out = set()
        if not self.files():
            left_out.add("file")
        if self.value("offence-answer") != OffenceAnswer.YES:
            left_out.add("police")
        if not self.officer.may(Permission.DECIDE_REFERRALS):
            left_out |= {"decision", "unmet"}
        if self.value("decision-what") in {"", "later"}:
            left_out.add("unmet")
        if self.value("referrer-agency_kind") == AgencyKind.ANONYMOUS:
            left_out.add("acknowledgement")
        return [step for step in STEPS if step.key not in left_out]

    def is_done(self, step: Step) -> bool:
        """Whether a step can be recorded as it stands."""
        if step.key == "children":
            return bool(self.children() or self.new_children())
        if step.key == "unmet":
            return self.value("unmet-answer") in {"nothing", "later"} or bool(needs_from(self.words))
        return self.checked(step).is_valid()

    def after(self, key: str) -> Step | None:
        """The next step after one that still has to be answered, or else an earlier one; None: check your answers."""
        order = [step.key for step in STEPS]
        left = self.unfinished()
        return next((s for s in left if order.index(s.key) > order.index(key)), left[0] if left else None)

    def recorded(self) -> Referral | None:
        """The referral that this draft became, where it was recorded already."""
        return Referral.objects.filter(token=self.uid.hex, by=self.officer).first()

    def unfinished(self) -> list[Step]:
        """What is still to be filled in."""
        return [step for step in self.steps() if not self.is_done(step)]

    def drop(self) -> None:
        """Forget the draft, and what was kept of each page while it was typed."""
        drop_draft(self.officer, self.key)
        Draft.objects.filter(officer=self.officer.get_username(), form__contains=str(self.uid)).delete()


def needs_from(words: Words) -> list[NeedItem]:
    """The needs that were added to a list of unmet need, as their form cleaned them."""
    found = []
    for kept in words.get("unmet-items", []):
        form = NeedForm(as_query(json.loads(kept)), prefix="need")
        if form.is_valid():
            found.append(need_item(form.cleaned_data))
    return found


def need_item(cleaned: dict[str, Any]) -> NeedItem:
    """A cleaned form as the verb takes it."""
    quantity = cleaned["quantity"]
    return NeedItem(
        cleaned["need"],
        cleaned["needed"],
        cleaned["why"],
        cleaned["offered"],
        Decimal(quantity) if quantity is not None else None,
        cleaned["unit"],
        cleaned["since"],
    )


def _cleaned(taking: Taking, steps: Sequence[Step]) -> dict[str, dict[str, Any]]:
    return {step.key: taking.checked(step).cleaned_data for step in steps if step.form is not None}


def _keep_names(taking: Taking, referral: Referral) -> None:
    """The names that the referrer gave for children who are recorded under another, where the officer chose to keep them."""
    for child in referral.children.all():
        called = taking.value(f"children-called-{child.pk}").split()
        if not called:
            continue
        *given, family = called
        try:
            record_other_name(
                case_file=referral.case_file, child=child, kind=OtherName.Kind.ALIAS,
                given_names=" ".join(given) or family, family_name=family if given else "", by=taking.officer,
            )  # fmt: skip
        except Refused:
            continue  # it is recorded already


@transaction.atomic
def record(taking: Taking) -> Referral:
    """Record the referral and all that was answered about it, or nothing. The same draft twice records it once.

    Raises Refused where a step is unfinished or a verb refuses.
    """
    by, token = taking.officer, taking.uid.hex
    if before := taking.recorded():
        return before
    if unfinished := taking.unfinished():
        raise Refused(f"“{unfinished[0].title}” is not finished yet.")
    steps = taking.steps()
    said = _cleaned(taking, steps)
    children = taking.children()
    children += [actions.record_child(**new, by=by) for new in taking.new_children()]
    chosen = said.get("file", {}).get("case_file", "new")
    referral = actions.take_referral(
        **said["referrer"],
        children=children,
        concern=said["concern"]["concern"],
        case_file=None if chosen == "new" else next(f for f in taking.files() if str(f.pk) == chosen),
        worker=by if chosen == "new" else None,
        by=by,
        token=token,
    )
    _keep_names(taking, referral)
    actions.consider_offence(referral=referral, **said["offence"], occurred_at=now(), by=by)
    if "police" in said:
        actions.advise_police(referral=referral, **said["police"], by=by)
    if said.get("decision", {}).get("what", "later") != "later":
        decision = actions.decide(referral=referral, **said["decision"], by=by)
        if taking.value("unmet-answer") != "later":
            answer_unmet_need(decision=decision, needs=needs_from(taking.words), occurred_at=now(), by=by)
    if said.get("acknowledgement", {}).get("how", "later") != "later":
        actions.acknowledge(referral=referral, **said["acknowledgement"], by=by)
    taking.drop()
    return referral


@dataclass(frozen=True, slots=True)
class Begun:
    """A referral that an officer began to take."""

    uid: str
    saved_at: datetime
    referrer: str
    number_of_children: int


def begun_by(officer: Officer) -> list[Begun]:
    """The officer's referrals that are begun and not recorded, latest first."""
    found = []
    for draft in Draft.objects.filter(officer=officer.get_username(), form__startswith=PREFIX).order_by("-saved_at"):
        words: Words = draft.data
        first = {name: values[0] for name, values in words.items() if values}
        referrer = first.get("referrer-agency_name") or first.get("referrer-referrer_name") or "someone not named yet"
        number = len(words.get("children-known", [])) + len(words.get("children-new", []))
        found.append(Begun(draft.form.removeprefix(PREFIX), draft.saved_at, referrer, number))
    return found
