"""A mail server in a process of its own, so that it costs neither side of a comparison its core."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.smtp import SMTP, Envelope, Session

from bench.failures.sink import free_port
from config.embedded.places import LOGS, ROOT
from config.embedded.ports import accepts
from config.embedded.processes import start, stop, wait_until


class Forgetting:
    async def handle_DATA(  # noqa: N802 - aiosmtpd looks for this name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        return "250 Message kept"


@contextmanager
def mail_sink() -> Iterator[int]:
    """The port at which it listens."""
    port = free_port()
    process = start(
        [sys.executable, "-m", "bench.mail_sink", str(port)], log=LOGS / "bench-sink.log", cwd=ROOT
    )
    try:
        if not wait_until(lambda: accepts(port), 30):
            raise subprocess.SubprocessError("The bench's mail server did not start.")
        yield port
    finally:
        stop(process, signal.SIGTERM, 5)


async def listen(port: int) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(Forgetting(), hostname="localhost", enable_SMTPUTF8=True), "127.0.0.1", port
    )
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(listen(int(sys.argv[1])))
