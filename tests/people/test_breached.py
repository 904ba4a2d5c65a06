"""Breached passwords are looked up in a file of the council's own, however large, and over no network."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from goldenthread.people.breached import is_breached
from goldenthread.people.checks import breached_passwords
from tests.conftest import Cast

KNOWN = ["three words apart", "a purple kettle sings", "correct horse battery staple", "ünïcode is no help here"]


def _hash(password: str) -> str:
    return hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


def _list(folder: Path, passwords: list[str], ending: str) -> Path:
    file = folder / "breached.txt"
    file.write_bytes("".join(f"{line}{ending}" for line in sorted(map(_hash, passwords))).encode())
    return file


@pytest.mark.parametrize("ending", [":12\r\n", ":3\n", "\n", "\r\n"])
def test_every_line_is_found_and_nothing_else(tmp_path: Path, ending: str) -> None:
    others = [f"password number {number}" for number in range(999)]
    file = _list(tmp_path, KNOWN + others, ending)
    assert all(is_breached(password, file) for password in KNOWN + others)
    assert not any(is_breached(f"unheard of {number}", file) for number in range(300))
    file.write_bytes(file.read_bytes().rstrip())
    assert all(is_breached(password, file) for password in KNOWN + others), "the last line need not end"
    assert not is_breached("three words apart", _list(tmp_path, [], ending))


@given(some.lists(some.text(max_size=4), max_size=12), some.text(max_size=4), some.booleans())
def test_it_says_what_reading_the_whole_list_would(
    tmp_path_factory: pytest.TempPathFactory, passwords: list[str], sought: str, counted: bool
) -> None:
    file = _list(tmp_path_factory.mktemp("list"), passwords, ":7\n" if counted else "\n")
    assert is_breached(sought, file) == (sought in passwords)


def test_such_a_password_is_refused_and_the_others_are_not(
    cast: Cast, client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.BREACHED_PASSWORDS = str(_list(tmp_path, KNOWN, ":9\n"))
    client.force_login(cast.worker)
    given_now = {"present_password": "golden-thread-demo"}
    page = client.post(reverse("password"), given_now | {"new_password": "a purple kettle sings"}).content.decode()
    assert "known from a breach of some other service" in page
    assert client.post(reverse("password"), given_now | {"new_password": "a silver kettle hums"}).status_code == 302


def test_a_list_that_cannot_be_read_lets_none_through_and_is_a_fault_of_the_settings(
    settings: Any, tmp_path: Path
) -> None:
    settings.BREACHED_PASSWORDS = str(tmp_path / "gone.txt")
    with pytest.raises(ValidationError, match="cannot be read"):
        validate_password("a silver kettle hums")
    assert [fault.id for fault in breached_passwords(None)] == ["people.E002"]
    settings.BREACHED_PASSWORDS = ""
    assert breached_passwords(None) == []
    validate_password("a silver kettle hums")
