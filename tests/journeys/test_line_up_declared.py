"""From a file to a line-up that people have counted themselves, shared and then locked."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone
from playwright.sync_api import expect

from organisations.models import Organisation, User
from outbox.models import Email
from panels.actions.answering import give_answer
from panels.declaring import Said
from panels.models import DeclarationRound, Gathering, Participant
from tests.factories.declaring import unused
from tests.journeys.conftest import Arrive
from tests.journeys.visitor import Visitor, newest_email_to

EVENT, HOME = "Tides of Care", "/o/harbour-minds/"
LINK = re.compile(r"https?://\S+/r/[^/\s]+/answer/")
# Six who count, one of them without an address, and a moderator.
NAMES = ("Ada Marlowe", "Bo Lindqvist", "Cam Ferreira", "Dee Okoro", "Eli Nakata", "Fay Rowntree")
MODERATOR = "Gil Sorensen"
MAILED = tuple(f"{name.split()[0].lower()}@speakers.example" for name in NAMES[:-1])
SECRETS = ("4 of 6", "1 of 6", "4 women", "5 of 6", "2 not women")


def file_of(day: date) -> str:
    """Made up; as a spreadsheet leaves a conference system."""
    rows = [
        (NAMES[0], "Keynote", MAILED[0], "Opening plenary", "09:30", "Main hall", "w"),
        (NAMES[1], "Speaker", MAILED[1], "Who waits longest?", "11:00", "Room 2", "m"),
        (NAMES[2], "Speaker", MAILED[2], "Who waits longest?", "11:00", "Room 2", "w"),
        (MODERATOR, "Moderator", "gil@speakers.example", "Who waits longest?", "11:00", "Room 2",
         "m"),
        (NAMES[3], "Speaker", MAILED[3], "Carers speak", "13:30", "Room 3", "w"),
        (NAMES[4], "Speaker", MAILED[4], "Carers speak", "13:30", "Room 3", "m"),
        (NAMES[5], "Speaker", "", "Carers speak", "13:30", "Room 3", "w"),
    ]  # fmt: skip
    head = "Speaker,Role,Email,Session title,Date,Time,Room,Gender,Biography"
    lines = [
        f"{name},{role},{email},{title},{day:%Y-%m-%d},{time},{room},{gender},Likes boats"
        for name, role, email, title, time, room, gender in rows
    ]
    return "\n".join([head, *lines, ""])


def test_a_line_up_that_people_count_themselves(
    visitor: Visitor, arrive: Arrive, harbour: Organisation, alice: User
) -> None:
    visitor.is_signed_in_as(alice)
    declares_a_line_up(visitor, arrive)


def declares_a_line_up(visitor: Visitor, arrive: Callable[[], Visitor]) -> None:
    """The whole way, with scripts or without."""
    event = adds_a_conference(visitor)
    reads_in_a_file(visitor)
    asks_everybody(visitor, event)
    code = looks_at_the_sheet(visitor)
    everybody_answers(visitor, arrive, code)
    reads_the_result(visitor, event)
    statement = makes_it_public(visitor)
    anybody_reads(arrive(), statement)
    locks_it(visitor, event)


def adds_a_conference(visitor: Visitor) -> str:
    visitor.opens(f"{HOME}events/")
    visitor.follows("Add an event or group")
    visitor.main.get_by_label("What is it?").select_option("Conference")
    day = timezone.localdate() + timedelta(days=30)
    visitor.types(title=EVENT, held_on=day.isoformat())
    visitor.presses("Save")
    visitor.is_at(EVENT)
    visitor.sees("“Not known” is where everybody starts.")
    return visitor.page.url


def reads_in_a_file(visitor: Visitor) -> None:
    """Nothing is saved before it is confirmed, and nobody's gender ever."""
    visitor.follows("Read in a line-up")
    text = file_of(timezone.localdate() + timedelta(days=30))
    file = {"name": "speakers.csv", "mimeType": "text/csv", "buffer": text.encode()}
    visitor.main.locator("[name=file]").set_input_files(file)  # type: ignore[arg-type]
    visitor.presses("Show me what is in it")
    visitor.is_at("What do the columns hold?")
    expect(visitor.main.get_by_label("Gender")).to_have_count(0)
    expect(visitor.main.get_by_label("Biography")).to_have_count(0)
    visitor.main.get_by_label("Email", exact=True).select_option("email")
    visitor.presses("Show me what would be saved")
    visitor.is_at("Look at it, then confirm")
    visitor.sees("What is read", *NAMES, "What is thrown away", "Gender", "Biography")
    visitor.does_not_see("Likes boats")
    assert not Participant.objects.exists()
    visitor.main.get_by_label("Opening plenary").check()
    visitor.presses("Confirm and save")
    visitor.sees("3 sessions added", "7 people and 7 seats added")
    visitor.follows("See the line-up")
    visitor.sees("Opening plenary", "Carers speak", *NAMES, MODERATOR)


def asks_everybody(visitor: Visitor, event: str) -> None:
    visitor.opens(event)
    visitor.follows("Ask by link")
    visitor.is_at("Ask everybody how they are counted")
    visitor.sees("5 people with an address", "1 code to print", "You see how many have answered")
    visitor.presses("Ask them now")
    visitor.is_at("Closed until everyone has had the chance")
    visitor.sees("0", "of 6", "5 asked by email")
    assert sorted(Email.objects.values_list("to_address", flat=True)) == sorted(MAILED)


def looks_at_the_sheet(visitor: Visitor) -> str:
    """Gives the one code on it. It says no name: whoever takes the slip is known to nobody."""
    visitor.follows("Open the sheet to print")
    visitor.is_at("Codes to hand out")
    expect(visitor.main.locator(".slip-code")).to_have_count(1)
    visitor.does_not_see(*NAMES)
    code = visitor.main.locator(".slip-code").inner_text()
    visitor.follows("Back")
    return code


def everybody_answers(visitor: Visitor, arrive: Callable[[], Visitor], code: str) -> None:
    """The last answer closes the round by itself."""
    ada = arrive()
    answers_by_email(ada, MAILED[0], "Woman", "No")
    answers_by_email(arrive(), MAILED[1], "Man", "No")
    visitor.page.reload()
    visitor.sees("have answered", "2")
    asked = DeclarationRound.objects.get()
    by_mail = (token for token in unused(asked) if token.is_mailed)
    for token, women in zip(by_mail, ("yes", "yes", "no"), strict=True):
        give_answer(token=token, said=Said(women, "no"), now=timezone.now())
    answers_on_paper(arrive(), code)
    asked.refresh_from_db()
    assert asked.outcome == "counted"
    ada.page.reload()
    ada.is_at("This link opens nothing")
    ada.forgives(404)


def answers_by_email(person: Visitor, address: str, describes: str, minoritised: str) -> None:
    """Without an account or a cookie; the link works once."""
    [link] = set(LINK.findall(newest_email_to(address).text))
    person.opens(link)
    person.is_at("Two questions")
    person.sees("Harbour Minds", EVENT)
    person.ticks(describes)
    person.ticks(minoritised)
    person.presses("Send my answers")
    person.is_at("Thank you")
    person.does_not_see(describes)
    person.opens(link, status=410)
    person.is_at("This link has been used")
    assert person.context.cookies() == []


def answers_on_paper(person: Visitor, code: str) -> None:
    person.opens("/code/")
    person.types(code=code.lower())
    person.presses("Go to the questions")
    person.is_at("Two questions")
    person.ticks("Woman")
    person.presses("Send my answers")
    person.is_at("Thank you")


def reads_the_result(visitor: Visitor, event: str) -> None:
    """All six said whether they are women, so colleagues see how many; of who is minoritised
    nobody sees a number, the organiser too. The stages were too small to be counted apart."""
    visitor.page.reload()
    visitor.is_at("Everyone has had the chance")
    visitor.look()
    visitor.follows("See the result")
    assert visitor.page.url == event
    visitor.sees("4 of 6", "Not shown to meet", "The round of asking people closed")
    visitor.does_not_see("1 of 6", "5 of 6", "0 of 6")


def makes_it_public(visitor: Visitor) -> str:
    visitor.follows("Share")
    visitor.sees("Exactly this and no more")
    visitor.does_not_see(*SECRETS)
    visitor.presses("Make it public")
    visitor.sees("The statement is public.", "Public since")
    visitor.follows("Open the page")
    return visitor.page.url


def anybody_reads(reader: Visitor, statement: str) -> None:
    reader.opens(statement)
    reader.is_at(EVENT)
    reader.sees("Shown to meet", "Not shown to meet", "What this does not show")
    reader.does_not_see(*SECRETS, *NAMES)
    picture = reader.page.locator("meta[property='og:image']").get_attribute("content") or ""
    paper = reader.main.get_by_role("link", name="PDF").get_attribute("href") or ""
    for address, begins in ((picture, b"\x89PNG"), (f"{reader.server}{paper}", b"%PDF")):
        answer = reader.context.request.get(address)
        assert answer.ok
        assert answer.body().startswith(begins)
    assert reader.context.cookies() == []


def locks_it(visitor: Visitor, event: str) -> None:
    visitor.opens(event)
    visitor.follows("Lock the line-up")
    visitor.presses("Lock it and drop the names")
    visitor.is_at("Locked line-up")
    visitor.sees("Its names are gone.", "Matches what was frozen", "4 of 6")
    visitor.does_not_see("1 of 6", "5 of 6", "0 of 6")
    visitor.opens(f"{event}line-up/")
    visitor.sees("Opening plenary", "Locked")
    visitor.does_not_see(*NAMES, MODERATOR)
    gathering = Gathering.objects.get()
    named = gathering.participants.exclude(name="", email="")
    assert (gathering.participants.count(), named.count()) == (7, 0)
    assert not Email.objects.filter(to_address__in=MAILED).exists()
    expect(visitor.main.get_by_role("link", name="Add a session")).to_have_count(0)
