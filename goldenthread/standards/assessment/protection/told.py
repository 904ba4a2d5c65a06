"""What a later room told of here: it wrote the fact together with a record of its own, and corrects it together with that."""

from collections.abc import Callable

from goldenthread.cases.facts import Fact
from goldenthread.cases.records import OnFile
from goldenthread.core.errors import Refused

Teller = Callable[[Fact], OnFile | None]
_tellers: list[Teller] = []


def told_with(teller: Teller) -> None:
    """Say how the record is found that told of a fact; later rooms do so once, when they are ready."""
    if teller not in _tellers:
        _tellers.append(teller)


def check_told_here(fact: Fact, through: OnFile | None) -> None:
    """A fact that another record told of is corrected there. through: that record, where it does so itself."""
    for teller in _tellers:
        above = teller(fact)
        if above is not None and above != through:
            raise Refused(f"This was recorded with {above._meta.verbose_name} {above}: correct it there.")
