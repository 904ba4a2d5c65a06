"""Bad files, uploaded: none brings the page down, none is stored in part, each refusal names the file and the cause.

GOLDENTHREAD_BAD_UPLOADS sets how many files (24 unless told otherwise).
"""

import os
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assurance.uploads import NAMES, Tried, bad_files, try_all
from goldenthread.core.errors import BadInput
from goldenthread.core.models import Draft
from goldenthread.exchange.guard import LONGEST_NAME, shown_name
from goldenthread.exchange.readers import read_plan
from goldenthread.exchange.writers import to_docx, to_xlsx
from goldenthread.plan.models import Plan, SourceLine
from tests.conftest import Cast
from tests.exchange.test_bad_files import PLAN, a_document, with_part
from tests.plan.plans import small_plan

COUNT = int(os.environ.get("GOLDENTHREAD_BAD_UPLOADS", "24"))


@pytest.fixture
def good(tmp_path: Path) -> dict[str, bytes]:
    to_docx(small_plan(), tmp_path / "plan.docx")
    to_xlsx(small_plan(), tmp_path / "plan.xlsx")
    return {
        ".txt": PLAN.encode(),
        ".docx": (tmp_path / "plan.docx").read_bytes(),
        ".xlsx": (tmp_path / "plan.xlsx").read_bytes(),
    }


class Page:
    """The page where a plan is chosen, as its keeper sees it."""

    def __init__(self, cast: Cast) -> None:
        self.client = Client()
        self.client.force_login(cast.quality)

    def upload(self, name: str, data: bytes) -> tuple[str, str]:
        file = SimpleUploadedFile("x", data)
        file._name = name  # type: ignore[attr-defined]  # as a client sends it, untouched
        answer = self.client.post(reverse("plan-import"), {"file": file})
        if answer.status_code == 302:
            return "read", ""
        said = answer.context["form"].errors.get("file", [""])[0]
        return ("refused" if answer.status_code == 200 and said else str(answer.status_code)), unescape(said)


def test_no_bad_file_is_stored_or_brings_the_page_down(cast: Cast, good: dict[str, bytes], tmp_path: Path) -> None:
    page = Page(cast)

    def stored() -> tuple[int, int]:
        assert Draft.objects.filter(form="plan-import").count() <= 1, "one waits at most, for each officer"
        return Plan.objects.count(), SourceLine.objects.count()

    tried = try_all(bad_files(good, COUNT), page.upload, stored)
    assert (tried.count, tried.faults) == (COUNT, [])
    assert tried.refused > COUNT // 5


def test_a_page_that_crashed_or_stored_would_be_found_out() -> None:
    kept: list[str] = []

    def keeps(name: str, data: bytes) -> tuple[str, str]:
        kept.append(name)
        return "refused", ""

    def crashes(name: str, data: bytes) -> tuple[str, str]:
        raise OSError

    files = bad_files({".txt": PLAN.encode()}, 3)
    assert len(try_all(files, keeps, lambda: len(kept)).faults) == 6
    assert len(try_all(files, crashes, lambda: 0).faults) == 3
    assert try_all(files, lambda *_: ("refused", "why"), lambda: 0) == Tried(3, 0, 3)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_only_shown_and_leads_nowhere(cast: Cast, good: dict[str, bytes], name: str) -> None:
    page = Page(cast)
    assert page.upload(f"{name}.txt", good[".txt"])[0] == "read"
    shown = page.client.get(reverse("plan-import-preview")).content.decode()
    assert "\u202e" not in shown
    assert "<img src=x" not in shown
    called = shown_name(f"{name}.txt")
    assert len(called) <= LONGEST_NAME
    assert called.endswith(".txt")
    assert not {"/", "\\", "\x00"} & set(called)


def test_nul_in_a_name_is_not_read_as_its_end() -> None:
    assert shown_name("plan.exe\x00.docx") == "plan.exe.docx"
    assert shown_name("\x00") == "plan"


def test_another_ending_is_refused_by_name(cast: Cast) -> None:
    for name in ("plan.exe", "plan", "plan.docm", "plan.html"):
        ended, words = Page(cast).upload(name, b"x")
        assert ended == "refused"
        assert name in words


def test_macros_are_refused_and_what_is_embedded_or_linked_is_not_touched(
    tmp_path: Path, good: dict[str, bytes]
) -> None:
    file = tmp_path / "plan.docx"
    file.write_bytes(with_part(a_document(), "word/vbaProject.bin", b"Sub AutoOpen()"))
    with pytest.raises(BadInput, match=r"plan\.docx: the Word document has macros"):
        read_plan(file)
    file.write_bytes(good[".docx"])
    plain = read_plan(file)
    linked = b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="http://127.0.0.1:9/t.dotm" TargetMode="External"/></Relationships>'
    data = with_part(good[".docx"], "word/_rels/settings.xml.rels", linked)
    file.write_bytes(with_part(data, "word/embeddings/oleObject1.bin", bytes.fromhex("d0cf11e0a1b11ae1")))
    assert read_plan(file) == plain


def test_one_import_waits_for_each_officer_and_no_file_is_kept(cast: Cast, good: dict[str, bytes]) -> None:
    page = Page(cast)
    for _ in range(3):
        assert page.upload("plan.docx", good[".docx"])[0] == "read"
    assert Draft.objects.filter(form="plan-import").count() == 1
    (draft,) = Draft.objects.filter(form="plan-import")
    assert "PK\x03\x04" not in str(draft.data)
