"""How a line of the log looks: one line for each event, with its moment in UTC, and nothing in it that could pass for another."""

import logging
import re
import time

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def one_line(words: str) -> str:
    """Words with every line break and control character spelled out."""
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), words)


class OneLine(logging.Formatter):
    """`2026-06-30T14:05:09Z WARNING name message`; where something failed, how it came about on the lines below,
    each set in."""

    converter = time.gmtime  # type: ignore[assignment]
    default_time_format = "%Y-%m-%dT%H:%M:%SZ"
    default_msec_format = None

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line itself."""
        return one_line(super().formatMessage(record))

    def formatException(self, ei: object) -> str:
        """How it came about, set in."""
        told = super().formatException(ei)  # type: ignore[arg-type]
        return "\n".join("    " + one_line(line) for line in told.split("\n"))
