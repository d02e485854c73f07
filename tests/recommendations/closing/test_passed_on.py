"""Looking again where nobody on the committee is free: a trustee or an adviser does."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from committees.models import GroupMember
from organisations.enums import Role
from organisations.models import Organisation, User
from recommendations.actions import rechecking
from recommendations.enums import Sustained
from recommendations.models import Recheck, Recommendation
from recommendations.queries.rechecking import nobody_free, place_of
from recommendations.rechecking import Checker, is_passed_on, may_open, may_record
from tests.conftest import signed_in_as
from tests.factories.closing import due_recheck
from tests.factories.committees import seated_in
from tests.factories.organisations import MembershipFactory

SAID = "Nobody on the committee is free to look at this again"
TODAY = timezone.localdate()
FREE, ADVISER = Checker(sits=True), Checker(advises=True)
BOUND = [
    Checker(sits=True, coordinates=True),
    Checker(sits=True, owns=True),
    Checker(sits=True, proposed=True),
]


class TestRule:
    @pytest.mark.parametrize("bound", BOUND)
    def test_who_is_bound_is_not_free(self, bound: Checker) -> None:
        assert is_passed_on([bound, ADVISER])
        assert not is_passed_on([bound, FREE])

    def test_nobody_at_all_is_nobody_free(self) -> None:
        assert is_passed_on([])

    def test_the_committee_first(self) -> None:
        assert may_record(FREE, [FREE, ADVISER])
        assert not may_record(ADVISER, [FREE, ADVISER])
        assert may_record(ADVISER, [*BOUND, ADVISER])

    @pytest.mark.parametrize("bound", BOUND)
    def test_the_bound_record_nothing(self, bound: Checker) -> None:
        assert not may_record(bound, [bound, ADVISER])

    @pytest.mark.parametrize("fields", [{"coordinates": True}, {"owns": True}, {"proposed": True}])
    def test_nor_do_the_bound_among_those_who_advise(self, fields: dict[str, bool]) -> None:
        other = Checker(advises=True, **fields)
        assert not may_record(other, [other])
        assert not may_open(other, [other])

    def test_others_never(self) -> None:
        assert not may_record(Checker(), [])
        assert not may_open(Checker(), [])

    def test_who_coordinates_is_let_in_to_be_told(self) -> None:
        assert [may_open(each, BOUND) for each in BOUND] == [True, False, False]


@pytest.fixture
def recheck(proven: Recommendation, lead: User) -> Recheck:
    """Whoever decided on it has left the committee since."""
    found = due_recheck(proven, by=lead)
    GroupMember.objects.update(to_date=timezone.localdate() - timedelta(days=1))
    return found


@pytest.fixture
def trustee(harbour: Organisation) -> User:
    user: User = MembershipFactory(organisation=harbour, roles=[Role.TRUSTEE]).user
    return user


def on_the_committee(user: User, *more: Role) -> None:
    """With a seat, whatever their role."""
    [membership] = user.memberships.select_related("organisation")
    membership.roles = [Role.STAFF, *more]
    membership.save(update_fields=["roles"])
    seated_in(membership.organisation, user)


def agree(recheck: Recheck) -> bool:
    """What SQL says for a list, once the rule has been seen to say the same."""
    stranger = MembershipFactory(organisation=recheck.recommendation.organisation).user
    in_sql = Recheck.objects.filter(nobody_free(TODAY), pk=recheck.pk).exists()
    assert place_of(recheck, stranger, today=TODAY).is_passed_on == in_sql
    return in_sql


def offers(user: User, recheck: Recheck) -> tuple[int, bool, bool]:
    """The page of the check; whether the recommendation and "my work" lead to it."""
    client, address = signed_in_as(user), f"/o/harbour-minds/recommendations/checks/{recheck.pk}/"
    here = client.get(recheck.recommendation.get_absolute_url()).content.decode()
    tasks = client.get("/me/").context["tasks"]
    return (
        client.get(address).status_code,
        address in here,
        address in [task.url for task in tasks],
    )


class TestPassedOn:
    @pytest.mark.parametrize("role", [Role.TRUSTEE, Role.ADVISER])
    def test_offered_and_recorded(
        self, role: Role, recheck: Recheck, harbour: Organisation
    ) -> None:
        other = MembershipFactory(organisation=harbour, roles=[role]).user
        assert agree(recheck)
        assert offers(other, recheck) == (200, True, True)
        client = signed_in_as(other)
        address = f"/o/harbour-minds/recommendations/checks/{recheck.pk}/"
        pages = [address, recheck.recommendation.get_absolute_url()]
        assert [SAID in client.get(each).content.decode() for each in pages] == [True, True]
        [task] = client.get("/me/").context["tasks"]
        assert task.label == "Passed to you: look again"
        client.post(address, {"result": "sustained", "note": "Asked two teams."})
        recheck.refresh_from_db()
        assert (recheck.result, recheck.checked_by) == (Sustained.SUSTAINED, other)
        assert SAID in client.get(pages[1]).content.decode()

    def test_not_while_somebody_is_free(
        self, recheck: Recheck, trustee: User, member: User
    ) -> None:
        on_the_committee(member)
        assert not agree(recheck)
        assert offers(trustee, recheck) == (403, False, False)
        assert offers(member, recheck) == (200, True, True)
        with pytest.raises(PermissionDenied):
            rechecking.record_recheck(
                recheck=recheck, result=Sustained.SUSTAINED, note="Mine.", by=trustee,
                now=timezone.now(),
            )  # fmt: skip

    @pytest.mark.parametrize("who", ["lead", "sponsor"])
    def test_owners_on_the_committee_are_not_free(
        self, who: str, recheck: Recheck, trustee: User, request: pytest.FixtureRequest
    ) -> None:
        user = request.getfixturevalue(who)
        on_the_committee(user)
        assert agree(recheck)
        assert offers(trustee, recheck) == (200, True, True)
        assert offers(user, recheck) == (403, False, False)

    def test_nor_whoever_proposed_it_and_gave_it_up(
        self, recheck: Recheck, trustee: User, lead: User
    ) -> None:
        recheck.recommendation.actions.update(responsible_owner=None, accepted_by=None)
        on_the_committee(lead)
        assert agree(recheck)
        assert offers(lead, recheck) == (403, False, False)

    def test_nor_who_coordinates_but_they_are_told(
        self, recheck: Recheck, trustee: User, member: User
    ) -> None:
        on_the_committee(member, Role.COORDINATOR)
        assert agree(recheck)
        assert offers(member, recheck) == (200, False, False)
        assert offers(trustee, recheck) == (200, True, True)

    def test_nor_who_left_or_cannot_sign_in(
        self, recheck: Recheck, member: User, bea: User
    ) -> None:
        on_the_committee(member)
        member.memberships.update(ended_at=timezone.now())
        on_the_committee(bea)
        User.objects.filter(pk=bea.pk).update(is_active=False)
        assert agree(recheck)

    def test_a_sponsor_is_not_missed(self, recheck: Recheck, member: User) -> None:
        """Without a sponsor, whoever is free still is."""
        on_the_committee(member)
        Recommendation.objects.update(accountable_owner=None)
        assert not agree(Recheck.objects.get(pk=recheck.pk))

    def test_not_to_a_trustee_who_owns_it_or_coordinates(
        self, recheck: Recheck, sponsor: User, bea: User
    ) -> None:
        sponsor.memberships.update(roles=[Role.TRUSTEE])
        bea.memberships.update(roles=[Role.TRUSTEE, Role.COORDINATOR])
        assert [offers(each, recheck) for each in (sponsor, bea)] == [(403, False, False)] * 2

    def test_the_committee_elsewhere_is_nothing_here(
        self, recheck: Recheck, trustee: User, chidi: User
    ) -> None:
        on_the_committee(chidi)
        assert agree(recheck)
        assert signed_in_as(chidi).get(
            f"/o/harbour-minds/recommendations/checks/{recheck.pk}/"
        ).status_code == 404  # fmt: skip


@pytest.mark.parametrize("more", [0, 3])
def test_as_many_queries_for_more_people(
    more: int,
    recheck: Recheck,
    trustee: User,
    harbour: Organisation,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    MembershipFactory.create_batch(more, organisation=harbour, roles=[Role.ADVISER])
    client = signed_in_as(trustee)
    with django_assert_num_queries(10):
        client.get(recheck.recommendation.get_absolute_url())
