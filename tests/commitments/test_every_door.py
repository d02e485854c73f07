"""Every address of a leader's record: for whoever helps, for whoever helped, for everybody."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from commitments.enums import InvitationState
from commitments.models import Invitation, Pledge
from organisations.access import Policy
from organisations.models import Organisation, User
from tests.access.routes import METHODS, ROUTES, address, ask
from tests.access_world import World, build_world
from tests.conftest import signed_in_as
from tests.factories.assisting import AssistantFactory
from tests.factories.panels import enter_count, numbers
from tests.factories.replies import answered

TENDED = sorted(
    name
    for name, (route, _) in ROUTES.items()
    if route.startswith(("me/pledges/<uuid:pk>/", "me/invitations/<uuid:pk>/"))
)
# What only the leader does, the entry being one that they have confirmed.
LEADERS_ALONE = {
    "assistant_end",
    "assistants",
    "check_in",
    "encourage",
    "entries_confirm",
    "handover",
    "handover_revoke",
    "invitation_edit",
    "invitation_remove",
    "letter_revoke",
    "letter_send",
    "pledge_end",
    "pledge_revise",
    "pledge_settings",
    "reflection_publish",
    "reflection_withdraw",
    "republication_remove",
    "republications",
    "revision_drop",
    "work_address_confirm",
}
PUBLIC_PAGES = sorted(
    name
    for name, (route, pattern) in ROUTES.items()
    if route.startswith("pledges/<") and pattern.callback.access_policy == Policy.PUBLIC
)
# Three figures each, so that no date, count or size of a page is taken for one of them.
TYPED = numbers(787, 439, 348, 269, 518)
A_TALLY = re.compile(r"(?<![\w.=/-])(?:787|439|348|269|518)(?![\w-])")


@pytest.fixture
def world(harbour: Organisation, alice: User) -> World:
    return build_world(harbour, alice)


@pytest.fixture
def led(world: World) -> Pledge:
    return Pledge.objects.get(pk=world.arguments["my_pledge"]["pk"])


@pytest.mark.parametrize("name", TENDED)
def test_who_helped_once_finds_nothing(name: str, world: World, led: Pledge) -> None:
    former = AssistantFactory(pledge=led, ended_at=timezone.now()).user
    browser, path = signed_in_as(former), address(name, world)
    answers = [ask(browser, method, path) for method in METHODS]
    assert {answer.status_code for answer in answers} - {405} == {404}
    assert not any(world.canary in answer.content.decode() for answer in answers)


def test_who_helps_does_nothing_that_is_the_leaders(world: World, led: Pledge) -> None:
    browser = signed_in_as(AssistantFactory(pledge=led).user)
    refused = {
        name for name in TENDED if ask(browser, "POST", address(name, world)).status_code == 403
    }
    assert refused == LEADERS_ALONE


@pytest.fixture
def counted(world: World, led: Pledge, alice: User) -> Pledge:
    """With numbers behind an event and in an answer, and a reflection that is private."""
    entry = Invitation.objects.get(pk=world.arguments["invitation_detail"]["pk"])
    assert entry.gathering is not None
    enter_count(entry.gathering, TYPED, by=alice)
    answered(entry.letters.get(), TYPED, note=f"{world.canary} answer")
    entry.steps.create(
        state=InvitationState.TOOK_PART, on=timezone.localdate(), by=alice,
        at=timezone.now(), confirmed_at=timezone.now(),
    )  # fmt: skip
    return led


@pytest.mark.parametrize("name", [*PUBLIC_PAGES, "pledge_list"])
def test_no_public_page_holds_a_tally_or_what_is_private(
    name: str, world: World, counted: Pledge, client: Client, as_chidi: Client
) -> None:
    for browser in (client, as_chidi):
        shown = browser.get(address(name, world)).content.decode(errors="replace")
        assert (A_TALLY.findall(shown), world.canary in shown) == ([], False)
