"""One cell of the access matrix: a page is asked or posted to, and what comes back is held against the oracle."""

import io
import re
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from shutil import which
from typing import Any

from assurance import oracle
from assurance.addresses import Address
from assurance.expecting import expected
from assurance.found import Matrix
from assurance.rooms import ROOMS
from assurance.rows import Row, World

_CANARY = re.compile(r"zqzq(\d+)xqz", re.IGNORECASE)
_SECRET = re.compile(r"zczc(\d+)xcz", re.IGNORECASE)
_READING = {deed for room in ROOMS for deed in room.READING}
_POSTED: dict[str, dict[str, str]] = {name: boxes for room in ROOMS for name, boxes in room.POSTED.items()}


def _text(answer: Any, kind: str) -> str:
    """All that an answer says, in whatever format."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    told = " ".join(f"{name}: {value}" for name, value in answer.items())
    if kind in {"docx", "xlsx"} and body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            body = b" ".join(parts.read(name) for name in parts.namelist())
    elif kind == "pdf" and body[:4] == b"%PDF" and which("pdftotext"):
        body = subprocess.run(["pdftotext", "-", "-"], input=body, capture_output=True, check=False).stdout
    return told + " " + body.decode("utf-8", "replace")


@dataclass(slots=True)
class Asker:
    """Asks pages in a row's name."""

    world: World
    found: Matrix
    entries: Callable[[int], list[Any]]
    logged: list[str]

    def cell(self, client: Any, row: Row | None, address: Address, method: str, of: Row) -> None:
        """One request: what came back, against the oracle."""
        from django.db import transaction
        from django.urls import reverse

        from goldenthread.core.keys import KEY, new_key
        from goldenthread.core.models import TrailEntry

        name, arguments, kind = address
        where = f"{method} {name} {kind} by {row.role if row else oracle.NOBODY}, {of.relationship}".replace("  ", " ")
        path = reverse(name, args=arguments)
        last = TrailEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        del self.logged[:]
        with transaction.atomic():
            given = {**_POSTED.get(name, {}), KEY: new_key()} if method == "POST" else {}
            answer = client.post(path, given) if method == "POST" else client.get(path)
            text = _text(answer, kind) + " " + " ".join(self.logged)
            entries = self.entries(last)
            self.found.cells += 1
            self.found.asked += row is not None
            self.found.statuses[answer.status_code] += 1
            for entry in entries:
                words = f"{entry.deed} {entry.subject} {entry.why} {entry.detail} {entry.origin}"
                if _CANARY.search(words) or _SECRET.search(words):
                    self.found.leaks.append(f"{where}: the trail's entry “{entry.deed}” holds words of a record")
            if row is None:
                away = answer.status_code == 302 and "/sign-in/" in answer["Location"]
                if name not in oracle.WITHOUT_SIGNING_IN and not away:
                    self.found.wrong.append(f"{where}: {answer.status_code}, not sent to sign in")
                self._search(where, text, set(), of)
            else:
                self._judge(where, answer.status_code, text, entries, row, address, method)
            transaction.set_rollback(True)

    def _judge(
        self, where: str, status: int, text: str, entries: list[Any], row: Row, address: Address, method: str
    ) -> None:
        name = address[0]
        if name in oracle.WITHOUT_SIGNING_IN:
            return
        allowed = expected(name, row, method)
        if status not in allowed:
            self.found.wrong.append(f"{where}: {status}, expected one of {sorted(allowed)}")
        refused = not allowed & {200}
        if refused and any(entry.deed not in {"denied", "refused"} for entry in entries):
            self.found.wrong.append(f"{where}: something was done: {[entry.deed for entry in entries]}")
        if status == 404 and not any(entry.deed == "denied" for entry in entries):
            self.found.untold.append(f"{where}: the refusal is not on the trail")
        if method == "POST" and name in oracle.BY_RECORD and not oracle.posts(name, row.role, row.relationship):
            deeds = {entry.deed for entry in entries} - _READING
            if deeds:
                self.found.wrong.append(f"{where}: somebody who may not write did: {sorted(deeds)}")
        may = {one.number for one in self.world.rows if self._may_see(row, one)}
        if name in {"conflicts", "conflict-declare"} and row.relationship == "declared conflict":
            may.add(row.number)  # the words of their own declaration
        seen = self._search(where, text, may, row, shows_address=name == "address-show" and method == "POST")
        if seen and status == 200:
            self.found.disclosures += len(seen)
            told = " ".join(f"{entry.subject} {entry.detail}" for entry in entries)
            for number in seen:
                one = self.world.rows[number - 1]
                if not _tells(told, one):
                    self.found.untold.append(f"{where}: record {number} was shown, and the trail does not say so")

    @staticmethod
    def _may_see(row: Row, one: Row) -> bool:
        if one.number == row.number:
            return oracle.opens(row.role, row.relationship)
        return oracle.sees_others(row.role, row.relationship, one.relationship)

    def _search(self, where: str, text: str, may: set[int], row: Row, *, shows_address: bool = False) -> set[int]:
        seen = {int(number) for number in _CANARY.findall(text)}
        if foreign := seen - may:
            self.found.leaks.append(f"{where}: words of record {min(foreign)} of {len(foreign)}")
        if not shows_address and (hidden := _SECRET.findall(text)):
            self.found.leaks.append(f"{where}: the confidential address of record {hidden[0]}")
        return seen & may


def _tells(told: str, one: Row) -> bool:
    """Whether the trail's words name this record: the referral, its file, or the child; by itself or in a list."""
    keys = [key for room in ROOMS for key in room.keys(one)]
    if any(re.search(rf"{kind}:{pk}\b", told) for kind, pk in keys):
        return True
    if re.search(rf"'case_file': {one.case_file.pk}\b", told):
        return True
    return any(re.search(rf"[\[ ]{pk}[,\]]", told) for _, pk in keys)
