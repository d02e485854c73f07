"""History is written with the change or not at all, and Postgres lets nobody edit it."""

import uuid
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from history.actions import record, record_many
from history.models import Entry
from history.queries import lines_about
from organisations.enums import OrganisationVerb
from organisations.models import Organisation, User

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def entry(harbour: Organisation, alice: User) -> Entry:
    return record(
        OrganisationVerb.CREATED, subject=harbour, organisation=harbour, by=alice, now=NOW
    )


def test_an_entry_reads_as_a_sentence(entry: Entry, harbour: Organisation) -> None:
    assert [(line.at, line.text) for line in lines_about(harbour)] == [
        (NOW, "Alice Adeyemi set up this organisation")
    ]


def test_the_system_is_named_where_nobody_acted(harbour: Organisation) -> None:
    record(OrganisationVerb.CREATED, subject=harbour, organisation=harbour, by=None, now=NOW)
    assert [line.text for line in lines_about(harbour)] == ["The system set up this organisation"]


def test_another_records_entries_are_left_out(
    entry: Entry, harbour: Organisation, northside: Organisation, chidi: User
) -> None:
    record(OrganisationVerb.CREATED, subject=northside, organisation=northside, by=chidi, now=NOW)
    assert [line.text for line in lines_about(harbour)] == [
        "Alice Adeyemi set up this organisation"
    ]


def test_newest_first_in_one_query(
    harbour: Organisation, alice: User, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    record(OrganisationVerb.CREATED, subject=harbour, organisation=harbour, by=alice, now=NOW)
    record(OrganisationVerb.JOINED, subject=harbour, organisation=harbour, by=alice, now=NOW)
    with django_assert_num_queries(1):
        lines = lines_about(harbour)
    assert [line.text for line in lines] == [
        "Alice Adeyemi joined",
        "Alice Adeyemi set up this organisation",
    ]


@pytest.mark.parametrize("rows", [0, 3])
def test_many_in_one_statement(
    rows: int, harbour: Organisation, alice: User, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    verb = OrganisationVerb.CREATED
    with django_assert_num_queries(1 if rows else 0):
        record_many(
            verb, about=[(harbour, {"step": n}) for n in range(rows)],
            organisation=harbour, by=alice, now=NOW,
        )  # fmt: skip
    said = Entry.objects.order_by("pk").values_list("verb", "actor", "subject_id", "details")
    assert list(said) == [(verb, alice.pk, harbour.pk, {"step": f"{n}"}) for n in range(rows)]


def test_a_verb_without_a_sentence_is_refused(harbour: Organisation, alice: User) -> None:
    with pytest.raises(ValueError, match="No sentence is registered for 'made.up'"):
        record("made.up", subject=harbour, organisation=harbour, by=alice, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_it_is_refused_outside_a_transaction() -> None:
    organisation = Organisation(pk=uuid.uuid4())
    with pytest.raises(RuntimeError, match="in the transaction of the change"):
        record(OrganisationVerb.CREATED, subject=organisation, organisation=None, by=None, now=NOW)


def test_the_product_is_neither_owner_nor_superuser(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles"
            " WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False, False, False, False)
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history_entry SET verb = 'x'",
        "DELETE FROM history_entry",
        "TRUNCATE history_entry",
    ],
)
def test_the_product_may_not_change_history(entry: Entry, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Entry.objects.count() == 1


def test_nor_may_it_switch_the_triggers_off(entry: Entry) -> None:
    with (
        pytest.raises(DatabaseError, match="must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("ALTER TABLE history_entry DISABLE TRIGGER ALL")
