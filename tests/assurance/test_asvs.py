"""The table of security requirements: each row says how, and names a test that there is, or says why there is none."""

import ast
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
ROWS: list[dict[str, Any]] = tomllib.loads((ROOT / "assurance/asvs.toml").read_text(encoding="utf-8"))["requirement"]

LEVELS = {
    "1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222", "1.5": "123",
    "2.1": "122", "2.2": "112", "2.3": "12223", "2.4": "23",
    "3.1": "3", "3.2": "113", "3.3": "12223", "3.4": "11222233", "3.5": "11122333", "3.6": "3", "3.7": "22333",
    "4.1": "12233", "4.2": "23333", "4.3": "22", "4.4": "1222",
    "5.1": "2", "5.2": "112333", "5.3": "113", "5.4": "222",
    "6.1": "122", "6.2": "111111112222", "6.3": "11223333", "6.4": "112233", "6.5": "22222333", "6.6": "2223",
    "6.7": "33", "6.8": "2222",
    "7.1": "222", "7.2": "1111", "7.3": "22", "7.4": "11222", "7.5": "223", "7.6": "22",
    "8.1": "1233", "8.2": "1123", "8.3": "133", "8.4": "23",
    "9.1": "111", "9.2": "1222",
    "10.1": "22", "10.2": "223", "10.3": "22223", "10.4": "1111122222233333", "10.5": "22222", "10.6": "22",
    "10.7": "222",
    "11.1": "2233", "11.2": "22233", "11.3": "11233", "11.4": "1222", "11.5": "23", "11.6": "23", "11.7": "33",
    "12.1": "12233", "12.2": "11", "12.3": "22223",
    "13.1": "2333", "13.2": "222223", "13.3": "2233", "13.4": "1222233",
    "14.1": "22", "14.2": "12223333", "14.3": "122",
    "15.1": "12233", "15.2": "12233", "15.3": "1222222", "15.4": "3333",
    "16.1": "2", "16.2": "22222", "16.3": "2222", "16.4": "222", "16.5": "2223",
    "17.1": "23", "17.2": "22223333", "17.3": "22",
}  # fmt: skip
"""The level of every requirement, in the order of its number, by section. Source: OWASP ASVS 5.0.0, the standard's own table
(github.com/OWASP/ASVS, 5.0/docs_en, version 5.0.0 of May 2025)."""
BY_CHAPTER = {
    1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7, 10: 29, 11: 14, 12: 9, 13: 13, 14: 9, 15: 13, 16: 16, 17: 7,
}  # fmt: skip
"""How many requirements of levels 1 and 2 each chapter has. Same source."""


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


def test_every_requirement_of_levels_1_and_2_is_judged() -> None:
    levels = {f"{section}.{at}": int(level) for section, all_ in LEVELS.items() for at, level in enumerate(all_, 1)}
    assert [list(levels.values()).count(level) for level in (1, 2, 3)] == [70, 183, 92]
    judged = {row["id"]: row["level"] for row in ROWS}
    assert {number for number, level in levels.items() if level < 3} - judged.keys() == set()
    assert all(levels[number] == level for number, level in judged.items())
    chapters = [int(number.partition(".")[0]) for number, level in judged.items() if level < 3]
    assert {chapter: chapters.count(chapter) for chapter in BY_CHAPTER} == BY_CHAPTER
