"""From a pledge to a record that can be trusted, past everybody who has a part in it."""

import re
from datetime import date, datetime, time, timedelta

import time_machine
from django.utils import timezone
from playwright.sync_api import Locator, expect

from commitments.models import Pledge
from commitments.rhythm import Cadence, Period, period_holding
from organisations.models import User
from tests.factories.commitments import PledgeFactory
from tests.journeys.conftest import Arrive
from tests.journeys.test_people import signs_up
from tests.journeys.test_pledge import signs_up_and_publishes, wording
from tests.journeys.visitor import Visitor, link_in, newest_email_to

__all__ = ["wording"]

EVENT, ORGANISER, WHO_ANSWERS = "Spring conference", "The Harbour Fund", "Dana Osei"
NOTE = "Two places on the main stage are still free."
ADDRESS = "events@fund.example"
LETTER_LINK = re.compile(r"https?://\S+/r/[^/\s]+/(?=\s|$)")
LAST_DAY = re.compile(r"The link works until (.+)\.$", re.MULTILINE)
HEADLINE = "Line-ups that changed after we asked"


def next_month() -> Period:
    """The first whole one after today, in which the event is."""
    this = period_holding(timezone.localdate(), Cadence.MONTHLY)
    return period_holding(this.opens_on, Cadence.MONTHLY)


def noon_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def test_from_a_pledge_to_its_record(visitor: Visitor, arrive: Arrive, wording: None) -> None:
    month = next_month()
    makes_a_pledge_in_a_hurry(visitor)
    page = visitor.page.url
    adds_an_invitation(visitor, held_on=month.first + timedelta(days=14))
    entry = visitor.page.url
    link, last_day = asks_back_by_email(visitor)
    organiser_answers(arrive(), link, last_day)
    reads_the_answer(visitor, entry)
    notes(visitor, "Line-up changed")

    with time_machine.travel(noon_of(month.opens_on + timedelta(days=2))):
        visitor.is_signed_in_as(User.objects.get(email="ines@quay.example"))
        visitor.opens("/me/")
        visitor.follows("Chief executive")
        visitor.follows(EVENT)
        notes(visitor, "Took part")
        looks_back(visitor)
        checks_in(visitor, month)
        reads_the_record(arrive(), page)


def makes_a_pledge_in_a_hurry(visitor: Visitor) -> None:
    visitor.opens("/")
    visitor.follows("Make a pledge")
    visitor.types(leader_name="Ines Okafor", role_title="Chief executive")
    visitor.presses("Check and publish now")
    visitor.is_at("Check your pledge")
    signs_up_and_publishes(visitor)
    visitor.sees("Your pledge is public.", "No record yet")


def adds_an_invitation(visitor: Visitor, *, held_on: date) -> None:
    visitor.follows("Open your record")
    visitor.follows("Add an invitation")
    visitor.types(title=EVENT, organiser=ORGANISER, held_on=held_on.isoformat())
    visitor.presses("Save")
    visitor.is_at(EVENT)


def asks_back_by_email(visitor: Visitor) -> tuple[str, str]:
    """Gives the link in the email, which nobody else is shown, and the last day it says."""
    visitor.presses("Ask back now")
    visitor.is_at("Your letter")
    shown = visitor.main.get_by_role("textbox", name="Link").input_value()
    visitor.presses("Send by email")
    visitor.is_at("Send your letter")
    visitor.types(to_address=ADDRESS)
    visitor.presses("Send it now")
    visitor.sees(f"Your letter is on its way to {ADDRESS}.", "I asked")
    letter = newest_email_to(ADDRESS)
    assert letter.subject == f"A question before {EVENT}"
    [link], [last_day] = LETTER_LINK.findall(letter.text), LAST_DAY.findall(letter.text)
    assert link != shown
    return link, last_day


def organiser_answers(organiser: Visitor, link: str, last_day: str) -> None:
    """Without an account. Opening the link changes nothing, and it takes an answer again."""
    organiser.opens(link)
    organiser.is_at("Who is at the table?")
    organiser.sees("Ines Okafor", EVENT, f"This link works until {last_day}.")
    organiser.types(people="8", women="3", not_women="6", minoritised="1", not_minoritised="7")
    organiser.presses("Send the answer")
    organiser.is_told("women")
    organiser.types(not_women="5", note=NOTE, name=WHO_ANSWERS)
    organiser.main.locator("[name=told]").check()
    organiser.unfolds("Say what you do about it")
    organiser.main.get_by_label("Travel paid up front").select_option("In place")
    organiser.main.get_by_label("Live captions").select_option("Planned")
    organiser.presses("Send the answer")
    organiser.is_at("Thank you")
    organiser.sees("What your numbers show", "Not met", "3 of 8", f"until {last_day}.")
    organiser.opens(link)
    organiser.sees("This has been answered")
    organiser.does_not_see(NOTE, "3 of 8")
    assert organiser.context.cookies() == []


def reads_the_answer(visitor: Visitor, entry: str) -> None:
    visitor.opens(entry)
    visitor.sees(
        "The organiser’s answer", WHO_ANSWERS, "Not met", "3 of 8", NOTE,
        "Travel paid up front", "Live captions", "If the line-up changes now, note it below.",
    )  # fmt: skip


def notes(visitor: Visitor, step: str) -> None:
    visitor.main.get_by_label(step).check()
    visitor.presses("Save")
    visitor.sees("Saved.", step)


def looks_back(visitor: Visitor) -> None:
    """Private first; public once the leader says so."""
    visitor.follows("Write it down")
    visitor.is_at("Reflection")
    visitor.types(what_happened="Three women of *eight*.", will_try="Ask a month sooner.")
    visitor.presses("Save")
    visitor.is_at(EVENT)
    visitor.sees("Private", "Three women of eight.")
    visitor.unfolds("Publish it")
    visitor.presses("Publish")
    visitor.sees("Published. It is on your pledge’s page now.", "Public")


def checks_in(visitor: Visitor, month: Period) -> None:
    """From the page that the record has filled in; what it cannot know is left to the leader."""
    visitor.follows("Your record")
    visitor.sees(HEADLINE, "of 1 line-up asked about")
    visitor.follows(f"Check-in for {month.words}")
    asked = promise_about(visitor, "Asked about 1 of 1 line-up")
    expect(asked.get_by_label("Kept")).to_be_checked()
    expect(asked.get_by_role("textbox")).to_be_visible()
    visitor.presses("Save this check-in")
    visitor.is_told()
    for evidence in ("0 shown to meet both numbers", "Took part in 1 line-up."):
        unsaid = promise_about(visitor, evidence)
        expect(unsaid.get_by_role("radio", checked=True)).to_have_count(0)
        unsaid.get_by_label("Not this time").check()
    visitor.presses("Save this check-in")
    visitor.sees(f"Saved. That was your check-in for {month.words}.", "Checked in")


def promise_about(visitor: Visitor, evidence: str) -> Locator:
    return visitor.main.locator("fieldset.promise-choice", has_text=evidence).first


def reads_the_record(anybody: Visitor, page: str) -> None:
    anybody.opens(page)
    expect(anybody.main.locator(".pledge-headline")).to_have_text(
        f"1 {HEADLINE}, of 1 line-up asked about"
    )
    anybody.sees("Last evidence this week", "Reflections", EVENT, "Ask a month sooner.")
    for private in (WHO_ANSWERS, ORGANISER, ADDRESS, NOTE, "3 of 8", "1 of 8", "38%", "Not met"):
        assert private not in anybody.page.content(), private
    assert anybody.context.cookies() == []


def test_a_record_that_somebody_else_writes(
    visitor: Visitor, arrive: Arrive, bea: User, wording: None
) -> None:
    pledge = PledgeFactory(leader=bea, slug="bea-brown")
    record = f"/me/pledges/{pledge.pk}/"
    visitor.is_signed_in_as(bea)
    visitor.opens(record)
    visitor.follows("Assistants")
    visitor.types(email="jo@quay.example")
    visitor.presses("Send the email")
    visitor.sees("An email is on its way to jo@quay.example.", "Asked")

    assistant = arrive()
    says_yes(assistant)
    notes_for_the_leader(assistant)
    opens_nothing_of_the_leaders(assistant, pledge)
    anybody = arrive()
    anybody.opens("/pledges/bea-brown/")
    anybody.does_not_see(HEADLINE)

    visitor.opens("/me/")
    visitor.sees("1 thing waits on your record")
    visitor.opens(record)
    visitor.sees("Noted for you", EVENT, "Jo García")
    visitor.presses("These are right")
    visitor.sees("1 entry confirmed.", "of 1 line-up asked about")
    anybody.opens("/pledges/bea-brown/")
    anybody.sees(HEADLINE, "of 1 line-up asked about")
    anybody.does_not_see("Jo García", EVENT)
    ends_their_access(visitor, assistant, record)


def says_yes(assistant: Visitor) -> None:
    """With an account of their own, and the address to which the email went."""
    assistant.opens(link_in(newest_email_to("jo@quay.example").text))
    assistant.is_at("Would you help with this pledge?")
    assistant.follows("Create an account")
    signs_up(assistant, name="Jo García", email="jo@quay.example")
    assistant.is_at("Would you help with this pledge?")
    assistant.look()
    assistant.presses("Yes, I will help")
    assistant.is_at("My work")
    assistant.sees("Pledges you help with")


def notes_for_the_leader(assistant: Visitor) -> None:
    assistant.follows("Add an invitation")
    assistant.types(title=EVENT, organiser=ORGANISER)
    assistant.presses("Save")
    assistant.is_at(EVENT)
    notes(assistant, "I asked")
    assistant.sees("Not confirmed yet")
    assistant.presses("Write a new letter")
    assistant.sees("Saved letters wait here")
    expect(assistant.main.get_by_role("button", name="Send by email")).to_have_count(0)


def opens_nothing_of_the_leaders(assistant: Visitor, pledge: Pledge) -> None:
    record, entry = f"/me/pledges/{pledge.pk}/", pledge.invitations.get()
    assistant.opens(record)
    assistant.sees("Waiting for", "These figures count what is confirmed.")
    expect(assistant.main.get_by_role("button", name="These are right")).to_have_count(0)
    assistant.opens(f"{record}assistants/", status=403)
    for own in ("settings/", "end/", "encourage/", "published-at/", "confirm/"):
        assistant.goes_to(f"{record}{own}", status=403)
    assistant.goes_to(f"/me/invitations/{entry.pk}/letter/send/", status=403)


def ends_their_access(visitor: Visitor, assistant: Visitor, record: str) -> None:
    visitor.follows("Assistants")
    visitor.unfolds("End access")
    visitor.presses("End access now")
    visitor.sees("Their access has ended.")
    assistant.opens(record, status=404)
