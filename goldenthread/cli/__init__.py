"""The command line. Exit codes: 0 done, 1 a check found differences, 2 bad input or refused."""

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command, and end with its exit code (SystemExit). What is refused is said on one line, without a trace."""
    from goldenthread.cli.app import app
    from goldenthread.core.errors import Refused

    try:
        app(args=None if arguments is None else list(arguments), prog_name="goldenthread")
    except Refused as refused:
        print(f"goldenthread: {refused}", file=sys.stderr)
        raise SystemExit(2) from None
    except BrokenPipeError:  # the reader of our output (head, less) has gone
        sys.stderr.close()
        raise SystemExit(0) from None
