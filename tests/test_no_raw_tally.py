"""No response tells a number that its reader may not see, in whatever form.

The same requests in two worlds that differ in hidden numbers alone (`raw_tally_world`): pages,
files, what PDFs and pictures are made of, and emails must be the same to the last character.
The list comes from the URL resolver and `access_rows`, so a new page is walked from its first day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from commitments.models import Invitation
from organisations.enums import Role
from organisations.models import Organisation, User
from outbox.models import Email
from panels.actions import statements
from panels.models import Gathering
from reminders.actions import plan_reminders
from tests.access.routes import GUARDED, MINE, OPEN, ROUTES
from tests.access_world import World as Addresses
from tests.access_world import build_world
from tests.conftest import signed_in_as
from tests.factories.commitments import InvitationFactory
from tests.factories.organisations import MembershipFactory, UserFactory
from tests.raw_tally_world import (
    HIDDEN_FROM_MEMBERS,
    HIDDEN_FROM_THE_PUBLIC,
    Case,
    World,
    as_text,
    data_of_typeset,
    with_hidden_numbers,
    world,
)
from ui import typesetting

NOW = "2026-11-22T12:00:00Z"
# The one exception: what somebody typed is theirs to see again, to correct it. `/check/` echoes
# what was just typed, and stores nothing; this walk types nothing there.
THE_TYPISTS_OWN = {"counts_enter", "gathering_detail"}
OF_ONE_EVENT = [name for name in GUARDED if "/events/<uuid:pk>/" in ROUTES[name][0]]
OF_A_STATEMENT = [name for name in OPEN if "line-ups/<str:slug>/" in ROUTES[name][0]]

Seen = dict[tuple[str, str], str]


@dataclass
class Stage:
    addresses: Addresses
    gatherings: list[Gathering]
    cases: tuple[Case, ...]
    typist: User
    invitation: Invitation
    letter: object

    def in_world(self, which: int) -> object:
        return world(
            which,
            self.gatherings,
            self.cases,
            typist=self.typist,
            round=self.addresses.arguments["declaration_round"]["asked"],
            invitation=self.invitation,
            letter=self.letter,
        )

    def paths(self, found: World, *, is_member: bool) -> Iterator[tuple[str, str]]:
        names = [*GUARDED, *MINE, *OPEN] if is_member else OPEN
        for name in names:
            needs = ROUTES[name][1].pattern.converters
            yield name, reverse(name, kwargs=self.addresses.arguments[name] if needs else {})
        for name in OF_A_STATEMENT:
            for statement in found.statements:
                yield f"{name} {statement.gathering.title}", reverse(name, args=[statement.slug])
        if is_member:
            yield from self.of_events()
            kwargs = {"pk": self.invitation.pk}
            yield "the answer", reverse("invitation_detail", kwargs=kwargs)

    def of_events(self) -> Iterator[tuple[str, str]]:
        for name in OF_ONE_EVENT:
            for gathering in self.gatherings:
                kwargs = self.addresses.arguments[name] | {"pk": gathering.pk}
                yield f"{name} {gathering.title}", reverse(name, kwargs=kwargs)


def staged(harbour: Organisation, alice: User, cases: tuple[Case, ...]) -> Stage:
    typist = UserFactory(display_name="Dora")
    MembershipFactory(user=typist, organisation=harbour, roles=[Role.ORGANISER])
    addresses = build_world(harbour, alice)
    seeded = Invitation.objects.get(pk=addresses.arguments["invitation_detail"]["pk"])
    return Stage(
        addresses=addresses,
        gatherings=with_hidden_numbers(harbour, cases),
        cases=cases,
        typist=typist,
        invitation=InvitationFactory(pledge=seeded.pledge),
        letter=uuid4(),
    )


@pytest.fixture(autouse=True)
def _same_moment_and_no_typesetting(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(typesetting.typst, "compile", data_of_typeset)
    monkeypatch.setattr(typesetting, "can_be_drawn", lambda text: True)
    monkeypatch.setattr(statements, "new_slug", slugify)
    with time_machine.travel(NOW, tick=False):
        yield


def read(client: Client, stage: Stage, found: World, *, is_member: bool, only: str = "") -> Seen:
    cache.clear()
    seen = {}
    for name, path in stage.paths(found, is_member=is_member):
        if only in path:
            response = client.get(path)
            said = response.content if not response.streaming else response.getvalue()
            seen[name, as_text(path.encode(), found)] = (
                f"{response.status_code} {as_text(said, found)} {response.get('Location', '')}"
            )
    return seen


def emails(found: World) -> list[str]:
    """Everything that is queued by now, after the daily planning."""
    plan_reminders(today=timezone.localdate(), now=timezone.now())
    rows = Email.objects.values_list("kind", "to_address", "subject", "text", "html", "headers")
    return sorted(as_text(repr(row).encode(), found) for row in rows)


def differing(one: Seen, other: Seen) -> list[str]:
    assert one.keys() == other.keys()
    return sorted({name for name, path in one if one[name, path] != other[name, path]})


def first_difference(one: Seen, other: Seen) -> str:
    """Where the first page that differs does so, for whoever has to mend it."""
    for key in sorted(one):
        for place, (left, right) in enumerate(zip(one[key], other[key], strict=False)):
            if left != right:
                near = slice(max(0, place - 160), place + 60)
                return f"{key}: {one[key][near]!r} or {other[key][near]!r}"
    return ""


def with_role(harbour: Organisation, *roles: Role) -> Client:
    user = UserFactory()
    MembershipFactory(user=user, organisation=harbour, roles=list(roles))
    return signed_in_as(user)


@pytest.mark.parametrize("who", ["alice", "staff", "organiser", "coordinator"])
def test_members_who_did_not_type_it(who: str, harbour: Organisation, alice: User) -> None:
    """Alice has every role, leads the pledge and receives the answer to her letter."""
    stage = staged(harbour, alice, HIDDEN_FROM_MEMBERS)
    client = signed_in_as(alice) if who == "alice" else with_role(harbour, Role(who))
    only = "" if who in ("alice", "staff") else "/events/"
    seen = []
    for which in (0, 1):
        with stage.in_world(which) as found:
            seen.append(read(client, stage, found, is_member=True, only=only))
    assert len(seen[0]) > 100
    assert differing(*seen) == [], first_difference(*seen)


@pytest.mark.parametrize("who", ["stranger", "anonymous"])
def test_everybody_else(
    who: str, harbour: Organisation, alice: User, as_chidi: Client, client: Client
) -> None:
    stage = staged(harbour, alice, (*HIDDEN_FROM_MEMBERS, *HIDDEN_FROM_THE_PUBLIC))
    visitor = as_chidi if who == "stranger" else client
    seen = []
    for which in (0, 1):
        with stage.in_world(which) as found:
            seen.append(read(visitor, stage, found, is_member=False))
    assert differing(*seen) == [], first_difference(*seen)
    shown = [text for (name, _), text in seen[0].items() if name.startswith("statement_")]
    assert sum(text.startswith("200") for text in shown) >= 4 * len(stage.gatherings)


def test_emails(harbour: Organisation, alice: User) -> None:
    stage = staged(harbour, alice, HIDDEN_FROM_MEMBERS)
    written = []
    for which in (0, 1):
        with stage.in_world(which) as found:
            written.append(emails(found))
    assert len(written[0]) > 5
    assert written[0] == written[1]


def test_the_walk_sees_what_the_typist_sees(harbour: Organisation, alice: User) -> None:
    """So that it would see it anywhere else; and these pages alone show it."""
    stage = staged(harbour, alice, HIDDEN_FROM_MEMBERS)
    client = signed_in_as(stage.typist)
    seen = []
    for which in (0, 1):
        with stage.in_world(which) as found:
            seen.append(read(client, stage, found, is_member=True, only="/events/"))
    told = {name.partition(" ")[0] for name in differing(*seen)}
    assert told >= THE_TYPISTS_OWN
    assert told <= {*THE_TYPISTS_OWN, *OF_ONE_EVENT, "gathering_list"}


def test_members_see_what_only_the_public_may_not(harbour: Organisation, alice: User) -> None:
    """The other half of the proof: what is hidden from the public there is something to hide."""
    stage = staged(harbour, alice, HIDDEN_FROM_THE_PUBLIC)
    seen = []
    for which in (0, 1):
        with stage.in_world(which) as found:
            seen.append(read(signed_in_as(alice), stage, found, is_member=True, only="/events/"))
    assert "gathering_detail Ten people" in differing(*seen)
