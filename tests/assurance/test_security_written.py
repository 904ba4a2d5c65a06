"""What is written down for whoever hosts is what is done (the first section of each chapter of the ASVS)."""

import re
from datetime import timedelta

from django.conf import settings as live

from goldenthread.people import throttle
from tests.assurance.security import PAGE, ROOT


def test_what_is_written_of_signing_in_is_what_is_done() -> None:
    assert f"{throttle.FAILURES} for one name from one address in 15 minutes" in PAGE
    assert timedelta(minutes=15) == throttle.WINDOW
    assert f"{throttle.CODES_IN_ALL} codes for one name" in PAGE
    assert "12 to 1000 characters" in PAGE
    assert f"closes after {live.DORMANT_DAYS} days" in PAGE
    assert f"more than {live.STEP_UP_MINUTES} minutes ago" in PAGE
    decided = (ROOT / "docs/decisions/0009-signing-in.md").read_text(encoding="utf-8")
    for way in ("authenticator app", "recovery codes", "passkey", "OpenID Connect", "one-time password"):
        assert way in decided


def default(name: str) -> str:
    """What a setting is where nobody names another."""
    text = (ROOT / "goldenthread/config/settings.py").read_text(encoding="utf-8")
    found = re.search(rf'"GOLDENTHREAD_{name}", "(\w+)"', text)
    assert found, name
    return found[1]


def test_what_is_written_of_sessions_is_what_is_done() -> None:
    assert f"{live.IDLE_MINUTES} minutes (`GOLDENTHREAD_IDLE_MINUTES`)" in PAGE
    assert f"| a session in all | {live.SESSION_HOURS} hours |" in PAGE
    assert "| sessions at a time | any number" in PAGE
    assert f"{default('PAGES_A_MINUTE')} a minute and {default('PAGES_AN_HOUR')} an hour for one officer" in PAGE
    assert "council's own\nsign-in session" in PAGE


def test_every_key_is_written_down_with_what_it_is_for() -> None:
    home = (ROOT / "goldenthread/core/home.py").read_text(encoding="utf-8")
    files = set(re.findall(r'_made_once\(home / "([\w.]+)"', home)) | {"backup.key"}
    assert files == {"secret", "trail.key", "trail.signing", "backup.key"}
    for file in files:
        assert f"| `{file}` |" in PAGE
    for way in (
        "HMAC-SHA-256",
        "AES-256-GCM",
        "Ed25519",
        "scrypt",
        "HKDF",
        "Argon2id",
        "HMAC-SHA-1",
    ):
        assert way in PAGE


def test_every_connection_and_log_is_written_down() -> None:
    for setting in ("DATABASE_URL", "GOLDENTHREAD_SMTP_URL", "GOLDENTHREAD_OIDC_ISSUER", "GOLDENTHREAD_SYSLOG"):
        assert f"| `{setting}` |" in PAGE
    assert "| the trail |" in PAGE
    assert "standard error, and nowhere else" in PAGE


def test_every_kind_of_data_and_every_field_with_its_own_rule_is_written_down() -> None:
    for kind in ("restricted", "records", "accounts", "plan", "figures"):
        assert f"\n| {kind} |" in PAGE
    for field in ("confidential", "role", "team", "area"):
        assert f"`{field}`" in PAGE
    for column in ("kept", "shown", "in logs and on the trail", "how long"):
        assert f"| {column} " in PAGE


def test_what_is_taken_in_and_what_takes_long_is_written_down() -> None:
    from goldenthread.core import drafts
    from goldenthread.exchange import guard

    assert (
        f"a file of {guard.LARGEST // 1024**2} MB ({guard.UNPACKED // 1024**2} MB unpacked; .docx, .xlsx or .txt;"
        in PAGE
    )
    assert timedelta(days=14) == drafts.LASTS
    assert f"a form of {live.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2} MB" in PAGE
    served = (ROOT / "goldenthread/cli/serve.py").read_text(encoding="utf-8")
    assert "blocking_threads=4" in served
    assert "backpressure=64" in served
    assert "4 at once for each process; 64 wait" in PAGE


def test_how_soon_parts_of_others_are_mended_is_written_down() -> None:
    assert "within 3 days; any other grave one\nwithin 14; the rest, and updates in general, within 90." in PAGE
