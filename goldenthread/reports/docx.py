"""The content tree as a Word document: real headings, table headings that repeat, British English, alternative text."""

import io
import zipfile
from datetime import UTC, datetime, time
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from goldenthread.reports.charts import png_of
from goldenthread.reports.page_fit import kept_together
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
    shortened,
)

FONT = "Arial"
MARGIN = Mm(15)
_NS = nsdecls("w")
_HEADINGS = {1: 20, 2: 15, 3: 12, 4: 11}
_T = '<w:t xml:space="preserve">'
_TWIPS = 635  # English metric units in a twentieth of a point


def _run(text: str, bold: bool = False) -> str:
    words = escape(text).replace("\n", "</w:t><w:br/>" + _T).replace("\t", "</w:t><w:tab/>" + _T)
    return f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}{_T}{words}</w:t></w:r>"


def _p(style: str, *runs: str, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{"".join(runs)}</w:p>'


def _content(item: Content, bold: bool, more: str) -> str:
    if isinstance(item, Note):
        return _p("CellNote", _run(item.text), more=more)
    if isinstance(item, Evidence):
        return _p("CellText", _run(item.title + " ", bold=True), _run(item.sentences()), more=more)
    return _p("CellText", _run(item, bold=bold), more=more)


def _tc(cell: Cell | None, width: int, columns: int = 1, *, keep: bool = False) -> str:
    """One cell; None goes on with the cell above it."""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if columns > 1:
        properties += f'<w:gridSpan w:val="{columns}"/>'
    if cell is None:
        properties += "<w:vMerge/>"
    elif cell.rows > 1:
        properties += '<w:vMerge w:val="restart"/>'
    if columns > 1:
        properties += '<w:shd w:val="clear" w:color="auto" w:fill="F4F6F8"/>'
    more = "<w:keepNext/>" if keep else ""
    if cell and cell.number:
        more += '<w:jc w:val="right"/>'
    inner = "".join(_content(item, cell.header, more) for item in cell.content) if cell else ""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner or _p('CellText', more=more)}</w:tc>"


def _head(table: Table, widths: list[int]) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="E8EDF3"/></w:tcPr>'
        + _p("CellText", _run(column.heading, bold=True), more='<w:jc w:val="right"/>' if column.number else "")
        + "</w:tc>"
        for column, width in zip(table.columns, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _rows(table: Table, widths: list[int]) -> str:
    written = []
    for group, kept in zip(table.groups, kept_together(table), strict=True):
        standing: dict[int, int] = {}  # column → rows still to come under a cell that stands across several
        for number, row in enumerate(group, start=1):
            keep = kept and number < len(group)
            cells, column, waiting = [], 0, list(row)
            while column < len(widths):
                if standing.get(column):
                    standing[column] -= 1
                    cells.append(_tc(None, widths[column], keep=keep))
                    column += 1
                elif waiting:
                    cell = waiting.pop(0)
                    if cell.rows > 1:
                        standing[column] = cell.rows - 1
                    cells.append(_tc(cell, sum(widths[column : column + cell.columns]), cell.columns, keep=keep))
                    column += cell.columns
                else:
                    cells.append(_tc(Cell(), widths[column], keep=keep))
                    column += 1
            written.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>")
    return "".join(written)


def _table(table: Table, room: int) -> str:
    whole = sum(column.width for column in table.columns)
    widths = [int(room * column.width / whole) for column in table.columns]
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8A9096"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    caption = escape(table.caption, {'"': "&quot;", "\n": " ", "\t": " "})
    return (
        f'<w:tbl {_NS}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/>'
        '</w:tblCellMar><w:tblLook w:val="00A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0"'
        f' w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{caption}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{_head(table, widths)}{_rows(table, widths)}</w:tbl>"
    )


def _set_font(style: Any, size: float, *, bold: bool | None = None, colour: str = "0B0C0C") -> None:
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), FONT)


def _set_styles(word: WordDocument, language: str) -> None:
    styles: Any = word.styles
    for element in styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), language)
        element.set(qn("w:eastAsia"), language)
    _set_font(styles["Normal"], 10.5)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    for level, size in _HEADINGS.items():
        heading = styles[f"Heading {level}"]
        _set_font(heading, size, bold=True)
        heading.font.italic = False
        heading.paragraph_format.space_before = Pt(0 if level == 1 else 16)
        heading.paragraph_format.space_after = Pt(8)
        heading.paragraph_format.keep_with_next = True
    _set_font(styles["Caption"], 9, bold=True)
    styles["Caption"].paragraph_format.keep_with_next = True
    _set_font(styles["Subtitle"], 12, colour="505A5F")
    styles["Subtitle"].font.italic = False
    for spacing in styles["Subtitle"].element.rPr.findall(qn("w:spacing")):
        styles["Subtitle"].element.rPr.remove(spacing)
    for name, points, colour in (
        ("Note", 10.5, "505A5F"),
        ("CellText", 9, "0B0C0C"),
        ("CellNote", 9, "505A5F"),
        ("Small", 8.5, "505A5F"),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _set_font(style, points, colour=colour)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(2 if name != "Note" else 6)
        if name.endswith("Note"):
            style.element.get_or_add_pPr().append(
                parse_xml(f'<w:pBdr {_NS}><w:left w:val="single" w:sz="16" w:space="6" w:color="B1B4B6"/></w:pBdr>')
            )
            style.paragraph_format.left_indent = Pt(8)


def _field(code: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _set_page(word: WordDocument, document: Document) -> int:
    """Paper, header and footer. Returns the width between the margins in twentieths of a point."""
    section = word.sections[0]
    section.page_width, section.page_height = (Mm(297), Mm(210)) if document.wide else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if document.wide else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = MARGIN
    section.top_margin, section.bottom_margin, section.header_distance = Mm(20), Mm(18), Mm(9)
    room = int((Mm(297 if document.wide else 210) - 2 * MARGIN) / _TWIPS)
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    header.style = footer.style = word.styles["Small"]
    header.add_run(shortened(document.title))
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{room}"/></w:tabs>'
    page = "<w:r><w:tab/></w:r>" + _run("Page ") + _field("PAGE") + _run(" of ") + _field("NUMPAGES")
    footer._p.addnext(_parsed(_p("Small", _run(document.authority), page, more=tab)))
    footer._p.getparent().remove(footer._p)
    return room


def _parsed(xml: str) -> Any:
    return parse_xml(xml.replace(">", f" {_NS}>", 1) if _NS not in xml else xml)


def _write(word: WordDocument, block: Block, room: int) -> None:
    match block:
        case Heading(text, level):
            word.add_heading(text, min(level, 4))
        case Paragraph(text):
            word.add_paragraph(text)
        case Note(text):
            word.add_paragraph(text, style="Note")
        case Bullets(items):
            for item in items:
                word.add_paragraph(item, style="List Bullet")
        case Evidence(title):
            line = word.add_paragraph()
            line.add_run(title + " ").bold = True
            line.add_run(block.sentences())
        case SummaryList(rows):
            for term, what in rows:
                line = word.add_paragraph()
                line.paragraph_format.space_after = Pt(2)
                line.add_run(term + ": ").bold = True
                line.add_run(what)
        case Table():
            word.add_paragraph(block.caption, style="Caption")
            word._body._element.insert_element_before(_parsed(_table(block, room)), "w:sectPr")
            word.add_paragraph().paragraph_format.space_after = Pt(0)
        case Chart(title, alt, svg):
            word.add_paragraph(title, style="Caption")
            picture = word.add_picture(io.BytesIO(png_of(svg)), width=Mm(170))
            picture._inline.docPr.set("descr", alt)
            picture._inline.docPr.set("title", title)
        case PageBreak():
            word.add_page_break()  # type: ignore[no-untyped-call]


def _packed_alike(file: bytes, made: datetime) -> bytes:
    """The same package with one date on every part, so that the same tree gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, (max(made.year, 1980), made.month, made.day, 12, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return out.getvalue()


def render(document: Document) -> bytes:
    """The document as a DOCX file. The same tree gives the same bytes."""
    document = clean(document)
    made = datetime.combine(document.as_at, time(12), UTC)
    word = docx.Document()
    _set_styles(word, document.language)
    room = _set_page(word, document)
    about = word.core_properties
    about.title, about.author, about.language = document.title[:255], document.authority[:255], document.language
    about.last_modified_by, about.comments, about.revision = document.authority[:255], "", 1
    about.created = about.modified = made
    word.add_heading(document.title, 1)
    if document.subtitle:
        word.add_paragraph(document.subtitle, style="Subtitle")
    for block in document.blocks:
        _write(word, block, room)
    file = io.BytesIO()
    word.save(file)
    return _packed_alike(file.getvalue(), made)
