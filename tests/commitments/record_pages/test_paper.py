"""The record as a page to print."""

import re

import pytest
import typst
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commitments.models import Pledge, Reflection, Step, Wording
from commitments.record_paper import paper as record_paper
from organisations.models import User
from tests.commitments.record_pages.conftest import S, days_ago, page_of, paper_of, taken_part
from tests.factories.commitments import InvitationFactory, PledgeFactory
from ui.typesetting import typeset


def pages_of(pledge: Pledge) -> int:
    """As pictures, of which there is one for each page."""
    drawn = typeset(record_paper.TEMPLATE, record_paper.words(*paper_of(pledge)), format="png")
    return len(drawn) if isinstance(drawn, list) else 1


def test_the_paper_says_what_the_page_says(old: Pledge, as_alice: Client) -> None:
    taken_part(old)
    pledge, promises, own = paper_of(old)
    words = record_paper.words(pledge, promises, own)
    said = [words["headline"], *words["figures"]]
    assert [(f["label"], f["count"], f["denominator"]) for f in said] == [
        (f.label, str(f.count), f.denominator) for f in own.record.figures
    ]
    assert (words["name"], words["role"]) == ("Alice Adeyemi", "Chief executive, Harbour Minds")
    assert words["promises"] == [promise.short for promise in promises]
    assert words["rests_on"] == [
        "The leader’s own record, as confirmed by the leader. Answers: 0.",
        "What events showed: counted at 1 of 1 taken part in. People who say they belong to a "
        "community minoritised by race or ethnicity in the UK (each person told us): 1. "
        "Women: whoever says so (the organiser told us): 1.",
        "Rules: record-2, counts-1. What other rules, definitions or sources counted is not put "
        "beside these figures.",
    ]
    assert words["address"].endswith(pledge.get_absolute_url())


def test_the_paper_is_one_tagged_page_in_british_english(old: Pledge, as_alice: Client) -> None:
    made = as_alice.get(reverse("record_pdf", args=[old.pk])).content
    assert made.startswith(b"%PDF-1.7")
    assert re.search(rb"/Type/Pages/Count 1/", made)
    assert b"/Lang(en-GB)" in made
    assert b"/MarkInfo<</Marked true" in made
    for tag in (b"/S/H1", b"/S/H2", b"/S/Table", b"/S/TH", b"/S/TD", b"/S/L"):
        assert tag in made, tag
    assert b"/Title(Record of an anti-racism pledge, " in made


@pytest.mark.parametrize(
    "letters",
    ["W", "ش", "தி", "ệ", "漢", "👩🏽‍🦱", "\U00016a40", "<b>#x[", "$*_`\\ "],
    ids=["wide", "arabic", "tamil", "vietnamese", "han", "joined", "rare", "markup", "signs"],
)
def test_the_longest_words_stay_on_one_page(letters: str, wording: Wording, alice: User) -> None:
    def long(length: int) -> str:
        return (letters * length)[:length].strip() or "x"

    pledge = PledgeFactory(
        leader=alice, leader_name=long(120), role_title=long(120), organisation_name=long(160),
        slug="x" * 100, signing=wording, signing__own=tuple(long(1000) for _ in range(10)),
        signing__adapted=dict.fromkeys(
            wording.promises.values_list("key", flat=True), long(1000)
        ),
    )  # fmt: skip
    taken_part_in = InvitationFactory(pledge=pledge, state=S.TOOK_PART, organiser=long(160))
    Step.objects.create(
        invitation=taken_part_in, state=S.PUT_FORWARD, number=99, on=days_ago(0), by=alice,
        at=timezone.now(), confirmed_at=timezone.now(),
    )  # fmt: skip
    assert pages_of(pledge) == 1


def test_what_no_font_can_draw_is_said_and_not_drawn_as_boxes(
    wording: Wording, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    pledge = PledgeFactory(leader=alice, leader_name="Alice", signing=wording)
    monkeypatch.setattr(record_paper, "drawable", lambda text: "")
    words = record_paper.words(*paper_of(pledge))
    assert words["name"] == record_paper.CANNOT_BE_DRAWN


def test_a_template_that_is_wrong_says_so() -> None:
    with pytest.raises(typst.TypstError):
        typeset(record_paper.TEMPLATE, {})


def test_reflections_stand_in_the_year(old: Pledge, as_alice: Client) -> None:
    told = taken_part(old, both=False, title="Looked at")
    Reflection.objects.create(invitation=told, written_by=old.leader, written_at=timezone.now())
    page = page_of(as_alice, old)
    assert "Reflection written: Looked at" in page
    assert "while it is fresh" not in page


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a" * 105 + " bcde and more", "a" * 105 + " bcde"),
        ("a" * 105 + " bcd and more", "a" * 105 + " bcd"),
        ("a" * 105 + " bcdef and more", "a" * 105),
        ("a" * 105 + " bcd, and more", "a" * 105 + " bcd"),
        ("a" * 200, "a" * 110),
    ],
)
def test_a_long_promise_ends_at_a_whole_word(text: str, left: str) -> None:
    assert record_paper.whole_words(text) == left
