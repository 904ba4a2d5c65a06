"""Where an officer lives, as a keyed fingerprint that nobody can read: so that it can be told from a child's address.

What was typed is forgotten once it is fingerprinted. A row is never altered: a new one ends the one before, so that
whoever moves house, or says so, is still found where they lived before.
"""

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.people.access import require
from goldenthread.people.models import HomeAddress, Officer
from goldenthread.people.roles import Permission

_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
_NUMBER = re.compile(r"[0-9]+[A-Za-z]?\b")


@dataclass(frozen=True, slots=True)
class Place:
    """A place as two fingerprints. house: of postcode and house number together, empty without a number."""

    postcode: str
    house: str


def first_number(words: str) -> str:
    """The first house or flat number of an address, “12A”; empty where there is none."""
    found = _NUMBER.search(words)
    return found[0].upper() if found else ""


def plain_postcode(words: str) -> str:
    """A postcode without spaces, in capitals; empty for what is no postcode of the United Kingdom."""
    plain = re.sub(r"[^A-Z0-9]", "", words.upper())
    return plain if _POSTCODE.fullmatch(plain) else ""


def place_of(postcode: str, words: str) -> Place | None:
    """The fingerprints of an address; None where its postcode says nothing. The same place gives the same ones."""
    plain, number = plain_postcode(postcode), first_number(words)
    if not plain:
        return None
    return Place(_print(f"postcode|{plain}"), _print(f"house|{plain}|{number}") if number else "")


def _print(words: str) -> str:
    key = sha256(b"goldenthread.home-address:" + settings.SECRET_KEY.encode()).digest()
    return hmac.digest(key, words.encode(), "sha256").hex()


@transaction.atomic
def hold_home_address(*, officer: Officer, postcode: str, number: str, by: Officer) -> HomeAddress:
    """Hold where an officer lives: their own, or an administrator for anybody else. Raises NotAllowed; Refused where
    that is no postcode."""
    _may(officer, by)
    place = place_of(postcode, number)
    if place is None:
        raise Refused("Enter a full postcode, such as AB1 2CD")
    ended = _end(officer)
    made = HomeAddress.objects.create(
        officer=officer, postcode=place.postcode, house=place.house, since_at=now(), by=by
    )
    trail.write("hold home address", officer, by=by, why=_why(officer, by), before=ended, number=bool(place.house))
    return made


@transaction.atomic
def forget_home_address(*, officer: Officer, by: Officer) -> None:
    """An officer's address is no longer held: an administrator only, so that nobody hides by taking their own away. What
    was held still counts for the time in which it was. Raises NotAllowed; Refused where none is held."""
    require(by, Permission.MANAGE_ACCOUNTS)
    if officer.pk == by.pk:
        raise NotAllowed("Another administrator does that for you")
    if not _end(officer):
        raise Refused("No address is held for this account")
    trail.write("forget home address", officer, by=by)


def held_for(officer: Officer) -> HomeAddress | None:
    """What is held of an officer now: since when, and who said so."""
    return HomeAddress.objects.filter(officer=officer, until_at=None).select_related("by").first()


def homes_between(officers: Iterable[Officer], start: datetime) -> dict[str, list[Place]]:
    """User name → every place that was held for the officer from an instant on."""
    found: dict[str, list[Place]] = {}
    rows = HomeAddress.objects.filter(Q(until_at=None) | Q(until_at__gte=start), officer__in=officers)
    # What is held now may have been said only after the period: somebody who lives there lived there a while.
    for name, postcode, house in rows.values_list("officer__username", "postcode", "house"):
        found.setdefault(name, []).append(Place(postcode, house))
    return found


def _may(officer: Officer, by: Officer) -> None:
    if officer.pk != by.pk:
        require(by, Permission.MANAGE_ACCOUNTS)
    elif not by.is_active:
        raise NotAllowed("This account is closed")


def _why(officer: Officer, by: Officer) -> str:
    return "own account" if officer.pk == by.pk else "role"


def _end(officer: Officer) -> bool:
    Officer.objects.select_for_update().get(pk=officer.pk)  # two at once wait: one address is held at a time
    return bool(HomeAddress.objects.filter(officer=officer, until_at=None).update(until_at=now()))
