"""The list of a shelf, and who may open and change what is on it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.enums import LearningKind
from commitments.models import LearningItem
from organisations.models import Organisation, User
from tests.commitments.learning.conftest import ADD, LIST, at
from tests.factories.learning import LearningItemFactory, LearningNoteFactory, WorkshopDateFactory

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 5, 20)


def test_it_lists_newest_first(
    item: LearningItem, foreign: LearningItem, harbour: Organisation, as_bea: Client
) -> None:
    older = LearningItemFactory(organisation=harbour, created_at=NOW - timedelta(days=400))
    response = as_bea.get(LIST)
    assert list(response.context["page"]) == [item, older]
    assert "CANARY" not in response.content.decode()


def test_an_empty_shelf_says_so(as_bea: Client) -> None:
    assert "The shelf is empty" in as_bea.get(LIST).content.decode()
    nothing = as_bea.get(f"{LIST}?q=zzz").content.decode()
    assert "Nothing matches" in nothing


def test_it_can_be_narrowed(item: LearningItem, workshop: LearningItem, as_bea: Client) -> None:
    def found(query: str) -> list[LearningItem]:
        return list(as_bea.get(f"{LIST}?{query}").context["page"])

    assert found("kind=workshop") == [workshop]
    assert found("q=akala+nat") == [item]
    assert found("q=akala&kind=workshop") == []
    assert found("kind=nonsense") == [workshop, item]
    assert found(f"q={'x' * 10_000}") == [workshop, item]


def test_25_to_a_page(harbour: Organisation, as_bea: Client) -> None:
    LearningItemFactory.create_batch(26, organisation=harbour)
    assert len(as_bea.get(LIST).context["page"]) == 25
    assert len(as_bea.get(f"{LIST}?page=2").context["page"]) == 1


def test_a_workshop_shows_its_next_date(workshop: LearningItem, as_bea: Client) -> None:
    today = timezone.localdate()
    for days in (-7, 0, 7):
        WorkshopDateFactory(item=workshop, held_on=today + timedelta(days=days))
    assert [one.next_on for one in as_bea.get(LIST).context["page"]] == [today]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_with_any_rows(
    rows: int,
    harbour: Organisation,
    bea: User,
    as_bea: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(rows):
        row = LearningItemFactory(organisation=harbour, kind=LearningKind.WORKSHOP)
        LearningNoteFactory(item=row, person=bea)
        WorkshopDateFactory(item=row)
    with django_assert_num_queries(5):  # session, person, membership, a count and a page
        as_bea.get(LIST)


@pytest.mark.parametrize("rows", [1, 3])
def test_an_entry_costs_the_same_with_any_rows(
    rows: int,
    workshop: LearningItem,
    as_bea: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows):
        LearningNoteFactory(item=workshop)
        WorkshopDateFactory(item=workshop, held_on=TODAY + timedelta(days=number))
    with django_assert_num_queries(7):  # those, the entry, own note, dates, history
        as_bea.get(at("learning_detail", workshop))


def test_who_may_open_what(
    workshop: LearningItem,
    foreign: LearningItem,
    client: Client,
    as_alice: Client,
    as_bea: Client,
    as_dara: Client,
    as_chidi: Client,
) -> None:
    for path in (LIST, ADD, at("learning_detail", workshop)):
        assert as_dara.get(path).status_code == 200
        assert as_chidi.get(path).status_code == 404
        assert client.get(path)["Location"] == f"/accounts/login/?next={path}"
        assert as_dara.put(path).status_code == 405
    for name in ("learning_edit", "learning_remove", "learning_date_add"):
        path = at(name, workshop)
        assert [c.get(path).status_code for c in (as_alice, as_bea)] == [200, 200]
        assert [c.get(path).status_code for c in (as_dara, as_chidi)] == [403, 404]
        assert as_dara.post(path).status_code == 403
        assert client.get(path)["Location"] == f"/accounts/login/?next={path}"
        assert as_alice.get(at(name, foreign)).status_code == 404
        assert as_alice.put(path).status_code == 405
    assert as_alice.post(LIST).status_code == 405
