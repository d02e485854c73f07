"""Setting up an organisation."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.db import IntegrityError

from history.models import Entry
from history.queries import lines_about
from organisations import actions
from organisations.enums import Role
from organisations.models import Organisation, User

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


class TestCreateOrganisation:
    def test_whoever_sets_it_up_coordinates_it(self, bea: User) -> None:
        made = actions.create_organisation(name="Lakeside Care", nation="SCT", by=bea, now=NOW)
        membership = made.memberships.get()
        assert (made.slug, made.nation) == ("lakeside-care", "SCT")
        assert (membership.user, membership.roles) == (bea, [Role.COORDINATOR])
        assert [line.text for line in lines_about(made)] == ["Bea Brown set up this organisation"]

    def test_a_taken_address_gets_a_number(self, harbour: Organisation, bea: User) -> None:
        names = ["Harbour Minds", "Harbour-Minds!"]
        made = [
            actions.create_organisation(name=name, nation="ENG", by=bea, now=NOW) for name in names
        ]
        assert [organisation.slug for organisation in made] == [
            "harbour-minds-2",
            "harbour-minds-3",
        ]

    @pytest.mark.parametrize(("later", "made"), [(59, 1), (60, 2)])
    def test_a_double_click_makes_one(self, bea: User, later: int, made: int) -> None:
        for seconds in (0, later):
            at = NOW + timedelta(seconds=seconds)
            actions.create_organisation(name="Lakeside Care", nation="ENG", by=bea, now=at)
        assert Organisation.objects.filter(name="Lakeside Care").count() == made

    def test_somebody_else_may_use_the_name_at_once(self, bea: User, chidi: User) -> None:
        made = [
            actions.create_organisation(name="Lakeside Care", nation="ENG", by=by, now=NOW).slug
            for by in (bea, chidi)
        ]
        assert made == ["lakeside-care", "lakeside-care-2"]

    def test_a_name_without_latin_letters_still_gets_an_address(self, bea: User) -> None:
        made = actions.create_organisation(name="தமிழ் மையம்", nation="ENG", by=bea, now=NOW)
        assert made.slug == "organisation"

    def test_it_rolls_back_whole(self, bea: User) -> None:
        with (
            patch("organisations.actions.record", side_effect=IntegrityError),
            pytest.raises(IntegrityError),
        ):
            actions.create_organisation(name="Lakeside Care", nation="ENG", by=bea, now=NOW)
        assert not Organisation.objects.filter(name="Lakeside Care").exists()
        assert not Entry.objects.exists()
