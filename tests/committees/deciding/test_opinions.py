"""What advisers and staff networks think of a proposal to close."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from committees.actions import opinions
from committees.enums import GroupKind, View
from committees.models import Group, Meeting, Opinion
from committees.queries.opinions import opinions_on
from committees.refusals import NOT_A_NETWORK, GroupRefused
from history.models import Entry
from organisations.enums import Role
from organisations.models import Membership, Organisation, User
from recommendations.actions.closing import withdraw_proposal
from recommendations.models import Action, ClosureProposal
from recommendations.refusals import ENDED_PROPOSAL, RecommendationRefused
from tests.committees.deciding.conftest import HERE, NOW, joined
from tests.conftest import signed_in_as
from tests.factories.committees import GroupFactory
from tests.recommendations.actions.conftest import fail


@pytest.fixture
def adviser(harbour: Organisation) -> User:
    return joined(harbour, "Ade Bello", Role.ADVISER)


@pytest.fixture
def network(harbour: Organisation) -> Group:
    found: Group = GroupFactory(
        organisation=harbour, kind=GroupKind.STAFF_NETWORK, name="Staff network"
    )
    return found


def give(proposal: ClosureProposal, by: User, **said: Any) -> Opinion:
    given = {"view": View.NOT_YET, "note": " Ask the staff first. ", "now": NOW, **said}
    return opinions.give_opinion(proposal=proposal, by=by, **given)


def give_theirs(proposal: ClosureProposal, group: Group, by: User, **said: Any) -> Opinion:
    given = {"view": View.CANNOT_TELL, "note": "", "now": NOW, **said}
    return opinions.give_network_opinion(proposal=proposal, group=group, by=by, **given)


def told(proposal: ClosureProposal) -> list[tuple[str, User | None]]:
    about = Entry.objects.about(proposal.recommendation).filter(verb__startswith="committee.")
    return [(entry.verb, entry.actor) for entry in about.order_by("pk")]


class TestOfAnAdviser:
    def test_it_works(self, proposal: ClosureProposal, adviser: User) -> None:
        given = give(proposal, adviser)
        assert (given.view, given.note, given.by) == ("not_yet", "Ask the staff first.", adviser)
        assert told(proposal) == [("committee.opinion_given", adviser)]

    def test_the_same_again_leaves_nothing(self, proposal: ClosureProposal, adviser: User) -> None:
        assert give(proposal, adviser) == give(proposal, adviser)
        assert (Opinion.objects.count(), len(told(proposal))) == (1, 1)

    def test_who_thinks_again_adds_a_row(self, proposal: ClosureProposal, adviser: User) -> None:
        give(proposal, adviser)
        give(proposal, adviser, view=View.AGREE, note="", now=NOW + timedelta(days=1))
        assert Opinion.objects.count() == 2
        assert [said.opinion.view for said in opinions_on([proposal.pk])[proposal.pk]] == ["agree"]

    def test_not_without_the_role(
        self, proposal: ClosureProposal, bea: User, chidi: User, adviser: User
    ) -> None:
        Membership.objects.filter(user=adviser).update(ended_at=NOW)
        for person in (bea, chidi, adviser):
            with pytest.raises(PermissionDenied):
                give(proposal, person)
        assert Opinion.objects.count() == 0

    def test_not_who_proposed_it_and_owns_it_no_more(
        self, proposal: ClosureProposal, lead: User, sponsor: User
    ) -> None:
        Action.objects.update(responsible_owner=sponsor, accepted_by=None)
        Membership.objects.filter(user=lead).update(roles=[Role.ADVISER])
        with pytest.raises(PermissionDenied):
            give(proposal, lead)
        page = signed_in_as(lead).get(f"{HERE}closing/{proposal.pk}/opinion/")
        assert (page.status_code, Opinion.objects.count()) == (403, 0)

    def test_not_on_their_own_work(self, proposal: ClosureProposal, lead: User) -> None:
        Membership.objects.filter(user=lead).update(roles=[Role.ADVISER])
        with pytest.raises(PermissionDenied):
            give(proposal, lead)

    def test_not_once_it_is_over(
        self, proposal: ClosureProposal, adviser: User, lead: User
    ) -> None:
        withdraw_proposal(proposal=proposal, by=lead, now=NOW)
        with pytest.raises(RecommendationRefused, match=ENDED_PROPOSAL):
            give(proposal, adviser)

    def test_it_rolls_back_whole(
        self, proposal: ClosureProposal, adviser: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(opinions, "record", fail)
        with pytest.raises(DatabaseError), transaction.atomic():
            give(proposal, adviser)
        assert Opinion.objects.count() == 0


class TestOfANetwork:
    def test_nothing_keeps_who_entered_it(
        self, proposal: ClosureProposal, network: Group, chair: User, meeting: Meeting
    ) -> None:
        given = give_theirs(proposal, network, chair)
        assert (given.by, given.group, given.view) == (None, network, "cannot_tell")
        assert told(proposal) == [("committee.network_opinion", None)]
        [said] = opinions_on([proposal.pk])[proposal.pk]
        assert said.who == "Staff network"

    def test_a_coordinator_may_enter_it(
        self, proposal: ClosureProposal, network: Group, alice: User, bea: User, member: User
    ) -> None:
        assert give_theirs(proposal, network, alice).by is None
        for person in (bea, member):
            with pytest.raises(PermissionDenied):
                give_theirs(proposal, network, person)

    def test_of_a_staff_network_alone(
        self,
        proposal: ClosureProposal,
        committee: Group,
        alice: User,
        northside: Organisation,
    ) -> None:
        theirs = GroupFactory(organisation=northside, kind=GroupKind.STAFF_NETWORK)
        for group in (committee, theirs):
            with pytest.raises(GroupRefused, match=NOT_A_NETWORK):
                give_theirs(proposal, group, alice)

    def test_postgres_refuses_a_name_beside_it(
        self, proposal: ClosureProposal, network: Group, alice: User
    ) -> None:
        row = {"proposal": proposal, "view": View.AGREE, "at": NOW}
        for who in ({"by": alice, "group": network}, {}):
            with pytest.raises(IntegrityError, match="opinion_of_a_person"), transaction.atomic():
                Opinion.objects.create(**row, **who)
        with pytest.raises(IntegrityError, match="opinion_is_one_of_three"), transaction.atomic():
            Opinion.objects.create(**{**row, "view": "perhaps"}, by=alice)
