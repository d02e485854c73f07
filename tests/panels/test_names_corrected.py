"""A name that is corrected in one session is corrected in all, where it is the same person."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from panels.actions.seats import seats_of
from panels.enums import SeatRole
from panels.models import Gathering, Participant, Session
from panels.queries.sessions import elsewhere
from panels.seating import SeatEntry, name_key, renamed
from tests.factories.line_up import ParticipantFactory, SeatFactory, SessionFactory
from tests.panels.line_up_pages import session_page, session_typed

ADA, NEW = ("presenter", "Ada Obi", ""), ("presenter", "Ada Obie", "")
QUESTION = "Ada Obi is in 2 other sessions too. Who is Ada Obie?"
MISSING = ["Say whether Ada Obie is the same person as Ada Obi."]


@pytest.fixture
def sessions(gathering: Gathering, theirs: Gathering) -> list[Session]:
    """One person in all three; somebody of that name on another line-up is somebody else."""
    made: list[Session] = SessionFactory.create_batch(3, gathering=gathering)
    ada = ParticipantFactory(gathering=gathering, name="Ada Obi", email="")
    for session in made:
        SeatFactory(session=session, participant=ada)
    other = ParticipantFactory(gathering=theirs, name="Ada Obi", email="")
    SeatFactory(session__gathering=theirs, participant=other)
    return made


def typed(*rows: tuple[str, ...], **more: Any) -> dict[str, str]:
    """With a blank row below, as the page has."""
    sent = session_typed(*rows, ("", "", ""), revision=1, initial=1)
    return sent | {"form-0-was": "Ada Obi"} | more


def names(sessions: list[Session]) -> list[list[str]]:
    return [[seat.name for seat in seats_of(session)] for session in sessions]


def people() -> list[str]:
    return sorted(Participant.objects.values_list("name", flat=True))


def test_the_page_holds_the_name_as_it_was(as_alice: Client, sessions: list[Session]) -> None:
    seats = as_alice.get(session_page(sessions[0])).context["seats"]
    assert [seat["was"].value() for seat in seats] == ["Ada Obi", None, None, None, None]


def test_it_is_asked_who_that_is(as_alice: Client, sessions: list[Session]) -> None:
    response = as_alice.post(session_page(sessions[0]), typed(NEW))
    row = response.context["seats"].forms[0]
    assert row.errors == {"who": MISSING}
    body = response.content.decode()
    assert QUESTION in body
    assert "<h2>Say who this is, then save</h2>" in body
    assert f'<a href="#id_form-0-who_0">{MISSING[0]}</a>' in body
    assert "There is a problem" not in body
    assert re.findall(r'name="form-(\d)-who"', body) == ["0", "0"]
    assert (names(sessions), people()) == ([["Ada Obi"]] * 3, ["Ada Obi", "Ada Obi"])


def test_what_is_wrong_is_still_a_problem(as_alice: Client, sessions: list[Session]) -> None:
    """Nobody is asked about before the rest is right."""
    sent = typed(("", "Ada Obie", ""))
    body = as_alice.post(session_page(sessions[0]), sent).content.decode()
    assert ("There is a problem" in body, "Say who this is" in body) == (True, False)


def test_the_same_person_is_corrected_everywhere(as_alice: Client, sessions: list[Session]) -> None:
    response = as_alice.post(session_page(sessions[0]), typed(NEW, **{"form-0-who": "same"}))
    assert response.status_code == 302
    assert (names(sessions), people()) == ([["Ada Obie"]] * 3, ["Ada Obi", "Ada Obie"])


def test_whoever_writes_in_another_session_is_told(
    as_alice: Client, sessions: list[Session]
) -> None:
    as_alice.post(session_page(sessions[0]), typed(NEW, **{"form-0-who": "same"}))
    response = as_alice.post(session_page(sessions[1]), typed(ADA, room="Hall B"))
    assert ("Seats", "Presenter: Ada Obie") in response.context["theirs"]
    assert names(sessions) == [["Ada Obie"]] * 3


def test_somebody_else_takes_one_seat(as_alice: Client, sessions: list[Session]) -> None:
    as_alice.post(session_page(sessions[0]), typed(NEW, **{"form-0-who": "other"}))
    assert names(sessions) == [["Ada Obie"], ["Ada Obi"], ["Ada Obi"]]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param((("presenter", "ADA  OBI", ""),), id="the same name, spaced anew"),
        pytest.param((("presenter", "Nia Rees", ""),), id="somebody of the line-up"),
        pytest.param((NEW, ("chair", "Ada Obi", "")), id="both are here now"),
        pytest.param((("presenter", "", ""),), id="nobody's seat"),
    ],
)
def test_nothing_is_asked(
    as_alice: Client, sessions: list[Session], rows: tuple[tuple[str, ...], ...]
) -> None:
    nia = ParticipantFactory(gathering=sessions[0].gathering, name="Nia Rees", email="")
    SeatFactory(session=sessions[1], participant=nia)
    assert as_alice.post(session_page(sessions[0]), typed(*rows)).status_code == 302


def test_an_answer_cannot_make_one_person_of_two(as_alice: Client, sessions: list[Session]) -> None:
    """Nor correct somebody who has no seat in this session."""
    nia = ParticipantFactory(gathering=sessions[0].gathering, name="Nia Rees", email="")
    SeatFactory(session=sessions[1], participant=nia)
    row = ("presenter", "Nia Reese", "")
    sent = typed(row, **{"form-0-who": "same", "form-0-was": "Nia Rees"})
    assert as_alice.post(session_page(sessions[0]), sent).status_code == 302
    assert names(sessions) == [["Nia Reese"], ["Ada Obi", "Nia Rees"], ["Ada Obi"]]


def test_both_rows_of_one_person_follow_one_answer(
    as_alice: Client, sessions: list[Session]
) -> None:
    SeatFactory(
        session=sessions[0],
        role=SeatRole.CHAIR,
        participant=sessions[0].gathering.participants.get(),
    )
    chair = ("chair", "Ada Obie", "")
    sent = typed(NEW, chair, **{"form-1-was": "Ada Obi", "form-0-who": "same"})
    as_alice.post(session_page(sessions[0]), sent)
    assert names(sessions) == [["Ada Obie", "Ada Obie"], ["Ada Obie"], ["Ada Obie"]]
    assert people() == ["Ada Obi", "Ada Obie"]


def test_it_is_asked_where_a_name_stands(as_alice: Client, sessions: list[Session]) -> None:
    nobodys = ("chair", "", "")
    sent = typed(nobodys, NEW, **{"form-1-was": "Ada Obi"})
    response = as_alice.post(session_page(sessions[0]), sent)
    errors = [row.errors for row in response.context["seats"].forms]
    assert errors == [{}, {"who": MISSING}, {}]


def test_more_rows_keep_the_name_before(as_alice: Client, sessions: list[Session]) -> None:
    response = as_alice.post(session_page(sessions[0]), typed(NEW, more="1"))
    first = response.context["seats"].forms[0]
    assert (first["was"].value(), first["name"].value()) == ("Ada Obi", "Ada Obie")


@pytest.mark.parametrize("others", [1, 3])
def test_queries(
    sessions: list[Session], others: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    session, *rest = sessions
    for number in range(others):
        person = ParticipantFactory(gathering=session.gathering, name=f"Person {number}")
        SeatFactory(session=session, participant=person)
        SeatFactory(session=rest[0], participant=person)
    with django_assert_num_queries(2):
        found = elsewhere(session, {name_key("Ada Obi"): "Ada Obie"})
    assert found == {"ada obi": 2}
    with django_assert_num_queries(0):
        assert elsewhere(session, {}) == {}


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([("Ada Obi", "Ada Obie")], {"ada obi": "Ada Obie"}),
        ([("", "Ada Obie"), ("Ada Obi", "")], {}),
        ([("Ada Obi", "ada  OBI")], {}),
        ([("Ada Obi", "Ada Obie"), ("", "Ada Obi")], {}),
        ([("Ada Obi", "Ada Obie"), ("Ada Obi", "Nia Rees")], {}),
        ([("Ada Obi", "Ada Obie"), ("Ada Obi", "ada obie")], {"ada obi": "ada obie"}),
    ],
)
def test_who_has_another_name(rows: list[tuple[str, str]], found: dict[str, str]) -> None:
    assert renamed(rows) == found


def test_the_name_before_is_no_difference() -> None:
    assert SeatEntry(SeatRole.CHAIR, "Nia", was="Nya") == SeatEntry(SeatRole.CHAIR, "Nia")
