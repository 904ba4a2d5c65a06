"""Eight people who post without end, while something is done to the server or its database."""

import re
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPException

from assurance.council import Council, new_key
from assurance.forms import FORMS

CLIENTS = 8
_SAYS = ("submission", "version")
_MIX = ("onward", "add an action", "amend", "onward")


def _in_words(page: str) -> str:
    """What a page says, from its title or from what it says is wrong."""
    words = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    return words[max(0, words.find("There is a problem")) :][:600]


@dataclass(slots=True)
class Sent:
    """What the clients were told. acked: the marks of which an answer said that they are recorded; again: how often one
    was sent once more, with the same key, because no answer came; apart: how many pages said that the database was
    away; odd: other answers than these; unsettled: what was sent where the answer was odd."""

    acked: set[str] = field(default_factory=set)
    again: int = 0
    apart: int = 0
    odd: list[str] = field(default_factory=list)
    unsettled: list[dict[str, str]] = field(default_factory=list)


class Clients:
    """They begin when they are entered, and end, with an answer to everything they sent, when they are left."""

    def __init__(self, council: Council, apart_words: tuple[str, ...] = ()) -> None:
        self.council, self.apart_words = council, apart_words
        self.sent = Sent()
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._work, args=(n,)) for n in range(CLIENTS)]

    def __enter__(self) -> "Clients":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _work(self, n: int) -> None:
        turn = n
        while not self._over.is_set():
            form = FORMS[_MIX[turn % len(_MIX)]]
            facts = self.council.facts
            mark, who, path = f"marked {secrets.token_hex(8)}", facts[form.who][n], form.path(facts, n)
            fields = {"submission": new_key(), **form.fields(facts, n, mark)}
            if form.edit:
                fields["version"] = self._version(who, path)
            self._send(mark, who, path, fields)
            turn += 1

    def _version(self, who: str, path: str) -> str:
        while not self._over.is_set():
            try:
                page = self.council.send(who, path, timeout=20)
                if page.status == 200:
                    return page.version
                time.sleep(0.1)
            except (OSError, HTTPException):
                pass
            time.sleep(0.02)
        return ""

    def _send(self, mark: str, who: str, path: str, fields: dict[str, str]) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                page = self.council.send(who, path, fields, timeout=20)
            except (OSError, HTTPException):
                self.sent.again += 1
            else:
                if page.status == 302:
                    self.sent.acked.add(mark)
                    return
                if page.status != 503 or not any(words in page.text for words in self.apart_words):
                    if not (self._over.is_set() and not fields.get("version", "-")):
                        self.sent.odd.append(f"{path}: {page.status} {_in_words(page.text)}")
                        self.sent.unsettled.append(
                            {"path": path, "mark": mark, **{k: fields.get(k, "") for k in _SAYS}}
                        )
                    return
                self.sent.apart += 1
                time.sleep(0.1)
            time.sleep(0.02)
        self.sent.odd.append(f"{path}: no answer in a minute")
