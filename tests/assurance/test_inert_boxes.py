"""Words are only words: what finds out that they were not, every template, and every box of every form."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from assurance import inert

ROOT = Path(__file__).parents[2]


def test_a_page_that_let_words_become_markup_would_be_found_out() -> None:
    for kind in ("markup", "attribute"):
        page = f'<html><body><input value="{inert.HOSTILE[kind]}"><p>{inert.HOSTILE[kind]}</p></body></html>'
        assert inert.faults_of_page(page)
    assert inert.faults_of_page("<html><body>35017</body></html>")
    assert inert.faults_of_page('<html><body><a href=" javascript:alert(1)">x</a></body></html>')
    assert inert.faults_of_page("<html><head><script>1</script></head></html>")
    assert inert.faults_of_page('<html><body><p style="x">x</p></body></html>')
    assert inert.faults_of_headers({})


TEMPLATES = sorted(ROOT.glob("goldenthread/**/templates/**/*.html"))


def test_no_template_has_script_style_or_a_handler_in_it_or_lets_markup_through() -> None:
    assert len(TEMPLATES) > 40
    inline = re.compile(
        r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|[\w.]*\s*\|\s*safe\b|autoescape off|<script(?![^>]*\bsrc=)",
        re.IGNORECASE,
    )
    drawn = {("_run_chart.html", "chart.svg|safe"), ("_evidence.html", "line.trend|safe")}  # charts, drawn from numbers
    found = {(file.name, words) for file in TEMPLATES for words in inline.findall(file.read_text(encoding="utf-8"))}
    assert found == drawn


def boxes() -> Iterator[Any]:
    import goldenthread.config.urls  # noqa: F401  (all rooms, and with them all forms)

    for form in inert.all_forms():
        for name, box in inert.free_boxes(form):
            yield pytest.param(box, id=f"{form.__module__.removeprefix('goldenthread.')}.{form.__name__}.{name}")


@pytest.mark.parametrize("box", list(boxes()))
def test_every_box_keeps_the_words_as_they_are_or_says_why_not(db: None, box: Any) -> None:
    for kind, words in inert.HOSTILE.items():
        try:
            kept = box.clean(words)
        except ValidationError as refused:
            kept, told = None, " ".join(refused.messages).strip()
        assert inert.same(words, kept) if kept is not None else told, kind
    with pytest.raises(ValidationError, match="Null characters"):
        box.clean(inert.NUL)


def test_every_form_with_words_is_tried() -> None:
    assert len(list(boxes())) >= 40
