"""The actions of a recommendation: adding one, changing it and taking it out."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from history.models import Entry
from organisations.models import User
from recommendations.actions import stepping
from recommendations.actions.proving import record_occurrence
from recommendations.actions.stepping import edit_step
from recommendations.enums import OccurrenceKind, RecommendationVerb, State
from recommendations.models import Action, Recommendation
from recommendations.planning import Step
from recommendations.refusals import IS_PROPOSED, KIND_STAYS, STEP_STAYS, RecommendationRefused
from tests.factories.recommendations import ActionFactory
from tests.recommendations.both_versions import second_save
from tests.recommendations.plan.conftest import FAR


def sent(**change: Any) -> dict[str, Any]:
    names = (
        "title", "kind", "every_months", "occurrences_needed", "unit", "percent_needed",
        "budget_pounds", "staff_days",
    )  # fmt: skip
    return dict.fromkeys(names, "") | {"revision": "1", "page": str(uuid4())} | change


def there(recommendation: Recommendation) -> str:
    return recommendation.get_absolute_url() + "actions/"


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ({"title": "A", "kind": "deliverable", "every_months": "3"}, Step("A", "deliverable")),
        (
            {"title": "A", "kind": "cadence", "every_months": "60", "occurrences_needed": "1",
             "moves_with_meetings": "on", "budget_pounds": "0", "staff_days": "12"},
            Step("A", "cadence", 60, 1, moves_with_meetings=True, budget_pounds=0, staff_days=12),
        ),
        (
            {"title": "A", "kind": "coverage", "unit": "team"},
            Step("A", "coverage", unit="team"),
        ),
        (
            {"title": "A", "kind": "coverage", "is_counted": "on", "percent_needed": "100"},
            Step("A", "coverage", is_counted=True, percent_needed=100),
        ),
        ({"title": "Report quarterly"}, Step("Report quarterly", "cadence", 3, 4)),
        (
            {"title": "Report quarterly", "occurrences_needed": "2"},
            Step("Report quarterly", "cadence", 3, 2),
        ),
    ],
)  # fmt: skip
def test_it_adds_one_once(
    as_alice: Client, recommendation: Recommendation, typed: dict[str, str], made: Step
) -> None:
    data = sent(**typed)
    for _ in range(2):
        response = as_alice.post(there(recommendation) + "add/", data)
    assert response["Location"] == recommendation.get_absolute_url()
    [action] = recommendation.actions.all()
    assert {name: getattr(action, name) for name in vars(made)} == vars(made)
    [entry] = Entry.objects.about(recommendation)
    assert (entry.verb, entry.details["number"]) == (RecommendationVerb.ACTION_ADDED, "1")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"kind": "magic"}, "kind"),
        ({"kind": "cadence", "occurrences_needed": "2"}, "every_months"),
        ({"kind": "cadence", "every_months": "0", "occurrences_needed": "2"}, "every_months"),
        ({"kind": "cadence", "every_months": "61", "occurrences_needed": "2"}, "every_months"),
        ({"kind": "cadence", "every_months": "3"}, "occurrences_needed"),
        ({"kind": "coverage", "is_counted": "on"}, "percent_needed"),
        ({"kind": "coverage", "is_counted": "on", "percent_needed": "101"}, "percent_needed"),
        ({"budget_pounds": "-1"}, "budget_pounds"),
        ({"budget_pounds": "a lot"}, "budget_pounds"),
        ({"staff_days": "100001"}, "staff_days"),
    ],
)
def test_bad_input_is_said_at_its_field(
    as_alice: Client, recommendation: Recommendation, change: dict[str, str], field: str
) -> None:
    data = sent(title="A", kind="deliverable", unit="kept") | change
    form = as_alice.post(there(recommendation) + "add/", data).context["form"]
    assert list(form.errors) == [field]
    assert form["unit"].value() == "kept"
    assert recommendation.actions.count() == 0


def test_each_field_changed_is_on_record(as_alice: Client, action: Action) -> None:
    path = f"{there(action.recommendation)}{action.pk}/edit/"
    data = sent(
        title="Meet", kind="cadence", every_months="3", occurrences_needed="4", budget_pounds="500"
    )
    assert as_alice.post(path, data).status_code == 302
    action.refresh_from_db()
    assert (action.kind, action.every_months, action.budget_pounds) == ("cadence", 3, 500)
    found = Entry.objects.about(action.recommendation)
    assert sorted(entry.details["field"] for entry in found) == ["budget", "kind", "title"]
    assert {entry.verb for entry in found} == {RecommendationVerb.ACTION_EDITED}
    assert (
        "changed action 1: the budget"
        in as_alice.get(action.recommendation.get_absolute_url()).content.decode()
    )


def test_the_second_save_sees_both_versions_and_keeps_its_own(
    as_alice: Client, action: Action
) -> None:
    path = f"{there(action.recommendation)}{action.pk}/edit/"
    theirs, mine = (sent(title=each, kind="deliverable") for each in ("Theirs", "Mine"))
    response = second_save(as_alice, path, theirs=theirs, mine=mine)
    assert 'value="Mine"' in response.content.decode()
    assert response.context["form"]["revision"].value() == 2


def test_its_kind_stays_once_anything_shows_it(
    as_alice: Client, alice: User, recommendation: Recommendation
) -> None:
    action = ActionFactory(recommendation=recommendation, position=1, cadence=True)
    record_occurrence(
        action=action, held_on=timezone.localdate(), kind=OccurrenceKind.SESSION, topic="A",
        headcount=None, changed="", by=alice, now=timezone.now(),
    )  # fmt: skip
    path = f"{there(recommendation)}{action.pk}/"
    assert KIND_STAYS in as_alice.get(path + "edit/").content.decode()
    data = sent(title="A", kind="deliverable", every_months="1", occurrences_needed="1")
    as_alice.post(path + "edit/", data)
    action.refresh_from_db()
    assert (action.kind, action.occurrences_needed) == ("cadence", 1)
    with pytest.raises(RecommendationRefused, match=KIND_STAYS):
        edit_step(
            action=action, step=Step("A", "deliverable"), over_revision=2, by=alice,
            now=timezone.now(),
        )  # fmt: skip
    as_alice.post(path + "remove/")
    assert recommendation.actions.count() == 1


def test_fewer_times_are_judged_again(
    as_alice: Client, alice: User, recommendation: Recommendation
) -> None:
    action = ActionFactory(
        recommendation=recommendation, position=1, kind="cadence", every_months=3,
        occurrences_needed=1,
    )  # fmt: skip
    record_occurrence(
        action=action, held_on=timezone.localdate(), kind=OccurrenceKind.SESSION, topic="A",
        headcount=None, changed="", by=alice, now=timezone.now(),
    )  # fmt: skip
    action.refresh_from_db()
    assert action.proven_on
    step = Step(action.title, "cadence", 3, 2)
    edit_step(action=action, step=step, over_revision=1, by=alice, now=timezone.now())
    action.refresh_from_db()
    assert action.proven_on is None


def test_it_takes_one_out(as_alice: Client, action: Action) -> None:
    path = f"{there(action.recommendation)}{action.pk}/remove/"
    assert as_alice.post(path)["Location"] == action.recommendation.get_absolute_url()
    assert Action.objects.count() == 0
    [entry] = Entry.objects.about(action.recommendation)
    assert (entry.verb, entry.details["action"]) == (
        RecommendationVerb.ACTION_REMOVED,
        str(action.pk),
    )
    assert as_alice.get(path).status_code == 405


def test_an_accepted_date_keeps_it(as_alice: Client, action: Action) -> None:
    Action.objects.update(accepted_at=timezone.now(), original_date=FAR, target_date=FAR)
    path = f"{there(action.recommendation)}{action.pk}/"
    said = STEP_STAYS % "its date stands"
    assert said.rstrip(".") in as_alice.get(path + "edit/").content.decode()
    assert said in as_alice.post(path + "remove/", follow=True).content.decode()
    assert Action.objects.count() == 1


def test_nothing_changes_while_the_committee_decides(
    as_alice: Client, recommendation: Recommendation, action: Action
) -> None:
    Recommendation.objects.update(state=State.PROPOSED_FOR_CLOSURE)
    path = there(recommendation)
    added = as_alice.post(path + "add/", sent(title="A"))
    changed = as_alice.post(f"{path}{action.pk}/edit/", sent(title="B", kind="deliverable"))
    for response in (added, changed):
        assert response.context["form"].non_field_errors() == [IS_PROPOSED]
    as_alice.post(f"{path}{action.pk}/remove/")
    assert [each.title for each in Action.objects.all()] == ["Publish it"]


def test_who_may_not(
    as_bea: Client, as_alice: Client, as_chidi: Client, client: Client, action: Action
) -> None:
    here = there(action.recommendation)
    for path in (f"{here}add/", f"{here}{action.pk}/edit/", f"{here}{action.pk}/remove/"):
        assert as_bea.post(path).status_code == 403
        assert as_chidi.post(path).status_code == 404
        assert client.post(path).status_code == 302
        assert as_alice.put(path).status_code == 405
    assert Action.objects.count() == 1


def test_the_database_refuses_numbers_of_another_kind(action: Action) -> None:
    with pytest.raises(IntegrityError, match="cadence_has_its_numbers"), transaction.atomic():
        Action.objects.update(every_months=3)
    with pytest.raises(IntegrityError, match="count_belongs_to_coverage"), transaction.atomic():
        Action.objects.update(is_counted=True, percent_needed=5)
    with pytest.raises(IntegrityError, match="moves_with_meetings"), transaction.atomic():
        Action.objects.update(moves_with_meetings=True)


def test_it_rolls_back_whole(alice: User, action: Action, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stepping, "refresh_proof", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        edit_step(
            action=action, step=Step("B", "deliverable"), over_revision=1, by=alice,
            now=timezone.now(),
        )  # fmt: skip
    action.refresh_from_db()
    assert action.title == "Publish it"
