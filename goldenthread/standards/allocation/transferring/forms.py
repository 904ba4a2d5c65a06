"""The forms of transfers. Field names are those of the verbs."""

from typing import Any

from django import forms
from django.db.models import Q

from goldenthread.cases.models import CaseFile, Child
from goldenthread.cases.sight import sight_of
from goldenthread.core.boxes import moment, picker, radios, words
from goldenthread.core.fields import DayField
from goldenthread.people.models import Officer, Team
from goldenthread.people.roles import ROLES, Permission
from goldenthread.standards.allocation.transferring.choices import ObstacleKind, Side, Verdict
from goldenthread.standards.allocation.transferring.course import Hurdle
from goldenthread.standards.allocation.transferring.models import Transfer
from goldenthread.standards.allocation.transferring.rules import answers_for

_WORKERS = [key for key, role in ROLES.items() if Permission.RECORD_REFERRALS in role.permissions]
_LINE = [key for key, role in ROLES.items() if role.line]


def workers_of(team: Team) -> Any:
    """Those of a team who work with children's records."""
    return Officer.objects.filter(team=team, role__in=_WORKERS, is_active=True).order_by("name", "pk")


def _owners(transfer: Transfer) -> Any:
    """The worker who holds the case, and the managers of both teams."""
    teams = (transfer.from_team, transfer.to_team)
    managers = (
        Q(team__in=teams) | Q(area__in=[team.area_id for team in teams if team.area_id]) | Q(team=None, area=None)
    )
    mine = Q(pk=transfer.case_file.worker_id) | (Q(role__in=_LINE) & managers)
    return Officer.objects.filter(mine, is_active=True).select_related("team").order_by("name", "pk")


class _Choice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An officer, by name and what they are."""

    def label_from_instance(self, obj: Any) -> str:
        """“Dev Lindqvist, team manager, Referral and assessment east”."""
        place = obj.team or obj.area
        return ", ".join([obj.name, obj.role_data.title.lower(), *([str(place)] if place else [])])


def _officer(label: str, help_text: str = "", *, required: bool = True, empty: str = "Choose") -> _Choice:
    return _Choice(
        label=label, queryset=Officer.objects.none(), help_text=help_text, required=required, empty_label=empty
    )


def _fill(form: forms.Form, name: str, rows: Any) -> None:
    box = form.fields[name]
    assert isinstance(box, forms.ModelChoiceField)  # noqa: S101 (for the type checker)
    box.queryset = rows


class RequestForm(forms.Form):
    """Another team is asked to take a case on."""

    to_team = forms.ModelChoiceField(
        label="Which team is asked to take it on?", queryset=Team.objects.none(), empty_label="Choose"
    )
    why = words("Why is it to be transferred?", "What this team has done, and why another one goes on from here.")
    asked = words("What is the receiving team asked to do?", "For each child: what, and by when.")
    asked_at = moment("When did you ask them?")

    def __init__(self, *args: Any, case_file: CaseFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _fill(self, "to_team", Team.objects.exclude(pk=case_file.team_id))


class OnTransfer(forms.Form):
    """A form of one transfer, for one officer. hurdle: of one obstacle of it."""

    def __init__(
        self, *args: Any, transfer: Transfer, officer: Officer, hurdle: Hurdle | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choose(transfer, officer, hurdle)

    def choose(self, transfer: Transfer, officer: Officer, hurdle: Hurdle | None) -> None:
        """Fill in what can be chosen."""


class AcceptForm(OnTransfer):
    """The receiving team takes it on."""

    mark_optional = False
    starts_on = DayField(label="From which day on does your team take it?")
    worker = _officer(
        "Who will work with the children?",
        "Leave it open if you do not know yet.",
        required=False,
        empty="Not known yet",
    )
    words = words("What was agreed? (optional)", required=False)
    occurred_at = moment("When did your team accept?")

    def choose(self, transfer: Transfer, officer: Officer, hurdle: Hurdle | None) -> None:
        """A worker of the receiving team."""
        _fill(self, "worker", workers_of(transfer.to_team))


class DisagreeForm(OnTransfer):
    """It should stay where it is."""

    words = words(
        "Why should the case stay where it is?",
        "If something only has to be done first, name it as an obstacle instead. A manager above both teams will rule.",
    )
    occurred_at = moment("When did your team say so?")


class RuleForm(OnTransfer):
    """Where two teams disagree."""

    verdict = radios("How do you rule?", Verdict.choices)
    words = words("Why, and what makes it possible?", "Both teams read this. It ends the argument.")
    occurred_at = moment("When did you rule?")


class ObstacleForm(OnTransfer):
    """Something stands in the way."""

    side = radios("Which team names it?", Side.choices)
    kind = picker("What kind of obstacle is it?", ObstacleKind.choices)
    what = words("What exactly stands in the way?", "So that somebody else can see whether it is cleared.")
    owner = _officer("Who clears it?", "The worker who holds the case, or a manager of either team.")
    due = DayField(label="By when?")
    occurred_at = moment("When was it named?")

    def choose(self, transfer: Transfer, officer: Officer, hurdle: Hurdle | None) -> None:
        """Only a side for which the officer speaks: one alone is not asked."""
        _fill(self, "owner", _owners(transfer))
        sides = [Side.SENDING] if sight_of(officer).may_write(transfer.case_file) else []
        if answers_for(officer, transfer.to_team_id):
            sides.append(Side.RECEIVING)
        teams = {Side.SENDING: transfer.from_team.name, Side.RECEIVING: transfer.to_team.name}
        side = self.fields["side"]
        assert isinstance(side, forms.ChoiceField)  # noqa: S101 (for the type checker)
        side.choices = [(one.value, teams[one]) for one in sides]
        if len(sides) == 1:
            side.widget, self.initial["side"] = forms.HiddenInput(), sides[0].value


class MoveForm(OnTransfer):
    """Another day or owner."""

    owner = _officer("Who clears it now?")
    due = DayField(label="By when now?")
    why = words("Why is it moved?", "A day that has passed stays the day by which it is judged.")
    occurred_at = moment("When was that agreed?")

    def choose(self, transfer: Transfer, officer: Officer, hurdle: Hurdle | None) -> None:
        """As it stands."""
        _fill(self, "owner", _owners(transfer))
        if hurdle:
            self.initial["owner"], self.initial["due"] = hurdle.owner.pk, hurdle.promised


class ClearForm(OnTransfer):
    """Out of the way."""

    how = words("How was it cleared?", "What was done, and by whom.")
    occurred_at = moment("When was it cleared?")


class HandoverForm(OnTransfer):
    """What whoever takes the case on has to know."""

    where = words(
        "Where does the work stand?", "What was done, what is agreed with the family, what comes next.", rows=6
    )
    risks = words(
        "What may put the children at risk?",
        "Who or what, and what keeps them safe now. If nothing is known, say how you know.",
        rows=6,
    )
    told = words("What were the children and the family told?", "By whom and when, and what they said.")
    occurred_at = moment("When did you write it?")


class VisitForm(OnTransfer):
    """Both teams saw the children together, or did not."""

    mark_optional = False
    made = forms.TypedChoiceField(
        label="Did both teams visit the children together?", widget=forms.RadioSelect,
        choices=[("yes", "Yes"), ("no", "No, and I say why as a manager")], coerce=lambda said: said == "yes",
        help_text="If there was no visit, one stays owed until it is made or excused.",
    )  # fmt: skip
    occurred_at = moment("When was that?")
    sender = _officer("Who went from the team that holds the case?", required=False, empty="Nobody")
    receiver = _officer("Who went from the receiving team?", required=False, empty="Nobody")
    children = forms.ModelMultipleChoiceField(
        label="Which children were seen?",
        queryset=Child.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    words = words(
        "What was seen and said?", "What the children said, and what they were told. If there was no visit: why."
    )

    def choose(self, transfer: Transfer, officer: Officer, hurdle: Hurdle | None) -> None:
        """Workers of both teams, and the children of the file."""
        _fill(self, "sender", workers_of(transfer.from_team))
        _fill(self, "receiver", workers_of(transfer.to_team))
        self.fields["sender"].label = f"Who went from {transfer.from_team.name}?"
        self.fields["receiver"].label = f"Who went from {transfer.to_team.name}?"
        children = self.fields["children"]
        assert isinstance(children, forms.ModelMultipleChoiceField)  # noqa: S101 (for the type checker)
        children.queryset = transfer.case_file.children.all()
        children.label_from_instance = lambda obj: str(obj.name)  # type: ignore[method-assign]


class CompleteForm(OnTransfer):
    """The case goes over."""

    mark_optional = False
    worker = _officer(
        "Who in the receiving team works with the children from now on?", "If nobody is named, the case waits for a worker there.",
        required=False, empty="Nobody yet",
    )  # fmt: skip
    occurred_at = moment("When does it go over?", "This is the time now. Change it if it was earlier.")

    def choose(self, transfer: Transfer, officer: Officer, hurdle: Hurdle | None) -> None:
        """A worker of the receiving team."""
        _fill(self, "worker", workers_of(transfer.to_team))


class WithdrawForm(OnTransfer):
    """Not asked for any more."""

    words = words("Why is it withdrawn?", "What happens with the case instead.")
    occurred_at = moment("When was that decided?")
