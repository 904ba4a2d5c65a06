"""Plans as flattened text: one paragraph a line, the cells of each row one after the other, and no sign of where a cell
ends but its content and, not reliably, two blank lines where a cell is empty.

The text is cut into standards by their headings, and each standard into rows by the cheapest reading (a shortest path):
what a line looks like, how many actions, leads, dates and progress lines there are, and the blank lines all have a
price, so that no single cue decides.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from goldenthread.core.errors import BadInput
from goldenthread.exchange.cues import heading_kind, numbered, standard_heading
from goldenthread.exchange.front import read_front
from goldenthread.exchange.guard import check_text
from goldenthread.exchange.pairing import Row, pair, settle
from goldenthread.exchange.rows import Paragraph, Parsed, parse_rows
from goldenthread.plan.content import Line, PlanContent, RecommendationContent, StandardContent, Words


@dataclass(slots=True)
class _Block:
    number: int
    title: str
    heading: Paragraph
    paragraphs: list[Paragraph]
    gap_after: int | None


def read_text(path: Path, as_at: date | None) -> PlanContent:
    """Read a plan from flattened text.

    Raises BadInput where the file is not UTF-8 text, or holds no standards and recommendations.
    """
    return understand(_decode(path), path.name, as_at)


def _decode(path: Path) -> str:
    data = path.read_bytes()
    check_text(path, data[:512])
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadInput(f"{path.name}: this is UTF-16 text. Save it as “UTF-8” or “plain text (UTF-8)” and try again.")
    if (at := data.find(b"\0")) >= 0:
        raise BadInput(
            f"{path.name}, byte {at + 1}: there is a NUL, which no text has. The file is not plain text: give the plan "
            "as .txt in UTF-8, .docx or .xlsx."
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadInput(
            f"{path.name}, line {line}: a character is not UTF-8 (the file may be in a Windows or Latin-1 encoding). "
            "Save it as “UTF-8” and try again."
        ) from None
    if found := re.search(r"[\x00-\x08\x0e-\x1f\x7f]", text):
        line = text.count("\n", 0, found.start()) + 1
        raise BadInput(f"{path.name}, line {line}: there is a control character, so this is not plain text.")
    return text


def understand(text: str, name: str, as_at: date | None) -> PlanContent:
    """Make the plan's content of flattened text. name: the file's name, for messages."""
    paragraphs, source = _paragraphs(text)
    if not paragraphs:
        raise BadInput(f"{name}: the file is empty: there are only blank lines in it.")
    return understand_paragraphs(paragraphs, source, name, as_at)


def understand_paragraphs(
    paragraphs: list[Paragraph], source: list[Line], name: str, as_at: date | None
) -> PlanContent:
    """Make the plan's content of paragraphs that stand one after the other. source: their lines."""
    front, blocks = _standards(paragraphs)
    if not blocks:
        raise BadInput(
            f"{name}: no line reads like “Standard 1 - Referrals”, so this is not an improvement plan that can be read "
            f"(looked through {len(source)} lines)."
        )
    notes: list[str] = []
    content = PlanContent("", None, [p.words() for p in front], [], source, notes)
    read_front(content, as_at)
    last = 0
    for block in blocks:
        standard, last = _standard(block, last, name, notes)
        content.standards.append(standard)
    if not any(True for _ in content.recommendations()):
        raise BadInput(f"{name}: there are standards but no numbered recommendations under any of them.")
    settle(content)
    return content


def _paragraphs(text: str) -> tuple[list[Paragraph], list[Line]]:
    paragraphs: list[Paragraph] = []
    source: list[Line] = []
    gap = 0
    for at, line in enumerate(re.split(r"\r\n|\r|\n|\f|\v|\x85|\u2028|\u2029", text), start=1):
        if words := " ".join(line.replace("\ufeff", "").replace("\u200b", "").split()):
            source.append(Line(len(source) + 1, words, f"line {at}"))
            paragraphs.append(Paragraph(words, len(source), f"line {at}", gap))
            gap = 0
        else:
            gap += 1
    usual = Counter(p.gap for p in paragraphs[1:]).most_common(1)
    for paragraph in paragraphs:
        paragraph.gap = max(0, paragraph.gap - (usual[0][0] if usual else 0))
    return paragraphs, source


def _standards(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], list[_Block]]:
    """Cut at the headings. One kind of heading is used: “Standard” where there is any, else the commonest of the others
    that counts up."""
    found = [
        (at, heading) for at, p in enumerate(paragraphs) if len(p.text) < 150 and (heading := standard_heading(p.text))
    ]
    words = Counter(heading[0] for _, heading in found)
    word = "standard" if words["standard"] else (words.most_common(1)[0][0] if words else "")
    cuts: list[tuple[int, int, str]] = []
    for at, (kind, number, title) in found:
        if kind == word and (not cuts or number > cuts[-1][1]):
            cuts.append((at, number, title))
    if not cuts:
        return paragraphs, []
    ends = [at for at, _, _ in cuts[1:]] + [len(paragraphs)]
    blocks = [
        _Block(
            number,
            title,
            paragraphs[at],
            paragraphs[at + 1 : end],
            paragraphs[end].gap if end < len(paragraphs) else None,
        )
        for (at, number, title), end in zip(cuts, ends, strict=True)
    ]
    return paragraphs[: cuts[0][0]], blocks


def _standard(block: _Block, last: int, name: str, notes: list[str]) -> tuple[StandardContent, int]:
    standard = StandardContent(block.number, Words(block.title, (block.heading.number,)))
    first = next((at for at, p in enumerate(block.paragraphs) if _begins(p, block.number, last)), None)
    if first is None:
        if not block.paragraphs or all(heading_kind(p.text) for p in block.paragraphs):
            standard.headings = [p.words() for p in block.paragraphs]
            return standard, last
        raise BadInput(
            f"{name}, {block.heading.place}: under “{block.heading.text}” no recommendation begins with a number, as “1. To "
            "…” does. Number the recommendations and try again."
        )
    headings, body = block.paragraphs[:first], block.paragraphs[first:]
    standard.headings = [p.words() for p in headings]
    kinds = [heading_kind(p.text) for p in headings]
    notes += [
        f"{p.place}: “{_short(p.text)}” stands before the first recommendation of standard {block.number}; kept with "
        "the column headings."
        for p, kind in zip(headings, kinds, strict=True)
        if kind is None
    ]
    body = _without_repeats(standard, headings, body)
    for parsed in parse_rows(body, block.number, [kind for kind in kinds if kind], block.gap_after):
        standard.recommendations.append(_recommendation(parsed, block.number))
        notes += parsed.notes
        last = parsed.number
    return standard, last


def _begins(paragraph: Paragraph, standard: int, last: int) -> bool:
    number = numbered(paragraph.text)
    if number is None:
        return False
    return number.whole in (None, standard)


def _without_repeats(standard: StandardContent, headings: list[Paragraph], body: list[Paragraph]) -> list[Paragraph]:
    """Leave out column headings that are repeated further down (at the top of a page)."""
    texts = [p.text for p in headings]
    if len(texts) < 2:
        return body
    kept: list[Paragraph] = []
    at = 0
    while at < len(body):
        if [p.text for p in body[at : at + len(texts)]] == texts:
            standard.headings += [p.words() for p in body[at : at + len(texts)]]
            at += len(texts)
        else:
            kept.append(body[at])
            at += 1
    return kept


def _recommendation(parsed: Parsed, standard: int) -> RecommendationContent:
    cells = {kind: [p.words() for p in paragraphs] for kind, paragraphs in parsed.cells.items()}
    title = numbered(parsed.title.text)
    rec = RecommendationContent(
        f"{standard}.{parsed.number}", Words(title.rest if title else parsed.title.text, (parsed.title.number,))
    )
    pair(rec, [Row(cells.get("actions", []), cells.get("leads", []), cells.get("timescales", []))])
    rec.progress, rec.next_steps = cells.get("progress", []), cells.get("next", [])
    rec.monitoring, rec.rating = cells.get("monitoring", []), cells.get("rating", [])
    if criterion := cells.get("criterion"):
        rec.criterion = Words(" ".join(w.text for w in criterion), tuple(n for w in criterion for n in w.lines))
    return rec


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59].rstrip() + "…"
