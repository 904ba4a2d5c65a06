"""`goldenthread run`, from nothing, twice."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _serve(home: Path, out: Path, log: Path) -> str:
    """Start it, ask for the first page, end it as Ctrl+C would. Returns what it printed."""
    port = _free_port()
    clean = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    with log.open("wb") as file:
        started = subprocess.Popen(
            [
                sys.executable,
                "-c",
                "from goldenthread.cli import main; main()",
                "run",
                "--port",
                str(port),
                "--out",
                out,
            ],
            env={**clean, "GOLDENTHREAD_HOME": str(home)},
            stdout=file,
            stderr=subprocess.STDOUT,
        )
        try:
            for _ in range(600):
                if started.poll() is not None:
                    pytest.fail(log.read_text())
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=5) as page:
                        assert page.status == 200
                        break
                except (urllib.error.URLError, ConnectionError, TimeoutError):
                    time.sleep(0.2)
            else:
                pytest.fail("it never served: " + log.read_text())
        finally:
            started.send_signal(signal.SIGINT)
            started.wait(30)
    return log.read_text()


def _looked_over(home: Path) -> set[str]:
    """The tables of which the database knows how much they hold: without, it goes through all of one to find a few rows."""
    with closing(sqlite3.connect(home / "goldenthread.sqlite3")) as held:
        return {table for (table,) in held.execute("SELECT DISTINCT tbl FROM sqlite_stat1")}


def test_run_makes_everything_serves_and_keeps_it(tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    first = _serve(home, out, tmp_path / "first.log")
    assert "Making a new database" in first
    assert "Loading the demonstration authority" in first
    assert "Who can sign in" in first
    reports = {file.name: file.read_bytes() for file in out.iterdir()}
    assert set(reports) == {"progress-report.html", "progress-report.docx", "progress-report.pdf"}
    assert _looked_over(home) >= {"cases_child", "obligations_obligation", "referrals_referral_children"}
    with closing(sqlite3.connect(home / "goldenthread.sqlite3")) as held, held:
        held.execute("DELETE FROM sqlite_stat1")
    second = _serve(home, out, tmp_path / "second.log")
    assert _looked_over(home) >= {"cases_child", "obligations_obligation", "referrals_referral_children"}
    assert "Loading" not in second
    assert "Publishing" not in second
    assert "Who can sign in" in second
    (out / "progress-report.html").unlink()
    third = _serve(home, out, tmp_path / "third.log")
    assert "Publishing" in third
    assert {file.name: file.read_bytes() for file in out.iterdir()} == reports, (
        "a published report prints the same for ever"
    )
