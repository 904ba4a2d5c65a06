"""What stands between a file from elsewhere and the parsers: its size, its signature, and what its zip directory hides."""

import unicodedata
import zipfile
import zlib
from pathlib import Path

from goldenthread.core.errors import BadInput

LARGEST = 20 * 1024 * 1024  # bytes on disk
UNPACKED = 50 * 1024 * 1024  # bytes after inflating
ENTRIES = 2_000
RATIO = 100  # unpacked to packed, for parts of more than a megabyte
LONGEST_NAME = 120  # characters
FORMATS = (".txt", ".docx", ".xlsx")

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_MAIN = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
_CALLED = {".docx": "Word document", ".xlsx": "Excel workbook"}
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "rich text"),
    (b"<!DO", "a web page"),
    (b"<htm", "a web page"),
    (b"\x89PNG", "a picture"),
)


def shown_name(name: str) -> str:
    """What to call an upload: its last part, without what cannot be seen or turns the writing round, and not too long.

    A name is only ever shown: no path is made of it, but for an ending that is one of FORMATS.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip()
    stem, dot, ending = seen.rpartition(".")
    if dot and not stem.strip():
        seen = f"plan.{ending}"
    if len(seen) > LONGEST_NAME:
        seen = f"{stem[: LONGEST_NAME - 20]}…{dot}{ending[:12]}" if dot else f"{seen[: LONGEST_NAME - 1]}…"
    return seen or "plan"


def check_outside(path: Path) -> None:
    """Refuse what can be refused unread: no such file, a format that is no plan's, an empty or a too large file."""
    if not path.is_file():
        raise BadInput(f"{path.name}: there is no such file.")
    if path.suffix.lower() not in FORMATS:
        kind = f"“{path.suffix}” files" if path.suffix else "files without an ending"
        raise BadInput(f"{path.name}: {kind} cannot be read. Give the plan as .docx, .xlsx or .txt (flattened text).")
    size = path.stat().st_size
    if not size:
        raise BadInput(f"{path.name}: the file is empty.")
    if size > LARGEST:
        raise BadInput(
            f"{path.name}: the file has {size / 1_048_576:.0f} MB and a plan may have at most {LARGEST // 1_048_576} MB. "
            "Is it the right file? Take pictures out and try again."
        )


def check_text(path: Path, head: bytes) -> None:
    """Refuse a .txt that is something else by its first bytes."""
    if head.startswith(b"PK\x03\x04"):
        raise BadInput(f"{path.name}: this is a Word or Excel file with the wrong ending. Rename it to .docx or .xlsx.")
    _check_signature(path, head, "plain text")


def _check_signature(path: Path, head: bytes, wanted: str) -> None:
    for signature, called in _SIGNATURES:
        if head.lstrip().startswith(signature):
            raise BadInput(f"{path.name}: this is {called}, not {wanted}. Give the plan as .docx, .xlsx or .txt.")
    if head.startswith(_OLE):
        raise BadInput(
            f"{path.name}: the file is protected by a password, or in the old .doc or .xls format. Open it, take the password "
            "off, save it as .docx or .xlsx, and try again."
        )


def open_package(path: Path) -> dict[str, bytes]:
    """The parts of a .docx or .xlsx, inflated under a limit.

    Raises BadInput for what is not such a file, is cut short, protected by a password, or made to do harm.
    """
    suffix = path.suffix.lower()
    called = _CALLED[suffix]
    with path.open("rb") as file:
        head = file.read(512)
    _check_signature(path, head, f"a {called}")
    if not head.startswith(b"PK"):
        raise BadInput(f"{path.name}: this is not a {called}, although its name ends in {suffix}.")
    try:
        with zipfile.ZipFile(path) as package:
            parts = _inflate(path.name, package)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError) as error:
        raise BadInput(
            f"{path.name}: the {called} is damaged or cut short ({_cause(error)}). Get the file again from where it came from."
        ) from None
    if any(part.lower().endswith("vbaproject.bin") for part in parts):
        raise BadInput(f"{path.name}: the {called} has macros, so it was not read. Save it without them ({suffix}).")
    if _MAIN[suffix] not in parts:
        other = next((ending for ending, main in _MAIN.items() if main in parts), None)
        hint = f"it is a {_CALLED[other]}: rename it to {other}" if other else "it is some other kind of ZIP file"
        raise BadInput(f"{path.name}: this is not a {called}; {hint}.")
    return parts


def _cause(error: Exception) -> str:
    return str(error).strip(".").lower() or type(error).__name__


def _inflate(name: str, package: zipfile.ZipFile) -> dict[str, bytes]:
    entries = package.infolist()
    if len(entries) > ENTRIES:
        raise BadInput(
            f"{name}: there are {len(entries)} parts in this file, more than the {ENTRIES} that a document may have."
        )
    if len({entry.filename for entry in entries}) < len(entries):
        raise BadInput(f"{name}: two parts of this file have the same name, so it cannot be trusted.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise BadInput(f"{name}: the file is protected by a password. Take it off and try again.")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise BadInput(f"{name}: a part is packed in a way that no office program uses, so the file was not opened.")
    bomb = f"{name}: the file unpacks to far more than a plan needs (over {UNPACKED // 1_048_576} MB), so it was not opened."
    if sum(entry.file_size for entry in entries) > UNPACKED:
        raise BadInput(bomb)
    parts: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        if entry.file_size > 1_048_576 and entry.file_size > RATIO * max(entry.compress_size, 1):
            raise BadInput(
                f"{name}, part {entry.filename}: it is packed more than {RATIO} to 1, so the file was not opened."
            )
        chunks: list[bytes] = []
        with package.open(entry) as part:
            while chunk := part.read(65_536):
                total += len(chunk)
                if total > UNPACKED:
                    raise BadInput(bomb)
                chunks.append(chunk)
        parts[entry.filename] = b"".join(chunks)
        if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            _check_xml(name, entry.filename, parts[entry.filename])
    return parts


def _check_xml(name: str, part: str, data: bytes) -> None:
    """No document type, so no entities; and no encoding in which one could hide."""
    if b"\x00" in data[:400] or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadInput(
            f"{name}, part {part}: it is not in UTF-8, as Word and Excel write it, so the file was not opened."
        )
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise BadInput(
            f"{name}, part {part}: it defines XML entities, which no office program does, so the file was not opened."
        )
