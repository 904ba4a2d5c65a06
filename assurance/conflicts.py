"""Several people save the same thing at once: nobody's words are lost, and nobody writes over what they did not see."""

import random
import secrets
import time
from dataclasses import dataclass, field
from html import escape

from assurance.council import Council, Page, council, new_key
from assurance.double_submits import Filled, at_once, filled

_SAYS = ("changed after you opened the page", "Another edition was published")


@dataclass(slots=True)
class Conflicts:
    """What was found. conflicts: forms that came second; rounds: things that two to eight people edited at once;
    silent: saves that wrote over one that their writer had not seen; gone: words that a loser did not get back, or that
    are not there once they were sent again; odd: other answers; kinds: which pages' forms."""

    rounds: int = 0
    conflicts: int = 0
    silent: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def faults(self) -> int:
        """How much is wrong."""
        return len(self.silent) + len(self.gone) + len(self.odd)


def conflicts(wanted: int, *, database: str = "", fault: str = "", seed: int = 1) -> Conflicts:
    """Go on until so many forms came second: of every page that edits, in turn; or until something is wrong. fault: one to
    plant, which is to be seen as what it is: pages whose second one is refused for another reason are passed by."""
    chance = random.Random(seed)
    found, began = Conflicts(), time.monotonic()
    with council(database) as kept:
        names = kept.ask("pages")["EDIT"]
        chance.shuffle(names)
        kept.serve(fault)
        while found.conflicts < wanted and not (found.silent if fault else found.faults):
            name = names[found.rounds % len(names)]
            form = filled(kept, name)
            # Where there are no words to tell them apart, a third would say the same as the second.
            _round(kept, name, form, chance.randint(2, 8) if form.has_words and not form.second else 2, found)
            found.rounds += 1
        found.kinds = sorted(names[: found.rounds])
    found.seconds = time.monotonic() - began
    return found


def _round(kept: Council, name: str, form: Filled, editors: int, found: Conflicts) -> None:
    words = {n: f"marked {secrets.token_hex(8)}" for n in range(editors)}
    version = {n: kept.send(form.by[n % 2], form.path).version for n in range(editors)}
    waiting = sorted(words)
    while waiting:
        turn = list(waiting)

        def send(n: int, turn: list[int] = turn) -> Page:
            who = turn[n]
            typed = form.said(words[who], second=who % 2 == 1)
            return kept.send(form.by[who % 2], form.path, {"submission": new_key(), "version": version[who], **typed})

        pages = dict(zip(turn, at_once(send, len(turn)), strict=True))
        saved = [who for who, page in pages.items() if page.status == 302]
        if len(saved) > 1:
            found.silent.append(f"{name}: {len(saved)} of {len(turn)} saved over each other")
        if not saved:
            found.odd.append(f"{name}: nobody of {len(turn)} could save: {next(iter(pages.values())).text[:3000]}")
            return
        waiting = [who for who in turn if who not in saved]
        for who in waiting:
            page = pages[who]
            found.conflicts += 1
            kept_words = not form.has_words or escape(words[who]) in page.text
            if page.status != 200 or not any(said in page.text for said in _SAYS) or not kept_words:
                found.gone.append(f"{name}: {page.status}, without the words of the one who came second")
            version[who] = page.version
        if not form.again:
            return
    if form.has_words and not found.silent:
        there = kept.ask("said", words=list(words.values()))["said"]
        if missing := len(words) - len(there):
            found.gone.append(f"{name}: the words of {missing} of {editors} are not there in the end")
