"""A statement as anybody sees it: page, picture, PDF, small version, and a leader's link."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organisations.models import User
from panels.actions.statements import revoke_statement
from panels.enums import StatementKind
from panels.models import Gathering, Statement
from panels.queries.statements import link_of
from tests.factories.barriers import stated
from tests.factories.panels import enter_count, numbers

OTHERS = ("", "picture.png", "line-up.pdf", "embed/")


@pytest.fixture
def made(gathering: Gathering, alice: User) -> Statement:
    enter_count(gathering, numbers(11, 6, 5, 3, 8), by=alice)
    return stated(gathering, by=alice)


@pytest.fixture
def link(gathering: Gathering, alice: User) -> Statement:
    enter_count(gathering, numbers(11, 6, 5, 3, 8), by=alice)
    return stated(gathering, StatementKind.LEADER, by=alice)


def at(statement: Statement, name: str = "") -> str:
    return f"/line-ups/{statement.slug}/{name}"


def path_of(statement: Statement) -> str:
    return "/" + link_of(statement).split("/", 3)[3]


class TestThePage:
    def test_it_says_what_may_be_known(self, client: Client, made: Statement) -> None:
        response = client.get(at(made))
        text = response.text
        for words in ("Voices", "6 of 11", "Shown to meet", "What this does not show"):
            assert words in text
        assert "Who isn’t at the table, who should be, and how do we get them there?" in text
        assert "Stated by Harbour Minds" in text
        for told in ("3 of 11", "8 not from", "3 from minoritised"):
            assert told not in text

    def test_its_head(self, client: Client, made: Statement) -> None:
        text = client.get(at(made)).text
        address = f"/line-ups/{made.slug}/"
        assert f'{address}">' in text[text.index('rel="canonical"') :][:120]
        assert f"{address}picture.png?v=" in text[text.index('"og:image"') :][:160]
        assert 'name="robots"' not in text

    def test_no_cookie(self, client: Client, made: Statement) -> None:
        assert client.get(at(made)).cookies == {}

    def test_it_stays_as_it_was_made(
        self, client: Client, made: Statement, gathering: Gathering, alice: User
    ) -> None:
        enter_count(gathering, numbers(11, 2, 9, 0, 11), by=alice)
        assert "6 of 11" in client.get(at(made)).text

    def test_it_costs_the_same(
        self, client: Client, made: Statement, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(1):
            client.get(at(made))


class TestPictureAndPaper:
    @pytest.mark.parametrize(
        ("name", "content_type", "begins"),
        [("picture.png", "image/png", b"\x89PNG"), ("line-up.pdf", "application/pdf", b"%PDF")],
    )
    def test_it_is_made_and_kept(
        self, client: Client, made: Statement, name: str, content_type: str, begins: bytes
    ) -> None:
        response = client.get(at(made, name))
        assert (response["Content-Type"], response.content[:4]) == (content_type, begins)
        assert response["Cache-Control"] == "public, max-age=3600"
        etag = response["ETag"]
        again = client.get(at(made, name), headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")

    def test_the_picture_is_of_the_size_that_links_are_shown_with(
        self, client: Client, made: Statement
    ) -> None:
        content = client.get(at(made, "picture.png")).content
        size = tuple(int.from_bytes(content[start : start + 4]) for start in (16, 20))
        assert size == (1200, 630)

    def test_the_paper_is_one_tagged_page(self, client: Client, made: Statement) -> None:
        content = client.get(at(made, "line-up.pdf")).content
        assert b"/MarkInfo" in content or b"/StructTreeRoot" in content
        assert b"/Count 1" in content

    @pytest.mark.parametrize("title", ["ሰላም \U0001f9d1 مؤتمر", "W" * 200, "<b>#let x = 1</b>"])
    def test_any_title_can_be_drawn(
        self, client: Client, gathering: Gathering, alice: User, title: str
    ) -> None:
        gathering.title = title
        gathering.save()
        enter_count(gathering, numbers(70, 30, 30, 5, 60), by=alice)
        made = stated(gathering, by=alice)
        statuses = [client.get(at(made, name)).status_code for name in OTHERS]
        assert statuses == [200] * 4
        assert "<b>#let" not in client.get(at(made)).text


class TestTheSmallVersion:
    def test_anybody_may_frame_it_and_it_runs_nothing(
        self, client: Client, made: Statement
    ) -> None:
        response = client.get(at(made, "embed/"))
        policy = response["Content-Security-Policy"]
        assert "frame-ancestors *" in policy
        assert "script-src 'none'" in policy
        assert "X-Frame-Options" not in response
        assert (response.cookies, "<script" in response.text) == ({}, False)
        assert 'content="noindex"' in response.text

    def test_the_page_itself_is_not_framed(self, client: Client, made: Statement) -> None:
        assert "frame-ancestors 'none'" in client.get(at(made))["Content-Security-Policy"]


class TestTakenBack:
    @pytest.mark.parametrize("name", OTHERS)
    def test_it_says_so_and_nothing_else(
        self, client: Client, alice: User, made: Statement, name: str
    ) -> None:
        revoke_statement(statement=made, by=alice, now=timezone.now())
        response = client.get(at(made, name))
        assert response.status_code == 410
        assert "This statement was taken back" in response.text
        assert ("Voices" in response.text, "6 of 11" in response.text) == (False, False)

    @pytest.mark.parametrize("name", OTHERS)
    def test_one_that_never_was(self, client: Client, made: Statement, name: str) -> None:
        response = client.get(f"/line-ups/nothing/{name}")
        assert response.status_code == 404
        assert "There is no statement here" in response.text

    def test_made_anew_the_old_address_leads_on(
        self, client: Client, alice: User, gathering: Gathering, made: Statement
    ) -> None:
        enter_count(gathering, numbers(11, 5, 6, 3, 8), by=alice)
        newer = stated(gathering, by=alice)
        response = client.get(at(made))
        assert (response.status_code, at(newer) in response.text) == (410, True)


class TestTheLink:
    def test_it_says_no_more_than_the_public_one(self, client: Client, link: Statement) -> None:
        response = client.get(path_of(link))
        assert "6 of 11" in response.text
        assert "3 of 11" not in response.text
        assert 'content="noindex, nofollow"' in response.text
        assert "no-store" in response["Cache-Control"]

    def test_looking_never_uses_it_up(self, client: Client, link: Statement) -> None:
        statuses = [client.head(path_of(link)).status_code for _ in range(2)]
        assert [*statuses, client.get(path_of(link)).status_code] == [200, 200, 200]

    def test_expired(self, client: Client, link: Statement) -> None:
        link.expires_at = timezone.now() - timedelta(seconds=1)
        link.save()
        response = client.get(path_of(link))
        assert (response.status_code, "This link has expired" in response.text) == (410, True)

    def test_taken_back(self, client: Client, alice: User, link: Statement) -> None:
        revoke_statement(statement=link, by=alice, now=timezone.now())
        assert client.get(path_of(link)).status_code == 410

    def test_a_guessed_one(self, client: Client, link: Statement) -> None:
        assert client.get("/r/nothing/line-up/").status_code == 404

    @pytest.mark.parametrize("method", ["post", "put", "delete"])
    def test_the_wrong_method(self, client: Client, link: Statement, method: str) -> None:
        assert getattr(client, method)(path_of(link)).status_code == 405
