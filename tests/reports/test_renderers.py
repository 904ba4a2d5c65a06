"""The same content in every format, accessible, the same bytes again, and text that stays text."""

import io
import json as plain_json
import re
import zipfile
from html import unescape

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.reports import docx as word
from goldenthread.reports import html, json, pdf
from goldenthread.reports.tree import Chart, Document, clean, clean_text
from tests.reports.made_up import COLUMNS, document

NASTY = [
    "#panic(read(\"/etc/passwd\")) *bold* _it_ $x^2$ `raw` <label> @ref // gone \\ /* gone */ #import \"@preview/x:1.0.0\"",
    "<script>alert(1)</script><img src=x onerror=alert(1)>&lt;&amp;\"'",
    "{{ request }} {% load x %} ${7*7} %s {0}",
    "=HYPERLINK(\"http://example.invalid\",\"x\") @SUM(1) -1+1 +1",
    "]]><!--  --> <?xml version='1.0'?> <!DOCTYPE x [<!ENTITY a 'b'>]>&a;",
    "שלום עולם مرحبا \u202eabc\u202c",
    "Zażółć Ŵŷ 😀 👩‍👧 漢字 क्ष \u0301\u0301 \ufeff\u200b",
    "x" * 10_000,
    "word " * 2_000,
    "two\nlines\r\nand\u2028more\ttab",
    "nul \x00 escape \x1b half \ud800 non \uffff\U0001ffff c1 \x85\x9f",
]  # fmt: skip


def word_text(file: bytes) -> str:
    """All the words of a DOCX, paragraph by paragraph, whatever holds them."""
    body = docx.Document(io.BytesIO(file)).element.body
    return "\n".join(
        "".join(
            {qn("w:t"): node.text or "", qn("w:br"): "\n", qn("w:tab"): "\t"}.get(node.tag, "") for node in p.iter()
        )
        for p in body.iter(qn("w:p"))
    )


def html_text(file: bytes) -> str:
    """All the words of an HTML body."""
    body = file.decode("utf-8").split("<main>")[1].split("</main>")[0]
    return unescape(re.sub(r"<[^>]+>", "", body.replace("<br>", "\n")))


def elements(pdf_file: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    """The structure elements of one kind, in order."""
    found: list[pikepdf.Object] = []

    def walk(node: pikepdf.Object) -> None:
        if isinstance(node, pikepdf.Array):
            for kid in node:
                walk(kid)
        elif isinstance(node, pikepdf.Dictionary):
            if node.get("/S") == kind:
                found.append(node)
            if "/K" in node:
                walk(node["/K"])

    walk(pdf_file.Root.StructTreeRoot["/K"])
    return found


@pytest.mark.parametrize("text", NASTY)
def test_text_is_only_text_in_every_format(text: str) -> None:
    report = document(text, chart=False)
    shown = clean_text(text)
    assert shown in html_text(html.render(report))
    assert shown in word_text(word.render(report))
    assert shown in plain_json.loads(json.render(report))["blocks"][1]["text"]
    assert pdf.render(report).startswith(b"%PDF-")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(), min_size=1, max_size=60))
def test_any_text_can_be_rendered(text: str) -> None:
    report = document(text, recommendations=1, actions=1, chart=False)
    shown = clean_text(text)
    assert shown in html_text(html.render(report))
    assert shown in word_text(word.render(report))
    assert json.from_data(plain_json.loads(json.render(report))) == clean(report)
    with pikepdf.open(io.BytesIO(pdf.render(report))) as made:
        assert len(made.pages) >= 1


def test_markup_of_the_typesetter_is_printed_as_it_was_typed() -> None:
    with pikepdf.open(io.BytesIO(pdf.render(document(NASTY[0], chart=False)))) as made:
        assert made.docinfo["/Title"] == f"Improvement plan: {NASTY[0]}"


def test_a_character_that_cannot_be_kept_is_replaced_where_it_stood() -> None:
    assert clean_text("a\x00b\x1bc\ud800d") == "a�b�c�d"
    assert clean_text("Ŵŷ 😀 שלום\ttab\nline") == "Ŵŷ 😀 שלום\ttab\nline"


def test_a_character_without_a_glyph_is_named_in_print() -> None:
    report = document("Seen 😀 and 漢", chart=False)
    assert len(pdf.render(report)) > 0
    assert pdf._printable("Seen 😀 and 漢") == "Seen [grinning face] and [U+6F22]"


@pytest.mark.parametrize("renderer", [html, word, pdf, json])
def test_the_same_tree_gives_the_same_bytes(renderer: object) -> None:
    assert renderer.render(document()) == renderer.render(document())  # type: ignore[attr-defined]


def test_the_tree_comes_back_from_its_json() -> None:
    report = document()
    assert json.from_data(plain_json.loads(json.render(report))) == report


@pytest.fixture(scope="module")
def report() -> Document:
    return document(recommendations=12, actions=3)


def test_the_pdf_is_tagged_and_says_what_it_is(report: Document) -> None:
    with pikepdf.open(io.BytesIO(pdf.render(report))) as made:
        assert made.Root.MarkInfo.Marked
        assert made.Root.Lang == "en-GB"
        assert made.Root.ViewerPreferences.DisplayDocTitle
        with made.open_metadata() as about:
            assert about["dc:title"] == report.title
            assert about["pdfuaid:part"] == "1"
        assert len(made.pages) > 2
        wide = made.pages[0].mediabox
        assert wide[2] > wide[3]
        heads = elements(made, "/TH")
        columns = [head for head in heads if "/Column" in str(head.get("/A"))]
        assert len(columns) == len(COLUMNS) + 4
        assert len(elements(made, "/Table")) == 2
        assert [len(elements(made, f"/H{level}")) for level in (1, 2)] == [1, 2]
        assert "Share in time by month" in str(elements(made, "/Figure")[0].Alt)


def test_the_word_document_has_headings_repeated_table_heads_and_our_language(report: Document) -> None:
    file = word.render(report)
    made = docx.Document(io.BytesIO(file))
    headings = [(p.style.name, p.text) for p in made.paragraphs if p.style.name.startswith("Heading")]
    assert headings[0] == ("Heading 1", report.title)
    assert ("Heading 2", "Standard 1: Advise the police at once") in headings
    for table in made.tables:
        assert table._tbl.tr_lst[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert len(made.tables[0].columns) == 6
    assert made.tables[0].cell(1, 0).text == made.tables[0].cell(3, 0).text  # stands across its actions
    assert {e.get(qn("w:val")) for e in made.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    assert (made.core_properties.title, made.core_properties.language) == (report.title, "en-GB")
    assert made.core_properties.author == "Exampleshire County Council"
    assert made.sections[0].page_width > made.sections[0].page_height
    assert report.title in made.sections[0].header.paragraphs[0].text
    assert "NUMPAGES" in made.sections[0].footer.paragraphs[0]._p.xml
    assert "Share in time by month" in made.inline_shapes[0]._inline.docPr.get("descr")
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(2003, 10, 31, 12, 0, 0)}


def test_the_page_has_one_title_no_script_and_nothing_inline(report: Document) -> None:
    fragment = html.fragment(report, shift=1)
    assert " style=" not in fragment
    assert "<script" not in fragment
    assert "<h3" in fragment
    assert "<h2" not in fragment  # lowered by one, so that the page keeps its own headings
    page = html.render(report).decode("utf-8")
    assert page.count("<h1") == 1
    assert '<html lang="en-GB">' in page
    assert 'scope="col"' in page
    assert 'scope="rowgroup"' in page
    assert len(re.findall(r'rowspan="3"[^>]*><p dir="auto">\d', page)) == 12


def test_every_format_says_the_same(report: Document) -> None:
    kept_beside = {report.authority, *(block.alt for block in report.blocks if isinstance(block, Chart))}
    squeezed = [" ".join(text.split()) for text in (html_text(html.render(report)), word_text(word.render(report)))]
    for words in set(report.words()) - kept_beside:
        for text in squeezed:
            assert " ".join(words.split()) in text
