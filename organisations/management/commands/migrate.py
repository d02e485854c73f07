"""Migrations run as the owner of the tables; the product's own role may not change a table."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands.migrate import Command as MigrateCommand
from django.db import connections


class Command(MigrateCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> None:
        """As one role for both, it would end by taking that role's own rights away."""
        role = connections[options["database"]].settings_dict["USER"]
        if role == settings.PRODUCT_DATABASE_ROLE:
            raise CommandError(
                f"Migrations would run as {role!r}, the product's own role: set "
                "DATABASE_OWNER_URL to the role that owns the tables (docs/deploying.md)."
            )
        super().handle(*args, **options)
