"""What is due, what is owed and what was sent, for whoever runs the installation.

Says what the coordinators' pages say, and no more: never the words of an email, nor who was asked
to be counted.
"""

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from organisations.enums import Nation
from organisations.models import Organisation
from outbox.enums import State
from outbox.models import Email
from outbox.queries import newest_mail
from outbox.why import why_in_words
from reminders.actions import send_anew
from reminders.dry_run import as_people, due_in
from reminders.schedule import london_date

MOST = 200


class Command(BaseCommand):
    help = "Show mail: today (what would go out), outbox (the newest), send-again (what failed)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["today", "outbox", "send-again"])
        parser.add_argument("--organisation", metavar="SLUG", help="of this one alone")
        parser.add_argument(
            "--state", choices=State.values, help="in this state; again: failed unless said"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        home = organisation_called(options["organisation"])
        if options["what"] == "today":
            homes = [home] if home else list(Organisation.objects.order_by("name"))
            rows = [row for each in homes for row in today_rows(each)]
            self.show(["Organisation", "To", "About", "Because today is", "What becomes"], rows)
        elif options["what"] == "outbox":
            state = State(options["state"]) if options["state"] else None
            emails = newest_mail(home, state=state)[:MOST]
            headings = ["Written", "Organisation", "To", "About", "State", "Why"]
            self.show(headings, [outbox_row(email) for email in emails])
        else:
            state = State(options["state"] or State.FAILED)
            count = sent_anew(home, state=state)
            if not count:
                raise CommandError(f"No email that is {state.label.lower()} can be sent again.")
            self.stdout.write(f"{count} sent again.")

    def show(self, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """As columns, or a word where there is nothing."""
        lines = [headings, *rows]
        if len(lines) == 1:
            self.stdout.write("Nothing.")
            return
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        for line in lines:
            cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())


def organisation_called(slug: str | None) -> Organisation | None:
    if slug is None:
        return None
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(f"There is no organisation called {slug}.")
    return found


def today_rows(home: Organisation) -> Iterator[Sequence[str]]:
    today = london_date(timezone.now())
    due = due_in(home, today=today)
    for one in as_people(list(due), due, nation=Nation(home.nation), today=today):
        for item in one.items:
            yield home.slug, one.person.email, item.kind, item.why, item.fate


def outbox_row(email: Email) -> Sequence[str]:
    return (
        f"{timezone.localtime(email.created_at):%Y-%m-%d %H:%M}",
        email.organisation.slug if email.organisation else "-",
        email.to_address,
        email.get_kind_display(),
        email.get_state_display(),
        why_in_words(email.last_error),
    )


def sent_anew(home: Organisation | None, *, state: State) -> int:
    """All that failed, or was held back, and is still of use, once."""
    return send_anew(newest_mail(home, state=state), by=None, now=timezone.now())
