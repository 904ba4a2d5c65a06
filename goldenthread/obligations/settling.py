"""Where what is owed on a record of another room is settled: a later room says it of an earlier one's record."""

from dataclasses import dataclass

from goldenthread.people.roles import Permission


@dataclass(frozen=True, slots=True)
class Settling:
    """The page on which it is settled (a URL name that takes the record's number), the button's words, and who may.
    shows: the same page shows afterwards what settled it."""

    url_name: str
    button: str
    permission: Permission = Permission.RECORD_REFERRALS
    shows: bool = False


_known: dict[str, Settling] = {}


def settle_at(
    requirement: str,
    *,
    url_name: str,
    button: str,
    permission: Permission = Permission.RECORD_REFERRALS,
    shows: bool = False,
) -> None:
    """Say where a requirement is settled; rooms do so once, when they are ready."""
    _known[requirement] = Settling(url_name, button, permission, shows)


def settled_at(requirement: str) -> Settling | None:
    """Where it is settled, if a later room said so."""
    return _known.get(requirement)
