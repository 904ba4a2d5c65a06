"""What holds of all of the source, and of the parts of others (ASVS 1, 11, 13 and 15)."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings as live
from django.test import Client
from django.urls import get_resolver, reverse

from tests.assurance.security import PASSWORD, ROOT, SCRIPT, calls, imported, sources
from tests.conftest import Cast


def test_no_words_become_code_or_objects() -> None:
    assert calls("eval", "exec", "compile", "__import__", "os.system", "os.popen") == set()
    assert calls("print", "len"), "calls are found at all"
    assert imported("django.template.Template", "django.template.engines", "django.template.base", "jinja2") == set()
    assert imported("pickle", "marshal", "shelve", "dill", "yaml", "xmlrpc", "code", "codeop") == set()
    for tree in sources().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword) and node.arg == "shell":
                pytest.fail("a shell is started")


def test_patterns_are_our_own_or_escaped() -> None:
    """A pattern for words is a text of the program; what goes into one is escaped, or a constant in capitals."""
    of_its_own = {"cues.py: pattern", "timescales.py: prefix + pattern"}  # from the lists that stand in that file
    found = []
    for file, tree in sources().items():
        for node in ast.walk(tree):
            is_pattern = isinstance(node, ast.Call) and getattr(getattr(node.func, "value", None), "id", "") == "re"
            if not is_pattern or node.func.attr == "escape":  # type: ignore[attr-defined]
                continue
            pattern = node.args[0]  # type: ignore[attr-defined]
            names = {each.id for each in ast.walk(pattern) if isinstance(each, ast.Name)} - {"re"}
            if any(not name.strip("_").isupper() for name in names) and "re.escape" not in ast.unparse(pattern):
                found.append(f"{file.name}: {ast.unparse(pattern)}")
    assert set(found) <= of_its_own, found


def test_formats_are_our_own() -> None:
    """str.format is called on texts of the program: constants, or names in capitals."""
    for file, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
                of = node.func.value
                ours = isinstance(of, ast.Constant) or (isinstance(of, ast.Name) and of.id.strip("_").isupper())
                composed = "sql" in ast.unparse(of) or ast.unparse(of) == "rename"  # psycopg's own, which quotes names
                a_page = f"{file.name}: {ast.unparse(of)}" == "work.py: pattern"  # the address of a record's page
                a_line = f"{file.name}: {ast.unparse(node)}" == "elsewhere.py: self.format(record)"  # the log's own
                assert ours or composed or a_page or a_line, f"{file.name}: {ast.unparse(node)}"


CRYPTOGRAPHY = {
    "InvalidTag", "InvalidSignature", "AESGCM", "HKDF", "Scrypt", "hashes",
    "serialization", "Ed25519PrivateKey",
}  # fmt: skip


def test_only_approved_ways_to_lock_and_to_sign_are_used() -> None:
    used, digests = set(), set()
    for file, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("cryptography"):
                used |= {each.name for each in node.names}
            if isinstance(node, ast.ImportFrom) and node.module == "hashlib":
                digests |= {(each.name, "") for each in node.names}
            if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "hashlib":
                digests.add((node.attr, file.name if node.attr == "sha1" else ""))
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "salted_hmac":
                said = {each.arg: ast.unparse(each.value) for each in node.keywords}
                assert said.get("algorithm") in {"'sha256'", "'sha512'"}, ast.unparse(node)
    assert used <= CRYPTOGRAPHY
    apps_own, made_up = ("sha1", "second_factor.py"), ("sha1", "council.py")
    lists = ("sha1", "breached.py")  # what lists of breached passwords are made of: nothing is protected by it
    assert digests - {apps_own, made_up, lists} <= {
        ("sha256", ""),
        ("sha512", ""),
        ("blake2b", ""),
        ("file_digest", ""),
    }


def test_chance_that_must_not_be_guessed_is_the_system_s() -> None:
    outside = {name for name in imported("random", "uuid.uuid1", "numpy") if not name.startswith("demo/")}
    assert outside <= {"people/accounting.py"}, "which views a manager accounts for: drawn again alike, on purpose"


def test_secrets_are_long_enough(cast: Cast, client: Client) -> None:
    from goldenthread.core import home
    from goldenthread.people import second_factor

    assert len(second_factor.new_secret()) * 5 >= 128
    source = ast.unparse(sources()[Path(home.__file__)])
    assert {int(size) for size in re.findall(r"token_(?:urlsafe|hex|bytes)\((\d+)\)", source)} == {32, 50}
    oidc = ast.unparse(sources()[ROOT / "goldenthread/people/oidc.py"])
    assert re.findall(r"token_urlsafe\((\d+)\)", oidc) == ["32"]
    client.post(reverse("sign-in"), {"username": "asha", "password": PASSWORD})
    assert len(client.session.session_key or "") * 5.16 >= 128


def test_no_secret_is_in_the_program() -> None:
    for file, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not re.search(r"-----BEGIN|\bAKIA[0-9A-Z]{16}\b", node.value), file
                assert not re.fullmatch(r"(?=.*\d)(?=.*[a-z])[0-9a-f]{64}", node.value), file


def test_nothing_is_cached_on_the_server() -> None:
    assert imported("django.core.cache", "django.views.decorators.cache.cache_page") == set()
    assert "CACHES" not in vars(__import__("goldenthread.config.settings", fromlist=["x"]))
    assert not any("cache" in middleware.lower() for middleware in live.MIDDLEWARE)


def test_our_script_writes_text_keeps_nothing_and_listens_to_nobody() -> None:
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function|srcdoc", SCRIPT)
    assert not re.search(r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\b", SCRIPT)
    assert not re.search(r"postMessage|[\"']message[\"']|WebSocket|EventSource|XMLHttpRequest", SCRIPT)
    assert "textContent" in SCRIPT
    written = re.findall(r"(\w+)\[(\w+)\] = ", SCRIPT)
    assert written == [("response", "name")], "and those names are a list of our own"
    assert re.search(r'for \(const name of \["clientDataJSON"', SCRIPT)


def test_pages_are_made_of_what_every_browser_knows_and_load_nothing_from_elsewhere() -> None:
    for file in ROOT.glob("goldenthread/**/templates/**/*.html"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"<(object|embed|applet|iframe|frame|base)\b", text), file
        assert not re.search(r"<(?:script|link|img|form)[^>]+(?:src|href|action)=\"(?:https?:)?//", text), file


def test_every_part_of_others_is_on_the_list_with_version_and_hash() -> None:
    for name in ("run", "dev"):
        text = (ROOT / f"requirements/{name}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
        parts = [
            each for each in text.splitlines() if each.strip() and not each.lstrip().startswith(("#", "--", "-c", "-r"))
        ]
        assert len(parts) > 20
        for part in parts:
            assert re.match(r"[\w.\[\],-]+==\S+", part), part
            assert "--hash=sha256:" in part, part
    wanted = {
        re.split(r"[~=\[; ]", each)[0].lower() for each in (ROOT / "requirements/run.in").read_text().splitlines()
    }
    listed = (ROOT / "requirements/run.txt").read_text(encoding="utf-8").lower()
    assert all(f"\n{each}" in f"\n{listed}" for each in wanted - {"", "#"})


def test_what_tests_need_is_not_in_what_runs() -> None:
    listed = (ROOT / "requirements/run.txt").read_text(encoding="utf-8").lower()
    assert not re.search(r"^(pytest|hypothesis|playwright|ruff|mypy|django-debug-toolbar)", listed, re.MULTILINE)
    assert not any("debug" in app or "admin" in app for app in live.INSTALLED_APPS)
    assert not any("tests" in name for tree in sources().values() for name in _modules(tree))
    assert "admin:index" not in {str(name) for name in get_resolver().reverse_dict}


def _modules(tree: ast.AST) -> list[str]:
    return [str(node.module).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
