"""Two worlds that differ only in what their readers may not see.

Every count of `CASES` has two versions which say the same to whoever did not type it: the same
people, the same result, other numbers. A page that differs between the worlds tells a number.
"""

import contextlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zipfile import ZipFile

from django.db import connection, transaction
from django.utils import timezone

from organisations.models import Organisation, User
from panels.actions.counting import enter_count
from panels.actions.locking import lock_line_up
from panels.actions.session_counts import StatedWomen, count_session
from panels.actions.statements import make_statement
from panels.audit import Count, LineUp, Tally
from panels.enums import (
    Basis,
    Counted,
    Definition,
    GatheringKind,
    Measure,
    Part,
    StatementKind,
)
from panels.freezing import fingerprint
from panels.models import Gathering, Session, Snapshot, Statement
from panels.queries.statements import facts_to_state
from tests.factories.line_up import SeatFactory, SessionFactory
from tests.factories.panels import GatheringFactory, numbers
from tests.factories.replies import AskLetterFactory, answered

Both = tuple[tuple[int, int, int], tuple[int, int, int]]
DEFINITIONS = {
    Measure.WOMEN: Definition.WOMEN,
    Measure.MINORITISED: Definition.MINORITISED_SELF_DEFINED,
}
WHOLE = (Part.WHOLE, Counted.COUNTED)
MAIN = (Part.MAIN_STAGE, Counted.COUNTED)
REST = (Part.REST, Counted.COUNTED)
BESIDE = (Part.WHOLE, Counted.BESIDE)


@dataclass(frozen=True)
class Case:
    """The same rule hides both measures, each said by the people themselves."""

    name: str
    women: dict[tuple[Part, Counted], Both]
    minoritised: dict[tuple[Part, Counted], Both]
    kind: GatheringKind = GatheringKind.PANEL
    is_locked: bool = False

    def line_up(self, world: int) -> LineUp:
        given = ((Measure.WOMEN, self.women), (Measure.MINORITISED, self.minoritised))
        return LineUp(
            self.kind,
            tuple(
                Tally(
                    part, counted, measure, Count(*both[world]),
                    Basis.SELF_DECLARED, DEFINITIONS[measure],
                )
                for measure, rows in given
                for (part, counted), both in rows.items()
            ),
        )  # fmt: skip


FOUR: dict[tuple[Part, Counted], Both] = {WHOLE: ((3, 1, 0), (2, 1, 1))}
FOUR_MINORITISED: dict[tuple[Part, Counted], Both] = {WHOLE: ((1, 3, 0), (3, 0, 1))}
HIDDEN_FROM_MEMBERS = (
    Case("Four people", FOUR, FOUR_MINORITISED),
    Case("Two known", {WHOLE: ((1, 1, 7), (0, 2, 7))}, {WHOLE: ((0, 2, 7), (1, 1, 7))}),
    Case("All of them", {WHOLE: ((8, 0, 0), (6, 0, 2))}, {WHOLE: ((8, 0, 0), (6, 0, 2))}),
    Case("None of them", {WHOLE: ((0, 8, 0), (0, 3, 5))}, {WHOLE: ((0, 8, 0), (0, 3, 5))}),
    Case(
        "Parts that tell",
        {
            WHOLE: ((6, 4, 2), (6, 4, 2)),
            MAIN: ((2, 1, 1), (2, 2, 0)),
            REST: ((4, 3, 1), (4, 2, 2)),
        },
        {
            WHOLE: ((5, 5, 2), (5, 5, 2)),
            MAIN: ((1, 2, 1), (2, 1, 1)),
            REST: ((4, 3, 1), (3, 4, 1)),
        },
        kind=GatheringKind.CONFERENCE,
    ),
    Case(
        "One in the chair",
        {WHOLE: ((3, 2, 1), (3, 2, 1)), BESIDE: ((1, 0, 0), (0, 1, 0))},
        {WHOLE: ((2, 3, 1), (2, 3, 1)), BESIDE: ((1, 0, 0), (0, 0, 1))},
    ),
    Case("Locked", FOUR, FOUR_MINORITISED, is_locked=True),
)
HIDDEN_FROM_THE_PUBLIC = (
    Case("Ten people", {WHOLE: ((6, 4, 0), (7, 2, 1))}, {WHOLE: ((3, 5, 2), (4, 6, 0))}),
    Case(
        "Twelve and a stage",
        {
            WHOLE: ((8, 4, 0), (7, 4, 1)),
            MAIN: ((4, 2, 0), (3, 2, 1)),
            REST: ((4, 2, 0), (4, 2, 0)),
        },
        {
            WHOLE: ((4, 8, 0), (5, 6, 1)),
            MAIN: ((2, 4, 0), (2, 3, 1)),
            REST: ((2, 4, 0), (3, 3, 0)),
        },
        kind=GatheringKind.EVENT,
    ),
)
SESSION_WOMEN = ((3, 1), (2, 2)), ((2, 2), (3, 1))
"""Of four people in each of two sessions: the whole programme says the same."""
ANSWERS = (("yes", "yes"), ("no", "no")), (("no", "unsaid"), ("yes", "no"))


def with_hidden_numbers(organisation: Organisation, cases: tuple[Case, ...]) -> list[Gathering]:
    """An event for each, still to be counted; the first has sessions to count women in."""
    found = [
        GatheringFactory(organisation=organisation, kind=case.kind, title=case.name)
        for case in cases
    ]
    for _ in SESSION_WOMEN[0]:
        session = SessionFactory(gathering=found[0])
        for _ in range(4):
            SeatFactory(session=session)
    return found


@dataclass(frozen=True)
class World:
    """What is filled in anew in each of the two, and goes with its savepoint."""

    statements: tuple[Statement, ...]
    hashes: frozenset[str]


@contextlib.contextmanager
def world(
    which: int, gatherings: list[Gathering], cases: tuple[Case, ...], *, typist: User, **more: Any
) -> Iterator[World]:
    with transaction.atomic():
        count(which, gatherings, cases, typist)
        count_sessions(which, gatherings[0], typist)
        answer_a_round(which, more["round"])
        answered(AskLetterFactory(pk=more["letter"], invitation=more["invitation"]),
                 numbers(4, *((3, 1, 1, 3), (2, 1, 3, 0))[which]))  # fmt: skip
        statements = tuple(state(one, typist) for one in gatherings)
        for case, one in zip(cases, gatherings, strict=True):
            if case.is_locked:
                lock_line_up(gathering=one, by=typist, now=timezone.now())
        salted = Snapshot.objects.filter(facts__has_key="salt").values_list("sha256", flat=True)
        yield World(statements, frozenset(salted))
        transaction.set_rollback(True)


def count(which: int, gatherings: list[Gathering], cases: tuple[Case, ...], typist: User) -> None:
    for case, gathering in zip(cases, gatherings, strict=True):
        line_up = case.line_up(which)
        now = timezone.now()
        enter_count(gathering=gathering, line_up=line_up, typed_over=0, by=typist, now=now)


def count_sessions(which: int, gathering: Gathering, typist: User) -> None:
    sessions = Session.objects.filter(gathering=gathering).order_by("position")
    for session, (women, others) in zip(sessions, SESSION_WOMEN[which], strict=True):
        stated = StatedWomen(women, others, Basis.SELF_DECLARED, Definition.WOMEN)
        count_session(session=session, stated=stated, typed_over=0, by=typist, now=timezone.now())


def answer_a_round(which: int, asked: Any) -> None:
    """Into the sealed counters of a round that is open."""
    with connection.cursor() as cursor:
        for women, minoritised in ANSWERS[which]:
            cursor.execute(
                "SELECT panels_add_answer(%s, false, true, %s, %s)", [asked, women, minoritised]
            )


def state(gathering: Gathering, typist: User) -> Statement:
    now = timezone.now()
    facts = facts_to_state(gathering, today=timezone.localdate(now))
    assert facts is not None
    made, _ = make_statement(
        gathering=gathering,
        kind=StatementKind.PUBLIC,
        seen=fingerprint(facts),
        by=typist,
        now=now,
    )
    return made


# Reading

CHANCE = re.compile(
    r"(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r'|name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"|/r/[^/"\s]+/'
    r'|:[\w-]{43}(?=")'
)
"""Keys of rows, one-time tokens and signatures, which are new in every world."""


def as_text(content: bytes, found: World) -> str:
    """What a response says, without what differs by chance; a workbook as its parts."""
    if content.startswith(b"PK"):
        with ZipFile(io.BytesIO(content)) as parts:
            content = b"".join(parts.read(name) for name in sorted(parts.namelist()))
    text = CHANCE.sub("…", content.decode(errors="replace"))
    for digest in found.hashes:
        text = text.replace(digest, "digest")
    return text


def data_of_typeset(*args: Any, **options: Any) -> bytes:
    """In place of a PDF or a picture: everything that could be set in it."""
    return json.dumps(options["sys_inputs"], sort_keys=True).encode()
