"""The same form sent twice, or fifty times at once: one effect, and one answer for all."""

import random
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any

from assurance.council import Council, Page, council, new_key

MOST = 50


@dataclass(slots=True)
class DoubleSubmits:
    """What was found. repeats: forms that were sent again and again; sends: how often in all; several: those with more, or
    fewer, than one effect; answers: those whose senders were not all told the same; kinds: which pages' forms."""

    repeats: int = 0
    sends: int = 0
    several: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def faults(self) -> int:
        """How much is wrong."""
        return len(self.several) + len(self.answers)


@dataclass(frozen=True, slots=True)
class Filled:
    """One page's form, filled in. again: whether who came second may send it again; once: its answer is shown once."""

    path: str
    by: list[str]
    fields: dict[str, Any]
    second: dict[str, Any]
    has_words: bool
    once: bool
    again: bool

    def said(self, words: str, *, second: bool = False) -> dict[str, Any]:
        """The fields with these words in them."""
        fields = self.fields | self.second if second else self.fields
        return {name: v.replace("〈words〉", words) if isinstance(v, str) else v for name, v in fields.items()}


def filled(kept: Council, name: str) -> Filled:
    """Have the keeper fill in a page's form, about something new."""
    return Filled(**kept.ask("fill", name=name))


def double_submits(repeats: int, *, database: str = "", fault: str = "", seed: int = 1) -> DoubleSubmits:
    """Send so many forms, of all pages in turn, each two to fifty times in parallel over connections of their own."""
    chance = random.Random(seed)
    found, began = DoubleSubmits(), time.monotonic()
    with council(database) as kept:
        pages = kept.ask("pages")
        names = sorted([*pages["ADDITION"], *pages["EDIT"]])
        chance.shuffle(names)
        kept.serve()  # once without the fault: what one effect is
        one_effect = {name: _sent(kept, name, 1)[0] for name in names[:repeats]}
        kept.kill()
        kept.serve(fault)
        for number in range(repeats):
            name = names[number % len(names)]
            many = MOST if number % 10 == 9 else chance.choice((2, 2, 2, 3, 5, 8))
            effect, pages_told, once = _sent(kept, name, many)
            found.repeats, found.sends = found.repeats + 1, found.sends + many
            if once:  # each answer that is given is on the trail, and only the last one counts
                effect, one_effect[name] = _rows(effect), _rows(one_effect[name])
            if effect != one_effect[name]:
                found.several.append(f"{name}: {effect} of {many} sends, not {one_effect[name]}")
            told = {(page.status, page.to) for page in pages_told}
            if not once and (len(told) != 1 or pages_told[0].status != 302):
                found.answers.append(f"{name}: {sorted(told)}")
        found.kinds = sorted(one_effect)
    found.seconds = time.monotonic() - began
    return found


def _sent(kept: Council, name: str, many: int) -> tuple[dict[str, int], list[Page], bool]:
    """Fill in a form and send it so often at once. Returns the effect, by table and deed; the answers; and whether it is
    answered but once."""
    form = filled(kept, name)
    who, fields = form.by[0], {"submission": new_key(), **form.said(f"marked {secrets.token_hex(8)}")}
    fields["version"] = kept.send(who, form.path).version
    before = kept.ask("effects")
    pages = at_once(lambda _: kept.send(who, form.path, fields), many)
    after = kept.ask("effects")
    effect = {what: times - before.get(what, 0) for what, times in after.items() if times != before.get(what, 0)}
    return effect, pages, form.once


def _rows(effect: dict[str, int]) -> dict[str, int]:
    return {what: times for what, times in effect.items() if not what.startswith("trail:")}


def at_once(send: Callable[[int], Page], many: int) -> list[Page]:
    """Have so many threads send at the same moment; their answers, in their order. One that broke is a 0."""
    gate, pages = threading.Barrier(many), [Page(0, "", "")] * many

    def one(n: int) -> None:
        gate.wait()
        try:
            pages[n] = send(n)
        except (OSError, HTTPException) as fault:
            pages[n] = Page(0, "", str(fault))

    threads = [threading.Thread(target=one, args=(n,)) for n in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return pages
