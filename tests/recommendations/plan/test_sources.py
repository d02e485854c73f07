"""Sources: the list, adding one and changing it."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from history.models import Entry
from organisations.models import Organisation, User
from recommendations.actions import sources
from recommendations.actions.sources import add_source, edit_source
from recommendations.enums import SourceVerb
from recommendations.models import Action, Source
from recommendations.refusals import EARLIER_DATES, RecommendationRefused
from tests.factories.recommendations import RecommendationFactory, SourceFactory
from tests.recommendations.plan.conftest import FAR, LIST

TYPED: dict[str, Any] = {
    "title": "Race at Work",
    "kind": "charter",
    "author": "",
    "published": "2026",
    "began_on": "2026-10-01",
}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_counts_findings_apart(
    as_alice: Client,
    harbour: Organisation,
    foreign: Any,
    django_assert_num_queries: DjangoAssertNumQueries,
    rows: int,
) -> None:
    made = SourceFactory.create_batch(rows, organisation=harbour, title="Ours")
    RecommendationFactory.create_batch(2, organisation=harbour, source=made[0], theme=None)
    RecommendationFactory(organisation=harbour, source=made[0], theme=None, is_finding=True)
    with django_assert_num_queries(6):
        response = as_alice.get(LIST)
    found = response.context["page_obj"].object_list
    assert [(each.asked, each.found) for each in found] == [(2, 1)] + [(0, 0)] * (rows - 1)
    page = response.content.decode()
    assert "2 recommendations, and 1 finding" in page
    assert foreign.source.title not in page


def test_members_read_the_list_and_coordinators_write(
    as_bea: Client, as_chidi: Client, client: Client, source: Source
) -> None:
    page = as_bea.get(LIST)
    assert page.status_code == 200
    assert "Paste your own plan" not in page.content.decode()
    for path in ("new/", "paste/", f"{source.pk}/edit/"):
        assert as_bea.get(LIST + path).status_code == 403
        assert as_bea.post(LIST + path).status_code == 403
        assert as_chidi.get(LIST + path).status_code == 404
        assert client.get(LIST + path).status_code == 302
    assert as_chidi.get(LIST).status_code == 404
    assert as_bea.post(LIST).status_code == 405


def test_empty_says_what_to_do_next(as_alice: Client, as_bea: Client) -> None:
    assert "A title on each line is enough" in as_alice.get(LIST).content.decode()
    assert "adds the first one" in as_bea.get(LIST).content.decode()


def test_it_adds_one_once(as_alice: Client, harbour: Organisation) -> None:
    sent = TYPED | {"page": str(uuid4())}
    for _ in range(2):
        assert as_alice.post(LIST + "new/", sent)["Location"] == LIST
    [made] = harbour.sources.all()
    assert (made.title, made.kind, made.began_on) == ("Race at Work", "charter", date(2026, 10, 1))
    [entry] = Entry.objects.about(made)
    assert entry.verb == SourceVerb.SOURCE_ADDED


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"kind": "poem"}, "kind"),
        ({"began_on": "soon"}, "began_on"),
        ({"began_on": "1066-10-14"}, "began_on"),
    ],
)
def test_bad_input_is_said_at_its_field(
    as_alice: Client, harbour: Organisation, change: dict[str, str], field: str
) -> None:
    response = as_alice.post(LIST + "new/", TYPED | change | {"page": str(uuid4())})
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"]["published"].value() == "2026"
    assert harbour.sources.count() == 0


def test_it_writes_only_what_was_changed(as_alice: Client, source: Source) -> None:
    shown = {
        f"initial-{name}": value
        for name, value in {
            "title": "Our plan", "kind": "plan", "author": source.author,
            "published": source.published, "began_on": "",
        }.items()
    }  # fmt: skip
    Source.objects.filter(pk=source.pk).update(author="Somebody else, meanwhile")
    mine = shown | {
        "title": "Our new plan", "kind": "plan", "author": source.author,
        "published": source.published, "began_on": "", "page": str(uuid4()),
    }  # fmt: skip
    assert as_alice.post(f"{LIST}{source.pk}/edit/", mine).status_code == 302
    source.refresh_from_db()
    assert (source.title, source.author) == ("Our new plan", "Somebody else, meanwhile")
    assert Entry.objects.about(source).count() == 1


def test_it_cannot_begin_after_its_own_dates(alice: User, source: Source, action: Action) -> None:
    Action.objects.update(target_date=FAR)
    change = {"source": source, "by": alice, "now": timezone.now()}
    with pytest.raises(RecommendationRefused) as refused:
        edit_source(changed={"began_on": date(2030, 4, 1)}, **change)
    said = EARLIER_DATES % (str(action.recommendation), "31 March 2030")
    assert str(refused.value) == said
    edit_source(changed={"began_on": FAR}, **change)
    source.refresh_from_db()
    assert source.began_on == FAR


def test_it_rolls_back_whole(
    harbour: Organisation, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "record", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        add_source(
            organisation=harbour,
            details={"title": "A", "kind": "plan"},
            page=uuid4(),
            by=alice,
            now=timezone.now(),
        )
    assert harbour.sources.count() == 0
