"""One Postgres cluster under a folder of ours: made, started, recovered, stopped."""

import os
import shutil
import signal
import subprocess
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg2

from config.embedded import EmbeddedError, leftovers
from config.embedded.account import as_owner, data_folder, hand_over, server_owner
from config.embedded.binaries import postgres_programs
from config.embedded.places import LOGS, Owner, private_folder, set_aside, socket_folder
from config.embedded.processes import last_lines, start, stop, wait_until

DATABASE = "at_the_table"
OWNER_ROLE = "at_the_table_owner"
PRODUCT_ROLE = "at_the_table"
BOOTSTRAP_ROLE = "postgres"

RECOVERY_PATIENCE = 120.0
STOP_PATIENCE = 20.0
# For tests only: the data is worth nothing once the run is over.
CARELESS = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "autovacuum=off"]


@dataclass
class Cluster:
    """`name` is both the folder under var/ and the end of the socket folder's name."""

    name: str
    wanted: Path
    careless: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def owner(self) -> Owner:
        return server_owner()

    @property
    def sockets(self) -> Path:
        return socket_folder(self.name)

    @property
    def log(self) -> Path:
        return LOGS / f"{self.name}.log"

    @property
    def data(self) -> Path:
        return data_folder(self.wanted, self.owner)

    def url(self, role: str) -> str:
        return socket_url(self.sockets, role, DATABASE)

    def start(self) -> None:
        """Only under a lock that the caller holds: two starters on one folder would fight."""
        programs, data = postgres_programs(self.owner), self.data
        private_folder(self.sockets, self.owner)
        leftovers.clear(data, self.sockets)
        make_cluster(programs, data, self.owner)
        refuse_other_version(programs, data)
        command: list[str | Path] = [programs / "postgres", "-D", data, "-k", self.sockets]
        command += ["-c", "listen_addresses=", "-c", "port=5432"]
        for setting in CARELESS if self.careless else []:
            command += ["-c", setting]
        self.process = start(command, log=self.log, owner=self.owner, stop=signal.SIGINT)
        try:
            self.wait_until_ready()
            prepare_roles(self.sockets, may_create_databases=self.careless)
        except BaseException:
            self.stop()
            raise

    def wait_until_ready(self) -> None:
        assert self.process is not None
        process = self.process
        answered = wait_until(
            lambda: process.poll() is not None or accepts(self.sockets), RECOVERY_PATIENCE
        )
        if process.poll() is not None or not answered:
            raise EmbeddedError(
                f"Postgres did not start; {self.log} ends with:\n{last_lines(self.log)}"
            )

    def stop(self) -> None:
        """SIGINT is Postgres's fast, clean shutdown: sessions end, everything is on disk."""
        if self.process is not None:
            stop(self.process, signal.SIGINT, STOP_PATIENCE)
            self.process = None


def socket_url(sockets: Path, role: str, database: str) -> str:
    return f"postgres://{role}@/{database}?host={quote(str(sockets), safe='/')}"


def make_cluster(programs: Path, data: Path, owner: Owner) -> None:
    """Made beside its place, then renamed: `initdb` killed half-way leaves nothing behind."""
    if (data / "global" / "pg_control").exists():
        return
    for half_made in data.parent.glob(f"{data.name}.making-*"):
        shutil.rmtree(half_made)
    set_aside(data)
    making = data.with_name(f"{data.name}.making-{os.getpid()}")
    making.mkdir(mode=0o700)
    hand_over(making, owner)
    command: list[str | Path] = [programs / "initdb", "-D", making, "-U", BOOTSTRAP_ROLE]
    # Trust is private here: the sockets and the data lie in folders that only we can enter.
    command += ["-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    made = subprocess.run(command, cwd="/", capture_output=True, text=True, **as_owner(owner))
    if made.returncode:
        raise EmbeddedError(f"Postgres could not make its data folder:\n{made.stderr.strip()}")
    if hasattr(os, "sync"):
        os.sync()
    making.rename(data)


def refuse_other_version(programs: Path, data: Path) -> None:
    made_by = (data / "PG_VERSION").read_text().strip()
    answer = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True)
    ours = answer.stdout.split()[2].split(".")[0]
    if made_by != ours:
        raise EmbeddedError(
            f"{data} was made by Postgres {made_by} and this is {ours}: "
            f"name the older programs in POSTGRES_BIN, or remove that folder to start afresh."
        )


def connect(sockets: Path, database: str = "postgres") -> "psycopg2.extensions.connection":
    connection = psycopg2.connect(host=str(sockets), user=BOOTSTRAP_ROLE, dbname=database)
    connection.autocommit = True
    return connection


def accepts(sockets: Path) -> bool:
    try:
        connect(sockets).close()
    except psycopg2.OperationalError:
        return False
    return True


def prepare_roles(sockets: Path, *, may_create_databases: bool) -> None:
    """The product's role owns nothing, so Postgres can refuse what it must never do."""
    createdb = "CREATEDB" if may_create_databases else "NOCREATEDB"
    with closing(connect(sockets)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles")
        roles = {name for (name,) in cursor.fetchall()}
        for role in (OWNER_ROLE, PRODUCT_ROLE):
            if role not in roles:
                cursor.execute(f'CREATE ROLE "{role}" LOGIN')
        common = "NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS"
        cursor.execute(f'ALTER ROLE "{OWNER_ROLE}" {common} {createdb}')
        cursor.execute(f'ALTER ROLE "{PRODUCT_ROLE}" {common} NOCREATEDB')
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if cursor.fetchone() is None:
            cursor.execute(f'CREATE DATABASE "{DATABASE}" OWNER "{OWNER_ROLE}"')
