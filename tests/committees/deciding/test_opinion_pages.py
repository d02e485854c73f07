"""Where advisers, and whoever speaks for a network, say what they think."""

from typing import Any

import pytest
from django.test import Client

from committees.enums import GroupKind
from committees.models import Group, Meeting, Opinion
from organisations.enums import Role
from organisations.models import Membership, Organisation, User
from recommendations.actions.closing import withdraw_proposal
from recommendations.models import ClosureProposal
from tests.committees.deciding.conftest import HERE, NOW, joined
from tests.conftest import signed_in_as
from tests.factories.committees import GroupFactory


@pytest.fixture
def adviser(harbour: Organisation) -> User:
    return joined(harbour, "Ade Bello", Role.ADVISER)


@pytest.fixture
def as_adviser(adviser: User) -> Client:
    return signed_in_as(adviser)


@pytest.fixture
def network(harbour: Organisation) -> Group:
    found: Group = GroupFactory(
        organisation=harbour, kind=GroupKind.STAFF_NETWORK, name="Staff network"
    )
    return found


@pytest.fixture
def own(proposal: ClosureProposal) -> str:
    return f"{HERE}closing/{proposal.pk}/opinion/"


@pytest.fixture
def theirs(proposal: ClosureProposal) -> str:
    return f"{HERE}closing/{proposal.pk}/network/"


def test_who_may_open_them(
    own: str,
    theirs: str,
    as_adviser: Client,
    as_chair: Client,
    as_alice: Client,
    as_bea: Client,
    as_chidi: Client,
    client: Client,
) -> None:
    assert [each.get(own).status_code for each in (as_adviser, as_alice)] == [200, 200]
    assert [each.get(own).status_code for each in (as_chair, as_bea, as_chidi)] == [403, 403, 404]
    assert [each.get(theirs).status_code for each in (as_chair, as_alice)] == [200, 200]
    refused = [each.get(theirs).status_code for each in (as_adviser, as_bea, as_chidi)]
    assert refused == [403, 403, 404]
    for page in (own, theirs):
        assert client.get(page).headers["Location"].startswith("/accounts/login/")
        assert as_alice.put(page).status_code == 405


def test_an_owner_says_nothing_on_their_own_work(own: str, lead: User) -> None:
    Membership.objects.filter(user=lead).update(roles=[Role.ADVISER])
    assert signed_in_as(lead).get(own).status_code == 403


def test_an_adviser_says_it(
    own: str, as_adviser: Client, as_bea: Client, proposal: ClosureProposal
) -> None:
    answer = as_adviser.post(own, {"view": "not_yet", "note": "Ask the staff first."})
    address = proposal.recommendation.get_absolute_url()
    assert answer.headers["Location"] == address
    page = as_bea.get(address).content.decode()
    assert "Ask the staff first." in page
    assert "Ade Bello" in page


def test_it_stays_on_view_after_closing(
    own: str,
    as_adviser: Client,
    as_chair: Client,
    as_bea: Client,
    meeting: Meeting,
    proposal: ClosureProposal,
) -> None:
    as_adviser.post(own, {"view": "not_yet", "note": "Ask the staff first."})
    as_chair.post(f"{HERE}closing/{proposal.pk}/", {"meeting": meeting.pk, "ruling": "approved"})
    page = as_bea.get(proposal.recommendation.get_absolute_url()).content.decode()
    assert "Ask the staff first." in page


def test_of_the_network(
    theirs: str, network: Group, as_alice: Client, as_bea: Client, proposal: ClosureProposal
) -> None:
    said = {"group": str(network.pk), "view": "agree", "note": ""}
    address = proposal.recommendation.get_absolute_url()
    assert as_alice.post(theirs, said).headers["Location"] == address
    assert Opinion.objects.get().by is None
    page = as_bea.get(address).content.decode()
    assert "What the staff network thinks of closing this was added" in page
    assert "Alice Adeyemi" not in page


def test_of_no_other_group(
    theirs: str, network: Group, committee: Group, as_alice: Client, northside: Organisation
) -> None:
    foreign = GroupFactory(organisation=northside, kind=GroupKind.STAFF_NETWORK)
    for group in (committee, foreign):
        answer = as_alice.post(theirs, {"group": str(group.pk), "view": "agree"})
        assert list(answer.context["form"].errors) == ["group"]
    assert Opinion.objects.count() == 0


def test_without_a_network(theirs: str, as_alice: Client) -> None:
    assert "No staff network here yet" in as_alice.get(theirs).content.decode()


@pytest.mark.parametrize("said", [{}, {"view": "perhaps"}])
def test_nothing_chosen(said: dict[str, Any], own: str, as_adviser: Client) -> None:
    answer = as_adviser.post(own, {**said, "note": "What I typed"})
    assert list(answer.context["form"].errors) == ["view"]
    assert "What I typed" in answer.content.decode()


def test_once_it_is_over(
    own: str,
    theirs: str,
    network: Group,
    as_alice: Client,
    lead: User,
    proposal: ClosureProposal,
) -> None:
    withdraw_proposal(proposal=proposal, by=lead, now=NOW)
    over = "This proposal is no longer open."
    for page in (own, theirs):
        assert over in as_alice.get(page, follow=True).content.decode()
        answer = as_alice.post(page, {"view": "agree", "group": str(network.pk)})
        assert answer.context["form"].non_field_errors() == [over]


@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_queries_with_more_of_it(
    rows: int,
    own: str,
    proposal: ClosureProposal,
    as_adviser: Client,
    harbour: Organisation,
    django_assert_num_queries: Any,
) -> None:
    for number in range(rows):
        by = joined(harbour, f"Adviser {number}", Role.ADVISER)
        proposal.opinions.create(by=by, view="agree", at=NOW)
    with django_assert_num_queries(7):
        as_adviser.get(own)
