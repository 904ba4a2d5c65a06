"""A PostgreSQL server of the harness's own, on loopback, that can be stopped as a power cut stops it."""

import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.__main__ import find_postgres, unprivileged

__all__ = ["Postgres", "find_postgres", "postgres"]


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server. url: its DATABASE_URL."""

    binaries: Path
    folder: Path
    port: int
    user: str | None

    @property
    def url(self) -> str:
        """Its DATABASE_URL."""
        return f"postgresql://goldenthread@127.0.0.1:{self.port}/postgres"

    def run(self, *command: str) -> None:
        """One of its programs, as who runs the server."""
        subprocess.run(
            [str(self.binaries / command[0]), *command[1:]],
            check=True, user=self.user, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-p {self.port} -h 127.0.0.1 -k {self.folder} -c max_connections=120"
        data, log = str(self.folder / "data"), str(self.folder / "log")
        self.run("pg_ctl", "-D", data, "-o", options, "-l", log, "-w", "start")

    def stop(self) -> None:
        """Stop it at once, as if the power had gone: it recovers when it starts."""
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")


@contextmanager
def postgres(binaries: Path) -> Iterator[Postgres]:
    """Make one, start it, and remove it afterwards. It writes to disk before it acknowledges, as it does at a council."""
    user, folder = unprivileged(), Path(tempfile.mkdtemp(prefix="goldenthread-pg-"))
    if user:
        shutil.chown(folder, user)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Postgres(binaries, folder, port, user)
    try:
        server.run("initdb", "-D", str(folder / "data"), "-U", "goldenthread", "-A", "trust", "-E", "UTF8", "--no-sync")
        server.start()
        yield server
    finally:
        with suppress(subprocess.CalledProcessError):  # it may not be running
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)
