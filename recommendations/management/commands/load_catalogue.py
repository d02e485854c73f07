"""Loads the wordings of the pledge and checks the reviews. Running it again changes nothing."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from commitments import catalogue_file as wordings
from commitments.actions import WordingChangedError, load_wording
from commitments.toml_rows import CatalogueError
from recommendations import catalogue_file as reviews

Entry = TypeVar("Entry")


class Command(BaseCommand):
    help = "Load the wordings of the pledge, and check the reviews that organisations may add."

    def handle(self, *args: Any, **options: Any) -> None:
        problems: list[str] = []
        entries = read(wordings.load_catalogue, problems)
        on_offer = read(reviews.load_catalogue, problems)
        if problems:
            raise CommandError("\n".join(problems))
        try:
            loaded = [load_wording(entry=entry, now=timezone.now()) for entry in entries]
        except WordingChangedError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Wordings: {len(loaded)} read, {sum(loaded)} new.")
        self.stdout.write(f"Reviews: {len(on_offer)} read.")


def read(load: Callable[[], tuple[Entry, ...]], problems: list[str]) -> tuple[Entry, ...]:
    """Nothing is loaded while either catalogue has a mistake; all of them are named at once."""
    try:
        return load()
    except CatalogueError as error:
        problems.append(str(error))
        return ()
