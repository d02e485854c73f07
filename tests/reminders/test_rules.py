"""The one table of all reminders."""

import re

import pytest

from reminders.enums import Audience, ReminderKind
from reminders.facts import FACTS
from reminders.lines import LINES
from reminders.rules import MANDATORY, RULE_OF, RULES
from reminders.schedule import LONGEST_BREAK, Rule
from reminders.words import ASKS

STEPS = {(rule.kind, ladder.audience) for rule in RULES for ladder in rule.ladders}


def test_every_kind_has_one_rule() -> None:
    assert [rule.kind for rule in RULES] == [*ReminderKind]
    assert set(RULE_OF) == set(ReminderKind)


def test_every_line_of_the_table_has_its_facts_and_its_words() -> None:
    assert set(FACTS) == STEPS
    assert set(LINES) == set(ReminderKind)


def test_what_is_asked_is_said_of_every_kind() -> None:
    """But for what is due, of which the date is said with `when`."""
    kinds = {key for key in ASKS if isinstance(key, ReminderKind)}
    assert kinds == set(ReminderKind) - {ReminderKind.ACTION_DUE}
    assert {key for key in ASKS if isinstance(key, tuple)} <= STEPS


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.kind)
def test_the_words_of_a_rule_go_into_a_sentence(rule: Rule) -> None:
    """To whoever coordinates, so nobody is “you”; no capital at the front, no stop at the end."""
    for words in (rule.about, rule.ends):
        assert words
        assert words[0].islower() or words[0] in "“2"
        assert words[-1] not in ".!;,"
        assert not re.search(r"\byou(r|rs)?\b", words, re.IGNORECASE)
    assert not rule.why_mandatory or rule.why_mandatory.endswith(".")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.kind)
def test_the_ladders_of_a_rule_can_be_climbed(rule: Rule) -> None:
    """No audience twice; rungs rise by more than a day may move; the last one is of use."""
    audiences = [ladder.audience for ladder in rule.ladders]
    assert len(audiences) == len(set(audiences)) > 0
    for ladder in rule.ladders:
        assert list(ladder.offsets) == sorted(set(ladder.offsets))
        follows = ladder.offsets[-1] > 0 or ladder.offsets[0] == 0
        assert ladder.lasts >= (LONGEST_BREAK.days if follows else 1)


def test_what_nobody_can_stop() -> None:
    """One alone: somebody else waits for their answer."""
    assert {ReminderKind.NOT_ACCEPTED} == MANDATORY


def test_a_chair_hears_of_advice_as_a_coordinator_does() -> None:
    """Either of them answers it."""
    one, other = RULE_OF[ReminderKind.ADVICE].ladders
    assert (one.audience, other.audience) == (Audience.COORDINATOR, Audience.CHAIR)
    assert (one.offsets, one.lasts) == (other.offsets, other.lasts)
