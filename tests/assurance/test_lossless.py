"""The harnesses of “nothing lost, nothing doubled”, with small counts; and that each of them sees a fault."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException

import pytest

from assurance.conflicts import conflicts
from assurance.council import Council
from assurance.database_restarts import database_restarts
from assurance.disk_full import CannotMount, disk_full
from assurance.double_submits import double_submits
from assurance.kills import kills
from assurance.postgres import find_postgres
from tests.assurance.conftest import ON_POSTGRES, only_once

pytestmark = pytest.mark.postgres


def test_the_same_form_sent_twice_or_fifty_times_at_once_has_one_effect(database: str) -> None:
    found = double_submits(10, database=database)
    assert (found.several, found.answers) == ([], [])
    assert found.repeats == len(found.kinds) == 10
    assert found.sends > 50


def test_who_saves_second_loses_no_words_and_writes_over_nobody(database: str) -> None:
    found = conflicts(25, database=database)
    assert (found.silent, found.gone, found.odd) == ([], [], [])
    assert found.conflicts >= 25


def test_kill_9_under_load_loses_nothing_acknowledged_and_leaves_nothing_half_done(database: str) -> None:
    found = kills(3, database=database)
    assert (found.lost, found.doubled, found.half) == ([], [], [])
    assert (found.ledger, found.integrity, found.odd) == ([], [], [])
    assert found.kills == 3
    assert found.acked >= found.clients


@pytest.mark.skipif(not ON_POSTGRES, reason="only a database server can be restarted")
def test_a_database_that_goes_away_loses_nothing_acknowledged() -> None:
    binaries = find_postgres()
    assert binaries is not None
    found = database_restarts(4, binaries)
    assert (found.writes.lost, found.writes.doubled, found.writes.half) == ([], [], [])
    assert (found.writes.ledger, found.writes.odd) == ([], [])
    assert found.stuck == 0, "it goes on by itself"
    assert found.apart > 0, "somebody saw the page that says so"
    assert found.writes.acked >= found.writes.clients


@only_once
def test_a_full_disk_leaves_nothing_half_written_and_says_so() -> None:
    try:
        found = disk_full(4)
    except CannotMount as why:
        pytest.skip(f"no small disk can be mounted here: {why}")
    assert (found.partial, found.unsaid, found.lost) == ([], [], [])
    assert found.refused >= 4


@only_once
def test_the_harness_sees_an_answer_given_before_the_write() -> None:
    assert kills(3, fault="acknowledges early").lost


@only_once
def test_the_harness_sees_writes_outside_a_transaction() -> None:
    assert kills(4, fault="no transaction").half


@only_once
def test_the_harness_sees_a_form_without_a_key() -> None:
    assert double_submits(4, fault="no keys").several


@only_once
def test_the_harness_sees_one_edit_written_over_another() -> None:
    assert conflicts(40, fault="no versions").silent


@only_once
def test_the_harness_sees_a_half_write_on_a_full_disk() -> None:
    try:
        found = disk_full(6, fault="no transaction")
    except CannotMount as why:
        pytest.skip(f"no small disk can be mounted here: {why}")
    assert found.partial or found.lost


@contextmanager
def answering(words: str) -> Iterator[Council]:
    """A council whose server answers one request with these words, and is gone."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            link, _ = listening.accept()
            with link:
                link.recv(10_000)
                link.sendall(words.encode())

        server = threading.Thread(target=answer)
        server.start()
        council = Council.__new__(Council)
        council.facts = {"port": listening.getsockname()[1]}
        yield council
        server.join()


@only_once
@pytest.mark.parametrize(
    "rest", ["", "Content-Length: 9\r\n", "Content-Length: 9\r\n\r\nhalf", "\r\n", "\r\n<html><body>Not sa"]
)
def test_an_answer_that_was_cut_short_is_none(rest: str) -> None:
    # Without its length, what http.client reads of it is a page that answers 200 and says nothing, or half of it.
    with answering(f"HTTP/1.0 200 OK\r\nServer: killed\r\n{rest}") as council, pytest.raises(HTTPException):
        council.send("somebody", "/referrals/1/amend/")


@only_once
def test_a_whole_page_that_does_not_give_its_length_is_an_answer() -> None:
    with answering("HTTP/1.0 503 Busy\r\n\r\n<html><body>Not saved</body></html>\n") as council:
        assert council.send("somebody", "/referrals/1/amend/").status == 503
