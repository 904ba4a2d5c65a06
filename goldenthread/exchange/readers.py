"""Plan files read into their content, whatever the format: flattened text, DOCX with tables, XLSX."""

from datetime import date
from pathlib import Path

from goldenthread.core.errors import BadInput
from goldenthread.exchange.guard import check_outside
from goldenthread.plan.content import PlanContent


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
