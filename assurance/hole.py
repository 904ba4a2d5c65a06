"""One planted hole: a guard by name, what takes it away, and which pages and rows of the matrix are asked meanwhile."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

Opening = Callable[[], AbstractContextManager[Any]]


@dataclass(frozen=True, slots=True)
class Hole:
    """One guard. pages, relationships: what is asked while it is gone (none named: all)."""

    name: str
    opening: Opening
    pages: tuple[str, ...]
    relationships: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    methods: tuple[str, ...] = ("GET", "POST")


@contextmanager
def everywhere(name: str, instead: Any) -> Iterator[None]:
    """A function replaced in every module that imported it."""
    import sys

    held = [
        module for key, module in list(sys.modules.items()) if key.startswith("goldenthread") and hasattr(module, name)
    ]
    plain = {module: getattr(module, name) for module in held}
    for module in held:
        setattr(module, name, instead)
    try:
        yield
    finally:
        for module in held:
            setattr(module, name, plain[module])


@contextmanager
def together(*openings: AbstractContextManager[Any]) -> Iterator[None]:
    from contextlib import ExitStack

    with ExitStack() as stack:
        for opening in openings:
            stack.enter_context(opening)
        yield


def all_seeing(officer: Any, at: Any = None) -> Any:
    from goldenthread.cases.sight import Sight

    return Sight(officer.pk, reads=True, teams=None)


def every_account(reviewer: Any) -> Any:
    from goldenthread.people.models import Officer

    return Officer.objects.all()


def any_restriction(officer: Any, pk: int) -> Any:
    from goldenthread.cases.models import Restriction
    from goldenthread.core import trail

    found = Restriction.objects.select_related("child", "contact", "by").get(pk=pk)
    trail.write("see restriction", found, by=officer, child=found.child_id)
    return found
