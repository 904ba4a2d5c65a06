"""Passwords that others would guess: the service's own words, and common passwords that were only made longer."""

import re
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from goldenthread.people.roles import ROLES

OURS = ("golden thread", "improvement plan", "social care", "social worker", "children services", "childrens services")
"""Words of the service. The council's name and the titles of roles are added to them."""
_ENOUGH = 6  # letters that must be left once such words are taken out


def _letters(words: str) -> str:
    return re.sub(r"[^a-z]", "", words.casefold())


def words_of_ours() -> set[str]:
    """Every word that a password may not consist of, in small letters without spaces."""
    named = {*OURS, settings.AUTHORITY, *(role.title for role in ROLES.values())}
    return {letters for words in named if len(letters := _letters(words)) > 3}


class GuessableValidator(CommonPasswordValidator):
    """Refuses a password that is little more than words of the service, or a common password repeated or with figures
    and signs around it."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        plain = password.casefold()
        left = _letters(plain)
        for words in sorted(words_of_ours(), key=len, reverse=True):
            left = left.replace(words, "")
        if left != _letters(plain) and len(left) < _ENOUGH:
            raise ValidationError("Enter a password without the words of this service in it", code="ours")
        core = re.sub(r"^[^a-z]+|[^a-z]+$", "", plain)
        once = re.fullmatch(r"(.+?)\1*", plain)
        if core in self.passwords or (once and (once[1] in self.passwords or len(once[1]) < 4)):
            raise ValidationError("Enter a password that is not a common one made longer", code="common")

    def get_help_text(self) -> str:
        """What a person is told."""
        return "Not the words of this service, and not a common password made longer"
