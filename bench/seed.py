"""A database the size of the sector, filled by set-based SQL in a minute or so.

The owner's connection writes: what is append-only may be added to, by anybody.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import connections, transaction
from django.utils import timezone

from organisations.models import User
from panels.actions.statements import make_statement
from panels.enums import StatementKind
from panels.freezing import fingerprint
from panels.models import Gathering
from panels.queries.statements import facts_to_state

SQL = Path(__file__).parent / "sql"
OWNER = "owner"
# The measured organisation, and the person in it who is signed in and holds every role.
MEASURED_SLUG = "charity-1"
MEASURED_PERSON = "person1@bench.example"
MEASURED_PLEDGE = "leader-1"
# Beside it, one with a hundred thousand events and groups; the same person is a member there.
LONG_RECORD_SLUG = "long-record"
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
    def long_record(self) -> int:
        """Events and groups of one organisation."""
        return 100 * self.organisations

    @property
    def conferences(self) -> int:
        """So many of those have a line-up, of 500 seats each."""
        return 2 * self.organisations

    @property
    def parameters(self) -> dict[str, int]:
        """`first_…`: so many of them belong to the organisation that is measured."""
        return {
            "organisations": self.organisations,
            "people": self.people,
            "pledges": self.pledges,
            "gatherings": self.gatherings,
            "long_record": self.long_record,
            "conferences": self.conferences,
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
    share_a_statement()
    analyse()


def share_a_statement() -> None:
    """Through the product, which alone knows what one may say."""
    counted = Gathering.objects.filter(organisation__slug=LONG_RECORD_SLUG, kind="conference")
    gathering = counted.earliest("pk")
    facts = facts_to_state(gathering, today=timezone.localdate())
    assert facts is not None, "it is counted"
    make_statement(
        gathering=gathering,
        kind=StatementKind.PUBLIC,
        seen=fingerprint(facts),
        by=User.objects.get(email=MEASURED_PERSON),
        now=timezone.now(),
    )


def analyse() -> None:
    """VACUUM too: without its map of visible pages no index is read alone."""
    if connections[OWNER].in_atomic_block:
        return
    with connections[OWNER].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
