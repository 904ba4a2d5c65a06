"""Plan files read into their content, whatever the format: flattened text, DOCX with tables, XLSX."""

from datetime import date
from pathlib import Path

from goldenthread.core.errors import BadInput
from goldenthread.exchange.flattened import read_text
from goldenthread.plan.content import PlanContent

LARGEST = 20 * 1024 * 1024  # bytes
FORMATS = (".txt", ".docx", ".xlsx")


def read_plan(path: Path, as_at: date | None = None) -> PlanContent:
    """Read a plan in this process. Use `read_plan_safely` for a file that came from elsewhere.

    Raises BadInput, naming the file, the place and the cause, where it is not a plan that can be read.
    """
    check_outside(path)
    return read_text(path, as_at)


def check_outside(path: Path) -> None:
    """Refuse what can be refused without reading the content: no such file, no plan format, empty, or too large."""
    if not path.is_file():
        raise BadInput(f"{path.name}: there is no such file.")
    if path.suffix.lower() not in FORMATS:
        raise BadInput(
            f"{path.name}: this is not a format that can be read. Give the plan as .txt (flattened text), .docx or .xlsx."
        )
    size = path.stat().st_size
    if not size:
        raise BadInput(f"{path.name}: the file is empty.")
    if size > LARGEST:
        raise BadInput(
            f"{path.name}: the file has {size / 1_048_576:.0f} MB; a plan may have at most {LARGEST // 1_048_576} MB."
        )
