"""A migrated database that later test runs copy, because applying every migration takes longest.

It is kept beside the test databases under a name that changes with whatever makes it: so one
that no longer fits is never copied, and is dropped when the next is made.
"""

import hashlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import metadata
from pathlib import Path

import psycopg2
from django.apps import apps
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg2 import sql
from psycopg2.extensions import cursor as Cursor  # noqa: N812

from history.grants import append_only_tables, sealed_tables

PREFIX = "template_at_the_table_"
ONE_AT_A_TIME = 7_205_431
"""The number of the lock under which a template is looked for, made and copied."""
ROOT = Path(__file__).resolve().parent.parent


def template_name() -> str:
    """Changes with the migrations, the grants, the product's role and the versions that matter."""
    made_of = hashlib.sha256()
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        folder = Path(config.path)
        for path in sorted((folder / "migrations").glob("*.py")):
            made_of.update(f"{config.label}/{path.name}".encode() + path.read_bytes())
    made_of.update((ROOT / "history" / "grants.py").read_bytes())
    versions = [metadata.version(name) for name in ("django", "django-pgtrigger")]
    said = [append_only_tables(), sealed_tables(), settings.PRODUCT_DATABASE_ROLE, versions]
    made_of.update(repr(said).encode())
    return PREFIX + made_of.hexdigest()[:16]


def create_test_database(owner: BaseDatabaseWrapper) -> str:
    """Its name, as Django's `create_test_db` gives it; copied where there is a template."""
    template = template_name()
    name = str(owner.creation._get_test_db_name())
    with server(owner) as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        if template not in databases(cursor):
            owner.creation.create_test_db(verbosity=0, autoclobber=True)
            owner.close()
            for old in databases(cursor):
                cursor.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
            copy(cursor, source=name, name=template)
            return name
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        copy(cursor, source=template, name=name)
    owner.close()
    settings.DATABASES[owner.alias]["NAME"] = name
    owner.settings_dict["NAME"] = name
    return name


def databases(cursor: Cursor) -> list[str]:
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
    return [name for (name,) in cursor.fetchall()]


def copy(cursor: Cursor, *, source: str, name: str) -> None:
    cursor.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(source)
        )
    )


@contextmanager
def server(owner: BaseDatabaseWrapper) -> Iterator[Cursor]:
    """A connection to no database of ours; the lock goes with it."""
    where = owner.get_connection_params() | {"dbname": "postgres"}
    with closing(psycopg2.connect(**where)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            yield cursor
