"""One line for each invented person, for the terminal of `dev.py run`."""

from typing import Any

from django.core.management.base import BaseCommand

from organisations.queries import demo_people


class Command(BaseCommand):
    help = "List the demo people."

    def handle(self, *args: Any, **options: Any) -> None:
        for user in demo_people().prefetch_related("memberships__organisation"):
            places = [
                f"{', '.join(membership.role_labels)} at {membership.organisation.name}"
                for membership in user.memberships.all()
                if membership.ended_at is None
            ]
            self.stdout.write(f"  {user.email:<34} {'; '.join(places) or 'no organisation'}")
