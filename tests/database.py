"""Tests are set up by the owner of the database and run as the product's role.

So a test fails where the product would: the role it runs as cannot alter the tables, empty
them, or touch what history forbids.
"""

from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager

import psycopg2
import pytest
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase
from psycopg2 import sql
from psycopg2.extensions import connection as RawConnection  # noqa: N812
from pytest_django import DjangoDbBlocker

from tests.database_template import create_test_database
from tests.tracing import untraced

# Filled by migrations and the same for every test.
KEPT_TABLES = ("django_migrations", "django_content_type", "auth_permission")
TABLES = """
    SELECT relname FROM pg_class
    WHERE relkind IN ('r', 'p') AND NOT relispartition
      AND relnamespace = 'public'::regnamespace AND relname <> ALL (%s)
"""
END_OTHER_SESSIONS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
"""
TRUNCATE_EVENT = 32
REFUSING = """
    SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger
    WHERE NOT tgisinternal AND tgtype & %s <> 0
"""


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_modify_db_settings: None,
) -> Generator[None]:
    """Create and migrate as the owner, then point the product's connection at the result."""
    reuse = django_db_keepdb and not django_db_createdb
    owner, product = connections["owner"], connections["default"]
    original = owner.settings_dict["NAME"]
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        if reuse:
            name = owner.creation.create_test_db(verbosity=0, autoclobber=True, keepdb=True)
        else:
            with untraced():  # migrations are counted nowhere, and take longest
                name = create_test_database(owner)
        owner.close()
        product.close()
        for alias in (product.settings_dict, settings.DATABASES["default"]):
            patch.setitem(alias, "NAME", name)
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_every_table)
        yield
        for connection in (product, owner):
            end_other_sessions(connection)
        owner.creation.destroy_test_db(original, verbosity=0, keepdb=django_db_keepdb)


def end_other_sessions(connection: BaseDatabaseWrapper) -> None:
    """Of the connection's own role: what a thread of some test has left open bars the drop."""
    connection.close()
    with closing(psycopg2.connect(**connection.get_connection_params())) as session:
        session.cursor().execute(END_OTHER_SESSIONS)


def empty_every_table(case: TransactionTestCase) -> None:
    """In place of Django's flush, which the product's role may not do.

    The owner's connection is opened here: Django closes the other alias to a test that did
    not ask for it.
    """
    connections["default"].close()
    with closing(owner_connection()) as connection, connection, connection.cursor() as cursor:
        cursor.execute(TABLES, [list(KEPT_TABLES)])
        tables = [sql.Identifier(name) for (name,) in cursor.fetchall()]
        with refusals_lifted(connection):
            cursor.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(tables)))


def owner_connection() -> RawConnection:
    owner = connections["owner"]
    return psycopg2.connect(**owner.get_connection_params())


@contextmanager
def refusals_lifted(connection: RawConnection) -> Iterator[None]:
    """Append-only tables refuse TRUNCATE by trigger; for this one transaction they do not."""
    with connection.cursor() as cursor:
        cursor.execute(REFUSING, [TRUNCATE_EVENT])
        tables = [sql.SQL(name) for (name,) in cursor.fetchall()]
        for table in tables:
            cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(table))
        yield
        for table in tables:
            cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(table))
