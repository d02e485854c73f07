"""Rounds from before the close was sealed: those that had closed stay readable, and the links of
those that are open know to whom they went."""

from contextlib import closing
from importlib import import_module

import pytest
from django.utils import timezone

from organisations.models import User
from panels.actions.declaring import close_round
from panels.models import Gathering
from panels.queries.declaring import opened_counters
from tests.database import owner_connection
from tests.factories.declaring import answers, opened, seat_people, upcoming
from tests.factories.panels import GatheringFactory

MIGRATION = import_module("panels.migrations.0009_counters_open_after_the_close")


@pytest.mark.django_db(transaction=True)
def test_what_stood_there_before(gathering: Gathering, alice: User) -> None:
    seat_people(upcoming(gathering), 4, 1)
    closed = opened(gathering, by=alice)
    answers(closed, *[("yes", "no")] * 3)
    close_round(round_id=closed.pk, by=alice, now=timezone.now())
    other = upcoming(GatheringFactory(organisation=gathering.organisation))
    seat_people(other, 4, 1)
    asked = opened(other, by=alice)
    before = sorted(asked.tokens.values_list("pk", "address_sha256"), key=lambda row: row[0])
    with closing(owner_connection()) as connection, connection, connection.cursor() as cursor:
        cursor.execute("DELETE FROM panels_sealedclose")
        cursor.execute("UPDATE panels_declarationtoken SET address_sha256 = NULL")
    assert opened_counters(closed) == {}
    with closing(owner_connection()) as connection, connection, connection.cursor() as cursor:
        for statement in (MIGRATION.CLOSED_BEFORE, MIGRATION.ASKED_BEFORE):
            cursor.execute(statement)
    assert len(opened_counters(closed)) == 2
    assert opened_counters(asked) == {}
    after = sorted(asked.tokens.values_list("pk", "address_sha256"), key=lambda row: row[0])
    assert [row and bytes(row) for _, row in after] == [row and bytes(row) for _, row in before]
    assert sum(row is None for _, row in after) == 1
