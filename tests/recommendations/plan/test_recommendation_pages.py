"""Writing a recommendation down, and changing it."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from history.models import Entry
from organisations.models import User
from recommendations.actions import planning
from recommendations.actions.planning import add_recommendation, edit_recommendation
from recommendations.enums import RecommendationVerb
from recommendations.models import Recommendation, Source
from recommendations.refusals import CLOSED, REFERENCE_TAKEN, RecommendationRefused
from tests.factories.deciding import closed_by_decision
from tests.factories.recommendations import RecommendationFactory, ThemeFactory
from tests.recommendations.both_versions import second_save
from tests.recommendations.plan.conftest import LIST

ALL = "/o/harbour-minds/recommendations/"


def sent(one: Recommendation | None = None, **change: Any) -> dict[str, Any]:
    typed = {
        "reference": one.reference if one else "2",
        "title": one.title if one else "Publish our pay gap",
        "text": one.text if one else "",
        "theme": str(one.theme_id) if one else "",
        "new_theme": "",
        "level": "",
        "horizon": "",
        "phase": "",
        "revision": str(one.revision) if one else "0",
        "page": str(uuid4()),
    }
    return typed | change


def test_it_adds_one_once(as_alice: Client, source: Source) -> None:
    data = sent(new_theme="Pay", level="system", horizon="immediate", phase="9", is_finding="on")
    for _ in range(2):
        response = as_alice.post(f"{LIST}{source.pk}/add/", data)
    [made] = source.recommendations.all()
    assert response["Location"] == made.get_absolute_url()
    assert (made.text, made.theme.title, made.position) == ("Publish our pay gap", "Pay", 1)
    assert (made.level, made.horizon, made.phase) == ("system", "immediate", 9)
    assert made.is_finding
    [entry] = Entry.objects.about(made)
    assert entry.verb == RecommendationVerb.ADOPTED


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reference": ""}, "reference"),
        ({"reference": "x" * 21}, "reference"),
        ({"reference": "1"}, "reference"),
        ({"title": ""}, "title"),
        ({"title": "x" * 161}, "title"),
        ({"theme": str(uuid4())}, "theme"),
        ({"level": "galaxy"}, "level"),
        ({"phase": "0"}, "phase"),
        ({"phase": "10"}, "phase"),
        ({"phase": "two"}, "phase"),
    ],
)
def test_bad_input_is_said_at_its_field(
    as_alice: Client, recommendation: Recommendation, change: dict[str, str], field: str
) -> None:
    path = f"{LIST}{recommendation.source_id}/add/"
    response = as_alice.post(path, sent(text="As it was said") | change)
    form = response.context["form"]
    assert list(form.errors) == [field]
    assert form["text"].value() == "As it was said"
    assert Recommendation.objects.count() == 1


def test_a_taken_reference_names_what_has_it(
    as_alice: Client, recommendation: Recommendation
) -> None:
    path = f"{LIST}{recommendation.source_id}/add/"
    errors = as_alice.post(path, sent(reference="1")).context["form"].errors
    assert errors["reference"] == [REFERENCE_TAKEN % ("1", recommendation.title)]


def test_a_theme_of_another_source_is_not_offered(
    as_alice: Client, recommendation: Recommendation, foreign: Recommendation
) -> None:
    data = sent(recommendation, theme=str(foreign.theme_id))
    response = as_alice.post(recommendation.get_absolute_url() + "edit/", data)
    assert list(response.context["form"].errors) == ["theme"]


def test_one_entry_of_history_for_each_field(
    as_alice: Client, recommendation: Recommendation
) -> None:
    here = recommendation.get_absolute_url()
    theme = ThemeFactory(source=recommendation.source)
    data = sent(recommendation, title="Another", phase="2", theme=str(theme.pk))
    assert as_alice.post(here + "edit/", data)["Location"] == here
    recommendation.refresh_from_db()
    assert (recommendation.title, recommendation.phase) == ("Another", 2)
    assert (recommendation.theme, recommendation.revision) == (theme, 2)
    found = Entry.objects.about(recommendation)
    assert sorted(entry.details["field"] for entry in found) == ["phase", "theme", "title"]
    assert {entry.verb for entry in found} == {RecommendationVerb.EDITED}
    assert "changed the phase" in as_alice.get(here).content.decode()


def test_nothing_changed_writes_nothing(as_alice: Client, recommendation: Recommendation) -> None:
    as_alice.post(recommendation.get_absolute_url() + "edit/", sent(recommendation))
    recommendation.refresh_from_db()
    assert recommendation.revision == 1
    assert Entry.objects.about(recommendation).count() == 0


def test_the_second_save_sees_both_versions_and_keeps_its_own(
    as_alice: Client, recommendation: Recommendation
) -> None:
    path = recommendation.get_absolute_url() + "edit/"
    theirs, mine = (sent(recommendation, title=each) for each in ("Theirs", "Mine"))
    response = second_save(as_alice, path, theirs=theirs, mine=mine)
    assert 'value="Mine"' in response.content.decode()
    again = mine | {"revision": response.context["form"]["revision"].value()}
    assert as_alice.post(path, again).status_code == 302
    recommendation.refresh_from_db()
    assert recommendation.title == "Mine"


def test_who_may_not(
    as_bea: Client, as_chidi: Client, client: Client, recommendation: Recommendation
) -> None:
    for path in (
        f"{LIST}{recommendation.source_id}/add/",
        recommendation.get_absolute_url() + "edit/",
    ):
        assert as_bea.get(path).status_code == 403
        assert as_bea.post(path).status_code == 403
        assert as_bea.put(path).status_code == 403
        assert as_chidi.get(path).status_code == 404
        assert client.get(path).status_code == 302


def test_other_methods(as_alice: Client, recommendation: Recommendation) -> None:
    assert as_alice.put(recommendation.get_absolute_url() + "edit/").status_code == 405
    assert as_alice.put(f"{LIST}{recommendation.source_id}/add/").status_code == 405


def test_coordinators_find_their_way(
    as_alice: Client, as_bea: Client, recommendation: Recommendation
) -> None:
    path = recommendation.get_absolute_url()
    assert f"{path}edit/" in as_alice.get(path).content.decode()
    assert f"{path}edit/" not in as_bea.get(path).content.decode()


def test_closed_it_stays(as_alice: Client, recommendation: Recommendation) -> None:
    closed_by_decision(recommendation)
    response = as_alice.post(
        recommendation.get_absolute_url() + "edit/", sent(recommendation, title="Late")
    )
    assert response.context["form"].non_field_errors() == [CLOSED]


def test_the_database_refuses_a_reference_too(recommendation: Recommendation) -> None:
    with pytest.raises(IntegrityError, match="unique_reference"), transaction.atomic():
        RecommendationFactory(
            organisation=recommendation.organisation,
            source=recommendation.source,
            theme=None,
            reference=recommendation.reference,
        )
    with pytest.raises(IntegrityError, match="phase_1_to_9"), transaction.atomic():
        Recommendation.objects.update(phase=10)


def test_the_action_refuses_what_came_in_meanwhile(
    alice: User, recommendation: Recommendation
) -> None:
    with pytest.raises(RecommendationRefused):
        add_recommendation(
            source=recommendation.source,
            details={"reference": "1", "title": "A", "text": "A"},
            page=uuid4(),
            by=alice,
            now=timezone.now(),
        )


def test_it_rolls_back_whole(
    alice: User, recommendation: Recommendation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "record_about", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        edit_recommendation(
            recommendation=recommendation,
            details={"title": "Another"},
            new_theme="New",
            over_revision=1,
            by=alice,
            now=timezone.now(),
        )
    recommendation.refresh_from_db()
    assert recommendation.title != "Another"
    assert recommendation.source.themes.count() == 1
