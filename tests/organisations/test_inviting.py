"""Inviting somebody to join, taking it back, and joining."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.db import IntegrityError

from history.queries import lines_about
from organisations import actions
from organisations.enums import Role
from organisations.models import MemberInvite, Membership, Organisation, User
from outbox.models import Email
from tests.factories.organisations import ConfirmedAddressFactory, OrganisationFactory, UserFactory
from tests.organisations.inviting import invite_number, token_in

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def invite(harbour: Organisation, alice: User) -> MemberInvite:
    return actions.invite_member(
        organisation=harbour, email="Dele@Example.org", roles=[Role.TRUSTEE], by=alice, now=NOW
    )


class TestInviteMember:
    def test_a_mail_carries_the_only_copy_of_the_token(self, invite: MemberInvite) -> None:
        email = Email.objects.get()
        assert email.to_address == "dele@example.org"
        assert email.subject == "Alice Adeyemi invites you to join Harbour Minds"
        assert actions.digest(token_in(email)) == bytes(invite.token_sha256)
        assert invite.expires_at == NOW + timedelta(days=14)

    def test_a_member_is_not_invited_again(
        self, harbour: Organisation, alice: User, bea: User
    ) -> None:
        with pytest.raises(actions.MembershipRefused, match="already a member"):
            actions.invite_member(
                organisation=harbour,
                email="BEA@harbour.example",
                roles=[Role.STAFF],
                by=alice,
                now=NOW,
            )
        assert Email.objects.count() == 0

    def test_a_second_invitation_replaces_the_first(
        self, invite: MemberInvite, harbour: Organisation, alice: User, dele: User
    ) -> None:
        first = token_in(Email.objects.get())
        later = NOW + timedelta(hours=1)
        actions.invite_member(
            organisation=harbour, email=invite.email, roles=[Role.STAFF], by=alice, now=later
        )
        assert harbour.member_invites.filter(revoked_at=None).count() == 1
        with pytest.raises(actions.MembershipRefused, match="has been used"):
            actions.accept_invite(token=first, by=dele, now=later)

    def test_a_double_click_sends_one_mail(
        self, invite: MemberInvite, harbour: Organisation, alice: User, dele: User
    ) -> None:
        again = actions.invite_member(
            organisation=harbour,
            email="dele@EXAMPLE.org",
            roles=[Role.TRUSTEE],
            by=alice,
            now=NOW + timedelta(seconds=59),
        )
        assert again == invite
        token = token_in(Email.objects.get())
        assert actions.accept_invite(token=token, by=dele, now=NOW).user == dele

    @pytest.mark.parametrize("roles", [[Role.TRUSTEE], [Role.STAFF]])
    def test_an_address_is_written_to_once_an_hour(
        self, invite: MemberInvite, harbour: Organisation, alice: User, roles: list[Role]
    ) -> None:
        """Taking an invitation back does not unsend it."""
        actions.revoke_invite(invite=invite, by=alice, now=NOW)
        with pytest.raises(actions.MembershipRefused, match="less than an hour ago"):
            actions.invite_member(
                organisation=harbour,
                email=invite.email,
                roles=roles,
                by=alice,
                now=NOW + timedelta(minutes=59),
            )
        assert Email.objects.count() == 1

    def test_one_person_sends_20_a_day_from_wherever(
        self, harbour: Organisation, northside: Organisation, alice: User
    ) -> None:
        for number in range(20):
            organisation = (harbour, northside)[number % 2]
            invite_number(number, organisation, by=alice, at=NOW)
        with pytest.raises(actions.MembershipRefused, match="You have sent 20"):
            invite_number(20, OrganisationFactory(), by=alice, at=NOW + timedelta(hours=23))
        assert Email.objects.count() == 20
        invite_number(20, harbour, by=alice, at=NOW + timedelta(days=1))

    def test_an_organisation_sends_50_a_day_whoever_asks(self, harbour: Organisation) -> None:
        people = [UserFactory() for _ in range(3)]
        for number in range(50):
            invite_number(number, harbour, by=people[number // 20], at=NOW)
        with pytest.raises(actions.MembershipRefused, match="50 invitations have left"):
            invite_number(50, harbour, by=people[2], at=NOW)
        assert Email.objects.count() == 50

    def test_it_rolls_back_whole(self, harbour: Organisation, alice: User) -> None:
        with (
            patch("organisations.actions.record", side_effect=IntegrityError),
            pytest.raises(IntegrityError),
        ):
            actions.invite_member(
                organisation=harbour, email="x@example.org", roles=["staff"], by=alice, now=NOW
            )
        assert (MemberInvite.objects.count(), Email.objects.count()) == (0, 0)


class TestAcceptInvite:
    @pytest.mark.parametrize("spelt", ["dele@example.org", "DELE@Example.ORG"])
    def test_a_second_address_of_an_account_counts_whatever_its_case(
        self, invite: MemberInvite, chidi: User, spelt: str
    ) -> None:
        ConfirmedAddressFactory(user=chidi, email=spelt, primary=False)
        token = token_in(Email.objects.get())
        assert actions.accept_invite(token=token, by=chidi, now=NOW).user == chidi

    def test_a_link_passed_on_opens_nothing(
        self, invite: MemberInvite, chidi: User, dele: User
    ) -> None:
        ConfirmedAddressFactory(user=chidi)
        with pytest.raises(actions.AddressNotConfirmed, match=r"sent to d…@example\.org\.$"):
            actions.accept_invite(token=token_in(Email.objects.get()), by=chidi, now=NOW)
        assert not invite.organisation.memberships.filter(user=chidi).exists()

    def test_an_address_is_nobodys_until_it_is_confirmed(self, invite: MemberInvite) -> None:
        user = UserFactory(email="dele@example.org")
        ConfirmedAddressFactory(user=user, verified=False)
        with pytest.raises(actions.AddressNotConfirmed):
            actions.accept_invite(token=token_in(Email.objects.get()), by=user, now=NOW)

    def test_it_joins_with_the_roles_offered(
        self, invite: MemberInvite, harbour: Organisation, dele: User
    ) -> None:
        token = token_in(Email.objects.get())
        membership = actions.accept_invite(token=token, by=dele, now=NOW)
        assert (membership.organisation, membership.roles) == (harbour, [Role.TRUSTEE])
        invite.refresh_from_db()
        assert (invite.accepted_at, invite.accepted_by) == (NOW, dele)

    def test_a_link_works_once(self, invite: MemberInvite, dele: User) -> None:
        token = token_in(Email.objects.get())
        actions.accept_invite(token=token, by=dele, now=NOW)
        with pytest.raises(actions.MembershipRefused, match="has been used"):
            actions.accept_invite(token=token, by=UserFactory(), now=NOW)

    @pytest.mark.parametrize(
        ("late_by", "works"), [(timedelta(seconds=-1), True), (timedelta(0), False)]
    )
    def test_a_link_ends_on_the_second(
        self, invite: MemberInvite, dele: User, late_by: timedelta, works: bool
    ) -> None:
        token = token_in(Email.objects.get())
        at = invite.expires_at + late_by
        if works:
            assert actions.accept_invite(token=token, by=dele, now=at).user == dele
            return
        with pytest.raises(actions.MembershipRefused):
            actions.accept_invite(token=token, by=dele, now=at)

    def test_a_member_who_follows_a_link_keeps_their_roles(
        self, invite: MemberInvite, bea: User
    ) -> None:
        with pytest.raises(actions.MembershipRefused, match="already belong to Harbour Minds"):
            actions.accept_invite(token=token_in(Email.objects.get()), by=bea, now=NOW)
        assert bea.memberships.get().roles == [Role.STAFF]

    def test_it_rolls_back_whole(self, invite: MemberInvite, dele: User) -> None:
        before = Membership.objects.count()
        with (
            patch("organisations.actions.record", side_effect=IntegrityError),
            pytest.raises(IntegrityError),
        ):
            actions.accept_invite(token=token_in(Email.objects.get()), by=dele, now=NOW)
        invite.refresh_from_db()
        assert (Membership.objects.count(), invite.accepted_at) == (before, None)


class TestRevokeInvite:
    def test_the_link_stops_at_once(self, invite: MemberInvite, alice: User, dele: User) -> None:
        actions.revoke_invite(invite=invite, by=alice, now=NOW)
        with pytest.raises(actions.MembershipRefused):
            actions.accept_invite(token=token_in(Email.objects.get()), by=dele, now=NOW)

    def test_twice_is_recorded_once(
        self, invite: MemberInvite, harbour: Organisation, alice: User
    ) -> None:
        for _ in range(2):
            actions.revoke_invite(invite=invite, by=alice, now=NOW)
        assert [line.text for line in lines_about(harbour)] == [
            "Alice Adeyemi took back an invitation to join",
            "Alice Adeyemi invited somebody to join",
        ]
