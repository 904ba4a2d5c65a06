"""Dates, numbers and verdicts in words, for every template. Built in: no template need load it."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from html import escape
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from goldenthread.core import clock
from goldenthread.core.keys import KEY, VERSION, new_key
from goldenthread.core.statistics import TOO_FEW, wilson

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Context) -> SafeString:
    """What every form that posts carries, in place of Django's own tag: the session's token, the key of this showing
    (goldenthread.core.once) and, where the page put one in its context, the version of what it shows."""
    fields = {"csrfmiddlewaretoken": context.get("csrf_token"), KEY: new_key(), VERSION: context.get(VERSION)}
    return format_html_join(
        "", '<input type="hidden" name="{}" value="{}">', ((name, value) for name, value in fields.items() if value)
    )


_TAGS = {"met": "green", "late": "yellow", "overdue": "red", "due": "blue", "excused": "grey"}
_WORDS = {"late": "Met late"}
_REQUIRED = "This field is required."


# Written out: `calendar.month_name` asks the locale again for every date of a list.
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _day(value: date | datetime) -> date:
    return clock.day_of(value) if isinstance(value, datetime) else value


@lru_cache(maxsize=4096)
def _in_words(plain: date) -> str:
    return f"{plain.day} {_MONTHS[plain.month - 1]} {plain.year}"


@register.filter
def day(value: date | datetime | None) -> str:
    """1 October 2003; nothing for nothing. Takes a date or an instant, whose day in London it gives."""
    return _in_words(_day(value)) if value else ""


@register.filter
def month(value: date | datetime | None) -> str:
    """October 2003."""
    if not value:
        return ""
    plain = _day(value)
    return f"{_MONTHS[plain.month - 1]} {plain.year}"


@register.filter
def hour(value: datetime | None) -> str:
    """2:30pm, 2pm, midday, midnight: the time in London."""
    if not value:
        return ""
    local = value.astimezone(clock.LONDON)
    if local.minute == 0 and local.hour in {0, 12}:
        return "midday" if local.hour else "midnight"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


@register.filter
def moment(value: datetime | None) -> str:
    """1 October 2003, 2:30pm."""
    return f"{day(value)}, {hour(value)}" if value else ""


@register.filter
def deadline(value: datetime | None) -> str:
    """The last instant in time: a day alone where it is that day's end, or else a moment."""
    return day(value) if value and _ends_day(value) else moment(value)


def _ends_day(value: datetime) -> bool:
    """Whether it is the last instant of its day in London."""
    return value.astimezone(clock.LONDON).time() == time.max


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


@register.filter
def due_in(value: datetime | None, now: datetime | None = None) -> str:
    """Due in 3 days, due tomorrow by 2:30pm, 2 days overdue: counted in days of London, as now is (left out: the clock's)."""
    if not value:
        return "no date set"
    now = now or clock.now()
    apart = (clock.day_of(value) - clock.day_of(now)).days
    if value < now:
        return f"{_days(-apart)} overdue" if apart else f"overdue since {hour(value)}"
    if apart > 1:
        return f"due in {_days(apart)}"
    which = "tomorrow" if apart else "today"
    return f"due {which}" if _ends_day(value) else f"due {which} by {hour(value)}"


@register.filter
def lasted(value: timedelta | None) -> str:
    """3 days, 2 hours, under an hour: how long something took."""
    if value is None:
        return ""
    if value.days:
        return _days(value.days)
    hours = value.seconds // 3600
    return "under an hour" if not hours else "1 hour" if hours == 1 else f"{hours} hours"


@register.filter
def attr(mapping: dict[str, Any], name: str) -> Any:
    """What a mapping holds under a name that a template cannot write after a dot."""
    return mapping.get(name, "")


@register.simple_tag
@lru_cache(maxsize=16)
def verdict_tag(verdict: str | None) -> SafeString:
    """A tag for how something owed stands: met, met late, overdue, due, excused."""
    key = str(verdict or "")
    return format_html(
        '<strong class="govuk-tag govuk-tag--{}">{}</strong>',
        _TAGS.get(key, "grey"),
        _WORDS.get(key, key.capitalize() or "Not begun"),
    )


@register.simple_tag
def percent(part: int, whole: int) -> str:
    """85%. Fewer than ten are too few to say anything by a percentage; of none there is none."""
    if not whole:
        return "none yet"
    return f"{100 * part / whole:.0f}%" if whole >= TOO_FEW else "too few to say"


@register.simple_tag
def share(part: int, whole: int, opens: bool = True, url: str = "") -> SafeString:
    """85%, 17 of 20. Fewer than ten: the numbers alone, and not even those for someone who may open no record.

    The numbers stay on one line. url: where the records are; it makes a link of them.
    """
    if url:
        return format_html('<a class="govuk-link" href="{}">{}</a>', url, share(part, whole, opens))
    if not whole:
        return mark_safe('<span class="gt-muted">–</span>')
    numbers = f"{part}\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}{whole}"
    if whole >= TOO_FEW:
        return format_html('{}%<br><span class="gt-muted">{}</span>', f"{100 * part / whole:.0f}", numbers)
    return format_html('<span class="gt-muted">{}</span>', numbers if opens else "too few to say")


@register.simple_tag
def interval(part: int, whole: int) -> str:
    """64% to 95%: what the share may be, chance considered (Wilson, 95%). Fewer than ten are too few to say."""
    if whole < TOO_FEW:
        return "too few to say" if whole else ""
    found = wilson(part, whole)
    return f"{100 * found.low:.0f}% to {100 * found.high:.0f}%"


@register.simple_tag
def row(key: str, value: Any) -> SafeString:
    """One row of a summary list."""
    return format_html(
        '<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">{}</dt>'
        '<dd class="govuk-summary-list__value">{}</dd></div>',
        key,
        "" if value is None else value,
    )


@register.simple_tag
def options(choices: Iterable[tuple[str, str]], chosen: str | None = "") -> SafeString:
    """The options of a select, each a value and its words, with the chosen one marked."""
    return mark_safe(  # noqa: S308  (escaped here: format_html for each option of a page is slow)
        "".join(
            f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(words)}</option>'
            for value, words in choices
        )
    )


# How forms are shown: used by the templates in core/templates/forms/.


@register.filter
def kind(field: BoundField) -> str:
    """How a field is laid out: with a legend, as one box to tick, or with a label."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.MultiWidget):
        return "fieldset"
    return "checkbox" if isinstance(widget, forms.CheckboxInput) else "plain"


@register.filter
def first_id(field: BoundField) -> str:
    """The id of the field's first input: where the error summary leads."""
    return f"{field.auto_id}_0" if kind(field) == "fieldset" else str(field.auto_id)


@register.filter
def optional(field: BoundField) -> str:
    """“ (optional)” after the label of a field that may be left empty; a form with mark_optional = False is silent."""
    return "" if field.field.required or not getattr(field.form, "mark_optional", True) else " (optional)"


@register.filter
def said_of(error: str, field: BoundField) -> str:
    """An error in the house's words: what to do, naming the field."""
    if error != _REQUIRED:
        return error
    label = str(field.label)
    if label.endswith("?"):
        return f"Answer “{label}”"
    if kind(field) == "checkbox":
        return f"Tick “{label}”"
    lower = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    return f"{'Choose' if hasattr(field.field, 'choices') or isinstance(field.field, forms.FileField) else 'Enter'} {lower}"


@register.simple_tag
def described(field: BoundField) -> SafeString:
    """The field's input, tied to its hint and its errors."""
    ids = field.aria_describedby
    return field.as_widget(attrs={"aria-describedby": ids} if ids else None)
