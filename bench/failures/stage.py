"""One scenario's own database, broker, mail server, workers and beats: started, killed, asked."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from threading import Lock

import psycopg2
from celery import Celery
from psycopg2 import sql

from bench.failures.codes import is_code
from bench.failures.sink import Sink
from config.embedded.places import LOGS, ROOT, VAR
from config.embedded.postgres import DATABASE, OWNER_ROLE, PRODUCT_ROLE, Cluster, connect
from config.embedded.postgres import socket_url as postgres_url
from config.embedded.processes import start, stop, wait_until
from config.embedded.valkey import Broker
from config.settings.servers import broker_url

CELERY: list[str | Path] = [sys.executable, "-m", "celery", "-A", "config"]
WORKER = ["worker", "-P", "threads", "--without-gossip", "--without-mingle"]
PATIENCE = 200.0
# Postgres copies a database for one at a time.
COPYING = Lock()
MAILS = """
    SELECT count(*), count(*) FILTER (WHERE state IN ('queued', 'leased')),
           coalesce(array_agg(to_address) FILTER (WHERE state = 'failed'), '{}')
    FROM outbox_email
"""


class StageError(Exception):
    """What a scenario waited for did not happen."""


@dataclass(frozen=True)
class Ledger:
    """How many emails Postgres knows of; to whom those were that are over and were not sent."""

    known: int
    waiting: int
    failed: list[str]

    @property
    def refused(self) -> set[str]:
        return {address for address in self.failed if not is_code(address)}

    @property
    def given_up(self) -> set[str]:
        """Codes: nobody knows whether the server took them, and they are never sent twice."""
        return {address for address in self.failed if is_code(address)}


@dataclass
class Stage:
    name: str
    people: int
    codes: int
    cluster: Cluster
    broker: Broker
    sink: Sink
    days_ahead: int
    settings: Mapping[str, str] = field(default_factory=dict)
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    restarts: int = 0

    @property
    def database(self) -> str:
        return f"failure_{self.name}"

    @property
    def owed(self) -> int:
        return self.people + self.codes

    @property
    def threads(self) -> list[str]:
        """One where there is to be one connection: else another task might be sending just then."""
        return ["-c", "1" if self.settings.get("EMAIL_CONNECTIONS") == "1" else "4"]

    def environment(self, failpoint: str = "") -> dict[str, str]:
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "bench.failures.settings",
            "DATABASE_URL": postgres_url(self.cluster.sockets, PRODUCT_ROLE, self.database),
            "REDIS_URL": f"unix://{self.broker.socket}",
            "EMAIL_PORT": str(self.sink.port),
            "CLOCK_DAYS_AHEAD": str(self.days_ahead),
            "FAILPOINT": failpoint,
            **self.settings,
        }

    def owe_codes(self) -> None:
        """Beside the reminders, which are planned with them: so all are sent by the same run,
        and by one, as each code rings the doorbell and those rings are taken back."""
        command = [sys.executable, "-m", "bench.failures.codes", str(self.codes)]
        made = subprocess.run(command, env=self.environment(), cwd=ROOT, capture_output=True)
        if made.returncode:
            raise StageError(f"no codes were made: {made.stderr.decode()[-300:]}")
        self.empty_broker()

    def worker(self, failpoint: str = "") -> subprocess.Popen[bytes]:
        """One that is to die is left dead; any other is started again when it ends, as a
        supervisor does: Celery's own ends where its broker goes while it works."""
        worker = self.run("worker", [*WORKER, *self.threads, "--loglevel", "INFO"], failpoint)
        if not failpoint:
            self.workers.append(worker)
        return worker

    def keep_up(self) -> None:
        for worker in [each for each in self.workers if each.poll() is not None]:
            self.workers.remove(worker)
            self.restarts += 1
            self.worker()

    def beat(self) -> subprocess.Popen[bytes]:
        schedule = VAR / "failures" / f"beat-{self.name}-{len(self.running)}"
        schedule.parent.mkdir(parents=True, exist_ok=True)
        for left in schedule.parent.glob(f"{schedule.name}*"):
            left.unlink()
        return self.run("beat", ["beat", "--schedule", str(schedule), "--pidfile="])

    def run(self, what: str, command: list[str], failpoint: str = "") -> subprocess.Popen[bytes]:
        log = LOGS / f"failure-{self.name}-{what}.log"
        process = start([*CELERY, *command], log=log, env=self.environment(failpoint), cwd=ROOT)
        self.running.append(process)
        return process

    def end_all(self) -> None:
        for process in reversed(self.running):
            stop(process, signal.SIGKILL, 5)

    def ring(self, times: int = 1) -> None:
        """The tick, at once: no scenario waits for the first minute to be over."""
        with Celery(broker=broker_url(f"unix://{self.broker.socket}")) as doorbell:
            for _ in range(times):
                doorbell.send_task("reminders.tasks.tick")

    def empty_broker(self) -> None:
        with self.broker.client() as client:
            client.flushall()

    def ledger(self) -> Ledger:
        opened = closing(connect(self.cluster.sockets, self.database))
        with opened as connection, connection.cursor() as cursor:
            cursor.execute(MAILS)
            [row] = cursor.fetchall()
        return Ledger(*row)

    def is_over(self) -> bool:
        """Everybody has their email, or it is known that they cannot have it."""
        self.keep_up()
        try:
            ledger = self.ledger()
        except psycopg2.OperationalError:
            return False
        told = self.sink.taken.people.keys() | ledger.failed
        return ledger.waiting == 0 and ledger.known >= self.owed and len(told) >= self.owed

    def wait_for_death(self, process: subprocess.Popen[bytes]) -> float:
        if not wait_until(lambda: process.poll() is not None, PATIENCE):
            raise StageError("no worker came by this failpoint")
        if process.returncode != -signal.SIGKILL:
            raise StageError(f"a worker ended by itself, with {process.returncode}")
        return time.monotonic()

    def wait_for_mails(self, count: int) -> float:
        """The moment at which so many were begun."""
        if not wait_until(lambda: self.sink.begun >= count, PATIENCE):
            raise StageError(f"the mail server did not see {count} emails")
        return time.monotonic()

    def wait_for_rows(self) -> None:
        if not wait_until(lambda: self.ledger().known >= self.owed, PATIENCE, pause=0.2):
            raise StageError("no emails were made")


@contextmanager
def set_up(
    name: str,
    *,
    people: int,
    codes: int,
    cluster: Cluster,
    sink: Sink,
    days_ahead: int,
    settings: Mapping[str, str],
) -> Iterator[Stage]:
    with ExitStack() as stack:
        short = sha256(name.encode()).hexdigest()[:6]
        broker = Broker(f"failure-{short}", VAR / "failures" / f"valkey-{name}")
        stage = Stage(name, people, codes, cluster, broker, sink, days_ahead, settings)
        copy_database(cluster, stage.database)
        stack.callback(run_sql, cluster, "DROP DATABASE IF EXISTS {} WITH (FORCE)", stage.database)
        broker.start()
        stack.callback(broker.stop)
        stage.empty_broker()
        sink.open()
        stack.callback(sink.close)
        stack.callback(stage.end_all)
        yield stage


def copy_database(cluster: Cluster, name: str) -> None:
    run_sql(cluster, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    with COPYING:
        run_sql(cluster, "CREATE DATABASE {} OWNER {} TEMPLATE {}", name, OWNER_ROLE, DATABASE)


def run_sql(cluster: Cluster, statement: str, *names: str) -> None:
    with closing(connect(cluster.sockets)) as connection, connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
