"""Migrations run as the owner of the tables; the product's own role may not change a table."""

from argparse import ArgumentParser

from django.core.management.commands.migrate import Command as MigrateCommand


class Command(MigrateCommand):
    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database="owner")
