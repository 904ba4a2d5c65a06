"""The forms of meetings. Field names are those of the verbs."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models

from goldenthread.cases.models import CaseFile, Child
from goldenthread.core.boxes import line, moment, picker, radios, words
from goldenthread.core.fields import DayField, MomentField
from goldenthread.core.templatetags.words import day
from goldenthread.people.models import Officer
from goldenthread.people.roles import ROLES, Permission
from goldenthread.standards.allocation.conferring.choices import (
    AGENCIES,
    Basis,
    MeetingKind,
    Move,
    Part,
    Reply,
    ReportMove,
    Sent,
    There,
    Way,
    WhyLeftCare,
    WhyMoved,
)
from goldenthread.standards.allocation.conferring.course import invited, invitees, presence
from goldenthread.standards.allocation.conferring.models import Invitee, Meeting
from goldenthread.standards.allocation.conferring.proposals import Proposal
from goldenthread.standards.assessment.protection.choices import Category
from goldenthread.standards.assessment.protection.models import ProtectionPlan, StrategyDiscussion

_THERE, _PLAN, _UNKNOWN = "there_", "plan_", "not-known"

if TYPE_CHECKING:
    _Several = forms.ModelMultipleChoiceField[Any]
    _One = forms.ModelChoiceField[Any]
else:
    _Several = forms.ModelMultipleChoiceField
    _One = forms.ModelChoiceField


class _Children(_Several):
    def label_from_instance(self, obj: Child) -> str:
        return obj.name


class _Plans(_Several):
    def label_from_instance(self, obj: ProtectionPlan) -> str:
        return obj.child.name


class _Which(_One):
    def label_from_instance(self, obj: StrategyDiscussion) -> str:
        return f"Strategy discussion of {day(obj.occurred_at)}"


class _Chair(_One):
    def label_from_instance(self, obj: Officer) -> str:
        return f"{obj.name}, {obj.post.title if obj.post else obj.role_data.title.lower()}"


class _Child(_One):
    def label_from_instance(self, obj: Child) -> str:
        return obj.name


def _choose(field: forms.Field, rows: models.QuerySet[Any]) -> None:
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (for the type checker)
    field.queryset = rows


def chairs() -> models.QuerySet[Officer]:
    """Those whose role opens children's records."""
    roles = [key for key, role in ROLES.items() if Permission.READ_RECORDS in role.permissions]
    return Officer.objects.filter(role__in=roles, is_active=True).select_related("post", "team")


class MeetingForm(forms.Form):
    """A meeting is convened."""

    mark_optional = False
    kind = radios("Which meeting is it?", MeetingKind.choices)
    children = _Children(
        label="Which children is it about?", queryset=Child.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    discussion = _Which(
        label="If it is an initial conference: which strategy discussion does it follow?",
        queryset=StrategyDiscussion.objects.none(), required=False, empty_label="None",
        help_text="Those whose enquiry found that a conference is needed",
    )  # fmt: skip
    plans = _Plans(
        label="If it is a review conference or a core group: whose plans is it about?",
        queryset=ProtectionPlan.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    planned_for = MomentField(label="When will it be?")
    place = line("Where will it be?", "A room, or by video. Write no family's address.", length=200)
    chair = _Chair(
        label="Who chairs it?", queryset=Officer.objects.none(), empty_label="Choose",
        help_text="A conference or a looked-after review is chaired by somebody with no part in the case. The file opens to them.",
    )  # fmt: skip
    should_come = forms.MultipleChoiceField(
        label="Who should come?", widget=forms.CheckboxSelectMultiple,
        help_text="Those known to this file, and those who are usually asked. More can be added afterwards.",
    )  # fmt: skip
    convened_at = moment("When was it convened?")

    def __init__(
        self,
        *args: Any,
        case_file: CaseFile,
        discussions: models.QuerySet[StrategyDiscussion],
        plans: models.QuerySet[ProtectionPlan],
        proposed: Sequence[Proposal],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["children"], case_file.children.all())
        _choose(self.fields["discussion"], discussions)
        _choose(self.fields["plans"], plans)
        _choose(self.fields["chair"], chairs())
        self.proposed = {one.key: one for one in proposed}
        people = self.fields["should_come"]
        assert isinstance(people, forms.MultipleChoiceField)  # noqa: S101 (for the type checker)
        people.choices = [(one.key, one.words) for one in proposed]
        self.initial.setdefault("should_come", [one.key for one in proposed if one.asked])
        # What there is none of is not asked.
        for name in ("discussion", "plans"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (for the type checker)
            if not field.queryset:
                del self.fields[name]

    def clean(self) -> None:
        """Those who should come, as the verb takes them."""
        given = self.cleaned_data
        given["should_come"] = [self.proposed[key].should for key in given.get("should_come", [])]
        given["children"] = list(given.get("children", []))
        if "plans" in given:
            given["plans"] = list(given["plans"])


class _OfMeeting(forms.Form):
    """A form about a meeting, given with all that hangs on it."""

    mark_optional = False

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self.people: dict[int, Invitee] = {one.first.pk: one.fact for one in invitees(meeting)}

    def choices(self, numbers: Iterable[int]) -> list[tuple[int, str]]:
        """These people, as choices."""
        return [(pk, f"{self.people[pk].get_agency_display()}: {self.people[pk].who}") for pk in numbers]


def _people(label: str, help_text: str = "") -> Any:
    return forms.TypedMultipleChoiceField(
        label=label, help_text=help_text, coerce=int, widget=forms.CheckboxSelectMultiple
    )


def _offer(field: forms.Field, choices: list[tuple[int, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
    field.choices = choices


class InviteeForm(_OfMeeting):
    """One more should come."""

    agency = picker("Which agency do they come from?", AGENCIES)
    role = line("What are they?", "Health visitor, head teacher, mother")
    name = line("Name (optional)", required=False)
    in_touch = forms.BooleanField(
        label="Their agency has been in touch with the child", required=False, help_text="It then counts for a quorum."
    )
    reports = forms.BooleanField(label="They are asked for a report", required=False)
    occurred_at = moment("When was that said?")


class InviteForm(_OfMeeting):
    """Invitations went out."""

    invitees = _people("Who was invited?")
    how = radios("How?", Way.choices)
    occurred_at = moment("When did the invitations go out?")

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        _offer(self.fields["invitees"], self.choices(self.people))
        self.initial["invitees"] = [pk for pk in self.people if invited(meeting, pk) is None]


class AnswerForm(_OfMeeting):
    """An answer came."""

    invitee = forms.TypedChoiceField(label="Who answered?", coerce=int)
    answer = radios("What did they answer?", Reply.choices)
    instead = line("Whom do they send, or why can they not come?", required=False, length=300)
    occurred_at = moment("When did they answer?")

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        _offer(self.fields["invitee"], [("", "Choose"), *self.choices(self.people)])  # type: ignore[list-item]


class ReportForm(_OfMeeting):
    """Reports came, or were asked for again."""

    invitees = _people("Whose report?")
    step = radios("What became of it?", ReportMove.choices)
    words = line("A word about it (optional)", required=False, length=300)
    occurred_at = moment("When was that?")

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        _offer(self.fields["invitees"], self.choices(pk for pk, one in self.people.items() if one.reports))


class AttendanceForm(_OfMeeting):
    """Who was there, of those of whom nobody has said so: one question for each."""

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        names = []
        for pk, label in self.choices(pk for pk in self.people if presence(meeting, pk) is None):
            names.append(f"{_THERE}{pk}")
            person = self.people[pk]
            stranger = meeting.is_conference and person.is_agency and not person.in_touch
            hint = "Not known to be in touch with the child, and so not counted for a quorum" if stranger else ""
            field = radios(label, [*There.choices, (_UNKNOWN, "Not known yet")], hint)
            field.widget.attrs["class"] = "govuk-radios--inline govuk-radios--small"
            self.fields[names[-1]] = field
        if meeting.is_conference:
            self.fields["why_on"] = words_why_on()
        self.order_fields(self.ordered(names))

    def ordered(self, names: list[str]) -> list[str]:
        """In which order the boxes stand."""
        return [*names, "why_on"]

    def clean(self) -> None:
        """Who was there, as the verb takes it."""
        given = self.cleaned_data
        told = {name: given.pop(name) for name in list(given) if name.startswith(_THERE)}
        given["there"] = {
            int(name.removeprefix(_THERE)): outcome for name, outcome in told.items() if outcome != _UNKNOWN
        }


def words_why_on() -> forms.CharField:
    """Why a conference went ahead without a quorum."""
    return words(
        "If too few agencies were there: why did it go ahead?",
        "A conference needs social care and two more agencies that are in touch with the child. Otherwise it is put off.",
        rows=2,
        required=False,
    )


class HeldForm(AttendanceForm):
    """The meeting was held: who was there, and what was decided."""

    occurred_at = moment("When was it held?", "The time at which it was held, not the time of writing")
    words = words("What was decided?", "On the whole, and why. Single decisions are recorded one by one afterwards.")

    def __init__(self, *args: Any, meeting: Meeting, plans_for: Sequence[Child] = (), **kwargs: Any) -> None:
        self.plans = [f"{_PLAN}{child.pk}" for child in plans_for]
        super().__init__(*args, meeting=meeting, **kwargs)
        for child in plans_for:
            self.fields[f"{_PLAN}{child.pk}"] = radios(
                f"Was a child protection plan made for {child.name}?",
                [*((value, f"Yes: {str(label).lower()}") for value, label in Category.choices), ("none", "No plan")],
            )
        self.order_fields(self.ordered([name for name in self.fields if name.startswith(_THERE)]))

    def ordered(self, names: list[str]) -> list[str]:
        return ["occurred_at", *names, "why_on", *self.plans, "words"]

    def clean(self) -> None:
        """The plans together, as the verb takes them."""
        super().clean()
        given = self.cleaned_data
        answers = {name: given.pop(name) for name in list(given) if name.startswith(_PLAN)}
        given["plan_for"] = {
            int(name.removeprefix(_PLAN)): category for name, category in answers.items() if category != "none"
        }


class PartForm(_OfMeeting):
    """How a child or the family took part."""

    child = _Child(label="Who?", queryset=Child.objects.none(), required=False, empty_label="The family")
    how = radios("How did they take part?", Part.choices)
    words = words(
        "What do they think?", "In their own words. If they took no part: why, and what was done so that they could."
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        _choose(self.fields["child"], meeting.children.all())


class DecisionForm(_OfMeeting):
    """One decision."""

    what = words("What is to be done?", rows=2)
    who = line("Who does it?", length=200)
    by_when = DayField(label="By when? (optional)", required=False)


class DissentForm(_OfMeeting):
    """Somebody does not agree."""

    who = line("Who does not agree?", "Name, and for which agency", length=200)
    why = words("Why?", "In their words.", rows=3)


class SentForm(_OfMeeting):
    """Something went out."""

    what = radios("What was sent?", Sent.choices)
    to = words("To whom?", "All to whom it went, the family among them", rows=2)
    occurred_at = moment("When?")


class MoveForm(_OfMeeting):
    """It was put off or cancelled."""

    what = radios("What became of it?", Move.choices)
    why = radios("Why?", WhyMoved.choices)
    words = words("What is done about it?", "Above all, how the child is kept safe until then.", rows=3)
    new_at = MomentField(label="If put off: when will it be? (optional)", required=False)
    occurred_at = moment("When was that decided?")


class CareForm(forms.Form):
    """A child is looked after."""

    child = _Child(label="Which child?", queryset=Child.objects.none(), empty_label="Choose")
    basis = radios("By what law?", Basis.choices)
    occurred_at = moment("Since when?", "The time at which it began")

    def __init__(self, *args: Any, case_file: CaseFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["child"], case_file.children.all())


class CareEndForm(forms.Form):
    """A child is no longer looked after."""

    reason = radios("Why?", WhyLeftCare.choices)
    words = words("Where does the child live now, and who helps?", "Write no address.", rows=3)
    occurred_at = moment("When did it end?", "The time at which it ended")
