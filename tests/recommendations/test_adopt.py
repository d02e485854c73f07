"""Adding a review from the catalogue."""

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from history.models import Entry
from organisations.models import Organisation, User
from recommendations import actions
from recommendations.actions import locking
from recommendations.catalogue_file import load_catalogue
from recommendations.models import Action, Recommendation, Source, Theme

KEY = "oxytocin_2021"
ADDRESS = f"/o/harbour-minds/recommendations/add/{KEY}/"


def counts() -> tuple[int, ...]:
    models = (Source, Theme, Recommendation, Action, Entry)
    return tuple(model.objects.count() for model in models)


def test_everything_in_the_file_becomes_a_row(harbour: Organisation, alice: User) -> None:
    review = {each.source.key: each for each in load_catalogue()}[KEY]
    source = actions.adopt_catalogue(organisation=harbour, key=KEY, by=alice, now=timezone.now())
    rows = source.recommendations.order_by("position")
    entries = (*review.recommendations, *review.findings)
    assert [(r.reference, r.title, r.is_finding) for r in rows] == [
        (e.reference, e.title, e.is_finding) for e in entries
    ]
    assert [
        [
            (a.title, a.kind, a.every_months, a.occurrences_needed, a.unit)
            for a in row.actions.order_by("position")
        ]
        for row in rows
    ] == [
        [(a.title, a.kind, a.every_months, a.occurrences, a.unit) for a in entry.actions]
        for entry in entries
    ]
    assert [theme.title for theme in source.themes.order_by("position")] == [
        theme.title for theme in review.themes
    ]
    assert rows.filter(is_finding=False).count() == 22
    assert rows.filter(is_finding=True, theme=None).count() == 5


def test_a_second_time_changes_nothing(harbour: Organisation, alice: User) -> None:
    first = actions.adopt_catalogue(organisation=harbour, key=KEY, by=alice, now=timezone.now())
    before = counts()
    again = actions.adopt_catalogue(organisation=harbour, key=KEY, by=alice, now=timezone.now())
    assert (again, counts()) == (first, before)


def test_each_recommendation_has_one_line_of_history(harbour: Organisation, alice: User) -> None:
    actions.adopt_catalogue(organisation=harbour, key=KEY, by=alice, now=timezone.now())
    entries = Entry.objects.filter(verb="recommendation.adopted", organisation=harbour, actor=alice)
    assert entries.count() == 27
    assert {entry.subject_id for entry in entries} == set(
        Recommendation.objects.values_list("pk", flat=True)
    )


def test_two_organisations_each_have_their_own(
    harbour: Organisation, northside: Organisation, alice: User, chidi: User
) -> None:
    for organisation, by in ((harbour, alice), (northside, chidi)):
        actions.adopt_catalogue(organisation=organisation, key=KEY, by=by, now=timezone.now())
    assert (harbour.recommendations.count(), northside.recommendations.count()) == (27, 27)


def test_it_rolls_back_whole(
    harbour: Organisation, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(locking, "record", fail)
    with pytest.raises(DatabaseError), transaction.atomic():
        actions.adopt_catalogue(organisation=harbour, key=KEY, by=alice, now=timezone.now())
    assert counts() == (0, 0, 0, 0, 0)


class TestPage:
    def test_it_works(self, as_alice: Client, harbour: Organisation) -> None:
        response = as_alice.post(ADDRESS, follow=True)
        assert response.redirect_chain == [("/o/harbour-minds/recommendations/", 302)]
        assert harbour.recommendations.count() == 27

    def test_it_rejects_get(self, as_alice: Client) -> None:
        assert as_alice.get(ADDRESS).status_code == 405

    def test_a_member_without_the_role_gets_403(self, as_bea: Client) -> None:
        assert as_bea.post(ADDRESS).status_code == 403
        assert Source.objects.count() == 0

    def test_a_stranger_gets_404(self, as_chidi: Client, harbour: Organisation) -> None:
        assert as_chidi.post(ADDRESS).status_code == 404

    def test_nobody_is_asked_to_sign_in(self, client: Client, harbour: Organisation) -> None:
        assert client.post(ADDRESS).headers["Location"].startswith("/accounts/login/")

    def test_an_unknown_key_is_404(self, as_alice: Client) -> None:
        assert as_alice.post(ADDRESS.replace(KEY, "unknown")).status_code == 404
