"""Signing in and changing one's password."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from goldenthread.people import throttle
from goldenthread.people.models import Officer


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
            return super().clean() or self.cleaned_data
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
        return new
