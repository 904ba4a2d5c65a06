"""Joiners, movers and leavers: what an administrator does to other people's accounts.

Every change counts from the officer's next request. Nobody changes their own role, and the last administrator stays.
"""

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import Signal

from goldenthread.core import trail
from goldenthread.core.clock import now, today
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.people import second_factor
from goldenthread.people.access import require
from goldenthread.people.models import AccessReview, Area, Officer, Post, Team
from goldenthread.people.roles import Permission

left_place = Signal()
"""Sent in the transaction in which an officer's account was closed or changed: what only they owed goes to somebody else."""
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def one_time_password() -> str:
    """A password to be told to somebody once, and changed at the first sign-in."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


@transaction.atomic
def open_account(
    *,
    username: str,
    name: str,
    email: str,
    role: str,
    team: Team | None,
    area: Area | None,
    post: Post | None,
    by: Officer,
) -> tuple[Officer, str]:
    """A joiner's account, and the one-time password. Raises Refused where the user name is taken."""
    require(by, Permission.MANAGE_ACCOUNTS)
    if Officer.objects.filter(username__iexact=username).exists():
        raise Refused(f"The user name {username} is taken: choose another")
    password = one_time_password()
    officer = Officer.objects.create_officer(
        username, name=name, role=role, password=password, email=email, team=team, area=area, post=post,
        joined_on=today(), must_change_password=True,
    )  # fmt: skip
    trail.write("open account", officer, by=by, role=role, team=team and team.pk, area=area and area.pk)
    return officer, password


@transaction.atomic
def change_account(*, officer: Officer, by: Officer, **after: Any) -> None:
    """A mover: name, email, role, team, area, post. Raises NotAllowed for one's own account, Refused for the last
    administrator's role."""
    officer = _held(officer, by)
    changed = trail.changes(officer, after)
    if "role" in changed and officer.role == "administrator":
        _not_the_last(officer)
    for field, value in after.items():
        setattr(officer, field, value)
    officer.save(update_fields=list(after))
    trail.write("change account", officer, by=by, changed=changed)
    left_place.send(Officer, officer=officer, by=by)


@transaction.atomic
def close_account(*, officer: Officer, reason: str, by: Officer) -> None:
    """A leaver: the account's sessions end at once. Raises Refused where it is closed, or the last administrator's."""
    officer = _held(officer, by)
    if not officer.is_active:
        raise Refused("This account is closed already")
    _close(officer, by=by, why="administrator", words=_said(reason))


@transaction.atomic
def reopen_account(*, officer: Officer, reason: str, by: Officer) -> str:
    """Open a closed account again, with a one-time password, which is returned. Its second factor is gone."""
    officer = _held(officer, by)
    if officer.is_active:
        raise Refused("This account is in use already")
    password = one_time_password()
    officer.is_active, officer.left_on, officer.opened_at = True, None, now()
    _give(officer, password)
    second_factor.forget(officer)
    officer.save()
    trail.write("reopen account", officer, by=by, changed={"is_active": (False, True)}, words=_said(reason))
    return password


@transaction.atomic
def new_password(*, officer: Officer, reason: str, by: Officer) -> str:
    """A one-time password for who forgot theirs, which is returned; their sessions end. Their second factor stays."""
    officer = _held(officer, by)
    password = one_time_password()
    _give(officer, password)
    officer.save()
    trail.write("reset password", officer, by=by, words=_said(reason))
    return password


@transaction.atomic
def reset_second_factor(*, officer: Officer, reason: str, by: Officer) -> None:
    """For who lost their phone and their recovery codes; their sessions end. Raises Refused where they have none."""
    officer = _held(officer, by)
    if not second_factor.has_one(officer):
        raise Refused("This account has no second factor")
    second_factor.forget(officer)
    officer.session_mark += 1
    officer.save(update_fields=["session_mark"])
    trail.write("second factor removed", officer, by=by, words=_said(reason))


@transaction.atomic
def reset_last_administrator(*, officer: Officer, by: Officer) -> None:
    """From the server's own command line, for the last administrator, who lost theirs and whom nobody else can help.
    Their sessions end. Raises Refused where another administrator can, or there is none to take away."""
    _hold_administrators()
    officer = Officer.objects.select_for_update().get(pk=officer.pk)
    if not _is_last_administrator(officer):
        raise Refused("This is only for the last administrator: for others, an administrator does it on a page")
    if not second_factor.has_one(officer):
        raise Refused("This account has no second factor")
    second_factor.forget(officer)
    officer.session_mark += 1
    officer.save(update_fields=["session_mark"])
    trail.write("second factor removed", officer, by=by, why="last administrator")


@transaction.atomic
def review(*, officer: Officer, right: bool, words: str, by: Officer) -> AccessReview:
    """Say that an account is right as it is, or what should change. Raises Refused where that is not said, NotAllowed
    outside one's line of management, and for one's own account."""
    require(by, Permission.REVIEW_ACCESS)
    if by.pk == officer.pk or not reviewed_by(by).filter(pk=officer.pk).exists():
        raise NotAllowed("You may not review this account")
    if not right and not words.strip():
        raise Refused("Say what should change")
    made = AccessReview.objects.create(officer=officer, by=by, at=now(), right=right, words=words.strip())
    trail.write("review access", officer, by=by, right=right)
    return made


def reviewed_by(reviewer: Officer) -> QuerySet[Officer]:
    """The accounts that an officer answers for: those of their line of management; the whole service's, with
    everybody outside a team, for who answers for all of it."""
    teams = reviewer.line_team_ids()
    return Officer.objects.all() if teams is None else Officer.objects.filter(team_id__in=teams)


def is_dormant(officer: Officer) -> bool:
    """Whether an account in use has not been signed in to for DORMANT_DAYS days, nor was opened since."""
    known = [at for at in (officer.last_login, officer.opened_at) if at]
    return officer.is_active and bool(known) and max(known) < now() - timedelta(days=settings.DORMANT_DAYS)


@transaction.atomic
def close_if_dormant(officer: Officer, *, by: Officer | None = None) -> bool:
    """Close an account that nobody uses; never the last administrator's. Returns whether it did."""
    _hold_administrators()
    officer = Officer.objects.select_for_update().get(pk=officer.pk)
    if not is_dormant(officer) or _is_last_administrator(officer):
        return False
    _close(officer, by=by or officer, why="not used", days=settings.DORMANT_DAYS)
    return True


def close_dormant(*, by: Officer) -> list[Officer]:
    """Close every account that nobody uses. Accounts without a usable password (the command line's) stay."""
    return [
        officer
        for officer in Officer.objects.filter(is_active=True).order_by("username")
        if officer.has_usable_password() and close_if_dormant(officer, by=by)
    ]


def _held(officer: Officer, by: Officer) -> Officer:
    """The account as it stands, held until the change is written. Nobody administers their own."""
    require(by, Permission.MANAGE_ACCOUNTS)
    if officer.pk == by.pk:
        raise NotAllowed("Another administrator changes your account")
    _hold_administrators()
    return Officer.objects.select_for_update().get(pk=officer.pk)


def _said(reason: str) -> str:
    """The reason as the trail keeps it: locked, to be read by those who manage or review accounts."""
    if not reason.strip():
        raise Refused("Say why")
    return trail.sealed(reason.strip())


def _give(officer: Officer, password: str) -> None:
    officer.set_password(password)
    officer.must_change_password = True
    officer.session_mark += 1


def _hold_administrators() -> None:
    """Two administrators who close each other's account at once wait for one another: the last stays."""
    list(Officer.objects.select_for_update().filter(role="administrator").order_by("pk").values_list("pk"))


def _is_last_administrator(officer: Officer) -> bool:
    others = Officer.objects.filter(role="administrator", is_active=True).exclude(pk=officer.pk)
    return officer.role == "administrator" and officer.is_active and not others.exists()


def _not_the_last(officer: Officer) -> None:
    if _is_last_administrator(officer):
        raise Refused("This is the last administrator in use: open another administrator's account first")


def _close(officer: Officer, *, by: Officer, why: str, **detail: Any) -> None:
    _not_the_last(officer)
    officer.is_active, officer.left_on = False, today()
    officer.session_mark += 1
    officer.save(update_fields=["is_active", "left_on", "session_mark"])
    trail.write("close account", officer, by=by, why=why, changed={"is_active": (True, False)}, **detail)
    left_place.send(Officer, officer=officer, by=by)
