"""What is written reads back the same, in every format; and whatever is read, no line is lost."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.core.errors import BadInput
from goldenthread.exchange.flattened import understand
from goldenthread.exchange.readers import read_plan
from goldenthread.exchange.transport import pack, unpack
from goldenthread.exchange.writers import to_docx, to_json, to_xlsx
from goldenthread.plan.content import PlanContent
from tests.exchange.plans import WILD_LINE, believable, wild
from tests.exchange.shapes import council_docx, council_xlsx, flattened

few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def through(content: PlanContent, suffix: str, write: Callable[[PlanContent, Path], None]) -> PlanContent:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"plan{suffix}"
        write(content, path)
        back = read_plan(path)
    assert back.conservation().holds
    return back


@few
@given(wild())
def test_any_plan_survives_a_workbook(content: PlanContent) -> None:
    assert to_json(through(content, ".xlsx", to_xlsx)) == to_json(content)


@few
@given(wild())
def test_any_plan_survives_a_document(content: PlanContent) -> None:
    assert to_json(through(content, ".docx", to_docx)) == to_json(content)


@few
@given(wild())
def test_any_plan_survives_the_way_from_the_child(content: PlanContent) -> None:
    assert unpack(pack(content)) == content


@few
@given(believable())
def test_a_plan_reads_the_same_from_text_document_and_workbook(content: PlanContent) -> None:
    text = understand(flattened(content), "plan.txt", None)
    assert text.conservation().holds
    assert to_json(text) == to_json(content)
    assert to_json(through(content, ".docx", council_docx)) == to_json(content)
    assert to_json(through(content, ".xlsx", council_xlsx)) == to_json(content)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        WILD_LINE | st.sampled_from(("Standard 1 - Referrals", "Standard 2 - Care", "1. To act", "2. Then", "", "")),
        max_size=40,
    )
)
def test_whatever_the_text_no_line_is_lost(lines: list[str]) -> None:
    try:
        content = understand("Standard 1 - Start\n\n1. To begin\n\n" + "\n".join(lines), "plan.txt", None)
    except BadInput:
        return
    assert content.conservation().holds


def test_formulas_stay_words(tmp_path: Path) -> None:
    content = understand(
        'Plan\n\nStandard 1 - Referrals\n\n1. To act\n\n=HYPERLINK("http://x")\n\nAll Team Managers\n\nOct 2025\n\n+1 post filled\n',
        "plan.txt",
        None,
    )
    to_xlsx(content, tmp_path / "plan.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx")["Plan"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert not any(cell.data_type == "n" and cell.value is not None for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize(
    ("headings", "order"),
    [
        (["Recommendation", "Actions", "Owner", "By when", "Update", "Next steps"], [2, 0, 3, 1, 5, 4]),
        (["Objective", "Key actions", "Person responsible", "Target date", "Evidence", "Further action"], [0, 3, 1, 2, 4, 5]),
        (["Requirement", "Action required", "Responsible officer", "Deadline", "Progress July 2025", "Outstanding actions"], [0, 1, 2, 3, 4, 5]),
        (["Area for improvement", "What will we do?", "Lead", "Timescale", "Position", "Actions remaining"], [0, 1, 2, 3, 5, 4]),
    ],
)  # fmt: skip
def test_headings_and_their_order_vary(tmp_path: Path, seed_text: Path, headings: list[str], order: list[int]) -> None:
    seed = read_plan(seed_text)
    for name, write in (("plan.docx", council_docx), ("plan.xlsx", council_xlsx)):
        write(seed, tmp_path / name, headings, order)
        assert to_json(read_plan(tmp_path / name)) == to_json(seed)


def test_the_seed_as_a_council_would_lay_it_out(tmp_path: Path, seed_text: Path) -> None:
    seed = read_plan(seed_text)
    for name, write in (("plan.docx", council_docx), ("plan.xlsx", council_xlsx)):
        write(seed, tmp_path / name)
        back = read_plan(tmp_path / name)
        assert to_json(back) == to_json(seed)
        assert back.conservation().holds
        assert len(back.source) == len(seed.source)


def test_the_seed_exported_and_imported_again(tmp_path: Path, seed_text: Path) -> None:
    seed = read_plan(seed_text)
    for name, write in (("plan.docx", to_docx), ("plan.xlsx", to_xlsx)):
        write(seed, tmp_path / name)
        assert to_json(read_plan(tmp_path / name)) == to_json(seed)
