"""The triggers stop the owner of the tables as well, who has every privilege."""

from collections.abc import Iterator
from contextlib import closing

import psycopg2
import pytest

from history.grants import append_only_tables
from tests.database import owner_connection


@pytest.fixture
def owner(db: None) -> Iterator[psycopg2.extensions.cursor]:
    """A cursor of the owner, whose work is rolled back."""
    with closing(owner_connection()) as connection, connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '5s'")
        yield cursor


def test_the_list_of_append_only_tables_is_known() -> None:
    assert append_only_tables() == [
        "commitments_checkinline",
        "commitments_replytally",
        "committees_decision",
        "committees_opinion",
        "committees_pack",
        "history_entry",
        "outbox_attempt",
        "panels_pooledgathering",
        "panels_pooledrelease",
        "panels_sessioncount",
        "panels_snapshot",
        "panels_tally",
        "recommendations_coveragecount",
        "recommendations_embeddingcheck",
        "recommendations_evidenceversion",
        "recommendations_extension",
        "recommendations_extensionend",
        "recommendations_handover",
        "recommendations_notyet",
        "recommendations_progressupdate",
        "recommendations_reading",
    ]


@pytest.mark.parametrize("table", append_only_tables())
def test_truncate_is_refused_to_the_owner(owner: psycopg2.extensions.cursor, table: str) -> None:
    with pytest.raises(psycopg2.Error, match="truncate refused"):
        owner.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize(
    "statement", ["UPDATE history_entry SET verb = 'x'", "DELETE FROM history_entry"]
)
def test_update_and_delete_are_refused_to_the_owner(
    owner: psycopg2.extensions.cursor, statement: str
) -> None:
    owner.execute(
        "INSERT INTO history_entry (verb, at, subject_type, subject_id, details)"
        " VALUES ('x', now(), 'x', gen_random_uuid(), '{}')"
    )
    with pytest.raises(psycopg2.Error, match="Cannot update or delete rows"):
        owner.execute(statement)
