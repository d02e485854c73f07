"""A database the size of the sector, filled by set-based SQL in a minute or so.

The owner's connection writes: what is append-only may be added to, by anybody.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import connections, transaction

SQL = Path(__file__).parent / "sql"
OWNER = "owner"
# The measured organisation, and the person in it who is signed in and holds every role.
MEASURED_SLUG = "charity-1"
MEASURED_PERSON = "person1@bench.example"
MEASURED_PLEDGE = "leader-1"
LONGEST_RECORD = "leader-2"
# Unset, each call of a trigger catches an error, which costs more the more foreign keys wait to
# be checked at the end of the transaction.
QUIET_TRIGGERS = "SET pgtrigger.ignore = '{}'"


@dataclass(frozen=True)
class Size:
    """Everything follows from the number of organisations; at least 2."""

    organisations: int = 1000

    @property
    def people(self) -> int:
        return 20 * self.organisations

    @property
    def pledges(self) -> int:
        return 10 * self.organisations

    @property
    def gatherings(self) -> int:
        return 20 * self.organisations

    @property
    def recommendations(self) -> int:
        return 22 * self.organisations

    @property
    def parameters(self) -> dict[str, int]:
        """`first_…`: so many of them belong to the organisation that is measured."""
        return {
            "organisations": self.organisations,
            "people": self.people,
            "pledges": self.pledges,
            "gatherings": self.gatherings,
            "first_people": min(60, self.people),
            "first_gatherings": max(30, self.gatherings // 50),
        }


def seed(size: Size, say: Callable[[str], object] = print) -> None:
    """Fill an empty, migrated database; then let the planner count it."""
    call_command("load_catalogue", verbosity=0)
    with connections[OWNER].cursor() as cursor:
        cursor.execute(QUIET_TRIGGERS)
        for path in sorted(SQL.glob("*.sql")):
            began = time.perf_counter()
            with transaction.atomic(using=OWNER):
                cursor.execute(path.read_text(), size.parameters)
            say(f"  {path.stem[3:]:<16}{time.perf_counter() - began:6.1f} s")
    analyse()


def analyse() -> None:
    """VACUUM too: without its map of visible pages no index is read alone."""
    if connections[OWNER].in_atomic_block:
        return
    with connections[OWNER].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
