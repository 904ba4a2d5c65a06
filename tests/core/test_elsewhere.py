"""The log's lines and the trail's, sent to the council's collector as they are written."""

import logging
import socket
import time
from collections.abc import Iterator

import pytest
from django.db import transaction

from goldenthread.core import elsewhere, trail
from goldenthread.core.elsewhere import Elsewhere, collector_from
from goldenthread.core.logs import OneLine
from goldenthread.core.models import TrailEntry, TrailLink
from tests.conftest import Cast


@pytest.fixture
def collector() -> Iterator[socket.socket]:
    """This machine's collector."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as heard:
        heard.bind(("127.0.0.1", 0))
        heard.settimeout(10)
        yield heard


@pytest.fixture
def sending(collector: socket.socket) -> Iterator[Elsewhere]:
    """The trail's logger as the settings make it."""
    handler = Elsewhere(f"udp://127.0.0.1:{collector.getsockname()[1]}")
    handler.setFormatter(OneLine())
    logger = logging.getLogger("goldenthread.trail")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield handler
    logger.setLevel(logging.NOTSET)
    logger.removeHandler(handler)
    handler.close()


@pytest.mark.django_db(transaction=True)
def test_each_entry_goes_once_it_is_committed_with_the_seal_and_without_words(
    cast: Cast, collector: socket.socket, sending: Elsewhere
) -> None:
    with transaction.atomic():
        trail.write("sign in", cast.worker, by=cast.worker, why="own account")
        trail.write("read referral", "referrals.referral:12", by=cast.worker, words=trail.sealed("Marchbanks"))
    with transaction.atomic():
        trail.write("sign out", cast.worker, by=cast.worker)
        transaction.set_rollback(True)
    trail.write("step up", cast.worker, by=cast.worker)
    lines = [collector.recv(4096).decode() for _ in range(3)]
    assert lines[0].startswith("<86>1 2")
    assert "goldenthread.trail" in lines[0]
    assert [word in line for word, line in zip(("sign in", "read referral", "step up"), lines, strict=True)] == [
        True
    ] * 3
    second, third = TrailEntry.objects.order_by("pk")[1:3]
    seals = dict(TrailLink.objects.values_list("entry", "mac"))
    assert f"referrals.referral:12 {seals[second.pk]}" in lines[1]
    assert lines[2].endswith(seals[third.pk])
    assert second.detail["words"] not in lines[1]


def test_a_collector_that_is_away_holds_nobody_up_and_loses_nothing_for_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(elsewhere, "_AGAIN", 0.05)
    monkeypatch.setattr(elsewhere, "_MOST", 20)
    tried, heard = [], []

    class Line:
        def sendall(self, message: bytes) -> None:
            heard.append(message)

    def connect(self: Elsewhere) -> Line:
        tried.append(1)
        if len(tried) < 4:
            raise ConnectionRefusedError
        return Line()

    monkeypatch.setattr(Elsewhere, "_connect", connect)
    handler = Elsewhere("tls://logs.council.example")
    began = time.monotonic()
    for number in range(30):
        handler.emit(logging.LogRecord("x", logging.WARNING, "", 1, "line %s", (number,), None))
    assert time.monotonic() - began < 1
    until = time.monotonic() + 10
    while len(heard) < 20 and time.monotonic() < until:
        time.sleep(0.02)
    handler.close()
    assert 20 <= len(heard) <= 21
    assert handler.lost == 30 - len(heard)
    assert heard[0].endswith(b"line 0")
    length, _, rest = heard[0].partition(b" ")
    assert int(length) == len(rest), "over TLS each line says how long it is"


def test_in_the_clear_only_on_this_machine() -> None:
    assert collector_from("tls://logs.council.example") == ("tls", "logs.council.example", 6514)
    assert collector_from("udp://localhost") == ("udp", "localhost", 514)
    for wrong in ("udp://logs.council.example:514", "tcp://127.0.0.1:514", "logs.council.example", "tls://"):
        with pytest.raises(ValueError, match="GOLDENTHREAD_SYSLOG"):
            collector_from(wrong)
