"""A whole round as it happens, and everything that is left of it: rows, log lines, emails, pages.

What is random (ids, codes, times) is replaced by what it stands for, so that two worlds can be
compared: a person's id becomes that person's number.
"""

import io
import logging
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

import structlog
from django.test import Client
from django.utils import timezone

from config import logs
from organisations.enums import Role
from organisations.models import User
from outbox.delivery import deliver_due
from panels.models import DeclarationRound, Gathering, Participant
from panels.queries.declaring import code_of, printed_codes
from tests.conftest import signed_in_as
from tests.database import owner_connection
from tests.factories.declaring import opened, seat_people, upcoming
from tests.factories.organisations import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.panels import GatheringFactory
from tests.outbox.peer import mail_server

AGENT, PLACE = "Distinct-Agent/9", "203.0.113.77"
MAILED, PRINTED = 6, 2
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{32}\b")
RANDOM = [
    (re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d[.\d]*(?:[+-][\d:]+|Z)?"), "TIME"),
    (re.compile(r"\\x[0-9a-f]{16,}"), "BYTES"),
    (re.compile(r"\b[A-Z2-7]{28}\b"), "CODE"),
    (re.compile(r"\b[A-Z2-7]{7}(?: [A-Z2-7]{7}){3}\b"), "CODE"),
    (re.compile(r"![A-Za-z0-9]{40}"), "NO PASSWORD"),
    (re.compile(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"\w+"'), "CSRF"),
    (re.compile(r'd="[^"]+"/>'), "PICTURE"),
]
COLUMNS = """
    SELECT table_name, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)
    FROM information_schema.columns JOIN pg_class ON relname = table_name AND relkind = 'r'
    WHERE table_schema = 'public' AND table_name NOT IN
        ('django_migrations', 'django_content_type', 'auth_permission', 'django_session')
      AND NOT (column_name = 'id' AND data_type IN ('bigint', 'integer'))
      AND column_name <> 'closed_in'
    GROUP BY table_name ORDER BY table_name
"""


@dataclass
class World:
    """`answered`: the numbers of those who answered, in order; printed codes are 7 and 8."""

    alice: User
    asked: DeclarationRound
    codes: dict[int, str] = field(default_factory=dict)
    written: str = ""

    @property
    def gathering(self) -> Gathering:
        return self.asked.gathering

    def answer(self, number: int, **typed: str) -> int:
        """Through the page, as anybody does."""
        visitor = Client(REMOTE_ADDR=PLACE, HTTP_USER_AGENT=AGENT)
        address = f"/r/{self.codes[number]}/answer/"
        visitor.get(address)
        return visitor.post(address, typed).status_code

    def normal(self, text: str) -> str:
        stands_for = {
            str(pk): f"PERSON-{number}"
            for pk, number in Participant.objects.values_list("pk", "number")
        }
        found = UUID.sub(lambda match: stands_for.get(match[0], "ID"), text)
        for pattern, instead in RANDOM:
            found = pattern.sub(instead, found)
        return found

    def rows(self, *, but: tuple[str, ...] = ()) -> dict[str, list[str]]:
        return {
            table: sorted(self.normal(row) for row in rows)
            for table, rows in raw_rows().items()
            if table not in but
        }

    def everything(self) -> str:
        """Every row, email and log line, as it stands."""
        rows = (row for table in raw_rows().values() for row in table)
        return "\n".join([*rows, self.written])


def a_world() -> World:
    harbour = OrganisationFactory(name="Harbour Minds", slug="harbour-minds")
    alice = UserFactory(email="alice@harbour.example", display_name="Alice Adeyemi")
    MembershipFactory(user=alice, organisation=harbour, roles=list(Role))
    gathering = upcoming(GatheringFactory(organisation=harbour, title="Voices", created_by=alice))
    seat_people(gathering, MAILED, PRINTED)
    return asked_anew(alice, gathering)


def asked_anew(alice: User, gathering: Gathering) -> World:
    world = World(alice, opened(gathering, by=alice))
    for token in world.asked.tokens.exclude(participant=None).select_related("participant"):
        world.codes[token.participant.number] = code_of(token)
    for number, token in enumerate(printed_codes(world.asked), MAILED + 1):
        world.codes[number] = code_of(token)
    return world


def send_mail() -> None:
    with mail_server():
        deliver_due(clock=timezone.now)


def raw_rows() -> dict[str, list[str]]:
    """Every table but those of migrations, read by its owner."""
    with closing(owner_connection()) as connection, connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        found = {}
        for table, columns in cursor.fetchall():
            cursor.execute(f'SELECT ROW({columns})::text FROM "{table}"')
            found[table] = [row for (row,) in cursor.fetchall()]
    return found


@contextmanager
def logged(world: World) -> Iterator[None]:
    """Everything said at any level, formatted as the product does."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processor=logs.renderer, foreign_pre_chain=logs.foreign_pre_chain
        )
    )
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        world.written += stream.getvalue()


def pages(world: World) -> dict[str, str]:
    """What an organiser with every role sees of it, and of the emails."""
    client, gathering = signed_in_as(world.alice), world.gathering
    events = "/o/harbour-minds/events/"
    of_round = f"{events}{gathering.pk}/asking/{world.asked.pk}/"
    addresses = [
        events,
        f"{events}{gathering.pk}/",
        f"{events}{gathering.pk}/line-up/",
        of_round,
        f"{of_round}sheet/",
        f"{of_round}close/",
        "/o/harbour-minds/mail/",
        "/o/harbour-minds/",
    ]
    found = {}
    for address in addresses:
        response = client.get(address, follow=True)
        found[world.normal(address)] = world.normal(response.content.decode())
    return found
