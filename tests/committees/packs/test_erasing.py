"""Somebody erases their account: a frozen pack loses their name and words, and its seal holds."""

import csv
import io
import json
from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from committees.actions import pack_paper
from committees.actions.deciding import decide_extension
from committees.actions.pack_links import make_link
from committees.actions.pack_paper import make_paper
from committees.enums import PaperState
from committees.models import Pack, PackPaper
from committees.pack_paper.paper import words as set_in_type
from committees.pack_pieces import as_read, joined, name, salted, sealed, without, words
from committees.pack_seal import canonical, fingerprint, matches
from organisations.erasing import erase_account
from organisations.models import Organisation, User
from recommendations.enums import Ruling
from tests.factories.committees import GroupMemberFactory
from tests.factories.deciding import committee_member
from tests.factories.packs import Plan, freeze, frozen_pack, plan_for_a_pack

GONE = "Words taken out"
SAID = ("Lena Lead", "Waiting times fell.", "The trainer fell ill.")


@pytest.fixture
def plan(harbour: Organisation) -> Plan:
    return plan_for_a_pack(harbour)


@pytest.fixture
def pack(plan: Plan, alice: User) -> Pack:
    return freeze(plan, by=alice)


@pytest.fixture
def erased(plan: Plan, pack: Pack) -> Pack:
    """Its lead, who proposed and asked, has erased their account."""
    erase_account(person=plan.lead, now=timezone.now())
    pack.refresh_from_db()
    return pack


def first(pack: Pack, key: str) -> dict[str, Any]:
    return next(part["rows"][0] for part in pack.as_read["sections"] if part["key"] == key)


def pieces(value: Any) -> list[dict[str, str]]:
    if isinstance(value, list):
        return [each for part in value for each in pieces(part)]
    if not isinstance(value, dict):
        return []
    return [value] if "by" in value else pieces(list(value.values()))


def whole(content: Any) -> dict[str, str]:
    """A piece that was not taken out."""
    return next(each for each in pieces(content) if "said" in each)


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


class TestPieces:
    BY, OTHER = uuid4(), uuid4()

    def content(self) -> dict[str, Any]:
        parts = ["Agree: ", name("Ọlá", self.BY), ", ", name("Bo", self.OTHER), "."]
        return salted(
            {"who": name("B", self.BY), "why": words("Ill.", self.BY), "views": joined(parts)},
            lambda: uuid4().hex * 2,
        )

    def test_read_before_and_after(self) -> None:
        content = self.content()
        assert as_read(content) == {"who": "B", "why": "Ill.", "views": "Agree: Ọlá, Bo."}
        assert as_read(without(content, self.BY)) == {
            "who": "Somebody",
            "why": GONE,
            "views": "Agree: Somebody, Bo.",
        }

    def test_the_seal_is_the_same_and_less_is_left(self) -> None:
        content = self.content()
        left = without(content, self.BY)
        assert sealed(left) == sealed(content)
        assert canonical(left) == canonical(content)
        assert len(json.dumps(left)) < len(json.dumps(content))
        assert without(left, self.BY) == left

    def test_equal_words_have_other_hashes(self) -> None:
        hashes = [each["sha256"] for _ in "ab" for each in pieces(sealed(self.content()))]
        assert len(set(hashes)) == len(hashes)

    @pytest.mark.parametrize(("said", "by"), [("", uuid4()), ("Group", None), ("", None)])
    def test_what_is_nobodys_stays_plain(self, said: str, by: Any) -> None:
        assert (name(said, by), words(said, by), joined([said, "."])) == (said, said, f"{said}.")


class TestSeal:
    def test_it_holds_before_and_after(self, plan: Plan, pack: Pack) -> None:
        seal = pack.sha256
        assert matches(pack.content, seal)
        erase_account(person=plan.lead, now=timezone.now())
        pack.refresh_from_db()
        assert matches(pack.content, pack.sha256)
        assert (pack.sha256, pack.erased_at is not None) == (seal, True)
        assert [said for said in SAID if said in str(pack.content)] == []

    def test_what_stands_in_their_place(self, erased: Pack) -> None:
        closing, moving = first(erased, "closures"), first(erased, "extensions")
        assert (closing["who"], closing["why"]) == ("Somebody", GONE)
        assert (moving["who"], moving["why"]) == ("Somebody", GONE)
        assert first(erased, "newly_overdue")["who"] == "Somebody"

    def test_anothers_words_stay(self, plan: Plan, pack: Pack) -> None:
        others = {
            each["salt"]: each for each in pieces(pack.content) if each["by"] != str(plan.lead.pk)
        }
        erase_account(person=plan.lead, now=timezone.now())
        pack.refresh_from_db()
        left = {each["salt"]: each for each in pieces(pack.content) if "said" in each}
        assert (left, len(left)) == (others, 3)
        assert first(pack, "closures")["views"] == "Not yet: Ada Adviser."
        assert pack.as_read["frozen_by"] == "Alice Adeyemi"

    def test_one_after_another(self, plan: Plan, erased: Pack) -> None:
        erase_account(person=plan.proposal.opinions.get().by, now=timezone.now())
        erase_account(person=plan.advice.given_by, now=timezone.now())
        erased.refresh_from_db()
        assert matches(erased.content, erased.sha256)
        assert first(erased, "closures")["views"] == "Not yet: Somebody."
        assert first(erased, "advice")["title"] == GONE

    def test_a_pack_without_them_is_left_alone(self, bea: User, pack: Pack) -> None:
        erase_account(person=bea, now=timezone.now())
        assert Pack.objects.get().erased_at is None

    def test_who_went_meanwhile_is_not_named(self, harbour: Organisation, bea: User) -> None:
        gone = User.objects.get(pk=bea.pk)
        erase_account(person=bea, now=timezone.now())
        assert frozen_pack(harbour, by=gone).as_read["frozen_by"] == "Somebody"


class TestTampering:
    @pytest.mark.parametrize(
        "tamper",
        [
            lambda content: content.update(group="Us"),
            lambda content: whole(content).update(said=""),
            lambda content: whole(content).update(by=""),
            lambda content: whole(content).pop("salt"),
            lambda content: whole(content).clear(),
            lambda content: content["sections"][0]["rows"].clear(),
        ],
    )
    def test_it_shows(
        self, tamper: Callable[[dict[str, Any]], Any], erased: Pack, as_alice: Client
    ) -> None:
        content = deepcopy(erased.content)
        tamper(content)
        Pack.objects.filter(pk=erased.pk).update(content=content, erased_at=timezone.now())
        assert "Does not match what was frozen" in text(as_alice.get(erased.get_absolute_url()))

    def test_a_false_hash_shows(self, erased: Pack) -> None:
        taken = next(each for each in pieces(erased.content) if "said" not in each)
        taken["sha256"] = "0" * 64
        assert fingerprint(erased.content) != erased.sha256

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            ({"content": {}}, "append-only"),
            ({"erased_at": timezone.now()}, "append-only"),
            ({"content": {"a": "long" * 9999}, "erased_at": timezone.now()}, "append-only"),
            ({"content": {}, "erased_at": timezone.now(), "number": 9}, "permission denied"),
            ({"sha256": "0"}, "permission denied"),
            ({"frozen_at": timezone.now()}, "permission denied"),
        ],
    )
    def test_postgres_refuses(self, change: dict[str, Any], why: str, pack: Pack) -> None:
        with pytest.raises(DatabaseError, match=why), transaction.atomic():
            Pack.objects.filter(pk=pack.pk).update(**change)

    def test_nothing_comes_back(self, erased: Pack) -> None:
        content = deepcopy(erased.content)
        for each in pieces(content):
            each.setdefault("said", "Made up, and longer than what was there before.")
        for at in (None, timezone.now()):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                Pack.objects.filter(pk=erased.pk).update(content=content, erased_at=at)


class TestPaper:
    def test_it_is_made_anew(self, plan: Plan, pack: Pack) -> None:
        make_paper(pack=pack.pk, now=timezone.now())
        before = bytes(PackPaper.objects.get().pdf)
        erase_account(person=plan.lead, now=timezone.now())
        held = PackPaper.objects.get()
        assert (held.state, held.pdf, held.pages) == (PaperState.WAITING, None, None)
        make_paper(pack=pack.pk, now=timezone.now())
        held.refresh_from_db()
        assert held.state == PaperState.READY
        assert bytes(held.pdf) != before

    def test_it_says_what_the_page_says(self, erased: Pack) -> None:
        said = str(set_in_type(erased.as_read, erased.sha256))
        assert [word for word in SAID if word in said] == []
        assert GONE in said

    def test_a_worker_that_is_making_it_finishes_nothing(
        self, plan: Plan, pack: Pack, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def overtaken(*_: object) -> bytes:
            erase_account(person=plan.lead, now=timezone.now())
            return b"%PDF with the name"

        monkeypatch.setattr(pack_paper, "paper", overtaken)
        make_paper(pack=pack.pk, now=timezone.now())
        held = PackPaper.objects.get()
        assert (held.state, held.pdf) == (PaperState.WAITING, None)


class TestShown:
    def test_pages_and_files(self, erased: Pack, alice: User, as_alice: Client) -> None:
        at = {name: reverse(name, args=["harbour-minds", erased.pk])
              for name in ("pack_detail", "pack_export", "pack_minutes")}  # fmt: skip
        _, token = make_link(pack=erased, days=30, by=alice, now=timezone.now())
        book = load_workbook(io.BytesIO(as_alice.get(f"{at['pack_export']}?format=xlsx").content))
        said = {
            "page": text(as_alice.get(at["pack_detail"])),
            "link": text(Client().get(reverse("pack_read", args=[token]))),
            "csv": str(list(csv.reader(io.StringIO(text(as_alice.get(at["pack_export"])))))),
            "xlsx": str([list(sheet.values) for sheet in book]),
        }
        assert {word for word in SAID for each in said.values() if word in each} == set()
        assert [where for where in said if GONE not in said[where]] == []
        for where in ("page", "link"):
            assert "Matches what was frozen" in said[where]
            assert "were taken out, last on" in said[where]

    def test_a_pack_that_is_whole_says_nothing_of_it(self, pack: Pack, as_alice: Client) -> None:
        assert "taken out" not in text(as_alice.get(pack.get_absolute_url()))

    @pytest.mark.parametrize("ruling", [Ruling.RETURNED, Ruling.APPROVED])
    def test_minutes(self, ruling: str, plan: Plan, alice: User, as_alice: Client) -> None:
        plan.meeting.date = timezone.localdate()
        plan.meeting.save()
        pack = freeze(plan, by=alice, at=timezone.now() - timedelta(minutes=5))
        chair = committee_member(plan.organisation)
        GroupMemberFactory(group=plan.committee, user=chair, is_chair=True)
        reason = "Show us more." if ruling == Ruling.RETURNED else ""
        decide_extension(
            extension=plan.asked, meeting=plan.meeting, pack=pack, ruling=ruling,
            reason=reason, by=chair, now=timezone.now(),
        )  # fmt: skip
        erase_account(person=chair, now=timezone.now())
        path = reverse("pack_minutes", args=["harbour-minds", pack.pk])
        for said in (text(as_alice.get(path)), text(as_alice.get(f"{path}?format=md"))):
            assert "Show us more" not in said
            assert (GONE in said) is (ruling == Ruling.RETURNED)
