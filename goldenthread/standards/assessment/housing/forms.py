"""The forms of temporary accommodation. Field names are those of the verbs."""

from typing import Any

from django import forms

from goldenthread.cases.models import CaseFile, Child
from goldenthread.cases.sight import sight_of
from goldenthread.core.boxes import line, moment, picker, radios, words
from goldenthread.core.fields import DayField
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.housing.choices import (
    Heading,
    Judged,
    Kind,
    Outcome,
    Overall,
    ToldBy,
    WentTo,
)
from goldenthread.standards.assessment.housing.rules import SENIOR

GUIDANCE = {
    Heading.SAFETY: "Locks, windows, stairs, fire, heating, electricity, damp. For this child, at this age.",
    Heading.SPACE: "A bed or cot of their own, who sleeps beside whom, room to play and to crawl.",
    Heading.COOKING: "Where food is kept and cooked, hot water, a bathroom that is not shared with strangers, laundry.",
    Heading.NEIGHBOURS: "Adults who come and go, who holds keys, what the child sees and hears.",
    Heading.SCHOOL: "How long the way to school is, who goes with the child, whether the place there is kept.",
    Heading.HEALTH: "Doctor and health visitor, what an illness or a disability needs: steps, hoist, quiet, medicine kept safe.",
    Heading.SUPPORT: "Relatives, friends and services that can be reached; whom the parent phones at night.",
}


class MoveForm(forms.Form):
    """Where the children were moved."""

    mark_optional = False
    children = forms.ModelMultipleChoiceField(
        label="Which children?", queryset=Child.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    kind = radios(
        "What kind of place is it?",
        Kind.choices,
        "Any private place with a shared kitchen or bathroom is bed and breakfast, breakfast or none.",
    )
    place = line(
        "Where is it, in words?",
        "For example: the hostel in Harbour Street. Leave it out where it is confidential.",
        required=False,
    )
    confidential = forms.BooleanField(
        label="Where it is must not be known",
        help_text="Always so for a refuge. Record the address on the case file, as confidential.",
        required=False,
    )
    authority = line("Which housing authority placed them?", "Or that the family found it themselves.", required=False)
    out_of_area = forms.BooleanField(label="It is outside our area", required=False)
    moved_at = moment("When did they move in?", "")
    told_by = radios("Who told us?", ToldBy.choices)
    told_at = moment("When were we told?")
    expected_until = DayField(
        label="Until when is it expected to last?", help_text="Leave it empty where nobody knows.", required=False
    )

    def __init__(self, *args: Any, case_file: CaseFile | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["children"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 (for the type checker)
        field.queryset = Child.objects.filter(case_files=case_file) if case_file else Child.objects.none()
        field.label_from_instance = lambda obj: str(obj.name)  # type: ignore[method-assign]


class AssessForm(forms.Form):
    """Whether it suits one child."""

    mark_optional = False
    occurred_at = moment("When did you see the place?", "You must have seen the rooms yourself.")
    with_housing = line("Who of Housing was there?", "Name and job.", required=False)
    why_not_joint = line("If nobody was, why?", required=False, length=300)
    overall = radios("On the whole, how does it suit this child?", Overall.choices)
    change_what = words("What must change?", "Needed unless it is suitable.", rows=3, required=False)
    change_who = line("Who must see to it?", required=False)
    change_by = DayField(label="By when?", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = ["occurred_at", "with_housing", "why_not_joint"]
        for heading in Heading:
            self.fields[heading.value] = radios(str(heading.label), Judged.choices, GUIDANCE[heading])
            self.fields[heading.value].widget.attrs["class"] = "govuk-radios--inline govuk-radios--small"
            self.fields[f"{heading.value}_words"] = line(
                f"{heading.label}: what falls short?", required=False, length=300
            )
            names += [heading.value, f"{heading.value}_words"]
        self.order_fields([*names, "overall", "change_what", "change_who", "change_by"])

    def clean(self) -> dict[str, Any]:
        """The headings together, as the verb takes them."""
        given = dict(self.cleaned_data)
        for heading in Heading:
            if given.get(heading.value) == Judged.SHORTFALL and not given.get(f"{heading.value}_words"):
                self.add_error(f"{heading.value}_words", f"Write what falls short: {heading.label.lower()}")
        given["judged"] = {
            heading.value: (given.pop(heading.value, ""), given.pop(f"{heading.value}_words", ""))
            for heading in Heading
        }
        return given


class ReportForm(forms.Form):
    """To whom it is reported."""

    to = forms.ModelChoiceField(
        label="To which senior manager?", queryset=Officer.objects.none(), empty_label="Choose",
        help_text="One who answers for this case file.",
    )  # fmt: skip
    asked = words("What do you ask of them?", "What should change, by when, and what you have tried.", rows=3)
    occurred_at = moment("When did you tell them?")

    def __init__(self, *args: Any, case_file: CaseFile | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (for the type checker)
        seniors = Officer.objects.filter(role__in=SENIOR, is_active=True)
        may = [one.pk for one in seniors if case_file and sight_of(one).why(case_file)]
        field.queryset = Officer.objects.filter(pk__in=may)
        field.label_from_instance = lambda obj: f"{obj.name}, {obj.role_data.title}"  # type: ignore[method-assign]


class AnswerForm(forms.Form):
    """What the senior manager will have done."""

    will_do = words("What will be done?", "Or why nothing can be, and what is done instead.", rows=3)
    by_when = DayField(label="By when?")
    occurred_at = moment("When did you answer?")


class OutcomeForm(forms.Form):
    """What came of it."""

    what = radios("What came of it?", Outcome.choices)
    words = words("What was done, and does it now suit the child?", rows=3)
    occurred_at = moment("When was this?")


class ReviewForm(forms.Form):
    """Looked at again."""

    finding = radios("How does it suit the children now?", Overall.choices)
    next_step = words("What is next?", "What is done to find them a settled home, by whom and by when.", rows=3)
    words = words("What did you find?", "What has changed, and what the children say of it.", rows=3)
    occurred_at = moment("When did you look at it again?")
    field_order = ("finding", "words", "next_step", "occurred_at")


class EndForm(forms.Form):
    """They left."""

    went_to = picker("Where did they go?", WentTo.choices)
    words = words("Anything that whoever comes next should know?", rows=3, required=False)
    occurred_at = moment("When did they leave?")


class RecommendForm(forms.Form):
    """What is recommended beside the figures of a month."""

    words = words(
        "What do you recommend?",
        "What should change in how families are housed, who should see to it and by when. It is printed in the month's "
        "report: name no child and no family.",
        rows=8,
    )
