"""Names as plain words: small letters of the Latin alphabet, without accents, marks and the small words between."""

import re
import unicodedata

# Letters that do not come apart into a plain one and a mark.
_LETTERS = str.maketrans({
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h", "ŋ": "ng",
    "ə": "a", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "ʻ": "'",
})  # fmt: skip
# Other alphabets, each letter as English mostly writes it.
_CYRILLIC = dict(zip(
    "абвгґдеёєжзиіїйклмнопрстуфхцчшщъыьэюя",
    ["a", "b", "v", "g", "g", "d", "e", "yo", "ye", "zh", "z", "i", "i", "yi", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "-", "y", "-", "e", "yu", "ya"], strict=True,
))  # fmt: skip
_GREEK = dict(zip(
    "αβγδεζηθικλμνξοπρσςτυφχψω",
    ["a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p", "r", "s", "s", "t", "y", "f", "ch", "ps", "o"], strict=True,
))  # fmt: skip
_ARABIC = dict(zip(
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئپچگژکی",
    ["a", "b", "t", "th", "j", "h", "kh", "d", "dh", "r", "z", "s", "sh", "s", "d", "t", "z", "a", "gh", "f", "q", "k", "l", "m", "n", "h", "w", "y", "a", "a", "-", "a", "i", "a", "w", "y", "p", "ch", "g", "zh", "k", "y"], strict=True,
))  # fmt: skip
_OTHER_ALPHABETS = str.maketrans({
    letter: "" if said == "-" else said for table in (_CYRILLIC, _GREEK, _ARABIC) for letter, said in table.items()
})  # fmt: skip
_JOINED = {"mc", "mac", "o", "fitz", "abd", "abdul", "abdel", "abdal", "abdur"}
_BETWEEN = {
    "al",
    "el",
    "ul",
    "bin",
    "ibn",
    "bint",
    "de",
    "da",
    "di",
    "del",
    "van",
    "von",
    "der",
    "den",
    "the",
    "la",
    "le",
}
_SERVANT = re.compile(r"^abd[uae](?:l(?!lah)|r(?=r)|s(?=s)|n(?=n))")


def plain(text: str) -> str:
    """Small plain letters and figures, words apart by one space."""
    text = text.casefold().translate(_LETTERS)
    text = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    text = text.translate(_OTHER_ALPHABETS).translate(_LETTERS).replace("'", "")
    return " ".join(re.findall(r"[a-z0-9]+", text))


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name: “O'Brien” and “O Brien” are one, “van der Berg” is “berg”, “Abdul Rahman” is “abdrahman”."""
    found: list[str] = []
    prefix = ""
    parts = [part for part in plain(name).split() if not part.isdigit()]
    for number, part in enumerate(parts):
        if part in _JOINED and number + 1 < len(parts):
            prefix += "abd" if part.startswith("abd") else part
        elif part in _BETWEEN and len(parts) > 1:
            continue
        else:
            found.append(_SERVANT.sub("abd", prefix + part))
            prefix = ""
    return tuple(found) if found else tuple(parts)
