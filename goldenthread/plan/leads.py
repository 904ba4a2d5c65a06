"""Who a plan's words name as lead: people, posts and groups. Only the words are read here; nobody is looked up."""

import re
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["person", "post", "group"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_POSTS = _words(
    """
    manager officer director practitioner worker lead leader chair chairman chairperson coordinator co-ordinator
    adviser advisor solicitor supervisor administrator headteacher nurse doctor trainer consultant member councillor
    commissioner inspector superintendent staff head executive deputy sponsor auditor analyst clerk accountant
    psychologist gp teacher governor champion partner carer
    """
)
_GROUPS = _words(
    """
    team group committee board panel forum service services meeting meetings network partnership council unit
    department agency cabinet sub-committee subgroup sub-group section police school trust hub directorate authority
    acpc lscb scb
    """
)
_NOT_NAMES = (
    _POSTS
    | _GROUPS
    | _words(
        """
    child children children's care protection referral assessment social health housing training education legal
    human resources family families adoption fostering youth planning strategy performance quality assurance
    business support policy principal senior assistant independent reviewing designated safeguarding disabled all
    each every the area sub early help corporate parenting finance commissioning property procurement learning
    development workforce data information systems accident emergency duty north south east west central hospital
    """
    )
)
_TITLES = r"(?:cllr|councillor|dr|mr|mrs|ms|miss|mx|prof|professor|rev|sir|dame|judge|ds|di|dci|pc)\.? "
_EVERYONE = re.compile(r"^(?:all|each|every)(?: of)?(?: the)?\s+(?=\S)", re.IGNORECASE)
_VIA = re.compile(r"\s+(?:via|through)\s+(?:the\s+)?(?P<via>\S.*)$", re.IGNORECASE)
_IN_MEETING = re.compile(
    r"\s+(?:in|at)\s+(?:the\s+)?(?P<via>\S.*\b(?:meetings?|forums?|panels?|groups?|boards?))$", re.I
)


@dataclass(frozen=True, slots=True)
class Party:
    """One person, post or group. name: a person's name, a post in the singular (“Team Manager”) or a group; post: the post
    of a person; of: the team or service that a post belongs to (“Referral & Assessment Team”)."""

    kind: Kind
    name: str
    post: str | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedLead:
    """Who is named. via: the group that they act through (“via READ group”); everyone: all holders of the post are meant."""

    parties: list[Party] = field(default_factory=list)
    via: str | None = None
    everyone: bool = False


def parse_lead(words: str) -> ParsedLead:
    """Read a lead's words. Words that name nobody plainly come back as one group of that name; empty words and
    “As above” as nobody."""
    text = " ".join(words.split()).strip(" .;:_•*")
    if re.fullmatch(r"(?:(?:same )?as (?:above|before)|same|ditto|n/?a|none|tb[acd])?", text, re.IGNORECASE):
        return ParsedLead()
    via = None
    for pattern in (_VIA, _IN_MEETING):
        if found := pattern.search(text):
            via, text = found["via"], text[: found.start()]
            break
    inner = re.search(r"\s*\(([^()]+)\)\s*", text)
    within: list[Party] = []
    if inner:
        text = f"{text[: inner.start()]} {text[inner.end() :]}".strip(" ,")
        within = parse_lead(inner[1]).parties
    everyone = _EVERYONE.match(text) is not None
    text = _EVERYONE.sub("", text)
    parties: list[Party] = []
    for part in re.split(r"\s*;\s*|\s+(?:together\s+)?with\s+", text):
        parties += _parties(part)
    alone = bool(parties) and all(party.kind == "post" and party.of is None for party in parties) and not within
    plural = alone and re.search(r"s$", text) is not None and _is_plural(text)
    return ParsedLead([*parties, *within], via, everyone or plural)


def is_group(words: str) -> bool:
    """Whether the words name a team, a committee or another group, and nobody in person."""
    return _kind(" ".join(words.split()).strip(" .,")) == "group"


@dataclass(slots=True)
class _Atom:
    text: str
    kind: str
    joint: str  # what stands before it: “,”, “and”, “&”, “/” or nothing


def _parties(text: str) -> list[Party]:
    parties: list[Party] = []
    waiting: list[str] = []  # people whose post has not been named yet
    for atom in _atoms(text):
        last = parties[-1] if parties else None
        if atom.kind == "person":
            waiting.append(_name(atom.text))
        elif waiting and atom.joint == ",":
            parties += [Party("person", name, _singular(atom.text)) for name in waiting]
            waiting = []
        elif last and not waiting and atom.joint == "," and atom.kind != "post" and last.kind != "group":
            parties = _belonging(parties, last, atom.text)
        else:
            parties += [Party("person", name) for name in waiting]
            waiting = []
            parties.append(_party(atom))
    return parties + [Party("person", name) for name in waiting]


def _belonging(parties: list[Party], last: Party, group: str) -> list[Party]:
    """“Ann Lowe, Chair, Sub Committee”: the group says which post it is."""
    if last.kind == "post":
        return [*parties[:-1], Party("post", last.name, None, group)]
    return [
        Party(p.kind, p.name, f"{p.post}, {group}") if p.post == last.post and p.kind == "person" else p
        for p in parties
    ]


def _party(atom: _Atom) -> Party:
    return Party("post", _singular(atom.text)) if atom.kind == "post" else Party("group", atom.text)


def _atoms(text: str) -> list[_Atom]:
    """Cut at commas and “and” only where what stands on both sides is a name, a post or a group: “Referral & Assessment
    Team” stays whole."""
    pieces = re.split(r"\s*(,)\s*|\s+(and|&|/|\+)\s+", text)
    texts, joints = pieces[::3], [a or b or "" for a, b in zip(pieces[1::3], pieces[2::3], strict=True)]
    atoms: list[_Atom] = []
    for place, (piece, joint) in enumerate(zip(texts, ["", *joints], strict=True)):
        piece, joint = re.sub(r"^(?:and|&)\s+", "", piece.strip()), joint
        if not piece:
            continue
        before = atoms[-1] if atoms else None
        joined = f"{before.text} {joint} {piece}" if before else ""
        if (
            before
            and before.kind == "post"
            and _open_ended(before.text)
            and joint in ("and", "&")
            and _kind(piece) == "group"
        ):
            before.text = joined  # “Head of Children and Families Service”
        elif before and joint != "," and "other" in (before.kind, _kind(piece)) and before.kind != "person":
            before.text = joined
            before.kind = _kind(joined) if _kind(piece) != "other" or place < len(texts) - 1 else before.kind
            if before.kind == "person":
                before.kind = "other"
        else:
            atoms.append(_Atom(piece, _kind(piece), joint))
    return atoms


def _open_ended(text: str) -> bool:
    """“Head of Children” waits for what it is head of; “Head of Service” does not."""
    found = re.search(r"\b(?:of|for)\s+(?:.*\s)?(\S+)$", text)
    return found is not None and found[1].casefold() not in _GROUPS


def _kind(text: str) -> str:
    words = text.casefold().split()
    if not words:
        return "other"
    if re.match(_TITLES, text, re.IGNORECASE) and len(words) > 1:
        return "person"
    nouns = [_one(word.strip(".'’")) for word in words]
    for place, noun in enumerate(nouns):
        if noun in _POSTS and (place == len(nouns) - 1 or words[place + 1] in ("of", "for", "to", "-", "–")):
            return "post"
    if nouns[-1] in _GROUPS or words[-1] in _GROUPS:
        return "group"
    if 2 <= len(words) <= 4 and all(
        re.fullmatch(r"(?:[A-Z][\w'’-]*\.?|de|van|von|der|la|le|bin|al)", word) for word in text.split()
    ):
        plain = {word.removesuffix("'s").removesuffix("’s").strip(".") for word in words}
        if not plain & _NOT_NAMES and not any(word.isupper() and len(word) > 2 for word in text.split()):
            return "person"
    return "other"


def _name(text: str) -> str:
    return text.strip(" .")


def _one(word: str) -> str:
    if word in ("services", "meetings", "staff"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _singular(text: str) -> str:
    """“Group Managers” as “Group Manager”; “Heads of Service” as “Head of Service”."""
    words = text.strip(" .").split()
    for place, word in enumerate(words):
        last = place == len(words) - 1 or words[place + 1].casefold() in ("of", "for", "to")
        if last and word.endswith("s") and _one(word.casefold()) in _POSTS:
            words[place] = word[:-1]
    return " ".join(words)


def _is_plural(text: str) -> bool:
    return _singular(text) != text.strip(" .") and not re.search(r",|\band\b|&", text)
