"""The emails of a round, as built."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from time_machine import travel

from organisations.models import Organisation, User
from outbox.enums import Kind, State
from outbox.models import Email
from outbox.queries import sent_mail_of
from panels import declaring as rules
from panels.actions.answering import object_to_asking
from panels.actions.declaring import AskingRefused, remind
from panels.models import AskingRefusal, DeclarationRound, DeclarationToken, Gathering
from panels.queries import declaring as queries
from panels.queries.declaring import address_digest
from tests.factories.declaring import code_for, opened, seat_people, upcoming
from tests.factories.panels import GatheringFactory
from tests.panels.asking import addresses, verbs
from tests.panels.asking_world import send_mail


@pytest.fixture
def asked(gathering: Gathering, alice: User) -> DeclarationRound:
    gathering.title = "Voices & <b>choices</b> عدد"
    gathering.save()
    seat_people(upcoming(gathering), 5)
    return opened(gathering, by=alice)


def email_to(asked: DeclarationRound, number: int) -> Email:
    return Email.objects.get(to_address="speaker1@stage.example", dedupe_key__endswith=f":{number}")


@pytest.mark.parametrize(
    ("number", "subject"),
    [
        (0, "Two questions from Harbour Minds"),
        (1, "A reminder: two questions from Harbour Minds"),
    ],
)
def test_it_holds_one_link_and_nothing_of_anybody(
    number: int, subject: str, asked: DeclarationRound, alice: User
) -> None:
    remind(asked=asked, by=alice, now=timezone.now())
    email = email_to(asked, number)
    code = code_for(asked, asked.gathering.participants.get(number=1))
    link = f"/r/{code}/answer/"
    assert (email.subject, email.kind) == (subject, Kind.DECLARATION)
    assert [found.endswith(link) for found in re.findall(r"https?://\S+", email.text)] == [True]
    assert [found.endswith(link) for found in re.findall(r'href="([^"]+)"', email.html)] == [True]
    assert "“Voices & <b>choices</b> عدد”" in email.text
    assert "Voices &amp; &lt;b&gt;choices&lt;/b&gt;" in email.html
    for words in (email.text, email.html):
        assert "Speaker" not in words
        assert not re.search(r"\d of \d", words)
    assert code not in str(email.headers)
    assert code not in email.dedupe_key


def test_reminders_are_the_same_for_all_but_the_link(asked: DeclarationRound, alice: User) -> None:
    remind(asked=asked, by=alice, now=timezone.now())
    reminders = Email.objects.filter(dedupe_key__endswith=":1")
    words = {re.sub(r"/r/\w+/", "/r/…/", f"{one.subject}{one.text}{one.html}") for one in reminders}
    assert (reminders.count(), len(words)) == (5, 1)


def test_the_link_is_forgotten_once_sent(asked: DeclarationRound) -> None:
    send_mail()
    sent = Email.objects.filter(kind=Kind.DECLARATION)
    assert set(sent.values_list("state", "text", "html")) == {(State.SENT, "", "")}


def test_no_list_says_who_was_written_to(asked: DeclarationRound, harbour: Organisation) -> None:
    assert Email.objects.filter(organisation=harbour).count() == 5
    assert list(sent_mail_of(harbour)) == []


def test_nothing_is_sent_after_the_last_day(asked: DeclarationRound) -> None:
    [not_after] = set(Email.objects.values_list("not_after", flat=True))
    assert not_after is not None
    assert timezone.localdate(not_after) > asked.closes_on
    assert (timezone.localdate(not_after) - asked.closes_on).days == 1


def test_a_dead_address_keeps_nobody_else_from_being_asked(
    gathering: Gathering, alice: User
) -> None:
    seat_people(upcoming(gathering), 6)
    gathering.participants.filter(number=2).update(email="not an address")
    opened(gathering, by=alice)
    assert Email.objects.count() == 5


class TestAnAddressThatIsChangedMeanwhile:
    """Whoever writes the line-up would otherwise get the link of somebody else."""

    @pytest.fixture
    def changed(self, asked: DeclarationRound) -> DeclarationRound:
        asked.gathering.participants.filter(number=1).update(email="me@harbour.example")
        return asked

    def test_gets_no_link(self, changed: DeclarationRound, alice: User) -> None:
        remind(asked=changed, by=alice, now=timezone.now())
        assert addresses(changed, 1) == [f"speaker{n}@stage.example" for n in range(2, 6)]
        assert Email.objects.filter(to_address="me@harbour.example").count() == 0

    def test_gets_it_again_once_it_is_as_it_was(
        self, changed: DeclarationRound, alice: User
    ) -> None:
        changed.gathering.participants.filter(number=1).update(email="Speaker1@Stage.example")
        remind(asked=changed, by=alice, now=timezone.now())
        assert len(addresses(changed, 1)) == 5

    def test_the_link_of_the_first_still_works(self, changed: DeclarationRound) -> None:
        code = code_for(changed, changed.gathering.participants.get(number=1))
        assert Client().get(f"/r/{code}/answer/").status_code == 200

    def test_an_objection_is_that_of_the_first(
        self, changed: DeclarationRound, harbour: Organisation
    ) -> None:
        token = changed.tokens.get(participant__number=1)
        object_to_asking(token=token, now=timezone.now())
        kept = AskingRefusal.objects.get()
        assert bytes(kept.address_sha256) == address_digest(harbour, "speaker1@stage.example")


class TestOfADay:
    @pytest.fixture(autouse=True)
    def few(self, monkeypatch: pytest.MonkeyPatch, asked: DeclarationRound) -> None:
        """Five were asked already, some on paper, and one of them objected since."""
        monkeypatch.setattr(rules, "MOST_ASKED_A_DAY", 9)

    def test_one_more_round_is_refused_whole(
        self, harbour: Organisation, northside: Organisation, alice: User
    ) -> None:
        second, elsewhere = (GatheringFactory(organisation=one) for one in (harbour, northside))
        for gathering in (second, elsewhere):
            seat_people(upcoming(gathering), 5)
        before = Email.objects.count(), DeclarationRound.objects.count(), verbs(second)
        with pytest.raises(AskingRefused, match=r"^At most 9 people a day .* tomorrow\.$"):
            opened(second, by=alice)
        assert (Email.objects.count(), DeclarationRound.objects.count(), verbs(second)) == before
        assert not DeclarationToken.objects.filter(round__gathering=second).exists()
        opened(elsewhere, by=alice)
        with travel(timezone.localtime() + timedelta(days=1)):
            opened(second, by=alice)

    def test_a_reminder_is_refused_whole(self, asked: DeclarationRound, alice: User) -> None:
        with pytest.raises(AskingRefused, match="At most 9 people a day"):
            remind(asked=asked, by=alice, now=timezone.now())
        asked.refresh_from_db()
        assert (asked.reminders, asked.last_reminded_on, Email.objects.count()) == (0, None, 5)

    def test_what_is_left_of_the_day_does_not_tell_who_objected(
        self, harbour: Organisation, asked: DeclarationRound, alice: User
    ) -> None:
        """Were it counted by the emails that left, the fifth place would be free again."""
        assert queries.asked_today(harbour, today=timezone.localdate()) == 5
        token = asked.tokens.first()
        assert token is not None
        object_to_asking(token=token, now=timezone.now())
        Email.objects.first().delete()
        assert queries.asked_today(harbour, today=timezone.localdate()) == 5
