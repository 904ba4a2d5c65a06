"""The log's lines and the trail's, sent to another machine as they are written (GOLDENTHREAD_SYSLOG).

    tls://logs.council.example:6514     a collector on another machine: always encrypted, its certificate proved
    udp://127.0.0.1:514                 the collector of this machine, which passes them on

Lines wait in memory while the collector is away, ten thousand at most, and no page waits for it. The trail itself stays
in the database, sealed: what is sent says who did what to which record by key, and the seal of the last entry.
"""

import contextlib
import logging
import os
import queue
import socket
import ssl
import sys
import threading
import time
from urllib.parse import urlparse

_LONGEST_WAIT = 10  # seconds, for a connection or an answer
_AGAIN = 5  # seconds until the collector is tried again
_MOST = 10_000  # lines that wait
_HERE = {"127.0.0.1", "::1", "localhost"}
_LEVELS = {logging.CRITICAL: 2, logging.ERROR: 3, logging.WARNING: 4, logging.INFO: 6}
_FACILITY = 10  # security messages, as RFC 5424 numbers them


def collector_from(url: str) -> tuple[str, str, int]:
    """The kind, host and port of a GOLDENTHREAD_SYSLOG. In the clear only on this machine. Raises ValueError."""
    parts = urlparse(url)
    if parts.scheme not in {"tls", "udp"} or not parts.hostname:
        raise ValueError("GOLDENTHREAD_SYSLOG: write it as tls://HOST:6514, or udp://127.0.0.1:514")
    if parts.scheme == "udp" and parts.hostname not in _HERE:
        raise ValueError("GOLDENTHREAD_SYSLOG: to another machine lines go encrypted only: tls://HOST:6514")
    return parts.scheme, parts.hostname, parts.port or (6514 if parts.scheme == "tls" else 514)


class Elsewhere(logging.Handler):
    """Sends each line to the collector, by a thread of its own."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.kind, self.host, self.port = collector_from(address)
        self.lost = 0
        self._waiting: queue.Queue[bytes] = queue.Queue(_MOST)
        self._line: socket.socket | None = None
        self._process = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Put a line with those that wait. Never raises, and never waits."""
        try:
            urgency = _FACILITY * 8 + _LEVELS.get(record.levelno, 6)
            at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
            told = self.format(record).replace("\n", " ")
            self._waiting.put_nowait(
                f"<{urgency}>1 {at} {socket.gethostname()} goldenthread {os.getpid()} - - {told}".encode()
            )
        except queue.Full:
            self.lost += 1
        except Exception:
            self.handleError(record)
        self._begin()

    def _begin(self) -> None:
        if self._process != os.getpid():  # a thread does not follow into another process
            self._process = os.getpid()
            threading.Thread(target=self._send_all, name="goldenthread-log", daemon=True).start()

    def _send_all(self) -> None:
        while True:
            message = self._waiting.get()
            while not self._sent(message):
                time.sleep(_AGAIN)
            self._waiting.task_done()

    def _sent(self, message: bytes) -> bool:
        try:
            line = self._line or self._connect()
            line.sendall(message if self.kind == "udp" else b"%d %s" % (len(message), message))
        except OSError as fault:
            if self._line is not None:
                with contextlib.suppress(OSError):
                    self._line.close()
            self._line = None
            print(f"The log's collector cannot be reached: {type(fault).__name__}", file=sys.stderr)
            return False
        self._line = line
        return True

    def _connect(self) -> socket.socket:
        if self.kind == "udp":
            family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
            line = socket.socket(family, socket.SOCK_DGRAM)
            line.connect((self.host, self.port))
            return line
        plain = socket.create_connection((self.host, self.port), timeout=_LONGEST_WAIT)
        return ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)

    def close(self) -> None:
        """What waits is given two seconds more."""
        until = time.monotonic() + 2
        while self._process == os.getpid() and self._waiting.unfinished_tasks and time.monotonic() < until:
            time.sleep(0.02)
        super().close()
