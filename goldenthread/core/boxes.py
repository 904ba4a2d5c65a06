"""The boxes of our forms: what a room's form is made of."""

from collections.abc import Sequence

from django import forms

from goldenthread.core.fields import MomentField

Choices = Sequence[tuple[str, str]]


def radios(label: str, choices: Choices, help_text: str = "", *, required: bool = True) -> forms.ChoiceField:
    """A question with few answers."""
    return forms.ChoiceField(
        label=label, choices=choices, help_text=help_text, widget=forms.RadioSelect, required=required
    )


def picker(label: str, choices: Choices, help_text: str = "", *, required: bool = True) -> forms.ChoiceField:
    """A question with many answers."""
    return forms.ChoiceField(label=label, choices=[("", "Choose"), *choices], help_text=help_text, required=required)


def words(label: str, help_text: str = "", *, rows: int = 4, required: bool = True) -> forms.CharField:
    """A box for several lines. The browser does not cut what is too long: the answer says so, and loses nothing."""
    field = forms.CharField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        required=required,
        max_length=20000,
    )
    field.widget.attrs.pop("maxlength", None)
    return field


def line(label: str, help_text: str = "", *, required: bool = True, length: int = 120) -> forms.CharField:
    """A box for one line."""
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=length)


def moment(label: str, help_text: str = "This is the time now. Change it if it was earlier.") -> MomentField:
    """When it was true: never in the future."""
    return MomentField(label=label, help_text=help_text, past=True)
