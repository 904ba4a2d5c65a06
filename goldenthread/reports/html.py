"""The content tree as HTML: a fragment for our own pages, and a file that stands alone.

The fragment has no inline style and no script, so that it passes the pages' content security policy.
"""

from functools import lru_cache
from html import escape
from pathlib import Path

from goldenthread.core.templatetags.words import day
from goldenthread.reports.tree import (
    Block,
    Bullets,
    Cell,
    Chart,
    Content,
    Document,
    Evidence,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    SummaryList,
    Table,
    clean,
)

_SIZES = {1: "xl", 2: "l", 3: "m", 4: "s"}


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _evidence(evidence: Evidence, tag: str) -> str:
    return (
        f'<{tag} class="govuk-body-s report-evidence"><strong>{_text(evidence.title)}</strong> '
        f"{_text(evidence.sentences())}</{tag}>"
    )


def _content(item: Content) -> str:
    if isinstance(item, Evidence):
        return _evidence(item, "p")
    if isinstance(item, Note):
        return f'<p class="govuk-hint report-note">{_text(item.text)}</p>'
    return f'<p dir="auto">{_text(item)}</p>'


def _cell(cell: Cell, grouped: bool) -> str:
    tag, kind = ("th", "header") if cell.header else ("td", "cell")
    attributes = f' class="govuk-table__{kind}' + (" govuk-table__cell--numeric" if cell.number else "") + '"'
    if cell.header:
        attributes += ' scope="rowgroup"' if grouped else ' scope="row"'
    if cell.rows > 1:
        attributes += f' rowspan="{cell.rows}"'
    if cell.columns > 1:
        attributes += f' colspan="{cell.columns}"'
    return f"<{tag}{attributes}>" + "".join(_content(item) for item in cell.content) + f"</{tag}>"


def _table(table: Table) -> str:
    caption = _text(table.caption)
    headings = "".join(
        f'<th scope="col" class="govuk-table__header{" govuk-table__header--numeric" if column.number else ""}">'
        f"{_text(column.heading)}</th>"
        for column in table.columns
    )
    groups = "\n".join(
        '<tbody class="govuk-table__body">'
        + "\n".join(
            f'<tr class="govuk-table__row">{"".join(_cell(cell, len(group) > 1) for cell in row)}</tr>' for row in group
        )
        + "</tbody>"
        for group in table.groups
    )
    return (
        f'<div class="gt-scroll" tabindex="0" role="region" aria-label="{escape(table.caption)}">'
        f'<table class="govuk-table report-table report-table--{len(table.columns)}">\n'
        f'<caption class="govuk-table__caption govuk-table__caption--s">{caption}</caption>\n'
        f'<thead class="govuk-table__head"><tr class="govuk-table__row">{headings}</tr></thead>\n'
        f"{groups}\n</table></div>"
    )


def _block(block: Block, shift: int) -> str:
    match block:
        case Heading(text, level):
            number = min(level + shift, 6)
            return f'<h{number} class="govuk-heading-{_SIZES.get(number, "s")}">{_text(text)}</h{number}>'
        case Paragraph(text):
            return f'<p class="govuk-body" dir="auto">{_text(text)}</p>'
        case Note(text):
            return f'<p class="govuk-hint report-note">{_text(text)}</p>'
        case Bullets(items):
            inner = "".join(f'<li dir="auto">{_text(item)}</li>' for item in items)
            return f'<ul class="govuk-list govuk-list--bullet">{inner}</ul>'
        case Evidence():
            return _evidence(block, "p")
        case SummaryList(rows):
            inner = "".join(
                f'<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">{_text(term)}</dt>'
                f'<dd class="govuk-summary-list__value">{_text(what)}</dd></div>'
                for term, what in rows
            )
            return f'<dl class="govuk-summary-list">{inner}</dl>'
        case Chart(title, _, svg):
            # The drawing is ours (charts.py) and escaped there; its words for screen readers are its own title and desc.
            return f'<figure class="report-chart"><figcaption class="govuk-body-s">{_text(title)}</figcaption>{svg}</figure>'
        case Table():
            return _table(block)
        case PageBreak():
            return ""


def fragment(document: Document, *, shift: int = 0) -> str:
    """The document's blocks for one of our own pages, without its title. `shift` lowers every heading by so many levels."""
    return "\n".join(_block(block, shift) for block in clean(document).blocks)


@lru_cache(maxsize=1)
def _style() -> str:
    return (Path(__file__).parent / "templates" / "reports" / "document.css").read_text(encoding="utf-8")


def render(document: Document) -> bytes:
    """The document as one HTML file that needs no other, and runs no script."""
    document = clean(document)
    subtitle = f'<p class="report-subtitle">{_text(document.subtitle)}</p>' if document.subtitle else ""
    whose = f"<header><p>{_text(document.authority)}</p></header>\n" if document.authority else ""
    page = f"""<!DOCTYPE html>
<html lang="{escape(document.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>{escape(document.title)}</title>
<meta name="author" content="{escape(document.authority)}">
<style>
{_style()}
</style>
</head>
<body>
{whose}<main>
<h1>{_text(document.title)}</h1>
{subtitle}
{fragment(document)}
</main>
<footer><p>{_text(document.title)}. As at {day(document.as_at)}.</p></footer>
</body>
</html>
"""
    return page.encode("utf-8")
