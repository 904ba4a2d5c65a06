"""Signing in and changing one's password."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from goldenthread.people import accounts, second_factor, throttle
from goldenthread.people.home_address import plain_postcode
from goldenthread.people.models import Area, Officer, Post, Team
from goldenthread.people.roles import ROLES


class SignInForm(AuthenticationForm):
    """User name and password. Which of the two was wrong is never said."""

    username = forms.CharField(
        label="User name",
        max_length=150,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "class": "govuk-input--width-20",
            }
        ),
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "class": "govuk-input--width-20"}),
    )
    error_messages = {
        "invalid_login": "Check your user name and password: they do not match an account in use",
        "inactive": "Check your user name and password: they do not match an account in use",
    }

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError where they do not match, or were tried too often from here."""
        username = self.cleaned_data.get("username")
        if self.request is None or not username:
            return self.cleaned_data
        if throttle.too_many(self.request, username):
            raise ValidationError("Too many tries. Wait 15 minutes, then try again", code="throttled")
        try:
            cleaned = super().clean() or self.cleaned_data
            if (officer := self.get_user()) and accounts.close_if_dormant(officer):
                raise self.get_invalid_login_error()
            return cleaned
        except ValidationError:
            if self.cleaned_data.get("password"):
                throttle.failed(self.request, username)
            raise


class PasswordForm(forms.Form):
    """A new password for oneself, given with the present one."""

    present_password = forms.CharField(
        label="Present password",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "class": "govuk-input--width-20"}),
    )
    new_password = forms.CharField(
        label="New password",
        strip=False,
        max_length=1000,
        help_text="At least 12 characters, such as three words that do not belong together",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "govuk-input--width-20"}),
    )

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        self.officer = officer
        super().__init__(*args, **kwargs)

    def clean_present_password(self) -> str:
        """Raises ValidationError where it is not the officer's password."""
        present: str = self.cleaned_data["present_password"]
        if not self.officer.check_password(present):
            raise ValidationError("Enter your present password as it is now")
        return present

    def clean_new_password(self) -> str:
        """Raises ValidationError where it is short, common, or like the officer's name."""
        new: str = self.cleaned_data["new_password"]
        validate_password(new, self.officer)
        if self.officer.check_password(new):
            raise ValidationError("Enter a password that is not your present one")
        return new


def _code_field(label: str, hint: str = "") -> forms.CharField:
    # “password” in its name keeps what is typed out of every draft
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "spellcheck": "false", "class": "govuk-input--width-10"}
        ),
    )


class CodeForm(forms.Form):
    """A code from the app, or a recovery code."""

    password_code = _code_field("Code", "The 6 numbers that your authenticator app shows, or a recovery code")


class SetUpForm(forms.Form):
    """The first code from an app that is being set up."""

    password_code = _code_field("Code", "The 6 numbers that your app shows for Golden Thread")

    def __init__(self, *args: Any, secret: str, **kwargs: Any) -> None:
        self.secret = secret
        self.step = 0
        super().__init__(*args, **kwargs)

    def clean_password_code(self) -> str:
        """Raises ValidationError where the code is not the one that the app shows now."""
        code: str = self.cleaned_data["password_code"]
        step = second_factor.step_of(self.secret, code)
        if step is None:
            raise ValidationError("Enter the code that your app shows now: this one does not match")
        self.step = step
        return code


class PasswordAgainForm(forms.Form):
    """One's password again, where there is no second factor."""

    password = forms.CharField(
        label="Password",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "class": "govuk-input--width-20"}),
    )


class ReasonForm(forms.Form):
    """Why an account is closed, opened again or reset."""

    reason = forms.CharField(
        label="Reason", help_text="Such as: left on Friday; lost the phone", max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class AccountForm(forms.Form):
    """Whose account it is, and what they may do."""

    name = forms.CharField(label="Name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(label="Email address", required=False, max_length=254)
    role = forms.ChoiceField(label="Role", choices=[("", "Choose a role")] + [(r.key, r.title) for r in ROLES.values()])
    team = forms.ModelChoiceField(Team.objects.all(), label="Team", required=False, empty_label="None")
    area = forms.ModelChoiceField(
        Area.objects.order_by("name"), label="Area", help_text="For a group manager", required=False,
        empty_label="None",
    )  # fmt: skip
    post = forms.ModelChoiceField(Post.objects.all(), label="Post", required=False, empty_label="None")


class HomeAddressForm(forms.Form):
    """Where an officer lives. “password” in a field's name keeps what is typed out of every draft, as is said on the page."""

    password_postcode = forms.CharField(
        label="Postcode",
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-10"}),
    )
    password_number = forms.CharField(
        label="House or flat number",
        help_text="The first number of the address: 3 for Flat 3, 12 High Street. Leave it empty where there is none",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-5"}),
    )

    def clean_password_postcode(self) -> str:
        """Raises ValidationError for what is no postcode."""
        given: str = self.cleaned_data["password_postcode"]
        if not plain_postcode(given):
            raise ValidationError("Enter a full postcode, such as AB1 2CD")
        return given

    def clean(self) -> dict[str, Any]:
        """Under the names that the verb knows."""
        given = self.cleaned_data
        return {"postcode": given.get("password_postcode", ""), "number": given.get("password_number", "")}


class AsAtForm(forms.Form):
    """As at which day the access review is asked for."""

    mark_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["as-at"] = forms.DateField(
            label="As at the end of",
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            input_formats=["%Y-%m-%d"],
        )

    @property
    def day(self) -> date:
        """The day that was asked for."""
        found: date = self.cleaned_data["as-at"]
        return found


class ReviewForm(forms.Form):
    """Whether an account is right as it is."""

    right = forms.TypedChoiceField(
        label="Is this account right as it is?",
        choices=[("yes", "Yes: they need it for their work, as it is"), ("no", "No: something should change")],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="What should change", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class NewAccountForm(AccountForm):
    """A joiner's account."""

    username = forms.RegexField(
        r"^[a-z0-9][a-z0-9.-]*$",
        label="User name",
        help_text="Small letters, numbers, full stops and hyphens, such as asha.verma",
        max_length=60,
        error_messages={"invalid": "User name must have only small letters, numbers, full stops and hyphens"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ["username"]
