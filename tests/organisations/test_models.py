import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.utils import timezone

from organisations.enums import Role
from organisations.models import Organisation, User
from tests.factories.organisations import MembershipFactory, OrganisationFactory, UserFactory


def test_an_address_belongs_to_one_person_whatever_its_case(db: None) -> None:
    UserFactory(email="Ade@Example.org")
    with pytest.raises(IntegrityError, match="user_unique_email"):
        User.objects.create(email="ADE@example.org")


def test_an_address_never_stands_for_a_name(db: None) -> None:
    nameless = UserFactory(email="ade@example.org", display_name="")
    assert (str(nameless), nameless.shown_name) == ("Somebody", "Somebody")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Your bank http://evil.example", "Leave the web address out of the name."),
        ("Your bank WWW.evil.example", "Leave the web address out of the name."),
        ("Quay\nBcc: x@example.org", "A name stands on one line."),
        ("Quay\u2028Charity", "A name stands on one line."),
    ],
)
def test_a_name_that_goes_into_emails_holds_no_link_and_no_line_break(
    name: str, message: str
) -> None:
    for field in (Organisation._meta.get_field("name"), User._meta.get_field("display_name")):
        with pytest.raises(ValidationError) as refused:
            field.clean(name, None)
        assert refused.value.messages == [message]


@pytest.mark.parametrize(
    "name", ["Mind.org", "24/7: we listen", "مركز الأمل 🌊", "Ọlá O'Neill-García"]
)
def test_other_names_are_welcome(name: str) -> None:
    assert Organisation._meta.get_field("name").clean(name, None) == name


def test_who_runs_the_installation(db: None) -> None:
    user = User.objects.create_superuser("root@example.org", "a long enough password")
    assert (user.is_staff, user.is_superuser) == (True, True)


def test_whoever_runs_the_installation_has_a_name_too(db: None) -> None:
    typed = {"email": "root@example.org", "display_name": "Root", "interactive": False}
    call_command("createsuperuser", verbosity=0, **typed)
    assert User.objects.get().shown_name == "Root"
    with pytest.raises(CommandError, match="display_name"):
        call_command("createsuperuser", email="other@example.org", interactive=False)


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
