"""Whether somebody was invited to speak from lived experience is said of nobody in particular."""

from collections.abc import Callable

import pytest
from django.test import Client

from organisations.models import Organisation
from panels.enums import GatheringKind, Part, SeatRole, Stage
from panels.models import Gathering
from panels.queries.barriers import barriers_summary
from tests.factories.declaring import empty_seats, seat
from tests.factories.panels import GatheringFactory, TallyFactory
from tests.panels.barrier_pages import typed_on
from tests.panels.pages import page

SAID = {"invited_whole": "yes", "invited_main_stage": "yes"}


@pytest.fixture
def event(harbour: Organisation) -> Gathering:
    return GatheringFactory(organisation=harbour, kind=GatheringKind.EVENT)


def seated(event: Gathering, people: int) -> None:
    """Beside them one seat that is nobody's yet, a chair, and others elsewhere."""
    empty_seats(event, 1, Stage.MAIN)
    for number in range(1, people):
        seat(event, number, stage=Stage.MAIN)
        seat(event, number, stage=Stage.MAIN, role=SeatRole.KEYNOTE)
    for number in range(10, 16):
        seat(event, number)
    seat(event, 20, stage=Stage.MAIN, role=SeatRole.MODERATOR)


def counted(event: Gathering, people: int) -> None:
    """Without a line-up."""
    TallyFactory(gathering=event, yes=6, no=6)
    TallyFactory(gathering=event, part=Part.MAIN_STAGE, yes=1, no=0, unknown=people - 1)


@pytest.mark.parametrize(("people", "is_asked"), [(1, False), (4, False), (5, True)])
@pytest.mark.parametrize("put_there", [seated, counted])
def test_a_main_stage_of_few_is_not_asked_about(
    put_there: Callable[[Gathering, int], None],
    people: int,
    is_asked: bool,
    as_alice: Client,
    event: Gathering,
) -> None:
    """A yes would be about one of them."""
    put_there(event, people)
    form = as_alice.get(page(event, "barriers/")).context["form"]
    assert ("invited_main_stage" in form.fields) is is_asked
    as_alice.post(page(event, "barriers/"), typed_on(as_alice, event, **SAID))
    parts = set(event.lived_experience.values_list("part", flat=True))
    assert parts == ({"whole", "main_stage"} if is_asked else {"whole"})


def test_each_question_is_whole_by_itself(as_alice: Client, event: Gathering) -> None:
    seated(event, 5)
    form = as_alice.get(page(event, "barriers/")).context["form"]
    assert [box.label for boxes in form.lived_rows for box in boxes] == [
        "Was anybody invited?",
        "Were they paid?",
        "Was anybody invited on the main stage?",
        "Were those on the main stage paid?",
    ]


def test_nor_is_one_of_which_nothing_is_known(as_alice: Client, event: Gathering) -> None:
    form = as_alice.get(page(event, "barriers/")).context["form"]
    assert [name for name in form.fields if "main_stage" in name] == []


def test_nor_is_it_shown_once_fewer_are_on_it(
    as_alice: Client, as_bea: Client, event: Gathering
) -> None:
    seated(event, 5)
    as_alice.post(page(event, "barriers/"), typed_on(as_alice, event, **SAID))
    assert [one.part for one in barriers_summary(event).lived] == [Part.WHOLE, Part.MAIN_STAGE]
    event.participants.get(number=1).seats.all().delete()
    assert [one.part for one in barriers_summary(event).lived] == [Part.WHOLE]
    for client in (as_alice, as_bea):
        shown = client.get(event.get_absolute_url()).content.decode()
        assert shown.count("Speaking from lived experience, ") == 1
    paid = typed_on(as_alice, event, paid_whole="yes")
    for _ in range(2):
        as_alice.post(page(event, "barriers/"), paid)
    assert sorted(event.lived_experience.values_list("part", "paid")) == [
        ("main_stage", "not_known"),
        ("whole", "yes"),
    ]
