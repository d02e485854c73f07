"""A provider of mail on loopback that can be told to misbehave."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.test import override_settings

import config.urls  # noqa: F401 - read once, and not while a test has a provider set
from config.settings.mail import anymail_settings

SECRET = "events:only-for-these-tests-0123456789"
TAKEN = {
    "postmark": {"ErrorCode": 0, "Message": "OK", "MessageID": "theirs", "To": "a@b.example"},
    "resend": {"id": "theirs"},
    "brevo": {"messageId": "<theirs>"},
}


@dataclass
class Provider:
    """`status` and `body` are its answer to an email; it takes `wait` seconds to give one."""

    body: Any
    status: int = 200
    wait: float = 0
    hangs_up: bool = False
    taken: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)


def handler_of(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response(404)
            self.end_headers()

        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            time.sleep(provider.wait)
            if provider.hangs_up:
                self.connection.close()
                return
            if provider.status == 200:
                provider.taken.append(json.loads(content))
                provider.keys.append(self.headers["Idempotency-Key"])
            answer = json.dumps(provider.body).encode()
            self.send_response(provider.status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: object) -> None:
            """Nothing."""

    return Handler


def sending_by(name: str, url: str, *, timeout: int = 5) -> override_settings:
    options = {f"{name.upper()}_API_URL": url}
    return override_settings(
        EMAIL_PROVIDER=name,
        EMAIL_API_KEY="a-key",
        ANYMAIL_WEBHOOK_SECRET=SECRET,
        EMAIL_BACKEND=f"anymail.backends.{name}.EmailBackend",
        ANYMAIL=anymail_settings(
            name, key="a-key", secret=SECRET, options=options, timeout=timeout
        ),
    )


@contextmanager
def provider_of(name: str, *, timeout: int = 5, **answers: Any) -> Iterator[Provider]:
    """Running, and the one that mail goes to."""
    provider = Provider(**{"body": TAKEN[name], **answers})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(provider))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/"
        with sending_by(name, url, timeout=timeout):
            yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
