"""What kind of action a title sounds like."""

import pytest

from recommendations.enums import ActionKind
from recommendations.suggesting import Suggested, suggest

CADENCE, COVERAGE = ActionKind.CADENCE, ActionKind.COVERAGE


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Publish our pay gap", ActionKind.DELIVERABLE),
        ("", ActionKind.DELIVERABLE),
        ("Talk about race at every board meeting", CADENCE),
        ("Race equality at each meeting", CADENCE),
        ("Report quarterly", CADENCE),
        ("Review it annually", CADENCE),
        ("Set an objective in all services", COVERAGE),
        ("Train every manager", COVERAGE),
        ("Change all our forms", COVERAGE),
        ("Embed equality in supervision", ActionKind.EMBEDDING),
        ("Make asking normal", ActionKind.EMBEDDING),
        ("Write to everyone's allies once", ActionKind.DELIVERABLE),
        ("Make a wallchart", ActionKind.DELIVERABLE),
    ],
)
def test_words_suggest_a_kind(title: str, kind: ActionKind) -> None:
    assert suggest(title).kind == kind


@pytest.mark.parametrize(
    ("title", "suggested"),
    [
        ("Meet monthly", Suggested(CADENCE, 1, 4)),
        ("Meet every two months", Suggested(CADENCE, 2, 4)),
        ("Meet every quarter", Suggested(CADENCE, 3, 4)),
        ("Meet twice a year", Suggested(CADENCE, 6, 4)),
        ("Meet every year", Suggested(CADENCE, 12, 2)),
        ("An objective in every service area", Suggested(COVERAGE, unit="service area")),
        ("An objective in all services", Suggested(COVERAGE, unit="service area")),
        ("Revise all policies", Suggested(COVERAGE, unit="policy")),
        ("Train all staff", Suggested(COVERAGE)),
    ],
)
def test_with_its_numbers_and_never_people(title: str, suggested: Suggested) -> None:
    assert suggest(title) == suggested
