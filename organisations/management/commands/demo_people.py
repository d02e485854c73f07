"""One line for each invented person, for the terminal of `dev.py run`."""

from typing import Any

from django.core.management.base import BaseCommand

from organisations.queries import demo_people


class Command(BaseCommand):
    help = "List the demo people."

    def handle(self, *args: Any, **options: Any) -> None:
        for person in demo_people():
            self.stdout.write(f"  {person.email:<36} {person.places or 'no organisation'}")
