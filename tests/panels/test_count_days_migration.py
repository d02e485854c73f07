"""Counts from before there were several days get theirs, and stay append-only."""

from contextlib import closing
from importlib import import_module

import psycopg2
import pytest

from tests.database import owner_connection
from tests.factories.panels import GatheringFactory, TallyFactory

MIGRATION = import_module("panels.migrations.0004_counts_have_a_day").Migration


@pytest.mark.django_db(transaction=True)
def test_they_take_the_day_of_their_event() -> None:
    event = GatheringFactory()
    older = TallyFactory(gathering=event)
    with closing(owner_connection()) as connection:
        with connection, connection.cursor() as cursor:
            for operation in MIGRATION.operations:
                cursor.execute(operation.sql)
        older.refresh_from_db()
        assert older.as_at == event.held_on
        with (
            pytest.raises(psycopg2.Error, match="Cannot update"),
            connection,
            connection.cursor() as cursor,
        ):
            cursor.execute("UPDATE panels_tally SET yes = 4")
