"""Starts the tests' own Postgres before Django's settings are read; a conftest is too late.

Each run takes the first free slot, so that several runs at once never share a server. With
DATABASE_URL set (and DATABASE_OWNER_URL, whose role may create databases) that server is used.
So it is in the workers of one run: they inherit both from the process that started them.
"""

import os
from typing import IO

import pytest

running: list[tuple[object, IO[str]]] = []


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """After pytest-cov, which comes later and so first; before pytest-django, which waits."""
    if not os.environ.get("DATABASE_URL"):
        start_cluster()


def start_cluster() -> None:
    from config.embedded import EmbeddedError
    from config.embedded.postgres import OWNER_ROLE, PRODUCT_ROLE
    from config.embedded.testing import claim_slot

    try:
        cluster, lock = claim_slot()
    except EmbeddedError as problem:
        pytest.exit(str(problem), returncode=3)
    running.append((cluster, lock))
    os.environ["DATABASE_URL"] = cluster.url(PRODUCT_ROLE)
    os.environ["DATABASE_OWNER_URL"] = cluster.url(OWNER_ROLE)


def pytest_unconfigure() -> None:
    while running:
        cluster, lock = running.pop()
        cluster.stop()  # type: ignore[attr-defined]
        lock.close()
