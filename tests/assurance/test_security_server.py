"""On a real server, under https (ASVS 3, 4, 12 and 13)."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The product's own server, under https, from an empty folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        at = int(free.getsockname()[1])
    folder = tmp_path_factory.mktemp("served")
    clean = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-c", "from goldenthread.cli import main; main()", "serve", "--port", str(at)],
            env={**clean, "GOLDENTHREAD_HOME": str(folder / "home"), "GOLDENTHREAD_HTTPS": "1"},
            stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            for _ in range(600):
                if server.poll() is not None:
                    pytest.fail((folder / "log").read_text())
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", at)) == 0:
                        break
                time.sleep(0.2)
            yield at
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)


def told(port: int, asked: str) -> str:
    """All that the server answers to these bytes, until it closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(asked.encode())
        heard = b""
        while part := line.recv(65536):
            heard += part
    return heard.decode("utf-8", "replace")


def ask(method: str, path: str, *headers: str, content: str = "") -> str:
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "Connection: close", *headers]
    return "\r\n".join(lines) + "\r\n\r\n" + content


def status(answer: str) -> int:
    return int(answer.split(" ", 2)[1])


def test_the_server_under_https_says_so_with_every_answer(port: int) -> None:
    for path in ("/sign-in/", "/", "/no-such-page/"):
        answer = told(port, ask("GET", path))
        assert "strict-transport-security: max-age=31536000; includesubdomains" in answer.lower(), path
    page = told(port, ask("GET", "/sign-in/"))
    assert status(page) == 200
    assert re.search(r"set-cookie:\s*__Host-csrftoken=[^\r\n]*Secure", page, re.IGNORECASE)


def test_the_server_traces_nothing_and_names_no_version(port: int) -> None:
    answer = told(port, ask("TRACE", "/sign-in/", "X-Secret: hush-hush"))
    assert status(answer) in {400, 405, 501}
    assert "hush-hush" not in answer
    head = told(port, ask("GET", "/sign-in/")).partition("\r\n\r\n")[0]
    assert not re.search(r"^(x-powered-by|server):.*\d", head, re.IGNORECASE | re.MULTILINE)


def test_the_server_hands_out_no_folder_and_no_file_of_its_own(port: int) -> None:
    for path in ("/.git/config", "/static/", "/static", "/static/../goldenthread/config/settings.py", "/requirements/run.txt",
                 "/static/%2e%2e/%2e%2e/requirements/run.txt", "/secret", "/goldenthread.sqlite3", "/var/secret"):  # fmt: skip
        answer = told(port, ask("GET", path))
        assert status(answer) in {301, 302, 400, 404}, path
        assert "Index of" not in answer
        assert "SECRET_KEY" not in answer


def test_the_server_is_not_led_astray_by_two_lengths(port: int) -> None:
    """Where a message says its length twice over, nothing that comes after it on the connection is taken for another."""
    inner = ask("GET", "/no-such-page/")
    content = "0\r\n\r\n" + inner
    asked = "\r\n".join(
        ["POST /sign-in/ HTTP/1.1", "Host: localhost", f"Content-Length: {len(content)}", "Transfer-Encoding: chunked"]
    )
    answer = told(port, asked + "\r\n\r\n" + content)
    assert len(re.findall(r"HTTP/1\.1 \d{3}", answer)) == 1
    assert "connection: close" in answer.partition("\r\n\r\n")[0].lower()
    assert (
        status(told(port, ask("POST", "/sign-in/", "Content-Length: 5", "Content-Length: 6", content="abcde"))) == 400
    )
