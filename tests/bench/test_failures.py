"""The parts of the failure run: its mail server counts right, and its table judges right."""

import smtplib
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bench.failures.sink import Manners, Sink
from bench.failures.table import Row, total

MAIL = b"From: a@att.example\r\nMessage-ID: <1@att.example>\r\n\r\nHello\r\n"
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

    def test_the_sum(self) -> None:
        rows = [GOOD, replace(GOOD, name="b", resent=1, delivered=2)]
        assert total(rows) == (
            "2 scenarios: 6 owed, 5 delivered, 0 refused, 1 lost, 0 twice, 1 resent (b); "
            "slowest 119 s of 120."
        )
