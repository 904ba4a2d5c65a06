"""The verbs on the rota: who keeps it, who is on it, when somebody is on call, and when they are not after all.

Every verb is one transaction; it raises NotAllowed or Refused and then nothing is written. `arranged_at` and `occurred_at` are
when it was true; when it was recorded is stamped. `token` names one submission of a form.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction

from goldenthread.cases.facts import Fact
from goldenthread.core import trail
from goldenthread.core.clock import at_minute, day_of, now, start_of
from goldenthread.core.errors import Refused
from goldenthread.core.rules import what_changes
from goldenthread.obligations import ledger
from goldenthread.obligations.correcting import next_row
from goldenthread.obligations.writing import made_before
from goldenthread.people.access import require
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.legal import rules
from goldenthread.standards.assessment.legal.choices import Call
from goldenthread.standards.assessment.legal.coverage import week_of
from goldenthread.standards.assessment.legal.models import (
    CoverWeek,
    LegalRota,
    PartnerCouncil,
    RotaKeeper,
    RotaShift,
    ShiftEnd,
    Solicitor,
    TestCall,
)
from goldenthread.standards.assessment.legal.shifts import clashes, ends_of, last_instants, turns

F = TypeVar("F", bound=Fact)
WEEKS_OWED = 156
"""How many weeks ahead are owed cover: three years; each change of the rota takes them further."""
_WEEK = timedelta(days=7)


@transaction.atomic
def keep_rota(*, officer: Officer, by: Officer) -> RotaKeeper:
    """From now on this officer keeps the rota, and owes its gaps. The first one starts it: cover is owed from the next
    Monday on."""
    require(by, Permission.KEEP_LEGAL_ROTA)
    rules.check_keeper(officer)
    stamped = now()
    rota = LegalRota.objects.select_for_update().first()
    if rota is None:
        rota = LegalRota.objects.create(started_at=stamped, recorded_at=stamped, by=by)
    elif (kept := rota.keeper_at(None)) and kept.officer_id == officer.pk:
        raise Refused(f"{officer.name} keeps the rota already.")
    keeper = RotaKeeper.objects.create(rota=rota, officer=officer, since_at=stamped, recorded_at=stamped, by=by)
    _look_ahead(rota)
    trail.write("give legal rota", rota, by=by, officer=officer.get_username(), keeper=keeper.pk)
    ledger.refresh(rota, *rota.weeks.all())
    return keeper


def weeks_between(starts_at: datetime, ends_at: datetime) -> list[CoverWeek]:
    """The weeks that a span touches."""
    return list(CoverWeek.objects.filter(starts_at__lt=ends_at, ends_at__gt=starts_at))


def first_monday(rota: LegalRota) -> datetime:
    """When the first week begins that the rota is to cover."""
    started = day_of(rota.started_at)
    monday = week_of(started)
    return start_of(monday if start_of(monday) >= rota.started_at else monday + _WEEK)


def _look_ahead(rota: LegalRota) -> None:
    """The weeks that are owed cover, as far ahead as they are looked at; those that are new take in the shifts that touch
    them."""
    last = rota.weeks.last()
    at = last.ends_at if last else first_monday(rota)
    monday, until = day_of(at), day_of(now()) + WEEKS_OWED * _WEEK
    made = []
    while monday < until:
        made.append(
            CoverWeek(
                rota=rota, starts_at=start_of(monday), ends_at=start_of(monday + _WEEK), recorded_at=now()
            )
        )  # fmt: skip
        monday += _WEEK
    for week in CoverWeek.objects.bulk_create(made):
        if last is not None:
            week.shifts.set(RotaShift.objects.filter(starts_at__lt=week.ends_at, ends_at__gt=week.starts_at))
    ledger.refresh(*made)


@transaction.atomic
def add_solicitor(*, name: str, council: str, phone: str, by: Officer) -> Solicitor:
    """A solicitor who can be put on the rota, of this council."""
    require(by, Permission.KEEP_LEGAL_ROTA)
    rules.check_words(name, "the name of the solicitor")
    rules.check_words(council, "which council they work for")
    rules.check_phone(phone)
    named = " ".join(name.split())
    found = PartnerCouncil.called(council)
    if Solicitor.objects.filter(name__iexact=named, council=found).exists():
        raise Refused(f"{named} of {found} is on the list already.")
    solicitor = Solicitor.objects.create(name=named, council=found, phone=phone.strip(), recorded_at=now(), by=by)
    trail.write("add solicitor", solicitor, by=by, council=found.pk)
    return solicitor


@transaction.atomic
def change_solicitor(*, solicitor: Solicitor, phone: str, on_rota: bool, by: Officer) -> Solicitor:
    """Another phone number; or no longer on the rota, which leaves their shifts to be handed over. Refused while shifts
    lie ahead."""
    require(by, Permission.KEEP_LEGAL_ROTA)
    found = Solicitor.objects.select_for_update().get(pk=solicitor.pk)
    rules.check_phone(phone)
    after = {"phone": phone.strip(), "on_rota": on_rota}
    what_changes(found, after, after)
    if found.on_rota and not on_rota and any(last > now() for _, last in last_instants(solicitor=found)):
        raise Refused(f"{found.name} is still to be on call: hand those shifts over first.")
    changed = trail.changes(found, after)
    for name, value in after.items():
        setattr(found, name, value)
    found.save(update_fields=list(after))
    trail.write("change solicitor", found, by=by, changed=changed)
    return found


def _put(fact: F, rota: LegalRota, deed: str, by: Officer) -> F:
    fact.recorded_at, fact.by = now(), by
    fact.save(force_insert=True)
    trail.write(deed, rota, by=by, **{fact._meta.model_name or "": fact.pk})
    return fact


def _arrange(shift: RotaShift, rota: LegalRota, deed: str, by: Officer) -> RotaShift:
    _put(shift, rota, deed, by)
    shift.weeks.set(weeks_between(shift.starts_at, shift.ends_at))
    return shift


def _refresh(shifts: Iterable[RotaShift]) -> None:
    ledger.refresh(*CoverWeek.objects.filter(shifts__in=[shift.pk for shift in shifts]).distinct())


@transaction.atomic
def add_shift(
    *,
    solicitor: Solicitor,
    starts_at: datetime,
    ends_at: datetime,
    arranged_at: datetime,
    by: Officer,
    call: str = Call.FIRST,
    token: str | None = None,
) -> RotaShift:
    """The solicitor is on call from an instant up to another, as arranged with them at `arranged_at`."""
    require(by, Permission.KEEP_LEGAL_ROTA)
    rota = rules.the_rota()
    if made := made_before(RotaShift, token):
        return made
    rules.check_choice(call, Call.choices, "first or second call")
    rules.check_solicitor(solicitor)
    starts_at, ends_at = at_minute(starts_at), at_minute(ends_at)
    rules.check_shift(starts_at, ends_at, arranged_at)
    _check_not_twice(solicitor, starts_at, ends_at)
    shift = RotaShift(
        rota=rota,
        solicitor=solicitor,
        call=call,
        starts_at=starts_at,
        ends_at=ends_at,
        occurred_at=arranged_at,
        token=token,
    )
    _look_ahead(rota)
    _arrange(shift, rota, "add to legal rota", by)
    _refresh([shift])
    return shift


def _check_not_twice(solicitor: Solicitor, starts_at: datetime, ends_at: datetime) -> None:
    if clashes(solicitor, starts_at, ends_at):
        raise Refused(f"{solicitor.name} is on call at some of that time already.")


@transaction.atomic
def add_pattern(
    *,
    solicitor: Solicitor,
    starts_at: datetime,
    ends_at: datetime,
    weeks: int,
    arranged_at: datetime,
    by: Officer,
    call: str = Call.FIRST,
) -> list[RotaShift]:
    """The same shift in each of so many weeks. What is in the way of one of them leaves out that one; Refused where all
    are."""
    require(by, Permission.KEEP_LEGAL_ROTA)
    rota = rules.the_rota()
    if not 1 <= weeks <= 52:
        raise Refused("A pattern goes on for 1 to 52 weeks.")
    rules.check_choice(call, Call.choices, "first or second call")
    rules.check_solicitor(solicitor)
    starts_at, ends_at = at_minute(starts_at), at_minute(ends_at)
    if ends_at - starts_at > _WEEK:
        raise Refused("A shift that comes every week is a week at most.")
    rules.check_shift(starts_at, ends_at, arranged_at)
    free = [turn for turn in turns(solicitor, starts_at, ends_at, weeks, arranged_at) if not turn.why_not]
    if not free:
        raise Refused("Nothing would be added: something is in the way in every week.")
    _look_ahead(rota)
    made = [
        _arrange(
            RotaShift(
                rota=rota, solicitor=solicitor, call=call, starts_at=turn.starts_at, ends_at=turn.ends_at,
                occurred_at=arranged_at,
            ),
            rota, "add to legal rota", by,
        )
        for turn in free
    ]  # fmt: skip
    _refresh(made)
    return made


def _held(shift: RotaShift) -> tuple[RotaShift, datetime]:
    """The shift as it stands, and until when somebody is on call. Raises Refused where it was taken back."""
    rows = list(
        RotaShift.objects.filter(pk=shift.pk).prefetch_related("ends")
    ) + list(RotaShift.objects.filter(root=shift.first_id).exclude(pk=shift.pk).prefetch_related("ends"))  # fmt: skip
    if found := ends_of(rows):
        return found[0]
    raise Refused("This shift was taken back already.")


@transaction.atomic
def cut_short(
    *, shift: RotaShift, ends_at: datetime, reason: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> ShiftEnd:
    """The solicitor is not on call after all from `ends_at` on: ill, on leave, or found not to have answered. occurred_at:
    when that was known to us."""
    require(by, Permission.KEEP_LEGAL_ROTA)
    rota = rules.the_rota()
    if made := made_before(ShiftEnd, token):
        return made
    return _end(shift, rota, ends_at, reason, occurred_at, by, token=token)


def _end(
    shift: RotaShift,
    rota: LegalRota,
    ends_at: datetime,
    reason: str,
    occurred_at: datetime,
    by: Officer,
    *,
    instead: RotaShift | None = None,
    token: str | None = None,
) -> ShiftEnd:
    shift, until = _held(shift)
    rules.check_words(reason, "why the shift ends sooner")
    rules.check_time(
        occurred_at, "the change", after=shift.occurred_at, after_what="the shift was arranged"
    )  # fmt: skip
    ends_at = at_minute(ends_at)
    rules.check_until(shift, ends_at, until)
    end = ShiftEnd(
        shift=shift, ends_at=ends_at, reason=reason.strip(), occurred_at=occurred_at, instead=instead, token=token
    )
    _put(end, rota, "cut legal rota short", by)
    _refresh([shift])
    return end


@transaction.atomic
def hand_over_shift(
    *,
    shift: RotaShift,
    solicitor: Solicitor,
    from_at: datetime,
    reason: str,
    occurred_at: datetime,
    by: Officer,
    token: str | None = None,
) -> RotaShift:
    """Another solicitor takes the rest of a shift over, from an instant on: in one act, so that no gap comes between."""
    require(by, Permission.KEEP_LEGAL_ROTA)
    rota = rules.the_rota()
    if made := made_before(RotaShift, token):
        return made
    shift, until = _held(shift)
    rules.check_solicitor(solicitor)
    from_at = at_minute(from_at)
    rules.check_until(shift, from_at, until)
    if solicitor.pk == shift.solicitor_id:
        raise Refused(f"{solicitor.name} has this shift: choose whom it goes to.")
    rules.check_shift(from_at, until, occurred_at)
    _check_not_twice(solicitor, from_at, until)
    taken = RotaShift(
        rota=rota, solicitor=solicitor, call=shift.call, starts_at=from_at, ends_at=until, occurred_at=occurred_at,
        token=token,
    )  # fmt: skip
    _arrange(taken, rota, "add to legal rota", by)
    _end(shift, rota, from_at, reason, occurred_at, by, instead=taken)
    _refresh([taken])
    return taken


@transaction.atomic
def take_back(*, shift: RotaShift, reason: str, by: Officer, token: str | None = None) -> RotaShift:
    """A shift was entered by mistake: it was never arranged. Both rows stay."""
    require(by, Permission.KEEP_LEGAL_ROTA)
    rota = rules.the_rota()
    if made := made_before(RotaShift, token):
        return made
    row, _ = next_row(shift, None, reason=reason, free=lambda: _check_not_handed(shift), token=token)
    weeks = list(shift.weeks.all())
    _put(row, rota, "take back from legal rota", by)
    row.weeks.set(weeks)
    _refresh([shift])
    return row


def _check_not_handed(shift: RotaShift) -> None:
    if ShiftEnd.objects.filter(instead=shift, withdrawn=False, superseded_by=None).exists():
        raise Refused("This shift was handed over from another: cut it short, or hand it on.")


@transaction.atomic
def record_test_call(
    *,
    answered: bool,
    occurred_at: datetime,
    by: Officer,
    minutes: int | None = None,
    words: str = "",
    token: str | None = None,
) -> TestCall:
    """Somebody rang the number to see whether it is answered. One that was not answered settles nothing, and says what
    happened."""
    require(by, Permission.KEEP_LEGAL_ROTA)
    rota = rules.the_rota()
    if made := made_before(TestCall, token):
        return made
    rules.check_time(occurred_at, "the call", after=rota.started_at, after_what="the rota began")
    if answered and minutes is None:
        raise Refused("Write how many minutes it took until a solicitor spoke; nought, if it was at once.")
    if not answered:
        rules.check_words(words, "what happened when you rang")
    fact = TestCall(
        rota=rota, answered=answered, minutes=minutes if answered else None, words=words.strip(),
        occurred_at=occurred_at, token=token,
    )  # fmt: skip
    _put(fact, rota, "test legal number", by)
    ledger.refresh(rota)
    return fact
