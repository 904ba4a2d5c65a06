"""`make test`: the whole suite on SQLite, then what touches a database again on a real PostgreSQL server.

Chromium and PostgreSQL are not ours to install: where one is missing, its tests do not run and the closing lines say
so. Further arguments go to pytest. The PostgreSQL server is made for the run, in a temporary folder, on loopback.
"""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.journeys.chromium import find_chromium


def find_postgres() -> Path | None:
    """The folder with initdb and pg_ctl."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[4]))
    return debian[-1].parent if debian else None


def unprivileged() -> str | None:
    """PostgreSQL refuses to run as root: who runs it instead."""
    if os.geteuid():
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in names)


@contextlib.contextmanager
def postgres_server(binaries: Path) -> Iterator[str]:
    """A server of our own, stopped and removed afterwards. Yields its DATABASE_URL."""
    user = unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="goldenthread-pg-"))
    if user:
        shutil.chown(folder, user)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(*command: str) -> None:
        subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)

    data = folder / "data"
    run(str(binaries / "initdb"), "-D", str(data), "-U", "goldenthread", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off -c max_connections=50"
    run(str(binaries / "pg_ctl"), "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield f"postgresql://goldenthread@127.0.0.1:{port}/postgres"
    finally:
        run(str(binaries / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def pytest_run(arguments: list[str], **environment: str) -> int:
    """Run pytest in a process of its own; no tests collected is a failure."""
    # Half of the tests each, in their order, and whoever ends first takes over from the other: what is made once for a
    # folder is made once or twice, and both end together.
    workers = ["-n", "2", "--dist", "worksteal"] if "-n" not in arguments else []
    # What is compiled is kept: else every worker, and every program that a test starts, compiles the whole of it anew.
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", *workers, *arguments], env={**kept, **environment}
    ).returncode


def main(arguments: list[str]) -> int:
    """Run both halves; the first failure decides."""
    missing = []
    with tempfile.TemporaryDirectory(prefix="goldenthread-test-") as home:
        print("— SQLite —", flush=True)
        code = pytest_run(arguments, GOLDENTHREAD_HOME=home, DATABASE_URL="")
        if (binaries := find_postgres()) is None:
            missing.append("the suite on PostgreSQL: no PostgreSQL server is installed")
        elif not code:
            print("— PostgreSQL —", flush=True)
            with postgres_server(binaries) as url:
                code = pytest_run(["-m", "not browser", *arguments], GOLDENTHREAD_HOME=home, DATABASE_URL=url)
    if find_chromium() is None:
        missing.append("journeys in the browser: no Chromium is installed")
    for what in missing:
        print(f"\n*** NOT RUN: {what} ***", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
