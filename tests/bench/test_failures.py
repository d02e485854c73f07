"""The parts of the failure run: what it owes, what its mail server counts, how its table judges."""

import json
import smtplib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench.failures.codes import DOMAIN, is_code, owe
from bench.failures.run import row_of
from bench.failures.scenarios import SCENARIOS, Scenario
from bench.failures.sink import Manners, Sink
from bench.failures.stage import Ledger
from bench.failures.table import HEAD, Row, total, write_json
from outbox.enums import Kind, Policy, State
from outbox.models import Email

MAIL = b"From: a@att.example\r\nMessage-ID: <1@att.example>\r\n\r\nHello\r\n"
CODE_FOR = f"bea@{DOMAIN}"
GOOD = Row("a", owed=3, delivered=3, refused=0, twice=0, resent=0, alike=True, seconds=119.0)


@pytest.fixture
def sink() -> Iterator[Sink]:
    made = Sink()
    made.open()
    yield made
    made.close()


def send(sink: Sink, message: bytes = MAIL, to: str = "bea@att.example") -> None:
    with smtplib.SMTP("127.0.0.1", sink.port, timeout=5) as line:
        line.sendmail("a@att.example", [to], message)


class TestSink:
    def test_counts_copies_and_people(self, sink: Sink) -> None:
        send(sink)
        send(sink)
        taken = sink.taken
        assert (taken.count, taken.sent_anew, taken.told_twice) == (2, 1, 0)
        assert taken.copies_are_alike

    def test_a_copy_with_other_words(self, sink: Sink) -> None:
        send(sink)
        send(sink, MAIL.replace(b"Hello", b"Hullo"))
        assert not sink.taken.copies_are_alike

    def test_another_email_to_the_same_person(self, sink: Sink) -> None:
        send(sink)
        send(sink, MAIL.replace(b"<1@", b"<2@"))
        assert (sink.taken.sent_anew, sink.taken.told_twice) == (0, 1)

    def test_a_copy_of_a_code(self, sink: Sink) -> None:
        """Counted apart: a code is never to be sent twice, not even as the very same email."""
        send(sink, to=CODE_FOR)
        send(sink, to=CODE_FOR)
        send(sink, MAIL.replace(b"<1@", b"<2@"))
        taken = sink.taken
        assert (taken.count, taken.sent_anew, taken.codes_sent_anew) == (3, 0, 1)
        assert taken.told_twice == 0

    def test_refuses_the_first(self, sink: Sink) -> None:
        sink.manners = Manners(first=1, answer="451 4.3.0 Later")
        with pytest.raises(smtplib.SMTPDataError):
            send(sink)
        send(sink)
        assert sink.taken.count == 1

    @pytest.mark.parametrize(
        ("manners", "kept"),
        [(Manners(first=1, drops_in_data=True), 0), (Manners(1, drops_after_keeping=True), 1)],
    )
    def test_hangs_up(self, sink: Sink, manners: Manners, kept: int) -> None:
        sink.manners = manners
        with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionError)):
            send(sink)
        assert (sink.begun, sink.taken.count) == (1, kept)

    def test_goes_away_and_comes_back(self, sink: Sink) -> None:
        sink.close()
        with pytest.raises(ConnectionRefusedError):
            send(sink)
        sink.open()
        send(sink)
        assert sink.taken.count == 1


class TestTable:
    @pytest.mark.parametrize(
        "change",
        [
            {"delivered": 2},
            {"twice": 1},
            {"resent": 1},
            {"alike": False},
            {"seconds": None},
            {"seconds": 120.5},
            {"problem": "nobody came"},
            {"owed": 4},
            {"owed": 5, "given_up": 2, "arrived": 1},
        ],
    )
    def test_what_is_over(self, change: dict[str, object]) -> None:
        assert GOOD.is_good
        row = replace(GOOD, **change)  # type: ignore[arg-type]
        assert not row.is_good
        assert "over" in row.words

    def test_the_open_window(self) -> None:
        assert replace(GOOD, resent=1, open_window=True).is_good
        assert not replace(GOOD, resent=1, open_window=True, alike=False).is_good

    def test_a_refusal_is_no_loss(self) -> None:
        row = replace(GOOD, delivered=2, refused=1)
        assert (row.lost, row.is_good) == (0, True)

    def test_what_is_known_to_be_given_up_is_no_loss(self) -> None:
        row = replace(GOOD, owed=5, given_up=2)
        assert (row.lost, row.is_good) == (0, True)

    def test_what_was_given_up_and_had_arrived_counts_once(self) -> None:
        row = replace(GOOD, owed=4, given_up=2, arrived=1)
        assert (row.lost, row.is_good) == (0, True)

    def test_a_column_each(self) -> None:
        row = replace(GOOD, owed=5, given_up=4, arrived=2)
        assert row.words.split() == ["a", "5", "3", "0", "4", "2", "0", "0", "0", "yes", "119.0"]
        assert len(row.words) == len(HEAD)

    def test_json(self, tmp_path: Path) -> None:
        write_json(tmp_path / "found", [replace(GOOD, owed=5, given_up=4, arrived=2)])
        [found] = json.loads((tmp_path / "found").read_text())["failures"]
        assert (found["given_up"], found["arrived"], found["lost"]) == (4, 2, 0)

    def test_the_sum(self) -> None:
        rows = [
            GOOD,
            replace(GOOD, name="b", resent=1, delivered=2),
            replace(GOOD, owed=5, given_up=4, arrived=2),
        ]
        assert total(rows) == (
            "3 scenarios: 11 owed, 8 delivered, 0 refused, 4 codes given up in doubt (2 of them "
            "had arrived), 1 lost, 0 twice, 1 resent (b); slowest 119 s of 120."
        )


class FakeStage:
    """What `row_of` asks of a stage: two reminders and three codes are owed."""

    def __init__(self, sink: Sink, failed: list[str]) -> None:
        self.sink, self.owed, self.restarts = sink, 5, 0
        self.failed = failed

    def ledger(self) -> Ledger:
        return Ledger(known=5, waiting=0, failed=self.failed)


class TestRow:
    def found(self, sink: Sink, failed: list[str]) -> Row:
        stage: Any = FakeStage(sink, failed)
        scenario = Scenario("a", play=lambda stage: 0.0)
        return row_of(scenario, stage, seconds=1.0, problem="")

    def test_tells_codes_from_reminders(self, sink: Sink) -> None:
        sink.taken.add("chidi@att.example", MAIL)
        for number in (2, 3):
            sink.taken.add(f"person{number}@{DOMAIN}", MAIL.replace(b"<1@", b"<%d@" % number))
        failed = ["bea@att.example", f"person3@{DOMAIN}", f"person4@{DOMAIN}"]
        row = self.found(sink, failed)
        assert (row.delivered, row.refused, row.given_up, row.arrived) == (3, 1, 2, 1)
        assert (row.lost, row.twice, row.is_good) == (0, 0, True)

    def test_a_code_sent_twice_is_told_twice(self, sink: Sink) -> None:
        sink.taken.add(CODE_FOR, MAIL)
        sink.taken.add(CODE_FOR, MAIL)
        row = self.found(sink, [])
        assert (row.delivered, row.resent, row.twice, row.is_good) == (1, 0, 1, False)


class TestCodes:
    @pytest.mark.django_db(transaction=True)
    def test_are_owed_as_the_product_owes_them(self) -> None:
        owe(3)
        emails = Email.objects.order_by("to_address")
        assert [is_code(email.to_address) for email in emails] == [True] * 3
        assert {(email.kind, email.policy, email.state) for email in emails} == {
            (Kind.SIGN_IN, Policy.AT_MOST_ONCE, State.QUEUED)
        }
        assert [f"{number:06}" in email.text for number, email in enumerate(emails)] == [True] * 3

    def test_have_no_open_window(self) -> None:
        assert {each.name for each in SCENARIOS if each.codes and each.open_window} == set()

    def test_are_in_doubt_in_every_way(self) -> None:
        assert {each.name for each in SCENARIOS if each.codes} == {
            "codes_taking_over_a_lease",
            "codes_after_claim_commit",
            "codes_in_data",
            "codes_after_the_last_dot",
            "codes_before_finish",
            "codes_smtp_drops_in_data",
            "codes_smtp_drops_its_answer",
            "postgres_restarted",
            "postgres_away_half_a_minute",
        }
