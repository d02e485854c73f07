"""One Valkey on a Unix socket: Celery's broker and the shared cache."""

import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.embedded import EmbeddedError
from config.embedded.binaries import valkey_program
from config.embedded.places import LOGS, private_folder, set_aside, socket_folder
from config.embedded.processes import OURSELVES, last_lines, start, stop, wait_until

START_PATIENCE = 20.0
STOP_PATIENCE = 10.0


def socket_path(name: str) -> Path:
    return socket_folder(name) / "valkey.sock"


def socket_url(name: str) -> str:
    return f"unix://{socket_path(name)}"


@dataclass
class Broker:
    """Runs as whoever started it. What it holds may be lost: Postgres knows what is owed."""

    name: str
    data: Path
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def socket(self) -> Path:
        return socket_path(self.name)

    @property
    def log(self) -> Path:
        return LOGS / f"{self.name}.log"

    def start(self) -> None:
        """Only under a lock that the caller holds."""
        private_folder(self.socket.parent, OURSELVES)
        self.stop_orphan()
        if self.starts():
            return
        set_aside(self.data)
        if not self.starts():
            raise EmbeddedError(
                f"Valkey did not start; {self.log} ends with:\n{last_lines(self.log)}"
            )

    def starts(self) -> bool:
        private_folder(self.data, OURSELVES)
        command: list[str | Path] = [valkey_program(), "--port", "0", "--dir", self.data]
        command += ["--unixsocket", self.socket, "--unixsocketperm", "700"]
        command += ["--appendonly", "yes", "--save", "", "--maxmemory-policy", "noeviction"]
        self.process = start(command, log=self.log)
        process = self.process
        wait_until(lambda: process.poll() is not None or self.answers(), START_PATIENCE)
        if process.poll() is None and self.answers():
            return True
        self.stop()
        return False

    def stop(self) -> None:
        if self.process is not None:
            stop(self.process, signal.SIGTERM, STOP_PATIENCE)
            self.process = None

    def client(self) -> redis.Redis:
        """Without the library's retries: whether it answers is asked every few milliseconds."""
        once = Retry(NoBackoff(), 0)
        return redis.Redis(unix_socket_path=str(self.socket), socket_timeout=2, retry=once)

    def answers(self) -> bool:
        """While it reads its append-only file it refuses with an error of its own: not yet."""
        try:
            with self.client() as connection:
                return bool(connection.ping())
        except redis.RedisError:
            return False

    def stop_orphan(self) -> None:
        """The lock is ours, so a server that answers has lost its supervisor."""
        if self.answers():
            with self.client() as connection:
                connection.shutdown()
            wait_until(lambda: not self.answers(), STOP_PATIENCE)
        self.socket.unlink(missing_ok=True)
