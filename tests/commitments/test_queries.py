"""Reads that others build on: who owes a check-in, whose pledges are whose."""

from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from commitments import queries
from commitments.enums import Cadence, PledgeState
from commitments.models import Pledge, Wording
from commitments.queries.check_ins import changes_of
from commitments.queries.making import drafts_in_hand
from commitments.rhythm import due_period, next_opening
from organisations.models import Organisation, User
from tests.factories.commitments import CheckInFactory, PledgeFactory


def made(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


def due(today: date) -> list[tuple[str, date, date]]:
    rows = queries.check_ins_due(today)
    return sorted((row.slug, row.period, row.opened_on) for row in rows)


@pytest.fixture
def kept(wording: Wording) -> dict[str, Pledge]:
    pledges = {
        "monthly": PledgeFactory(slug="monthly", signing=wording, created_at=made(2026, 1, 5)),
        "quarterly": PledgeFactory(
            slug="quarterly",
            signing=wording,
            created_at=made(2026, 1, 5),
            check_in_every=Cadence.QUARTERLY,
        ),
        "young": PledgeFactory(slug="young", signing=wording, created_at=made(2026, 4, 18)),
        "closed": PledgeFactory(
            slug="closed",
            signing=wording,
            created_at=made(2026, 1, 5),
            state=PledgeState.CLOSED,
            closed_at=made(2026, 2, 1),
        ),
    }
    PledgeFactory(signing=wording, draft=True, created_at=made(2026, 1, 5))
    return pledges


def test_check_ins_due(kept: dict[str, Pledge]) -> None:
    assert due(date(2026, 5, 1)) == [
        ("monthly", date(2026, 4, 1), date(2026, 5, 1)),
        ("quarterly", date(2026, 1, 1), date(2026, 4, 1)),
    ]
    assert due(date(2026, 1, 31)) == []
    assert due(date(2026, 2, 1)) == [("monthly", date(2026, 1, 1), date(2026, 2, 1))]


def test_a_check_in_settles_its_own_period_alone(kept: dict[str, Pledge]) -> None:
    CheckInFactory(pledge=kept["monthly"], period=date(2026, 4, 1))
    assert [slug for slug, *_ in due(date(2026, 5, 31))] == ["quarterly"]
    assert [slug for slug, *_ in due(date(2026, 6, 1))] == ["monthly", "quarterly", "young"]


@pytest.mark.parametrize("cadence", Cadence)
def test_the_query_and_the_rule_agree(cadence: Cadence, wording: Wording) -> None:
    for day in range(1, 32):
        PledgeFactory(
            slug=f"march-{day}",
            signing=wording,
            created_at=made(2026, 3, day),
            check_in_every=cadence,
        )
    for today in (date(2026, 3, 31), date(2026, 4, 1), date(2026, 5, 1), date(2026, 7, 1)):
        found = {row.slug: row.period for row in queries.check_ins_due(today)}
        rule = {
            f"march-{day}": due_period(made_on=date(2026, 3, day), today=today, cadence=cadence)
            for day in range(1, 32)
        }
        assert found == {slug: period.first for slug, period in rule.items() if period}


@pytest.mark.parametrize("cadence", Cadence)
def test_they_agree_after_changes_of_rhythm(cadence: Cadence, wording: Wording) -> None:
    days = [date(2026, 1, 10), date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 2)]
    for day in days:
        row = PledgeFactory(
            slug=f"on-{day}",
            signing=wording,
            created_at=made(2026, 1, 10),
            check_in_every=cadence,
        )
        row.cadence_changes.create(changed_on=day, cadence_before=other_than(cadence))
        row.cadence_changes.create(changed_on=date(2026, 6, 5), cadence_before=cadence)
    for today in (date(2026, month, day) for month in range(2, 11) for day in (1, 28)):
        found = {
            row.slug: (row.period, row.opened_on, row.closes_on)
            for row in queries.check_ins_due(today)
        }
        rule = {}
        for row in Pledge.objects.all():
            of_it = {
                "made_on": date(2026, 1, 10),
                "today": today,
                "cadence": cadence,
                "changes": changes_of(row),
            }
            due = due_period(**of_it)
            if due:
                rule[row.slug] = (due.first, due.opens_on, next_opening(**of_it))
        assert found == rule


def other_than(cadence: Cadence) -> Cadence:
    return Cadence.MONTHLY if cadence == Cadence.QUARTERLY else Cadence.QUARTERLY


def test_check_ins_due_is_one_query(
    kept: dict[str, Pledge], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        leaders = {str(row.leader) for row in queries.check_ins_due(date(2026, 5, 1))}
    assert leaders == {str(kept[name].leader) for name in ("monthly", "quarterly")}


def test_pledges_of_a_person_drafts_first(
    pledge: Pledge, draft: Pledge, foreign: Pledge, alice: User, chidi: User
) -> None:
    assert list(queries.pledges_of(alice)) == [draft, pledge]
    assert list(queries.kept_pledges_of(alice)) == [pledge]
    assert list(drafts_in_hand(alice, [])) == [draft]
    assert list(drafts_in_hand(chidi, [])) == []


def test_pledges_in_an_organisation(
    pledge: Pledge, draft_of_bea: Pledge, foreign: Pledge, harbour: Organisation
) -> None:
    assert list(queries.pledges_in(harbour)) == [pledge]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("ami", ["amina"]),
        ("AMINA ol", ["amina"]),
        ("ọláwálé", ["amina"]),
        ("olawale", ["amina"]),
        ("harbour", ["amina", "sian"]),
        ("director harb", ["sian"]),
        ("o'neill", ["sian"]),
        ("o’neill", ["sian"]),
        ("SIAN", ["sian"]),
        ("செல்", ["tamil"]),
        ("arbour", []),
        ("amina sian", []),
        ("'); drop", []),
        ("\\", ["amina", "sian", "tamil"]),
        ("   ", ["amina", "sian", "tamil"]),
        ("& | ! :* <->", []),
        ("🌻", []),
    ],
)
def test_search_matches_beginnings_of_words(
    search: str, found: list[str], wording: Wording
) -> None:
    for slug, name, role, organisation in [
        ("amina", "Amina Ọláwálé", "Chief executive", "Harbour Minds"),
        ("sian", "Siân O'Neill", "Director", "Harbour Trust"),
        ("tamil", "தமிழ் செல்வி", "Chair", "Northside"),
    ]:
        PledgeFactory(
            slug=slug,
            leader_name=name,
            role_title=role,
            organisation_name=organisation,
            signing=wording,
        )
    assert sorted(row[0] for row in queries.public_pledges(search=search)) == found
