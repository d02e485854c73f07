"""Changing what is measured, two people at once included."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from history.models import Entry
from organisations.models import Organisation, User
from recommendations.actions import measuring
from recommendations.actions.linking import Linked
from recommendations.actions.measuring import edit_indicator
from recommendations.enums import EditedField, RegisterVerb
from recommendations.models import Indicator
from recommendations.refusals import NAME_TAKEN
from tests.factories.effect import IndicatorFactory
from tests.factories.recommendations import RecommendationFactory


@pytest.fixture
def same(indicator: Indicator, typed: dict[str, Any]) -> dict[str, Any]:
    """The form as it stands, with nothing changed."""
    return typed | {
        "definition": indicator.definition,
        "baseline": "",
        "baseline_on": "",
        "target": "",
        "target_on": "",
        "revision": "1",
    }


def edit(client: Client, here: str, data: dict[str, Any]) -> Any:
    return client.post(here + "edit/", data)


def test_it_opens_with_what_stands(as_alice: Client, here: str) -> None:
    form = as_alice.get(here + "edit/").context["form"]
    assert form["name"].value() == "Senior staff"
    assert form["measured_as"].value() == "share"


def test_nothing_changed_writes_nothing(
    as_alice: Client, here: str, same: dict[str, Any], indicator: Indicator
) -> None:
    assert edit(as_alice, here, same)["Location"] == here
    indicator.refresh_from_db()
    assert (indicator.revision, indicator.stamp) == (1, 1)
    assert Entry.objects.about(indicator).count() == 0


@pytest.mark.parametrize(
    ("change", "stamp", "field"),
    [
        ({"definition": "Counted otherwise."}, 2, EditedField.DETAILS),
        ({"measured_as": "number"}, 2, EditedField.DETAILS),
        ({"name": "Another name"}, 1, EditedField.DETAILS),
        ({"better": "lower"}, 1, EditedField.DETAILS),
        ({"target": "40"}, 1, EditedField.TARGET),
        ({"baseline": "10", "baseline_on": "2026-01-31"}, 1, EditedField.BASELINE),
    ],
)
def test_another_definition_raises_the_stamp(
    as_alice: Client,
    here: str,
    same: dict[str, Any],
    indicator: Indicator,
    change: dict[str, str],
    stamp: int,
    field: EditedField,
) -> None:
    edit(as_alice, here, same | change)
    indicator.refresh_from_db()
    assert (indicator.revision, indicator.stamp) == (2, stamp)
    [entry] = Entry.objects.about(indicator)
    assert (entry.verb, entry.details) == (RegisterVerb.INDICATOR_EDITED, {"field": str(field)})


def test_history_reads_as_a_sentence(as_alice: Client, here: str, same: dict[str, Any]) -> None:
    edit(as_alice, here, same | {"target": "40"})
    assert "changed the target" in as_alice.get(here).content.decode()


def test_the_second_save_sees_both_versions_and_keeps_its_own(
    as_alice: Client, here: str, same: dict[str, Any], indicator: Indicator
) -> None:
    edit(as_alice, here, same | {"source": "Theirs"})
    response = edit(as_alice, here, same | {"source": "Mine"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "saved while you were writing" in page
    assert "Theirs" in page
    assert 'value="Mine"' in page
    indicator.refresh_from_db()
    assert indicator.source == "Theirs"
    edit(as_alice, here, same | {"source": "Mine", "revision": "2"})
    indicator.refresh_from_db()
    assert (indicator.source, indicator.revision) == ("Mine", 3)


def test_links_that_the_page_did_not_offer_stay(
    as_alice: Client, here: str, same: dict[str, Any], indicator: Indicator, harbour: Organisation
) -> None:
    unseen, unticked, ticked = RecommendationFactory.create_batch(3, organisation=harbour)
    indicator.recommendations.add(unseen, unticked)
    offered = [str(unticked.pk), str(ticked.pk)]
    edit(as_alice, here, same | {"offered": offered, "picked": [str(ticked.pk)]})
    assert set(indicator.recommendations.all()) == {unseen, ticked}


def test_a_name_taken_meanwhile_is_said(
    as_alice: Client, here: str, same: dict[str, Any], harbour: Organisation
) -> None:
    IndicatorFactory(organisation=harbour, name="Taken")
    response = edit(as_alice, here, same | {"name": "Taken"})
    assert response.context["form"].non_field_errors() == [NAME_TAKEN]


def test_who_may_not(
    as_bea: Client, as_chair: Client, as_chidi: Client, client: Client, here: str
) -> None:
    assert as_bea.get(here + "edit/").status_code == 403
    assert as_chair.post(here + "edit/").status_code == 403
    assert as_chidi.get(here + "edit/").status_code == 404
    assert client.get(here + "edit/").status_code == 302


def test_it_rolls_back_whole(
    indicator: Indicator, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(measuring, "record", fail)
    with pytest.raises(RuntimeError):
        edit_indicator(
            indicator=indicator,
            details={"name": "Another"},
            linked=Linked(frozenset(), frozenset()),
            over_revision=1,
            by=alice,
            now=timezone.now(),
        )
    indicator.refresh_from_db()
    assert indicator.name == "Senior staff"


def test_the_database_refuses_too(indicator: Indicator, harbour: Organisation) -> None:
    with pytest.raises(IntegrityError, match="indicator_unique_name"), transaction.atomic():
        IndicatorFactory(organisation=harbour, name=indicator.name)
    with pytest.raises(IntegrityError, match="baseline_has_its_day"), transaction.atomic():
        Indicator.objects.update(baseline=5)
    with pytest.raises(IntegrityError, match="baseline_has_its_day"), transaction.atomic():
        Indicator.objects.update(baseline_on=date(2026, 1, 1))
