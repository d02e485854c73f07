"""Somebody who runs what they like under the product's role reads no counters before the close of
their round is committed, and then everybody sees that it is closed."""

from collections.abc import Iterator
from contextlib import closing

import psycopg2
import pytest
from django.db import connection, transaction
from django.utils import timezone
from psycopg2.extensions import connection as RawConnection  # noqa: N812

from organisations.models import User
from panels.actions.declaring import close_round
from panels.models import DeclarationRound, Gathering
from tests.factories.declaring import answers, opened, seat_people, upcoming
from tests.panels.asking import rows

pytestmark = pytest.mark.django_db(transaction=True)

OPEN = "SELECT part, measure, yes, no FROM panels_open_counters(%s)"
CLOSE = "SELECT panels_close_round(%s, now())"
HELD = [("whole", "minoritised", 1, 3), ("whole", "women", 3, 1)]


@pytest.fixture
def asked(gathering: Gathering, alice: User) -> DeclarationRound:
    seat_people(upcoming(gathering), 6)
    asked = opened(gathering, by=alice)
    answers(asked, *[("yes", "no")] * 3, ("no", "yes"))
    return asked


@pytest.fixture
def another(asked: DeclarationRound) -> Iterator[RawConnection]:
    """A second connection of the product's role."""
    with closing(psycopg2.connect(**connection.get_connection_params())) as found:
        yield found


def run(
    statement: str, *given: object, on: RawConnection | None = None
) -> list[tuple[object, ...]]:
    with (on or connection).cursor() as cursor:
        cursor.execute(statement, given)
        return sorted(cursor.fetchall()) if cursor.description else []


def peep(asked: DeclarationRound, on: RawConnection | None = None) -> list[tuple[object, ...]]:
    return run(OPEN, asked.pk, on=on)


def close(asked: DeclarationRound, on: RawConnection | None = None) -> object:
    return run(CLOSE, asked.pk, on=on)[0][0]


def is_as_before(asked: DeclarationRound) -> bool:
    asked.refresh_from_db()
    return asked.closed_at is None and peep(asked) == []


@pytest.fixture(autouse=True)
def ids_as_text(asked: DeclarationRound) -> None:
    asked.pk = str(asked.pk)


@pytest.mark.parametrize("level", ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"])
def test_close_read_and_undo_in_one_transaction(level: str, asked: DeclarationRound) -> None:
    with transaction.atomic():
        run(f"SET TRANSACTION ISOLATION LEVEL {level}")
        assert close(asked) == "counted"
        assert peep(asked) == []
        transaction.set_rollback(True)
    assert is_as_before(asked)


def test_with_savepoints(asked: DeclarationRound) -> None:
    """Kept, undone, one within the other, and read from any of them."""
    with transaction.atomic():
        run("SAVEPOINT one")
        close(asked)
        assert peep(asked) == []
        run("SAVEPOINT two")
        assert peep(asked) == []
        run("RELEASE one")
        assert peep(asked) == []
        run("SAVEPOINT three")
        assert peep(asked) == []
        transaction.set_rollback(True)
    with transaction.atomic():
        run("SAVEPOINT one")
        close(asked)
        run("ROLLBACK TO one")
        assert peep(asked) == []
        close(asked)
        run("RELEASE one")
        assert peep(asked) == []
        transaction.set_rollback(True)
    assert is_as_before(asked)


def test_where_the_transaction_wrote_before(asked: DeclarationRound) -> None:
    with transaction.atomic():
        Gathering.objects.update(title="Another")
        run("SAVEPOINT one")
        close(asked)
        run("RELEASE one")
        assert peep(asked) == []
        transaction.set_rollback(True)
    assert is_as_before(asked)


def test_with_a_second_connection(asked: DeclarationRound, another: RawConnection) -> None:
    close(asked, on=another)
    assert peep(asked, on=another) == []
    assert peep(asked) == []
    another.rollback()
    assert peep(asked, on=another) == []
    assert is_as_before(asked)


def test_with_the_eyes_of_another_transaction(
    asked: DeclarationRound, another: RawConnection
) -> None:
    close(asked, on=another)
    [(snapshot,)] = run("SELECT pg_export_snapshot()", on=another)
    with transaction.atomic():
        run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        run("SET TRANSACTION SNAPSHOT %s", snapshot)
        assert peep(asked) == []
    another.rollback()
    assert is_as_before(asked)


def test_at_the_moment_of_the_commit(asked: DeclarationRound) -> None:
    """A deferred trigger of one's own is still within."""
    run("CREATE TEMPORARY TABLE seen (n integer)")
    run("CREATE TEMPORARY TABLE bell (round uuid)")
    run(
        "CREATE FUNCTION pg_temp.look() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO"
        " seen SELECT count(*) FROM public.panels_open_counters(new.round); RETURN NULL; END $$"
    )
    run(
        "CREATE CONSTRAINT TRIGGER look AFTER INSERT ON bell DEFERRABLE INITIALLY DEFERRED"
        " FOR EACH ROW EXECUTE FUNCTION pg_temp.look()"
    )
    with transaction.atomic():
        run("INSERT INTO bell VALUES (%s)", asked.pk)
        close(asked)
    assert run("SELECT n FROM seen") == [(0,)]
    assert peep(asked) == HELD
    connection.close()


def test_a_row_that_says_it_is_closed_opens_nothing(asked: DeclarationRound) -> None:
    """The product's role may write the row of the round; that alone is no close."""
    DeclarationRound.objects.filter(pk=asked.pk).update(closed_at=timezone.now(), outcome="counted")
    assert peep(asked) == []


def test_a_round_that_was_closed_and_read_stays_closed(asked: DeclarationRound) -> None:
    """Also where its row is made to look open again: nobody's answer is added after a reading."""
    close(asked)
    assert peep(asked) == HELD
    found = "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'pgtrigger%%never_reopened%%'"
    [(trigger,)] = run(found)
    with transaction.atomic():
        run("SELECT set_config('pgtrigger.ignore', %s, true)", f"{{{trigger}}}")
        DeclarationRound.objects.filter(pk=asked.pk).update(closed_at=None, outcome="")
    asked.refresh_from_db()
    assert asked.closed_at is None
    added = run("SELECT panels_add_answer(%s, false, false, 'yes', 'yes')", asked.pk)
    assert (added, close(asked)) == ([(False,)], None)
    connection.close()


def test_the_good_way(asked: DeclarationRound, gathering: Gathering) -> None:
    close_round(round_id=asked.pk, by=None, now=timezone.now())
    assert [row[:4] for row in rows(gathering)] == HELD
    assert peep(asked) == HELD
