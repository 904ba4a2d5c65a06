"""Plan files read into their content, whatever the format: flattened text, DOCX with tables, XLSX."""

import json
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import goldenthread
from goldenthread.core.errors import BadInput
from goldenthread.exchange.guard import check_outside
from goldenthread.exchange.transport import unpack
from goldenthread.plan.content import PlanContent

CHILD = ("-m", "goldenthread.exchange.child")
PATIENCE = 60  # seconds by the clock on the wall


def read_plan(path: Path, as_at: date | None = None) -> PlanContent:
    """Read a plan in this process. Use `read_plan_safely` for a file that came from elsewhere.

    as_at: the date that the progress is as at, where the file does not say so or is wrong. Raises BadInput, naming the
    file, the place and the cause, where it is not a plan that can be read.
    """
    check_outside(path)
    try:
        return _read(path, as_at)
    except RecursionError:
        raise BadInput(f"{path.name}: the file is nested too deeply to be a plan.") from None


def _read(path: Path, as_at: date | None) -> PlanContent:
    # each parser is loaded only when its format comes
    match path.suffix.lower():
        case ".docx":
            from goldenthread.exchange.docx_reader import read_docx

            return read_docx(path, as_at)
        case ".xlsx":
            from goldenthread.exchange.xlsx_reader import read_xlsx

            return read_xlsx(path, as_at)
        case _:
            from goldenthread.exchange.flattened import read_text

            return read_text(path, as_at)


def read_plan_safely(path: Path, as_at: date | None = None, *, name: str | None = None) -> PlanContent:
    """Read a plan in a child process of little memory and time, which can do no harm here.

    name: what to call the file in messages, where it is stored under another name. Raises BadInput as `read_plan` does,
    and where the child ran out of memory or time.
    """
    called = name or path.name
    try:
        check_outside(path)
        return unpack(_ask_child(path.resolve(), as_at))
    except BadInput as refused:
        raise BadInput(str(refused).replace(path.name, called)) from None


def _ask_child(path: Path, as_at: date | None) -> dict[str, Any]:
    command = [sys.executable or "python3", *CHILD, str(path)]
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONPATH": str(Path(goldenthread.__file__).parent.parent),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
    }
    try:
        done = subprocess.run(  # noqa: S603 - our own module, with a path that is one argument
            [*command, as_at.isoformat()] if as_at else command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            env=environment,
            cwd="/",
        )
    except subprocess.TimeoutExpired:
        raise BadInput(f"{path.name}: reading it took longer than {PATIENCE} seconds, so it was given up.") from None
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise BadInput(f"{path.name}: reading it took more time or memory than any plan needs, so it was given up.")
    try:
        result: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        how = f"signal {-done.returncode}" if done.returncode < 0 else f"exit code {done.returncode}"
        raise BadInput(
            f"{path.name}: the program that reads files stopped ({how}), probably for want of memory. Nothing was read."
        ) from None
    if "refused" in result:
        raise BadInput(str(result["refused"]))
    plan: dict[str, Any] = result["plan"]
    return plan
