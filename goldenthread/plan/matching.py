"""Who the words of a lead mean: officers, posts and standing groups that the service knows.

An exact name is taken first. A nearly equal one is taken only where nobody else comes close and, for a person, the
surname is the same and the given name differs only inside: a wrong match would put someone else's duty on a list
without anyone noticing, while a missed one shows as a named lead without an account.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from rapidfuzz import fuzz

from goldenthread.people.models import Officer, Post, StandingGroup
from goldenthread.plan.leads import Party, parse_lead
from goldenthread.plan.models import Lead, LeadParty

_Known = TypeVar("_Known", Post, StandingGroup)

CLOSE = 88
"""The least likeness (0–100) for a name that is not exact: one letter in ten too many, missing or mistyped."""

CLEAR_BY = 6
"""By how much the best must be nearer than the next, or neither is taken."""


def plain(text: str) -> str:
    """A name for comparing: no case, no punctuation, “and” for “&”, single spaces."""
    return " ".join(re.sub(r"[^\w\s]", " ", text.casefold().replace("&", " and ").replace("'", "")).split())


def _singular(text: str) -> str:
    words = plain(text).removeprefix("all ").split()
    return " ".join(word[:-1] if word.endswith("s") and not word.endswith("ss") else word for word in words)


def _nearest(sought: str, names: Iterable[str]) -> str | None:
    """The one name that is close, and clearly closer than every other."""
    scored = sorted(((fuzz.ratio(sought, name), name) for name in names), reverse=True)[:2]
    if not scored or scored[0][0] < CLOSE:
        return None
    if len(scored) > 1 and scored[0][0] - scored[1][0] < CLEAR_BY:
        return None
    return scored[0][1]


def _may_be(sought: str, known: str) -> bool:
    """A slip of the pen inside a given name, and no other person: Paul is not Paula, nor Joan Smith Joan Smythe."""
    one, other = sought.split(), known.split()
    return one[-1] == other[-1] and (one[0][0], one[0][-1]) == (other[0][0], other[0][-1])


def _post_title(party: Party) -> str:
    if party.kind == "post":
        return f"{party.name}, {party.of}" if party.of else party.name
    return party.post or ""


@dataclass(frozen=True, slots=True)
class Match:
    """What a party's words mean, as far as the service knows them."""

    officer: Officer | None = None
    post: Post | None = None
    group: StandingGroup | None = None


@dataclass(slots=True)
class Directory:
    """Officers in use, posts and standing groups, loaded once for many matches."""

    officers: dict[str, list[Officer]] = field(default_factory=lambda: defaultdict(list))
    posts: dict[str, Post] = field(default_factory=dict)
    groups: dict[str, StandingGroup] = field(default_factory=dict)
    holders: dict[int, list[Officer]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def load(cls) -> Directory:
        """Three queries, however many leads are to be matched."""
        directory = cls()
        for officer in Officer.objects.filter(is_active=True).select_related("team").order_by("pk"):
            directory.officers[plain(officer.name)].append(officer)
            if officer.post_id:
                directory.holders[officer.post_id].append(officer)
        directory.posts = {_singular(post.title): post for post in Post.objects.all()}
        directory.groups = {plain(group.name): group for group in StandingGroup.objects.all()}
        return directory

    def match(self, party: Party) -> Match:
        """The officer, post and group that a party's words mean; each None where it is not certain."""
        post = self.post(party.post or "")
        match party.kind:
            case "person":
                officer = self.officer(party.name, post)
                return Match(officer=officer, post=post)
            case "group":
                return Match(group=self.group(party.name), post=post)
            case _:
                return self.post_of(party)

    def post_of(self, party: Party) -> Match:
        """The post that a party names. “Team Manager, Support Team” is a post of that title, or the one holder of the
        post who is in that team; never any other team's."""
        if not party.of:
            return Match(post=self.post(party.name))
        for title in (f"{party.name} {party.of}", f"{party.of} {party.name}"):
            if (post := self.posts.get(_singular(title))) is not None:
                return Match(post=post)
        general = self.posts.get(_singular(party.name))
        there = [
            officer
            for officer in (self.holders[general.pk] if general else [])
            if officer.team and plain(officer.team.name) == plain(party.of)
        ]
        return Match(officer=there[0], post=general) if len(there) == 1 else Match()

    def officer(self, name: str, post: Post | None) -> Officer | None:
        """The officer of that name. Two of one name are told apart by the post, or left to a person."""
        sought = plain(name)
        if not sought:
            return None
        found = self.officers.get(sought, [])
        if not found:
            nearest = _nearest(sought, (known for known in self.officers if _may_be(sought, known)))
            found = self.officers[nearest] if nearest else []
        if len(found) > 1 and post is not None:
            found = [officer for officer in found if officer.post_id == post.pk]
        return found[0] if len(found) == 1 else None

    def post(self, title: str) -> Post | None:
        """The post of that title; “All Team Managers” is the post of team manager."""
        return self._named(_singular(title), self.posts)

    def group(self, name: str) -> StandingGroup | None:
        """The standing group of that name."""
        return self._named(plain(name), self.groups)

    @staticmethod
    def _named(sought: str, known: dict[str, _Known]) -> _Known | None:
        if not sought:
            return None
        nearest = sought if sought in known else _nearest(sought, known)
        return known[nearest] if nearest else None

    def parties(self, lead: Lead) -> list[LeadParty]:
        """The parties that a lead's words name, matched and not yet saved."""
        made: list[LeadParty] = []
        for text in lead.named:
            parsed = parse_lead(text)
            for party in parsed.parties:
                found = self.match(party)
                made.append(
                    LeadParty(
                        lead=lead,
                        kind=party.kind,
                        name="" if party.kind == "post" else party.name,
                        post_title=_post_title(party),
                        via=parsed.via or "",
                        everyone=bool(parsed.everyone),
                        officer=found.officer,
                        post=found.post,
                        group=found.group,
                    )
                )
        return made

    def owner(self, parties: Iterable[LeadParty]) -> Officer | None:
        """Who answers for an action: the first officer that its leads name, or else the only holder of a post."""
        parties = list(parties)
        for party in parties:
            if party.officer is not None:
                return party.officer
        for party in parties:
            if party.kind == LeadParty.Kind.POST and party.post_id and len(self.holders[party.post_id]) == 1:
                return self.holders[party.post_id][0]
        return None
