import pytest
from django.db import IntegrityError
from django.utils import timezone

from organisations.enums import Role
from organisations.models import Organisation, User
from tests.factories.organisations import MembershipFactory, OrganisationFactory, UserFactory


def test_an_address_belongs_to_one_person_whatever_its_case(db: None) -> None:
    UserFactory(email="Ade@Example.org")
    with pytest.raises(IntegrityError, match="user_unique_email"):
        User.objects.create(email="ADE@example.org")


def test_somebody_without_a_name_is_shown_by_address(db: None) -> None:
    assert str(UserFactory(email="ade@example.org", display_name="")) == "ade@example.org"


def test_who_runs_the_installation(db: None) -> None:
    user = User.objects.create_superuser("root@example.org", "a long enough password")
    assert (user.is_staff, user.is_superuser) == (True, True)


def test_one_current_membership_each(harbour: Organisation, bea: User) -> None:
    with pytest.raises(IntegrityError, match="membership_one_current"):
        MembershipFactory(organisation=harbour, user=bea)


def test_somebody_who_left_may_come_back(harbour: Organisation, bea: User) -> None:
    harbour.memberships.filter(user=bea).update(ended_at=timezone.now())
    assert MembershipFactory(organisation=harbour, user=bea).roles == [Role.STAFF]


@pytest.mark.parametrize("roles", [[], ["emperor"]])
def test_unknown_roles_and_none_are_refused(harbour: Organisation, roles: list[str]) -> None:
    with pytest.raises(IntegrityError, match="membership_roles_known"):
        MembershipFactory(organisation=harbour, roles=roles)


@pytest.mark.parametrize(("days", "fits"), [(13, False), (14, True), (366, True), (367, False)])
def test_silence_is_between_two_weeks_and_a_year(db: None, days: int, fits: bool) -> None:
    if fits:
        assert OrganisationFactory(silent_after_days=days).pk
        return
    with pytest.raises(IntegrityError, match="organisation_silent_after_is_sensible"):
        OrganisationFactory(silent_after_days=days)


def test_roles_are_listed_in_a_fixed_order(harbour: Organisation, bea: User) -> None:
    member = harbour.memberships.get(user=bea)
    member.roles = [Role.COORDINATOR, Role.STAFF]
    assert member.role_labels == ["Staff", "Coordinator"]
