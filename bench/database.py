"""A database of the bench's own: made before, dropped after.

With DATABASE_URL and DATABASE_OWNER_URL set it is made on that server, by its owner's role, which
must be allowed to. Otherwise an embedded server of its own is started for it.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

import psycopg2
from django.core.management import call_command
from django.db import connections
from psycopg2 import sql

from config.embedded.places import VAR, only_one
from config.embedded.postgres import OWNER_ROLE, PRODUCT_ROLE, Cluster

NAME = "at_the_table_bench"


@contextmanager
def server() -> Iterator[None]:
    """A server to measure on. Before settings are read: they take its address from here."""
    with ExitStack() as stack:
        if not os.environ.get("DATABASE_URL"):
            note = "A bench is under way: wait for it to end."
            stack.enter_context(only_one(VAR / "bench.lock", note))
            cluster = Cluster("bench", VAR / "bench-postgres", careless=True)
            stack.callback(cluster.stop)
            cluster.start()
            os.environ["DATABASE_URL"] = cluster.url(PRODUCT_ROLE)
            os.environ["DATABASE_OWNER_URL"] = cluster.url(OWNER_ROLE)
        yield


@contextmanager
def database() -> Iterator[None]:
    """Empty and migrated; both of Django's connections lead to it."""
    recreate()
    for alias in ("default", "owner"):
        connections[alias].settings_dict["NAME"] = NAME
    try:
        call_command("migrate", database="owner", interactive=False, verbosity=0)
        yield
    finally:
        connections.close_all()
        drop()


def recreate() -> None:
    drop()
    run(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))


def drop() -> None:
    run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(NAME)))


def run(statement: sql.Composable) -> None:
    """As the owner, from the database that its address names: none can drop the one it is in."""
    with closing(psycopg2.connect(os.environ["DATABASE_OWNER_URL"])) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
