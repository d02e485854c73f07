"""A name is confirmed by the organisation's coordinator or by an address at work."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from commitments.actions import trusting
from commitments.actions.trusting import confirm_pledge, show_work_address
from commitments.enums import Confirmation, PledgeState, PledgeVerb, ReportOutcome
from commitments.models import Assistant, Pledge
from commitments.queries.organisation import pledges_to_confirm
from history.models import Entry
from history.queries import lines_about
from organisations.actions import end_membership
from organisations.models import User
from organisations.tokens import digest
from tests.factories.commitments import PledgeFactory
from tests.factories.trusting import ImpersonationReportFactory, works_at

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
AT_WORK = "alice@mail.harbour.example"


def page(pledge: Pledge) -> str:
    return reverse("work_address_confirm", args=[pledge.pk])


def standing(pledge: Pledge) -> tuple[object, ...]:
    pledge.refresh_from_db()
    confirmed = pledge.confirmed_at is not None
    return (pledge.confirmation, pledge.confirmed_domain, confirmed, pledge.confirmed_by)


NOTHING = ("", "", False, None)
BY_ADDRESS = ("work_address", "mail.harbour.example", True, None)


def test_a_leader_shows_a_work_address(pledge: Pledge, alice: User, as_alice: Client) -> None:
    works_at(alice, AT_WORK)
    works_at(alice, "alice@gmail.com")
    works_at(alice, "alice@other.example", verified=False)
    shown = as_alice.get(page(pledge))
    choices = [value for value, _ in shown.context["form"].fields["address"].choices]
    assert choices == [AT_WORK]
    assert "Writes from an address at mail.harbour.example" in shown.content.decode()
    response = as_alice.post(page(pledge), {"address": AT_WORK})
    assert response["Location"] == reverse("my_pledge", args=[pledge.pk])
    assert standing(pledge) == BY_ADDRESS
    [entry] = Entry.objects.filter(verb=PledgeVerb.ADDRESS_SHOWN)
    assert (entry.organisation, entry.actor, entry.details) == (pledge.organisation, alice, {})


def test_the_public_reads_the_domain_and_never_the_address(
    pledge: Pledge, alice: User, client: Client
) -> None:
    works_at(alice, AT_WORK)
    show_work_address(pledge=pledge, address=AT_WORK, by=alice, now=NOW)
    said = client.get(pledge.get_absolute_url()).content.decode()
    assert "Writes from an address at <bdi>mail.harbour.example</bdi>" in said
    assert AT_WORK not in said


@pytest.mark.parametrize(
    "typed", ["", "alice@gmail.com", "alice@other.example", "chidi@northside.example", "x" * 10_000]
)
def test_an_address_that_is_not_theirs_at_work_is_refused(
    typed: str, pledge: Pledge, alice: User, chidi: User, as_alice: Client
) -> None:
    works_at(alice, AT_WORK)
    works_at(alice, "alice@gmail.com")
    works_at(alice, "alice@other.example", verified=False)
    works_at(chidi, "chidi@northside.example")
    response = as_alice.post(page(pledge), {"address": typed})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["address"]
    assert standing(pledge) == NOTHING
    if typed:
        with pytest.raises(PermissionDenied):
            show_work_address(pledge=pledge, address=typed, by=alice, now=NOW)


def test_without_a_work_address_the_page_says_how_to_add_one(
    pledge: Pledge, as_alice: Client
) -> None:
    response = as_alice.get(page(pledge))
    assert response.context["addresses"] == []
    assert reverse("account_email") in response.content.decode()


def test_the_word_of_the_organisation_stands(pledge: Pledge, alice: User, bea: User) -> None:
    confirm_pledge(pledge=pledge, shown=pledge.who_as_shown, by=bea, now=NOW)
    works_at(alice, AT_WORK)
    show_work_address(pledge=pledge, address=AT_WORK, by=alice, now=NOW)
    assert standing(pledge) == (Confirmation.COORDINATOR, "", True, bea)


def test_a_coordinator_confirms_what_an_address_showed(
    pledge: Pledge, alice: User, bea: User
) -> None:
    works_at(alice, AT_WORK)
    show_work_address(pledge=pledge, address=AT_WORK, by=alice, now=NOW)
    confirm_pledge(pledge=pledge, shown=pledge.who_as_shown, by=bea, now=NOW)
    assert standing(pledge) == (Confirmation.COORDINATOR, "", True, bea)
    confirm_pledge(pledge=pledge, shown=pledge.who_as_shown, by=bea, now=NOW)
    assert Entry.objects.filter(verb=PledgeVerb.CONFIRMED).count() == 1


def test_a_report_is_looked_at_before_anything_is_confirmed(
    pledge: Pledge, bea: User, foreign: Pledge
) -> None:
    report = ImpersonationReportFactory(pledge=pledge)
    ImpersonationReportFactory(pledge=foreign)
    with pytest.raises(PermissionDenied):
        confirm_pledge(pledge=pledge, shown=pledge.who_as_shown, by=bea, now=NOW)
    assert {each.pk: each.is_reported for each in pledges_to_confirm(pledge.organisation)} == {
        pledge.pk: True
    }
    pledge.reports.filter(pk=report.pk).update(outcome=ReportOutcome.STANDS, settled_at=NOW)
    confirm_pledge(pledge=pledge, shown=pledge.who_as_shown, by=bea, now=NOW)
    assert standing(pledge)[2] is True


def test_the_word_of_the_organisation_ends_with_the_membership(
    pledge: Pledge, foreign: Pledge, alice: User, bea: User, chidi: User
) -> None:
    of_bea = PledgeFactory(leader=bea, organisation=pledge.organisation)
    elsewhere = PledgeFactory(leader=bea, organisation=foreign.organisation)
    for each, by in ((pledge, bea), (of_bea, alice), (elsewhere, chidi), (foreign, alice)):
        confirm_pledge(pledge=each, shown=each.who_as_shown, by=by, now=NOW)
    membership = bea.memberships.get()
    for _ in range(2):
        end_membership(membership=membership, by=alice, now=NOW)
    assert standing(of_bea) == NOTHING
    for each in (pledge, elsewhere, foreign):
        assert standing(each)[2] is True
    [entry] = Entry.objects.filter(verb=PledgeVerb.CONFIRMATION_ENDED)
    assert (entry.subject_id, entry.organisation) == (of_bea.pk, pledge.organisation)
    assert [line.text for line in lines_about(of_bea)] == [
        "The organisation’s confirmation ended with the membership there",
        f"{alice.shown_name} confirmed the name, role and organisation",
    ]


def test_an_address_at_work_outlives_the_membership(pledge: Pledge, alice: User, bea: User) -> None:
    membership = bea.memberships.get()
    of_bea = PledgeFactory(leader=bea, organisation=pledge.organisation)
    works_at(bea, AT_WORK)
    show_work_address(pledge=of_bea, address=AT_WORK, by=bea, now=NOW)
    end_membership(membership=membership, by=alice, now=NOW)
    assert standing(of_bea) == BY_ADDRESS


def test_a_membership_stays_where_its_word_cannot_be_taken_back(
    pledge: Pledge, alice: User, bea: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_bea = PledgeFactory(leader=bea, organisation=pledge.organisation)
    confirm_pledge(pledge=of_bea, shown=of_bea.who_as_shown, by=alice, now=NOW)

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(trusting, "record", fail)
    membership = bea.memberships.get()
    with pytest.raises(RuntimeError):
        end_membership(membership=membership, by=alice, now=NOW)
    membership.refresh_from_db()
    assert membership.ended_at is None
    assert standing(of_bea)[2] is True


def test_nobody_confirms_their_own(pledge: Pledge, alice: User) -> None:
    with pytest.raises(PermissionDenied):
        confirm_pledge(pledge=pledge, shown=pledge.who_as_shown, by=alice, now=NOW)
    assert standing(pledge) == NOTHING


def test_a_double_click_writes_once(pledge: Pledge, alice: User) -> None:
    works_at(alice, AT_WORK)
    for _ in range(2):
        show_work_address(pledge=pledge, address=AT_WORK, by=alice, now=NOW)
    assert Entry.objects.filter(verb=PledgeVerb.ADDRESS_SHOWN).count() == 1


def test_an_address_given_up_stands_for_nothing(pledge: Pledge, alice: User) -> None:
    first, second = works_at(alice, AT_WORK), works_at(alice, "a.adeyemi@mail.harbour.example")
    show_work_address(pledge=pledge, address=AT_WORK, by=alice, now=NOW)
    first.delete()
    assert standing(pledge) == BY_ADDRESS
    second.delete()
    assert standing(pledge) == NOTHING
    assert Entry.objects.filter(verb=PledgeVerb.CONFIRMATION_LAPSED).count() == 1


def test_an_address_given_up_takes_nothing_else_away(
    pledge: Pledge, foreign: Pledge, alice: User, chidi: User, bea: User
) -> None:
    confirm_pledge(pledge=pledge, shown=pledge.who_as_shown, by=bea, now=NOW)
    works_at(chidi, "chidi@northside.example")
    show_work_address(pledge=foreign, address="chidi@northside.example", by=chidi, now=NOW)
    works_at(alice, "alice@gmail.com").delete()
    works_at(alice, "alice@northside.example").delete()
    assert standing(pledge) == (Confirmation.COORDINATOR, "", True, bea)
    assert standing(foreign) == ("work_address", "northside.example", True, None)


def test_who_may_not(
    pledge: Pledge, bea: User, as_bea: Client, as_chidi: Client, client: Client, as_alice: Client
) -> None:
    assert as_chidi.get(page(pledge)).status_code == 404
    assert client.get(page(pledge))["Location"].startswith("/accounts/login/")
    assert as_alice.put(page(pledge)).status_code == 405
    Assistant.objects.create(
        pledge=pledge, email=bea.email, user=bea, token_sha256=digest("t"),
        invited_at=NOW, accepted_at=NOW, expires_at=NOW,
    )  # fmt: skip
    assert as_bea.get(page(pledge)).status_code == 403
    assert as_bea.post(page(pledge), {"address": AT_WORK}).status_code == 403
    works_at(bea, AT_WORK)
    with pytest.raises(PermissionDenied):
        show_work_address(pledge=pledge, address=AT_WORK, by=bea, now=NOW)


def test_a_closed_pledge_is_confirmed_by_nobody(
    pledge: Pledge, alice: User, as_alice: Client
) -> None:
    works_at(alice, AT_WORK)
    pledge.state, pledge.closed_at = PledgeState.CLOSED, NOW
    pledge.save()
    assert as_alice.get(page(pledge))["Location"] == reverse("my_pledge", args=[pledge.pk])
    with pytest.raises(PermissionDenied):
        show_work_address(pledge=pledge, address=AT_WORK, by=alice, now=NOW)


@pytest.mark.parametrize("action", ["show", "confirm"])
def test_what_fails_leaves_nothing_behind(
    action: str, pledge: Pledge, alice: User, bea: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    works_at(alice, AT_WORK)

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(trusting, "record", fail)
    work = {
        "show": lambda: show_work_address(pledge=pledge, address=AT_WORK, by=alice, now=NOW),
        "confirm": lambda: confirm_pledge(
            pledge=pledge, shown=pledge.who_as_shown, by=bea, now=NOW
        ),
    }
    with pytest.raises(RuntimeError):
        work[action]()
    assert standing(pledge) == NOTHING


@pytest.mark.parametrize("addresses", [1, 3])
def test_the_page_costs_the_same_with_any_addresses(
    addresses: int,
    pledge: Pledge,
    alice: User,
    as_alice: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(addresses):
        works_at(alice, f"alice{number}@harbour.example")
    with django_assert_num_queries(4):  # session, person, pledge, addresses
        as_alice.get(page(pledge))
