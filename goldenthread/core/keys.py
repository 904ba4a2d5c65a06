"""The key that names one showing of a form. It says when that was, so that a key older than its answer is known to be."""

import secrets
from datetime import UTC, datetime

from goldenthread.core.clock import now

KEY = "submission"
"""The name of the hidden field."""
VERSION = "version"
"""The name of the hidden field with the version of what the page shows."""


def new_key() -> str:
    """A key for a form that is shown now."""
    return f"{int(now().timestamp() * 1000):x}.{secrets.token_hex(10)}"


def shown_at(key: str) -> datetime | None:
    """When the form with this key was shown; None where it is no key of ours."""
    stamp, _, rest = key.partition(".")
    try:
        at = datetime.fromtimestamp(int(stamp, 16) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return at if len(key) <= 40 and len(rest) == 20 and at.year >= 1990 else None
