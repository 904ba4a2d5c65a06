"""What the proofs of security requirements share: every address, all of the source, and what is written down."""

import ast
import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from goldenthread.cases.models import CaseFile
from goldenthread.core.models import TrailEntry, TrailLink, TrailSubject
from goldenthread.people.models import Officer
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.pages.test_no_names_leak import addresses, patterns

ROOT = Path(__file__).parents[2]
PASSWORD = "golden-thread-demo"
SCRIPT = (ROOT / "assets/goldenthread.js").read_text(encoding="utf-8")
PAGE = (ROOT / "docs/how-to/keep-it-secure.md").read_text(encoding="utf-8")
LEAVES = {"sign-out", "plan-import-discard"}


@cache
def sources() -> dict[Path, ast.Module]:
    """All of the product's code, read as Python reads it."""
    return {file: ast.parse(file.read_text(encoding="utf-8")) for file in sorted(ROOT.glob("goldenthread/**/*.py"))}


def everywhere(referral: Referral) -> list[tuple[str, str]]:
    """Every address that can be made of what is recorded, of accounts and case files too."""
    more = {"account": [*Officer.objects.values_list("pk", flat=True)[:2]], "case": [], "file": [], "address": []}
    for first in ("case", "file", "address"):
        more[first] = [*CaseFile.objects.values_list("pk", flat=True)[:1]]
    found = addresses(referral)
    for pattern in patterns():
        for pk in more.get(str(pattern.name).split("-")[0], []):
            if set(pattern.pattern.converters) == {"pk"}:
                found.append((str(pattern.name), reverse(str(pattern.name), args=[pk])))
    return sorted(set(found))


@dataclass(frozen=True)
class Round:
    """What each page answered to those whose roles open most of them, asked as another site's script would ask; and
    whether looking changed anything."""

    answers: list[tuple[str, HttpResponse]]
    before: dict[str, str]
    after: dict[str, str]


def visited(cast: Cast, referral: Referral) -> Round:
    """One round of all pages."""
    answers, before = [], held()
    for officer in (cast.worker, cast.manager, cast.quality, cast.head, cast.administrator):
        client = Client(headers={"origin": "https://elsewhere.example"})
        client.force_login(officer)
        for name, address in everywhere(referral):
            if name not in LEAVES:
                answers.append((address, _kept(client.get(address))))
    return Round(answers, before, held())


def _kept(answer: Any) -> HttpResponse:
    """An answer without what it was made of."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return HttpResponse(content, status=answer.status_code, headers=dict(answer.items()))


def held() -> dict[str, str]:
    """A digest of every table but the trail and the sessions."""
    aside = {TrailEntry, TrailLink, TrailSubject, Session}
    return {
        model._meta.label: hashlib.sha256(
            repr(
                list(
                    model._default_manager.order_by("pk").values_list(
                        *(field.attname for field in model._meta.concrete_fields if field.name != "last_login")
                    )
                )
            ).encode()
        ).hexdigest()
        for model in apps.get_models()
        if model not in aside
    }


def calls(*names: str) -> set[str]:
    """Where a function of one of these names is called: file and name."""
    found = set()
    for file, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in names:
                found.add(f"{file.relative_to(ROOT / 'goldenthread')}: {ast.unparse(node.func)}")
    return found


def imported(*modules: str) -> set[str]:
    """Which files import one of these modules, or something out of it."""
    found = set()
    for file, tree in sources().items():
        for node in ast.walk(tree):
            named = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                named = [f"{node.module}", *(f"{node.module}.{each.name}" for each in node.names)]
            if any(name == module or name.startswith(module + ".") for name in named for module in modules):
                found.add(str(file.relative_to(ROOT / "goldenthread")))
    return found


def settings_of(**given: str) -> dict[str, Any]:
    """The settings as a server with these variables reads them."""
    named = [
        "DEBUG",
        "HTTPS",
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_HSTS_SECONDS",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS",
        "PASSWORD_HASHERS",
        "SESSION_SERIALIZER",
        "SESSION_ENGINE",
        "ALLOWED_HOSTS",
        "LOGGING",
        "SECOND_FACTOR_ROLES",
        "CACHES",
    ]
    program = (
        "import json; from django.conf import settings as s; "
        f"print(json.dumps({{name: getattr(s, name) for name in {named}}}))"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GOLDENTHREAD_")}
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT,
        env={**clean, "DJANGO_SETTINGS_MODULE": "goldenthread.config.settings", **given},
    )  # fmt: skip
    read: dict[str, Any] = json.loads(ended.stdout)
    return read
