"""The words of the letter that asks an organiser back, and what is kept of them."""

from dataclasses import replace
from datetime import date

import pytest

from commitments import letter
from commitments.enums import InvitationKind
from commitments.letter import LINK, Facts
from panels.enums import Barrier

FACTS = Facts(
    kind=InvitationKind.INVITED,
    title="Autumn lecture",
    organiser="Tarn College",
    held_on=date(2026, 5, 20),
    has_accepted=False,
    leader_name="Alice Adeyemi",
    role_title="Chief executive",
    organisation_name="Harbour Minds",
    promises=("I speak where\nothers are heard.", "I ask."),
    definition="Whoever says so.",
    pledge_url="https://table.example/pledges/alice/",
    open_until=date(2026, 7, 19),
)
SITE = "https://table.example"
REPLY = f"{SITE}/r/{'a' * 43}/"


def test_it_asks_five_things_and_says_what_happens() -> None:
    text = letter.compose(FACTS)
    parts = text.split("\n\n")
    assert parts[0] == "Dear Tarn College,"
    assert "“Autumn lecture” on 20 May 2026" in parts[1]
    assert parts[2].endswith("Here it is:\nhttps://table.example/pledges/alice/")
    assert parts[3] == "In it I say:\n“I speak where others are heard.”\n“I ask.”"
    assert [line[:2] for line in parts[5].split("\n")] == ["1.", "2.", "3.", "4.", "5."]
    assert parts[6] == "By “minoritised” I mean: Whoever says so."
    assert parts[8].split("\n") == [letter.ANSWER_HERE, LINK, "The link works until 19 July 2026."]
    assert parts[-1] == "Alice Adeyemi\nChief executive, Harbour Minds\n"


def test_it_names_every_barrier() -> None:
    text = letter.compose(FACTS).casefold()
    assert [barrier for barrier in Barrier if str(barrier.label).casefold() not in text] == []
    assert "British Sign Language" in letter.compose(FACTS)


@pytest.mark.parametrize(
    ("kind", "greeting", "opening"),
    [
        (InvitationKind.INVITED, "Hello,", "Thank you for inviting me to “Autumn lecture”"),
        (InvitationKind.HOSTING, "Dear events team,", "We are running “Autumn lecture”"),
        (InvitationKind.SEAT, "Dear chair,", "I hold a seat on “Autumn lecture”"),
        (InvitationKind.CONVERSATION, "Hello,", "We talked about “Autumn lecture”"),
    ],
)
def test_each_kind_has_its_words(kind: InvitationKind, greeting: str, opening: str) -> None:
    parts = letter.compose(replace(FACTS, kind=kind, organiser="")).split("\n\n")
    assert parts[0] == greeting
    assert parts[1].startswith(opening)


def test_kinds_ask_differently() -> None:
    texts = {letter.compose(replace(FACTS, kind=kind)).split("\n\n")[5] for kind in InvitationKind}
    assert len(texts) == 3


def test_after_a_yes_it_does_not_bargain() -> None:
    opening = letter.compose(replace(FACTS, has_accepted=True)).split("\n\n")[1]
    assert opening.startswith("I look forward to “Autumn lecture” on 20 May 2026.")


def test_what_is_not_known_is_left_out() -> None:
    bare = replace(FACTS, held_on=None, promises=(), organisation_name="")
    text = letter.compose(bare)
    assert "In it I say" not in text
    assert "inviting me to “Autumn lecture”. Before" in text
    assert text.endswith("Alice Adeyemi\nChief executive\n")
    assert "\n\n\n" not in text


def test_the_secret_of_the_link_is_not_kept() -> None:
    text = letter.compose(FACTS)
    leaves = letter.with_link(text, REPLY)
    assert leaves.count(REPLY) == 1
    assert LINK not in leaves
    assert letter.to_keep(leaves.replace("\n", "\r\n")) == text
    older = f"{SITE}/r/{'b' * 43}/"
    assert letter.to_keep(f"See {older} and {REPLY}") == f"See {LINK} and {LINK}"


def test_a_link_that_was_taken_out_comes_back() -> None:
    leaves = letter.with_link("Dear all\n\n", REPLY)
    assert leaves == f"Dear all\n\n{letter.ANSWER_HERE}\n{REPLY}\n"


@pytest.mark.parametrize(
    ("held_on", "made_on", "last_day"),
    [
        (None, date(2026, 1, 1), date(2026, 6, 30)),
        (date(2026, 5, 20), date(2026, 5, 1), date(2026, 7, 19)),
        (date(2026, 5, 20), date(2026, 5, 20), date(2026, 7, 19)),
        (date(2026, 5, 20), date(2026, 6, 20), date(2026, 8, 19)),
    ],
)
def test_how_long_the_link_works(held_on: date | None, made_on: date, last_day: date) -> None:
    assert letter.open_until(held_on, made_on=made_on) == last_day


def test_the_subject() -> None:
    assert letter.subject(InvitationKind.INVITED, "X") == "A question before X"
    assert letter.subject(InvitationKind.HOSTING, "X") == "A question before X"
    assert letter.subject(InvitationKind.SEAT, "X") == "A question about X"
    assert letter.subject(InvitationKind.CONVERSATION, "X") == "A question about X"


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        (letter.compose(FACTS), False),
        ("Write to alice@harbour.example.", False),
        (f"Read {SITE}/pledges/alice/, or {SITE}.", False),
        (f"Read {SITE}.evil.example/x", True),
        (f"Read {SITE}@evil.example", True),
        ("Read https://evil.example", True),
        ("Read evil.example/now", True),
        ("Write to mallory@evil.example", True),
    ],
)
def test_an_email_leads_to_this_site_alone(text: str, leads: bool) -> None:
    assert letter.leads_elsewhere(text, but=(SITE, "alice@harbour.example")) is leads
