"""Throw-away clusters for test runs: one slot for each run that is under way."""

import shutil
from typing import IO

from config.embedded import EmbeddedError
from config.embedded.places import VAR, try_lock
from config.embedded.postgres import Cluster

MOST_RUNS_AT_ONCE = 32


def claim_slot() -> tuple[Cluster, IO[str]]:
    for number in range(1, MOST_RUNS_AT_ONCE + 1):
        lock = try_lock(VAR / f"test-postgres-{number}.lock")
        if lock is not None:
            return start_afresh_if_broken(number), lock
    raise EmbeddedError(f"{MOST_RUNS_AT_ONCE} test runs are under way; wait for one to end.")


def start_afresh_if_broken(number: int) -> Cluster:
    """Without fsync a power cut may spoil the folder, and nothing in it is worth keeping."""
    cluster = Cluster(f"test{number}", VAR / f"test-postgres-{number}", careless=True)
    try:
        cluster.start()
    except EmbeddedError:
        shutil.rmtree(cluster.data, ignore_errors=True)
        cluster.start()
    return cluster
