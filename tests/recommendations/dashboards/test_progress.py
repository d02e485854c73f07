"""What everybody may see of the progress: only by choice, never who does the work."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from history.models import Entry
from organisations.enums import Role
from organisations.models import Organisation, User
from recommendations.actions import record_response
from recommendations.actions.publishing import show_progress
from recommendations.enums import Response, SourceVerb
from recommendations.models import Evidence, StoredFile
from tests.factories.closing import implemented
from tests.factories.recommendations import (
    ActionFactory,
    ProgressUpdateFactory,
    RecommendationFactory,
    led_recommendation,
)
from tests.factories.reminders import AcceptedActionFactory

ADDRESS = "/progress/harbour-minds/"
SHOW = "/o/harbour-minds/recommendations/show/"
QUERIES = 8
"""Organisation; how many, rows, evidence with its versions, two totals, newest entry."""


@pytest.fixture
def shown(harbour: Organisation) -> Organisation:
    harbour.shows_progress = True
    harbour.save()
    return harbour


def evidence(recommendation: Any, by: User, *, public_by: User | None, **version: Any) -> Evidence:
    now = timezone.now()
    found: Evidence = recommendation.evidence.create(
        title=version.pop("title", "Board paper"), added_by=by, added_at=now,
        public_by=public_by, public_at=now if public_by else None,
        public_version=1 if public_by else None,
    )  # fmt: skip
    found.versions.create(
        number=1, dated=timezone.localdate(), sha256="0" * 64, by=by, at=now,
        **{"kind": "link", "url": "https://example.org/paper", **version},
    )  # fmt: skip
    return found


def test_it_is_not_there_unless_the_organisation_shows_it(
    client: Client, as_alice: Client, harbour: Organisation
) -> None:
    for visitor in (client, as_alice):
        assert visitor.get(ADDRESS).status_code == 404
    assert client.get("/progress/nowhere/").status_code == 404


def test_it_tells_what_came_of_it_and_nobodys_name(
    client: Client, shown: Organisation, alice: User, bea: User, northside: Organisation
) -> None:
    done = led_recommendation(lead=bea, organisation=shown, title="Shorter waits", text="Do it.")
    ProgressUpdateFactory(recommendation=done, by=bea, text="INTERNAL update")
    record_response(
        recommendation=done, response="accepted", reason="", by=alice, now=timezone.now()
    )
    implemented(done, by=bea, at=timezone.now())
    no = RecommendationFactory(
        organisation=shown, title="Turned down", accountable_owner=alice,
        response=Response.NOT_ACCEPTED, response_reason="Our charter already says it.",
    )  # fmt: skip
    evidence(done, bea, public_by=alice, title="Minutes of May")
    evidence(no, bea, public_by=None, title="INTERNAL paper")
    RecommendationFactory(organisation=northside, title="Not theirs")
    response = client.get(ADDRESS)
    page = response.content.decode()
    told = ["Shorter waits", "Do it.", "Waiting times are shorter.", "Turned down"]
    told += ["Our charter already says it.", "Minutes of May", "1 of 2", "Last updated"]
    for said in told:
        assert said in page
    for kept in ("Alice", "Bea", "INTERNAL", "Not theirs", alice.email, bea.email):
        assert kept not in page
    assert "noindex" not in page
    assert "X-Robots-Tag" not in response.headers


def test_activity_only_and_planned_days_are_said(
    client: Client, shown: Organisation, bea: User
) -> None:
    today = timezone.localdate()
    one = RecommendationFactory(organisation=shown)
    AcceptedActionFactory(recommendation=one, responsible_owner=bea, target_date=today)
    page = client.get(ADDRESS)
    [item] = page.context["progress"].items
    assert (item.planned, item.first_planned) == (today, today)
    assert "0 activity only" in page.content.decode()


def test_drafts_of_dates_are_nobody_elses_business(
    client: Client, shown: Organisation, bea: User
) -> None:
    one = RecommendationFactory(organisation=shown)
    led = {"recommendation": one, "responsible_owner": bea, "target_date": timezone.localdate()}
    AcceptedActionFactory(**led)
    ActionFactory(**led)
    [item] = client.get(ADDRESS).context["progress"].items
    assert item.planned is None


def test_it_may_be_kept_and_sets_no_cookie(client: Client, shown: Organisation) -> None:
    RecommendationFactory(organisation=shown)
    first = client.get(ADDRESS)
    assert not first.cookies
    assert "public" in first.headers["Cache-Control"]
    assert "Cookie" in first.headers["Vary"]
    again = client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    RecommendationFactory(organisation=shown)
    assert client.get(ADDRESS).headers["ETag"] != first.headers["ETag"]


def test_the_page_of_somebody_signed_in_is_kept_by_nobody(
    as_bea: Client, shown: Organisation
) -> None:
    assert "private" in as_bea.get(ADDRESS).headers["Cache-Control"]


def test_only_public_files_are_handed_out(
    client: Client, shown: Organisation, alice: User, bea: User
) -> None:
    one = RecommendationFactory(organisation=shown)
    found = []
    for public_by in (alice, None):
        stored = StoredFile.objects.create(content=b"%PDF", media_type="application/pdf", size=4)
        found.append(evidence(one, bea, public_by=public_by, kind="file", url="", file=stored))
    opened, internal = (f"{ADDRESS}evidence/{each.pk}/" for each in found)
    response = client.get(opened)
    assert (response.status_code, response.content) == (200, b"%PDF")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(internal).status_code == 404
    assert opened in client.get(ADDRESS).content.decode()
    Evidence.objects.filter(pk=found[0].pk).update(withdrawn_at=timezone.now())
    assert client.get(opened).status_code == 404
    Evidence.objects.filter(pk=found[0].pk).update(withdrawn_at=None)
    Organisation.objects.update(shows_progress=False)
    assert client.get(opened).status_code == 404


def test_a_file_of_another_organisation_is_not_here(
    client: Client, shown: Organisation, northside: Organisation, chidi: User, alice: User
) -> None:
    stored = StoredFile.objects.create(content=b"%PDF", media_type="application/pdf", size=4)
    theirs = RecommendationFactory(organisation=northside)
    found = evidence(theirs, chidi, public_by=alice, kind="file", url="", file=stored)
    assert client.get(f"{ADDRESS}evidence/{found.pk}/").status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_its_cost_does_not_grow(
    many: int, client: Client, shown: Organisation, alice: User, bea: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for _ in range(many):
        evidence(RecommendationFactory(organisation=shown), bea, public_by=alice)
    with django_assert_num_queries(QUERIES):
        assert len(client.get(ADDRESS).context["progress"].items) == many


# Choosing it


def test_the_chair_shows_it_and_hides_it(
    as_alice: Client, client: Client, harbour: Organisation
) -> None:
    RecommendationFactory(organisation=harbour)
    assert as_alice.post(SHOW, {"show": "yes"}).headers["Location"].endswith("/recommendations/")
    assert client.get(ADDRESS).status_code == 200
    as_alice.post(SHOW, {"show": "yes"})
    assert "Stop showing it" in as_alice.get("/o/harbour-minds/recommendations/").content.decode()
    as_alice.post(SHOW, {"show": "no"})
    assert client.get(ADDRESS).status_code == 404
    verbs = Entry.objects.about(harbour).values_list("verb", flat=True)
    assert list(verbs) == [SourceVerb.SOURCE_HIDDEN, SourceVerb.SOURCE_SHOWN]


def test_nobody_else_chooses(
    as_bea: Client, as_chidi: Client, client: Client, harbour: Organisation, bea: User
) -> None:
    bea.memberships.update(roles=[Role.COORDINATOR, Role.COMMITTEE, Role.TRUSTEE])
    assert as_bea.post(SHOW, {"show": "yes"}).status_code == 403
    assert as_chidi.post(SHOW, {"show": "yes"}).status_code == 404
    assert client.post(SHOW, {"show": "yes"}).status_code == 302
    harbour.refresh_from_db()
    assert harbour.shows_progress is False


def test_get_changes_nothing(as_alice: Client, harbour: Organisation) -> None:
    assert as_alice.get(SHOW).status_code == 405


def test_it_rolls_back_whole(
    harbour: Organisation, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("recommendations.actions.publishing.record", broken)
    with pytest.raises(RuntimeError):
        show_progress(
            organisation=harbour,
            is_shown=True,
            by=alice,
            now=timezone.localtime() + timedelta(days=1),
        )
    harbour.refresh_from_db()
    assert harbour.shows_progress is False
