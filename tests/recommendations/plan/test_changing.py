"""One change to several recommendations at once: all or nothing."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from history.models import Entry
from organisations.models import Organisation, User
from recommendations.actions import changing
from recommendations.actions.changing import Change, What, change_many
from recommendations.enums import RecommendationVerb
from recommendations.models import Action, Recommendation, Source
from recommendations.refusals import NOT_A_MEMBER, NOTHING_CHOSEN, RecommendationRefused
from tests.factories.deciding import closed_by_decision
from tests.factories.recommendations import ActionFactory, RecommendationFactory, ThemeFactory
from tests.recommendations.plan.conftest import FAR

HERE = "/o/harbour-minds/recommendations/change/"


@pytest.fixture
def three(source: Source) -> list[Recommendation]:
    made: list[Recommendation] = [
        RecommendationFactory(
            organisation=source.organisation, source=source, theme=None, reference=str(number)
        )
        for number in (1, 2, 3)
    ]
    for each in made:
        ActionFactory(recommendation=each, position=1)
    return made


def sent(chosen: list[Recommendation], what: str, **to: str) -> dict[str, Any]:
    return {"picked": [str(each.pk) for each in chosen], "what": what} | to


def test_the_lead_changes_and_dates_stand(
    as_alice: Client, alice: User, bea: User, three: list[Recommendation]
) -> None:
    stands = {"original_date": FAR, "target_date": FAR, "accepted_at": timezone.now()}
    Action.objects.update(responsible_owner=alice, accepted_by=alice, **stands)
    data = sent(three[:2], "lead", person=str(bea.pk))
    assert as_alice.post(HERE, data)["Location"] == HERE
    leads = [each.actions.get().responsible_owner for each in three]
    assert leads == [bea, bea, alice]
    changed = three[0].actions.get()
    assert (changed.target_date, changed.original_date, changed.accepted_by) == (FAR, FAR, None)
    for each in three[:2]:
        [entry] = Entry.objects.about(each)
        assert entry.verb == RecommendationVerb.OWNER_SET
    as_alice.post(HERE, data)
    assert Entry.objects.about(three[0]).count() == 1


def test_sponsor_phase_and_theme(
    as_alice: Client, alice: User, three: list[Recommendation], source: Source
) -> None:
    theme = ThemeFactory(source=source)
    as_alice.post(HERE, sent(three, "sponsor", person=str(alice.pk)))
    as_alice.post(HERE, sent(three, "phase", phase="9"))
    as_alice.post(HERE, sent(three, "theme", theme=str(theme.pk)))
    for each in three:
        each.refresh_from_db()
        assert (each.accountable_owner, each.phase, each.theme) == (alice, 9, theme)
        found = Entry.objects.about(each).order_by("pk")
        assert [entry.details.get("field", "sponsor") for entry in found] == [
            "sponsor",
            "phase",
            "theme",
        ]
    as_alice.post(HERE, sent(three, "phase"))
    three[0].refresh_from_db()
    assert three[0].phase is None


def test_a_closed_one_is_named_and_nothing_changes(
    as_alice: Client, three: list[Recommendation]
) -> None:
    closed_by_decision(three[1])
    form = as_alice.post(HERE, sent(three, "phase", phase="2")).context["form"]
    [said] = form.non_field_errors()
    assert said == f"Nothing was changed. These are closed: {three[1]}."
    assert Recommendation.objects.filter(phase=2).count() == 0
    assert set(form.picked) == {each.pk for each in three}


def test_a_theme_of_another_source_is_named(
    as_alice: Client, harbour: Organisation, three: list[Recommendation]
) -> None:
    other = RecommendationFactory(organisation=harbour)
    data = sent([three[0], other], "theme", theme=str(other.theme_id))
    [said] = as_alice.post(HERE, data).context["form"].non_field_errors()
    assert str(three[0]) in said
    assert Recommendation.objects.filter(theme=other.theme).count() == 1


def test_bad_input(
    as_alice: Client, three: list[Recommendation], left: User, foreign: Recommendation
) -> None:
    def errors(data: dict[str, Any]) -> Any:
        return as_alice.post(HERE, data).context["form"].errors

    assert errors(sent([], "phase", phase="2")) == {"__all__": [NOTHING_CHOSEN]}
    assert list(errors(sent(three, "state"))) == ["what"]
    assert list(errors(sent(three, "lead", person=str(left.pk)))) == ["person"]
    assert list(errors(sent(three, "phase", phase="10"))) == ["phase"]
    assert list(errors(sent(three, "theme", theme=str(foreign.theme_id)))) == ["theme"]
    assert errors({"picked": ["x"], "what": "phase"}) == {"__all__": [NOTHING_CHOSEN]}


def test_rows_of_others_stay(as_alice: Client, foreign: Recommendation) -> None:
    as_alice.post(HERE, sent([foreign], "phase", phase="2"))
    foreign.refresh_from_db()
    assert foreign.phase is None


def test_a_member_who_left_meanwhile_is_refused(
    harbour: Organisation, alice: User, left: User, three: list[Recommendation]
) -> None:
    for what in (What.LEAD, What.SPONSOR):
        with pytest.raises(RecommendationRefused, match=NOT_A_MEMBER):
            change_many(
                organisation=harbour,
                chosen=[three[0].pk],
                change=Change(what, left),
                by=alice,
                now=timezone.now(),
            )


def test_it_rolls_back_whole(
    harbour: Organisation,
    alice: User,
    three: list[Recommendation],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real, calls = changing.write, []

    def fails_at_the_third(*args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        return 1 / 0 if len(calls) == 3 else real(*args, **kwargs)

    monkeypatch.setattr(changing, "write", fails_at_the_third)
    with pytest.raises(ZeroDivisionError):
        change_many(
            organisation=harbour,
            chosen=[each.pk for each in three],
            change=Change(What.PHASE, 2),
            by=alice,
            now=timezone.now(),
        )
    assert Recommendation.objects.filter(phase=2).count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list(
    as_alice: Client,
    source: Source,
    foreign: Recommendation,
    django_assert_num_queries: DjangoAssertNumQueries,
    rows: int,
) -> None:
    made = RecommendationFactory.create_batch(
        rows, organisation=source.organisation, source=source, theme=None
    )
    for each in made:
        ActionFactory(recommendation=each)
    with django_assert_num_queries(9):
        response = as_alice.get(HERE)
    assert len(response.context["page_obj"].object_list) == rows
    assert foreign.title not in response.content.decode()


def test_who_may_not(as_bea: Client, as_alice: Client, as_chidi: Client, client: Client) -> None:
    assert as_bea.get(HERE).status_code == 403
    assert as_bea.post(HERE).status_code == 403
    assert as_chidi.get(HERE).status_code == 404
    assert client.get(HERE).status_code == 302
    assert as_alice.put(HERE).status_code == 405
    assert "Nothing to change" in as_alice.get(HERE).content.decode()
