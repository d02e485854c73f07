"""Of the demo data: what says that it is done has something to show for it."""

import pytest
from django.utils import timezone

from recommendations.actions.proving import reopen_missed
from recommendations.models import Action
from recommendations.queries.proving import standings_of

# In one worker: the story is told once for the file.
pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.django_db]


def test_every_action_stands_as_the_rules_judge_it(demo: str) -> None:
    actions = list(Action.objects.all())
    standings = standings_of(actions, today=timezone.localdate())
    wrong = [
        f"{each}: {standings[each.pk].words}"
        for each in actions
        if standings[each.pk].is_proven != (each.proven_on is not None)
    ]
    assert wrong == []
    assert sum(each.proven_on is not None for each in actions) > 10


def test_the_daily_run_opens_nothing_again(demo: str) -> None:
    assert reopen_missed(today=timezone.localdate(), now=timezone.now()) == 0
