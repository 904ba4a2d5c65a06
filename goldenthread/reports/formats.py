"""The formats that a document is drawn in, and what its files are called."""

from types import ModuleType

from django.utils.text import slugify

from goldenthread.core.errors import BadInput
from goldenthread.reports import docx, html, json, pdf
from goldenthread.reports.tree import Document

_RENDERERS: dict[str, ModuleType] = {"html": html, "docx": docx, "pdf": pdf, "json": json}
CONTENT_TYPES = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "json": "application/json",
}
TITLES = {"pdf": "PDF", "docx": "Word document", "html": "Web page", "json": "Data (JSON)"}
"""Format → as pages show it, in the order in which they do."""


def render(document: Document, kind: str) -> bytes:
    """The document in one format. The same document gives the same bytes. Raises BadInput for no such format."""
    if kind not in _RENDERERS:
        raise BadInput(f"There is no format “{kind}”; there are: {', '.join(_RENDERERS)}.")
    drawn: bytes = _RENDERERS[kind].render(document)
    return drawn


def file_name(title: str, kind: str) -> str:
    """A safe name for the file: letters, digits and hyphens of the title, and the format."""
    return f"{slugify(title)[:80].strip('-') or 'report'}.{kind}"
