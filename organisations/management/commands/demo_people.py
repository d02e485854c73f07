"""One line for each invented person, for the terminal of `dev.py run`."""

from typing import Any

from django.core.management.base import BaseCommand

from organisations.queries import demo_people


class Command(BaseCommand):
    help = "List the demo people."

    def handle(self, *args: Any, **options: Any) -> None:
        people = demo_people()
        if people:
            self.stdout.write("Sign in with one click as one of these invented people:")
        for person in people:
            place = f" at {person.place}" if person.place else ""
            self.stdout.write(f"  {person.shown_name:<22} {person.job}{place}")
