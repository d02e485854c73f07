"""The servers a development run needs: each one embedded, unless the environment names another."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from config.embedded.places import VAR, only_one, try_lock
from config.embedded.postgres import Cluster
from config.embedded.valkey import Broker

RUN_LOCK = VAR / "run.lock"
Server = Cluster | Broker


def main_cluster() -> Cluster:
    return Cluster("postgres", VAR / "postgres")


def needed() -> list[Server]:
    servers: list[Server] = []
    if not os.environ.get("DATABASE_URL"):
        servers.append(main_cluster())
    if not os.environ.get("REDIS_URL"):
        servers.append(Broker("valkey", VAR / "valkey"))
    return servers


@contextmanager
def running_services() -> Iterator[list[Server]]:
    """Start what is needed, in order, and stop it in reverse, under this project's one lock."""
    with ExitStack() as stack:
        stack.enter_context(only_one(RUN_LOCK, already_running(os.getpid())))
        servers = needed()
        for server in servers:
            stack.callback(server.stop)
            server.start()
        yield servers


def already_running(pid: int) -> str:
    return f"It is running already, as process {pid}: stop that one first, with Ctrl-C."


def is_running_already() -> bool:
    lock = try_lock(RUN_LOCK)
    if lock is None:
        return True
    lock.close()
    return False
