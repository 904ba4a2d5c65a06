"""The security requirements as a page shows them: asvs.toml, one row each."""

import tomllib
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("asvs.toml")


def requirements() -> list[dict[str, Any]]:
    """The rows, in the order of their numbers."""
    rows: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["requirement"]
    return sorted(rows, key=lambda row: [int(part) for part in row["id"].split(".")])


def security_table() -> str:
    """A table of what applies, how it is met and which test proves it; then what does not apply, and why."""
    rows = requirements()
    apply = [row for row in rows if row["applies"]]
    proved = sum(1 for row in apply if row["test"])
    lines = [
        "## Security requirements (OWASP ASVS 5.0)",
        "",
        f"{len(rows)} requirements are judged: {len(apply)} apply, of which {proved} are proved by a test and "
        f"{len(apply) - proved} are open. Titles are in our own words.",
        "",
        "| number | level | what is asked | how | proved by |",
        "|---|---:|---|---|---|",
    ]
    for row in apply:
        proof = f"`{row['test']}`" if row["test"] else f"**open**: {row['open']}"
        lines.append(f"| {row['id']} | {row['level']} | {row['title']} | {row.get('how', '')} | {proof} |")
    lines += ["", "Not for this product:", ""]
    lines += [f"- {row['id']} {row['title']}: {row['why']}" for row in rows if not row["applies"]]
    return "\n".join(lines) + "\n"
