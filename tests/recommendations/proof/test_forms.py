"""The forms that record proof: they work, they refuse in words, and they keep what was typed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from organisations.models import User
from recommendations.actions.covering import change_units
from recommendations.forms.proving import NOT_AN_ADDRESS, NOTHING_CHANGED
from recommendations.models import Action, CoverageUnit
from recommendations.proof import NOT_YET
from recommendations.refusals import CLOSED, MORE_THAN_ALL, PART_THERE, SAME_DAY
from tests.factories.deciding import closed_by_decision
from tests.factories.proving import CoverageUnitFactory, OccurrenceFactory
from tests.recommendations.proof.conftest import proven_on

YESTERDAY = (timezone.localdate() - timedelta(days=1)).isoformat()
TOMORROW = (timezone.localdate() + timedelta(days=1)).isoformat()

PATHS = {
    "cadence": "happened/",
    "areas": "parts/",
    "counted": "count/",
    "embedding": "in-place/",
}
GOOD: dict[str, dict[str, str]] = {
    "cadence": {
        "held_on": YESTERDAY, "kind": "workshop", "topic": "Waiting times", "headcount": "9",
        "changed": "Letters are plainer.",
    },
    "areas": {"add": "North\n\n  South \nnorth\n"},
    "counted": {"covered": "312", "whole": "340", "counted_on": YESTERDAY},
    "embedding": {"checked_on": YESTERDAY, "in_place": "no", "note": "Two teams do not."},
}  # fmt: skip


def home(action: Action) -> str:
    return f"/o/harbour-minds/recommendations/{action.recommendation_id}/actions/{action.pk}/"


@pytest.fixture(params=list(PATHS))
def form(request: pytest.FixtureRequest) -> tuple[Action, str, dict[str, str]]:
    action: Action = request.getfixturevalue(request.param)
    return action, home(action) + PATHS[request.param], GOOD[request.param]


Form = tuple[Action, str, dict[str, str]]


class TestEveryForm:
    def test_it_works(self, form: Form, as_lead: Client) -> None:
        action, path, good = form
        assert as_lead.get(path).status_code == 200
        assert as_lead.post(path, good)["Location"] == home(action)
        shown = as_lead.get(home(action)).content.decode()
        assert {"cadence": "Letters are plainer.", "embedding": "Two teams do not."}.get(
            action.kind, "312 of 340" if action.is_counted else "South"
        ) in shown

    def test_a_member_who_owns_none_of_it_is_refused(self, form: Form, as_bea: Client) -> None:
        _, path, good = form
        assert [as_bea.get(path).status_code, as_bea.post(path, good).status_code] == [403, 403]

    def test_a_stranger_finds_nothing(self, form: Form, as_chidi: Client) -> None:
        _, path, good = form
        assert as_chidi.post(path, good).status_code == 404

    def test_anonymous_is_sent_to_sign_in(self, form: Form, client: Client) -> None:
        assert client.get(form[1])["Location"].startswith("/accounts/login/")

    def test_another_method_is_refused(self, form: Form, as_lead: Client) -> None:
        assert as_lead.put(form[1]).status_code == 405

    def test_another_kind_of_action_has_no_such_page(self, form: Form, as_lead: Client) -> None:
        action, path, _ = form
        Action.objects.filter(pk=action.pk).update(
            kind="deliverable", every_months=None, occurrences_needed=None,
            is_counted=False, percent_needed=None,
        )  # fmt: skip
        assert as_lead.get(path).status_code == 404

    def test_nothing_typed_is_said_at_a_field(self, form: Form, as_lead: Client) -> None:
        response = as_lead.post(form[1], {"csrfmiddlewaretoken": "as browsers send it"})
        assert response.status_code == 200
        assert response.context["form"].errors

    def test_a_closed_recommendation_is_refused_in_words(self, form: Form, as_lead: Client) -> None:
        action, path, good = form
        closed_by_decision(action.recommendation)
        response = as_lead.post(path, good)
        if action.kind == "cadence":
            assert response.status_code == 302
        else:
            assert CLOSED in response.content.decode()


BAD: list[tuple[str, dict[str, str], str, str]] = [
    ("cadence", {"held_on": TOMORROW}, "held_on", NOT_YET),
    ("cadence", {"held_on": "1900-01-01"}, "held_on", "This is more than ten years ago."),
    ("cadence", {"held_on": "soon"}, "held_on", "Enter a valid date."),
    ("cadence", {"kind": "party"}, "kind", "Select a valid choice."),
    ("cadence", {"topic": " \u200e "}, "topic", "Say in a few words what it was about."),
    ("cadence", {"topic": "x" * 201}, "topic", "Use 200 characters or fewer."),
    ("cadence", {"headcount": "-1"}, "headcount", "greater than or equal to 0"),
    ("cadence", {"headcount": "many"}, "headcount", "Enter a whole number."),
    ("cadence", {"changed": "x" * 4001}, "changed", "Use 4000 characters or fewer."),
    ("areas", {"add": " \n \n"}, "add", NOTHING_CHANGED),
    ("areas", {"add": "ada@example.org"}, "add", NOT_AN_ADDRESS % "ada@example.org"),
    ("areas", {"add": "x" * 121}, "add", "is longer than 120 characters."),
    ("areas", {"add": "THERE already"}, "add", PART_THERE % "THERE already"),
    ("counted", {"covered": "341"}, "covered", MORE_THAN_ALL),
    ("counted", {"whole": "0"}, "whole", "greater than or equal to 1"),
    ("counted", {"covered": "1.5"}, "covered", "Enter a whole number."),
    ("counted", {"counted_on": TOMORROW}, "counted_on", NOT_YET),
    ("embedding", {"in_place": ""}, "in_place", "Choose one of the two."),
    ("embedding", {"in_place": "perhaps"}, "in_place", "Select a valid choice."),
    ("embedding", {"note": " "}, "note", "Say in a sentence what you saw."),
]


@pytest.mark.parametrize(("kind", "bad", "field", "message"), BAD)
def test_bad_input_is_named_and_kept(
    kind: str,
    bad: dict[str, str],
    field: str,
    message: str,
    as_lead: Client,
    request: pytest.FixtureRequest,
) -> None:
    action: Action = request.getfixturevalue(kind)
    if kind == "areas":
        CoverageUnitFactory(action=action, name="There already")
    sent = GOOD[kind] | bad
    response = as_lead.post(home(action) + PATHS[kind], sent)
    assert response.status_code == 200
    form = response.context["form"]
    assert list(form.errors) == [field]
    assert message in form.errors[field][0]
    for name, value in sent.items():
        assert form[name].value() in (value, [value])


class TestHappened:
    def test_a_second_on_one_day_is_refused_in_words(
        self, cadence: Action, as_lead: Client
    ) -> None:
        path = home(cadence) + "happened/"
        as_lead.post(path, GOOD["cadence"])
        shown = as_lead.post(path, GOOD["cadence"]).content.decode()
        assert SAME_DAY in shown
        assert "Letters are plainer." in shown
        assert cadence.occurrences.count() == 1

    def test_it_never_asks_who_came(self, cadence: Action, as_lead: Client) -> None:
        assert "Never who came" in as_lead.get(home(cadence) + "happened/").content.decode()

    def test_taking_it_back(self, cadence: Action, as_lead: Client, as_bea: Client) -> None:
        made = OccurrenceFactory(action=cadence)
        start = f"/o/harbour-minds/recommendations/{cadence.recommendation_id}/happened/"
        path = f"{start}{made.pk}/take-back/"
        assert as_lead.get(path).status_code == 405
        assert as_bea.post(path).status_code == 403
        for _ in range(2):
            assert as_lead.post(path)["Location"] == home(cadence)
        made.refresh_from_db()
        assert made.removed_at is not None


class TestParts:
    @pytest.fixture
    def unit(self, areas: Action) -> CoverageUnit:
        made: CoverageUnit = CoverageUnitFactory(action=areas, name="North")
        return made

    def path(self, unit: CoverageUnit) -> str:
        recommendation = unit.action.recommendation_id
        return f"/o/harbour-minds/recommendations/{recommendation}/parts/{unit.pk}/"

    def test_tick_and_untick(self, unit: CoverageUnit, as_lead: Client, lead: User) -> None:
        ticked = {"covered_on": YESTERDAY, "note": "In the plan"}
        assert as_lead.post(self.path(unit), ticked)["Location"] == home(unit.action)
        unit.refresh_from_db()
        expected: tuple[Any, ...] = (date.fromisoformat(YESTERDAY), lead, "In the plan")
        assert (unit.covered_on, unit.covered_by, unit.note) == expected
        assert proven_on(unit.action) == timezone.localdate()
        assert "In the plan" in as_lead.get(self.path(unit)).content.decode()
        as_lead.post(self.path(unit), {"untick": "1"})
        unit.refresh_from_db()
        assert (unit.covered_on, proven_on(unit.action)) == (None, None)

    def test_bad_input_is_named_and_kept(self, unit: CoverageUnit, as_lead: Client) -> None:
        response = as_lead.post(self.path(unit), {"covered_on": TOMORROW, "note": "Kept words"})
        assert response.context["form"].errors == {"covered_on": [NOT_YET]}
        assert "Kept words" in response.content.decode()

    def test_who_may(
        self, unit: CoverageUnit, as_bea: Client, as_chidi: Client, as_lead: Client
    ) -> None:
        path = self.path(unit)
        assert [each.get(path).status_code for each in (as_bea, as_chidi)] == [403, 404]
        assert as_lead.put(path).status_code == 405

    def test_unticking_a_closed_one_is_refused_in_words(
        self, unit: CoverageUnit, as_lead: Client
    ) -> None:
        as_lead.post(self.path(unit), {"covered_on": YESTERDAY})
        closed_by_decision(unit.action.recommendation)
        shown = as_lead.post(self.path(unit), {"untick": "1"}, follow=True).content.decode()
        assert CLOSED in shown

    def test_taking_one_out(self, unit: CoverageUnit, as_alice: Client) -> None:
        path = home(unit.action) + "parts/"
        assert "North" in as_alice.get(path).content.decode()
        as_alice.post(path, {"remove": [str(unit.pk)], "add": "South"})
        assert [each.name for each in unit.action.units.all()] == ["South"]

    def test_one_that_is_not_there(
        self, unit: CoverageUnit, as_alice: Client, as_lead: Client
    ) -> None:
        path, elsewhere = home(unit.action) + "parts/", CoverageUnitFactory()
        for wrong in ("9" * 9, str(elsewhere.pk)):
            form = as_alice.post(path, {"remove": [wrong], "add": ""}).context["form"]
            assert form.errors["remove"][0].startswith("Select a valid choice.")
        elsewhere.refresh_from_db()

    def test_an_owner_takes_none_out(self, unit: CoverageUnit, as_lead: Client) -> None:
        path = home(unit.action) + "parts/"
        assert "North" not in as_lead.get(path).content.decode()
        as_lead.post(path, {"remove": [str(unit.pk)], "add": "South"})
        assert unit.action.units.count() == 2

    def test_nor_by_the_action_alone(self, unit: CoverageUnit, lead: User) -> None:
        """Otherwise ten of eleven would be all of ten."""
        CoverageUnitFactory(action=unit.action, covered=True)
        with pytest.raises(PermissionDenied):
            change_units(
                action=unit.action, add=["More"], remove={unit.pk}, by=lead, now=timezone.now()
            )
        assert (unit.action.units.count(), proven_on(unit.action)) == (2, None)
