"""The proxy in front, which ends https. It is told by address, never by what a request says of itself."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Behind:
    """The application behind a proxy.

    https: every request came by https, whatever it says. proxies: from these addresses alone the last entry of
    X-Forwarded-For, which the proxy itself added, is where the request came from.
    """

    def __init__(self, application: Application, *, https: bool, proxies: frozenset[str]) -> None:
        self.application, self.https, self.proxies = application, https, proxies

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if self.https:
            environ["wsgi.url_scheme"] = "https"
        if environ.get("REMOTE_ADDR") in self.proxies:
            said = environ.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1].strip()
            with suppress(ValueError):  # nothing that can be believed: it came from the proxy
                environ["REMOTE_ADDR"] = str(ip_address(said))
        return self.application(environ, start_response)
