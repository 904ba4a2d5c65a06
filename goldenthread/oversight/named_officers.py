"""Officers named by typing: one a line, by name or by user name, so that a long list is as quick as a short one.

What was typed stays in the box whatever is wrong with it, and the answer says which lines are meant.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from goldenthread.people.models import Officer

_MOST = 200  # lines
_OFFERED = 4  # user names that are offered for a name of several


def as_typed(officer: Officer) -> str:
    """An officer as the box shows them, and takes them."""
    return f"{officer.name} ({officer.username})"


def _key(words: str) -> str:
    return " ".join(words.split()).casefold()


def officers_called(lines: Sequence[str], roles: Iterable[str]) -> list[Officer]:
    """The officers with accounts in use, of these roles, whom the lines name; each once, in the order typed. One statement.

    Raises ValidationError with one message for each line that names nobody, or several."""
    by: dict[str, dict[int, Officer]] = defaultdict(dict)
    usernames: dict[str, Officer] = {}
    for officer in Officer.objects.filter(role__in=list(roles), is_active=True).select_related("team"):
        usernames[_key(officer.username)] = usernames[_key(as_typed(officer))] = officer
        by[_key(officer.name)][officer.pk] = officer
    found: dict[int, Officer] = {}
    wrong: list[ValidationError] = []
    for line in lines:
        key = _key(line)
        if key in usernames:
            found[usernames[key].pk] = usernames[key]
        elif len(by[key]) == 1:
            found |= by[key]
        else:
            wrong.append(ValidationError(_whats_wrong(line, list(by[key].values()), by), code="officer"))
    if wrong:
        raise ValidationError(wrong)
    return list(found.values())


def _whats_wrong(line: str, several: list[Officer], by: dict[str, dict[int, Officer]]) -> str:
    if several:
        which = "; ".join(f"{one.username}{f' ({one.team})' if one.team else ''}" for one in several[:_OFFERED])
        more = f"; and {len(several) - _OFFERED} more" if len(several) > _OFFERED else ""
        return (
            f"“{line}” is the name of {len(several)} officers: write the user name of the one you mean. {which}{more}"
        )
    words = set(_key(line).split())
    near = [one for key, named in by.items() if words & set(key.split()) for one in named.values()]
    meant = ", ".join(as_typed(one) for one in near[:_OFFERED])
    return f"“{line}”: nobody of that name may open records" + (f". Did you mean {meant}?" if meant else "")


class OfficersField(forms.CharField):
    """Officers, one a line. Cleans to a list of them."""

    def __init__(self, label: str, help_text: str, roles: Iterable[str]) -> None:
        self.roles = list(roles)
        super().__init__(label=label, help_text=help_text, widget=forms.Textarea(attrs={"rows": 8}), max_length=20000)
        self.widget.attrs.pop("maxlength", None)

    def prepare_value(self, value: Any) -> Any:
        """Officers as they are typed; what was typed, as it is."""
        return value if value is None or isinstance(value, str) else "\n".join(as_typed(one) for one in value)

    def clean(self, value: Any) -> Any:
        """Raises ValidationError: see `officers_called`."""
        lines = [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]
        if len(lines) > _MOST:
            raise ValidationError(f"Name {_MOST} officers at most: this names {len(lines)}")
        return officers_called(lines, self.roles)


class OfficerField(OfficersField):
    """One officer, on one line."""

    def __init__(self, label: str, help_text: str, roles: Iterable[str]) -> None:
        super().__init__(label, help_text, roles)
        self.widget = forms.TextInput(attrs={"autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        """As typed."""
        return as_typed(value) if isinstance(value, Officer) else value

    def clean(self, value: Any) -> Any:
        """Raises ValidationError where the line names nobody, or several."""
        return super().clean(" ".join(str(value or "").split()))[0]
