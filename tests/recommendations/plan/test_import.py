"""Updating a plan from a file: a dry run, then all or nothing."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from history.models import Entry
from organisations.models import User
from recommendations.actions import importing
from recommendations.actions.importing import import_plan
from recommendations.enums import RecommendationVerb, SourceVerb, State
from recommendations.models import Action, Dependency, Recommendation, Source
from recommendations.plan_file import FileRow
from recommendations.plan_import import compare
from recommendations.queries.importing import plan_as_it_stands
from tests.conftest import signed_in_as
from tests.factories.organisations import MembershipFactory, UserFactory
from tests.factories.recommendations import ActionFactory, RecommendationFactory
from tests.recommendations.plan.conftest import FAR, LIST

EXPORT = "/o/harbour-minds/recommendations/export/"


@pytest.fixture
def here(source: Source) -> str:
    return f"{LIST}{source.pk}/file/"


def file(rows: list[dict[str, str]]) -> SimpleUploadedFile:
    written = io.StringIO()
    headings = list(dict.fromkeys(key for row in rows for key in row))
    writer = csv.DictWriter(written, headings)
    writer.writeheader()
    writer.writerows(rows)
    return SimpleUploadedFile("plan.csv", written.getvalue().encode())


def look(client: Client, here: str, *rows: dict[str, str]) -> Any:
    return client.post(here, {"file": file(list(rows))})


def save(client: Client, here: str, *rows: dict[str, str]) -> Any:
    sealed = look(client, here, *rows).context["sealed"]
    assert sealed
    return client.post(here + "save/", {"sealed": sealed})


def problems(response: Any) -> list[tuple[int, str]]:
    return [(each.row, each.column) for each in response.context["outcome"].problems]


def test_nothing_is_saved_before_it_is_confirmed(
    as_alice: Client, bea: User, source: Source, here: str
) -> None:
    row = {
        "Reference": "1", "Title": "Publish our pay gap", "Theme": "Pay", "Action": "Publish it",
        "Lead": "bea brown", "Date": "31/3/2030", "Budget in pounds": "500", "Phase": "2",
    }  # fmt: skip
    response = look(as_alice, here, row)
    assert [each.reference for each in response.context["outcome"].added] == ["1"]
    assert Recommendation.objects.count() == 0
    assert save(as_alice, here, row)["Location"] == LIST
    made = source.recommendations.get()
    assert (made.title, made.text, made.theme.title, made.phase) == (
        "Publish our pay gap",
        "Publish our pay gap",
        "Pay",
        2,
    )
    action = made.actions.get()
    assert (action.responsible_owner, action.target_date) == (bea, date(2030, 3, 31))
    assert (action.accepted_at, action.accepted_by, action.budget_pounds) == (None, None, 500)
    [entry] = Entry.objects.about(source)
    assert (entry.verb, entry.details) == (SourceVerb.SOURCE_IMPORTED, {"count": "1"})
    again = look(as_alice, here, row).context
    assert (again["outcome"].unchanged, again["sealed"]) == (1, "")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_download_changes_nothing(
    as_alice: Client, bea: User, left: User, source: Source, here: str, kind: str
) -> None:
    make: dict[str, Any] = {"organisation": source.organisation, "source": source, "theme": None}
    one = RecommendationFactory(
        reference="1.1", title="=1+1", text=" 'A\n\n  second line\t- and ", **make
    )
    two = RecommendationFactory(
        reference="2", theme__source=source, phase=9, level="system", is_finding=True,
        **(make | {"theme": one.theme}),
    )  # fmt: skip
    Dependency.objects.create(recommendation=one, depends_on=two)
    Recommendation.objects.filter(pk=two.pk).update(
        response="not_accepted", response_reason="No money", state=State.IN_PROGRESS
    )
    ActionFactory(recommendation=one, position=1, cadence=True, responsible_owner=left)
    ActionFactory(
        recommendation=one, position=4, kind="coverage", is_counted=True, percent_needed=90,
        responsible_owner=bea, target_date=date(2020, 1, 1), original_date=date(2020, 1, 1),
        accepted_at=timezone.now(),
    )  # fmt: skip
    content = as_alice.get(f"{EXPORT}?format={kind}").content
    sent = {"file": SimpleUploadedFile("plan", content)}
    outcome = as_alice.post(here, sent).context["outcome"]
    assert outcome.problems == []
    assert [each.words for each in outcome.changed] == []
    assert outcome.unchanged == 2


def test_changes_have_their_history(as_alice: Client, action: Action, here: str) -> None:
    row = {
        "Reference": "1", "Title": "Another", "Response": "Accepted", "Action number": "1",
        "Action": "Publish it", "Kind": "Something that happens regularly", "Months between": "3",
        "Times in a row": "4", "Date": "2030-03-31",
    }  # fmt: skip
    response = look(as_alice, here, row)
    [entry] = response.context["outcome"].changed
    assert entry.words == ["Title", "Response", "Action 1: what is to be done, date"]
    save(as_alice, here, row)
    verbs = [each.verb for each in Entry.objects.about(action.recommendation)]
    assert sorted(verbs) == sorted(
        [
            RecommendationVerb.EDITED,
            RecommendationVerb.RESPONSE_RECORDED,
            RecommendationVerb.ACTION_EDITED,
            RecommendationVerb.DATE_SET,
        ]
    )
    action.refresh_from_db()
    assert (action.kind, action.target_date, action.accepted_at) == ("cadence", FAR, None)


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ({"Reference": "", "Title": "A"}, (2, "Reference")),
        ({"Reference": "x" * 21}, (2, "Reference")),
        ({"Reference": "9"}, (2, "Title")),
        ({"Title": ""}, (2, "Title")),
        ({"Title": "x" * 161}, (2, "Title")),
        ({"Source": "Another review"}, (2, "Source")),
        ({"Phase": "10"}, (2, "Phase")),
        ({"Phase": "two"}, (2, "Phase")),
        ({"Level": "galaxy"}, (2, "Level")),
        ({"Finding": "perhaps"}, (2, "Finding")),
        ({"State": "Closed: implemented"}, (2, "State")),
        ({"State": "In progress"}, (2, "State")),
        ({"Response": "Not accepted"}, (2, "Reason for the response")),
        ({"Executive sponsor": "Lee Left"}, (2, "Executive sponsor")),
        ({"Depends on": "7"}, (2, "Depends on")),
        ({"Depends on": "1"}, (2, "Depends on")),
        ({"Action number": "1", "Lead": "lee@harbour.example"}, (2, "Lead")),
        ({"Action number": "1", "Date": "1/1/2020"}, (2, "Date")),
        ({"Action number": "1", "Date": "2029-12-31"}, (2, "Date")),
        ({"Action number": "1", "Date": "soon"}, (2, "Date")),
        ({"Action number": "1", "Original date": "2030-01-01"}, (2, "Original date")),
        ({"Action number": "1", "Months between": "3"}, (2, "Months between")),
        ({"Action number": "1", "Budget in pounds": "-1"}, (2, "Budget in pounds")),
        ({"Action number": "2"}, (2, "Action")),
    ],
)
def test_every_rule_holds_and_row_and_column_are_named(
    as_alice: Client,
    left: User,
    action: Action,
    here: str,
    row: dict[str, str],
    where: tuple[int, str],
) -> None:
    Source.objects.update(began_on=date(2030, 1, 1))
    response = look(as_alice, here, {"Reference": "1"} | row)
    assert problems(response) == [where]
    assert response.context["sealed"] == ""


def test_an_accepted_date_stands(as_alice: Client, alice: User, action: Action, here: str) -> None:
    stands = {"original_date": FAR, "target_date": FAR, "accepted_at": timezone.now()}
    Action.objects.update(responsible_owner=alice, accepted_by=alice, **stands)
    row = {"Reference": "1", "Action number": "1", "Date": "2031-01-01"}
    assert problems(look(as_alice, here, row)) == [(2, "Date")]
    emptied = look(as_alice, here, row | {"Date": ""})
    assert emptied.context["outcome"].unchanged == 1


def test_a_new_lead_has_not_accepted(
    as_alice: Client, alice: User, bea: User, action: Action, here: str
) -> None:
    stands = {"original_date": FAR, "target_date": FAR, "accepted_at": timezone.now()}
    Action.objects.update(responsible_owner=alice, accepted_by=alice, **stands)
    save(as_alice, here, {"Reference": "1", "Action number": "1", "Lead": bea.email})
    action.refresh_from_db()
    assert (action.responsible_owner, action.accepted_by, action.target_date) == (bea, None, FAR)


def test_circles_in_the_file_are_named(as_alice: Client, here: str) -> None:
    rows = [
        {"Reference": "1", "Title": "A", "Depends on": "2"},
        {"Reference": "2", "Title": "B", "Depends on": "1"},
    ]
    assert problems(look(as_alice, here, *rows)) == [(2, "Depends on"), (3, "Depends on")]
    fine = [rows[0], rows[1] | {"Depends on": ""}]
    save(as_alice, here, *fine)
    assert Dependency.objects.get().depends_on.reference == "2"


def test_rows_of_one_recommendation_agree(as_alice: Client, here: str) -> None:
    rows = [
        {"Reference": "1", "Title": "A", "Action number": "1", "Action": "One"},
        {"Reference": "1", "Title": "B", "Action number": "1", "Action": "Two"},
    ]
    found = problems(look(as_alice, here, *rows))
    assert found == [(3, "Title"), (3, "Action number")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Title\nA\n",
        b"Reference,Colour\n1,red\n",
        b"Reference,Reference\n1,1\n",
        b"Reference\n",
        b"%PDF-1.7",
        b"PK\x03\x04broken",
        b'Reference,Title\n1,"open\n',
        b"Reference\n1,2\n",
    ],
)
def test_what_is_no_plan_is_refused_at_the_field(
    as_alice: Client, here: str, content: bytes
) -> None:
    response = as_alice.post(here, {"file": SimpleUploadedFile("plan.csv", content)})
    assert list(response.context["form"].errors) == ["file"]


def test_what_moved_on_is_looked_at_again(as_alice: Client, action: Action, here: str) -> None:
    row = {"Reference": "1", "Title": "Mine"}
    sealed = look(as_alice, here, row).context["sealed"]
    Recommendation.objects.update(phase=3, title="Mine")
    response = as_alice.post(here + "save/", {"sealed": sealed})
    assert response.status_code == 200
    assert "The plan was changed since" in response.content.decode()


def test_the_seal_is_for_one_plan_and_one_person(
    as_alice: Client, source: Source, here: str
) -> None:
    sealed = look(as_alice, here, {"Reference": "1", "Title": "A"}).context["sealed"]
    other = UserFactory()
    MembershipFactory(user=other, organisation=source.organisation, roles=["coordinator"])
    for client, sent in ((signed_in_as(other), sealed), (as_alice, sealed + "x"), (as_alice, "")):
        assert client.post(here + "save/", {"sealed": sent})["Location"] == here
    assert Recommendation.objects.count() == 0


def test_it_rolls_back_whole(source: Source, alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [FileRow(n, {"reference": str(n), "title": "A"}) for n in (2, 3)]
    digest = compare(rows, plan_as_it_stands(source, today=timezone.localdate())).digest
    monkeypatch.setattr(importing, "record_source", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        import_plan(source=source, rows=rows, looked_at=digest, by=alice, now=timezone.now())
    assert Recommendation.objects.count() == 0


def test_who_may_not(
    as_bea: Client, as_alice: Client, as_chidi: Client, client: Client, here: str
) -> None:
    for path in (here, here + "save/"):
        assert as_bea.post(path).status_code == 403
        assert as_chidi.post(path).status_code == 404
        assert client.post(path).status_code == 302
        assert as_alice.put(path).status_code == 405
    assert as_alice.get(here + "save/").status_code == 405
    assert as_alice.get(here).status_code == 200


def test_five_hundred_recommendations(as_alice: Client, here: str) -> None:
    rows = [
        {"Reference": str(n), "Title": f"Title {n}", "Original text": "Words of it. " * 100,
         "Action": "Do it"}
        for n in range(500)
    ]  # fmt: skip
    save(as_alice, here, *rows)
    assert Recommendation.objects.count() == 500
    assert look(as_alice, here, *rows).context["outcome"].unchanged == 500


def test_too_much_at_once_is_said(
    as_alice: Client, here: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recommendations.views.importing.MOST_SEALED", 10)
    response = look(as_alice, here, {"Reference": "1", "Title": "A"})
    assert response.context["sealed"] == ""
    assert "Split your file in two" in response.content.decode()
