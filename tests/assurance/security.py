"""What the proofs of security requirements share: every address, all of the source, and what is written down."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import reverse

from goldenthread.cases.models import CaseFile
from goldenthread.people.models import Officer
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.pages.test_no_names_leak import addresses, patterns

ROOT = Path(__file__).parents[2]
PASSWORD = "golden-thread-demo"
SOURCES = {file: ast.parse(file.read_text(encoding="utf-8")) for file in sorted(ROOT.glob("goldenthread/**/*.py"))}
SCRIPT = (ROOT / "assets/goldenthread.js").read_text(encoding="utf-8")
PAGE = (ROOT / "docs/how-to/keep-it-secure.md").read_text(encoding="utf-8")
LEAVES = {"sign-out", "plan-import-discard"}


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


def visits(cast: Cast, referral: Referral, **headers: str) -> Iterator[tuple[str, Any]]:
    """What each page answers to those whose roles open most of them."""
    for officer in (cast.worker, cast.manager, cast.quality, cast.head, cast.administrator):
        client = Client(headers=headers)
        client.force_login(officer)
        for name, address in everywhere(referral):
            if name not in LEAVES:
                yield address, client.get(address)


def calls(*names: str) -> set[str]:
    """Where a function of one of these names is called: file and name."""
    found = set()
    for file, tree in SOURCES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in names:
                found.add(f"{file.relative_to(ROOT / 'goldenthread')}: {ast.unparse(node.func)}")
    return found


def imported(*modules: str) -> set[str]:
    """Which files import one of these modules, or something out of it."""
    found = set()
    for file, tree in SOURCES.items():
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
