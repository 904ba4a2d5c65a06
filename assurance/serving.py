"""The server that the harnesses kill: it serves a socket that stays open when it is gone."""

import socket
from concurrent.futures import ThreadPoolExecutor
from socketserver import TCPServer
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

THREADS = 12


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (its name in the standard library)
        """Says nothing: the harness kills requests on purpose."""


class Server(WSGIServer):
    """Serves an open socket with a few threads."""

    def __init__(self, listening: socket.socket, app: Any) -> None:
        TCPServer.__init__(self, ("127.0.0.1", 0), _Quiet, bind_and_activate=False)
        self.socket.close()
        self.socket = listening
        self.server_name, self.server_port = "127.0.0.1", listening.getsockname()[1]
        self.setup_environ()
        self.set_app(app)
        self.pool = ThreadPoolExecutor(THREADS)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.pool.submit(self._serve_one, request, client_address)

    def _serve_one(self, request: Any, client_address: Any) -> None:
        try:
            self.finish_request(request, client_address)
        except OSError:
            pass  # the client has gone
        finally:
            self.shutdown_request(request)
