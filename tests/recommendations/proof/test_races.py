"""Two at once: one occurrence of a day, versions in a row, one decision about what was seen."""

import pytest

from organisations.models import User
from recommendations.actions.covering import record_count
from recommendations.actions.evidencing import add_evidence, add_version, publish_evidence
from recommendations.actions.proving import record_occurrence
from recommendations.evidence_files import Given
from recommendations.models import Action, Recommendation
from tests.panels.test_answering_races import at_once
from tests.recommendations.proof.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db(transaction=True)
REFUSED = "RecommendationRefused"


def note(text: str) -> Given:
    return Given(dated=TODAY, note=text)


def test_two_recordings_of_one_day(cadence: Action, lead: User) -> None:
    def record() -> object:
        return record_occurrence(
            action=cadence, held_on=TODAY, kind="seminar", topic="Pay", headcount=None,
            changed="", by=lead, now=NOW,
        )  # fmt: skip

    assert at_once(record, record).count(REFUSED) == 1
    assert cadence.occurrences.count() == 1


def test_two_presses_of_one_button(
    counted: Action, recommendation: Recommendation, lead: User
) -> None:
    def count() -> object:
        return record_count(action=counted, covered=1, whole=2, counted_on=TODAY, by=lead, now=NOW)

    def add() -> object:
        return add_evidence(
            recommendation=recommendation,
            title="Policy",
            given=note("It is out."),
            by=lead,
            now=NOW,
        )

    at_once(count, count)
    at_once(add, add)
    assert (counted.counts.count(), recommendation.evidence.count()) == (1, 1)


def test_two_versions_stand_in_a_row(
    recommendation: Recommendation, deliverable: Action, lead: User
) -> None:
    made = add_evidence(
        recommendation=recommendation, title="Policy", given=note("One"), by=lead, now=NOW
    )
    at_once(
        lambda: add_version(evidence=made, given=note("Two"), by=lead, now=NOW),
        lambda: add_version(evidence=made, given=note("Three"), by=lead, now=NOW),
    )
    assert list(made.versions.order_by("number").values_list("number", flat=True)) == [1, 2, 3]


def test_what_comes_in_while_somebody_decides_is_never_public(
    recommendation: Recommendation, deliverable: Action, lead: User, carol: User
) -> None:
    made = add_evidence(
        recommendation=recommendation, title="Policy", given=note("One"), by=lead, now=NOW
    )
    at_once(
        lambda: publish_evidence(evidence=made, version=1, by=carol, now=NOW),
        lambda: add_version(evidence=made, given=note("Two"), by=lead, now=NOW),
    )
    made.refresh_from_db()
    assert made.public_version in {None, 1}
    assert made.versions.count() == 2
