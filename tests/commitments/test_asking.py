"""The letter to an organiser: made, saved, sent by email, its link closed."""

from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from pytest_django.fixtures import Settings

from commitments.actions import asking
from commitments.actions.asking import LetterRefusedError
from commitments.actions.entries import change_invitation
from commitments.actions.refusals import refuse_mail
from commitments.actions.revisions import MovedOnError
from commitments.enums import InvitationState, PledgeVerb
from commitments.letter import LINK
from commitments.mail_limits import MOST_A_DAY
from commitments.models import AskLetter, Invitation, Pledge, Wording
from commitments.queries import letters
from commitments.queries.refusals import address_digest
from history.models import Entry
from organisations.models import User
from organisations.tokens import derived_token, digest
from outbox.enums import Kind, State
from outbox.models import Email
from outbox.transport import OutboxMessage
from tests.factories.assisting import AssistantFactory
from tests.factories.commitments import InvitationFactory, PledgeFactory
from tests.factories.strangers import StrangerMailFactory

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 5, 20)
TO = "organiser@example.org"


@pytest.fixture
def entry(pledge: Pledge) -> Invitation:
    return InvitationFactory(
        pledge=pledge, title="Voices of the Coast", organiser="Tarn College",
        received_on=date(2026, 5, 1), held_on=date(2026, 6, 15),
    )  # fmt: skip


@pytest.fixture
def assistant(pledge: Pledge) -> User:
    user: User = AssistantFactory(pledge=pledge).user
    return user


@pytest.fixture
def letter(entry: Invitation, alice: User) -> AskLetter:
    return make(entry, alice)


def make(entry: Invitation, by: User, now: datetime = NOW) -> AskLetter:
    return asking.make_letter(invitation=entry, by=by, now=now)


def save(letter: AskLetter, by: User, text: str, seen: int = 1, **more: Any) -> AskLetter:
    return asking.save_letter(letter=letter, text=text, seen=seen, by=by, now=NOW, **more)


def send(letter: AskLetter, by: User, to: str = TO, now: datetime = NOW) -> AskLetter:
    letter.refresh_from_db()
    return asking.send_letter(
        letter=letter, to_address=to, seen=letter.revision,
        seen_entry=letter.invitation.revision, by=by, now=now,
    )  # fmt: skip


def revoke(letter: AskLetter, by: User) -> None:
    asking.revoke_letter(letter=letter, by=by, now=NOW)


def verbs() -> list[str]:
    rows = Entry.objects.exclude(verb=PledgeVerb.WORDING_LOADED).order_by("pk")
    return list(rows.values_list("verb", flat=True))


def everything() -> list[list[Any]]:
    models = [Invitation, AskLetter, Email, Entry]
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_one_click_makes_the_letter(entry: Invitation, alice: User) -> None:
    letter = make(entry, alice)
    assert bytes(letter.token_sha256) == digest(derived_token("reply", letter.pk))
    assert letter.expires_at == datetime(2026, 8, 14, 23, 0, tzinfo=UTC)
    assert letter.text.startswith("Dear Tarn College,")
    assert letter.text.count("“I") == 3
    assert LINK in letter.text
    assert derived_token("reply", letter.pk) not in letter.text
    assert make(entry, alice) == letter
    assert verbs() == [PledgeVerb.LETTER_MADE]
    assert entry.steps.count() == 1


def test_only_what_was_promised_is_quoted(wording: Wording, alice: User) -> None:
    pledge = PledgeFactory(
        leader=alice, signing=wording, signing__left_out=("every_stage", "remove_barriers"),
        signing__adapted={"balanced_panels": "I look at the panel first."},
    )  # fmt: skip
    text = make(InvitationFactory(pledge=pledge, received_on=TODAY), alice).text
    assert "In it I say:\n“I look at the panel first.”\n\n" in text


def test_a_link_that_is_over_gives_way_to_a_new_letter(entry: Invitation, alice: User) -> None:
    first = make(entry, alice)
    later = make(entry, alice, now=first.expires_at)
    assert later != first
    first.refresh_from_db()
    assert first.revoked_at is not None


def test_saving(letter: AskLetter, alice: User, assistant: User) -> None:
    text = letters.text_of(letter)
    assert save(letter, alice, text).revision == 1
    saved = save(letter, assistant, "Dear all\r\n\r\n" + letters.reply_link(letter))
    assert (saved.revision, saved.text, saved.written_by) == (2, f"Dear all\n\n{LINK}", assistant)


def test_the_second_of_two_is_told(letter: AskLetter, alice: User, assistant: User) -> None:
    save(letter, assistant, "Theirs")
    before = everything()
    with pytest.raises(MovedOnError):
        save(letter, alice, "Mine")
    assert everything() == before
    assert save(letter, alice, "Mine", seen=2).text == "Mine"


def test_the_leader_has_sent_it(letter: AskLetter, alice: User) -> None:
    save(letter, alice, "Mine", sent_on=date(2026, 5, 18))
    asked = letter.invitation.steps.get(state=InvitationState.ASKED)
    assert (asked.on, asked.by, asked.confirmed_at) == (date(2026, 5, 18), alice, NOW)
    assert AskLetter.objects.get().sent_at is None
    revoke(letter, alice)
    with pytest.raises(LetterRefusedError, match="closed"):
        save(letter, alice, "Later", seen=2)


def test_a_day_that_cannot_be_saves_nothing(letter: AskLetter, alice: User) -> None:
    before = everything()
    with pytest.raises(ValidationError):
        save(letter, alice, "Mine", sent_on=date(2026, 5, 21))
    assert everything() == before


def test_an_assistant_neither_sends_nor_closes(letter: AskLetter, assistant: User) -> None:
    before = everything()
    for act in (
        lambda: save(letter, assistant, "Mine", sent_on=TODAY),
        lambda: send(letter, assistant),
        lambda: revoke(letter, assistant),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert everything() == before


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
    with pytest.raises(LetterRefusedError) as refusal:
        send(letter, alice)
    assert str(refusal.value) == asking.OTHER_ADDRESSES
    assert Email.objects.count() == 0


@pytest.mark.parametrize("name", ["leader_name", "role_title"])
def test_nor_is_it_in_a_name(name: str, letter: AskLetter, alice: User) -> None:
    Pledge.objects.update(**{name: "Win at evil.example"})
    with pytest.raises(LetterRefusedError):
        send(letter, alice)
    assert Email.objects.count() == 0


def sent_before(by: User, number: int, to: str, ago: timedelta) -> None:
    for _ in range(number):
        StrangerMailFactory(by=by, address=to, sent_at=NOW - ago)


@pytest.mark.parametrize(
    ("number", "ago", "leaves"),
    [
        (MOST_A_DAY - 1, timedelta(hours=2), True),
        (MOST_A_DAY, timedelta(hours=2), False),
        (MOST_A_DAY, timedelta(days=1), True),
    ],
)
def test_twenty_a_day_for_each_person(
    number: int, ago: timedelta, leaves: bool, letter: AskLetter, alice: User
) -> None:
    sent_before(alice, number, "other@example.org", ago)
    if leaves:
        assert send(letter, alice).sent_at == NOW
    else:
        with pytest.raises(LetterRefusedError):
            send(letter, alice)


@pytest.mark.parametrize(
    ("ago", "leaves"), [(timedelta(minutes=59), False), (timedelta(hours=1), True)]
)
def test_one_an_hour_for_each_address(
    ago: timedelta, leaves: bool, letter: AskLetter, alice: User, chidi: User
) -> None:
    """Whoever it was that wrote there."""
    sent_before(chidi, 1, TO.upper(), ago)
    if leaves:
        assert send(letter, alice).sent_at == NOW
    else:
        with pytest.raises(LetterRefusedError):
            send(letter, alice)


def test_an_address_that_wants_no_more_gets_none(letter: AskLetter, alice: User) -> None:
    refuse_mail(address_digest=address_digest(TO.upper()), now=NOW)
    with pytest.raises(LetterRefusedError):
        send(letter, alice)
    assert Email.objects.count() == 0


def test_closing_the_link(letter: AskLetter, entry: Invitation, alice: User) -> None:
    revoke(letter, alice)
    revoke(letter, alice)
    assert AskLetter.objects.get().revoked_at == NOW
    assert verbs() == [PledgeVerb.LETTER_MADE, PledgeVerb.LETTER_REVOKED]
    with pytest.raises(LetterRefusedError):
        send(letter, alice)
    assert make(entry, alice) != letter


def test_after_the_key_was_changed_nothing_leaves(
    letter: AskLetter, alice: User, settings: Settings
) -> None:
    settings.SECRET_KEY = "another"
    assert not letters.still_opens(letter)
    with pytest.raises(LetterRefusedError, match="closed"):
        send(letter, alice)


def test_an_email_that_came_back_is_known(letter: AskLetter, alice: User) -> None:
    send(letter, alice)
    assert not letters.has_come_back(letter)
    Email.objects.update(state=State.FAILED)
    assert letters.has_come_back(letter)


def test_the_emailed_link_is_its_own(letter: AskLetter, alice: User) -> None:
    assert letter.mailed_sha256 is None
    sent = send(letter, alice)
    token = letters.links_of(sent).reply.rstrip("/").rsplit("/")[-1]
    assert bytes(sent.mailed_sha256) == digest(token)
    email = Email.objects.get()
    for words in (email.text, email.html):
        assert letters.reply_link(letter) not in words


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
