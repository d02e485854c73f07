"""Reading in the line-up of an event whose names are due to go."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from organisations.models import User
from panels.actions.locking import drop_names
from panels.models import Gathering, Participant
from tests.factories.importing import begun
from tests.panels.importing.conftest import MAPPING, step

TOMORROW = "The names go tomorrow morning"


def told(client: Client, event: Gathering, by: User) -> bool:
    uploaded = begun(event, by)
    client.post(step(uploaded, "columns"), MAPPING)
    return TOMORROW in client.get(step(uploaded, "confirm")).content.decode()


@pytest.mark.parametrize(("ago", "is_told"), [(-30, False), (28, False), (29, True), (400, True)])
def test_it_is_said_before_it_is_confirmed(
    ago: int, is_told: bool, as_alice: Client, alice: User, conference: Gathering
) -> None:
    """And it is so: the run of the next day takes the names."""
    today = timezone.localdate()
    conference.held_on = today - timedelta(days=ago)
    conference.save(update_fields=["held_on"])
    assert told(as_alice, conference, alice) is is_told
    Participant.objects.create(gathering=conference, number=1, name="Ada Obi")
    dropped = drop_names(now=timezone.now(), today=today + timedelta(days=1))
    assert bool(dropped) is is_told


def test_the_last_day_counts(as_alice: Client, alice: User, conference: Gathering) -> None:
    today = timezone.localdate()
    conference.held_on, conference.ends_on = today - timedelta(days=31), today - timedelta(days=28)
    conference.save(update_fields=["held_on", "ends_on"])
    assert told(as_alice, conference, alice) is False
