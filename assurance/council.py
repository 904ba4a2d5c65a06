"""The harness's side: a council that a keeper keeps, and the people who post to it."""

import atexit
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg
from psycopg import sql

_CSRF = "x" * 32


class KeeperFailed(Exception):
    """A command failed in the keeper."""


@dataclass(slots=True)
class Page:
    """An answer: its status, where it leads to, and its text."""

    status: int
    to: str
    text: str

    @property
    def version(self) -> str:
        """The version that its form carries."""
        return version_in(self.text)


def version_in(page: str) -> str:
    """The version that a page's form carries."""
    found = re.findall(r'name="version" value="([^"]*)"', page)
    return unescape(found[-1]) if found else ""


def new_key() -> str:
    """A key as the pages make it, so that a harness can post without opening the page first."""
    return f"{int(time.time() * 1000):x}.{secrets.token_hex(10)}"


@dataclass(slots=True)
class Council:
    """A council that is kept and served. facts: what the keeper said of it."""

    process: "subprocess.Popen[str]"
    facts: dict[str, Any] = field(default_factory=dict)
    server: int = 0

    def ask(self, do: str, **given: Any) -> dict[str, Any]:
        """Have the keeper do something. Raises KeeperFailed."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"do": do, **given}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        answer: dict[str, Any] = json.loads(line) if line else {"fault": "the keeper has gone"}
        if "fault" in answer:
            raise KeeperFailed(answer["fault"])
        return answer

    def serve(self, fault: str = "") -> None:
        """Start serving; fault: one to plant."""
        self.server = self.ask("serve", fault=fault)["pid"]

    def kill(self) -> None:
        """kill -9 the server and all its threads."""
        self.ask("kill", pid=self.server)
        self.server = 0

    def send(self, who: str, path: str, form: Mapping[str, Any] | None = None, timeout: float = 60) -> Page:
        """GET, or POST a form, as the officer with a session. Raises OSError or HTTPException where the connection breaks."""
        link = HTTPConnection("127.0.0.1", self.facts["port"], timeout=timeout)
        headers = {"Cookie": f"sessionid={who}; csrftoken={_CSRF}", "Host": "127.0.0.1"}
        try:
            if form is None:
                link.request("GET", path, headers=headers)
            else:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
                link.request("POST", path, urlencode({"csrfmiddlewaretoken": _CSRF, **form}, doseq=True), headers)
            answer = link.getresponse()
            text = answer.read().decode()
            # A server that is killed between two lines of an answer's head leaves one that looks whole, and says nothing.
            # Not every page gives its length (the one of a full disk does not): such a one is whole where it ends.
            if answer.getheader("Content-Length") is None and not text.rstrip().endswith("</html>"):
                raise HTTPException("the answer was cut short")
            return Page(answer.status, answer.getheader("Location", ""), text)
        finally:
            link.close()

    def send_until_answered(self, who: str, path: str, form: Mapping[str, Any], patience: float = 60) -> Page:
        """The same, again and again with the same key while the connection breaks or the database is away; for so many
        seconds."""
        until = time.monotonic() + patience
        while True:
            try:
                page = self.send(who, path, form)
                if page.status < 500 or time.monotonic() > until:
                    return page
            except (OSError, HTTPException):
                if time.monotonic() > until:
                    raise
            time.sleep(0.02)


def _fresh(database: str, like: str = "") -> str:
    """A new database on the same server, empty or a copy of another there; nothing for nothing."""
    if not database:
        return ""
    name = f"council_{secrets.token_hex(6)}"
    with psycopg.connect(database, autocommit=True) as server:
        made = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
        if like:
            made += sql.SQL(" TEMPLATE {}").format(sql.Identifier(like.rpartition("/")[2]))
        server.execute(made)
        if like:
            # A copied sequence believes that its next numbers are logged already, as they were where it was copied from:
            # after a crash it would give them out again. Since a checkpoint it logs them anew.
            server.execute("CHECKPOINT")
    return f"{database.rpartition('/')[0]}/{name}"


def _keeper(home: str, database: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "assurance.keeper"],
        cwd=Path(__file__).parents[1],
        env={
            **os.environ,
            "GOLDENTHREAD_HOME": home,
            "DATABASE_URL": database,
            "GOLDENTHREAD_SECOND_FACTOR": "",  # the harness signs in without one: it tries what comes after
            "GOLDENTHREAD_PAGES_A_MINUTE": "0",  # and is quicker than people
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def _end(process: "subprocess.Popen[str]") -> None:
    if process.stdin:
        process.stdin.close()
    process.wait(20)
    if process.stdout:
        process.stdout.close()


def _server(database: str) -> str:
    """Which server it is: another one may have stood at the same address before."""
    if not database:
        return ""
    with psycopg.connect(database) as server:
        return str(server.execute("SELECT system_identifier FROM pg_control_system()").fetchall()[0][0])


@cache
def _made(database: str, server: str) -> tuple[str, str, dict[str, Any]]:
    """A council that nobody works in, made once for each server: its data folder, its database, and its facts. All
    others are copies of it, keys and all: making one takes three times as long as copying it."""
    folder = tempfile.mkdtemp(prefix="goldenthread-council-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    url = _fresh(database)
    process = _keeper(folder, url)
    try:
        facts = Council(process).ask("prepare")
    finally:
        _end(process)
    return folder, url, facts


@contextmanager
def council(database: str = "", home: str = "") -> Iterator[Council]:
    """Keep a council in a database of its own (default: SQLite in its data folder; else on the PostgreSQL server of a
    DATABASE_URL), and end everything afterwards."""
    pattern, like, facts = _made(database, _server(database))
    with tempfile.TemporaryDirectory(prefix="goldenthread-assurance-") as folder:
        shutil.copytree(pattern, home or folder, dirs_exist_ok=True)
        process = _keeper(home or folder, _fresh(database, like))
        kept = Council(process)
        try:
            kept.facts = {**facts, **kept.ask("open")}
            yield kept
        finally:
            if kept.server:
                with suppress(ProcessLookupError):
                    os.killpg(kept.server, signal.SIGKILL)
            _end(process)
