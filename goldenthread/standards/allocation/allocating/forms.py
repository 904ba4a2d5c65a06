"""The forms of allocation, and of files that nobody has. Field names are those of the verbs."""

from collections.abc import Sequence
from typing import Any

from django import forms

from goldenthread.core.boxes import line, moment, radios, words
from goldenthread.people.models import Officer
from goldenthread.people.roles import ROLES, Permission
from goldenthread.standards.allocation.allocating.caseload import Caseload
from goldenthread.standards.allocation.allocating.choices import Answer, Risk

OTHERS = 4
"""As many rows for others who work with the family as the form has; whoever needs more writes several into one."""


def officers_who_work() -> list[Officer]:
    """Whoever may be expected to do something for a family: one query."""
    roles = [key for key, role in ROLES.items() if Permission.RECORD_REFERRALS in role.permissions]
    return list(Officer.objects.filter(role__in=roles, is_active=True).select_related("team").order_by("name", "pk"))


def _one_of(label: str, found: Sequence[tuple[Officer, str]], empty: str, *, required: bool = True) -> Any:
    by_number = {str(officer.pk): officer for officer, _ in found}
    return forms.TypedChoiceField(
        label=label, choices=[("", empty), *((str(officer.pk), said) for officer, said in found)],
        coerce=lambda number: by_number[number], empty_value=None, required=required,
    )  # fmt: skip


class AllocateForm(forms.Form):
    """To whom, what for, and what is expected of whom."""

    mark_optional = False

    def __init__(self, *args: Any, loads: Sequence[Caseload], officers: Sequence[Officer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"] = _one_of(
            "To whom do you give it?",
            [(one.worker, f"{one.worker.name}: weight {one.weight}") for one in loads],
            "Choose",
        )
        self.fields["purpose"] = words(
            "What is the intervention for?", "What is to be different for the children when the work is done."
        )
        self.fields["expected"] = words(
            "What is expected of the worker?",
            "What they do, and by when: the first visit, who is spoken to, what is written.",
        )
        known = [(one, f"{one.name}, {one.team or one.role_data.title}") for one in officers]
        for number in range(1, OTHERS + 1):
            self.fields[f"other_{number}"] = _one_of("One of us", known, "Somebody else", required=False)
            self.fields[f"who_{number}"] = line("Or somebody else", required=False)
            self.fields[f"what_{number}"] = line("What is expected of them?", required=False, length=300)
        self.fields["allocated_at"] = moment("When is it given?")

    def rows(self) -> list[list[forms.BoundField]]:
        """The boxes of what is expected of others, a row each."""
        names = ("other", "who", "what")
        return [[self[f"{name}_{number}"] for name in names] for number in range(1, OTHERS + 1)]

    def clean(self) -> dict[str, Any]:
        """The rows that say something, as the verb takes them."""
        given = dict(self.cleaned_data)
        others = []
        for number in range(1, OTHERS + 1):
            row = tuple(given.pop(f"{name}_{number}", None) for name in ("other", "who", "what"))
            if any(row):
                others.append((row[0], row[1] or "", row[2] or ""))
        given["others"] = others
        return given


class AnswerForm(forms.Form):
    """The worker's answer."""

    mark_optional = False
    answer = radios("Do you take it on?", Answer.choices)
    words = words(
        "If you cannot: why?", "What would make it possible. The case file stays yours until a manager has ruled.",
        required=False,
    )  # fmt: skip
    occurred_at = moment("When did you answer?")


class RuleForm(forms.Form):
    """It stands, although the worker could not take it on."""

    words = words("Why does it stand, and what makes it possible?", "What is taken off the worker, or who helps.")
    occurred_at = moment("When did you rule?")


class DiscussForm(forms.Form):
    """Talked over in supervision."""

    words = words("What was talked over?", "What became clearer, and what was agreed.")
    occurred_at = moment("When was the supervision?")


class TellForm(forms.Form):
    """Who was told, and how it stands."""

    mark_optional = False

    def __init__(self, *args: Any, officers: Sequence[Officer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = [(one, f"{one.name}, {one.role_data.title.lower()}") for one in officers]
        self.fields["to"] = _one_of("Who was told?", said, "Choose")
        self.fields["risk"] = radios("How does it stand with the children?", Risk.choices)
        self.fields["words"] = words(
            "What was said?", "Why nobody is named yet, who sees the children meanwhile, and by when somebody will be."
        )
        self.fields["occurred_at"] = moment("When were they told?")


class HearForm(forms.Form):
    """What whoever was told will do."""

    words = words("What will you do about it?", "By when, and who has the children in view until then.")
    occurred_at = moment("When did you say so?")
