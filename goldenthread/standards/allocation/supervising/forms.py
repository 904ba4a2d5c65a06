"""The forms of supervision. Field names are those of the verbs."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from goldenthread.cases.models import CaseFile
from goldenthread.core.boxes import line, moment, radios, words
from goldenthread.core.clock import now
from goldenthread.core.fields import DayField, MomentField
from goldenthread.core.templatetags.words import moment as in_words
from goldenthread.people.models import Officer
from goldenthread.people.roles import ROLES, Permission
from goldenthread.standards.allocation.supervising.choices import Answer, Question, needs_a_word
from goldenthread.standards.allocation.supervising.models import SupervisionPair, SupervisionSession

_LATELY = timedelta(days=90)


def officers_who(permission: Permission) -> QuerySet[Officer]:
    """Those whose role lets them, by name."""
    roles = [key for key, role in ROLES.items() if permission in role.permissions]
    return Officer.objects.filter(role__in=roles, is_active=True).select_related("team").order_by("name", "pk")


class PairForm(forms.Form):
    """Who supervises whom."""

    worker = forms.ModelChoiceField(label="Which worker?", queryset=Officer.objects.none(), empty_label="Choose")
    supervisor = forms.ModelChoiceField(
        label="Who supervises them?", queryset=Officer.objects.none(), empty_label="Choose",
        help_text="A senior practitioner or a manager. Whoever did before, no longer does from then on.",
    )  # fmt: skip
    since_at = moment("Since when?")

    def __init__(self, *args: Any, by: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worker, supervisor, teams = self.fields["worker"], self.fields["supervisor"], by.line_team_ids()
        rows = officers_who(Permission.RECORD_REFERRALS).exclude(pk=by.pk)
        assert isinstance(worker, forms.ModelChoiceField)  # noqa: S101 (for the type checker)
        assert isinstance(supervisor, forms.ModelChoiceField)  # noqa: S101 (for the type checker)
        worker.queryset = rows if teams is None else rows.filter(team__in=teams)
        supervisor.queryset = officers_who(Permission.DECIDE_REFERRALS)


class EndForm(forms.Form):
    """They do not work together any more."""

    until_at = moment("Since when do they not work together?")


class SessionForm(forms.Form):
    """They met, or did not."""

    mark_optional = False
    held = forms.TypedChoiceField(
        label="Did it take place?", choices=[("yes", "Yes"), ("no", "No, it was missed")], widget=forms.RadioSelect,
        coerce=lambda said: said == "yes",
    )  # fmt: skip
    occurred_at = moment("When was it, or when was it to be?")
    why_missed = words("If it was missed: why?", rows=2, required=False)
    next_at = MomentField(
        label="When is the next one?", help_text="Leave it empty where no time is fixed.", required=False
    )


class DiscussForm(forms.Form):
    """What was said of one case."""

    mark_optional = False
    session = forms.ModelChoiceField(
        label="In which session?", queryset=SupervisionSession.objects.none(), required=False,
        empty_label="Outside of a session",
    )  # fmt: skip
    occurred_at = moment("When was it talked over?")
    discussed = words(
        "What was talked about?",
        "The child first. Write nothing here about the worker: this is the child's file.",
        rows=6,
    )
    decisions = words(
        "What was decided, and why?", "Or that nothing changes. What somebody is to do is added afterwards."
    )

    def __init__(self, *args: Any, case_file: CaseFile, by: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["session"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (for the type checker)
        pairs = SupervisionPair.objects.led_by(by).filter(worker=case_file.worker_id)
        field.queryset = SupervisionSession.objects.filter(
            pair__in=pairs, held=True, withdrawn=False, superseded_by=None, occurred_at__gte=now() - _LATELY
        ).order_by("-occurred_at")
        field.label_from_instance = lambda obj: f"The session of {in_words(obj.occurred_at)}"  # type: ignore[method-assign]
        names = ["session", "occurred_at", "discussed"]
        for question in Question:
            self.fields[question.value] = radios(str(question.label), Answer.choices)
            self.fields[question.value].widget.attrs["class"] = "govuk-radios--inline govuk-radios--small"
            self.fields[f"{question.value}_words"] = line("In a word", required=False, length=300)
            self.fields[f"{question.value}_words"].widget.attrs["aria-label"] = f"In a word: {question.label}"
            names += [question.value, f"{question.value}_words"]
        self.order_fields([*names, "decisions"])

    def clean(self) -> dict[str, Any]:
        """The answers together, as the verb takes them."""
        given = dict(self.cleaned_data)
        for question in Question:
            key = str(question.value)
            if needs_a_word(key, given.get(key, "")) and not given.get(f"{key}_words", "").strip():
                self.add_error(f"{key}_words", f"Write a word about “{question.label}”")
        given["answers"] = {
            key: (given.pop(key, ""), given.pop(f"{key}_words", "")) for key in map(str, Question.values)
        }
        return given


class ActionForm(forms.Form):
    """What somebody is to do."""

    what = words("What is to be done?", "So that it can be seen whether it was.", rows=3)
    officer = forms.ModelChoiceField(label="Who is to do it?", queryset=Officer.objects.none(), empty_label="Choose")
    due = DayField(label="By when?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["officer"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (for the type checker)
        field.queryset = officers_who(Permission.RECORD_REFERRALS)


class DoneForm(forms.Form):
    """It was done."""

    words = words("How was it done?", "And what came of it.", rows=3)
    occurred_at = moment("When was it done?")


class MoveForm(ActionForm):
    """Another day, or somebody else."""

    what = None  # type: ignore[assignment]
    words = words("Why is it moved?", rows=3)


class BackForm(forms.Form):
    """It need not be done."""

    words = words("Why need it not be done any more?", rows=3)
