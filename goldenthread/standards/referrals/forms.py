"""The forms of taking a referral and of what is done about it. Field names are those of the verbs."""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms

from goldenthread.cases.models import CaseFile, Child
from goldenthread.core.boxes import line, moment, picker, radios, words
from goldenthread.core.errors import Refused
from goldenthread.core.fields import DayField
from goldenthread.people.models import Officer, Team
from goldenthread.standards.referrals import rules
from goldenthread.standards.referrals.choices import (
    WRITTEN_WAYS,
    AgencyKind,
    DecisionKind,
    Need,
    OffenceAnswer,
    PoliceAnswer,
    QuantityUnit,
    ResponseKind,
    Route,
    WhyUnmet,
)


class Checked(forms.Form):
    """A form that asks the verbs' own rules about what was typed, so that the answer stands beside the box."""

    began: datetime | None = None  # when the referral was received, where it is known

    def holds(self, field: str, check: Callable[..., None], *given: Any, **more: Any) -> None:
        """Put what a rule refuses beside its field."""
        if field in self.errors:
            return
        try:
            check(*given, **more)
        except Refused as refusal:
            self.add_error(field, str(refusal))

    def after_referral(self, field: str, what: str) -> None:
        """The time in this field is not before the referral."""
        at = self.cleaned_data.get(field)
        if at and self.began:
            self.holds(field, rules.check_time, at, what, after=self.began, after_what="the referral was received")


class ReferrerForm(Checked):
    """Who refers, how and when."""

    mark_optional = False
    route = radios("How did it reach us?", Route.choices)
    received_at = moment("When was it received?")
    agency_kind = picker("Who is referring?", AgencyKind.choices)
    agency_name = line(
        "Name of the agency", "Which school, surgery or station. Leave this empty for a private person.", required=False
    )
    referrer_name = line("Name of the person", "Leave this empty only if they are anonymous.", required=False)
    referrer_contact = line("How to reach them (optional)", "Phone, e-mail or address", required=False, length=200)

    def clean(self) -> None:
        """An agency is named, and a person unless anonymous."""
        given = self.cleaned_data
        if (kind := given.get("agency_kind")) is None:
            return
        agency, person = given.get("agency_name", ""), given.get("referrer_name", "")
        self.holds("agency_name", rules.check_referrer, kind, agency, "somebody")
        self.holds("referrer_name", rules.check_referrer, kind, "somewhere", person)


class SearchForm(forms.Form):
    """Looking for a child by name."""

    mark_optional = False
    name = line("Name of the child", "Part of a name will do. Names spelled nearly the same are found too.")
    born = DayField(label="Date of birth, if you know it", required=False, past=True)


class ChildForm(forms.Form):
    """A child not known before."""

    mark_optional = False
    given_names = line(
        "Given names", "For an unborn child, leave this empty. One name at least is needed.", required=False
    )
    family_name = line("Family name", required=False)
    date_of_birth = DayField(
        label="Date of birth (optional)",
        help_text="For an unborn child, the expected date. For example, 27 3 1998",
        required=False,
    )
    birth_date_is_estimate = forms.BooleanField(label="The date of birth is a guess", required=False)
    sex = radios("Sex", Child.Sex.choices)

    def clean(self) -> None:
        """One name at least."""
        if not (self.cleaned_data.get("given_names") or self.cleaned_data.get("family_name")):
            self.add_error("family_name", "Enter at least one name")


class FileForm(forms.Form):
    """The case file that the referral goes on."""

    case_file = radios("Which case file does this go on?", [])

    def __init__(self, *args: Any, files: Sequence[CaseFile] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["case_file"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
        field.choices = [
            *[(str(f.pk), f"{f.reference}, held by {f.team}" + (f" ({f.worker})" if f.worker else "")) for f in files],
            ("new", "A new case file in my team"),
        ]


class ConcernForm(Checked):
    """What the referrer is worried about."""

    concern = words(
        "What is the concern?",
        "In the referrer's words as far as you can: what was seen or said, by whom, when, and where the child is now.",
        rows=10,
    )

    def clean(self) -> None:
        """It says something."""
        self.holds("concern", rules.check_words, self.cleaned_data.get("concern", ""), "what the concern is")


class OffenceForm(Checked):
    """May this be an offence against a child?"""

    mark_optional = False
    answer = radios("May this be a criminal offence against a child?", OffenceAnswer.choices)
    why = words(
        "If “no” or “not known yet”: why?", "What you know, and what you still have to find out", required=False
    )

    def clean(self) -> None:
        """“No” and “not known yet” say why."""
        given = self.cleaned_data
        if answer := given.get("answer"):
            self.holds("why", rules.check_offence_view, answer, given.get("why", ""))


class OffenceDeedForm(OffenceForm):
    """The same, with when it was thought so."""

    occurred_at = moment("When did you come to this view?")

    def clean(self) -> None:
        """Not before the referral."""
        super().clean()
        self.after_referral("occurred_at", "the answer")


class PoliceForm(Checked):
    """Advising the police: whom, when and the reference; or why not yet."""

    mark_optional = False
    answer = radios(
        "Have the police been advised?", PoliceAnswer.choices, "If not yet, it stays owed until they have been."
    )
    occurred_at = moment("When was that?", "When they were advised or, if not yet, the time now")
    advised = line("If advised: who was told?", "Name, rank and unit", required=False)
    police_reference = line("If advised: police reference", "Or the officer's number", required=False, length=80)
    why = words("If not yet: why?", "What is in the way, and what you will do next", required=False)

    def clean(self) -> None:
        """One answer or the other, in full: never silence."""
        given = self.cleaned_data
        if (answer := given.get("answer")) == PoliceAnswer.ADVISED:
            self.holds("advised", rules.check_words, given.get("advised", ""), "who was advised")
            if not given.get("police_reference"):
                self.add_error("police_reference", "Enter the reference that the police gave, or the officer's number")
        elif answer:
            self.holds("why", rules.check_words, given.get("why", ""), "why the police have not been advised yet")
        self.after_referral("occurred_at", "the advice")


class DecisionForm(Checked):
    """What is to happen, and why."""

    what = radios("What is to happen?", DecisionKind.choices)
    reason = words("Why?", "So that someone else can see how you came to it.")
    occurred_at = moment("When was it decided?")

    def clean(self) -> None:
        """The reason says something."""
        self.holds("reason", rules.check_words, self.cleaned_data.get("reason", ""), "the reason for the decision")
        self.after_referral("occurred_at", "the decision")


class DecisionStepForm(Checked):
    """The same while taking the referral, when it may not be decided yet."""

    mark_optional = False
    what = radios("What is to happen?", [*DecisionKind.choices, ("later", "Not decided yet")])
    reason = words(
        "Why?", "So that someone else can see how you came to it. Not needed if it is not decided yet.", required=False
    )
    occurred_at = moment("When was it decided?")

    def clean(self) -> None:
        """A decision has a reason."""
        given = self.cleaned_data
        if given.get("what", "later") != "later":
            self.holds("reason", rules.check_words, given.get("reason", ""), "the reason for the decision")
            self.after_referral("occurred_at", "the decision")


class AcknowledgeForm(Checked):
    """The referrer was told."""

    how = radios("How was the referrer told?", Route.choices)
    occurred_at = moment("When were they told?")

    def clean(self) -> None:
        """Not before the referral."""
        self.after_referral("occurred_at", "the acknowledgement")


class AcknowledgeStepForm(AcknowledgeForm):
    """The same while taking the referral, when they may not have been told yet."""

    how = radios("How was the referrer told?", [*Route.choices, ("later", "Not told yet")])


class WrittenForm(Checked):
    """The writing arrived."""

    how = radios("How did it come?", WRITTEN_WAYS)
    received_at = moment("When was it received?")


class OnwardForm(Checked):
    """A referral to another agency."""

    agency_kind = picker("What kind of agency is it?", AgencyKind.choices)
    agency_name = line("Name of the agency")
    purpose = words("What is the agency asked to do?", "What you want them to do for the child, and by when.")
    made_at = moment("When was it made?")

    def clean(self) -> None:
        """The purpose says something."""
        self.holds("purpose", rules.check_words, self.cleaned_data.get("purpose", ""), "what the agency is asked to do")
        self.after_referral("made_at", "the onward referral")


class PoliceToldForm(Checked):
    """The police were told of an onward referral."""

    told = line("Who was told?", "Name, rank and unit")
    police_reference = line("Police reference", required=False, length=80)
    occurred_at = moment("When were they told?")


class ResponseForm(Checked):
    """What the agency answered."""

    mark_optional = False
    answer = radios("What did they answer?", ResponseKind.choices)
    words = words("What did they say?", "Not needed if they accepted", required=False)
    occurred_at = moment("When did they answer?")


class NeedForm(Checked):
    """One thing that was needed and not provided."""

    need = picker("What kind of need is it?", Need.choices)
    needed = line("What was needed?", "For example, a counsellor for six sessions", length=300)
    why = radios("Why was it not provided?", WhyUnmet.choices)
    offered = line("What was offered instead?", required=False, length=300)
    quantity = forms.DecimalField(label="How much?", required=False, max_digits=9, decimal_places=2, localize=False)
    unit = picker("Counted in", QuantityUnit.choices, required=False)
    since = DayField(label="Since when has it been needed?", help_text="For example, 27 3 2003", past=True)

    def clean(self) -> None:
        """It says something, and a quantity has its unit."""
        given = self.cleaned_data
        self.holds("needed", rules.check_words, given.get("needed", ""), "what was needed")
        if "quantity" in given and (given["quantity"] is None) != (not given.get("unit")):
            missing = "unit" if given["quantity"] is not None else "quantity"
            self.add_error(missing, "Give how much together with what it is counted in, or neither")
        elif given.get("quantity") is not None and not 0 < given["quantity"] < 1_000_000:
            self.add_error("quantity", "How much was needed must be more than nothing")


class MetForm(Checked):
    """A need was met."""

    how = line("How was the need met?", length=300)
    met_at = moment("When was it met?")


if TYPE_CHECKING:
    _OfficerField = forms.ModelChoiceField[Officer]
else:
    _OfficerField = forms.ModelChoiceField


class _WorkerField(_OfficerField):
    def label_from_instance(self, obj: Officer) -> str:
        return f"{obj.name}, {obj.team}"


class AssignForm(Checked):
    """Who the case file goes to."""

    mark_optional = False
    worker = _WorkerField(
        label="Who takes it on?",
        queryset=Officer.objects.none(),
        required=False,
        empty_label="Nobody yet: the team holds it",
    )
    team = forms.ModelChoiceField(
        label="Which team?", help_text="The worker's own team", queryset=Team.objects.all(), empty_label=None
    )
    since_at = moment("From when?")

    def __init__(self, *args: Any, reached: list[int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        officers = Officer.objects.filter(is_active=True, team__isnull=False, role__in=_WORKERS).select_related("team")
        field = self.fields["worker"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (for the type checker)
        field.queryset = (officers if reached is None else officers.filter(team__in=reached)).order_by(
            "team__name", "name"
        )

    def clean(self) -> None:
        """A worker takes it on in their own team."""
        worker, team = self.cleaned_data.get("worker"), self.cleaned_data.get("team")
        if worker and team and worker.team_id != team.pk:
            self.add_error(
                "worker", f"{worker.name} is not in {team}: choose someone who is, or “Nobody yet: the team holds it”"
            )


_WORKERS = ("worker", "senior-practitioner", "team-manager")


class ChaserForm(Checked):
    """The draft of a chaser."""

    words = words(
        "The letter",
        "It gives our reference and names no child. Change it as you like, keep it, then copy it to send.",
        rows=16,
    )


def new_token() -> str:
    """Names one showing of a form."""
    return uuid.uuid4().hex
