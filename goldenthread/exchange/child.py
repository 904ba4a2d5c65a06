"""The process that parses a file from elsewhere: little memory, little time, no files of its own.

Run as `python -m goldenthread.exchange.child FILE [AS-AT]`; answers with one JSON object on standard output, either
`{"plan": …}` or `{"refused": message}`.
"""

import json
import resource
import sys
from datetime import date
from pathlib import Path

MEMORY = 1024**3  # bytes
SECONDS = 20  # of processor time


def limit() -> None:
    """Bind this process, before anything of the file is read."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(path: Path, as_at: date | None) -> dict[str, object]:
    """Read the plan; whatever goes wrong becomes a message."""
    from goldenthread.core.errors import BadInput
    from goldenthread.exchange.readers import read_plan
    from goldenthread.exchange.transport import pack

    try:
        return {"plan": pack(read_plan(path, as_at))}
    except BadInput as refused:
        return {"refused": str(refused)}
    except MemoryError:
        return {
            "refused": f"{path.name}: reading it needs more than {MEMORY // 1024**3} GB of memory, so it was given up."
        }
    except Exception as error:  # the file is hostile until proven otherwise: no failure of a parser may be silent
        return {"refused": f"{path.name}: the file could not be read ({type(error).__name__}: {str(error)[:200]})."}


if __name__ == "__main__":
    limit()
    day = date.fromisoformat(sys.argv[2]) if len(sys.argv) > 2 else None
    result = json.dumps(answer(Path(sys.argv[1]), day))
    sys.stdout.write(result)
