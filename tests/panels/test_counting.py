"""How figures are counted: the page says what the rules say, whatever they say."""

import pytest
from django.test import Client

from panels import audit, methods, planner, suppression, thresholds
from panels.enums import SeatRole, Verdict
from panels.methods import counting_page
from panels.thresholds import Threshold

COUNTING = "/about/counting/"
MET, NOT_MET, NOT_KNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.NOT_KNOWN


def test_anyone_may_read_it(client: Client) -> None:
    response = client.get(COUNTING)
    assert (response.status_code, dict(response.cookies)) == (200, {})
    assert client.post(COUNTING).status_code == 405


def test_the_worked_examples_are_those_of_the_rules() -> None:
    women, minoritised = counting_page().methods
    assert [example.verdict for example in women.examples] == [
        MET, NOT_MET, NOT_KNOWN, MET, NOT_MET, NOT_KNOWN, MET,
    ]  # fmt: skip
    assert [(example.count.n, example.verdict) for example in minoritised.examples] == [
        (5, MET),
        (6, NOT_MET),
        (6, NOT_KNOWN),
        (10, MET),
        (11, NOT_MET),
        (41, NOT_MET),
        (0, Verdict.NO_VERDICT),
    ]


def test_a_changed_threshold_changes_the_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = client.get(COUNTING).content.decode()
    monkeypatch.setattr(thresholds, "WOMEN", Threshold(2, 3))
    after = client.get(COUNTING).content.decode()
    assert "Women: at least 50%" in before
    assert "Women: at least 2 in 3" in after
    assert counting_page().methods[0].examples[3].verdict == NOT_MET


@pytest.mark.parametrize(
    ("module", "constant", "value", "said"),
    [
        (audit, "MINIMUM_COUNTED", 73, "fewer than 73 people"),
        (audit, "RULES_VERSION", "73b", "Rules version 73b"),
        (suppression, "MEMBERS_MINIMUM_PEOPLE", 73, "from 73 people"),
        (suppression, "MEMBERS_MINIMUM_KNOWN", 73, "of whom 73 are known"),
        (suppression, "PUBLIC_WOMEN_MINIMUM_PEOPLE", 73, "at least 73 people"),
        (audit, "POINTS_APART", 73, "lies 73 points or more"),
        (planner, "USUAL_SEATS", 73, "Of 73 seats, at least 37 women."),
        (methods, "CHANCE_SEATS", (5, 15), "5 seats would reach 20% in about 67 of 100 draws"),
        (
            audit,
            "SPEAKING_ROLES",
            frozenset({SeatRole.KEYNOTE}),
            "Those who speak: Keynote speaker </dd>",
        ),
    ],
)
def test_a_changed_constant_changes_the_page(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    module: object,
    constant: str,
    value: object,
    said: str,
) -> None:
    assert said not in words(client)
    monkeypatch.setattr(module, constant, value)
    assert said in words(client)


def test_one_panel_proves_little_is_worked_out(client: Client) -> None:
    """369/625 for four seats, 1077/3125 for six."""
    assert "One panel proves little; the year shows the pattern." in words(client)
    assert (
        "drawn from many people of whom exactly 20% are from minoritised communities, 4 seats would"
        " reach 20% in about 59 of 100 draws, 6 seats would reach 20% in about 34 of 100 draws, and"
        " 10 seats would reach 20% in about 62 of 100 draws."
    ) in words(client)


def words(client: Client) -> str:
    return " ".join(client.get(COUNTING).content.decode().split())
