"""A link to one pack: whoever has it reads that pack, until it ends, and nothing else."""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from committees.actions import pack_links
from committees.actions.pack_links import MOST_LINKS, end_link, make_link
from committees.actions.pack_paper import make_paper
from committees.enums import CommitteeVerb
from committees.models import Pack, PackLink, PackPaper
from committees.refusals import LINK_LASTS, TOO_MANY_LINKS, GroupRefused
from config.logs import redact
from history.models import Entry
from organisations.models import Organisation, User
from organisations.tokens import digest, new_token
from recommendations.models import Recommendation
from tests.factories.packs import freeze, frozen_pack, plan_for_a_pack


@pytest.fixture
def pack(harbour: Organisation, alice: User) -> Pack:
    return freeze(plan_for_a_pack(harbour), by=alice)


def read(token: str, client: Client | None = None) -> tuple[int, str]:
    response = (client or Client()).get(f"/p/{token}/")
    return response.status_code, response.content.decode()


def made(pack: Pack, by: User, days: int = 30) -> tuple[PackLink, str]:
    return make_link(pack=pack, days=days, by=by, now=timezone.now())


class TestReading:
    def test_the_pack_as_it_was_frozen(self, pack: Pack, alice: User) -> None:
        _, token = made(pack, alice)
        Recommendation.objects.update(title="Another title")
        status, said = read(token)
        assert status == 200
        for row in (row for part in pack.as_read["sections"] for row in part["rows"]):
            assert row["title"] in said
        assert "Matches what was frozen." in said
        assert "Another title" not in said

    def test_nothing_leads_into_the_organisation(
        self, pack: Pack, alice: User, as_alice: Client
    ) -> None:
        _, token = made(pack, alice)
        for client in (Client(), as_alice):
            _, said = read(token, client)
            inside = [url for url in re.findall(r'href="([^"]*)"', said)
                      if not url.startswith(("#", "/static/"))]  # fmt: skip
            assert inside == []
            assert re.findall(r"[\w.]+@[\w.]+", said) == []
            assert "<form" not in said

    def test_no_cookie_no_index_no_cache(self, pack: Pack, alice: User) -> None:
        response = Client().get(f"/p/{made(pack, alice)[1]}/")
        assert response.cookies == {}
        assert "no-store" in response["Cache-Control"]
        assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()

    def test_only_reading(self, pack: Pack, alice: User) -> None:
        assert Client().post(f"/p/{made(pack, alice)[1]}/").status_code == 405

    @pytest.mark.parametrize("days", [30, 90])
    def test_it_ends(
        self, days: int, pack: Pack, alice: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        link, token = made(pack, alice, days)
        for late, status in ((timedelta(seconds=1), 200), (timedelta(), 410)):
            moment = link.made_at + timedelta(days=days) - late
            with monkeypatch.context() as later:
                later.setattr("committees.views.pack_links.timezone.now", lambda at=moment: at)
                assert read(token)[0] == status

    def test_ended_and_unknown(self, pack: Pack, alice: User) -> None:
        link, token = made(pack, alice)
        assert [end_link(link=link, by=alice, now=timezone.now()) for _ in "ab"] == [True, False]
        status, said = read(token)
        assert (status, pack.content["organisation"] in said) == (410, False)
        assert read(new_token())[0] == 404

    def test_the_token_is_kept_nowhere_and_not_logged(self, pack: Pack, alice: User) -> None:
        link, token = made(pack, alice)
        assert bytes(PackLink.objects.get().token_sha256) == digest(token)
        assert token not in str(list(Entry.objects.values()))
        assert redact(f"GET /p/{token}/ 200") == "GET /p/[secret]/ 200"
        assert link.pk.hex not in token


class TestPaper:
    def at(self, token: str) -> str:
        return f"/p/{token}/pack.pdf"

    def test_it_is_offered_once_it_is_made(self, pack: Pack, alice: User) -> None:
        _, token = made(pack, alice)
        assert "pack.pdf" not in read(token)[1]
        assert Client().get(self.at(token))["Location"] == f"/p/{token}/"
        make_paper(pack=pack.pk, now=timezone.now())
        assert f'href="{self.at(token)}"' in read(token)[1]
        response = Client().get(self.at(token))
        assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
        assert response.content == bytes(PackPaper.objects.get().pdf or b"")
        assert response["Content-Disposition"].startswith('attachment; filename="pack-1-')
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert "no-store" in response["Cache-Control"]
        assert response.cookies == {}

    def test_a_link_that_is_dead_opens_no_paper(self, pack: Pack, alice: User) -> None:
        make_paper(pack=pack.pk, now=timezone.now())
        ended, token = made(pack, alice)
        end_link(link=ended, by=alice, now=timezone.now())
        past, late = made(pack, alice, days=90)
        PackLink.objects.filter(pk=past.pk).update(expires_at=timezone.now())
        for dead, why in ((token, "was ended"), (late, "has expired"), (new_token(), "no pack")):
            response = Client().get(self.at(dead))
            assert (response.status_code, why in response.content.decode()) == (404, True)

    def test_only_reading(self, pack: Pack, alice: User) -> None:
        assert Client().post(self.at(made(pack, alice)[1])).status_code == 405

    def test_its_address_is_not_logged(self) -> None:
        token = new_token()
        assert redact(f"GET {self.at(token)} 200") == "GET /p/[secret]/pack.pdf 200"


class TestMaking:
    def test_a_second_click_makes_no_second(self, pack: Pack, alice: User) -> None:
        assert made(pack, alice) == made(pack, alice)
        assert PackLink.objects.count() == 1
        assert Entry.objects.filter(verb=CommitteeVerb.PACK_LINK_MADE).count() == 1

    def test_other_lengths_and_too_many(self, pack: Pack, alice: User) -> None:
        with pytest.raises(GroupRefused, match=LINK_LASTS):
            made(pack, alice, 365)
        now = timezone.now()
        PackLink.objects.bulk_create(
            PackLink(pack=pack, token_sha256=digest(f"{n}"), made_by=alice,
                     made_at=now - timedelta(days=1), expires_at=now + timedelta(days=9))
            for n in range(MOST_LINKS)
        )  # fmt: skip
        with pytest.raises(GroupRefused, match=TOO_MANY_LINKS):
            made(pack, alice)

    def test_one_digest_opens_one_link(self, pack: Pack, alice: User) -> None:
        link, token = made(pack, alice)
        with pytest.raises(IntegrityError), transaction.atomic():
            PackLink.objects.create(
                pack=pack, token_sha256=digest(token), made_by=alice,
                made_at=link.made_at, expires_at=link.expires_at,
            )  # fmt: skip

    @pytest.mark.parametrize("act", ["make", "end"])
    def test_it_rolls_back_whole(
        self, act: str, pack: Pack, alice: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        link = made(pack, alice)[0] if act == "end" else None
        monkeypatch.setattr(pack_links, "record_meeting_step", lambda *_, **__: 1 / 0)
        now = timezone.now()
        broken = partial(end_link, link=link) if link else partial(make_link, pack=pack, days=30)
        with pytest.raises(ZeroDivisionError):
            broken(by=alice, now=now)
        assert list(PackLink.objects.values_list("revoked_at", flat=True)) == [None] * bool(link)


class TestPages:
    def at(self, pack: Pack) -> str:
        return reverse("pack_link_make", args=["harbour-minds", pack.pk])

    def test_it_is_shown_once(self, pack: Pack, as_alice: Client) -> None:
        said = as_alice.post(self.at(pack), {"days": "90"}).content.decode()
        found = re.search(r"/p/([\w-]+)/", said)
        assert found is not None
        assert read(found.group(1))[0] == 200
        again = as_alice.get(self.at(pack)).content.decode()
        assert "/p/" not in again
        assert "Works until" in again

    @pytest.mark.parametrize("days", ["", "7", "x"])
    def test_another_length_is_told_at_its_field(
        self, days: str, pack: Pack, as_alice: Client
    ) -> None:
        response = as_alice.post(self.at(pack), {"days": days})
        assert response.context["form"].errors == {"days": [LINK_LASTS]}
        assert LINK_LASTS in response.content.decode()
        assert PackLink.objects.count() == 0

    def test_ending_it(
        self, pack: Pack, alice: User, as_alice: Client, as_bea: Client, as_chidi: Client,
        client: Client,
    ) -> None:  # fmt: skip
        link, token = made(pack, alice)
        path = reverse("pack_link_end", args=["harbour-minds", link.pk])
        others = (as_bea, as_chidi, client)
        assert [other.post(path).status_code for other in others] == [403, 404, 302]
        assert as_alice.get(path).status_code == 405
        assert read(token)[0] == 200
        assert as_alice.post(path)["Location"] == self.at(pack)
        assert read(token)[0] == 410

    def test_a_link_of_others_is_not_found(
        self, northside: Organisation, chidi: User, as_alice: Client, harbour: Organisation
    ) -> None:
        link, _ = made(frozen_pack(northside, by=chidi), chidi)
        path = reverse("pack_link_end", args=["harbour-minds", link.pk])
        assert as_alice.post(path).status_code == 404
