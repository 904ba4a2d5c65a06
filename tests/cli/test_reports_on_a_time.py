"""`goldenthread report` for a time, and in each format."""

import json
from collections.abc import Callable

import pytest

from tests.cli.conftest import Ended
from tests.conftest import Cast

Command = Callable[..., Ended]


@pytest.mark.django_db
def test_interpreters_are_reported_for_a_time(command: Command, cast: Cast) -> None:
    ended = command(
        "report", "interpreters", "--from", "2003-07-01", "--to", "2003-09-30", "--format", "json", "--as", "isla"
    )
    assert ended.code == 0, ended.err
    told = json.loads(ended.out)
    assert told["title"] == "Interpreters, 1 July 2003 to 30 September 2003"
    assert told["as_at"] == "2003-09-30"


@pytest.mark.parametrize("kind", ["html", "json"])
@pytest.mark.django_db
def test_temporary_accommodation_is_reported_as_at_a_day(command: Command, cast: Cast, kind: str) -> None:
    ended = command("report", "temporary-accommodation", "--as-at", "2003-10-31", "--format", kind, "--as", "isla")
    assert ended.code == 0, ended.err
    assert "Temporary accommodation in October 2003" in ended.out
    assert "None are written for October 2003 yet" in ended.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["report", "interpreters", "--from", "2003-09-30", "--to", "2003-07-01"], "would end before it begins"),
        (["report", "temporary-accommodation", "--from", "2003-07-01"], "leave out the day that it begins"),
        (["report", "interpreters", "--from", "soon"], "--from soon"),
    ],
)
@pytest.mark.django_db
def test_a_time_that_is_none_is_refused(command: Command, cast: Cast, arguments: list[str], says: str) -> None:
    ended = command(*arguments, "--as", "isla")
    assert ended.code == 2
    assert says in " ".join(ended.err.split())
