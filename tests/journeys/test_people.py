"""Somebody signs up, sets up an organisation and invites somebody, who joins and comes back."""

from allauth.account.models import EmailAddress
from playwright.sync_api import expect

from organisations.models import User
from tests.journeys.conftest import Arrive
from tests.journeys.visitor import Visitor, code_in, link_in, newest_email_to

PASSWORD = "a long walk by the harbour"


def signs_up(visitor: Visitor, *, name: str, email: str) -> None:
    visitor.is_at("Create an account")
    visitor.types(display_name=name, email=email)
    visitor.presses("Send me a code")
    types_code(visitor, email)


def types_code(visitor: Visitor, email: str) -> None:
    visitor.types(code=code_in(newest_email_to(email)))
    visitor.main.locator("[name=code]").press("Enter")
    visitor.page.wait_for_load_state()


def test_signing_up_inviting_and_coming_back(visitor: Visitor, arrive: Arrive) -> None:
    visitor.opens("/")
    visitor.chooses_from_menu("Sign in")
    visitor.follows("Create an account")
    signs_up(visitor, name="Ines Okafor", email="ines@quay.example")
    visitor.is_at("My work")
    visitor.look()
    visitor.follows("Set up an organisation")
    visitor.presses("Set it up")
    visitor.is_told("Enter the name of your organisation.")
    visitor.types(name="Quay Charity")
    visitor.presses("Set it up")
    visitor.sees("Quay Charity is set up. You are its coordinator.")
    visitor.chooses_from_menu("People")
    visitor.follows("Invite somebody")
    visitor.types(email="jo@quay.example")
    visitor.ticks("Organiser")
    visitor.presses("Send the invitation")
    visitor.sees("An invitation is on its way to jo@quay.example.", "Invited, not here yet")

    jo = arrive()
    jo.opens(link_in(newest_email_to("jo@quay.example").text))
    jo.is_at("Join Quay Charity")
    jo.sees("Ines Okafor invites you")
    jo.follows("Create an account")
    signs_up(jo, name="Jo García", email="jo@quay.example")
    jo.is_at("Join Quay Charity")
    jo.look()
    jo.presses("Join")
    jo.sees("You have joined Quay Charity.")
    jo.chooses_from_menu("People")
    jo.sees("Ines Okafor", "Jo García", "Staff, Organiser")
    jo.does_not_see("ines@quay.example")

    visitor.opens(visitor.page.url)
    visitor.sees("Jo García", "jo@quay.example")
    visitor.does_not_see("Invited, not here yet")


def test_signing_in_again_with_an_emailed_code(visitor: Visitor, bea: User) -> None:
    has_a_password(bea)
    visitor.opens("/o/harbour-minds/people/")
    visitor.is_at("Sign in")
    visitor.follows("Email me a sign-in code")
    visitor.types(email="bea@harbour.example")
    visitor.presses("Send the code")
    visitor.look()
    visitor.types(code="WRONGX")
    visitor.main.locator("[name=code]").press("Enter")
    visitor.is_told("Incorrect code.")
    visitor.look()
    types_code(visitor, "bea@harbour.example")
    visitor.is_at("People")
    visitor.signs_out()
    visitor.opens("/me/")
    visitor.is_at("Sign in")


def test_signing_in_by_keyboard(visitor: Visitor, bea: User) -> None:
    has_a_password(bea)
    visitor.opens("/accounts/login/")
    keyboard = visitor.page.keyboard
    keyboard.press("Tab")
    expect(visitor.page.get_by_role("link", name="Skip to the content")).to_be_focused()
    keyboard.press("Enter")
    expect(visitor.main).to_be_focused()
    keyboard.press("Tab")
    keyboard.type("bea@harbour.example")
    keyboard.press("Tab")
    keyboard.type("not my password")
    with visitor.page.expect_navigation():
        keyboard.press("Enter")
    visitor.look()
    visitor.sees("The email address and/or password you specified are not correct.")
    expect(visitor.main.locator("[name=login]")).to_have_value("bea@harbour.example")
    visitor.types(password=PASSWORD)
    visitor.presses("Sign in")
    visitor.is_at("My work")


def has_a_password(user: User) -> None:
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


def signs_in_with_password(visitor: Visitor, user: User) -> None:
    """As a person does it: what guards an account asks for a sign-in that is fresh."""
    has_a_password(user)
    visitor.goes_to("/accounts/login/")
    visitor.types(login=user.email, password=PASSWORD)
    visitor.presses("Sign in")


def confirms_access(visitor: Visitor) -> None:
    visitor.is_at("Confirm that it is you")
    visitor.types(password=PASSWORD)
    visitor.presses("Confirm")


def test_account_pages(visitor: Visitor, bea: User) -> None:
    signs_in_with_password(visitor, bea)
    for path, heading in [
        ("/accounts/email/", "Email addresses"),
        ("/accounts/password/change/", "Change password"),
        ("/accounts/2fa/", "Passkeys and codes"),
        ("/accounts/2fa/webauthn/", "Passkeys and security keys"),
    ]:
        visitor.opens(path)
        visitor.is_at(heading)
    visitor.opens("/accounts/2fa/totp/activate/")
    confirms_access(visitor)
    visitor.is_at("Set up codes from an app")
    visitor.types(code="000000")
    visitor.presses("Activate")
    visitor.is_told("Incorrect code.")


def test_signing_in_with_a_passkey(visitor: Visitor, bea: User) -> None:
    has_a_passkey_device(visitor)
    signs_in_with_password(visitor, bea)
    adds_a_passkey(visitor)
    visitor.opens("/accounts/2fa/webauthn/")
    visitor.sees("My phone", "Passkey")
    visitor.signs_out()
    visitor.opens("/accounts/login/")
    visitor.presses("Use a passkey")
    visitor.is_at("My work")


def adds_a_passkey(visitor: Visitor) -> None:
    visitor.goes_to("/accounts/2fa/webauthn/add/")
    confirms_access(visitor)
    visitor.is_at("Add a passkey")
    visitor.types(name="My phone")
    visitor.main.locator("[name=passwordless]").check()
    visitor.presses("Add")


def has_a_passkey_device(visitor: Visitor) -> None:
    """One that says yes to everything, in place of a phone and its owner."""
    devices = visitor.context.new_cdp_session(visitor.page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
