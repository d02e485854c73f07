"""Loads the wordings of the pledge. Running it again changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from commitments.actions import WordingChangedError, load_wording
from commitments.catalogue_file import load_catalogue
from commitments.toml_rows import CatalogueError


class Command(BaseCommand):
    help = "Load the wordings of the pledge from commitments/catalogue/."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            entries = load_catalogue()
            loaded = [load_wording(entry=entry, now=timezone.now()) for entry in entries]
        except (CatalogueError, WordingChangedError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Wordings: {len(loaded)} read, {sum(loaded)} new.")
