"""Every form that writes, sent twice, and every form that edits, sent by two: one after the other, in this process.

Small and complete, for `make test`; the harnesses over a real server send many at once. Each form is rolled back.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from typing import Any

from django.apps import apps
from django.db import transaction
from django.urls import reverse

from assurance.council import version_in
from assurance.recipes import RECIPES, Recipe, Typed
from assurance.scene import Scene
from goldenthread.config.posting_table import POSTING
from goldenthread.core.keys import KEY, VERSION, new_key
from goldenthread.core.once import Kind

SAYS = "changed after you opened the page"
"""What a page says to whoever comes second; of a report, in its own words."""
_ALSO = "Another edition was published"
_ASIDE = {"sessions.session", "core.submission"}


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that is ready to be sent: where to, by whom, with what."""

    name: str
    recipe: Recipe
    scene: Scene
    typed: Typed

    @property
    def address(self) -> str:
        """Where it is sent to."""
        return reverse(self.name, args=self.typed.arguments)

    def send(self, who: str, words: str, *, key: str = "", version: str = "", second: bool = False) -> Any:
        """The answer to it."""
        fields = {**self.typed.said(words, second=second), KEY: key or new_key(), VERSION: version}
        return self.scene.client(who).post(self.address, fields)

    def version(self, who: str) -> str:
        """The version that its page shows to somebody now."""
        return version_in(self.scene.client(who).get(self.address).content.decode())


def pages(*kinds: Kind) -> list[str]:
    """The pages of these kinds that have a recipe."""
    return sorted(name for name, posting in POSTING.items() if posting.kind in kinds and name in RECIPES)


def held(*aside: str) -> dict[str, str]:
    """A digest of every table but sessions, keys, and those named."""
    return {
        model._meta.label_lower: sha256(
            repr(list(model._default_manager.order_by("pk").values_list())).encode()
        ).hexdigest()
        for model in apps.get_models()
        if model._meta.label_lower not in _ASIDE.union(aside)
    }


def _changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return sorted(table for table in before if before[table] != after[table])


def rolled_back(name: str, look: Callable[[Sent], list[str]]) -> list[str]:
    """What `look` finds wrong with one form, made ready anew; nothing of it stays."""
    with transaction.atomic():
        scene, recipe = Scene(), RECIPES[name]
        try:
            return [f"{name}: {fault}" for fault in look(Sent(name, recipe, scene, recipe.make(scene)))]
        finally:
            transaction.set_rollback(True)


def sent_twice(name: str) -> list[str]:
    """Send a form twice under one key. Returns what is wrong: no effect, a second one, or another answer."""
    return rolled_back(name, _twice)


def says_what_it_shows(name: str) -> list[str]:
    """Open the page of a form that edits. Returns what is wrong: it carries no version, or no key."""
    return rolled_back(name, _says)


def _says(sent: Sent) -> list[str]:
    answer = sent.scene.client(sent.recipe.who).get(sent.address)
    page = answer.content.decode()
    return [
        f"its page carries no {carried}: {answer.status_code} {_said(answer)}"
        for carried in (VERSION, KEY)
        if not re.search(f'name="{carried}" value="[^"]+"', page)
    ]


def _twice(sent: Sent) -> list[str]:
    who, key = sent.recipe.who, new_key()
    version = sent.version(who) if POSTING[sent.name].kind is Kind.EDIT else ""
    before = held()
    first = sent.send(who, "A first thing that is said", key=key, version=version)
    after = held()
    if first.status_code != 302 and not sent.recipe.once:
        return [f"it is not taken: {first.status_code} {_said(first)}"]
    if not _changed(before, after):
        return [f"it has no effect: {_said(first)}"]
    if sent.recipe.once:
        # The answer was shown but once, and is kept nowhere: the second is a new one, which may try, and may fail.
        return _more_rows(sent, key, version)
    second = sent.send(who, "A first thing that is said", key=key, version=version)
    faults = []
    if (second.status_code, second.get("Location")) != (302, first["Location"]):
        faults.append(f"the second is told something else: {second.status_code} {_said(second)}")
    if more := _changed(after, held()):
        faults.append(f"the second has an effect too: {more}")
    return faults


def _rows() -> dict[str, int]:
    aside = {*_ASIDE, "core.trailentry", "core.traillink", "core.trailsubject", "core.draft"}
    return {
        m._meta.label_lower: m._default_manager.count() for m in apps.get_models() if m._meta.label_lower not in aside
    }


def _more_rows(sent: Sent, key: str, version: str) -> list[str]:
    before = _rows()
    sent.send(sent.recipe.who, "A first thing that is said", key=key, version=version)
    return [f"the second adds to {table}" for table, rows in _rows().items() if rows != before[table]]


def sent_by_two(name: str) -> list[str]:
    """Two officers have a page open; both send it. Returns what is wrong: the second wrote over the first, lost words, did
    not see the first one's, or could not send it again."""
    return rolled_back(name, _by_two)


def _by_two(sent: Sent) -> list[str]:
    recipe, one, two = sent.recipe, "What the first one says of it", "What the second one says of it"
    version, stale = sent.version(recipe.who), sent.version(recipe.other)
    if not (version and stale):
        return ["its page says no version"]
    if recipe.meanwhile:
        recipe.meanwhile(sent.scene)
    elif (first := sent.send(recipe.who, one, version=version)).status_code != 302:
        return [f"the first is not taken: {first.status_code} {_said(first)}"]
    before = held("core.trailentry", "core.traillink", "core.trailsubject", "core.draft")
    second = sent.send(recipe.other, two, version=stale, second=True)
    page = second.content.decode()
    if second.status_code != 200 or not (SAYS in page or _ALSO in page):
        return [f"the second is not told: {second.status_code} {_said(second)}"]
    faults = []
    if wrote := _changed(before, held("core.trailentry", "core.traillink", "core.trailsubject", "core.draft")):
        faults.append(f"the second wrote all the same: {wrote}")
    if sent.typed.has_words and escape(two) not in page:
        faults.append("the second one's words are gone")
    shows = [recipe.shows] if recipe.shows else [escape(one), f"changed by {sent.scene.officers[recipe.who].name}"]
    if recipe.who != recipe.other and not any(said in page for said in shows):
        faults.append(f"the second does not see what the first one did: none of {shows}")
    if recipe.again:
        third = sent.send(recipe.other, two, version=version_in(page), second=True)
        if third.status_code != 302:
            faults.append(f"it cannot be sent again: {third.status_code} {_said(third)}")
    return faults


def _said(answer: Any) -> str:
    """What an answer says that is wrong, in short."""
    if answer.status_code == 302:
        return f"leads to {answer['Location']}"
    page = answer.content.decode("utf-8", "replace")
    errors = re.findall(r'govuk-error-message[^>]*>(.*?)</p>|error-summary__list">(.*?)</ul>', page, re.DOTALL)
    words = " ".join("".join(each) for each in errors) or re.sub(r"(?s).*<main", "", page)[:600]
    return " ".join(re.sub(r"<[^>]+>", " ", words).split())[:400]
