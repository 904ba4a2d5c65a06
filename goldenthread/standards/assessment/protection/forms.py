"""The forms of the child protection procedures. Field names are those of the verbs."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models

from goldenthread.cases.facts import Fact
from goldenthread.cases.models import Child
from goldenthread.core.boxes import line, moment, radios, words
from goldenthread.core.fields import MomentField
from goldenthread.core.templatetags.words import day
from goldenthread.obligations import correct_form
from goldenthread.obligations.correct_form import boxes_of
from goldenthread.standards.assessment.protection.choices import Agency, Category, Decision, Outcome, WhyEnded
from goldenthread.standards.assessment.protection.corrections import CORRECTABLE
from goldenthread.standards.assessment.protection.models import ProtectionPlan, StrategyDiscussion
from goldenthread.standards.referrals.models import Referral

_WHO, _PLAN = "who_", "plan_"
_WHO_HINTS = {
    Agency.SOCIAL_CARE: "Names and posts",
    Agency.POLICE: "Names, ranks and unit",
    Agency.HEALTH: "Names, and which service: paediatrician, health visitor, midwife",
    Agency.EDUCATION: "Names, and which school or nursery",
    Agency.OTHER: "Names and agencies, the referrer's among them",
}

if TYPE_CHECKING:
    _ChildrenField = forms.ModelMultipleChoiceField[Child]
    _PlansField = forms.ModelMultipleChoiceField[ProtectionPlan]
    _ReferralField = forms.ModelChoiceField[Referral]
else:
    _ChildrenField = _PlansField = forms.ModelMultipleChoiceField
    _ReferralField = forms.ModelChoiceField


class _Children(_ChildrenField):
    def label_from_instance(self, obj: Child) -> str:
        return obj.name


class _Plans(_PlansField):
    def label_from_instance(self, obj: ProtectionPlan) -> str:
        return obj.child.name


class _Which(_ReferralField):
    def label_from_instance(self, obj: Referral) -> str:
        return f"Referral {obj.reference}, received {day(obj.received_at)}"


def _who_boxes() -> dict[str, forms.CharField]:
    return {
        f"{_WHO}{agency.value.replace('-', '_')}": line(
            f"{agency.label}: who took part?", _WHO_HINTS[agency], required=agency == Agency.SOCIAL_CARE, length=200
        )
        for agency in Agency
    }


def who_initial(discussion: StrategyDiscussion) -> dict[str, str]:
    """What the boxes of who took part begin with."""
    return {f"{_WHO}{agency.replace('-', '_')}": names for agency, names in discussion.took_part.items()}


class _WhoForm(forms.Form):
    """Who took part, an agency a box."""

    mark_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(_who_boxes())

    def clean(self) -> None:
        """The boxes together, as the verb takes them."""
        given = self.cleaned_data
        typed = {name: given.pop(name) for name in list(given) if name.startswith(_WHO)}
        given["who"] = {
            name.removeprefix(_WHO).replace("_", "-"): names for name, names in typed.items() if names.strip()
        }


class StrategyForm(_WhoForm):
    """A strategy discussion that was held."""

    children = _Children(
        label="Which children is it about?", queryset=Child.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    referral = _Which(
        label="Does it follow a referral?",
        queryset=Referral.objects.none(),
        required=False,
        empty_label="No: it is a new concern on an open case",
    )
    occurred_at = moment("When was it held?")
    known = words("What is known?", "What each agency told, and who told it. Facts first, then what is feared.", rows=6)
    decision = radios("What was decided?", Decision.choices)
    why = words("Why?", "So that someone else can see how you came to it, above all where there is no enquiry.")
    immediate = words(
        "What is done at once to keep the child safe? (optional)", "Who does it, and by when", rows=3, required=False
    )
    purpose = words(
        "If an enquiry begins: what is it to find out?", "The questions that it has to answer", rows=3, required=False
    )
    expectations = words(
        "If an enquiry begins: who does what, by when?",
        "When the child is seen and by whom; any medical; who speaks with the parents",
        rows=3,
        required=False,
    )

    def __init__(
        self, *args: Any, children: Sequence[Child], referrals: models.QuerySet[Referral], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["children"], Child.objects.filter(pk__in=[child.pk for child in children]))
        _choose(self.fields["referral"], referrals)
        who = [name for name in self.fields if name.startswith(_WHO)]
        self.order_fields(["children", "referral", "occurred_at", *who, "known", "decision", "why", "immediate"])


def _choose(field: forms.Field, rows: models.QuerySet[Any]) -> None:
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (for the type checker)
    field.queryset = rows


class OutcomeForm(forms.Form):
    """What the enquiry found."""

    outcome = radios("What did the enquiry find?", Outcome.choices)
    why = words(
        "Why?", "What was found, and why it leads there: what was seen and said, not only that there is concern."
    )
    occurred_at = moment("When was it decided?")


class ArrangeForm(forms.Form):
    """The date of the initial conference."""

    arranged_for = MomentField(label="When will the conference be?")


class ConferenceForm(forms.Form):
    """The initial conference was held: for each child, a plan or none."""

    mark_optional = False
    occurred_at = moment("When was it held?", "The time at which it was held, not the time of writing")
    words = words("What was decided?", "For each child, and why. Who is the key worker, and who is in the core group")

    def __init__(self, *args: Any, children: Sequence[Child], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = []
        for child in children:
            names.append(f"{_PLAN}{child.pk}")
            self.fields[names[-1]] = radios(
                f"Was a child protection plan made for {child.name}?",
                [*((value, f"Yes: {str(label).lower()}") for value, label in Category.choices), ("none", "No plan")],
            )
        self.order_fields(["occurred_at", *names, "words"])

    def clean(self) -> None:
        """The plans together, as the verb takes them."""
        given = self.cleaned_data
        answers = {name: given.pop(name) for name in list(given) if name.startswith(_PLAN)}
        given["plan_for"] = {
            int(name.removeprefix(_PLAN)): category for name, category in answers.items() if category != "none"
        }


class MetForm(forms.Form):
    """A core group or a review conference, about one plan or several."""

    plans = _Plans(
        label="Whose plan was it about?", queryset=ProtectionPlan.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    occurred_at = moment("When was it held?", "The time at which it was held, not the time of writing")
    words = words("What was decided?", "What works in the plan, what does not, and what is done about it")

    def __init__(self, *args: Any, plans: models.QuerySet[ProtectionPlan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["plans"], plans)


class EndForm(forms.Form):
    """The plan ended."""

    reason = radios("Why did the plan end?", WhyEnded.choices)
    words = words("What was decided, and by whom?", "What help goes on, and who gives it")
    occurred_at = moment("When did it end?", "The time of the conference that ended it")


class CorrectForm(correct_form.CorrectForm, _WhoForm):
    """What a fact says, to be put right. A strategy discussion also says who took part."""

    def __init__(self, *args: Any, fact: Fact, **kwargs: Any) -> None:
        names = [name for name in CORRECTABLE[type(fact)] if name != "arranged_for" or getattr(fact, name) is not None]
        boxes = boxes_of(
            fact, names, why="Why?", words="What was decided?", arranged_for="When will the conference be?"
        )
        super().__init__(*args, fact=fact, boxes=boxes, **kwargs)
        if "arranged_for" in boxes:
            boxes["arranged_for"].required = True
        self.of_discussion = isinstance(fact, StrategyDiscussion)
        if not self.of_discussion:
            for name in [name for name in self.fields if name.startswith(_WHO)]:
                del self.fields[name]

    def clean(self) -> None:
        """Who took part only where that was asked."""
        super().clean()
        if not self.of_discussion:
            self.cleaned_data["who"] = None
