"""What the product's database role may do. It owns nothing, so Postgres can refuse it."""

from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import connections

LEDGER_OF_MIGRATIONS = "django_migrations"


def append_only_tables() -> list[str]:
    """Table names of every model marked append-only, sorted."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if getattr(model, "is_append_only", False)
    )


def erasable_columns() -> dict[str, tuple[str, ...]]:
    """Of each table that only grows, the columns of words that may be blanked; often none."""
    return {
        model._meta.db_table: tuple(getattr(model, "erasable_fields", ()))
        for model in apps.get_models()
        if getattr(model, "is_append_only", False)
    }


def sealed_tables() -> list[str]:
    """Table names of every model that the product reaches through the owner's functions alone."""
    return sorted(
        model._meta.db_table for model in apps.get_models() if getattr(model, "is_sealed", False)
    )


def grant_to_product_role(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Run after migrations: everything on ordinary tables, INSERT and SELECT on those that
    only grow, nothing at all on those that are sealed."""
    if sender.name != "history":
        return
    connection = connections[using]
    role = connection.ops.quote_name(str(settings.PRODUCT_DATABASE_ROLE))
    append_only, sealed, erasable = append_only_tables(), sealed_tables(), erasable_columns()
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
        for table in sorted(existing):
            name = connection.ops.quote_name(table)
            allowed = "SELECT, INSERT, UPDATE, DELETE"
            if table in append_only:
                allowed = "SELECT, INSERT"
                if columns := erasable.get(table):
                    words = ", ".join(connection.ops.quote_name(column) for column in columns)
                    allowed += f", UPDATE ({words})"
            elif table == LEDGER_OF_MIGRATIONS:
                allowed = "SELECT"
            cursor.execute(f"REVOKE ALL ON {name} FROM {role}")
            if table in sealed:
                continue
            cursor.execute(f"GRANT {allowed} ON {name} TO {role}")
