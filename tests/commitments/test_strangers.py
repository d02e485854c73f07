"""Mail to people without an account: one limit for all kinds, one footer, one way to stop it."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commitments.actions import asking, assisting, bodies, encouraging, leaving
from commitments.actions.strangers import hold, queue_to_stranger, why_not_write
from commitments.links import ENCOURAGEMENT_LASTS
from commitments.mail_limits import MOST_A_DAY, NOT_SIGNED
from commitments.models import AddressRefusal, Pledge, StrangerMail
from commitments.queries.strangers import asked_lately, write
from organisations.erasing import erase_account
from organisations.models import Organisation, User
from organisations.tokens import derived_token
from outbox.enums import Kind
from outbox.models import Email
from tests.factories.commitments import InvitationFactory, PledgeFactory
from tests.factories.learning import EncouragementFactory
from tests.factories.organisations import UserFactory
from tests.factories.strangers import StrangerMailFactory, stop_of

TO = "somebody@elsewhere.example"
REFUSED = (
    asking.LetterRefused,
    assisting.AssistingRefused,
    bodies.LinkRefused,
    encouraging.EncouragementRefused,
    leaving.LeavingRefused,
)
Ask = Callable[[Pledge, User, str], Any]


def by_letter(pledge: Pledge, by: User, to: str) -> Any:
    now = timezone.now()
    entry = InvitationFactory(pledge=pledge, title="Voices")
    letter = asking.make_letter(invitation=entry, by=by, now=now)
    return asking.send_letter(
        letter=letter, to_address=to, seen=letter.revision,
        seen_entry=letter.invitation.revision, by=by, now=now,
    )  # fmt: skip


def by_body(pledge: Pledge, by: User, to: str) -> Any:
    assert pledge.organisation is not None
    return bodies.ask_member(
        body=pledge.organisation, member_name="A member", email=to, by=by, now=timezone.now()
    )


def by_handover(pledge: Pledge, by: User, to: str) -> Any:
    today = timezone.localdate()
    return leaving.hand_over(pledge=pledge, ended_on=today, email=to, by=by, now=timezone.now())


KINDS: dict[str, Ask] = {
    Kind.ASK_LETTER: by_letter,
    Kind.ENCOURAGEMENT: lambda pledge, by, to: encouraging.encourage(
        pledge=pledge, address=to, words="", by=by, now=timezone.now()
    ),
    Kind.ASSISTANT_INVITE: lambda pledge, by, to: assisting.ask_assistant(
        pledge=pledge, email=to, by=by, now=timezone.now()
    ),
    Kind.HANDOVER: by_handover,
    Kind.BODY_ASK: by_body,
}


@pytest.mark.parametrize("kind", KINDS)
def test_an_address_is_written_to_once_an_hour_whatever_the_kind(
    kind: str, pledge: Pledge, alice: User, foreign: Pledge, chidi: User
) -> None:
    KINDS[kind](pledge, alice, TO)
    for ask in KINDS.values():
        with pytest.raises(REFUSED, match="less than an hour ago"):
            ask(foreign, chidi, TO.upper())
    assert Email.objects.count() == 1


@pytest.mark.parametrize("kind", KINDS)
def test_twenty_a_day_over_all_kinds(kind: str, pledge: Pledge, alice: User) -> None:
    StrangerMailFactory.create_batch(MOST_A_DAY, by=alice)
    with pytest.raises(REFUSED, match="20 people in a day"):
        KINDS[kind](pledge, alice, TO)
    assert Email.objects.count() == 0


@pytest.mark.parametrize(
    ("ago", "to_address", "by_person"),
    [
        (timedelta(minutes=59), 1, 1),
        (timedelta(hours=1), 0, 1),
        (timedelta(hours=23), 0, 1),
        (timedelta(days=1), 0, 0),
    ],
)
def test_what_counts(ago: timedelta, to_address: int, by_person: int, alice: User) -> None:
    now = timezone.now()
    StrangerMailFactory(by=alice, address=TO, sent_at=now - ago)
    found = asked_lately(address=TO.upper(), by=alice, now=now)
    assert (found.to_address, found.by_person, found.refuses) == (to_address, by_person, False)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("column", ["leader_name", "role_title", "organisation_name"])
def test_nothing_that_is_printed_leads_elsewhere(
    column: str, kind: str, pledge: Pledge, alice: User, harbour: Organisation
) -> None:
    Pledge.objects.filter(pk=pledge.pk).update(**{column: "приз.рф"})
    Organisation.objects.filter(pk=harbour.pk).update(name="185.12.13.14/win")
    pledge.refresh_from_db()
    with pytest.raises(REFUSED) as refusal:
        KINDS[kind](pledge, alice, TO)
    assert str(refusal.value) == NOT_SIGNED
    assert Email.objects.count() == 0


def test_nor_does_the_name_of_who_asks_for_a_body(pledge: Pledge, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(display_name="Win at приз.рф")
    alice.refresh_from_db()
    with pytest.raises(bodies.LinkRefused, match="web address"):
        by_body(pledge, alice, TO)


def test_nor_does_the_title_of_an_invitation(pledge: Pledge, alice: User) -> None:
    letter = asking.make_letter(
        invitation=InvitationFactory(pledge=pledge, title="приз.рф"), by=alice, now=timezone.now()
    )
    with pytest.raises(asking.LetterRefused) as refusal:
        asking.send_letter(
            letter=letter, to_address=TO, seen=1, seen_entry=letter.invitation.revision,
            by=alice, now=timezone.now(),
        )  # fmt: skip
    assert str(refusal.value) == NOT_SIGNED


@pytest.mark.parametrize("kind", KINDS)
def test_every_mail_says_the_same_of_itself(kind: str, pledge: Pledge, alice: User) -> None:
    KINDS[kind](pledge, alice, TO)
    email, mail = Email.objects.get(kind=kind), StrangerMail.objects.get()
    stop = stop_of(mail.pk)
    assert email.headers["Reply-To"] == "Alice Adeyemi <alice@harbour.example>"
    assert email.headers["List-Unsubscribe"].endswith(f"{stop}>")
    assert email.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert email.dedupe_key == f"{kind.replace('_', '-')}:{mail.pk}"
    for words in (email.text, email.html):
        assert "typed your address" in words
        assert "We know nothing else about you" in words
        assert "Do not email this address again" in words
        assert words.count(stop) == 1
    assert (email.to_address, mail.by) == (TO, alice)
    assert TO not in str(StrangerMail.objects.values())


@pytest.mark.parametrize("kind", KINDS)
def test_no_more_also_after_the_asker_erased_their_account(
    kind: str, pledge: Pledge, alice: User, client: Client
) -> None:
    KINDS[kind](pledge, alice, TO)
    stop = stop_of(StrangerMail.objects.get().pk)
    erase_everything_of(alice)
    assert StrangerMail.objects.get().by is None
    page = client.get(stop)
    assert page.status_code == 200
    assert "noindex" in page.content.decode()
    assert AddressRefusal.objects.count() == 0
    for _ in range(2):
        assert client.post(stop).status_code == 200
    assert AddressRefusal.objects.count() == 1
    other = UserFactory()
    assert why_not_write(address=TO, by=other, now=timezone.now()).startswith("Whoever reads")


def erase_everything_of(person: User) -> None:
    person.memberships.update(ended_at=timezone.now())
    erase_account(person=person, now=timezone.now())


def test_an_unknown_link(client: Client, db: None) -> None:
    for response in (client.get(unknown()), client.post(unknown())):
        assert response.status_code == 404
        assert "noindex" in response.content.decode()
    assert client.put(unknown()).status_code == 405


def unknown() -> str:
    return reverse("mail_stop", args=["x" * 43])


def test_looking_refuses_nothing(client: Client, db: None) -> None:
    stop = stop_of(StrangerMailFactory().pk)
    assert client.get(stop).status_code == client.head(stop).status_code == 200
    assert AddressRefusal.objects.count() == 0


PAGES = ("assistant_accept", "body_consent", "draft_preview", "encouraged", "handover_accept")


@pytest.mark.parametrize("name", PAGES)
def test_a_link_that_never_was_says_so(name: str, client: Client, db: None) -> None:
    response = client.get(reverse(name, args=["x" * 43]))
    assert response.status_code == 404
    page = response.content.decode()
    assert "This link no longer works" in page
    assert "Perhaps a part of it was lost on the way." in page
    assert '<meta name="robots" content="noindex, nofollow">' in page


def test_it_says_for_how_long_such_a_link_works(pledge: Pledge, client: Client) -> None:
    asked = EncouragementFactory(pledge=pledge, asked_at=timezone.now() - ENCOURAGEMENT_LASTS)
    link = reverse("encouraged", args=[derived_token("encouragement", asked.pk)])
    response = client.get(link)
    assert response.status_code == 410
    assert f"more than {ENCOURAGEMENT_LASTS.days} days old" in response.content.decode()


def test_where_replies_go_is_said_before(pledge: Pledge, as_alice: Client) -> None:
    said = "<strong>alice@harbour.example</strong>"
    to_ask = [reverse(name, args=[pledge.pk]) for name in ("encourage", "assistants")]
    to_ask.append(reverse("body_ask", args=["harbour-minds"]))
    for page in to_ask:
        assert said in as_alice.get(page).content.decode(), page
    today = timezone.localdate().isoformat()
    answers = {"ending": "handed_over", "ended_on": today, "email": TO}
    end = reverse("pledge_end", args=[pledge.pk])
    assert said in as_alice.post(end, answers).content.decode()
    as_alice.post(end, {"ending": "role_ended", "ended_on": today, "step": "close"})
    assert said in as_alice.get(reverse("handover", args=[pledge.pk])).content.decode()


def test_a_mail_and_its_count_are_one(alice: User) -> None:
    with transaction.atomic():
        send(alice)
        transaction.set_rollback(True)
    assert Email.objects.count() == StrangerMail.objects.count() == 0


def send(by: User) -> None:
    row, now = StrangerMailFactory.build().id, timezone.now()
    mail = write(
        Kind.ENCOURAGEMENT, row=row, asker="A", role="B", by=by, signature="A", words="", days=1,
        link="https://x.example",
    )  # fmt: skip
    queue_to_stranger(mail, address=TO, by=by, not_after=now + timedelta(days=1), now=now)


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_write_once() -> None:
    people = [PledgeFactory().leader for _ in range(2)]
    start, left = threading.Barrier(2), []

    def run(by: User) -> None:
        start.wait()
        with transaction.atomic():
            hold(address=TO, by=by)
            if not why_not_write(address=TO, by=by, now=timezone.now()):
                send(by)
                left.append(by)
        connection.close()

    threads = [threading.Thread(target=run, args=[by]) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(left) == Email.objects.count() == 1
