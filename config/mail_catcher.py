"""A development mail server: takes every message over SMTP and keeps it as a file."""

import argparse
import asyncio
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session


class Keeper:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(  # noqa: N802 - aiosmtpd looks for this name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Renamed into place, so that nobody reads half a message."""
        message = self.folder / f"{time.strftime('%Y%m%d-%H%M%S')}-{time.time_ns()}.eml"
        half = message.with_suffix(".part")
        half.write_bytes(envelope.original_content or b"")
        half.rename(message)
        return "250 Message kept"


async def listen(port: int, folder: Path) -> None:
    keeper = Keeper(folder)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(keeper, hostname="localhost", enable_SMTPUTF8=True), "127.0.0.1", port
    )
    async with server:
        await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    options = parser.parse_args()
    asyncio.run(listen(options.port, options.folder))


if __name__ == "__main__":
    main()
