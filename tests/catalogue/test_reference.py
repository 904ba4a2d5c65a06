from pathlib import Path

import pytest

from goldenthread.cli import main

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"


def test_the_reference_says_what_the_code_does(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["reference", str(FOLDER), "--check"])
    assert ended.value.code == 0, capsys.readouterr().err


def test_a_page_that_is_out_of_date_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as written:
        main(["reference", str(tmp_path)])
    assert written.value.code == 0
    (tmp_path / "access.md").write_text("old")
    capsys.readouterr()
    with pytest.raises(SystemExit) as checked:
        main(["reference", str(tmp_path), "--check"])
    assert checked.value.code == 1
    named = capsys.readouterr().err
    assert "access.md: out of date" in named
    assert "requirements.md" not in named
    assert (tmp_path / "access.md").read_text() == "old"
