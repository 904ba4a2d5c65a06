"""What officers do to their own accounts, and what the administrator does to everyone's: joiners, movers, leavers."""

import secrets
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Coalesce, Greatest

from goldenthread.core import trail
from goldenthread.core.clock import now, today
from goldenthread.core.errors import BadInput, NotAllowed, Refused
from goldenthread.people.access import require
from goldenthread.people.models import Area, Officer, Post, Team
from goldenthread.people.roles import ROLES, Permission

ADMINISTRATOR = "administrator"
LEAVING = {
    "left": "They have left the service",
    "absence": "They are away for a long time",
    "duplicate": "They have another account",
    "security": "Somebody else may have used it",
}
DORMANT = "dormant"


class _System:
    def get_username(self) -> str:
        return "system"


@transaction.atomic
def change_password(*, password: str, by: Officer) -> None:
    """Set one's own password; other sessions of the officer end. The form has checked the present one."""
    if by.must_change_password and by.check_password(password):
        raise Refused("Choose a password other than the one you were given.")
    by.set_password(password)
    by.must_change_password = False
    by.save(update_fields=["password", "must_change_password"])
    trail.write("change password", by, by=by, why="own account")


@transaction.atomic
def open_account(
    *,
    username: str,
    name: str,
    role: str,
    by: Officer,
    email: str = "",
    team: Team | None = None,
    area: Area | None = None,
    post: Post | None = None,
    joined_on: date | None = None,
) -> tuple[Officer, str]:
    """An account for somebody who joins. Returns it with a password that serves once: they must change it.

    Raises NotAllowed, BadInput for a role that does not exist, or Refused where the user name is taken, whatever its
    capitals.
    """
    require(by, Permission.MANAGE_ACCOUNTS)
    if role not in ROLES:
        raise BadInput(f"There is no role “{role}”.")
    if Officer.objects.filter(username__iexact=username).exists():
        raise Refused(f"The user name “{username}” is taken: choose another.")
    password = _password()
    officer = Officer.objects.create_officer(
        username, name=name, role=role, password=password, email=email, team=team, area=area, post=post,
        joined_on=joined_on or today(), opened_at=now(), must_change_password=True,
    )  # fmt: skip
    trail.write("open account", officer, by=by, role=role, team=team and team.pk, area=area and area.pk)
    return officer, password


@transaction.atomic
def change_account(*, officer: Officer, by: Officer, **after: Any) -> list[str]:
    """Change somebody's name, email, role, team, area or post; it counts from their next request. Returns what changed.

    Raises NotAllowed for one's own role, Refused where no administrator would be left, BadInput for any other field.
    """
    require(by, Permission.MANAGE_ACCOUNTS)
    if unknown := after.keys() - {"name", "email", "role", "team", "area", "post"}:
        raise BadInput(f"An account's {', '.join(sorted(unknown))} cannot be changed.")
    if after.get("role", officer.role) not in ROLES:
        raise BadInput(f"There is no role “{after['role']}”.")
    officer = _held(officer)
    changed = trail.changes(officer, after)
    if "role" in changed:
        if officer.pk == by.pk:
            raise NotAllowed("Nobody changes their own role: ask another administrator.")
        _refuse_last_administrator(officer)
    for field in changed:
        setattr(officer, field, after[field])
    if changed:
        officer.save(update_fields=list(changed))
        trail.write("change account", officer, by=by, changed=changed)
    return list(changed)


@transaction.atomic
def close_account(*, officer: Officer, why: str, by: Officer, left_on: date | None = None) -> None:
    """Close the account of somebody who leaves: their sessions end at once. why: a key of LEAVING.

    Raises NotAllowed for one's own account, Refused where it is closed already or no administrator would be left.
    """
    require(by, Permission.MANAGE_ACCOUNTS)
    if why not in LEAVING:
        raise BadInput(f"“{why}” is no reason for closing an account.")
    if officer.pk == by.pk:
        raise NotAllowed("Nobody closes their own account: ask another administrator.")
    officer = _held(officer)
    _refuse_last_administrator(officer)
    if not officer.is_active:
        raise Refused("The account is closed already.")
    _close(officer, left_on or today())
    trail.write("close account", officer, by=by, reason=why, changed={"is_active": (True, False)})


@transaction.atomic
def reopen_account(*, officer: Officer, by: Officer) -> str:
    """Open a closed account again, in the role that it had. Returns a password that serves once."""
    require(by, Permission.MANAGE_ACCOUNTS)
    officer = _held(officer)
    if officer.is_active:
        raise Refused("The account is open already.")
    officer.is_active, officer.left_on, officer.opened_at = True, None, now()
    officer.save(update_fields=["is_active", "left_on", "opened_at"])
    trail.write("reopen account", officer, by=by, changed={"is_active": (False, True)})
    return _give_password(officer)


@transaction.atomic
def issue_password(*, officer: Officer, by: Officer) -> str:
    """A new password for somebody who cannot sign in: it serves once, and their sessions end at once.

    Raises NotAllowed for one's own account, which has a page of its own; Refused for a closed account.
    """
    require(by, Permission.MANAGE_ACCOUNTS)
    if officer.pk == by.pk:
        raise NotAllowed("Change your own password on its page.")
    officer = _held(officer)
    if not officer.is_active:
        raise Refused("The account is closed: reopen it first.")
    trail.write("issue password", officer, by=by)
    return _give_password(officer)


@transaction.atomic
def close_dormant(*, only: Officer | None = None) -> list[Officer]:
    """Close the accounts that nobody has used for DORMANT_DAYS, by rule and not by a person. Returns them.

    The last administrator's stays open, and so does one that has never been dated (made in bulk and never used).
    """
    before = now() - timedelta(days=settings.DORMANT_DAYS)
    _lock_administrators()
    used = Greatest(Coalesce("last_login", "opened_at"), Coalesce("opened_at", "last_login"))
    stale = Officer.objects.select_for_update().filter(is_active=True).alias(used=used).filter(used__lt=before)
    closed: list[Officer] = []
    for officer in stale if only is None else stale.filter(pk=only.pk):
        if _is_last_administrator(officer):
            continue
        _close(officer, None)
        trail.write(
            "close account", officer, by=_System(), why="rule", reason=DORMANT, changed={"is_active": (True, False)}
        )
        closed.append(officer)
    return closed


def _held(officer: Officer) -> Officer:
    """The account as it is now, with nobody else changing it or the last administrators meanwhile."""
    _lock_administrators()
    return Officer.objects.select_for_update().get(pk=officer.pk)


def _lock_administrators() -> None:
    list(Officer.objects.select_for_update().filter(role=ADMINISTRATOR).order_by("pk").values_list("pk"))


def _is_last_administrator(officer: Officer) -> bool:
    others = Officer.objects.filter(role=ADMINISTRATOR, is_active=True).exclude(pk=officer.pk)
    return officer.is_active and officer.role == ADMINISTRATOR and not others.exists()


def _refuse_last_administrator(officer: Officer) -> None:
    if _is_last_administrator(officer):
        raise Refused("This is the last administrator: open another account in that role first.")


def _close(officer: Officer, left_on: date | None) -> None:
    officer.is_active, officer.left_on, officer.sessions_end_before = False, left_on, now()
    officer.save(update_fields=["is_active", "left_on", "sessions_end_before"])


def _give_password(officer: Officer) -> str:
    password = _password()
    officer.set_password(password)
    officer.must_change_password, officer.sessions_end_before = True, now()
    officer.save(update_fields=["password", "must_change_password", "sessions_end_before"])
    return password


def _password() -> str:
    """Made by chance, without characters that are taken for one another."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))
