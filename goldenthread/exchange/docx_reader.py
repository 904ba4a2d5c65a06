"""Word documents read as paragraphs and tables, straight from their XML: text, line breaks and merged cells."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from lxml import etree

from goldenthread.core.errors import BadInput
from goldenthread.exchange.guard import open_package
from goldenthread.exchange.tables import Block, Cell, Loose, Sources, Table, understand_tables
from goldenthread.plan.content import PlanContent

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSPARENT = {
    f"{_W}{tag}"
    for tag in (
        "sdt",
        "sdtContent",
        "ins",
        "moveTo",
        "customXml",
        "smartTag",
        "hyperlink",
        "r",
        "fldSimple",
        "dir",
        "bdo",
    )
}
_BREAKS = {f"{_W}br", f"{_W}cr"}


def read_docx(path: Path, as_at: date | None) -> PlanContent:
    """Read a plan from the tables of a Word document."""
    data = open_package(path)["word/document.xml"].replace(_STRICT, _W.strip("{}").encode())
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        body = etree.fromstring(data, parser).find(f"{_W}body")
    except etree.XMLSyntaxError as error:
        raise BadInput(f"{path.name}, part word/document.xml: the XML is damaged ({error.msg}).") from None
    if body is None:
        raise BadInput(f"{path.name}, part word/document.xml: there is no text in it.")
    return understand_tables(*_blocks(body, path.name), path.name, as_at)


def _blocks(body: Any, name: str) -> tuple[list[Block], Sources]:
    sources = Sources()
    blocks: list[Block] = []
    tables = paragraphs = 0
    for element in _unwrapped(body):
        if element.tag == f"{_W}p":
            paragraphs += 1
            for text in _lines(element):
                blocks.append(Loose(sources.add(text, f"paragraph {paragraphs}")))
        elif element.tag == f"{_W}tbl":
            tables += 1
            blocks.append(_table(element, tables, name, sources))
    return blocks, sources


def _unwrapped(element: Any) -> Iterator[Any]:
    for child in element.iterchildren(tag=etree.Element):
        if child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins", f"{_W}moveTo"):
            yield from _unwrapped(child)
        else:
            yield child


def _table(element: Any, number: int, name: str, sources: Sources) -> Table:
    table = Table(f"table {number}", [])
    open_merges: dict[int, Cell] = {}  # by grid column: the cell that a vertical merge began in
    rows = (row for row in _unwrapped(element) if row.tag == f"{_W}tr")
    for at, row in enumerate(rows, start=1):
        cells: list[Cell] = [Cell() for _ in range(_grid(row, "gridBefore"))]
        inside = (c for c in _unwrapped(row) if c.tag == f"{_W}tc")
        for column, cell in enumerate(inside, start=1):
            place = f"table {number}, row {at}, column {column}"
            if cell.find(f".//{_W}tbl") is not None:
                raise BadInput(
                    f"{name}, {place}: there is a table inside a cell, which cannot be read. Take the inner table apart into "
                    "lines or rows and try again."
                )
            made = Cell([sources.add(text, place) for p in _paragraphs(cell) for text in _lines(p)])
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merge is not None and merge.get(f"{_W}val", "continue") == "continue" and len(cells) in open_merges:
                open_merges[len(cells)].down += 1
                made.covered = True
            elif merge is not None:
                open_merges[len(cells)] = made
            else:
                open_merges.pop(len(cells), None)
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            made.across = _figure(span)
            cells.append(made)
            cells += [Cell(covered=True) for _ in range(made.across - 1)]
        table.rows.append(cells)
    return table


def _figure(element: Any) -> int:
    value = element.get(f"{_W}val", "1") if element is not None else "1"
    return min(max(int(value), 1), 100) if value.isdecimal() else 1


def _grid(row: Any, tag: str) -> int:
    element = row.find(f"{_W}trPr/{_W}{tag}")
    return _figure(element) if element is not None else 0


def _paragraphs(cell: Any) -> list[Any]:
    return [child for child in _unwrapped(cell) if child.tag == f"{_W}p"]


def _lines(paragraph: Any) -> list[str]:
    """The lines of a paragraph: cut at line breaks, deletions left out, text boxes after the paragraph's own words."""
    boxes: list[Any] = []
    text = "".join(_text(paragraph, boxes))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    for box in boxes:
        lines += [line for inner in box.iter(f"{_W}p") for line in _lines(inner)]
    return [line for line in lines if line]


def _text(element: Any, boxes: list[Any]) -> Iterator[str]:
    for child in element.iterchildren(tag=etree.Element):
        if child.tag == f"{_W}t":
            yield re.sub(r"[\r\n]+", " ", child.text or "")
        elif child.tag in _BREAKS:
            yield "\n"
        elif child.tag in (f"{_W}tab", f"{_W}ptab"):
            yield "\t"
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        elif child.tag in _TRANSPARENT:
            yield from _text(child, boxes)
        elif etree.QName(child).localname in ("drawing", "pict", "AlternateContent"):
            found = child.iter(f"{_W}txbxContent")
            boxes += [
                box for box in found if not any(etree.QName(a).localname == "Fallback" for a in box.iterancestors())
            ]
