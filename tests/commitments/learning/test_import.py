"""Many entries at once: first shown, then added, all or nothing, and the same file adds nothing."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from commitments.enums import LearningVerb
from commitments.learning_rows import MOST_BYTES, NO_HEADER, NOT_TEXT
from commitments.models import LearningItem
from history.models import Entry
from organisations.models import Organisation, User
from tests.factories.learning import LearningItemFactory

IMPORT = "/o/harbour-minds/learning/many/"
LIST = "/o/harbour-minds/learning/"
GOOD = "kind,title,creator,link,why\nBook,Natives,Akala,https://a.example,Why not\nfilm,Rocks\n"


def upload(data: bytes | str, name: str = "shelf.csv") -> dict[str, Any]:
    content = data if isinstance(data, bytes) else data.encode()
    return {"file": SimpleUploadedFile(name, content, "text/csv"), "text": ""}


def errors(response: Any) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


@pytest.mark.parametrize("typed", [{"text": GOOD}, "file"])
def test_it_is_shown_then_added_then_nothing(
    typed: Any, harbour: Organisation, bea: User, as_bea: Client
) -> None:
    LearningItemFactory(organisation=harbour, kind="film", title="ROCKS", creator="")
    sent = upload(GOOD) if typed == "file" else typed
    shown = as_bea.post(IMPORT, sent)
    assert [(one.row, one.suggestion.title, one.becomes) for one in shown.context["plan"]] == [
        (2, "Natives", "New"),
        (3, "Rocks", "There already"),
    ]
    assert LearningItem.objects.count() == 1
    confirm = {"text": shown.context["text"], "confirm": "1"}
    assert as_bea.post(IMPORT, confirm)["Location"] == LIST
    added = LearningItem.objects.exclude(title="ROCKS").get()
    kept = (added.kind, added.title, added.creator, added.link, added.why, added.suggested_by)
    assert kept == ("book", "Natives", "Akala", "https://a.example", "Why not", bea)
    entry = Entry.objects.get()
    assert (entry.verb, entry.details) == (LearningVerb.BULK_ADDED, {"count": "1"})
    assert as_bea.post(IMPORT, confirm)["Location"] == LIST
    assert (LearningItem.objects.count(), Entry.objects.count()) == (2, 1)
    again = as_bea.post(IMPORT, {"text": GOOD})
    assert (again.context["new"], again.context["known"]) == (0, 2)
    assert "Put them on the shelf" not in again.content.decode()


def test_the_same_twice_in_a_file_is_one(as_bea: Client) -> None:
    text = "kind,title\nbook,Natives\nbook,NATIVES\n"
    shown = as_bea.post(IMPORT, {"text": text})
    assert [one.becomes for one in shown.context["plan"]] == ["New", "Same as row 2"]
    as_bea.post(IMPORT, {"text": shown.context["text"], "confirm": "1"})
    assert LearningItem.objects.get().title == "Natives"


def test_one_bad_row_stops_all(as_bea: Client) -> None:
    """Each problem by row and column, and what was pasted stays; on confirming too."""
    text = (
        "kind,title,link\nbook,Natives,\nvideo,,\nbook,One,javascript:alert(1)\n"
        f'book,"=1+1",\nbook,{"x" * 201},\nbook,Two,,surplus\n'
    )
    for typed in ({"text": text}, {"text": text, "confirm": "1"}):
        response = as_bea.post(IMPORT, typed)
        found = [(one.row, one.column, one.text) for one in response.context["problems"]]
        assert found == [
            (3, "kind", "“video” is not one of: article, blog, podcast, book, film, programme, "
             "workshop."),
            (3, "title", "Enter the title."),
            (4, "link", "Enter a web address that begins with https:// or http://."),
            (5, "title", "This is a formula. Put the text it shows."),
            (6, "title", "Use 200 characters or fewer. This has 201."),
            (7, "", "There is more in this row than columns with a name."),
        ]  # fmt: skip
        assert response.context["form"]["text"].value() == text
    assert LearningItem.objects.count() == 0


def test_many_problems_are_cut_short(as_bea: Client) -> None:
    response = as_bea.post(IMPORT, {"text": "kind,title\n" + "video,One\n" * 60})
    assert (len(response.context["problems"]), response.context["more"]) == (50, 10)
    assert "And 10 more." in response.content.decode()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "This file is empty."),
        (b"PK\x03\x04\x00\x00", NOT_TEXT),
        (b"kind,title\nbook,a\x00b", NOT_TEXT),
        (b"x" * (MOST_BYTES + 1), "This is larger than 1 MB. Add it in parts."),
        (b"book,Natives", NO_HEADER),
        (b"kind,kind,title\nbook,book,One", "Two columns are called kind. Keep one of them."),
        (b"kind,title\nbook," + b"x" * 1_000_000, "Row 2: a cell has more than 5000 characters."),
        (b"kind,title\n" + b"book,One\n" * 501, "This has 501 rows. 500 can be added at a time."),
        (b'kind,title\nbook,"One', "Row 2: a cell opens with a quotation mark that is not closed "
         "again as it should be."),
    ],
)  # fmt: skip
def test_hostile_files_are_refused_in_words(data: bytes, message: str, as_bea: Client) -> None:
    response = as_bea.post(IMPORT, upload(data))
    assert errors(response) == {"file": [message]}
    assert response.status_code == 200


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_read_right(encoding: str, as_bea: Client) -> None:
    data = "kind,title\rbook,Zoë’s café\r".encode(encoding)
    shown = as_bea.post(IMPORT, upload(data))
    assert [one.suggestion.title for one in shown.context["plan"]] == ["Zoë’s café"]


def test_what_is_sent_must_be_one_thing(as_bea: Client) -> None:
    nothing = as_bea.post(IMPORT, {"text": " \n"})
    assert errors(nothing) == {"__all__": ["Choose a file or paste the rows."]}
    both = as_bea.post(IMPORT, upload(GOOD) | {"text": GOOD})
    assert errors(both) == {"__all__": ["Choose a file or paste the rows, not both."]}
    assert errors(as_bea.post(IMPORT, {"text": "x" * (MOST_BYTES + 1)})) == {
        "text": ["This is larger than 1 MB. Add it in parts."]
    }
    assert as_bea.post(IMPORT, {"text": "a\x00b"}).status_code == 400
    assert as_bea.post(IMPORT, {"text": "x" * 2_600_000}).status_code == 400
    assert as_bea.post(IMPORT, {"text": "kind,title\nbook,=1", "confirm": "1"}).status_code == 200
    assert LearningItem.objects.count() == 0


def test_names_in_any_script_and_hostile_text_are_shown_as_text(as_bea: Client) -> None:
    text = "kind,title\nbook,<script>alert(1)</script>\nbook,العربية\nbook,தமிழ் </textarea><b>\n"
    shown = as_bea.post(IMPORT, {"text": text}).content.decode()
    assert "<script>alert" not in shown
    assert "</textarea><b>" not in shown
    assert "العربية" in shown


@pytest.mark.parametrize("rows", [1, 3, 500])
def test_it_costs_the_same_with_any_rows(
    rows: int, as_bea: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    text = "kind,title\n" + "".join(f"book,Number {number}\n" for number in range(rows))
    with django_assert_num_queries(4):  # session, person, membership, what is there
        assert as_bea.post(IMPORT, {"text": text}).context["new"] == rows
    as_bea.post(IMPORT, {"text": text, "confirm": "1"})
    assert LearningItem.objects.count() == rows


def test_the_empty_file_is_read_back(as_bea: Client) -> None:
    response = as_bea.get(f"{IMPORT}template/")
    assert response["Content-Disposition"] == 'attachment; filename="learning.csv"'
    assert response.content.decode() == "\ufeffkind,title,creator,link,why\r\n"
    filled = response.content + "book,Ọlá,,,\r\n".encode()
    assert as_bea.post(IMPORT, upload(filled)).context["new"] == 1


def test_who_may(as_bea: Client, as_chidi: Client, client: Client) -> None:
    for path in (IMPORT, f"{IMPORT}template/"):
        assert as_bea.get(path).status_code == 200
        assert as_chidi.get(path).status_code == 404
        assert client.get(path)["Location"].startswith("/accounts/login/")
        assert as_bea.put(path).status_code == 405
    assert as_chidi.post(IMPORT, {"text": GOOD, "confirm": "1"}).status_code == 404
    assert LearningItem.objects.count() == 0
