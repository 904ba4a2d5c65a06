"""Words that say nothing: a purpose or a reason must be written, not filled in."""

import re
import unicodedata

_PLACEHOLDERS = frozenset(
    """
    n/a|none|nil|null|tbc|tba|tbd|todo|test|testing|asdf|see above|as above|above|as discussed|discussed|see notes
    see file|see case notes|unknown|not known|other|various|misc|to follow|pending|same|same as above|ditto
    as per plan|per plan|not applicable|to be confirmed|to be advised|for information|no reason|blah|dummy
    placeholder|sample|fill in|to be completed|to do|as required|as needed
    """.strip()
    .replace("\n", "|")
    .replace("|    ", "|")
    .split("|")
)


def is_placeholder(text: str) -> bool:
    """Whether a text fills a box without saying anything: “n/a”, “see above”, “xxx”, a lone full stop."""
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split()).strip(" .,:;-–—?!")
    letters = re.sub(r"[\W_]", "", plain)
    return plain in _PLACEHOLDERS or len(set(letters)) < 3
