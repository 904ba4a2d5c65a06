"""Keeping the index in step: a few children at once, all anew, and saying which are out of step."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models.signals import post_delete, post_save

from goldenthread.cases.finding import keys
from goldenthread.cases.finding.models import SearchKey
from goldenthread.cases.models import Address, Child, OtherName

Progress = Callable[[int, int], None]
_BATCH = 500
_AT_ONCE = 2000


def keys_of(child: Child) -> frozenset[int]:
    """The keys of a child as it stands. Reads the child's other names and addresses, prefetched or not."""
    years = [child.date_of_birth.year] if child.date_of_birth else []
    found = set(keys.of_name(child.given_names, child.family_name, years=years))
    for name in child.other_names.all():
        # Mostly one part of it is another: the rest is as on the record.
        given, family = name.given_names or child.given_names, name.family_name or child.family_name
        found.update(keys.of_name(given, family, years=years))
    if child.date_of_birth:
        found.update(keys.of_birth(child.date_of_birth))
    for address in child.addresses.all():
        found.update(keys.of_address(address.lines, address.postcode))
    return frozenset(key.number for key in found)


def _with_all(ids: Collection[int]) -> Iterable[Child]:
    return Child.objects.filter(pk__in=ids).prefetch_related("other_names", "addresses")


def _kept(ids: Collection[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for child, key in SearchKey.objects.filter(child__in=ids).values_list("child_id", "key"):
        found[child].add(key)
    return found


def _write(rows: list[tuple[int, int]]) -> None:
    """Rows by the thousand. They are whole numbers of ours, so they go into the statement as they are."""
    with connection.cursor() as cursor:
        for begin in range(0, len(rows), _AT_ONCE):
            values = ", ".join(f"({key:d}, {child:d})" for key, child in rows[begin : begin + _AT_ONCE])
            cursor.execute(f"INSERT INTO cases_searchkey (key, child_id) VALUES {values}")  # noqa: S608


@transaction.atomic
def index_children(ids: Collection[int]) -> None:
    """Bring the keys of these children into step with their records."""
    kept = _kept(ids)
    rows = []
    for child in _with_all(ids):
        wanted, has = keys_of(child), kept.get(child.pk, set())
        if gone := has - wanted:
            SearchKey.objects.filter(child=child, key__in=gone).delete()
        rows += [(key, child.pk) for key in sorted(wanted - has)]
    _write(rows)


def _batches() -> Iterator[list[int]]:
    ids = list(Child.objects.order_by("pk").values_list("pk", flat=True))
    for begin in range(0, len(ids), _BATCH):
        yield ids[begin : begin + _BATCH]


def rebuild(progress: Progress | None = None) -> int:
    """Make the index anew from the records; the number of keys. Interrupted, it leaves every batch right."""
    whole, done = Child.objects.count(), 0
    for ids in _batches():
        with transaction.atomic():
            SearchKey.objects.filter(child__in=ids).delete()
            _write([(key, child.pk) for child in _with_all(ids) for key in sorted(keys_of(child))])
        done += len(ids)
        if progress:
            progress(done, whole)
    return SearchKey.objects.count()


def out_of_step(progress: Progress | None = None) -> list[int]:
    """The children whose keys are not those of their records. Changes nothing."""
    whole, done = Child.objects.count(), 0
    found: list[int] = []
    for ids in _batches():
        kept = _kept(ids)
        found += [child.pk for child in _with_all(ids) if keys_of(child) != kept.get(child.pk, set())]
        done += len(ids)
        if progress:
            progress(done, whole)
    return sorted(found)


def _saved(sender: Any, instance: Any, raw: bool = False, **more: Any) -> None:
    if not raw:
        index_children([instance.pk if isinstance(instance, Child) else instance.child_id])


def fill(**given: Any) -> None:
    """Make the index where there is none yet: a database of an earlier version has just been brought up to date."""
    if SearchKey._meta.db_table not in connection.introspection.table_names():
        return  # it was brought to a version that has none
    if Child.objects.exists() and not SearchKey.objects.exists():
        rebuild()


def listen() -> None:
    """Index whatever is saved, at once and in the same transaction. Called once, when the app is ready."""
    for model in (Child, OtherName, Address):
        post_save.connect(_saved, sender=model, dispatch_uid=f"index {model.__name__}")
    for model in (OtherName, Address):
        post_delete.connect(_saved, sender=model, dispatch_uid=f"index without {model.__name__}")
