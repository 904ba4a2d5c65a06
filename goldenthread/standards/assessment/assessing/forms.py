"""The forms of assessments, of hearing children, and of plans. Field names are those of the verbs."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms

from goldenthread.cases.models import Child
from goldenthread.core.boxes import Choices, line, moment, picker, radios
from goldenthread.core.boxes import words as lines
from goldenthread.core.errors import Refused
from goldenthread.core.fields import DayField
from goldenthread.core.templatetags.words import day
from goldenthread.standards.assessment.assessing import rules
from goldenthread.standards.assessment.assessing.choices import Outcome, ReviewOutcome, Tool, Way, Whose
from goldenthread.standards.referrals.models import Referral


class Checked(forms.Form):
    """A form that asks the verbs' own rules about what was typed, so that the answer stands beside the box."""

    mark_optional = False

    def holds(self, field: str, check: Callable[..., None], *given: Any, **more: Any) -> None:
        """Put what a rule refuses beside its field."""
        if field in self.errors:
            return
        try:
            check(*given, **more)
        except Refused as refusal:
            self.add_error(field, str(refusal))


if TYPE_CHECKING:
    _ChildrenField = forms.ModelMultipleChoiceField[Child]
    _OneReferral = forms.ModelChoiceField[Referral]
else:
    _ChildrenField, _OneReferral = forms.ModelMultipleChoiceField, forms.ModelChoiceField


class Children(_ChildrenField):
    """Some of the children of a file or an assessment."""

    def __init__(self, label: str, help_text: str = "", *, required: bool = True) -> None:
        super().__init__(
            label=label, help_text=help_text, queryset=Child.objects.none(), required=required,
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip

    def label_from_instance(self, obj: Child) -> str:
        """The child's name."""
        return obj.name


def _children(form: forms.Form, name: str, children: Sequence[Child]) -> None:
    field = form.fields[name]
    assert isinstance(field, Children)  # noqa: S101 (for the type checker)
    field.queryset = Child.objects.filter(pk__in=[child.pk for child in children])


class _ReferralField(_OneReferral):
    def label_from_instance(self, obj: Referral) -> str:
        return f"{obj}, received {day(obj.received_at)}"


class StartForm(Checked):
    """Who is assessed, what for, and who does what."""

    kind = radios("What kind of assessment is it?", [])
    children = Children("Which children are assessed?")
    disabled = Children(
        "Which of them are disabled?",
        "Leave this empty if none is. How they are heard is counted by itself.",
        required=False,
    )
    purpose = lines(
        "What is it to find out?",
        "The question that has to be answered, so that everyone who is asked knows why. For example: can he live safely at "
        "home while his mother is in hospital, and what would that take?",
    )
    expectations = lines(
        "Who expects what of whom?",
        "What the family, the school and others are asked to do and by when, and what they can expect of us.",
    )
    referral = _ReferralField(
        label="Which referral does it follow?", queryset=Referral.objects.none(), required=False,
        empty_label="None: it begins with something else", help_text="The days are counted from the referral.",
    )  # fmt: skip
    started_at = moment("When did it begin?")

    def __init__(self, *args: Any, kinds: Choices, children: Sequence[Child], referrals: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("children", "disabled"):
            _children(self, name, children)
        kind, referral = self.fields["kind"], self.fields["referral"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 (for the type checker)
        assert isinstance(referral, forms.ModelChoiceField)  # noqa: S101 (for the type checker)
        kind.choices, referral.queryset = list(kinds), referrals

    def clean(self) -> None:
        """Purpose and expectations say something."""
        given = self.cleaned_data
        self.holds("purpose", rules.check_words, given.get("purpose", ""), "what the assessment is to find out")
        self.holds("expectations", rules.check_words, given.get("expectations", ""), "who is expected to do what")


class DisabledForm(forms.Form):
    """Which of the children are disabled."""

    mark_optional = False
    disabled = Children("Which of the children are disabled?", "Leave this empty if none is.", required=False)

    def __init__(self, *args: Any, children: Sequence[Child], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _children(self, "disabled", children)


class PartForm(Checked):
    """One of the four parts. It may be unfinished."""

    text = lines("", rows=16)

    def __init__(self, *args: Any, label: str, help_text: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = label, help_text


class DecisionsForm(PartForm):
    """The decisions, and what they come to."""

    outcome = radios("What do the decisions come to?", Outcome.choices)


class SeenForm(Checked):
    """A child was seen, or was not."""

    seen = radios("Was the child seen?", [("yes", "Yes"), ("no", "No, not yet")])
    occurred_at = moment("When was that?", "When the child was seen or, if not yet, the time now")
    seen_by = line("If seen: by whom?", "Name and role", required=False)
    way = picker("If seen: how did you understand each other?", Way.choices, required=False)
    language = line(
        "In which language?", "Needed where you spoke: English, Polish, Sylheti…", required=False, length=60
    )
    interpreter = forms.BooleanField(label="An interpreter was used", required=False)
    alone = radios("If seen: alone?", [("yes", "Yes"), ("no", "No")], required=False)
    why_not_alone = lines("If not alone: why?", "Who was there, and why it was right", rows=2, required=False)
    why_not_seen = lines("If not seen: why not?", "What you tried, and when you will try again", rows=3, required=False)

    def clean(self) -> None:
        """One answer or the other, in full."""
        given = self.cleaned_data
        if not given.get("seen"):
            return
        given["seen"] = given["seen"] == "yes"
        given["alone"] = given.get("alone") == "yes"
        if not given["seen"]:
            self.holds(
                "why_not_seen", rules.check_words, given.get("why_not_seen", ""), "why the child has not been seen"
            )
            return
        self.holds("seen_by", rules.check_words, given.get("seen_by", ""), "who saw the child")
        if not given.get("way"):
            self.add_error("way", "Choose how you understood each other")
        if given.get("way") == Way.SPEECH and not given.get("language"):
            self.add_error("language", "Write in which language")
        if not given["alone"]:
            self.holds(
                "why_not_alone", rules.check_words, given.get("why_not_alone", ""), "why the child was not seen alone"
            )


class ViewsForm(Checked):
    """What the child wants and thinks; or why that is not known."""

    words = lines(
        "The child's own words",
        "As they were said, signed, drawn or shown. For a baby: what you saw the child do.",
        rows=5,
        required=False,
    )
    understanding = lines(
        "What you understand by them", "Yours, and kept apart from the child's words.", rows=3, required=False
    )
    tool = picker("What helped?", Tool.choices, "Leave this as it is if you only talked.", required=False)
    occurred_at = moment("When was that?")
    why_none = lines(
        "If there are none: why?",
        "By the child's age and understanding: what you tried, and how this child shows what they want. From four years on, "
        "“too young” is not enough.",
        rows=3,
        required=False,
    )


class HandInForm(Checked):
    """It is finished."""

    remark = lines("Anything your manager should know?", rows=3, required=False)
    occurred_at = moment("When was it finished?")


class ReasonForm(Checked):
    """Why, and when."""

    reason = lines("")
    occurred_at = moment("When was that?")

    def __init__(self, *args: Any, label: str, help_text: str = "", what: str = "why", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label, self.fields["reason"].help_text, self.what = label, help_text, what

    def clean(self) -> None:
        """The reason says something."""
        self.holds("reason", rules.check_words, self.cleaned_data.get("reason", ""), self.what)


class PlanForm(Checked):
    """A new plan."""

    children = Children("Which children is the plan for?")
    aim = lines("What is to be different for the child?", "In words that the child and the parents would use.")
    made_at = moment("When was it made?")

    def __init__(self, *args: Any, children: Sequence[Child], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _children(self, "children", children)

    def clean(self) -> None:
        """The aim says something."""
        self.holds("aim", rules.check_words, self.cleaned_data.get("aim", ""), "what is to be different for the child")


class StepForm(Checked):
    """A step of a plan."""

    need = lines("What does the child need?", rows=2)
    what = lines("What will be done?", rows=3)
    whose = radios("Who does it?", Whose.choices)
    who = line("Name", "The person and, for an agency, which one")
    by_when = DayField(label="By when?", help_text="For example, 27 3 2027")
    sign = lines("How will the child know that it has worked?", "What they will see, feel or be able to do", rows=2)

    def clean(self) -> None:
        """Each box says something."""
        given = self.cleaned_data
        for name, what in (
            ("need", "what the child needs"), ("what", "what will be done"), ("who", "the name of who does it"),
            ("sign", "how the child will know that it has worked"),
        ):  # fmt: skip
            if given.get(name):
                self.holds(name, rules.check_words, given[name], what)


class ReviewForm(Checked):
    """A review of a plan."""

    occurred_at = moment("When was the review?")
    who_came = lines("Who came?", "And who was asked and did not. Say whether the child was there.", rows=2)
    changed = lines("What has changed for the child?", "By the signs that the plan named.", rows=4)
    outcome = radios("What becomes of the plan?", ReviewOutcome.choices)
    reason = lines("Why?", rows=3)

    def clean(self) -> None:
        """Each box says something."""
        given = self.cleaned_data
        for name, what in (("who_came", "who came"), ("changed", "what has changed for the child"), ("reason", "why")):
            if given.get(name):
                self.holds(name, rules.check_words, given[name], what)
