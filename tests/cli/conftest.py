import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection

from goldenthread.cli import main

# It makes SQLite databases of its own: once is enough.
collect_ignore = ["test_run.py"] if connection.vendor == "postgresql" else []


@dataclass
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def command(db: None, capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Ended]:
    """Runs one command here, on the test's database."""

    def run(*arguments: str | Path) -> Ended:
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        said = capfdbinary.readouterr()
        code = ended.value.code
        return Ended(code if isinstance(code, int) else 0, said.out.decode(), said.err.decode())

    return run


@pytest.fixture
def home(tmp_path: Path, empty_database: Path) -> Path:
    """The data folder of `elsewhere`, with an empty database that is there already. For tests marked `django_db`."""
    made = tmp_path / "home"
    made.mkdir(mode=0o700)
    shutil.copy(empty_database, made / "goldenthread.sqlite3")
    return made


@pytest.fixture
def elsewhere(tmp_path: Path) -> Callable[..., Ended]:
    """Runs one command in a process and a data folder of its own, on an SQLite database that it makes itself."""

    def run(*arguments: str | Path, **environment: str) -> Ended:
        clean = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
        done = subprocess.run(
            [sys.executable, "-c", "from goldenthread.cli import main; main()", *map(str, arguments)],
            env={**clean, "GOLDENTHREAD_HOME": str(tmp_path / "home"), **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    return run
