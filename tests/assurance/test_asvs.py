"""The table of security requirements: each row says how, and names a test that there is, or says why there is none."""

import ast
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
ROWS: list[dict[str, Any]] = tomllib.loads((ROOT / "assurance/asvs.toml").read_text(encoding="utf-8"))["requirement"]


def named_in(file: Path) -> set[str]:
    return {
        node.name for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)
    }


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_a_requirement_is_proved_by_a_test_that_is_there_or_says_why_not(row: dict[str, Any]) -> None:
    assert re.fullmatch(r"\d{1,2}\.\d{1,2}\.\d{1,2}", row["id"])
    assert row["level"] in {1, 2, 3}
    assert row["title"]
    if not row["applies"]:
        assert row["why"]
        return
    if not row["test"]:
        assert row["open"]
        return
    file, _, name = row["test"].partition("::")
    assert name.startswith("test_")
    assert name in named_in(ROOT / file)
    assert row["how"]
    assert "open" not in row


def test_each_requirement_stands_once() -> None:
    ids = [row["id"] for row in ROWS]
    assert len(ids) == len(set(ids)) > 60
