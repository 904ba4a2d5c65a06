"""What is asked of the settings about people, before anything is served."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from goldenthread.people.roles import ROLES


@register()
def second_factor_roles(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """A misspelt role would be asked for no second factor, and nobody would know."""
    return [
        Error(
            f"GOLDENTHREAD_SECOND_FACTOR names “{role}”, which is no role.",
            hint=f"The roles are: {', '.join(ROLES)}.",
            id="people.E001",
        )
        for role in settings.SECOND_FACTOR_ROLES
        if role not in ROLES
    ]


@register()
def breached_passwords(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """A list that is named and is not there would refuse every new password."""
    named = settings.BREACHED_PASSWORDS
    if not named or Path(named).is_file():
        return []
    return [Error(f"GOLDENTHREAD_BREACHED_PASSWORDS names {named}, which is no file.", id="people.E002")]
