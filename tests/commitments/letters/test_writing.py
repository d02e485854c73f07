"""The letter to an organiser: made, saved, and sent by the leader's own hand."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from commitments.actions.asking import LetterRefused
from commitments.actions.revisions import MovedOnError
from commitments.enums import InvitationState, PledgeVerb
from commitments.letter import LINK
from commitments.models import AskLetter, Invitation, Wording
from commitments.queries import letters
from organisations.models import User
from organisations.tokens import derived_token, digest
from tests.commitments.conftest import verbs
from tests.commitments.letters.conftest import NOW, TODAY, everything, make, revoke, save, send
from tests.factories.commitments import InvitationFactory, PledgeFactory


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
    with pytest.raises(LetterRefused, match="closed"):
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
