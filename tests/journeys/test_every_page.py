"""Every page that the resolver knows, so that none escapes the accessibility check.

One load each, looked at twice: at a desk in the light theme and on a phone in the dark one. The
journeys see the main pages the other two ways.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from commitments.actions.previewing import make_preview
from commitments.models import Pledge
from organisations.access import Policy
from organisations.actions import invite_member
from organisations.models import Organisation, User
from organisations.tokens import derived_token
from panels import entry
from panels.enums import StatementKind
from panels.models import Gathering, Statement
from panels.queries.declaring import code_of
from reminders.emails import token_for
from tests.access.routes import OF_LIBRARIES, ROUTES
from tests.access_world import World, build_world
from tests.factories.assisting import AssistantFactory
from tests.factories.barriers import stated
from tests.factories.declaring import opened, seat_people, upcoming
from tests.factories.learning import BodyLinkFactory, EncouragementFactory
from tests.factories.panels import GatheringFactory, enter_count, numbers
from tests.factories.replies import AskLetterFactory, answered
from tests.factories.strangers import StrangerMailFactory
from tests.factories.trusting import HandoverFactory
from tests.journeys.page_lists import (
    DRAFT_BY_POST,
    NO_PAGES,
    OF_A_DRAFT,
    OF_ONE_KEY,
    ONLY_BY_POST,
    SAY_THAT_A_LINK_IS_DEAD,
)
from tests.journeys.test_people import (
    PASSWORD,
    adds_a_passkey,
    has_a_passkey_device,
    signs_in_with_password,
)
from tests.journeys.visitor import (
    DESK,
    EVERY_RULE,
    FOLD,
    PHONE,
    UNFOLD,
    Visitor,
    link_in,
    newest_email_to,
)

PUBLIC = {Policy.PUBLIC, Policy.TOKEN}
OF_FEW = {Policy.DEVELOPMENT, Policy.OPERATOR}
OF_MEMBERS = {*Policy} - PUBLIC - OF_FEW
# So many tests that none of them is by far the longest.
SHARES = 5


class Inspector(Visitor):
    def look(self) -> None:
        self.page.evaluate(UNFOLD)
        for size, theme in ((DESK, "light"), (PHONE, "dark")):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            self.check(theme, EVERY_RULE)
        self.page.set_viewport_size(DESK)  # type: ignore[arg-type]
        self.page.evaluate(FOLD)
        self.hears_no_complaint()


@pytest.fixture
def screen() -> dict[str, int]:
    return DESK


@pytest.fixture
def inspector(visitor: Visitor) -> Inspector:
    return Inspector(visitor.context, visitor.server)


@pytest.fixture
def world(server: str, harbour: Organisation, alice: User) -> World:
    """With a count on record and open progress, so that its pages have something to show."""
    found = build_world(harbour, alice)
    harbour.shows_progress = True
    harbour.save(update_fields=["shows_progress"])
    event = Gathering.objects.get(pk=found.arguments["gathering_detail"]["pk"])
    enter_count(event, numbers(4, 1, 2, 0, 3), by=alice)
    enter_count(event, numbers(8, 4, 3, 1, 5), by=alice)
    return found


@pytest.fixture
def links(world: World, harbour: Organisation, alice: User) -> dict[str, str]:
    """The secret of a link that opens, by the name of its page."""
    now = timezone.now()
    letter = AskLetterFactory(id=uuid4(), to_address="events@fund.example")
    answered(letter, entry.TypedPart(people=8, women=3, not_women=5), note="Come and see.")
    draft = Pledge.objects.get(pk=world.arguments["pledge_check"]["pk"])
    preview = make_preview(pledge=draft, instead_of=None, by=alice, now=now)
    joining = link_to_join(harbour, alice)
    asked = derived_token("assistant", AssistantFactory(id=uuid4(), asked=True).pk)
    encouraged = derived_token("encouragement", EncouragementFactory().pk)
    body = derived_token("body", BodyLinkFactory().pk)
    handed = derived_token("handover", HandoverFactory().pk)
    reply = derived_token("reply", letter.pk)
    return {
        "assistant_accept": asked,
        "body_consent": body,
        "declaration_answer": asked_code(harbour, alice),
        "declaration_object": asked_code(harbour, alice),
        "draft_preview": derived_token("preview", preview.pk),
        "encouraged": encouraged,
        "handover_accept": handed,
        "invite_accept": joining,
        "letter_reply": reply,
        "mail_stop": derived_token("stop", StrangerMailFactory().pk),
        "pack_read": derived_token("pack", world.arguments["pack_link_end"]["pk"]),
        "statement_link": derived_token("statement", link_to_a_line_up(harbour, alice).pk),
        "unsubscribe": token_for(alice, []),
    }


def asked_code(harbour: Organisation, alice: User) -> str:
    gathering = upcoming(GatheringFactory(organisation=harbour))
    seat_people(gathering, 5)
    return code_of(opened(gathering, by=alice).tokens.all()[0])


def link_to_a_line_up(harbour: Organisation, alice: User) -> Statement:
    event = GatheringFactory(organisation=harbour)
    enter_count(event, numbers(6, 3, 3, 1, 5), by=alice)
    return stated(event, StatementKind.LEADER, by=alice)


def link_to_join(harbour: Organisation, alice: User) -> str:
    """Only its email holds it."""
    invite_member(
        organisation=harbour, email="jo@quay.example", roles=["staff"], by=alice, now=timezone.now()
    )
    return link_in(newest_email_to("jo@quay.example").text).rstrip("/").rsplit("/")[-1]


def pages(world: World, policies: set[Policy]) -> Iterator[tuple[str, str]]:
    """Names and addresses of what answers to GET."""
    for name, (_, pattern) in sorted(ROUTES.items()):
        if pattern.callback.access_policy in policies and name not in NO_PAGES:
            arguments = world.arguments[name] if pattern.pattern.converters else {}
            yield name, reverse(name, kwargs=arguments)


def pages_of_libraries(policies: set[Policy]) -> Iterator[tuple[str, str]]:
    for name, policy in sorted(OF_LIBRARIES.items()):
        if policy in policies and name not in NO_PAGES:
            key = {"pk": Authenticator.objects.first().pk} if name in OF_ONE_KEY else {}
            yield name, reverse(name, kwargs=key)


def inspects(inspector: Inspector, addresses: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Looks at every page that opens, once; the others come back with their status."""
    refused, seen = {}, set()
    for name, address in addresses:
        response = inspector.page.goto(inspector.server + address)
        assert response is not None
        if response.status != 200:
            inspector.forgives(response.status)
            refused[name] = response.status
        elif response.url not in seen:
            seen.add(response.url)
            inspector.look()
    return refused


def test_what_is_listed_is_there() -> None:
    assert {*ROUTES, *OF_LIBRARIES} >= NO_PAGES | ONLY_BY_POST | OF_A_DRAFT | DRAFT_BY_POST


def test_what_everybody_sees(inspector: Inspector, world: World) -> None:
    found = [*pages(world, {Policy.PUBLIC}), *pages_of_libraries({Policy.PUBLIC})]
    refused = inspects(inspector, found)
    assert refused == dict.fromkeys(OF_A_DRAFT, 404) | dict.fromkeys(DRAFT_BY_POST, 405)


def test_what_a_link_opens(inspector: Inspector, world: World, links: dict[str, str]) -> None:
    """One that opens something, and one that does not."""
    unknown = list(pages(world, {Policy.TOKEN}))
    assert sorted(links) == [name for name, _ in unknown]
    found = [(name, reverse(name, kwargs={"token": token})) for name, token in links.items()]
    assert inspects(inspector, found) == {}
    assert inspects(inspector, unknown) == dict.fromkeys(links, 404)
    for name, address in unknown:
        if name in SAY_THAT_A_LINK_IS_DEAD:
            inspector.opens(address, status=404)


@pytest.mark.parametrize("share", range(SHARES))
def test_what_somebody_with_every_role_sees(
    inspector: Inspector, world: World, alice: User, share: int
) -> None:
    inspector.is_signed_in_as(alice)
    ours = list(pages(world, OF_MEMBERS))[share::SHARES]
    refused = inspects(inspector, ours)
    assert refused == {name: 405 for name, _ in ours if name in ONLY_BY_POST}


def test_a_draft_as_whoever_began_it_sees_it(
    inspector: Inspector, world: World, alice: User
) -> None:
    inspector.is_signed_in_as(alice)
    drafts = [(name, reverse(name, kwargs=world.arguments[name])) for name in sorted(OF_A_DRAFT)]
    assert inspects(inspector, drafts) == {}


def test_an_account(inspector: Inspector, world: World, alice: User) -> None:
    has_a_passkey_device(inspector)
    signs_in_with_password(inspector, alice)
    adds_a_passkey(inspector)
    TOTP.activate(alice, generate_totp_secret())
    assert inspects(inspector, pages_of_libraries(OF_MEMBERS)) == {}
    inspector.signs_out()
    inspector.opens("/accounts/login/")
    inspector.types(login=alice.email, password=PASSWORD)
    inspector.presses("Sign in")
    inspector.is_at("One more step")


def test_what_whoever_runs_the_installation_sees(
    inspector: Inspector, world: World, operator: User
) -> None:
    inspector.is_signed_in_as(operator)
    refused = inspects(inspector, pages(world, {Policy.OPERATOR}))
    assert refused == {"operator_report_settle": 405}
    inspector.is_at("Reports")


def test_what_a_developer_sees(
    inspector: Inspector, world: World, settings: Settings, tmp_path: Path
) -> None:
    settings.IS_DEVELOPMENT = True
    settings.DEV_MAIL_DIR = tmp_path
    found = [*pages(world, {Policy.DEVELOPMENT}), ("account_login", "/accounts/login/")]
    assert inspects(inspector, found) == {"demo_sign_in": 405}


def test_refusals(
    inspector: Inspector,
    world: World,
    bea: User,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/h/ip"}
    inspector.opens("/?q=%00", status=400)
    inspector.opens("/nowhere/", status=404)
    inspector.opens("/join/no-such-token/", status=404)
    for _ in range(2):
        inspector.goes_to("/accounts/signup/")
        inspector.main.get_by_role("button", name="Send me a code").click()
    inspector.is_at("Too many tries")
    inspector.forgives(429)
    inspector.look()
    inspector.goes_to("/accounts/signup/")
    inspector.context.clear_cookies()
    inspector.main.get_by_role("button", name="Send me a code").click()
    inspector.is_at("This form has gone stale")
    inspector.forgives(403)
    inspector.look()
    inspector.is_signed_in_as(bea)
    inspector.opens("/nowhere/", status=404)
    inspector.opens("/o/northside-trust/", status=404)
    inspector.opens("/o/harbour-minds/people/invite/", status=403)
    inspector.opens(reverse("pledge_confirm", kwargs=world.arguments["pledge_confirm"]), status=403)
    inspector.opens("/o/harbour-minds/recommendations/add/oxytocin_2021/", status=403)
    monkeypatch.setattr("commitments.views.public.public_pledges", None)
    inspector.opens("/pledges/", status=500)
