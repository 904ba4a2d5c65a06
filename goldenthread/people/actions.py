"""What officers do to their own accounts."""

from django.db import transaction

from goldenthread.core import trail
from goldenthread.people.models import Officer


@transaction.atomic
def change_password(*, password: str, by: Officer) -> None:
    """Set one's own password; other sessions of the officer end. The form has checked the present one."""
    by.set_password(password)
    by.must_change_password = False
    by.save(update_fields=["password", "must_change_password"])
    trail.write("change password", by, by=by, why="own account")
