"""The letter to an organiser as it leaves by email."""

from email import message_from_bytes, policy
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from commitments.actions import asking
from commitments.actions.asking import LetterRefused
from commitments.actions.entries import change_invitation
from commitments.actions.revisions import MovedOnError
from commitments.enums import InvitationState, PledgeVerb
from commitments.letter import LINK
from commitments.models import AskLetter, Pledge
from commitments.queries import letters
from organisations.models import User
from outbox.enums import Kind
from outbox.models import Email
from outbox.transport import OutboxMessage
from tests.commitments.conftest import verbs
from tests.commitments.letters.conftest import NOW, TO, TODAY, everything, make, save, send
from tests.factories.commitments import InvitationFactory


def test_sending(letter: AskLetter, alice: User) -> None:
    sent = send(letter, alice)
    assert (sent.to_address, sent.sent_by, sent.sent_at) == (TO, alice, NOW)
    email = Email.objects.get()
    assert (email.kind, email.to_address, email.to_user, email.organisation, email.not_after) == (
        Kind.ASK_LETTER, TO, None, None, letter.expires_at,
    )  # fmt: skip
    asked = letter.invitation.steps.get(state=InvitationState.ASKED)
    assert (asked.on, asked.by, asked.confirmed_at) == (TODAY, alice, NOW)
    assert verbs()[1:] == [PledgeVerb.LETTER_SENT, PledgeVerb.INVITATION_MOVED]
    before = everything()
    send(letter, alice, to="second@example.org")
    assert everything() == before


def test_the_message_as_it_leaves(letter: AskLetter, alice: User) -> None:
    save(letter, alice, f"Dear <b>all</b>\n\n{LINK}\n\nAlice")
    send(letter, alice)
    message: Any = message_from_bytes(
        OutboxMessage(Email.objects.get()).message().as_bytes(), policy=policy.default
    )
    assert message["Subject"] == "A question before Voices of the Coast"
    assert message["To"] == TO
    assert message["Reply-To"] == "Alice Adeyemi <alice@harbour.example>"
    assert message["From"].addresses[0].display_name.startswith("Alice Adeyemi (")
    assert "harbour.example" not in message["From"]
    stop = f"<{letters.links_of(letter).stop}>"
    assert message["List-Unsubscribe"].strip() == stop
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    plain, html = (part.get_content() for part in message.iter_parts())
    link = letters.links_of(letter).reply
    assert link != letters.reply_link(letter)
    assert plain.startswith(f"Dear <b>all</b>\n\n{link}\n\nAlice\n\n--\nAlice Adeyemi (Chief exec")
    assert f'<p dir="auto"><a href="{link}" rel="nofollow">{link}</a></p>' in html
    assert "Dear &lt;b&gt;all&lt;/b&gt;" in html
    assert stop[1:-1] in plain
    assert stop[1:-1] in html


def test_nothing_typed_starts_a_header(pledge: Pledge, alice: User) -> None:
    Pledge.objects.update(leader_name="Alice\r\nBcc: everybody", role_title="Chief")
    entry = InvitationFactory(pledge=pledge, title="Talk\r\nBcc: everybody", received_on=TODAY)
    letter = make(entry, alice)
    save(letter, alice, "Dear all")
    send(letter, alice)
    message: Any = message_from_bytes(OutboxMessage(Email.objects.get()).message().as_bytes())
    assert message["Bcc"] is None
    assert "\n" not in Email.objects.get().subject


@pytest.mark.parametrize("address", ["", "a@b", "a@b.example\nBcc: c@d.example", "a b@c.example"])
def test_what_is_no_address_is_refused(address: str, letter: AskLetter, alice: User) -> None:
    before = everything()
    with pytest.raises(ValidationError):
        send(letter, alice, to=address)
    assert everything() == before


def test_another_site_is_not_named_by_email(letter: AskLetter, alice: User) -> None:
    save(letter, alice, "Dear all, see https://evil.example")
    with pytest.raises(LetterRefused) as refusal:
        send(letter, alice)
    assert str(refusal.value) == asking.OTHER_ADDRESSES
    assert Email.objects.count() == 0


@pytest.mark.parametrize("name", ["leader_name", "role_title"])
def test_nor_is_it_in_a_name(name: str, letter: AskLetter, alice: User) -> None:
    Pledge.objects.update(**{name: "Win at evil.example"})
    with pytest.raises(LetterRefused):
        send(letter, alice)
    assert Email.objects.count() == 0


@pytest.mark.parametrize("changed", ["letter", "entry"])
def test_what_was_not_read_does_not_leave(
    changed: str, letter: AskLetter, alice: User, assistant: User
) -> None:
    if changed == "letter":
        save(letter, assistant, "Not what was read")
    else:
        change_invitation(
            invitation=letter.invitation, details={"title": "Other"}, seen=1, by=alice, now=NOW
        )
    before = everything()
    with pytest.raises(MovedOnError):
        asking.send_letter(letter=letter, to_address=TO, seen=1, seen_entry=1, by=alice, now=NOW)
    assert everything() == before


def test_sending_and_asking_are_one(letter: AskLetter, alice: User) -> None:
    before = everything()
    with transaction.atomic():
        send(letter, alice)
        transaction.set_rollback(True)
    assert everything() == before
