"""The paper of a pack: what is in the PDF, and how the worker makes it."""

import re
from dataclasses import replace
from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerError
from pytest_django import DjangoCaptureOnCommitCallbacks
from typst import TypstError

from committees import tasks
from committees.actions import pack_paper
from committees.actions.pack_paper import LEASE, ask_again, make_paper, make_papers
from committees.enums import PaperState
from committees.models import Pack, PackPaper
from committees.pack_paper.paper import BREAK_HERE, NOT_DRAWN, pages_in, paper, words
from committees.pack_sections import content_of
from organisations.models import Organisation, User
from tests.committees.packs.facts import days, plain_facts, some_facts, step, work
from tests.factories.packs import frozen_pack


@pytest.fixture
def pack(harbour: Organisation, alice: User) -> Pack:
    return frozen_pack(harbour, by=alice)


def state(pack: Pack) -> str:
    return PackPaper.objects.values_list("state", flat=True).get(pk=pack.pk)


class TestPaper:
    def test_it_is_tagged_titled_and_has_bookmarks(self) -> None:
        pdf = paper(content_of(some_facts()), "0" * 64)
        assert pdf.startswith(b"%PDF-1.7")
        for mark in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang(en-GB)", b"/Outlines",
                     b"/S/Table", b"/S/TH", b"/S/H1"):  # fmt: skip
            assert mark in re.sub(rb"(?<=/Lang) |(?<=/S) ", b"", pdf), mark

    def test_nothing_at_all_is_a_page(self) -> None:
        assert pages_in(paper(content_of(plain_facts()), "0" * 64)) in {1, 2}

    def test_five_hundred_recommendations(self) -> None:
        late = tuple(work(step(f"a{n}", target=days(-n - 1))) for n in range(500))
        pdf = paper(content_of(plain_facts(work=late)), "0" * 64)
        assert (pages_in(pdf) or 0) > 10

    def test_more_than_sixty_pages(self) -> None:
        one = some_facts().closures[0]
        long = tuple(replace(one, id=f"p{n}", words="It took a while. " * 60) for n in range(250))
        pdf = paper(content_of(plain_facts(closures=long)), "0" * 64)
        assert (pages_in(pdf) or 0) > 60

    @pytest.mark.parametrize(
        "text",
        [
            "\x00\x01\x1b[31mred",
            '#import "x" ]] $ * _ <script> \\ `',
            "Ọlá, Nguyễn, תמר, தமிழ், 张, 🧭",
            "\ue000\U0010fffd",
            "W" * 4000,
            "a\u200fb\u202ec",
        ],
    )
    def test_no_text_breaks_it(self, text: str) -> None:
        facts = plain_facts(work=(work(step("a1", target=days(-1), lead=text)),))
        assert pages_in(paper(content_of(facts), "0" * 64))

    def test_what_cannot_be_drawn_is_said(self) -> None:
        facts = plain_facts(work=(work(step("a1", target=days(-1), lead="\u0378")),))
        assert words(content_of(facts), "0")["note"] == NOT_DRAWN
        assert words(content_of(plain_facts()), "0")["note"] == ""

    def test_a_long_word_may_be_broken(self) -> None:
        facts = plain_facts(work=(work(step("a1", target=days(-1), lead="W" * 40)),))
        cell = words(content_of(facts), "0")["sections"][3]["rows"][0][3]
        assert (BREAK_HERE in cell, cell.replace(BREAK_HERE, "")) == (True, "W" * 40)


class TestWorker:
    def test_it_makes_what_waits(self, pack: Pack) -> None:
        tasks.make_paper(str(pack.pk))
        held = PackPaper.objects.get(pk=pack.pk)
        assert (held.state, held.pages) == (PaperState.READY, pages_in(bytes(held.pdf)))
        assert held.finished_at is not None

    def test_twice_is_once(self, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
        typeset = Mock(return_value=b"%PDF /Type /Page")
        monkeypatch.setattr(pack_paper, "paper", typeset)
        for _ in "ab":
            make_paper(pack=pack.pk, now=timezone.now())
        assert typeset.call_count == 1

    def test_what_cannot_be_made_says_so_and_is_asked_for_again(
        self, pack: Pack, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as broken:
            broken.setattr(pack_paper, "paper", Mock(side_effect=TypstError("x")))
            tasks.make_papers()
        assert state(pack) == PaperState.FAILED
        assert make_papers(now=timezone.now()) == 0
        assert [ask_again(paper=pack.paper, now=timezone.now()) for _ in "ab"] == [True, False]
        tasks.make_papers()
        assert state(pack) == PaperState.READY

    @pytest.mark.parametrize(("early", "made"), [(timedelta(seconds=1), 0), (timedelta(), 1)])
    def test_a_dead_worker_is_followed_by_another(
        self, early: timedelta, made: int, pack: Pack
    ) -> None:
        now = timezone.now()
        PackPaper.objects.update(state=PaperState.MAKING, started_at=now - LEASE + early)
        assert make_papers(now=now) == made

    def test_one_thought_dead_undoes_nothing(
        self, pack: Pack, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It fails after the next has made it."""
        now = timezone.now()

        def overtaken(*_: object) -> bytes:
            PackPaper.objects.update(state=PaperState.READY, pdf=b"theirs", started_at=now + LEASE)
            raise TypstError("x")

        monkeypatch.setattr(pack_paper, "paper", overtaken)
        make_paper(pack=pack.pk, now=now)
        assert state(pack) == PaperState.READY

    @pytest.mark.parametrize("problem", [None, BrokerError(), OSError()])
    def test_the_doorbell_rings_once_it_is_saved(
        self,
        problem: Exception | None,
        harbour: Organisation,
        alice: User,
        monkeypatch: pytest.MonkeyPatch,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        rung = Mock(side_effect=problem)
        monkeypatch.setattr(pack_paper.current_app, "send_task", rung)
        with django_capture_on_commit_callbacks(execute=True):
            pack = frozen_pack(harbour, by=alice)
            assert rung.call_count == 0
        assert rung.call_args.kwargs["args"] == [str(pack.pk)]
        assert rung.call_args.args == (tasks.make_paper.name,)
        assert state(pack) == PaperState.WAITING
