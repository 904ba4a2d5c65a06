"""The access matrix: every page, by every role, who is everything that one can be to a record, asked and posted to.

Every protected word of a record is a canary. What comes back is searched for those of records that the officer may not
open, through all its disguises (HTML, headers, JSON, DOCX, XLSX, PDF), and compared with what the oracle expects. What is
disclosed must stand in the trail. Each request is rolled back, so that the next one meets the same world.
"""

import io
import re
import subprocess
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from shutil import which
from typing import Any
from uuid import UUID

from assurance import oracle
from assurance.world import Row, World, secret

_CANARY = re.compile(r"zqzq(\d+)xqz", re.IGNORECASE)
_UID = UUID("6f1f6a5e-0000-4000-8000-00000000abcd")
_MISSING = 9_999_999
_PERMITTED = {200, 204, 302, 400, 405, 409}
_KINDS = ("html", "docx", "json", "pdf")

Address = tuple[str, list[Any], str]
"""A page's name, the arguments of its address, and a word for the format."""


@dataclass(slots=True)
class Matrix:
    """What was found. cells: requests made; leaks: canaries that came back to somebody who may not see them; wrong:
    answers that the oracle does not expect; untold: disclosures that the trail does not tell of; unknown: pages that the
    oracle does not know."""

    cells: int = 0
    disclosures: int = 0
    leaks: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    untold: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def faults(self) -> int:
        """How much is wrong."""
        return len(self.leaks) + len(self.wrong) + len(self.untold) + len(self.unknown)

    def first(self) -> str:
        """The first of each, in words."""
        return "; ".join(f"{name}: {found[0]} (of {len(found)})" for name, found in (
            ("leak", self.leaks), ("wrong", self.wrong), ("untold", self.untold), ("unknown", self.unknown)
        ) if found)  # fmt: skip


def addresses(world: World, row: Row, *, pdf: bool) -> Iterator[Address]:
    """Every page as it is asked for about a row's record; those of no record, with what else they need."""
    pk, file, made = row.referral.pk, row.case_file.pk, row.made
    plan, rec = world.plan, world.recommendation
    given: dict[str, list[list[Any]]] = {
        "account": [[row.officer.pk]], "account-change": [[row.officer.pk]], "account-close": [[row.officer.pk]],
        "account-home": [[world.somebody]], "account-home-forget": [[world.somebody]],
        "account-reopen": [[row.officer.pk]], "account-new-password": [[row.officer.pk]],
        "account-reset-second-factor": [[row.officer.pk]], "account-review": [[world.somebody]],
        "requirement": [["referrals.decision"]], "drill-down": [["referrals.decision"], ["oversight.break-glass-review"]],
        "duty-end": [[_MISSING]], "plan": [[plan]], "plan-changes": [[plan]],
        "plan-export": [[plan, kind] for kind in ("json", "xlsx", "docx")],
        "plan-action-complete": [[world.action]], "plan-action-reopen": [[world.action]],
        "plan-action-due": [[world.action]], "plan-action-reassign": [[world.action]],
        "plan-settle": [[_MISSING]], "plan-import-correct": [["1.1"]], "plan-untie": [[plan, rec, "referrals.decision"]],
        **{name: [[plan, rec]] for name in (
            "plan-recommendation", "plan-action-add", "plan-next-step-add", "plan-pair", "plan-progress-add", "plan-tie",
        )},
        "report-progress": [[plan, world.as_at]],
        "report-progress-file": [[plan, world.as_at, kind] for kind in _KINDS if pdf or kind != "pdf"],
        "report-named": [[name, world.as_at] for name in _REPORTS],
        "report-named-file": [["unmet-need", world.as_at, kind] for kind in _KINDS if pdf or kind != "pdf"],
        "report-published": [[world.published]],
        "report-published-file": [[world.published, kind] for kind in _KINDS if pdf or kind != "pdf"],
        "referral-step": [[_UID, "referrer"], [_UID, "children"]], "referral-check": [[_UID]], "referral-discard": [[_UID]],
        "trail-account": [[_MISSING]],
        # of the record
        **{name: [[file]] for name in ("case-file", "file-access", "file-involve", "file-restrict")},
        **{name: [[file, row.child.pk]] for name in ("address-show", "address-add")},
        "involvement-end": [[file, made.get("tie", _MISSING)]],
        "household": [[file]], **{name: [[file, row.child.pk]] for name in ("child", "child-amend")},
        "child-add": [[file, row.child.pk, kind] for kind in ("language", "person", "danger", "sibling")],
        "child-correct": [[file, row.child.pk, "languageanswer", made["language"]]],
        "child-end": [[file, row.child.pk, "agencyinvolved", made["agency"]]],
        "child-find": [[file, row.child.pk, "sibling"]], "child-merge": [[file, row.child.pk, made["sister"]]],
        **{name: [[file, made["merge"]]] for name in ("child-merged", "child-unmerge")},
        "child-settle": [[file, made["merge"], _MISSING]], "referral-language": [[pk]],
        "record": [["referrals.referral", pk]], "trail-record": [["referrals.referral", pk], ["cases.casefile", file]],
        "excuse": [[made["owed"]]],
        **{name: [[pk]] for name in (
            "referral", "referral-amend", "referral-confirm", "referral-acknowledge", "referral-offence", "referral-police",
            "referral-onward", "referral-chase", "referral-decide", "referral-assign",
        )},
        "referral-correct": [[pk, "decision", made["decision"]]], "referral-unmet": [[pk, made["decision"]]],
        "referral-told": [[pk, made["onward"]]], "referral-response": [[pk, made["onward"]]],
        "referral-met": [[pk, made["need"]]],
        **{name: [[file]] for name in ("file-advice", "file-hospital")},
        **{name: [[made["advice"]]] for name in ("advice", "advice-answer")},
        "advice-correct": [[made["advice"], made["advised"]]],
        **{name: [[made["shift"]]] for name in ("legal-shift-cut", "legal-shift-hand", "legal-shift-back")},
        "solicitor-change": [[made["solicitor"]]],
        **{name: [[made["ward"]]] for name in (
            "hospital", "hospital-visit", "hospital-step", "hospital-harm", "hospital-plan", "hospital-discharge",
            "hospital-escalation",
        )},
        "hospital-correct": [[made["ward"], "wardvisit", made["visit"]]],
        "file-assessment": [[file]], "referral-assessment": [[pk]],
        **{name: [[made["assessment"]]] for name in (
            "assessment", "assessment-disabled", "assessment-hand-in", "assessment-sign-off", "assessment-return",
            "assessment-reopen", "assessment-plan",
        )},
        "assessment-write": [[made["assessment"], "analysis"]],
        "assessment-seen": [[made["assessment"], row.child.pk]], "assessment-views": [[made["assessment"], row.child.pk]],
        "assessment-correct": [[made["assessment"], "childseen", made["seen"]]],
        **{name: [[made["needplan"]]] for name in ("needplan", "needplan-step", "needplan-sign-off", "needplan-review")},
        "needplan-step-change": [[made["needplan"], made["step"]]],
        # interpreters
        "file-interpreter": [[file]],
        **{name: [[made["interpreter"]]] for name in (
            "interpreter", "interpreter-reply", "interpreter-attendance", "interpreter-understood", "interpreter-stand-in",
            "interpreter-cancel",
        )},
        "interpreter-correct": [[made["interpreter"], "providerreply", made["reply"]]],
        # (end of interpreting)
        # temporary accommodation
        "file-temporary-move": [[file]], "temporary-recommend": [[world.as_at[:7]]],
        "report-named-publish": [["temporary-accommodation", world.as_at]],
        **{name: [[made["move"]]] for name in ("temporary-move", "temporary-review", "temporary-end")},
        "temporary-assess": [[made["move"], row.child.pk]], "temporary-report": [[made["move"], made["suitability"]]],
        **{name: [[made["move"], made["shortfall"]]] for name in ("temporary-answer", "temporary-outcome")},
        "temporary-correct": [[made["move"], "suitability", made["suitability"]]],
        # (end of housing)
        # case records and the child protection procedures
        **{name: [[file]] for name in ("file-records", "file-record-add", "file-strategy")},
        **{name: [[made["record"]]] for name in ("entry", "entry-correct")},
        "referral-strategy": [[pk]],
        **{name: [[made["discussion"]]] for name in (
            "strategy", "strategy-outcome", "strategy-arrange", "strategy-conference",
        )},
        "strategy-correct": [[made["discussion"], "strategydiscussion", made["discussion"]]],
        **{name: [[made["plan"]]] for name in (
            "protection-plan", "protection-core-group", "protection-review", "protection-end",
        )},
        "protection-correct": [[made["plan"], "coregroup", made["core-group"]]],
        **{name: [[pk]] for name in ("referral-register", "referral-settle")},
        **{name: [[made["entry"]]] for name in ("register-entry", "register-kinds", "register-worker", "register-end")},
        "register-correct": [[made["entry"], "listing", made["listing"]]], "file-enter": [[file]],
        **{name: [[made["check"]]] for name in ("check", "check-correct")},
        # by a rule of their own
        "team-board": [[row.team.key]], "trail-officer": [[row.officer.pk]],
        "emergency-review": [[made.get("glass", _MISSING)]],
        **{name: [[made.get("restriction", _MISSING)]] for name in ("restriction", "restriction-review", "restriction-lift")},
        **{name: [[made.get("conflict", _MISSING)]] for name in ("conflict", "conflict-withdraw")},
    }  # fmt: skip
    for name in chain(oracle.BY_ROLE, oracle.BY_RECORD, sorted(oracle.BY_RULE), sorted(oracle.WITHOUT_SIGNING_IN)):
        for arguments in given.get(name, [[]]):
            kind = str(arguments[-1]) if name.endswith(("-file", "-export")) else ""
            yield name, arguments, kind


def expected(name: str, row: Row, method: str) -> set[int]:
    """The answers that the oracle allows an officer of this row, on the record of their row."""
    role, relationship = row.role, row.relationship
    # A page that takes no posts, or only posts, says so before it looks for the record: the same for what is hidden and
    # what is missing.
    closed = {404, 405}
    if name in oracle.BY_ROLE:
        if role not in oracle.BY_ROLE[name]:
            return {404}
        # What is missing (an import that was not begun, a second version) is missing for those who may, too.
        return _PERMITTED | closed if name in _MAY_BE_MISSING else _PERMITTED
    if name in oracle.BY_RECORD:
        if role not in oracle.BY_RECORD[name] and name != "record":  # that one only leads on
            return {404}
        if not oracle.opens(role, relationship):
            return closed
        if name == "involvement-end" or (method == "POST" and not oracle.writes(role, relationship)):
            return _PERMITTED | closed
        return _PERMITTED | ({404} if name in _MAY_BE_MISSING else set())
    if name == "team-board":
        return _PERMITTED if oracle.reaches_team(role, relationship) else closed
    if name == "emergency-review":
        return _PERMITTED if "glass" in row.made and role in oracle.READERS else closed
    if name.startswith("restriction"):
        return _PERMITTED if relationship == "restricted, listed" and role in oracle.LEADERS else closed
    if name.startswith("conflict-") or name == "conflict":
        return closed  # nobody answers for themselves
    return _PERMITTED | closed if role in oracle.MANAGERS else closed


_MAY_BE_MISSING = frozenset({
    "plan-settle", "plan-import-preview", "plan-import-correct", "plan-pair", "plan-changes", "trail-account", "duty-end",
    "referral-drafts", "address-show", "plan-action-reopen", "unmet-need-sent", "file-involve", "plan-untie",
    "account-reopen", "account-close", "account-review", "child-settle", "check", "check-correct",
})  # fmt: skip


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
class _Asker:
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
        if method == "POST" and name in oracle.BY_RECORD and not oracle.writes(row.role, row.relationship):
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


_REPORTS = (
    "unmet-need", "written-referrals", "legal-advice", "childs-views", "interpreters", "temporary-accommodation",
)  # fmt: skip
_SECRET = re.compile(r"zczc(\d+)xcz", re.IGNORECASE)
_READING = {
    "denied", "refused", "read referral", "read case file", "see who may open", "see confidential address", "read trail",
    "see list", "see what is owed", "see restriction", "see break-glass", "read legal advice", "read hospital notification",
    "read child", "read household", "read merge",
    "compare children", "search children",
    "read assessment",
    "read plan for a child in need",
    "read interpreter request", "read temporary move",
    "read case records", "read case record",
    "read strategy discussion", "read protection plan",
    "read register entry", "see register check", "list register",
}  # fmt: skip
_WHEN = {"occurred_at_day": "3", "occurred_at_month": "3", "occurred_at_year": "2020", "occurred_at_time": "10:00"}
_POSTED: dict[str, dict[str, str]] = {  # what is filled in, so that the verb itself is reached
    "referral-acknowledge": {"how": "phone", **_WHEN},
    "assessment-write": {"text": "He is hungry on Mondays"},
    "assessment-views": {"words": "I want Mum to sleep", **_WHEN},
    "referral-offence": {"answer": "no", "why": "Nobody was hurt, as the school tells it", **_WHEN},
    "referral-chase": {"words": "Please confirm in writing what you told us"},
    "referral-search": {"q": "Zqzq"},
    "address-show": {"reason": "A visit this afternoon"},
    "child-add": {"answer": "refused", **_WHEN},
    "child-end": {"until_day": "1", "until_month": "2", "until_year": "2024"},
    "child-find": {"name": "Zqzq"},
    "child-unmerge": {"reason": "Two children of one family"},
    "referral-language": {"answer": "refused", **_WHEN},
    "address-add": {"lines": "2 Open Street", "since_day": "1", "since_month": "2", "since_year": "2024"},
    "advice-answer": {"advice": "Ask the court in the morning", "outcome": "advised", **_WHEN},
    "hospital-visit": {"seen": "Asleep, with the mother there", **_WHEN},
    "interpreter-understood": {"answer": "yes", **_WHEN},
    "interpreter-reply": {"answer": "asked", "provider": "Wex Languages", **_WHEN},
    "temporary-end": {"went_to": "home", **_WHEN},
    "temporary-answer": {
        "will_do": "A lock on the door",
        "by_when_day": "3",
        "by_when_month": "3",
        "by_when_year": "2030",
        **_WHEN,
    },
    "excuse": {"reason": "The family has moved to Scotland"},
    "protection-end": {"reason": "safer", "words": "The conference agreed that the child is safe", **_WHEN},
    "strategy-arrange": {
        "arranged_for_day": "3",
        "arranged_for_month": "3",
        "arranged_for_year": "2090",
        "arranged_for_time": "10:00",
    },
    "emergency": {"reference": "CF424242", "category": "danger", "reason": "The police hold the child now"},
}


def _tells(told: str, one: Row) -> bool:
    """Whether the trail's words name this record: the referral, its file, or the child; by itself or in a list."""
    keys = (("referrals.referral", one.referral.pk), ("cases.casefile", one.case_file.pk), ("cases.child", one.child.pk),
            ("legal.advicerequest", one.made["advice"]), ("hospital.hospitalnotification", one.made["ward"]),
            ("assessing.assessment", one.made["assessment"]), ("assessing.childinneedplan", one.made["needplan"]),
            ("cases.restriction", one.made.get("restriction", -1)),
            ("interpreting.interpreterrequest", one.made["interpreter"]), ("housing.temporarymove", one.made["move"]), ("cases.conflict", one.made.get("conflict", -1)))  # fmt: skip
    if any(re.search(rf"{kind}:{pk}\b", told) for kind, pk in keys):
        return True
    if re.search(rf"'case_file': {one.case_file.pk}\b", told):
        return True
    return any(re.search(rf"[\[ ]{pk}[,\]]", told) for _, pk in keys)


def matrix(
    world: World,
    *,
    names: Iterable[str] | None = None,
    rows: Iterable[Row] | None = None,
    methods: tuple[str, ...] = ("GET", "POST"),
    keep: Callable[[int], bool] = lambda number: True,
    nobody: bool = True,
    until_fault: bool = False,
) -> Matrix:
    """Ask every page (or those named), for every row (or those given). keep: which of the cells, by number, are asked.

    The world must have been built in the transaction that is open."""
    import logging

    from django.test import Client
    from django.urls import get_resolver

    from goldenthread.core.models import TrailEntry

    found, began = Matrix(), time.monotonic()
    known = set(oracle.BY_ROLE) | set(oracle.BY_RECORD) | oracle.BY_RULE | oracle.WITHOUT_SIGNING_IN
    if names is None:
        found.unknown += sorted({str(name) for name in _names(get_resolver())} - known)
    logged: list[str] = []
    listener = logging.Handler()
    listener.emit = lambda said: logged.append(said.getMessage())  # type: ignore[method-assign]
    logging.getLogger().addHandler(listener)
    asker = _Asker(world, found, lambda last: list(TrailEntry.objects.filter(pk__gt=last)), logged)
    wanted = None if names is None else set(names)
    number = 0
    pdf_for: set[str] = set()
    try:
        for row in rows or world.rows:
            client = Client(raise_request_exception=False)
            client.force_login(row.officer)
            pdf = row.role not in pdf_for
            pdf_for.add(row.role)
            for address in addresses(world, row, pdf=pdf):
                if (wanted is not None and address[0] not in wanted) or address[0] in oracle.WITHOUT_SIGNING_IN:
                    continue
                for method in methods:
                    number += 1
                    if (method, address[0]) in _ENDS_THE_SESSION or not keep(number):
                        continue
                    asker.cell(client, row, address, method, row)
                    if until_fault and found.faults:
                        return found
        if nobody:
            stranger = Client(raise_request_exception=False)
            for address in addresses(world, world.rows[0], pdf=False):
                if wanted is None or address[0] in wanted:
                    for method in methods:
                        asker.cell(stranger, None, address, method, world.rows[0])
    finally:
        logging.getLogger().removeHandler(listener)
        found.seconds = time.monotonic() - began
    return found


_ENDS_THE_SESSION = {("POST", "sign-out"), ("POST", "password"), ("POST", "step-up")}


def _names(resolver: Any) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _names(pattern)
        elif pattern.name:
            yield pattern.name


__all__ = ["Matrix", "matrix", "secret"]
