from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from organisations.models import Organisation


class Command(BaseCommand):
    help = "Add four invented organisations to look around in. For development alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when there is any organisation"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_DEVELOPMENT:
            raise CommandError("Invented people belong in development, never in an installation.")
        # The story is built by the test factories, which an installation does not have.
        from demo import story

        if options["if_empty"] and Organisation.objects.exists():
            return
        if story.is_told():
            raise CommandError("The demo organisations are here already.")
        call_command("load_catalogue", verbosity=0)
        people = story.tell(now=timezone.now())
        self.stdout.write(
            f"Added four invented organisations, and {len(people)} people to sign in as."
        )
