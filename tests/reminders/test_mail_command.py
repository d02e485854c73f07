"""Mail on the command line: the same as on the pages."""

from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from organisations.models import Organisation, User
from outbox.enums import Kind, State
from outbox.models import Email
from tests.factories.outbox import EmailFactory
from tests.reminders.planning import MORNING, action

pytestmark = pytest.mark.django_db


def said(*words: str) -> list[str]:
    out = StringIO()
    call_command("mail", *words, stdout=out)
    return out.getvalue().splitlines()


def test_what_would_go_out_today(
    harbour: Organisation, northside: Organisation, bea: User, chidi: User
) -> None:
    action(harbour, bea)
    action(northside, chidi)
    with time_machine.travel(MORNING, tick=False):
        everywhere, here = said("today"), said("today", "--organisation", "harbour-minds")
    assert [line.split()[0] for line in everywhere[1:]] == ["harbour-minds", "northside-trust"]
    assert " ".join(here[0].split()) == "Organisation To About Because today is What becomes"
    assert [" ".join(line.split()) for line in here[1:]] == [
        "harbour-minds bea@harbour.example Actions you lead that are due 7 days before"
        " 9 November 2026 Goes out today"
    ]


def test_nothing() -> None:
    assert said("today") == ["Nothing."]
    assert said("outbox") == ["Nothing."]


def test_the_outbox(harbour: Organisation, northside: Organisation) -> None:
    EmailFactory(organisation=harbour, to_address="a@quay.example", state=State.FAILED)
    EmailFactory(organisation=harbour, to_address="b@quay.example")
    EmailFactory(organisation=northside, to_address="c@quay.example")
    EmailFactory(organisation=harbour, to_address="d@quay.example", kind=Kind.SIGN_IN)
    EmailFactory(organisation=harbour, to_address="e@quay.example", kind=Kind.DECLARATION)
    assert [line.split()[3] for line in said("outbox")[1:]] == [
        "c@quay.example",
        "b@quay.example",
        "a@quay.example",
    ]
    failed = said("outbox", "--organisation", "harbour-minds", "--state", "failed")
    assert [line.split()[3] for line in failed[1:]] == ["a@quay.example"]


def test_sending_again_what_failed(harbour: Organisation, northside: Organisation) -> None:
    for home in (harbour, northside):
        EmailFactory(organisation=home, kind=Kind.REMINDERS, state=State.FAILED, not_after=None)
    assert said("send-again", "--organisation", "harbour-minds") == ["1 sent again."]
    with pytest.raises(CommandError, match="No email that is failed can be sent again."):
        said("send-again", "--organisation", "harbour-minds")
    assert Email.objects.filter(state=State.QUEUED).count() == 1


def test_sending_again_what_was_held_back(harbour: Organisation) -> None:
    EmailFactory(organisation=harbour, state=State.SUPPRESSED)
    for state in ("failed", "sent", "queued"):
        with pytest.raises(CommandError, match="can be sent again"):
            said("send-again", "--state", state)
    assert said("send-again", "--state", "suppressed") == ["1 sent again."]


def test_an_organisation_that_is_none() -> None:
    with pytest.raises(CommandError, match="There is no organisation called nobody."):
        said("outbox", "--organisation", "nobody")
