"""What a timescale's words say: “End Oct 03”, “From Oct 03”, “Q2 2025/26”, “Ongoing”. Years of two figures are of this century."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
LONGEST = 80  # characters; what is longer is prose, not a timescale
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?P<{0}>(?:19|20)\d\d|['’]?\d\d)"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day )?"
_DAY = (
    rf"{_WEEKDAY}(?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -]{_MONTH.format('m')}[ -]{_YEAR.format('y')}",
    rf"{_WEEKDAY}(?P<d>\d{{1,2}})[/.-](?P<mm>\d{{1,2}})[/.-]{_YEAR.format('y')}",
    rf"{_YEAR.format('y')}-(?P<mm>\d{{1,2}})-(?P<d>\d{{1,2}})(?: 00:00:00)?",
)
_MONTH_OF = (
    rf"{_MONTH.format('m')}[ -]?{_YEAR.format('y')}",
    r"(?P<mm>0?[1-9]|1[0-2])[/-](?P<y>(?:19|20)\d\d)",
)
_QUARTER = r"(?:q(?:uarter|tr)? ?(?P<q>[1-4])|(?P<qq>[1-4])(?:st|nd|rd|th) quarter)(?: of)?,? (?P<y>(?:20)?\d\d) ?[/–-] ?(?:20)?\d\d"
_YEAR_END = r"(?:the )?(?:financial )?year (?P<y>(?:20)?\d\d) ?[/–-] ?(?:20)?\d\d"
_RANGE = rf"{_MONTH.format('m1')}[ -]?(?:{_YEAR.format('y1')})? ?(?:[-–—]|to|until) ?(?:the )?(?:end (?:of )?)?{_MONTH.format('m2')}[ -]?{_YEAR.format('y2')}"
_LIMIT = r"(?:(?:no later than|to be completed by|completed? by|due by|deadline|due|target|by|before|until|for|in|during|end|the|of|at) )*"
_BEGIN = r"(?:from|starting(?: from| in)?|start(?:s| of)?|since|commencing|beginning|w\.?e\.?f) "
_OPEN = re.compile(
    r"on[ -]?going|continuous(?:ly)?|continuing|immediate(?:ly)?|with immediate effect|completed?|done|achieved|in place|n/?a|not applicable|closed"
)
_VAGUE = re.compile(
    rf"(?:{_LIMIT}(?:early |mid[ -]|late )?(?:(?:spring|summer|autumn|winter|easter|christmas|new year|year end|year)(?: term)?(?: {_YEAR.format('a')})?"
    rf"|{_MONTH.format('b')}(?: {_YEAR.format('c')})?|(?:20)\d\d(?: ?[/–-] ?(?:20)?\d\d)?|q(?:uarter)? ?[1-4](?: (?:20)?\d\d)?))"
    r"|(?:within |in )?(?:\d+|one|two|three|four|six|twelve) (?:working |calendar )?(?:hour|day|week|month|year|term)s?"
    r"|(?:weekly|monthly|quarterly|half[ -]yearly|annual(?:ly)?|every \w+|each \w+)"
    r"|tb[acd]|to be (?:confirmed|agreed|decided|advised)"
    rf"|(?:on[ -]?going|completed?|done|achieved|revised|review(?:ed)?)[ ,:–-]+.{{0,12}}{_MONTH.format('e')}[ -]?(?:{_YEAR.format('f')})?"
)
_SAME = re.compile(r"(?:(?:same )?as (?:above|before)|same|ditto|do\.?|[\"”“〃]+)")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words of a timescale come to. kind: “day”, “month”, “start”, “open” (ongoing, done), “vague”, “same” (as
    above) or “none” (no timescale at all). remark: what is left for a person to settle."""

    kind: str
    due: date | None = None
    starts: date | None = None
    remark: str | None = None

    @property
    def is_date(self) -> bool:
        """Whether the words are surely a timescale."""
        return self.kind in ("day", "month", "start")


def in_words(day: date) -> str:
    """“31 October 2003”."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def is_same(text: str) -> bool:
    """Whether the words only point at what stands before them: “As above”, “Ditto”."""
    return len(text) < LONGEST and _SAME.fullmatch(_plain(text)) is not None


def find_as_at(text: str) -> tuple[date | None, int]:
    """The date in “… as at 31 October 2003”, and where the words “as at” begin (-1 where there are none)."""
    for found in re.finditer(r"\bas (?:at|of|on)\b:?", text, re.IGNORECASE):
        rest = _plain(text[found.end() :])
        for length in range(min(len(rest), LONGEST), 3, -1):
            reading = read_timescale(rest[:length])
            if reading.kind in ("day", "month") and (length == len(rest) or not rest[length].isalnum()):
                return reading.due, found.start()
    return None, -1


@lru_cache(maxsize=4096)
def read_timescale(text: str) -> Reading:
    """Read a timescale's words. Never fails: words that give no last day come back with a remark and no due date."""
    plain = _plain(text)
    if not plain or len(plain) > LONGEST:
        return Reading("none", remark=f"“{text.strip()}” gives no last day: give a due date." if plain else None)
    if is_same(text):
        return Reading("same")
    try:
        reading = _dated(plain, text.strip())
    except ValueError:
        return Reading("vague", remark=f"“{text.strip()}” is not a day in the calendar: give a due date.")
    if reading:
        return reading
    if _OPEN.fullmatch(plain):
        return Reading("open")
    remark = f"“{text.strip()}” gives no last day: give a due date."
    return Reading("vague" if _VAGUE.fullmatch(plain) else "none", remark=remark)


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace(",", " ").replace(". ", " ").split()).strip(" .;:_•*")


def _dated(plain: str, words: str) -> Reading | None:
    if found := _first(_BEGIN, (*_DAY, *_MONTH_OF), plain):
        starts, due = _span(found)
        return Reading(
            "start", due, starts, f"“{words}” says when it starts, not when it is due: {in_words(due)} is taken as due."
        )
    if found := _first(_LIMIT, _DAY, plain):
        due = _span(found)[1]
        return Reading("day", due - timedelta(days=1) if "before " in plain[: found.start("d")] else due)
    if found := _first(_LIMIT, _MONTH_OF, plain):
        start, due = _span(found)
        if re.match(r".*\bbefore (?!(?:the )?end)", plain[: found.end()]):
            return Reading("month", start - timedelta(days=1))
        return Reading("month", due)
    if found := re.fullmatch(_LIMIT + _QUARTER, plain):
        quarter, year = int(found["q"] or found["qq"]), _year(found["y"])
        first = 3 * quarter + 1
        months = (
            f"{MONTHS[(first - 1) % 12]} to {MONTHS[(first + 1) % 12]} {year + (quarter == 4)}"  # April begins the year
        )
        due = _last(year + (quarter == 4), (first + 1) % 12 + 1)
        return Reading("month", due, None, f"“{words}” is read as {months}, a quarter of the financial year.")
    if found := re.fullmatch(_LIMIT + _YEAR_END, plain):
        due = date(_year(found["y"]) + 1, 3, 31)
        return Reading("month", due, None, f"“{words}” is read as the financial year that ends on {in_words(due)}.")
    if found := re.fullmatch(_RANGE, plain):
        ends = _year(found["y2"])
        first, last = _month(found["m1"]), _month(found["m2"])
        begins = _year(found["y1"]) if found["y1"] else ends - (first > last)
        return Reading("month", _last(ends, last), date(begins, first, 1))
    return None


def _first(prefix: str, patterns: tuple[str, ...], plain: str) -> re.Match[str] | None:
    matches = (re.fullmatch(prefix + pattern, plain) for pattern in patterns)
    return next((found for found in matches if found), None)


def _span(found: re.Match[str]) -> tuple[date, date]:
    parts = found.groupdict()
    year = _year(parts["y"])
    month = _month(parts["m"]) if parts.get("m") else int(parts["mm"])
    if parts.get("d"):
        day = date(year, month, int(parts["d"]))
        return day, day
    return date(year, month, 1), _last(year, month)


def _year(figures: str) -> int:
    number = int(figures.strip("'’"))
    return number if number > 99 else 2000 + number


def _month(name: str) -> int:
    return next(n for n, month in enumerate(MONTHS, start=1) if month.casefold().startswith(name[:3]))


def _last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
