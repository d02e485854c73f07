"""The page that sets up an organisation."""

import pytest
from django.test import Client

from organisations.models import Organisation, User


class TestOrganisationCreate:
    url = "/organisations/new/"

    def test_it_works(self, as_bea: Client, bea: User) -> None:
        response = as_bea.post(self.url, {"name": "Lakeside Care", "nation": "WLS"})
        made = Organisation.objects.get(name="Lakeside Care")
        assert (response.status_code, response["Location"]) == (302, "/o/lakeside-care/")
        assert made.memberships.get().user == bea

    def test_it_shows_the_form(self, as_bea: Client) -> None:
        assert as_bea.get(self.url).status_code == 200

    @pytest.mark.parametrize(
        ("name", "message"),
        [
            ("", "Enter the name of your organisation."),
            ("\u200b\u202e", "Enter the name of your organisation."),
            ("x" * 161, "Use 160 characters or fewer. This has 161."),
            ("Your bank http://evil.example", "Leave the web address out of the name."),
        ],
    )
    def test_a_bad_name_is_said_at_its_field(self, as_bea: Client, name: str, message: str) -> None:
        response = as_bea.post(self.url, {"name": name, "nation": "SCT"})
        form = response.context["form"]
        assert response.status_code == 200
        assert form.errors == {"name": [message]}
        assert form["name"].value() == name
        assert form["nation"].value() == "SCT"

    def test_names_in_any_script_are_kept_as_typed(self, as_bea: Client) -> None:
        name = "مركز الأمل 🌊 Ọlábísí"
        as_bea.post(self.url, {"name": name, "nation": "ENG"})
        assert Organisation.objects.get(slug__startswith="olabisi").name == name

    def test_it_refuses_delete(self, as_bea: Client) -> None:
        assert as_bea.delete(self.url).status_code == 405

    def test_anonymous_signs_in_first(self, client: Client, db: None) -> None:
        assert client.get(self.url)["Location"] == f"/accounts/login/?next={self.url}"
