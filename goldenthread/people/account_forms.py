"""What the administrator fills in about an account, and what an officer gives to prove who they are."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.http import HttpRequest

from goldenthread.core.fields import DayField
from goldenthread.people import throttle
from goldenthread.people.actions import LEAVING
from goldenthread.people.models import Area, Officer, Post, Team
from goldenthread.people.roles import ROLES


class ChangeForm(forms.Form):
    """Who somebody is in the service."""

    name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(
        label="Email address", required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(
        label="Role",
        choices=[(key, f"{role.title}: {role.comes_for}") for key, role in ROLES.items()],
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
    )
    team = forms.ModelChoiceField(Team.objects.all(), label="Team", required=False, empty_label="None")
    area = forms.ModelChoiceField(
        Area.objects.order_by("name"), label="Area", required=False, empty_label="None", help_text="For a group manager"
    )
    post = forms.ModelChoiceField(Post.objects.all(), label="Post", required=False, empty_label="None")

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError where the role needs a team or an area to count in, and has none."""
        cleaned = self.cleaned_data
        role = ROLES.get(cleaned.get("role", ""))
        if role and role.scope == "team" and "team" not in self.errors and not cleaned.get("team"):
            self.add_error("team", "Choose the team that they work in")
        if role and role.scope == "group" and "area" not in self.errors and not cleaned.get("area"):
            self.add_error("area", "Choose the area that they manage")
        return cleaned


class OpenForm(ChangeForm):
    """An account for somebody who joins."""

    username = forms.CharField(
        label="User name",
        max_length=150,
        help_text="What they sign in with: small letters, figures, full stops and hyphens",
        validators=[
            RegexValidator(r"^[a-z0-9][a-z0-9.-]*$", "Use only small letters, figures, full stops and hyphens")
        ],
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    joined_on = DayField(label="When did they join?", required=False)
    field_order = ["username"]


class CloseForm(forms.Form):
    """Why an account is closed. A reason is one of a few: the trail holds no story about a person."""

    why = forms.ChoiceField(label="Why?", choices=list(LEAVING.items()), widget=forms.RadioSelect)
    left_on = DayField(label="When did they leave?", required=False, help_text="Left out, today")


class ProveForm(forms.Form):
    """One's own password again."""

    password = forms.CharField(
        label="Your password",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "class": "govuk-input--width-20"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, officer: Officer, **kwargs: Any) -> None:
        self.request, self.officer = request, officer
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """Raises ValidationError where it is not the officer's, or was tried too often from here."""
        given: str = self.cleaned_data["password"]
        name = self.officer.get_username()
        if throttle.too_many(self.request, name):
            raise ValidationError("Too many tries. Wait 15 minutes, then try again", code="throttled")
        if not self.officer.check_password(given):
            throttle.failed(self.request, name, throttle.STEP_FAILED)
            raise ValidationError("Check your password: it does not match")
        return given
