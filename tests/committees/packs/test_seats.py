"""Packs for whoever sits on the committee, whatever their role; and where they lead from there."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from committees.enums import GroupKind
from committees.models import GroupMember, Pack
from organisations.enums import Role
from organisations.models import Organisation, User
from recommendations.models import Action, Recommendation
from tests.committees.deciding.conftest import joined, seated
from tests.committees.packs.test_freezing import five_hundred
from tests.conftest import signed_in_as
from tests.factories.committees import GroupFactory, MeetingFactory
from tests.factories.packs import Plan, coming_meeting, freeze, frozen_pack, plan_for_a_pack

LIST = "/o/harbour-minds/packs/"
FILES = ["pack_detail", "pack_minutes", "pack_paper", "pack_pdf", "pack_export"]
DAY = timedelta(days=1)


@pytest.fixture
def plan(harbour: Organisation) -> Plan:
    """One action is past a date that stands."""
    plan = plan_for_a_pack(harbour)
    Action.objects.filter(pk=plan.late.pk).update(
        accepted_at=timezone.now(), accepted_by=plan.lead, original_date=plan.late.target_date
    )
    return plan


@pytest.fixture
def pack(plan: Plan, alice: User) -> Pack:
    return freeze(plan, by=alice)


@pytest.fixture
def seat(plan: Plan, harbour: Organisation) -> GroupMember:
    return seated(plan.committee, joined(harbour, "Plain", Role.STAFF))


def at(name: str, pack: Pack) -> str:
    return reverse(name, args=["harbour-minds", pack.pk])


def page(user: User, pack: Pack) -> str:
    return signed_in_as(user).get(at("pack_detail", pack)).content.decode()


def links(plan: Plan) -> list[str]:
    """Where each of the four things in the pack is decided."""
    here = "/o/harbour-minds/decisions"
    late = [plan.late.recommendation_id, plan.late.pk]
    return [
        f"{here}/closing/{plan.proposal.pk}/",
        f"{here}/later-date/{plan.asked.pk}/",
        f"{here}/response/{plan.unanswered.pk}/",
        reverse("date_move", args=["harbour-minds", *late]),
    ]


def led(user: User, plan: Plan, pack: Pack) -> list[bool]:
    said = page(user, pack)
    return [f'href="{link}?pack={pack.pk}"' in said for link in links(plan)]


class TestReading:
    def test_a_seat_opens_the_packs_of_that_committee(
        self, pack: Pack, seat: GroupMember, harbour: Organisation, alice: User
    ) -> None:
        board = GroupFactory(organisation=harbour, kind=GroupKind.BOARD)
        other = frozen_pack(harbour, by=alice, group=board)
        client = signed_in_as(seat.user)
        assert [each.pk for each in client.get(LIST).context["page"]] == [pack.pk]
        assert {client.get(at(name, pack)).status_code for name in FILES} <= {200, 302}
        assert [client.get(at(name, other)).status_code for name in FILES] == [403] * 5

    @pytest.mark.parametrize("days", [{"to_date": -DAY}, {"from_date": DAY}])
    def test_a_seat_of_another_day_does_not(
        self, days: dict[str, timedelta], plan: Plan, pack: Pack, harbour: Organisation
    ) -> None:
        today = timezone.localdate()
        user = joined(harbour, "Another day")
        seated(plan.committee, user, **{name: today + by for name, by in days.items()})
        client = signed_in_as(user)
        assert [client.get(path).status_code for path in (LIST, at("pack_detail", pack))] == [
            403,
            403,
        ]

    @pytest.mark.parametrize("days", [{"to_date": 0 * DAY}, {"from_date": 0 * DAY}])
    def test_a_seat_of_today_does(
        self, days: dict[str, timedelta], plan: Plan, pack: Pack, harbour: Organisation
    ) -> None:
        today = timezone.localdate()
        user = joined(harbour, "Today")
        seated(plan.committee, user, **{name: today + by for name, by in days.items()})
        assert signed_in_as(user).get(at("pack_detail", pack)).status_code == 200

    def test_a_seat_on_the_board_does_not(self, pack: Pack, harbour: Organisation) -> None:
        user = joined(harbour, "Trustee without the role")
        seated(GroupFactory(organisation=harbour, kind=GroupKind.BOARD), user)
        assert signed_in_as(user).get(LIST).status_code == 403

    def test_a_seat_freezes_and_shares_nothing(
        self, pack: Pack, seat: GroupMember, harbour: Organisation
    ) -> None:
        client = signed_in_as(seat.user)
        freezing = reverse("pack_freeze", args=["harbour-minds", coming_meeting(harbour).pk])
        assert client.post(freezing).status_code == 403
        assert client.get(at("pack_link_make", pack)).status_code == 403

    def test_it_leads_nowhere_that_is_closed(
        self, pack: Pack, seat: GroupMember, as_alice: Client
    ) -> None:
        """Advice is for roles; where they are not let in, no link says otherwise."""
        advice = "/o/harbour-minds/advice/"
        assert advice in as_alice.get(at("pack_detail", pack)).content.decode()
        assert advice not in page(seat.user, pack)

    def test_the_meeting_leads_there(
        self, plan: Plan, pack: Pack, seat: GroupMember, as_bea: Client
    ) -> None:
        meeting, link = plan.meeting.get_absolute_url(), f'href="{pack.get_absolute_url()}"'
        found = [each.get(meeting).content.decode() for each in (signed_in_as(seat.user), as_bea)]
        assert [link in said for said in found] == [True, False]


class TestDeciding:
    def test_a_seat_leads_to_all_of_it(self, plan: Plan, pack: Pack, seat: GroupMember) -> None:
        assert led(seat.user, plan, pack) == [True] * 4

    @pytest.mark.parametrize("role", [Role.CHAIR, Role.COMMITTEE, Role.TRUSTEE, Role.ADVISER])
    def test_a_role_without_a_seat_leads_nowhere(
        self, role: Role, plan: Plan, pack: Pack, seat: GroupMember, harbour: Organisation
    ) -> None:
        user = joined(harbour, "Role", role)
        assert led(user, plan, pack) == [False] * 4
        assert "Waits for a decision" in page(user, pack)

    def test_a_coordinator_with_a_seat_decides_nothing(
        self, plan: Plan, pack: Pack, alice: User
    ) -> None:
        seated(plan.committee, alice)
        assert led(alice, plan, pack) == [False] * 4

    def test_an_owner_with_a_seat_answers_alone(
        self, plan: Plan, pack: Pack, seat: GroupMember
    ) -> None:
        """Its lead asked for the closing and the date; a response is nobody's own."""
        seated(plan.committee, plan.lead)
        assert led(plan.lead, plan, pack) == [False, False, True, False]

    @pytest.mark.parametrize("role", [Role.TRUSTEE, Role.ADVISER])
    def test_it_has_passed_on(
        self, role: Role, plan: Plan, pack: Pack, harbour: Organisation
    ) -> None:
        seated(plan.committee, plan.lead)
        assert led(joined(harbour, "Other", role), plan, pack) == [True, True, False, True]

    def test_the_list_of_decisions_leads_to_the_same(
        self, plan: Plan, pack: Pack, seat: GroupMember, harbour: Organisation
    ) -> None:
        seated(plan.committee, plan.lead)
        roles = (Role.CHAIR, Role.COMMITTEE, Role.TRUSTEE, Role.ADVISER)
        for user in (seat.user, plan.lead, *(joined(harbour, role, role) for role in roles)):
            waits = signed_in_as(user).get("/o/harbour-minds/decisions/").content.decode()
            of_list = [f'href="{link}"' in waits for link in links(plan)[:3]]
            assert led(user, plan, pack)[:3] == of_list

    def test_a_date_moved_or_proven_meanwhile_is_not_offered(
        self, plan: Plan, pack: Pack, seat: GroupMember
    ) -> None:
        Action.objects.filter(pk=plan.late.pk).update(proven_on=timezone.localdate())
        assert led(seat.user, plan, pack) == [True, True, True, False]


@pytest.mark.parametrize("more", [0, 30])
def test_queries(
    more: int,
    plan: Plan,
    seat: GroupMember,
    harbour: Organisation,
    alice: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    five_hundred(harbour, more)
    for _ in range(more // 10):
        seated(plan.committee, joined(harbour, "Member"))
    pack = freeze(plan, by=alice)
    client = signed_in_as(seat.user)
    with django_assert_num_queries(8):
        client.get(at("pack_detail", pack))
    with django_assert_num_queries(6):
        client.get(LIST)


def test_as_many_for_a_role_whose_seat_ended(
    plan: Plan,
    pack: Pack,
    harbour: Organisation,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    user = joined(harbour, "Ended", Role.COMMITTEE)
    seated(plan.committee, user, to_date=timezone.localdate() - DAY)
    MeetingFactory(group=plan.committee, date=timezone.localdate() - 2 * DAY)
    client = signed_in_as(user)
    with django_assert_num_queries(8):
        client.get(at("pack_detail", pack))
    assert led(user, plan, pack) == [True] * 4


def test_what_was_owned_when_it_was_proposed_is_not_led_to(
    plan: Plan, pack: Pack, seat: GroupMember
) -> None:
    """Giving it up does not free anybody: the page refuses, so the lists do not lead there."""
    type(plan.proposal).objects.update(withdrawn_at=timezone.now())
    one = Recommendation.objects.get(pk=plan.closing.pk)
    again = one.proposals.create(
        wanted=plan.proposal.wanted,
        outcome="Waiting times fell.",
        proposed_by=plan.lead,
        proposed_at=timezone.now(),
        owners=[seat.user.pk],
    )
    link = f"/o/harbour-minds/decisions/closing/{again.pk}/"
    client = signed_in_as(seat.user)
    assert link not in client.get("/o/harbour-minds/decisions/").content.decode()
    assert "so somebody else decides" in client.get(link).content.decode()


class TestTab:
    """Whoever may open the list of packs finds the way to it on every page beside it."""

    ROLES = (Role.STAFF, Role.ORGANISER, Role.ADVISER, Role.TRUSTEE, Role.COMMITTEE, Role.CHAIR,
             Role.COORDINATOR)  # fmt: skip

    @pytest.mark.parametrize(
        "days", [None, {}, {"from_date": 0 * DAY}, {"to_date": 0 * DAY}, {"to_date": -DAY},
                 {"from_date": DAY}],
    )  # fmt: skip
    def test_for_every_role_with_every_seat(
        self, days: dict[str, timedelta] | None, plan: Plan, pack: Pack, harbour: Organisation
    ) -> None:
        today = timezone.localdate()
        here = "/o/harbour-minds/"
        meetings = [plan.meeting, MeetingFactory(group=plan.committee)]
        places = [f"{here}groups/", f"{here}decisions/", plan.committee.get_absolute_url()]
        places += [each.get_absolute_url() for each in meetings]
        for role in self.ROLES:
            user = joined(harbour, role, role)
            if days is not None:
                seat = {name: today + by for name, by in days.items()}
                seated(plan.committee, user, **seat)
            client = signed_in_as(user)
            opens = client.get(LIST).status_code == 200
            tabs = [f'<a href="{LIST}"' in client.get(at).content.decode() for at in places]
            assert tabs == [opens] * 5, (role, days)
            is_seated = days is not None and all(by == 0 * DAY for by in days.values())
            assert opens is (is_seated or role not in (Role.STAFF, Role.ORGANISER))

    def test_a_seat_on_the_board_or_elsewhere_shows_none(
        self, pack: Pack, harbour: Organisation, northside: Organisation
    ) -> None:
        user = joined(harbour, "Elsewhere")
        seated(GroupFactory(organisation=harbour, kind=GroupKind.BOARD), user)
        seated(GroupFactory(organisation=northside, kind=GroupKind.ACCOUNTABILITY), user)
        client = signed_in_as(user)
        for place in ("groups/", "decisions/"):
            assert LIST not in client.get(f"/o/harbour-minds/{place}").content.decode()
