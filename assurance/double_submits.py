"""The same form sent twice, or fifty times at once: one effect, and one answer for all."""

import random
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException

from assurance.council import Page, council, new_key
from assurance.forms import FORMS, Form

MOST = 50


@dataclass(slots=True)
class DoubleSubmits:
    """What was found. repeats: forms that were sent again and again; sends: how often in all; several: those with more, or
    fewer, than one effect; answers: those whose senders were not all told the same; kinds: which forms."""

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


def double_submits(repeats: int, *, database: str = "", fault: str = "", seed: int = 1) -> DoubleSubmits:
    """Send so many forms, of all kinds in turn, each two to fifty times in parallel over connections of their own."""
    chance = random.Random(seed)
    found, began = DoubleSubmits(kinds=sorted(FORMS)), time.monotonic()
    forms = [form for form in FORMS.values() if form.name != "chase"]
    # A chaser is owed only while nothing came in writing: they go first, on referrals that nothing came for.
    order = [FORMS["chase"], *(forms[n % len(forms)] for n in range(repeats - 1))][:repeats]
    with council(database) as kept:
        kept.serve(fault)
        for number, form in enumerate(order):
            many = MOST if number % 10 == 9 else chance.choice((2, 2, 2, 3, 5, 8))
            who, path = kept.facts[form.who][number % 8], form.path(kept.facts, number)
            fields = {"submission": new_key(), **form.fields(kept.facts, number, f"marked {secrets.token_hex(8)}")}
            if form.edit:
                fields["version"] = kept.send(who, path).version
            before = kept.ask("count")
            pages = at_once(lambda _: kept.send(who, path, fields), many)  # noqa: B023 (it ends within the turn)
            after = kept.ask("count")
            found.repeats, found.sends = found.repeats + 1, found.sends + many
            _judge(found, form, before, after, pages)
    found.seconds = time.monotonic() - began
    return found


def _judge(found: DoubleSubmits, form: Form, before: dict[str, int], after: dict[str, int], pages: list[Page]) -> None:
    made = after[form.makes] - before[form.makes]
    if made != 1:
        found.several.append(f"{form.name}: {made} effects of {len(pages)} sends")
    if {page.status for page in pages} != {302} or len({page.to for page in pages}) != 1:
        found.answers.append(f"{form.name}: {sorted((page.status, page.to) for page in pages)}")


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
