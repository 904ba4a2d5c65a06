"""What a line of a plan looks like: a numbered item, a lead officer, a column heading, something still to be done.

These are cues, not decisions: the reader of flattened text weighs them against each other and against the layout.
"""

import re
from dataclasses import dataclass

_NUMBER = re.compile(
    r"\s*(?:recommendation|rec\.?|r|no\.?|action|a)?\s*(?:(?P<whole>\d{1,2})\.)?(?P<number>\d{1,3})\s*[.):]?(?=\s)\s*(?:[-–—:]\s+)?(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_BARE = re.compile(
    r"\s*(?:recommendation|rec\.?|r|no\.?)?\s*(?:(?P<whole>\d{1,2})\.)?(?P<number>\d{1,3})\s*[.):]?\s*", re.I
)
_STANDARD_WORDS = r"standard|priority|theme|objective|outcome|workstream|area|section|strand"
STANDARD = re.compile(
    rf"\s*(?P<word>{_STANDARD_WORDS})\s+(?P<number>\d{{1,2}})\s*(?:[-–—:.]+\s*|\s+)(?P<title>\S.*?)\s*",
    re.IGNORECASE | re.DOTALL,
)

HEADINGS: tuple[tuple[str, str], ...] = (
    ("number", r"(?:rec(?:ommendation)?|ref(?:erence)?|action|item)?\.? ?(?:no|number|ref|id|#)\.?|#|ref(?:erence)?"),
    ("criterion", r".*\b(?:audit|climbi[eé]|laming)\b.*\b(?:no|number|criteri\w+|ref\w*)\.?|(?:audit )?criteri(?:on|a)\b.*"),
    (
        "next",
        r"action from .*|(?:next|further|outstanding|remaining) (?:steps?|actions?|work)\b.*|(?:what|actions?) remain\w*.*"
        r"|(?:still )?to be done|action (?:still |now )?(?:outstanding|to be taken)",
    ),
    ("standard", r"(?:standard|priority|priority area|theme|workstream|section|strand|area)(?:s| no\.?| number| title| name)?"),
    ("rating", r".*\b(?:b?rags?|b\.?r\.?a\.?g|rating|traffic lights?)\b.*|(?:current |overall )?status"),
    ("monitoring", r".*\b(?:monitor\w*|how will we know|quality assurance arrangements)\b.*"),
    ("progress", r".*\b(?:progress|updates?|evidence|position|achieve(?:d|ments?)|impact)\b.*"),
    (
        "leads",
        r"(?:lead|responsible|accountable)\b.*|owners?|(?:action |risk )?owner(?:s|\(s\))?|.*\b(?:officer|person|manager|lead)s?(?:\(s\))? responsible|"
        r"(?:by )?who\??|responsibility|officers?(?:\(s\))?|leads?(?:\(s\))?|who (?:will do it|is responsible)\??|.*\blead (?:officer|person)\b.*",
    ),
    (
        "timescales",
        r"time ?(?:scale|table|frame|line)s?\b.*|(?:by )?when\b.*|(?:target|due|completion|end|finish|deadline|implementation) dates?\b.*|deadlines?|due|target"
        r"|date(?: due| for completion| to be completed)?|to be completed by|complet(?:e|ed|ion) by",
    ),
    ("actions", r"actions?\b.*|(?:key |planned |agreed |required )actions?\b.*|what (?:will we do|we will do|needs to be done).*|tasks?|steps?"),
    ("title", r"(?:recommendation|objective|requirement|finding|outcome|aim|area for improvement|improvement)s?\b.*|what needs to improve.*"),
)  # fmt: skip
_HEADINGS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in HEADINGS)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_POSTS = _words(
    """
    manager managers officer officers head heads director directors practitioner practitioners worker workers lead
    leads leader leaders chair chairs chairman vice deputy assistant executive member members councillor councillors
    cllr team teams group groups board boards committee committees sub panel service services co-ordinator
    coordinator co-ordinators coordinators adviser advisers advisor advisors solicitor staff principal senior
    independent reviewing chief planning training social family families children's childrens children's health
    education commissioning commissioner commissioners strategy partnership partners quality assurance assessment
    referral support safeguarding designated nurse doctor police inspector superintendent department agencies agency
    council unit area supervisors supervisor administrator administrators business performance policy finance legal
    human resources hr it ict ict's housing youth offending consultant trainer trainers headteacher headteachers gp
    gps meeting meetings forum network sponsor trust disabled looked after fostering adoption carers all each
    """
)
_JOINING = _words(
    """
    of and & for the with via in on from by to at + / - – or jointly plus
    """
)
_DOING = _words(
    """
    review ensure establish develop devise include monitor report undertake arrange prepare maintain raise obtain
    identify reinforce improve promote produce implement provide introduce set put agree confirm continue complete
    carry create audit evaluate train recruit write publish issue remind reinstate check consider clarify consult
    commission consolidate deliver draft extend embed hold increase keep make map meet offer organise plan put
    reduce refresh refer revise roll share strengthen submit support update use work build explore appoint invite
    send record need incorporate incorporating
    """
)
_SURE_FUTURE = re.compile(
    r"\b(?:will (?:be|need|have|now|continue|report|submit|complete|review|confirm|introduce|meet|include)|"
    r"(?:is|are|remains?|still) to be\b|to be (?:introduced|established|implemented|reviewed|included|completed|agreed|confirmed|progressed|developed)\b"
    r"|next steps?\b|outstanding\b|further work\b)",
    re.IGNORECASE,
)
_POST_WILL = re.compile(
    r"^(?:[\w&,'’-]+ ){0,9}?(?:managers?|officers?|heads? of services?|director|practitioners?|teams?|group|lead|chair|committee|board|council|services?)"
    r" (?:to|will|should|must) [a-z]",
    re.IGNORECASE,
)
_GOING_ON = re.compile(
    r"\b(?:on[ -]?going|continu(?:e|es|ing|ous)|need(?:s)? to|plans? to|(?:is|are) planned|should|must)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:achieved|completed?|in place|has been|have been|was|were|held|published|agreed|reached|noted|shows?|showed|demonstrates?|"
    r"incorporated|sent|given|clarified|undertaken|promoted|established|progressed|reviewed|informed|attended|maintained|satisfactory|"
    r"introduced|improved|increased|reports?|confirms?|indicates?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Numbered:
    """“2. Include…” or “1.2 Include…”. whole: the part before the point, where there is one."""

    number: int
    whole: int | None
    rest: str


def numbered(text: str) -> Numbered | None:
    """The number that a line begins with; nothing for a line that is only a date or a number."""
    found = _NUMBER.fullmatch(text)
    if not found or (found["number"] + found["rest"])[:1] == "0":
        return None
    marked = re.match(r"\s*(?:[a-z]+\.?\s*)?\d+(?:\.\d+|[.):])", text, re.IGNORECASE) or re.match(
        r"\s*(?:recommendation|rec)", text, re.I
    )
    if not marked:
        return None
    return Numbered(int(found["number"]), int(found["whole"]) if found["whole"] else None, found["rest"].strip())


def bare_number(text: str) -> tuple[int | None, int] | None:
    """A cell that is only a number: “1.”, “1.2”, “Rec 3”: (part before the point, number)."""
    found = _BARE.fullmatch(text)
    return (int(found["whole"]) if found["whole"] else None, int(found["number"])) if found else None


def standard_heading(text: str) -> tuple[str, int, str] | None:
    """“Standard 1 - Referrals”: its word, number and title."""
    found = STANDARD.fullmatch(text)
    return (found["word"].casefold(), int(found["number"]), found["title"].strip(" -–—:")) if found else None


def heading_kind(text: str) -> str | None:
    """Which column a heading is over: “leads”, “timescales”, “actions”…; None where no known synonym fits."""
    plain = " ".join(text.split()).strip(" :.*")
    if not plain or len(plain) > 60:
        return None
    return next((kind for kind, pattern in _HEADINGS if pattern.fullmatch(plain)), None)


def like_a_lead(text: str) -> float:
    """How much a line looks like names, posts, teams and groups: 0 (not at all) to 1."""
    words = [word for word in re.split(r"[\s,;()/]+", text.strip(" .")) if word]
    if not words or len(words) > 16:
        return 0.0
    if re.search(r"\b(?:to|will|should|must) [a-z]", text) or ":" in text.strip(":"):
        return 0.0
    if words[0].casefold() in _DOING or re.search(r"[.;] [A-Z]", text.replace("Cllr.", "")) or re.search(r"\d", text):
        return 0.1
    good = 0
    for word in words:
        plain = word.casefold().strip("'’.")
        if (
            plain in _POSTS
            or plain in _JOINING
            or plain.removesuffix("'s").removesuffix("’s") in _POSTS
            or word[0].isupper()
        ):
            good += 1
    share = good / len(words)
    named = any(word.casefold().strip(".'’") in _POSTS and word.casefold() not in ("all", "each") for word in words)
    capitals = sum(word[0].isupper() for word in words)
    if not named and capitals < 2 and not (len(words) == 1 and words[0].isupper()):
        share *= 0.4
    return share if share == 1 else share * share * 0.8


def looks_ahead(text: str) -> float:
    """How much a line speaks of what is still to be done: 0 to 2."""
    first, second = [*re.split(r"\W+", text.strip(" _•*-").casefold(), maxsplit=2), "", ""][:2]
    if _POST_WILL.match(text):
        return 2.0
    noun = second.endswith("ed") or second in ("of", "shows", "is", "was", "were", "are", "by", "has", "have", "now")
    if (first in _DOING and not noun) or (first == "to" and re.match(r"\W*to [a-z]", text, re.IGNORECASE)):
        return 1.2
    if _SURE_FUTURE.search(text):
        return 1.0
    return 0.8 if _GOING_ON.search(text) else 0.0


def looks_back(text: str) -> float:
    """How much a line tells of what was done: 0 or 1."""
    return 1.0 if _DONE.search(text) else 0.0
