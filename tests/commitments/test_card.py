"""The picture of a pledge: drawn by the server, in any script that its fonts hold."""

import struct
from typing import Any

import pytest
import typst
from django.test import Client
from django.utils import timezone

from commitments.card import card
from commitments.models import Pledge
from commitments.views.public import card_of
from ui import typesetting

PICTURE = "/pledges/alice-adeyemi/card.png"
NOBODY_DRAWS = "\U000f0000"  # a private character: no font has it


def of(**values: str) -> card.Card:
    given = {"name": "Amina Star", "role": "Director", "organisation": "Harbour", "site": "Here"}
    return card.Card(**given | values)


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize(
    "name",
    [
        "Amina Star",
        "Ọláníyọnu Ńkẹ́m",
        "Nguyễn Thị Ánh",
        "W" * 120,
        "A very long name " * 7,
        "#set page(fill: red) *bold* $x$ @label",
        "</text><script>x</script>",
        "a\tb\nc",
    ],
)
def test_any_name_makes_a_picture_of_the_same_size(name: str) -> None:
    assert size_of(card.picture(of(name=name, role=name, organisation=name))) == (1200, 630)


def test_words_of_people_are_drawn_as_they_stand() -> None:
    assert card.words(of(name="*Amina*  #here\n")) == {
        "kind": "An anti-racism pledge",
        "title": "*Amina* #here",
        "lines": ["Director", "Harbour"],
        "question": "Who isn’t at the table, and should be?",
        "site": "Here",
    }


@pytest.mark.parametrize("name", [NOBODY_DRAWS, f"Amina {NOBODY_DRAWS}", "", "A\x07B"])
def test_a_name_that_no_font_holds_is_left_away_and_the_rest_stays(name: str) -> None:
    shown = card.words(of(name=name))
    assert (shown["kind"], shown["title"]) == ("", "An anti-racism pledge")
    assert shown["lines"] == ["Director", "Harbour"]
    assert size_of(card.picture(of(name=name))) == (1200, 630)


def test_so_is_a_role_or_an_organisation() -> None:
    assert card.words(of(role=NOBODY_DRAWS))["lines"] == ["Harbour"]
    assert card.words(of(organisation=NOBODY_DRAWS))["lines"] == ["Director"]


def test_without_any_font_of_the_system_most_of_europe_and_yoruba_is_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = typst.Fonts(include_system_fonts=False)
    monkeypatch.setattr(typesetting, "fonts", lambda: own)
    typesetting.can_be_drawn.cache_clear()
    for text in ("Ọlá Ńkẹ́m", "Łucja Żak", "Şükrü", "Nguyễn", "Siân O’Neill-Ŵyn", "Άννα", "Їжак"):
        assert typesetting.can_be_drawn(text), text
    for text in ("王小明", "அமினா", "한국"):
        assert not typesetting.can_be_drawn(text), text
    typesetting.can_be_drawn.cache_clear()


def test_the_digest_changes_with_every_part() -> None:
    changed = [of(name="B"), of(role="B"), of(organisation="B"), of(site="B")]
    assert len({shown.digest for shown in [of(), *changed]}) == 5


# The page


def test_the_picture_is_public_and_may_be_kept(client: Client, pledge: Pledge) -> None:
    response = client.get(PICTURE)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "public, max-age=86400"
    assert "Set-Cookie" not in response
    assert size_of(response.content) == (1200, 630)
    again = client.get(PICTURE, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", response["ETag"])


def test_a_changed_name_is_another_picture(client: Client, pledge: Pledge) -> None:
    before = client.get(PICTURE)
    Pledge.objects.filter(pk=pledge.pk).update(leader_name="Alice Star")
    after = client.get(PICTURE, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert after["ETag"] != before["ETag"]
    assert after.content != before.content


def test_an_erased_name_is_in_no_picture(client: Client, pledge: Pledge) -> None:
    before = client.get(PICTURE)["ETag"]
    Pledge.objects.filter(pk=pledge.pk).update(erased_at=timezone.now())
    assert client.get(PICTURE)["ETag"] != before


def test_head_and_no_other_method(client: Client, pledge: Pledge) -> None:
    assert client.head(PICTURE).status_code == 200
    assert client.post(PICTURE).status_code == 405


@pytest.mark.parametrize("slug", ["nobody", "a" * 5000, "%F0%9F%8C%BB"])
def test_there_is_none_of_nobody(slug: str, client: Client, db: None) -> None:
    assert client.get(f"/pledges/{slug}/card.png").status_code == 404


def test_there_is_none_of_a_draft(client: Client, draft: Pledge) -> None:
    assert client.get(f"/pledges/{draft.slug}/card.png").status_code == 404


def test_whoever_shows_links_is_told_of_it(client: Client, pledge: Pledge, settings: Any) -> None:
    settings.SITE_URL = "https://table.example"
    page = client.get("/pledges/alice-adeyemi/").content.decode()
    digest = client.get(PICTURE)["ETag"].strip('"')
    for line in (
        f'<meta property="og:image" content="https://table.example{PICTURE}?v={digest}">',
        '<meta property="og:image:width" content="1200">',
        '<meta property="og:image:height" content="630">',
        '<meta name="twitter:card" content="summary_large_image">',
    ):
        assert line in page
    assert "An anti-racism pledge: Alice Adeyemi, Chief executive, Harbour Minds." in page


@pytest.mark.parametrize(
    ("is_invented", "site"),
    [(False, "At the Table"), (True, "At the Table · a worked example, of an invented person")],
)
def test_an_invented_person_is_said_to_be_one(is_invented: bool, site: str, pledge: Pledge) -> None:
    pledge.is_worked_example = is_invented
    assert card.words(card_of(pledge))["site"] == site
