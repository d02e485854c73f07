"""The pages on which a later date is asked for, and on which somebody says no and is answered."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from organisations.models import User
from recommendations.extending import NOT_LATER
from recommendations.models import Action, Extension, Objection, Recommendation
from recommendations.objecting import ANSWER_OWED, REASON_OWED
from tests.factories.closing import asked_for, objected, taken_on

TODAY = timezone.localdate()
DUE = TODAY + timedelta(days=40)
LATER = DUE + timedelta(days=30)
ROOT = "/o/harbour-minds/recommendations/"


@pytest.fixture
def action(recommendation: Recommendation, lead: User) -> Action:
    return taken_on(recommendation, lead, DUE)


class TestExtension:
    @pytest.fixture
    def address(self, here: str, action: Action) -> str:
        return f"{here}actions/{action.pk}/later/"

    def test_it_works(self, as_lead: Client, address: str, here: str) -> None:
        assert as_lead.get(address).status_code == 200
        said = {"new_date": LATER.isoformat(), "reason": "The supplier changed."}
        assert as_lead.post(address, said)["Location"] == here
        assert Extension.objects.get().new_date == LATER

    @pytest.mark.parametrize(
        ("day", "reason", "field", "error"),
        [
            ("", "Why.", "new_date", "Enter a date."),
            ("soon", "Why.", "new_date", "Enter a valid date."),
            (DUE.isoformat(), "Why.", "new_date", NOT_LATER),
            ("2099-01-01", "Why.", "new_date", "Choose a date within ten years of today."),
            (LATER.isoformat(), "  ", "reason", REASON_OWED),
        ],
    )
    def test_bad_input_is_told_at_its_field(
        self, as_lead: Client, address: str, day: str, reason: str, field: str, error: str
    ) -> None:
        page = as_lead.post(address, {"new_date": day, "reason": reason})
        assert page.context["form"].errors[field] == [error]
        assert Extension.objects.count() == 0

    def test_what_was_typed_stays(self, as_lead: Client, address: str) -> None:
        page = as_lead.post(address, {"new_date": "", "reason": "The supplier changed."})
        assert "The supplier changed.</textarea>" in page.content.decode()

    def test_when_it_cannot_be_asked(
        self, as_lead: Client, address: str, action: Action, lead: User
    ) -> None:
        asked_for(action, LATER, by=lead, at=timezone.now())
        page = as_lead.get(address).content.decode()
        assert "No later date can be asked for now" in page
        assert "<textarea" not in page

    def test_who_else(
        self, client: Client, as_alice: Client, as_chidi: Client, as_lead: Client, address: str
    ) -> None:
        assert as_alice.get(address).status_code == 403
        assert as_alice.post(address).status_code == 403
        assert as_chidi.get(address).status_code == 404
        assert as_lead.put(address).status_code == 405
        assert client.get(address)["Location"].startswith("/accounts/login/")

    def test_withdrawing(
        self,
        client: Client,
        as_lead: Client,
        as_bea: Client,
        as_chidi: Client,
        action: Action,
        lead: User,
        here: str,
    ) -> None:
        asked = asked_for(action, LATER, by=lead, at=timezone.now())
        address = f"{ROOT}later/{asked.pk}/withdraw/"
        assert as_bea.post(address).status_code == 403
        assert as_chidi.post(address).status_code == 404
        assert as_lead.get(address).status_code == 405
        assert client.post(address)["Location"].startswith("/accounts/login/")
        assert [as_lead.post(address)["Location"] for _ in range(2)] == [here, here]
        assert asked.end.ruling == ""


@pytest.fixture
def asked(action: Action) -> Action:
    """Nobody has said yes."""
    Action.objects.filter(pk=action.pk).update(accepted_by=None)
    action.refresh_from_db()
    return action


class TestObject:
    @pytest.fixture
    def address(self, here: str, asked: Action) -> str:
        return f"{here}actions/{asked.pk}/object/"

    def test_it_works(self, as_lead: Client, address: str, here: str) -> None:
        assert as_lead.get(address).status_code == 200
        said = {"kind": "objects", "reason": "It needs the network's view first."}
        assert as_lead.post(address, said)["Location"] == here
        assert Objection.objects.get().kind == "objects"

    @pytest.mark.parametrize(
        ("said", "field", "error"),
        [
            ({"reason": "Why."}, "kind", "Choose one of the two."),
            ({"kind": "objects", "reason": " "}, "reason", REASON_OWED),
        ],
    )
    def test_bad_input_is_told_at_its_field(
        self, as_lead: Client, address: str, said: dict[str, str], field: str, error: str
    ) -> None:
        page = as_lead.post(address, said)
        assert page.context["form"].errors[field] == [error]

    def test_once_they_said_no(self, as_lead: Client, address: str, asked: Action) -> None:
        objected(asked)
        assert "You cannot say no to it now" in as_lead.get(address).content.decode()
        page = as_lead.post(address, {"kind": "objects", "reason": "Again."})
        assert "You have said no already." in page.content.decode()

    def test_who_else(
        self, client: Client, as_sponsor: Client, as_chidi: Client, as_lead: Client, address: str
    ) -> None:
        assert as_sponsor.get(address).status_code == 403
        assert as_chidi.get(address).status_code == 404
        assert as_lead.put(address).status_code == 405
        assert client.get(address)["Location"].startswith("/accounts/login/")


class TestSettle:
    @pytest.fixture
    def address(self, asked: Action) -> str:
        return f"{ROOT}objections/{objected(asked).pk}/"

    def test_somebody_else_is_asked(
        self, as_sponsor: Client, address: str, here: str, asked: Action, bea: User
    ) -> None:
        assert "There is no time for it." in as_sponsor.get(address).content.decode()
        said = {"what": str(bea.pk), "answer": "Bea has the time for it."}
        assert as_sponsor.post(address, said)["Location"] == here
        asked.refresh_from_db()
        assert asked.responsible_owner == bea

    @pytest.mark.parametrize("what", ["keep", "nobody"])
    def test_the_same_or_nobody(
        self, as_alice: Client, address: str, asked: Action, lead: User, what: str
    ) -> None:
        as_alice.post(address, {"what": what, "answer": "You get two days a week for it."})
        asked.refresh_from_db()
        assert asked.responsible_owner == {"keep": lead, "nobody": None}[what]

    @pytest.mark.parametrize(
        ("said", "field", "error"),
        [
            ({"answer": "Why."}, "what", "Choose one."),
            ({"what": "keep", "answer": ""}, "answer", ANSWER_OWED),
        ],
    )
    def test_bad_input_is_told_at_its_field(
        self, as_sponsor: Client, address: str, said: dict[str, str], field: str, error: str
    ) -> None:
        page = as_sponsor.post(address, said)
        assert page.context["form"].errors[field] == [error]

    def test_neither_who_said_no_nor_a_stranger_can_be_chosen(
        self, as_sponsor: Client, address: str, lead: User, chidi: User
    ) -> None:
        for person in (lead, chidi):
            page = as_sponsor.post(address, {"what": str(person.pk), "answer": "Do it."})
            assert page.context["form"].errors["what"][0].startswith("Select a valid choice.")

    def test_once(self, as_sponsor: Client, address: str) -> None:
        said = {"what": "keep", "answer": "You get two days a week."}
        as_sponsor.post(address, said)
        assert "This was answered already" in as_sponsor.get(address).content.decode()
        assert "This was answered already" in as_sponsor.post(address, said).content.decode()

    def test_who_else(
        self,
        client: Client,
        as_bea: Client,
        as_lead: Client,
        as_chidi: Client,
        as_sponsor: Client,
        address: str,
    ) -> None:
        assert [each.get(address).status_code for each in (as_bea, as_lead, as_chidi)] == [
            403,
            403,
            404,
        ]
        assert as_sponsor.put(address).status_code == 405
        assert client.get(address)["Location"].startswith("/accounts/login/")
