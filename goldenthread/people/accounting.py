"""A random sample of views, for managers to account for: was this record opened because the work needed it?"""

import random
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from goldenthread.core import trail
from goldenthread.core.clock import end_of, now, start_of
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import Account, TrailEntry, TrailLink, TrailSubject
from goldenthread.people.access import require
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission

SHARE = 100
"""One view in so many is drawn."""
OPENED = ("read ", "see ", "list ", "search ", "check ", "download ", "export ")
"""How the deeds of those who look begin."""


def line_of(reader: Officer) -> QuerySet[Officer]:
    """The officers whose deeds this reader may see: those of the teams that the reader's role reaches; nobody where the
    role does not read the trail."""
    reached = reader.team_ids_reached() if reader.may(Permission.READ_TRAIL) else []
    everyone: QuerySet[Officer] = Officer.objects.all()
    return everyone if reached is None else everyone.filter(team__in=reached)


def views_between(first: date, last: date) -> QuerySet[TrailEntry]:
    """The entries of a period, both days included, in which somebody was shown records."""
    shown = TrailSubject.objects.filter(entry=OuterRef("pk"))
    rows = TrailEntry.objects.filter(at__gte=start_of(first), at__lte=end_of(last))
    looked = rows.none()
    for word in OPENED:
        looked = looked | rows.filter(deed__startswith=word)
    return looked.filter(Exists(shown)).order_by("pk")


def sample_of(first: date, last: date) -> list[int]:
    """The views drawn of a period: one in a hundred, at least one where there were any. Whoever draws the same period
    gets the same ones, and nobody can know them before it ends: they follow from the last seal in it."""
    pks = list(views_between(first, last).values_list("pk", flat=True))
    if not pks:
        return []
    seal = TrailLink.objects.filter(entry__lte=pks[-1]).values_list("mac", flat=True).last() or ""
    chance = random.Random(f"{first} {last} {seal}")  # noqa: S311 (it must repeat; the seal is what nobody can foresee)
    return sorted(chance.sample(pks, -(-len(pks) // SHARE)))


@transaction.atomic
def draw_sample(*, first: date, last: date, by: Officer) -> int:
    """Ask for accounts of a period's sample. Returns how many are new. Raises NotAllowed; Refused for a period that has
    not ended, or ends before it begins."""
    require(by, Permission.READ_TRAIL)
    if last < first or end_of(last) >= now():
        raise Refused("The period must be over, and end no earlier than it begins.")
    drawn = sample_of(first, last)
    known = set(Account.objects.filter(entry__in=drawn).values_list("entry", flat=True))
    asked = [Account(entry=pk, asked_at=now()) for pk in drawn if pk not in known]
    Account.objects.bulk_create(asked)
    trail.write("draw sample of views", "trail:sample", by=by, first=first, last=last, drawn=len(drawn), new=len(asked))
    return len(asked)


def accounts_for(reader: Officer) -> QuerySet[Account]:
    """The accounts that this reader may give: of officers in the line, never of the reader's own views."""
    names = line_of(reader).exclude(pk=reader.pk).values("username")
    entries = TrailEntry.objects.filter(pk=OuterRef("entry"), officer__in=names)
    return Account.objects.filter(Exists(entries))


@transaction.atomic
def account_for(*, account: Account, needed: bool, answer: str, by: Officer) -> None:
    """Say whether a view was needed for the work, and why one thinks so. Raises NotAllowed; Refused where it was
    answered before, or without words."""
    require(by, Permission.READ_TRAIL)
    held = accounts_for(by).select_for_update().filter(pk=account.pk).first()
    if held is None:
        raise NotAllowed("This is not yours to account for.")
    if held.answered_at is not None:
        raise Refused("This was accounted for already.")
    if not answer.strip():
        raise Refused("Say why you think so.")
    held.needed, held.answer, held.answered_at, held.by = needed, answer.strip(), now(), by.username
    held.save(update_fields=["needed", "answer", "answered_at", "by"])
    trail.write("account for view", f"core.account:{held.pk}", by=by, entry=held.entry, needed=needed)
