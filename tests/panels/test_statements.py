"""Making a statement, for anyone or for one leader, and taking it back."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from history.models import Entry
from organisations.models import Organisation, User
from panels.actions import statements as making
from panels.enums import StatementKind
from panels.freezing import fingerprint, matches
from panels.models import Gathering, Statement
from panels.queries.statements import facts_to_state, link_of
from tests.factories.barriers import stated
from tests.factories.panels import GatheringFactory, enter_count, numbers
from tests.panels.pages import page

PUBLIC, LEADER = StatementKind.PUBLIC, StatementKind.LEADER


@pytest.fixture
def counted(gathering: Gathering, alice: User) -> Gathering:
    enter_count(gathering, numbers(6, 3, 3, 1, 5), by=alice)
    return gathering


def seen_on(client: Client, gathering: Gathering) -> str:
    return str(client.get(page(gathering, "share/")).context["seen"])


def make(client: Client, gathering: Gathering, kind: str, **more: str) -> Any:
    data = {"kind": kind, "seen": seen_on(client, gathering)} | more
    return client.post(page(gathering, "share/"), data)


class TestMaking:
    def test_what_is_shown_before_is_what_is_made(
        self, as_alice: Client, alice: User, counted: Gathering
    ) -> None:
        shown = as_alice.get(page(counted, "share/")).context
        response = make(as_alice, counted, "public")
        assert response["Location"] == page(counted, "share/")
        made = Statement.objects.get()
        assert (made.kind, made.made_by, made.token_sha256) == (PUBLIC, alice, None)
        assert (made.facts, made.sha256) == (shown["facts"], shown["seen"])
        assert matches(made.facts, made.sha256)
        assert made.slug.startswith("voices-")
        verbs = [entry.verb for entry in Entry.objects.about(counted)]
        assert verbs[0] == "gathering.statement_made"

    def test_a_double_click_makes_one(self, as_alice: Client, counted: Gathering) -> None:
        for kind in ("public", "leader"):
            for _ in range(2):
                make(as_alice, counted, kind)
        assert sorted(Statement.objects.values_list("kind", flat=True)) == ["leader", "public"]

    def test_made_anew_it_takes_the_place_of_the_last(
        self, as_alice: Client, alice: User, counted: Gathering
    ) -> None:
        make(as_alice, counted, "public")
        enter_count(counted, numbers(6, 2, 4, 1, 5), by=alice)
        assert as_alice.get(page(counted, "share/")).context["says_the_same"] is False
        make(as_alice, counted, "public")
        old, new = Statement.objects.order_by("made_at")
        assert (old.revoked_at is None, new.revoked_at, old.slug == new.slug) == (
            False,
            None,
            False,
        )

    def test_what_changed_meanwhile_is_shown_first(
        self, as_alice: Client, alice: User, counted: Gathering
    ) -> None:
        seen = seen_on(as_alice, counted)
        enter_count(counted, numbers(6, 2, 4, 1, 5), by=alice)
        response = make(as_alice, counted, "public", seen=seen)
        assert response.context["form"].non_field_errors() == [
            "This changed while you looked. Here is what would be seen now."
        ]
        assert Statement.objects.count() == 0

    def test_without_a_count_there_is_nothing_to_say(
        self, as_alice: Client, gathering: Gathering
    ) -> None:
        assert as_alice.get(page(gathering, "share/")).context["seen"] == ""
        response = make(as_alice, gathering, "public", seen="x")
        assert response.context["form"].non_field_errors() == [
            "Nobody has counted yet, so there is nothing to say."
        ]

    def test_a_link_lasts_sixty_days_and_its_secret_is_not_kept(
        self, counted: Gathering, alice: User
    ) -> None:
        made = stated(counted, LEADER, by=alice)
        assert made.expires_at == made.made_at + timedelta(days=60)
        token = link_of(made).split("/")[-3]
        row = str(Statement.objects.values().get())
        assert (len(token), token in row, made.slug) == (43, False, "")

    def test_links_are_not_without_end(
        self, counted: Gathering, alice: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(making, "MOST_LINKS", 1)
        now = timezone.now()
        stated(counted, LEADER, by=alice, now=now)
        with pytest.raises(making.TooManyLinks):
            stated(counted, LEADER, by=alice, now=now + timedelta(hours=1))

    @pytest.mark.parametrize("data", [{}, {"kind": "all"}, {"kind": "public", "seen": "x" * 99}])
    def test_bad_input_makes_nothing(
        self, as_alice: Client, counted: Gathering, data: dict[str, str]
    ) -> None:
        assert as_alice.post(page(counted, "share/"), data).status_code == 200
        assert Statement.objects.count() == 0

    def test_it_rolls_back_whole(
        self, counted: Gathering, alice: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stated(counted, by=alice)
        enter_count(counted, numbers(6, 2, 4, 1, 5), by=alice)

        def fail(*args: Any, **kwargs: Any) -> None:
            raise RuntimeError("no history")

        monkeypatch.setattr(making, "record", fail)
        with pytest.raises(RuntimeError):
            stated(counted, by=alice)
        with pytest.raises(RuntimeError):
            making.revoke_statement(statement=Statement.objects.get(), by=alice, now=timezone.now())
        assert Statement.objects.get().revoked_at is None

    @pytest.mark.parametrize(
        ("title", "begins"),
        [("Voices & more", "voices-more-"), ("مؤتمر", "line-up-"), ("x" * 200, "x" * 80 + "-")],
    )
    def test_its_address(self, title: str, begins: str) -> None:
        one, other = making.new_slug(title), making.new_slug(title)
        assert one.startswith(begins)
        assert (one == other, len(one) <= 120) == (False, True)


class TestTakingBack:
    def test_once(self, as_alice: Client, alice: User, counted: Gathering) -> None:
        made = stated(counted, LEADER, by=alice)
        address = page(counted, f"share/{made.pk}/take-back/")
        for _ in range(2):
            assert as_alice.post(address)["Location"] == page(counted, "share/")
        made.refresh_from_db()
        assert made.revoked_at is not None
        verbs = [entry.verb for entry in Entry.objects.about(counted)]
        assert verbs.count("gathering.statement_revoked") == 1

    def test_of_another_event(
        self, as_alice: Client, alice: User, counted: Gathering, harbour: Organisation
    ) -> None:
        made = stated(counted, by=alice)
        other = GatheringFactory(organisation=harbour)
        assert as_alice.post(page(other, f"share/{made.pk}/take-back/")).status_code == 404


class TestWhoMay:
    def test_members_without_the_role(
        self, as_bea: Client, alice: User, counted: Gathering
    ) -> None:
        made = stated(counted, by=alice)
        assert as_bea.get(page(counted, "share/")).status_code == 403
        assert as_bea.post(page(counted, f"share/{made.pk}/take-back/")).status_code == 403

    def test_strangers(self, as_chidi: Client, alice: User, counted: Gathering) -> None:
        made = stated(counted, by=alice)
        assert as_chidi.get(page(counted, "share/")).status_code == 404
        assert as_chidi.post(page(counted, f"share/{made.pk}/take-back/")).status_code == 404

    def test_anonymous(self, client: Client, counted: Gathering) -> None:
        assert "/accounts/login/" in client.get(page(counted, "share/"))["Location"]

    def test_the_wrong_method(self, as_alice: Client, alice: User, counted: Gathering) -> None:
        made = stated(counted, by=alice)
        assert as_alice.put(page(counted, "share/")).status_code == 405
        assert as_alice.get(page(counted, f"share/{made.pk}/take-back/")).status_code == 405


def test_facts_are_what_a_stranger_may_know(counted: Gathering, theirs: Gathering) -> None:
    facts = facts_to_state(counted, today=timezone.localdate())
    assert facts is not None
    women, minoritised = facts["measures"]
    assert (women["parts"][0]["figure"], minoritised["parts"][0]["figure"]) == ("3 of 6", "")
    assert len(fingerprint(facts)) == 64


@pytest.mark.parametrize("links", [1, 3])
def test_the_page_costs_the_same(
    links: int,
    as_alice: Client,
    alice: User,
    counted: Gathering,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    now = timezone.now()
    stated(counted, by=alice)
    for hours in range(links):
        stated(counted, LEADER, by=alice, now=now + timedelta(hours=hours))
    # Session, person, membership, event, its count, the public statement, the links.
    with django_assert_num_queries(7):
        response = as_alice.get(page(counted, "share/"))
    assert len(response.context["links"]) == links
