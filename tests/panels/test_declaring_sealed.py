"""The sealed counters: what Postgres refuses the product's role, and what it lets through."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from organisations.models import Organisation, User
from panels.enums import GatheringKind, Stage
from panels.models import DeclarationRound, Gathering, SealedClose, SealedCounter
from tests.factories.declaring import answers, opened, seat, seat_people, upcoming
from tests.factories.panels import GatheringFactory

TABLE, CLOSES = SealedCounter._meta.db_table, SealedClose._meta.db_table
committed = pytest.mark.django_db(transaction=True)
"""What a close opens it opens once it is committed."""
STATEMENTS = [
    f"SELECT count(*) FROM {TABLE}",
    f"SELECT yes FROM {TABLE}",
    f"INSERT INTO {TABLE} (round_id, part, measure, yes, no, unsaid)"
    " VALUES (gen_random_uuid(), 'whole', 'women', 1, 0, 0)",
    f"UPDATE {TABLE} SET yes = 9",
    f"DELETE FROM {TABLE}",
    f"TRUNCATE {TABLE}",
    f"LOCK TABLE {TABLE}",
    f"COPY {TABLE} TO STDOUT",
    f"CREATE VIEW peep AS SELECT * FROM {TABLE}",
    f"SELECT closed_in FROM {CLOSES}",
    f"INSERT INTO {CLOSES} (round_id, closed_in) VALUES (gen_random_uuid(), '0')",
    f"UPDATE {CLOSES} SET closed_in = '0'",
    f"DELETE FROM {CLOSES}",
    f"TRUNCATE {CLOSES}",
]


@pytest.fixture
def asked(gathering: Gathering, alice: User) -> DeclarationRound:
    seat_people(upcoming(gathering), 6)
    return opened(gathering, by=alice)


def call(function: str, *given: object) -> list[tuple[object, ...]]:
    marks = ", ".join(["%s"] * len(given))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {function}({marks})", given)
        return list(cursor.fetchall())


def counters(asked: DeclarationRound) -> list[tuple[object, ...]]:
    return sorted(call("panels_open_counters", asked.pk))


def close(asked: DeclarationRound) -> object:
    return call("panels_close_round", asked.pk, timezone.now())[0][0]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_products_role_has_no_rights_at_all(statement: str, asked: DeclarationRound) -> None:
    answers(asked, ("yes", "no"))
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize("table", [TABLE, CLOSES])
def test_no_right_is_granted_on_any_column(table: str, asked: DeclarationRound) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT privilege FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'REFERENCES'])"
            " AS privilege WHERE has_any_column_privilege(%s, privilege)",
            [table],
        )
        assert cursor.fetchall() == []


def test_the_functions_run_as_the_owner_and_look_nowhere_else(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, prosecdef, proconfig, pg_get_userbyid(proowner) <> current_user,"
            " has_function_privilege('public', oid, 'EXECUTE')"
            " FROM pg_proc WHERE proname LIKE 'panels\\_%%' ORDER BY proname"
        )
        path = ["search_path=pg_catalog, pg_temp"]
        assert cursor.fetchall() == [
            ("panels_add_answer", True, path, True, False),
            ("panels_close_round", True, path, True, False),
            ("panels_open_counters", True, path, True, False),
        ]


@pytest.mark.parametrize(("table", "functions"), [(TABLE, 3), (CLOSES, 3)])
def test_no_other_function_names_the_counters(table: str, functions: int, db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname FROM pg_proc WHERE prosrc LIKE %s", [f"%{table}%"])
        assert len(cursor.fetchall()) == functions
        cursor.execute("SELECT viewname FROM pg_views WHERE definition LIKE %s", [f"%{table}%"])
        assert cursor.fetchall() == []


def test_an_open_round_tells_nothing(asked: DeclarationRound) -> None:
    answers(asked, *[("yes", "no")] * 4)
    assert counters(asked) == []


@committed
def test_a_closed_round_opens(asked: DeclarationRound) -> None:
    answers(asked, ("yes", "no"), ("no", "yes"), ("yes", "unsaid"), ("unsaid", "no"))
    assert close(asked) == "counted"
    assert counters(asked) == [("whole", "minoritised", 1, 2), ("whole", "women", 2, 1)]


@committed
@pytest.mark.parametrize(("given", "outcome"), [(0, "too_few"), (2, "too_few"), (3, "counted")])
def test_three_answers_are_the_least(given: int, outcome: str, asked: DeclarationRound) -> None:
    answers(asked, *[("yes", "no")] * given)
    assert close(asked) == outcome
    assert len(counters(asked)) == (2 if outcome == "counted" else 0)


@committed
def test_a_closed_round_takes_no_answer_and_closes_once(asked: DeclarationRound) -> None:
    answers(asked, *[("yes", "no")] * 3)
    close(asked)
    before = counters(asked)
    assert call("panels_add_answer", asked.pk, False, False, "yes", "yes") == [(False,)]
    assert close(asked) is None
    assert counters(asked) == before


@pytest.mark.parametrize("answer", ["maybe", "", None])
def test_an_answer_is_one_of_three(answer: str | None, asked: DeclarationRound) -> None:
    for given in ((answer, "yes"), ("yes", answer)):
        with pytest.raises(Exception, match="yes, no or unsaid"), transaction.atomic():
            call("panels_add_answer", asked.pk, False, False, *given)


def test_the_close_cannot_be_undone(asked: DeclarationRound) -> None:
    close(asked)
    for change in ({"closed_at": None, "outcome": ""}, {"outcome": "counted"}):
        with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
            DeclarationRound.objects.filter(pk=asked.pk).update(**change)


@committed
class TestParts:
    @pytest.fixture
    def asked(self, harbour: Organisation, alice: User) -> DeclarationRound:
        """Five on the main stage, six elsewhere."""
        event = upcoming(GatheringFactory(organisation=harbour, kind=GatheringKind.CONFERENCE))
        for number in range(1, 12):
            seat(event, number, stage=Stage.MAIN if number <= 5 else Stage.OTHER)
        return opened(event, by=alice)

    def add(self, asked: DeclarationRound, main: int, rest: int) -> None:
        for on_main in [True] * main + [False] * rest:
            call("panels_add_answer", asked.pk, on_main, not on_main, "yes", "no")

    def test_each_is_counted_apart(self, asked: DeclarationRound) -> None:
        self.add(asked, main=3, rest=4)
        close(asked)
        assert counters(asked) == [
            ("main_stage", "minoritised", 0, 3),
            ("main_stage", "women", 3, 0),
            ("rest", "minoritised", 0, 4),
            ("rest", "women", 4, 0),
            ("whole", "minoritised", 0, 7),
            ("whole", "women", 7, 0),
        ]

    @pytest.mark.parametrize(("main", "rest"), [(5, 2), (2, 5), (5, 0)])
    def test_both_or_neither(self, main: int, rest: int, asked: DeclarationRound) -> None:
        self.add(asked, main=main, rest=rest)
        close(asked)
        assert {part for part, *_ in counters(asked)} == {"whole"}


def test_no_page_of_the_admin_and_no_relation_leads_there() -> None:
    assert not admin.site.is_registered(SealedCounter)
    assert not admin.site.is_registered(SealedClose)
    assert [rel.name for rel in DeclarationRound._meta.related_objects] == ["tokens"]


def test_nothing_but_the_functions_is_called() -> None:
    """The model is for migrations alone."""
    from pathlib import Path

    root = Path(apps.get_app_config("panels").path).parent
    naming = [
        str(path.relative_to(root))
        for folder in ("panels", "commitments", "reminders", "config", "history", "outbox")
        for path in sorted((root / folder).rglob("*.py"))
        if re.search(r"SealedCounter|sealedcounter|SealedClose|sealedclose", path.read_text())
        and "migrations" not in path.parts
    ]
    assert naming == ["panels/models/__init__.py", "panels/models/declaring.py"]
