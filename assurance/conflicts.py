"""Several people save the same thing at once: nobody's words are lost, and nobody writes over what they did not see."""

import random
import secrets
import time
from dataclasses import dataclass, field
from html import escape

from assurance.council import Page, council, new_key
from assurance.double_submits import at_once
from assurance.forms import FORMS

EDITS = ("amend", "reassign", "due date", "decide", "progress")
_SAYS = "changed after you opened the page"


@dataclass(slots=True)
class Conflicts:
    """What was found. conflicts: forms that came second; rounds: things that two to eight people edited at once;
    silent: saves that wrote over one that their writer had not seen; gone: words that a loser did not get back, or that
    are not there once they were sent again; odd: other answers."""

    rounds: int = 0
    conflicts: int = 0
    silent: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def faults(self) -> int:
        """How much is wrong."""
        return len(self.silent) + len(self.gone) + len(self.odd)


def conflicts(wanted: int, *, database: str = "", fault: str = "", seed: int = 1) -> Conflicts:
    """Go on until so many forms came second."""
    chance = random.Random(seed)
    found, began = Conflicts(), time.monotonic()
    with council(database) as kept:
        kept.serve(fault)
        while found.conflicts < wanted and not found.faults:
            form = FORMS[EDITS[found.rounds % len(EDITS)]]
            editors = chance.randint(2, 8)
            path, people = form.path(kept.facts, found.rounds), kept.facts[form.who]
            words = {n: f"marked {secrets.token_hex(8)}" for n in range(editors)}
            version = {n: kept.send(people[n], path).version for n in range(editors)}
            before = kept.ask("count")[form.makes]
            waiting = sorted(words)
            while waiting:
                turn = list(waiting)

                def send(
                    n: int, turn: list[int] = turn, version: dict[int, str] = version, words: dict[int, str] = words
                ) -> Page:
                    who = turn[n]
                    fields = form.fields(kept.facts, found.rounds, words[who])  # noqa: B023 (it ends within the turn)
                    sent = {"submission": new_key(), "version": version[who], **fields}
                    return kept.send(people[who], path, sent)  # noqa: B023

                pages = dict(zip(turn, at_once(send, len(turn)), strict=True))
                saved = [who for who, page in pages.items() if page.status == 302]
                if len(saved) > 1:
                    found.silent.append(f"{form.name}: {len(saved)} of {len(turn)} saved over each other")
                if not saved:
                    found.odd.append(
                        f"{form.name}: nobody of {len(turn)} could save: {next(iter(pages.values())).text[:3000]}"
                    )
                    break
                waiting = [who for who in turn if who not in saved]
                for who in waiting:
                    page = pages[who]
                    found.conflicts += 1
                    if page.status != 200 or _SAYS not in page.text or escape(words[who]) not in page.text:
                        found.gone.append(f"{form.name}: {page.status}, without the words of the one who came second")
                    version[who] = page.version
            if kept.ask("count")[form.makes] - before != editors and not found.faults:
                found.gone.append(f"{form.name}: not all {editors} are there in the end")
            found.rounds += 1
    found.seconds = time.monotonic() - began
    return found
