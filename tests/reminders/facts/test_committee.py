"""What waits for the committee: closures to decide, and what was closed to look at again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from committees.enums import GroupKind
from committees.models import GroupMember
from committees.queries.deciders import deciders_of
from committees.queries.eligible import about_closing
from organisations.enums import Role
from organisations.models import Organisation, User
from recommendations.actions.closing import withdraw_proposal
from recommendations.actions.rechecking import record_recheck
from recommendations.enums import Ruling
from recommendations.models import Action, ClosureProposal, Recheck, Recommendation
from recommendations.queries.rechecking import place_of
from reminders.enums import Audience, ReminderKind
from tests.factories.closing import decide_closure, due_recheck, proposed, taken_on
from tests.factories.committees import GroupFactory, GroupMemberFactory
from tests.reminders.facts.asking import DUE, GONE, days, heard, leave, told
from tests.reminders.facts.conftest import member

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
CLOSURE = (ReminderKind.CLOSURE, Audience.COMMITTEE)
RECHECK = (ReminderKind.RECHECK, Audience.COMMITTEE)
ROLES = [
    [Role.TRUSTEE],
    [Role.ADVISER],
    [Role.STAFF],
    [Role.COORDINATOR, Role.COMMITTEE],
    [Role.COORDINATOR, Role.TRUSTEE],
]


def seat(organisation: Organisation, user: User, **more: object) -> GroupMember:
    kind = more.pop("kind", GroupKind.ACCOUNTABILITY)
    group = GroupFactory(organisation=organisation, kind=kind)
    made: GroupMember = GroupMemberFactory(
        group=group, user=user, **{"from_date": TODAY - days(9), **more}
    )
    return made


class TestClosure:
    @pytest.fixture
    def waits(self, action: Action, lead: User) -> ClosureProposal:
        return proposed(action.recommendation, by=lead, at=NOW)

    def test_chair_and_committee_hear_by_role_where_nobody_has_a_seat(
        self, waits: ClosureProposal, chair: User, committee: User, coordinator: User
    ) -> None:
        assert told(*CLOSURE, today=TODAY) == [
            (chair, waits.pk, TODAY),
            (committee, waits.pk, TODAY),
        ]

    def test_not_the_owners_and_not_who_proposed_it(
        self, action: Action, sponsor: User, lead: User, chair: User, committee: User
    ) -> None:
        """Neither those of today nor those of the day on which it was proposed."""
        for person in (sponsor, lead, committee):
            person.memberships.update(roles=[Role.COMMITTEE])
        second = taken_on(action.recommendation, committee, DUE, position=2)
        proposed(action.recommendation, by=sponsor, at=NOW)
        Recommendation.objects.update(accountable_owner=None)
        Action.objects.filter(pk=second.pk).update(responsible_owner=None, accepted_by=None)
        assert heard(*CLOSURE, today=TODAY) == [chair]
        Action.objects.filter(pk=second.pk).update(responsible_owner=chair)
        assert heard(*CLOSURE, today=TODAY) == []

    def test_nobody_who_coordinates_too(self, waits: ClosureProposal, alice: User) -> None:
        """She has every role; deciding is not among what a coordinator does."""
        assert heard(*CLOSURE, today=TODAY) == []

    @pytest.mark.parametrize(
        ("seated", "hears"),
        [
            ({}, True),
            ({"from_date": TODAY, "to_date": TODAY}, True),
            ({"from_date": TODAY + days(1)}, False),
            ({"to_date": TODAY - days(1)}, False),
            ({"kind": GroupKind.BOARD}, False),
        ],
    )
    def test_a_seat_of_today_counts(
        self,
        waits: ClosureProposal,
        harbour: Organisation,
        bea: User,
        chair: User,
        seated: dict[str, object],
        hears: bool,
    ) -> None:
        """And where somebody has one, a role without a seat decides nothing."""
        seat(harbour, bea, **seated)
        assert heard(*CLOSURE, today=TODAY) == ([bea] if hears else [chair])

    def test_a_seat_elsewhere_is_none_here(
        self, waits: ClosureProposal, northside: Organisation, bea: User, chidi: User
    ) -> None:
        seat(northside, bea)
        seat(northside, chidi)
        assert heard(*CLOSURE, today=TODAY) == []

    @pytest.mark.parametrize(
        "seated",
        [
            ["bea", "chair", "coordinator", "lead", "sponsor"],
            ["lead"],
            ["sponsor", "coordinator"],
            ["sponsor", "gone"],
            ["trustee", "lead"],
            ["once"],
        ],
    )
    def test_it_asks_whoever_might_decide_it_and_nobody_else(
        self,
        waits: ClosureProposal,
        harbour: Organisation,
        bea: User,
        chair: User,
        coordinator: User,
        seated: list[str],
    ) -> None:
        """Trustees and advisers where nobody with a seat is free."""
        member(harbour, "trustee", Role.TRUSTEE)
        member(harbour, "adviser", Role.ADVISER, Role.STAFF)
        member(harbour, "both", Role.TRUSTEE, Role.COORDINATOR)
        for name in ("gone", "once"):
            member(harbour, name)
        leave(User.objects.get(email="gone@harbour.example"))
        for name in seated:
            seat(harbour, User.objects.get(email=f"{name}@harbour.example"))
        about, here = about_closing(waits), harbour.memberships.current()
        free = [
            each.user
            for each in here.select_related("user", "organisation").order_by("user__email")
            if deciders_of(each, today=TODAY).might_decide(about)
        ]
        assert heard(*CLOSURE, today=TODAY) == free != []

    def test_not_once_it_is_withdrawn(
        self, waits: ClosureProposal, chair: User, lead: User
    ) -> None:
        withdraw_proposal(proposal=waits, by=lead, now=NOW)
        assert heard(*CLOSURE, today=TODAY) == []

    @pytest.mark.parametrize("ruling", [Ruling.APPROVED, Ruling.RETURNED])
    def test_not_once_it_is_decided(
        self, waits: ClosureProposal, chair: User, ruling: Ruling
    ) -> None:
        decide_closure(waits, ruling, at=NOW)
        assert heard(*CLOSURE, today=TODAY) == []

    @pytest.mark.parametrize("go", GONE)
    def test_not_who_is_gone(
        self, waits: ClosureProposal, chair: User, committee: User, go: Callable[[User], None]
    ) -> None:
        go(chair)
        assert heard(*CLOSURE, today=TODAY) == [committee]


class TestRecheck:
    @pytest.fixture
    def due(self, action: Action, lead: User, harbour: Organisation) -> Recheck:
        """Whoever decided on closing it has left since."""
        recheck = due_recheck(action.recommendation, by=lead)
        decided = harbour.memberships.filter(user__email__endswith="@example.org")
        assert decided.update(ended_at=NOW) == 1
        return Recheck.objects.select_related("recommendation", "proposal").get(pk=recheck.pk)

    @pytest.fixture
    def chair(self, harbour: Organisation, chair: User) -> User:
        seat(harbour, chair)
        return chair

    @pytest.fixture
    def committee(self, harbour: Organisation, committee: User) -> User:
        seat(harbour, committee)
        return committee

    def test_the_committee_hears_from_its_day(
        self, due: Recheck, chair: User, committee: User, coordinator: User, bea: User
    ) -> None:
        """Of each of the two checks from its own."""
        later = due.recommendation.rechecks.get(months=12)
        assert told(*RECHECK, today=TODAY) == [
            (chair, due.pk, due.due_on),
            (chair, later.pk, later.due_on),
            (committee, due.pk, due.due_on),
            (committee, later.pk, later.due_on),
        ]

    def test_not_the_owners_nor_who_proposed_it_nor_who_coordinates(
        self, due: Recheck, sponsor: User, lead: User, chair: User, alice: User,
        harbour: Organisation,
    ) -> None:  # fmt: skip
        Recheck.objects.filter(months=12).delete()
        for person in (sponsor, lead, alice):
            seat(harbour, person)
        assert heard(*RECHECK, today=TODAY) == [chair]
        Recommendation.objects.update(accountable_owner=None)
        Action.objects.update(responsible_owner=None, accepted_by=None)
        assert heard(*RECHECK, today=TODAY) == [chair, sponsor]

    @pytest.mark.parametrize("is_chaired", [True, False])
    def test_it_asks_whoever_may_record_it_and_nobody_else(
        self, due: Recheck, harbour: Organisation, sponsor: User, is_chaired: bool
    ) -> None:
        """Trustees and advisers where nobody on the committee is free."""
        Recheck.objects.filter(months=12).delete()
        for number, roles in enumerate(ROLES):
            member(harbour, f"person{number}", *roles)
        member(harbour, "role", Role.CHAIR, Role.COMMITTEE)
        if is_chaired:
            seat(harbour, member(harbour, "chair", Role.STAFF, Role.ADVISER))
        seat(harbour, User.objects.get(email="person3@harbour.example"))
        sponsor.memberships.update(roles=[Role.CHAIR, Role.TRUSTEE])
        seat(harbour, sponsor)
        people = User.objects.filter(memberships__organisation=harbour).order_by("email")
        free = [person for person in people if place_of(due, person, today=TODAY).is_theirs]
        assert heard(*RECHECK, today=TODAY) == free
        assert len(free) == (1 if is_chaired else 2)

    def test_not_once_it_is_recorded(self, due: Recheck, chair: User) -> None:
        record_recheck(recheck=due, result="sustained", note="Looked.", by=chair, now=NOW)
        assert [row[2] for row in told(*RECHECK, today=TODAY)] == [
            due.recommendation.rechecks.get(months=12).due_on
        ]

    def test_not_once_it_is_open_again(self, due: Recheck, chair: User) -> None:
        record_recheck(recheck=due, result="not_sustained", note="Gone.", by=chair, now=NOW)
        assert heard(*RECHECK, today=TODAY) == []

    def test_not_what_was_dropped(self, due: Recheck, chair: User) -> None:
        Recheck.objects.update(dropped_at=NOW - timedelta(days=1))
        assert heard(*RECHECK, today=TODAY) == []

    @pytest.mark.parametrize("go", GONE)
    def test_not_who_is_gone(
        self, due: Recheck, chair: User, committee: User, go: Callable[[User], None]
    ) -> None:
        Recheck.objects.filter(months=12).delete()
        go(chair)
        assert heard(*RECHECK, today=TODAY) == [committee]
