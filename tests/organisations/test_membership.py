"""What a member may do, how that ends, and their name."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.db import IntegrityError

from history.queries import lines_about
from organisations import actions
from organisations.enums import Role
from organisations.models import Membership, Organisation, User
from tests.factories.organisations import MembershipFactory

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


class TestChangeRoles:
    def test_roles_change_and_history_says_so(
        self, harbour: Organisation, alice: User, bea: User
    ) -> None:
        member = harbour.memberships.get(user=bea)
        actions.change_roles(membership=member, roles=[Role.CHAIR], by=alice, now=NOW)
        member.refresh_from_db()
        assert member.roles == [Role.CHAIR]
        assert [line.text for line in lines_about(harbour)] == [
            "Alice Adeyemi changed what a member may do"
        ]

    def test_somebody_who_has_left_gets_no_roles(
        self, harbour: Organisation, alice: User, bea: User
    ) -> None:
        seen = harbour.memberships.get(user=bea)
        harbour.memberships.filter(user=bea).update(ended_at=NOW)
        with pytest.raises(actions.MembershipRefused, match="has ended"):
            actions.change_roles(membership=seen, roles=[Role.CHAIR], by=alice, now=NOW)

    def test_what_somebody_else_has_changed_since_is_compared_with(
        self, harbour: Organisation, alice: User, bea: User
    ) -> None:
        seen = harbour.memberships.get(user=bea)
        harbour.memberships.filter(user=bea).update(roles=[Role.CHAIR])
        actions.change_roles(membership=seen, roles=[Role.STAFF], by=alice, now=NOW)
        assert harbour.memberships.get(user=bea).roles == [Role.STAFF]
        assert len(lines_about(harbour)) == 1

    def test_nothing_changed_is_not_recorded(
        self, harbour: Organisation, alice: User, bea: User
    ) -> None:
        member = harbour.memberships.get(user=bea)
        actions.change_roles(membership=member, roles=[Role.STAFF], by=alice, now=NOW)
        assert lines_about(harbour) == []

    def test_the_only_coordinator_stays_one(self, harbour: Organisation, alice: User) -> None:
        member = harbour.memberships.get(user=alice)
        with pytest.raises(actions.MembershipRefused, match="only coordinator"):
            actions.change_roles(membership=member, roles=[Role.STAFF], by=alice, now=NOW)

    def test_one_of_two_may_step_down(self, harbour: Organisation, alice: User) -> None:
        MembershipFactory(organisation=harbour, roles=[Role.COORDINATOR])
        member = harbour.memberships.get(user=alice)
        actions.change_roles(membership=member, roles=[Role.STAFF], by=alice, now=NOW)
        assert member.roles == [Role.STAFF]

    def test_it_rolls_back_whole(self, harbour: Organisation, alice: User, bea: User) -> None:
        member = harbour.memberships.get(user=bea)
        with (
            patch("organisations.actions.record", side_effect=IntegrityError),
            pytest.raises(IntegrityError),
        ):
            actions.change_roles(membership=member, roles=[Role.CHAIR], by=alice, now=NOW)
        member.refresh_from_db()
        assert member.roles == [Role.STAFF]


class TestEndMembership:
    def test_ending_it_twice_is_recorded_once(
        self, harbour: Organisation, alice: User, bea: User
    ) -> None:
        """Both from a page that was opened before."""
        pages = [harbour.memberships.get(user=bea) for _ in range(2)]
        for day, member in enumerate(pages):
            actions.end_membership(membership=member, by=alice, now=NOW + timedelta(days=day))
        assert [line.at for line in lines_about(harbour)] == [NOW]
        assert harbour.memberships.get(user=bea).ended_at == NOW

    def test_it_closes_the_door_and_keeps_the_row(
        self, harbour: Organisation, alice: User, bea: User
    ) -> None:
        member = harbour.memberships.get(user=bea)
        actions.end_membership(membership=member, by=alice, now=NOW)
        member.refresh_from_db()
        assert member.ended_at == NOW
        assert not Membership.objects.current().filter(user=bea).exists()

    def test_the_only_coordinator_cannot_leave(self, harbour: Organisation, alice: User) -> None:
        with pytest.raises(actions.MembershipRefused, match="only coordinator"):
            actions.end_membership(
                membership=harbour.memberships.get(user=alice), by=alice, now=NOW
            )

    def test_it_rolls_back_whole(self, harbour: Organisation, alice: User, bea: User) -> None:
        member = harbour.memberships.get(user=bea)
        with (
            patch("organisations.actions.record", side_effect=IntegrityError),
            pytest.raises(IntegrityError),
        ):
            actions.end_membership(membership=member, by=alice, now=NOW)
        member.refresh_from_db()
        assert member.ended_at is None


def test_a_person_is_renamed(bea: User) -> None:
    actions.rename_person(person=bea, name="Beatrice Ọlábísí Brown")
    bea.refresh_from_db()
    assert bea.shown_name == "Beatrice Ọlábísí Brown"
