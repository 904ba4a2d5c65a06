"""What a form did, in numbers: rows by table, and deeds on the trail. A form sent again may do no more than once sent."""

from django.apps import apps
from django.db.models import Count, Model

from goldenthread.core.models import Draft, TrailEntry

_LOOKING = ("read", "see", "list", "search", "denied", "refused", "sign", "check")
_A_ROW_FOR_EACH_ENTRY = {"core.traillink", "core.trailsubject"}
_BY_THE_WORDS = {"cases.searchkey": ("key", "child"), "register.shown": ("asked", "child")}
"""Tables that get as many rows as the words that were typed give: keys of the search, and whom a check finds alike. Of these,
not how many there are is told, but how many say again what another says."""


def rows_by_table() -> dict[str, int]:
    """How many rows each table of records has."""
    kept = {"sessions.session", "core.draft", "core.submission", "core.trailentry"}
    return {_name(model): model._default_manager.count() for model in apps.get_models() if _name(model) not in kept}


def effects() -> dict[str, int]:
    """How many rows each table has, and how often each deed stands on the trail, but for looking."""
    deeds = TrailEntry.objects.order_by().values_list("deed").annotate(Count("pk"))
    done = {f"trail: {deed}": many for deed, many in deeds if not deed.startswith(_LOOKING)}
    aside = _A_ROW_FOR_EACH_ENTRY | _BY_THE_WORDS.keys()
    rows = {table: many for table, many in rows_by_table().items() if table not in aside}
    again = {f"{table}, said again": said_again(table) for table in _BY_THE_WORDS}
    return {**rows, **again, "core.draft": Draft.objects.count(), **done}


def said_again(table: str) -> int:
    """How many rows of a table say what another of its rows says already."""
    rows = apps.get_model(table)._default_manager.order_by()
    return rows.count() - rows.values(*_BY_THE_WORDS[table]).distinct().count()


def _name(model: type[Model]) -> str:
    return model._meta.label_lower
