"""The content tree as a tagged PDF (asked of the typesetter: PDF/UA-1), set by templates/reports/document.typ.

Text goes in as data and is never part of the typesetter's source, which can reach no file: its root is an empty folder.
"""

import json
import re
import tempfile
import unicodedata
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

import fontpkg_source_sans_3
import typst

from goldenthread.reports.charts import for_print
from goldenthread.reports.json import as_data
from goldenthread.reports.page_fit import kept_together
from goldenthread.reports.tree import Document, Evidence, Table, shortened

FONTS = str(Path(fontpkg_source_sans_3.__file__).parent / "files")
LONGEST_WHOLE = 700  # characters: a table row with a longer cell may be parted by the end of a page
_LONG_WORD = re.compile(r"\S{22}(?=\S)")
_ODD = re.compile("[^\n\u0020-\u024f\u2010-\u2027\u2030-\u203a\u20ac\u2122\ufffd]")
_UNSHOWN = re.compile(r"the text `\"(.+?)\"` could not be displayed", re.DOTALL)


@lru_cache(maxsize=1)
def _template() -> bytes:
    return (Path(__file__).parent / "templates" / "reports" / "document.typ").read_bytes()


def _compile(source: bytes, inputs: dict[str, str], made: datetime) -> bytes:
    with tempfile.TemporaryDirectory() as empty:
        done: bytes = typst.compile(  # type: ignore[call-overload]  # its stub wants one type for all paths
            source,
            root=empty,
            package_path=empty,
            package_cache_path=empty,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=["ua-1"],
            timestamp=int(made.timestamp()),
        )
    return done


def _shows(text: str) -> bool:
    probe = b'#set document(title: "-")\n#set text(font: "Source Sans 3")\n#sys.inputs.data'
    try:
        _compile(probe, {"data": text}, datetime(2000, 1, 1, tzinfo=UTC))
    except typst.TypstError:
        return False
    return True


_known: dict[str, bool] = {}


def _settle(characters: list[str]) -> None:
    """Find out which of these characters our fonts can show, by halves."""
    if _shows(" ".join(characters)):
        _known.update(dict.fromkeys(characters, True))
    elif len(characters) == 1:
        _known[characters[0]] = False
    else:
        half = len(characters) // 2
        _settle(characters[:half])
        _settle(characters[half:])


def _stand_in(character: str) -> str:
    """What is printed for a character that no font of ours has: its name for a sign, its number for a letter."""
    if unicodedata.category(character) in {"So", "Sk", "Sm"} and (name := unicodedata.name(character, "")):
        return f"[{name.lower()}]"
    return f"[U+{ord(character):04X}]"


def _printable(text: str) -> str:
    """The text with stand-ins for what cannot be shown, and places where an endless word may be broken."""
    if _ODD.search(text):
        text = "".join(c if _known.get(c, True) else _stand_in(c) for c in text)
    return _LONG_WORD.sub(lambda word: word.group() + "\u200b", text)


def _walk(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_walk(item, change) for item in value]
    if isinstance(value, dict):
        return {k: v if k in {"kind", "svg"} else _walk(v, change) for k, v in value.items()}
    return value


def _length(item: Any) -> int:
    if isinstance(item, str):
        return len(item)
    return sum(len(v) for v in item.values() if isinstance(v, str))


def _for_setting(value: Any) -> Any:
    """Adds what the template wants worked out: evidence as sentences, rows in one list, charts as pictures."""
    if isinstance(value, list):
        return [_for_setting(item) for item in value]
    if not isinstance(value, dict):
        return value
    value = {k: _for_setting(v) for k, v in value.items()}
    if value.get("kind") == "Evidence":
        named = {k: v for k, v in value.items() if k != "kind"}
        value["sentences"] = Evidence(**named).sentences()
    if value.get("kind") == "Chart":
        value["svg"] = for_print(value["svg"])
    if value.get("kind") == "Table":
        value["rows"] = [row for group in value.pop("groups") for row in group]
    return value


def _keep_together(document: Document, data: dict[str, Any]) -> None:
    for block, written in zip(document.blocks, data["blocks"], strict=True):
        if isinstance(block, Table):
            for kept, group in zip(kept_together(block), written["groups"], strict=True):
                for cell in (cell for row in group for cell in row):
                    long = sum(map(_length, cell["content"])) > LONGEST_WHOLE
                    cell["breakable"] = not kept and (cell["rows"] > 1 or long)


def render(document: Document) -> bytes:
    """The document as a PDF file. The same tree gives the same bytes."""
    data = as_data(document)
    _keep_together(document, data)
    odd: set[str] = set()
    _walk(data, lambda text: odd.update(_ODD.findall(text)))
    if unknown := sorted(odd - _known.keys()):
        _settle(unknown)
    day = document.as_at
    inputs = _walk(_for_setting(data), _printable) | {
        "name": data["title"],
        "running": _printable(shortened(data["title"])),
        "wide": document.wide,
        "year": day.year,
        "month": day.month,
        "day": day.day,
    }
    made = datetime.combine(day, time(12), UTC)
    for _ in range(20):
        try:
            return _compile(_template(), {"data": json.dumps(inputs)}, made)
        except typst.TypstError as error:
            # Characters that show alone can fail together (a mark on a sign): print stand-ins for what is named.
            named = {c for c in _named(str(error)) if _ODD.match(c)}
            if not named:
                raise
            _known.update(dict.fromkeys(named, False))
            inputs = _walk(inputs, _printable)
    raise ValueError("The document has characters that cannot be printed; the HTML and DOCX files hold them.")


def _named(message: str) -> str:
    found = "".join(_UNSHOWN.findall(message))
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code.group(1), 16)), found)
