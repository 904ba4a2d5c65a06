"""The data folder and what settings read from it. Imports nothing of Django: settings import it."""

import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlparse


def data_home() -> Path:
    """The data folder: GOLDENTHREAD_HOME, or var/ in the checkout. Made on first use, open to its owner only."""
    named = os.environ.get("GOLDENTHREAD_HOME")
    home = Path(named).expanduser().resolve() if named else Path(__file__).resolve().parents[2] / "var"
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    return home


def secret_key(home: Path) -> str:
    """The signing key: GOLDENTHREAD_SECRET, or one made once and kept in the data folder."""
    return os.environ.get("GOLDENTHREAD_SECRET") or _made_once(home / "secret", secrets.token_urlsafe(50))


def trail_key(home: Path) -> str:
    """The key that seals the trail: GOLDENTHREAD_TRAIL_KEY, or one made once and kept in the data folder. Never in the
    database: who can write to that must not be able to seal."""
    return os.environ.get("GOLDENTHREAD_TRAIL_KEY") or _made_once(home / "trail.key", secrets.token_urlsafe(50))


def trail_signing_key(home: Path) -> str:
    """The private key that signs the trail's anchors, 64 hexadecimal digits: GOLDENTHREAD_TRAIL_SIGNING_KEY, or one made
    once and kept in the data folder."""
    named = os.environ.get("GOLDENTHREAD_TRAIL_SIGNING_KEY")
    return named or _made_once(home / "trail.signing", secrets.token_hex(32))


def trail_anchors(home: Path) -> Path:
    """The file of the trail's anchors: GOLDENTHREAD_TRAIL_ANCHORS, best on another machine, or one in the data folder."""
    named = os.environ.get("GOLDENTHREAD_TRAIL_ANCHORS")
    return Path(named).expanduser() if named else home / "trail.anchors"


def _made_once(file: Path, words: str) -> str:
    """What a file of the data folder holds; made with these words where it is not there, readable by its owner only."""
    try:
        with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as new:
            new.write(words)
    except FileExistsError:
        pass
    return file.read_text().strip()


def authority_name(home: Path) -> str:
    """The council's name: GOLDENTHREAD_AUTHORITY, or what the data folder's file “authority” says, or nothing."""
    named = os.environ.get("GOLDENTHREAD_AUTHORITY")
    file = home / "authority"
    return named or (file.read_text(encoding="utf-8").strip() if file.is_file() else "")


def database_from(url: str | None, home: Path) -> dict[str, Any]:
    """Django's database settings for a DATABASE_URL.

    SQLite is opened with write-ahead log, full sync (a commit survives a power cut) and BEGIN IMMEDIATE (two
    writers wait instead of failing). Raises ValueError for a URL of another kind.
    """
    if not url:
        url = f"sqlite:///{home / 'goldenthread.sqlite3'}"
    parts = urlparse(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "goldenthread.core.database.sqlite3",
            "NAME": unquote(parts.path[1:] if parts.path.startswith("//") else parts.path),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-64000;",
            },
            # A file, so that the server of a browser test has connections of its own; one for each process.
            "TEST": {"NAME": str(Path(tempfile.gettempdir()) / f"goldenthread-test-{os.getpid()}.sqlite3")},
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "goldenthread.core.database.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "OPTIONS": _encrypted(parts.hostname or "", parse_qs(parts.query)),
        }
    raise ValueError(f"DATABASE_URL: “{parts.scheme}” is not a database we know; use sqlite:///PATH or postgresql://…")


def _encrypted(host: str, asked: dict[str, list[str]]) -> dict[str, str]:
    """How the connection to a PostgreSQL server is encrypted: on another machine always, and its certificate proved
    against the machine's own list, unless the address says `sslrootcert=FILE` or `sslmode=require`. Raises ValueError."""
    named = {key: values[-1] for key, values in asked.items()}
    if host in {"", "127.0.0.1", "::1", "localhost"} or host.startswith("/"):
        return named
    named.setdefault("sslmode", "verify-full")
    if named["sslmode"] not in {"require", "verify-ca", "verify-full"}:
        raise ValueError("DATABASE_URL: a database on another machine is never reached in the clear")
    if named["sslmode"] == "verify-full":
        named.setdefault("sslrootcert", "system")
    return named


@dataclass(frozen=True)
class MailServer:
    """Where e-mail goes; without a host, nowhere."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    ssl: bool = False
    starttls: bool = False


def mail_from(url: str | None) -> MailServer:
    """The mail server of a GOLDENTHREAD_SMTP_URL. In the clear only on this machine. Raises ValueError."""
    if not url:
        return MailServer()
    parts = urlparse(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("GOLDENTHREAD_SMTP_URL: write it as smtps://USER:PASSWORD@HOST:PORT")
    ssl = parts.scheme == "smtps"
    return MailServer(
        parts.hostname,
        parts.port or (465 if ssl else 587),
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        ssl,
        not ssl and parts.hostname not in {"127.0.0.1", "localhost"},
    )
