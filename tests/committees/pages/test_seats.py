"""Who sits in a group, on screen."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from committees.forms import SeatForm
from committees.models import Group, GroupMember
from committees.refusals import NO_MEMBERS
from organisations.models import User
from tests.committees.pages.conftest import HERE
from ui.dates import TOO_FAR


class TestSeats:
    def test_it_works(self, as_alice: Client, group: Group, bea: User) -> None:
        data = {"user": str(bea.pk), "is_chair": "on", "from_date": "2026-01-05"}
        as_alice.post(f"{HERE}{group.pk}/seats/new/", data)
        member = group.members.get()
        assert (member.user, member.is_chair, member.from_date.isoformat()) == (
            bea,
            True,
            "2026-01-05",
        )

    def test_only_members_without_a_seat_are_offered(
        self, as_alice: Client, pages: dict[str, str], chidi: User
    ) -> None:
        form = as_alice.get(pages["seat"]).context["form"]
        assert [label for _, label in form.fields["user"].choices] == [
            "Choose somebody",
            "Alice Adeyemi",
        ]

    def test_a_stranger_cannot_be_chosen(
        self, as_alice: Client, pages: dict[str, str], chidi: User
    ) -> None:
        data = {"user": str(chidi.pk), "from_date": "soon"}
        response = as_alice.post(pages["seat"], data)
        assert list(response.context["form"].errors) == ["user", "from_date"]
        assert 'value="soon"' in response.content.decode()

    def test_a_staff_network_has_no_such_page(
        self, as_alice: Client, network: Group, bea: User
    ) -> None:
        address = f"{HERE}{network.pk}/seats/new/"
        data = {"user": str(bea.pk), "from_date": "2026-01-05"}
        assert as_alice.get(address).status_code == 404
        assert as_alice.post(address, data).status_code == 404

    def test_and_its_form_refuses_them(self, network: Group, bea: User) -> None:
        form = SeatForm(
            {"user": str(bea.pk), "from_date": "2026-01-05"}, group=network, today=date(2026, 1, 5)
        )
        assert form.errors == {"__all__": [NO_MEMBERS]}

    def test_a_seat_ends_today(self, as_alice: Client, pages: dict[str, str]) -> None:
        as_alice.post(pages["end"])
        assert GroupMember.objects.get().to_date == timezone.localdate()
        assert as_alice.post(pages["end"]).status_code == 404

    def test_one_that_has_not_begun_is_taken_back(
        self, as_alice: Client, pages: dict[str, str]
    ) -> None:
        GroupMember.objects.update(from_date=timezone.localdate() + timedelta(days=1))
        assert "Take this seat back?" in as_alice.get(pages["detail"]).content.decode()
        page = as_alice.post(pages["end"], follow=True).content.decode()
        assert "Bea Brown&#x27;s seat is taken back." in page
        assert GroupMember.objects.count() == 0

    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
    def test_a_day_out_of_reach_is_named(
        self, as_alice: Client, alice: User, pages: dict[str, str], day: str
    ) -> None:
        response = as_alice.post(pages["seat"], {"user": str(alice.pk), "from_date": day})
        assert response.context["form"].errors == {"from_date": [TOO_FAR]}
